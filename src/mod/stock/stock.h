// SPDX-License-Identifier: Apache-2.0
// Pieces of a variant. Every change is a move (append-only); the level is their sum. All functions
// run inside a transaction.
#pragma once
#include "core/tx.h"

enum stock_verdict {
    STOCK_OK,
    STOCK_SHORT,     // too few; nothing taken
    STOCK_UNCOUNTED, // no level is kept of this variant: it is sold without counting, nothing is
                     // written
};
struct stock_move {
    int64_t variant_id, quantity; // signed
    const char *reason;           // "import" "count" "order" "cancel" "return" "correction"
    const char *object;           // "order" "import" "staff"
    int64_t object_id;
};
// Refuses to take more than there is unless the variant is not counted or may be backordered.
// left_out: what is there now.
MUST_USE bool stock_move(struct ctx *c, const struct stock_move *m, enum stock_verdict *out,
                         int64_t *left_out);
// Brings the level to a counted number by a move of the difference; sets the policy. First use
// creates the level. With reason "import" the move is written even when there is no difference:
// stock_last_import tells which number the newest import counted.
struct stock_count {
    int64_t variant_id, on_hand;
    bool tracked, backorder;
    const char *reason, *object; // "import", "count"
    int64_t object_id;
};
MUST_USE bool stock_count(struct ctx *c, const struct stock_count *s);
extern const struct module stock_module;
