// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"

#include <stdlib.h>

#include "core/session.h"

static void give_up(const char *what, const struct err *err) {
    print_error("%s: %s %s\n", what, err->message, err->detail);
    fail();
}

void test_shop_open(struct test_shop *t, const struct test_shop_options *o) {
    *t = (struct test_shop){.owns_db = !o->db_url.p};
    struct world world = world_fake_init(&t->world, TEST_NOW, t->owns_db ? 1 : 2);
    t->db_url = o->db_url.p ? o->db_url : testdb_url(&t->arena);
    struct err err = {0};
    size_t migrations = kontor_migration_count;
    if (o->through) migrations = db_migrations_through(kontor_migrations, migrations, o->through);
    bool ok = shop_open(
        &(struct shop_open){
            .db_url = t->db_url,
            .base_url = S(TEST_URL),
            .world = world,
            .modules = o->modules,
            .migrations = kontor_migrations,
            .migration_count = migrations,
            .cache_bytes = (size_t)4 << 20,
        },
        &t->shop, &err);
    if (!ok) give_up("shop_open", &err);
    t->shop.key = (struct secret_key){{1}}; // processes on one database share the key
    struct app_hooks hooks = o->hooks ? *o->hooks : (struct app_hooks){0};
    hooks.limits_off = !o->limits;
    t->app = app_new(&t->arena, &t->shop, &hooks);
    ctx_begin(&t->ctx, &t->shop, &t->arena);
    t->ctx.actor.kind = ACTOR_SYSTEM;
}

void test_shop_close(struct test_shop *t) {
    test_check(t);
    ctx_end(&t->ctx);
    app_free(t->app);
    shop_close(&t->shop);
    if (t->owns_db) testdb_drop(t->db_url);
    world_fake_done(&t->world);
    arena_done(&t->arena);
}

struct ctx *test_ctx(struct test_shop *t) {
    ctx_end(&t->ctx);
    ctx_begin(&t->ctx, &t->shop, &t->arena);
    t->ctx.actor.kind = ACTOR_SYSTEM;
    return &t->ctx;
}

void test_wait(struct test_shop *t, instant by) {
    t->world.now += by;
    test_ctx(t);
}

int64_t test_jobs(struct test_shop *t) {
    int64_t ran = 0;
    struct err err = {0};
    if (!jobs_run_due(&t->shop, t->world.now, &ran, &err)) give_up("jobs_run_due", &err);
    return ran;
}

static void broken(void *self, const struct check_finding *f) {
    print_error("check %s: " STR_FMT ": " STR_FMT " (%s)\n", f->name, STR_ARG(f->object),
                STR_ARG(f->detail), f->says);
    ++*(int *)self;
}

void test_check(struct test_shop *t) {
    int findings = 0;
    struct ctx *c = test_ctx(t);
    if (!check_all(c, broken, &findings)) give_up("check_all", &c->err);
    assert_int_equal(findings, 0);
}

void test_queries(struct test_shop *t) {
    struct ctx *c = test_ctx(t);
    for (size_t m = 0; m < t->shop.modules.n; m++) {
        const struct module *module = t->shop.modules.v[m];
        for (size_t i = 0; module->query_count && i < *module->query_count; i++)
            if (!db_query_check(&c->db, &module->queries[i]))
                give_up(module->queries[i].name, &c->err);
    }
}

static void keep_cookie(struct test_shop *t, struct str header) {
    struct str rest = header, pair, name;
    str_split(&rest, ';', &pair);
    str_split(&pair, '=', &name);
    struct test_cookie *slot = NULL;
    for (size_t i = 0; i < t->cookies.n; i++)
        if (str_eq(t->cookies.v[i].name, name)) slot = &t->cookies.v[i];
    if (!slot) slot = VEC_PUSH(&t->arena, &t->cookies);
    bool gone = str_find(header, S("Max-Age=0")) != STR_NONE;
    *slot = (struct test_cookie){name, gone ? S("") : pair};
}

static void send_cookies(struct test_shop *t, struct request *rq) {
    for (size_t i = 0; i < t->cookies.n; i++)
        if (t->cookies.v[i].value.n)
            pairs_add(&t->arena, &rq->cookies, t->cookies.v[i].name, t->cookies.v[i].value);
}

static void send_headers(struct test_shop *t, const struct test_request *in, struct request *rq) {
    for (const char *const *h = in->headers; h && h[0]; h += 2)
        pairs_add(&t->arena, &rq->headers, str_c(h[0]), str_c(h[1]));
    if (!in->foreign) pairs_add(&t->arena, &rq->headers, S("Sec-Fetch-Site"), S("same-origin"));
    if (in->form)
        pairs_add(&t->arena, &rq->headers, S("Content-Type"),
                  str_c(in->type ? in->type : "application/x-www-form-urlencoded"));
}

// As the server reads it.
static void fill(struct test_shop *t, const struct test_request *in, struct request *rq) {
    struct err err = {0};
    struct str rest = str_c(in->path), path;
    str_split(&rest, '?', &path);
    *rq = (struct request){
        .arena = &t->arena,
        .method = in->method,
        .method_text = str_c(http_method_name(in->method)),
        .target = str_c(in->path),
        .client = S("192.0.2.1"),
        .host = S("shop.example"),
        .scheme = S("https"),
        .id = ++t->requests,
        .started = t->world.now,
    };
    send_cookies(t, rq);
    send_headers(t, in, rq);
    if (!request_normalise_path(&t->arena, path, &rq->path)) rq->refused = 400;
    if (rest.p && !request_parse_query(rq, rest, &err)) give_up("query", &err);
    rq->body = str_c(in->form);
    if (rq->body.n && !request_parse_body(rq, request_header(rq, "content-type"), &err))
        rq->refused = err.code == ERR_TOO_LARGE ? 413 : 400;
}

struct test_response test_send(struct test_shop *t, const struct test_request *in) {
    struct request rq;
    fill(t, in, &rq);
    struct test_response r = {.rs = response_new(&t->arena)};
    app_handle(t->app, 0, &rq, &r.rs);
    for (size_t i = 0; i < r.rs.headers.n; i++)
        if (str_eq_nocase(r.rs.headers.v[i].name, S("Set-Cookie")))
            keep_cookie(t, r.rs.headers.v[i].value);
    r.status = r.rs.status;
    r.body = r.rs.body_static.p ? r.rs.body_static : buf_str(&r.rs.body);
    r.location = test_header(&r, "Location");
    return r;
}

struct test_response test_get(struct test_shop *t, const char *path) {
    return test_send(t, &(struct test_request){.method = HTTP_GET, .path = path});
}

// What the hidden field of the browser's pages would hold.
static struct str csrf_of_browser(struct test_shop *t, const char *path) {
    struct request rq;
    fill(t, &(struct test_request){.path = path}, &rq);
    struct ctx c;
    ctx_begin(&c, &t->shop, &t->arena);
    bool desk = str_starts(rq.path, S("/desk"));
    if (!session_load(&c, &rq, desk ? SESSION_DESK : SESSION_SHOP)) give_up("session_load", &c.err);
    ctx_end(&c);
    return c.csrf;
}

struct test_response test_post(struct test_shop *t, const char *path, const char *form) {
    struct str csrf = csrf_of_browser(t, path);
    struct buf b = buf_new(&t->arena, 0);
    buf_put(&b, str_c(form));
    if (csrf.n) {
        buf_put(&b, b.n ? S("&csrf=") : S("csrf="));
        buf_url(&b, csrf);
    }
    return test_send(
        t, &(struct test_request){.method = HTTP_POST, .path = path, .form = buf_str(&b).p});
}

struct str test_header(const struct test_response *r, const char *name) {
    return pairs_get_nocase(&r->rs.headers, name);
}

bool test_shows(const struct test_response *r, const char *text) {
    return str_find(r->body, str_c(text)) != STR_NONE;
}

void test_sign_in(struct test_shop *t, enum actor_kind kind, int64_t id) {
    struct ctx c;
    ctx_begin(&c, &t->shop, &t->arena);
    struct response rs = response_new(&t->arena);
    enum session_realm realm = kind == ACTOR_STAFF ? SESSION_DESK : SESSION_SHOP;
    if (!session_sign_in(&c, &rs, realm, (struct session_subject){kind, id}))
        give_up("session_sign_in", &c.err);
    ctx_end(&c);
    for (size_t i = 0; i < rs.headers.n; i++)
        if (str_eq_nocase(rs.headers.v[i].name, S("Set-Cookie")))
            keep_cookie(t, rs.headers.v[i].value);
}
