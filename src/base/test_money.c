// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "base/money.h"
#include "base/rng.h"
#include "base/test.h"

static struct currency currency(const char *code) {
    struct currency c;
    assert_true(currency_parse(str_c(code), &c));
    return c;
}

static void currencies(void **state) {
    (void)state;
    struct currency c;
    assert_int_equal(currency_digits(EUR), 2);
    assert_int_equal(currency_digits(currency("JPY")), 0);
    assert_int_equal(currency_digits(currency("KWD")), 3);
    assert_int_equal(currency_digits(currency("BGN")), 2);
    static const struct str bad[] = {S_INIT("eur"),  S_INIT("EU"),  S_INIT("EURO"), S_INIT(""),
                                     S_INIT("R US"), S_INIT("XXX"), S_INIT("D A"),  S_INIT("AAA")};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) assert_false(currency_parse(bad[i], &c));
    c = EUR;
    assert_str(currency_str(&c), "EUR");
}

static void arithmetic_is_checked(void **state) {
    (void)state;
    struct money a = money(150, EUR), b = money(-20, EUR);
    assert_int_equal(money_add(a, b).minor, 130);
    assert_int_equal(money_sub(a, b).minor, 170);
    assert_int_equal(money_neg(a).minor, -150);
    assert_int_equal(money_times(a, 3).minor, 450);
    assert_true(money_cmp(a, b) > 0 && money_cmp(b, a) < 0 && money_cmp(a, a) == 0);
    assert_true(money_is_zero(money(0, EUR)));
    assert_bug(money_add(a, money(1, currency("USD"))));
    assert_bug(money_add(money(INT64_MAX, EUR), a));
    assert_bug(money_times(money(INT64_MAX / 2, EUR), 3));
    assert_bug(money_neg(money(INT64_MIN, EUR)));
}

static void parsing(void **state) {
    (void)state;
    static const struct {
        const char *text, *currency;
        bool ok;
        int64_t minor;
        const char *plain;
    } cases[] = {
        {"1234.5", "EUR", true, 123450, "1234.50"},
        {"-0.99", "EUR", true, -99, "-0.99"},
        {"0", "EUR", true, 0, "0.00"},
        {"-0.00", "EUR", true, 0, "0.00"},
        {"007", "EUR", true, 700, "7.00"},
        {"120", "JPY", true, 120, "120"},
        {"1.234", "KWD", true, 1234, "1.234"},
        {"10000000000.00", "EUR", true, MONEY_MAX, "10000000000.00"},
        {"10000000000.01", "EUR", false, 0, ""},
        {"1.234", "EUR", false, 0, ""},
        {"1.0", "JPY", false, 0, ""},
        {"", "EUR", false, 0, ""},
        {"-", "EUR", false, 0, ""},
        {".5", "EUR", false, 0, ""},
        {"-.5", "EUR", false, 0, ""},
        {"5.", "EUR", false, 0, ""},
        {"1,5", "EUR", false, 0, ""},
        {"+1", "EUR", false, 0, ""},
        {" 1", "EUR", false, 0, ""},
        {"1e2", "EUR", false, 0, ""},
        {"1.2.3", "EUR", false, 0, ""},
        {"99999999999999999999", "EUR", false, 0, ""},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct money m;
        assert_int_equal(money_parse(str_c(cases[i].text), currency(cases[i].currency), &m),
                         cases[i].ok);
        if (!cases[i].ok) continue;
        assert_true(m.minor == cases[i].minor);
        assert_str(money_plain(&a, m), cases[i].plain);
    }
    arena_done(&a);
}

static void rounding(void **state) {
    (void)state;
    static const struct {
        int64_t a, half_up, half_even, down, up; // a / 10
    } cases[] = {{24, 2, 2, 2, 3},      {25, 3, 2, 2, 3},      {35, 4, 4, 3, 4},
                 {26, 3, 3, 2, 3},      {20, 2, 2, 2, 2},      {-24, -2, -2, -2, -3},
                 {-25, -3, -2, -2, -3}, {-35, -4, -4, -3, -4}, {0, 0, 0, 0, 0}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(muldiv(cases[i].a, 1, 10, ROUND_HALF_UP), cases[i].half_up);
        assert_int_equal(muldiv(cases[i].a, 1, 10, ROUND_HALF_EVEN), cases[i].half_even);
        assert_int_equal(muldiv(cases[i].a, 1, 10, ROUND_DOWN), cases[i].down);
        assert_int_equal(muldiv(cases[i].a, 1, 10, ROUND_UP), cases[i].up);
    }
    assert_true(muldiv(INT64_MAX, INT64_MAX, INT64_MAX, ROUND_DOWN) == INT64_MAX);
    assert_bug(muldiv(INT64_MAX, 2, 1, ROUND_DOWN));
    assert_bug(muldiv(1, 1, 0, ROUND_DOWN));
}

static void tax_contained(void **state) {
    (void)state;
    assert_int_equal(money_tax_in_gross(money(11900, EUR), 190000).minor, 1900);
    assert_int_equal(money_tax_in_gross(money(1999, EUR), 190000).minor, 319); // 3.1917
    assert_int_equal(money_tax_in_gross(money(1070, EUR), 70000).minor, 70);
    assert_int_equal(money_tax_in_gross(money(-11900, EUR), 190000).minor, -1900);
    assert_int_equal(money_tax_in_gross(money(500, EUR), 0).minor, 0);
}

static void allocation_by_largest_remainder(void **state) {
    (void)state;
    struct money out[4];
    money_allocate(money(100, EUR), (int64_t[]){1, 1, 1}, 3, out);
    assert_true(out[0].minor == 34 && out[1].minor == 33 && out[2].minor == 33);
    money_allocate(money(5, EUR), (int64_t[]){0, 3, 7}, 3, out);
    assert_true(out[0].minor == 0 && out[1].minor == 2 &&
                out[2].minor == 3); // 1.5 and 3.5: the lower index
    money_allocate(money(-100, EUR), (int64_t[]){1, 1, 1}, 3, out);
    assert_true(out[0].minor == -34 && out[1].minor == -33 && out[2].minor == -33);
    money_allocate(money(0, EUR), (int64_t[]){1, 2}, 2, out);
    assert_true(out[0].minor == 0 && out[1].minor == 0);
    assert_bug(money_allocate(money(1, EUR), (int64_t[]){0, 0}, 2, out));
    assert_bug(money_allocate(money(1, EUR), (int64_t[]){2, -1}, 2, out));
}

// Each share lies within one unit of its exact value, and all of them sum to the total.
static void allocation_always_sums(void **state) {
    (void)state;
    struct rng rng = rng_new(11);
    for (int round = 0; round < 20000; round++) {
        int64_t weights[12], sum = 0, shares = 0;
        struct money out[12];
        size_t n = 1 + (size_t)rng_below(&rng, 12);
        for (size_t i = 0; i < n; i++) {
            weights[i] = (int64_t)rng_below(&rng, round % 2 ? 5 : (uint64_t)MONEY_MAX);
            sum += weights[i];
        }
        if (sum == 0) sum = ++weights[0];
        int64_t total = (int64_t)rng_below(&rng, (uint64_t)MONEY_MAX) * (round % 3 ? 1 : -1);
        money_allocate(money(total, EUR), weights, n, out);
        for (size_t i = 0; i < n; i++) {
            shares += out[i].minor;
            int64_t low = muldiv(total, weights[i], sum, ROUND_DOWN);
            int64_t high = muldiv(total, weights[i], sum, ROUND_UP);
            assert_true(out[i].minor == low || out[i].minor == high);
        }
        assert_true(shares == total);
    }
}

static void decimals(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
        const char *plain;
    } cases[] = {{"12", true, 12000000, "12"},
                 {"-0.5", true, -500000, "-0.5"},
                 {".75", true, 750000, "0.75"},
                 {"0.000001", true, 1, "0.000001"},
                 {"1.500000", true, 1500000, "1.5"},
                 {"0.0000001", false, 0, ""},
                 {"1.", false, 0, ""},
                 {".", false, 0, ""},
                 {"", false, 0, ""},
                 {"--1", false, 0, ""},
                 {"9300000000000", false, 0, ""}};
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t v;
        assert_int_equal(decimal_parse(str_c(cases[i].text), &v), cases[i].ok);
        if (!cases[i].ok) continue;
        assert_true(v == cases[i].value);
        assert_str(decimal_plain(&a, v), cases[i].plain);
    }
    assert_str(decimal_plain(&a, INT64_MIN), "-9223372036854.775808");
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies),
        cmocka_unit_test(arithmetic_is_checked),
        cmocka_unit_test(parsing),
        cmocka_unit_test(rounding),
        cmocka_unit_test(tax_contained),
        cmocka_unit_test(allocation_by_largest_remainder),
        cmocka_unit_test(allocation_always_sums),
        cmocka_unit_test(decimals),
    };
    return TEST_GROUP(tests);
}
