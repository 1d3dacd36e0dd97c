// SPDX-License-Identifier: Apache-2.0
// Failure as a driver: a flow is run again and again on a prepared situation, with database call 1,
// 2, 3 ... failing in every way there is, until the fault no longer fires. Each time:
//   - the flow says "done" and is done, or says "failed" and left the situation either whole as it
//   was or wholly done;
//   - every check is silent;
//   - run again without a fault, it reaches the one right result.
#pragma once
#include "fixture.h"

enum failure_state { FAILURE_BEFORE, FAILURE_DONE, FAILURE_BROKEN };
struct failure_flow {
    const char *name;
    void (*prepare)(struct fixture *f, void *self); // a fresh situation
    bool (*run)(struct ctx *c, struct fixture *f,
                void *self); // true: the result is reached, now or earlier
    enum failure_state (*look)(struct fixture *f, void *self);
    void *self;
    int64_t session; // of the visitor, 0: staff
};
struct failure_figures {
    int rounds, faults, refused,
        retried; // situations, faults fired, flows that failed, flows done in spite of the fault
};
struct failure_figures failure_run(struct fixture *f, const struct failure_flow *flow);
