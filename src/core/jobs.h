// SPDX-License-Identifier: Apache-2.0
// Durable jobs: rows of table job, taken with a lease so that a dead process's work is taken up
// again; retried with back-off (about 15 s, 1 min, 4 min, ... 8 h); after max_attempts they are
// "dead" and wait in the desk for a person.
#pragma once
#include "core/ctx.h"

MUST_USE bool jobs_start(struct shop *shop, int threads, struct err *err);
void jobs_stop(struct shop *shop);
void jobs_wake(struct shop *shop);
// For tests and commands: runs due jobs in this thread until none is due; counts them.
MUST_USE bool jobs_run_due(struct shop *shop, instant now, int64_t *ran_out, struct err *err);
// An unknown kind, a lease of 5 minutes (renewed while the job runs), JOB_DEAD: see core/module.h.
// Done jobs are removed after 7 days. Periodic kinds have one row each, which is first due every_s
// after it was made.
// The row that describes a kind, of whichever module; NULL: none of this version.
const struct job_kind *job_kind_find(const struct shop *s, struct str name);
MUST_USE bool job_retry(struct ctx *c, int64_t job_id); // from the desk: a dead job may run again
