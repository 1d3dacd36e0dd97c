// SPDX-License-Identifier: Apache-2.0
// Inside of the goods: lists of products in an order, narrowed by words, tags and filters: the
// products of a collection, the finds of a search.
#pragma once
#include "shop/object/goods_private.h"

enum {
    GOODS_COLLECTIONS_MAX = 1000,
    GOODS_WORDS_MAX = 5,       // words of a search; further ones are passed over
    GOODS_WORD_ROWS = 3000,    // tags, types and vendors of a collection
    GOODS_TAGS_ASKED = 10,     // in an address
    GOODS_FACETS_MAX = 60,     // filters of a page
    GOODS_FILTERED_MAX = 5000, // products; with more there are no filters
};

struct goods_filters;
struct goods_listing { // what is listed, and how the address narrows and orders it
    struct page *page;
    struct goods_list_in in;       // narrowed by words, vendor, kind, tags; without window
    struct str path;               // of the page, without language
    struct str sort, sort_asked;   // in force; in the address, absent when not there or unknown
    struct liquid_value tags;      // asked for: array, or nil
    bool none;                     // a tag was asked that no product has: the list is empty
    bool from_address;             // filters of the address are obeyed
    struct goods_filters *filters; // once read
    bool filters_read;
    struct theme_list products;
};
struct goods_shelf { // collections that were read together
    struct page *page;
    struct goods_collection *v;
    size_t n;
    struct str ids;
    bool sized;
};
struct goods_collection {
    struct page *page;
    struct goods_shelf *shelf;
    struct goods_collection_rows row; // id 0: made up (all, vendors, types)
    struct liquid_value self, image;
    struct str path, vendor, kind;
    struct goods_listing *listing;
    bool current;   // the page's own
    int64_t size;   // shelf->sized
    int64_t around; // the product whose neighbours are asked
    bool words_read;
    struct goods_words_rows words;
};
MUST_USE bool goods_shelf_read(struct page *p, int64_t first, int64_t count,
                               struct goods_shelf **out); // of all collections, in their order
struct liquid_value goods_collection_value(struct goods_collection *k);
struct goods_collection *goods_collection_find_page(struct page *p, struct str handle, bool *ok);
struct theme_list *goods_collection_list(struct goods_collection *k);
MUST_USE bool goods_collection_words(struct goods_collection *k, struct err *err);
// How many products; narrowed: in the present view.
MUST_USE bool goods_collection_total(struct goods_collection *k, struct arena *a, bool narrowed,
                                     int64_t *out, struct err *err);

// Orders, by Shopify's words.
struct str goods_sort_default(struct str own); // of a collection's own word
bool goods_sort_known(struct str sort_by);
void goods_sort_set(struct goods_list_in *in, struct str sort_by);
struct liquid_value goods_sort_options(struct page *p, struct arena *a, bool search);

struct goods_listing *goods_listing_new(struct page *p, struct str path);
void goods_listing_sort(struct goods_listing *l, struct str otherwise);
// Window of a listing's products. batch_out.
MUST_USE bool goods_listing_read(struct goods_listing *l, int64_t first, int64_t count,
                                 struct goods_batch **out, int64_t *total_out);
struct str goods_path(struct arena *a, const char *folder, struct str handle);

// Filters (filter.c). What the address asks for, and what can be asked.
MUST_USE bool goods_filters_read(struct goods_listing *l, struct err *err);
bool goods_filters_asked(const struct request *rq);          // some filter.* is there
bool goods_filters_active(const struct goods_filters *f);    // one of them is in force
struct str goods_filters_ids(const struct goods_filters *f); // JSON of matching products
struct liquid_value goods_filters_array(struct goods_filters *f, struct arena *a);
// The first variant of a product that the filters let through; 0: they ask nothing of variants.
int64_t goods_filters_variant(const struct goods_filters *f, int64_t product_id);
bool goods_filters_pass(const struct goods_filters *f, int64_t product_id, int64_t variant_id);
