// SPDX-License-Identifier: Apache-2.0
// Each way of a payment with database call N failing, for every N: afterwards, when the world has
// told again what it always tells again, the money is booked once, asked for once, paid back once.
#include "core/jobs.h"
#include "db/fault.h"
#include "till.h"

#define CALLS_MAX 200
static const struct {
    enum db_fault kind;
    int64_t stride; // those of commits wait for the next one: every third call is enough
} kinds[] = {{DB_FAULT_ERROR, 1}, {DB_FAULT_COMMIT_UNCERTAIN, 3}, {DB_FAULT_COMMIT_LOST, 3}};

typedef void step(struct till *t);
struct way {
    step *before, *under_fault, *after; // after also proves
};

// One shop, one order for each call that may fail.
static void rerun(void **state, const struct way *w) {
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        struct till t;
        int64_t n = 1;
        bool fired = true;
        open_till(&t, state);
        assert_int_equal(
            fixture_cancel(&t.f, &(struct cancel_in){.order_id = t.order, .key = S("c")}), STEP_OK);
        for (; fired; n += kinds[k].stride) {
            assert_true(n < CALLS_MAX);
            next_order(&t);
            w->before(&t);
            test_ctx(&t.f.t);
            db_fault_arm(t.f.t.shop.pool, kinds[k].kind, n);
            w->under_fault(&t);
            fired = db_fault_fired(t.f.t.shop.pool);
            db_fault_arm(t.f.t.shop.pool, kinds[k].kind, 0);
            w->after(&t);
        }
        assert_true(n > 3); // it did go through the database
        close_till(&t);
    }
}

static void run_jobs(struct till *t) {
    int64_t ran;
    struct err err = {0};
    (void)!jobs_run_due(&t->f.t.shop, t->f.t.world.now, &ran,
                        &err); // a failed look at the jobs is looked at again
}

// Long enough for a lease to end and for a job that failed to be due again.
static void time_goes_on(struct till *t) {
    for (int i = 0; i < 3; i++) {
        wait_for(t, 6 * MINUTE);
        test_jobs(&t->f.t);
    }
}

static void goes_and_pays(struct till *t) { pays(t, go_pay(t)); }

static void returns(struct till *t) {
    struct test_response r =
        get(t, arena_fmt(&t->f.t.arena, "/return?session_id=" STR_FMT, STR_ARG(t->page)).p);
    assert_true(r.status == 303 || r.status >= 500);
}

static const char *event_id(struct till *t) {
    return arena_fmt(&t->f.t.arena, "evt_%lld", (long long)t->order).p;
}

static void told_again(struct till *t) {
    assert_int_equal(hook_completed(t, event_id(t), t->page), 200);
    time_goes_on(t);
    is_paid_once(t);
}

static void test_return(void **state) {
    rerun(state, &(struct way){goes_and_pays, returns, told_again});
}

static void hook_comes(struct till *t) {
    struct hook h = {
        .id = event_id(t), .type = "checkout.session.completed", .fields = about(t, t->page)};
    struct json e = signed_hook(t, &h);
    int status = deliver(t, json_text(&e, "body"), json_text(&e, "header"));
    assert_true(status == 200 || status >= 500);
    run_jobs(t);
}

static void test_hook(void **state) {
    rerun(state, &(struct way){goes_and_pays, hook_comes, told_again});
}

static void nothing(struct till *t) { (void)t; }

static void asks(struct till *t) {
    struct test_response r = get(t, "/pay");
    assert_true(r.status == 303 || r.status >= 500);
}

static void has_one_page(struct till *t) {
    struct str ref = go_pay(t);
    struct json s = tell(t, "state", "{}");
    const struct json *all = json_path(&s, "sessions");
    size_t open = 0;
    for (size_t i = 0; i < all->n; i++) {
        int64_t order;
        const struct json *v = &all->items[i];
        assert_true(str_to_int(json_text(v, "client_reference_id"), &order));
        open += order == t->order && str_eq(json_text(v, "status"), S("open"));
    }
    assert_int_equal(open, 1);
    pays(t, ref);
    told_again(t);
}

static void test_asking(void **state) { rerun(state, &(struct way){nothing, asks, has_one_page}); }

static void paid_then_refund(struct till *t) {
    goes_and_pays(t);
    comes_back(t, t->page);
    test_jobs(&t->f.t);
    struct refund_in in = {.order_id = t->order, .amount = 1000, .key = fixture_key(&t->f)};
    assert_int_equal(fixture_refund(&t->f, &in), STEP_OK);
}

static void paid_back_once(struct till *t) {
    time_goes_on(t);
    assert_int_equal(fixture_sums(&t->f, t->order).refunded, 1000);
    struct json s = tell(t, "state", "{}");
    const struct json *refunds = json_path(&s, "refunds"), *sessions = json_path(&s, "sessions");
    assert_int_equal(refunds->n, sessions->n); // one for each order
    assert_int_equal(asked(t, "POST /v1/refunds", "400"), 0);
}

static void test_refund(void **state) {
    rerun(state, &(struct way){paid_then_refund, run_jobs, paid_back_once});
}

static void expired_unseen(struct till *t) {
    go_pay(t);
    wait_for(t, 80 * MINUTE);
}

static void is_cancelled(struct till *t) {
    time_goes_on(t);
    struct order_full o = fixture_order(&t->f, t->order);
    assert_str(o.head.state, "cancelled");
    assert_int_equal(o.credits.n, 1);
    assert_int_equal(fixture_stock(&t->f, V_LAMP), 10);
}

static void test_sweep(void **state) {
    rerun(state, &(struct way){expired_unseen, run_jobs, is_cancelled});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_return), cmocka_unit_test(test_hook),  cmocka_unit_test(test_asking),
        cmocka_unit_test(test_refund), cmocka_unit_test(test_sweep),
    };
    return cmocka_run_group_tests(tests, till_start, till_stop);
}
