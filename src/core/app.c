// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"

#include <stdlib.h>

#include "core/acl.h"
#include "core/app_private.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "http/token.h"

#define SLOW SECOND
enum { KEY_MAX = 4096 };

static size_t route_count(const struct route *r) {
    size_t n = 0;
    while (r && r[n].path) n++;
    return n;
}

static struct router *router_of(struct arena *a, struct module_table modules) {
    const struct route **tables = ARENA_ARRAY(a, const struct route *, modules.n + 1);
    size_t *counts = ARENA_ARRAY(a, size_t, modules.n + 1);
    for (size_t m = 0; m < modules.n; m++) {
        tables[m] = modules.v[m]->routes;
        counts[m] = route_count(tables[m]);
    }
    return router_new(a, tables, counts, modules.n);
}

struct app *app_new(struct arena *a, struct shop *shop, const struct app_hooks *hooks) {
    struct app *app = ARENA_NEW(a, struct app);
    app->shop = shop;
    if (hooks) app->hooks = *hooks;
    app->router = router_of(a, shop->modules);
    app->limiter = limiter_new(app->hooks.limits_off);
    return app;
}

void app_free(struct app *app) { limiter_free(app->limiter); }

static bool row_ok(const struct acl *acl, const struct route *r) {
    static const char *const words[] = {PERM_PUBLIC, PERM_CUSTOMER, PERM_STAFF};
    if (!r->handler || !r->perm) return false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strcmp(r->perm, words[i]) == 0) return true;
    return acl_index(acl, r->perm) >= 0;
}

bool route_table_check(const struct acl *acl, struct module_table modules, struct err *err) {
    for (size_t m = 0; m < modules.n; m++)
        for (const struct route *r = modules.v[m]->routes; r && r->path; r++) {
            bool shared = r->cache != CACHE_PRIVATE &&
                          (r->method != HTTP_GET || !r->perm || strcmp(r->perm, PERM_PUBLIC) != 0);
            if (row_ok(acl, r) && !shared) continue;
            return err_set(err, ERR_INVALID, "The route %s %s of module %s has %s.",
                           http_method_name(r->method), r->path, modules.v[m]->name,
                           shared ? "a shared cache although it is not a public GET"
                                  : "no handler or no known permission");
        }
    return true;
}

static bool lang_known(struct str list, enum lang wanted) {
    struct str part;
    enum lang l;
    while (str_split(&list, ',', &part))
        if (lang_parse(str_trim(part), &l) && l == wanted) return true;
    return false;
}

struct lang_path lang_path_of(const struct shop *s, struct arena *a, struct str path) {
    struct str list = settings_get(s, a, "shop.languages"), rest = list, part;
    struct lang_path p = {LANG_DE, path, false};
    enum lang l;
    if (str_split(&rest, ',', &part)) (void)lang_parse(str_trim(part), &p.lang);
    bool shaped = path.n >= 3 && (path.n == 3 || path.p[3] == '/');
    if (!shaped || !lang_parse(str_sub(path, 1, 2), &l) || l == p.lang || !lang_known(list, l))
        return p;
    return (struct lang_path){l, path.n == 3 ? S("/") : str_from(path, 3), true};
}

struct str url_local(struct ctx *c, struct str path) {
    if (c->lang == lang_first(c) || str_starts(path, S("/desk"))) return path;
    return arena_fmt(c->arena, "/%s" STR_FMT, lang_code(c->lang),
                     STR_ARG(str_eq(path, S("/")) ? S("") : path));
}

struct str url_absolute(struct ctx *c, struct str path) {
    struct str base = c->shop->base_url, local = url_local(c, path);
    while (str_ends(base, S("/"))) base.n--;
    return arena_fmt(c->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(local));
}

static void show_error(struct app *app, struct ctx *c, struct request *rq, struct response *rs,
                       int status) {
    buf_clear(&rs->body);
    rs->body_static = rs->body_file = (struct str){NULL, 0};
    rs->cacheable = false;
    rs->status = status;
    if (app->hooks.error_page) app->hooks.error_page(c, rq, rs, status);
    rs->status = status;
    if (rs->body.n == 0 || !buf_ok(&rs->body)) error_page_plain(c, rq, rs, status);
}

static void log_failure(struct ctx *c, const struct request *rq, int status) {
    LOG(&c->shop->world.log, c->now, status >= 500 ? LOG_ERROR : LOG_INFO, "request.failed",
        {"request", arena_fmt(c->arena, "%llu", (unsigned long long)rq->id)},
        {"route", str_c(c->route ? c->route->path : "")},
        {"status", arena_fmt(c->arena, "%d", status)}, {"message", str_c(c->err.message)},
        {"hint", str_c(c->err.hint)}, {"detail", str_c(c->err.detail)});
}

static void fail(struct app *app, struct ctx *c, struct request *rq, struct response *rs) {
    if (c->err.code == ERR_NONE) err_set(&c->err, ERR_DB, "The handler gave no reason.");
    int status = err_http_status(c->err.code);
    log_failure(c, rq, status);
    rs->headers.n = 0;
    if (status == 503) response_header(rs, "Retry-After", S("2"));
    show_error(app, c, rq, rs, status);
}

static void no_route(struct app *app, struct ctx *c, struct request *rq, struct response *rs) {
    unsigned allowed = 0;
    struct http_pairs params;
    struct str path = rq->path;
    bool reads = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
    if (reads && path.n > 1 && str_ends(path, S("/"))) {
        struct str shorter = str_sub(path, 0, path.n - 1);
        if (router_find(app->router, rq->method, shorter, c->arena, &params, &allowed)) {
            response_redirect(rs, 308, url_local(c, shorter));
            return;
        }
    }
    (void)!router_find(app->router, rq->method, path, c->arena, &params, &allowed);
    if (allowed) response_header(rs, "Allow", route_allow(c->arena, allowed));
    show_error(app, c, rq, rs, allowed ? 405 : 404);
}

static void run_route(struct app *app, struct ctx *c, struct request *rq, struct response *rs) {
    int status = 500;
    switch (guard_route(app, c, rq, rs, &status)) {
    case GUARD_ANSWERED:
        break;
    case GUARD_REFUSED:
        show_error(app, c, rq, rs, status);
        break;
    case GUARD_FAILED:
        fail(app, c, rq, rs);
        break;
    case GUARD_PASS:
        if (!c->route->handler(c, rq, rs) || !buf_ok(&rs->body)) {
            if (!buf_ok(&rs->body)) err_set(&c->err, ERR_FULL, "The page is too large.");
            fail(app, c, rq, rs);
        }
        guard_answered(app, c, rs);
    }
    rs->cacheable = rs->cacheable && c->route->cache != CACHE_PRIVATE && rs->status == 200;
    if (rs->cacheable && c->route->cache == CACHE_PAGE) response_topic(rs, topic_of("setting", 0));
}

static void choose_language(struct ctx *c, struct request *rq) {
    struct lang_path p = lang_path_of(c->shop, c->arena, rq->path);
    c->lang = p.lang;
    rq->path = p.path;
    if (p.prefixed || !str_starts(rq->path, S("/desk"))) return;
    if (!lang_parse(request_cookie(rq, "lang"), &c->lang))
        c->lang = lang_negotiate(request_header(rq, "accept-language"), p.lang);
}

static void log_slow(struct ctx *c, const struct request *rq) {
    instant took = c->shop->world.now(c->shop->world.self) - c->now;
    if (took < SLOW) return;
    LOG(&c->shop->world.log, c->now, LOG_WARN, "request.slow",
        {"request", arena_fmt(c->arena, "%llu", (unsigned long long)rq->id)},
        {"route", str_c(c->route ? c->route->path : "")},
        {"ms", arena_fmt(c->arena, "%lld", (long long)(took / 1000))});
}

// Marks that campaigns leave in links; the page is the same.
static bool is_tracking(struct str name) {
    static const char *const names[] = {"gclid", "gbraid", "wbraid", "fbclid", "msclkid"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, str_c(names[i]))) return true;
    return str_starts(name, S("utm_"));
}

// A page of the cache is everybody's: the mark of one visitor's click does not come into it.
static void drop_tracking(struct request *rq) {
    struct http_pairs kept = {0};
    for (size_t i = 0; i < rq->query.n; i++)
        if (!is_tracking(rq->query.v[i].name))
            pairs_add(rq->arena, &kept, rq->query.v[i].name, rq->query.v[i].value);
    if (kept.n == rq->query.n) return;
    struct buf b = buf_new(rq->arena, 0);
    struct str rest = rq->target, path;
    if (str_split(&rest, '?', &path)) buf_put(&b, path);
    for (size_t i = 0; i < kept.n; i++) {
        buf_char(&b, i ? '&' : '?');
        buf_url(&b, kept.v[i].name);
        buf_char(&b, '=');
        buf_url(&b, kept.v[i].value);
    }
    rq->query = kept;
    rq->target = buf_str(&b);
}

void app_handle(struct app *app, int worker, struct request *rq, struct response *rs) {
    (void)worker;
    struct ctx c;
    ctx_begin(&c, app->shop, rq->arena);
    c.rq = rq;
    if (rq->refused) {
        show_error(app, &c, rq, rs, rq->refused);
    } else {
        unsigned allowed;
        choose_language(&c, rq);
        c.route = router_find(app->router, rq->method, rq->path, c.arena, &rq->params, &allowed);
        if (c.route && c.route->cache == CACHE_PAGE) drop_tracking(rq);
        if (c.route)
            run_route(app, &c, rq, rs);
        else
            no_route(app, &c, rq, rs);
    }
    security_headers(app->shop, c.route, rs);
    if (!rs->cacheable)
        response_header_set(rs, "X-Request-Id",
                            arena_fmt(c.arena, "%llu", (unsigned long long)rq->id));
    log_slow(&c, rq);
    ctx_end(&c);
}

static void serve(void *self, int worker, struct request *rq, struct response *rs) {
    app_handle(self, worker, rq, rs);
}

static size_t body_limit(void *self, enum http_method m, struct str path) {
    struct app *app = self;
    struct arena a = {0};
    struct http_pairs params;
    unsigned allowed;
    struct lang_path p = lang_path_of(app->shop, &a, path);
    const struct route *r = router_find(app->router, m, p.path, &a, &params, &allowed);
    arena_done(&a);
    return !r ? 0 : r->body_max ? r->body_max : BODY_MAX_DEFAULT;
}

static int pair_cmp(const void *a, const void *b) {
    const struct http_pair *x = a, *y = b;
    int d = str_cmp(x->name, y->name);
    return d ? d : str_cmp(x->value, y->value);
}

static struct str cache_key(void *self, struct arena *a, const struct request *rq) {
    struct app *app = self;
    struct http_pairs params;
    unsigned allowed;
    struct lang_path p = lang_path_of(app->shop, a, rq->path);
    const struct route *r = router_find(app->router, HTTP_GET, p.path, a, &params, &allowed);
    if (!r || r->cache == CACHE_PRIVATE) return (struct str){NULL, 0};
    if (r->cache == CACHE_ASSET)
        return arena_str(a, p.path); // the same for all, whatever else they ask
    if (token_shaped(request_cookie(rq, COOKIE_UNSHARED))) return (struct str){NULL, 0};
    struct http_pair *query = arena_copy(a, rq->query.v, rq->query.n * sizeof *query);
    if (rq->query.n > 1) qsort(query, rq->query.n, sizeof *query, pair_cmp);
    struct buf b = buf_new(a, KEY_MAX);
    buf_fmt(&b, "%s ", lang_code(p.lang));
    buf_put(&b, p.path);
    for (size_t i = 0; i < rq->query.n; i++) {
        if (is_tracking(query[i].name)) continue;
        buf_char(&b, '&');
        buf_url(&b, query[i].name);
        buf_char(&b, '=');
        buf_url(&b, query[i].value);
    }
    return buf_ok(&b) ? buf_str(&b) : (struct str){NULL, 0};
}

struct server_app app_server(struct app *app) {
    return (struct server_app){
        .self = app, .body_limit = body_limit, .handle = serve, .cache_key = cache_key};
}
