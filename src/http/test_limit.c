// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "http/limit.h"

static const instant NOW = INT64_C(1800000000) * SECOND;

static void burst_then_refill(void **state) {
    (void)state;
    struct limiter *l = limiter_new(false);
    int wait = -1;
    for (int i = 0; i < 10; i++) {
        assert_true(limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW, &wait));
        assert_int_equal(wait, 0);
    }
    assert_false(limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW, &wait));
    assert_int_equal(wait, 30);
    assert_true(limiter_pass(l, LIMIT_GUESS, S("192.0.2.2"), NOW, &wait));
    assert_true(limiter_pass(l, LIMIT_WRITE, S("192.0.2.1"), NOW, &wait));
    assert_false(limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW + 29 * SECOND, &wait));
    assert_int_equal(wait, 1);
    assert_true(limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW + 30 * SECOND, &wait));
    assert_false(limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW + 30 * SECOND, &wait));
    int passed = 0;
    for (int i = 0; i < 20; i++)
        passed += limiter_pass(l, LIMIT_GUESS, S("192.0.2.1"), NOW + HOUR, &wait);
    assert_int_equal(passed, 10);
    limiter_free(l);
}

static void one_network_is_one_client(void **state) {
    (void)state;
    struct limiter *l = limiter_new(false);
    int wait;
    for (int i = 0; i < 10; i++)
        assert_true(limiter_pass(l, LIMIT_ORDER, S("2001:db8:1:2::1"), NOW, &wait));
    assert_false(limiter_pass(l, LIMIT_ORDER, S("2001:db8:1:2:ffff::9"), NOW, &wait));
    assert_true(limiter_pass(l, LIMIT_ORDER, S("2001:db8:1:3::1"), NOW, &wait));
    limiter_free(l);
}

static void clock_set_back_does_not_lock_out(void **state) {
    (void)state;
    struct limiter *l = limiter_new(false);
    int wait;
    for (int i = 0; i < 10; i++) assert_true(limiter_pass(l, LIMIT_GUESS, S("a"), NOW, &wait));
    assert_false(limiter_pass(l, LIMIT_GUESS, S("a"), NOW - DAY, &wait));
    assert_true(wait <= 30);
    limiter_free(l);
}

static void gives_back(void **state) {
    (void)state;
    struct limiter *l = limiter_new(false);
    int wait;
    for (int i = 0; i < 50; i++) {
        assert_true(limiter_pass(l, LIMIT_ORDER, S("a"), NOW, &wait));
        limiter_give_back(l, LIMIT_ORDER, S("a"));
    }
    for (int i = 0; i < 10; i++) assert_true(limiter_pass(l, LIMIT_ORDER, S("a"), NOW, &wait));
    assert_false(limiter_pass(l, LIMIT_ORDER, S("a"), NOW, &wait));
    limiter_free(l);
}

static void switched_off(void **state) {
    (void)state;
    struct limiter *off = limiter_new(true), *on = limiter_new(false);
    int wait;
    for (int i = 0; i < 1000; i++) {
        assert_true(limiter_pass(off, LIMIT_GUESS, S("a"), NOW, &wait));
        assert_true(limiter_pass(on, LIMIT_NONE, S("a"), NOW, &wait));
    }
    limiter_free(off);
    limiter_free(on);
}

static void many_clients_do_not_grow_it(void **state) {
    (void)state;
    struct limiter *l = limiter_new(false);
    struct arena a = {0};
    int wait;
    for (int i = 0; i < 300000; i++) {
        arena_reset(&a);
        assert_true(limiter_pass(l, LIMIT_GUESS, arena_fmt(&a, "client %d", i), NOW + i, &wait));
    }
    for (int i = 0; i < 10; i++) (void)limiter_pass(l, LIMIT_GUESS, S("late"), NOW + SECOND, &wait);
    assert_false(limiter_pass(l, LIMIT_GUESS, S("late"), NOW + SECOND, &wait));
    arena_done(&a);
    limiter_free(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(burst_then_refill),
        cmocka_unit_test(one_network_is_one_client),
        cmocka_unit_test(clock_set_back_does_not_lock_out),
        cmocka_unit_test(gives_back),
        cmocka_unit_test(switched_off),
        cmocka_unit_test(many_clients_do_not_grow_it),
    };
    return TEST_GROUP(tests);
}
