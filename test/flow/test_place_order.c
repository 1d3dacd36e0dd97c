// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "mod/price/price.h"

static enum place_order_verdict place(struct fixture *f, int64_t session,
                                      const struct place_order_in *in,
                                      struct place_order_out *out) {
    struct ctx *c = fixture_ctx(f, session);
    assert_ok(place_order(c, in, out), &c->err);
    return out->verdict;
}

static size_t mails(struct fixture *f) {
    test_jobs(&f->t);
    return f->t.world.mails.n;
}

static void test_whole(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 2}, {V_BOOK, 3}, {V_PENNY, 1});
    struct order_full o = fixture_order(&f, id);
    assert_int_equal(o.head.goods, 2 * 1999 + 3 * 333 + 1); // 4998
    assert_int_equal(o.head.shipping, 490);
    assert_int_equal(o.head.total, 5488);
    // 3999 of 4998 goods at 19 %: its part of 490 is 392.06, the rest 97.94; largest remainder
    // gives 392 and 98.
    assert_int_equal(o.taxes.n, 2);
    assert_int_equal(o.taxes.v[0].gross, 3999 + 392);
    assert_int_equal(o.taxes.v[0].tax, 701); // 4391 * 19 / 119 = 701.08
    assert_int_equal(o.taxes.v[1].gross, 999 + 98);
    assert_int_equal(o.taxes.v[1].tax, 72); // 1097 * 7 / 107 = 71.77
    assert_int_equal(o.head.tax, 773);
    assert_int_equal(o.lines.n, 3);
    assert_int_equal(o.events.n, 1);
    assert_str(o.events.v[0].kind, "placed");
    fixture_states(&f, id, "open", "pending", "open");
    assert_int_equal(fixture_stock(&f, V_LAMP), 8);
    assert_int_equal(fixture_stock(&f, V_BOOK), 2);
    assert_int_equal(mails(&f), 1);
    const struct fake_mail *m = world_fake_last_mail(&f.t.world, S("anna@example.org"));
    assert_non_null(m);
    assert_true(str_find(m->bytes, o.head.number) != STR_NONE);
    assert_true(str_find(m->bytes, S("MwSt. 19=C2=A0%: 7,01")) != STR_NONE);
    assert_true(str_find(m->bytes, S("MwSt. 7=C2=A0%: 0,72")) != STR_NONE);
    struct cart_view cart;
    struct ctx *c = fixture_ctx(&f, 1);
    assert_ok(cart_load(c, &cart), &c->err);
    assert_int_equal(cart.n, 0);
    fixture_close(&f);
}

static void test_again(void **state) {
    (void)state;
    struct fixture f;
    struct place_order_out first, second;
    fixture_open(&f);
    fixture_put(&f, 1, (struct want){V_LAMP, 1});
    struct place_order_in in = fixture_checkout(&f, 1, S_EXPRESS);
    assert_int_equal(place(&f, 1, &in, &first), PLACE_ORDER_OK);
    assert_int_equal(place(&f, 1, &in, &second), PLACE_ORDER_AGAIN);
    assert_int_equal(first.order_id, second.order_id);
    assert_strs(first.number, second.number);
    test_wait(&f.t, 30 * DAY);
    fixture_put(&f, 1, (struct want){V_LAMP, 1}); // a new cart: its key is another
    assert_int_equal(place(&f, 1, &in, &second), PLACE_ORDER_AGAIN);
    assert_int_equal(first.order_id, second.order_id);
    in = fixture_checkout(&f, 1, S_EXPRESS);
    assert_int_equal(place(&f, 1, &in, &second), PLACE_ORDER_OK);
    assert_int_not_equal(first.order_id, second.order_id);
    assert_int_equal(fixture_stock(&f, V_LAMP), 8);
    assert_int_equal(mails(&f), 2);
    fixture_close(&f);
}

static bool reprice(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return price_set(c, self, NULL);
}

static void test_refusals(void **state) {
    (void)state;
    struct fixture f;
    struct place_order_out out;
    fixture_open(&f);
    fixture_put(&f, 1, (struct want){V_LAMP, 1});
    const struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
    struct place_order_in bad = in;
    bad.total_seen--;
    assert_int_equal(place(&f, 1, &bad, &out), PLACE_ORDER_PRICE);
    bad = in, bad.shipping_method_id = 99;
    assert_int_equal(place(&f, 1, &bad, &out), PLACE_ORDER_SHIPPING);
    bad = in, bad.ship.country = S("FR");
    assert_int_equal(place(&f, 1, &bad, &out), PLACE_ORDER_SHIPPING);
    bad = in, bad.payment_method = S("gold");
    assert_int_equal(place(&f, 1, &bad, &out), PLACE_ORDER_PAYMENT);
    assert_int_equal(place(&f, 2, &in, &out), PLACE_ORDER_EMPTY); // another visitor's cart
    struct ctx *c = test_ctx(&f.t);
    struct price_set dearer = {.variant_id = f.variants[V_LAMP], .cur = EUR, .amount = 2099};
    assert_ok(tx_run(c, reprice, &dearer), &c->err);
    assert_int_equal(place(&f, 1, &in, &out), PLACE_ORDER_PRICE);
    assert_int_equal(fixture_stock(&f, V_LAMP), 10);
    assert_int_equal(mails(&f), 0);
    bad = fixture_checkout(&f, 1, S_PARCEL);
    assert_int_equal(place(&f, 1, &bad, &out), PLACE_ORDER_OK);
    assert_int_equal(fixture_order(&f, out.order_id).head.total, 2099 + 490);
    fixture_close(&f);
}

static void test_stock_gone(void **state) {
    (void)state;
    struct fixture f;
    struct place_order_out out;
    struct cart_view cart;
    fixture_open(&f);
    fixture_put(&f, 1, (struct want){V_LAMP, 2});
    fixture_put(&f, 1, (struct want){V_BOOK, 4});
    struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
    BUY(&f, 2, {V_BOOK, 3});
    assert_int_equal(place(&f, 1, &in, &out), PLACE_ORDER_STOCK);
    assert_int_equal(out.variant_id, f.variants[V_BOOK]);
    assert_int_equal(out.available, 2);
    struct ctx *c = fixture_ctx(&f, 1);
    assert_ok(cart_load(c, &cart), &c->err);
    assert_int_equal(cart.n, 2); // the rest of the cart is kept
    assert_false(cart.buyable);
    enum cart_verdict v;
    assert_ok(cart_set(c, f.variants[V_BOOK], 2, &v), &c->err);
    in = fixture_checkout(&f, 1, S_PARCEL);
    assert_int_equal(place(&f, 1, &in, &out), PLACE_ORDER_OK);
    assert_int_equal(fixture_stock(&f, V_BOOK), 0);
    fixture_close(&f);
}

static void test_uncounted(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_TABLE, 3}, {V_TEA, 7}, {V_PENNY, 9});
    assert_int_equal(fixture_stock(&f, V_TABLE), -3);
    assert_int_equal(fixture_stock(&f, V_PENNY), -9);
    fixture_count_stock(&f, V_TEA, 5); // counted from now on: the order before needs no move
    test_check(&f.t);
    assert_int_equal(fixture_order(&f, id).head.shipping, 0); // 16759 is above 50,00
    fixture_close(&f);
}

static void test_gift(void **state) {
    (void)state;
    struct fixture f;
    struct place_order_out out;
    fixture_open(&f);
    struct ctx *c = test_ctx(&f.t);
    struct price_set gift = {.variant_id = f.variants[V_LAMP], .cur = EUR, .amount = 0};
    assert_ok(tx_run(c, reprice, &gift), &c->err);
    fixture_put(&f, 1, (struct want){V_LAMP, 1});
    struct place_order_in in = fixture_checkout(&f, 1, S_PICKUP);
    in.payment_method = S("card");
    assert_int_equal(place(&f, 1, &in, &out), PLACE_ORDER_OK);
    assert_null(out.redirect_url.p); // nothing is to be paid
    fixture_states(&f, out.order_id, "open", "paid", "open");
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_whole),     cmocka_unit_test(test_again),
    cmocka_unit_test(test_refusals),  cmocka_unit_test(test_stock_gone),
    cmocka_unit_test(test_uncounted), cmocka_unit_test(test_gift),
};
int main(void) { return TEST_GROUP(tests); }
