// SPDX-License-Identifier: Apache-2.0
// Products that were found together: their rows, and the parts that are read for all of them at
// once. Rows of a part come sorted by product, so each product keeps a slice.
#include <stdlib.h>

#include "core/app.h"
#include "core/kept.h"
#include "shop/object/goods_private.h"

struct goods *goods_of(struct page *p) {
    if (!p->goods) p->goods = ARENA_NEW(p->c->arena, struct goods);
    return p->goods;
}

struct str goods_lang(struct page *p) {
    return p->c->lang == lang_first(p->c) ? (struct str){0} : lang_of(p->c);
}

bool goods_failed(struct page *p, struct err *err) {
    if (err != &p->c->err) *err = p->c->err;
    return false;
}

struct str goods_json_ids(struct arena *a, const int64_t *ids, size_t n) {
    struct buf b = buf_new(a, 0);
    buf_char(&b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i) buf_char(&b, ',');
        buf_int(&b, ids[i]);
    }
    buf_char(&b, ']');
    return buf_str(&b);
}

struct str goods_json_texts(struct arena *a, const struct str *v, size_t n) {
    struct buf b = buf_new(a, 0);
    struct json_writer w = json_writer(&b);
    json_begin_array(&w);
    for (size_t i = 0; i < n; i++) json_put_str(&w, v[i]);
    json_end_array(&w);
    return buf_str(&b);
}

static int by_id(const void *x, const void *y) {
    int64_t a = (*(struct goods_product *const *)x)->row.id,
            b = (*(struct goods_product *const *)y)->row.id;
    return (a > b) - (a < b);
}

struct goods_product *goods_in(struct goods_batch *b, int64_t product_id) {
    size_t low = 0, high = b->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (b->by_id[mid]->row.id == product_id) return b->by_id[mid];
        if (b->by_id[mid]->row.id < product_id)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static void index_batch(struct goods_batch *b) {
    struct arena *a = b->page->c->arena;
    int64_t *ids = ARENA_ARRAY(a, int64_t, b->n + 1);
    b->by_id = ARENA_ARRAY(a, struct goods_product *, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        b->by_id[i] = &b->v[i];
        ids[i] = b->v[i].row.id;
        page_topic(b->page, "product", ids[i]);
    }
    if (b->n > 1) qsort(b->by_id, b->n, sizeof *b->by_id, by_id);
    b->ids = goods_json_ids(a, ids, b->n);
}

static struct goods_batch *new_batch(struct page *p, size_t n) {
    struct currency cur = shop_currency(p->c);
    struct goods_batch *b = ARENA_NEW(p->c->arena, struct goods_batch);
    b->page = p;
    b->v = ARENA_ARRAY(p->c->arena, struct goods_product, n + 1);
    b->currency = arena_str(p->c->arena, currency_str(&cur));
    return b;
}

static void take_row(struct goods_batch *b, const struct goods_rows *row) {
    b->v[b->n++] = (struct goods_product){.batch = b, .row = *row};
}

static void topics_of(struct kept_topics *t, const int64_t *ids, size_t n) {
    for (size_t i = 0; i < n; i++) kept_topic(t, "product", ids[i]);
}

bool goods_batch_of_ids(struct page *p, const int64_t *ids, size_t n, bool any_status,
                        struct goods_batch **out) {
    struct goods_rows_rows rows = {0};
    struct goods_rows_in in = {.lang = goods_lang(p),
                               .ids = goods_json_ids(p->c->arena, ids, n),
                               .has_ids = true,
                               .any_status = any_status};
    struct goods_batch *b = *out = new_batch(p, n);
    struct kept_topics topics = {0};
    topics_of(&topics, ids, n);
    b->also_inactive = any_status;
    if (n) TRY(kept_all_of(p->c, &goods_rows_query, &in, &topics, &rows));
    bool *taken = ARENA_ARRAY(p->c->arena, bool, rows.n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rows.n; k++)
            if (!taken[k] && rows.v[k].id == ids[i]) {
                taken[k] = true; // once each
                take_row(b, &rows.v[k]);
                break;
            }
    index_batch(b);
    return true;
}

bool goods_batch_of_handles(struct page *p, const struct str *handles, size_t n,
                            struct goods_batch **out) {
    struct goods_rows_rows rows = {0};
    struct goods_rows_in in = {.lang = goods_lang(p)};
    if (n == 1)
        in.handle = handles[0], in.has_handle = true;
    else
        in.handles = goods_json_texts(p->c->arena, handles, n), in.has_handles = true;
    struct goods_batch *b = *out = new_batch(p, n);
    struct kept_topics topics = {0};
    kept_topic(&topics, "products", 0);
    if (n) TRY(kept_all_of(p->c, &goods_rows_query, &in, &topics, &rows));
    bool *taken = ARENA_ARRAY(p->c->arena, bool, rows.n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rows.n; k++)
            if (!taken[k] && str_eq(rows.v[k].handle, handles[i])) {
                taken[k] = true;
                take_row(b, &rows.v[k]);
                break;
            }
    index_batch(b);
    return true;
}

struct liquid_value goods_batch_array(struct goods_batch *b) {
    struct liquid_value *v = ARENA_ARRAY(b->page->c->arena, struct liquid_value, b->n + 1);
    for (size_t i = 0; i < b->n; i++) v[i] = goods_product_value(&b->v[i]);
    return liquid_array(v, b->n);
}

// Each product's slice of rows that are sorted by product_id.
#define SLICES(b, rows, member, count)                                                             \
    for (size_t i = 0, k; i < (rows).n; i = k) {                                                   \
        struct goods_product *g = goods_in((b), (rows).v[i].product_id);                           \
        for (k = i; k < (rows).n && (rows).v[k].product_id == (rows).v[i].product_id;) k++;        \
        if (!g) continue;                                                                          \
        g->member = &(rows).v[i];                                                                  \
        g->count = k - i;                                                                          \
    }

// A write to one of the products forgets what was kept of it.
static bool read_part(struct goods_batch *b, const struct db_query *q, const void *in,
                      void *rows_out) {
    struct kept_topics topics = {0};
    for (size_t i = 0; i < b->n; i++) kept_topic(&topics, "product", b->v[i].row.id);
    return kept_all_of(b->page->c, q, in, &topics, rows_out);
}

static bool load_details(struct goods_batch *b) {
    struct goods_details_rows rows = {0};
    struct goods_details_in in = {.lang = goods_lang(b->page), .ids = b->ids};
    TRY(read_part(b, &goods_details_query, &in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct goods_product *g = goods_in(b, rows.v[i].id);
        if (g) g->details = &rows.v[i];
    }
    static const struct goods_details gone; // deleted since its row was read
    for (size_t i = 0; i < b->n; i++)
        if (!b->v[i].details) b->v[i].details = &gone;
    return true;
}

bool goods_sold(const struct goods_variants *v) {
    return v->active && (!v->has_on_hand || !v->tracked || v->backorder || v->on_hand > 0);
}

static void tell_prices(struct goods_product *g) {
    for (size_t i = 0; i < g->variant_count; i++) {
        struct goods_variant *v = &g->variants[i];
        if (g->asked_variant == v->row->id) g->asked = v;
        if (!v->row->active) continue;
        if (!g->cheapest || v->row->price < g->price_min) {
            g->price_min = v->row->price;
            g->cheapest = v;
        }
        if (v->row->price > g->price_max) g->price_max = v->row->price;
        if (!g->first && goods_sold(v->row)) g->first = v;
    }
    g->available = g->first != NULL;
    g->chosen = g->asked ? g->asked : g->first ? g->first : g->cheapest;
    if (!g->asked && !g->first && g->variant_count) g->chosen = &g->variants[0];
}

static bool load_variants(struct goods_batch *b) {
    struct goods_variants_rows rows = {0};
    struct ctx *c = b->page->c;
    struct goods_variants_in in = {b->currency, b->ids, b->also_inactive};
    TRY(read_part(b, &goods_variants_query, &in, &rows));
    struct goods_variant *all = ARENA_ARRAY(c->arena, struct goods_variant, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        struct goods_product *g = goods_in(b, rows.v[i].product_id);
        if (!g) continue;
        all[i] = (struct goods_variant){.product = g, .row = &rows.v[i]};
        if (!g->variants) g->variants = &all[i];
        g->variant_count++;
    }
    for (size_t i = 0; i < b->n; i++) tell_prices(&b->v[i]);
    return true;
}

static bool load_options(struct goods_batch *b) {
    struct goods_options_rows rows = {0};
    struct goods_options_in in = {.lang = goods_lang(b->page), .ids = b->ids};
    TRY(read_part(b, &goods_options_query, &in, &rows));
    SLICES(b, rows, options, option_count)
    return true;
}

static bool load_media(struct goods_batch *b) {
    struct goods_media_rows rows = {0};
    struct goods_media_in in = {.lang = goods_lang(b->page), .ids = b->ids};
    TRY(read_part(b, &goods_media_query, &in, &rows));
    SLICES(b, rows, media, media_count)
    return true;
}

static bool load_facts(struct goods_batch *b) {
    struct goods_facts_rows rows = {0};
    struct goods_facts_in in = {.lang = goods_lang(b->page), .ids = b->ids};
    TRY(read_part(b, &goods_facts_query, &in, &rows));
    SLICES(b, rows, facts, fact_count)
    return true;
}

static bool load_badges(struct goods_batch *b) {
    struct goods_badge_ids_rows rows = {0};
    struct goods_badge_ids_in in = {b->ids};
    TRY(read_part(b, &goods_badge_ids_query, &in, &rows));
    SLICES(b, rows, badges, badge_count)
    return true;
}

static bool load_memberships(struct goods_batch *b) {
    struct goods_memberships_rows rows = {0};
    struct goods_memberships_in in = {b->ids};
    TRY(read_part(b, &goods_memberships_query, &in, &rows));
    SLICES(b, rows, memberships, membership_count)
    return true;
}

bool goods_load(struct goods_product *g, enum goods_part part, struct err *err) {
    struct goods_batch *b = g->batch;
    if (b->loaded & (unsigned)part) return true;
    bool ok = part == GOODS_DETAILS        ? load_details(b)
              : part == GOODS_VARIANTS     ? load_variants(b)
              : part == GOODS_OPTIONS_READ ? load_options(b)
              : part == GOODS_MEDIA        ? load_media(b)
              : part == GOODS_FACTS        ? load_facts(b)
              : part == GOODS_BADGES       ? load_badges(b)
                                           : load_memberships(b);
    if (!ok) return goods_failed(b->page, err);
    b->loaded |= (unsigned)part;
    return true;
}
