// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <fcntl.h>

static struct str read_line(struct peer *p, char *line, size_t max) {
    size_t n = 0;
    while (n < max && read(p->out, line + n, 1) == 1 && line[n] != '\n') n++;
    return (struct str){line, n};
}

void peer_start(struct peer *p, const char *name) {
    int in[2], out[2];
    char line[160] = "";
    int64_t port;
    *p = (struct peer){0};
    assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
    p->pid = fork();
    if (p->pid == 0) {
        char script[512];
        snprintf(script, sizeof script, "%s/test/contract/peer.sh", getenv("KONTOR_SOURCE"));
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execl(script, script, name, (char *)NULL);
        _exit(127);
    }
    close(in[0]), close(out[1]);
    p->in = in[1], p->out = out[0];
    struct str got = read_line(p, line, sizeof line);
    if (str_starts(got, S("skip ")))
        snprintf(p->skip, sizeof p->skip, STR_FMT, STR_ARG(str_from(got, 5)));
    else if (str_starts(got, S("ready ")) && str_to_int(str_from(got, 6), &port))
        p->port = (int)port;
    else
        fail_msg("the stand-in does not start: " STR_FMT, STR_ARG(got));
}

void peer_stop(struct peer *p) {
    close(p->in), close(p->out);
    waitpid(p->pid, NULL, 0);
}

struct json peer_tell(struct peer *p, struct arena *a, const char *what, struct str json) {
    struct http_reply reply;
    struct json v;
    struct err err = {0};
    struct http_call call = {.method = "POST",
                             .url = arena_fmt(a, "http://127.0.0.1:%d/_/%s", p->port, what),
                             .body = json,
                             .allow_private = true};
    assert_ok(http_fetch(a, &call, &reply, NULL, &err), &err);
    if (reply.status != 200) fail_msg("%s: %d " STR_FMT, what, reply.status, STR_ARG(reply.body));
    assert_ok(json_parse(a, reply.body, &v, &err), &err);
    return v;
}

bool peer_http(void *self, struct arena *a, const struct http_call *call, struct http_reply *out,
               bool *sent_out, struct err *err) {
    (void)self;
    return http_fetch(a, call, out, sent_out, err);
}
