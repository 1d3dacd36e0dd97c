// SPDX-License-Identifier: Apache-2.0
// A whole shop for one test: fake world, fresh database (KONTOR_TEST_DB chooses SQLite or
// PostgreSQL), modules, dispatcher.
//     struct test_shop t;
//     test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&catalog_module,
//     &order_module)}); struct test_response r = test_post(&t, "/cart/add", "id=1&quantity=2");
//     assert_int_equal(r.status, 303);
//     test_shop_close(&t);                       // asserts that every check is silent
// A step that fails ends the test with its reason. Paths are as a browser sends them,
// "/en/cart?x=1".
#pragma once
#include "base/test.h"
#include "core/app.h"
#include "core/check.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "core/world_fake.h"
#include "testdb.h"

#define TEST_NOW INT64_C(1795334400000000) // 2026-11-22 08:00 UTC, 09:00 in Berlin; a Sunday
#define TEST_URL "https://shop.example"
#define TEST_MODULES(...)                                                                          \
    ((struct module_table){(const struct module *const[]){__VA_ARGS__},                            \
                           ARRAY_LEN(((const struct module *const[]){__VA_ARGS__}))})
struct test_shop_options {
    struct module_table modules;   // in layer order, without the core's
    const struct app_hooks *hooks; // NULL: none
    const char *through;           // migrations up to this module only; NULL: all
    bool limits;                   // rate limits on
    struct str
        db_url; // present: this database, which is not dropped at the end (a second process's view)
};
struct test_cookie {
    struct str name, value;
};
struct test_shop {
    struct arena arena; // what the helpers return lives here until the end
    struct world_fake world;
    struct shop shop;
    struct app *app;
    struct str db_url;
    bool owns_db;
    struct ctx ctx; // of the test itself, as the system; for queries and flows. test_ctx renews it
    VEC(struct test_cookie) cookies; // the browser's
    uint64_t requests;
};
void test_shop_open(struct test_shop *t, const struct test_shop_options *o);
void test_shop_close(struct test_shop *t);
// Moves the clock, then renews ctx (its now, a cleared err).
void test_wait(struct test_shop *t, instant by);
struct ctx *test_ctx(struct test_shop *t);
// Runs what is due until nothing is; the number of runs.
int64_t test_jobs(struct test_shop *t);
void test_check(struct test_shop *t);   // every invariant of every module holds
void test_queries(struct test_shop *t); // every query of every module can be prepared here

struct test_request {
    enum http_method method;
    const char *path; // with query
    const char *form; // body; NULL: none
    const char *type; // NULL: application/x-www-form-urlencoded
    const char *const *
        headers; // name, value, name, value, NULL; Sec-Fetch-Site: same-origin is sent unless given
    bool foreign; // without Sec-Fetch-Site
};
struct test_response {
    int status;
    struct str body, location; // location: of a redirect, or absent
    struct response rs;
};
struct test_response test_send(struct test_shop *t, const struct test_request *rq);
struct test_response test_get(struct test_shop *t, const char *path);
struct test_response test_post(struct test_shop *t, const char *path,
                               const char *form); // csrf is added when a page gave one
struct str test_header(const struct test_response *r, const char *name);
bool test_shows(const struct test_response *r, const char *text); // the body holds it
// Signs the browser in, as the module's own page would.
void test_sign_in(struct test_shop *t, enum actor_kind kind, int64_t id);
#define assert_shows(r, text)                                                                      \
    do {                                                                                           \
        if (test_shows(&(r), (text))) break;                                                       \
        print_error("not on the page: %s\n" STR_FMT "\n", (text), STR_ARG((r).body));              \
        _fail(__FILE__, __LINE__);                                                                 \
    } while (0)
