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
extern const struct module customer_module;
