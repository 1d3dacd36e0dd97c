// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"
#include "base/test.h"
#include "mod/payment/camt.h"

static bool offered(const struct camt_references *r, const char *want) {
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i], str_c(want))) return true;
    return false;
}

// As payers write it, and banks break it.
static void test_ways_to_write_it(void **state) {
    (void)state;
    static const char *const texts[] = {
        "K2026-10001",
        "k2026-10001",
        "K202610001",
        "K2026 10001",
        "Bestellung K2026-10001",
        "Best.Nr.: K2026-10001.",
        "K2026- 10001",
        "K2026 -10001",
        "Rechnung/K2026-10001/",
        "(K2026-10001)",
        "k202610001 vielen Dank",
        "EREF+NOTPROVIDED SVWZ+K2026-10001",
        "Re. K2026-10001, Müller",
        "K2026-10001K",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct arena a = {0};
        struct camt_references r;
        camt_references(&a, str_c(texts[i]), &r);
        bool last = i + 1 == ARRAY_LEN(texts); // a letter more is another number
        if (offered(&r, "K2026-10001") == last) fail_msg("\"%s\"", texts[i]);
        arena_done(&a);
    }
}

static void test_several(void **state) {
    (void)state;
    struct arena a = {0};
    struct camt_references r;
    camt_references(&a, S("K2026-10001 und K2026-10002 K202610003"), &r);
    assert_true(offered(&r, "K2026-10001") && offered(&r, "K2026-10002") &&
                offered(&r, "K2026-10003"));
    assert_false(offered(&r, "K2026-10004"));
    camt_references(&a, S(""), &r);
    assert_int_equal(r.n, 0);
    arena_done(&a);
}

static void test_limits(void **state) {
    (void)state;
    struct arena a = {0};
    struct camt_references r;
    struct buf b = buf_new(&a, 0);
    for (int i = 0; i < 20000; i++) buf_fmt(&b, "K%d ", i);
    camt_references(&a, buf_str(&b), &r);
    assert_int_equal(r.n, ARRAY_LEN(r.v));
    for (size_t i = 0; i < r.n; i++) assert_in_range(r.v[i].n, 3, 40);
    buf_clear(&b);
    for (int i = 0; i < 5000; i++) buf_char(&b, 'A');
    camt_references(&a, buf_str(&b), &r);
    assert_int_equal(r.n, 0);
    arena_done(&a);
}

static void test_like_ours(void **state) {
    (void)state;
    assert_true(camt_reference_like_ours(S("K2026-10001")));
    assert_true(camt_reference_like_ours(S("K2026-99999")));
    static const char *const not_ours[] = {
        "K2026",    "2026-10001",        "K1826-10001",
        "K2026-1",  "K2026-10001A",      "DE2012-0300000000202051",
        "RECHNUNG", "TOOLONG2026-10001", ""};
    for (size_t i = 0; i < ARRAY_LEN(not_ours); i++)
        assert_false(camt_reference_like_ours(str_c(not_ours[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways_to_write_it),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_like_ours),
    };
    return TEST_GROUP(tests);
}
