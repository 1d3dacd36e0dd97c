// SPDX-License-Identifier: Apache-2.0
// Durable work: the promise of a committed transaction, kept once, again after failures and deaths,
// by one runner only.
#include <poll.h>

#include "core_sql.h"
#include "test_toy.h"

struct add {
    struct job_new job;
    bool fail, refuse;
    const char *event;
};

static bool add_body(struct ctx *c, void *self, bool *keep) {
    struct add *a = self;
    if (a->event)
        TRY(event_emit(c, a->event, a->job.payload, a->job.key));
    else
        TRY(job_add(c, &a->job));
    if (a->fail) return err_set(&c->err, ERR_IO, "no");
    if (a->refuse) *keep = false;
    return true;
}

static void add(struct test_shop *t, struct add a) {
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, add_body, &a), &c->err);
}

struct job_view {
    int64_t id, attempts;
    struct str state, last_error;
    instant run_at;
    size_t n;
};

static struct job_view job_of(struct test_shop *t, const char *kind) {
    struct ctx *c = test_ctx(t);
    struct core_job_list_rows rows;
    assert_ok(core_job_list_all(
                  &c->db,
                  &(struct core_job_list_in){.kind = str_c(kind), .has_kind = true, .count = 100},
                  &rows),
              &c->err);
    if (rows.n == 0) return (struct job_view){0};
    const struct core_job_list *j = &rows.v[0];
    return (struct job_view){j->id, j->attempts, j->state, j->last_error, j->run_at, rows.n};
}

static void runs_what_was_promised(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    add(&t, (struct add){.job = {.kind = "toy.count"}});
    add(&t, (struct add){.job = {.kind = "toy.count", .run_at = TEST_NOW + HOUR}});
    assert_int_equal(test_jobs(&t), 1);
    assert_int_equal(toy.ran, 1);
    assert_int_equal(test_jobs(&t), 0);
    test_wait(&t, 50 * SECOND);
    assert_int_equal(test_jobs(&t), 0);
    t.world.now = TEST_NOW + HOUR;
    test_jobs(&t);
    assert_int_equal(toy.ran, 3); // and the periodic one
    test_shop_close(&t);
}

static void keeps_no_promise_of_a_rollback(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    assert_false(tx_run(c, add_body, &(struct add){.job = {.kind = "toy.count"}, .fail = true}));
    assert_false(c->jobs_added);
    add(&t, (struct add){.job = {.kind = "toy.count"}, .refuse = true});
    assert_int_equal(test_jobs(&t), 0);
    assert_int_equal(job_of(&t, "toy.count").n, 0);
    test_shop_close(&t);
}

static void adds_a_key_once(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    for (int i = 0; i < 3; i++) add(&t, (struct add){.job = {.kind = "toy.count", .key = S("a")}});
    add(&t, (struct add){.job = {.kind = "toy.count", .key = S("b")}});
    assert_int_equal(test_jobs(&t), 2);
    add(&t, (struct add){.job = {.kind = "toy.count", .key = S("a")}}); // done is done
    assert_int_equal(test_jobs(&t), 0);
    test_shop_close(&t);
}

static void tries_again_then_gives_up(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    t.shop.world.log.least = LOG_ERROR + 1;
    add(&t, (struct add){.job = {.kind = "toy.fail"}});
    test_jobs(&t);
    struct job_view j = job_of(&t, "toy.fail");
    assert_str(j.state, "ready");
    assert_str(j.last_error, "nobody answers");
    assert_in_range(j.run_at - TEST_NOW, 12 * SECOND, 18 * SECOND);
    assert_int_equal(test_jobs(&t), 0);
    test_wait(&t, 18 * SECOND);
    assert_int_equal(test_jobs(&t), 1);
    j = job_of(&t, "toy.fail");
    assert_in_range(j.run_at - t.world.now, 48 * SECOND, 72 * SECOND);
    t.world.now = j.run_at;
    test_jobs(&t);
    assert_int_equal(toy.failed, 3);
    j = job_of(&t, "toy.fail");
    assert_str(j.state, "dead");
    test_wait(&t, 30 * DAY);
    test_jobs(&t);
    assert_int_equal(toy.failed, 3);
    struct ctx *c = test_ctx(&t);
    assert_ok(job_retry(c, j.id), &c->err);
    test_jobs(&t);
    assert_int_equal(toy.failed, 4);
    test_shop_close(&t);
}

static void knows_when_it_is_hopeless(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    t.shop.world.log.least = LOG_ERROR + 1;
    add(&t, (struct add){.job = {.kind = "toy.die"}});
    assert_int_equal(test_jobs(&t), 1);
    struct job_view j = job_of(&t, "toy.die");
    assert_str(j.state, "dead");
    assert_str(j.last_error, "this can never work");
    test_shop_close(&t);
}

static bool take(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct core_job_take job;
    bool found;
    return core_job_take(&c->db, self, &job, &found);
}

// A runner takes the job and is never heard of again.
static void runner_dies(struct test_shop *t, int64_t id) {
    struct ctx *c = test_ctx(t);
    struct core_job_take_in in = {.id = id, .now = c->now, .lease_until = c->now + 5 * MINUTE};
    assert_ok(tx_run(c, take, &in), &c->err);
}

static void takes_over_from_the_dead(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    add(&t, (struct add){.job = {.kind = "toy.count"}});
    runner_dies(&t, job_of(&t, "toy.count").id);
    assert_int_equal(test_jobs(&t), 0);
    test_wait(&t, 5 * MINUTE);
    test_jobs(&t);
    assert_int_equal(toy.hits[0], 2); // this one and the periodic one
    assert_str(job_of(&t, "toy.count").state, "done");
    test_shop_close(&t);
}

static void a_deadly_job_ends(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    t.shop.world.log.least = LOG_ERROR + 1;
    add(&t, (struct add){.job = {.kind = "toy.fail"}});
    int64_t id = job_of(&t, "toy.fail").id;
    for (int i = 0; i < 3; i++) {
        runner_dies(&t, id);
        test_wait(&t, 5 * MINUTE);
    }
    test_jobs(&t);
    assert_int_equal(toy.failed, 0);
    assert_str(job_of(&t, "toy.fail").state, "dead");
    test_shop_close(&t);
}

static void comes_round(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_int_equal(test_jobs(&t), 0); // makes the rows
    for (int i = 0; i < 3; i++) {
        test_wait(&t, MINUTE);
        test_jobs(&t);
    }
    assert_int_equal(toy.ran, 3);
    test_wait(&t, DAY); // what was missed is not made up for
    test_jobs(&t);
    assert_int_equal(toy.ran, 4);
    assert_int_equal(job_of(&t, "toy.often").n, 1);
    test_shop_close(&t);
}

static void forgets_what_is_long_done(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    add(&t, (struct add){.job = {.kind = "toy.count"}});
    test_jobs(&t);
    test_wait(&t, 6 * DAY);
    test_jobs(&t);
    assert_int_equal(job_of(&t, "toy.count").n, 1);
    test_wait(&t, 2 * DAY);
    test_jobs(&t);
    assert_int_equal(job_of(&t, "toy.count").n, 0);
    test_shop_close(&t);
}

static void events_become_jobs(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    add(&t,
        (struct add){.event = "toy.happened", .job = {.payload = S("{\"n\": 5}"), .key = S("5")}});
    add(&t,
        (struct add){.event = "toy.happened", .job = {.payload = S("{\"n\": 5}"), .key = S("5")}});
    add(&t, (struct add){.event = "toy.lonely"});
    assert_int_equal(test_jobs(&t), 1);
    assert_int_equal(toy.hits[5], 1);
    test_shop_close(&t);
}

enum { MANY = 60, WAIT_MS = 20000 };

// Two processes' views of one database, two threads each.
static void two_runners_do_each_job_once(void **state) {
    (void)state;
    struct test_shop t, other;
    struct toy toy;
    toy_open(&t, &toy);
    test_shop_open(&other, &(struct test_shop_options){.modules = TEST_MODULES(&toy_module),
                                                       .through = "core",
                                                       .db_url = t.db_url});
    *shop_slot(&other.shop, "toy") = &toy;
    for (int i = 0; i < MANY; i++)
        add(&t, (struct add){
                    .job = {.kind = "toy.count", .payload = arena_fmt(&t.arena, "{\"n\":%d}", i)}});
    struct err err = {0};
    assert_ok(jobs_start(&t.shop, 2, &err), &err);
    assert_ok(jobs_start(&other.shop, 2, &err), &err);
    for (int ms = 0; ms < WAIT_MS && __atomic_load_n(&toy.ran, __ATOMIC_SEQ_CST) < MANY; ms += 10)
        poll(NULL, 0, 10);
    jobs_stop(&t.shop);
    jobs_stop(&other.shop);
    assert_int_equal(toy.ran, MANY);
    for (int i = 0; i < MANY; i++) assert_int_equal(toy.hits[i], 1);
    test_shop_close(&other);
    test_shop_close(&t);
}

static void a_commit_wakes_the_runner(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct err err = {0};
    assert_ok(jobs_start(&t.shop, 1, &err), &err);
    add(&t, (struct add){.job = {.kind = "toy.count"}});
    for (int ms = 0; ms < WAIT_MS && __atomic_load_n(&toy.ran, __ATOMIC_SEQ_CST) < 1; ms += 1)
        poll(NULL, 0, 1);
    jobs_stop(&t.shop);
    assert_int_equal(toy.ran, 1);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_what_was_promised),
        cmocka_unit_test(keeps_no_promise_of_a_rollback),
        cmocka_unit_test(adds_a_key_once),
        cmocka_unit_test(tries_again_then_gives_up),
        cmocka_unit_test(knows_when_it_is_hopeless),
        cmocka_unit_test(takes_over_from_the_dead),
        cmocka_unit_test(a_deadly_job_ends),
        cmocka_unit_test(comes_round),
        cmocka_unit_test(forgets_what_is_long_done),
        cmocka_unit_test(events_become_jobs),
        cmocka_unit_test(two_runners_do_each_job_once),
        cmocka_unit_test(a_commit_wakes_the_runner),
    };
    return TEST_GROUP(tests);
}
