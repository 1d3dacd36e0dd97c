// SPDX-License-Identifier: Apache-2.0
// What every unit test includes: cmocka with its prelude, and comparisons of Kontor's own types.
// A test program runs one group: its main is `return TEST_GROUP(tests);` over an array of
// cmocka_unit_test(). The runner (test/run.sh) counts the functions of it one by one.
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"

#define TEST_GROUP(tests) cmocka_run_group_tests((tests), NULL, NULL)

static inline void test_str_equal(struct str got, struct str want, const char *file, int line) {
    if (str_eq(got, want)) return;
    print_error("got \"" STR_FMT "\", want \"" STR_FMT "\"\n", STR_ARG(got), STR_ARG(want));
    _fail(file, line);
}
#define assert_str(got, want)  test_str_equal((got), str_c(want), __FILE__, __LINE__)
#define assert_strs(got, want) test_str_equal((got), (want), __FILE__, __LINE__)

// That a call worked; shows the failure when it did not.
static inline void test_worked(bool ok, const struct err *e, const char *file, int line) {
    if (ok) return;
    print_error("failed: %s (%s) %s\n", e->message, e->field, e->detail);
    _fail(file, line);
}
#define assert_ok(call, err) test_worked((call), (err), __FILE__, __LINE__)

// Skips the test that is running; the runner names it with the reason.
#define skip_because(reason)                                                                       \
    do {                                                                                           \
        print_message("[ BECAUSE  ] %s\n", (reason));                                              \
        skip();                                                                                    \
    } while (0)

// That a statement is a bug by contract: ensure() ends the process (tried in a child).
#define assert_bug(statement)                                                                      \
    do {                                                                                           \
        fflush(NULL);                                                                              \
        pid_t child_ = fork();                                                                     \
        if (child_ == 0) {                                                                         \
            fclose(stderr);                                                                        \
            statement;                                                                             \
            _exit(0);                                                                              \
        }                                                                                          \
        int status_ = 0;                                                                           \
        assert_int_equal(waitpid(child_, &status_, 0), child_);                                    \
        assert_true(WIFSIGNALED(status_) && WTERMSIG(status_) == SIGABRT);                         \
    } while (0)
