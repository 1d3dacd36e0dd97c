// SPDX-License-Identifier: Apache-2.0
// Inside of the goods: rows that were read together and the things made of them. A batch is the
// products of one list; what one of them is asked for is read for all of them.
#pragma once
#include "base/map.h"
#include "core/i18n.h"
#include "shop/object/getters.h"
#include "shop/object/goods.h"

enum { GOODS_OPTIONS = 5, GOODS_VARIANTS_SHOWN = 250, GOODS_LOW_STOCK = 5 };

struct goods_image { // the object `image`
    struct page *page;
    struct picture picture;
    int64_t id, position; // 0: not of a product
    instant created_at;
    struct goods_product *product;
};
struct goods_variant {
    struct goods_product *product;
    const struct goods_variants *row;
    struct liquid_value self; // LIQUID_OBJECT once made
};
struct goods_product {
    struct goods_batch *batch;
    struct goods_rows row;
    struct liquid_value self;
    struct goods_variant *variants; // all that were read, in the order of show
    size_t variant_count;
    const struct goods_options *options; // a row for each value
    size_t option_count;
    const struct goods_media *media;
    size_t media_count;
    const struct goods_facts *facts;
    size_t fact_count;
    const struct goods_badge_ids *badges;
    size_t badge_count;
    const struct goods_memberships *memberships;
    size_t membership_count;
    const struct goods_details *details;
    struct liquid_value *images; // made once: one object for each picture
    struct liquid_value featured;
    int64_t asked_variant;                           // of the page's address; 0: none
    struct goods_variant *asked;                     // that variant
    struct goods_variant *chosen, *first, *cheapest; // chosen: asked, or first that can be bought
    int64_t price_min, price_max;
    bool available;
};
enum goods_part { // bits of goods_batch.loaded
    GOODS_DETAILS = 1,
    GOODS_VARIANTS = 2,
    GOODS_OPTIONS_READ = 4,
    GOODS_MEDIA = 8,
    GOODS_FACTS = 16,
    GOODS_MEMBERSHIPS = 32,
    GOODS_BADGES = 64,
};
struct goods_batch {
    struct page *page;
    struct goods_product *v; // in the list's order
    struct goods_product **by_id;
    size_t n;
    struct str ids;                      // "[1,2,3]"
    unsigned loaded;                     // goods_part bits
    bool also_inactive;                  // variants that are no more sold are read, too
    struct str currency;                 // ISO code
    const struct goods_filters *filters; // of the page, when they narrowed this list
};
struct goods_option { // the object `product_option`
    struct goods_product *product;
    const struct goods_options *rows; // its values
    size_t n;
    struct liquid_value values; // array, once made
};
struct goods_value { // the object `product_option_value`
    struct goods_product *product;
    const struct goods_options *row;
};

// What a page read: things asked for by handle are made once.
struct goods {
    struct map products, collections; // handle → struct liquid_value *
    struct liquid_value all_products, collection_list, images;
    struct goods_shelf *shelf; // all collections, once read
};
struct goods *goods_of(struct page *p);

// Lists of products. ids: in their order; those that do not exist are left out. found: ids of rows.
MUST_USE bool goods_batch_of_ids(struct page *p, const int64_t *ids, size_t n, bool any_status,
                                 struct goods_batch **out);
MUST_USE bool goods_batch_of_handles(struct page *p, const struct str *handles, size_t n,
                                     struct goods_batch **out);
struct liquid_value goods_batch_array(struct goods_batch *b);
struct goods_product *goods_in(struct goods_batch *b, int64_t product_id); // NULL: not in it
struct liquid_value goods_product_value(struct goods_product *g);
struct liquid_value goods_variant_value(struct goods_variant *v); // nil for NULL
MUST_USE bool goods_load(struct goods_product *g, enum goods_part part, struct err *err);
bool goods_sold(const struct goods_variants *v); // pieces are there, or are not counted
struct str goods_json_ids(struct arena *a, const int64_t *ids, size_t n);
struct str goods_json_texts(struct arena *a, const struct str *v, size_t n);
struct str goods_lang(struct page *p); // absent: the shop's first language
bool goods_failed(struct page *p, struct err *err); // the page's error told to a render; false

// Variants and options.
int64_t goods_value_id(const struct goods_variants *v, int64_t position); // 1-based; 0: none
const struct goods_options *goods_value_row(const struct goods_product *g, int64_t value_id);
MUST_USE bool goods_options_array(struct goods_product *g, struct liquid_value *out,
                                  struct err *err);
MUST_USE bool goods_variant_title(struct goods_variant *v, struct arena *a, struct str *out,
                                  struct err *err);
struct str goods_variant_url(struct goods_variant *v, struct arena *a);
int64_t goods_former_price(const struct goods_variant *v); // lowest of 30 days; 0: no reduction
int64_t goods_unit_price(const struct goods_variant *v);   // 0: none is due

// Pictures.
struct liquid_value goods_image_value(struct page *p, const struct goods_image *i); // copied
struct str goods_image_src(struct arena *a, const struct picture *p); // "/media/HASH/name"
MUST_USE bool goods_images_array(struct goods_product *g, struct liquid_value *out,
                                 struct err *err);
struct liquid_value goods_featured(struct goods_product *g);
// The picture of a variant; nil when it has none of its own.
MUST_USE bool goods_variant_image(struct goods_variant *v, struct liquid_value *out,
                                  struct err *err);
struct goods_collection;
struct liquid_value goods_collection_image(struct goods_collection *k); // or nil
struct liquid_value goods_swatch(struct page *p, struct arena *a, struct str color,
                                 const struct goods_image *image); // nil when empty

struct liquid_value goods_measurement(struct goods_variant *v, struct arena *a); // nil for NULL
struct str goods_product_url(struct goods_product *g, struct arena *a);

// Facts (getters of a product).
theme_get goods_badges, goods_attributes, goods_metafields, goods_related;
struct liquid_value goods_maker(struct goods_product *g, struct arena *a); // details are read

// Collections.
MUST_USE bool goods_collections_by_id(struct page *p, const int64_t *ids, size_t n,
                                      struct liquid_value *array_out);

// What | json says of them (json_ajax.c).
bool goods_product_as_json(void *self, struct buf *out, struct err *err);
bool goods_variant_as_json(void *self, struct buf *out, struct err *err);
bool goods_option_as_json(void *self, struct buf *out, struct err *err);
