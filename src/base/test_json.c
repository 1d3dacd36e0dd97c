// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/test.h"

static struct json parsed(struct arena *a, struct str text) {
    struct json v;
    struct err e = {0};
    assert_ok(json_parse(a, text, &v, &e), &e);
    return v;
}

static struct str written(struct arena *a, const struct json *v) {
    struct buf b = buf_new(a, 0);
    struct json_writer w = json_writer(&b);
    json_put(&w, v);
    return buf_str(&b);
}

static void reads_values_by_path(void **state) {
    (void)state;
    struct arena a = {0};
    struct json v =
        parsed(&a, S("{\"data\":{\"object\":{\"id\":\"cs_1\",\"amount\":1250,\"live\":true},"
                     "\"list\":[10,{\"x\":null}]},\"rate\":1.50,\"big\":-9223372036854775808}"));
    assert_str(json_text(&v, "data.object.id"), "cs_1");
    assert_int_equal(json_int(&v, "data.object.amount", -1), 1250);
    assert_int_equal(json_int(&v, "data.object.id", -1), -1);
    assert_int_equal(json_int(&v, "data.list.0", -1), 10);
    assert_true(json_bool(&v, "data.object.live"));
    assert_false(json_bool(&v, "data.object.id"));
    assert_int_equal(json_path(&v, "data.list.1.x")->type, JSON_NULL);
    assert_null(json_path(&v, "data.list.2"));
    assert_null(json_path(&v, "data.list.-1"));
    assert_null(json_path(&v, "data.object.id.deeper"));
    assert_null(json_text(&v, "nothing").p);
    assert_null(json_get(NULL, S("x")));
    assert_int_equal(json_path(&v, "rate")->type, JSON_NUMBER);
    assert_str(json_path(&v, "rate")->text, "1.50"); // the literal, not 1.5
    assert_true(json_int(&v, "big", 0) == INT64_MIN);
    arena_done(&a);
}

static void numbers_stay_with_their_place(void **state) {
    (void)state;
    struct arena a = {0};
    struct json v = parsed(
        &a, S("{\"a -1 \\\" 2\":3.25,\"b\":\"4\",\"c\":[5e2,-0,0.10,{\"6\":7}],\"\\\\\":8}"));
    assert_str(written(&a, &v),
               "{\"a -1 \\\" 2\":3.25,\"b\":\"4\",\"c\":[5e2,0,0.10,{\"6\":7}],\"\\\\\":8}");
    arena_done(&a);
}

static void refuses(void **state) {
    (void)state;
    struct arena a = {0};
    static const struct str bad[] = {
        S_INIT(""),       S_INIT("{"),     S_INIT("[1,]"),     S_INIT("{\"a\":1,\"a\":2}"),
        S_INIT("01"),     S_INIT("NaN"),   S_INIT("\"\xFF\""), S_INIT("9223372036854775808"),
        S_INIT("1e999"),  S_INIT("[1] x"), S_INIT("'a'"),      S_INIT("\"\\ud800\""),
        S_INIT("\"\n\""),
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct json v;
        struct err e = {0};
        assert_false(json_parse(&a, bad[i], &v, &e));
        assert_int_equal(e.code, ERR_INVALID);
        assert_true(strlen(e.message) > 10);
    }
    arena_done(&a);
}

static struct str nested(struct arena *a, int depth) {
    struct buf b = buf_new(a, 0);
    for (int i = 0; i < depth; i++) buf_char(&b, '[');
    for (int i = 0; i < depth; i++) buf_char(&b, ']');
    return buf_str(&b);
}

static void depth_is_limited(void **state) {
    (void)state;
    struct arena a = {0};
    struct json v = parsed(&a, nested(&a, 48));
    assert_strs(written(&a, &v), nested(&a, 48));
    struct err e = {0};
    assert_false(json_parse(&a, nested(&a, 49), &v, &e));
    assert_int_equal(e.code, ERR_INVALID);
    arena_done(&a);
}

static void writes_nested_values(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "orders");
    json_begin_array(&w);
    json_put_int(&w, 1);
    json_begin_object(&w);
    json_end_object(&w);
    json_put_str(&w, (struct str){0});
    json_end_array(&w);
    json_key_str(&w, S("ok"));
    json_put_bool(&w, false);
    json_key(&w, "raw");
    json_put_raw(&w, S("{\"x\":1}"));
    json_end_object(&w);
    assert_str(buf_str(&b), "{\"orders\":[1,{},null],\"ok\":false,\"raw\":{\"x\":1}}");
    arena_done(&a);
}

static void texts_are_escaped(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    struct json_writer w = json_writer(&b);
    json_put_str(&w, S("\"\\\n\t\r\x01\x7F</script>\xC3\xA4\xFF\xE2\x82|\xF0\x9F\x8C\xB1\0"));
    assert_str(buf_str(&b), "\"\\\"\\\\\\n\\t\\r\\u0001\x7F\\u003c/script>\xC3\xA4\xEF\xBF\xBD"
                            "\xEF\xBF\xBD\xEF\xBF\xBD|\xF0\x9F\x8C\xB1\\u0000\"");
    struct json v = parsed(&a, buf_str(&b));
    assert_int_equal(v.text.p[v.text.n - 1], 0);
    arena_done(&a);
}

static void put_value_without_key(struct buf *b) {
    struct json_writer w = json_writer(b);
    json_begin_object(&w);
    json_put_int(&w, 1);
}

static void close_the_wrong_way(struct buf *b) {
    struct json_writer w = json_writer(b);
    json_begin_array(&w);
    json_end_object(&w);
}

static void misuse_is_a_bug(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    assert_bug(put_value_without_key(&b));
    assert_bug(close_the_wrong_way(&b));
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values_by_path),
        cmocka_unit_test(numbers_stay_with_their_place),
        cmocka_unit_test(refuses),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(writes_nested_values),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(misuse_is_a_bug),
    };
    return TEST_GROUP(tests);
}
