// SPDX-License-Identifier: Apache-2.0
// What the steps after an order share; for the files of this folder only.
#pragma once
#include "flow/order_steps.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"

struct step { // an order as a step finds it
    struct order_full o;
    struct payment_sums paid;
    bool cancelled;
};
MUST_USE bool step_load(struct ctx *c, int64_t order_id, struct step *s, enum step_verdict *out);
MUST_USE bool step_settle(struct ctx *c, int64_t order_id, bool cancelled); // writes the states that the facts give
MUST_USE bool step_record(struct ctx *c, int64_t order_id, const char *kind, struct str detail); // timeline and audit
struct str step_money_json(struct ctx *c, const char *name, int64_t minor); // {"amount":1234}
const struct order_lines *step_line_find(const struct step *s, int64_t order_line_id); // NULL: not of this order
bool step_lines_distinct(const struct step_line *lines, size_t n);

// Issues a credit note over lines and an amount of freight, books nothing. lines: order line ids with the quantity taken back and
// the gross amount paid back for them (positive).
struct credit_line {
    const struct order_lines *line; // NULL: freight or goodwill, no line
    int64_t quantity, amount, tax;
};
struct credit {
    int64_t order_id;
    struct credit_line *lines; // tax is filled in here
    size_t n;
    struct str reason, key;
};
MUST_USE bool credit_issue(struct ctx *c, const struct step *s, struct credit *cr, int64_t *id_out, int64_t *total_out);
// Pays an amount back the way it came: ledger entry, and a job for the provider when there is one.
MUST_USE bool credit_pay(struct ctx *c, const struct step *s, int64_t credit_note_id, int64_t amount);
MUST_USE bool credit_restock(struct ctx *c, int64_t order_id, const struct credit *cr, const char *reason);
