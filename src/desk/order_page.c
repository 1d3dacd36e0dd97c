// SPDX-License-Identifier: Apache-2.0
#include "desk/order_page.h"

#include "desk/handlers.h"
#include "mail_sql.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"
#include "payment_sql.h"

// The documents of another system that are kept as sent have no parcels here.
static int64_t sent(const struct order_full *o, const struct order_lines *l) {
    bool kept =
        str_eq(o->head.source, S("import")) && str_eq(o->head.fulfilment_state, S("fulfilled"));
    return kept && l->quantity > l->credited ? l->quantity - l->credited : l->shipped;
}

static struct liquid_value line_value(struct ctx *c, const struct order_full *o,
                                      const struct order_lines *l) {
    struct liquid_map *m = liquid_map_new(c->arena);
    struct currency cur;
    ensure(currency_parse(o->head.currency, &cur));
    int64_t shipped = sent(o, l), open = l->quantity - shipped - l->credited;
    put_int(m, "id", l->id);
    put_str(m, "title", l->title);
    put_str(m, "variant_title", l->variant_title);
    put_str(m, "sku", l->sku);
    if (l->has_product_id) put_int(m, "product_id", l->product_id);
    put_int(m, "quantity", l->quantity);
    put_int(m, "shipped", shipped);
    put_int(m, "credited", l->credited);
    put_int(m, "open", open > 0 ? open : 0);
    put_int(m, "returnable", l->quantity - l->credited);
    put_int(m, "tax_rate", l->tax_rate);
    liquid_set(m, "unit_price", liquid_money(money(l->unit_price, cur)));
    liquid_set(m, "total", liquid_money(money(l->total, cur)));
    return liquid_of_map(m);
}

static void put_lines(struct desk *d, const struct order_full *o) {
    struct list l = {0};
    int64_t open = 0, shipped = 0;
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *x = &o->lines.v[i];
        int64_t left = x->quantity - sent(o, x) - x->credited;
        open += left > 0 ? left : 0;
        shipped += sent(o, x);
        desk_list_add(d->c->arena, &l, line_value(d->c, o, x));
    }
    liquid_set(d->data, "lines", liquid_array(l.v, l.n));
    put_int(d->data, "open_pieces", open);
    put_int(d->data, "shipped_pieces", shipped);
}

static struct liquid_value event_value(struct ctx *c, const struct order_events *e) {
    struct liquid_map *m = liquid_map_new(c->arena);
    struct liquid_value detail = liquid_nil();
    struct err ignored = {0};
    if (!liquid_parse_json(c->arena, e->detail, &detail, &ignored)) detail = liquid_nil();
    put_str(m, "kind", e->kind);
    put_str(m, "actor", e->actor);
    liquid_set(m, "at", liquid_time(e->at));
    liquid_set(m, "detail", detail);
    return liquid_of_map(m);
}

static void put_events(struct desk *d, const struct order_full *o) { // newest first
    struct list l = {0};
    for (size_t i = o->events.n; i-- > 0;)
        desk_list_add(d->c->arena, &l, event_value(d->c, &o->events.v[i]));
    liquid_set(d->data, "events", liquid_array(l.v, l.n));
}

static bool put_money(struct desk *d, const struct order_full *o) {
    struct payment_sums sums;
    struct payment_entries_rows entries = {0};
    struct currency cur;
    ensure(currency_parse(o->head.currency, &cur));
    TRY(payment_sums(d->c, o->head.id, &sums));
    TRY(payment_entries_all(&d->c->db, &(struct payment_entries_in){o->head.id}, &entries));
    bool cancelled = str_eq(o->head.state, S("cancelled"));
    int64_t open = cancelled ? 0 : payment_due(o->head.total, &sums);
    int64_t left = sums.captured - sums.refunded;
    PUT_ROWS(d, "entries", payment_entries, entries);
    liquid_set(d->data, "captured", liquid_money(money(sums.captured, cur)));
    liquid_set(d->data, "refunded", liquid_money(money(sums.refunded, cur)));
    liquid_set(d->data, "open_amount", liquid_money(money(open, cur)));
    liquid_set(d->data, "refundable", liquid_money(money(left, cur)));
    put_bool(d->data, "can_pay", open > 0);
    put_bool(d->data, "can_refund", left > 0);
    if (!liquid_map_get(d->f, S("amount"))) {
        put_str(d->f, "amount", desk_money_input(d->c, open, o->head.currency));
        struct civil day = zone_civil(d->c, d->c->now);
        put_str(d->f, "date",
                arena_fmt(d->c->arena, "%04d-%02d-%02d", day.year, day.month, day.day));
    }
    return true;
}

static bool put_parcels(struct desk *d, int64_t id) {
    struct shipments_of_order_rows parcels = {0};
    struct desk_shipment_lines_rows lines = {0};
    struct mail_of_order_rows mails = {0};
    TRY(shipments_of_order_all(&d->c->db, &(struct shipments_of_order_in){id}, &parcels));
    TRY(desk_shipment_lines_all(&d->c->db, &(struct desk_shipment_lines_in){id}, &lines));
    TRY(mail_of_order_all(&d->c->db, &(struct mail_of_order_in){id}, &mails));
    PUT_ROWS(d, "parcels", shipments_of_order, parcels);
    PUT_ROWS(d, "parcel_lines", desk_shipment_lines, lines);
    PUT_ROWS(d, "mails", mail_of_order, mails);
    return true;
}

static void put_head(struct desk *d, const struct order_full *o) {
    struct arena *a = d->c->arena;
    const struct order_get *h = &o->head;
    struct currency cur;
    ensure(currency_parse(h->currency, &cur));
    liquid_set(d->data, "o", liquid_row(a, &order_get_query.out, h));
    PUT_ROWS(d, "credits", order_credit_notes, o->credits);
    struct list taxes = {0};
    for (size_t i = 0; i < o->taxes.n; i++) {
        struct liquid_map *m = liquid_map_new(a);
        put_int(m, "rate", o->taxes.v[i].rate);
        liquid_set(m, "tax", liquid_money(money(o->taxes.v[i].tax, cur)));
        desk_list_add(a, &taxes, liquid_of_map(m));
    }
    liquid_set(d->data, "taxes", liquid_array(taxes.v, taxes.n));
    put_bool(d->data, "other_bill", h->bill_name.n || h->bill_company.n || h->bill_street.n);
}

bool desk_order_show(struct desk *d, int64_t id, const char *open) {
    struct order_full o;
    bool found;
    TRY(order_load(d->c, id, &o, &found));
    if (!found) return desk_missing(d->c);
    put_head(d, &o);
    put_lines(d, &o);
    put_events(d, &o);
    TRY(put_money(d, &o));
    TRY(put_parcels(d, id));
    TRY(desk_trail(d, "order", id));
    put_str(d->data, "open", str_c(open ? open : ""));
    struct str typed = request_form(d->rq, "key");
    put_str(d->data, "key", typed.n >= 16 && typed.n <= 64 ? typed : desk_form_key(d->c));
    return desk_send(d, "order",
                     TR(d->c, "desk.order.title", {.name = "number", .text = o.head.number}));
}

bool desk_order_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return desk_order_show(&d, id, NULL);
}
