// SPDX-License-Identifier: Apache-2.0
// Every row of every route table: method, size, origin, token and permission are enforced as the
// row says, and no parameter and no query makes it fail.
#include "hostile.h"

typedef void route_test(struct hostile *h, const struct route *r);

static void each_route(struct hostile *h, route_test *test) {
    const struct module_table *t = &h->t.shop.modules;
    for (size_t m = 0; m < t->n; m++)
        for (const struct route *r = t->v[m]->routes; r && r->path; r++) test(h, r);
}

static bool writes(const struct route *r) {
    return r->method != HTTP_GET && r->method != HTTP_HEAD;
}
static bool perm_is(const struct route *r, const char *perm) { return strcmp(r->perm, perm) == 0; }
static bool token_wanted(const struct route *r) {
    return writes(r) &&
           (r->csrf == CSRF_TOKEN || (r->csrf == CSRF_DEFAULT && !perm_is(r, PERM_PUBLIC)));
}
static enum who who_may(const struct route *r) {
    if (perm_is(r, PERM_PUBLIC)) return VISITOR;
    return perm_is(r, PERM_CUSTOMER) ? ANNA : OWNER;
}
static struct str good_path(struct hostile *h, const struct route *r) {
    return path_of(h, &h->t.arena, r->path, -1, (struct str){0});
}

static bool some_route_takes(struct hostile *h, enum http_method m, const char *path) {
    const struct module_table *t = &h->t.shop.modules;
    for (size_t k = 0; k < t->n; k++)
        for (const struct route *r = t->v[k]->routes; r && r->path; r++)
            if (r->method == m && strcmp(r->path, path) == 0) return true;
    return false;
}

static void wrong_method(struct hostile *h, const struct route *r) {
    static const enum http_method methods[] = {HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS,
                                               HTTP_OTHER};
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        if (some_route_takes(h, methods[i], r->path)) continue;
        struct probe p = {.who = who_may(r), .method = methods[i], .target = good_path(h, r)};
        struct answer a = probe_send(h, &p);
        if (a.status != 405) wrong(h, &p, "%d instead of 405", a.status);
        if (str_find(a.allow, str_c(http_method_name(r->method))) == STR_NONE)
            wrong(h, &p, "Allow is \"" STR_FMT "\"", STR_ARG(a.allow));
    }
}

static struct str bytes_of(struct hostile *h, size_t n) {
    char *p = arena_alloc(&h->t.arena, n + 1);
    memset(p, 'x', n);
    p[0] = 'a', p[1] = '=';
    return (struct str){p, n};
}

static void too_large(struct hostile *h, const struct route *r) {
    if (!writes(r)) return;
    struct arena_mark m = arena_mark(&h->t.arena);
    struct probe p = {.who = who_may(r), .method = r->method, .target = good_path(h, r)};
    p.body = bytes_of(h, route_body_max(r) + 1);
    struct answer a = probe_send(h, &p);
    p.body = S("(too large)");
    if (a.status != 413) wrong(h, &p, "%d instead of 413", a.status);
    arena_rewind(&h->t.arena, m);
}

static void foreign(struct hostile *h, const struct route *r) {
    static const struct {
        const char *site, *origin;
    } from[] = {{"", NULL},
                {"", "https://evil.example"},
                {"", "null"},
                {"", "https://shop.example.evil.example"},
                {"", "http://shop.example"},
                {"cross-site", "https://shop.example"},
                {"same-site", NULL},
                {"none", NULL}};
    if (!writes(r) || r->csrf == CSRF_NONE) return;
    for (size_t i = 0; i < ARRAY_LEN(from); i++) {
        struct probe p = {.who = who_may(r),
                          .method = r->method,
                          .target = good_path(h, r),
                          .body = S("a=b"),
                          .site = from[i].site,
                          .origin = from[i].origin,
                          .token = token_wanted(r)};
        struct answer a = probe_send(h, &p);
        if (a.status != 403)
            wrong(h, &p, "%d instead of 403 from \"%s\" \"%s\"", a.status, from[i].site,
                  from[i].origin ? from[i].origin : "");
    }
}

static void no_token(struct hostile *h, const struct route *r) {
    if (!token_wanted(r)) return;
    struct str other = arena_str(&h->t.arena, csrf_of(h, BERND, false));
    struct str bodies[] = {S("a=b"), S("csrf="), S("csrf=x"),
                           arena_fmt(&h->t.arena, "csrf=" STR_FMT, STR_ARG(other))};
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct probe p = {
            .who = who_may(r), .method = r->method, .target = good_path(h, r), .body = bodies[i]};
        struct answer a = probe_send(h, &p);
        if (a.status != 403) wrong(h, &p, "%d instead of 403", a.status);
    }
}

// Who may not is sent to sign in, or told no; nobody sees the page.
static void no_permission(struct hostile *h, const struct route *r) {
    if (perm_is(r, PERM_PUBLIC)) return;
    for (enum who w = VISITOR; w < WHO_COUNT; w++) {
        bool staff = h->staff[w] != 0, desk = !perm_is(r, PERM_CUSTOMER);
        if (w == OWNER || (perm_is(r, PERM_STAFF) && staff) || (!desk && h->customer[w])) continue;
        struct probe p = {
            .who = w, .method = r->method, .target = good_path(h, r), .token = writes(r)};
        if (writes(r)) p.body = S("a=b");
        struct answer a = probe_send(h, &p);
        bool login = a.status == 303 && (str_starts(a.location, S("/desk/login")) ||
                                         str_starts(a.location, S("/account/login")));
        bool told = a.status == 401 || a.status == 403;
        if (staff && desk ? !told : !login && !told)
            wrong(h, &p, "%d without permission", a.status);
    }
}

static void hostile_params(struct hostile *h, const struct route *r) {
    if (writes(r)) return; // hostile_forms
    for (int i = 0; i < params_of(r->path); i++)
        for (size_t k = 0; k < hostile_value_count; k++) {
            struct arena_mark m = arena_mark(&h->t.arena);
            struct probe p = {.who = who_may(r), .method = r->method};
            p.target = path_of(h, &h->t.arena, r->path, i, hostile_values[k]);
            struct answer a = probe_send(h, &p);
            if (a.status == 422) wrong(h, &p, "422 of a page");
            arena_rewind(&h->t.arena, m);
        }
}

static void hostile_params_of_forms(struct hostile *h, const struct route *r) {
    if (!writes(r)) return;
    for (int i = 0; i < params_of(r->path); i++)
        for (size_t k = 0; k < hostile_value_count; k++) {
            struct arena_mark m = arena_mark(&h->t.arena);
            struct probe p = {
                .who = who_may(r), .method = r->method, .body = S("a=b"), .token = token_wanted(r)};
            p.target = path_of(h, &h->t.arena, r->path, i, hostile_values[k]);
            probe_send(h, &p);
            arena_rewind(&h->t.arena, m);
        }
    hostile_renew(h);
}

// That the walks begin at pages that are there.
static void good_page(struct hostile *h, const struct route *r) {
    static const char *const other[] = {
        "*",         ":hash",         ":token",           "/desk/login/code", "/desk/pages/",
        ".js",       ".json",         "/recommendations", "/blogs",           "/cart/:",
        "/policies", "/desk/themes/", "/desk/menus/"};
    if (writes(r)) return;
    for (size_t i = 0; i < ARRAY_LEN(other); i++)
        if (strstr(r->path, other[i])) return;
    struct probe p = {.who = who_may(r), .method = r->method, .target = good_path(h, r)};
    struct answer a = probe_send(h, &p);
    if (a.status != 200 && a.status != 303) wrong(h, &p, "%d of a page", a.status);
}

// All names that any page reads from its query, every value.
static void hostile_query(struct hostile *h, const struct route *r) {
    static const char *const names[] = {
        "q",    "page",    "sort_by", "variant", "note",   "added",      "order",   "next",
        "out",  "expired", "done",    "before",  "after",  "state",      "payment", "fulfilment",
        "from", "to",      "status",  "vpage",   "thanks", "session_id", "fields",  "lang"};
    if (writes(r)) return;
    for (size_t k = 0; k < hostile_value_count; k++) {
        struct arena_mark m = arena_mark(&h->t.arena);
        struct buf b = buf_new(&h->t.arena, 0);
        buf_put(&b, good_path(h, r));
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
            buf_fmt(&b, "%c%s=", i ? '&' : '?', names[i]);
            buf_url(&b, hostile_values[k]);
        }
        probe_send(h,
                   &(struct probe){.who = who_may(r), .method = r->method, .target = buf_str(&b)});
        arena_rewind(&h->t.arena, m);
    }
    struct str lots[] = {
        arena_fmt(&h->t.arena, STR_FMT "?q=" STR_FMT, STR_ARG(good_path(h, r)),
                  STR_ARG(bytes_of(h, 10000))),
        arena_fmt(&h->t.arena, STR_FMT "?q[]=1&q=2&q=3&=&&a", STR_ARG(good_path(h, r))),
        arena_fmt(&h->t.arena, STR_FMT "?q=%%", STR_ARG(good_path(h, r))),
        arena_fmt(&h->t.arena, STR_FMT "/", STR_ARG(good_path(h, r)))};
    for (size_t i = 0; i < ARRAY_LEN(lots); i++)
        probe_send(h, &(struct probe){.who = who_may(r), .method = r->method, .target = lots[i]});
}

static void raw_paths(struct hostile *h) {
    static const char *const paths[] = {"",
                                        "x",
                                        "//",
                                        "/..",
                                        "/../../etc/passwd",
                                        "/%2e%2e/%2e%2e/etc/passwd",
                                        "/%",
                                        "/%zz",
                                        "/%00",
                                        "/a%2fb",
                                        "/\x01",
                                        "/\xff",
                                        "/en",
                                        "/en/",
                                        "/en/en",
                                        "/fr/",
                                        "/products",
                                        "/products/",
                                        "/media/../shop.db",
                                        "/assets/shop/../../kontor.conf",
                                        "/assets/shop/%2e%2e/x",
                                        "/assets/desk/",
                                        "/media/x",
                                        "/desk/",
                                        "/desk//orders",
                                        "/orders/1",
                                        "/orders/1/",
                                        "/orders//x",
                                        "/hooks",
                                        "/healthz/x",
                                        "/?",
                                        "/?=",
                                        "/#x"};
    for (enum who w = VISITOR; w < WHO_COUNT; w += OWNER)
        for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
            struct probe p = {.who = w, .method = HTTP_GET, .target = str_c(paths[i])};
            struct answer a = probe_send(h, &p);
            if (str_find(a.body, S("root:")) != STR_NONE) wrong(h, &p, "a file of the machine");
        }
}

#define ROUTE_TEST(name, with)                                                                     \
    static void name(void **state) {                                                               \
        (void)state;                                                                               \
        struct hostile h;                                                                          \
        hostile_open(&h);                                                                          \
        with;                                                                                      \
        hostile_close(&h);                                                                         \
    }
ROUTE_TEST(guards_methods_and_sizes, each_route(&h, good_page); each_route(&h, wrong_method);
           each_route(&h, too_large))
ROUTE_TEST(guards_origins_and_tokens, each_route(&h, foreign); each_route(&h, no_token))
ROUTE_TEST(guards_permissions, each_route(&h, no_permission))
ROUTE_TEST(stands_hostile_parameters, each_route(&h, hostile_params);
           each_route(&h, hostile_params_of_forms))
ROUTE_TEST(stands_hostile_queries, each_route(&h, hostile_query); raw_paths(&h))

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guards_methods_and_sizes), cmocka_unit_test(guards_origins_and_tokens),
        cmocka_unit_test(guards_permissions),       cmocka_unit_test(stands_hostile_parameters),
        cmocka_unit_test(stands_hostile_queries),
    };
    return TEST_GROUP(tests);
}
