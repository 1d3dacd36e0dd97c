// SPDX-License-Identifier: Apache-2.0
// A customer's own pages, written by the theme; the code itself is asked for by the till. Sign-in
// is a code by mail; whether an address is known is never told.
#include "core/app.h"
#include "core/session.h"
#include "flow/customer_code.h"
#include "shop/cart_change.h"
#include "shop/checkout_form.h"
#include "shop/object/order_private.h"
#include "shop/object/people.h"

struct login {
    struct str email, code;
};
static const struct form_field code_fields[] = {
    {"email", FORM_EMAIL, FORM_REQUIRED, offsetof(struct login, email), 0, 254, NULL},
    {"code", FORM_TEXT, FORM_REQUIRED, offsetof(struct login, code), 0, 12, NULL},
};
static const struct form code_data = {"code", code_fields, ARRAY_LEN(code_fields),
                                      sizeof(struct login)};

// The till asks for the code. Whatever form the address came by, it goes on as `email`.
static bool show_code(struct ctx *c, const struct request *rq, struct response *rs,
                      const struct form_errors *errors) {
    struct page p;
    TRY(page_begin(&p, c, rq, rs));
    set_form(&p, &code_data, errors);
    if (!request_form(rq, "email").p) set_field(&p, "email", form_field_of(rq, "email"));
    liquid_set(p.data, "noindex", liquid_bool(true));
    return page_send(&p, "code", tr(c, "shop.code"));
}

static bool home(struct ctx *c, struct response *rs) {
    response_redirect(rs, 303, url_local(c, S("/account")));
    return true;
}

static bool show_login(struct ctx *c, const struct request *rq, struct response *rs,
                       const struct page_form *f) {
    struct page p;
    page_open(&p, c, rq, rs);
    if (f) page_form(&p, f);
    page_about(&p, tr(c, "shop.login"), (struct str){0});
    return page_render(&p, "customers/login");
}

bool login_page(struct ctx *c, const struct request *rq, struct response *rs) {
    if (c->actor.kind == ACTOR_CUSTOMER) return home(c, rs);
    return show_login(c, rq, rs, NULL);
}

static bool refuse_login(struct ctx *c, const struct request *rq, struct response *rs,
                         const char *why) {
    struct form_errors errors = {0};
    struct str type = request_form(rq, "form_type");
    struct page_form f = {.type = type.n ? type : S("customer_login"), .errors = &errors};
    form_fail(c->arena, &errors, "email", why);
    rs->status = 422;
    return show_login(c, rq, rs, &f);
}

// Forms of themes that sign in, register or recover a password all end here: an address is enough.
// Guests go on to the checkout.
bool login_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str email = email_key(c->arena, form_field_of(rq, "email"));
    enum customer_code_verdict v = CODE_OK;
    if (str_eq(request_form(rq, "form_type"), S("guest_login")) || request_form(rq, "guest").n) {
        response_redirect(rs, 303, url_local(c, S("/checkout")));
        return true;
    }
    if (!email.n) return refuse_login(c, rq, rs, "form.required");
    if (!email_valid(email)) return refuse_login(c, rq, rs, "form.email");
    TRY(customer_code_request(c, email, &v));
    if (v == CODE_TOO_OFTEN) return refuse_login(c, rq, rs, "shop.form.code_often");
    return show_code(c, rq, rs, NULL);
}

bool code_page(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    response_redirect(rs, 303, url_local(c, S("/account/login")));
    return true;
}

static struct str digits_of(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 64);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') buf_char(&b, s.p[i]);
    return buf_str(&b);
}

static const char *code_problem(enum customer_code_verdict v) {
    switch (v) {
    case CODE_OK:
        return NULL;
    case CODE_WRONG:
        return "shop.form.code_wrong";
    case CODE_EXPIRED:
        return "shop.form.code_expired";
    case CODE_TOO_OFTEN:
        return "shop.form.code_often";
    }
    return "shop.form.code_wrong";
}

bool code_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct login in;
    struct form_errors errors = {0};
    enum customer_code_verdict v = CODE_WRONG;
    int64_t id = 0;
    form_read(&code_data, rq, shop_currency(c), &in, &errors);
    if (!errors.n) {
        TRY(customer_code_check(c, in.email, digits_of(c->arena, in.code), &v, &id));
        if (code_problem(v)) form_fail(c->arena, &errors, "code", code_problem(v));
    }
    if (errors.n) return show_code(c, rq, rs, &errors);
    int64_t before = c->session_id;
    TRY(session_sign_in(c, rs, SESSION_SHOP, (struct session_subject){ACTOR_CUSTOMER, id}));
    TRY(cart_follow(c, before));
    return home(c, rs);
}

bool logout_form(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    TRY(session_sign_out(c, rs, SESSION_SHOP));
    cart_cookie(c, rs, 0);
    response_redirect(rs, 303, url_local(c, S("/")));
    return true;
}

// A link of the shop's own pages; one from elsewhere signs nobody out.
bool logout_link(struct ctx *c, const struct request *rq, struct response *rs) {
    bool own = str_eq(request_header(rq, "sec-fetch-site"), S("same-origin"));
    return own ? logout_form(c, rq, rs) : home(c, rs);
}

bool to_login_page(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    response_redirect(rs, 303, url_local(c, S("/account/login")));
    return true;
}

static bool show_own(struct page *p, const char *name, const char *title) {
    page_about(p, tr(p->c, title), (struct str){0});
    return page_render(p, name);
}

bool account_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    page_open(&p, c, rq, rs);
    return show_own(&p, "customers/account", "shop.account.hello");
}

// Somebody else's order and none look the same.
bool account_order(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value order;
    int64_t id;
    page_open(&p, c, rq, rs);
    if (!str_to_int(request_param(rq, "id"), &id) || id <= 0) return page_missing(c);
    TRY(people_order(&p, id, &order));
    const struct order_thing *o = theme_self(order, &order_kind);
    if (!o || !o->full.head.has_customer_id || o->full.head.customer_id != c->actor.id)
        return page_missing(c);
    page_global(&p, "order", order);
    page_about(&p, TR(c, "shop.order.number", {.name = "number", .text = o->full.head.number}),
               (struct str){0});
    return page_render(&p, "customers/order");
}
