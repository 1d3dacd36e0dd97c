// SPDX-License-Identifier: Apache-2.0
// Inside of the filters: what can be asked of a listing, and what was asked.
#pragma once
#include "shop/object/listing.h"

enum facet_kind { FACET_AVAILABLE, FACET_PRICE, FACET_VENDOR, FACET_TYPE, FACET_OPTION };
struct facet_value {
    struct facet *facet;
    struct str key, label;       // as it stands in an address; as shoppers read it
    bool active, seen;           // seen: some variant of the listing has it
    int64_t count, last_product; // products that have it, among those the other facets let through
    struct liquid_value swatch, self;
};
struct facet {
    struct goods_filters *filters;
    enum facet_kind kind;
    struct str param, label; // "filter.v.option.farbe", "Farbe"
    struct map by_key;       // → struct facet_value *
    struct {
        struct facet_value **v;
        size_t n, cap;
    } values;
    uint64_t bit;
    bool asked, swatches;
    int64_t low, high, top; // price: asked from and to (-1: not), highest of all
};
struct facet_ref { // an option value of a product → the facet's value
    int64_t value_id;
    struct facet_value *value;
};
struct goods_filters {
    struct page *page;
    struct goods_listing *listing;
    struct facet *facets[GOODS_FACETS_MAX];
    size_t n;
    struct facet *available, *price, *vendor, *type;
    struct facet_ref *refs; // sorted by value_id
    size_t ref_count;
    uint64_t asked;  // bits of the facets asked for
    bool of_options; // one of these is an option
    struct goods_facets_rows rows;
    bool *pass; // for each row
    int64_t *ids;
    size_t id_count;
};
// The address of the page with and without parameters; parameters of windows are left out.
struct str facet_url(const struct goods_filters *f, struct arena *a, struct str without,
                     struct str without_value, struct str with, struct str with_value);
bool facet_shown(const struct facet *f); // offers a choice
void facet_sort(struct page *p, struct facet *f);
