// SPDX-License-Identifier: Apache-2.0
// Everything on one page. Order of information as BGB § 312j (2) wants it: what is bought, what it
// costs in all, then the button and nothing between.
#include "core/app.h"
#include "core/settings.h"
#include "mod/payment/payment.h"
#include "shop/checkout_form.h"

struct checkout { // the page being made
    struct page p;
    struct cart_view cart;
    struct checkout_form f;
    struct form_errors errors;
    struct list messages;
    struct shipping_offers offers;
    struct shop_customer customer; // for the first showing of the form
    int64_t method_id;             // chosen, or the first that goes there; 0: none does
};

static void set_countries(struct checkout *k, const struct str_list *codes) {
    struct ctx *c = k->p.c;
    struct list l = {0};
    for (size_t i = 0; i < codes->n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        set_str(m, "code", codes->v[i]);
        set_str(m, "name", country_name(c, codes->v[i]));
        list_add(c->arena, &l, liquid_of_map(m));
    }
    set_list(k->p.data, "countries", &l);
}

static bool choose_country(struct checkout *k) {
    struct ctx *c = k->p.c;
    struct str_list codes;
    TRY(shipping_countries(c, &codes));
    set_countries(k, &codes);
    bool known = false, home = false;
    struct str own = setting_text(c, "shop.country");
    for (size_t i = 0; i < codes.n; i++) {
        known |= str_eq(codes.v[i], k->f.country);
        home |= str_eq(codes.v[i], own);
    }
    if (!known) k->f.country = home || !codes.n ? own : codes.v[0];
    set_field(&k->p, "country", k->f.country);
    if (!k->f.bill_country.n) set_field(&k->p, "bill_country", k->f.country);
    return true;
}

static bool choose_method(struct checkout *k) {
    struct ctx *c = k->p.c;
    struct list l = {0};
    k->method_id = 0;
    TRY(shipping_offers(c, k->cart.goods, &k->offers));
    for (size_t i = 0; i < k->offers.n; i++) {
        const struct shipping_offer *o = &k->offers.v[i];
        if (!shipping_goes_to(c, o, k->f.country)) continue;
        if (!k->method_id || o->id == k->f.shipping_method) k->method_id = o->id;
    }
    for (size_t i = 0; i < k->offers.n; i++) {
        const struct shipping_offer *o = &k->offers.v[i];
        if (!shipping_goes_to(c, o, k->f.country)) continue;
        struct liquid_map *m = liquid_map_new(c->arena);
        liquid_set(m, "id", liquid_int(o->id));
        set_str(m, "name", o->name);
        set_str(m, "delivery", o->delivery);
        liquid_set(m, "price", liquid_int(o->price));
        liquid_set(m, "selected", liquid_bool(o->id == k->method_id));
        list_add(c->arena, &l, liquid_of_map(m));
    }
    set_list(k->p.data, "shipping_methods", &l);
    return true;
}

static bool set_totals(struct checkout *k) {
    struct ctx *c = k->p.c;
    struct checkout_quote q;
    struct tax_row rows[ARRAY_LEN(q.taxes)];
    struct currency cur = shop_currency(c);
    TRY(checkout_quote(c, &k->cart, k->method_id, k->f.country, &q));
    for (size_t i = 0; i < q.tax_count; i++)
        rows[i] = (struct tax_row){q.taxes[i].rate, q.taxes[i].gross, q.taxes[i].tax};
    struct liquid_map *t = liquid_map_new(c->arena);
    for (size_t i = 0; i < k->offers.n; i++)
        if (k->offers.v[i].id == k->method_id) {
            set_str(t, "shipping_name", k->offers.v[i].name);
            set_str(t, "delivery", k->offers.v[i].delivery);
        }
    liquid_set(t, "goods", liquid_int(q.goods));
    liquid_set(t, "shipping", liquid_int(q.shipping));
    liquid_set(t, "total", liquid_int(q.total));
    set_str(t, "currency", arena_str(c->arena, currency_str(&cur)));
    liquid_set(t, "taxes", tax_list(c, rows, q.tax_count));
    liquid_set(k->p.data, "totals", liquid_of_map(t));
    return true;
}

// A single way to pay is chosen already; among several the visitor chooses.
static struct str chosen_payment(struct checkout *k) {
    struct liquid_value all = payment_list(k->p.c, S(""));
    if (k->f.payment_method.n || all.n != 1) return k->f.payment_method;
    return liquid_str(*liquid_map_get(all.items[0].map, S("id")));
}

static bool begin(struct checkout *k, struct ctx *c, const struct request *rq,
                  struct response *rs) {
    *k = (struct checkout){.p = {.c = c, .rq = rq, .rs = rs}};
    return cart_load(c, &k->cart);
}

// What was said with the cart becomes the note: "Bitte klingeln", then "Gift wrap: yes".
enum { NOTE_MAX = 1000 }; // of the checkout's field
static struct str cart_words(struct ctx *c, const struct cart_view *v) {
    struct json words = {0};
    struct err ignored = {0};
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, v->note);
    if (!json_parse(c->arena, v->attributes, &words, &ignored)) return buf_str(&b);
    for (size_t i = 0; i < words.n; i++) {
        if (words.items[i].type != JSON_STRING || str_starts(words.keys[i], S("_"))) continue;
        buf_fmt(&b, "%s" STR_FMT ": " STR_FMT, b.n ? "\n" : "", STR_ARG(words.keys[i]),
                STR_ARG(words.items[i].text));
    }
    return str_utf8_cut(buf_str(&b), NOTE_MAX);
}

// What stands round the page is read here, so that placing an order goes without it.
static bool show(struct checkout *k) {
    struct ctx *c = k->p.c;
    TRY(page_begin(&k->p, c, k->p.rq, k->p.rs));
    set_form(&k->p, &checkout_form, &k->errors);
    if (k->customer.email.n) set_field(&k->p, "email", k->customer.email);
    if (k->customer.name.n) set_field(&k->p, "name", k->customer.name);
    if (!request_form(k->p.rq, "note").p) set_field(&k->p, "note", cart_words(c, &k->cart));
    TRY(choose_country(k));
    TRY(choose_method(k));
    TRY(set_totals(k));
    liquid_set(k->p.data, "payment_methods", payment_list(c, chosen_payment(k)));
    struct liquid_map *cart = cart_object(c, &k->cart);
    TRY(cart_features(c, &k->cart, cart));
    liquid_set(k->p.data, "cart", liquid_of_map(cart));
    set_list(k->p.data, "messages", &k->messages);
    liquid_set(k->p.data, "noindex", liquid_bool(true));
    return page_send(&k->p, "checkout", tr(c, "shop.checkout"));
}

static bool to_cart(struct ctx *c, struct response *rs) {
    response_redirect(rs, 303, url_local(c, S("/cart")));
    return true;
}

// What is known of a signed-in customer; shown, not yet typed.
static bool load_customer(struct checkout *k) {
    struct ctx *c = k->p.c;
    bool found;
    if (c->actor.kind != ACTOR_CUSTOMER) return true;
    return shop_customer(&c->db, &(struct shop_customer_in){c->actor.id}, &k->customer, &found);
}

bool checkout_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct checkout k;
    TRY(begin(&k, c, rq, rs));
    if (k.cart.n == 0) return to_cart(c, rs);
    TRY(load_customer(&k));
    return show(&k);
}

// What was typed, priced for the chosen country and method; nothing is checked yet.
bool checkout_update(struct ctx *c, const struct request *rq, struct response *rs) {
    struct checkout k;
    struct form_errors ignored = {0};
    TRY(begin(&k, c, rq, rs));
    if (k.cart.n == 0) return to_cart(c, rs);
    checkout_form_read(c, rq, &k.f, &ignored);
    return show(&k);
}

static struct place_order_in order_of(const struct checkout *k) {
    const struct checkout_form *f = &k->f;
    struct place_order_in in = {
        .order_key = f->order_key,
        .email = f->email,
        .phone = f->phone,
        .note = f->note,
        .ship = {f->name, f->company, f->street, f->extra, f->postcode, f->city, f->country},
        .shipping_method_id = f->shipping_method,
        .payment_method = f->payment_method,
        .total_seen = f->total_seen,
    };
    if (f->bill_different)
        in.bill = (struct address){f->bill_name,     f->bill_company, f->bill_street, f->bill_extra,
                                   f->bill_postcode, f->bill_city,    f->bill_country};
    return in;
}

static struct str title_of(const struct checkout *k, int64_t variant_id) {
    for (size_t i = 0; i < k->cart.n; i++)
        if (k->cart.v[i].variant_id == variant_id) return k->cart.v[i].title;
    return S("");
}

static bool refuse(struct checkout *k, struct str text) {
    k->p.rs->status = 422;
    message(&k->p, &k->messages, "warn", text);
    return show(k);
}

static bool go_pay(struct ctx *c, struct response *rs, const struct place_order_out *o) {
    cart_cookie(c, rs, 0);
    struct str to = o->redirect_url;
    if (!to.n)
        to = arena_fmt(c->arena, STR_FMT "?thanks=1", STR_ARG(order_link_path(c, o->order_id)));
    response_redirect(rs, 303, str_starts(to, S("/")) ? url_local(c, to) : to);
    return true;
}

static bool settle(struct checkout *k, const struct place_order_out *o) {
    struct ctx *c = k->p.c;
    switch (o->verdict) {
    case PLACE_ORDER_OK:
    case PLACE_ORDER_AGAIN:
        return go_pay(c, k->p.rs, o);
    case PLACE_ORDER_EMPTY:
        return to_cart(c, k->p.rs);
    case PLACE_ORDER_STOCK: {
        struct str title = title_of(k, o->variant_id);
        TRY(cart_load(c, &k->cart));
        return refuse(k, TR(c, "shop.checkout.stock_changed", {.name = "title", .text = title},
                            {.name = "count", .number = o->available > 0 ? o->available : 0}));
    }
    case PLACE_ORDER_PRICE:
        TRY(cart_load(c, &k->cart));
        return refuse(k, tr(c, "shop.checkout.price_changed"));
    case PLACE_ORDER_SHIPPING:
        return refuse(k, tr(c, "shop.checkout.shipping_changed"));
    case PLACE_ORDER_PAYMENT:
        return refuse(k, tr(c, "shop.checkout.payment_gone"));
    }
    return to_cart(c, k->p.rs);
}

bool checkout_place(struct ctx *c, const struct request *rq, struct response *rs) {
    struct checkout k;
    struct place_order_out out;
    TRY(begin(&k, c, rq, rs));
    checkout_form_read(c, rq, &k.f, &k.errors);
    // A submit repeated after the order was placed finds an empty cart; its key still finds the
    // order.
    if (k.cart.n && k.errors.n) return show(&k);
    if (!k.f.order_key.n) k.f.order_key = k.cart.order_key;
    if (!k.f.order_key.n) return to_cart(c, rs);
    struct place_order_in in = order_of(&k);
    TRY(place_order(c, &in, &out));
    return settle(&k, &out);
}

bool checkout_back(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    response_redirect(rs, 303, url_local(c, S("/checkout")));
    return true;
}
