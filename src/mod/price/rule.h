// SPDX-License-Identifier: Apache-2.0
// Pure decisions on prices: a history in, a reference price out.
#pragma once
#include "base/str.h"
#include "base/time.h"

struct price_point { // a price held from then on until the next point
    int64_t amount;
    int64_t compare_at; // 0: none
    instant at;
};
struct price_reference {
    bool on_sale;       // the newest point is an announced reduction: compare_at above amount
    instant sale_since; // when the present run of reductions began; a further step down keeps it
                        // (PAngV § 11 (2))
    int64_t
        low30; // lowest amount asked in the 30 days before sale_since; 0: no price was asked then
};
// points: oldest first.
struct price_reference price_reference(const struct price_point *points, size_t n);

// The price of base_amount units of base_unit (PAngV § 4): amount * base / content, half up. Units
// of one kind are converted (g/kg, ml/l, cm/m); 0 when no unit price is due: no content, units of
// different kinds, or content equal to the base.
int64_t price_per_unit(int64_t amount, int64_t unit_amount, struct str unit, int64_t base_amount,
                       struct str base_unit);
bool price_unit_known(struct str unit);
