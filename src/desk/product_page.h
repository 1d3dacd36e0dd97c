// SPDX-License-Identifier: Apache-2.0
// The product editor: shown out of the database, or again as it was typed.
#pragma once
#include "desk/page.h"
#include "mod/catalog/catalog.h"

enum { VARIANT_ROWS = 50, VARIANT_ROWS_MAX = 80, PICTURE_ROWS_MAX = 250, SWATCH_ROWS_MAX = 40 };
// id 0: a new product. With errors, f holds what was typed.
MUST_USE bool desk_product_show(struct desk *d, int64_t id);
// "v3_sku" as a field's name.
const char *desk_field(struct ctx *c, char letter, int64_t row, const char *name);
// Fields s0_color ... with the words they are about; read: at most SWATCH_ROWS_MAX.
MUST_USE bool desk_put_swatches(struct desk *d, int64_t product_id);
size_t desk_read_swatches(struct desk *d, struct swatch_draft *out);
