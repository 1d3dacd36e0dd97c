// SPDX-License-Identifier: Apache-2.0
// The goods of a shop as themes see them: product, variant, collection, image, filter, search ...
// with the names and meanings of theme-liquid-docs. Everything is read when a template asks. Things
// that were found together (the products of a listing) ask together: a property of the fiftieth
// card costs no further query. What is shown is named among the page's topics.
// Functions return false only for a failure, told in p->c->err; what does not exist (or is a draft)
// is nil. The values live in the page's arena. Prices are minor units; handles may be old ones only
// where said.
#pragma once
#include "shop/page.h"
#include "theme/object.h"

// One thing by what names it.
MUST_USE bool goods_product(struct page *p, struct str handle, struct liquid_value *out);
MUST_USE bool goods_product_id(struct page *p, int64_t id, struct liquid_value *out);
MUST_USE bool goods_variant_id(struct page *p, int64_t id, struct liquid_value *out);
MUST_USE bool goods_collection(struct page *p, struct str handle,
                               struct liquid_value *out); // "all" is one, too

// Several by one query, in the order asked; what does not exist is left out (goods_variants: nil in
// its place). Also variants that are not sold any more (lines of a cart or an order).
MUST_USE bool goods_products(struct page *p, const struct str *handles, size_t n,
                             struct liquid_value *array_out);
MUST_USE bool goods_collections_of(struct page *p, const struct str *handles, size_t n,
                                   struct liquid_value *array_out);
MUST_USE bool goods_variants(struct page *p, const int64_t *ids, size_t n,
                             struct liquid_value *array_out);
int64_t goods_product_number(struct liquid_value product);         // its id; 0: no product
struct liquid_value goods_product_of(struct liquid_value variant); // nil: no variant

// The globals.
struct liquid_value goods_collections(struct page *p);  // collections['soap'], and a list
struct liquid_value goods_all_products(struct page *p); // all_products['soap']
struct liquid_value goods_images(struct page *p);       // images['hero.jpg']: by file name

// The product of a product page: ?variant= chooses; asked: found_out false when there is no such
// variant.
MUST_USE bool goods_product_page(struct page *p, struct str handle, struct liquid_value *out,
                                 bool *found_out);
// What a page says of itself: title and description for robots; path without language. id 0: v is
// neither product nor collection of a merchant.
struct goods_told {
    int64_t id;
    struct str title, description, name, path;
};
struct goods_told goods_told(struct liquid_value product_or_collection);
// collection.next_product and previous_product are those beside this product.
void goods_around(struct liquid_value collection, struct liquid_value product);
// Page N of a list can't be there when the list has fewer than N products.
MUST_USE bool goods_has_page(struct page *p, struct liquid_value collection, int64_t page,
                             bool *out);
// The collection of a collection page: sort_by, filter.* and tags of the address are obeyed.
// tags: "neu+sale" as in /collections/soap/neu+sale, or absent. Handles "vendors" and "types" show
// what ?q= names.
MUST_USE bool goods_collection_page(struct page *p, struct str handle, struct str tags,
                                    struct liquid_value *out);
struct liquid_value goods_current_tags(struct liquid_value collection);   // array, or nil
MUST_USE bool goods_search(struct page *p, struct liquid_value *out);     // q, type, sort_by ...
MUST_USE bool goods_predictive(struct page *p, struct liquid_value *out); // predictive_search
MUST_USE bool goods_recommendations(struct page *p, struct liquid_value *out);
// Without product_id in the address: performed? is false, as everywhere but on its own address.

// Pictures. An `image` without a hash is nil.
struct liquid_value goods_image(struct page *p, const struct picture *picture);
// By file name ("hero.jpg", "shopify://shop_images/hero.jpg"), or nil.
MUST_USE bool goods_image_named(struct page *p, struct str filename, struct liquid_value *out);
// The picture behind an image, media, product, variant, collection, swatch or filter value. False:
// failure. *out is NULL when there is none, or v is no such object.
MUST_USE bool goods_picture(struct liquid_value v, const struct picture **out, struct err *err);
MUST_USE bool goods_image_of(struct liquid_value v, struct liquid_value *image_out,
                             struct err *err);

// The kinds, for the table in docs and for hosts that look into a value.
extern const struct theme_kind product_kind, variant_kind, product_option_kind,
    product_option_value_kind, swatch_kind, image_kind, image_presentation_kind, focal_point_kind,
    media_kind, collection_kind, collections_kind, all_products_kind, images_kind, filter_kind,
    filter_value_kind, filter_value_display_kind, sort_option_kind, search_kind,
    predictive_search_kind, predictive_search_resources_kind, recommendations_kind,
    unit_price_measurement_kind, quantity_rule_kind, metafield_kind;
extern const struct theme_kind *const goods_kinds[]; // all of them and the empty ones, NULL ends

// JSON for scripts (goods_json.c), in the shapes of the Ajax and product JSON of storefronts.
route_handler product_js, product_json, products_json, collections_json, collection_json,
    collection_products_json, collections_page, recommendations_answer, suggest_answer;
