// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "mod/order/link.h"

static int64_t line_of(struct fixture *f, int64_t order_id, int v) {
    struct order_full o = fixture_order(f, order_id);
    for (size_t i = 0; i < o.lines.n; i++)
        if (o.lines.v[i].variant_id == f->variants[v]) return o.lines.v[i].id;
    fail_msg("no such line");
    return 0;
}

static int64_t credited(const struct order_full *o, int64_t *tax_out) {
    int64_t total = 0;
    *tax_out = 0;
    for (size_t i = 0; i < o->credits.n; i++) {
        total -= o->credits.v[i].total;
        *tax_out -= o->credits.v[i].tax;
    }
    return total;
}

// After all was taken back: nothing of the order's amount and tax is left, nor of its money.
static void assert_taken_back(struct fixture *f, int64_t id) {
    struct order_full o = fixture_order(f, id);
    struct payment_sums p = fixture_sums(f, id);
    int64_t tax;
    assert_int_equal(credited(&o, &tax), o.head.total);
    assert_int_equal(tax, o.head.tax);
    assert_int_equal(p.captured, p.refunded);
}

static void test_capture(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1}); // 19,99 + 4,90
    assert_int_equal(fixture_capture(&f, id, 1000, "a"), STEP_OK);
    fixture_states(&f, id, "open", "part_paid", "open");
    assert_int_equal(fixture_capture(&f, id, 1000, "a"), STEP_AGAIN);
    assert_int_equal(fixture_sums(&f, id).captured, 1000);
    assert_int_equal(fixture_capture(&f, id, 0, "b"), STEP_AMOUNT);
    assert_int_equal(fixture_capture(&f, id, -1, "b"), STEP_AMOUNT);
    assert_int_equal(fixture_capture(&f, id, MONEY_MAX + 1, "b"), STEP_AMOUNT);
    assert_int_equal(fixture_capture(&f, id + 7, 5, "b"), STEP_NOT_FOUND);
    assert_int_equal(fixture_capture(&f, id, 1489, "b"), STEP_OK);
    fixture_states(&f, id, "open", "paid", "open");
    test_jobs(&f.t);
    size_t mails = f.t.world.mails.n;
    assert_int_equal(mails, 2); // confirmation, payment received
    assert_int_equal(fixture_capture(&f, id, 11, "c"),
                     STEP_OK); // more than asked for is kept in the books all the same
    fixture_states(&f, id, "open", "paid", "open");
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, mails);
    fixture_close(&f);
}

static void test_ship(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 3}, {V_BOOK, 1});
    struct step_line one = {line_of(&f, id, V_LAMP), 1}, many = {one.order_line_id, 3},
                     foreign = {99, 1};
    struct step_line twice[] = {one, one};
    assert_int_equal(
        fixture_ship(&f,
                     &(struct ship_in){
                         .order_id = id, .lines = &one, .n = 1, .key = S("s1"), .notify = true}),
        STEP_OK);
    fixture_states(&f, id, "open", "pending", "part");
    assert_int_equal(
        fixture_ship(&f, &(struct ship_in){.order_id = id, .lines = &one, .n = 1, .key = S("s1")}),
        STEP_AGAIN);
    assert_int_equal(
        fixture_ship(&f, &(struct ship_in){.order_id = id, .lines = &many, .n = 1, .key = S("s2")}),
        STEP_QUANTITY);
    assert_int_equal(
        fixture_ship(&f, &(struct ship_in){.order_id = id, .lines = twice, .n = 2, .key = S("s2")}),
        STEP_QUANTITY);
    assert_int_equal(
        fixture_ship(&f,
                     &(struct ship_in){.order_id = id, .lines = &foreign, .n = 1, .key = S("s2")}),
        STEP_QUANTITY);
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = id, .key = S("s2")}), STEP_OK);
    fixture_states(&f, id, "open", "pending", "fulfilled");
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = id, .key = S("s3")}),
                     STEP_STATE);
    assert_int_equal(fixture_cancel(&f, &(struct cancel_in){.order_id = id, .key = S("c")}),
                     STEP_STATE);
    assert_int_equal(fixture_capture(&f, id, fixture_order(&f, id).head.total, "a"), STEP_OK);
    fixture_states(&f, id, "closed", "paid", "fulfilled");
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, 3); // confirmation, first parcel, payment
    fixture_close(&f);
}

static void test_cancel_unpaid(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 2}, {V_BOOK, 2}, {V_TEA, 1});
    struct cancel_in in = {
        .order_id = id, .reason = S("Irrtum"), .key = S("c1"), .restock = true, .notify = true};
    assert_int_equal(fixture_cancel(&f, &in), STEP_OK);
    assert_int_equal(fixture_cancel(&f, &in), STEP_AGAIN);
    in.key = S("c2");
    assert_int_equal(fixture_cancel(&f, &in), STEP_STATE);
    fixture_states(&f, id, "cancelled", "pending", "open");
    assert_int_equal(fixture_stock(&f, V_LAMP), 10);
    assert_int_equal(fixture_stock(&f, V_BOOK), 5);
    assert_taken_back(&f, id);
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = id, .key = S("s")}),
                     STEP_STATE);
    // Money that comes late is kept in the books and can be paid back without a second credit note.
    assert_int_equal(fixture_capture(&f, id, 500, "late"), STEP_OK);
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = 501, .key = S("r")}),
        STEP_AMOUNT);
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = 500, .key = S("r")}),
        STEP_OK);
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = 500, .key = S("r")}),
        STEP_AGAIN);
    assert_int_equal(fixture_order(&f, id).credits.n, 1);
    assert_taken_back(&f, id);
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, 2); // confirmation, cancelled
    fixture_close(&f);
}

static void test_cancel_paid(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1}, {V_BOOK, 3});
    int64_t total = fixture_order(&f, id).head.total;
    assert_int_equal(fixture_capture(&f, id, total + 100, "a"), STEP_OK); // 1,00 too much
    assert_int_equal(
        fixture_cancel(&f, &(struct cancel_in){.order_id = id, .key = S("c"), .restock = true}),
        STEP_OK);
    assert_int_equal(fixture_sums(&f, id).refunded, total + 100);
    assert_taken_back(&f, id);
    fixture_states(&f, id, "cancelled", "refunded", "open");
    fixture_close(&f);
}

// A price reduction and a returned piece before; the cancellation takes exactly the rest.
static void test_cancel_rest(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 2}, {V_BOOK, 3}, {V_PENNY, 1});
    assert_int_equal(fixture_capture(&f, id, 5488, "a"), STEP_OK);
    struct step_line book = {line_of(&f, id, V_BOOK), 1};
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = 1001, .key = S("r1")}),
        STEP_OK);
    assert_int_equal(fixture_refund(&f, &(struct refund_in){.order_id = id,
                                                            .lines = &book,
                                                            .n = 1,
                                                            .restock = true,
                                                            .key = S("r2")}),
                     STEP_OK);
    fixture_states(&f, id, "open", "part_refunded", "open");
    assert_int_equal(fixture_stock(&f, V_BOOK), 3);
    assert_int_equal(
        fixture_cancel(&f, &(struct cancel_in){.order_id = id, .key = S("c"), .restock = true}),
        STEP_OK);
    assert_int_equal(fixture_stock(&f, V_BOOK), 5);
    assert_int_equal(fixture_stock(&f, V_LAMP), 10);
    assert_taken_back(&f, id);
    // Everything was paid back as a reduction, then cancelled: the goods go back to the shelf all
    // the same.
    int64_t other = BUY(&f, 1, {V_LAMP, 4});
    int64_t total = fixture_order(&f, other).head.total;
    assert_int_equal(fixture_capture(&f, other, total, "b"), STEP_OK);
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = other, .amount = total, .key = S("r3")}),
        STEP_OK);
    assert_int_equal(
        fixture_cancel(&f, &(struct cancel_in){.order_id = other, .key = S("c2"), .restock = true}),
        STEP_OK);
    assert_int_equal(fixture_stock(&f, V_LAMP), 10);
    assert_taken_back(&f, other);
    fixture_close(&f);
}

static void test_refund_lines(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 2}, {V_BOOK, 3});
    struct order_full o = fixture_order(&f, id);
    struct step_line lamp = {line_of(&f, id, V_LAMP), 1}, book = {line_of(&f, id, V_BOOK), 3},
                     many = {lamp.order_line_id, 2};
    struct refund_in in = {
        .order_id = id, .lines = &lamp, .n = 1, .key = S("r1"), .restock = true, .notify = true};
    assert_int_equal(fixture_refund(&f, &in), STEP_AMOUNT); // nothing was paid yet
    assert_int_equal(fixture_capture(&f, id, o.head.total, "a"), STEP_OK);
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = id, .key = S("s")}), STEP_OK);
    assert_int_equal(fixture_refund(&f, &in), STEP_OK);
    assert_int_equal(fixture_refund(&f, &in), STEP_AGAIN);
    o = fixture_order(&f, id);
    assert_int_equal(o.credits.v[0].total, -1999);
    assert_int_equal(o.credits.v[0].tax, -319); // 1999 * 19 / 119 = 319.17
    assert_int_equal(fixture_stock(&f, V_LAMP), 9);
    fixture_states(&f, id, "closed", "part_refunded", "fulfilled");
    in = (struct refund_in){.order_id = id, .lines = &many, .n = 1, .key = S("r2")};
    assert_int_equal(fixture_refund(&f, &in), STEP_QUANTITY);
    in = (struct refund_in){.order_id = id, .key = S("r2")};
    assert_int_equal(fixture_refund(&f, &in), STEP_AMOUNT);
    in = (struct refund_in){.order_id = id,
                            .lines = &book,
                            .n = 1,
                            .amount = 999 + 100,
                            .key = S("r3")}; // and 1,00 of the freight
    assert_int_equal(fixture_refund(&f, &in), STEP_OK);
    in = (struct refund_in){
        .order_id = id, .lines = &lamp, .n = 1, .amount = 1500, .key = S("r4")}; // 4,99 kept back
    assert_int_equal(fixture_refund(&f, &in), STEP_OK);
    o = fixture_order(&f, id);
    assert_int_equal(o.credits.v[2].total, -1500);
    int64_t rest = o.head.total - 1999 - 1099 - 1500;
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = rest + 1, .key = S("r5")}),
        STEP_AMOUNT);
    assert_int_equal(
        fixture_refund(&f, &(struct refund_in){.order_id = id, .amount = rest, .key = S("r5")}),
        STEP_OK);
    assert_taken_back(&f, id);
    fixture_states(&f, id, "closed", "refunded", "fulfilled");
    assert_int_equal(fixture_stock(&f, V_BOOK), 2); // sent back damaged: not restocked
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, 3); // confirmation, payment, the one refund that is told
    fixture_close(&f);
}

// Thirds do not vanish: three pieces of 3,33 less 10 cents, one by one, and every cent of tax.
static void test_refund_cent_by_cent(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_BOOK, 3}, {V_PENNY, 7}, {V_LAMP, 1});
    struct order_full o = fixture_order(&f, id);
    assert_int_equal(fixture_capture(&f, id, o.head.total, "a"), STEP_OK);
    for (int64_t left = o.head.total, i = 0; left > 0; i++) {
        int64_t amount = 1 + i * 7 % 97;
        if (amount > left) amount = left;
        left -= amount;
        assert_int_equal(
            fixture_refund(
                &f, &(struct refund_in){.order_id = id, .amount = amount, .key = fixture_key(&f)}),
            STEP_OK);
    }
    assert_taken_back(&f, id);
    fixture_close(&f);
}

// One line fully sent and taken back does not make another, still to be sent, a sent one.
static void test_sent_and_returned(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 2}, {V_BOOK, 2});
    struct step_line lamps = {line_of(&f, id, V_LAMP), 2}, books = {line_of(&f, id, V_BOOK), 2};
    assert_int_equal(fixture_capture(&f, id, fixture_order(&f, id).head.total, "a"), STEP_OK);
    assert_int_equal(
        fixture_ship(&f,
                     &(struct ship_in){.order_id = id, .lines = &lamps, .n = 1, .key = S("s1")}),
        STEP_OK);
    assert_int_equal(
        fixture_refund(
            &f, &(struct refund_in){.order_id = id, .lines = &lamps, .n = 1, .key = S("r1")}),
        STEP_OK);
    fixture_states(&f, id, "open", "part_refunded", "part");
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = id, .key = S("s2")}), STEP_OK);
    fixture_states(&f, id, "closed", "part_refunded", "fulfilled");
    assert_int_equal(fixture_order(&f, id).lines.v[1].shipped, 2);
    // All credited before anything was sent: nothing is left to do.
    int64_t other = BUY(&f, 2, {V_BOOK, 2});
    books.order_line_id = line_of(&f, other, V_BOOK);
    assert_int_equal(fixture_capture(&f, other, fixture_order(&f, other).head.total, "b"), STEP_OK);
    assert_int_equal(
        fixture_refund(
            &f, &(struct refund_in){.order_id = other, .lines = &books, .n = 1, .key = S("r2")}),
        STEP_OK);
    fixture_states(&f, other, "closed", "part_refunded", "open");
    assert_int_equal(fixture_ship(&f, &(struct ship_in){.order_id = other, .key = S("s3")}),
                     STEP_STATE);
    fixture_close(&f);
}

static void test_note(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    struct ctx *c = test_ctx(&f.t);
    assert_ok(order_note(c, id, S("Bitte \"klingeln\"")), &c->err);
    struct order_full o = fixture_order(&f, id);
    assert_str(o.events.v[1].kind, "note");
    assert_str(o.events.v[1].detail, "{\"text\":\"Bitte \\\"klingeln\\\"\"}");
    c = test_ctx(&f.t);
    assert_true(order_link_ok(c, id, order_link_key(c, id)));
    assert_false(order_link_ok(c, id + 1, order_link_key(c, id)));
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_capture),
    cmocka_unit_test(test_ship),
    cmocka_unit_test(test_cancel_unpaid),
    cmocka_unit_test(test_cancel_paid),
    cmocka_unit_test(test_cancel_rest),
    cmocka_unit_test(test_refund_lines),
    cmocka_unit_test(test_refund_cent_by_cent),
    cmocka_unit_test(test_sent_and_returned),
    cmocka_unit_test(test_note),
};
int main(void) { return TEST_GROUP(tests); }
