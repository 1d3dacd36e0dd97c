// SPDX-License-Identifier: Apache-2.0
#include "base/vec.h"

void *vec_grow(struct arena *a, const void *v, size_t *cap, size_t size) {
    size_t old = *cap, grown;
    ensure(!__builtin_mul_overflow(old, 2, &grown));
    if (grown < 8) grown = 8;
    void *to = arena_alloc_array(a, grown, size);
    if (old) memcpy(to, v, old * size);
    *cap = grown;
    return to;
}
