// SPDX-License-Identifier: Apache-2.0
#include "core/acl.h"
#include "core/app_private.h"

static bool writes(enum http_method m) {
    return m == HTTP_POST || m == HTTP_PUT || m == HTTP_PATCH || m == HTTP_DELETE;
}

static bool is_desk(const struct request *rq) {
    return str_eq(rq->path, S("/desk")) || str_starts(rq->path, S("/desk/"));
}

static enum session_realm realm_of(const struct request *rq) {
    return is_desk(rq) ? SESSION_DESK : SESSION_SHOP;
}

static bool by_key(const struct route *r) {
    return r->csrf == CSRF_NONE && strcmp(r->perm, PERM_PUBLIC) != 0;
}

// Who asks. A page that is shared by all is made for nobody in particular.
static bool load_actor(struct app *app, struct ctx *c, const struct request *rq) {
    if (c->route->cache != CACHE_PRIVATE) return true;
    if (by_key(c->route)) return !app->hooks.load_api_key || app->hooks.load_api_key(c, rq);
    TRY(session_load(c, rq, realm_of(rq)));
    if (c->actor.kind != ACTOR_STAFF) return true;
    return !app->hooks.load_staff || app->hooks.load_staff(c, c->actor.id);
}

static void to_login(struct ctx *c, const struct request *rq, struct response *rs,
                     const char *login) {
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, url_local(c, str_c(login)));
    if (!writes(rq->method)) {
        buf_put(&b, S("?next="));
        buf_url(&b, rq->target);
    }
    response_redirect(rs, 303, buf_str(&b));
}

static enum guard check_permission(struct ctx *c, const struct request *rq, struct response *rs,
                                   int *status_out) {
    const struct route *r = c->route;
    if (acl_may(c, r->perm)) return GUARD_PASS;
    *status_out = by_key(r) && c->actor.kind == ACTOR_VISITOR ? 401 : 403;
    if (by_key(r)) return GUARD_REFUSED;
    if (strcmp(r->perm, PERM_CUSTOMER) == 0) {
        to_login(c, rq, rs, "/account/login");
        return GUARD_ANSWERED;
    }
    if (c->actor.kind == ACTOR_STAFF) return GUARD_REFUSED;
    to_login(c, rq, rs, "/desk/login");
    return GUARD_ANSWERED;
}

// "https://shop.example:8443/path" → "https://shop.example:8443"
static struct str origin_of(struct str url) {
    size_t at = str_find(url, S("://"));
    if (at == STR_NONE) return url;
    size_t slash = str_find_char(str_from(url, at + 3), '/');
    return slash == STR_NONE ? url : str_sub(url, 0, at + 3 + slash);
}

// Fetch Metadata (W3C) says it of every newer browser; the others send Origin (RFC 6454) with what
// they post.
static bool same_origin(struct ctx *c, const struct request *rq) {
    struct str site = request_header(rq, "sec-fetch-site");
    if (site.p) return str_eq(site, S("same-origin"));
    struct str origin = request_header(rq, "origin");
    if (str_empty(origin)) return false;
    if (str_eq_nocase(origin, origin_of(c->shop->base_url))) return true;
    struct str own =
        arena_fmt(c->arena, STR_FMT "://" STR_FMT, STR_ARG(rq->scheme), STR_ARG(rq->host));
    return !str_empty(rq->host) && str_eq_nocase(origin, own);
}

static bool csrf_holds(struct ctx *c, const struct request *rq) {
    if (!writes(rq->method) || c->route->csrf == CSRF_NONE) return true;
    if (!same_origin(c, rq)) return false;
    bool token = c->route->csrf == CSRF_TOKEN ||
                 (c->route->csrf == CSRF_DEFAULT && strcmp(c->route->perm, PERM_PUBLIC) != 0);
    return !token || csrf_ok(c, rq);
}

static bool limit_holds(struct app *app, struct ctx *c, enum route_limit limit,
                        struct response *rs) {
    int retry = 0;
    if (limiter_pass(app->limiter, limit, c->rq->client, c->now, &retry)) return true;
    response_header(rs, "Retry-After", arena_fmt(c->arena, "%d", retry > 0 ? retry : 1));
    return false;
}

// Orders are writes as well: a form that was refused gives its order back, not its write.
static bool rate_holds(struct app *app, struct ctx *c, struct response *rs) {
    enum route_limit limit = c->route->limit;
    if (limit == LIMIT_ORDER && !limit_holds(app, c, LIMIT_WRITE, rs)) return false;
    return limit == LIMIT_NONE || limit_holds(app, c, limit, rs);
}

void guard_answered(struct app *app, struct ctx *c, const struct response *rs) {
    if (c->route->limit == LIMIT_ORDER && rs->status == 422)
        limiter_give_back(app->limiter, LIMIT_ORDER, c->rq->client);
}

enum guard guard_route(struct app *app, struct ctx *c, struct request *rq, struct response *rs,
                       int *status_out) {
    *status_out = 429;
    if (!rate_holds(app, c, rs)) return GUARD_REFUSED;
    *status_out = 413;
    if (rq->body.n > (c->route->body_max ? c->route->body_max : BODY_MAX_DEFAULT))
        return GUARD_REFUSED;
    if (!load_actor(app, c, rq)) return GUARD_FAILED;
    enum guard g = check_permission(c, rq, rs, status_out);
    if (g != GUARD_PASS) return g;
    *status_out = 403;
    return csrf_holds(c, rq) ? GUARD_PASS : GUARD_REFUSED;
}

void security_headers(const struct shop *s, const struct route *route, struct response *rs) {
    static const struct {
        const char *name;
        struct str value;
    } always[] = {
        {"Content-Security-Policy", S_INIT("default-src 'self'; img-src 'self' data:; style-src "
                                           "'self'; script-src 'self'; object-src 'none'; "
                                           "base-uri 'none'; frame-ancestors 'none'; form-action "
                                           "'self' https://checkout.stripe.com")},
        {"Referrer-Policy", S_INIT("strict-origin-when-cross-origin")},
        {"X-Content-Type-Options", S_INIT("nosniff")},
        {"Permissions-Policy",
         S_INIT("camera=(), geolocation=(), microphone=(), payment=(self), usb=()")},
        {"Cross-Origin-Opener-Policy", S_INIT("same-origin")},
    };
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        if (!pairs_get_nocase(&rs->headers, always[i].name).p)
            response_header(rs, always[i].name, always[i].value);
    if (str_starts(s->base_url, S("https:")))
        response_header_set(rs, "Strict-Transport-Security",
                            S("max-age=31536000; includeSubDomains"));
    if (pairs_get_nocase(&rs->headers, "Cache-Control").p) return;
    enum route_cache cache = route ? route->cache : CACHE_PRIVATE;
    bool good = rs->status >= 200 && rs->status < 300;
    if (cache == CACHE_ASSET && good)
        response_header(rs, "Cache-Control", S("public, max-age=31536000, immutable"));
    else if (rs->cacheable)
        response_header(rs, "Cache-Control", S("private, no-cache"));
    else
        response_header(rs, "Cache-Control", S("no-store"));
}
