// SPDX-License-Identifier: Apache-2.0
// A customer's own pages. Sign-in is a code by mail; whether an address is known is never told.
#include "core/app.h"
#include "core/session.h"
#include "flow/customer_code.h"
#include "flow/place_order.h"
#include "shop/checkout_form.h"

enum { ORDERS_MAX = 100 };

struct login {
    struct str email, code;
};
static const struct form_field login_fields[] = {
    {"email", FORM_EMAIL, FORM_REQUIRED, offsetof(struct login, email), 0, 254, NULL},
};
static const struct form login_data = {"login", login_fields, ARRAY_LEN(login_fields),
                                       sizeof(struct login)};
static const struct form_field code_fields[] = {
    {"email", FORM_EMAIL, FORM_REQUIRED, offsetof(struct login, email), 0, 254, NULL},
    {"code", FORM_TEXT, FORM_REQUIRED, offsetof(struct login, code), 0, 12, NULL},
};
static const struct form code_data = {"code", code_fields, ARRAY_LEN(code_fields),
                                      sizeof(struct login)};

static bool show(struct page *p, const struct form *f, const struct form_errors *errors,
                 const char *title) {
    set_form(p, f, errors);
    liquid_set(p->data, "noindex", liquid_bool(true));
    return page_send(p, f->name, tr(p->c, title));
}

static bool home(struct ctx *c, struct response *rs) {
    response_redirect(rs, 303, url_local(c, S("/account")));
    return true;
}

bool login_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    if (c->actor.kind == ACTOR_CUSTOMER) return home(c, rs);
    TRY(page_begin(&p, c, rq, rs));
    return show(&p, &login_data, NULL, "shop.login");
}

bool login_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct login in;
    struct form_errors errors = {0};
    enum customer_code_verdict v = CODE_OK;
    TRY(page_begin(&p, c, rq, rs));
    form_read(&login_data, rq, shop_currency(c), &in, &errors);
    if (errors.n) return show(&p, &login_data, &errors, "shop.login");
    TRY(customer_code_request(c, in.email, &v));
    if (v == CODE_TOO_OFTEN) form_fail(c->arena, &errors, "email", "shop.form.code_often");
    if (errors.n) return show(&p, &login_data, &errors, "shop.login");
    return show(&p, &code_data, NULL, "shop.code");
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
    struct page p;
    struct login in;
    struct form_errors errors = {0};
    enum customer_code_verdict v = CODE_WRONG;
    int64_t id = 0;
    TRY(page_begin(&p, c, rq, rs));
    form_read(&code_data, rq, shop_currency(c), &in, &errors);
    if (!errors.n) {
        TRY(customer_code_check(c, in.email, digits_of(c->arena, in.code), &v, &id));
        if (code_problem(v)) form_fail(c->arena, &errors, "code", code_problem(v));
    }
    if (errors.n) return show(&p, &code_data, &errors, "shop.code");
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

static const char *state_key(const struct shop_orders_of *o) {
    if (str_eq(o->state, S("cancelled"))) return "shop.order.cancelled_short";
    if (str_eq(o->fulfilment_state, S("fulfilled"))) return "shop.order.shipped";
    if (str_eq(o->payment_state, S("pending"))) return "shop.order.unpaid";
    return "shop.order.unshipped";
}

static struct liquid_value order_row(struct ctx *c, const struct shop_orders_of *o) {
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "name", o->number);
    set_str(m, "url", url_local(c, order_link_path(c, o->id)));
    set_str(m, "currency", o->currency);
    set_str(m, "status", tr(c, state_key(o)));
    liquid_set(m, "total_price", liquid_int(o->total));
    liquid_set(m, "created_at", liquid_time(o->placed_at));
    return liquid_of_map(m);
}

bool account_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct shop_customer who = {0};
    struct shop_orders_of_rows rows = {0};
    struct list orders = {0};
    bool found;
    TRY(page_begin(&p, c, rq, rs));
    TRY(shop_customer(&c->db, &(struct shop_customer_in){c->actor.id}, &who, &found));
    TRY(shop_orders_of_all(&c->db, &(struct shop_orders_of_in){c->actor.id, ORDERS_MAX}, &rows));
    for (size_t i = 0; i < rows.n; i++) list_add(c->arena, &orders, order_row(c, &rows.v[i]));
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "email", who.email);
    set_str(m, "name", who.name);
    liquid_set(p.data, "customer", liquid_of_map(m));
    set_list(p.data, "orders", &orders);
    liquid_set(p.data, "noindex", liquid_bool(true));
    return page_send(&p, "account", tr(c, "shop.account.hello"));
}
