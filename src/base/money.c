// SPDX-License-Identifier: Apache-2.0
#include "base/money.h"

#include "base/decimal.h"

typedef __int128 wide;

struct money money_add(struct money a, struct money b) {
    ensure(currency_eq(a.cur, b.cur));
    ensure(!__builtin_add_overflow(a.minor, b.minor, &a.minor));
    return a;
}

struct money money_sub(struct money a, struct money b) {
    ensure(currency_eq(a.cur, b.cur));
    ensure(!__builtin_sub_overflow(a.minor, b.minor, &a.minor));
    return a;
}

struct money money_neg(struct money a) {
    return money_sub(money(0, a.cur), a);
}

struct money money_times(struct money a, int64_t quantity) {
    ensure(!__builtin_mul_overflow(a.minor, quantity, &a.minor));
    return a;
}

int money_cmp(struct money a, struct money b) {
    ensure(currency_eq(a.cur, b.cur));
    return (a.minor > b.minor) - (a.minor < b.minor);
}

bool money_parse(struct str s, struct currency cur, struct money *out) {
    size_t first = str_starts(s, S("-")) ? 1 : 0;
    if (s.n <= first || s.p[first] == '.') return false;
    int64_t minor;
    TRY(scaled_parse(s, currency_digits(cur), &minor));
    if (minor > MONEY_MAX || minor < -MONEY_MAX) return false;
    *out = money(minor, cur);
    return true;
}

struct str money_plain(struct arena *a, struct money m) {
    int digits = currency_digits(m.cur);
    return scaled_plain(a, m.minor, digits, digits);
}

static bool rounds_away(wide quotient, wide remainder, wide den, enum rounding r) {
    switch (r) {
    case ROUND_HALF_UP:
        return remainder >= den - remainder;
    case ROUND_HALF_EVEN:
        if (remainder == den - remainder) return quotient & 1;
        return remainder > den - remainder;
    case ROUND_DOWN:
        return false;
    case ROUND_UP:
        return remainder > 0;
    }
    bug("unknown rounding");
}

int64_t muldiv(int64_t a, int64_t num, int64_t den, enum rounding r) {
    ensure(den > 0);
    wide product = (wide)a * num;
    bool minus = product < 0;
    wide size = minus ? -product : product;
    wide quotient = size / den, remainder = size % den;
    if (rounds_away(quotient, remainder, den, r)) quotient++;
    ensure(quotient <= INT64_MAX);
    return minus ? -(int64_t)quotient : (int64_t)quotient;
}

struct money money_tax_in_gross(struct money gross, int64_t rate) {
    ensure(rate >= 0 && rate <= INT64_MAX - RATE_ONE);
    return money(muldiv(gross.minor, rate, RATE_ONE + rate, ROUND_HALF_UP), gross.cur);
}

struct split {
    int64_t total; // >= 0
    int64_t weight_sum;
    const int64_t *weights;
    size_t n;
};

static int64_t split_floor(const struct split *s, size_t i) {
    return (int64_t)((wide)s->total * s->weights[i] / s->weight_sum);
}

static int64_t split_remainder(const struct split *s, size_t i) {
    return (int64_t)((wide)s->total * s->weights[i] % s->weight_sum);
}

static size_t count_above(const struct split *s, int64_t remainder) {
    size_t count = 0;
    for (size_t i = 0; i < s->n; i++) count += split_remainder(s, i) > remainder;
    return count;
}

// The smallest remainder that no more than left weights exceed.
static int64_t last_served(const struct split *s, size_t left) {
    int64_t low = 0, high = s->weight_sum;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (count_above(s, middle) <= left)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void money_allocate(struct money total, const int64_t *weights, size_t n, struct money *out) {
    struct split s = {.weights = weights, .n = n};
    bool minus = total.minor < 0;
    s.total = minus ? money_neg(total).minor : total.minor;
    for (size_t i = 0; i < n; i++) {
        ensure(weights[i] >= 0);
        ensure(!__builtin_add_overflow(s.weight_sum, weights[i], &s.weight_sum));
    }
    ensure(s.weight_sum > 0);
    size_t left = (size_t)s.total;
    for (size_t i = 0; i < n; i++) left -= (size_t)split_floor(&s, i);
    int64_t edge = last_served(&s, left);
    size_t at_edge =
        left - count_above(&s, edge); // how many get one more unit with just this remainder
    for (size_t i = 0; i < n; i++) {
        int64_t share = split_floor(&s, i), remainder = split_remainder(&s, i);
        if (remainder > edge) share++;
        if (remainder == edge && at_edge > 0) {
            share++;
            at_edge--;
        }
        out[i] = money(minus ? -share : share, total.cur);
    }
}
