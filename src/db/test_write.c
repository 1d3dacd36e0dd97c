// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>
#include <sys/resource.h>

#include "test_toy.h"

enum { THREADS = 8, ROUNDS = 40 };

static bool increment(struct db *db, void *self, bool *keep) {
    struct counter_get c;
    bool found;
    (void)self, (void)keep;
    TRY(counter_get(db, &(struct counter_get_in){S("a")}, &c, &found));
    return counter_set(db, &(struct counter_set_in){S("a"), c.value + 1});
}

static bool increment_and_refuse(struct db *db, void *self, bool *keep) {
    TRY(increment(db, self, keep));
    *keep = false;
    return true;
}

static bool increment_and_fail(struct db *db, void *self, bool *keep) {
    TRY(increment(db, self, keep));
    return err_set(db->err, ERR_INVALID, "on purpose");
}

struct worker {
    pthread_t thread;
    struct db_pool *pool;
    int kept, refused, failed;
    struct err err;
};

static void *work(void *self) {
    struct worker *w = self;
    struct arena a = {0};
    for (int i = 0; i < ROUNDS; i++) {
        struct db db;
        struct err err = {0};
        db_begin_use(&db, w->pool, &a, &err);
        db_body *body = i % 4 == 3   ? increment_and_refuse
                        : i % 8 == 6 ? increment_and_fail
                                     : increment;
        bool ok = db_write(&db, body, NULL);
        if (ok && body == increment)
            w->kept++;
        else if (ok)
            w->refused++;
        else if (err.code == ERR_INVALID)
            w->failed++;
        else
            w->err = err;
        db_end_use(&db);
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

static void threads_lose_no_update(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    struct worker w[THREADS] = {0};
    for (int i = 0; i < THREADS; i++) {
        w[i].pool = t->pool;
        assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
    }
    int64_t kept = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(w[i].thread, NULL);
        assert_ok(w[i].err.code == ERR_NONE, &w[i].err);
        assert_int_equal(w[i].kept + w[i].refused + w[i].failed, ROUNDS);
        kept += w[i].kept;
    }
    assert_int_equal(kept, THREADS * ROUNDS * 5 / 8);
    assert_int_equal(counter(t), kept);
    struct db_counts n = db_pool_counts(t->pool);
    assert_int_equal(n.transactions, THREADS * ROUNDS * 7 / 8); // all but the failures
    if (testdb_is_postgres())
        assert_int_equal(n.commits, kept);
    else
        assert_true(n.commits <= n.transactions);
    testdb_close(t);
    arena_done(&a);
}

static void refusal_and_failure_leave_nothing(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    assert_ok(db_write(&t->db, increment_and_refuse, NULL), &t->err);
    assert_int_equal(counter(t), 0);
    assert_false(db_write(&t->db, increment_and_fail, NULL));
    assert_int_equal(t->err.code, ERR_INVALID);
    assert_int_equal(counter(t), 0);
    err_clear(&t->err);
    assert_ok(db_write(&t->db, increment, NULL), &t->err);
    assert_int_equal(counter(t), 1);
    testdb_close(t);
    arena_done(&a);
}

static bool add_twice_and_go_on(struct db *db, void *self, bool *keep) {
    int64_t id;
    (void)self, (void)keep;
    TRY(increment(db, NULL, keep));
    for (int i = 0; i < 2; i++)
        if (!toy_add(db, &(struct toy_add_in){.name = S("ball"), .price = 1}, &id))
            break; // hides the failure
    return true;
}

static void a_conflict_fails_the_transaction_even_when_hidden(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    assert_false(db_write(&t->db, add_twice_and_go_on, NULL));
    assert_int_equal(t->err.code, ERR_CONFLICT);
    assert_string_equal(t->err.field, "name");
    assert_null(strstr(t->err.detail, "ball")); // values stay out of the log
    assert_int_equal(counter(t), 0);
    testdb_close(t);
    arena_done(&a);
}

static bool tag_a_stranger(struct db *db, void *self, bool *keep) {
    (void)self, (void)keep;
    return toy_tag_put(db, &(struct toy_tag_put_in){99, S("lost")});
}

static void references_are_kept(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    assert_false(db_write(&t->db, tag_a_stranger, NULL));
    assert_int_equal(t->err.code, ERR_CONFLICT);
    testdb_close(t);
    arena_done(&a);
}

static bool nested(struct db *db, void *self, bool *keep) {
    struct testdb *t = self;
    struct db other;
    (void)db, (void)keep;
    db_begin_use(&other, t->pool, t->arena, &t->err);
    return db_write(&other, increment, NULL);
}

static void nesting_is_a_bug(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    assert_bug((void)!db_write(&t->db, nested, t));
    testdb_close(t);
    arena_done(&a);
}

struct reader_view {
    struct testdb *t;
    int64_t inside, outside;
};

static bool look_from_outside(struct db *db, void *self, bool *keep) {
    struct reader_view *v = self;
    struct counter_get c;
    struct db other;
    bool found;
    TRY(increment(db, NULL, keep));
    TRY(counter_get(db, &(struct counter_get_in){S("a")}, &c, &found));
    v->inside = c.value;
    db_begin_use(&other, v->t->pool, v->t->arena, &v->t->err);
    bool ok = counter_get(&other, &(struct counter_get_in){S("a")}, &c, &found);
    v->outside = c.value;
    db_end_use(&other);
    return ok;
}

static void readers_see_what_is_committed_only(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    struct reader_view v = {.t = t};
    assert_ok(db_write(&t->db, look_from_outside, &v), &t->err);
    assert_int_equal(v.inside, 1);
    assert_int_equal(v.outside, 0);
    assert_int_equal(counter(t), 1);
    testdb_close(t);
    arena_done(&a);
}

// Two pools stand for two processes on one database.
static void two_processes_lose_no_update(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb t = {.arena = &a};
    struct db_pool *second;
    struct db_open how = {.url = testdb_url(&a)};
    assert_ok(db_pool_open(&a, &how, &t.pool, &t.err), &t.err);
    assert_ok(db_migrate(t.pool, toy_migrations, toy_migration_count, &t.err), &t.err);
    assert_ok(db_pool_open(&a, &how, &second, &t.err), &t.err);
    struct worker w[4] = {0};
    for (int i = 0; i < 4; i++) {
        w[i].pool = i % 2 ? second : t.pool;
        assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
    }
    int64_t kept = 0;
    for (int i = 0; i < 4; i++) {
        pthread_join(w[i].thread, NULL);
        assert_ok(w[i].err.code == ERR_NONE, &w[i].err);
        kept += w[i].kept;
    }
    db_begin_use(&t.db, t.pool, &a, &t.err);
    assert_int_equal(counter(&t), kept);
    db_end_use(&t.db);
    db_pool_close(second);
    db_pool_close(t.pool);
    testdb_drop(how.url);
    arena_done(&a);
}

// A group on purpose: the first body waits until all others stand in the queue.
struct group {
    struct testdb *t;
    pthread_mutex_t lock;
    int arrived;
};
struct member {
    pthread_t thread;
    struct group *group;
    int number;
    size_t bytes;
    bool ok;
    struct err err;
};

static int arrived(struct group *g, int more) {
    pthread_mutex_lock(&g->lock);
    int n = g->arrived += more;
    pthread_mutex_unlock(&g->lock);
    return n;
}

static bool add_in_group(struct db *db, void *self, bool *keep) {
    struct member *m = self;
    (void)keep;
    for (int i = 0; m->number == 0 && i < 1000 && arrived(m->group, 0) < THREADS; i++) usleep(1000);
    if (m->number == 0) usleep(50000); // from "about to call" to "in the queue"
    struct str name = arena_fmt(db->arena, "toy %d", m->number);
    char *p = arena_alloc(db->arena, m->bytes + 1);
    int64_t id;
    return toy_add(db, &(struct toy_add_in){.name = name, .price = 1, .picture = {p, m->bytes}},
                   &id);
}

static void *join_group(void *self) {
    struct member *m = self;
    struct arena a = {0};
    struct db db;
    if (m->number > 0)
        while (arrived(m->group, 0) == 0) usleep(1000);
    arrived(m->group, 1);
    db_begin_use(&db, m->group->t->pool, &a, &m->err);
    m->ok = db_write(&db, add_in_group, m);
    db_end_use(&db);
    arena_done(&a);
    return NULL;
}

static int run_group(struct testdb *t, struct member *m, size_t bytes_of_last) {
    struct group g = {.t = t, .lock = PTHREAD_MUTEX_INITIALIZER};
    int ok = 0;
    for (int i = 0; i < THREADS; i++) {
        m[i] = (struct member){
            .group = &g, .number = i, .bytes = i == THREADS - 1 ? bytes_of_last : 10};
        assert_int_equal(pthread_create(&m[i].thread, NULL, join_group, &m[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(m[i].thread, NULL);
        ok += m[i].ok;
    }
    return ok;
}

static int64_t toys_there(struct testdb *t) {
    struct toy_sums s;
    bool found;
    assert_ok(toy_sums(&t->db, &s, &found), &t->err);
    return s.n;
}

static void waiting_transactions_share_a_commit(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    struct member m[THREADS];
    assert_int_equal(run_group(t, m, 10), THREADS);
    assert_int_equal(toys_there(t), THREADS);
    struct db_counts n = db_pool_counts(t->pool);
    assert_int_equal(n.transactions, THREADS);
    assert_int_equal(n.commits, testdb_is_postgres() ? THREADS : 1);
    testdb_close(t);
    arena_done(&a);
}

// The disk is full when the group commits: nobody is told "done", nothing is there, and later all
// is well again.
static void a_failed_commit_fails_the_whole_group(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = toy_open(&a);
    if (testdb_is_postgres()) {
        testdb_close(t);
        arena_done(&a);
        skip_because("SQLite only: PostgreSQL commits one by one");
    }
    struct rlimit before, small;
    struct member m[THREADS];
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){1 << 20, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    int ok = run_group(t, m, 2 << 20);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(ok, 0);
    for (int i = 0; i < THREADS; i++)
        assert_true(m[i].err.code == ERR_IO || m[i].err.code == ERR_FULL);
    assert_int_equal(toys_there(t), 0);
    assert_int_equal(run_group(t, m, 2 << 20), THREADS);
    assert_int_equal(toys_there(t), THREADS);
    testdb_close(t);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_lose_no_update),
        cmocka_unit_test(refusal_and_failure_leave_nothing),
        cmocka_unit_test(a_conflict_fails_the_transaction_even_when_hidden),
        cmocka_unit_test(references_are_kept),
        cmocka_unit_test(nesting_is_a_bug),
        cmocka_unit_test(readers_see_what_is_committed_only),
        cmocka_unit_test(waiting_transactions_share_a_commit),
        cmocka_unit_test(a_failed_commit_fails_the_whole_group),
        cmocka_unit_test(two_processes_lose_no_update),
    };
    return TEST_GROUP(tests);
}
