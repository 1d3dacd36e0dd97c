// SPDX-License-Identifier: Apache-2.0
// An order as it was agreed, for the customer's account.
#include "core/app.h"
#include "core/settings.h"
#include "mod/order/link.h"
#include "mod/payment/payment.h"
#include "shop/object/goods.h"
#include "shop/object/order_private.h"
#include "shop/object/people.h"

#define NO_DISCOUNTS "there are no discount codes; a lower price is the product's own"

// ---- what the parts of an order read, once
bool order_goods(struct order_thing *o, struct liquid_value *out) {
    size_t n = o->full.lines.n;
    int64_t *ids = ARENA_ARRAY(o->p->c->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = o->full.lines.v[i].has_variant_id ? o->full.lines.v[i].variant_id : 0;
    if (!o->goods_read) TRY(goods_variants(o->p, ids, n, &o->goods));
    o->goods_read = true;
    *out = o->goods;
    return true;
}

struct liquid_value order_line_url(struct order_thing *o, const struct order_lines *line) {
    struct liquid_value all, product, url = liquid_nil();
    struct err ignored = {0};
    size_t i = (size_t)(line - o->full.lines.v);
    if (!order_goods(o, &all) || i >= all.n) return url;
    product = goods_product_of(all.items[i]);
    if (product.type == LIQUID_NIL) return url;
    (void)!liquid_get(o->p->c->arena, product, S("url"), &url, &ignored);
    return url;
}

static bool shipments(struct order_thing *o) {
    if (o->shipments_read) return true;
    struct people_shipments_in in = {o->full.head.id};
    TRY(people_shipments_all(&o->p->c->db, &in, &o->shipments));
    o->shipments_read = true;
    return true;
}

// ---- parcels
struct parcel {
    struct order_thing *o;
    size_t first, n; // rows of shipments
};
static const struct people_shipments *row_of(const struct parcel *x) {
    return &x->o->shipments.v[x->first];
}
static int64_t pieces_of(const struct parcel *x) {
    int64_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += x->o->shipments.v[x->first + i].quantity;
    return n;
}
static struct liquid_value numbers_of(const struct parcel *x) {
    struct list l = {0};
    if (row_of(x)->tracking.n) list_add(x->o->p->c->arena, &l, liquid_text(row_of(x)->tracking));
    return liquid_array(l.v, l.n);
}
static struct liquid_value lines_of(const struct parcel *x) {
    struct list l = {0};
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->o->full.lines.n; k++)
            if (x->o->full.lines.v[k].id == x->o->shipments.v[x->first + i].order_line_id)
                list_add(x->o->p->c->arena, &l, order_line_item(x->o, k));
    return liquid_array(l.v, l.n);
}
VALUE_PROP(parcel_at, struct parcel, liquid_time(row_of(me)->shipped_at))
VALUE_PROP(parcel_count, struct parcel, liquid_int(pieces_of(me)))
VALUE_PROP(parcel_lines, struct parcel, lines_of(me))
VALUE_PROP(parcel_carrier, struct parcel, liquid_text(row_of(me)->carrier))
VALUE_PROP(parcel_numbers, struct parcel, numbers_of(me))
VALUE_PROP(parcel_number, struct parcel, liquid_text(row_of(me)->tracking))
VALUE_PROP(parcel_url, struct parcel, liquid_text(row_of(me)->tracking_url))
static const struct theme_prop parcel_props[] = {
    {"created_at", parcel_at, NULL, false},
    {"fulfillment_line_items", parcel_lines, NULL, false},
    {"item_count", parcel_count, NULL, false},
    {"tracking_company", parcel_carrier, NULL, false},
    {"tracking_number", parcel_number, NULL, false},
    {"tracking_numbers", parcel_numbers, NULL, false},
    {"tracking_url", parcel_url, NULL, false},
};
const struct theme_kind fulfillment_kind = {.name = "fulfillment", THEME_PROPS(parcel_props)};

// The first parcel that held a piece of the line.
bool order_line_fulfillment(struct order_thing *o, int64_t line_id, struct liquid_value *out) {
    TRY(shipments(o));
    for (size_t i = 0; i < o->shipments.n; i++) {
        if (o->shipments.v[i].order_line_id != line_id) continue;
        struct parcel *x = ARENA_NEW(o->p->c->arena, struct parcel);
        size_t first = i, end = i;
        while (first && o->shipments.v[first - 1].id == o->shipments.v[i].id) first--;
        while (end < o->shipments.n && o->shipments.v[end].id == o->shipments.v[i].id) end++;
        *x = (struct parcel){o, first, end - first};
        *out = theme_object(o->p->c->arena, &fulfillment_kind, x);
        return true;
    }
    return true;
}

// ---- tax
struct tax {
    struct page *p;
    int64_t rate, tax;
};
static struct str tax_title(const struct tax *t) {
    return TR(t->p->c, "shop.tax.title", {.name = "rate", .text = rate_of(t->p->c, t->rate)});
}
VALUE_PROP(tax_price, struct tax, liquid_int(me->tax))
VALUE_PROP(tax_rate, struct tax, liquid_float((double)me->rate / 1000000.0))
VALUE_PROP(tax_percent, struct tax, liquid_float((double)me->rate / 10000.0))
VALUE_PROP(tax_title_, struct tax, liquid_text(tax_title(me)))
static const struct theme_prop tax_props[] = {
    {"price", tax_price, NULL, false},
    {"rate", tax_rate, NULL, false},
    {"rate_percentage", tax_percent, NULL, false},
    {"title", tax_title_, NULL, false},
};
const struct theme_kind tax_line_kind = {.name = "tax_line", THEME_PROPS(tax_props)};

static struct liquid_value tax_line(struct page *p, int64_t rate, int64_t tax) {
    struct tax *t = ARENA_NEW(p->c->arena, struct tax);
    *t = (struct tax){p, rate, tax};
    return theme_object(p->c->arena, &tax_line_kind, t);
}
struct liquid_value order_line_taxes(struct order_thing *o, const struct order_lines *line) {
    struct list l = {0};
    list_add(o->p->c->arena, &l, tax_line(o->p, line->tax_rate, line->tax));
    return liquid_array(l.v, l.n);
}

// ---- how it travels
VALUE_PROP(ship_title, struct order_thing, liquid_text(me->full.head.shipping_method))
VALUE_PROP(ship_price, struct order_thing, liquid_int(me->full.head.shipping))
VALUE_PROP(ship_handle, struct order_thing,
           liquid_text(text_slug(me->p->c->arena, me->full.head.shipping_method)))
VALUE_PROP(ship_id, struct order_thing, liquid_int(me->full.head.id))
VALUE_PROP(ship_delivery, struct order_thing, liquid_text(me->full.head.delivery))
static const struct theme_prop ship_props[] = {
    {"delivery", ship_delivery, NULL, true},
    {"discount_allocations", NULL, NO_DISCOUNTS, false},
    {"handle", ship_handle, NULL, false},
    {"id", ship_id, NULL, false},
    {"original_price", ship_price, NULL, false},
    {"price", ship_price, NULL, false},
    {"price_with_discounts", ship_price, NULL, false},
    {"tax_lines", NULL, "freight shares the tax of the goods; the order's tax_lines hold all of it",
     false},
    {"title", ship_title, NULL, false},
};
const struct theme_kind shipping_method_kind = {.name = "shipping_method", THEME_PROPS(ship_props)};

// ---- the order
static const struct order_get *head(const struct order_thing *o) { return &o->full.head; }
static bool cancelled(const struct order_thing *o) {
    return str_eq(head(o)->state, S("cancelled"));
}
struct word {
    struct str own, theirs;
};
static struct str word(const struct word *v, size_t n, struct str own) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].own, own)) return v[i].theirs;
    return own;
}
static struct str paid_word(const struct order_thing *o) {
    static const struct word words[] = {
        {S_INIT("part_paid"), S_INIT("partially_paid")},
        {S_INIT("part_refunded"), S_INIT("partially_refunded")},
    };
    return word(words, ARRAY_LEN(words), head(o)->payment_state);
}
static struct str sent_word(const struct order_thing *o) {
    static const struct word words[] = {
        {S_INIT("open"), S_INIT("unfulfilled")},
        {S_INIT("part"), S_INIT("partial")},
    };
    return word(words, ARRAY_LEN(words), head(o)->fulfilment_state);
}
static struct str labelled(const struct order_thing *o, const char *what, struct str state) {
    struct ctx *c = o->p->c;
    return tr(c, arena_fmt(c->arena, "shop.order.%s." STR_FMT, what, STR_ARG(state)).p);
}
static struct str order_url(const struct order_thing *o) {
    return url_local(o->p->c, order_link_path(o->p->c, head(o)->id));
}
static struct str account_url(const struct order_thing *o) {
    struct ctx *c = o->p->c;
    return url_local(c, arena_fmt(c->arena, "/account/orders/%lld", (long long)head(o)->id));
}
static struct liquid_value event_at(const struct order_thing *o, const char *kind) {
    for (size_t i = 0; i < o->full.events.n; i++)
        if (str_eq(o->full.events.v[i].kind, str_c(kind)))
            return liquid_time(o->full.events.v[i].at);
    return liquid_nil();
}
static int64_t pieces(const struct order_thing *o) {
    int64_t n = 0;
    for (size_t i = 0; i < o->full.lines.n; i++) n += o->full.lines.v[i].quantity;
    return n;
}
static int64_t digits(struct str number) { // "2026-000123" → 2026000123
    int64_t n = 0;
    for (size_t i = 0; i < number.n; i++)
        if (number.p[i] >= '0' && number.p[i] <= '9' && n < INT64_MAX / 100)
            n = n * 10 + (number.p[i] - '0');
    return n;
}
static struct liquid_value ship_to(struct order_thing *o) {
    const struct order_get *h = head(o);
    struct address *x = ARENA_NEW(o->p->c->arena, struct address);
    *x = (struct address){h->name,     h->company, h->street, h->extra,
                          h->postcode, h->city,    h->country};
    return people_address(o->p, x, 0);
}
static struct liquid_value bill_to(struct order_thing *o) {
    const struct order_get *h = head(o);
    struct address *x = ARENA_NEW(o->p->c->arena, struct address);
    if (!h->bill_name.n && !h->bill_street.n) return ship_to(o);
    *x = (struct address){h->bill_name,     h->bill_company, h->bill_street, h->bill_extra,
                          h->bill_postcode, h->bill_city,    h->bill_country};
    return people_address(o->p, x, 0);
}
PROP(order_items) {
    struct order_thing *o = self;
    struct list l = {0};
    for (size_t i = 0; i < o->full.lines.n; i++) list_add(a, &l, order_line_item(o, i));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(order_tax_lines) {
    struct order_thing *o = self;
    struct list l = {0};
    for (size_t i = 0; i < o->full.taxes.n; i++)
        list_add(a, &l, tax_line(o->p, o->full.taxes.v[i].rate, o->full.taxes.v[i].tax));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(order_shipping) {
    struct list l = {0};
    list_add(a, &l, theme_object(a, &shipping_method_kind, self));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(order_refunded) {
    struct order_thing *o = self;
    struct payment_sums sums;
    if (!payment_sums(o->p->c, head(o)->id, &sums)) return told(o->p, err);
    *out = liquid_int(sums.refunded > 0 ? sums.refunded : 0);
    return true;
}
PROP(order_customer) {
    struct order_thing *o = self;
    return people_customer(o->p, out) || told(o->p, err);
}
static struct liquid_value phone_of(const struct order_thing *o) {
    return head(o)->phone.n ? liquid_text(head(o)->phone) : liquid_nil();
}
static struct liquid_value note_of(const struct order_thing *o) {
    return head(o)->note.n ? liquid_text(head(o)->note) : liquid_nil();
}
VALUE_PROP(order_cancelled, struct order_thing, liquid_bool(cancelled(me)))
VALUE_PROP(order_cancelled_at, struct order_thing, event_at(me, "cancelled"))
VALUE_PROP(order_created, struct order_thing, liquid_time(head(me)->placed_at))
VALUE_PROP(order_zero, struct order_thing, liquid_int(0))
VALUE_PROP(order_false, struct order_thing, liquid_bool(false))
VALUE_PROP(order_account, struct order_thing, liquid_text(account_url(me)))
VALUE_PROP(order_status_url, struct order_thing, liquid_text(order_url(me)))
VALUE_PROP(order_net, struct order_thing, liquid_int(head(me)->total))
VALUE_PROP(order_tax, struct order_thing, liquid_int(head(me)->tax))
VALUE_PROP(order_email, struct order_thing, liquid_text(head(me)->email))
VALUE_PROP(order_paid, struct order_thing, liquid_text(paid_word(me)))
VALUE_PROP(order_paid_label, struct order_thing,
           liquid_text(labelled(me, "paid", head(me)->payment_state)))
VALUE_PROP(order_sent, struct order_thing, liquid_text(sent_word(me)))
VALUE_PROP(order_sent_label, struct order_thing,
           liquid_text(labelled(me, "sent", head(me)->fulfilment_state)))
VALUE_PROP(order_id, struct order_thing, liquid_int(head(me)->id))
VALUE_PROP(order_name, struct order_thing, liquid_text(head(me)->number))
VALUE_PROP(order_note, struct order_thing, note_of(me))
VALUE_PROP(order_number, struct order_thing, liquid_int(digits(head(me)->number)))
VALUE_PROP(order_phone, struct order_thing, phone_of(me))
VALUE_PROP(order_ship_to, struct order_thing, ship_to(me))
VALUE_PROP(order_bill_to, struct order_thing, bill_to(me))
VALUE_PROP(order_pieces, struct order_thing, liquid_int(pieces(me)))
VALUE_PROP(order_goods_, struct order_thing, liquid_int(head(me)->goods))
VALUE_PROP(order_total, struct order_thing, liquid_int(head(me)->total))
VALUE_PROP(order_ship_price, struct order_thing, liquid_int(head(me)->shipping))
VALUE_PROP(order_tags, struct order_thing, liquid_array(NULL, 0))

PROP(order_transactions_) {
    struct order_thing *o = self;
    (void)a;
    return order_transactions(o, out) || told(o->p, err);
}
PROP(order_attributes) {
    (void)a;
    return order_words(self, 0, out, err);
}
// Nobody chooses among the platform's reasons; the words of the credit note are the label.
static struct str cancel_words(const struct order_thing *o) {
    size_t n = o->full.credits.n;
    struct str said = n ? o->full.credits.v[n - 1].reason : S("");
    return said.n ? said : tr(o->p->c, "shop.order.cancelled_short");
}
VALUE_PROP(order_cancel_reason, struct order_thing,
           cancelled(me) ? liquid_text(S("other")) : liquid_nil())
VALUE_PROP(order_cancel_label, struct order_thing,
           cancelled(me) ? liquid_text(cancel_words(me)) : liquid_nil())

static const struct theme_prop order_props[] = {
    {"attributes", order_attributes, NULL, false},
    {"billing_address", order_bill_to, NULL, false},
    {"cancel_reason", order_cancel_reason, NULL, false},
    {"cancel_reason_label", order_cancel_label, NULL, false},
    {"cancelled", order_cancelled, NULL, false},
    {"cancelled_at", order_cancelled_at, NULL, false},
    {"cart_level_discount_applications", NULL, NO_DISCOUNTS, false},
    {"confirmation_number", order_name, NULL, false},
    {"created_at", order_created, NULL, false},
    {"customer", order_customer, NULL, false},
    {"customer_order_url", order_account, NULL, false},
    {"customer_url", order_account, NULL, false},
    {"discount_applications", NULL, NO_DISCOUNTS, false},
    {"discounts", NULL, NO_DISCOUNTS, false},
    {"email", order_email, NULL, false},
    {"financial_status", order_paid, NULL, false},
    {"financial_status_label", order_paid_label, NULL, false},
    {"fulfillment_status", order_sent, NULL, false},
    {"fulfillment_status_label", order_sent_label, NULL, false},
    {"id", order_id, NULL, false},
    {"item_count", order_pieces, NULL, false},
    {"line_items", order_items, NULL, false},
    {"line_items_subtotal_price", order_goods_, NULL, false},
    {"metafields", NULL, "an order has no further fields", false},
    {"name", order_name, NULL, false},
    {"note", order_note, NULL, false},
    {"order_number", order_number, NULL, false},
    {"order_status_url", order_status_url, NULL, false},
    {"phone", order_phone, NULL, false},
    {"pickup_in_store?", order_false, NULL, false},
    {"shipping_address", order_ship_to, NULL, false},
    {"shipping_methods", order_shipping, NULL, false},
    {"shipping_price", order_ship_price, NULL, false},
    {"subtotal_line_items", order_items, NULL, false},
    {"subtotal_price", order_goods_, NULL, false},
    {"tags", order_tags, NULL, false},
    {"tax_lines", order_tax_lines, NULL, false},
    {"tax_price", order_tax, NULL, false},
    {"total_discounts", order_zero, NULL, false},
    {"total_duties", order_zero, NULL, false},
    {"total_net_amount", order_net, NULL, false},
    {"total_price", order_total, NULL, false},
    {"total_refunded_amount", order_refunded, NULL, false},
    {"transactions", order_transactions_, NULL, false},
};
const struct theme_kind order_kind = {.name = "order", THEME_PROPS(order_props)};

bool people_order(struct page *p, int64_t id, struct liquid_value *out) {
    struct order_thing *o = ARENA_NEW(p->c->arena, struct order_thing);
    bool found = false;
    *out = liquid_nil();
    o->p = p;
    TRY(order_load(p->c, id, &o->full, &found));
    if (found) *out = theme_object(p->c->arena, &order_kind, o);
    return true;
}
