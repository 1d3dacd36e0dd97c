// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "http/http.h"
#include "http/http_private.h"
#include "http/page_cache.h"

static struct request request(struct arena *a) { return (struct request){.arena = a}; }

static void query_is_decoded_in_order(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct request r = request(&a);
    assert_ok(request_parse_query(&r, S("q=caf%C3%A9+au+lait&tag=a&tag=b&&flag&100%&x=%zz"), &e),
              &e);
    assert_int_equal(r.query.n, 6);
    assert_str(request_query(&r, "q"), "caf\xC3\xA9 au lait");
    assert_str(request_query(&r, "tag"), "a");
    assert_str(r.query.v[2].value, "b");
    assert_true(request_query(&r, "flag").p != NULL);
    assert_int_equal(request_query(&r, "flag").n, 0);
    assert_str(r.query.v[4].name, "100%");
    assert_str(request_query(&r, "x"), "%zz");
    assert_null(request_query(&r, "absent").p);
    arena_done(&a);
}

static void hostile_queries_are_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {"a=%00", "%ff=1", "a=%C0%AF", "a=%ED%A0%80"};
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++) {
        struct request r = request(&a);
        struct err e = {0};
        assert_false(request_parse_query(&r, str_c(BAD[i]), &e));
        assert_int_equal(e.code, ERR_INVALID);
    }
    struct buf b = buf_new(&a, 0);
    for (int i = 0; i < 101; i++) buf_put(&b, S("a=1&"));
    struct request r = request(&a);
    struct err e = {0};
    assert_false(request_parse_query(&r, buf_str(&b), &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
    arena_done(&a);
}

static void cookies_that_are_malformed_are_passed_over(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct request r = request(&a);
    assert_ok(
        request_parse_cookies(&r, S("sid=abc; broken; \xFF=1; b=\xFF; q=\"x y\"; =z; e="), &e), &e);
    assert_int_equal(r.cookies.n, 3);
    assert_str(request_cookie(&r, "sid"), "abc");
    assert_str(request_cookie(&r, "q"), "x y");
    assert_str(request_cookie(&r, "e"), "");
    arena_done(&a);
}

static void paths_are_normalised(void **state) {
    (void)state;
    static const char *const GOOD[][2] = {
        {"/", "/"},       {"//a///b", "/a/b"},   {"/a/./b/../c", "/a/c"},
        {"/a/..", "/"},   {"/a/%2e%2e/b", "/b"}, {"/products/%C3%A4pfel", "/products/\xC3\xA4pfel"},
        {"/a/", "/a/"},   {"/a/b/..", "/a/"},    {"/a+b", "/a+b"},
        {"/...", "/..."},
    };
    static const char *const BAD[] = {"",       "a",     "*",       "/..",  "/a/../../b", "/%2e%2e",
                                      "/a%2fb", "/a%00", "/a%0a",   "/%",   "/%4",        "/%zz",
                                      "/%ff",   "/a\\b", "/a%5c..", "/\x7f"};
    struct arena a = {0};
    struct str out;
    for (size_t i = 0; i < ARRAY_LEN(GOOD); i++) {
        assert_true(request_normalise_path(&a, str_c(GOOD[i][0]), &out));
        assert_str(out, GOOD[i][1]);
    }
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++)
        assert_false(request_normalise_path(&a, str_c(BAD[i]), &out));
    arena_done(&a);
}

static void urlencoded_body(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct request r = request(&a);
    r.body = S("name=Jo%20Doe&qty=2");
    assert_ok(request_parse_body(&r, S("application/x-www-form-urlencoded; charset=UTF-8"), &e),
              &e);
    assert_str(request_form(&r, "name"), "Jo Doe");
    struct request j = request(&a);
    j.body = S("{\"a\":1}");
    assert_ok(request_parse_body(&j, S("application/json"), &e), &e);
    assert_int_equal(j.form.n, 0);
    arena_done(&a);
}

#define MULTIPART "multipart/form-data; boundary=\"xYz\""

static void multipart_body(void **state) {
    (void)state;
    struct arena a = {0};
    struct err e = {0};
    struct request r = request(&a);
    r.body = S(
        "preamble\r\n--xYz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nT\xC3\xBCr\r\n"
        "--xYz \r\ncontent-disposition: form-data; name=\"a%22b\"\r\n\r\n\r\n"
        "--xYz\r\nContent-Disposition: form-data; name=pic; filename=\"C:\\dir\\a "
        "\\\"b\\\".png\"\r\n"
        "Content-Type: image/png\r\n\r\n\x89PNG\r\n--xY\r\n\0z\r\n"
        "--xYz\r\nContent-Disposition: form-data; name=\"none\"; "
        "filename=\"\"\r\n\r\n\r\n--xYz--\r\nepilogue");
    assert_ok(request_parse_body(&r, S(MULTIPART), &e), &e);
    assert_int_equal(r.form.n, 2);
    assert_str(request_form(&r, "title"), "T\xC3\xBCr");
    assert_str(request_form(&r, "a\"b"), "");
    assert_int_equal(r.files.n, 1);
    assert_str(r.files.v[0].field, "pic");
    assert_str(r.files.v[0].filename, "a \"b\".png");
    assert_str(r.files.v[0].type, "image/png");
    assert_strs(r.files.v[0].bytes, S("\x89PNG\r\n--xY\r\n\0z"));
    arena_done(&a);
}

static void hostile_multipart_is_refused(void **state) {
    (void)state;
    static const char *const BAD[] = {
        "",
        "nothing",
        "--xYz",
        "--xYz\r\n",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nopen",
        "--xYz\r\n\r\nno name\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--xYz--",
        "--xYz\r\nnocolon\r\n\r\nx\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--xYz--",
        "--xYzq\r\n",
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(BAD); i++) {
        struct request r = request(&a);
        struct err e = {0};
        r.body = str_c(BAD[i]);
        assert_false(request_parse_body(&r, S(MULTIPART), &e));
        assert_int_equal(e.code, ERR_INVALID);
    }
    struct request r = request(&a);
    struct err e = {0};
    r.body = S("--x--");
    assert_false(request_parse_body(&r, S("multipart/form-data"), &e));
    arena_done(&a);
}

static void too_many_fields_are_refused(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf b = buf_new(&a, 0);
    for (int i = 0; i < 2001; i++)
        buf_put(&b, S("--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n"));
    buf_put(&b, S("--xYz--"));
    struct request r = request(&a);
    struct err e = {0};
    r.body = buf_str(&b);
    assert_false(request_parse_body(&r, S(MULTIPART), &e));
    assert_int_equal(e.code, ERR_TOO_LARGE);
    arena_done(&a);
}

static void responses(void **state) {
    (void)state;
    struct arena a = {0};
    struct response r = response_new(&a);
    response_type(&r, "text/html");
    response_type(&r, "text/plain");
    assert_int_equal(r.headers.n, 1);
    response_redirect(&r, 303, S("/a b\r\nSet-Cookie: x=1"));
    assert_str(pairs_get_nocase(&r.headers, "location"), "/a%20b%0D%0ASet-Cookie:%20x=1");
    response_cookie(
        &r, &(struct cookie){.name = "sid", .value = S("abc"), .http_only = true, .secure = true});
    assert_str(pairs_get(&r.headers, "Set-Cookie"),
               "sid=abc; Path=/; HttpOnly; Secure; SameSite=Lax");
    struct response d = response_new(&a);
    response_cookie(
        &d, &(struct cookie){.name = "sid", .value = S("abc"), .max_age_s = -1, .strict = true});
    assert_str(pairs_get(&d.headers, "Set-Cookie"), "sid=; Path=/; Max-Age=0; SameSite=Strict");
    for (uint64_t i = 0; i < 70; i++) response_topic(&d, i / 2);
    assert_int_equal(d.topic_count, 35);
    for (uint64_t i = 0; i < RESPONSE_TOPICS_MAX + 6; i++) response_topic(&d, i);
    assert_int_equal(d.topic_count, RESPONSE_TOPICS_MAX + 1);
    assert_bug(response_header(&r, "X-A", S("a\nb")));
    assert_bug(response_cookie(&r, &(struct cookie){.name = "a", .value = S("x;y")}));
    arena_done(&a);
}

static void negotiation(void **state) {
    (void)state;
    assert_int_equal(accept_encodings(S("")), 1u << PAGE_IDENTITY);
    assert_int_equal(accept_encodings(S("gzip, deflate, BR;q=0.5")),
                     1u << PAGE_IDENTITY | 1u << PAGE_GZIP | 1u << PAGE_BROTLI);
    assert_int_equal(accept_encodings(S("gzip;q=0, zstd;q=0.001")),
                     1u << PAGE_IDENTITY | 1u << PAGE_ZSTD);
    assert_true(etag_matches(S("\"a\", W/\"b\""), S("\"b\"")));
    assert_true(etag_matches(S("*"), S("\"b\"")));
    assert_false(etag_matches(S("\"a\""), S("\"b\"")));
    assert_false(etag_matches(S("*"), S("")));
    assert_int_equal(http_method_parse(S("DELETE")), HTTP_DELETE);
    assert_int_equal(http_method_parse(S("get")), HTTP_OTHER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(query_is_decoded_in_order),
        cmocka_unit_test(hostile_queries_are_refused),
        cmocka_unit_test(cookies_that_are_malformed_are_passed_over),
        cmocka_unit_test(paths_are_normalised),
        cmocka_unit_test(urlencoded_body),
        cmocka_unit_test(multipart_body),
        cmocka_unit_test(hostile_multipart_is_refused),
        cmocka_unit_test(too_many_fields_are_refused),
        cmocka_unit_test(responses),
        cmocka_unit_test(negotiation),
    };
    return TEST_GROUP(tests);
}
