// SPDX-License-Identifier: Apache-2.0
// Tax rates by country, category and date, and the arithmetic of a gross document: tax is computed
// per rate on the sum of the gross amounts (UStG § 14 (4) 8; rounding once per rate) and then
// shared over the lines so that they sum to it.
#pragma once
#include "core/tx.h"

// False with ERR_NOT_FOUND and a hint when no rate is known: nothing is sold without one.
MUST_USE bool tax_rate_at(struct ctx *c, struct str country, struct str category, instant at,
                          int64_t *rate_out);

struct tax_line { // in: gross, rate (or is_shipping); out: tax, and rate for shipping
    int64_t gross, rate, tax;
};
struct tax_sum {
    int64_t rate, gross, tax;
};
struct tax_document {
    struct tax_sum sums[8]; // ordered by rate, highest first
    size_t sum_count;
    int64_t tax;
    int64_t shipping_tax;
};
// Pure. Shipping is a supply that shares the fate of the goods: its gross is split over the rates
// in the proportion of the goods' gross (UStAE 3.10 (5), Abschnitt 10.1). More than 8 rates is a
// bug.
void tax_compute(struct arena *a, struct currency cur, struct tax_line *lines, size_t n,
                 int64_t shipping_gross, struct tax_document *out);
extern const struct module tax_module;
