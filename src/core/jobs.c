// SPDX-License-Identifier: Apache-2.0
#include "core/jobs.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/tx.h"
#include "core_sql.h"

#define JOB_LEASE     (5 * MINUTE)
#define BACKOFF_FIRST (15 * SECOND)
#define BACKOFF_MAX   (8 * HOUR)
enum { ATTEMPTS_DEFAULT = 12, THREADS_MAX = 32, POLL_MS = 1000, LEASE_EVERY_MS = 60000 };
static const struct str periodic_key = S_INIT("periodic");

struct running { // what a thread works on, for the keeper of leases
    int64_t id, attempts;
};
struct jobs {
    struct shop *shop;
    pthread_t threads[THREADS_MAX], keeper;
    int count;
    int wake, stop; // eventfds: a semaphore of calls to look; readable for good once stopping
    pthread_mutex_t lock; // guards running
    struct running running[THREADS_MAX];
};
struct runner {
    struct jobs *jobs;
    int slot;
};

const struct job_kind *job_kind_find(const struct shop *s, struct str name) {
    for (size_t m = 0; m < s->modules.n; m++)
        for (const struct job_kind *k = s->modules.v[m]->jobs; k && k->name; k++)
            if (str_eq(str_c(k->name), name)) return k;
    return NULL;
}

static instant backoff(struct world *w, int64_t attempt) {
    instant d = BACKOFF_FIRST;
    for (int64_t i = 1; i < attempt && d < BACKOFF_MAX; i++) d *= 4;
    if (d > BACKOFF_MAX) d = BACKOFF_MAX;
    uint64_t r;
    w->random(w->self, &r, sizeof r);
    return d - d / 5 + (instant)(r % (uint64_t)(d * 2 / 5 + 1)); // 20 % either way: herds part
}

// A job that is to be run now.
struct take {
    struct core_job_take job;
    instant now;
    bool due, found; // due but not found: another runner was quicker
};

// One transaction: how the job before ended, and the next one, whichever of the two there is.
struct turnover {
    const struct core_job_finish_in *ended;
    struct take *next;
};

static bool turnover_body(struct ctx *c, void *self, bool *keep) {
    struct turnover *t = self;
    struct core_job_peek peek;
    bool due = false, found = false;
    if (t->ended) TRY(core_job_finish(&c->db, t->ended));
    if (t->next) {
        instant now = t->next->now;
        TRY(core_job_peek(&c->db, &(struct core_job_peek_in){.now = now}, &peek, &due));
        struct core_job_take_in in = {.id = peek.id, .now = now, .lease_until = now + JOB_LEASE};
        if (due) TRY(core_job_take(&c->db, &in, &t->next->job, &found));
        t->next->found = found;
    }
    *keep = t->ended || found;
    return true;
}

static struct core_job_finish_in verdict(struct ctx *c, const struct job_kind *k,
                                         const struct core_job_take *j, enum job_result result) {
    struct core_job_finish_in f = {
        .id = j->id, .attempts = j->attempts, .attempts_after = j->attempts, .run_at = c->now};
    int64_t most = k && k->max_attempts ? k->max_attempts : ATTEMPTS_DEFAULT;
    if (result != JOB_DONE)
        f.last_error = arena_fmt(c->arena, "%s%s%s%s%s",
                                 c->err.message[0] ? c->err.message : "the job gave no reason",
                                 c->err.hint[0] ? " " : "", c->err.hint,
                                 c->err.detail[0] ? ": " : "", c->err.detail);
    if (k && k->every_s && str_eq(j->unique_key, periodic_key)) { // never ends
        instant every = k->every_s * SECOND;
        instant again = result == JOB_DONE ? every : backoff(ctx_world(c), j->attempts);
        f.state = S("ready");
        f.attempts_after = result == JOB_DONE ? 0 : j->attempts;
        f.run_at = c->now + (again < every ? again : every);
    } else if (result == JOB_DONE) {
        f.state = S("done");
        f.done_at = c->now;
        f.has_done_at = true;
    } else if (result == JOB_DEAD || j->attempts >= most) {
        f.state = S("dead");
    } else {
        f.state = S("ready");
        f.run_at = c->now + backoff(ctx_world(c), j->attempts);
    }
    return f;
}

static void log_end(struct ctx *c, const struct core_job_take *j,
                    const struct core_job_finish_in *f) {
    static const struct {
        enum log_level level;
        const char *event;
    } ends[] = {{LOG_DEBUG, "job.done"}, {LOG_WARN, "job.retry"}, {LOG_ERROR, "job.dead"}};
    bool failed = f->last_error.p != NULL;
    int end = str_eq(f->state, S("dead")) ? 2 : failed;
    LOG(&c->shop->world.log, c->now, ends[end].level, ends[end].event, {"kind", j->kind},
        {"job", arena_fmt(c->arena, "%lld", (long long)j->id)},
        {"attempt", arena_fmt(c->arena, "%lld", (long long)j->attempts)},
        {"why", failed ? f->last_error : S("")});
}

static enum job_result run_kind(struct ctx *c, const struct job_kind *k,
                                const struct core_job_take *j) {
    int64_t most = k && k->max_attempts ? k->max_attempts : ATTEMPTS_DEFAULT;
    if (!k) {
        err_set(&c->err, ERR_UNSUPPORTED, "no module of this version runs jobs of this kind");
        return JOB_RETRY;
    }
    if (!k->every_s && j->attempts > most) {
        err_set(&c->err, ERR_UNSUPPORTED, "the process ended each time while this job ran");
        return JOB_DEAD;
    }
    struct json payload;
    if (!json_parse(c->arena, j->payload, &payload, &c->err)) return JOB_DEAD;
    return k->run(c, &payload);
}

static instant later(instant a, instant b) { return a > b ? a : b; }

// Runs a taken job in a ctx of its own and writes how it ended. With more, t is the next job then,
// if there is one; its texts are in a.
static bool work(struct shop *shop, struct arena *a, struct take *t, bool more, struct err *err) {
    const struct core_job_take j = t->job;
    struct ctx c;
    ctx_begin(&c, shop, a);
    c.now = later(c.now, t->now);
    c.actor = (struct actor){.kind = ACTOR_SYSTEM, .name = S("shop")};
    c.job_id = j.id;
    const struct job_kind *k = job_kind_find(shop, j.kind);
    enum job_result result = run_kind(&c, k, &j);
    c.now = later(shop->world.now(shop->world.self), t->now);
    struct core_job_finish_in f = verdict(&c, k, &j, result);
    err_clear(&c.err);
    *t = (struct take){.now = c.now};
    bool ok = tx_run(&c, turnover_body, &(struct turnover){&f, more ? t : NULL});
    if (ok)
        log_end(&c, &j, &f);
    else
        *err = c.err, t->found = false;
    ctx_end(&c);
    return ok;
}

// Takes the next due job into t. Looks before it writes: most of the time there is none.
static bool take_next(struct shop *shop, struct arena *a, instant now, struct take *t,
                      struct err *err) {
    struct ctx c;
    ctx_begin(&c, shop, a);
    c.actor = (struct actor){.kind = ACTOR_SYSTEM, .name = S("shop")};
    struct core_job_peek peek;
    *t = (struct take){.now = now};
    bool ok = core_job_peek(&c.db, &(struct core_job_peek_in){.now = now}, &peek, &t->due);
    if (ok && t->due) ok = tx_run(&c, turnover_body, &(struct turnover){NULL, t});
    if (!ok) *err = c.err, t->found = false;
    ctx_end(&c);
    return ok;
}

struct periodic {
    const struct job_kind *kind;
};

static bool periodic_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    const struct job_kind *k = ((struct periodic *)self)->kind;
    return job_add(c, &(struct job_new){.kind = k->name,
                                        .key = periodic_key,
                                        .run_at = c->now + k->every_s * SECOND});
}

static bool periodic_ensure_one(struct ctx *c, const struct job_kind *k) {
    struct core_job_by_key have;
    bool found;
    TRY(core_job_by_key(
        &c->db, &(struct core_job_by_key_in){.kind = str_c(k->name), .unique_key = periodic_key},
        &have, &found));
    return found || tx_run(c, periodic_body, &(struct periodic){k});
}

static bool periodic_ensure(struct shop *shop, struct err *err) {
    struct arena a = {0};
    struct ctx c;
    ctx_begin(&c, shop, &a);
    c.actor = (struct actor){.kind = ACTOR_SYSTEM, .name = S("shop")};
    bool ok = true;
    for (size_t m = 0; ok && m < shop->modules.n; m++)
        for (const struct job_kind *k = shop->modules.v[m]->jobs; ok && k && k->name; k++)
            if (k->every_s > 0) ok = periodic_ensure_one(&c, k);
    if (!ok) *err = c.err;
    ctx_end(&c);
    arena_done(&a);
    return ok;
}

bool jobs_run_due(struct shop *shop, instant now, int64_t *ran_out, struct err *err) {
    *ran_out = 0;
    TRY(periodic_ensure(shop, err));
    struct arena a = {0};
    bool ok = true;
    for (;;) {
        struct take t;
        arena_reset(&a);
        ok = take_next(shop, &a, now, &t, err);
        if (!ok || !t.due) break;
        if (!t.found) continue;
        ok = work(shop, &a, &t, false, err);
        if (!ok) break;
        ++*ran_out;
    }
    arena_done(&a);
    return ok;
}

static bool retry_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    TRY(core_job_retry(&c->db, self));
    c->jobs_added = true;
    return audit_write(c, &(struct audit){
                              .object = "job",
                              .object_id = ((const struct core_job_retry_in *)self)->id,
                              .action = "job.retry",
                          });
}

bool job_retry(struct ctx *c, int64_t job_id) {
    struct core_job_retry_in in = {.id = job_id, .now = c->now};
    return tx_run(c, retry_body, &in);
}

static void set_running(struct jobs *js, int slot, struct running r) {
    pthread_mutex_lock(&js->lock);
    js->running[slot] = r;
    pthread_mutex_unlock(&js->lock);
}

static void log_failure(struct shop *shop, const struct err *err) {
    LOG(&shop->world.log, shop->world.now(shop->world.self), LOG_ERROR, "jobs.failed",
        {"message", str_c(err->message)}, {"detail", str_c(err->detail)});
}

// Waits until a job was added, a second has passed, or the end; false at the end.
static bool wait_for_work(struct jobs *js) {
    struct pollfd fds[] = {{.fd = js->wake, .events = POLLIN}, {.fd = js->stop, .events = POLLIN}};
    poll(fds, ARRAY_LEN(fds), POLL_MS);
    eventfd_t v;
    if (fds[0].revents & POLLIN) (void)!eventfd_read(js->wake, &v);
    return !(fds[1].revents & POLLIN);
}

static bool stopping(const struct jobs *js) {
    struct pollfd fd = {.fd = js->stop, .events = POLLIN};
    return poll(&fd, 1, 0) > 0;
}

// The next job's texts, out of the arena that is to be emptied.
static void move_texts(struct arena *a, struct core_job_take *j) {
    struct str *texts[] = {&j->kind, &j->payload, &j->unique_key};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (texts[i]->p) *texts[i] = arena_str(a, *texts[i]);
}

// Runs t, or the next job when t is none; t is then the one to run next. False: none was due, or
// the database failed.
static bool run_one(struct jobs *js, int slot, struct arena *a, struct take *t) {
    struct shop *shop = js->shop;
    struct err err = {0};
    bool ok = t->found || take_next(shop, a, shop->world.now(shop->world.self), t, &err);
    bool due = t->found || t->due;
    if (ok && t->found) {
        set_running(js, slot, (struct running){t->job.id, t->job.attempts});
        ok = work(shop, a, t, !stopping(js), &err);
        set_running(js, slot, t->found ? (struct running){t->job.id, t->job.attempts}
                                       : (struct running){0});
    }
    if (!ok) log_failure(shop, &err);
    return ok && due;
}

static void *run_thread(void *self) {
    struct runner r = *(struct runner *)self;
    free(self);
    struct arena a[2] = {{0}, {0}}; // of the job that runs, of the one taken next
    struct take t = {0};
    int in = 0;
    do {
        while ((t.found || !stopping(r.jobs)) && run_one(r.jobs, r.slot, &a[in], &t)) {
            in = !in;
            if (t.found) move_texts(&a[in], &t.job);
            arena_reset(&a[!in]);
        }
        arena_reset(&a[in]);
    } while (wait_for_work(r.jobs));
    arena_done(&a[0]);
    arena_done(&a[1]);
    return NULL;
}

static bool lease_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return core_job_lease(&c->db, self);
}

static void keep_leases(struct jobs *js, struct arena *a) {
    for (int i = 0; i < js->count; i++) {
        pthread_mutex_lock(&js->lock);
        struct running r = js->running[i];
        pthread_mutex_unlock(&js->lock);
        if (!r.id) continue;
        struct ctx c;
        ctx_begin(&c, js->shop, a);
        struct core_job_lease_in in = {
            .id = r.id, .attempts = r.attempts, .lease_until = c.now + JOB_LEASE};
        if (!tx_run(&c, lease_body, &in)) log_failure(js->shop, &c.err);
        ctx_end(&c);
    }
    arena_reset(a);
}

static void *keep_thread(void *self) {
    struct jobs *js = self;
    struct arena a = {0};
    struct pollfd fd = {.fd = js->stop, .events = POLLIN};
    while (poll(&fd, 1, LEASE_EVERY_MS) <= 0) keep_leases(js, &a);
    arena_done(&a);
    return NULL;
}

static void start_threads(struct jobs *js, int threads) {
    for (int i = 0; i < threads; i++) {
        struct runner *r = malloc(sizeof *r);
        ensure(r);
        *r = (struct runner){js, i};
        ensure(pthread_create(&js->threads[i], NULL, run_thread, r) == 0);
    }
    ensure(pthread_create(&js->keeper, NULL, keep_thread, js) == 0);
}

bool jobs_start(struct shop *shop, int threads, struct err *err) {
    ensure(!shop->jobs && threads > 0 && threads <= THREADS_MAX);
    TRY(periodic_ensure(shop, err));
    struct jobs *js = ARENA_NEW(&shop->arena, struct jobs);
    js->shop = shop;
    js->count = threads;
    js->wake = eventfd(0, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
    js->stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    ensure(js->wake >= 0 && js->stop >= 0);
    pthread_mutex_init(&js->lock, NULL);
    shop->jobs = js; // before the threads, which wake each other through it
    start_threads(js, threads);
    return true;
}

void jobs_wake(struct shop *shop) {
    if (shop->jobs) (void)!eventfd_write(shop->jobs->wake, 1);
}

void jobs_stop(struct shop *shop) {
    struct jobs *js = shop->jobs;
    if (!js) return;
    (void)!eventfd_write(js->stop, 1);
    for (int i = 0; i < js->count; i++) pthread_join(js->threads[i], NULL);
    pthread_join(js->keeper, NULL);
    close(js->wake);
    close(js->stop);
    pthread_mutex_destroy(&js->lock);
    shop->jobs = NULL;
}
