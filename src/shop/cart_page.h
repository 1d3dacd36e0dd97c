// SPDX-License-Identifier: Apache-2.0
// Inside of the storefront: a cart as templates see it, for the cart page and the checkout.
#pragma once
#include "flow/place_order.h"
#include "shop/page.h"

// Shopify's names: items, item_count, items_subtotal_price, total_price ...
struct liquid_map *cart_object(struct ctx *c, const struct cart_view *v);
// Adds `features` to the items: "Material: bamboo, cork · Origin: Germany".
MUST_USE bool cart_features(struct ctx *c, const struct cart_view *v, struct liquid_map *cart);
// Rows of tax of a quote or an order: rate_text, gross, tax.
struct tax_row {
    int64_t rate, gross, tax;
};
struct liquid_value tax_list(struct ctx *c, const struct tax_row *rows, size_t n);
void cart_cookie(struct ctx *c, struct response *rs,
                 int64_t pieces); // the number beside the cart's picture
struct str cart_problem(struct ctx *c, const struct cart_item *it);    // absent: none
struct str cart_line_key(struct arena *a, const struct cart_item *it); // of a line, for scripts
struct liquid_value cart_messages_of(struct page *p, const struct cart_view *v); // ?note=, ?added=
const char *cart_verdict_key(enum cart_verdict v); // of the sentence about it
// After a form: to return_to when it is an address of this shop, else to the cart.
bool cart_led_back(struct ctx *c, struct response *rs, struct str query);
// The same with what happened; a refusal shows the cart with status 422.
bool cart_answered(struct ctx *c, const struct request *rq, struct response *rs,
                   enum cart_verdict v);
// With what happened in note (message key, or NULL); status as given.
bool cart_show(struct ctx *c, const struct request *rq, struct response *rs, const char *note);
