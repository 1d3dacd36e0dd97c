// SPDX-License-Identifier: Apache-2.0
// xoshiro256** by Blackman and Vigna, seeded by splitmix64.
#include "base/rng.h"

#include <string.h>

static uint64_t rotl(uint64_t x, int k) { return x << k | x >> (64 - k); }

struct rng rng_new(uint64_t seed) {
    struct rng r;
    for (size_t i = 0; i < ARRAY_LEN(r.s); i++) {
        seed += UINT64_C(0x9E3779B97F4A7C15);
        uint64_t z = seed;
        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        r.s[i] = z ^ z >> 31;
    }
    return r;
}

uint64_t rng_next(struct rng *r) {
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

uint64_t rng_below(struct rng *r, uint64_t n) {
    ensure(n > 0);
    uint64_t uneven = (0 - n) % n; // 2^64 mod n: so many values would make the low results likelier
    uint64_t v;
    do v = rng_next(r);
    while (v < uneven);
    return v % n;
}

void rng_fill(struct rng *r, void *p, size_t n) {
    unsigned char *to = p;
    for (size_t i = 0; i < n; i += 8) {
        uint64_t v = rng_next(r);
        memcpy(to + i, &v, n - i < 8 ? n - i : 8);
    }
}
