// SPDX-License-Identifier: Apache-2.0
// What Kontor knows of a product and WooCommerce has no column for: one JSON object in the column
// "Meta: kontor" of our own exports. Keys are those of the Shopify metafields (docs/import.md).
#pragma once
#include "flow/import_private.h"

// Fills the draft from the object; absent keys leave it alone. a: where texts live.
void import_extras_product(struct importer *im, struct arena *a, const struct json *extras,
                           struct product_draft *d);
void import_extras_variant(const struct json *extras, struct variant_draft *v);
void import_extras_picture(struct importer *im, const struct json *extras, size_t index,
                           struct import_picture *pic);
// {"material": "wood", "badges": ["a","b"]} as attributes after those in *d.
void import_attributes(struct arena *a, const struct json *object, struct product_draft *d);
void import_attribute(struct arena *a, struct attribute_draft *out, struct str name,
                      const struct json *value);
// The English word for an option's name (option absent) or value, from {"Farbe": "Colour", "Farbe:
// Rot": "Red"}.
struct str import_english(struct arena *a, const struct json *options_en, struct str option,
                          struct str text);
