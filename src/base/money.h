// SPDX-License-Identifier: Apache-2.0
// Money: a count of minor units (cents for EUR, yen for JPY, fils for KWD) and the currency they
// are of (ISO 4217). double never touches money. Arithmetic checks overflow and equal currency;
// breaking either is a bug (ensure), because inputs are limited to MONEY_MAX when they are parsed
// and quantities to QUANTITY_MAX.
#pragma once
#include "base/arena.h"

#define MONEY_MAX                                                                                  \
    INT64_C(1000000000000) // 10 billion euro in cents: the largest amount accepted from outside
#define QUANTITY_MAX INT64_C(1000000)

struct currency {
    char code[4]; // upper case, NUL-terminated
};
struct money {
    int64_t minor;
    struct currency cur;
};
#define EUR ((struct currency){"EUR"})

bool currency_parse(struct str code, struct currency *out); // known ISO 4217 codes, upper case
int currency_digits(struct currency cur);                   // minor unit digits: 2, JPY 0, KWD 3
static inline struct str currency_str(const struct currency *c) {
    return (struct str){c->code, c->code[0] ? 3 : 0};
}
static inline bool currency_eq(struct currency a, struct currency b) {
    return memcmp(a.code, b.code, 3) == 0;
}

static inline struct money money(int64_t minor, struct currency cur) {
    return (struct money){minor, cur};
}
struct money money_add(struct money a, struct money b);
struct money money_sub(struct money a, struct money b);
struct money money_neg(struct money a);
struct money money_times(struct money a, int64_t quantity);
static inline bool money_is_zero(struct money a) { return a.minor == 0; }
int money_cmp(struct money a, struct money b);

// "1234.5", "-0.99" with a dot and at most the currency's digits; refuses anything else, and beyond
// MONEY_MAX.
bool money_parse(struct str s, struct currency cur, struct money *out);
struct str money_plain(struct arena *a,
                       struct money m); // "1234.50", machine form; shown forms live in core/i18n

enum rounding {
    ROUND_HALF_UP,
    ROUND_HALF_EVEN,
    ROUND_DOWN,
    ROUND_UP
}; // half up means away from zero
// a * num / den, rounded; den > 0. 128-bit inside.
int64_t muldiv(int64_t a, int64_t num, int64_t den, enum rounding r);
// Share of tax contained in a gross amount: gross * rate / (RATE_ONE + rate), half up. Rates are
// millionths: 19 % is 190000.
#define RATE_ONE INT64_C(1000000)
struct money money_tax_in_gross(struct money gross, int64_t rate);
// Splits total over n weights (not all zero, none negative) by largest remainder, ties to the lower
// index. The shares always sum to total; with total >= 0 none is negative. Written to out[0..n).
void money_allocate(struct money total, const int64_t *weights, size_t n, struct money *out);
