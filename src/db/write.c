// SPDX-License-Identifier: Apache-2.0
// db_write: a fair queue of turns on the one writer connection, and the group commit. A turn ends
// in one of two ways: the writer goes to the next in the queue and the turn waits in the group; or,
// with nobody waiting (or the group full or old), the turn commits for the whole group. Refusals
// wait, too: what they saw may be the group's uncommitted work.
#include "db/driver.h"

#include <time.h>

#include "base/rng.h"

enum { ATTEMPTS = 20 };
#define PATIENCE  (10 * SECOND) // no new attempt after so long
#define GROUP_AGE (5 * SECOND / 1000)
#define SAVEPOINT "SAVEPOINT member"
#define UNDO      "ROLLBACK TO member"
#define RELEASE   "RELEASE member"

// ---- the queue; the caller holds p->lock

static void take_turn(struct db_pool *p, struct turn *t) {
    struct db_queue *q = &p->queue;
    ensure(!(q->busy && pthread_equal(q->owner, pthread_self()))); // db_write inside db_write
    if (q->busy) {
        if (q->last)
            q->last->next = t;
        else
            q->first = t;
        q->last = t;
        while (!t->running) pthread_cond_wait(&t->woken, &p->lock);
        t->next = NULL;
    }
    q->busy = true;
    q->owner = pthread_self();
}

static void pass_turn(struct db_pool *p) {
    struct db_queue *q = &p->queue;
    struct turn *t = q->first;
    if (!t) {
        q->busy = false;
        return;
    }
    q->first = t->next;
    if (!q->first) q->last = NULL;
    t->running = true; // busy stays true: nobody can slip in between
    q->owner = (pthread_t){0};
    pthread_cond_signal(&t->woken);
}

static bool must_commit(const struct db_pool *p) {
    const struct db_queue *q = &p->queue;
    return !q->first || q->group_size >= p->driver->group_max ||
           db_now(p) - q->group_since > GROUP_AGE;
}

// Ends the group: everybody who waits in it is told.
static void settle(struct db_pool *p, const struct err *failure) {
    struct db_queue *q = &p->queue;
    struct turn *next;
    for (struct turn *t = q->group; t; t = next) {
        next = t->next;
        t->ok = failure == NULL;
        if (failure) *t->err = *failure;
        t->done = true;
        pthread_cond_signal(&t->woken);
    }
    q->group = NULL;
    q->group_size = q->group_kept = 0;
}

// ---- a member, on the writer connection

static void undo_all(struct db_conn *c) { // what cannot be rolled back is rolled back by closing
    struct err ignored = {0};
    if (c->handle && c->pool->driver->in_transaction(c) &&
        !c->pool->driver->script(c, "ROLLBACK", &ignored))
        c->pool->driver->disconnect(c);
}

static bool begin_member(struct db *db) {
    struct db_pool *p = db->pool;
    struct db_conn *c = p->writer;
    TRY(db_fault_call(p, db->err));
    if (p->queue.group_size == 0) {
        if (c->handle) undo_all(c);
        TRY(db_connected(c, db->err));
        TRY(p->driver->script(c, p->driver->begin_write, db->err));
        p->queue.group_since = db_now(p);
    }
    p->queue.group_size++;
    return p->driver->group_max == 1 || p->driver->script(c, SAVEPOINT, db->err);
}

static bool run_body(struct db *db, db_body *body, void *self, bool *keep_out) {
    struct db_conn *reader = db->conn, *writer = db->pool->writer;
    db->conn = writer;
    db->writing = true;
    writer->failed = false;
    bool ok = body(db, self, keep_out) && !writer->failed;
    if (!ok && db->err->code == ERR_NONE) err_set(db->err, ERR_DB, "The change could not be made.");
    db->writing = false;
    db->conn = reader;
    return ok;
}

// Keeps or undoes what the member did inside the group's transaction. False: it failed, and err
// says why.
static bool end_member(struct db *db, struct turn *t, bool ok, bool keep) {
    struct db_pool *p = db->pool;
    struct db_conn *c = p->writer;
    if (ok && keep) ok = db_fault_commit(p, &t->uncertain, db->err);
    if (ok && keep) p->queue.group_kept++;
    if (p->driver->group_max == 1) return ok;
    struct err lost = {0};
    bool undone = (ok && keep) || p->driver->script(c, UNDO, &lost);
    if (undone && p->driver->script(c, RELEASE, &lost)) return ok;
    undo_all(c); // takes the whole group with it; leave_turn finds the transaction gone
    if (ok) *db->err = lost;
    return false;
}

static bool end_group(struct db_conn *c, bool commit, struct err *err) {
    bool ok = !commit || c->pool->driver->commit(c, err);
    if (!ok || !commit) undo_all(c);
    return ok;
}

// Ends the turn: commits for the group or joins it, then waits for its outcome.
static bool leave_turn(struct db *db, struct turn *t, bool ok, bool open) {
    struct db_pool *p = db->pool;
    struct db_conn *c = p->writer;
    struct db_queue *q = &p->queue;
    bool gone = open && !(c->handle && p->driver->in_transaction(c));
    pthread_mutex_lock(&p->lock);
    if (ok) {
        t->next = q->group;
        q->group = t;
        q->transactions++;
    }
    if (gone) {
        settle(p, db->err);
    } else if (q->group_size > 0 && must_commit(p)) {
        struct err failure = {0};
        q->commits += q->group_kept > 0;
        pthread_mutex_unlock(&p->lock);
        bool done = end_group(c, q->group_kept > 0, &failure);
        pthread_mutex_lock(&p->lock);
        settle(p, done ? NULL : &failure);
    }
    pass_turn(p);
    while (ok && !t->done) pthread_cond_wait(&t->woken, &p->lock);
    pthread_mutex_unlock(&p->lock);
    return ok && t->ok;
}

static bool write_once(struct db *db, db_body *body, void *self) {
    struct db_pool *p = db->pool;
    struct turn t = {.woken = PTHREAD_COND_INITIALIZER, .err = db->err};
    pthread_mutex_lock(&p->lock);
    take_turn(p, &t);
    pthread_mutex_unlock(&p->lock);
    bool keep = true, ok = begin_member(db);
    bool open = p->queue.group_size > 0;
    if (ok) {
        ok = run_body(db, body, self, &keep);
        ok = end_member(db, &t, ok, keep);
    }
    ok = leave_turn(db, &t, ok, open);
    pthread_cond_destroy(&t.woken);
    if (ok && t.uncertain)
        ok = err_set(db->err, ERR_UNCERTAIN, "It is not known whether the change was saved.");
    return ok;
}

// Longer from try to try, and different for each thread.
static void pause_before(const struct db *db, int attempt) {
    struct rng r = rng_new((uint64_t)(uintptr_t)db + (uint64_t)attempt);
    uint64_t most = UINT64_C(1000000) << (attempt < 6 ? attempt : 6); // 2 to 64 ms
    struct timespec wait = {.tv_nsec = (long)(most / 2 + rng_below(&r, most / 2))};
    nanosleep(&wait, NULL);
}

bool db_write(struct db *db, db_body *body, void *self) {
    ensure(!db->writing);
    instant began = db_now(db->pool);
    for (int attempt = 1;; attempt++) {
        if (write_once(db, body, self)) return true;
        if (db->err->code != ERR_BUSY || attempt == ATTEMPTS || db_now(db->pool) - began > PATIENCE)
            return false;
        if (db->pool->how.log)
            LOG(db->pool->how.log, db_now(db->pool), LOG_INFO, "db.write_again",
                {"why", str_c(db->err->detail)});
        pause_before(db, attempt);
        err_clear(db->err);
    }
}
