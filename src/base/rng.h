// SPDX-License-Identifier: Apache-2.0
// A small seeded generator (xoshiro256**) for tests, models and jitter. Deterministic for a seed;
// never for secrets (those come from world->random).
#pragma once
#include "base/base.h"

struct rng {
    uint64_t s[4];
};
struct rng rng_new(uint64_t seed);
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n); // uniform in [0, n), n > 0
void rng_fill(struct rng *r, void *p, size_t n);
