// SPDX-License-Identifier: Apache-2.0
// Properties of one line: GOODS_GET(product_title, struct goods_product,
// liquid_text(x->row.title)). x is the thing, a the arena; GOODS_GET_WITH reads something first.
#pragma once
#include "theme/object.h"

#define GOODS_GET(fn, type, VALUE)                                                                 \
    static bool fn(void *self, struct arena *a, struct liquid_value *out, struct err *err) {       \
        type *x = self;                                                                            \
        (void)a;                                                                                   \
        (void)err;                                                                                 \
        *out = (VALUE);                                                                            \
        return true;                                                                               \
    }
#define GOODS_GET_WITH(fn, type, LOAD, VALUE)                                                      \
    static bool fn(void *self, struct arena *a, struct liquid_value *out, struct err *err) {       \
        type *x = self;                                                                            \
        (void)a;                                                                                   \
        TRY(LOAD);                                                                                 \
        *out = (VALUE);                                                                            \
        return true;                                                                               \
    }
static inline struct liquid_value goods_amount(int64_t minor) { // 0: nil
    return minor > 0 ? liquid_int(minor) : liquid_nil();
}
