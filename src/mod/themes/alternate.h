// SPDX-License-Identifier: Apache-2.0
// Alternate templates: product.wide beside product. What a merchant gave to a product, collection,
// blog or article counts when the address does not ask for another (?view=) and the live theme has
// it; else the usual template is used, so that another theme breaks nothing. Pages keep theirs
// themselves (module content).
#pragma once
#include "core/tx.h"

// object: "product", "collection", "blog", "article". Empty: the usual one. Kept, so it costs a
// page no query.
MUST_USE bool themes_alternate_of(struct ctx *c, const char *object, int64_t id,
                                  struct str *suffix_out);
// In a transaction. False with ERR_INVALID: not the name of a template.
MUST_USE bool themes_alternate_set(struct ctx *c, const char *object, int64_t id,
                                   struct str suffix);
// The ones that the live theme has for "product", in order: "wide|tall"; empty: none. current is in
// it, too, if the theme does not have it any more.
struct str themes_alternates(struct ctx *c, const char *name, struct str current);
