// SPDX-License-Identifier: Apache-2.0
// What is known about goods beyond Shopify's properties: attributes (also as metafields), badges,
// who answers for their safety.
#include "core/app.h"
#include "core/settings.h"
#include "shop/object/goods_private.h"

#define ATTRIBUTE_SPACE "custom" // metafields of attributes whose name has no "space." before it

static bool is_badge(const struct goods_facts *f) { return str_eq(f->name, S("badges")); }
static bool is_tag(const struct goods_facts *f) { return !f->name.n; }

// ---- badges: known by ids; one without a label of the merchant is not shown

static struct liquid_value badge_of(struct page *p, struct str id) {
    const struct json *all = setting_json(p->c, "theme.badges");
    for (size_t i = 0; all && i < all->n; i++)
        if (str_eq(json_text(&all->items[i], "id"), id)) return content_value(p->c, &all->items[i]);
    return liquid_nil();
}

bool goods_badges(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_product *g = self;
    TRY(goods_load(g, GOODS_BADGES, err));
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, g->badge_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < g->badge_count; i++) {
        items[n] = badge_of(g->batch->page, g->badges[i].value);
        if (items[n].type != LIQUID_NIL) n++;
    }
    *out = liquid_array(items, n);
    return true;
}

// ---- attributes

static struct str spoken(struct ctx *c, const struct goods_facts *f) {
    return feature_value(c, f->kind, f->value, f->unit);
}

// Values of a list come one after the other and stand in one row.
bool goods_attributes(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_product *g = self;
    struct ctx *c = g->batch->page->c;
    struct list l = {0};
    TRY(goods_load(g, GOODS_FACTS, err));
    for (size_t i = 0, k; i < g->fact_count; i = k) {
        const struct goods_facts *f = &g->facts[i];
        k = i + 1;
        if (is_tag(f) || is_badge(f)) continue;
        struct buf value = buf_new(a, 0);
        buf_put(&value, spoken(c, f));
        for (; k < g->fact_count && str_eq(g->facts[k].name, f->name); k++) {
            buf_put(&value, S(", "));
            buf_put(&value, spoken(c, &g->facts[k]));
        }
        struct liquid_map *m = liquid_map_new(a);
        set_str(m, "name", f->name);
        set_str(m, "label", feature_label(c, f->name, f->label));
        set_str(m, "value", buf_str(&value));
        list_add(a, &l, liquid_of_map(m));
    }
    *out = liquid_array(l.v, l.n);
    return true;
}

struct liquid_value goods_maker(struct goods_product *g, struct arena *a) {
    const struct goods_details *d = g->details;
    if (!d->maker.n) return liquid_nil();
    struct liquid_map *m = liquid_map_new(a);
    set_str(m, "name", d->maker);
    set_str(m, "address", d->maker_address);
    set_str(m, "contact", d->maker_contact);
    set_str(m, "responsible", d->responsible);
    return liquid_of_map(m);
}

// ---- product.metafields.custom.material

struct metafield {
    struct goods_product *product;
    const struct goods_facts *facts;
    size_t n;
};

static bool is_list(const struct metafield *x) {
    return str_eq(x->facts->kind, S("list")) || x->n > 1;
}

static struct liquid_value number_of(struct str text) {
    int64_t whole = 0, digits = 0;
    double scale = 1;
    bool minus = str_starts(text, S("-")), fraction = false;
    for (size_t i = minus; i < text.n; i++) {
        if (text.p[i] == '.' && !fraction)
            fraction = true;
        else if (text.p[i] < '0' || text.p[i] > '9' || ++digits > 15)
            return liquid_text(text);
        else
            whole = whole * 10 + (text.p[i] - '0'), scale = fraction ? scale * 10 : scale;
    }
    int64_t n = minus ? -whole : whole;
    return fraction ? liquid_float((double)n / scale) : liquid_int(n);
}

static struct liquid_value field_value(const struct goods_facts *f) {
    if (str_eq(f->kind, S("bool")))
        return liquid_bool(str_eq(f->value, S("true")) || str_eq(f->value, S("1")));
    if (str_eq(f->kind, S("number"))) return number_of(f->value);
    return str_eq(f->kind, S("html")) ? liquid_html(f->value) : liquid_text(f->value);
}

static struct liquid_value metafield_values(const struct metafield *x, struct arena *a) {
    if (!is_list(x)) return field_value(x->facts);
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, x->n);
    for (size_t i = 0; i < x->n; i++) items[i] = field_value(&x->facts[i]);
    return liquid_array(items, x->n);
}

static struct liquid_value metafield_types(const struct metafield *x) {
    struct str kind = x->facts->kind;
    if (is_list(x)) return liquid_text(S("list.single_line_text_field"));
    if (str_eq(kind, S("bool"))) return liquid_text(S("boolean"));
    if (str_eq(kind, S("date"))) return liquid_text(S("date"));
    if (str_eq(kind, S("number")))
        return liquid_text(str_find_char(x->facts->value, '.') == STR_NONE ? S("number_integer")
                                                                           : S("number_decimal"));
    return liquid_text(str_eq(kind, S("html")) ? S("multi_line_text_field")
                                               : S("single_line_text_field"));
}

GOODS_GET(metafield_list, struct metafield, liquid_bool(is_list(x)))
GOODS_GET(metafield_type, struct metafield, metafield_types(x))
GOODS_GET(metafield_value, struct metafield, metafield_values(x, a))
static const struct theme_prop metafield_props[] = {
    {"list?", .get = metafield_list},
    {"type", .get = metafield_type},
    {"value", .get = metafield_value},
};
static void metafield_print(void *self, struct buf *out, bool *html_out) {
    struct metafield *x = self;
    *html_out = str_eq(x->facts->kind, S("html"));
    for (size_t i = 0; i < x->n; i++) {
        if (i) buf_put(out, S(", "));
        buf_put(out, x->facts[i].value);
    }
}
const struct theme_kind metafield_kind = {
    .name = "metafield", THEME_PROPS(metafield_props), .print = metafield_print};

// "care.washing" is washing in the space care.
static void place_of(struct str name, struct str *space_out, struct str *key_out) {
    size_t dot = str_find_char(name, '.');
    *space_out = dot == STR_NONE ? S(ATTRIBUTE_SPACE) : str_sub(name, 0, dot);
    *key_out = dot == STR_NONE ? name : str_from(name, dot + 1);
}

static struct liquid_map *space_in(struct arena *a, struct liquid_map *all, struct str space) {
    const struct liquid_value *known = liquid_map_get(all, space);
    if (known) return known->map;
    struct liquid_map *m = liquid_map_new(a);
    liquid_set_str(all, space, liquid_of_map(m));
    return m;
}

bool goods_metafields(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_product *g = self;
    struct liquid_map *all = liquid_map_new(a);
    TRY(goods_load(g, GOODS_FACTS, err));
    for (size_t i = 0, k; i < g->fact_count; i = k) {
        const struct goods_facts *f = &g->facts[i];
        for (k = i + 1; k < g->fact_count && str_eq(g->facts[k].name, f->name);) k++;
        if (is_tag(f)) continue;
        struct str space, key;
        struct metafield *m = ARENA_NEW(a, struct metafield);
        *m = (struct metafield){g, f, k - i};
        place_of(f->name, &space, &key);
        liquid_set_str(space_in(a, all, space), key, theme_object(a, &metafield_kind, m));
    }
    *out = liquid_of_map(all);
    return true;
}
