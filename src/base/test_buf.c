// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"
#include "base/rng.h"
#include "base/test.h"

static void puts_add_up(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    assert_str(buf_str(&b), "");
    buf_put(&b, S("x="));
    buf_int(&b, INT64_MIN);
    buf_char(&b, ';');
    buf_int(&b, 0);
    buf_fmt(&b, " %s %03d", "y", 7);
    assert_str(buf_str(&b), "x=-9223372036854775808;0 y 007");
    assert_int_equal(b.p[b.n], 0);
    for (int i = 0; i < 10000; i++) buf_char(&b, 'z');
    assert_int_equal(b.n, 30 + 10000);
    assert_int_equal(b.p[b.n], 0);
    buf_clear(&b);
    assert_str(buf_str(&b), "");
    arena_done(&a);
}

static void limit_is_sticky(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 5);
    buf_put(&b, S("12345"));
    assert_true(buf_ok(&b));
    buf_put(&b, S(""));
    assert_true(buf_ok(&b));
    buf_char(&b, '6');
    assert_false(buf_ok(&b));
    buf_put(&b, S(""));
    assert_false(buf_ok(&b));
    assert_null(buf_room(&b, 1));
    assert_str(buf_str(&b), "12345");
    buf_clear(&b);
    buf_fmt(&b, "%d", 42);
    assert_true(buf_ok(&b));
    assert_str(buf_str(&b), "42");
    arena_done(&a);
}

static void escapes(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    buf_html(&b, S("<a href=\"x\">Tom & 'Jerry'</a>"));
    assert_str(buf_str(&b), "&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39;&lt;/a&gt;");
    buf_clear(&b);
    buf_url(&b, S("a b/\xC3\xA4~-._0"));
    assert_str(buf_str(&b), "a%20b%2F%C3%A4~-._0");
    buf_clear(&b);
    buf_hex(&b, "\x00\xFF\x1A", 3);
    assert_str(buf_str(&b), "00ff1a");
    arena_done(&a);
}

static void base64_vectors(void **state) {
    (void)state;
    struct arena a = {0};
    static const char *const vectors[][2] = {// RFC 4648 section 10
                                             {"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
        struct buf b = buf_new(&a, 0);
        buf_base64(&b, vectors[i][0], strlen(vectors[i][0]));
        assert_str(buf_str(&b), vectors[i][1]);
        struct str back;
        assert_true(base64_decode(&a, buf_str(&b), &back));
        assert_str(back, vectors[i][0]);
    }
    struct str out;
    assert_true(base64_decode(&a, S("Zg"), &out));
    assert_str(out, "f");
    assert_true(base64_decode(&a, S("-_-_"), &out));
    assert_str(out, "\xFB\xFF\xBF");
    static const struct str bad[] = {S_INIT("Z"), S_INIT("Zh=="), S_INIT("Z g="), S_INIT("===="),
                                     S_INIT("Zg=a")};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) assert_false(base64_decode(&a, bad[i], &out));
    arena_done(&a);
}

static void bytes_round_trip(void **state) {
    (void)state;
    struct arena a = {0};
    struct rng rng = rng_new(5);
    for (size_t n = 0; n < 200; n++) {
        char *bytes = arena_alloc(&a, n);
        rng_fill(&rng, bytes, n);
        struct buf b64 = buf_new(&a, 0), hex = buf_new(&a, 0), url = buf_new(&a, 0);
        struct str out, in = {bytes, n};
        buf_base64(&b64, bytes, n);
        buf_hex(&hex, bytes, n);
        buf_url(&url, in);
        assert_true(base64_decode(&a, buf_str(&b64), &out) && str_eq(in, out));
        assert_true(hex_decode(&a, buf_str(&hex), &out) && str_eq(in, out));
        assert_true(url_decode(&a, buf_str(&url), true, &out) && str_eq(in, out));
    }
    arena_done(&a);
}

static void bad_encodings_are_refused(void **state) {
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_false(hex_decode(&a, S("abc"), &out));
    assert_false(hex_decode(&a, S("0g"), &out));
    assert_true(hex_decode(&a, S("aBCd"), &out));
    assert_str(out, "\xAB\xCD");
    assert_false(url_decode(&a, S("%"), false, &out));
    assert_false(url_decode(&a, S("%4"), false, &out));
    assert_false(url_decode(&a, S("%zz"), false, &out));
    assert_true(url_decode(&a, S("a+b%2B"), true, &out));
    assert_str(out, "a b+");
    assert_true(url_decode(&a, S("a+b"), false, &out));
    assert_str(out, "a+b");
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_add_up),      cmocka_unit_test(limit_is_sticky),
        cmocka_unit_test(escapes),          cmocka_unit_test(base64_vectors),
        cmocka_unit_test(bytes_round_trip), cmocka_unit_test(bad_encodings_are_refused),
    };
    return TEST_GROUP(tests);
}
