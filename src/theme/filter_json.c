// SPDX-License-Identifier: Apache-2.0
// `| json` of what themes' scripts read: the shapes of a storefront's product, cart and their parts
// (the same that /products/H.js and /cart.js have), by tables. Objects that have no shape answer as
// Shopify's do: {"error":"json not allowed for this object"}.
#include "theme/filter_private.h"

enum { DEPTH_MAX = 12 };

struct member {
    const char *name;  // in the JSON
    const char *from;  // the property, or a path of them; NULL: the same name
    const char *shape; // of the objects there; NULL: that of their kind
};
struct shape {
    const char *name; // of a kind, or of a place
    const struct member *members;
    size_t n;
    const char *text; // instead: the object is the text of this property
};
#define SAME(name)                                                                                 \
    { name, NULL, NULL }
static const struct member product[] = {
    SAME("id"),
    SAME("title"),
    SAME("handle"),
    SAME("description"),
    SAME("published_at"),
    SAME("created_at"),
    SAME("vendor"),
    SAME("type"),
    SAME("tags"),
    SAME("price"),
    SAME("price_min"),
    SAME("price_max"),
    SAME("available"),
    SAME("price_varies"),
    SAME("compare_at_price"),
    SAME("compare_at_price_min"),
    SAME("compare_at_price_max"),
    SAME("compare_at_price_varies"),
    SAME("variants"),
    SAME("images"),
    SAME("featured_image"),
    SAME("options"),
    {"media", NULL, "media"},
    SAME("requires_selling_plan"),
    SAME("selling_plan_groups"),
    SAME("content"),
};
static const struct member variant[] = {
    SAME("id"),
    SAME("title"),
    SAME("option1"),
    SAME("option2"),
    SAME("option3"),
    SAME("sku"),
    SAME("requires_shipping"),
    SAME("taxable"),
    {"featured_image", NULL, "variant_image"},
    SAME("available"),
    SAME("options"),
    SAME("price"),
    SAME("weight"),
    SAME("compare_at_price"),
    SAME("inventory_management"),
    SAME("barcode"),
    {"featured_media", NULL, "media"},
    SAME("requires_selling_plan"),
    SAME("selling_plan_allocations"),
    SAME("quantity_rule"),
};
static const struct member variant_image[] = {
    SAME("id"),    SAME("product_id"), SAME("position"), SAME("alt"),
    SAME("width"), SAME("height"),     SAME("src"),
};
static const struct member preview[] = {SAME("aspect_ratio"), SAME("height"), SAME("width"),
                                        SAME("src")};
static const struct member media[] = {
    SAME("alt"),          SAME("id"),     SAME("position"),   {"preview_image", NULL, "preview"},
    SAME("aspect_ratio"), SAME("height"), SAME("media_type"), SAME("src"),
    SAME("width"),
};
static const struct member quantity_rule[] = {SAME("min"), SAME("max"), SAME("increment")};
static const struct member product_option[] = {SAME("name"), SAME("position"), SAME("values")};
static const struct member line_option[] = {SAME("name"), SAME("value")};
static const struct member line_image[] = {
    SAME("aspect_ratio"), SAME("alt"), SAME("height"), {"url", "src", NULL}, SAME("width"),
};
static const struct member line_item[] = {
    SAME("id"),
    SAME("properties"),
    SAME("quantity"),
    SAME("variant_id"),
    SAME("key"),
    SAME("title"),
    SAME("price"),
    SAME("original_price"),
    {"discounted_price", "final_price", NULL},
    SAME("line_price"),
    SAME("original_line_price"),
    SAME("total_discount"),
    SAME("discounts"),
    SAME("sku"),
    SAME("grams"),
    SAME("vendor"),
    SAME("taxable"),
    SAME("product_id"),
    {"product_has_only_default_variant", "product.has_only_default_variant", NULL},
    SAME("gift_card"),
    SAME("final_price"),
    SAME("final_line_price"),
    SAME("url"),
    {"featured_image", "image", "line_image"},
    SAME("image"),
    {"handle", "product.handle", NULL},
    SAME("requires_shipping"),
    {"product_type", "product.type", NULL},
    {"product_title", "product.title", NULL},
    {"product_description", "product.description", NULL},
    {"variant_title", "variant.title", NULL},
    {"variant_options", "variant.options", NULL},
    {"options_with_values", NULL, "line_option"},
    SAME("line_level_discount_allocations"),
    SAME("line_level_total_discount"),
};
static const struct member cart[] = {
    SAME("note"),
    SAME("attributes"),
    SAME("original_total_price"),
    SAME("total_price"),
    SAME("total_discount"),
    SAME("total_weight"),
    SAME("item_count"),
    SAME("items"),
    SAME("requires_shipping"),
    {"currency", "currency.iso_code", NULL},
    SAME("items_subtotal_price"),
    SAME("cart_level_discount_applications"),
    SAME("checkout_charge_amount"),
};
static const struct member collection[] = {
    SAME("id"), SAME("handle"), SAME("title"), {"body_html", "description", NULL}};
static const struct member article[] = {
    SAME("id"),     SAME("title"),        SAME("created_at"), {"body_html", "content", NULL},
    SAME("author"), SAME("published_at"), SAME("updated_at"), {"summary_html", "excerpt", NULL},
    SAME("handle"), SAME("tags"),
};
static const struct member address[] = {
    SAME("id"),           SAME("first_name"),
    SAME("last_name"),    SAME("company"),
    SAME("address1"),     SAME("address2"),
    SAME("city"),         SAME("province"),
    SAME("zip"),          SAME("phone"),
    SAME("name"),         SAME("province_code"),
    SAME("country_code"), {"country_name", "country.name", NULL},
};
#define SHAPE(name)                                                                                \
    { #name, name, ARRAY_LEN(name), NULL }
static const struct shape shapes[] = {
    SHAPE(product),
    SHAPE(variant),
    SHAPE(variant_image),
    SHAPE(preview),
    SHAPE(media),
    SHAPE(quantity_rule),
    SHAPE(product_option),
    SHAPE(line_option),
    SHAPE(line_image),
    SHAPE(line_item),
    SHAPE(cart),
    SHAPE(collection),
    SHAPE(article),
    SHAPE(address),
    {"image", NULL, 0, "src"},
    {"product_option_value", NULL, 0, "name"},
};

struct writer {
    struct liquid_call *c;
    struct buf *out;
    struct err *err;
};
static bool put(struct writer *w, struct liquid_value v, const char *shape, int depth);

static const struct shape *shape_named(const char *name) {
    for (size_t i = 0; name && i < ARRAY_LEN(shapes); i++)
        if (strcmp(shapes[i].name, name) == 0) return &shapes[i];
    return NULL;
}

static bool by_path(struct writer *w, struct liquid_value v, const char *path,
                    struct liquid_value *out) {
    struct str rest = str_c(path), part;
    *out = v;
    while (str_split(&rest, '.', &part))
        TRY(value_get(w->c->arena, *out, arena_cstr(w->c->arena, part), out, w->err));
    return true;
}

static bool put_shape(struct writer *w, struct liquid_value v, const struct shape *s, int depth) {
    struct liquid_value member;
    if (s->text) {
        TRY(value_get(w->c->arena, v, s->text, &member, w->err));
        liquid_json(w->out, w->c->arena, member);
        return true;
    }
    buf_char(w->out, '{');
    for (size_t i = 0; i < s->n; i++) {
        const struct member *m = &s->members[i];
        if (i) buf_char(w->out, ',');
        buf_fmt(w->out, "\"%s\":", m->name);
        TRY(by_path(w, v, m->from ? m->from : m->name, &member));
        TRY(put(w, member, m->shape, depth + 1));
    }
    buf_char(w->out, '}');
    return true;
}

static bool put_list(struct writer *w, struct liquid_value v, const char *shape, int depth) {
    int64_t n;
    struct liquid_value item;
    TRY(value_count_of(w->c->arena, v, &n, w->err));
    buf_char(w->out, '[');
    for (int64_t i = 0; i < n; i++) {
        TRY(value_at(w->c->arena, v, i, &item, w->err));
        if (i) buf_char(w->out, ',');
        TRY(put(w, item, shape, depth + 1));
    }
    buf_char(w->out, ']');
    return true;
}

static bool put_map(struct writer *w, const struct liquid_map *m, int depth) {
    buf_char(w->out, '{');
    for (size_t i = 0; i < liquid_map_size(m); i++) {
        struct str key;
        struct liquid_value v;
        liquid_map_entry(m, i, &key, &v);
        if (i) buf_char(w->out, ',');
        liquid_json(w->out, w->c->arena, liquid_text(key));
        buf_char(w->out, ':');
        TRY(put(w, v, NULL, depth + 1));
    }
    buf_char(w->out, '}');
    return true;
}

static bool put_object(struct writer *w, struct liquid_value v, const char *name, int depth) {
    const struct theme_kind *kind = theme_kind_of(v);
    if (!name && kind) name = kind->name;
    const struct shape *s = shape_named(name);
    if (s) return put_shape(w, v, s, depth);
    if (v.object->type->size) return put_list(w, v, NULL, depth);
    if (!kind || kind->print) // stands for its text
        liquid_json(w->out, w->c->arena, v);
    else
        buf_put(w->out, S("{\"error\":\"json not allowed for this object\"}"));
    return true;
}

static bool put(struct writer *w, struct liquid_value v, const char *shape, int depth) {
    if (depth > DEPTH_MAX) {
        buf_put(w->out, S("null"));
        return true;
    }
    if (v.type == LIQUID_OBJECT) return put_object(w, v, shape, depth);
    if (v.type == LIQUID_ARRAY) return put_list(w, v, shape, depth);
    if (v.type == LIQUID_MAP) return put_map(w, v.map, depth);
    if (v.type == LIQUID_TIME) v = liquid_text(liquid_date(w->c, v, S("%Y-%m-%dT%H:%M:%S%:z")));
    liquid_json(w->out, w->c->arena, v);
    return true;
}

FILTER(json) {
    struct buf b = call_buf(c);
    struct writer w = {c, &b, err};
    TRY(put(&w, c->input, NULL, 0));
    *out = liquid_text(buf_str(&b));
    out->literal = 1; // as it is in a script; in an attribute `| json | escape`
    return true;
}
