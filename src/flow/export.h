// SPDX-License-Identifier: Apache-2.0
// Writes the catalogue as product CSV of Shopify or WooCommerce: FOLDER/products.csv, and the
// shop's own pictures in FOLDER/pictures/ named in it. Importing that file into a fresh shop gives
// the same products: texts of all languages, prices, pictures, stock, attributes, product-safety
// data (docs/import.md tells where what WooCommerce has no column for stands). Products are in the
// order of their handles. Not in it: inactive variants and price history; pictures of an address
// that were not fetched yet stay addresses.
#pragma once
#include "flow/import.h"

struct export_options {
    enum import_format format; // IMPORT_SHOPIFY or IMPORT_WOOCOMMERCE
    struct str folder; // is made when it is not there; files of earlier exports are replaced
};
MUST_USE bool export_run(struct ctx *c, const struct export_options *o);
