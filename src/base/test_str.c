// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"

static void comparing(void **state) {
    (void)state;
    assert_true(str_eq((struct str){0}, S("")));
    assert_true(str_eq_nocase(S("Content-TYPE"), S("content-type")));
    assert_false(str_eq_nocase(S("\xC3\x84"), S("\xC3\xA4"))); // ASCII only
    assert_true(str_cmp(S("ab"), S("abc")) < 0);
    assert_true(str_cmp(S("b"), S("abc")) > 0);
    assert_true(str_cmp(S("\xFF"), S("a")) > 0);
    assert_int_equal(str_cmp(S(""), (struct str){0}), 0);
    assert_true(str_eq_secret(S("secret"), S("secret")));
    assert_false(str_eq_secret(S("secret"), S("secreT")));
    assert_false(str_eq_secret(S("secret"), S("secret2")));
}

static void cutting(void **state) {
    (void)state;
    assert_str(str_sub(S("kontor"), 2, 3), "nto");
    assert_str(str_sub(S("kontor"), 2, 99), "ntor");
    assert_str(str_sub(S("kontor"), 99, 1), "");
    assert_null(str_from((struct str){0}, 3).p);
    assert_str(str_trim(S(" \t a b\r\n")), "a b");
    assert_str(str_trim(S(" \n")), "");
    assert_true(str_starts(S("https://x"), S("https://")));
    assert_false(str_starts(S("ht"), S("https://")));
    assert_true(str_ends(S("a.svg"), S(".svg")));
    assert_false(str_ends(S("svg"), S(".svg")));
}

static void finding(void **state) {
    (void)state;
    assert_int_equal(str_find(S("a needle here"), S("needle")), 2);
    assert_true(str_find(S("a needle"), S("needles")) == STR_NONE);
    assert_true(str_find((struct str){0}, S("x")) == STR_NONE);
    assert_int_equal(str_find(S("abc"), S("")), 0);
    assert_int_equal(str_find_char(S("abc"), 'c'), 2);
    assert_true(str_find_char(S(""), 'c') == STR_NONE);
}

static void splitting(void **state) {
    (void)state;
    struct str rest = S("a,,b"), part;
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "b");
    assert_false(str_split(&rest, ',', &part));
    rest = S("");
    assert_true(str_split(&rest, ',', &part));
    assert_false(str_split(&rest, ',', &part));
    rest = S("a,");
    assert_true(str_split(&rest, ',', &part));
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_false(str_split(&rest, ',', &part));
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        struct str text;
        bool ok;
        int64_t value;
    } cases[] = {
        {S_INIT("0"), true, 0},
        {S_INIT("-12"), true, -12},
        {S_INIT("+7"), true, 7},
        {S_INIT("9223372036854775807"), true, INT64_MAX},
        {S_INIT("-9223372036854775808"), true, INT64_MIN},
        {S_INIT("9223372036854775808"), false, 0},
        {S_INIT("-9223372036854775809"), false, 0},
        {S_INIT(""), false, 0},
        {S_INIT("-"), false, 0},
        {S_INIT("1 "), false, 0},
        {S_INIT("1.0"), false, 0},
        {S_INIT("0x1"), false, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t v = 0;
        assert_int_equal(str_to_int(cases[i].text, &v), cases[i].ok);
        if (cases[i].ok) assert_true(v == cases[i].value);
    }
}

static void utf8(void **state) {
    (void)state;
    static const struct str good[] = {S_INIT(""), S_INIT("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x8C\xB1"),
                                      S_INIT("\xED\x9F\xBF"), S_INIT("\xF4\x8F\xBF\xBF")};
    static const struct str bad[] = {
        S_INIT("\x80"),         S_INIT("\xC0\x80"),         S_INIT("\xC3"), S_INIT("\xE0\x80\x80"),
        S_INIT("\xED\xA0\x80"), S_INIT("\xF4\x90\x80\x80"), S_INIT("\xFF"), S_INIT("a\xE2\x82"),
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) assert_true(str_is_utf8(good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) assert_false(str_is_utf8(bad[i]));
    assert_int_equal(str_utf8_len(good[1]), 4);
    assert_int_equal(str_utf8_len(S("\xE2\x82")), 2);
    assert_str(str_utf8_cut(S("Gr\xC3\xBC\xC3\x9F"), 3), "Gr\xC3\xBC");
    assert_str(str_utf8_cut(S("ab"), 9), "ab");
}

static void hashes_differ(void **state) {
    (void)state;
    assert_true(str_hash(S("a")) != str_hash(S("b")));
    assert_true(str_hash(S("a")) != str_hash(S("a\0")));
    assert_true(str_hash(S("abcdefgh1")) != str_hash(S("abcdefgh2")));
    assert_true(str_hash(S("")) == str_hash((struct str){0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing),     cmocka_unit_test(cutting), cmocka_unit_test(finding),
        cmocka_unit_test(splitting),     cmocka_unit_test(numbers), cmocka_unit_test(utf8),
        cmocka_unit_test(hashes_differ),
    };
    return TEST_GROUP(tests);
}
