// SPDX-License-Identifier: Apache-2.0
// People who buy. Guests become customers by their e-mail address only when they sign in
// (flow/customer_code).
#pragma once
#include "core/tx.h"

struct customer_new {
    struct str email, name, lang, country,
        external_ref; // email or external_ref may be absent, not both
    instant created_at;
};
MUST_USE bool customer_find_or_add(struct ctx *c, const struct customer_new *n,
                                   int64_t *id_out); // in tx

// The address book of a customer; the one used last goes first and is the default.
#define CUSTOMER_ADDRESSES_MAX 100
struct customer_address {
    int64_t id; // 0: a new one
    struct str name, company, street, extra, postcode, city, country;
};
struct customer_address_book {
    struct customer_address *v;
    size_t n;
};
MUST_USE bool customer_address_book(struct ctx *c, int64_t customer_id,
                                    struct customer_address_book *out);
// Own transaction. first: it becomes the default (a new one is with first only, and the first of
// all). Another customer's id, one that is gone, or a full book: *done_out is false and nothing is
// changed.
MUST_USE bool customer_address_save(struct ctx *c, int64_t customer_id,
                                    const struct customer_address *a, bool first, bool *done_out);
MUST_USE bool customer_address_remove(struct ctx *c, int64_t customer_id, int64_t id);
extern const struct module customer_module;
