// SPDX-License-Identifier: Apache-2.0
// A WooCommerce file while it is read: variable products wait for their variations, groups for all.
#pragma once
#include "flow/import_extras.h"

enum { ATTRIBUTES_MAX = 12 };

struct attribute_cell {
    struct str name;
    struct str *values;
    size_t n;
};
struct row_attributes {
    struct attribute_cell v[ATTRIBUTES_MAX];
    size_t n;
};
struct variation {
    struct str parent;
    int64_t position;
    struct variant_draft draft;
    struct import_variant offer;
    struct row_attributes attributes;
    bool bad; // its product keeps what it has
};
struct parent { // a variable product; waits for its variations
    struct import_product product;
    struct row_attributes attributes;
    struct json options_en;
    bool exact_attributes; // told by our own column
    VEC(struct variation *) variations;
};
struct group {
    int64_t line;
    struct str ref, title, description, members;
};
struct woo {
    struct importer *im;
    struct import_table table;
    bool has_header, is_tax_file;
    VEC(struct parent *) parents;
    VEC(struct variation *) variations;
    VEC(struct group) groups;
    struct map parent_by; // SKU and "id:44" → struct parent
    struct map seen;      // IDs
};

// "a, b\\, c" gives "a" and "b, c".
struct str *woo_list(struct arena *a, struct str s, size_t *n_out);
const struct attribute_cell *woo_attribute(const struct row_attributes *r, struct str name);
void woo_add_attribute(struct arena *a, struct product_draft *d, const struct attribute_cell *c);
// The other CSV of WooCommerce, with tax rates: told apart by its header.
bool woo_is_tax_file(const struct csv_row *header);
MUST_USE bool woo_tax_header(struct importer *im, struct import_table *t,
                             const struct csv_row *header);
MUST_USE bool woo_tax_row(struct importer *im, const struct import_table *t);
// At the end of the file.
MUST_USE bool woo_finish_parents(struct woo *w);
MUST_USE bool woo_finish_groups(struct woo *w);
