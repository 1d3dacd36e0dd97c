// SPDX-License-Identifier: Apache-2.0
// What option values look like, in the product editor: one field a value, for the whole shop.
#include "catalog_sql.h"
#include "desk/product_page.h"

enum { TEXT = 500, COLOR = 7 };

bool desk_put_swatches(struct desk *d, int64_t product_id) {
    struct catalog_swatches_of_rows rows = {0};
    TRY(catalog_swatches_of_all(&d->c->db, &(struct catalog_swatches_of_in){product_id}, &rows));
    if (rows.n > SWATCH_ROWS_MAX) rows.n = SWATCH_ROWS_MAX;
    PUT_ROWS(d, "swatches", catalog_swatches_of, rows);
    return true;
}

size_t desk_read_swatches(struct desk *d, struct swatch_draft *out) {
    size_t n = 0;
    for (int64_t i = 0; i < SWATCH_ROWS_MAX; i++) {
        const char *field = desk_field(d->c, 's', i, "color");
        if (!request_form(d->rq, field).p) break;
        struct swatch_draft s = {
            .option_name = desk_read_text(d, desk_field(d->c, 's', i, "option"), 0, TEXT),
            .value = desk_read_text(d, desk_field(d->c, 's', i, "value"), 0, TEXT),
            .color = desk_lower(d->c->arena, desk_read_text(d, field, 0, COLOR)),
            .keep_media = true,
        };
        if (swatch_color_ok(s.color))
            out[n++] = s;
        else
            desk_fail_key(d, field, "desk.product.swatch_bad");
    }
    return n;
}
