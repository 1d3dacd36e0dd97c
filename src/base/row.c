// SPDX-License-Identifier: Apache-2.0
#include "base/row.h"

const struct field *row_field(const struct row_type *t, struct str name) {
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(str_c(t->fields[i].name), name)) return &t->fields[i];
    return NULL;
}
