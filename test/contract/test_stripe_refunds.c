// SPDX-License-Identifier: Apache-2.0
// Money back through Stripe, over real HTTP against the stand-in: lost answers, forgotten keys,
// refusals, failures told later, and orders that were paid in two ways.
#include "flow/provider_refund.h"
#include "till.h"

static void is_paid(struct till *t) {
    struct str ref = go_pay(t);
    pays(t, ref);
    comes_back(t, ref);
    is_paid_once(t);
}

static void gives_back(struct till *t, int64_t amount) {
    struct refund_in in = {.order_id = t->order, .amount = amount, .key = fixture_key(&t->f)};
    assert_int_equal(fixture_refund(&t->f, &in), STEP_OK);
    test_jobs(&t->f.t);
}

static void test_refund(void **state) {
    struct till t;
    open_till(&t, state);
    is_paid(&t);
    tell(&t, "script", "{\"on\":\"POST /v1/refunds\",\"lose\":true}");
    gives_back(&t, 1000);
    wait_for(&t, 2 * MINUTE);
    test_jobs(&t.f.t); // asked again with the same key
    gives_back(&t, TOTAL - 1000);
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "refunds")->n, 2);
    assert_int_equal(json_int(&s, "refunds.0.amount", 0), 1000);
    assert_int_equal(json_int(&s, "refunds.1.amount", 0), TOTAL - 1000);
    assert_str(fixture_order(&t.f, t.order).head.payment_state, "refunded");
    close_till(&t);
}

// The answer is lost, Stripe is down for a day and has forgotten the key: still one refund.
static void test_refund_after_a_day(void **state) {
    struct till t;
    struct provider_refund_get r;
    bool found;
    open_till(&t, state);
    is_paid(&t);
    gives_back(&t, 500); // another one, of the same payment
    tell(&t, "script", "{\"on\":\"POST /v1/refunds\",\"lose\":true}");
    gives_back(&t, 1000);
    tell(&t, "forget", "{}");
    wait_for(&t, 25 * HOUR);
    test_jobs(&t.f.t);
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "refunds")->n, 2);
    assert_int_equal(asked(&t, "GET /v1/refunds", "200"), 1);
    struct ctx *c = test_ctx(&t.f.t);
    assert_ok(provider_refund_get(&c->db, &(struct provider_refund_get_in){2}, &r, &found),
              &c->err);
    assert_str(r.state, "done");
    assert_strs(r.refund_provider_id, json_text(&s, "refunds.1.id"));
    tell(&t, "script", "{\"on\":\"POST /v1/refunds\",\"status\":500}");
    gives_back(&t, 700); // never arrived: looked for, not there, made
    wait_for(&t, 25 * HOUR);
    test_jobs(&t.f.t);
    s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "refunds")->n, 3);
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, 2200);
    close_till(&t);
}

struct asked_back {
    int64_t amount;
    const char *method, *state;
};
static void assert_asked_back(struct till *t, const struct asked_back *want, int64_t n) {
    struct provider_refund_get r;
    bool found;
    struct ctx *c = test_ctx(&t->f.t);
    for (int64_t i = 0; i <= n; i++) {
        assert_ok(provider_refund_get(&c->db, &(struct provider_refund_get_in){i + 1}, &r, &found),
                  &c->err);
        assert_int_equal(found, i < n);
        if (i == n) return;
        assert_int_equal(r.amount, want[i].amount);
        assert_str(r.method, want[i].method);
        assert_str(r.state, want[i].state);
    }
}

// Partly paid by transfer, the rest through Stripe: Stripe gives back no more than it got.
static void test_refund_of_both(void **state) {
    struct till t;
    open_till(&t, state);
    assert_int_equal(fixture_capture(&t.f, t.order, 1000, "camt:x"), STEP_OK);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    comes_back(&t, ref);
    fixture_states(&t.f, t.order, "open", "paid", "open");
    gives_back(&t, 600);         // Stripe has 1489, the bank 1000
    gives_back(&t, TOTAL - 600); // the bank's 1000, Stripe's 889
    assert_asked_back(&t,
                      (const struct asked_back[]){{600, "stripe", "done"},
                                                  {1000, "bank_transfer", "asked"},
                                                  {889, "stripe", "done"}},
                      3);
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "refunds")->n, 2);
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, TOTAL);
    fixture_states(&t.f, t.order, "open", "refunded", "open");
    close_till(&t);
}

static void test_cancel_of_both(void **state) {
    struct till t;
    open_till(&t, state);
    assert_int_equal(fixture_capture(&t.f, t.order, 2000, "camt:x"), STEP_OK);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    comes_back(&t, ref);
    assert_int_equal(fixture_cancel(&t.f, &(struct cancel_in){.order_id = t.order, .key = S("c")}),
                     STEP_OK);
    test_jobs(&t.f.t);
    assert_asked_back(
        &t, (const struct asked_back[]){{2000, "bank_transfer", "asked"}, {489, "stripe", "done"}},
        2);
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, TOTAL);
    close_till(&t);
}

static void test_refund_refused(void **state) {
    struct till t;
    open_till(&t, state);
    is_paid(&t);
    tell(&t, "script",
         "{\"on\":\"POST /v1/refunds\",\"status\":402,\"type\":\"card_error\",\"message\":\"The "
         "card is closed.\"}");
    gives_back(&t, 1000);
    assert_true(happened(&t, "refund_failed"));
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, 0);
    fixture_states(&t.f, t.order, "open", "paid", "open");
    struct provider_refund_get r;
    bool found;
    struct ctx *c = test_ctx(&t.f.t);
    assert_ok(provider_refund_get(&c->db, &(struct provider_refund_get_in){1}, &r, &found),
              &c->err);
    assert_str(r.state, "failed");
    assert_str(r.error, "The card is closed.");
    bool again; // the merchant transfers it: booked once
    for (int i = 0; i < 2; i++) {
        c = test_ctx(&t.f.t);
        assert_ok(refund_transferred(c, 1, &found, &again), &c->err);
        assert_true(found);
        assert_int_equal(again, i > 0);
        assert_int_equal(fixture_sums(&t.f, t.order).refunded, 1000);
    }
    gives_back(&t, 500); // the provider carries this one out: nobody can mark it
    c = test_ctx(&t.f.t);
    assert_ok(refund_transferred(c, 2, &found, &again), &c->err);
    assert_false(found);
    close_till(&t);
}

static void test_refund_fails_later(void **state) {
    struct till t;
    open_till(&t, state);
    is_paid(&t);
    gives_back(&t, 1000);
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, 1000);
    struct hook h = {
        .id = "evt_1", .type = "refund.failed", .fields = "\"refund\":{\"status\":\"failed\"}"};
    assert_int_equal(send_hook(&t, &h), 200);
    h.id = "evt_2";
    h.type = "charge.refund.updated";
    assert_int_equal(send_hook(&t, &h), 200);
    assert_int_equal(fixture_sums(&t.f, t.order).refunded, 0);
    assert_int_equal(entries(&t), 3);
    close_till(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refund),         cmocka_unit_test(test_refund_after_a_day),
        cmocka_unit_test(test_refund_of_both), cmocka_unit_test(test_cancel_of_both),
        cmocka_unit_test(test_refund_refused), cmocka_unit_test(test_refund_fails_later),
    };
    return cmocka_run_group_tests(tests, till_start, till_stop);
}
