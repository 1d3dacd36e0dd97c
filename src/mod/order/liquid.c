// SPDX-License-Identifier: Apache-2.0
#include "core/i18n.h"
#include "mod/order/order.h"

static struct liquid_value row(struct ctx *c, const struct db_query *q, const void *r) {
    return liquid_row(c->arena, &q->out, r);
}

static struct liquid_map *address(struct arena *a, const struct str v[7]) {
    static const char *const names[] = {"name", "company", "address1",    "address2",
                                        "zip",  "city",    "country_code"};
    struct liquid_map *m = liquid_map_new(a);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        liquid_set(m, names[i], liquid_text(v[i].p ? v[i] : S("")));
    return m;
}

static struct liquid_value line_items(struct ctx *c, const struct order_full *o) {
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, o->lines.n);
    for (size_t i = 0; i < o->lines.n; i++) {
        const struct order_lines *l = &o->lines.v[i];
        struct liquid_map *m = liquid_map_new(c->arena);
        liquid_set(m, "id", liquid_int(l->id));
        liquid_set(m, "title", liquid_text(l->title));
        liquid_set(m, "variant_title", liquid_text(l->variant_title));
        liquid_set(m, "sku", liquid_text(l->sku));
        liquid_set(m, "quantity", liquid_int(l->quantity));
        liquid_set(m, "final_price", liquid_int(l->unit_price));
        liquid_set(m, "final_line_price", liquid_int(l->total));
        liquid_set(m, "tax_rate", liquid_int(l->tax_rate));
        liquid_set(m, "shipped", liquid_int(l->shipped));
        liquid_set(m, "credited", liquid_int(l->credited));
        liquid_set(m, "open", liquid_int(l->quantity - l->shipped - l->credited));
        liquid_set(m, "product_id", l->has_product_id ? liquid_int(l->product_id) : liquid_nil());
        liquid_set(m, "variant_id", l->has_variant_id ? liquid_int(l->variant_id) : liquid_nil());
        v[i] = liquid_of_map(m);
    }
    return liquid_array(v, o->lines.n);
}

// Rates stay millionths, which is what the filter `rate` shows.
static struct liquid_value tax_lines(struct ctx *c, const struct order_full *o) {
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, o->taxes.n);
    for (size_t i = 0; i < o->taxes.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        liquid_set(m, "rate", liquid_int(o->taxes.v[i].rate));
        liquid_set(m, "gross", liquid_int(o->taxes.v[i].gross));
        liquid_set(m, "tax", liquid_int(o->taxes.v[i].tax));
        v[i] = liquid_of_map(m);
    }
    return liquid_array(v, o->taxes.n);
}

static void set_money(struct liquid_map *m, const char *key, int64_t minor, struct str currency) {
    struct currency cur;
    ensure(currency_parse(currency, &cur));
    liquid_set(m, key, liquid_money(money(minor, cur)));
}

struct liquid_map *order_liquid(struct ctx *c, const struct order_full *o) {
    const struct order_get *h = &o->head;
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "row", row(c, &order_get_query, h));
    liquid_set(m, "id", liquid_int(h->id));
    liquid_set(m, "name", liquid_text(h->number));
    liquid_set(m, "created_at", liquid_time(h->placed_at));
    liquid_set(m, "created_at_text", liquid_text(show_date(c, h->placed_at)));
    liquid_set(m, "email", liquid_text(h->email));
    liquid_set(m, "phone", liquid_text(h->phone));
    liquid_set(m, "note", liquid_text(h->note));
    liquid_set(m, "cancelled", liquid_bool(str_eq(h->state, S("cancelled"))));
    liquid_set(m, "state", liquid_text(h->state));
    liquid_set(m, "financial_status", liquid_text(h->payment_state));
    liquid_set(m, "fulfillment_status", liquid_text(h->fulfilment_state));
    liquid_set(m, "payment_method", liquid_text(h->payment_method));
    liquid_set(m, "shipping_method", liquid_text(h->shipping_method));
    liquid_set(m, "delivery", liquid_text(h->delivery));
    liquid_set(m, "currency", liquid_text(h->currency));
    set_money(m, "line_items_subtotal_price", h->goods, h->currency);
    set_money(m, "shipping_price", h->shipping, h->currency);
    set_money(m, "total_price", h->total, h->currency);
    set_money(m, "tax_price", h->tax, h->currency);
    set_money(m, "net_price", h->total - h->tax, h->currency);
    liquid_set(m, "line_items", line_items(c, o));
    liquid_set(m, "tax_lines", tax_lines(c, o));
    liquid_set(m, "events",
               liquid_rows(c->arena, &order_events_query.out, o->events.v, o->events.n));
    liquid_set(m, "credit_notes",
               liquid_rows(c->arena, &order_credit_notes_query.out, o->credits.v, o->credits.n));
    liquid_set(m, "shipping_address",
               liquid_of_map(
                   address(c->arena, (const struct str[]){h->name, h->company, h->street, h->extra,
                                                          h->postcode, h->city, h->country})));
    if (!str_empty(h->bill_name) || !str_empty(h->bill_street))
        liquid_set(m, "billing_address",
                   liquid_of_map(address(
                       c->arena, (const struct str[]){h->bill_name, h->bill_company, h->bill_street,
                                                      h->bill_extra, h->bill_postcode, h->bill_city,
                                                      h->bill_country})));
    return m;
}
