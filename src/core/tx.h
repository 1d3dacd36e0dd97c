// SPDX-License-Identifier: Apache-2.0
// The one write transaction of a use case. Who opens it:
//   - a flow, when a use case decides over tables of several modules;
//   - a module, for a use case of its own tables alone (a cart line, a person of the desk);
//   - a port, for what a provider answered; the core; a command that rebuilds;
//   - a face, only to put calls of others together that are kept both or neither (a new session and
//     the first line of its cart, a withdrawal's audit row and its mails).
// Transactions do not nest: what takes part in somebody else's says "in tx" in its header and opens
// none. What one promises to the outside (mail, hooks, provider calls) is a job row written inside;
// what it changed on pages is a bump; both take effect after the commit only.
#pragma once
#include "core/ctx.h"

// body as in db.h, but with the ctx. After ERR_UNCERTAIN the flow looks by its idempotency key what
// happened.
typedef bool tx_body(struct ctx *c, void *self, bool *keep);
MUST_USE bool tx_run(struct ctx *c, tx_body *body, void *self);

// Inside a transaction:
void tx_bump(struct ctx *c, const char *kind,
             int64_t id); // pages showing this are stale after the commit
struct audit {
    const char *object; // "order", "product"
    int64_t object_id;
    const char *action; // "order.ship"
    struct str detail;  // JSON: what changed (old and new), no secrets; or absent
};
MUST_USE bool audit_write(struct ctx *c, const struct audit *a); // who and when come from the ctx
struct job_new {
    const char *kind;
    struct str payload; // JSON object
    struct str key;     // a second job of this kind with it is not added while the first one's row
                        // is kept: done rows go after 7 days (jobs.h), so what must happen once for
                        // ever has its own key in its own table. Absent: no such bound
    instant run_at;     // 0: now
};
MUST_USE bool job_add(struct ctx *c, const struct job_new *j);
MUST_USE bool event_emit(struct ctx *c, const char *event, struct str payload,
                         struct str key); // jobs of all subscribers (none in this version)
// Next number of a range ("order", "credit_note"): prefix + zero-padded counter, e.g.
// "2026-000123"; no number is given twice.
MUST_USE bool number_next(struct ctx *c, const char *range, struct str *number_out);
