// SPDX-License-Identifier: Apache-2.0
// The electronic withdrawal function (BGB § 356a): a form without login and without reasons, a
// second step that declares, a receipt by mail with content, date and time. Whether an order exists
// is never told; what was declared is kept in the audit trail, which cannot be changed unseen.
#include "core/app.h"
#include "core/settings.h"
#include "core/tx.h"
#include "mod/mail/mail.h"
#include "shop/checkout_form.h"

struct withdrawal {
    struct str name, order, email, items;
    bool confirmed;
};
static const struct form_field fields[] = {
    {"name", FORM_TEXT, FORM_REQUIRED, offsetof(struct withdrawal, name), 0, 200, NULL},
    {"order", FORM_TEXT, FORM_REQUIRED, offsetof(struct withdrawal, order), 0, 100, NULL},
    {"email", FORM_EMAIL, FORM_REQUIRED, offsetof(struct withdrawal, email), 0, 254, NULL},
    {"items", FORM_MULTILINE, 0, offsetof(struct withdrawal, items), 0, 1000, NULL},
    {"confirmed", FORM_BOOL, 0, offsetof(struct withdrawal, confirmed), 0, 0, NULL},
};
static const struct form data = {"withdraw", fields, ARRAY_LEN(fields), sizeof(struct withdrawal)};

static bool show(struct page *p, const struct form_errors *errors, const char *step) {
    struct str order = str_utf8_cut(request_query(p->rq, "order"), 100);
    set_form(p, &data, errors);
    if (order.n && !p->rq->form.n) set_field(p, "order", order);
    set_str(p->data, "step", str_c(step));
    liquid_set(p->data, "noindex", liquid_bool(true));
    return page_send(p, "withdraw", tr(p->c, "shop.withdraw"));
}

bool withdraw_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    TRY(page_begin(&p, c, rq, rs));
    return show(&p, NULL, "form");
}

static void put(struct json_writer *w, const char *key, struct str value) {
    json_key(w, key);
    json_put_str(w, value.p ? value : S(""));
}

static struct str detail_of(struct ctx *c, const struct withdrawal *in) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    put(&w, "order", in->order);
    put(&w, "name", in->name);
    put(&w, "email", in->email);
    put(&w, "items", in->items);
    json_end_object(&w);
    return buf_str(&b);
}

static struct liquid_map *mail_data(struct ctx *c, const struct withdrawal *in) {
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "name", in->name);
    set_str(m, "order_number", in->order);
    set_str(m, "email", in->email);
    set_str(m, "items", in->items);
    set_str(m, "received_at", show_datetime(c, c->now));
    return m;
}

// To the customer, and the same to the shop.
static bool receive(struct ctx *c, void *self, bool *keep) {
    const struct withdrawal *in = self;
    struct str key =
        token_hash(c->arena, arena_fmt(c->arena, STR_FMT "\n%lld", STR_ARG(detail_of(c, in)),
                                       (long long)(c->now / MINUTE)));
    const struct str to[] = {in->email, setting_text(c, "shop.email")};
    (void)keep;
    TRY(audit_write(c, &(struct audit){"withdrawal", 0, "withdrawal.received", detail_of(c, in)}));
    for (size_t i = 0; i < ARRAY_LEN(to); i++)
        TRY(mail_queue(
            c, &(struct mail_new){
                   .kind = "withdrawal",
                   .to = to[i],
                   .lang = c->lang,
                   .data = mail_data(c, in),
                   .key = arena_fmt(c->arena, "withdrawal:" STR_FMT ":%zu", STR_ARG(key), i),
               }));
    return true;
}

bool withdraw_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct withdrawal in;
    struct form_errors errors = {0};
    TRY(page_begin(&p, c, rq, rs));
    form_read(&data, rq, shop_currency(c), &in, &errors);
    if (errors.n) return show(&p, &errors, "form");
    if (!in.confirmed) return show(&p, NULL, "confirm");
    TRY(tx_run(c, receive, &in));
    set_str(p.data, "done_at", show_datetime(c, c->now));
    return show(&p, NULL, "done");
}
