// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "http/form.h"

static const char *const SIZES[] = {"s", "m", NULL};
struct order {
    struct str name, note, email, size, password;
    int64_t quantity, price, weight;
    bool terms;
    instant due;
};
#define AT(f) .offset = offsetof(struct order, f)
static const struct form_field FIELDS[] = {
    {.name = "name", .type = FORM_TEXT, .flags = FORM_REQUIRED, AT(name), .min = 2, .max = 10},
    {.name = "note", .type = FORM_MULTILINE, AT(note)},
    {.name = "email", .type = FORM_EMAIL, AT(email)},
    {.name = "size", .type = FORM_CHOICE, AT(size), .choices = SIZES},
    {.name = "password", .type = FORM_PASSWORD, AT(password)},
    {.name = "quantity", .type = FORM_INT, AT(quantity), .min = 1, .max = 99},
    {.name = "price", .type = FORM_MONEY, AT(price)},
    {.name = "weight", .type = FORM_DECIMAL, AT(weight)},
    {.name = "terms", .type = FORM_BOOL, AT(terms)},
    {.name = "due", .type = FORM_DATE, AT(due)},
};
static const struct form FORM = {"order", FIELDS, ARRAY_LEN(FIELDS), sizeof(struct order)};

static struct form_errors fill(struct arena *a, const char *body, struct order *out) {
    struct request r = {.arena = a, .body = str_c(body)};
    struct err e = {0};
    struct form_errors errors;
    assert_ok(request_parse_body(&r, S("application/x-www-form-urlencoded"), &e), &e);
    form_read(&FORM, &r, EUR, out, &errors);
    return errors;
}

static void whole_form(void **state) {
    (void)state;
    struct arena a = {0};
    struct order o;
    struct form_errors e =
        fill(&a,
             "name=++Jo+Doe+&note=a%0D%0Ab%0D&email=Jo.Doe%2Bx@Example.ORG&size=m&password=+x+"
             "&quantity=3&price=12,34&weight=0.5&terms=on&due=2026-11-22&other=1&name=second",
             &o);
    assert_int_equal(e.n, 0);
    assert_str(o.name, "Jo Doe");
    assert_str(o.note, "a\nb");
    assert_str(o.email, "Jo.Doe+x@example.org");
    assert_str(o.size, "m");
    assert_str(o.password, " x ");
    assert_int_equal(o.quantity, 3);
    assert_int_equal(o.price, 1234);
    assert_int_equal(o.weight, 500000);
    assert_true(o.terms);
    assert_int_equal(o.due, instant_of_civil((struct civil){2026, 11, 22, 0, 0, 0, 0}));
    arena_done(&a);
}

static void empty_form(void **state) {
    (void)state;
    struct arena a = {0};
    struct order o;
    struct form_errors e = fill(&a, "note=&quantity=", &o);
    assert_int_equal(e.n, 1);
    assert_string_equal(form_error_of(&e, "name"), "form.required");
    assert_null(form_error_of(&e, "note"));
    assert_true(o.note.p != NULL && o.email.p == NULL && !o.terms);
    arena_done(&a);
}

static void wrong_fields(void **state) {
    (void)state;
    static const char *const CASES[][3] = {
        {"name=a", "name", "form.too_short"},
        {"name=abcdefghijk", "name", "form.too_long"},
        {"name=a%09b", "name", "form.text"},
        {"name=+++", "name", "form.required"},
        {"email=a", "email", "form.email"},
        {"size=xl", "size", "form.choice"},
        {"quantity=0", "quantity", "form.range"},
        {"quantity=100", "quantity", "form.range"},
        {"quantity=3x", "quantity", "form.number"},
        {"quantity=99999999999999999999", "quantity", "form.number"},
        {"price=-1", "price", "form.range"},
        {"price=1.234", "price", "form.number"},
        {"price=1.23.4,5", "price", "form.number"},
        {"price=12,", "price", "form.number"},
        {"price=1e3", "price", "form.number"},
        {"price=99999999999999", "price", "form.number"},
        {"due=2026-02-30", "due", "form.date"},
        {"due=22.11.2026", "due", "form.date"},
        {"weight=,", "weight", "form.number"},
        {"note=%01", "note", "form.text"},
    };
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++) {
        struct arena a = {0};
        struct order o;
        struct form_errors e = fill(&a, CASES[i][0], &o);
        const char *key = form_error_of(&e, CASES[i][1]);
        if (!key) print_error("%s was accepted\n", CASES[i][0]);
        assert_non_null(key);
        assert_string_equal(key, CASES[i][2]);
        arena_done(&a);
    }
}

static void amounts(void **state) {
    (void)state;
    static const struct {
        const char *body;
        int64_t minor;
    } CASES[] = {{"price=1.234,56", 123456}, {"price=1,234.56", 123456},
                 {"price=7", 700},           {"price=0.5", 50},
                 {"price=+12.30+", 1230},    {"price=1.234.567,8", 123456780}};
    for (size_t i = 0; i < ARRAY_LEN(CASES); i++) {
        struct arena a = {0};
        struct order o;
        struct form_errors e = fill(&a, CASES[i].body, &o);
        assert_null(form_error_of(&e, "price"));
        assert_int_equal(o.price, CASES[i].minor);
        arena_done(&a);
    }
}

static void addresses(void **state) {
    (void)state;
    static const char *const GOOD[] = {"a@b.de", "a.b+c@x-y.example", "o'neil@xn--mller-kva.de"};
    static const char *const BAD[] = {
        "",         "a",       "@b.de",     "a@",       "a@b",
        ".a@b.de",  "a.@b.de", "a..b@c.de", "a b@c.de", "a@-b.de",
        "a@b-.de",  "a@b..de", "a@b.de.",   "a@b.de\n", "a@m\xC3\xBCller.de",
        "a@b@c.de", "a@b_c.de"};
    for (size_t i = 0; i < ARRAY_LEN(GOOD); i++) assert_true(email_valid(str_c(GOOD[i])));
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++) assert_false(email_valid(str_c(BAD[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_form), cmocka_unit_test(empty_form), cmocka_unit_test(wrong_fields),
        cmocka_unit_test(amounts),    cmocka_unit_test(addresses),
    };
    return TEST_GROUP(tests);
}
