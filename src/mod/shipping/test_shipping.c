// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "mod/shipping/shipping.h"
#include "shipping_sql.h"

static bool fill(struct ctx *c, void *self, bool *keep) {
    int64_t id;
    (void)self, (void)keep;
    TRY(shipping_method_add(&c->db,
                            &(struct shipping_method_add_in){.name = S("Paket"),
                                                             .delivery = S("2-4"),
                                                             .countries = S("[\"DE\",\"AT\"]"),
                                                             .price = 490,
                                                             .free_from = 5000,
                                                             .has_free_from = true,
                                                             .currency = S("EUR"),
                                                             .days_min = 2,
                                                             .days_max = 4,
                                                             .position = 2},
                            &id));
    TRY(shipping_method_add(&c->db,
                            &(struct shipping_method_add_in){.name = S("Dollar"),
                                                             .delivery = S("9"),
                                                             .countries = S("[\"US\"]"),
                                                             .price = 900,
                                                             .currency = S("USD"),
                                                             .days_min = 9,
                                                             .days_max = 9,
                                                             .position = 1},
                            &id));
    return shipping_method_add(&c->db,
                               &(struct shipping_method_add_in){.name = S("Express"),
                                                                .delivery = S("1"),
                                                                .countries = S("[\"DE\",\"NL\"]"),
                                                                .price = 990,
                                                                .currency = S("EUR"),
                                                                .days_min = 1,
                                                                .days_max = 1,
                                                                .position = 1},
                               &id);
}

static struct shipping_offers offers(struct test_shop *t, int64_t goods) {
    struct shipping_offers o;
    struct ctx *c = test_ctx(t);
    assert_ok(shipping_offers(c, goods, &o), &c->err);
    return o;
}

static void test_offers(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&shipping_module)});
    test_queries(&t);
    assert_int_equal(offers(&t, 0).n, 0);
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, NULL), &c->err);
    struct shipping_offers o = offers(&t, 4999);
    assert_int_equal(o.n, 2); // in the shop's order, in its currency
    assert_str(o.v[0].name, "Express");
    assert_str(o.v[1].name, "Paket");
    assert_int_equal(o.v[1].price, 490);
    o = offers(&t, 5000); // free from 50,00 on
    assert_int_equal(o.v[1].price, 0);
    assert_int_equal(o.v[1].list_price, 490);
    assert_int_equal(o.v[0].price, 990);
    c = test_ctx(&t);
    assert_true(shipping_goes_to(c, &o.v[1], S("AT")));
    assert_false(shipping_goes_to(c, &o.v[0], S("AT")));
    assert_false(shipping_goes_to(c, &o.v[0], S("")));
    assert_false(shipping_goes_to(c, &(struct shipping_offer){.countries = S("no list")}, S("DE")));
    struct str_list countries;
    assert_ok(shipping_countries(c, &countries), &c->err);
    assert_int_equal(countries.n, 3);
    assert_strs(countries.v[0], S("DE"));
    assert_strs(countries.v[1], S("NL"));
    assert_strs(countries.v[2], S("AT"));
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_offers)};
int main(void) { return TEST_GROUP(tests); }
