// SPDX-License-Identifier: Apache-2.0
// Looks every 250 ms for what other processes on the same database changed (table cache_bump):
// makes their pages stale here and reads settings again. The job
// core.clean removes old rows.
#pragma once
#include "core/ctx.h"

MUST_USE bool watch_start(struct shop *shop, struct err *err);
void watch_stop(struct shop *shop);
// One look, as the thread does it; for tests.
struct watch_state {
    int64_t seen_upto;    // ids up to here are done with
    int64_t recent[1024]; // ids above it that were seen
    size_t recent_count;
};
MUST_USE bool watch_begin(struct shop *shop, struct watch_state *w, struct err *err);
MUST_USE bool watch_look(struct shop *shop, struct watch_state *w, struct err *err);
