// SPDX-License-Identifier: Apache-2.0
// Requests with random damage over real sockets: every answer is a whole HTTP answer or a closed
// connection, what handlers see keeps its promises, and afterwards the server still works.
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/rng.h"
#include "base/test.h"
#include "http/http_private.h"
#include "http/server.h"

static instant now(void *world) {
    (void)world;
    return 0;
}

static size_t body_limit(void *self, enum http_method m, struct str path) {
    (void)self, (void)m;
    return str_starts(path, S("/none")) ? 0 : 200;
}

static struct str cache_key(void *self, struct arena *a, const struct request *rq) {
    (void)self;
    return arena_fmt(a, STR_FMT "?" STR_FMT, STR_ARG(rq->path), STR_ARG(request_query(rq, "q")));
}

static void all_text(const struct http_pairs *p) {
    for (size_t i = 0; i < p->n; i++)
        ensure(http_text_ok(p->v[i].name) && http_text_ok(p->v[i].value));
}

static void handle(void *self, int worker, struct request *rq, struct response *rs) {
    (void)self, (void)worker;
    ensure(rq->path.p[0] == '/' && http_text_ok(rq->path) && rq->body.n <= 200);
    all_text(&rq->query);
    all_text(&rq->cookies);
    all_text(&rq->form);
    all_text(&rq->headers);
    rs->status = rq->refused ? rq->refused : 200;
    rs->cacheable = true;
    response_type(rs, "text/plain");
    buf_fmt(&rs->body, "n=%zu", rq->body.n);
}

static int dial(uint16_t port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval limit = {.tv_sec = 5};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static const char *const SEEDS[] = {
    "GET /a/b?q=1&r=%C3%A4 HTTP/1.1\r\nHost: a.example\r\nCookie: a=b; c=d\r\nAccept-Encoding: br, "
    "gzip\r\n\r\n",
    "POST /form HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 7\r\n\r\na=b&c=dGET /next HTTP/1.1\r\nHost: a.example\r\n\r\n",
    "POST /m HTTP/1.1\r\nHost: a.example\r\nContent-Type: multipart/form-data; "
    "boundary=B\r\nContent-Length: 60\r\n\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvv\r\n--B--\r\n",
    "PUT /c HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: "
    "chunked\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n",
    "DELETE /none/x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 3\r\nExpect: "
    "100-continue\r\n\r\nabc",
};
static const char *const PIECES[] = {"\r\n",
                                     "\r\n\r\n",
                                     ":",
                                     "%",
                                     "%ff",
                                     "\xff",
                                     " ",
                                     "/../",
                                     "0",
                                     "-1",
                                     "Content-Length: 9\r\n",
                                     "Transfer-Encoding: chunked\r\n",
                                     "ffffffffffffffff",
                                     "HTTP/1.1",
                                     "?",
                                     ";",
                                     "\n",
                                     "\t"};

// Turns, drops, doubles or inserts something at up to four places.
static struct str damaged(struct arena *a, struct rng *r) {
    struct str s = str_c(SEEDS[rng_below(r, ARRAY_LEN(SEEDS))]);
    for (uint64_t i = rng_below(r, 5); i > 0; i--) {
        size_t at = rng_below(r, s.n + 1);
        struct str piece = str_c(PIECES[rng_below(r, ARRAY_LEN(PIECES))]);
        char any = (char)rng_below(r, 256);
        struct buf b = buf_new(a, 0);
        buf_put(&b, str_sub(s, 0, at));
        switch (rng_below(r, 4)) {
        case 0:
            buf_put(&b, piece);
            break;
        case 1:
            buf_put(&b, (struct str){&any, 1});
            break;
        case 2:
            at += rng_below(r, 20);
            break;
        default:
            at -= rng_below(r, at + 1);
            break;
        }
        buf_put(&b, str_from(s, at));
        s = buf_str(&b);
    }
    return s;
}

// Sends to many connections, gives the server a moment and looks what came. What is incomplete gets
// no answer; then the connection is given up.
static int batch(uint16_t port, struct rng *r, struct arena *a) {
    enum { N = 100 };
    int fds[N], answered = 0;
    for (int i = 0; i < N; i++) {
        struct str text = damaged(a, r);
        fds[i] = dial(port);
        (void)!send(fds[i], text.p, text.n, MSG_NOSIGNAL);
    }
    nanosleep(&(struct timespec){.tv_nsec = 80000000}, NULL);
    for (int i = 0; i < N; i++) {
        char answer[4096];
        ssize_t n = recv(fds[i], answer, sizeof answer, MSG_DONTWAIT);
        if (n > 0) {
            assert_true(n > 12 && str_starts((struct str){answer, (size_t)n}, S("HTTP/1.")));
            answered++;
        }
        close(fds[i]);
    }
    return answered;
}

static void garbage(void **state) {
    (void)state;
    struct arena a = {0}, scratch = {0};
    struct err e = {0};
    struct server *s;
    struct rng r = rng_new(20261122);
    struct page_cache *cache = page_cache_new(1 << 20);
    struct server_options o = {.host = S("127.0.0.1"), .cache = cache, .now = now};
    assert_ok(
        server_start(&a, &o, (struct server_app){NULL, body_limit, handle, cache_key}, &s, &e), &e);
    int answered = 0;
    for (int i = 0; i < 30; i++) {
        answered += batch(server_port(s), &r, &scratch);
        arena_reset(&scratch);
    }
    assert_true(answered > 1000);
    int fd = dial(server_port(s));
    char answer[4096];
    (void)!send(fd, SEEDS[0], strlen(SEEDS[0]), MSG_NOSIGNAL);
    assert_true(recv(fd, answer, sizeof answer, 0) > 12);
    assert_int_equal(strncmp(answer, "HTTP/1.1 200", 12), 0);
    close(fd);
    assert_true(server_stop(s));
    page_cache_free(cache);
    arena_done(&scratch);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(garbage)};
    return TEST_GROUP(tests);
}
