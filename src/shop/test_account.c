// SPDX-License-Identifier: Apache-2.0
// Sign-in by code, the customer's orders, and the withdrawal function.
#include "mod/customer/customer.h"
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

struct adding {
    const struct customer_new *n;
    int64_t *id;
};
static bool add_customer(struct ctx *c, void *self, bool *keep) {
    const struct adding *a = self;
    (void)keep;
    return customer_find_or_add(c, a->n, a->id);
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

static int64_t customer(struct seed *s, const char *email) {
    struct customer_new n = {.email = str_c(email),
                             .name = S("Anna Beispiel"),
                             .lang = S("de"),
                             .country = S("DE"),
                             .created_at = TEST_NOW};
    int64_t id = 0;
    struct ctx *c = test_ctx(&s->t);
    struct adding a = {&n, &id};
    assert_true(tx_run(c, add_customer, &a));
    return id;
}

#define ADDRESS                                                                                    \
    "form_type=customer_address&address[first_name]=Anna+Maria&address[last_name]=Berg"            \
    "&address[address1]=Hafenweg+3&address[zip]=20459&address[city]=Hamburg"

// The forms of themes: add, change, make the default, take away; nobody else's.
static void keeps_an_address_book(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    int64_t anna = customer(&s, "anna@example.org"), ben = customer(&s, "ben@example.org");
    assert_int_equal(test_get(&s.t, "/account/addresses").status, 303);
    test_sign_in(&s.t, ACTOR_CUSTOMER, anna);
    struct test_response r = test_get(&s.t, "/account/addresses");
    assert_int_equal(r.status, 200);
    assert_shows(r, "<option value=\"AT\"");
    r = test_post(&s.t, "/account/addresses", ADDRESS "&address[country]=DE");
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/account/addresses");
    assert_shows(r, "Hafenweg 3");
    assert_shows(r, "value=\"Anna Maria\"");
    assert_shows(r, "/account/addresses/1");
    r = test_post(&s.t, "/account/addresses", ADDRESS "2&address[country]=Deutschland");
    assert_int_equal(r.status, 303);
    r = test_post(&s.t, "/account/addresses", "address[first_name]=Nur&address[country]=XX");
    assert_int_equal(r.status, 422);
    assert_shows(r, "Nur");
    r = test_post(&s.t, "/account/addresses/1", ADDRESS "-Altona&address[country]=AT");
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/account/addresses");
    assert_shows(r, "Hamburg-Altona");
    test_sign_in(&s.t, ACTOR_CUSTOMER, ben);
    r = test_post(&s.t, "/account/addresses/1", ADDRESS "-Fremd&address[country]=DE");
    assert_int_equal(r.status, 404);
    (void)test_post(&s.t, "/account/addresses/1", "_method=delete");
    r = test_get(&s.t, "/account/addresses");
    assert_false(test_shows(&r, "Hafenweg"));
    test_sign_in(&s.t, ACTOR_CUSTOMER, anna);
    r = test_get(&s.t, "/account/addresses");
    assert_shows(r, "Hamburg-Altona");
    assert_false(test_shows(&r, "Fremd"));
    r = test_post(&s.t, "/account/addresses/1", "_method=delete");
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/account/addresses");
    assert_false(test_shows(&r, "Altona"));
    static const char *const paths[] = {"/account/addresses/x", "/account/addresses/-1"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        assert_int_equal(test_post(&s.t, paths[i], ADDRESS).status, 404);
    seed_close(&s);
}

// Orders of the account are the customer's own.
static void shows_own_orders_only(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    int64_t anna = customer(&s, "anna@example.org"), ben = customer(&s, "ben@example.org");
    test_sign_in(&s.t, ACTOR_CUSTOMER, anna);
    assert_int_equal(
        test_post(&s.t, "/cart/add",
                  arena_fmt(&s.t.arena, "id=%lld&quantity=2", (long long)s.soap_small).p)
            .status,
        303);
    struct test_response form = test_get(&s.t, "/checkout");
    const char *sent =
        arena_fmt(&s.t.arena,
                  "order_key=" STR_FMT "&total_seen=" STR_FMT "&shipping_method=" STR_FMT "&%s",
                  STR_ARG(after(&s.t, form.body, "name=\"order_key\" value=\"", '"')),
                  STR_ARG(after(&s.t, form.body, "name=\"total_seen\" value=\"", '"')),
                  STR_ARG(after(&s.t, form.body, "id=\"shipping_method\" value=\"", '"')),
                  CHECKOUT_FIELDS)
            .p;
    struct test_response r = test_post(&s.t, "/checkout", sent);
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/account");
    assert_shows(r, "/account/orders/1");
    r = test_get(&s.t, "/account/orders/1");
    assert_int_equal(r.status, 200);
    assert_shows(r, "Seife");
    assert_shows(r, "Hafenweg 3");
    assert_shows(r, "19\u00a0% MwSt.");
    test_sign_in(&s.t, ACTOR_CUSTOMER, ben);
    assert_int_equal(test_get(&s.t, "/account/orders/1").status, 404);
    assert_int_equal(test_get(&s.t, "/account/orders/x").status, 404);
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
        cmocka_unit_test(keeps_an_address_book),
        cmocka_unit_test(shows_own_orders_only),
        cmocka_unit_test(takes_withdrawals),
    };
    return TEST_GROUP(tests);
}
