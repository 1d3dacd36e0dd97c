// SPDX-License-Identifier: Apache-2.0
// A line: of the cart, as it would be bought now, or of an order, as it was agreed.
#include "core/app.h"
#include "shop/cart_page.h"
#include "shop/object/goods.h"
#include "shop/object/order_private.h"
#include "shop/object/people.h"

#define NO_DISCOUNTS "there are no discount codes; a lower price is the product's own"

struct line {
    struct page *p;
    size_t index;
    const struct cart_item *it;    // of the cart, or
    const struct order_lines *row; // of an order
    struct order_thing *order;
};
#define LINE(cart, ordered) (me->it ? (cart) : (ordered))

// The goods of all lines are read together.
static bool cart_goods(struct page *p, struct liquid_value *out) {
    struct page_own *own = page_own(p);
    int64_t *ids = ARENA_ARRAY(p->c->arena, int64_t, own->cart.n + 1);
    for (size_t i = 0; i < own->cart.n; i++) ids[i] = own->cart.v[i].variant_id;
    if (!own->goods_read) TRY(goods_variants(p, ids, own->cart.n, &own->cart_goods));
    own->goods_read = true;
    *out = own->cart_goods;
    return true;
}
static bool variant_of(const struct line *l, struct liquid_value *out, struct err *err) {
    struct liquid_value all = liquid_nil();
    bool ok = l->it ? cart_goods(l->p, &all) : order_goods(l->order, &all);
    *out = ok && l->index < all.n ? all.items[l->index] : liquid_nil();
    return ok || told(l->p, err);
}
PROP(line_variant) { return variant_of(self, out, err); }
PROP(line_product) {
    struct liquid_value v;
    TRY(variant_of(self, &v, err));
    *out = goods_product_of(v);
    return true;
}
// A property of the variant, else of its product.
static bool of_goods(struct line *l, const char *key, const char *of_product,
                     struct liquid_value *out, struct err *err) {
    struct arena *a = l->p->c->arena;
    struct liquid_value v, product;
    *out = liquid_nil();
    TRY(variant_of(l, &v, err));
    if (v.type == LIQUID_NIL) return true;
    TRY(liquid_get(a, v, str_c(key), out, err));
    product = goods_product_of(v);
    if (out->type != LIQUID_NIL || !of_product || product.type == LIQUID_NIL) return true;
    return liquid_get(a, product, str_c(of_product), out, err);
}
PROP(line_image) { return of_goods(self, "featured_image", "featured_image", out, err); }
PROP(line_measure) { return of_goods(self, "unit_price_measurement", NULL, out, err); }
PROP(line_unit_price) { return of_goods(self, "unit_price", NULL, out, err); }
PROP(line_low) { return of_goods(self, "lowest_price_30_days", NULL, out, err); }

// Names and values of the variant's options: [{name, value}].
PROP(line_options) {
    struct line *l = self;
    struct liquid_value v, names, values;
    struct list all = {0};
    TRY(variant_of(l, &v, err));
    if (v.type == LIQUID_NIL) return true;
    struct liquid_value product = goods_product_of(v);
    TRY(liquid_get(a, product, S("options"), &names, err));
    TRY(liquid_get(a, v, S("options"), &values, err));
    for (size_t i = 0;
         names.type == LIQUID_ARRAY && values.type == LIQUID_ARRAY && i < names.n && i < values.n;
         i++) {
        struct liquid_map *m = liquid_map_new(a);
        liquid_set(m, "name", names.items[i]);
        liquid_set(m, "value", values.items[i]);
        list_add(a, &all, liquid_of_map(m));
    }
    *out = liquid_array(all.v, all.n);
    return true;
}

static struct str title_of(const struct line *l) {
    struct str title = l->it ? l->it->title : l->row->title;
    struct str kind = l->it ? l->it->variant_title : l->row->variant_title;
    return kind.n ? arena_fmt(l->p->c->arena, STR_FMT " - " STR_FMT, STR_ARG(title), STR_ARG(kind))
                  : title;
}
static struct liquid_value url_of(const struct line *l) {
    if (!l->it) return order_line_url(l->order, l->row);
    return liquid_text(arena_fmt(l->p->c->arena, STR_FMT "?variant=%lld",
                                 STR_ARG(local_path(l->p->c, "/products/", l->it->handle)),
                                 (long long)l->it->variant_id));
}
static int64_t variant_id(const struct line *me) {
    return LINE(me->it->variant_id, me->row->has_variant_id ? me->row->variant_id : 0);
}
static struct str key_of(const struct line *l) {
    if (!l->it) return arena_fmt(l->p->c->arena, "%lld", (long long)l->row->id);
    return cart_line_key(l->p->c->arena, l->it);
}
static struct liquid_value remove_url(const struct line *l) {
    if (!l->it) return liquid_nil();
    return liquid_text(arena_fmt(l->p->c->arena, STR_FMT "?id=%lld:%lld&quantity=0",
                                 STR_ARG(url_local(l->p->c, S("/cart/change"))),
                                 (long long)l->it->variant_id, (long long)l->it->line_id));
}
static struct liquid_value problem_of(const struct line *l) {
    return l->it ? liquid_text(cart_problem(l->p->c, l->it)) : liquid_nil();
}
static bool shippable(const struct line *l) { return !l->it || l->it->requires_shipping; }

PROP(line_properties) {
    const struct line *l = self;
    if (!l->it) return order_words(l->order, l->row->id, out, err);
    return liquid_parse_json(a, l->it->properties, out, err);
}
VALUE_PROP(line_id, struct line, liquid_int(LINE(me->it->variant_id, me->row->id)))
VALUE_PROP(line_quantity, struct line, liquid_int(LINE(me->it->quantity, me->row->quantity)))
VALUE_PROP(line_price, struct line, liquid_int(LINE(me->it->price, me->row->unit_price)))
VALUE_PROP(line_total, struct line, liquid_int(LINE(me->it->total, me->row->total)))
VALUE_PROP(line_zero, struct line, liquid_int(0))
VALUE_PROP(line_true, struct line, liquid_bool(true))
VALUE_PROP(line_false, struct line, liquid_bool(false))
VALUE_PROP(line_variant_id, struct line, liquid_int(variant_id(me)))
VALUE_PROP(line_product_id, struct line,
           liquid_int(LINE(me->it->product_id, me->row->has_product_id ? me->row->product_id : 0)))
VALUE_PROP(line_sku, struct line, liquid_text(LINE(me->it->sku, me->row->sku)))
VALUE_PROP(line_vendor, struct line, LINE(liquid_text(me->it->vendor), liquid_nil()))
VALUE_PROP(line_title, struct line, liquid_text(title_of(me)))
VALUE_PROP(line_ships, struct line, liquid_bool(shippable(me)))
VALUE_PROP(line_key, struct line, liquid_text(key_of(me)))
VALUE_PROP(line_grams, struct line, liquid_int(LINE(me->it->weight_g, 0)))
VALUE_PROP(line_url, struct line, url_of(me))
VALUE_PROP(line_remove, struct line, remove_url(me))
VALUE_PROP(line_problem, struct line, problem_of(me))
VALUE_PROP(line_shipped, struct line, liquid_int(LINE(0, me->row->shipped)))
VALUE_PROP(line_service, struct line, liquid_text(S("manual")))
VALUE_PROP(line_tax, struct line, LINE(liquid_nil(), order_line_taxes(me->order, me->row)))
PROP(line_fulfillment) {
    const struct line *l = self;
    if (l->it) return true;
    return order_line_fulfillment(l->order, l->row->id, out) || told(l->p, err);
}

static const struct theme_prop props[] = {
    {"discount_allocations", NULL, NO_DISCOUNTS, false},
    {"discounts", NULL, NO_DISCOUNTS, false},
    {"error_message", line_problem, NULL, false},
    {"final_line_price", line_total, NULL, false},
    {"final_price", line_price, NULL, false},
    {"fulfillment", line_fulfillment, NULL, false},
    {"fulfillment_service", line_service, NULL, false},
    {"gift_card", line_false, NULL, false},
    {"grams", line_grams, NULL, false},
    {"id", line_id, NULL, false},
    {"image", line_image, NULL, false},
    {"instructions", NULL, "every line may be changed and removed", false},
    {"item_components", NULL, "there are no bundles", false},
    {"key", line_key, NULL, false},
    {"line_level_discount_allocations", NULL, NO_DISCOUNTS, false},
    {"line_level_total_discount", line_zero, NULL, false},
    {"line_price", line_total, NULL, false},
    {"lowest_price_30_days", line_low, NULL, true},
    {"message", NULL, NO_DISCOUNTS, false},
    {"options_with_values", line_options, NULL, false},
    {"original_line_price", line_total, NULL, false},
    {"original_price", line_price, NULL, false},
    {"parent_relationship", NULL, "there are no nested lines", false},
    {"price", line_price, NULL, false},
    {"product", line_product, NULL, false},
    {"product_id", line_product_id, NULL, false},
    {"properties", line_properties, NULL, false},
    {"quantity", line_quantity, NULL, false},
    {"requires_shipping", line_ships, NULL, false},
    {"selling_plan_allocation", NULL, "nothing is sold by subscription", false},
    {"sku", line_sku, NULL, false},
    {"successfully_fulfilled_quantity", line_shipped, NULL, false},
    {"tax_lines", line_tax, NULL, false},
    {"taxable", line_true, NULL, false},
    {"title", line_title, NULL, false},
    {"total_discount", line_zero, NULL, false},
    {"unit_price", line_unit_price, NULL, false},
    {"unit_price_measurement", line_measure, NULL, false},
    {"url", line_url, NULL, false},
    {"url_to_remove", line_remove, NULL, false},
    {"variant", line_variant, NULL, false},
    {"variant_id", line_variant_id, NULL, false},
    {"vendor", line_vendor, NULL, false},
};
const struct theme_kind line_item_kind = {.name = "line_item", THEME_PROPS(props)};

struct liquid_value people_line(struct page *p, size_t index) {
    struct line *l = ARENA_NEW(p->c->arena, struct line);
    *l = (struct line){.p = p, .index = index, .it = &page_own(p)->cart.v[index]};
    return theme_object(p->c->arena, &line_item_kind, l);
}

struct liquid_value order_line_item(struct order_thing *o, size_t index) {
    struct line *l = ARENA_NEW(o->p->c->arena, struct line);
    *l = (struct line){.p = o->p, .index = index, .row = &o->full.lines.v[index], .order = o};
    return theme_object(o->p->c->arena, &line_item_kind, l);
}
