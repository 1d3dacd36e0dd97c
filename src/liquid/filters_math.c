// SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "liquid/filters.h"

static struct number in_number(struct liquid_call *c) { return number_of(c->arena, c->input); }

static struct number arg_number(struct liquid_call *c, size_t i) {
    return number_of(c->arena, liquid_arg(&c->args, i));
}

FILTER(plus) {
    UNUSED_ERR;
    *out = number_value(c->arena, number_add(c->arena, in_number(c), arg_number(c, 0), false));
    return true;
}
FILTER(minus) {
    UNUSED_ERR;
    *out = number_value(c->arena, number_add(c->arena, in_number(c), arg_number(c, 0), true));
    return true;
}
FILTER(times) {
    UNUSED_ERR;
    *out = number_value(c->arena, number_mul(c->arena, in_number(c), arg_number(c, 0)));
    return true;
}

FILTER(divided_by) {
    struct number r;
    if (!number_div(c->arena, in_number(c), arg_number(c, 0), &r))
        return liquid_error_set(err, "divided by 0");
    *out = number_value(c->arena, r);
    return true;
}
FILTER(modulo) {
    struct number r;
    if (!number_mod(c->arena, in_number(c), arg_number(c, 0), &r))
        return liquid_error_set(err, "divided by 0");
    *out = number_value(c->arena, r);
    return true;
}

FILTER(abs) {
    UNUSED_ERR;
    struct number n = in_number(c), zero = {.small = true};
    if (n.special)
        n.real = fabs(n.real);
    else if (number_cmp(c->arena, n, zero) < 0)
        n = number_add(c->arena, zero, n, true);
    *out = number_value(c->arena, n);
    return true;
}

static bool is_finite(struct number n, struct err *err) {
    if (!n.special || isfinite(n.real)) return true;
    return liquid_error_set(err, "Computation results in %s",
                            isnan(n.real) ? "'NaN' (Not a Number)"
                            : n.real < 0  ? "'-Infinity'"
                                          : "'Infinity'");
}

static bool rounded(struct liquid_call *c, enum round_to how, int64_t digits,
                    struct liquid_value *out, struct err *err) {
    struct number n = in_number(c);
    if (digits <= 0) TRY(is_finite(n, err));
    if (digits > 4096) digits = 4096;
    if (digits < -4096) digits = -4096;
    *out = number_value(c->arena, number_round(c->arena, n, how, digits));
    return true;
}

FILTER(round) {
    struct number n = arg_number(c, 0);
    TRY(is_finite(n, err));
    int64_t digits = value_to_i(c->arena, number_value(c->arena, n));
    return rounded(c, ROUND_TO_NEAREST, digits, out, err);
}
FILTER(ceil) { return rounded(c, ROUND_TO_CEIL, 0, out, err); }
FILTER(floor) { return rounded(c, ROUND_TO_FLOOR, 0, out, err); }

FILTER(at_least) {
    UNUSED_ERR;
    struct number n = in_number(c), least = arg_number(c, 0);
    *out = number_value(c->arena, number_cmp(c->arena, least, n) == 1 ? least : n);
    return true;
}
FILTER(at_most) {
    UNUSED_ERR;
    struct number n = in_number(c), most = arg_number(c, 0);
    *out = number_value(c->arena, number_cmp(c->arena, most, n) < 0 ? most : n);
    return true;
}

#define F(filter, least, most)                                                                     \
    { #filter, filter_##filter, least, most }
const struct std_filter math_filters[] = {
    F(plus, 1, 1),   F(minus, 1, 1),    F(times, 1, 1),   F(divided_by, 1, 1),
    F(modulo, 1, 1), F(abs, 0, 0),      F(round, 0, 1),   F(ceil, 0, 0),
    F(floor, 0, 0),  F(at_least, 1, 1), F(at_most, 1, 1),
};
const size_t math_filters_n = ARRAY_LEN(math_filters);
