// SPDX-License-Identifier: Apache-2.0
// The program on a real socket, with its limits on: broken HTTP, broken cookies, uploads that break
// off, too much, too fast. Afterwards it still sells, ends in order, and its invariants hold.
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>

#include "base/buf.h"
#include "base/rng.h"
#include "base/test.h"

struct served {
    struct arena a;
    char dir[64];
    const char *kontor, *shop;
    pid_t pid;
    uint16_t port;
};

static pid_t start(struct served *s, const char *const *words, int out) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 0), dup2(out >= 0 ? out : nothing, 1), dup2(nothing, 2);
    execv(s->kontor, (char *const *)(uintptr_t)words);
    _exit(127);
}

static int command(struct served *s, const char *verb, const char *more) {
    int status;
    const char *words[] = {"kontor", verb, s->shop, more, NULL};
    pid_t pid = start(s, words, -1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void serve(struct served *s) {
    const char *build = getenv("KONTOR_BUILD");
    char line[200] = "";
    int ends[2];
    *s = (struct served){.dir = "/tmp/kontor-socket-XXXXXX"};
    s->kontor = arena_fmt(&s->a, "%s/kontor", build ? build : "build").p;
    if (access(s->kontor, X_OK) != 0) skip_because("the program is not built (ninja kontor)");
    assert_non_null(mkdtemp(s->dir));
    s->shop = arena_fmt(&s->a, "%s/shop", s->dir).p;
    assert_int_equal(command(s, "init", "--demo"), 0);
    assert_int_equal(pipe(ends), 0);
    const char *words[] = {"kontor", "serve", s->shop, "--listen", "127.0.0.1:0", NULL};
    s->pid = start(s, words, ends[1]);
    close(ends[1]);
    for (size_t n = 0;
         n + 1 < sizeof line && !strchr(line, '\n') && read(ends[0], line + n, 1) == 1;)
        n++;
    close(ends[0]);
    const char *colon = strrchr(line, ':');
    assert_non_null(colon);
    s->port = (uint16_t)strtoul(colon + 1, NULL, 10);
    assert_true(s->port > 0);
}

static int dial(const struct served *s) {
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons(s->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval limit = {.tv_usec = 400000};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

// Sends the bytes and gives what comes back until the server closes. When it waits for more, we
// hang up.
static struct str say_waiting(struct served *s, struct str bytes, int patience) {
    int fd = dial(s);
    for (ssize_t n; bytes.n && (n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL)) > 0;)
        bytes = str_from(bytes, (size_t)n);
    struct buf b = buf_new(&s->a, (size_t)8 << 20);
    char part[4096];
    for (ssize_t n; (n = recv(fd, part, sizeof part, 0)) != 0;) {
        if (n > 0)
            buf_put(&b, (struct str){part, (size_t)n});
        else if (b.n || --patience <= 0)
            break;
    }
    close(fd);
    return buf_str(&b);
}

static struct str say(struct served *s, struct str bytes) { return say_waiting(s, bytes, 12); }

static int status_of(struct str answer) {
    int64_t status;
    if (!str_starts(answer, S("HTTP/1.1 "))) return 0; // closed without a word
    return str_to_int(str_sub(answer, 9, 3), &status) ? (int)status : -1;
}

static struct str post(struct served *s, const char *path, const char *type, struct str body) {
    struct buf b = buf_new(&s->a, (size_t)8 << 20);
    buf_fmt(&b,
            "POST %s HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nConnection: "
            "close\r\nContent-Type: %s\r\n"
            "Content-Length: %zu\r\n\r\n",
            path, type, body.n);
    buf_put(&b, body);
    return say(s, buf_str(&b));
}

static struct str much(struct served *s, const char *before, size_t n, const char *after) {
    struct buf b = buf_new(&s->a, (size_t)8 << 20);
    buf_put(&b, str_c(before));
    for (size_t i = 0; i < n; i++) buf_char(&b, 'x');
    buf_put(&b, str_c(after));
    return buf_str(&b);
}

static void expect(struct served *s, struct str bytes, int want, int or_else) {
    struct str got = say(s, bytes);
    int status = status_of(got);
    if (status != want && status != or_else)
        print_error(STR_FMT "\n gave %d, want %d or %d\n", STR_ARG(str_sub(bytes, 0, 120)), status,
                    want, or_else);
    assert_true(status == want || status == or_else);
}
#define END " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

static void broken_http(struct served *s) {
    expect(s, S("GET /healthz" END), 200, 200);
    expect(s, S("\r\n\r\n\0\xff\x16\x03\x01\x02\0\x01"), 0, 400);
    expect(s, S("GET /none" END), 404, 404);
    expect(s, S("DELETE /" END), 405, 405);
    expect(s, S("BREW /cart" END), 405, 501);
    expect(s, S("GET /%00" END), 400, 400);
    expect(s, S("GET /../../etc/passwd" END), 400, 404);
    expect(s, S("GET /?a=%ff" END), 400, 400);
    expect(s, much(s, "GET /?q=", 20000, END), 414, 414);
    expect(s, much(s, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 40000, "\r\nConnection: close\r\n\r\n"),
           431, 431);
    expect(s, S("POST /cart/add HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nid=1"), 400, 0);
    expect(s,
           S("POST /cart/add HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"),
           413, 400);
    expect(s, S("POST /cart/add HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
           400, 0);
    expect(s,
           S("GET / HTTP/1.1\r\nHost: a\r\nCookie: k=\x01\xff; kd=; kdh=AAAA; =; k="
             "' OR 1=1; lang=../x\r\nConnection: close\r\n\r\n"),
           200, 400);
    expect(s,
           S("GET /account HTTP/1.1\r\nHost: a\r\nCookie: "
             "k=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nConnection: close\r\n\r\n"),
           303, 303);
    expect(s,
           S("GET /desk HTTP/1.1\r\nHost: a\r\nCookie: kd=x; kdh=x\r\nAccept-Language: "
             "\xff;q=9,*;;,de\r\nConnection: close\r\n\r\n"),
           303, 400);
    expect(s,
           S("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=1e9,,,br;q=-1\r\nIf-None-Match: "
             "\"\r\nRange: bytes=9-1,-\r\nConnection: close\r\n\r\n"),
           200, 200);
}

static void broken_forms(struct served *s) {
    static const char form[] = "application/x-www-form-urlencoded",
                      parts[] = "multipart/form-data; boundary=B";
    assert_int_equal(status_of(post(s, "/cart/add", form, S("id=1&quantity=\xff"))), 400);
    assert_int_equal(status_of(post(s, "/cart/add", form, S("id=\0&quantity=1"))), 400);
    assert_int_equal(status_of(post(s, "/cart/add", form, S("id=x"))), 422);
    assert_int_equal(status_of(post(s, "/cart/add", form, much(s, "id=", 100000, ""))), 413);
    assert_int_equal(
        status_of(post(s, "/cart/add", parts,
                       S("--B\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1"))),
        400);
    assert_int_equal(status_of(post(s, "/cart/add", parts, S("no parts"))), 400);
    assert_int_equal(
        status_of(post(s, "/hooks/stripe", "application/json", S("{\"id\":\"evt_1\"}"))), 400);
    int cut = status_of(say(
        s, S("POST /cart/add HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nid=1"))); // then
                                                                                          // silence
    assert_true(cut == 0 || cut >= 400);
}

// Damaged copies of good requests, the same ones in every run.
static void noise(struct served *s) {
    static const char *const good[] = {
        "GET /collections/all?page=2 HTTP/1.1\r\nHost: a\r\nCookie: k=abc; cart_n=2\r\nConnection: "
        "close\r\n\r\n",
        "POST /checkout HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "
        "20\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nConnection: close\r\n\r\nname=a&email=b&city=c",
    };
    struct rng r = rng_new(7);
    for (int i = 0; i < 120; i++) {
        struct str bytes = str_c(good[i % 2]);
        char *p = arena_copy(&s->a, bytes.p, bytes.n + 1);
        for (uint64_t k = rng_below(&r, 6) + 1; k > 0; k--)
            p[rng_below(&r, bytes.n)] = (char)rng_below(&r, 256);
        int status = status_of(say_waiting(s, (struct str){p, bytes.n}, 1));
        if (status >= 500 && status != 501 && status != 505)
            print_error("%d: " STR_FMT "\n", status, STR_ARG(((struct str){p, bytes.n})));
        assert_true(status < 500 || status == 501 || status == 505);
    }
}

static void too_fast(struct served *s) {
    struct str got = {0};
    int i = 0;
    for (; i < 200 && status_of(got) != 429; i++)
        got = post(s, "/account/login", "application/x-www-form-urlencoded", S("email=none"));
    assert_int_equal(status_of(got), 429);
    assert_true(str_find(got, S("Retry-After:")) != STR_NONE);
}

static void stands_broken_requests(void **state) {
    (void)state;
    struct served s;
    int status;
    serve(&s);
    broken_http(&s);
    broken_forms(&s);
    noise(&s);
    too_fast(&s);
    expect(&s, S("GET /healthz" END), 200, 200);
    assert_int_equal(kill(s.pid, SIGTERM), 0);
    assert_int_equal(waitpid(s.pid, &status, 0), s.pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(command(&s, "check", NULL), 0);
    assert_int_equal(system(arena_fmt(&s.a, "rm -rf '%s'", s.dir).p), 0);
    arena_done(&s.a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(stands_broken_requests)};
    return TEST_GROUP(tests);
}
