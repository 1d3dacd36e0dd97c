// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "mod/staff/password.h"
#include "mod/staff/staff.h"

#define MODULES  TEST_MODULES(&staff_module)
#define PASSWORD "korrekt pferd batterie"

static int64_t add(struct test_shop *t, const char *email, const char *role, const char *password,
                   enum staff_verdict want) {
    enum staff_verdict v;
    int64_t id = 0;
    struct ctx *c = test_ctx(t);
    assert_ok(staff_add(c,
                        &(struct staff_new){.email = str_c(email),
                                            .name = S("A"),
                                            .role = str_c(role),
                                            .password = str_c(password)},
                        &v, &id),
              &c->err);
    assert_int_equal(v, want);
    return id;
}

static struct sign_in password(struct test_shop *t, const char *email, const char *word) {
    struct sign_in s;
    struct ctx *c = test_ctx(t);
    assert_ok(staff_check_password(c, str_c(email), str_c(word), &s), &c->err);
    return s;
}

static enum sign_in_verdict totp(struct test_shop *t, int64_t id, struct str code) {
    enum sign_in_verdict v;
    struct ctx *c = test_ctx(t);
    assert_ok(staff_check_totp(c, id, code, &v), &c->err);
    return v;
}

static struct str code_at(struct test_shop *t, struct str secret, instant at) {
    struct str code;
    assert_true(totp_code(&t->arena, secret, at, &code));
    return code;
}

static struct str enable_totp(struct test_shop *t, int64_t id) {
    struct totp_setup setup;
    enum sign_in_verdict v;
    struct ctx *c = test_ctx(t);
    staff_totp_new(c, S("a@example.org"), &setup);
    assert_true(str_starts(setup.uri, S("otpauth://totp/")));
    assert_ok(staff_totp_enable(c, id, setup.secret_base32, S("000000"), &v), &c->err);
    assert_int_equal(v, SIGN_IN_WRONG);
    c = test_ctx(t);
    assert_ok(staff_totp_enable(c, id, setup.secret_base32,
                                code_at(t, setup.secret_base32, t->world.now), &v),
              &c->err);
    assert_int_equal(v, SIGN_IN_OK);
    return setup.secret_base32;
}

static void test_hash(void **state) {
    (void)state;
    struct arena a = {0};
    struct str one, two;
    assert_true(password_hash(&a, S(PASSWORD), &one));
    assert_true(password_hash(&a, S(PASSWORD), &two));
    assert_true(str_starts(one, S("$argon2id$")));
    assert_false(str_eq(one, two)); // salted
    assert_true(password_ok(one, S(PASSWORD)));
    assert_false(password_ok(one, S(PASSWORD "e")));
    assert_false(password_ok(S("rubbish"), S(PASSWORD)));
    arena_done(&a);
}

static void test_adding(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    test_queries(&t);
    int64_t id = add(&t, " Anna@Example.org ", "owner", PASSWORD, STAFF_OK);
    add(&t, "anna@example.org", "staff", NULL, STAFF_EMAIL_TAKEN);
    add(&t, "no address", "staff", NULL, STAFF_BAD_EMAIL);
    add(&t, "b@example.org", "king", NULL, STAFF_BAD_ROLE);
    add(&t, "b@example.org", "staff", "elf Zeichen", STAFF_WEAK_PASSWORD);
    add(&t, "b@example.org", "staff", NULL, STAFF_OK);
    assert_int_equal(password(&t, "ANNA@example.org", PASSWORD).verdict, SIGN_IN_OK);
    assert_int_equal(password(&t, "ANNA@example.org", PASSWORD).id, id);
    assert_int_equal(password(&t, "anna@example.org", "falsch falsch").verdict, SIGN_IN_WRONG);
    assert_int_equal(password(&t, "b@example.org", "").verdict,
                     SIGN_IN_WRONG); // has none: the link only
    assert_int_equal(password(&t, "nobody@example.org", PASSWORD).verdict, SIGN_IN_WRONG);
    enum staff_verdict v;
    struct ctx *c = test_ctx(&t);
    assert_ok(staff_set_password(c, id, S("kurz"), &v), &c->err);
    assert_int_equal(v, STAFF_WEAK_PASSWORD);
    assert_ok(staff_set_password(c, 99, S("ein ganz neues"), &v), &c->err);
    assert_int_equal(v, STAFF_NOT_FOUND);
    c = test_ctx(&t);
    assert_ok(staff_set_password(c, id, S("ein ganz neues"), &v), &c->err);
    assert_int_equal(v, STAFF_OK);
    assert_int_equal(password(&t, "anna@example.org", PASSWORD).verdict, SIGN_IN_WRONG);
    assert_int_equal(password(&t, "anna@example.org", "ein ganz neues").verdict, SIGN_IN_OK);
    test_shop_close(&t);
}

static void test_rest(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    int64_t id = add(&t, "a@example.org", "owner", PASSWORD, STAFF_OK);
    for (int i = 0; i < STAFF_FAILED_MAX; i++)
        assert_int_equal(password(&t, "a@example.org", "falsch falsch").verdict, SIGN_IN_WRONG);
    assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_RESTS);
    test_wait(&t, STAFF_REST - 1);
    assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_RESTS);
    test_wait(&t, 1);
    assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_OK);
    // Who knows the password does not get more guesses at the code by typing it again.
    struct str secret = enable_totp(&t, id);
    test_wait(&t, MINUTE);
    struct str wrong = code_at(&t, secret, t.world.now + HOUR);
    for (int i = 0; i < STAFF_FAILED_MAX; i++) {
        assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_OK);
        assert_int_equal(totp(&t, id, wrong), SIGN_IN_WRONG);
    }
    assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_RESTS);
    assert_int_equal(totp(&t, id, code_at(&t, secret, t.world.now)), SIGN_IN_RESTS);
    test_shop_close(&t);
}

// RFC 6238, appendix B (SHA-1, its 8 digits cut to 6).
static void test_totp_vectors(void **state) {
    (void)state;
    struct arena a = {0};
    struct str code, secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    static const struct {
        int64_t s;
        const char *code;
    } v[] = {{59, "287082"},
             {1111111109, "081804"},
             {1111111111, "050471"},
             {1234567890, "005924"},
             {2000000000, "279037"}};
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        assert_true(totp_code(&a, secret, v[i].s * SECOND, &code));
        assert_str(code, v[i].code);
    }
    arena_done(&a);
}

static void test_second_factor(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    int64_t id = add(&t, "a@example.org", "owner", PASSWORD, STAFF_OK);
    assert_false(password(&t, "a@example.org", PASSWORD).has_totp);
    assert_int_equal(totp(&t, id, S("123456")), SIGN_IN_WRONG);
    struct str secret = enable_totp(&t, id);
    assert_true(password(&t, "a@example.org", PASSWORD).has_totp);
    instant set_up = t.world.now;
    assert_int_equal(totp(&t, id, code_at(&t, secret, set_up)),
                     SIGN_IN_WRONG); // the code of the set-up is used
    test_wait(&t, MINUTE);
    struct str code = code_at(&t, secret, t.world.now - 30 * SECOND); // a clock a little slow
    assert_int_equal(totp(&t, id, code), SIGN_IN_OK);
    assert_int_equal(totp(&t, id, code), SIGN_IN_WRONG); // again
    assert_int_equal(totp(&t, id, code_at(&t, secret, t.world.now - MINUTE)), SIGN_IN_WRONG);
    assert_int_equal(totp(&t, id, code_at(&t, secret, t.world.now + 30 * SECOND)), SIGN_IN_OK);
    assert_int_equal(totp(&t, id, code_at(&t, secret, t.world.now)),
                     SIGN_IN_WRONG); // older than the last one used
    test_shop_close(&t);
}

static void test_link_once(void **state) {
    (void)state;
    struct test_shop t;
    struct str token, late;
    struct sign_in s;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    int64_t id = add(&t, "a@example.org", "owner", NULL, STAFF_OK);
    struct ctx *c = test_ctx(&t);
    assert_ok(staff_link_new(c, id, &token), &c->err);
    assert_ok(staff_link_new(c, id, &late), &c->err);
    assert_ok(staff_check_link(c, S("nonsense"), &s), &c->err);
    assert_int_equal(s.verdict, SIGN_IN_WRONG);
    assert_ok(staff_check_link(c, token, &s), &c->err);
    assert_int_equal(s.verdict, SIGN_IN_OK);
    assert_int_equal(s.id, id);
    assert_ok(staff_check_link(c, token, &s), &c->err);
    assert_int_equal(s.verdict, SIGN_IN_WRONG);
    t.world.now += STAFF_LINK_LIFE;
    c = test_ctx(&t);
    assert_ok(staff_check_link(c, late, &s), &c->err);
    assert_int_equal(s.verdict, SIGN_IN_WRONG);
    test_shop_close(&t);
}

static enum staff_verdict access_to(struct test_shop *t, int64_t id, const char *role,
                                    bool disabled) {
    enum staff_verdict v;
    struct ctx *c = test_ctx(t);
    assert_ok(staff_set_access(
                  c, id, &(struct staff_access){.role = str_c(role), .disabled = disabled}, &v),
              &c->err);
    return v;
}

static void test_last_owner(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    int64_t one = add(&t, "a@example.org", "owner", PASSWORD, STAFF_OK),
            two = add(&t, "b@example.org", "admin", NULL, STAFF_OK);
    assert_int_equal(access_to(&t, one, "staff", false), STAFF_LAST_OWNER);
    assert_int_equal(access_to(&t, one, "owner", true), STAFF_LAST_OWNER);
    assert_int_equal(access_to(&t, 99, "owner", false), STAFF_NOT_FOUND);
    assert_int_equal(access_to(&t, two, "king", false), STAFF_BAD_ROLE);
    assert_int_equal(access_to(&t, two, "owner", false), STAFF_OK);
    assert_int_equal(access_to(&t, one, "staff", true), STAFF_OK);
    assert_int_equal(access_to(&t, two, "admin", false),
                     STAFF_LAST_OWNER); // the other one is not in the shop any more
    assert_int_equal(password(&t, "a@example.org", PASSWORD).verdict, SIGN_IN_WRONG); // disabled
    struct ctx *c = test_ctx(&t);
    assert_ok(staff_load(c, one), &c->err);
    assert_int_equal(c->actor.kind, ACTOR_VISITOR);
    c = test_ctx(&t);
    assert_ok(staff_load(c, two), &c->err);
    assert_int_equal(c->actor.kind, ACTOR_STAFF);
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_hash),          cmocka_unit_test(test_adding),
    cmocka_unit_test(test_rest),          cmocka_unit_test(test_totp_vectors),
    cmocka_unit_test(test_second_factor), cmocka_unit_test(test_link_once),
    cmocka_unit_test(test_last_owner),
};
int main(void) { return TEST_GROUP(tests); }
