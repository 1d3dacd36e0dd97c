// SPDX-License-Identifier: Apache-2.0
// Sign-in by code, the customer's orders, and the withdrawal function.
#include "shop/test_seed.h"

static struct str code_in(struct test_shop *t, const struct fake_mail *m) {
    for (size_t i = 0; i + 6 <= m->bytes.n; i++) {
        size_t n = 0;
        while (i + n < m->bytes.n && m->bytes.p[i + n] >= '0' && m->bytes.p[i + n] <= '9') n++;
        bool line = i > 0 && m->bytes.p[i - 1] == '\n';
        if (n == 6 && line) return arena_str(&t->arena, str_sub(m->bytes, i, 6));
        i += n;
    }
    return (struct str){0};
}

static void signs_in_by_code(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/account");
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, S("/account/login")));
    const char *bottle = arena_fmt(&s.t.arena, "id=%lld", (long long)s.bottle).p;
    assert_int_equal(test_post(&s.t, "/cart/add", bottle).status, 303);
    r = test_post(&s.t, "/account/login", "email=kein");
    assert_int_equal(r.status, 422);
    assert_shows(r, "value=\"kein\"");
    r = test_post(&s.t, "/account/login", "email=anna%40example.org");
    assert_int_equal(r.status, 200);
    assert_shows(r, "Code eingeben");
    test_jobs(&s.t);
    const struct fake_mail *mail = world_fake_last_mail(&s.t.world, S("anna@example.org"));
    assert_non_null(mail);
    struct str code = code_in(&s.t, mail);
    assert_int_equal(code.n, 6);
    r = test_post(&s.t, "/account/code", "email=anna%40example.org&code=12");
    assert_int_equal(r.status, 422);
    assert_shows(r, "Dieser Code stimmt nicht.");
    r = test_post(
        &s.t, "/account/code",
        arena_fmt(&s.t.arena, "email=anna%%40example.org&code=+" STR_FMT "+", STR_ARG(code)).p);
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/cart"); // the cart came along
    assert_shows(r, "Flasche");
    r = test_get(&s.t, "/checkout");
    assert_shows(r, "value=\"anna@example.org\"");
    r = test_get(&s.t, "/account");
    assert_shows(r, "anna@example.org");
    assert_shows(r, "noch keine Bestellungen");
    r = test_post(&s.t, "/account/logout", "");
    assert_int_equal(r.status, 303);
    assert_int_equal(test_get(&s.t, "/account").status, 303);
    seed_close(&s);
}

static void takes_withdrawals(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/withdraw?order=2026-1");
    assert_shows(r, "value=\"2026-1\"");
    r = test_post(&s.t, "/withdraw", "name=&order=&email=x");
    assert_int_equal(r.status, 422);
    static const char form[] =
        "name=Anna&order=nie-da&email=anna%40example.org&items=Seife%0AFlasche";
    r = test_post(&s.t, "/withdraw", form);
    assert_int_equal(r.status, 200);
    assert_shows(r, "Widerruf bestätigen");
    assert_null(world_fake_last_mail(&s.t.world, S("anna@example.org")));
    r = test_post(&s.t, "/withdraw",
                  "name=Anna&order=nie-da&email=anna%40example.org&items=Seife&confirmed=1");
    assert_shows(r, "Ihr Widerruf ist eingegangen.");
    test_jobs(&s.t);
    assert_non_null(world_fake_last_mail(&s.t.world, S("anna@example.org")));
    assert_non_null(world_fake_last_mail(&s.t.world, S("laden@shop.example")));
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_in_by_code),
        cmocka_unit_test(takes_withdrawals),
    };
    return TEST_GROUP(tests);
}
