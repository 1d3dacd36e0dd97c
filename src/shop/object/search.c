// SPDX-License-Identifier: Apache-2.0
// Search as themes see it: products in which every word occurs (title, vendor, tags, SKU), then
// articles and pages.
#include "shop/object/search.h"
#include "core/app.h"
#include "shop/object/content.h"
#include "shop/object/listing.h"
#include "shop/object/people.h"

bool goods_words_of(struct page *p, struct str terms, struct goods_words_asked *out) {
    struct str rest = text_fold(p->c->arena, terms), word;
    *out = (struct goods_words_asked){0};
    while (out->n < GOODS_WORDS_MAX && str_split(&rest, ' ', &word))
        if (word.n) out->v[out->n++] = text_pattern(p->c->arena, word);
    rest = terms;
    while (out->plain_n < GOODS_TEXT_WORDS && str_split(&rest, ' ', &word))
        if (word.n) out->plain[out->plain_n++] = text_pattern(p->c->arena, word);
    return out->n > 0;
}

void goods_list_words(struct goods_list_in *in, const struct goods_words_asked *w) {
    struct {
        struct str *word;
        bool *has;
    } slots[GOODS_WORDS_MAX] = {{&in->w1, &in->has_w1},
                                {&in->w2, &in->has_w2},
                                {&in->w3, &in->has_w3},
                                {&in->w4, &in->has_w4},
                                {&in->w5, &in->has_w5}};
    for (size_t i = 0; i < w->n; i++) {
        *slots[i].word = w->v[i];
        *slots[i].has = true;
    }
}

bool goods_texts(struct page *p, const struct goods_words_asked *w, int64_t max,
                 struct goods_texts_found_rows *out) {
    struct goods_texts_found_in in = {.lang = lang_of(p->c),
                                      .now = p->c->now,
                                      .w1 = w->plain[0],
                                      .w2 = w->plain[1],
                                      .has_w2 = w->plain_n > 1,
                                      .w3 = w->plain[2],
                                      .has_w3 = w->plain_n > 2,
                                      .max = max};
    page_topic(p, "pages", 0);
    page_topic(p, "blogs", 0);
    return goods_texts_found_all(&p->c->db, &in, out);
}

bool goods_text_value(struct page *p, const struct goods_texts_found *t, struct liquid_value *out) {
    return str_eq(t->kind, S("page")) ? people_page(p, t->handle, out)
                                      : content_article(p, t->handle, out);
}

// ---- the global `search`

struct search {
    struct page *page;
    struct str terms;
    bool performed, products, articles, pages;
    struct goods_words_asked words;
    struct goods_listing *listing;
    struct goods_texts_found_rows texts;
    bool texts_read;
    struct theme_list results;
};

static bool read_texts(struct search *s) {
    struct goods_texts_found_rows all = {0};
    if (s->texts_read || (!s->articles && !s->pages)) return true;
    s->texts_read = true;
    TRY(goods_texts(s->page, &s->words, GOODS_TEXTS_MAX, &all));
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].kind, S("page")) ? s->pages : s->articles)
            all.v[s->texts.n++] = all.v[i];
    s->texts.v = all.v;
    return true;
}

static bool products_window(struct search *s, int64_t first, int64_t count, struct list *out,
                            int64_t *total_out) {
    struct goods_batch *b;
    *total_out = 0;
    if (!s->products) return true;
    TRY(goods_listing_read(s->listing, first, count, &b, total_out));
    for (size_t i = 0; i < b->n; i++)
        list_add(s->page->c->arena, out, goods_product_value(&b->v[i]));
    if (b->n || !first) return true;
    return goods_listing_read(s->listing, 0, 1, &b, total_out); // past the last product
}

static bool load_results(void *self, struct arena *a, int64_t first, int64_t count,
                         struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    struct search *s = self;
    struct list l = {0};
    int64_t products = 0;
    (void)a;
    if (!s->performed) return *items_out = liquid_array(NULL, 0), *total_out = 0, true;
    if (!products_window(s, first, count, &l, &products) || !read_texts(s))
        return goods_failed(s->page, err);
    int64_t from = first > products ? first - products : 0;
    for (int64_t i = from; i < (int64_t)s->texts.n && (int64_t)l.n < count; i++) {
        struct liquid_value v;
        if (!goods_text_value(s->page, &s->texts.v[i], &v)) return goods_failed(s->page, err);
        if (v.type != LIQUID_NIL) list_add(s->page->c->arena, &l, v);
    }
    *items_out = liquid_array(l.v, l.n);
    *total_out = products + (int64_t)s->texts.n;
    return true;
}

static bool search_count(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct search *s = self;
    int64_t total;
    TRY(theme_list_total(&s->results, a, &total, err));
    *out = liquid_int(total);
    return true;
}

static bool search_filters(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct search *s = self;
    *out = liquid_array(NULL, 0);
    if (!s->performed || !s->products) return true;
    TRY(goods_filters_read(s->listing, err));
    *out = goods_filters_array(s->listing->filters, a);
    return true;
}

static struct liquid_value types_of(const struct search *s, struct arena *a) {
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, 3);
    size_t n = 0;
    if (s->articles) v[n++] = liquid_text(S("article"));
    if (s->pages) v[n++] = liquid_text(S("page"));
    if (s->products) v[n++] = liquid_text(S("product"));
    return liquid_array(v, n);
}

GOODS_GET(search_sort_default, struct search, ((void)x, liquid_text(S("relevance"))))
GOODS_GET(search_performed, struct search, liquid_bool(x->performed))
GOODS_GET(search_results, struct search, theme_list_value(a, &x->results))
GOODS_GET(search_sort_by, struct search, liquid_text(x->listing->sort_asked))
GOODS_GET(search_sort_options, struct search, goods_sort_options(x->page, a, true))
GOODS_GET(search_terms, struct search, liquid_text(x->terms))
GOODS_GET(search_types, struct search, types_of(x, a))
static const struct theme_prop search_props[] = {
    {"default_sort_by", .get = search_sort_default},
    {"filters", .get = search_filters},
    {"performed", .get = search_performed},
    {"results", .get = search_results},
    {"results_count", .get = search_count},
    {"sort_by", .get = search_sort_by},
    {"sort_options", .get = search_sort_options},
    {"terms", .get = search_terms},
    {"types", .get = search_types},
};
const struct theme_kind search_kind = {.name = "search", THEME_PROPS(search_props)};

bool goods_type_asked(struct str types, const char *type) {
    struct str one;
    if (!types.n) return true;
    while (str_split(&types, ',', &one))
        if (str_eq(str_trim(one), str_c(type))) return true;
    return false;
}

bool goods_search(struct page *p, struct liquid_value *out) {
    struct search *s = ARENA_NEW(p->c->arena, struct search);
    struct str q = p->rq ? request_query(p->rq, "q") : (struct str){0};
    struct str types = p->rq ? request_query(p->rq, "type") : (struct str){0};
    bool here = p->rq && str_eq(p->rq->path, S("/search"));
    s->page = p;
    s->terms = here ? str_utf8_cut(str_trim(q), GOODS_TERMS_MAX) : (struct str){0};
    s->products = goods_type_asked(types, "product");
    s->articles = goods_type_asked(types, "article");
    s->pages = goods_type_asked(types, "page");
    s->listing = goods_listing_new(p, S("/search"));
    s->listing->from_address = here;
    s->listing->in.in_stock_first =
        !str_eq(request_query_or_none(p, "options[unavailable_products]"), S("show"));
    if (here) goods_listing_sort(s->listing, S("relevance"));
    s->performed = s->terms.n && goods_words_of(p, s->terms, &s->words);
    goods_list_words(&s->listing->in, &s->words);
    s->results = (struct theme_list){.load = load_results, .self = s};
    *out = theme_object(p->c->arena, &search_kind, s);
    return true;
}
