// SPDX-License-Identifier: Apache-2.0
// What people read: messages, money, dates, order, search keys, handles.
#include <pthread.h>

#include "core/i18n_private.h"
#include "core/settings.h"
#include "test_toy.h"

#define NBSP "\xC2\xA0"

static void every_key_is_in_every_language(void **state) {
    (void)state;
    struct arena a = {0};
    struct i18n *t = i18n_new(&a, core_messages, core_messages_count);
    int missing = 0;
    for (int l = 0; l < LANG_COUNT; l++)
        for (int other = 0; other < LANG_COUNT; other++)
            for (size_t i = 0; i < t->messages[l].n; i++) {
                struct str key = t->messages[l].v[i].key;
                if (map_get(&t->messages[other], key)) continue;
                print_error("%s misses " STR_FMT "\n", lang_code((enum lang)other), STR_ARG(key));
                missing++;
            }
    assert_true(t->messages[LANG_DE].n > 50);
    assert_int_equal(missing, 0);
    i18n_free(t);
    arena_done(&a);
}

static size_t count_of(struct str text, char ch) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == ch;
    return n;
}

static void braces_are_paired(void **state) {
    (void)state;
    struct arena a = {0};
    struct i18n *t = i18n_new(&a, core_messages, core_messages_count);
    for (int l = 0; l < LANG_COUNT; l++)
        for (size_t i = 0; i < t->messages[l].n; i++) {
            const struct str *text = t->messages[l].v[i].value;
            if (count_of(*text, '{') == count_of(*text, '}')) continue;
            print_error("unpaired: " STR_FMT "\n", STR_ARG(*text));
            fail();
        }
    i18n_free(t);
    arena_done(&a);
}

static struct str format(const char *pattern, struct msg_arg arg, enum lang l, struct arena *a) {
    struct i18n *t = i18n_new(a, NULL, 0);
    struct buf b = buf_new(a, 0);
    message_put(
        &(struct message){.i18n = t, .lang = l, .arena = a, .out = &b, .args = &arg, .n = 1},
        str_c(pattern));
    i18n_free(t);
    return buf_str(&b);
}

static void fills_messages(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        struct msg_arg arg;
        enum lang lang;
        const char *want;
    } cases[] = {
        {"Hallo {name}!", {"name", S_INIT("Anna"), 0}, LANG_DE, "Hallo Anna!"},
        {"{ name }", {"name", S_INIT("<b>"), 0}, LANG_DE, "<b>"},
        {"{n} Stück", {.name = "n", .number = 1234567}, LANG_DE, "1.234.567 Stück"},
        {"{n}", {.name = "n", .number = 1234567}, LANG_EN, "1,234,567"},
        {"{n, plural, one {# Tag} other {# Tage}}", {.name = "n", .number = 1}, LANG_DE, "1 Tag"},
        {"{n, plural, one {# Tag} other {# Tage}}",
         {.name = "n", .number = 1000},
         LANG_DE,
         "1.000 Tage"},
        {"{n, plural, =0 {none} one {one} other {#}}", {.name = "n", .number = 0}, LANG_EN, "none"},
        {"{n, plural, one {one} =1 {exactly one} other {#}}",
         {.name = "n", .number = 1},
         LANG_EN,
         "exactly one"},
        {"{s, select, paid {Bezahlt} other {Offen}}!",
         {"s", S_INIT("paid"), 0},
         LANG_DE,
         "Bezahlt!"},
        {"{s, select, paid {Bezahlt} other {Offen}}!", {"s", S_INIT("x"), 0}, LANG_DE, "Offen!"},
        {"{n, plural, one {{n, select, 1 {a} other {b}}} other {c}}",
         {.name = "n", .number = 1},
         LANG_EN,
         "a"},
        {"it's '{n}' and ''{n}''", {.name = "n", .number = 1}, LANG_EN, "it's {n} and '1'"},
        {"{unknown}", {.name = "n", .number = 1}, LANG_EN, "{unknown}"},
        {"{n, plural, one {", {.name = "n", .number = 1}, LANG_EN, ""},
        {"a # b", {.name = "n", .number = 1}, LANG_EN, "a # b"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_str(format(cases[i].pattern, cases[i].arg, cases[i].lang, &a), cases[i].want);
    arena_done(&a);
}

static void speaks_both_languages(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    assert_str(tr(c, "word.save"), "Speichern");
    assert_str(TR(c, "count.items", {.name = "count", .number = 2}), "2 Artikel");
    c->lang = LANG_EN;
    assert_str(tr(c, "word.save"), "Save");
    assert_str(TR(c, "word.page_of", {.name = "page", .number = 2}, {.name = "pages", .number = 3}),
               "Page 2 of 3");
    assert_false(tr_exists(c, "no.such"));
    assert_str(tr(c, "no.such"), "no.such");
    test_shop_close(&t);
}

static void shows_amounts(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    struct currency jpy = {"JPY"}, kwd = {"KWD"};
    assert_str(show_money(c, money(1250, EUR)), "12,50" NBSP "€");
    assert_str(show_money(c, money(-123456789, EUR)), "-1.234.567,89" NBSP "€");
    assert_str(show_money(c, money(999999999999999, EUR)), "9.999.999.999.999,99" NBSP "€");
    assert_str(show_number(c, 1234567), "1.234.567");
    assert_str(show_decimal(c, 1500000), "1,5");
    c->lang = LANG_EN;
    assert_str(show_money(c, money(1250, EUR)), "€12.50");
    assert_str(show_money(c, money(1250, jpy)), "JP¥1,250");
    assert_str(show_money(c, money(1250, kwd)), "KWD" NBSP "1.250");
    assert_str(show_decimal(c, -500000), "-0.5");
    test_shop_close(&t);
}

static void shows_dates_in_the_shops_zone(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    instant late = TEST_NOW + 15 * HOUR + 30 * MINUTE; // 23:30 UTC, half past midnight in Berlin
    assert_str(show_date(c, late), "23. November 2026");
    assert_str(show_date_short(c, late), "23.11.2026");
    assert_str(show_datetime(c, TEST_NOW), "22. November 2026 um 09:00");
    assert_int_equal(zone_civil(c, late).day, 23);
    assert_int_equal(zone_civil(c, late).hour, 0);
    assert_true(zone_day_start(c, 2026, 11, 22) == TEST_NOW - 9 * HOUR);
    assert_true(zone_day_start(c, 2026, 7, 1) ==
                instant_of_civil((struct civil){2026, 6, 30, 22, 0, 0, 0}));
    assert_str(show_date_short(c, -1), "01.01.1970");
    c->lang = LANG_EN;
    assert_str(show_date(c, late), "23 November 2026");
    assert_str(show_datetime(c, TEST_NOW), "22 November 2026 at 09:00");
    assert_true(zone_valid(S("America/New_York")));
    assert_false(zone_valid(S("Europe/Entenhausen")));
    assert_false(zone_valid(S("")));
    test_shop_close(&t);
}

static void compares_as_people_do(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    assert_true(text_compare(c, S("Äpfel"), S("Birnen")) < 0);
    assert_true(text_compare(c, S("Zebra"), S("Äpfel")) > 0);
    assert_true(text_compare(c, S("a"), S("B")) < 0);
    assert_int_equal(text_compare(c, S("x"), S("x")), 0);
    test_shop_close(&t);
}

static void folds_and_slugs(void **state) {
    (void)state;
    static const char *const folds[][2] = {
        {"Zahnbürste GROSS", "zahnburste gross"},
        {"Größe", "grosse"},
        {"Ｃａｆé", "cafe"},
        {"", ""},
        {"ﬁ", "fi"},
    };
    static const char *const slugs[][2] = {
        {"Zahnbürste groß", "zahnbuerste-gross"},
        {"  Crème brûlée!  ", "creme-brulee"},
        {"ÄÖÜ", "aeoeue"},
        {"A/B & C", "a-b-und-c"},
        {"---", ""},
        {"Søren Ægir", "soren-aegir"},
        {"2,5 l Topf (rot)", "2-5-l-topf-rot"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(folds); i++)
        assert_str(text_fold(&a, str_c(folds[i][0])), folds[i][1]);
    for (size_t i = 0; i < ARRAY_LEN(slugs); i++)
        assert_str(text_slug(&a, str_c(slugs[i][0])), slugs[i][1]);
    assert_str(text_fold(&a, (struct str){"\xFF x", 3}),
               "\xEF\xBF\xBD x"); // ill-formed bytes are no crash
    struct str wild =
        text_fold(&a, S("\xEF\xB7\xBA\xEF\xB7\xBA")); // U+FDFA becomes 18 characters each
    assert_true(wild.n > 30);
    arena_done(&a);
}

static void negotiates(void **state) {
    (void)state;
    assert_int_equal(lang_negotiate(S("en-GB,en;q=0.9,de;q=0.8"), LANG_DE), LANG_EN);
    assert_int_equal(lang_negotiate(S("fr, de;q=0.3, en;q=0.2"), LANG_EN), LANG_DE);
    assert_int_equal(lang_negotiate(S("fr"), LANG_DE), LANG_DE);
    assert_int_equal(lang_negotiate(S("en;q=0, de;q=x"), LANG_DE), LANG_DE);
    assert_int_equal(lang_negotiate((struct str){NULL, 0}, LANG_EN), LANG_EN);
    enum lang l;
    assert_true(lang_parse(S("EN_us"), &l) && l == LANG_EN);
    assert_false(lang_parse(S("deu"), &l));
    assert_false(lang_parse(S(""), &l));
}

enum { THREADS = 4, ROUNDS = 300 };

static void *show_much(void *self) {
    struct test_shop *t = self;
    struct arena a = {0};
    struct ctx c;
    ctx_begin(&c, &t->shop, &a);
    intptr_t wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        c.lang = i % 2 ? LANG_DE : LANG_EN;
        wrong +=
            !str_eq(show_money(&c, money(1250, EUR)), i % 2 ? S("12,50" NBSP "€") : S("€12.50"));
        wrong += !str_eq(show_date(&c, TEST_NOW),
                         i % 2 ? S("22. November 2026") : S("22 November 2026"));
        wrong += !str_eq(show_number(&c, 1000), i % 2 ? S("1.000") : S("1,000"));
    }
    ctx_end(&c);
    arena_done(&a);
    return (void *)wrong;
}

static void threads_do_not_meet(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, show_much, &t), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_in_every_language),
        cmocka_unit_test(braces_are_paired),
        cmocka_unit_test(fills_messages),
        cmocka_unit_test(speaks_both_languages),
        cmocka_unit_test(shows_amounts),
        cmocka_unit_test(shows_dates_in_the_shops_zone),
        cmocka_unit_test(compares_as_people_do),
        cmocka_unit_test(folds_and_slugs),
        cmocka_unit_test(negotiates),
        cmocka_unit_test(threads_do_not_meet),
    };
    return TEST_GROUP(tests);
}
