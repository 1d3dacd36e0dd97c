// SPDX-License-Identifier: Apache-2.0
// Filters as themes see them, with the addresses that lead to the next view.
#include <stdlib.h>

#include "core/app.h"
#include "core/kept.h"
#include "shop/object/filter_private.h"

// ---- addresses

static bool of_window(struct str name) {
    return str_eq(name, S("page")) || str_eq(name, S("section_id")) ||
           str_eq(name, S("sections")) || str_eq(name, S("preview_theme"));
}

// "filter.v.price" names both ends of the range.
static bool named(struct str name, struct str param) {
    if (str_eq(name, param)) return true;
    return str_eq(param, S("filter.v.price")) && str_starts(name, S("filter.v.price."));
}

static void put_pair(struct buf *b, size_t *n, struct str name, struct str value) {
    buf_char(b, (*n)++ ? '&' : '?');
    buf_url(b, name);
    buf_char(b, '=');
    buf_url(b, value);
}

struct str facet_url(const struct goods_filters *f, struct arena *a, struct str without,
                     struct str without_value, struct str with, struct str with_value) {
    const struct http_pairs *q = &f->page->rq->query;
    struct buf b = buf_new(a, 0);
    size_t n = 0;
    buf_put(&b, url_local(f->page->c, f->listing->path));
    for (size_t i = 0; i < q->n; i++) {
        const struct http_pair *x = &q->v[i];
        bool gone = without.n && named(x->name, without) &&
                    (!without_value.p || str_eq(x->value, without_value));
        if (!gone && x->value.n && !of_window(x->name)) put_pair(&b, &n, x->name, x->value);
    }
    if (with.n) put_pair(&b, &n, with, with_value);
    return buf_str(&b);
}

// ---- order of values: sizes by size, measures by number, words by the alphabet

static int64_t size_rank(struct str s) {
    static const struct {
        struct str word;
        int64_t rank;
    } sizes[] = {
        {S_INIT("xxs"), 1},   {S_INIT("xs"), 2},   {S_INIT("s"), 3},      {S_INIT("klein"), 3},
        {S_INIT("small"), 3}, {S_INIT("m"), 4},    {S_INIT("mittel"), 4}, {S_INIT("medium"), 4},
        {S_INIT("l"), 5},     {S_INIT("groß"), 5}, {S_INIT("large"), 5},  {S_INIT("xl"), 6},
        {S_INIT("xxl"), 7},   {S_INIT("2xl"), 7},  {S_INIT("xxxl"), 8},   {S_INIT("3xl"), 8},
    };
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        if (str_eq_nocase(s, sizes[i].word)) return sizes[i].rank;
    return 0;
}

static int64_t leading_number(struct str s) { // -1: none
    int64_t n = 0;
    size_t i = 0;
    for (; i < s.n && i < 15 && s.p[i] >= '0' && s.p[i] <= '9'; i++) n = n * 10 + (s.p[i] - '0');
    return i ? n : -1;
}

static int compare(int64_t a, int64_t b) { return (a > b) - (a < b); }

// Sizes first, then numbers, then words, so that the order is one.
static int value_order(const void *p, const void *q, void *ctx) {
    const struct facet_value *x = *(struct facet_value *const *)p,
                             *y = *(struct facet_value *const *)q;
    int64_t sx = size_rank(x->label), sy = size_rank(y->label);
    int64_t nx = leading_number(x->label), ny = leading_number(y->label);
    int class_x = sx ? 0 : nx >= 0 ? 1 : 2, class_y = sy ? 0 : ny >= 0 ? 1 : 2;
    int order = compare(class_x, class_y);
    if (!order) order = compare(sx, sy);
    if (!order) order = compare(nx, ny);
    return order ? order : text_compare(ctx, x->label, y->label);
}

void facet_sort(struct page *p, struct facet *f) {
    if (f->kind == FACET_AVAILABLE || f->values.n < 2) return;
    qsort_r(f->values.v, f->values.n, sizeof(struct facet_value *), value_order, p->c);
}

bool facet_shown(const struct facet *f) {
    if (f->kind == FACET_PRICE) return f->top > 0;
    if (f->asked) return true;
    size_t used = 0;
    for (size_t i = 0; i < f->values.n; i++) used += f->values.v[i]->seen;
    return used > 1;
}

// ---- filter_value

struct price_end { // one end of the price range
    struct facet *facet;
    bool low;
};

static struct liquid_value link_to(struct facet_value *x, struct arena *a, bool add) {
    const struct goods_filters *f = x->facet->filters;
    struct str param = x->facet->param, none = {0};
    return liquid_text(add ? facet_url(f, a, param, x->key, param, x->key)
                           : facet_url(f, a, param, x->key, none, none));
}

static struct liquid_value display_of(struct facet_value *x, struct arena *a) {
    return x->swatch.type == LIQUID_NIL ? liquid_nil()
                                        : theme_object(a, &filter_value_display_kind, x);
}

// clang-format off
#define VALUE struct facet_value
GOODS_GET(value_active, VALUE, liquid_bool(x->active))
GOODS_GET(value_count, VALUE, liquid_int(x->count))
GOODS_GET(value_display, VALUE, display_of(x, a))
GOODS_GET(value_label, VALUE, liquid_text(x->label))
GOODS_GET(value_param, VALUE, liquid_text(x->facet->param))
GOODS_GET(value_swatch, VALUE, x->swatch)
GOODS_GET(value_url_add, VALUE, link_to(x, a, true))
GOODS_GET(value_url_remove, VALUE, link_to(x, a, false))
GOODS_GET(value_value, VALUE, liquid_text(x->key))
// clang-format on
static const struct theme_prop value_props[] = {
    {"active", .get = value_active},
    {"count", .get = value_count},
    {"display", .get = value_display},
    {"image", .because = "a value's picture is that of its swatch"},
    {"label", .get = value_label},
    {"param_name", .get = value_param},
    {"swatch", .get = value_swatch},
    {"url_to_add", .get = value_url_add},
    {"url_to_remove", .get = value_url_remove},
    {"value", .get = value_value},
};
const struct theme_kind filter_value_kind = {.name = "filter_value", THEME_PROPS(value_props)};

static bool swatch_part(struct facet_value *x, struct arena *a, const char *part,
                        struct liquid_value *out, struct err *err) {
    return liquid_get(a, x->swatch, str_c(part), out, err);
}

static bool display_type(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct liquid_value image;
    TRY(swatch_part(self, a, "image", &image, err));
    *out = liquid_text(image.type == LIQUID_NIL ? S("colors") : S("image"));
    return true;
}

static bool display_value(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    TRY(swatch_part(self, a, "image", out, err));
    if (out->type != LIQUID_NIL) return true;
    struct liquid_value *color = ARENA_NEW(a, struct liquid_value);
    TRY(swatch_part(self, a, "color", color, err));
    *out = liquid_array(color, 1);
    return true;
}
static const struct theme_prop display_props[] = {
    {"type", .get = display_type},
    {"value", .get = display_value},
};
const struct theme_kind filter_value_display_kind = {.name = "filter_value_display",
                                                     THEME_PROPS(display_props)};

// ---- the ends of a price range are filter values, too

static struct str end_param(const struct price_end *x) {
    return x->low ? S("filter.v.price.gte") : S("filter.v.price.lte");
}
static struct liquid_value end_amount(const struct price_end *x) {
    int64_t n = x->low ? x->facet->low : x->facet->high;
    return n < 0 ? liquid_nil() : liquid_int(n);
}
static struct liquid_value end_link(const struct price_end *x, struct arena *a) {
    struct str none = {0};
    return liquid_text(facet_url(x->facet->filters, a, end_param(x), none, none, none));
}
GOODS_GET(end_get_param, struct price_end, liquid_text(end_param(x)))
GOODS_GET(end_get_value, struct price_end, end_amount(x))
GOODS_GET(end_get_active, struct price_end, ((void)x, liquid_bool(false)))
GOODS_GET(end_get_link, struct price_end, end_link(x, a))
#define OF_RANGE "only values of lists have one"
static const struct theme_prop end_props[] = {
    {"active", .get = end_get_active},      {"count", .because = OF_RANGE},
    {"display", .because = OF_RANGE},       {"image", .because = OF_RANGE},
    {"label", .because = OF_RANGE},         {"param_name", .get = end_get_param},
    {"swatch", .because = OF_RANGE},        {"url_to_add", .get = end_get_link},
    {"url_to_remove", .get = end_get_link}, {"value", .get = end_get_value},
};
static const struct theme_kind price_end_kind = {.name = "filter_value", THEME_PROPS(end_props)};

// ---- filter

static struct liquid_value value_self(struct facet_value *v, struct arena *a) {
    if (v->self.type == LIQUID_NIL) v->self = theme_object(a, &filter_value_kind, v);
    return v->self;
}

enum which { ALL, ACTIVE, INACTIVE };
static struct liquid_value values_where(struct facet *x, struct arena *a, enum which w) {
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, x->values.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < x->values.n; i++) {
        struct facet_value *v = x->values.v[i];
        bool taken = w == ALL || v->active == (w == ACTIVE);
        bool there = v->seen || v->active || x->kind == FACET_AVAILABLE;
        if (taken && there) items[n++] = value_self(v, a);
    }
    return liquid_array(items, n);
}

static struct liquid_value price_end(struct facet *x, struct arena *a, bool low) {
    if (x->kind != FACET_PRICE) return liquid_nil();
    struct price_end *e = ARENA_NEW(a, struct price_end);
    *e = (struct price_end){x, low};
    return theme_object(a, &price_end_kind, e);
}

static struct liquid_value remove_link(struct facet *x, struct arena *a) {
    struct str none = {0};
    return liquid_text(facet_url(x->filters, a, x->param, none, none, none));
}

static struct liquid_value list_word(const struct facet *x, const char *word) {
    return x->kind == FACET_PRICE ? liquid_nil() : liquid_text(str_c(word));
}

// clang-format off
#define FACET struct facet
GOODS_GET(filter_active, FACET, values_where(x, a, ACTIVE))
GOODS_GET(filter_inactive, FACET, values_where(x, a, INACTIVE))
GOODS_GET(filter_label, FACET, liquid_text(x->label))
GOODS_GET(filter_max, FACET, price_end(x, a, false))
GOODS_GET(filter_min, FACET, price_end(x, a, true))
GOODS_GET(filter_operator, FACET, list_word(x, "OR"))
GOODS_GET(filter_param, FACET, liquid_text(x->param))
GOODS_GET(filter_presentation, FACET, list_word(x, x->swatches ? "swatch" : "text"))
GOODS_GET(filter_top, FACET, x->kind == FACET_PRICE ? liquid_int(x->top) : liquid_nil())
GOODS_GET(filter_type, FACET, liquid_text(x->kind == FACET_PRICE ? S("price_range") : S("list")))
GOODS_GET(filter_remove, FACET, remove_link(x, a))
GOODS_GET(filter_values, FACET, values_where(x, a, ALL))
// clang-format on
#define NO_BOOLEAN "no filter is of type boolean; availability is a list of two"
static const struct theme_prop filter_props[] = {
    {"active_values", .get = filter_active},
    {"false_value", .because = NO_BOOLEAN},
    {"inactive_values", .get = filter_inactive},
    {"label", .get = filter_label},
    {"max_value", .get = filter_max},
    {"min_value", .get = filter_min},
    {"operator", .get = filter_operator},
    {"param_name", .get = filter_param},
    {"presentation", .get = filter_presentation},
    {"range_max", .get = filter_top},
    {"true_value", .because = NO_BOOLEAN},
    {"type", .get = filter_type},
    {"url_to_remove", .get = filter_remove},
    {"values", .get = filter_values},
};
const struct theme_kind filter_kind = {.name = "filter", THEME_PROPS(filter_props)};

// ---- what values look like

static bool read_swatches(struct goods_filters *f, struct arena *a,
                          struct goods_swatches_rows *rows) {
    size_t n = 0, room = 1;
    for (size_t i = 0; i < f->n; i++) room += f->facets[i]->values.n;
    struct str *texts = ARENA_ARRAY(a, struct str, room);
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; f->facets[i]->kind == FACET_OPTION && k < f->facets[i]->values.n; k++)
            texts[n++] = f->facets[i]->values.v[k]->key;
    if (!n) return true;
    struct goods_swatches_in in = {goods_json_texts(a, texts, n)};
    struct kept_topics topics = {0}; // a new swatch bumps everything
    kept_topic(&topics, "products", 0);
    return kept_all_of(f->page->c, &goods_swatches_query, &in, &topics, rows);
}

static struct facet *facet_of_option(struct goods_filters *f, struct arena *a, struct str name) {
    struct str param = arena_fmt(a, "filter.v.option." STR_FMT, STR_ARG(text_fold(a, name)));
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->facets[i]->param, param)) return f->facets[i];
    return NULL;
}

static void set_swatches(struct goods_filters *f, struct arena *a) {
    struct goods_swatches_rows rows = {0};
    if (!read_swatches(f, a, &rows)) return; // dots are no reason to lose the page
    for (size_t r = 0; r < rows.n; r++) {
        const struct goods_swatches *s = &rows.v[r];
        struct facet *x = facet_of_option(f, a, s->option_name);
        struct facet_value *v = x ? map_get(&x->by_key, s->value) : NULL;
        if (!v) continue;
        struct goods_image image = {
            .picture = {s->hash, s->filename, v->label, s->has_width ? s->width : 0,
                        s->has_height ? s->height : 0},
            .id = s->has_media_id ? s->media_id : 0,
        };
        v->swatch = goods_swatch(f->page, a, s->color, &image);
        x->swatches = true;
    }
}

struct liquid_value goods_filters_array(struct goods_filters *f, struct arena *a) {
    if (!f) return liquid_array(NULL, 0);
    set_swatches(f, a);
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, f->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        if (facet_shown(f->facets[i])) items[n++] = theme_object(a, &filter_kind, f->facets[i]);
    return liquid_array(items, n);
}
