// SPDX-License-Identifier: Apache-2.0
#include "test_toy.h"

#include "core/acl.h"
#include "core/i18n.h"
#include "core/session.h"
#include "core/settings.h"

static struct toy *toy_of(struct ctx *c) { return *shop_slot(c->shop, "toy"); }

static enum job_result count_job(struct ctx *c, const struct json *payload) {
    struct toy *toy = toy_of(c);
    __atomic_add_fetch(&toy->ran, 1, __ATOMIC_SEQ_CST);
    int64_t n = json_int(payload, "n", 0);
    __atomic_add_fetch(&toy->hits[n % 64], 1, __ATOMIC_SEQ_CST);
    return JOB_DONE;
}

static enum job_result fail_job(struct ctx *c, const struct json *payload) {
    (void)payload;
    toy_of(c)->failed++;
    err_set(&c->err, ERR_NET, "nobody answers");
    return JOB_RETRY;
}

static enum job_result die_job(struct ctx *c, const struct json *payload) {
    (void)payload;
    err_set(&c->err, ERR_INVALID, "this can never work");
    return JOB_DEAD;
}

static const struct job_kind jobs[] = {
    {"toy.count", count_job, 0, 0},
    {"toy.fail", fail_job, 3, 0},
    {"toy.die", die_job, 0, 0},
    {"toy.often", count_job, .every_s = 60},
    {0},
};
static const struct event_kind events[] = {
    {"toy.happened", "n: a number"}, {"toy.lonely", "nothing"}, {0}};
static const struct subscription subscriptions[] = {{"toy.happened", "toy.count"}, {0}};
static const struct permission perms[] = {
    {"toy.write", "Spielen", "Play"}, {"toy.read", "Zusehen", "Watch"}, {0}};
static const char *const colours[] = {"red", "blue", NULL};
static const struct setting settings[] = {
    {"toy.text", SETTING_TEXT, "hello", .perm = "toy.write", .de = "Text", .en = "Text"},
    {"toy.number", SETTING_INT, "7", .perm = "toy.write", .de = "Zahl", .en = "Number"},
    {"toy.fee", SETTING_MONEY, "4.90", .perm = "toy.write", .de = "Gebühr", .en = "Fee"},
    {"toy.on", SETTING_BOOL, "1", .perm = "toy.write", .de = "An", .en = "On"},
    {"toy.colour", SETTING_CHOICE, "red", colours, .perm = "toy.write", .de = "Farbe",
     .en = "Colour"},
    {"toy.secret", SETTING_SECRET, NULL, .perm = "toy.write", .de = "Schlüssel", .en = "Key"},
    {"toy.motto.de", SETTING_TEXT, "Guten Tag", .perm = "toy.write", .de = "Motto", .en = "Motto"},
    {"toy.motto.en", SETTING_TEXT, "", .perm = "toy.write", .de = "Motto", .en = "Motto"},
    {0},
};

static bool say(struct ctx *c, const struct request *rq, struct response *rs) {
    response_type(rs, "text/plain; charset=utf-8");
    buf_fmt(&rs->body, "%s %s " STR_FMT, c->route->path, lang_code(c->lang), STR_ARG(rq->path));
    buf_fmt(&rs->body, " actor=%d:%lld csrf=" STR_FMT, (int)c->actor.kind, (long long)c->actor.id,
            STR_ARG(c->csrf));
    rs->cacheable = true; // the dispatcher allows it on shared rows only
    return true;
}
static bool busy(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    response_header(rs, "X-Half", S("made"));
    buf_put(&rs->body, S("half a page"));
    err_set(&c->err, ERR_BUSY, "The database is busy.");
    return err_detail(&c->err, "secret detail");
}
static bool broken(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq, (void)rs;
    return err_set(&c->err, ERR_DB, "boom");
}
static bool missing(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq, (void)rs;
    return err_set(&c->err, ERR_NOT_FOUND, "no such thing");
}
static bool start(struct ctx *c, const struct request *rq, struct response *rs) {
    TRY(session_start(c, rs, SESSION_SHOP));
    return say(c, rq, rs);
}
static bool leave(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    TRY(session_sign_out(c, rs, SESSION_SHOP));
    response_redirect(rs, 303, S("/"));
    return true;
}

static bool refuse_empty(struct ctx *c, const struct request *rq, struct response *rs) {
    if (!say(c, rq, rs)) return false;
    if (str_empty(request_form(rq, "a"))) rs->status = 422;
    return true;
}

static const struct route routes[] = {
    {HTTP_GET, "/toy", say, .perm = PERM_PUBLIC, .cache = CACHE_PAGE},
    {HTTP_GET, "/toy/asset", say, .perm = PERM_PUBLIC, .cache = CACHE_ASSET},
    {HTTP_GET, "/toy/own", say, .perm = PERM_PUBLIC},
    {HTTP_POST, "/toy/own", say, .perm = PERM_PUBLIC},
    {HTTP_POST, "/toy/start", start, .perm = PERM_PUBLIC},
    {HTTP_POST, "/toy/leave", leave, .perm = PERM_PUBLIC},
    {HTTP_POST, "/toy/token", say, .perm = PERM_PUBLIC, .csrf = CSRF_TOKEN},
    {HTTP_POST, "/toy/hook", say, .perm = PERM_PUBLIC, .csrf = CSRF_NONE, .limit = LIMIT_HOOK},
    {HTTP_POST, "/toy/small", say, .perm = PERM_PUBLIC, .body_max = 10},
    {HTTP_POST, "/toy/guess", say, .perm = PERM_PUBLIC, .limit = LIMIT_GUESS},
    {HTTP_POST, "/toy/order", refuse_empty, .perm = PERM_PUBLIC, .limit = LIMIT_ORDER},
    {HTTP_GET, "/account/toy", say, .perm = PERM_CUSTOMER},
    {HTTP_POST, "/account/toy", say, .perm = PERM_CUSTOMER},
    {HTTP_GET, "/desk/toy", say, .perm = "toy.read"},
    {HTTP_POST, "/desk/toy", say, .perm = "toy.write"},
    {HTTP_GET, "/desk/home", say, .perm = PERM_STAFF},
    {HTTP_GET, "/api/toy", say, .perm = "toy.read", .csrf = CSRF_NONE},
    {HTTP_GET, "/toy/busy", busy, .perm = PERM_PUBLIC},
    {HTTP_GET, "/toy/broken", broken, .perm = PERM_PUBLIC},
    {HTTP_GET, "/toy/missing", missing, .perm = PERM_PUBLIC},
    {0},
};

const struct module toy_module = {
    .name = "toy",
    .perms = perms,
    .settings = settings,
    .events = events,
    .subscriptions = subscriptions,
    .jobs = jobs,
    .routes = routes,
};

// Staff 1 may read, staff 2 is locked out.
static bool load_staff(struct ctx *c, int64_t staff_id) {
    if (staff_id == 2) c->actor = (struct actor){.kind = ACTOR_VISITOR};
    if (staff_id == 1) acl_grant(c->shop->acl, &c->actor, "toy.read");
    return true;
}
static bool load_api_key(struct ctx *c, const struct request *rq) {
    if (!str_eq(request_header(rq, "authorization"), S("good"))) return true;
    c->actor = (struct actor){.kind = ACTOR_API, .id = 5};
    acl_grant(c->shop->acl, &c->actor, "toy.read");
    return true;
}
const struct app_hooks toy_hooks = {.load_staff = load_staff, .load_api_key = load_api_key};

void toy_open(struct test_shop *t, struct toy *toy) {
    *toy = (struct toy){0};
    test_shop_open(t, &(struct test_shop_options){
                          .modules = TEST_MODULES(&toy_module),
                          .hooks = &toy_hooks,
                          .through = "core",
                      });
    *shop_slot(&t->shop, "toy") = toy;
}
