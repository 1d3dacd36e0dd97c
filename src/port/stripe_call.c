// SPDX-License-Identifier: Apache-2.0
#include "port/stripe_call.h"

#include "core/settings.h"

#define TIMEOUT_S   20
#define REPLY_MAX   ((size_t)1 << 20)
#define WHY_MAX     200
#define KEY_PURPOSE "stripe-idempotency"

static struct str host_of(struct str url) {
    size_t at = str_find(url, S("://"));
    struct str rest = at == STR_NONE ? url : str_from(url, at + 3);
    for (size_t i = 0; i < rest.n; i++)
        if (memchr("/?#", rest.p[i], 3)) rest.n = i;
    return rest;
}

static struct str without_port(struct str host) {
    if (host.n && host.p[0] == '[') {
        size_t end = str_find_char(host, ']');
        return end == STR_NONE ? host : str_sub(host, 0, end + 1);
    }
    size_t colon = str_find_char(host, ':');
    return colon == STR_NONE ? host : str_sub(host, 0, colon);
}

bool stripe_is_loopback(struct str url) {
    struct str host = without_port(host_of(url));
    return str_eq(host, S("127.0.0.1")) || str_eq(host, S("localhost")) || str_eq(host, S("[::1]"));
}

// An account at Stripe may serve several shops, or one that was set up anew: the key is bound to
// this shop's own secret.
static void add_headers(struct ctx *c, const struct stripe_call *call, struct http_call *h) {
    struct arena *a = c->arena;
    pairs_add(a, &h->headers, S("Authorization"),
              arena_fmt(a, "Bearer " STR_FMT,
                        STR_ARG(str_trim(setting_text(c, "payment.stripe.secret")))));
    pairs_add(a, &h->headers, S("Stripe-Version"), S(STRIPE_VERSION));
    if (call->form.p)
        pairs_add(a, &h->headers, S("Content-Type"), S("application/x-www-form-urlencoded"));
    if (call->once.p)
        pairs_add(a, &h->headers, S("Idempotency-Key"),
                  token_mac(a, &c->shop->key, KEY_PURPOSE, call->once));
}

static bool again_later(int status) {
    return status == 401 || status == 403 || status == 408 || status == 409 || status == 429 ||
           status >= 500 || status < 200 || (status >= 300 && status < 400);
}

static bool judge(struct ctx *c, const struct http_reply *r, struct stripe_reply *out) {
    struct err broken = {0};
    bool readable = json_parse(c->arena, r->body, &out->body, &broken);
    struct str why = readable ? json_text(&out->body, "error.message") : (struct str){0};
    struct str code = readable ? json_text(&out->body, "error.code") : (struct str){0};
    out->why = str_utf8_cut(why, WHY_MAX);
    if (r->status >= 200 && r->status < 300) {
        out->answer = STRIPE_YES;
        if (readable) return true;
        err_set(&c->err, ERR_NET, "Stripe's answer cannot be read.");
        return err_detail(&c->err, "%s", broken.message);
    }
    if (again_later(r->status)) {
        err_set(&c->err, ERR_NET, "Stripe cannot be reached at the moment.");
        err_hint(&c->err, "%s",
                 r->status == 401 || r->status == 403 ? "The shop's key for Stripe is not accepted."
                                                      : "Please try again in a minute.");
        return err_detail(&c->err, "status %d " STR_FMT, r->status, STR_ARG(out->why));
    }
    bool unknown = r->status == 404 || str_eq(code, S("resource_missing"));
    out->answer = unknown ? STRIPE_UNKNOWN : STRIPE_NO;
    if (str_empty(out->why)) out->why = arena_fmt(c->arena, "status %d", r->status);
    return true;
}

bool stripe_ask(struct ctx *c, const struct stripe_call *call, struct stripe_reply *out) {
    struct world *w = ctx_world(c);
    struct str base = setting_text(c, "payment.stripe.base_url");
    bool near = stripe_is_loopback(base);
    struct http_reply reply;
    *out = (struct stripe_reply){0};
    if (!near && !str_starts(base, S("https://")))
        return err_set(&c->err, ERR_INVALID,
                       "The address of Stripe's API must begin with https://.");
    while (str_ends(base, S("/"))) base.n--;
    struct http_call h = {
        .method = call->method,
        .url = arena_fmt(c->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(call->path)),
        .body = call->form,
        .timeout_s = TIMEOUT_S,
        .max_bytes = REPLY_MAX,
        .allow_private = near};
    add_headers(c, call, &h);
    TRY(w->http(w->self, c->arena, &h, &reply, NULL, &c->err));
    return judge(c, &reply, out);
}
