// SPDX-License-Identifier: Apache-2.0
// Prices in the till, as the law wants them told.
#include "core/app.h"
#include "mod/price/rule.h"
#include "shop/page.h"

int64_t sale_percent(int64_t price, int64_t low30) {
    if (low30 <= price || low30 <= 0) return 0;
    return muldiv(low30 - price, 100, low30, ROUND_DOWN);
}

void set_price(struct ctx *c, struct liquid_map *m, const struct price_told *t) {
    liquid_set(m, "price", liquid_int(t->price));
    if (t->low30 > t->price) {
        int64_t percent = sale_percent(t->price, t->low30);
        liquid_set(m, "compare_at_price", liquid_int(t->low30));
        liquid_set(m, "lowest_price_30_days", liquid_int(t->low30));
        set_str(m, "lowest_price_30_days_text", money_of(c, t->low30));
        if (percent > 0) liquid_set(m, "sale_percent", liquid_int(percent));
    }
    int64_t unit = price_per_unit(t->price, t->unit_amount, t->unit, t->base_amount, t->base_unit);
    if (unit <= 0) return;
    liquid_set(m, "unit_price", liquid_int(unit));
    set_str(m, "reference_unit",
            arena_fmt(c->arena, STR_FMT "\u00a0" STR_FMT, STR_ARG(show_decimal(c, t->base_amount)),
                      STR_ARG(t->base_unit)));
}
