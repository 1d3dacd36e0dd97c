// SPDX-License-Identifier: Apache-2.0
// The visitor's cart. On a page that is the same for everybody it is empty.
#include "core/app.h"
#include "core/settings.h"
#include "shop/cart_page.h"
#include "shop/object/people.h"

#define NO_DISCOUNTS "there are no discount codes; a lower price is the product's own"

bool people_cart_view(struct page *p, const struct cart_view **out) {
    struct page_own *own = page_own(p);
    *out = &own->cart;
    if (own->cart_read || p->shared) return true;
    TRY(cart_load(p->c, &own->cart));
    own->cart_read = true;
    return true;
}

void people_cart_forget(struct page *p) {
    struct page_own *own = page_own(p);
    own->cart_read = own->goods_read = false;
    own->cart = (struct cart_view){.note = S(""), .attributes = S("{}")};
    liquid_set(p->data, "cart", people_cart(p));
}

static bool view(struct page *p, const struct cart_view **out, struct err *err) {
    return people_cart_view(p, out) || told(p, err);
}

#define CART_PROP(name, expr)                                                                      \
    PROP(name) {                                                                                   \
        struct page *p = self;                                                                     \
        const struct cart_view *v;                                                                 \
        (void)p;                                                                                   \
        TRY(view(p, &v, err));                                                                     \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }

static bool needs_shipping(const struct cart_view *v) {
    for (size_t i = 0; i < v->n; i++)
        if (v->v[i].requires_shipping) return true;
    return false;
}
static int64_t weight(const struct cart_view *v) {
    int64_t g = 0;
    for (size_t i = 0; i < v->n; i++) g += v->v[i].weight_g * v->v[i].quantity;
    return g;
}
CART_PROP(cart_count, liquid_int(v->pieces))
CART_PROP(cart_empty, liquid_bool(v->n == 0))
CART_PROP(cart_goods, liquid_int(v->goods))
CART_PROP(cart_note, liquid_text(v->note.p ? v->note : S("")))
CART_PROP(cart_needs_shipping, liquid_bool(needs_shipping(v)))
CART_PROP(cart_weight, liquid_int(weight(v)))
CART_PROP(cart_buyable, liquid_bool(v->buyable))
VALUE_PROP(cart_zero, struct page, liquid_int(0))
VALUE_PROP(cart_true, struct page, liquid_bool(true))
VALUE_PROP(cart_false, struct page, liquid_bool(false))
VALUE_PROP(cart_currency, struct page, people_currency(me))

PROP(cart_items) {
    struct page *p = self;
    const struct cart_view *v;
    struct list l = {0};
    TRY(view(p, &v, err));
    for (size_t i = 0; i < v->n; i++) list_add(a, &l, people_line(p, i));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(cart_attributes) {
    struct page *p = self;
    const struct cart_view *v;
    TRY(view(p, &v, err));
    return liquid_parse_json(a, v->attributes.n ? v->attributes : S("{}"), out, err);
}

// ---- what the law and a buyer want to know before the checkout
struct estimate {
    struct checkout_quote quote;
    int64_t free_from; // goods value that makes shipping free; 0: none
    bool goes;         // a method goes to the shop's country
};
static bool estimate(struct page *p, struct estimate **out, struct err *err) {
    struct page_own *own = page_own(p);
    struct ctx *c = p->c;
    const struct cart_view *v;
    struct shipping_offers offers = {0};
    struct str country = setting_text(c, "shop.country");
    size_t i = 0;
    TRY(view(p, &v, err));
    *out = own->estimate;
    if (own->estimate) return true;
    struct estimate *e = own->estimate = *out = ARENA_NEW(c->arena, struct estimate);
    if (!v->n) return true;
    if (!shipping_offers(c, v->goods, &offers)) return told(p, err);
    while (i < offers.n && !shipping_goes_to(c, &offers.v[i], country)) i++;
    e->goes = i < offers.n;
    e->free_from = e->goes ? offers.v[i].free_from : 0;
    return checkout_quote(c, v, e->goes ? offers.v[i].id : 0, country, &e->quote) || told(p, err);
}
#define ESTIMATE_PROP(name, expr)                                                                  \
    PROP(name) {                                                                                   \
        struct page *p = self;                                                                     \
        struct estimate *e;                                                                        \
        TRY(estimate(p, &e, err));                                                                 \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }
static int64_t missing(struct page *p, const struct estimate *e) {
    int64_t goods = page_own(p)->cart.goods;
    return e->goes && goods > 0 && e->free_from > goods ? e->free_from - goods : 0;
}
static struct liquid_value missing_text(struct page *p, const struct estimate *e) {
    int64_t n = missing(p, e);
    return n ? liquid_text(money_of(p->c, n)) : liquid_nil();
}
static struct liquid_value taxes(struct page *p, const struct estimate *e) {
    struct tax_row rows[ARRAY_LEN(e->quote.taxes)];
    for (size_t i = 0; i < e->quote.tax_count; i++)
        rows[i] = (struct tax_row){e->quote.taxes[i].rate, e->quote.taxes[i].gross,
                                   e->quote.taxes[i].tax};
    return tax_list(p->c, rows, e->quote.tax_count);
}
static struct str home_name(struct page *p) {
    return country_name(p->c, setting_text(p->c, "shop.country"));
}
ESTIMATE_PROP(cart_missing, liquid_int(missing(p, e)))
ESTIMATE_PROP(cart_missing_text, missing_text(p, e))
ESTIMATE_PROP(cart_shipping, e->goes ? liquid_int(e->quote.shipping) : liquid_nil())
ESTIMATE_PROP(cart_taxes, taxes(p, e))
ESTIMATE_PROP(cart_total, liquid_int(e->quote.total))
VALUE_PROP(cart_country, struct page, liquid_text(home_name(me)))
PROP(cart_messages) {
    struct page *p = self;
    const struct cart_view *v;
    TRY(view(p, &v, err));
    *out = cart_messages_of(p, v);
    return true;
}

static const struct theme_prop props[] = {
    {"attributes", cart_attributes, NULL, false},
    {"buyable", cart_buyable, NULL, true},
    {"cart_level_discount_applications", NULL, NO_DISCOUNTS, false},
    {"checkout_charge_amount", cart_goods, NULL, false},
    {"country", cart_country, NULL, true},
    {"currency", cart_currency, NULL, false},
    {"discount_applications", NULL, NO_DISCOUNTS, false},
    {"discounts", NULL, NO_DISCOUNTS, false},
    {"duties_included", cart_false, NULL, false},
    {"empty?", cart_empty, NULL, false},
    {"free_missing", cart_missing, NULL, true},
    {"free_missing_text", cart_missing_text, NULL, true},
    {"item_count", cart_count, NULL, false},
    {"items", cart_items, NULL, false},
    {"items_subtotal_price", cart_goods, NULL, false},
    {"messages", cart_messages, NULL, true},
    {"note", cart_note, NULL, false},
    {"original_total_price", cart_goods, NULL, false},
    {"requires_shipping", cart_needs_shipping, NULL, false},
    {"shipping_price", cart_shipping, NULL, true},
    {"taxes", cart_taxes, NULL, true},
    {"taxes_included", cart_true, NULL, false},
    {"total_discount", cart_zero, NULL, false},
    {"total_price", cart_goods, NULL, false},
    {"total_weight", cart_weight, NULL, false},
    {"total_with_shipping", cart_total, NULL, true},
};
const struct theme_kind cart_kind = {.name = "cart", THEME_PROPS(props)};

struct liquid_value people_cart(struct page *p) {
    return theme_object(p->c->arena, &cart_kind, p);
}
