// SPDX-License-Identifier: Apache-2.0
// The dispatcher: every status, sessions, CSRF, languages, headers, cache keys.
#include "core/acl.h"
#include "core/session.h"
#include "test_toy.h"

static const char *const foreign[] = {"Sec-Fetch-Site", "cross-site", NULL};

static struct test_response post_with(struct test_shop *t, const char *path,
                                      const char *const *headers) {
    return test_send(
        t,
        &(struct test_request){
            .method = HTTP_POST, .path = path, .form = "a=1", .headers = headers, .foreign = true});
}

static void finds_pages(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct test_response r = test_get(&t, "/healthz");
    assert_int_equal(r.status, 200);
    assert_str(r.body, "ok\n");
    assert_int_equal(
        test_send(&t, &(struct test_request){.method = HTTP_HEAD, .path = "/healthz"}).status, 200);
    r = test_get(&t, "/nowhere");
    assert_int_equal(r.status, 404);
    assert_shows(r, "Diese Seite gibt es nicht");
    r = test_get(&t, "/en/nowhere");
    assert_int_equal(r.status, 404);
    assert_shows(r, "There is no such page");
    r = test_post(&t, "/toy", "");
    assert_int_equal(r.status, 405);
    assert_str(test_header(&r, "Allow"), "GET, HEAD");
    r = test_get(&t, "/toy/own/");
    assert_int_equal(r.status, 308);
    assert_str(r.location, "/toy/own");
    test_shop_close(&t);
}

static void speaks_the_language_of_the_path(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct test_response r = test_get(&t, "/toy");
    assert_shows(r, "/toy de /toy ");
    r = test_get(&t, "/en/toy");
    assert_shows(r, "/toy en /toy ");
    assert_int_equal(test_get(&t, "/de/toy").status,
                     404); // the first language has one address only
    struct ctx *c = test_ctx(&t);
    assert_str(url_local(c, S("/cart")), "/cart");
    c->lang = LANG_EN;
    assert_str(url_local(c, S("/cart")), "/en/cart");
    assert_str(url_local(c, S("/")), "/en");
    assert_str(url_local(c, S("/desk/orders")), "/desk/orders");
    assert_str(url_absolute(c, S("/o/1")), TEST_URL "/en/o/1");
    test_shop_close(&t);
}

static void sets_headers(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct test_response r = test_get(&t, "/toy");
    assert_true(r.rs.cacheable);
    assert_str(test_header(&r, "Cache-Control"), "private, no-cache");
    assert_null(test_header(&r, "X-Request-Id").p);
    assert_true(str_starts(test_header(&r, "Content-Security-Policy"), S("default-src 'self'; ")));
    assert_str(test_header(&r, "X-Content-Type-Options"), "nosniff");
    assert_true(str_starts(test_header(&r, "Strict-Transport-Security"), S("max-age=")));
    r = test_get(&t, "/toy/own");
    assert_false(r.rs.cacheable);
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    assert_non_null(test_header(&r, "X-Request-Id").p);
    r = test_get(&t, "/toy/asset");
    assert_str(test_header(&r, "Cache-Control"), "public, max-age=31536000, immutable");
    r = test_get(&t, "/nowhere");
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    test_shop_close(&t);
}

static void tells_failures(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    t.shop.world.log.least = LOG_ERROR + 1; // failures are meant here
    struct test_response r = test_get(&t, "/toy/busy");
    assert_int_equal(r.status, 503);
    assert_str(test_header(&r, "Retry-After"), "2");
    assert_null(test_header(&r, "X-Half").p);
    assert_false(test_shows(&r, "half a page"));
    assert_false(test_shows(&r, "secret detail"));
    r = test_get(&t, "/en/toy/broken");
    assert_int_equal(r.status, 500);
    assert_shows(r, "please give this number: 2");
    assert_str(test_header(&r, "X-Request-Id"), "2");
    assert_false(test_shows(&r, "boom"));
    assert_int_equal(test_get(&t, "/toy/missing").status, 404);
    struct request rq = {.arena = &t.arena, .refused = 431};
    struct response rs = response_new(&t.arena);
    app_handle(t.app, 0, &rq, &rs);
    assert_int_equal(rs.status, 431);
    test_shop_close(&t);
}

static void guards_forms(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_int_equal(test_post(&t, "/toy/own", "a=1").status, 200);
    assert_int_equal(post_with(&t, "/toy/own", foreign).status, 403);
    assert_int_equal(post_with(&t, "/toy/own", NULL).status,
                     403); // says nothing about where it comes from
    const char *const same_site[] = {"Sec-Fetch-Site", "same-site", NULL};
    assert_int_equal(post_with(&t, "/toy/own", same_site).status, 403);
    const char *const own[] = {"Origin", TEST_URL, NULL};
    assert_int_equal(post_with(&t, "/toy/own", own).status, 200);
    const char *const evil[] = {"Origin", TEST_URL ".evil.example", NULL};
    assert_int_equal(post_with(&t, "/toy/own", evil).status, 403);
    const char *const null_origin[] = {"Origin", "null", NULL};
    assert_int_equal(post_with(&t, "/toy/own", null_origin).status, 403);
    assert_int_equal(post_with(&t, "/toy/hook", NULL).status, 200);
    struct test_response r = post_with(&t, "/toy/own", foreign);
    assert_shows(r, "laden Sie die Seite neu");
    assert_int_equal(test_post(&t, "/toy/small", "a=12345678").status, 200);
    assert_int_equal(test_post(&t, "/toy/small", "a=123456789").status, 413);
    test_shop_close(&t);
}

static void wants_the_token(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct test_request bare = {.method = HTTP_POST, .path = "/toy/token", .form = "a=1"};
    assert_int_equal(test_send(&t, &bare).status, 403); // no session, no token
    assert_int_equal(test_post(&t, "/toy/start", "").status, 200);
    assert_int_equal(test_send(&t, &bare).status, 403);
    bare.form = "csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_int_equal(test_send(&t, &bare).status, 403);
    assert_int_equal(test_post(&t, "/toy/token", "a=1").status, 200);
    test_sign_in(&t, ACTOR_CUSTOMER, 3);
    struct test_request form = {.method = HTTP_POST, .path = "/account/toy", .form = "a=1"};
    assert_int_equal(test_send(&t, &form).status, 403);
    assert_int_equal(test_post(&t, "/account/toy", "a=1").status, 200);
    test_shop_close(&t);
}

static void denies_by_default(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct test_response r = test_get(&t, "/account/toy?a=b&c=d");
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/account/login?next=%2Faccount%2Ftoy%3Fa%3Db%26c%3Dd");
    r = test_get(&t, "/en/account/toy");
    assert_str(r.location, "/en/account/login?next=%2Fen%2Faccount%2Ftoy");
    r = test_get(&t, "/desk/toy");
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk/login?next=%2Fdesk%2Ftoy");
    test_sign_in(&t, ACTOR_CUSTOMER, 7);
    r = test_get(&t, "/account/toy");
    assert_shows(r, "actor=1:7 ");
    assert_int_equal(test_get(&t, "/desk/toy").status, 303); // the other realm
    r = test_get(&t, "/toy");
    assert_shows(r, "actor=0:0 csrf="); // a shared page is made for nobody
    test_sign_in(&t, ACTOR_STAFF, 9);
    assert_int_equal(test_get(&t, "/desk/toy").status, 403);
    assert_int_equal(test_get(&t, "/desk/home").status, 200);
    test_sign_in(&t, ACTOR_STAFF, 1);
    assert_int_equal(test_get(&t, "/desk/toy").status, 200);
    assert_int_equal(test_post(&t, "/desk/toy", "").status, 403);
    test_sign_in(&t, ACTOR_STAFF, 2);
    assert_int_equal(test_get(&t, "/desk/home").status, 303);
    test_shop_close(&t);
}

static void knows_api_keys(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    test_sign_in(&t, ACTOR_STAFF, 1); // a cookie is no key
    assert_int_equal(test_get(&t, "/api/toy").status, 401);
    const char *const good[] = {"Authorization", "good", NULL};
    struct test_response r = test_send(
        &t, &(struct test_request){.method = HTTP_GET, .path = "/api/toy", .headers = good});
    assert_int_equal(r.status, 200);
    assert_shows(r, "actor=3:5 ");
    test_shop_close(&t);
}

static struct str cookie_of(const struct test_shop *t, const char *name) {
    for (size_t i = 0; i < t->cookies.n; i++)
        if (str_eq(t->cookies.v[i].name, str_c(name))) return t->cookies.v[i].value;
    return (struct str){NULL, 0};
}

static void rotates_sessions(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_int_equal(test_post(&t, "/toy/start", "").status, 200);
    struct str before = arena_str(&t.arena, cookie_of(&t, "k"));
    assert_int_equal(before.n, 43);
    test_sign_in(&t, ACTOR_CUSTOMER, 7);
    struct str after = arena_str(&t.arena, cookie_of(&t, "k"));
    assert_false(str_eq(before, after));
    test_wait(&t, 59 * DAY);
    assert_int_equal(test_get(&t, "/account/toy").status, 200); // a visit makes it live on
    test_wait(&t, 59 * DAY);
    assert_int_equal(test_get(&t, "/account/toy").status, 200);
    test_wait(&t, 60 * DAY);
    assert_int_equal(test_get(&t, "/account/toy").status, 303);
    test_sign_in(&t, ACTOR_CUSTOMER, 7);
    assert_int_equal(test_post(&t, "/toy/leave", "").status, 303);
    assert_str(cookie_of(&t, "k"), "");
    t.cookies.v[0].value = after; // the old token does not come to life again
    assert_int_equal(test_get(&t, "/account/toy").status, 303);
    test_shop_close(&t);
}

static void a_sign_in_ends_the_session_before_it(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    test_sign_in(&t, ACTOR_CUSTOMER, 7);
    struct str old = arena_str(&t.arena, cookie_of(&t, "k"));
    struct request rq = {.arena = &t.arena};
    pairs_add(&t.arena, &rq.cookies, S("k"), old);
    struct ctx *c = test_ctx(&t);
    assert_ok(session_load(c, &rq, SESSION_DESK), &c->err);
    assert_int_equal(c->session_id, 0); // a shop's token opens no desk
    assert_ok(session_load(c, &rq, SESSION_SHOP), &c->err);
    assert_int_equal(c->actor.id, 7);
    struct response rs = response_new(&t.arena);
    assert_ok(session_sign_in(c, &rs, SESSION_SHOP, (struct session_subject){ACTOR_CUSTOMER, 8}),
              &c->err);
    assert_int_equal(test_get(&t, "/account/toy").status, 303); // the browser holds the old token
    test_shop_close(&t);
}

static bool end_all(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return session_end_all(c, (struct session_subject){ACTOR_CUSTOMER, 7}, *(int64_t *)self);
}

static void ends_all_sessions(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    test_sign_in(&t, ACTOR_CUSTOMER, 7);
    int64_t none = 0;
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, end_all, &none), &c->err);
    assert_int_equal(test_get(&t, "/account/toy").status, 303);
    test_shop_close(&t);
}

static void limits_guessing(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&toy_module),
                                                   .limits = true,
                                                   .through = "core"});
    struct test_response r = {0};
    int passed = 0;
    while (passed < 1000 && (r = test_post(&t, "/toy/guess", "a=1")).status == 200) passed++;
    assert_in_range(passed, 1, 100);
    assert_int_equal(r.status, 429);
    int64_t wait;
    assert_true(str_to_int(test_header(&r, "Retry-After"), &wait) && wait > 0);
    test_wait(&t, wait * SECOND);
    assert_int_equal(test_post(&t, "/toy/guess", "a=1").status, 200);
    test_shop_close(&t);
}

// Typing errors are no orders; a flood of them is stopped all the same.
static void counts_orders_not_refusals(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&toy_module),
                                                   .limits = true,
                                                   .through = "core"});
    for (int i = 0; i < 15; i++) assert_int_equal(test_post(&t, "/toy/order", "a=").status, 422);
    for (int i = 0; i < 10; i++) assert_int_equal(test_post(&t, "/toy/order", "a=1").status, 200);
    assert_int_equal(test_post(&t, "/toy/order", "a=1").status, 429);
    test_wait(&t, HOUR);
    int refused = 0;
    while (refused < 1000 && test_post(&t, "/toy/order", "a=").status == 422) refused++;
    assert_in_range(refused, 15, 100);
    test_shop_close(&t);
}

static struct str key_with(struct test_shop *t, const char *path, const char *query,
                           const char *cookie) {
    struct server_app s = app_server(t->app);
    struct request rq = {.arena = &t->arena, .path = str_c(path)};
    struct err err = {0};
    assert_ok(request_parse_query(&rq, str_c(query), &err), &err);
    if (cookie) pairs_add(&t->arena, &rq.cookies, S(COOKIE_UNSHARED), str_c(cookie));
    return s.cache_key(s.self, &t->arena, &rq);
}

static struct str key_of(struct test_shop *t, const char *path, const char *query) {
    return key_with(t, path, query, NULL);
}

static void names_shared_pages(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_str(key_of(&t, "/toy", ""), "de /toy");
    assert_str(key_of(&t, "/en/toy", "b=2&a=x%20y&utm_source=n&gclid=1"), "en /toy&a=x%20y&b=2");
    assert_str(key_of(&t, "/toy/asset", "v=1"), "/toy/asset");
    assert_str(key_with(&t, "/toy", "", "x"), "de /toy"); // not the token of a preview
    assert_null(key_with(&t, "/toy", "", "0123456789012345678901234567890123456789-_A").p);
    assert_null(key_of(&t, "/toy/own", "").p);
    assert_null(key_of(&t, "/nowhere", "").p);
    struct server_app s = app_server(t.app);
    assert_int_equal(s.body_limit(s.self, HTTP_POST, S("/en/toy/small")), 10);
    assert_int_equal(s.body_limit(s.self, HTTP_POST, S("/toy/own")), 65536);
    assert_int_equal(s.body_limit(s.self, HTTP_POST, S("/nowhere")), 0);
    test_shop_close(&t);
}

static bool nothing(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)c, (void)rq, (void)rs;
    return true;
}

static void refuses_open_rows(void **state) {
    (void)state;
    struct arena a = {0};
    static const struct route bad[][2] = {
        {{HTTP_POST, "/x", nothing, .perm = NULL}, {0}},
        {{HTTP_POST, "/x", nothing, .perm = "toy.unknown"}, {0}},
        {{HTTP_GET, "/x", NULL, .perm = PERM_PUBLIC}, {0}},
        {{HTTP_GET, "/x", nothing, .perm = PERM_CUSTOMER, .cache = CACHE_PAGE}, {0}},
        {{HTTP_POST, "/x", nothing, .perm = PERM_PUBLIC, .cache = CACHE_PAGE}, {0}},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct module m = {.name = "bad", .routes = bad[i]};
        struct module_table table = TEST_MODULES(&m);
        struct err err = {0};
        assert_false(route_table_check(acl_new(&a, table), table, &err));
        assert_non_null(strstr(err.message, "/x of module bad"));
    }
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_pages),
        cmocka_unit_test(speaks_the_language_of_the_path),
        cmocka_unit_test(sets_headers),
        cmocka_unit_test(tells_failures),
        cmocka_unit_test(guards_forms),
        cmocka_unit_test(wants_the_token),
        cmocka_unit_test(denies_by_default),
        cmocka_unit_test(knows_api_keys),
        cmocka_unit_test(rotates_sessions),
        cmocka_unit_test(a_sign_in_ends_the_session_before_it),
        cmocka_unit_test(ends_all_sessions),
        cmocka_unit_test(limits_guessing),
        cmocka_unit_test(counts_orders_not_refusals),
        cmocka_unit_test(names_shared_pages),
        cmocka_unit_test(refuses_open_rows),
    };
    return TEST_GROUP(tests);
}
