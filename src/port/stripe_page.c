// SPDX-License-Identifier: Apache-2.0
#include "port/stripe_page.h"

#include <ctype.h>

#include "core/app.h"
#include "core/i18n.h"
#include "mod/order/link.h"
#include "port/stripe_call.h"

#define LINES_MAX         99 // Stripe takes 100 with the shipping
#define PIECES_MAX        999999
#define NAME_MAX          250
#define EMAIL_MAX         512
#define REFUNDS_PAGE      100 // of one payment, a page of Stripe's list
#define REFUNDS_PAGES_MAX 20

static void put(struct buf *b, const char *name, struct str value) {
    if (b->n) buf_char(b, '&');
    buf_url(b, str_c(name));
    buf_char(b, '=');
    buf_url(b, value);
}

static void put_int(struct buf *b, struct arena *a, const char *name, int64_t v) {
    put(b, name, arena_fmt(a, "%lld", (long long)v));
}

struct item {
    struct str name;
    int64_t unit, quantity;
};

static void put_item(struct ctx *c, struct buf *b, size_t i, const struct order_get *h,
                     struct item it) {
    struct arena *a = c->arena;
    struct str currency = arena_str(a, h->currency);
    char *p = arena_copy(a, currency.p, currency.n + 1);
    for (size_t k = 0; k < currency.n; k++) p[k] = (char)tolower((unsigned char)p[k]);
    struct str name = str_utf8_cut(str_empty(it.name) ? h->number : it.name, NAME_MAX);
    put_int(b, a, arena_fmt(a, "line_items[%zu][quantity]", i).p, it.quantity);
    put(b, arena_fmt(a, "line_items[%zu][price_data][currency]", i).p, (struct str){p, currency.n});
    put_int(b, a, arena_fmt(a, "line_items[%zu][price_data][unit_amount]", i).p, it.unit);
    put(b, arena_fmt(a, "line_items[%zu][price_data][product_data][name]", i).p, name);
}

// Line by line only when the lines are what is to be paid, to the cent.
static bool itemised(const struct order_full *o, int64_t amount) {
    int64_t sum = o->head.shipping;
    if (o->lines.n > LINES_MAX || o->head.shipping < 0) return false;
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *l = &o->lines.v[i];
        int64_t total;
        if (l->quantity < 1 || l->quantity > PIECES_MAX || l->unit_price < 0) return false;
        if (__builtin_mul_overflow(l->unit_price, l->quantity, &total) || total != l->total)
            return false;
        sum += total;
    }
    return sum == amount;
}

static void put_items(struct ctx *c, struct buf *b, const struct order_full *o, int64_t amount) {
    const struct order_get *h = &o->head;
    size_t n = 0;
    if (!itemised(o, amount)) {
        put_item(c, b, 0, h, (struct item){h->number, amount, 1});
        return;
    }
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *l = &o->lines.v[i];
        struct str name = str_empty(l->variant_title)
                              ? l->title
                              : arena_fmt(c->arena, STR_FMT " (" STR_FMT ")", STR_ARG(l->title),
                                          STR_ARG(l->variant_title));
        put_item(c, b, n++, h, (struct item){name, l->unit_price, l->quantity});
    }
    if (h->shipping > 0) put_item(c, b, n, h, (struct item){h->shipping_method, h->shipping, 1});
}

static void put_addresses(struct ctx *c, struct buf *b, const struct order_get *h) {
    enum lang before = c->lang;
    if (!lang_parse(h->lang, &c->lang)) c->lang = before;
    struct str page = url_absolute(c, order_link_path(c, h->id));
    c->lang = before;
    put(b, "success_url",
        arena_fmt(c->arena, STR_FMT "/return?session_id={CHECKOUT_SESSION_ID}", STR_ARG(page)));
    put(b, "cancel_url", page);
}

struct str stripe_page_form(struct ctx *c, const struct stripe_page_new *n) {
    const struct order_get *h = &n->order->head;
    struct buf b = buf_new(c->arena, 0);
    put(&b, "mode", S("payment"));
    put_int(&b, c->arena, "client_reference_id", h->id);
    if (!str_empty(h->email) && h->email.n <= EMAIL_MAX) put(&b, "customer_email", h->email);
    put(&b, "locale", str_eq(h->lang, S("en")) ? S("en") : S("de"));
    put(&b, "submit_type", S("pay"));
    put_int(&b, c->arena, "expires_at", n->row->expires_at / SECOND);
    put_addresses(c, &b, h);
    put(&b, "metadata[order]", h->number);
    put_int(&b, c->arena, "metadata[" STRIPE_ROW_FIELD "]", n->row->id);
    put(&b, "payment_intent_data[description]", h->number);
    put(&b, "payment_intent_data[metadata][order]", h->number);
    put_int(&b, c->arena, "payment_intent_data[metadata][" STRIPE_ROW_FIELD "]", n->row->id);
    put_items(c, &b, n->order, n->row->amount);
    ensure(buf_ok(&b));
    return buf_str(&b);
}

int64_t stripe_row_of(const struct json *object) {
    int64_t id;
    return str_to_int(json_text(object, "metadata." STRIPE_ROW_FIELD), &id) && id > 0 ? id : 0;
}

static enum payment_page_state state_of(const struct json *v) {
    struct str status = json_text(v, "status"), paid = json_text(v, "payment_status"),
               intent = json_text(v, "payment_intent.status");
    if (str_eq(paid, S("paid"))) return PAYMENT_PAGE_PAID;
    if (str_eq(status, S("open"))) return PAYMENT_PAGE_OPEN;
    if (str_eq(status, S("expired"))) return PAYMENT_PAGE_EXPIRED;
    bool gone = str_eq(intent, S("requires_payment_method")) || str_eq(intent, S("canceled"));
    return gone ? PAYMENT_PAGE_FAILED : PAYMENT_PAGE_PROCESSING;
}

bool stripe_page_parse(struct arena *a, const struct json *v, struct payment_page *out) {
    *out = (struct payment_page){.ref = json_text(v, "id"),
                                 .url = json_text(v, "url"),
                                 .state = state_of(v),
                                 .row = stripe_row_of(v)};
    if (!str_eq(json_text(v, "object"), S("checkout.session")) || str_empty(out->ref)) return false;
    struct str intent = json_text(v, "payment_intent"); // its id, or the whole object
    out->intent = intent.p ? intent : json_text(v, "payment_intent.id");
    struct str currency = json_text(v, "currency"); // null where nothing is asked for
    struct buf upper = buf_new(a, currency.n + 1);
    for (size_t i = 0; i < currency.n; i++)
        buf_char(&upper, (char)toupper((unsigned char)currency.p[i]));
    out->currency = buf_str(&upper);
    out->amount = json_int(v, "payment_intent.amount_received", 0);
    if (out->state != PAYMENT_PAGE_PAID || out->amount == 0)
        out->amount = json_int(v, "amount_total", 0);
    if (__builtin_mul_overflow(json_int(v, "expires_at", 0), SECOND, &out->expires_at))
        return false;
    if (!str_to_int(json_text(v, "client_reference_id"), &out->order_id)) out->order_id = 0;
    return out->amount >= 0 && out->amount <= MONEY_MAX;
}

static bool page_of(struct ctx *c, const struct stripe_reply *r, struct payment_page *out) {
    if (stripe_page_parse(c->arena, &r->body, out)) return true;
    return err_set(&c->err, ERR_NET, "Stripe's answer is not a payment page.");
}

bool stripe_page_make(struct ctx *c, const struct stripe_page_new *n, struct payment_page *out,
                      enum stripe_answer *answer_out) {
    struct stripe_reply r;
    struct stripe_call call = {"POST", S("/v1/checkout/sessions"), stripe_page_form(c, n),
                               arena_fmt(c->arena, "session:%lld", (long long)n->row->id)};
    TRY(stripe_ask(c, &call, &r));
    *answer_out = r.answer;
    if (r.answer == STRIPE_YES) return page_of(c, &r, out);
    *out = (struct payment_page){.why = r.why};
    return true;
}

static struct str path_of(struct ctx *c, struct str ref, const char *rest) {
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, S("/v1/checkout/sessions/"));
    buf_url(&b, ref);
    buf_put(&b, str_c(rest));
    return buf_str(&b);
}

bool stripe_page_read(struct ctx *c, struct str ref, struct payment_page *out,
                      enum stripe_answer *answer_out) {
    struct stripe_reply r;
    struct stripe_call call = {.method = "GET",
                               .path = path_of(c, ref, "?expand%5B%5D=payment_intent")};
    TRY(stripe_ask(c, &call, &r));
    *answer_out = r.answer;
    return r.answer == STRIPE_YES ? page_of(c, &r, out) : true;
}

bool stripe_page_close(struct ctx *c, struct str ref, enum stripe_answer *answer_out) {
    struct stripe_reply r;
    TRY(stripe_ask(
        c,
        &(struct stripe_call){.method = "POST", .path = path_of(c, ref, "/expire"), .form = S("")},
        &r));
    *answer_out = r.answer;
    return true;
}

static struct stripe_refund refund_of(const struct json *v) {
    struct str status = json_text(v, "status"), reason = json_text(v, "failure_reason");
    struct stripe_refund r = {.ref = json_text(v, "id")};
    r.failed = str_eq(status, S("failed")) || str_eq(status, S("canceled"));
    if (r.failed) r.why = reason.p ? reason : status;
    return r;
}

static struct str refunds_path(struct ctx *c, struct str intent, struct str after) {
    struct buf b = buf_new(c->arena, 0);
    put(&b, "payment_intent", intent);
    put_int(&b, c->arena, "limit", REFUNDS_PAGE);
    if (after.n) put(&b, "starting_after", after);
    return arena_fmt(c->arena, "/v1/refunds?" STR_FMT, STR_ARG(buf_str(&b)));
}

static bool is_ours(const struct json *v, const struct stripe_refund_new *n) {
    int64_t id;
    return str_to_int(json_text(v, "metadata." STRIPE_REFUND_FIELD), &id) && id == n->id &&
           json_int(v, "amount", 0) == n->amount;
}

bool stripe_refund_find(struct ctx *c, const struct stripe_refund_new *n, struct stripe_refund *out,
                        bool *found_out) {
    struct str after = {0};
    *found_out = false;
    for (int page = 0; page < REFUNDS_PAGES_MAX; page++) {
        struct stripe_reply r;
        struct stripe_call call = {.method = "GET", .path = refunds_path(c, n->intent, after)};
        TRY(stripe_ask(c, &call, &r));
        const struct json *data = r.answer == STRIPE_YES ? json_path(&r.body, "data") : NULL;
        if (r.answer == STRIPE_YES && (!data || data->type != JSON_ARRAY))
            return err_set(&c->err, ERR_NET, "Stripe's answer is not a list of refunds.");
        for (size_t i = 0; data && i < data->n; i++) {
            after = json_text(&data->items[i], "id");
            if (!is_ours(&data->items[i], n)) continue;
            *out = refund_of(&data->items[i]);
            *found_out = after.n > 0;
            return true;
        }
        const struct json *more = r.answer == STRIPE_YES ? json_path(&r.body, "has_more") : NULL;
        if (!more || more->type != JSON_BOOL || !more->boolean || !after.n) return true;
    }
    return err_set(&c->err, ERR_NET, "The payment has too many refunds at Stripe to look through.");
}

bool stripe_refund_make(struct ctx *c, const struct stripe_refund_new *n, struct stripe_refund *out,
                        enum stripe_answer *answer_out) {
    struct stripe_reply r;
    struct buf b = buf_new(c->arena, 0);
    put(&b, "payment_intent", n->intent);
    put_int(&b, c->arena, "amount", n->amount);
    put_int(&b, c->arena, "metadata[" STRIPE_REFUND_FIELD "]", n->id);
    struct stripe_call call = {"POST", S("/v1/refunds"), buf_str(&b),
                               arena_fmt(c->arena, "refund:%lld", (long long)n->id)};
    TRY(stripe_ask(c, &call, &r));
    *answer_out = r.answer;
    *out = r.answer == STRIPE_YES ? refund_of(&r.body) : (struct stripe_refund){.why = r.why};
    if (r.answer == STRIPE_YES && str_empty(out->ref))
        return err_set(&c->err, ERR_NET, "Stripe's answer is not a refund.");
    return true;
}
