// SPDX-License-Identifier: Apache-2.0
// What a variant costs: gross, in minor units of a currency. Every change is kept (price_change);
// the 30-day lowest price of an announced reduction (PAngV § 11) comes from that history.
#pragma once
#include "core/tx.h"

struct price_set {
    int64_t variant_id;
    struct currency cur;
    int64_t amount;
    int64_t compare_at; // 0: none
    instant at;         // 0: now
};
// In a transaction. Nothing is written when the price is already so. changed_out may be NULL.
MUST_USE bool price_set(struct ctx *c, const struct price_set *p, bool *changed_out);
extern const struct module price_module;
