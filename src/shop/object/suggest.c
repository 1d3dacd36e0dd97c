// SPDX-License-Identifier: Apache-2.0
// Suggestions while somebody types (predictive search), and products that go with one
// (recommendations). Both are performed on their own addresses only.
#include "core/app.h"
#include "core/kept.h"
#include "shop/object/search.h"

static int64_t limit_of(const struct page *p, const char *name) {
    int64_t n = GOODS_SUGGESTIONS_MAX;
    struct str text = request_query_or_none(p, name);
    if (text.n && (!str_to_int(text, &n) || n < 1 || n > GOODS_SUGGESTIONS_MAX))
        n = GOODS_SUGGESTIONS_MAX;
    return n;
}

static bool suggest_products(struct page *p, const struct goods_words_asked *w, int64_t max,
                             struct goods_batch **out) {
    struct goods_listing *l = goods_listing_new(p, S("/search"));
    struct str unavailable = request_query_or_none(p, "resources[options][unavailable_products]");
    int64_t total;
    goods_list_words(&l->in, w);
    l->in.in_stock_first = !str_eq(unavailable, S("show"));
    l->in.in_stock = str_eq(unavailable, S("hide"));
    return goods_listing_read(l, 0, max, out, &total);
}

static bool suggest_collections(struct page *p, const struct goods_words_asked *w, int64_t max,
                                struct liquid_value *out) {
    struct goods_collections_found_rows rows = {0};
    struct goods_collections_found_in in = {
        lang_of(p->c), w->plain[0], w->plain[1], w->plain_n > 1, w->plain[2], w->plain_n > 2, max,
    };
    TRY(goods_collections_found_all(&p->c->db, &in, &rows));
    int64_t *ids = ARENA_ARRAY(p->c->arena, int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) ids[i] = rows.v[i].id;
    return goods_collections_by_id(p, ids, rows.n, out);
}

static bool suggest_texts(struct page *p, const struct goods_words_asked *w, int64_t max,
                          struct goods_suggestions *out) {
    struct goods_texts_found_rows rows = {0};
    struct list pages = {0}, articles = {0};
    TRY(goods_texts(p, w, GOODS_TEXTS_MAX, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool page = str_eq(rows.v[i].kind, S("page"));
        struct list *l = page ? &pages : &articles;
        struct liquid_value v;
        if ((int64_t)l->n == max || !goods_type_asked(out->types, page ? "page" : "article"))
            continue;
        TRY(goods_text_value(p, &rows.v[i], &v));
        if (v.type != LIQUID_NIL) list_add(p->c->arena, l, v);
    }
    out->pages = liquid_array(pages.v, pages.n);
    out->articles = liquid_array(articles.v, articles.n);
    return true;
}

bool goods_suggest(struct page *p, struct goods_suggestions *out) {
    struct goods_words_asked w;
    struct liquid_value none = liquid_array(NULL, 0);
    int64_t max = limit_of(p, "resources[limit]");
    *out = (struct goods_suggestions){.collections = none, .pages = none, .articles = none};
    out->terms = str_utf8_cut(str_trim(request_query_or_none(p, "q")), GOODS_TERMS_MAX);
    out->types = request_query_or_none(p, "resources[type]");
    if (!out->terms.n || !goods_words_of(p, out->terms, &w)) return true;
    out->performed = true;
    if (goods_type_asked(out->types, "product")) TRY(suggest_products(p, &w, max, &out->products));
    if (goods_type_asked(out->types, "collection"))
        TRY(suggest_collections(p, &w, max, &out->collections));
    if (goods_type_asked(out->types, "page") || goods_type_asked(out->types, "article"))
        return suggest_texts(p, &w, max, out);
    return true;
}

// ---- the global predictive_search

struct predictive {
    struct page *page;
    bool here, read;
    struct goods_suggestions s;
};

static bool suggested(struct predictive *x, struct err *err) {
    if (x->read || !x->here) return true;
    if (!goods_suggest(x->page, &x->s)) return goods_failed(x->page, err);
    return x->read = true;
}

static struct liquid_value products_of(const struct predictive *x) {
    return x->s.products ? goods_batch_array(x->s.products) : liquid_array(NULL, 0);
}

static struct liquid_value typed(const struct predictive *x, struct arena *a) {
    static const char *const all[] = {"article", "collection", "page", "product"};
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, ARRAY_LEN(all));
    size_t n = 0;
    for (size_t i = 0; x->here && i < ARRAY_LEN(all); i++)
        if (goods_type_asked(x->s.types, all[i])) v[n++] = liquid_text(str_c(all[i]));
    return liquid_array(v, n);
}

// clang-format off
#define PREDICTIVE struct predictive
GOODS_GET_WITH(resources_articles, PREDICTIVE, suggested(x, err), x->s.articles)
GOODS_GET_WITH(resources_collections, PREDICTIVE, suggested(x, err), x->s.collections)
GOODS_GET_WITH(resources_pages, PREDICTIVE, suggested(x, err), x->s.pages)
GOODS_GET_WITH(resources_products, PREDICTIVE, suggested(x, err), products_of(x))
GOODS_GET_WITH(predictive_performed, PREDICTIVE, suggested(x, err), liquid_bool(x->s.performed))
GOODS_GET(predictive_resources, PREDICTIVE, theme_object(a, &predictive_search_resources_kind, x))
GOODS_GET_WITH(predictive_terms, PREDICTIVE, suggested(x, err), liquid_text(x->s.terms))
GOODS_GET_WITH(predictive_types, PREDICTIVE, suggested(x, err), typed(x, a))
// clang-format on
static const struct theme_prop resources_props[] = {
    {"articles", .get = resources_articles},
    {"collections", .get = resources_collections},
    {"pages", .get = resources_pages},
    {"products", .get = resources_products},
};
const struct theme_kind predictive_search_resources_kind = {.name = "predictive_search_resources",
                                                            THEME_PROPS(resources_props)};
static const struct theme_prop predictive_props[] = {
    {"performed", .get = predictive_performed},
    {"resources", .get = predictive_resources},
    {"terms", .get = predictive_terms},
    {"types", .get = predictive_types},
};
const struct theme_kind predictive_search_kind = {.name = "predictive_search",
                                                  THEME_PROPS(predictive_props)};

bool goods_predictive(struct page *p, struct liquid_value *out) {
    struct predictive *x = ARENA_NEW(p->c->arena, struct predictive);
    struct liquid_value none = liquid_array(NULL, 0);
    x->page = p;
    x->here = p->rq && str_starts(p->rq->path, S("/search/suggest"));
    x->s = (struct goods_suggestions){.collections = none, .pages = none, .articles = none};
    *out = theme_object(p->c->arena, &predictive_search_kind, x);
    return true;
}

// ---- the global recommendations

struct recommended {
    struct page *page;
    int64_t product_id, count;
    bool here, related;
    struct goods_batch *found;
};

static bool batch_of(struct page *p, const int64_t *ids, size_t n, struct goods_batch **out) {
    return goods_batch_of_ids(p, ids, n, false, out);
}

static bool newest_but(struct page *p, int64_t product_id, int64_t count,
                       struct goods_batch **out) {
    struct currency cur = shop_currency(p->c);
    struct goods_newest_rows rows = {0};
    struct goods_newest_in in = {product_id, currency_str(&cur), count};
    struct kept_topics topics = {0};
    kept_topic(&topics, "products", 0);
    kept_topic(&topics, "prices", 0);
    TRY(kept_all_of(p->c, &goods_newest_query, &in, &topics, &rows));
    page_topic(p, "products", 0);
    int64_t *ids = ARENA_ARRAY(p->c->arena, int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) ids[i] = rows.v[i].id;
    return batch_of(p, ids, rows.n, out);
}

struct place { // of a product in its first collection; collection 0: it is in none
    int64_t product, collection, position;
};

// The products after it in its first collection; when there are none, the newest.
static bool beside(struct page *p, const struct place *at, int64_t count,
                   struct goods_batch **out) {
    struct currency cur = shop_currency(p->c);
    struct goods_beside_rows rows = {0};
    page_topic(p, "product", at->product);
    if (!at->collection) return newest_but(p, at->product, count, out);
    struct goods_beside_in in = {at->collection, at->product, at->position, currency_str(&cur),
                                 count};
    struct kept_topics topics = {0};
    kept_topic(&topics, "collection", at->collection);
    kept_topic(&topics, "prices", 0);
    TRY(kept_all_of(p->c, &goods_beside_query, &in, &topics, &rows));
    page_topic(p, "collection", at->collection);
    if (!rows.n) return newest_but(p, at->product, count, out);
    int64_t *ids = ARENA_ARRAY(p->c->arena, int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) ids[i] = rows.v[i].id;
    return batch_of(p, ids, rows.n, out);
}

static void set_place(struct place *at, const struct goods_memberships *first) {
    if (!first) return;
    at->collection = first->collection_id;
    at->position = first->position;
}

bool goods_beside_product(struct page *p, int64_t product_id, int64_t count,
                          struct goods_batch **out) {
    struct goods_memberships_rows rows = {0};
    struct goods_memberships_in which = {goods_json_ids(p->c->arena, &product_id, 1)};
    struct place at = {.product = product_id};
    TRY(goods_memberships_all(&p->c->db, &which, &rows));
    set_place(&at, rows.n ? &rows.v[0] : NULL);
    return beside(p, &at, count, out);
}

// product.related: the same without a second request.
bool goods_related(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_product *g = self;
    struct goods_batch *b;
    struct page *p = g->batch->page;
    struct place at = {.product = g->row.id};
    (void)a;
    TRY(goods_load(g, GOODS_MEMBERSHIPS, err));
    set_place(&at, g->membership_count ? g->memberships : NULL);
    if (!beside(p, &at, GOODS_RELATED, &b)) return goods_failed(p, err);
    *out = goods_batch_array(b);
    return true;
}

static bool recommend(struct recommended *x, struct err *err) {
    if (!x->here || !x->related || x->found) return true;
    return goods_beside_product(x->page, x->product_id, x->count, &x->found) ||
           goods_failed(x->page, err);
}

static struct liquid_value found_products(const struct recommended *x) {
    return x->found ? goods_batch_array(x->found) : liquid_array(NULL, 0);
}

static struct liquid_value intent_of(const struct recommended *x) {
    if (!x->here) return liquid_nil();
    return liquid_text(x->related ? S("related") : S("complementary"));
}

// clang-format off
#define RECOMMENDED struct recommended
GOODS_GET(recommended_intent, RECOMMENDED, intent_of(x))
GOODS_GET(recommended_performed, RECOMMENDED, liquid_bool(x->here))
GOODS_GET_WITH(recommended_products, RECOMMENDED, recommend(x, err), found_products(x))
GOODS_GET_WITH(recommended_count, RECOMMENDED, recommend(x, err),
               liquid_int(x->found ? (int64_t)x->found->n : 0))
// clang-format on
static const struct theme_prop recommended_props[] = {
    {"intent", .get = recommended_intent},
    {"performed?", .get = recommended_performed},
    {"products", .get = recommended_products},
    {"products_count", .get = recommended_count},
};
const struct theme_kind recommendations_kind = {.name = "recommendations",
                                                THEME_PROPS(recommended_props)};

bool goods_recommendations(struct page *p, struct liquid_value *out) {
    struct recommended *x = ARENA_NEW(p->c->arena, struct recommended);
    struct str intent = request_query_or_none(p, "intent");
    bool path = p->rq && str_starts(p->rq->path, S("/recommendations/products"));
    x->page = p;
    x->count = limit_of(p, "limit");
    x->related = !intent.n || str_eq(intent, S("related"));
    x->here = path && str_to_int(request_query(p->rq, "product_id"), &x->product_id);
    *out = theme_object(p->c->arena, &recommendations_kind, x);
    return true;
}
