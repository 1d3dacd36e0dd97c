// SPDX-License-Identifier: Apache-2.0
// Growing arrays in an arena. A vec is any struct with fields v, n, cap:
//     struct lines { struct line *v; size_t n, cap; };
//     *VEC_PUSH(arena, &lines) = (struct line){...};
// Elements may move when it grows; the old room stays in the arena until it is reset.
#pragma once
#include "base/arena.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }
#define VEC_PUSH(a, vec)                                                                           \
    ((vec)->n == (vec)->cap                                                                        \
         ? (void)((vec)->v = vec_grow((a), (vec)->v, &(vec)->cap, sizeof *(vec)->v))               \
         : (void)0,                                                                                \
     &(vec)->v[(vec)->n++])

void *vec_grow(struct arena *a, const void *v, size_t *cap, size_t size);
