// SPDX-License-Identifier: Apache-2.0
// The essential characteristics of goods, as one line of text.
#include "shop/cart_page.h"

enum { FEATURES_MAX = 4 }; // attributes of one product

static bool again(const struct shop_cart_features_rows *rows, size_t i) {
    if (i == 0) return false;
    const struct shop_cart_features *now = &rows->v[i], *last = &rows->v[i - 1];
    return now->product_id == last->product_id && now->attribute_id == last->attribute_id;
}

// Two variants of a product bring its attributes twice; the first time is enough.
static struct str line_of(struct ctx *c, const struct shop_cart_features_rows *rows,
                          int64_t product) {
    struct buf b = buf_new(c->arena, 8192);
    int64_t first = 0;
    int n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct shop_cart_features *r = &rows->v[i];
        if (r->product_id != product) continue;
        if (first == r->attribute_id && !again(rows, i)) break;
        if (!first) first = r->attribute_id;
        if (!again(rows, i) && ++n > FEATURES_MAX) break;
        buf_put(&b, again(rows, i) ? S(", ") : b.n ? S(" · ") : S(""));
        if (!again(rows, i))
            buf_fmt(&b, STR_FMT ": ", STR_ARG(feature_label(c, r->name, r->label)));
        buf_put(&b, feature_value(c, r->kind, r->value, r->unit));
    }
    return buf_str(&b);
}

bool cart_features(struct ctx *c, const struct cart_view *v, struct liquid_map *cart) {
    struct shop_cart_features_rows rows = {0};
    struct shop_cart_features_in in = {v->cart_id, lang_of(c)};
    const struct liquid_value *items = liquid_map_get(cart, S("items"));
    TRY(shop_cart_features_all(&c->db, &in, &rows));
    for (size_t i = 0; i < v->n; i++)
        set_str(items->items[i].map, "features", line_of(c, &rows, v->v[i].product_id));
    return true;
}

struct str feature_label(struct ctx *c, struct str name, struct str label) {
    const char *key = arena_fmt(c->arena, "shop.attribute." STR_FMT, STR_ARG(name)).p;
    return tr_exists(c, key) ? tr(c, key) : label;
}

struct str feature_value(struct ctx *c, struct str kind, struct str value, struct str unit) {
    bool yes = str_eq(value, S("1")) || str_eq(value, S("true"));
    if (str_eq(kind, S("bool"))) return tr(c, yes ? "shop.yes" : "shop.no");
    if (!unit.n) return value;
    return arena_fmt(c->arena, STR_FMT "\u00a0" STR_FMT, STR_ARG(value), STR_ARG(unit));
}
