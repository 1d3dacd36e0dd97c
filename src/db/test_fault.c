// SPDX-License-Identifier: Apache-2.0
#include "test_toy.h"

static bool two_steps(struct db *db, void *self, bool *keep) {
    int *runs = self;
    struct counter_get c;
    bool found;
    (void)keep;
    ++*runs;
    TRY(counter_get(db, &(struct counter_get_in){S("a")}, &c, &found));
    TRY(counter_set(db, &(struct counter_set_in){S("a"), c.value + 1}));
    return counter_set(db, &(struct counter_set_in){S("a"), c.value + 10});
}

enum { CALLS = 5 }; // begin, three queries, commit

struct outcome {
    enum db_fault kind;
    enum err_code code; // of the call that was hit; ERR_NONE: the body ran again and all is well
    bool done;          // the change is there
};

// Every fault at every call: told as it should be, and the change is there wholly or not at all.
static void faults_at_every_call(void **state) {
    static const struct outcome outcomes[] = {
        {DB_FAULT_ERROR, ERR_DB, false},
        {DB_FAULT_FULL, ERR_FULL, false},
        {DB_FAULT_BUSY, ERR_NONE, true},
        {DB_FAULT_COMMIT_UNCERTAIN, ERR_UNCERTAIN, true},
        {DB_FAULT_COMMIT_LOST, ERR_UNCERTAIN, false},
    };
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    int64_t before = 0;
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++) {
        const struct outcome *o = &outcomes[i];
        int fired = 0;
        for (int64_t n = 1;; n++) {
            int runs = 0;
            err_clear(&t->err);
            db_fault_arm(t->pool, o->kind, n);
            bool ok = db_write(&t->db, two_steps, &runs);
            bool hit = db_fault_fired(t->pool);
            db_fault_arm(t->pool, DB_FAULT_ERROR, 0);
            int64_t after = counter(t);
            assert_int_equal(ok, !hit || o->code == ERR_NONE);
            assert_int_equal(t->err.code, hit ? o->code : ERR_NONE);
            assert_int_equal(after - before, !hit || o->done ? 10 : 0);
            before = after;
            if (!hit) break;
            fired++;
        }
        assert_int_equal(fired, CALLS);
    }
    testdb_close(t);
    arena_done(&a);
}

static void a_busy_body_runs_again(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    int runs = 0;
    db_fault_arm(t->pool, DB_FAULT_BUSY, 3);
    assert_ok(db_write(&t->db, two_steps, &runs), &t->err);
    assert_int_equal(runs, 2);
    assert_int_equal(db_fault_calls(t->pool), 3 + CALLS);
    assert_int_equal(counter(t), 10);
    testdb_close(t);
    arena_done(&a);
}

static void reads_fail_too(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    struct toy_rows rows;
    db_fault_arm(t->pool, DB_FAULT_ERROR, 1);
    assert_false(toy_list_all(&t->db, &(struct toy_list_in){0}, &rows));
    assert_int_equal(t->err.code, ERR_DB);
    err_clear(&t->err);
    assert_ok(toy_list_all(&t->db, &(struct toy_list_in){0}, &rows), &t->err);
    testdb_close(t);
    arena_done(&a);
}

static void end_process_at(struct arena *a, struct str url, int64_t call) {
    struct db_pool *pool;
    struct err err = {0};
    struct db db;
    int runs = 0;
    if (!db_pool_open(a, &(struct db_open){.url = url}, &pool, &err)) _exit(1);
    db_begin_use(&db, pool, a, &err);
    db_fault_arm(pool, DB_FAULT_KILL, call);
    (void)!db_write(&db, two_steps, &runs);
    _exit(0);
}

// A process that ends in the middle leaves nothing; the next one finds the database whole.
static void killed_at_every_call(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct str url = testdb_url(&a);
    struct testdb t = {.arena = &a};
    assert_ok(db_pool_open(&a, &(struct db_open){.url = url}, &t.pool, &err), &err);
    assert_ok(db_migrate(t.pool, toy_migrations, toy_migration_count, &err), &err);
    db_pool_close(t.pool);
    for (int64_t call = 1; call <= CALLS; call++) {
        pid_t child = fork();
        if (child == 0) end_process_at(&a, url, call);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 99);
        assert_ok(db_pool_open(&a, &(struct db_open){.url = url}, &t.pool, &err), &err);
        db_begin_use(&t.db, t.pool, &a, &t.err);
        assert_int_equal(counter(&t), 0);
        db_end_use(&t.db);
        db_pool_close(t.pool);
    }
    testdb_drop(url);
    arena_done(&a);
}

static bool cut_once(struct db *db, void *self, bool *keep) {
    struct testdb *t = self;
    int runs;
    if (t->now++ == 1700000000 * SECOND) testdb_cut_connections(t);
    return two_steps(db, &runs, keep);
}

static void lost_connections_are_made_again(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    if (!testdb_is_postgres()) {
        testdb_close(t);
        arena_done(&a);
        skip_because("needs KONTOR_TEST_DB=postgres://... (a file has no connections to lose)");
    }
    int runs = 0;
    assert_ok(db_write(&t->db, two_steps, &runs), &t->err);
    assert_int_equal(counter(t), 10);
    testdb_cut_connections(t); // idle
    assert_int_equal(counter(t), 10);
    assert_ok(db_write(&t->db, two_steps, &runs), &t->err);
    assert_ok(db_write(&t->db, cut_once, t),
              &t->err); // inside the transaction: the body runs again
    assert_int_equal(counter(t), 30);
    testdb_close(t);
    arena_done(&a);
}

static bool cut_at_the_end(struct db *db, void *self, bool *keep) {
    int runs;
    TRY(two_steps(db, &runs, keep));
    testdb_cut_connections(self);
    return true;
}

static void lost_in_commit_is_uncertain(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    if (!testdb_is_postgres()) {
        testdb_close(t);
        arena_done(&a);
        skip_because("needs KONTOR_TEST_DB=postgres://... (a file has no connections to lose)");
    }
    assert_false(db_write(&t->db, cut_at_the_end, t));
    assert_int_equal(t->err.code, ERR_UNCERTAIN);
    err_clear(&t->err);
    assert_int_equal(counter(t), 0); // the server had ended it; only looking tells
    testdb_close(t);
    arena_done(&a);
}

static void what_cannot_be_opened_says_why(void **state) {
    (void)state;
    static const struct {
        const char *url;
        enum err_code code;
    } cases[] = {{"sqlite:/nowhere/at/all/shop.db", ERR_IO},
                 {"sqlite:/dev/null", ERR_IO},
                 {"postgres://nobody@127.0.0.1:1/none", ERR_NET},
                 {"mysql://x", ERR_INVALID}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena a = {0};
        struct err err = {0};
        struct db_pool *pool;
        assert_false(db_pool_open(&a, &(struct db_open){.url = str_c(cases[i].url)}, &pool, &err));
        assert_int_equal(err.code, cases[i].code);
        assert_true(strlen(err.message) > 20);
        arena_done(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_at_every_call),
        cmocka_unit_test(a_busy_body_runs_again),
        cmocka_unit_test(reads_fail_too),
        cmocka_unit_test(killed_at_every_call),
        cmocka_unit_test(lost_connections_are_made_again),
        cmocka_unit_test(lost_in_commit_is_uncertain),
        cmocka_unit_test(what_cannot_be_opened_says_why),
    };
    return TEST_GROUP(tests);
}
