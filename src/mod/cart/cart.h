// SPDX-License-Identifier: Apache-2.0
// The cart of a session: variants and quantities, and what the visitor says with them. Prices are
// never kept in a cart; they are looked up when it is shown and fixed when the order is placed.
#pragma once
#include "core/tx.h"

#define CART_LINES_MAX    100
#define CART_QUANTITY_MAX 9999
#define CART_NOTE_MAX     5000 // code points
#define CART_WORDS_MAX    50   // attributes
#define CART_WORD_MAX     500  // code points of a name or a value

enum cart_verdict {
    CART_OK,
    CART_NO_VARIANT,   // unknown, not active, or its product is not for sale
    CART_OUT_OF_STOCK, // nothing left; the cart is unchanged
    CART_CLIPPED,      // less than asked for was put in: that is all there is, or CART_QUANTITY_MAX
    CART_FULL,         // CART_LINES_MAX
    CART_BAD_QUANTITY,
};
// Each opens its own transaction, or runs in the caller's when one is open (which keeps it only for
// CART_OK and CART_CLIPPED). c->session_id must exist (core/session.h: session_start).
MUST_USE bool cart_add(struct ctx *c, int64_t variant_id, int64_t quantity, enum cart_verdict *out);
// The same with what is wished of it: a JSON object of texts ({"Engraving":"Anna"}), under the
// limits of cart_say. The same goods with other wishes are a line of their own.
MUST_USE bool cart_add_told(struct ctx *c, int64_t variant_id, int64_t quantity,
                            struct str properties, enum cart_verdict *out);
// Wishes as they are kept: in their order, within the limits, "{}" for none. ERR_INVALID when the
// text is no JSON object.
MUST_USE bool cart_properties(struct ctx *c, struct str json, struct str *out);
// A line by its id; CART_NO_VARIANT when it is not in this cart.
MUST_USE bool cart_set_line(struct ctx *c, int64_t line_id, int64_t quantity,
                            enum cart_verdict *out);
// The first line of a variant; one is made when there is none.
MUST_USE bool cart_set(struct ctx *c, int64_t variant_id, int64_t quantity,
                       enum cart_verdict *out); // 0 removes

struct cart_item { // a line as it would be bought now
    int64_t line_id, variant_id, product_id, quantity;
    struct str properties; // JSON object of texts, "{}": nothing is wished
    struct str handle, title, variant_title, sku, vendor, kind; // in the ctx's language
    struct str image_hash; // of the variant or the product's first picture; absent: none
    struct str tax_category;
    int64_t price, total, compare_at, low30; // minor units, shop's currency; 0: none
    int64_t unit_amount, base_amount;        // millionths; 0: no unit price
    struct str unit, base_unit;
    int64_t weight_g;
    int64_t available; // pieces that can be had (INT64_MAX: not counted)
    bool for_sale;     // product active, variant active, price known
    bool requires_shipping;
};
struct cart_view {
    int64_t cart_id;
    struct cart_item *v;
    size_t n;
    int64_t goods; // sum of totals, minor units
    int64_t pieces;
    struct str order_key;  // idempotency key of the order this cart will become
    bool buyable;          // not empty, every line for sale and available
    struct str note;       // "" when there is none
    struct str attributes; // JSON object of texts: {"Gift wrap":"yes"}
};
// A line's kind and wishes as people read them: "Small · Engraving: Anna". Names that begin with _
// are the theme's own and left out. "" when there is neither.
struct str cart_item_words(struct ctx *c, const struct cart_item *it);
// The cart of c->session_id; an empty view when there is none.
MUST_USE bool cart_load(struct ctx *c, struct cart_view *out);
MUST_USE bool cart_pieces(struct ctx *c, int64_t *out); // only how many there are
// What the visitor says with the cart: a note, and attributes as a JSON object of texts. An absent
// one stays as it is. Attributes are laid over those that are there; an empty value takes one away.
// A value that is too long is cut, a name that is too long passed over, as are attributes beyond
// the limit; what is no such object is refused by ERR_INVALID. Opens its
// own transaction, or runs in the caller's.
MUST_USE bool cart_say(struct ctx *c, struct str note, struct str attributes);
// In a transaction: empties the cart, forgets what was said and gives it a new order_key.
MUST_USE bool cart_clear(struct ctx *c, int64_t cart_id);
// A sign-in exchanged the browser's session for c->session_id: its cart goes with it. Own
// transaction.
MUST_USE bool cart_follow(struct ctx *c, int64_t from_session);
extern const struct module cart_module;
