// SPDX-License-Identifier: Apache-2.0
// A product with everything that an export tells of it, and the file it goes to.
#pragma once
#include <stdio.h>

#include "base/csv.h"
#include "base/map.h"
#include "catalog_sql.h"
#include "core/i18n.h"
#include "flow/export.h"
#include "media_sql.h"
#include "price_sql.h"
#include "stock_sql.h"

struct export_variant {
    struct catalog_variant_rows row;
    int64_t values[5]; // option value ids, 0: none
    struct price_get price;
    bool has_price;
    struct stock_get stock; // zero when there is none
};
struct export_product {
    struct catalog_product_row row;
    struct map texts;  // of the other language: "object id field" → struct str
    struct map values; // option value id as text → struct catalog_value_rows
    struct catalog_option_rows_rows options;
    struct export_variant *variants; // active ones
    size_t variant_count;
    struct catalog_media_rows_rows media;
    struct catalog_tag_rows_rows tags;
    struct catalog_attribute_rows_rows attributes;  // by name, then position
    struct catalog_manufacturer_by_id manufacturer; // zero when there is none
    struct catalog_product_collections_rows collections;
};
struct exporter {
    struct ctx *c;
    const struct export_options *o;
    FILE *file;
    struct str currency;
    struct currency cur;
    struct arena *run;     // until the end; c->arena is rewound after each product
    struct map picture_by; // name in the folder → hash, as text
    struct map written;    // medium id as text → name or address in the CSV
    int64_t options;       // most options of a product
};
MUST_USE bool export_load(struct exporter *e, int64_t id, struct export_product *out);
// What stands in the CSV for a medium: "pictures/a.svg", whose bytes are written, or its address.
// Absent: a failed one without address.
MUST_USE bool export_picture(struct exporter *e, int64_t media_id, struct str *out);

struct str export_other(struct exporter *e, const struct export_product *p, const char *object,
                        int64_t id, const char *field);
const struct catalog_value_rows *export_value(struct exporter *e, const struct export_product *p,
                                              int64_t id);
struct str export_attributes(struct exporter *e,
                             const struct export_product *p); // JSON object, or empty
struct str export_options_other(struct exporter *e,
                                const struct export_product *p); // JSON object, or empty
struct str export_money(struct exporter *e, int64_t minor);
MUST_USE bool export_row(struct exporter *e, const struct str *cells,
                         size_t n); // absent cells are empty

MUST_USE bool export_shopify_head(struct exporter *e);
MUST_USE bool export_shopify_product(struct exporter *e, const struct export_product *p);
MUST_USE bool export_woocommerce_head(struct exporter *e);
MUST_USE bool export_woocommerce_product(struct exporter *e, const struct export_product *p);
