// SPDX-License-Identifier: Apache-2.0
// Collections as themes see them. What the address says (order, filters, tags) holds for the
// collection of the page only.
#include <stdlib.h>

#include "core/app.h"
#include "core/kept.h"
#include "shop/object/listing.h"

static struct liquid_value value_of(struct goods_collection *k) {
    if (k->self.type == LIQUID_NIL) k->self = theme_object(k->page->c->arena, &collection_kind, k);
    return k->self;
}

static struct goods_shelf *shelf_of_rows(struct page *p,
                                         const struct goods_collection_rows_rows *rows) {
    struct arena *a = p->c->arena;
    struct goods_shelf *s = ARENA_NEW(a, struct goods_shelf);
    int64_t *ids = ARENA_ARRAY(a, int64_t, rows->n + 1);
    *s = (struct goods_shelf){.page = p, .n = rows->n};
    s->v = ARENA_ARRAY(a, struct goods_collection, rows->n + 1);
    for (size_t i = 0; i < rows->n; i++) {
        const struct goods_collection_rows *r = &rows->v[i];
        s->v[i] = (struct goods_collection){.page = p, .shelf = s, .row = *r};
        s->v[i].path = goods_path(a, "/collections/", r->handle);
        ids[i] = r->id;
        page_topic(p, "collection", r->id);
    }
    s->ids = goods_json_ids(a, ids, rows->n);
    return s;
}

static void told(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    const struct goods_collection_rows *r = rows->v;
    (void)self;
    kept_topic(out, "collections", 0);
    for (size_t i = 0; i < rows->n; i++) kept_topic(out, "collection", r[i].id);
}

static bool read_shelf(struct page *p, struct goods_collection_rows_in in,
                       struct goods_shelf **out) {
    struct goods_collection_rows_rows rows = {0};
    in.lang = goods_lang(p);
    if (!in.count) in.count = GOODS_COLLECTIONS_MAX;
    TRY(kept_all(p->c, &goods_collection_rows_query, &in, told, NULL, &rows));
    *out = shelf_of_rows(p, &rows);
    return true;
}

bool goods_shelf_read(struct page *p, int64_t first, int64_t count, struct goods_shelf **out) {
    page_topic(p, "collections", 0);
    return read_shelf(p, (struct goods_collection_rows_in){.first = first, .count = count}, out);
}

// Collections that no merchant made: everything, and what ?q= names under vendors and types.
static struct goods_collection *made_up(struct page *p, struct str handle, struct str title) {
    struct goods_collection *k = ARENA_NEW(p->c->arena, struct goods_collection);
    struct goods_shelf *s = ARENA_NEW(p->c->arena, struct goods_shelf);
    *s = (struct goods_shelf){.page = p, .v = k, .n = 1};
    *k = (struct goods_collection){.page = p, .shelf = s};
    k->row.handle = arena_str(p->c->arena, handle);
    k->row.title = title;
    k->row.sort = S("newest");
    k->path = goods_path(p->c->arena, "/collections/", handle);
    return k;
}

static bool find(struct page *p, struct str handle, struct goods_collection **out) {
    struct goods_shelf *s;
    *out = NULL;
    if (str_eq(handle, S("all"))) {
        *out = made_up(p, handle, tr(p->c, "shop.collection.all"));
        return true;
    }
    TRY(read_shelf(p, (struct goods_collection_rows_in){.handle = handle, .has_handle = true}, &s));
    if (s->n) *out = &s->v[0];
    return true;
}

bool goods_collection(struct page *p, struct str handle, struct liquid_value *out) {
    struct goods *g = goods_of(p);
    struct liquid_value *known = map_get(&g->collections, handle);
    struct goods_collection *k;
    if (!known) {
        known = ARENA_NEW(p->c->arena, struct liquid_value);
        TRY(find(p, handle, &k));
        *known = k ? value_of(k) : liquid_nil();
        map_set(p->c->arena, &g->collections, arena_str(p->c->arena, handle), known);
    }
    *out = *known;
    return true;
}

static struct liquid_value shelf_array(struct goods_shelf *s) {
    struct liquid_value *v = ARENA_ARRAY(s->page->c->arena, struct liquid_value, s->n + 1);
    for (size_t i = 0; i < s->n; i++) v[i] = value_of(&s->v[i]);
    return liquid_array(v, s->n);
}

bool goods_collections_of(struct page *p, const struct str *handles, size_t n,
                          struct liquid_value *array_out) {
    struct arena *a = p->c->arena;
    struct goods_shelf *s;
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, n + 1);
    size_t found = 0;
    struct goods_collection_rows_in in = {.handles = goods_json_texts(a, handles, n),
                                          .has_handles = true};
    TRY(read_shelf(p, in, &s));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < s->n; k++)
            if (str_eq(s->v[k].row.handle, handles[i])) v[found++] = value_of(&s->v[k]);
    *array_out = liquid_array(v, found);
    return true;
}

bool goods_collections_by_id(struct page *p, const int64_t *ids, size_t n,
                             struct liquid_value *array_out) {
    struct goods_shelf *s;
    *array_out = liquid_array(NULL, 0);
    if (!n) return true;
    struct goods_collection_rows_in in = {.ids = goods_json_ids(p->c->arena, ids, n),
                                          .has_ids = true};
    TRY(read_shelf(p, in, &s));
    *array_out = shelf_array(s);
    return true;
}

struct goods_collection *goods_collection_find_page(struct page *p, struct str handle, bool *ok) {
    struct goods_collection *k = NULL;
    struct str q = str_utf8_cut(str_trim(request_query(p->rq, "q")), 100);
    bool vendors = str_eq(handle, S("vendors")), types = str_eq(handle, S("types"));
    *ok = true;
    if ((vendors || types) && q.n) {
        k = made_up(p, handle, q);
        *(vendors ? &k->vendor : &k->kind) = q;
        return k;
    }
    *ok = find(p, handle, &k);
    return k;
}

struct liquid_value goods_collection_value(struct goods_collection *k) {
    return value_of(k);
}

struct liquid_value goods_collection_image(struct goods_collection *k) {
    const struct goods_collection_rows *r = &k->row;
    struct goods_image i = {
        .picture = {r->hash, r->filename, r->title, r->has_width ? r->width : 0,
                    r->has_height ? r->height : 0},
        .id = r->media_id,
    };
    if (k->image.type == LIQUID_NIL) k->image = goods_image_value(k->page, &i);
    return k->image;
}

// ---- properties

static bool collection_products(void *self, struct arena *a, struct liquid_value *out,
                                struct err *err) {
    struct goods_collection *k = self;
    (void)err;
    *out = theme_list_value(a, goods_collection_list(k));
    return true;
}

static bool sizes(struct goods_shelf *s, struct err *err) {
    struct goods_collection_sizes_rows rows = {0};
    struct currency cur = shop_currency(s->page->c);
    struct goods_collection_sizes_in in = {s->ids, currency_str(&cur)};
    if (s->sized) return true;
    if (!goods_collection_sizes_all(&s->page->c->db, &in, &rows)) return goods_failed(s->page, err);
    for (size_t i = 0; i < rows.n; i++)
        for (size_t k = 0; k < s->n; k++)
            if (s->v[k].row.id == rows.v[i].collection_id) s->v[k].size = rows.v[i].n;
    s->sized = true;
    page_topic(s->page, "products", 0);
    return true;
}

static bool collection_all_count(void *self, struct arena *a, struct liquid_value *out,
                                 struct err *err) {
    struct goods_collection *k = self;
    int64_t n = 0;
    if (k->row.id) {
        TRY(sizes(k->shelf, err));
        n = k->size;
    } else {
        TRY(goods_collection_total(k, a, false, &n, err));
    }
    *out = liquid_int(n);
    return true;
}

// In the present view: after filters and tags.
static bool collection_count(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    struct goods_collection *k = self;
    int64_t n;
    if (!k->current) return collection_all_count(self, a, out, err);
    TRY(goods_collection_total(k, a, true, &n, err));
    *out = liquid_int(n);
    return true;
}

static bool words(struct goods_collection *k, char kind, struct arena *a, struct liquid_value *out,
                  struct err *err) {
    TRY(goods_collection_words(k, err));
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, k->words.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < k->words.n; i++)
        if (k->words.v[i].kind.p[0] == kind) v[n++] = liquid_text(k->words.v[i].word);
    *out = liquid_array(v, n);
    return true;
}
static bool collection_all_tags(void *self, struct arena *a, struct liquid_value *out,
                                struct err *err) {
    return words(self, 't', a, out, err);
}
static bool collection_all_types(void *self, struct arena *a, struct liquid_value *out,
                                 struct err *err) {
    return words(self, 'k', a, out, err);
}
static bool collection_all_vendors(void *self, struct arena *a, struct liquid_value *out,
                                   struct err *err) {
    return words(self, 'v', a, out, err);
}

static bool neighbour(struct goods_collection *k, bool after, struct liquid_value *out,
                      struct err *err) {
    struct page *p = k->page;
    struct goods_neighbours row;
    bool found;
    *out = liquid_nil();
    if (!k->row.id || !k->around) return true;
    struct goods_neighbours_in in = {k->row.id, k->around};
    if (!goods_neighbours(&p->c->db, &in, &row, &found)) return goods_failed(p, err);
    int64_t id = !found ? 0 : after ? row.after : row.before;
    return !id || goods_product_id(p, id, out) || goods_failed(p, err);
}
static bool collection_next(void *self, struct arena *a, struct liquid_value *out,
                            struct err *err) {
    (void)a;
    return neighbour(self, true, out, err);
}
static bool collection_previous(void *self, struct arena *a, struct liquid_value *out,
                                struct err *err) {
    (void)a;
    return neighbour(self, false, out, err);
}

static bool collection_filters(void *self, struct arena *a, struct liquid_value *out,
                               struct err *err) {
    struct goods_collection *k = self;
    *out = liquid_array(NULL, 0);
    if (!k->current) return true;
    TRY(goods_filters_read(k->listing, err));
    *out = goods_filters_array(k->listing->filters, a);
    return true;
}

static bool collection_template(void *self, struct arena *a, struct liquid_value *out,
                                struct err *err) {
    struct goods_collection *k = self;
    (void)a;
    return page_alternate_value(k->page, "collection", k->row.id, out) ||
           goods_failed(k->page, err);
}

// clang-format off
#define COLLECTION struct goods_collection
GOODS_GET(collection_sort_default, COLLECTION, liquid_text(goods_sort_default(x->row.sort)))
GOODS_GET(collection_description, COLLECTION,
          x->row.description.n ? liquid_html(x->row.description) : liquid_text(S("")))
GOODS_GET(collection_featured, COLLECTION, goods_collection_image(x))
GOODS_GET(collection_handle, COLLECTION, liquid_text(x->row.handle))
GOODS_GET(collection_id, COLLECTION, liquid_int(x->row.id))
GOODS_GET(collection_own_image, COLLECTION,
          x->row.borrowed ? liquid_nil() : goods_collection_image(x))
GOODS_GET(collection_kind_now, COLLECTION, liquid_text(x->kind))
GOODS_GET(collection_vendor_now, COLLECTION, liquid_text(x->vendor))
GOODS_GET(collection_seo_title, COLLECTION, liquid_text(x->row.seo_title))
GOODS_GET(collection_seo_text, COLLECTION, liquid_text(x->row.seo_description))
GOODS_GET(collection_sort_by, COLLECTION,
          x->current ? liquid_text(x->listing->sort_asked) : liquid_nil())
GOODS_GET(collection_sort_options, COLLECTION, goods_sort_options(x->page, a, false))
GOODS_GET(collection_tags, COLLECTION, x->current ? x->listing->tags : liquid_nil())
GOODS_GET(collection_title, COLLECTION, liquid_text(x->row.title))
GOODS_GET(collection_url, COLLECTION, liquid_text(url_local(x->page->c, x->path)))
// clang-format on

static const struct theme_prop collection_props[] = {
    {"all_products_count", .get = collection_all_count},
    {"all_tags", .get = collection_all_tags},
    {"all_types", .get = collection_all_types},
    {"all_vendors", .get = collection_all_vendors},
    {"current_type", .get = collection_kind_now},
    {"current_vendor", .get = collection_vendor_now},
    {"default_sort_by", .get = collection_sort_default},
    {"description", .get = collection_description},
    {"featured_image", .get = collection_featured},
    {"filters", .get = collection_filters},
    {"handle", .get = collection_handle},
    {"id", .get = collection_id},
    {"image", .get = collection_own_image},
    {"metafields", .because = "collections have no attributes"},
    {"next_product", .get = collection_next},
    {"previous_product", .get = collection_previous},
    {"products", .get = collection_products},
    {"products_count", .get = collection_count},
    {"published_at", .because = "a collection is there or not; no date is kept"},
    {"seo_description", .get = collection_seo_text, .own = true},
    {"seo_title", .get = collection_seo_title, .own = true},
    {"sort_by", .get = collection_sort_by},
    {"sort_options", .get = collection_sort_options},
    {"tags", .get = collection_tags},
    {"template_suffix", .get = collection_template},
    {"title", .get = collection_title},
    {"url", .get = collection_url},
};
const struct theme_kind collection_kind = {.name = "collection", THEME_PROPS(collection_props)};

// ---- the global collections: by handle, and a list

static bool collections_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                              struct err *err) {
    (void)a;
    return goods_collection(self, key, out) || goods_failed(self, err);
}

static bool shelf_all(struct page *p, struct goods_shelf **out, struct err *err) {
    struct goods *g = goods_of(p);
    if (!g->shelf && !read_shelf(p, (struct goods_collection_rows_in){0}, &g->shelf))
        return goods_failed(p, err);
    *out = g->shelf;
    page_topic(p, "collections", 0);
    return true;
}

static bool collections_size(void *self, struct arena *a, size_t *out, struct err *err) {
    struct goods_shelf *s;
    (void)a;
    TRY(shelf_all(self, &s, err));
    *out = s->n;
    return true;
}

static bool collections_at(void *self, struct arena *a, int64_t index, struct liquid_value *out,
                           struct err *err) {
    struct goods_shelf *s;
    (void)a;
    TRY(shelf_all(self, &s, err));
    *out = index >= 0 && (size_t)index < s->n ? value_of(&s->v[index]) : liquid_nil();
    return true;
}
const struct theme_kind collections_kind = {.name = "collections",
                                            .other = collections_other,
                                            .size = collections_size,
                                            .at = collections_at};

struct liquid_value goods_collections(struct page *p) {
    struct goods *g = goods_of(p);
    if (g->collection_list.type == LIQUID_NIL)
        g->collection_list = theme_object(p->c->arena, &collections_kind, p);
    return g->collection_list;
}
