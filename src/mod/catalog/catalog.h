// SPDX-License-Identifier: Apache-2.0
// What is sold: products with options and variants, collections, manufacturers. Owns the tables of 001_init.sql. Readers use
// the queries of catalog.sql or their own joins; all writing goes through here, inside a transaction of the caller.
#pragma once
#include "core/tx.h"

#define CATALOG_OPTIONS_MAX 5
#define CATALOG_VARIANTS_MAX 20000
#define CATALOG_MEDIA_MAX 250

struct i18n_text { // the first language and the others
    struct str text[LANG_COUNT]; // absent: no translation
};
struct product_option_draft {
    struct i18n_text name;
};
struct variant_draft {
    int64_t id;             // 0: found by its option values, else new
    struct i18n_text values[CATALOG_OPTIONS_MAX]; // one per option
    struct str sku, barcode, external_ref;
    int64_t weight_g;
    bool no_shipping, inactive;
    int64_t unit_amount, base_amount; // millionths
    struct str unit, base_unit;
    int64_t media_id;       // 0: none
};
struct product_media_draft {
    int64_t media_id;
    struct i18n_text alt;
};
struct attribute_draft {
    struct str name, kind;  // kind as in table attribute; defined on first use
    struct str *values;
    size_t n;
};
struct product_draft {
    int64_t id;        // 0: found by external_ref, then by handle, else new
    int64_t version;   // when not 0: the save is refused if somebody saved since
    struct str handle; // absent: made of the title, unique
    struct i18n_text title, description, safety_text, seo_title, seo_description; // description: any HTML, is sanitised
    struct str vendor, kind, status, tax_category, external_ref;
    struct str manufacturer, manufacturer_address, manufacturer_contact, responsible;
    const struct product_option_draft *options;
    size_t option_count;
    const struct variant_draft *variants;
    size_t variant_count;
    const struct product_media_draft *media;
    size_t media_count;
    const struct str *tags;
    size_t tag_count;
    const struct attribute_draft *attributes;
    size_t attribute_count;
};
enum product_verdict {
    PRODUCT_SAVED,
    PRODUCT_UNCHANGED,      // the same as before: nothing written, no audit
    PRODUCT_NO_TITLE,
    PRODUCT_HANDLE_TAKEN,
    PRODUCT_TOO_MANY,       // options, variants or pictures
    PRODUCT_SAME_VALUES,    // two variants with the same option values
    PRODUCT_VALUES_MISSING, // a variant without a value for an option
    PRODUCT_STALE,          // saved by somebody else since
    PRODUCT_BAD_FIELD,      // c->err.field names it (barcode check digit, unit, tax category, status)
};
struct product_saved {
    enum product_verdict verdict;
    int64_t id;
    int64_t *variant_ids; // in the draft's order, variant_count of them
};
MUST_USE bool product_save(struct ctx *c, const struct product_draft *d, struct product_saved *out);

struct collection_draft {
    int64_t id; // 0: found by handle, else new
    struct str handle, kind, rule, sort, external_ref; // rule: JSON, checked
    struct i18n_text title, description, seo_title, seo_description;
    int64_t media_id, position;
    const int64_t *products; // kind manual
    size_t product_count;
    bool keep_products;      // leave membership as it is
};
enum collection_verdict { COLLECTION_SAVED, COLLECTION_NO_TITLE, COLLECTION_HANDLE_TAKEN, COLLECTION_BAD_RULE };
MUST_USE bool collection_save(struct ctx *c, const struct collection_draft *d, enum collection_verdict *out, int64_t *id_out);
MUST_USE bool collection_add_product(struct ctx *c, int64_t collection_id, int64_t product_id);
// Recomputes membership by rule for one product (after a save) or for all (0).
MUST_USE bool collection_refresh(struct ctx *c, int64_t product_id);

// Translations of any object (table translation): NULL-safe write; absent text removes.
MUST_USE bool translation_set(struct ctx *c, const char *object, int64_t object_id, const char *field, enum lang lang,
                              struct str text);
extern const struct module catalog_module;
