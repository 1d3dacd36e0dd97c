// SPDX-License-Identifier: Apache-2.0
#include "base/embed.h"

const struct embed *embed_find(const struct embed *table, size_t n, struct str path) {
    size_t low = 0;
    while (n > 0) {
        size_t middle = low + n / 2;
        int order = str_cmp(path, str_c(table[middle].path));
        if (order == 0) return &table[middle];
        if (order > 0) low = middle + 1;
        n = order > 0 ? n - n / 2 - 1 : n / 2;
    }
    return NULL;
}
