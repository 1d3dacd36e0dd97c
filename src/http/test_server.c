// SPDX-License-Identifier: Apache-2.0
// Real sockets on a free port of the loopback; time limits are set short where a test waits for
// one.
#include "base/test.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "http/server.h"

struct shop { // the server under test and what it serves
    struct arena arena;
    struct page_cache *cache;
    struct server *server;
    char file[32];
    _Atomic int handled, running;
    _Atomic bool hold; // "/hold" waits while true
};

static instant now(void *world) {
    (void)world;
    return INT64_C(1800000000) * SECOND;
}

static void pause_ms(int ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static size_t body_limit(void *self, enum http_method m, struct str path) {
    (void)self, (void)m;
    return str_eq(path, S("/absent")) ? 0 : 1000;
}

static struct str cache_key(void *self, struct arena *a, const struct request *rq) {
    (void)self, (void)a;
    return str_starts(rq->path, S("/page")) ? rq->path : (struct str){0};
}

static void echo(const struct request *rq, struct buf *b) {
    buf_fmt(b,
            "%s " STR_FMT " q=" STR_FMT " f=" STR_FMT " n=%zu host=" STR_FMT " client=" STR_FMT
            " " STR_FMT "\n",
            http_method_name(rq->method), STR_ARG(rq->path), STR_ARG(request_query(rq, "q")),
            STR_ARG(request_form(rq, "f")), rq->body.n, STR_ARG(rq->host), STR_ARG(rq->client),
            STR_ARG(rq->scheme));
}

static void handle(void *self, int worker, struct request *rq, struct response *rs) {
    struct shop *s = self;
    assert_in_range(worker, 0, 3);
    atomic_fetch_add(&s->handled, 1);
    response_type(rs, "text/plain; charset=utf-8");
    if (rq->refused) {
        rs->status = rq->refused;
        buf_fmt(&rs->body, "refused %d\n", rq->refused);
    } else if (str_eq(rq->path, S("/hold"))) {
        atomic_fetch_add(&s->running, 1);
        while (atomic_load(&s->hold)) pause_ms(2);
        buf_put(&rs->body, S("held\n"));
    } else if (str_eq(rq->path, S("/absent"))) {
        rs->status = 404;
    } else if (str_eq(rq->path, S("/only-get")) && rq->method != HTTP_GET) {
        rs->status = 405;
        response_header(rs, "Allow", S("GET, HEAD"));
    } else if (str_eq(rq->path, S("/large"))) {
        for (int i = 0; i < 1000; i++) buf_put(&rs->body, S("the same line again\n"));
    } else if (str_eq(rq->path, S("/file"))) {
        rs->body_file = str_c(s->file);
    } else if (str_eq(rq->path, S("/page"))) {
        rs->cacheable = true;
        response_topic(rs, topic_of("page", 1));
        for (int i = 0; i < 100; i++) buf_fmt(&rs->body, "line %d\n", i);
    } else {
        echo(rq, &rs->body);
    }
}

static struct server_options options(struct shop *s) {
    return (struct server_options){
        .host = S("127.0.0.1"), .workers = 4, .cache = s->cache, .now = now};
}

static struct shop *start(struct server_options (*make)(struct shop *)) {
    struct shop *s = calloc(1, sizeof *s);
    struct err e = {0};
    assert_non_null(s);
    s->cache = page_cache_new(1 << 20);
    struct server_options o = make(s);
    assert_ok(server_start(&s->arena, &o, (struct server_app){s, body_limit, handle, cache_key},
                           &s->server, &e),
              &e);
    return s;
}

static void stop(struct shop *s) {
    if (s->server) assert_true(server_stop(s->server));
    page_cache_free(s->cache);
    arena_done(&s->arena);
    if (s->file[0]) unlink(s->file);
    free(s);
}

static int dial(const struct shop *s) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(server_port(s->server))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval limit = {.tv_sec = 8};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static void say(int fd, const char *text) {
    size_t n = strlen(text);
    assert_int_equal(send(fd, text, n, MSG_NOSIGNAL), n);
}

struct answer {
    int status;
    struct str head, body;
    bool closed; // nothing came
};

static size_t content_length(struct str head) {
    size_t at = str_find(head, S("Content-Length: "));
    return at == STR_NONE ? 0 : (size_t)strtoul(head.p + at + 16, NULL, 10);
}

// Reads one answer, byte for byte up to the end of its head, so that pipelined ones stay in the
// socket.
static struct answer hear(struct shop *s, int fd, bool with_body) {
    struct buf head = buf_new(&s->arena, 65536);
    char c;
    while (!str_ends(buf_str(&head), S("\r\n\r\n"))) {
        if (recv(fd, &c, 1, 0) != 1) return (struct answer){.closed = true};
        buf_char(&head, c);
    }
    struct answer a = {.head = buf_str(&head)};
    a.status = (int)strtol(head.p + 9, NULL, 10);
    size_t n = with_body && a.status != 304 ? content_length(a.head) : 0;
    char *body = arena_alloc(&s->arena, n + 1);
    if (n) assert_int_equal(recv(fd, body, n, MSG_WAITALL), n);
    a.body = (struct str){body, n};
    return a;
}

static struct answer ask(struct shop *s, const char *text) {
    int fd = dial(s);
    say(fd, text);
    struct answer a = hear(s, fd, strncmp(text, "HEAD", 4) != 0);
    close(fd);
    return a;
}

static bool header_is(struct answer a, const char *line) {
    struct str l = str_c(line);
    size_t at = str_find(a.head, l);
    return at != STR_NONE && str_starts(str_from(a.head, at + l.n), S("\r\n"));
}

#define HOST "Host: shop.example\r\n"

static void a_request_is_understood(void **state) {
    (void)state;
    struct shop *s = start(options);
    struct answer a = ask(s, "GET /caf%C3%A9/../a?q=x+y HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(a.status, 200);
    assert_str(a.body, "GET /a q=x y f= n=0 host=shop.example client=127.0.0.1 http\n");
    assert_true(header_is(a, "X-Content-Type-Options: nosniff"));
    assert_true(str_find(a.head, S("Date: ")) != STR_NONE &&
                str_find(a.head, S("Server:")) == STR_NONE);
    a = ask(s, "GET http://shop.example/b?q=1 HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_starts(a.body, S("GET /b q=1")));
    a = ask(s, "POST /form HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
               "Content-Length: 5\r\n\r\nf=a+b");
    assert_str(a.body, "POST /form q= f=a b n=5 host=shop.example client=127.0.0.1 http\n");
    a = ask(s, "POST /form HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
               "Transfer-Encoding: chunked\r\n\r\n3\r\nf=c\r\n1\r\nd\r\n0\r\n\r\n");
    assert_str(a.body, "POST /form q= f=cd n=4 host=shop.example client=127.0.0.1 http\n");
    a = ask(s, "HEAD /a HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(a.status, 200);
    assert_true(content_length(a.head) > 0);
    a = ask(s, "POST /only-get HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n");
    assert_int_equal(a.status, 405);
    assert_true(header_is(a, "Allow: GET, HEAD"));
    stop(s);
}

static void hostile_heads_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int status;
    } CASES[] = {
        {"GET /a HTTP/1.1\r\n\r\n", 400},
        {"GET /a HTTP/1.1\r\n" HOST "Host: b\r\n\r\n", 400},
        {"GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"GET /%ff HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /../x HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /a?q=%ff HTTP/1.1\r\n" HOST "\r\n", 400},
        {"GET /a HTTP/1.1\r\n" HOST "X-A: \xff\r\n\r\n", 400},
        {"GET /a HTTP/1.1\r\n" HOST "X-A: \x01\r\n\r\n", 400},
        {"GET /a HTTP/1.1\r\n" HOST "Cookie: a=\xff\r\n\r\n", 200},
        {"OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 400},
        {"POST /a HTTP/1.1\r\n" HOST
         "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /a HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /a HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", 400},
        {"POST /a HTTP/1.1\r\n" HOST
         "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%ff",
         400},
        {"POST /absent HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", 404},
    };
    struct shop *s = start(options);
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++) {
        struct answer a = ask(s, CASES[i].text);
        if (a.status != CASES[i].status) print_error("%s: %d\n", CASES[i].text, a.status);
        assert_int_equal(a.status, CASES[i].status);
    }
    stop(s);
}

static struct str repeated(struct arena *a, const char *start, const char *text, int n) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, str_c(start));
    for (int i = 0; i < n; i++) buf_put(&b, str_c(text));
    buf_put(&b, S("\r\n"));
    return buf_str(&b);
}

static void large_heads_are_refused(void **state) {
    (void)state;
    struct shop *s = start(options);
    struct answer a = ask(s, repeated(&s->arena, "GET /a HTTP/1.1\r\n" HOST, "X-A: 1\r\n", 100).p);
    assert_int_equal(a.status, 431);
    struct str value =
        repeated(&s->arena, "GET /a HTTP/1.1\r\n" HOST "X-A: ", "0123456789abcdef", 1100);
    assert_int_equal(ask(s, arena_fmt(&s->arena, STR_FMT "\r\n", STR_ARG(value)).p).status, 431);
    value = repeated(&s->arena, "GET /a HTTP/1.1\r\n" HOST "X-A: ", "0123456789abcdef", 4000);
    a = ask(s, arena_fmt(&s->arena, STR_FMT "\r\n", STR_ARG(value)).p);
    assert_true(a.closed || a.status == 431); // more than is ever read
    struct str target = repeated(&s->arena, "GET /", "0123456789abcdef", 600);
    a = ask(s,
            arena_fmt(&s->arena, STR_FMT " HTTP/1.1\r\n" HOST "\r\n", STR_ARG(str_trim(target))).p);
    assert_int_equal(a.status, 414);
    stop(s);
}

static void large_bodies_are_refused(void **state) {
    (void)state;
    struct shop *s = start(options);
    int fd = dial(s);
    char *body = arena_alloc(&s->arena, 3000);
    memset(body, 'x', 2000);
    say(fd, "POST /a HTTP/1.1\r\n" HOST "Content-Length: 2000\r\n\r\n");
    say(fd, body);
    struct answer a = hear(s, fd, true);
    assert_int_equal(a.status, 413);
    assert_str(a.body, "refused 413\n");
    say(fd, "GET /b HTTP/1.1\r\n" HOST "\r\n"); // the connection lives on
    assert_int_equal(hear(s, fd, true).status, 200);
    close(fd);
    a = ask(s, "POST /a HTTP/1.1\r\n" HOST "Content-Length: 99999999\r\n\r\n");
    assert_int_equal(a.status, 413);
    assert_true(header_is(a, "Connection: close"));
    fd = dial(s);
    say(fd, "POST /a HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n7d0\r\n");
    say(fd, body);
    say(fd, "\r\n0\r\n\r\n");
    assert_int_equal(hear(s, fd, true).status, 413);
    close(fd);
    stop(s);
}

static void continue_is_said(void **state) {
    (void)state;
    struct shop *s = start(options);
    int fd = dial(s);
    say(fd, "POST /a HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assert_int_equal(hear(s, fd, false).status, 100);
    say(fd, "abc");
    assert_int_equal(hear(s, fd, true).status, 200);
    close(fd);
    stop(s);
}

static void pipelined_requests_keep_their_order(void **state) {
    (void)state;
    struct shop *s = start(options);
    int fd = dial(s);
    say(fd, "GET /1 HTTP/1.1\r\n" HOST "\r\nPOST /2 HTTP/1.1\r\n" HOST
            "Content-Length: 2\r\n\r\nabGET /3 HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_starts(hear(s, fd, true).body, S("GET /1 ")));
    assert_true(str_starts(hear(s, fd, true).body, S("POST /2 ")));
    assert_true(str_starts(hear(s, fd, true).body, S("GET /3 ")));
    say(fd, "GET /4 HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_starts(hear(s, fd, true).body, S("GET /4 ")));
    close(fd);
    stop(s);
}

static void a_slow_body_arrives(void **state) {
    (void)state;
    struct shop *s = start(options);
    int fd = dial(s);
    say(fd, "POST /a HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n");
    for (int i = 0; i < 5; i++) {
        pause_ms(20);
        say(fd, "x");
    }
    assert_true(str_find(hear(s, fd, true).body, S("n=5")) != STR_NONE);
    close(fd);
    stop(s);
}

static struct server_options impatient(struct shop *s) {
    struct server_options o = options(s);
    o.timeout_s = 1;
    return o;
}

static void a_dripping_sender_is_cut_off(void **state) {
    (void)state;
    struct shop *s = start(impatient);
    int fd = dial(s);
    say(fd, "GET /a HTTP/1.1\r\nX-A: ");
    bool cut = false;
    for (int i = 0; i < 60 && !cut; i++) { // never silent for a second, yet never done
        pause_ms(100);
        char c;
        cut = send(fd, "x", 1, MSG_NOSIGNAL) != 1 || recv(fd, &c, 1, MSG_DONTWAIT) == 0;
    }
    assert_true(cut);
    close(fd);
    stop(s);
}

static void cached_pages(void **state) {
    (void)state;
    struct shop *s = start(options);
    for (int i = 0; i < 2; i++)
        assert_int_equal(ask(s, "GET /page HTTP/1.1\r\n" HOST "\r\n").status, 200);
    int handled = atomic_load(&s->handled);
    struct answer a = ask(s, "GET /page HTTP/1.1\r\n" HOST "\r\n");
    assert_true(str_starts(a.body, S("line 0\nline 1\n")));
    assert_true(header_is(a, "Vary: Accept-Encoding"));
    struct answer br = ask(s, "GET /page HTTP/1.1\r\n" HOST "Accept-Encoding: gzip, br\r\n\r\n");
    assert_true(header_is(br, "Content-Encoding: br") && br.body.n < a.body.n);
    assert_int_equal(ask(s, "HEAD /page HTTP/1.1\r\n" HOST "\r\n").status, 200);
    size_t at = str_find(a.head, S("ETag: "));
    struct str etag = str_from(a.head, at + 6);
    etag = str_sub(etag, 0, str_find(etag, S("\r\n")));
    struct answer same = ask(
        s, arena_fmt(&s->arena, "GET /page HTTP/1.1\r\n" HOST "If-None-Match: " STR_FMT "\r\n\r\n",
                     STR_ARG(etag))
               .p);
    assert_int_equal(same.status, 304);
    assert_int_equal(same.body.n, 0);
    assert_int_equal(atomic_load(&s->handled), handled);
    assert_int_equal(server_stats(s->server).cached, 4);
    page_cache_bump(s->cache, topic_of("page", 1));
    assert_int_equal(ask(s, "GET /page HTTP/1.1\r\n" HOST "\r\n").status, 200);
    assert_int_equal(atomic_load(&s->handled), handled + 1);
    stop(s);
}

static void private_pages_are_compressed_but_not_for_strangers(void **state) {
    (void)state;
    struct shop *s = start(options);
    struct answer a = ask(s, "GET /large HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n");
    assert_true(header_is(a, "Content-Encoding: gzip") && header_is(a, "Vary: Accept-Encoding"));
    assert_true(a.body.n < 2000);
    a = ask(s, "GET /large HTTP/1.1\r\n" HOST
               "Accept-Encoding: gzip\r\nSec-Fetch-Site: cross-site\r\n\r\n");
    assert_int_equal(a.body.n, 20000);
    a = ask(s, "GET /large HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(a.body.n, 20000);
    stop(s);
}

static void make_file(struct shop *s) {
    memcpy(s->file, "/tmp/kontor-test-XXXXXX", sizeof "/tmp/kontor-test-XXXXXX");
    int fd = mkstemp(s->file);
    assert_int_equal(write(fd, "0123456789", 10), 10);
    close(fd);
}

static void files_and_ranges(void **state) {
    (void)state;
    static const struct {
        const char *range;
        int status;
        const char *body, *header;
    } CASES[] = {
        {"bytes=2-4", 206, "234", "Content-Range: bytes 2-4/10"},
        {"bytes=7-", 206, "789", "Content-Range: bytes 7-9/10"},
        {"bytes=-2", 206, "89", "Content-Range: bytes 8-9/10"},
        {"bytes=8-100", 206, "89", "Content-Range: bytes 8-9/10"},
        {"bytes=-100", 206, "0123456789", "Content-Range: bytes 0-9/10"},
        {"bytes=10-", 416, "", "Content-Range: bytes */10"},
        {"bytes=-0", 416, "", "Content-Range: bytes */10"},
        {"bytes=4-2", 200, "0123456789", "Accept-Ranges: bytes"},
        {"bytes=0-1,3-4", 200, "0123456789", "Accept-Ranges: bytes"},
        {"lines=1", 200, "0123456789", "Accept-Ranges: bytes"},
    };
    struct shop *s = start(options);
    make_file(s);
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++) {
        struct answer a =
            ask(s, arena_fmt(&s->arena, "GET /file HTTP/1.1\r\n" HOST "Range: %s\r\n\r\n",
                             CASES[i].range)
                       .p);
        assert_int_equal(a.status, CASES[i].status);
        assert_str(a.body, CASES[i].body);
        assert_true(header_is(a, CASES[i].header));
    }
    assert_int_equal(unlink(s->file), 0);
    assert_int_equal(ask(s, "GET /file HTTP/1.1\r\n" HOST "\r\n").status, 404);
    s->file[0] = '\0';
    stop(s);
}

static struct server_options trusting(struct shop *s) {
    struct server_options o = options(s);
    o.trusted_proxy = S("127.0.0.1");
    return o;
}

static void only_the_trusted_proxy_is_believed(void **state) {
    (void)state;
    static const char TEXT[] =
        "GET /a HTTP/1.1\r\nHost: inside\r\nX-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n"
        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n\r\n";
    struct shop *s = start(trusting);
    assert_str(ask(s, TEXT).body, "GET /a q= f= n=0 host=shop.example client=198.51.100.7 https\n");
    stop(s);
    s = start(options);
    assert_str(ask(s, TEXT).body, "GET /a q= f= n=0 host=inside client=127.0.0.1 http\n");
    stop(s);
}

static void many_connections_at_once(void **state) {
    (void)state;
    enum { N = 200, ROUNDS = 5 };
    struct shop *s = start(options);
    int fds[N];
    for (int i = 0; i < N; i++) fds[i] = dial(s);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < N; i++)
            say(fds[i],
                i % 2 ? "GET /large HTTP/1.1\r\n" HOST "\r\n" : "GET /b HTTP/1.1\r\n" HOST "\r\n");
        for (int i = 0; i < N; i++) {
            struct answer a = hear(s, fds[i], true);
            assert_int_equal(a.status, 200);
            assert_int_equal(a.body.n == 20000, i % 2);
        }
    }
    assert_int_equal(atomic_load(&s->handled), N * ROUNDS);
    for (int i = 0; i < N; i++) close(fds[i]);
    stop(s);
}

static struct server_options narrow(struct shop *s) {
    struct server_options o = options(s);
    o.workers = 1;
    o.queue_max = 2;
    return o;
}

static void a_full_queue_is_said(void **state) {
    (void)state;
    struct shop *s = start(narrow);
    atomic_store(&s->hold, true);
    int fds[4];
    for (int i = 0; i < 3; i++) {
        fds[i] = dial(s);
        say(fds[i], "GET /hold HTTP/1.1\r\n" HOST "\r\n");
        while (i == 0 && atomic_load(&s->running) == 0) pause_ms(1);
    }
    while (server_stats(s->server).waiting < 2) pause_ms(1);
    struct answer a = ask(s, "GET /hold HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(a.status, 503);
    assert_true(header_is(a, "Retry-After: 5"));
    atomic_store(&s->hold, false);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(hear(s, fds[i], true).status, 200);
        close(fds[i]);
    }
    stop(s);
}

static void *let_go(void *self) {
    struct shop *s = self;
    pause_ms(100);
    atomic_store(&s->hold, false);
    return NULL;
}

static void stopping_finishes_what_is_under_way(void **state) {
    (void)state;
    struct shop *s = start(options);
    atomic_store(&s->hold, true);
    int fd = dial(s), idle = dial(s);
    say(fd, "GET /hold HTTP/1.1\r\n" HOST "\r\n");
    while (atomic_load(&s->running) == 0) pause_ms(1);
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, let_go, s), 0);
    assert_true(server_stop(s->server));
    s->server = NULL;
    pthread_join(t, NULL);
    struct answer a = hear(s, fd, true);
    assert_str(a.body, "held\n");
    assert_true(header_is(a, "Connection: close"));
    close(fd);
    close(idle);
    stop(s);
}

static void visitors_who_leave(void **state) {
    (void)state;
    struct shop *s = start(options);
    atomic_store(&s->hold, true);
    for (int i = 0; i < 20; i++) {
        int fd = dial(s);
        say(fd, i % 3 ? "GET /hold HTTP/1.1\r\n" HOST "\r\n"
                      : "POST /a HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\nab");
        if (i % 2) shutdown(fd, SHUT_RDWR);
        close(fd);
    }
    pause_ms(50);
    atomic_store(&s->hold, false);
    assert_int_equal(ask(s, "GET /a HTTP/1.1\r\n" HOST "\r\n").status, 200);
    stop(s);
}

static void a_taken_port_is_one_sentence(void **state) {
    (void)state;
    struct shop *s = start(options);
    struct server_options o = options(s);
    struct server *other;
    struct err e = {0};
    o.port = server_port(s->server);
    assert_false(server_start(&s->arena, &o, (struct server_app){s, body_limit, handle, cache_key},
                              &other, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_str(str_c(e.message),
               arena_fmt(&s->arena, "Port %d on 127.0.0.1 is taken by another program.", o.port).p);
    o.host = S("192.0.2.1");
    e = (struct err){0};
    assert_false(server_start(&s->arena, &o, (struct server_app){s, body_limit, handle, cache_key},
                              &other, &e));
    assert_int_equal(e.code, ERR_IO);
    stop(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_understood),
        cmocka_unit_test(hostile_heads_are_refused),
        cmocka_unit_test(large_heads_are_refused),
        cmocka_unit_test(large_bodies_are_refused),
        cmocka_unit_test(continue_is_said),
        cmocka_unit_test(pipelined_requests_keep_their_order),
        cmocka_unit_test(a_slow_body_arrives),
        cmocka_unit_test(a_dripping_sender_is_cut_off),
        cmocka_unit_test(cached_pages),
        cmocka_unit_test(private_pages_are_compressed_but_not_for_strangers),
        cmocka_unit_test(files_and_ranges),
        cmocka_unit_test(only_the_trusted_proxy_is_believed),
        cmocka_unit_test(many_connections_at_once),
        cmocka_unit_test(a_full_queue_is_said),
        cmocka_unit_test(stopping_finishes_what_is_under_way),
        cmocka_unit_test(visitors_who_leave),
        cmocka_unit_test(a_taken_port_is_one_sentence),
    };
    return TEST_GROUP(tests);
}
