// SPDX-License-Identifier: Apache-2.0
// What a save would change: the input of a writing query beside the stored row, field by field
// through their descriptors.
#pragma once
#include "base/json.h"
#include "base/row.h"

struct row_view {
    const struct row_type *type;
    const void *row;
};
// Counts the fields of want that stored has under the same name with another value. detail may be
// NULL; else each such field is written to it as "name":[old,new], long texts cut. SQL NULL differs
// from every value.
size_t row_diff(struct row_view want, struct row_view stored, struct json_writer *detail);
