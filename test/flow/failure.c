// SPDX-License-Identifier: Apache-2.0
#include "failure.h"

#include "db/fault.h"

// Those of the commit wait for it, so that several numbers mean the same commit: fewer of them are
// tried. So are fewer on PostgreSQL of those that only differ in their name there.
static const struct {
    enum db_fault kind;
    const char *name;
    int stride, stride_postgres;
} kinds[] = {
    {DB_FAULT_ERROR, "error", 1, 1},
    {DB_FAULT_BUSY, "busy", 1, 2},
    {DB_FAULT_FULL, "disk full", 1, 4},
    {DB_FAULT_COMMIT_UNCERTAIN, "commit without answer", 4, 4},
    {DB_FAULT_COMMIT_LOST, "commit lost", 4, 4},
};

static void expect(bool ok, const struct failure_flow *flow, size_t kind, int call,
                   const char *what) {
    if (ok) return;
    fail_msg("%s with %s at call %d: %s", flow->name, kinds[kind].name, call, what);
}

// One situation; false when the flow ended before the fault fired.
static bool round_of(struct fixture *f, const struct failure_flow *flow, size_t kind, int call,
                     struct failure_figures *n) {
    flow->prepare(f, flow->self);
    struct ctx *c = fixture_ctx(f, flow->session);
    struct db_pool *pool = f->t.shop.pool;
    db_fault_arm(pool, kinds[kind].kind, call);
    bool ok = flow->run(c, f, flow->self);
    bool fired = db_fault_fired(pool);
    db_fault_arm(pool, kinds[kind].kind, 0);
    enum failure_state state = flow->look(f, flow->self);
    expect(ok || fired, flow, kind, call, "failed without a fault");
    expect(state != FAILURE_BROKEN, flow, kind, call, "something is half done");
    expect(!ok || state == FAILURE_DONE, flow, kind, call, "said done, but is not");
    if (!testdb_is_postgres() || n->rounds % 10 == 0)
        test_check(&f->t); // there all rounds are checked together at the end, too
    c = fixture_ctx(f, flow->session);
    expect(flow->run(c, f, flow->self), flow, kind, call, "cannot be repeated");
    expect(flow->look(f, flow->self) == FAILURE_DONE, flow, kind, call,
           "repeated, it reached something else");
    n->rounds++;
    n->faults += fired;
    n->refused += !ok;
    n->retried += ok && fired;
    return fired;
}

struct failure_figures failure_run(struct fixture *f, const struct failure_flow *flow) {
    struct failure_figures n = {0};
    for (size_t kind = 0; kind < ARRAY_LEN(kinds); kind++) {
        int call = 1;
        int stride = testdb_is_postgres() ? kinds[kind].stride_postgres : kinds[kind].stride;
        while (round_of(f, flow, kind, call, &n)) call += stride;
        expect(call > 1, flow, kind, call, "no fault ever fired");
    }
    test_check(&f->t);
    print_message("# %s: %d faults, %d flows failed cleanly, %d got through\n", flow->name,
                  n.faults, n.refused, n.retried);
    return n;
}
