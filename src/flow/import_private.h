// SPDX-License-Identifier: Apache-2.0
// Between the importers' files: a run, reading, columns by name, and products on their way into the
// catalogue.
#pragma once
#include "base/csv.h"
#include "base/map.h"
#include "flow/import.h"
#include "mod/catalog/catalog.h"
#include "mod/media/media.h"

struct importer {
    struct ctx *c;
    const struct import_options *o;
    struct import_result *out;
    struct str file;                // being read
    int64_t done, total;            // bytes of it
    struct arena *run;              // until the end of the import
    struct arena *batch;            // until the batch is written
    struct product_batch *products; // in run
};
PRINTF_LIKE(5, 6)
void import_tell(struct importer *im, int64_t line, const char *column, struct str object,
                 const char *fmt, ...);
PRINTF_LIKE(4, 5)
void import_note(struct importer *im, int64_t line, struct str object, const char *fmt, ...);
void import_show_progress(struct importer *im);

#define IMPORT_AS_UTF8                                                                             \
    "Save it as UTF-8 and run the import again (Excel: Save as, \"CSV UTF-8\"; LibreOffice: Save " \
    "as, Edit filter settings, Unicode (UTF-8))."

// Files. The header's line tells what separates the cells: comma, semicolon or tab. Pieces of a
// file go to a CSV reader; .xz is unpacked. A CSV that breaks off is told as a problem at its line.
MUST_USE bool import_read_csv(struct importer *im, struct str path, csv_row_fn *row, void *self);
// Bytes of a picture named in the CSV, relative to it. False: why says that there is none, that it
// is too large, or what the disk says.
bool import_beside(struct importer *im, struct str name, struct str *bytes_out, struct err *why);
bool import_path_inside(struct str name); // relative, no "..", no backslash

// Columns by name. A Shopify metafield column "Any words (product.metafields.kontor.x)" is found by
// what is in parentheses; a key that ends in "_en" means the other language: "_de" in a shop whose
// first language is English.
struct import_column {
    const char *name, *key; // key: "product.metafields.kontor.title_en", or NULL; "*": name is what
                            // a header begins with
};
struct import_table {
    const struct import_column *columns;
    size_t n;
    int *at;                    // index in the file, -1: not there
    struct str *headers;        // as in the file, per column of the table
    const char *const *ignored; // known, nothing is made of them; prefixes, NULL-terminated
    struct csv_row row;
};
MUST_USE bool import_header(struct importer *im, struct import_table *t, const struct csv_row *row);
struct str import_cell(const struct import_table *t,
                       size_t column); // absent: no such column; trimmed
struct str import_raw(const struct import_table *t, size_t column); // untrimmed
// "12,50" as "12.50": two digits behind the only comma and no dot; all else is given back as it is.
struct str import_decimal_comma(struct arena *a, struct str s);
bool import_row_ok(struct importer *im, const struct csv_row *row); // UTF-8, no NUL; else told
// Cells as values; a bad one is told with its column and false is returned. Empty gives 0 and
// *given_out false.
bool import_money(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                  bool *given_out);
bool import_decimal(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                    bool *given_out);
bool import_whole(struct importer *im, const struct import_table *t, size_t column, int64_t *out,
                  bool *given_out);
enum lang import_other_lang(struct ctx *c);        // the language that is not the shop's first
bool import_flag(struct str cell, bool otherwise); // true yes 1 / false no 0

// A product on its way.
struct import_variant { // beside its variant_draft
    int64_t line;
    int64_t price, compare_at;
    bool has_price;
    struct currency cur;                // {0}: the shop's
    bool has_stock, tracked, backorder; // has_stock: the policy is given
    bool has_count;                     // a number is given
    int64_t on_hand;
    struct str picture; // as in the file; absent: none
};
struct import_picture {
    int64_t line, position;
    struct str src;
    struct i18n_text alt;
    // filled by import_product_done:
    struct media_file file; // not of an address; stored unless it is a rehearsal
    bool is_url, usable;
};
struct import_product {
    int64_t line;
    struct str name;            // handle or id, for messages
    struct product_draft draft; // texts, lists but variants and media
    VEC(struct variant_draft) variants;
    VEC(struct import_variant) extra;
    VEC(struct import_picture) pictures;
    VEC(struct str) categories; // manual collections, "A > B"
    bool has_bad_rows;
};
// Everything in im->batch. The product is written with its batch, at the latest by
// import_products_flush.
MUST_USE bool import_product_done(struct importer *im, struct import_product *p);
MUST_USE bool import_products_flush(struct importer *im);

// In a transaction or outside: the product of an active variant with this SKU ("id:44": of
// WooCommerce's ID); 0: none.
MUST_USE bool import_product_by_sku(struct ctx *c, struct str sku, int64_t *id_out);

bool import_shopify_file(struct importer *im, struct str path);
bool import_woocommerce_file(struct importer *im, struct str path);
bool import_retail_run(struct importer *im);
