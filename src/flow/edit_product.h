// SPDX-License-Identifier: Apache-2.0
// What the desk's editors save, each as one transaction: a product with pictures, prices, stock and
// its place in collections; a collection.
#pragma once
#include "mod/catalog/catalog.h"

struct variant_sale { // beside the draft's variant of the same index
    bool has_price;
    int64_t amount, compare_at; // minor units of the shop's currency; compare_at 0: none
    bool has_stock;             // a counted number is given
    int64_t on_hand, seen;      // seen: the number that was shown; another one since is a refusal
    bool tracked, backorder;
};
struct upload {
    struct str bytes, filename;
};
struct product_edit {
    struct product_draft draft;
    const struct variant_sale *sale; // draft.variant_count of them
    const struct upload *files;      // new pictures, put behind the draft's
    size_t file_count;
    bool set_collections; // manual collections the product is in; false: left as they are
    const int64_t *collections;
    size_t collection_count;
    const struct swatch_draft *swatches; // of option values, this product's or not
    size_t swatch_count;
};
struct product_edited {
    struct product_saved saved;
    bool stock_moved; // refused: somebody bought or counted since the number was shown
    size_t variant;   // whose
    int64_t on_hand;  // what is there now
};
// Uploads must have passed media_inspect.
MUST_USE bool product_edit(struct ctx *c, const struct product_edit *in,
                           struct product_edited *out);
MUST_USE bool collection_edit(struct ctx *c, const struct collection_draft *d,
                              enum collection_verdict *out, int64_t *id_out);
