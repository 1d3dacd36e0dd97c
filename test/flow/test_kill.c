// SPDX-License-Identifier: Apache-2.0
// The process ends at database call 1, 2, 3 ... of placing an order, in a program of its own (this
// one, called again). Whoever comes next finds no order and the cart as it was, or the whole order;
// and the same form sent again leads to exactly one.
#include <errno.h>
#include <stdlib.h>

#include "db/fault.h"
#include "fixture.h"

enum { KILLED = 99, CALLS_MAX = 200 };

// The part that dies. Prints nothing; 0: it lived through it.
static int place_and_die(const char *url, int call) {
    struct fixture f = {0};
    struct place_order_out out;
    test_shop_open(&f.t,
                   &(struct test_shop_options){.modules = fixture_modules, .db_url = str_c(url)});
    fixture_ways_to_pay(&f.t.shop);
    for (int i = 0; i < S_COUNT; i++) f.methods[i] = i + 1; // the first rows of their table
    struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
    struct ctx *c = fixture_ctx(&f, 1);
    db_fault_arm(f.t.shop.pool, DB_FAULT_KILL, call);
    bool ok = place_order(c, &in, &out) && out.verdict == PLACE_ORDER_OK;
    db_fault_arm(f.t.shop.pool, DB_FAULT_KILL, 0);
    _exit(ok ? 0 : 1);
}

static int in_another_process(struct str url, int call) {
    char self[512], number[16];
    int status = 0;
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(n > 0);
    self[n] = 0;
    snprintf(number, sizeof number, "%d", call);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        execl(self, self, number, url.p, (char *)NULL);
        _exit(1);
    }
    while (waitpid(pid, &status, 0) < 0) assert_int_equal(errno, EINTR);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_killed_anywhere(void **state) {
    (void)state;
    struct fixture f;
    struct place_order_out out;
    int call = 0, code = KILLED;
    fixture_open(&f);
    for (int i = 0; i < S_COUNT; i++) assert_int_equal(f.methods[i], i + 1);
    while (code == KILLED) {
        fixture_count_stock(&f, V_LAMP, 10);
        fixture_put(&f, 1, (struct want){V_LAMP, 3});
        struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
        code = in_another_process(f.t.db_url, ++call);
        assert_true(code == KILLED || code == 0);
        assert_true(call < CALLS_MAX);
        test_check(&f.t);
        assert_int_equal(fixture_stock(&f, V_LAMP), code == KILLED ? 10 : 7);
        struct ctx *c = fixture_ctx(&f, 1);
        assert_ok(place_order(c, &in, &out), &c->err);
        assert_int_equal(out.verdict, code == KILLED ? PLACE_ORDER_OK : PLACE_ORDER_AGAIN);
        assert_int_equal(fixture_stock(&f, V_LAMP), 7);
    }
    assert_true(call > 10);
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, call); // one for each order
    print_message("# killed at each of %d calls\n", call - 1);
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_killed_anywhere)};
int main(int argc, char **argv) {
    if (argc == 3) return place_and_die(argv[2], (int)strtol(argv[1], NULL, 10));
    return TEST_GROUP(tests);
}
