// SPDX-License-Identifier: Apache-2.0
#include "flow/place_order.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/settings.h"
#include "flow/order_mail.h"
#include "http/form.h"
#include "mod/content/content.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"

struct pricing { // a cart priced for a country and a method
    struct cart_view cart;
    struct shipping_offer method;
    bool deliverable;
    struct tax_line *lines;
    struct tax_document tax;
};

static bool find_method(struct ctx *c, int64_t goods, int64_t id, struct str country,
                        struct pricing *p) {
    struct shipping_offers offers;
    TRY(shipping_offers(c, goods, &offers));
    for (size_t i = 0; i < offers.n; i++)
        if (offers.v[i].id == id) {
            p->method = offers.v[i];
            p->deliverable = shipping_goes_to(c, &p->method, country);
        }
    return true;
}

// Lines of one category have one rate; it is asked for once.
static bool rate_of(struct ctx *c, const struct pricing *p, size_t line, int64_t *rate_out) {
    struct str category = p->cart.v[line].tax_category;
    for (size_t i = 0; i < line; i++)
        if (str_eq(p->cart.v[i].tax_category, category)) {
            *rate_out = p->lines[i].rate;
            return true;
        }
    // below the OSS threshold the seller's rates hold (UStG § 3c (4))
    return tax_rate_at(c, setting_text(c, "shop.country"), category, c->now, rate_out);
}

static bool price_cart(struct ctx *c, int64_t method_id, struct str country, struct pricing *p) {
    TRY(find_method(c, p->cart.goods, method_id, country, p));
    p->lines = ARENA_ARRAY(c->arena, struct tax_line, p->cart.n);
    for (size_t i = 0; i < p->cart.n; i++) {
        p->lines[i].gross = p->cart.v[i].total;
        TRY(rate_of(c, p, i, &p->lines[i].rate));
    }
    tax_compute(c->arena, shop_currency(c), p->lines, p->cart.n, p->method.price, &p->tax);
    return true;
}

bool checkout_quote(struct ctx *c, const struct cart_view *cart, int64_t method_id,
                    struct str country, struct checkout_quote *out) {
    struct pricing p = {.cart = *cart};
    TRY(price_cart(c, method_id, country, &p));
    *out = (struct checkout_quote){.goods = cart->goods,
                                   .shipping = p.method.price,
                                   .total = cart->goods + p.method.price,
                                   .tax = p.tax.tax,
                                   .tax_count = p.tax.sum_count,
                                   .deliverable = p.deliverable};
    for (size_t i = 0; i < p.tax.sum_count; i++)
        out->taxes[i] =
            (struct checkout_tax){p.tax.sums[i].rate, p.tax.sums[i].gross, p.tax.sums[i].tax};
    return true;
}

struct placing {                     // one run of place_order
    const struct place_order_in *in; // with absent texts as empty ones
    struct place_order_out *out;
    struct pricing p;
    struct currency cur;
};

static struct str text(struct str s) { return s.p ? s : S(""); }

static struct address filled(struct address a) {
    return (struct address){text(a.name),     text(a.company), text(a.street), text(a.extra),
                            text(a.postcode), text(a.city),    text(a.country)};
}

static bool refuse(struct placing *pl, enum place_order_verdict v, bool *keep) {
    pl->out->verdict = v;
    *keep = false;
    return true;
}

static bool find_placed(struct ctx *c, struct str key, struct place_order_out *out,
                        bool *found_out) {
    struct order_by_key o;
    TRY(order_by_key(&c->db, &(struct order_by_key_in){key}, &o, found_out));
    if (!*found_out) return true;
    const struct payment_method *m = payment_method_find(c->shop, o.payment_method);
    *out = (struct place_order_out){
        .verdict = PLACE_ORDER_AGAIN, .order_id = o.id, .number = o.number};
    if (m && m->redirects) out->redirect_url = order_pay_path(c, o.id);
    return true;
}

static int by_variant(const void *a, const void *b) {
    const struct cart_item *x = *(const struct cart_item *const *)a,
                           *y = *(const struct cart_item *const *)b;
    return (x->variant_id > y->variant_id) - (x->variant_id < y->variant_id);
}

// Rows are taken in one order everywhere, so that two orders never wait for each other in a circle.
static bool take_stock(struct ctx *c, struct placing *pl, bool *keep) {
    const struct cart_view *cart = &pl->p.cart;
    const struct cart_item **sorted = ARENA_ARRAY(c->arena, const struct cart_item *, cart->n);
    for (size_t i = 0; i < cart->n; i++) sorted[i] = &cart->v[i];
    qsort(sorted, cart->n, sizeof *sorted, by_variant);
    for (size_t i = 0; i < cart->n; i++) {
        enum stock_verdict v;
        int64_t left;
        TRY(stock_move(c,
                       &(struct stock_move){sorted[i]->variant_id, -sorted[i]->quantity, "order",
                                            "order", pl->out->order_id},
                       &v, &left));
        if (v == STOCK_SHORT) {
            pl->out->variant_id = sorted[i]->variant_id;
            pl->out->available = left;
            return refuse(pl, PLACE_ORDER_STOCK, keep);
        }
    }
    return true;
}

static bool insert_head(struct ctx *c, struct placing *pl) {
    const struct place_order_in *in = pl->in;
    const struct pricing *p = &pl->p;
    struct str terms;
    TRY(number_next(c, "order", &pl->out->number));
    TRY(page_versions_json(c, &terms));
    struct str search =
        arena_fmt(c->arena, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(pl->out->number),
                  STR_ARG(in->ship.name), STR_ARG(in->email), STR_ARG(in->ship.city));
    bool customer = c->actor.kind == ACTOR_CUSTOMER;
    int64_t total = p->cart.goods + p->method.price;
    struct order_states st =
        order_states(&(struct order_facts){.total = total, .ordered = p->cart.pieces});
    return order_insert(&c->db,
                        &(struct order_insert_in){.number = pl->out->number,
                                                  .order_key = in->order_key,
                                                  .has_order_key = true,
                                                  .source = S("shop"),
                                                  .placed_at = c->now,
                                                  .state = str_c(st.state),
                                                  .payment_state = str_c(st.payment_state),
                                                  .fulfilment_state = str_c(st.fulfilment_state),
                                                  .payment_method = in->payment_method,
                                                  .customer_id = c->actor.id,
                                                  .has_customer_id = customer,
                                                  .lang = str_c(lang_code(c->lang)),
                                                  .currency = currency_str(&pl->cur),
                                                  .goods = p->cart.goods,
                                                  .shipping = p->method.price,
                                                  .total = total,
                                                  .tax = p->tax.tax,
                                                  .shipping_method = p->method.name,
                                                  .delivery = p->method.delivery,
                                                  .email = in->email,
                                                  .phone = text(in->phone),
                                                  .note = text(in->note),
                                                  .terms = terms,
                                                  .search_text = text_fold(c->arena, search),
                                                  .name = in->ship.name,
                                                  .company = in->ship.company,
                                                  .street = in->ship.street,
                                                  .extra = in->ship.extra,
                                                  .postcode = in->ship.postcode,
                                                  .city = in->ship.city,
                                                  .country = in->ship.country,
                                                  .bill_name = in->bill.name,
                                                  .bill_company = in->bill.company,
                                                  .bill_street = in->bill.street,
                                                  .bill_extra = in->bill.extra,
                                                  .bill_postcode = in->bill.postcode,
                                                  .bill_city = in->bill.city,
                                                  .bill_country = in->bill.country},
                        &pl->out->order_id);
}

// line_id 0: of the whole order.
static bool insert_words(struct ctx *c, struct placing *pl, int64_t line_id, struct str words) {
    if (words.n <= 2) return true; // "{}"
    return order_words_add(&c->db, &(struct order_words_add_in){.order_id = pl->out->order_id,
                                                                .order_line_id = line_id,
                                                                .has_order_line_id = line_id > 0,
                                                                .words = words});
}

static bool insert_lines(struct ctx *c, struct placing *pl) {
    const struct pricing *p = &pl->p;
    for (size_t i = 0; i < p->cart.n; i++) {
        const struct cart_item *it = &p->cart.v[i];
        int64_t line_id;
        TRY(order_line_insert(
            &c->db,
            &(struct order_line_insert_in){.order_id = pl->out->order_id,
                                           .position = (int64_t)i + 1,
                                           .variant_id = it->variant_id,
                                           .has_variant_id = true,
                                           .product_id = it->product_id,
                                           .has_product_id = true,
                                           .sku = it->sku,
                                           .title = it->title,
                                           .variant_title = cart_item_words(c, it),
                                           .quantity = it->quantity,
                                           .unit_price = it->price,
                                           .total = it->total,
                                           .tax_category = it->tax_category,
                                           .tax_rate = p->lines[i].rate,
                                           .tax = p->lines[i].tax},
            &line_id));
        TRY(insert_words(c, pl, line_id, it->properties));
    }
    TRY(insert_words(c, pl, 0, p->cart.attributes));
    for (size_t i = 0; i < p->tax.sum_count; i++)
        TRY(order_tax_insert(&c->db, &(struct order_tax_insert_in){.order_id = pl->out->order_id,
                                                                   .rate = p->tax.sums[i].rate,
                                                                   .gross = p->tax.sums[i].gross,
                                                                   .tax = p->tax.sums[i].tax}));
    return true;
}

static bool promise(struct ctx *c, struct placing *pl) {
    int64_t id = pl->out->order_id, payment_id;
    struct str key = arena_fmt(c->arena, "%lld", (long long)id);
    struct str payload = arena_fmt(c->arena, "{\"id\":%lld,\"number\":\"" STR_FMT "\"}",
                                   (long long)id, STR_ARG(pl->out->number));
    TRY(order_event(c, id, "placed", (struct str){0}));
    TRY(payment_open(c,
                     &(struct payment_new){.order_id = id,
                                           .amount = pl->p.cart.goods + pl->p.method.price,
                                           .method = pl->in->payment_method,
                                           .currency = currency_str(&pl->cur),
                                           .reference = pl->out->number},
                     &payment_id));
    TRY(order_mail(c,
                   &(struct order_mail){.order_id = id, .kind = "order_confirmation", .key = key}));
    TRY(audit_write(
        c, &(struct audit){
               .object = "order", .object_id = id, .action = "order.place", .detail = payload}));
    return event_emit(c, "order.placed", payload, key);
}

static bool judge(struct ctx *c, struct placing *pl, bool *keep) {
    const struct place_order_in *in = pl->in;
    struct pricing *p = &pl->p;
    TRY(cart_load(c, &p->cart));
    if (p->cart.n == 0 || !str_eq(p->cart.order_key, in->order_key))
        return refuse(pl, PLACE_ORDER_EMPTY, keep);
    for (size_t i = 0; i < p->cart.n; i++)
        if (!p->cart.v[i].for_sale || p->cart.v[i].available < p->cart.v[i].quantity) {
            pl->out->variant_id = p->cart.v[i].variant_id;
            pl->out->available = p->cart.v[i].for_sale ? p->cart.v[i].available : 0;
            return refuse(pl, PLACE_ORDER_STOCK, keep);
        }
    TRY(price_cart(c, in->shipping_method_id, in->ship.country, p));
    if (!p->deliverable) return refuse(pl, PLACE_ORDER_SHIPPING, keep);
    if (!payment_method_offered(c, in->payment_method))
        return refuse(pl, PLACE_ORDER_PAYMENT, keep);
    if (p->cart.goods + p->method.price != in->total_seen)
        return refuse(pl, PLACE_ORDER_PRICE, keep);
    return true;
}

static bool place(struct ctx *c, void *self, bool *keep) {
    struct placing *pl = self;
    bool found;
    *pl->out = (struct place_order_out){0};
    pl->p = (struct pricing){0};
    TRY(find_placed(c, pl->in->order_key, pl->out, &found));
    if (found) return true;
    TRY(judge(c, pl, keep));
    if (!*keep) return true;
    TRY(insert_head(c, pl));
    TRY(take_stock(c, pl, keep));
    if (!*keep) return true;
    TRY(insert_lines(c, pl));
    TRY(promise(c, pl));
    TRY(cart_clear(c, pl->p.cart.cart_id));
    const struct payment_method *m = payment_method_find(c->shop, pl->in->payment_method);
    if (m->redirects && pl->in->total_seen > 0)
        pl->out->redirect_url = order_pay_path(c, pl->out->order_id);
    return true;
}

bool place_order(struct ctx *c, const struct place_order_in *in, struct place_order_out *out) {
    struct place_order_in whole = *in;
    whole.email = email_key(c->arena, in->email);
    whole.ship = filled(in->ship);
    whole.bill = filled(in->bill);
    struct placing pl = {.in = &whole, .out = out, .cur = shop_currency(c)};
    if (tx_run(c, place, &pl)) return true;
    if (c->err.code != ERR_UNCERTAIN) return false;
    bool found =
        false; // the commit was sent, its answer lost: the key tells whether the order exists
    struct err uncertain = c->err;
    err_clear(&c->err);
    TRY(find_placed(c, in->order_key, out, &found));
    if (found) return true;
    c->err = uncertain;
    return false;
}
