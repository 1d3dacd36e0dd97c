// SPDX-License-Identifier: Apache-2.0
// Running one query, with rows going where the caller wants them.
#include "db/driver.h"

#define SLOW (100 * SECOND / 1000)

static void tell_if_slow(const struct db *db, const struct db_query *q, instant began) {
    instant took = db_now(db->pool) - began;
    if (took < SLOW || !db->pool->how.log) return;
    struct arena scratch = {0};
    struct str ms = arena_fmt(&scratch, "%lld", (long long)(took / 1000));
    LOG(db->pool->how.log, began + took, LOG_WARN, "db.slow_query", {"module", str_c(q->module)},
        {"query", str_c(q->name)}, {"ms", ms});
    arena_done(&scratch);
}

static bool run(struct db *db, struct db_run *r) {
    ensure(!r->q->writes || db->writing); // a write belongs inside db_write
    ensure(r->q->in.n == 0 || r->in != NULL);
    r->mask = db_mask(r->q, r->in);
    instant began = db_now(db->pool);
    TRY(db_take_reader(db));
    bool ok = db_fault_call(db->pool, db->err) && db->pool->driver->run(db->conn, r, db->err);
    if (!ok && db->writing) db->conn->failed = true;
    tell_if_slow(db, r->q, began);
    return ok;
}

struct one {
    struct db *db;
    const struct db_query *q;
    void *row;
    bool found;
};

static bool keep_one(void *self, const struct db_value *values) {
    struct one *o = self;
    if (o->found) return true; // the first row is meant; queries of kind one are by a unique key
    o->found = true;
    return db_store(o->db->arena, o->q, values, o->row, o->db->err);
}

bool db_query_one(struct db *db, const struct db_query *q, const void *in, void *row_out,
                  bool *found_out) {
    struct one o = {db, q, row_out, false};
    struct db_run r = {.q = q, .in = in, .row = keep_one, .self = &o};
    memset(row_out, 0, q->out.size);
    bool ok = run(db, &r);
    *found_out = ok && o.found;
    return ok;
}

bool db_query_insert(struct db *db, const struct db_query *q, const void *in, int64_t *id_out) {
    bool found;
    TRY(db_query_one(db, q, in, id_out, &found));
    if (found) return true;
    err_set(db->err, ERR_CONFLICT, "This entry exists already.");
    db->conn->failed = true;
    return err_detail(db->err, "query %s.%s inserted nothing", q->module, q->name);
}

struct rows { // any VEC
    char *v;
    size_t n, cap;
};
struct all {
    struct db *db;
    const struct db_query *q;
    struct rows rows;
};

static bool keep_all(void *self, const struct db_value *values) {
    struct all *a = self;
    size_t size = a->q->out.size;
    if (a->rows.n == DB_ROWS_MAX) {
        err_set(a->db->err, ERR_FULL, "The list is longer than %d rows.", DB_ROWS_MAX);
        return err_detail(a->db->err, "query %s.%s: page it, or use each", a->q->module,
                          a->q->name);
    }
    if (a->rows.n == a->rows.cap) a->rows.v = vec_grow(a->db->arena, a->rows.v, &a->rows.cap, size);
    return db_store(a->db->arena, a->q, values, a->rows.v + a->rows.n++ * size, a->db->err);
}

bool db_query_all(struct db *db, const struct db_query *q, const void *in, void *rows_out) {
    struct all a = {db, q, {0}};
    struct db_run r = {.q = q, .in = in, .row = keep_all, .self = &a};
    bool ok = run(db, &r);
    memcpy(rows_out, &a.rows, sizeof a.rows);
    return ok;
}

struct each {
    struct db *db;
    const struct db_query *q;
    struct arena scratch; // one row's texts
    void *row;
    db_row_fn *fn;
    void *self;
};

static bool pass_each(void *self, const struct db_value *values) {
    struct each *e = self;
    arena_reset(&e->scratch);
    return db_store(&e->scratch, e->q, values, e->row, e->db->err) && e->fn(e->self, e->row);
}

bool db_query_each(struct db *db, const struct db_query *q, const void *in, db_row_fn *fn,
                   void *self) {
    struct each e = {
        .db = db, .q = q, .row = arena_alloc(db->arena, q->out.size), .fn = fn, .self = self};
    struct db_run r = {.q = q, .in = in, .row = pass_each, .self = &e};
    bool ok = run(db, &r);
    arena_done(&e.scratch);
    return ok;
}

bool db_query_exec(struct db *db, const struct db_query *q, const void *in, int64_t *changed_out) {
    struct db_run r = {.q = q, .in = in};
    bool ok = run(db, &r);
    if (changed_out) *changed_out = ok ? r.changed : 0;
    return ok;
}

struct check {
    struct db *db;
    const struct db_query *q;
};

static bool check_mask(void *self, uint64_t mask) {
    struct check *c = self;
    return c->db->pool->driver->prepare(c->db->conn, c->q, mask, c->db->err);
}

bool db_query_check(struct db *db, const struct db_query *q) {
    TRY(db_take_reader(db));
    return db_masks(q, check_mask, &(struct check){db, q});
}
