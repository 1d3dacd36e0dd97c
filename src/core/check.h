// SPDX-License-Identifier: Apache-2.0
// Invariants that ship: `kontor check` runs every module's checks; tests end with it. A check is a
// query of kind `each` that returns no row when all is well; a row's columns `object` and `detail`
// (AS "object:plain_text", "detail:plain_text") say what is wrong.
#pragma once
#include "core/module.h"

struct check {
    const char *name;             // "stock.level_is_sum_of_moves"
    const char *says;             // what a row means and what to do
    const struct db_query *query; // or
    bool (*run)(struct ctx *c, void (*found)(void *self, struct str object, struct str detail),
                void *self);
};
struct check_finding {
    const char *name, *says;
    struct str object, detail;
};
// Calls found for each broken invariant; false only for a failure to look.
MUST_USE bool check_all(struct ctx *c, void (*found)(void *self, const struct check_finding *f),
                        void *self);
