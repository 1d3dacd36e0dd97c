// SPDX-License-Identifier: Apache-2.0
// Sums, weights and measures.
#include "theme/filter_private.h"

static bool sum(struct liquid_call *c, enum theme_money how, struct liquid_value *out) {
    if (c->input.type == LIQUID_NIL) return give_text(out, S(""));
    struct str text = liquid_str(c->input);
    if (text.p && !text.n) return give_text(out, S(""));
    struct buf b = call_buf(c);
    int64_t minor = liquid_to_int(c->input, INT64_MIN);
    if (minor == INT64_MIN) { // a text with a fraction, or a sum that is shown already
        double real = value_real(c->input, 1e18);
        if (real > 9e15 || real < -9e15) return give_text(out, call_in(c));
        minor = (int64_t)real;
    }
    call_host(c)->money(call_shop(c), minor, how, &b);
    return give_text(out, buf_str(&b));
}

FILTER(money) {
    (void)err;
    return sum(c, THEME_MONEY, out);
}
FILTER(money_with_currency) {
    (void)err;
    return sum(c, THEME_MONEY_WITH_CURRENCY, out);
}
FILTER(money_without_currency) {
    (void)err;
    return sum(c, THEME_MONEY_WITHOUT_CURRENCY, out);
}
FILTER(money_without_trailing_zeros) {
    (void)err;
    return sum(c, THEME_MONEY_WITHOUT_TRAILING, out);
}
FILTER_ALIAS(money_amount, money_without_currency)

// Grams to the unit asked; a shop of Kontor weighs in grams and shows kilograms.
FILTER(weight_with_unit) {
    (void)err;
    static const struct {
        const char *unit;
        double grams;
    } units[] = {{"kg", 1000}, {"g", 1}, {"lb", 453.59237}, {"oz", 28.349523125}};
    struct str unit = call_arg(c, 0);
    if (!unit.n) unit = S("kg");
    double grams = value_real(c->input, 0);
    struct buf b = call_buf(c);
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (!str_eq(unit, str_c(units[i].unit))) continue;
        put_real(&b, (double)(int64_t)(grams / units[i].grams * 100 + 0.5) / 100);
        for (size_t k = 0; k < b.n && is_german(c); k++)
            if (b.p[k] == '.') b.p[k] = ',';
        buf_fmt(&b, " %s", units[i].unit);
    }
    return give_text(out, buf_str(&b));
}

// "12,90 €/kg", "12,90 €/100 ml": the unit price and what it is for.
FILTER(unit_price_with_measurement) {
    struct liquid_value m = liquid_arg(&c->args, 0), value;
    struct str price = call_in(c), unit;
    if (c->input.type == LIQUID_NIL) return give_text(out, S(""));
    if (c->input.type == LIQUID_INT || c->input.type == LIQUID_MONEY) {
        struct buf b = call_buf(c);
        call_host(c)->money(call_shop(c), c->input.integer, THEME_MONEY, &b);
        price = buf_str(&b);
    }
    TRY(value_text(c->arena, m, "reference_unit", &unit, err));
    TRY(value_get(c->arena, m, "reference_value", &value, err));
    double reference = value_real(value, 1);
    struct buf b = call_buf(c);
    buf_put(&b, price);
    if (unit.p) {
        buf_put(&b, S("/"));
        if (reference < 0.9999 || reference > 1.0001) {
            put_real(&b, reference);
            buf_char(&b, ' ');
        }
        buf_put(&b, unit);
    }
    return give_text(out, buf_str(&b));
}
