// SPDX-License-Identifier: Apache-2.0
// Lists of products: order, window, and how the address narrows them.
#include "shop/object/listing.h"
#include "core/app.h"
#include "core/kept.h"

static const struct sort {
    struct str value; // Shopify's words
    const char *key;  // message; NULL: understood, not offered
    size_t offset;    // of the switch; 0: as the merchant arranged
} sorts[] = {
    {S_INIT("manual"), "shop.sort.manual", 0},
    {S_INIT("best-selling"), NULL, 0}, // no running count of sales is kept
    {S_INIT("relevance"), NULL, 0},
    {S_INIT("title-ascending"), "shop.sort.title", offsetof(struct goods_list_in, by_title)},
    {S_INIT("title-descending"), "shop.sort.title_desc",
     offsetof(struct goods_list_in, by_title_desc)},
    {S_INIT("price-ascending"), "shop.sort.price", offsetof(struct goods_list_in, by_price)},
    {S_INIT("price-descending"), "shop.sort.price_desc",
     offsetof(struct goods_list_in, by_price_desc)},
    {S_INIT("created-ascending"), "shop.sort.oldest", offsetof(struct goods_list_in, by_oldest)},
    {S_INIT("created-descending"), "shop.sort.newest", offsetof(struct goods_list_in, by_newest)},
};
static const struct { // how collections name their own order
    struct str name, value;
} own_sorts[] = {
    {S_INIT("title"), S_INIT("title-ascending")},
    {S_INIT("price"), S_INIT("price-ascending")},
    {S_INIT("price-desc"), S_INIT("price-descending")},
    {S_INIT("newest"), S_INIT("created-descending")},
};

static const struct sort *sort_find(struct str value) {
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
        if (str_eq(sorts[i].value, value)) return &sorts[i];
    return NULL;
}

struct str goods_sort_default(struct str own) {
    for (size_t i = 0; i < ARRAY_LEN(own_sorts); i++)
        if (str_eq(own_sorts[i].name, own)) return own_sorts[i].value;
    return S("manual");
}

bool goods_sort_known(struct str sort_by) { return sort_find(sort_by) != NULL; }

void goods_sort_set(struct goods_list_in *in, struct str sort_by) {
    const struct sort *s = sort_find(sort_by);
    if (s && s->offset) *(bool *)((char *)in + s->offset) = true;
}

struct sort_option {
    struct str name, value;
};
GOODS_GET(sort_name, struct sort_option, liquid_text(x->name))
GOODS_GET(sort_value, struct sort_option, liquid_text(x->value))
static const struct theme_prop sort_props[] = {
    {"name", .get = sort_name},
    {"value", .get = sort_value},
};
static void sort_print(void *self, struct buf *out, bool *html_out) {
    struct sort_option *x = self;
    (void)html_out;
    buf_put(out, x->value);
}
const struct theme_kind sort_option_kind = {
    .name = "sort_option", THEME_PROPS(sort_props), .print = sort_print};

// A search is ordered by relevance or price, a collection by all but relevance.
struct liquid_value goods_sort_options(struct page *p, struct arena *a, bool search) {
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, ARRAY_LEN(sorts));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
        bool price = str_starts(sorts[i].value, S("price"));
        bool first = search && str_eq(sorts[i].value, S("relevance"));
        if (first || (search ? price : sorts[i].key != NULL)) {
            struct sort_option *o = ARENA_NEW(a, struct sort_option);
            *o = (struct sort_option){tr(p->c, first ? "shop.sort.relevance" : sorts[i].key),
                                      sorts[i].value};
            v[n++] = theme_object(a, &sort_option_kind, o);
        }
    }
    return liquid_array(v, n);
}

struct str goods_path(struct arena *a, const char *folder, struct str handle) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, str_c(folder));
    buf_url(&b, handle);
    return buf_str(&b);
}

// ---- reading

static bool by_price(const struct goods_list_in *in) {
    return in->on_sale || in->by_price || in->by_price_desc;
}

// Lists that many ask for are kept; what somebody searches or filters for is not.
static bool read_list(struct ctx *c, const struct goods_list_in *in, struct goods_list_rows *rows) {
    struct kept_topics topics = {0};
    if (in->has_ids || in->has_w1 || in->in_stock || in->in_stock_first)
        return goods_list_all(&c->db, in, rows);
    kept_topic(&topics, "products", 0);
    kept_topic(&topics, "prices", 0);
    kept_topic(&topics, "collection", in->collection_id);
    return kept_all_of(c, &goods_list_query, in, &topics, rows);
}

bool goods_listing_read(struct goods_listing *l, int64_t first, int64_t count,
                        struct goods_batch **out, int64_t *total_out) {
    struct page *p = l->page;
    struct goods_list_rows rows = {0};
    struct goods_list_in in = l->in;
    in.lang = lang_of(p->c);
    in.first = first;
    in.count = count;
    page_topic(p, "products", 0);
    if (l->from_address && goods_filters_asked(p->rq)) TRY(goods_filters_read(l, &p->c->err));
    bool narrowed = l->filters && goods_filters_active(l->filters);
    if (narrowed) {
        in.ids = goods_filters_ids(l->filters);
        in.has_ids = true;
    }
    if (narrowed || by_price(&in)) page_topic(p, "prices", 0);
    if (!l->none) TRY(read_list(p->c, &in, &rows));
    int64_t *ids = ARENA_ARRAY(p->c->arena, int64_t, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) ids[i] = rows.v[i].id;
    *total_out = rows.n ? rows.v[0].total : 0;
    TRY(goods_batch_of_ids(p, ids, rows.n, false, out));
    if (narrowed) (*out)->filters = l->filters;
    return true;
}

static bool load_window(void *self, struct arena *a, int64_t first, int64_t count,
                        struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    struct goods_listing *l = self;
    struct goods_batch *b;
    (void)a;
    if (!goods_listing_read(l, first, count, &b, total_out)) return goods_failed(l->page, err);
    *items_out = goods_batch_array(b);
    return true;
}

struct goods_listing *goods_listing_new(struct page *p, struct str path) {
    struct goods_listing *l = ARENA_NEW(p->c->arena, struct goods_listing);
    struct currency cur = shop_currency(p->c);
    *l = (struct goods_listing){.page = p, .path = path};
    l->in.currency = arena_str(p->c->arena, currency_str(&cur));
    l->products = (struct theme_list){.load = load_window, .self = l};
    return l;
}

void goods_listing_sort(struct goods_listing *l, struct str otherwise) {
    struct str asked = l->from_address ? request_query(l->page->rq, "sort_by") : (struct str){0};
    if (asked.n && goods_sort_known(asked)) l->sort_asked = asked;
    l->sort = l->sort_asked.n ? l->sort_asked : otherwise;
    goods_sort_set(&l->in, l->sort);
}

// ---- of a collection

static struct goods_listing *listing_of(struct goods_collection *k) {
    if (k->listing) return k->listing;
    struct goods_listing *l = k->listing = goods_listing_new(k->page, k->path);
    l->from_address = k->current;
    l->in.collection_id = k->row.id;
    l->in.has_collection_id = k->row.id != 0;
    l->in.vendor = k->vendor;
    l->in.has_vendor = k->vendor.n != 0;
    l->in.kind = k->kind;
    l->in.has_kind = k->kind.n != 0;
    goods_listing_sort(l, goods_sort_default(k->row.sort));
    return l;
}

struct theme_list *goods_collection_list(struct goods_collection *k) {
    return &listing_of(k)->products;
}

bool goods_collection_words(struct goods_collection *k, struct err *err) {
    struct page *p = k->page;
    struct goods_words_in in = {
        .collection_id = k->row.id, .has_collection_id = k->row.id != 0, .max = GOODS_WORD_ROWS};
    if (k->words_read) return true;
    struct kept_topics topics = {0};
    kept_topic(&topics, "products", 0);
    kept_topic(&topics, "collection", k->row.id);
    if (!kept_all_of(p->c, &goods_words_query, &in, &topics, &k->words))
        return goods_failed(p, err);
    page_topic(p, "products", 0);
    return k->words_read = true;
}

bool goods_collection_total(struct goods_collection *k, struct arena *a, bool narrowed,
                            int64_t *out, struct err *err) {
    struct goods_listing *l = listing_of(k);
    struct goods_list_rows rows = {0};
    *out = l->products.total;
    if (narrowed && (l->products.loaded || l->products.begun)) return true;
    if (narrowed && goods_filters_asked(k->page->rq)) {
        struct liquid_value ignored;
        return load_window(l, a, 0, 1, &ignored, out, err);
    }
    struct goods_list_in in = l->in;
    in.lang = lang_of(k->page->c);
    in.count = 1;
    if (!narrowed) in.has_tags = false, in.tags = (struct str){0};
    if (!read_list(k->page->c, &in, &rows)) return goods_failed(k->page, err);
    *out = rows.n && !(narrowed && l->none) ? rows.v[0].total : 0;
    page_topic(k->page, "products", 0);
    return true;
}

// The tag that an address means by "neue-ware", as products have it; absent: none.
static struct str tag_meant(struct goods_collection *k, struct str asked) {
    for (size_t i = 0; i < k->words.n; i++) {
        const struct goods_words *w = &k->words.v[i];
        if (w->kind.p[0] != 't') continue;
        if (str_eq(w->word, asked) || str_eq(text_slug(k->page->c->arena, w->word), asked))
            return w->word;
    }
    return (struct str){0};
}

static bool obey_tags(struct goods_collection *k, struct str tags) {
    struct arena *a = k->page->c->arena;
    struct goods_listing *l = listing_of(k);
    struct str found[GOODS_TAGS_ASKED], asked;
    size_t n = 0;
    if (!tags.n) return true;
    TRY(goods_collection_words(k, &k->page->c->err));
    while (str_split(&tags, '+', &asked) && n < GOODS_TAGS_ASKED) {
        if (!asked.n) continue;
        found[n] = tag_meant(k, asked);
        if (found[n].p)
            n++;
        else
            l->none = true;
    }
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, n + 1);
    for (size_t i = 0; i < n; i++) v[i] = liquid_text(found[i]);
    l->tags = liquid_array(v, n);
    if (!n) return true;
    l->in.tags = goods_json_texts(a, found, n);
    l->in.has_tags = true;
    l->in.tag_count = (int64_t)n;
    return true;
}

bool goods_collection_page(struct page *p, struct str handle, struct str tags,
                           struct liquid_value *out) {
    bool ok;
    struct goods_collection *k = goods_collection_find_page(p, handle, &ok);
    *out = liquid_nil();
    if (!ok || !k) return ok;
    k->current = true;
    TRY(obey_tags(k, tags));
    struct liquid_value *known = ARENA_NEW(p->c->arena, struct liquid_value);
    *out = *known = goods_collection_value(k);
    if (!k->vendor.n && !k->kind.n)
        map_set(p->c->arena, &goods_of(p)->collections, k->row.handle, known);
    return true;
}

struct liquid_value goods_current_tags(struct liquid_value collection) {
    struct goods_collection *k = theme_self(collection, &collection_kind);
    return k && k->listing ? k->listing->tags : liquid_nil();
}
