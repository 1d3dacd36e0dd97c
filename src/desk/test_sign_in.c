// SPDX-License-Identifier: Apache-2.0
#include "desk/test_support.h"
#include "mod/staff/staff.h"

#define PASSWORD "korrekt pferd batterie"
#define LOGIN    "email=Anna%40example.org&password=korrekt+pferd+batterie"

struct person {
    struct office o;
    int64_t id;
    struct str secret;
};

static void person_open(struct person *p) {
    enum staff_verdict v;
    office_open(&p->o);
    struct ctx *c = test_ctx(&p->o.f.t);
    struct staff_new who = {.email = S("anna@example.org"),
                            .name = S("Anna"),
                            .role = S("admin"),
                            .password = S(PASSWORD)};
    assert_ok(staff_add(c, &who, &v, &p->id), &c->err);
    assert_int_equal(v, STAFF_OK);
    office_leave(&p->o);
}

static struct str without_blanks(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 100);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ') buf_char(&b, s.p[i]);
    return buf_str(&b);
}

static const char *code_form(struct person *p, struct str secret) {
    struct str code;
    struct ctx *c = test_ctx(&p->o.f.t);
    assert_true(totp_code(&p->o.f.t.arena, secret, c->now, &code));
    return arena_fmt(&p->o.f.t.arena, "code=" STR_FMT, STR_ARG(code)).p;
}

// The first sign-in sets the second factor up; leaves the person signed in.
static void set_up(struct person *p) {
    struct test_shop *t = &p->o.f.t;
    struct test_response r = test_post(t, "/desk/login", LOGIN);
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk/login/code");
    r = test_get(t, "/desk/login/code");
    assert_shows(r, "<svg");
    p->secret = without_blanks(&t->arena, office_between(&p->o, r.body, "class=\"secret\">", "<"));
    assert_int_equal(p->secret.n, 32);
    r = test_get(t, "/desk/login/code"); // loaded again: the same secret
    assert_str(without_blanks(&t->arena, office_between(&p->o, r.body, "class=\"secret\">", "<")),
               p->secret.p);
    r = test_post(t, "/desk/login/code", "code=000000");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/login/code", code_form(p, p->secret));
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk");
}

static void test_first_time(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    struct test_response r = test_get(t, "/desk/orders");
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk/login?next=%2Fdesk%2Forders");
    set_up(&p);
    assert_int_equal(test_get(t, "/desk").status, 200);
    r = test_post(t, "/desk/logout", "");
    assert_int_equal(r.status, 303);
    assert_int_equal(test_get(t, "/desk").status, 303);
    office_close(&p.o);
}

static void test_wrong_and_rest(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    struct test_response r = test_post(t, "/desk/login", "email=&password=");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/login", "email=nobody%40example.org&password=irgend+etwas+langes");
    assert_int_equal(r.status, 422);
    assert_shows(r, "E-Mail oder Passwort stimmt nicht");
    for (int i = 0; i < STAFF_FAILED_MAX; i++) {
        r = test_post(t, "/desk/login", "email=anna%40example.org&password=falsch+falsch+falsch");
        assert_int_equal(r.status, 422);
        assert_shows(r, "value=\"anna@example.org\"");
        assert_false(test_shows(&r, "falsch falsch"));
    }
    r = test_post(t, "/desk/login", LOGIN); // right, but the account rests; that looks the same
    assert_int_equal(r.status, 422);
    assert_shows(r, "E-Mail oder Passwort stimmt nicht");
    test_wait(t, STAFF_REST + SECOND);
    assert_int_equal(test_post(t, "/desk/login", LOGIN).status, 303);
    office_close(&p.o);
}

static void test_code_works_once(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    set_up(&p);
    const char *used = code_form(&p, p.secret);
    office_leave(&p.o);
    test_post(t, "/desk/login", LOGIN);
    struct test_response r = test_post(t, "/desk/login/code", used);
    assert_int_equal(r.status, 422);
    assert_shows(r, "schon verwendet");
    test_wait(t, MINUTE);
    r = test_post(t, "/desk/login/code", code_form(&p, p.secret));
    assert_int_equal(r.status, 303);
    office_close(&p.o);
}

// Who knows the password still has five guesses at the code, however often they start again.
static void test_codes_cannot_be_guessed(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    set_up(&p);
    test_wait(t, MINUTE);
    office_leave(&p.o);
    int wrong = 0;
    while (wrong < 20 && test_post(t, "/desk/login", LOGIN).status == 303) {
        test_post(t, "/desk/login/code", "code=123456");
        wrong++;
    }
    assert_int_equal(wrong, STAFF_FAILED_MAX); // then the account rests
    test_wait(t, STAFF_REST + SECOND);
    assert_int_equal(test_post(t, "/desk/login", LOGIN).status, 303);
    office_close(&p.o);
}

static void test_half_is_not_in(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    set_up(&p);
    test_wait(t, MINUTE);
    office_leave(&p.o);
    test_post(t, "/desk/login", LOGIN);
    assert_int_equal(test_get(t, "/desk").status, 303); // the password alone opens nothing
    test_wait(t, 11 * MINUTE);
    struct test_response r = test_post(t, "/desk/login/code", code_form(&p, p.secret));
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk/login?expired=1"); // too late
    test_post(t, "/desk/login", LOGIN);
    for (size_t i = 0; i < t->cookies.n; i++) // and a cookie that was touched is none
        if (str_eq(t->cookies.v[i].name, S("kdh"))) {
            char *v = arena_copy(&t->arena, t->cookies.v[i].value.p, t->cookies.v[i].value.n + 1);
            v[40] = v[40] == 'A' ? 'B' : 'A';
            t->cookies.v[i].value.p = v;
        }
    r = test_post(t, "/desk/login/code", code_form(&p, p.secret));
    assert_str(r.location, "/desk/login?expired=1");
    assert_int_equal(test_get(t, "/desk").status, 303);
    office_close(&p.o);
}

static void test_link_once(void **state) {
    (void)state;
    struct person p;
    struct str token;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    struct ctx *c = test_ctx(t);
    assert_ok(staff_link_new(c, p.id, &token), &c->err);
    const char *path = arena_fmt(&t->arena, "/desk/login/link/" STR_FMT, STR_ARG(token)).p;
    for (int i = 0; i < 3; i++)
        assert_int_equal(test_get(t, path).status, 200); // looking does not use it up
    struct test_response r = test_post(t, path, "");
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/desk/login/code");
    office_leave(&p.o);
    r = test_post(t, path, "");
    assert_int_equal(r.status, 422);
    assert_shows(r, "schon verwendet");
    assert_int_equal(test_post(t, "/desk/login/link/unsinn", "").status, 422);
    office_close(&p.o);
}

static void test_next_stays_inside(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    set_up(&p);
    static const char *const wishes[][2] = {{"%2Fdesk%2Forders%3Fq%3D1", "/desk/orders?q=1"},
                                            {"%2F%2Fevil.example", "/desk"},
                                            {"https%3A%2F%2Fevil.example", "/desk"},
                                            {"%2Fdesk%2F%5Cevil", "/desk"}};
    for (size_t i = 0; i < ARRAY_LEN(wishes); i++) {
        test_wait(t, MINUTE);
        office_leave(&p.o);
        test_post(t, "/desk/login", arena_fmt(&t->arena, "%s&next=%s", LOGIN, wishes[i][0]).p);
        struct test_response r = test_post(t, "/desk/login/code", code_form(&p, p.secret));
        assert_str(r.location, wishes[i][1]);
    }
    office_close(&p.o);
}

static void test_password_change(void **state) {
    (void)state;
    struct person p;
    person_open(&p);
    struct test_shop *t = &p.o.f.t;
    set_up(&p);
    struct test_response r =
        test_post(t, "/desk/profile/password",
                  "old=falsch&fresh=ein+neues+langes+wort&again=ein+neues+langes+wort");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/profile/password", "old=korrekt+pferd+batterie&fresh=kurz&again=kurz");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/profile/password",
                  "old=korrekt+pferd+batterie&fresh=ein+neues+langes+wort&again=anders");
    assert_int_equal(r.status, 422);
    r = test_post(
        t, "/desk/profile/password",
        "old=korrekt+pferd+batterie&fresh=ein+neues+langes+wort&again=ein+neues+langes+wort");
    assert_int_equal(r.status, 303);
    r = test_post(t, "/desk/profile", "lang=en");
    assert_int_equal(r.status, 303);
    r = test_get(t, "/desk/profile");
    assert_shows(r, "Your profile");
    office_leave(&p.o);
    assert_int_equal(test_post(t, "/desk/login", LOGIN).status, 422);
    assert_int_equal(
        test_post(t, "/desk/login", "email=anna%40example.org&password=ein+neues+langes+wort")
            .status,
        303);
    office_close(&p.o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_time),        cmocka_unit_test(test_wrong_and_rest),
        cmocka_unit_test(test_code_works_once),   cmocka_unit_test(test_codes_cannot_be_guessed),
        cmocka_unit_test(test_half_is_not_in),    cmocka_unit_test(test_link_once),
        cmocka_unit_test(test_next_stays_inside), cmocka_unit_test(test_password_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
