// SPDX-License-Identifier: Apache-2.0
// Paying through Stripe from the order to the ledger, over real HTTP against a stand-in built of
// Stripe's specification: who tells first, who tells twice, who never tells; lost answers,
// refusals, forgeries. Refunds: test_stripe_refunds.c.
#include <pthread.h>

#include "port/pay_stripe.h"
#include "till.h"

// That the stand-in does complain: one request for each thing that may be wrong.
static void test_the_stand_in(void **state) {
    static const char *const wrong[] = {
        "mode=payment",                       // success_url is missing
        "success_url=x&mode=barter",          // not in the enum
        "success_url=x&mode=payment&bogus=1", // no such field
        "success_url=x&expires_at=soon",      // not an integer
        "success_url=x&line_items[0][price_data][unit_amount]=1.5&line_items[0][price_data]["
        "currency]=eur",
        "success_url=x&line_items[1][quantity]=1",        // the list begins at 0
        "success_url=x&payment_intent_data[metadata]=12", // not an object
        "success_url=x&success_url=y",
    };
    struct till t;
    open_till(&t, state);
    struct arena *a = &t.f.t.arena;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct err err = {0};
        struct http_reply reply;
        struct http_call call = {.method = "POST", .body = str_c(wrong[i]), .allow_private = true};
        call.url = arena_fmt(a, "http://127.0.0.1:%d/v1/checkout/sessions", t.peer->port);
        pairs_add(a, &call.headers, S("Authorization"), S("Bearer sk_test_contract"));
        pairs_add(a, &call.headers, S("Stripe-Version"), S("2023-08-16"));
        assert_ok(http_fetch(a, &call, &reply, NULL, &err), &err);
        if (reply.status != 400) fail_msg("%s: %d", wrong[i], reply.status);
        struct json s = tell(&t, "state", "{}");
        assert_true(json_path(&s, "problems")->n > 0);
        tell(&t, "reset", "{}");
    }
    close_till(&t);
}

static void test_what_is_asked(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    struct json s = tell(&t, "state", "{}"), forms = tell(&t, "forms", "{}");
    assert_int_equal(json_int(&s, "sessions.0.amount_total", 0), TOTAL);
    assert_str(json_text(&s, "sessions.0.currency"), "eur");
    assert_str(json_text(&s, "sessions.0.customer_email"), "anna@example.org");
    assert_str(json_text(&s, "sessions.0.locale"), "de");
    assert_strs(json_text(&s, "sessions.0.id"), ref);
    assert_str(json_text(&forms, "0.line_items.0.price_data.unit_amount"), "1999");
    assert_str(json_text(&forms, "0.line_items.1.price_data.product_data.name"), "Paket");
    struct str to = json_text(&s, "sessions.0.success_url");
    assert_true(str_starts(to, S(TEST_URL "/orders/")) &&
                str_ends(to, S("/return?session_id={CHECKOUT_SESSION_ID}")));
    int64_t life = json_int(&s, "sessions.0.expires_at", 0) - t.f.t.world.now / SECOND;
    assert_in_range(life, 30 * 60, 60 * 60);
    close_till(&t);
}

static void test_return_first(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    comes_back(&t, ref); // before paying
    fixture_states(&t.f, t.order, "open", "pending", "open");
    pays(&t, ref);
    comes_back(&t, ref);
    is_paid_once(&t);
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200);
    comes_back(&t, ref);
    is_paid_once(&t);
    test_jobs(&t.f.t);
    assert_int_equal(t.f.t.world.mails.n, 2); // confirmation, payment received
    struct test_response r = get(&t, "/pay");
    assert_int_equal(r.status, 303);
    assert_strs(r.location, t.path); // nothing is due
    close_till(&t);
}

static void test_hook_first(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200);
    is_paid_once(&t);
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200); // the same again
    assert_int_equal(hook_completed(&t, "evt_2", ref), 200); // and another of the same page
    comes_back(&t, ref);
    is_paid_once(&t);
    close_till(&t);
}

static void test_intent_event_is_enough(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    struct json paid = tell(&t, "pay", "{\"session\":\"" STR_FMT "\"}", STR_ARG(ref));
    const char *fields =
        arena_fmt(&t.f.t.arena, "\"intent\":\"" STR_FMT "\"", STR_ARG(json_text(&paid, "intent")))
            .p;
    assert_int_equal(send_hook(&t, &(struct hook){.id = "evt_1",
                                                  .type = "payment_intent.succeeded",
                                                  .fields = fields}),
                     200);
    is_paid_once(&t);
    close_till(&t);
}

static void test_nobody_tells(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    wait_for(&t, 20 * MINUTE);
    test_jobs(&t.f.t);
    is_paid_once(&t);
    assert_int_equal(hook_completed(&t, "evt_late", ref), 200);
    is_paid_once(&t);
    close_till(&t);
}

static void test_forged(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    struct hook h = {.id = "evt_1",
                     .type = "checkout.session.completed",
                     .fields = about(&t, ref),
                     .secret = "whsec_wrong"};
    assert_int_equal(send_hook(&t, &h), 400);
    h.secret = NULL;
    h.age = 301 * SECOND;
    assert_int_equal(send_hook(&t, &h), 400);
    h.age = -301 * SECOND;
    assert_int_equal(send_hook(&t, &h), 400);
    h.age = 0;
    struct json e = signed_hook(&t, &h);
    struct str body = json_text(&e, "body"), header = json_text(&e, "header");
    assert_int_equal(deliver(&t, arena_fmt(&t.f.t.arena, STR_FMT " ", STR_ARG(body)), header),
                     400); // one byte more
    assert_int_equal(deliver(&t, body, S("")), 400);
    test_jobs(&t.f.t);
    assert_int_equal(entries(&t), 0);
    h.secret = "whsec_old"; // still good while the secret is being changed
    assert_int_equal(send_hook(&t, &h), 200);
    is_paid_once(&t);
    close_till(&t);
}

static void test_unknown_events(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    struct provider_event_by_id e;
    bool found;
    assert_int_equal(
        send_hook(&t,
                  &(struct hook){.id = "evt_1", .type = "invoice.paid", .fields = about(&t, ref)}),
        200);
    struct ctx *c = test_ctx(&t.f.t);
    assert_ok(provider_event_by_id(
                  &c->db, &(struct provider_event_by_id_in){S("stripe"), S("evt_1")}, &e, &found),
              &c->err);
    assert_true(found);
    assert_str(e.outcome, "passed over");
    assert_int_equal(entries(&t), 0);
    close_till(&t);
}

static void pays_amount(struct till *t, struct str ref, int64_t amount) {
    tell(t, "pay", "{\"session\":\"" STR_FMT "\",\"amount\":%lld}", STR_ARG(ref),
         (long long)amount);
    comes_back(t, ref);
}

static void test_other_amounts(void **state) {
    struct till t;
    open_till(&t, state);
    pays_amount(&t, go_pay(&t), 2000);
    fixture_states(&t.f, t.order, "open", "part_paid", "open");
    assert_true(happened(&t, "payment_differs"));
    struct str rest = go_pay(&t); // what is left can be paid on another page
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_int(&s, "sessions.1.amount_total", 0), TOTAL - 2000);
    pays_amount(&t, rest, 500);
    fixture_states(&t.f, t.order, "open", "paid", "open");
    assert_int_equal(fixture_sums(&t.f, t.order).captured, 2500);
    close_till(&t);
}

static void test_other_currency(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    tell(&t, "pay", "{\"session\":\"" STR_FMT "\",\"currency\":\"usd\"}", STR_ARG(ref));
    comes_back(&t, ref);
    fixture_states(&t.f, t.order, "open", "pending", "open");
    assert_true(happened(&t, "payment_currency"));
    close_till(&t);
}

static void test_two_tabs(void **state) {
    struct till t;
    open_till(&t, state);
    struct str a = go_pay(&t), b = go_pay(&t);
    assert_strs(a, b);
    assert_int_equal(asked(&t, "POST /v1/checkout/sessions", "200"), 1);
    close_till(&t);
}

struct tab {
    struct till *t;
    struct arena arena;
    char url[256];
};

static void *opens(void *self) {
    struct tab *tab = self;
    struct ctx c;
    struct payment_of_order p;
    struct str url = {0};
    bool found;
    ctx_begin(&c, &tab->t->f.t.shop, &tab->arena);
    for (int i = 0; i < 5 && !url.p;
         i++) { // a conflict of two writers is tried again, as a person would
        err_clear(&c.err);
        if (payment_of_order(&c.db, &(struct payment_of_order_in){tab->t->order}, &p, &found))
            (void)!payment_stripe.start(&c, p.id, &url);
    }
    ctx_end(&c);
    snprintf(tab->url, sizeof tab->url, STR_FMT, STR_ARG(url));
    return NULL;
}

// At the very same time: one page, and both go there.
static void test_tabs_at_once(void **state) {
    struct till t;
    pthread_t threads[4];
    struct tab tabs[4] = {0};
    open_till(&t, state);
    for (int i = 0; i < 4; i++) {
        tabs[i].t = &t;
        assert_int_equal(pthread_create(&threads[i], NULL, opens, &tabs[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(tabs[i].url[0]);
        assert_string_equal(tabs[i].url, tabs[0].url);
        arena_done(&tabs[i].arena);
    }
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "sessions")->n, 1);
    close_till(&t);
}

static void test_lost_answer(void **state) {
    struct till t;
    open_till(&t, state);
    tell(&t, "script", "{\"on\":\"POST /v1/checkout/sessions\",\"lose\":true}");
    assert_in_range(get(&t, "/pay").status, 500, 504);
    struct str ref = go_pay(&t); // the same page comes to light
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "sessions")->n, 1);
    pays(&t, ref);
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200);
    is_paid_once(&t);
    close_till(&t);
}

// The answer was lost, and yet somebody paid: the page names our row.
static void test_lost_page_is_paid(void **state) {
    struct till t;
    open_till(&t, state);
    tell(&t, "script", "{\"on\":\"POST /v1/checkout/sessions\",\"lose\":true}");
    assert_in_range(get(&t, "/pay").status, 500, 504);
    struct json s = tell(&t, "state", "{}");
    struct str ref = json_text(&s, "sessions.0.id");
    pays(&t, ref);
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200);
    is_paid_once(&t);
    close_till(&t);
}

static void test_failures_of_stripe(void **state) {
    static const int statuses[] = {500, 503, 429, 409, 401, 402};
    struct till t;
    open_till(&t, state);
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        tell(&t, "script", "{\"on\":\"POST /v1/checkout/sessions\",\"status\":%d}", statuses[i]);
        assert_in_range(get(&t, "/pay").status, 500, 504);
    }
    struct str ref = go_pay(&t);
    pays(&t, ref);
    tell(&t, "script", "{\"on\":\"GET /v1/checkout/sessions\",\"status\":500}");
    comes_back(&t, ref); // the page is shown all the same
    fixture_states(&t.f, t.order, "open", "pending", "open");
    tell(&t, "script", "{\"on\":\"GET /v1/checkout/sessions\",\"status\":500}");
    assert_int_equal(hook_completed(&t, "evt_1", ref), 200); // its job tries again
    fixture_states(&t.f, t.order, "open", "pending", "open");
    wait_for(&t, 2 * MINUTE);
    test_jobs(&t.f.t);
    is_paid_once(&t);
    close_till(&t);
}

static void test_expired(void **state) {
    struct till t;
    open_till(&t, state);
    int64_t stock = fixture_stock(&t.f, V_LAMP);
    struct str ref = go_pay(&t);
    wait_for(&t, 50 * MINUTE);
    assert_int_equal(send_hook(&t, &(struct hook){.id = "evt_1",
                                                  .type = "checkout.session.expired",
                                                  .fields = about(&t, ref)}),
                     200);
    fixture_states(&t.f, t.order, "open", "pending",
                   "open"); // there is still time to pay on another page
    wait_for(&t, 20 * MINUTE);
    test_jobs(&t.f.t);
    assert_str(fixture_order(&t.f, t.order).head.state, "cancelled");
    assert_int_equal(fixture_stock(&t.f, V_LAMP), stock + 1);
    test_jobs(&t.f.t);
    assert_int_equal(t.f.t.world.mails.n, 2); // confirmation, cancellation
    struct test_response r = get(&t, "/pay");
    assert_strs(r.location, t.path); // nothing to be paid any more
    close_till(&t);
}

static void test_never_went_to_pay(void **state) {
    struct till t;
    open_till(&t, state);
    wait_for(&t, 30 * MINUTE);
    test_jobs(&t.f.t);
    assert_str(fixture_order(&t.f, t.order).head.state, "open");
    wait_for(&t, 40 * MINUTE);
    test_jobs(&t.f.t);
    assert_str(fixture_order(&t.f, t.order).head.state, "cancelled");
    close_till(&t);
}

static void test_fresh_page(void **state) {
    struct till t;
    open_till(&t, state);
    struct str first = go_pay(&t);
    wait_for(&t, 44 * MINUTE); // a minute is left of it
    struct str second = go_pay(&t);
    assert_false(str_eq(first, second));
    struct json s = tell(&t, "state", "{}");
    assert_str(json_text(&s, "sessions.0.status"), "expired"); // closed by us
    pays(&t, second);
    comes_back(&t, second);
    is_paid_once(&t);
    close_till(&t);
}

// Paid in the very moment in which another page is asked for: no second one, and the way leads to
// finding out.
static void test_paid_while_asking(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    pays(&t, ref);
    wait_for(&t, 44 * MINUTE);
    struct test_response r = get(&t, "/pay");
    assert_int_equal(r.status, 303);
    assert_true(str_find(r.location, S("/return?session_id=cs_")) != STR_NONE);
    comes_back(&t, ref);
    is_paid_once(&t);
    assert_int_equal(asked(&t, "POST /v1/checkout/sessions", "200"), 1);
    close_till(&t);
}

static void starts_debit(struct till *t, struct str ref) {
    tell(t, "pay", "{\"session\":\"" STR_FMT "\",\"settled\":false}", STR_ARG(ref));
    assert_int_equal(hook_completed(t, "evt_begun", ref), 200);
    fixture_states(&t->f, t->order, "open", "pending", "open");
}

static int debit_ends(struct till *t, struct str ref, bool ok) {
    tell(t, "later", "{\"session\":\"" STR_FMT "\",\"ok\":%s}", STR_ARG(ref),
         ok ? "true" : "false");
    const char *type =
        ok ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed";
    return send_hook(
        t, &(struct hook){.id = ok ? "evt_ok" : "evt_bad", .type = type, .fields = about(t, ref)});
}

static void test_debit(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    starts_debit(&t, ref);
    wait_for(&t, 5 * HOUR);
    test_jobs(&t.f.t);
    fixture_states(&t.f, t.order, "open", "pending", "open"); // not given up
    assert_int_equal(debit_ends(&t, ref, true), 200);
    is_paid_once(&t);
    close_till(&t);
}

static void test_debit_fails(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    starts_debit(&t, ref);
    assert_int_equal(debit_ends(&t, ref, false), 200);
    assert_true(happened(&t, "payment_failed"));
    struct str again = go_pay(&t);
    pays(&t, again);
    comes_back(&t, again);
    is_paid_once(&t);
    close_till(&t);
}

// The money comes after the order was cancelled: it is booked and goes back by itself.
static void test_late_success(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    starts_debit(&t, ref);
    assert_int_equal(
        fixture_cancel(&t.f,
                       &(struct cancel_in){.order_id = t.order, .key = S("c"), .restock = true}),
        STEP_OK);
    assert_int_equal(debit_ends(&t, ref, true), 200);
    struct payment_sums sums = fixture_sums(&t.f, t.order);
    assert_int_equal(sums.captured, TOTAL);
    assert_int_equal(sums.refunded, TOTAL);
    assert_true(happened(&t, "paid_back"));
    struct json s = tell(&t, "state", "{}");
    assert_int_equal(json_path(&s, "refunds")->n, 1);
    assert_int_equal(json_int(&s, "refunds.0.amount", 0), TOTAL);
    assert_int_equal(mails_with(&t, "K2026"), t.f.t.world.mails.n);
    close_till(&t);
}

// Paid by transfer in the meantime: what Stripe brings on top goes back.
static void test_paid_twice(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    assert_int_equal(fixture_capture(&t.f, t.order, TOTAL, "camt:x"), STEP_OK);
    pays(&t, ref);
    comes_back(&t, ref);
    test_jobs(&t.f.t);
    struct payment_sums sums = fixture_sums(&t.f, t.order);
    assert_int_equal(sums.captured, 2 * TOTAL);
    assert_int_equal(sums.refunded, TOTAL);
    assert_int_equal(asked(&t, "POST /v1/refunds", "200"), 1);
    close_till(&t);
}

static void test_notes(void **state) {
    struct till t;
    open_till(&t, state);
    struct str ref = go_pay(&t);
    struct json paid = tell(&t, "pay", "{\"session\":\"" STR_FMT "\"}", STR_ARG(ref));
    comes_back(&t, ref);
    struct str intent = json_text(&paid, "intent");
    const char *charge =
        arena_fmt(&t.f.t.arena,
                  "\"charge\":{\"payment_intent\":\"" STR_FMT "\",\"amount_refunded\":700}",
                  STR_ARG(intent))
            .p;
    assert_int_equal(
        send_hook(&t, &(struct hook){.id = "evt_1", .type = "charge.refunded", .fields = charge}),
        200);
    assert_true(happened(&t, "refunded_at_stripe"));
    const char *dispute = arena_fmt(&t.f.t.arena,
                                    "\"dispute\":{\"payment_intent\":\"" STR_FMT
                                    "\",\"amount\":2489,\"reason\":\"fraudulent\"}",
                                    STR_ARG(intent))
                              .p;
    assert_int_equal(
        send_hook(
            &t, &(struct hook){.id = "evt_2", .type = "charge.dispute.created", .fields = dispute}),
        200);
    assert_true(happened(&t, "dispute"));
    is_paid_once(&t);
    close_till(&t);
}

static void test_links(void **state) {
    struct till t;
    open_till(&t, state);
    struct test_response r = test_get(&t.f.t, "/orders/1/wrong/pay");
    assert_int_equal(r.status, 404);
    assert_int_equal(test_get(&t.f.t, "/orders/1/wrong/return?session_id=cs_1").status, 404);
    comes_back(&t, S("cs_test_nobody_knows"));
    comes_back(&t, S("x"));
    assert_int_equal(entries(&t), 0);
    close_till(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_stand_in),
        cmocka_unit_test(test_what_is_asked),
        cmocka_unit_test(test_return_first),
        cmocka_unit_test(test_hook_first),
        cmocka_unit_test(test_intent_event_is_enough),
        cmocka_unit_test(test_nobody_tells),
        cmocka_unit_test(test_forged),
        cmocka_unit_test(test_unknown_events),
        cmocka_unit_test(test_other_amounts),
        cmocka_unit_test(test_other_currency),
        cmocka_unit_test(test_two_tabs),
        cmocka_unit_test(test_tabs_at_once),
        cmocka_unit_test(test_lost_answer),
        cmocka_unit_test(test_lost_page_is_paid),
        cmocka_unit_test(test_failures_of_stripe),
        cmocka_unit_test(test_expired),
        cmocka_unit_test(test_never_went_to_pay),
        cmocka_unit_test(test_fresh_page),
        cmocka_unit_test(test_paid_while_asking),
        cmocka_unit_test(test_debit),
        cmocka_unit_test(test_debit_fails),
        cmocka_unit_test(test_late_success),
        cmocka_unit_test(test_paid_twice),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests(tests, till_start, till_stop);
}
