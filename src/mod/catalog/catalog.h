// SPDX-License-Identifier: Apache-2.0
// What is sold: products with options and variants, collections, manufacturers. Owns the tables of
// 001_init.sql. Readers use the queries of product.sql and collection.sql or their own joins; all
// writing goes through here, inside a transaction of the caller.
//
// Texts of a draft that are absent ({NULL,0}) are left as they are; empty texts empty the field (a
// translation is removed). In an i18n_text the text of the shop's first language stands in the
// object's row, the others in table translation. Saving the same draft again writes nothing, so an
// import can be repeated.
#pragma once
#include "base/money.h"
#include "core/i18n.h"
#include "core/tx.h"

#define CATALOG_OPTIONS_MAX    5
#define CATALOG_VARIANTS_MAX   20000
#define CATALOG_MEDIA_MAX      250
#define CATALOG_TAGS_MAX       250
#define CATALOG_ATTRIBUTES_MAX 250
#define CATALOG_TEXT_MAX       500       // characters of a title, name, SKU, tag ...
#define CATALOG_HTML_MAX       (1 << 20) // bytes of a description

struct i18n_text {
    struct str text[LANG_COUNT];
};
struct product_option_draft {
    struct i18n_text name;
};
struct variant_draft {
    int64_t id; // 0: found by external_ref, option values, then SKU within the product, else new
    struct i18n_text values[CATALOG_OPTIONS_MAX]; // one per option
    struct str sku, barcode,
        external_ref; // barcode: GTIN-8, -12, -13 or -14 with a right check digit, or empty
    int64_t weight_g;
    bool no_shipping, inactive;
    int64_t unit_amount, base_amount; // millionths; 0: no unit price
    struct str unit, base_unit;       // g kg ml l m m2 m3 or empty
    int64_t media_id;                 // 0: none
};
struct product_media_draft {
    int64_t media_id;
    struct i18n_text alt;
};
struct attribute_draft {
    struct str name, kind; // kind as in table attribute; defined on first use
    const struct str *values;
    size_t n;
};
struct product_draft {
    int64_t id;        // 0: found by external_ref, then by handle, else new
    int64_t version;   // when not 0: the save is refused if somebody saved since
    struct str handle; // absent: made of the title, unique
    struct i18n_text title, description, safety_text, seo_title,
        seo_description; // description: any HTML, is cleaned
    struct str vendor, kind, status, tax_category, external_ref;
    struct str manufacturer, manufacturer_address, manufacturer_contact, responsible;
    const struct product_option_draft *options; // n 0: one variant without options
    size_t option_count;
    const struct variant_draft *variants; // their order is the order of show
    size_t variant_count;
    const struct product_media_draft *media;
    size_t media_count;
    const struct str *tags;
    size_t tag_count;
    const struct attribute_draft *attributes;
    size_t attribute_count;
    // The draft knows nothing, or not all, of these: what is stored and not named by it stays.
    bool keep_variants, keep_media, keep_tags, keep_attributes;
};
enum product_verdict {
    PRODUCT_SAVED,
    PRODUCT_UNCHANGED, // the same as before: nothing written, no audit
    PRODUCT_NO_TITLE,
    PRODUCT_NO_VARIANT,
    PRODUCT_HANDLE_TAKEN,
    PRODUCT_TOO_MANY,       // options, variants, pictures, tags or attributes
    PRODUCT_SAME_VALUES,    // two variants with the same option values
    PRODUCT_VALUES_MISSING, // a variant without a value for an option
    PRODUCT_STALE,          // saved by somebody else since
    PRODUCT_BAD_FIELD,      // .field names it (barcode, unit, tax_category, status, ...)
};
struct product_saved {
    enum product_verdict verdict;
    int64_t id;
    bool created;
    int64_t *variant_ids; // in the draft's order, variant_count of them
    const char *field;    // PRODUCT_BAD_FIELD, PRODUCT_TOO_MANY
    size_t variant;       // index of the variant a verdict is about
    struct str why;       // one English sentence for a refusal: what is wrong and what to do
};
// A variant that the draft no longer has becomes inactive: orders, prices and stock moves refer to
// it. Membership in collections by rule follows at once.
MUST_USE bool product_save(struct ctx *c, const struct product_draft *d, struct product_saved *out);

struct collection_draft {
    int64_t id; // 0: found by external_ref, then by handle, else new
    struct str handle, kind, rule, sort,
        external_ref; // kind "manual" or "rule"; rule: JSON, see rule.h
    struct i18n_text title, description, seo_title, seo_description;
    int64_t media_id, position;
    const int64_t *products; // kind manual, in their order
    size_t product_count;
    bool keep_products; // leave membership as it is
};
enum collection_verdict {
    COLLECTION_SAVED,
    COLLECTION_UNCHANGED,
    COLLECTION_NO_TITLE,
    COLLECTION_HANDLE_TAKEN,
    COLLECTION_BAD_RULE,  // c->err stays empty; collection_rule_why says what
    COLLECTION_BAD_FIELD, // kind or sort
};
MUST_USE bool collection_save(struct ctx *c, const struct collection_draft *d,
                              enum collection_verdict *out, int64_t *id_out);
// What is wrong with a rule, one English sentence; absent: nothing.
struct str collection_rule_why(struct ctx *c, struct str rule);
// At the end of a manual collection; nothing happens when it is there already.
MUST_USE bool collection_add_product(struct ctx *c, int64_t collection_id, int64_t product_id);
MUST_USE bool collection_remove_product(struct ctx *c, int64_t collection_id, int64_t product_id);
// Recomputes membership by rule for one product or for all (0). product_save calls it; whoever
// changes prices calls it again.
MUST_USE bool collection_refresh(struct ctx *c, int64_t product_id);

// What an option value looks like ("Farbe", "Salbei" → #9caf88), for all products that have it. The
// words are those of the shop's first language. Neither colour nor picture: it looks like nothing.
struct swatch_draft {
    struct str option_name, value, color; // "#rrggbb" or ""
    int64_t media_id;                     // 0: none
    bool keep_media;                      // the picture stays as it is
};
enum swatch_verdict { SWATCH_SAVED, SWATCH_UNCHANGED, SWATCH_BAD_COLOR };
MUST_USE bool swatch_save(struct ctx *c, const struct swatch_draft *d, enum swatch_verdict *out);
bool swatch_color_ok(struct str color);

extern const struct module catalog_module;
