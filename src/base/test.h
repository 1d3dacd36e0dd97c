// SPDX-License-Identifier: Apache-2.0
// What every unit test includes: cmocka with its prelude, and comparisons of Kontor's own types.
// A test program runs one group; its results are TAP when CMOCKA_MESSAGE_OUTPUT=TAP (test_env of
// the build). The program's main ends in `return TEST_GROUP(tests);`.
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"

#define TEST_GROUP(tests) cmocka_run_group_tests((tests), NULL, NULL)

static inline void test_str_equal(struct str got, struct str want, const char *file, int line) {
    if (str_eq(got, want)) return;
    print_error("got \"" STR_FMT "\", want \"" STR_FMT "\"\n", STR_ARG(got), STR_ARG(want));
    _fail(file, line);
}
#define assert_str(got, want) test_str_equal((got), str_c(want), __FILE__, __LINE__)
#define assert_strs(got, want) test_str_equal((got), (want), __FILE__, __LINE__)

// That a call worked; shows the failure when it did not.
static inline void test_worked(bool ok, const struct err *e, const char *file, int line) {
    if (ok) return;
    print_error("failed: %s (%s) %s\n", e->message, e->field, e->detail);
    _fail(file, line);
}
#define assert_ok(call, err) test_worked((call), (err), __FILE__, __LINE__)
