// SPDX-License-Identifier: Apache-2.0
// A shop behind the real server: shared pages come out of the cache until a write makes them stale.
#include "http/server.h"
#include "test_toy.h"

static struct http_reply fetch(struct test_shop *t, const struct server *s, const char *path,
                               const char *etag) {
    struct http_call call = {
        .method = "GET",
        .url = arena_fmt(&t->arena, "http://127.0.0.1:%d%s", (int)server_port(s), path),
        .allow_private = true,
    };
    if (etag) pairs_add(&t->arena, &call.headers, S("If-None-Match"), str_c(etag));
    struct http_reply r;
    struct err err = {0};
    assert_ok(http_fetch(&t->arena, &call, &r, NULL, &err), &err);
    return r;
}

static bool bump_setting(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    tx_bump(c, "setting", 0);
    return true;
}

static void shared_pages_are_kept(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct err err = {0};
    struct server *s;
    struct server_options o = {
        .host = S("127.0.0.1"),
        .workers = 2,
        .cache = t.shop.cache,
        .log = &t.shop.world.log,
        .now = t.shop.world.now,
        .world = t.shop.world.self,
    };
    assert_ok(server_start(&t.arena, &o, app_server(t.app), &s, &err), &err);
    struct http_reply r = {0};
    for (int i = 0; i < 3; i++) r = fetch(&t, s, "/en/toy?utm_source=mail", NULL);
    assert_int_equal(r.status, 200);
    assert_str(r.body, "/toy en /toy actor=0:0 csrf=");
    assert_int_equal(server_stats(s).cached, 1);
    assert_str(pairs_get_nocase(&r.headers, "Cache-Control"), "private, no-cache");
    assert_non_null(pairs_get_nocase(&r.headers, "Content-Security-Policy").p);
    assert_null(pairs_get_nocase(&r.headers, "Set-Cookie").p);
    struct str etag = pairs_get_nocase(&r.headers, "ETag");
    assert_int_equal(fetch(&t, s, "/en/toy", arena_cstr(&t.arena, etag)).status, 304);
    assert_int_equal(server_stats(s).cached, 2);
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, bump_setting, NULL), &c->err);
    assert_int_equal(fetch(&t, s, "/en/toy", NULL).status, 200);
    assert_int_equal(server_stats(s).cached, 2); // made anew
    assert_int_equal(fetch(&t, s, "/nowhere", NULL).status, 404);
    assert_int_equal(fetch(&t, s, "/account/toy", NULL).status, 303);
    assert_true(server_stop(s));
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shared_pages_are_kept)};
    return TEST_GROUP(tests);
}
