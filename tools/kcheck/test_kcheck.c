// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"
#include "base/test.h"
#include "kcheck.h"

#define HEAD "// SPDX-License-Identifier: Apache-2.0\n"

// The findings of one file as "line:text;..." after the list of exceptions was applied.
static struct str found(struct arena *a, const char *path, struct str text, const char *allow) {
    struct report r = {.arena = a};
    check_file(&r, str_c(path), text);
    apply_allowed(&r, S("allow"), str_c(allow));
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < r.findings.n; i++)
        buf_fmt(&b, "%lld:" STR_FMT ";", (long long)r.findings.v[i].line,
                STR_ARG(r.findings.v[i].text));
    return buf_str(&b);
}

static struct str function_of(struct arena *a, int lines) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, S(HEAD "#define X { {\nstatic int f(int a,\n             int b) {\n"));
    for (int i = 0; i < lines - 2; i++) buf_put(&b, S("    // } ' {\n"));
    buf_put(&b, S("}\nint t[] = {1, 2};\n"));
    return buf_str(&b);
}

static void long_functions(void **state) {
    (void)state;
    struct arena a = {0};
    assert_str(found(&a, "src/base/x.c", function_of(&a, 60), ""), "");
    assert_str(found(&a, "src/base/x.c", function_of(&a, 61), ""),
               "4:f has 61 lines; 60 are enough;");
    assert_str(found(&a, "src/base/x.c", function_of(&a, 61), "src/base/x.c:f 61 # why\n"), "");
    assert_str(found(&a, "src/base/x.c", function_of(&a, 62), "src/base/x.c:f 61"),
               "4:f has 62 lines; 60 are enough;");
    assert_str(found(&a, "src/base/x.c", function_of(&a, 101), "src/base/x.c:f 101"),
               "4:f has 101 lines; 60 are enough;");
    assert_str(found(&a, "src/base/x.c", function_of(&a, 9), "src/base/x.c:f 61"),
               "1:src/base/x.c:f needs no exception any more: take it out;");
    arena_done(&a);
}

static void bad_lists(void **state) {
    (void)state;
    struct arena a = {0};
    assert_str(found(&a, "src/base/x.c", S(HEAD), "nonsense\n"),
               "1:this line is not `FILE:WHAT N`;");
    assert_str(found(&a, "src/base/x.c", S(HEAD), "# only a comment\n\n"), "");
    arena_done(&a);
}

static void directions(void **state) {
    (void)state;
    struct arena a = {0};
    static const struct {
        const char *path, *include;
        bool fine;
    } cases[] = {
        {"src/core/ctx.c", "db/db.h", true},
        {"src/db/db.c", "core/ctx.h", false},
        {"src/base/str.c", "base/str.h", true},
        {"src/shop/page.c", "desk/page.h", false},
        {"src/shop/page.c", "flow/order.h", true},
        {"src/mod/order/order.c", "mod/stock/stock.h", true},
        {"src/mod/order/order.c", "mod/stock/rule.h", false},
        {"src/mod/order/order.c", "mod/order/rule.h", true},
        {"src/flow/pay.c", "port/stripe.h", false},
        {"src/flow/pay.c", "mod/payment/payment.h", true},
        {"src/port/stripe.c", "mod/payment/payment.h", true},
        {"src/mod/order/test_order.c", "flow/order.h", true},
        {"src/main/main.c", "desk/desk.h", true},
        {"src/db/db.c", "order_sql.h", true},
        {"tools/mksql/mksql.c", "db/sqltext.h", true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text = arena_fmt(&a, HEAD "#include \"%s\"\n", cases[i].include);
        assert_int_equal(found(&a, cases[i].path, text, "").n == 0, cases[i].fine);
    }
    arena_done(&a);
}

static void calls(void **state) {
    (void)state;
    struct arena a = {0};
    struct str text = S(HEAD "int f(void) { /* time(0) */ g(\"time(0)\", 'x');\n"
                             " w->time(0); w.time(0); uptime(0); return (int)time(0); }\n");
    assert_str(found(&a, "src/flow/x.c", text, ""),
               "3:calls time(): the clock belongs to the world;");
    assert_str(found(&a, "src/flow/x.c", text, "src/flow/x.c:time 1"), "");
    assert_str(found(&a, "src/core/world_real.c", text, ""), "");
    assert_str(found(&a, "src/flow/test_x.c", text, ""), "");
    struct str copy = S(HEAD "int f(void) { strcpy(a, b); }\n");
    assert_true(found(&a, "src/main/x.c", copy, "").n > 0);
    arena_done(&a);
}

static void heads_and_widths(void **state) {
    (void)state;
    struct arena a = {0};
    assert_true(found(&a, "src/base/x.c", S("int x;\n"), "").n > 0);
    assert_true(found(&a, "src/base/x.sql", S("SELECT 1;\n"), "").n > 0);
    assert_true(found(&a, "src/base/x.h", S(HEAD "int x(void);\n"), "").n > 0);
    assert_str(found(&a, "src/base/x.sql", S("-- SPDX-License-Identifier: Apache-2.0\n"), ""), "");
    struct str wide = arena_fmt(&a, HEAD "//%*s\n", 110, "x");
    assert_str(found(&a, "src/base/x.c", wide, ""), "2:1 lines are wider than 100 characters;");
    assert_str(found(&a, "src/base/x.c", wide, "src/base/x.c:wide 1"), "");
    struct str wider = arena_fmt(&a, HEAD "//%*s\n", 121, "x");
    assert_true(found(&a, "src/base/x.c", wider, "src/base/x.c:wide 1").n > 0);
    struct report r = {.arena = &a};
    check_folder(&r, S("src/base"), true);
    assert_int_equal(r.findings.n, 0);
    check_folder(&r, S("src/base"), false);
    assert_int_equal(r.findings.n, 1);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_functions),   cmocka_unit_test(bad_lists),
        cmocka_unit_test(directions),       cmocka_unit_test(calls),
        cmocka_unit_test(heads_and_widths),
    };
    return TEST_GROUP(tests);
}
