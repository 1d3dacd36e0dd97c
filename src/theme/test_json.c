// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"
#include "base/test.h"
#include "theme/schema.h"

struct reading {
    struct arena a;
    struct theme_findings findings;
    struct theme_json v;
};

static bool reads(struct reading *r, const char *text) {
    arena_reset(&r->a);
    r->findings = (struct theme_findings){.arena = &r->a};
    return theme_json_parse(&r->a, S("a.json"), str_c(text), 1, &r->v, &r->findings);
}

static void values(void **state) {
    (void)state;
    struct reading r = {0};
    assert_true(reads(&r, "{\"a\": [1, -0.5, 1e3, true, false, null], \"b\": {}, \"c\": \"\"}"));
    const struct theme_json *a = theme_json_get(&r.v, "a");
    assert_int_equal(a->n, 6);
    assert_int_equal(a->items[0].type, THEME_JSON_INT);
    assert_int_equal(a->items[0].integer, 1);
    assert_int_equal(a->items[1].type, THEME_JSON_FLOAT);
    assert_str(a->items[1].text, "-0.5");
    assert_str(a->items[2].text, "1e3");
    assert_true(a->items[3].boolean);
    assert_int_equal(a->items[4].type, THEME_JSON_BOOL);
    assert_int_equal(a->items[5].type, THEME_JSON_NULL);
    assert_int_equal(theme_json_get(&r.v, "b")->n, 0);
    assert_non_null(theme_json_text(&r.v, "c").p);
    assert_null(theme_json_text(&r.v, "a").p);
    assert_null(theme_json_get(&r.v, "d"));
    assert_true(reads(&r, "9223372036854775808"));
    assert_int_equal(r.v.type, THEME_JSON_FLOAT);
    arena_done(&r.a);
}

static void texts(void **state) {
    (void)state;
    struct reading r = {0};
    assert_true(reads(&r, "\"a\\n\\\"\\/\\u00e4\\u20ac\\ud83d\\ude00z\""));
    assert_str(r.v.text, "a\n\"/\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80z");
    static const char *const refused[] = {
        "\"a\nb\"",           "\"\\x\"",   "\"\\ud83d\"", "\"\\ude00\"",
        "\"\\ud83d\\u0041\"", "\"\\u12\"", "\"a",         "\"\\"};
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) assert_false(reads(&r, refused[i]));
    assert_false(reads(&r, "\"\xC3\""));
    arena_done(&r.a);
}

static void comments_and_lines(void **state) {
    (void)state;
    struct reading r = {0};
    assert_true(reads(&r, "\xEF\xBB\xBF/* made by\n * a program */\n// and one\n{ // here\n"
                          "  \"url\": \"http://x/*y*/\", /**/\n  \"b\": [1,\n 2] }\n//end"));
    assert_str(theme_json_text(&r.v, "url"), "http://x/*y*/");
    assert_int_equal(r.v.line, 4);
    assert_int_equal(theme_json_get(&r.v, "url")->line, 5);
    assert_int_equal(theme_json_get(&r.v, "b")->items[1].line, 7);
    arena_done(&r.a);
}

static void wrong_texts_name_the_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
        int line;
    } cases[] = {
        {"", "expected a value, but the text ends here", 1},
        {"{\"a\": 1,\n}", "one too many", 2},
        {"[1\n 2]", "expected a comma or ] after a value, found 2]", 2},
        {"{a: 1}", "expected a key in double quotes, found a: 1}", 1},
        {"{\"a\" 1}", "expected a colon after the key", 1},
        {"[01]", "expected a number", 1},
        {"[1.]", "digits after the point", 1},
        {"[1e]", "digits of the exponent", 1},
        {"[-]", "expected a number", 1},
        {"\n\n/* no end", "This comment has no end", 3},
        {"{} {}", "expected the end of the text, found {}", 1},
        {"tru", "expected a value, found tru", 1},
        {"[1", "but the text ends here", 1},
    };
    struct reading r = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_false(reads(&r, cases[i].text));
        assert_int_equal(r.findings.n, 1);
        assert_int_equal(r.findings.errors, 1);
        assert_int_equal(r.findings.v[0].line, cases[i].line);
        assert_str(r.findings.v[0].file, "a.json");
        if (str_find(r.findings.v[0].message, str_c(cases[i].message)) == STR_NONE)
            assert_str(r.findings.v[0].message, cases[i].message);
    }
    arena_done(&r.a);
}

static void equal_keys(void **state) {
    (void)state;
    struct reading r = {0};
    assert_true(reads(&r, "{\"a\": 1, \"b\": 2,\n\"a\": 3}"));
    assert_int_equal(r.v.n, 2);
    assert_int_equal(theme_json_get(&r.v, "a")->integer, 3);
    assert_int_equal(r.findings.warnings, 1);
    assert_int_equal(r.findings.v[0].line, 2);
    struct buf many = buf_new(&r.a, 0);
    for (int i = 0; i < 100; i++) buf_fmt(&many, "%s\"k%d\":%d", i ? "," : "{", i % 40, i);
    buf_put(&many, S("}"));
    struct arena kept = r.a;
    r.a = (struct arena){0};
    assert_true(reads(&r, buf_str(&many).p));
    assert_int_equal(r.v.n, 40);
    assert_int_equal(theme_json_get(&r.v, "k7")->integer, 87);
    assert_int_equal(r.findings.warnings, 60);
    arena_done(&kept);
    arena_done(&r.a);
}

static void limits(void **state) {
    (void)state;
    struct reading r = {0};
    struct arena a = {0};
    struct buf deep = buf_new(&a, 0), wide = buf_new(&a, 0);
    for (int i = 0; i < THEME_JSON_DEPTH; i++) buf_char(&deep, '[');
    for (int i = 0; i < THEME_JSON_DEPTH; i++) buf_char(&deep, ']');
    assert_true(reads(&r, buf_str(&deep).p));
    assert_false(reads(&r, arena_fmt(&a, "[%s]", buf_str(&deep).p).p));
    assert_non_null(strstr(r.findings.v[0].message.p, "nested deeper"));
    for (int i = 0; i < 200001; i++) buf_put(&wide, i ? S(",0") : S("[0"));
    buf_char(&wide, ']');
    assert_false(reads(&r, buf_str(&wide).p));
    assert_non_null(strstr(r.findings.v[0].message.p, "200000 values"));
    arena_done(&a);
    arena_done(&r.a);
}

static void findings_are_counted_beyond_the_limit(void **state) {
    (void)state;
    struct arena a = {0};
    struct theme_findings f = {.arena = &a};
    for (int i = 0; i < THEME_FINDINGS_MAX + 5; i++)
        theme_find(&f, i % 2 ? THEME_ERROR : THEME_NOTE, S("x"), i, "%0500d\xC3\xA4", i);
    assert_int_equal(f.n, THEME_FINDINGS_MAX);
    assert_int_equal(f.errors, 252);
    assert_int_equal(f.v[0].message.n, 399);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(texts),
        cmocka_unit_test(comments_and_lines),
        cmocka_unit_test(wrong_texts_name_the_line),
        cmocka_unit_test(equal_keys),
        cmocka_unit_test(limits),
        cmocka_unit_test(findings_are_counted_beyond_the_limit),
    };
    return TEST_GROUP(tests);
}
