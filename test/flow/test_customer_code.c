// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "flow/customer_code.h"

static enum customer_code_verdict ask(struct fixture *f, const char *email) {
    enum customer_code_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(customer_code_request(c, str_c(email), &v), &c->err);
    return v;
}

static enum customer_code_verdict check(struct fixture *f, const char *email, struct str code,
                                        int64_t *id_out) {
    enum customer_code_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(customer_code_check(c, str_c(email), code, &v, id_out), &c->err);
    return v;
}

static struct str other_than(struct fixture *f, struct str code) {
    struct str wrong = arena_str(&f->t.arena, code);
    ((char *)(uintptr_t)wrong.p)[0] = code.p[0] == '9' ? '0' : (char)(code.p[0] + 1);
    return wrong;
}

static void test_sign_in_once(void **state) {
    (void)state;
    struct fixture f;
    int64_t id = 0, again = 0;
    fixture_open(&f);
    fixture_put(&f, 1, (struct want){V_LAMP, 1});
    struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
    struct place_order_out out;
    in.email = S("ANNA@example.org");
    struct ctx *c = fixture_ctx(&f, 1);
    assert_ok(place_order(c, &in, &out), &c->err);
    int64_t guest = out.order_id;
    test_jobs(&f.t); // its mail is out
    assert_int_equal(ask(&f, " Anna@Example.ORG"), CODE_OK);
    struct str code = fixture_mailed_code(&f, "anna@example.org");
    assert_int_equal(check(&f, "berta@example.org", code, &id), CODE_WRONG);
    assert_int_equal(check(&f, "anna@example.org", code, &id), CODE_OK);
    assert_true(id > 0);
    assert_int_equal(check(&f, "anna@example.org", code, &again), CODE_WRONG);
    struct order_full o = fixture_order(&f, guest); // the guest's order is hers now
    assert_true(o.head.has_customer_id);
    assert_int_equal(o.head.customer_id, id);
    assert_int_equal(ask(&f, "anna@example.org"), CODE_OK);
    assert_int_equal(
        check(&f, "anna@example.org", fixture_mailed_code(&f, "anna@example.org"), &again),
        CODE_OK);
    assert_int_equal(again, id);
    fixture_close(&f);
}

static void test_guesses(void **state) {
    (void)state;
    struct fixture f;
    int64_t id = 0;
    fixture_open(&f);
    assert_int_equal(ask(&f, "a@example.org"), CODE_OK);
    struct str code = fixture_mailed_code(&f, "a@example.org"), wrong = other_than(&f, code);
    for (int i = 0; i < CUSTOMER_CODE_GUESSES - 1; i++)
        assert_int_equal(check(&f, "a@example.org", wrong, &id), CODE_WRONG);
    assert_int_equal(check(&f, "a@example.org", code, &id),
                     CODE_OK); // the fifth try is the right one
    assert_int_equal(ask(&f, "a@example.org"), CODE_OK);
    code = fixture_mailed_code(&f, "a@example.org"), wrong = other_than(&f, code);
    for (int i = 0; i < CUSTOMER_CODE_GUESSES; i++)
        assert_int_equal(check(&f, "a@example.org", wrong, &id), CODE_WRONG);
    assert_int_equal(check(&f, "a@example.org", code, &id), CODE_WRONG); // ended by five wrong ones
    fixture_close(&f);
}

static void test_life(void **state) {
    (void)state;
    struct fixture f;
    int64_t id = 0;
    fixture_open(&f);
    assert_int_equal(ask(&f, "a@example.org"), CODE_OK);
    struct str code = fixture_mailed_code(&f, "a@example.org");
    test_wait(&f.t, CUSTOMER_CODE_LIFE);
    assert_int_equal(check(&f, "a@example.org", code, &id), CODE_EXPIRED);
    for (int i = 0; i < 3; i++) assert_int_equal(ask(&f, "a@example.org"), CODE_OK);
    assert_int_equal(ask(&f, "a@example.org"), CODE_TOO_OFTEN);
    assert_int_equal(ask(&f, "b@example.org"), CODE_OK); // others are not held up
    test_wait(&f.t, CUSTOMER_CODE_LIFE + 1);
    assert_int_equal(ask(&f, "a@example.org"), CODE_OK);
    code = fixture_mailed_code(&f, "a@example.org");
    test_wait(&f.t, CUSTOMER_CODE_LIFE - 1);
    assert_int_equal(check(&f, "a@example.org", code, &id), CODE_OK);
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_sign_in_once),
                                          cmocka_unit_test(test_guesses),
                                          cmocka_unit_test(test_life)};
int main(void) { return TEST_GROUP(tests); }
