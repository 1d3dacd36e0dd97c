// SPDX-License-Identifier: Apache-2.0
// Goods by what names them: handles, ids, the address of a page.
#include "core/app.h"
#include "shop/object/listing.h"

static struct liquid_value first_of(struct goods_batch *b) {
    return b->n ? goods_product_value(&b->v[0]) : liquid_nil();
}

bool goods_product(struct page *p, struct str handle, struct liquid_value *out) {
    struct goods *g = goods_of(p);
    struct liquid_value *known = map_get(&g->products, handle);
    struct goods_batch *b;
    if (!known) {
        known = ARENA_NEW(p->c->arena, struct liquid_value);
        TRY(goods_batch_of_handles(p, &handle, 1, &b));
        *known = first_of(b);
        map_set(p->c->arena, &g->products, arena_str(p->c->arena, handle), known);
    }
    *out = *known;
    return true;
}

bool goods_product_id(struct page *p, int64_t id, struct liquid_value *out) {
    struct goods_batch *b;
    TRY(goods_batch_of_ids(p, &id, 1, false, &b));
    *out = first_of(b);
    return true;
}

bool goods_products(struct page *p, const struct str *handles, size_t n,
                    struct liquid_value *array_out) {
    struct goods_batch *b;
    TRY(goods_batch_of_handles(p, handles, n, &b));
    *array_out = goods_batch_array(b);
    return true;
}

bool goods_variants(struct page *p, const int64_t *ids, size_t n, struct liquid_value *array_out) {
    struct arena *a = p->c->arena;
    struct liquid_value *out = ARENA_ARRAY(a, struct liquid_value, n + 1);
    struct goods_variant_products_rows rows = {0};
    struct goods_variant_products_in in = {goods_json_ids(a, ids, n)};
    struct goods_batch *b = NULL;
    *array_out = liquid_array(out, n);
    if (!n) return true;
    TRY(goods_variant_products_all(&p->c->db, &in, &rows));
    int64_t *products = ARENA_ARRAY(a, int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) products[i] = rows.v[i].product_id;
    TRY(goods_batch_of_ids(p, products, rows.n, true, &b));
    if (b->n) TRY(goods_load(&b->v[0], GOODS_VARIANTS, &p->c->err));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < b->n; k++)
            for (size_t m = 0; m < b->v[k].variant_count; m++)
                if (b->v[k].variants[m].row->id == ids[i])
                    out[i] = goods_variant_value(&b->v[k].variants[m]);
    return true;
}

bool goods_variant_id(struct page *p, int64_t id, struct liquid_value *out) {
    struct liquid_value one;
    TRY(goods_variants(p, &id, 1, &one));
    *out = one.items[0];
    return true;
}

int64_t goods_product_number(struct liquid_value product) {
    struct goods_product *g = theme_self(product, &product_kind);
    return g ? g->row.id : 0;
}

struct liquid_value goods_product_of(struct liquid_value variant) {
    struct goods_variant *v = theme_self(variant, &variant_kind);
    return v ? goods_product_value(v->product) : liquid_nil();
}

static bool products_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                           struct err *err) {
    (void)a;
    return goods_product(self, key, out) || goods_failed(self, err);
}
const struct theme_kind all_products_kind = {.name = "all_products", .other = products_other};
struct liquid_value goods_all_products(struct page *p) {
    struct goods *g = goods_of(p);
    if (g->all_products.type == LIQUID_NIL)
        g->all_products = theme_object(p->c->arena, &all_products_kind, p);
    return g->all_products;
}

// ---- the product of a product page

// ?option_values=12,34 names a variant by its values, as scripts of themes do.
static int64_t variant_by_values(struct goods_product *g, struct str values) {
    struct str one;
    int64_t asked[GOODS_OPTIONS] = {0};
    size_t n = 0;
    while (n < GOODS_OPTIONS && str_split(&values, ',', &one))
        if (!str_to_int(one, &asked[n++])) return 0;
    for (size_t i = 0; n && i < g->variant_count; i++) {
        const struct goods_variants *v = g->variants[i].row;
        size_t same = 0;
        for (size_t k = 0; k < n; k++) same += goods_value_id(v, (int64_t)k + 1) == asked[k];
        if (v->active && same == n) return v->id;
    }
    return 0;
}

static void choose(struct goods_product *g, int64_t variant_id) {
    for (size_t i = 0; i < g->variant_count; i++)
        if (g->variants[i].row->id == variant_id) g->asked = g->chosen = &g->variants[i];
}

bool goods_product_page(struct page *p, struct str handle, struct liquid_value *out,
                        bool *found_out) {
    struct str wanted = request_query(p->rq, "variant");
    struct str values = request_query(p->rq, "option_values");
    int64_t id = 0;
    *found_out = true;
    TRY(goods_product(p, handle, out));
    struct goods_product *g = theme_self(*out, &product_kind);
    if (!g || (!wanted.n && !values.n)) return true;
    TRY(goods_load(g, GOODS_VARIANTS, &p->c->err));
    if (wanted.n && (!str_to_int(wanted, &id) || id <= 0)) return *found_out = false, true;
    if (!id) id = variant_by_values(g, values);
    choose(g, id);
    *found_out = !wanted.n || g->asked != NULL;
    return true;
}

// What a page says of itself.
struct goods_told goods_told(struct liquid_value v) {
    struct goods_collection *k = theme_self(v, &collection_kind);
    if (k)
        return (struct goods_told){k->row.id, k->row.seo_title.n ? k->row.seo_title : k->row.title,
                                   k->row.seo_description.n ? k->row.seo_description
                                                            : k->row.description,
                                   k->row.title, k->path};
    struct goods_product *g = theme_self(v, &product_kind);
    if (!g || !goods_load(g, GOODS_DETAILS, &g->batch->page->c->err)) return (struct goods_told){0};
    const struct goods_details *d = g->details;
    return (struct goods_told){g->row.id, d->seo_title.n ? d->seo_title : g->row.title,
                               d->seo_description.n ? d->seo_description : d->description,
                               g->row.title,
                               goods_path(g->batch->page->c->arena, "/products/", g->row.handle)};
}

void goods_around(struct liquid_value collection, struct liquid_value product) {
    struct goods_collection *k = theme_self(collection, &collection_kind);
    if (k) k->around = goods_product_number(product);
}

bool goods_has_page(struct page *p, struct liquid_value collection, int64_t page, bool *out) {
    struct goods_collection *k = theme_self(collection, &collection_kind);
    int64_t total = 0;
    *out = page <= 1;
    if (!k || *out) return true;
    TRY(goods_collection_total(k, p->c->arena, true, &total, &p->c->err));
    *out = page <= total;
    return true;
}
