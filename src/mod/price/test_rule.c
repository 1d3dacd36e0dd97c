// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "mod/price/rule.h"

#define D(n) ((n)*DAY)

static struct price_reference of(const struct price_point *p, size_t n) {
    return price_reference(p, n);
}
#define OF(...)                                                                                    \
    of((const struct price_point[]){__VA_ARGS__},                                                  \
       ARRAY_LEN(((const struct price_point[]){__VA_ARGS__})))

static void test_no_sale(void **state) {
    (void)state;
    assert_false(of(NULL, 0).on_sale);
    assert_false(OF({1000, 0, D(1)}).on_sale);
    assert_false(
        OF({1000, 1000, D(1)}).on_sale); // a former price that is not higher announces nothing
    assert_false(OF({800, 1000, D(1)}, {1000, 0, D(2)}).on_sale); // the sale is over
}

// PAngV § 11 (1): the reference is the lowest price of the 30 days before the reduction.
static void test_lowest_of_30_days(void **state) {
    (void)state;
    struct price_reference r = OF({1000, 0, D(0)}, {800, 1000, D(100)});
    assert_true(r.on_sale);
    assert_int_equal(r.sale_since, D(100));
    assert_int_equal(r.low30, 1000);
    // Raised five days before the sale: the lower price before counts.
    assert_int_equal(OF({700, 0, D(0)}, {1000, 0, D(95)}, {800, 1000, D(100)}).low30, 700);
    // A short low in between, and one that is too long ago.
    assert_int_equal(
        OF({1000, 0, D(0)}, {600, 0, D(80)}, {1000, 0, D(81)}, {800, 1000, D(100)}).low30, 600);
    assert_int_equal(OF({600, 0, D(0)}, {1000, 0, D(60)}, {800, 1000, D(100)}).low30, 1000);
    // An earlier sale's price was asked, too.
    assert_int_equal(
        OF({1000, 0, D(0)}, {500, 1000, D(85)}, {1000, 0, D(90)}, {800, 1000, D(100)}).low30, 500);
    // New in the shop: no price was asked before.
    assert_int_equal(OF({800, 1000, D(100)}).low30, 0);
}

static void test_boundary(void **state) {
    (void)state;
    // Raised exactly 30 days before: the old price was no longer asked within the 30 days.
    assert_int_equal(OF({600, 0, D(0)}, {1000, 0, D(70)}, {800, 1000, D(100)}).low30, 1000);
    // A microsecond later it still was.
    assert_int_equal(OF({600, 0, D(0)}, {1000, 0, D(70) + 1}, {800, 1000, D(100)}).low30, 600);
}

// PAngV § 11 (2): a reduction that goes on step by step keeps the reference of its first step.
static void test_stepwise(void **state) {
    (void)state;
    struct price_reference r =
        OF({1000, 0, D(0)}, {900, 1000, D(100)}, {800, 1000, D(105)}, {700, 1000, D(150)});
    assert_int_equal(r.sale_since, D(100));
    assert_int_equal(r.low30, 1000);
    // Dearer again, though still announced as reduced: a new reduction, whose reference is the
    // lower price just before.
    r = OF({1000, 0, D(0)}, {700, 1000, D(100)}, {900, 1000, D(105)});
    assert_int_equal(r.sale_since, D(105));
    assert_int_equal(r.low30, 700);
    // A pause ends the run.
    r = OF({1000, 0, D(0)}, {900, 1000, D(100)}, {1000, 0, D(110)}, {800, 1000, D(115)});
    assert_int_equal(r.sale_since, D(115));
    assert_int_equal(r.low30, 900);
}

static void test_corrected_at_once(void **state) {
    (void)state;
    // Typed wrong and corrected in the same moment: nobody was asked the wrong price.
    assert_int_equal(
        OF({1000, 0, D(0)}, {1, 0, D(90)}, {1000, 0, D(90)}, {800, 1000, D(100)}).low30, 1000);
}

#define U INT64_C(1000000)
static int64_t per(int64_t amount, int64_t content, const char *unit, int64_t base,
                   const char *base_unit) {
    return price_per_unit(amount, content * U, str_c(unit), base * U, str_c(base_unit));
}

// PAngV § 4 and § 5: the price of 1 kg, 1 l, 1 m.
static void test_unit_price(void **state) {
    (void)state;
    assert_int_equal(per(299, 250, "g", 1, "kg"), 1196);
    assert_int_equal(per(299, 250, "g", 100, "g"), 120); // 119.6
    assert_int_equal(per(599, 750, "ml", 1, "l"), 799);  // 798.67
    assert_int_equal(per(1000, 75, "cl", 1, "l"), 1333);
    assert_int_equal(per(450, 300, "cm", 1, "m"), 150);
    assert_int_equal(per(1, 2, "kg", 1, "kg"), 1); // 0.5 is rounded up
    assert_int_equal(per(299, 1, "kg", 1, "kg"),
                     0); // the content is the base: the price says it all
    assert_int_equal(per(299, 1000, "g", 1, "kg"), 0);
    assert_int_equal(per(299, 250, "g", 1, "l"), 0);
    assert_int_equal(per(299, 0, "g", 1, "kg"), 0);
    assert_int_equal(per(299, 250, "g", 0, "kg"), 0);
    assert_int_equal(per(299, 250, "stone", 1, "kg"), 0);
    assert_true(price_unit_known(S("KG")));
    assert_false(price_unit_known(S("")));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_no_sale),           cmocka_unit_test(test_lowest_of_30_days),
    cmocka_unit_test(test_boundary),          cmocka_unit_test(test_stepwise),
    cmocka_unit_test(test_corrected_at_once), cmocka_unit_test(test_unit_price),
};
int main(void) { return TEST_GROUP(tests); }
