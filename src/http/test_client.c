// SPDX-License-Identifier: Apache-2.0
// Against a peer inside the test: one thread, one connection at a time, answers by what is asked
// for.
#include "base/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

#include "http/client.h"
#include "http/client_private.h"

struct peer {
    int listener;
    uint16_t port;
    pthread_t thread;
    char heard[4096]; // the last request
    char many[200000];
};

static struct str answer_to(struct peer *p, const char *request) {
    if (strstr(request, " /ok "))
        return S("HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 2\r\n\r\nok");
    if (strstr(request, " /fail ")) return S("HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops");
    if (strstr(request, " /broken "))
        return S("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    if (strstr(request, " /local "))
        return S("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 5\r\n\r\nmoved");
    if (strstr(request, " /loop "))
        return S("HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n");
    if (strstr(request, " /file "))
        return S("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
    if (strstr(request, " /large ")) {
        int n = snprintf(p->many, sizeof p->many, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        memset(p->many + n, 'x', sizeof p->many - (size_t)n);
        return (struct str){p->many, sizeof p->many};
    }
    return (struct str){0}; // never answers
}

static void *peer_run(void *self) {
    struct peer *p = self;
    for (;;) {
        int fd = accept(p->listener, NULL, NULL);
        if (fd < 0) return NULL;
        size_t n = 0;
        p->heard[0] = '\0';
        while (n + 1 < sizeof p->heard && !strstr(p->heard, "\r\n\r\n")) {
            ssize_t got = recv(fd, p->heard + n, sizeof p->heard - 1 - n, 0);
            if (got <= 0) break;
            n += (size_t)got;
            p->heard[n] = '\0';
        }
        struct str a = answer_to(p, p->heard);
        if (a.p) (void)send(fd, a.p, a.n, MSG_NOSIGNAL);
        char c;
        struct timeval limit = {.tv_sec = 3};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (!a.p) (void)recv(fd, &c, 1, 0);
        close(fd);
    }
}

static void peer_start(struct peer *p) {
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t n = sizeof at;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(p->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(p->listener, 8), 0);
    assert_int_equal(getsockname(p->listener, (struct sockaddr *)&at, &n), 0);
    p->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&p->thread, NULL, peer_run, p), 0);
}

static void peer_stop(struct peer *p) {
    shutdown(p->listener, SHUT_RDWR);
    pthread_join(p->thread, NULL);
    close(p->listener);
}

struct outcome {
    bool ok, sent;
    struct http_reply reply;
    struct err err;
};

static struct outcome get(struct arena *a, const struct peer *p, const char *path,
                          struct http_call call) {
    struct outcome o = {0};
    call.method = call.method ? call.method : "GET";
    call.url = arena_fmt(a, "http://127.0.0.1:%d%s", p->port, path);
    o.ok = http_fetch(a, &call, &o.reply, &o.sent, &o.err);
    return o;
}

#define INSIDE .allow_private = true

static void answers(void **state) {
    (void)state;
    struct arena a = {0};
    struct peer p = {0};
    peer_start(&p);
    struct http_call call = {INSIDE, .method = "POST", .body = S("{\"a\":1}")};
    pairs_add(&a, &call.headers, S("Content-Type"), S("application/json"));
    struct outcome o = get(&a, &p, "/ok", call);
    assert_ok(o.ok, &o.err);
    assert_int_equal(o.reply.status, 200);
    assert_str(o.reply.body, "ok");
    assert_str(pairs_get_nocase(&o.reply.headers, "x-one"), "1");
    assert_true(o.sent);
    assert_non_null(strstr(p.heard, "POST /ok HTTP/1.1\r\n"));
    assert_non_null(strstr(p.heard, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(p.heard, "Content-Length: 7\r\n"));
    assert_null(strstr(p.heard, "Expect:"));
    o = get(&a, &p, "/fail", (struct http_call){INSIDE});
    assert_ok(o.ok, &o.err);
    assert_int_equal(o.reply.status, 500);
    peer_stop(&p);
    arena_done(&a);
}

static void failures_say_whether_it_was_sent(void **state) {
    (void)state;
    struct arena a = {0};
    struct peer p = {0};
    peer_start(&p);
    struct outcome o =
        get(&a, &p, "/silent", (struct http_call){INSIDE, .method = "POST", .timeout_s = 1});
    assert_false(o.ok);
    assert_int_equal(o.err.code, ERR_NET);
    assert_true(o.sent);
    assert_non_null(strstr(o.err.message, "did not answer within 1 seconds"));
    o = get(&a, &p, "/broken", (struct http_call){INSIDE});
    assert_false(o.ok);
    assert_true(o.sent);
    peer_stop(&p);
    o = get(&a, &p, "/ok", (struct http_call){INSIDE}); // nobody listens any more
    assert_false(o.ok);
    assert_int_equal(o.err.code, ERR_NET);
    assert_false(o.sent);
    arena_done(&a);
}

static void large_answers_are_refused(void **state) {
    (void)state;
    struct arena a = {0};
    struct peer p = {0};
    peer_start(&p);
    struct outcome o = get(&a, &p, "/large", (struct http_call){INSIDE, .max_bytes = 100000});
    assert_false(o.ok);
    assert_int_equal(o.err.code, ERR_TOO_LARGE);
    o = get(&a, &p, "/large", (struct http_call){INSIDE});
    assert_ok(o.ok, &o.err);
    assert_true(o.reply.body.n > 190000);
    peer_stop(&p);
    arena_done(&a);
}

static void redirects_only_when_asked_for(void **state) {
    (void)state;
    struct arena a = {0};
    struct peer p = {0};
    peer_start(&p);
    struct outcome o = get(&a, &p, "/local", (struct http_call){INSIDE});
    assert_ok(o.ok, &o.err);
    assert_int_equal(o.reply.status, 302);
    o = get(&a, &p, "/local", (struct http_call){INSIDE, .max_redirects = 2});
    assert_ok(o.ok, &o.err);
    assert_int_equal(o.reply.status, 200);
    assert_str(o.reply.body, "ok");
    o = get(&a, &p, "/local", (struct http_call){INSIDE, .max_redirects = 2, .method = "POST"});
    assert_ok(o.ok, &o.err);
    assert_int_equal(o.reply.status, 302);
    o = get(&a, &p, "/loop", (struct http_call){INSIDE, .max_redirects = 2});
    assert_false(o.ok);
    o = get(&a, &p, "/file", (struct http_call){INSIDE, .max_redirects = 2});
    assert_false(o.ok);
    peer_stop(&p);
    arena_done(&a);
}

static void the_inside_is_not_reached(void **state) {
    (void)state;
    struct arena a = {0};
    struct peer p = {0};
    peer_start(&p);
    struct outcome o = get(&a, &p, "/ok", (struct http_call){0});
    assert_false(o.ok);
    assert_false(o.sent);
    assert_non_null(strstr(o.err.message, "inside the network"));
    static const char *const OTHERS[] = {"http://localhost:%d/ok", "http://[::1]:%d/ok",
                                         "http://2130706433:%d/ok",
                                         "http://[::ffff:127.0.0.1]:%d/ok", "http://0:%d/ok"};
    for (size_t i = 0; i < ARRAY_LEN(OTHERS); i++) {
        struct buf url = buf_new(&a, 100);
        struct str format = str_c(OTHERS[i]);
        size_t at = str_find(format, S("%d"));
        buf_put(&url, str_sub(format, 0, at));
        buf_int(&url, p.port);
        buf_put(&url, str_from(format, at + 2));
        struct http_call call = {.method = "GET", .url = buf_str(&url), .timeout_s = 2};
        struct http_reply reply;
        struct err e = {0};
        assert_false(http_fetch(&a, &call, &reply, NULL, &e));
    }
    assert_string_equal(p.heard, "");
    peer_stop(&p);
    arena_done(&a);
}

static void other_protocols_and_line_breaks(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "nonsense:", "",
        "http://a\r\nb/"};
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++) {
        struct http_call call = {.method = "GET", .url = str_c(BAD[i]), .timeout_s = 2};
        struct http_reply reply;
        struct err e = {0};
        assert_false(http_fetch(&a, &call, &reply, NULL, &e));
        assert_int_equal(e.code, ERR_INVALID);
    }
    struct http_call call = {.method = "GET", .url = S("http://127.0.0.1:1/"), INSIDE};
    struct http_reply reply;
    struct err e = {0};
    pairs_add(&a, &call.headers, S("X-A"), S("1\r\nX-B: 2"));
    assert_false(http_fetch(&a, &call, &reply, NULL, &e));
    assert_int_equal(e.code, ERR_INVALID);
    arena_done(&a);
}

static bool is_public(const char *text) {
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return address_is_public((struct sockaddr *)&four);
    assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
    return address_is_public((struct sockaddr *)&six);
}

static void addresses(void **state) {
    (void)state;
    static const char *const PUBLIC[] = {"1.1.1.1",          "172.15.0.1",     "172.32.0.1",
                                         "100.63.0.1",       "2606:4700::1",   "::ffff:1.1.1.1",
                                         "64:ff9b::101:101", "2002:101:101::1"};
    static const char *const INNER[] = {"0.0.0.0",
                                        "10.0.0.1",
                                        "127.0.0.1",
                                        "169.254.169.254",
                                        "172.16.0.1",
                                        "172.31.255.255",
                                        "192.168.1.1",
                                        "100.64.0.1",
                                        "198.18.0.1",
                                        "224.0.0.1",
                                        "255.255.255.255",
                                        "::",
                                        "::1",
                                        "fe80::1",
                                        "fd00::1",
                                        "ff02::1",
                                        "::ffff:10.0.0.1",
                                        "64:ff9b::a00:1",
                                        "2002:7f00:1::",
                                        "2001:db8::1",
                                        "2001::1"};
    for (size_t i = 0; i < ARRAY_LEN(PUBLIC); i++) assert_true(is_public(PUBLIC[i]));
    for (size_t i = 0; i < ARRAY_LEN(INNER); i++) assert_false(is_public(INNER[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(failures_say_whether_it_was_sent),
        cmocka_unit_test(large_answers_are_refused),
        cmocka_unit_test(redirects_only_when_asked_for),
        cmocka_unit_test(the_inside_is_not_reached),
        cmocka_unit_test(other_protocols_and_line_breaks),
        cmocka_unit_test(addresses),
    };
    return TEST_GROUP(tests);
}
