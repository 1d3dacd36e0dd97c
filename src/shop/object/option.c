// SPDX-License-Identifier: Apache-2.0
// Options and their values: what a variant picker shows. "Selected" is what the chosen variant has
// (the one of the address, else the first that can be bought).
#include "shop/object/goods_private.h"

static const struct goods_variants *chosen_row(const struct goods_product *g) {
    return g->chosen ? g->chosen->row : NULL;
}

static bool is_selected(const struct goods_value *x) {
    const struct goods_variants *now = chosen_row(x->product);
    return now && goods_value_id(now, x->row->position) == x->row->value_id;
}

// The chosen one's values before the option, and this value: can that be bought in some way?
static bool can_be_bought(const struct goods_value *x) {
    const struct goods_product *g = x->product;
    const struct goods_variants *now = chosen_row(g);
    for (size_t i = 0; i < g->variant_count; i++) {
        const struct goods_variants *v = g->variants[i].row;
        if (!goods_sold(v) || goods_value_id(v, x->row->position) != x->row->value_id) continue;
        bool same = true;
        for (int64_t k = 1; now && k < x->row->position; k++)
            same &= goods_value_id(v, k) == goods_value_id(now, k);
        if (same) return true;
    }
    return false;
}

// How many of the options a variant shares with the chosen one, the first counting most.
static int shared(const struct goods_variants *v, const struct goods_variants *now) {
    int n = 0;
    for (int64_t k = 1; k <= GOODS_OPTIONS; k++)
        n = n * 2 + (goods_value_id(v, k) == goods_value_id(now, k));
    return n;
}

// The variant with this value that is most like the chosen one; exact: like it in all else.
static struct goods_variant *variant_with(const struct goods_value *x, bool exact) {
    struct goods_product *g = x->product;
    const struct goods_variants *now = chosen_row(g);
    struct goods_variant *best = NULL;
    if (!now) return NULL;
    if (is_selected(x)) return g->chosen;
    for (size_t i = 0; i < g->variant_count; i++) {
        struct goods_variant *v = &g->variants[i];
        if (!v->row->active || goods_value_id(v->row, x->row->position) != x->row->value_id)
            continue;
        if (!best || shared(v->row, now) > shared(best->row, now)) best = v;
    }
    const int all = (1 << GOODS_OPTIONS) - 1, own = 1 << (GOODS_OPTIONS - x->row->position);
    return best && exact && shared(best->row, now) != all - own ? NULL : best;
}

static bool with_variants(struct goods_product *g, struct err *err) {
    return goods_load(g, GOODS_VARIANTS, err);
}

static struct liquid_value value_link(const struct goods_value *x, struct arena *a) {
    struct goods_variant *v = variant_with(x, false);
    return v ? liquid_text(goods_variant_url(v, a)) : liquid_nil();
}

static struct liquid_value value_swatch(const struct goods_value *x, struct arena *a) {
    const struct goods_options *r = x->row;
    struct goods_image i = {
        .picture = {r->hash, r->filename, r->value, r->has_width ? r->width : 0,
                    r->has_height ? r->height : 0},
        .id = r->has_media_id ? r->media_id : 0,
    };
    return goods_swatch(x->product->batch->page, a, r->color, &i);
}

// clang-format off
#define VALUE struct goods_value
GOODS_GET_WITH(value_available, VALUE, with_variants(x->product, err),
               liquid_bool(can_be_bought(x)))
GOODS_GET(value_id, VALUE, liquid_int(x->row->value_id))
GOODS_GET(value_name, VALUE, liquid_text(x->row->value))
GOODS_GET_WITH(value_selected, VALUE, with_variants(x->product, err), liquid_bool(is_selected(x)))
GOODS_GET(value_swatch_get, VALUE, value_swatch(x, a))
GOODS_GET_WITH(value_url, VALUE, with_variants(x->product, err), value_link(x, a))
GOODS_GET_WITH(value_variant, VALUE, with_variants(x->product, err),
               goods_variant_value(variant_with(x, true)))
// clang-format on

static const struct theme_prop value_props[] = {
    {"available", .get = value_available},
    {"id", .get = value_id},
    {"name", .get = value_name},
    {"product_url", .because = "a value never belongs to another product"},
    {"selected", .get = value_selected},
    {"swatch", .get = value_swatch_get},
    {"url", .get = value_url, .own = true},
    {"variant", .get = value_variant},
};

static void value_print(void *self, struct buf *out, bool *html_out) {
    struct goods_value *x = self;
    (void)html_out;
    buf_put(out, x->row->value);
}
const struct theme_kind product_option_value_kind = {
    .name = "product_option_value", THEME_PROPS(value_props), .print = value_print};

// ---- options

// Values that no variant has any more are not shown.
static bool in_use(const struct goods_product *g, const struct goods_options *o) {
    for (size_t i = 0; i < g->variant_count; i++)
        if (g->variants[i].row->active &&
            goods_value_id(g->variants[i].row, o->position) == o->value_id)
            return true;
    return false;
}

static bool option_values(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_option *x = self;
    TRY(with_variants(x->product, err));
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, x->n);
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        if (!in_use(x->product, &x->rows[i])) continue;
        struct goods_value *v = ARENA_NEW(a, struct goods_value);
        *v = (struct goods_value){x->product, &x->rows[i]};
        items[n++] = theme_object(a, &product_option_value_kind, v);
    }
    *out = liquid_array(items, n);
    return true;
}

static struct liquid_value selected_of(const struct goods_option *x) {
    const struct goods_variants *now = chosen_row(x->product);
    for (size_t i = 0; now && i < x->n; i++)
        if (goods_value_id(now, x->rows[i].position) == x->rows[i].value_id)
            return liquid_text(x->rows[i].value);
    return liquid_nil();
}

// clang-format off
#define OPTION struct goods_option
GOODS_GET(option_name, OPTION, liquid_text(x->rows->name))
GOODS_GET(option_position, OPTION, liquid_int(x->rows->position))
GOODS_GET_WITH(option_selected, OPTION, with_variants(x->product, err), selected_of(x))
// clang-format on
static const struct theme_prop option_props[] = {
    {"name", .get = option_name},
    {"position", .get = option_position},
    {"selected_value", .get = option_selected},
    {"values", .get = option_values},
};

static void option_print(void *self, struct buf *out, bool *html_out) {
    struct goods_option *x = self;
    (void)html_out;
    buf_put(out, x->rows->name);
}
const struct theme_kind product_option_kind = {.name = "product_option",
                                               THEME_PROPS(option_props),
                                               .print = option_print,
                                               .json = goods_option_as_json};

bool goods_options_array(struct goods_product *g, struct liquid_value *out, struct err *err) {
    TRY(goods_load(g, GOODS_OPTIONS_READ, err));
    struct arena *a = g->batch->page->c->arena;
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, GOODS_OPTIONS);
    size_t n = 0;
    for (size_t from = 0, to; from < g->option_count && n < GOODS_OPTIONS; from = to) {
        for (to = from; to < g->option_count;) {
            if (g->options[to].option_id != g->options[from].option_id) break;
            to++;
        }
        struct goods_option *o = ARENA_NEW(a, struct goods_option);
        *o = (struct goods_option){g, &g->options[from], to - from, liquid_nil()};
        items[n++] = theme_object(a, &product_option_kind, o);
    }
    *out = liquid_array(items, n);
    return true;
}
