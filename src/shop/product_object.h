// SPDX-License-Identifier: Apache-2.0
// Inside of the storefront: what templates see as `product`, out of four queries.
#pragma once
#include "shop/page.h"

struct product_read {
    struct shop_product row;
    struct shop_variants_rows variants;
    struct shop_options_rows options;
    struct shop_product_extras_rows extras;
    size_t chosen; // index of the variant shown; variants.n: none can be sold
};
MUST_USE bool product_read(struct ctx *c, struct str handle, struct product_read *out,
                           bool *found_out);
// wanted: id of ?variant=, 0 for none. False: no such variant.
bool product_choose(struct product_read *r, int64_t wanted);
struct liquid_map *product_object(struct page *p, const struct product_read *r);
bool variant_available(const struct shop_variants *v);
struct str variant_title(struct ctx *c, const struct product_read *r,
                         const struct shop_variants *v);
struct liquid_value ld_product(struct ctx *c, const struct product_read *r);
