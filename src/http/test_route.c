// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "http/route.h"

static bool nothing(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)c, (void)rq, (void)rs;
    return true;
}

#define ROW(m, p)                                                                                  \
    { .method = (m), .path = (p), .handler = nothing, .perm = PERM_PUBLIC }
static const struct route SHOP[] = {
    ROW(HTTP_GET, "/"),
    ROW(HTTP_GET, "/products/:handle"),
    ROW(HTTP_GET, "/products/:handle.js"),
    ROW(HTTP_GET, "/products/new"),
    ROW(HTTP_POST, "/products/:id"),
    ROW(HTTP_GET, "/collections/:c/products/:p"),
};
static const struct route MORE[] = {ROW(HTTP_GET, "/assets/*file"),
                                    ROW(HTTP_DELETE, "/products/:x/"),
                                    ROW(HTTP_GET, "/cart/add.js")};

static struct router *both(struct arena *a) {
    const struct route *const tables[] = {SHOP, MORE};
    const size_t counts[] = {ARRAY_LEN(SHOP), ARRAY_LEN(MORE)};
    return router_new(a, tables, counts, 2);
}

static void paths_lead_to_their_rows(void **state) {
    (void)state;
    static const struct {
        enum http_method m;
        const char *path;
        const char *row, *name, *value;
    } CASES[] = {
        {HTTP_GET, "/", "/", NULL, NULL},
        {HTTP_HEAD, "/", "/", NULL, NULL},
        {HTTP_GET, "/products/mug", "/products/:handle", "handle", "mug"},
        {HTTP_GET, "/products/mug.js", "/products/:handle.js", "handle", "mug"},
        {HTTP_GET, "/products/.js", "/products/:handle", "handle", ".js"},
        {HTTP_GET, "/products/new", "/products/new", NULL, NULL},
        {HTTP_POST, "/products/new", "/products/:id", "id", "new"},
        {HTTP_GET, "/collections/a/products/b", "/collections/:c/products/:p", "p", "b"},
        {HTTP_GET, "/assets/a/b.css", "/assets/*file", "file", "a/b.css"},
        {HTTP_DELETE, "/products/7/", "/products/:x/", "x", "7"},
        {HTTP_GET, "/cart/add.js", "/cart/add.js", NULL, NULL},
    };
    struct arena a = {0};
    struct router *r = both(&a);
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++) {
        struct http_pairs params;
        unsigned allowed;
        const struct route *row =
            router_find(r, CASES[i].m, str_c(CASES[i].path), &a, &params, &allowed);
        assert_non_null(row);
        assert_string_equal(row->path, CASES[i].row);
        if (CASES[i].name) assert_str(pairs_get(&params, CASES[i].name), CASES[i].value);
    }
    arena_done(&a);
}

static void what_is_not_there(void **state) {
    (void)state;
    static const char *const ABSENT[] = {"/nothing", "/products", "/products/", "/products/a/b",
                                         "/assets/", "/cart",     "x",          ""};
    struct arena a = {0};
    struct router *r = both(&a);
    struct http_pairs params;
    unsigned allowed;
    for (size_t i = 0; i < ARRAY_LEN(ABSENT); i++) {
        assert_null(router_find(r, HTTP_GET, str_c(ABSENT[i]), &a, &params, &allowed));
        assert_int_equal(allowed, 0);
    }
    assert_null(router_find(r, HTTP_PUT, S("/products/mug"), &a, &params, &allowed));
    assert_str(route_allow(&a, allowed), "GET, HEAD, POST");
    assert_null(router_find(r, HTTP_OTHER, S("/products/7/"), &a, &params, &allowed));
    assert_str(route_allow(&a, allowed), "DELETE");
    struct buf deep = buf_new(&a, 0);
    for (int i = 0; i < 1000; i++) buf_put(&deep, S("/a"));
    assert_null(router_find(r, HTTP_GET, buf_str(&deep), &a, &params, &allowed));
    arena_done(&a);
}

static void one(struct route row) {
    struct arena a = {0};
    const struct route rows[] = {row, ROW(HTTP_GET, "/twice")};
    const struct route *const tables[] = {rows};
    router_new(&a, tables, &(size_t){2}, 1);
    arena_done(&a);
}

static void malformed_rows_are_bugs(void **state) {
    (void)state;
    one((struct route)ROW(HTTP_GET, "/good"));
    assert_bug(one((struct route)ROW(HTTP_GET, "/twice")));
    assert_bug(one((struct route)ROW(HTTP_GET, "relative")));
    assert_bug(one((struct route)ROW(HTTP_GET, "/a//b")));
    assert_bug(one((struct route)ROW(HTTP_GET, "/:")));
    assert_bug(one((struct route)ROW(HTTP_GET, "/*rest/more")));
    assert_bug(one((struct route)ROW(HTTP_HEAD, "/head")));
    assert_bug(one((struct route){.method = HTTP_GET, .path = "/x", .handler = nothing}));
    assert_bug(one((struct route){.method = HTTP_GET, .path = "/x", .perm = PERM_PUBLIC}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_lead_to_their_rows),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(malformed_rows_are_bugs),
    };
    return TEST_GROUP(tests);
}
