// SPDX-License-Identifier: Apache-2.0
// Placing an order: one transaction in which prices and tax are fixed, stock is taken, the number
// is drawn, the order and its events are written, the cart is emptied, and the confirmation mail
// and payment are put on their way. The same order_key again, at any time and from any process,
// finds the order that was made and changes nothing.
#pragma once
#include "mod/cart/cart.h"
#include "mod/order/link.h"

struct address {
    struct str name, company, street, extra, postcode, city, country;
};
struct place_order_in {
    struct str order_key; // of the cart as the visitor saw it
    struct str email, phone, note;
    struct address ship, bill; // bill all absent: the same
    int64_t shipping_method_id;
    struct str payment_method; // "bank_transfer" or "stripe"
    int64_t total_seen; // minor units shown above the button; another total is refused and shown
};
enum place_order_verdict {
    PLACE_ORDER_OK,    // a new order
    PLACE_ORDER_AGAIN, // the order of this key was already placed
    PLACE_ORDER_EMPTY,
    PLACE_ORDER_STOCK,    // a line can no longer be had in full (variant_id, available); nothing of
                          // the cart is changed
    PLACE_ORDER_PRICE,    // the total changed since it was shown
    PLACE_ORDER_SHIPPING, // the method does not go to this country
    PLACE_ORDER_PAYMENT,  // the payment method is not offered
};
struct place_order_out {
    enum place_order_verdict verdict;
    int64_t order_id;
    struct str number;
    struct str redirect_url; // where the visitor pays now (Stripe); absent: show the order page
    int64_t variant_id;      // PLACE_ORDER_STOCK: the first line that fell short
    int64_t available;       // and what is left of it
};
MUST_USE bool place_order(struct ctx *c, const struct place_order_in *in,
                          struct place_order_out *out);

// What the checkout shows before the button: the same arithmetic as place_order.
struct checkout_tax {
    int64_t rate, gross, tax;
};
struct checkout_quote {
    int64_t goods, shipping, total, tax;
    struct checkout_tax taxes[8];
    size_t tax_count;
    bool deliverable; // the method goes to the country
};
MUST_USE bool checkout_quote(struct ctx *c, const struct cart_view *cart,
                             int64_t shipping_method_id, struct str country,
                             struct checkout_quote *out);
