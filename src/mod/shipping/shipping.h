// SPDX-License-Identifier: Apache-2.0
// How goods travel: methods with price, countries and promise. What left is a shipment of the order
// (mod/order).
#pragma once
#include "core/tx.h"

struct shipping_offer {
    int64_t id;
    struct str name, delivery; // in the ctx's language
    int64_t price;             // gross for this cart, 0 when it is free
    int64_t free_from;         // goods value that makes it free; 0: never
    int64_t list_price;        // before free_from
    struct str countries;      // JSON array of ISO codes
};
struct shipping_offers {
    struct shipping_offer *v;
    size_t n;
};
// All active methods in the shop's currency for a goods value, in shop order.
MUST_USE bool shipping_offers(struct ctx *c, int64_t goods, struct shipping_offers *out);
bool shipping_goes_to(struct ctx *c, const struct shipping_offer *o, struct str country);
// Countries that any active method reaches, in the shop's order, as ISO codes.
struct str_list {
    struct str *v;
    size_t n, cap;
};
MUST_USE bool shipping_countries(struct ctx *c, struct str_list *out);

struct shipping_draft {
    int64_t id; // 0: a new method
    struct str name[LANG_COUNT],
        delivery[LANG_COUNT]; // of other languages than the first: empty removes
    struct str countries;     // JSON array of ISO codes, not empty
    int64_t price, free_from; // minor units; free_from 0: never free
    int64_t days_min, days_max, position;
    bool active;
};
// In a transaction; with audit, and bumps pages that show delivery. ERR_NOT_FOUND when the id is
// gone.
MUST_USE bool shipping_save(struct ctx *c, const struct shipping_draft *d, int64_t *id_out);
extern const struct module shipping_module;
