// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "port/stripe_event.h"
#include "port/stripe_signature.h"

#define BODY "{\"id\":\"evt_1\",\"object\":\"event\"}"
#define AT   (1700000000 * SECOND)
#define MAC                                                                                        \
    "4c15fb2a43f93ef61eaa3e0893866d57cad9cad4223242cfb96f362480cb4021" // of Stripe's own library

static enum stripe_signature check(const char *header, const char *secrets, instant now) {
    return stripe_signature_check(
        &(struct stripe_signed){str_c(header), S(BODY), str_c(secrets), now});
}

static void test_vector(void **state) {
    (void)state;
    struct arena a = {0};
    assert_str(stripe_signature_make(&a, S("whsec_test"), S(BODY), AT), "t=1700000000,v1=" MAC);
    assert_int_equal(check("t=1700000000,v1=" MAC, "whsec_test", AT), STRIPE_SIGNED);
    arena_done(&a);
}

static void test_headers(void **state) {
    (void)state;
    static const struct {
        const char *header;
        enum stripe_signature want;
    } cases[] = {
        {"", STRIPE_UNREADABLE},
        {"v1=" MAC, STRIPE_UNREADABLE},
        {"t=,v1=" MAC, STRIPE_UNREADABLE},
        {"t=-1700000000,v1=" MAC, STRIPE_UNREADABLE},
        {"t=99999999999999999999,v1=" MAC, STRIPE_UNREADABLE},
        {"t=1700000000", STRIPE_FORGED},
        {"t=1700000000,v1=", STRIPE_FORGED},
        {"t=1700000000,v0=" MAC, STRIPE_FORGED}, // another scheme
        {"t=1700000000,v1=" MAC "00", STRIPE_FORGED},
        {"t=1700000001,v1=" MAC, STRIPE_FORGED},
        {"t=1700000000,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=" MAC,
         STRIPE_SIGNED},
        {"v1=" MAC ", t=1700000000", STRIPE_SIGNED},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (check(cases[i].header, "whsec_test", AT) != cases[i].want)
            fail_msg("%s", cases[i].header);
}

static void test_age(void **state) {
    (void)state;
    static const char header[] = "t=1700000000,v1=" MAC;
    assert_int_equal(check(header, "whsec_test", AT + STRIPE_TOLERANCE), STRIPE_SIGNED);
    assert_int_equal(check(header, "whsec_test", AT + STRIPE_TOLERANCE + 1), STRIPE_STALE);
    assert_int_equal(check(header, "whsec_test", AT - STRIPE_TOLERANCE), STRIPE_SIGNED);
    assert_int_equal(check(header, "whsec_test", AT - STRIPE_TOLERANCE - 1), STRIPE_STALE);
    assert_int_equal(check(header, "whsec_wrong", AT + DAY),
                     STRIPE_FORGED); // an unsigned time says nothing
}

static void test_secrets(void **state) {
    (void)state;
    static const char header[] = "t=1700000000,v1=" MAC;
    assert_int_equal(check(header, "whsec_new,whsec_test", AT), STRIPE_SIGNED);
    assert_int_equal(check(header, " whsec_test , whsec_new", AT), STRIPE_SIGNED);
    assert_int_equal(check(header, "whsec_new", AT), STRIPE_FORGED);
    assert_int_equal(check(header, "", AT), STRIPE_FORGED);
    assert_int_equal(check(header, ",,", AT), STRIPE_FORGED);
    assert_int_equal(check(header, NULL, AT), STRIPE_FORGED);
    struct arena a = {0}; // what anybody could compute with no secret is never good
    struct str empty = stripe_signature_make(&a, S(""), S(BODY), AT);
    assert_int_equal(check(empty.p, ",", AT), STRIPE_FORGED);
    arena_done(&a);
}

static void test_event(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct payment_notice e;
    struct str body = S("{\"id\":\"evt_9\",\"object\":\"event\",\"type\":\"checkout.session."
                        "completed\",\"data\":{\"object\":{\"id\":\"cs_1\","
                        "\"object\":\"checkout.session\",\"payment_intent\":\"pi_1\",\"status\":"
                        "\"complete\",\"metadata\":{\"kontor_session\":\"12\"}}}}");
    assert_ok(stripe_event_parse(&a, body, &e, &err), &err);
    assert_str(e.id, "evt_9");
    assert_str(e.session, "cs_1");
    assert_str(e.intent, "pi_1");
    assert_int_equal(e.row, 12);
    body = S("{\"id\":\"evt_9\",\"object\":\"event\",\"type\":\"charge.refunded\",\"data\":{"
             "\"object\":{\"id\":\"ch_1\",\"object\":\"charge\","
             "\"payment_intent\":null,\"amount\":500,\"amount_refunded\":300}}}");
    assert_ok(stripe_event_parse(&a, body, &e, &err), &err);
    assert_null(e.session.p);
    assert_null(e.intent.p);
    assert_int_equal(e.amount, 500);
    assert_int_equal(e.refunded, 300);
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{\"id\":\"evt_1\"}",
        "{\"id\":7,\"object\":\"event\",\"type\":\"a\",\"data\":{\"object\":{}}}",
        "{\"id\":\"evt 1\",\"object\":\"event\",\"type\":\"a\",\"data\":{\"object\":{}}}",
        "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"a\",\"data\":{\"object\":[]}}"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        err_clear(&err);
        assert_false(stripe_event_parse(&a, str_c(bad[i]), &e, &err));
        assert_int_equal(err.code, ERR_INVALID);
    }
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vector),  cmocka_unit_test(test_headers), cmocka_unit_test(test_age),
        cmocka_unit_test(test_secrets), cmocka_unit_test(test_event),
    };
    return TEST_GROUP(tests);
}
