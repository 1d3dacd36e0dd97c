// SPDX-License-Identifier: Apache-2.0
// Whole numbers of any size, without sign: the sign is their user's. Only number.c uses them.
#pragma once
#include "liquid/values.h"

struct liquid_big *big_of_u64(struct arena *a, uint64_t v);
struct liquid_big *big_of_digits(struct arena *a, struct str digits);
int big_cmp(const struct liquid_big *x, const struct liquid_big *y);
struct liquid_big *big_add(struct arena *a, const struct liquid_big *x, const struct liquid_big *y);
struct liquid_big *big_sub(struct arena *a, const struct liquid_big *x,
                           const struct liquid_big *y); // x >= y
struct liquid_big *big_mul(struct arena *a, const struct liquid_big *x, const struct liquid_big *y);
struct liquid_big *big_shift(struct arena *a, const struct liquid_big *x,
                             uint32_t digits); // x * 10^digits
// Quotient and rest, truncated; y is not zero.
struct liquid_big *big_divmod(struct arena *a, const struct liquid_big *x,
                              const struct liquid_big *y, struct liquid_big **rest_out);
uint32_t big_digits(const struct liquid_big *x);
struct str big_str(struct arena *a, const struct liquid_big *x, bool negative);
