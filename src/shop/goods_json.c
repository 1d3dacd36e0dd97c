// SPDX-License-Identifier: Apache-2.0
// Goods for scripts: products, collections, suggestions, recommendations as JSON.
#include "shop/object/goods_json.h"
#include "core/app.h"
#include "shop/object/search.h"

enum { LISTED = 30, LISTED_MAX = 250, PAGES_MAX = 1000 };

static struct json_writer begin(struct response *rs) {
    response_type(rs, "application/json; charset=utf-8");
    response_header_set(rs, "X-Robots-Tag", S("noindex"));
    return json_writer(&rs->body);
}

static int64_t number(const struct request *rq, const char *name, int64_t otherwise, int64_t max) {
    int64_t n;
    struct str text = request_query(rq, name);
    return str_to_int(text, &n) && n >= 1 && n <= max ? n : otherwise;
}

// ---- one product

static bool one(struct page *p, struct goods_product **out) {
    struct liquid_value product;
    TRY(goods_product(p, request_param(p->rq, "handle"), &product));
    *out = theme_self(product, &product_kind);
    if (!*out) return page_missing(p->c);
    p->rs->cacheable = true;
    return goods_json_load((*out)->batch);
}

bool product_js(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct goods_product *g;
    page_open(&p, c, rq, rs);
    TRY(one(&p, &g));
    struct json_writer w = begin(rs);
    goods_put_ajax(&w, g);
    return true;
}

bool product_json(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct goods_product *g;
    page_open(&p, c, rq, rs);
    TRY(one(&p, &g));
    struct json_writer w = begin(rs);
    json_begin_object(&w);
    json_key(&w, "product");
    goods_put_product(&w, g, true);
    json_end_object(&w);
    return true;
}

// ---- many products: ?limit=, ?page=

static bool put_list(struct page *p, struct goods_listing *l) {
    struct goods_batch *b;
    int64_t total, limit = number(p->rq, "limit", LISTED, LISTED_MAX);
    int64_t page = number(p->rq, "page", 1, PAGES_MAX);
    TRY(goods_listing_read(l, (page - 1) * limit, limit, &b, &total));
    TRY(goods_json_load(b));
    struct json_writer w = begin(p->rs);
    json_begin_object(&w);
    json_key(&w, "products");
    json_begin_array(&w);
    for (size_t i = 0; i < b->n; i++) goods_put_product(&w, &b->v[i], false);
    json_end_array(&w);
    json_end_object(&w);
    p->rs->cacheable = true;
    return true;
}

bool products_json(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    page_open(&p, c, rq, rs);
    struct goods_listing *l = goods_listing_new(&p, S("/products"));
    l->in.by_newest = true;
    return put_list(&p, l);
}

static bool collection_of(struct page *p, struct goods_collection **out) {
    struct liquid_value v;
    TRY(goods_collection(p, request_param(p->rq, "handle"), &v));
    *out = theme_self(v, &collection_kind);
    return *out ? true : page_missing(p->c);
}

bool collection_products_json(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct goods_collection *k;
    page_open(&p, c, rq, rs);
    TRY(collection_of(&p, &k));
    return put_list(&p, goods_collection_list(k)->self);
}

// ---- collections

static bool sized(struct goods_collection *k) {
    struct liquid_value ignored;
    struct ctx *c = k->page->c;
    return liquid_get(c->arena, goods_collection_value(k), S("all_products_count"), &ignored,
                      &c->err);
}

bool collection_json(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct goods_collection *k;
    page_open(&p, c, rq, rs);
    TRY(collection_of(&p, &k));
    TRY(sized(k));
    struct json_writer w = begin(rs);
    json_begin_object(&w);
    json_key(&w, "collection");
    goods_put_collection(&w, k);
    json_end_object(&w);
    rs->cacheable = true;
    return true;
}

bool collections_json(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct goods_shelf *s;
    page_open(&p, c, rq, rs);
    int64_t limit = number(rq, "limit", LISTED, LISTED_MAX);
    int64_t first = (number(rq, "page", 1, PAGES_MAX) - 1) * limit;
    TRY(goods_shelf_read(&p, first, limit, &s));
    if (s->n) TRY(sized(&s->v[0]));
    struct json_writer w = begin(rs);
    json_begin_object(&w);
    json_key(&w, "collections");
    json_begin_array(&w);
    for (size_t i = 0; i < s->n; i++) goods_put_collection(&w, &s->v[i]);
    json_end_array(&w);
    json_end_object(&w);
    rs->cacheable = true;
    return true;
}

// ---- recommendations

static bool asks_section(const struct request *rq) {
    return request_query(rq, "section_id").n || request_query(rq, "sections").n;
}

static bool recommended_json(struct page *p, int64_t product_id) {
    struct goods_batch *b;
    struct str intent = request_query(p->rq, "intent");
    bool related = !intent.n || str_eq(intent, S("related"));
    TRY(goods_beside_product(
        p, product_id,
        related ? number(p->rq, "limit", GOODS_SUGGESTIONS_MAX, GOODS_SUGGESTIONS_MAX) : 0, &b));
    TRY(goods_json_load(b));
    struct json_writer w = begin(p->rs);
    json_begin_object(&w);
    put_text(&w, "intent", related ? S("related") : S("complementary"));
    json_key(&w, "products");
    json_begin_array(&w);
    for (size_t i = 0; i < b->n; i++) goods_put_ajax(&w, &b->v[i]);
    json_end_array(&w);
    json_end_object(&w);
    return true;
}

bool recommendations_answer(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value product, recommendations;
    int64_t id;
    page_open(&p, c, rq, rs);
    if (!str_to_int(request_query(rq, "product_id"), &id))
        return err_set(&c->err, ERR_INVALID, "Say with product_id which product is meant.");
    TRY(goods_product_id(&p, id, &product));
    if (product.type == LIQUID_NIL) return page_missing(c);
    if (!asks_section(rq)) return recommended_json(&p, id);
    TRY(goods_recommendations(&p, &recommendations));
    page_global(&p, "product", product);
    page_global(&p, "recommendations", recommendations);
    return page_render(&p, "product");
}

// ---- suggestions while somebody types

static void put_found_product(struct json_writer *w, struct goods_product *g) {
    struct page *p = g->batch->page;
    struct goods_image *i = theme_self(goods_featured(g), &image_kind);
    int64_t was = g->cheapest ? goods_former_price(g->cheapest) : 0;
    struct str url = i ? goods_url_of(p, &i->picture) : (struct str){0};
    json_begin_object(w);
    put_bool(w, "available", g->available);
    put_text(w, "body", g->details->description);
    put_amount(w, "compare_at_price_max", p, was);
    put_amount(w, "compare_at_price_min", p, was);
    put_text(w, "handle", g->row.handle);
    put_int(w, "id", g->row.id);
    put_or_null(w, "image", url);
    put_amount(w, "price", p, g->price_min);
    put_amount(w, "price_max", p, g->price_max);
    put_amount(w, "price_min", p, g->price_min);
    json_key(w, "tags");
    json_begin_array(w);
    for (size_t k = 0; k < g->fact_count; k++)
        if (!g->facts[k].name.n) json_put_str(w, g->facts[k].value);
    json_end_array(w);
    put_text(w, "title", g->row.title);
    put_text(w, "type", g->row.kind);
    put_text(w, "url", goods_product_url(g, w->out->arena));
    put_raw(w, "variants", "[]");
    put_text(w, "vendor", g->row.vendor);
    json_key(w, "featured_image");
    json_begin_object(w);
    put_or_null(w, "alt", i ? i->picture.alt : S(""));
    put_int(w, "height", i ? i->picture.height : 0);
    put_or_null(w, "url", url);
    put_int(w, "width", i ? i->picture.width : 0);
    json_end_object(w);
    json_end_object(w);
}

// Collections, pages and articles: by the properties of their objects.
static bool put_found(struct page *p, struct json_writer *w, const char *key,
                      struct liquid_value all) {
    static const char *const names[] = {"id", "handle", "title", "url"};
    json_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < all.n; i++) {
        json_begin_object(w);
        for (size_t k = 0; k < ARRAY_LEN(names); k++) {
            struct liquid_value v;
            struct buf b = buf_new(p->c->arena, 0);
            TRY(liquid_get(p->c->arena, all.items[i], str_c(names[k]), &v, &p->c->err));
            liquid_json(&b, p->c->arena, v);
            json_key(w, names[k]);
            json_put_raw(w, buf_str(&b));
        }
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

static bool suggested_json(struct page *p) {
    struct goods_suggestions s;
    TRY(goods_suggest(p, &s));
    if (s.products) TRY(goods_json_load(s.products));
    struct json_writer w = begin(p->rs);
    json_begin_object(&w);
    json_key(&w, "resources");
    json_begin_object(&w);
    json_key(&w, "results");
    json_begin_object(&w);
    put_raw(&w, "queries", "[]");
    json_key(&w, "products");
    json_begin_array(&w);
    for (size_t i = 0; s.products && i < s.products->n; i++)
        put_found_product(&w, &s.products->v[i]);
    json_end_array(&w);
    TRY(put_found(p, &w, "collections", s.collections));
    TRY(put_found(p, &w, "pages", s.pages));
    TRY(put_found(p, &w, "articles", s.articles));
    json_end_object(&w);
    json_end_object(&w);
    json_end_object(&w);
    return true;
}

bool suggest_answer(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value search, found;
    page_open(&p, c, rq, rs);
    if (!asks_section(rq)) return suggested_json(&p);
    TRY(goods_search(&p, &search));
    TRY(goods_predictive(&p, &found));
    page_global(&p, "search", search);
    page_global(&p, "predictive_search", found);
    return page_render(&p, "search");
}
