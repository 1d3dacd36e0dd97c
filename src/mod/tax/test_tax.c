// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/rng.h"
#include "core/testing.h"
#include "mod/tax/tax.h"

static struct tax_document compute(struct arena *a, struct tax_line *lines, size_t n,
                                   int64_t shipping) {
    struct tax_document d;
    tax_compute(a, EUR, lines, n, shipping, &d);
    return d;
}

static void test_two_rates_and_shipping(void **state) {
    (void)state;
    struct arena a = {0};
    struct tax_line lines[] = {{.gross = 1190, .rate = 190000},
                               {.gross = 1070, .rate = 70000},
                               {.gross = 1190, .rate = 190000}};
    struct tax_document d = compute(&a, lines, 3, 345); // 2380 : 1070 of 345 is 238 : 107
    assert_int_equal(d.sum_count, 2);
    assert_int_equal(d.sums[0].rate, 190000);
    assert_int_equal(d.sums[0].gross, 2618);
    assert_int_equal(d.sums[0].tax, 418);
    assert_int_equal(d.sums[1].gross, 1177);
    assert_int_equal(d.sums[1].tax, 77);
    assert_int_equal(d.tax, 495);
    assert_int_equal(d.shipping_tax, 38 + 7);
    assert_int_equal(lines[0].tax, 190);
    assert_int_equal(lines[1].tax, 70);
    arena_done(&a);
}

static void test_small(void **state) {
    (void)state;
    struct arena a = {0};
    struct tax_line cent = {.gross = 1, .rate = 190000},
                    gift[] = {{.rate = 190000}, {.rate = 70000}};
    struct tax_document d = compute(&a, &cent, 1, 0);
    assert_int_equal(d.tax, 0); // 0.16 of a cent
    assert_int_equal(d.sums[0].gross, 1);
    cent.gross = 4;
    assert_int_equal(compute(&a, &cent, 1, 0).tax, 1); // 0.64
    d = compute(&a, gift, 2, 490); // goods for nothing: shipping bears the highest rate
    assert_int_equal(d.sums[0].gross, 490);
    assert_int_equal(d.sums[0].tax, 78);
    assert_int_equal(d.shipping_tax, 78);
    assert_int_equal(gift[0].tax + gift[1].tax, 0);
    d = compute(&a, NULL, 0, 0);
    assert_int_equal(d.sum_count, 0);
    arena_done(&a);
}

// Whatever is bought: lines and shipping sum to the tax, rates to the gross, and no rate is off by
// more than the rounding.
static void test_always_sums(void **state) {
    (void)state;
    static const int64_t rates[] = {190000, 70000, 0, 200000, 100000, 50000, 160000, 130000};
    struct rng rng = rng_new(4711);
    struct arena a = {0};
    for (int round = 0; round < 2000; round++) {
        struct tax_line lines[12];
        size_t n = 1 + (size_t)rng_below(&rng, ARRAY_LEN(lines));
        int64_t gross = 0, tax = 0, shipping = (int64_t)rng_below(&rng, 2000), sum = 0;
        for (size_t i = 0; i < n; i++) {
            lines[i] = (struct tax_line){.gross = (int64_t)rng_below(&rng, round % 2 ? 10 : 100000),
                                         .rate = rates[rng_below(&rng, ARRAY_LEN(rates))]};
            gross += lines[i].gross;
        }
        struct tax_document d = compute(&a, lines, n, shipping);
        for (size_t i = 0; i < n; i++) {
            assert_true(lines[i].tax >= 0 && lines[i].tax <= lines[i].gross);
            tax += lines[i].tax;
        }
        assert_int_equal(tax + d.shipping_tax, d.tax);
        tax = 0;
        for (size_t i = 0; i < d.sum_count; i++) {
            assert_true(i == 0 || d.sums[i].rate < d.sums[i - 1].rate);
            int64_t exact2 = 2 * d.sums[i].gross * d.sums[i].rate, base = 1000000 + d.sums[i].rate;
            assert_true(llabs(2 * d.sums[i].tax * base - exact2) <= base); // within half a cent
            sum += d.sums[i].gross;
            tax += d.sums[i].tax;
        }
        assert_int_equal(sum, gross + shipping);
        assert_int_equal(tax, d.tax);
        arena_reset(&a);
    }
    arena_done(&a);
}

static void rate(struct test_shop *t, const char *category, instant at, int64_t want) {
    struct ctx *c = test_ctx(t);
    int64_t got = -1;
    assert_ok(tax_rate_at(c, S("DE"), str_c(category), at, &got), &c->err);
    assert_int_equal(got, want);
}

static void test_dated(void **state) {
    (void)state;
    struct test_shop t;
    int64_t got;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&tax_module)});
    test_queries(&t);
    rate(&t, "standard", TEST_NOW, 190000);
    rate(&t, "reduced", TEST_NOW, 70000);
    rate(&t, "zero", TEST_NOW, 0);
    rate(&t, "standard", INT64_C(1593554399999999),
         190000); // 30 June 2020, 23:59:59.999999 in Berlin
    rate(&t, "standard", INT64_C(1593554400000000), 160000); // UStG § 28 (1)
    rate(&t, "reduced", INT64_C(1609455599999999), 50000);
    rate(&t, "reduced", INT64_C(1609455600000000), 70000);
    struct ctx *c = test_ctx(&t);
    assert_false(
        tax_rate_at(c, S("FR"), S("standard"), TEST_NOW, &got)); // nothing is sold without a rate
    assert_int_equal(c->err.code, ERR_NOT_FOUND);
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_two_rates_and_shipping), cmocka_unit_test(test_small),
    cmocka_unit_test(test_always_sums), cmocka_unit_test(test_dated)};
int main(void) { return TEST_GROUP(tests); }
