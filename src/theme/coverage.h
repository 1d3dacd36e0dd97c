// SPDX-License-Identifier: Apache-2.0
// What of Shopify's Liquid for themes is answered: docs/liquid-coverage.md. The names come from
// theme-liquid-docs; what is done comes from the tables that answer (filters, tags, properties of
// objects) and, for standard Liquid, from asking the engine; what is answered empty on purpose
// brings its reason from those tables or from coverage.c. So the page cannot say more than is.
#pragma once
#include "theme/object.h"

struct coverage_in {
    struct str filters, tags, objects;            // the three JSON files
    const struct theme_kind *const *const *kinds; // lists of kinds, each ended by NULL
    size_t n;
    // Globals without properties that pages give (page_title, canonical_url ...), NULL ends.
    const char *const *globals;
};
// The objects that the room of themes makes itself; NULL ends.
extern const struct theme_kind *const theme_kinds[];
// Appends the page to out. What is wrong with the tables is a line each in wrong_out: a name that
// the docs do not know and that is not marked as Kontor's own, an empty answer without a reason, a
// reason for what is answered. False: a file of the docs could not be read.
MUST_USE bool coverage_write(struct arena *a, const struct coverage_in *in, struct buf *out,
                             struct buf *wrong_out, struct err *err);
