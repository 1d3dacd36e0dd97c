// SPDX-License-Identifier: Apache-2.0
// Filters, by reading every variant of the listing once: which products fit what is asked, and how
// many would fit if one more value were asked. Values of one facet are alternatives, facets narrow
// each other; what is asked of variants must hold for one and the same variant.
#include <stdlib.h>

#include "core/app.h"
#include "core/kept.h"
#include "shop/object/filter_private.h"

enum { ROWS_MAX = 60000, VALUES_MAX = 90000 };
#define PARAM "filter."

bool goods_filters_asked(const struct request *rq) {
    for (size_t i = 0; rq && i < rq->query.n; i++)
        if (str_starts(rq->query.v[i].name, S(PARAM)) && rq->query.v[i].value.n) return true;
    return false;
}

// ---- what the address asks

static struct str param_key(struct arena *a, struct str name) {
    struct str prefix = S("filter.v.option.");
    if (!str_starts(name, prefix)) return name;
    return arena_fmt(a, STR_FMT STR_FMT, STR_ARG(prefix),
                     STR_ARG(text_fold(a, str_from(name, prefix.n))));
}

static bool is_asked(const struct facet *f, struct str key) {
    const struct http_pairs *q = &f->filters->page->rq->query;
    struct arena *a = f->filters->page->c->arena;
    for (size_t i = 0; i < q->n; i++)
        if (str_starts(q->v[i].name, S(PARAM)) && q->v[i].value.n &&
            (!key.p || str_eq(q->v[i].value, key)) && str_eq(param_key(a, q->v[i].name), f->param))
            return true;
    return false;
}

static int64_t price_asked(const struct goods_filters *f, const char *param) {
    struct str text = request_query(f->page->rq, param);
    struct money m;
    if (!text.n || !money_parse(text, shop_currency(f->page->c), &m) || m.minor < 0) return -1;
    return m.minor;
}

static struct facet *add_facet(struct goods_filters *f, enum facet_kind kind, struct str param,
                               struct str label) {
    if (f->n == GOODS_FACETS_MAX) return NULL;
    struct facet *x = ARENA_NEW(f->page->c->arena, struct facet);
    *x = (struct facet){.filters = f,
                        .kind = kind,
                        .param = param,
                        .label = label,
                        .bit = UINT64_C(1) << f->n,
                        .low = -1,
                        .high = -1};
    f->facets[f->n++] = x;
    if (kind == FACET_PRICE) {
        x->low = price_asked(f, "filter.v.price.gte");
        x->high = price_asked(f, "filter.v.price.lte");
        x->asked = x->low >= 0 || x->high >= 0;
    } else {
        x->asked = is_asked(x, (struct str){0});
    }
    if (x->asked) f->asked |= x->bit;
    if (x->asked && kind == FACET_OPTION) f->of_options = true;
    return x;
}

static struct facet_value *value_in(struct facet *f, struct str key, struct str label) {
    struct arena *a = f->filters->page->c->arena;
    struct facet_value *v = map_get(&f->by_key, key);
    if (v) return v;
    v = ARENA_NEW(a, struct facet_value);
    *v = (struct facet_value){.facet = f, .key = key, .label = label};
    v->active = f->asked && is_asked(f, key);
    map_set(a, &f->by_key, key, v);
    *VEC_PUSH(a, &f->values) = v;
    return v;
}

static void add_fixed(struct goods_filters *f) {
    struct ctx *c = f->page->c;
    f->available = add_facet(f, FACET_AVAILABLE, S("filter.v.availability"),
                             tr(c, "shop.filter.availability"));
    value_in(f->available, S("1"), tr(c, "shop.filter.in_stock"));
    value_in(f->available, S("0"), tr(c, "shop.filter.out_of_stock"));
    f->price = add_facet(f, FACET_PRICE, S("filter.v.price"), tr(c, "shop.filter.price"));
    f->type = add_facet(f, FACET_TYPE, S("filter.p.product_type"), tr(c, "shop.filter.type"));
    f->vendor = add_facet(f, FACET_VENDOR, S("filter.p.vendor"), tr(c, "shop.filter.vendor"));
}

// What a search found is asked for once; what a collection holds, again and again.
static bool read_kept(struct goods_filters *f, const struct db_query *q, const void *in,
                      void *rows_out) {
    struct ctx *c = f->page->c;
    struct kept_topics topics = {0};
    if (f->listing->in.has_w1) return db_query_all(&c->db, q, in, rows_out);
    kept_topic(&topics, "products", 0);
    kept_topic(&topics, "prices", 0);
    kept_topic(&topics, "stock", 0);
    kept_topic(&topics, "collection", f->listing->in.collection_id);
    return kept_all_of(c, q, in, &topics, rows_out);
}

// ---- options: every product has its own; those of one name are one facet

static struct facet *option_facet(struct goods_filters *f, struct map *by_name,
                                  const struct goods_facet_values *r) {
    struct arena *a = f->page->c->arena;
    struct facet *x = map_get(by_name, r->name);
    if (x) return x;
    struct str param = arena_fmt(a, "filter.v.option." STR_FMT, STR_ARG(text_fold(a, r->name)));
    for (size_t i = 0; i < f->n && !x; i++)
        if (str_eq(f->facets[i]->param, param)) x = f->facets[i];
    if (!x) x = add_facet(f, FACET_OPTION, param, r->name_told.n ? r->name_told : r->name);
    if (x) map_set(a, by_name, r->name, x);
    return x;
}

static int by_value_id(const void *x, const void *y) {
    int64_t a = ((const struct facet_ref *)x)->value_id,
            b = ((const struct facet_ref *)y)->value_id;
    return (a > b) - (a < b);
}

static bool read_options(struct goods_filters *f) {
    const struct goods_list_in *in = &f->listing->in;
    struct goods_facet_values_rows rows = {0};
    struct goods_facet_values_in ask = {.lang = goods_lang(f->page),
                                        .collection_id = in->collection_id,
                                        .has_collection_id = in->has_collection_id,
                                        .vendor = in->vendor,
                                        .has_vendor = in->has_vendor,
                                        .kind = in->kind,
                                        .has_kind = in->has_kind,
                                        .max = VALUES_MAX};
    struct map by_name = {0};
    TRY(read_kept(f, &goods_facet_values_query, &ask, &rows));
    f->refs = ARENA_ARRAY(f->page->c->arena, struct facet_ref, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const struct goods_facet_values *r = &rows.v[i];
        struct facet *x = option_facet(f, &by_name, r);
        if (!x) continue;
        struct facet_value *v = value_in(x, r->value, r->value_told.n ? r->value_told : r->value);
        f->refs[f->ref_count++] = (struct facet_ref){r->value_id, v};
    }
    if (f->ref_count > 1) qsort(f->refs, f->ref_count, sizeof *f->refs, by_value_id);
    return true;
}

static struct facet_value *ref_find(const struct goods_filters *f, int64_t value_id) {
    size_t low = 0, high = f->ref_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (f->refs[mid].value_id == value_id) return f->refs[mid].value;
        if (f->refs[mid].value_id < value_id)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

// ---- every variant

enum { VALUES_OF_ROW = GOODS_OPTIONS + 3 };
struct row_values {
    struct facet_value *v[VALUES_OF_ROW];
    size_t n;
};

static void put(struct row_values *o, struct facet_value *v) {
    if (v && o->n < VALUES_OF_ROW) o->v[o->n++] = v;
}

static void values_of(struct goods_filters *f, const struct goods_facets *r, struct row_values *o) {
    const int64_t ids[GOODS_OPTIONS] = {r->value1, r->value2, r->value3, r->value4, r->value5};
    o->n = 0;
    put(o, f->available->values.v[r->sold ? 0 : 1]);
    if (r->vendor.n) put(o, value_in(f->vendor, r->vendor, r->vendor));
    if (r->kind.n) put(o, value_in(f->type, r->kind, r->kind));
    for (size_t i = 0; i < GOODS_OPTIONS && ids[i]; i++) put(o, ref_find(f, ids[i]));
}

// Bits of the facets asked for that this variant does not fit.
static uint64_t misses(const struct goods_filters *f, const struct goods_facets *r,
                       const struct row_values *o) {
    uint64_t miss = f->asked;
    const struct facet *price = f->price;
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i]->active) miss &= ~o->v[i]->facet->bit;
    bool fits =
        (price->low < 0 || r->price >= price->low) && (price->high < 0 || r->price <= price->high);
    return fits ? miss & ~price->bit : miss;
}

static void count_row(struct goods_filters *f, size_t i) {
    const struct goods_facets *r = &f->rows.v[i];
    struct row_values o;
    values_of(f, r, &o);
    uint64_t miss = misses(f, r, &o);
    if (r->price > f->price->top) f->price->top = r->price;
    for (size_t k = 0; k < o.n; k++) {
        struct facet_value *v = o.v[k];
        v->seen = true;
        if ((miss & ~v->facet->bit) || v->last_product == r->product_id) continue;
        v->last_product = r->product_id;
        v->count++;
    }
    f->pass[i] = !miss;
    if (!miss && (!f->id_count || f->ids[f->id_count - 1] != r->product_id))
        f->ids[f->id_count++] = r->product_id;
}

static bool read_rows(struct goods_filters *f) {
    const struct goods_list_in *in = &f->listing->in;
    struct goods_facets_in ask = {
        in->currency,
        in->collection_id,
        in->has_collection_id,
        in->vendor,
        in->has_vendor,
        in->kind,
        in->has_kind,
        in->tags,
        in->has_tags,
        in->tag_count,
        in->w1,
        in->has_w1,
        in->w2,
        in->has_w2,
        in->w3,
        in->has_w3,
        in->w4,
        in->has_w4,
        in->w5,
        in->has_w5,
        ROWS_MAX,
    };
    TRY(read_kept(f, &goods_facets_query, &ask, &f->rows));
    f->pass = ARENA_ARRAY(f->page->c->arena, bool, f->rows.n + 1);
    f->ids = ARENA_ARRAY(f->page->c->arena, int64_t, f->rows.n + 1);
    for (size_t i = 0; i < f->rows.n; i++) count_row(f, i);
    for (size_t i = 0; i < f->n; i++) facet_sort(f->page, f->facets[i]);
    page_topic(f->page, "products", 0);
    page_topic(f->page, "prices", 0);
    if (f->available->asked) page_topic(f->page, "stock", 0);
    return true;
}

bool goods_filters_read(struct goods_listing *l, struct err *err) {
    if (l->filters_read) return true;
    struct goods_filters *f = ARENA_NEW(l->page->c->arena, struct goods_filters);
    *f = (struct goods_filters){.page = l->page, .listing = l};
    add_fixed(f);
    if (!read_options(f) || !read_rows(f)) return goods_failed(l->page, err);
    l->filters_read = true;
    if (f->rows.n < ROWS_MAX) l->filters = f; // more: nothing can be filtered here
    return true;
}

// ---- what came of it

bool goods_filters_active(const struct goods_filters *f) { return f->asked != 0; }

struct str goods_filters_ids(const struct goods_filters *f) {
    return goods_json_ids(f->page->c->arena, f->ids, f->id_count);
}

static size_t first_row(const struct goods_filters *f, int64_t product_id) {
    size_t low = 0, high = f->rows.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (f->rows.v[mid].product_id < product_id)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

int64_t goods_filters_variant(const struct goods_filters *f, int64_t product_id) {
    if (!f->of_options) return 0;
    for (size_t i = first_row(f, product_id); i < f->rows.n; i++) {
        if (f->rows.v[i].product_id != product_id) break;
        if (f->pass[i]) return f->rows.v[i].variant_id;
    }
    return 0;
}

bool goods_filters_pass(const struct goods_filters *f, int64_t product_id, int64_t variant_id) {
    for (size_t i = first_row(f, product_id); i < f->rows.n; i++) {
        if (f->rows.v[i].product_id != product_id) break;
        if (f->rows.v[i].variant_id == variant_id) return f->pass[i];
    }
    return false;
}
