// SPDX-License-Identifier: Apache-2.0
#include "mod/tax/tax.h"

#include "core/check.h"
#include "tax_sql.h"

bool tax_rate_at(struct ctx *c, struct str country, struct str category, instant at,
                 int64_t *rate_out) {
    struct tax_rate_find r;
    bool found;
    TRY(tax_rate_find(
        &c->db, &(struct tax_rate_find_in){.country = country, .category = category, .at = at}, &r,
        &found));
    if (!found) {
        err_set(&c->err, ERR_NOT_FOUND, "No tax rate is known for category %.*s in %.*s.",
                STR_ARG(category), STR_ARG(country));
        return err_hint(&c->err, "Choose another country of the shop under Settings, or another "
                                 "tax category of the product.");
    }
    *rate_out = r.rate;
    return true;
}

static const struct check checks[] = {
    {"tax.overlap", "Two tax rates hold at the same time; end one of them.",
     &tax_check_overlap_query, NULL},
    {0},
};
const struct module tax_module = {
    .name = "tax",
    .queries = tax_sql_queries,
    .query_count = &tax_sql_query_count,
    .checks = checks,
};
