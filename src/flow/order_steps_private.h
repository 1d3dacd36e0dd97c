// SPDX-License-Identifier: Apache-2.0
// What the steps after an order share; for the files of this folder only.
#pragma once
#include "flow/order_steps.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"

struct step { // an order as a step finds it
    struct order_full o;
    struct payment_sums paid;
    struct order_credited_freight_rows freight_credited;
    int64_t held; // money here: captured and not paid back
    int64_t left; // of the total: not credited
    bool cancelled;
};
MUST_USE bool step_load(struct ctx *c, int64_t order_id, struct step *s, enum step_verdict *out);
MUST_USE bool step_settle(struct ctx *c, int64_t order_id,
                          bool cancelled); // writes the states that the facts give
MUST_USE bool step_record(struct ctx *c, int64_t order_id, const char *kind,
                          struct str detail);                               // timeline and audit
struct str step_money_json(struct ctx *c, const char *name, int64_t minor); // {"amount":1234}
const struct order_lines *step_line_find(const struct step *s,
                                         int64_t order_line_id); // NULL: not of this order
int64_t step_unsent(const struct order_lines
                        *l); // pieces still to be sent: credited ones count as unsent ones first
bool step_lines_distinct(const struct step_line *lines, size_t n);

// What a credit note takes back: one entry for each line of the order, in their order, then one for
// each tax rate of its freight. Entries left at zero are not written. Tax is the share of the
// entry's own tax that the credited amount makes up, rounded over all credit notes together, so
// that crediting everything in any pieces gives back exactly the tax of the order.
struct credit_line {
    const struct order_lines *line; // NULL: freight
    int64_t rate;
    int64_t gross, gross_tax;      // of the order
    int64_t before, before_tax;    // credited by earlier notes, positive
    int64_t quantity, amount, tax; // of this note, positive; tax is filled in by credit_issue
};
struct credit {
    struct credit_line *lines;
    size_t n, freight; // entries from here on are freight
    struct str reason, key;
};
void credit_begin(struct arena *a, const struct step *s, struct credit *cr);
int64_t credit_left(const struct credit_line *l);
int64_t credit_sum(const struct credit *cr);
// Adds an amount to the entries from a first one on, in the proportion of what is left of each;
// what does not fit is returned.
int64_t credit_spread(struct ctx *c, struct credit *cr, size_t from, int64_t amount);
MUST_USE bool credit_issue(struct ctx *c, const struct step *s, struct credit *cr, int64_t *id_out);
// Pays an amount back the way it came: split over the payments by what each still holds, most
// first; for each a ledger entry, and a job for the provider when there is one.
// credit_note_id 0: what was paid in excess goes back, no document is touched; key is the step's.
struct credit_back {
    int64_t credit_note_id, amount;
    struct str key;
};
MUST_USE bool credit_pay(struct ctx *c, const struct step *s, const struct credit_back *p);
struct str
credit_excess_key(struct arena *a,
                  struct str step_key); // the ledger's key of a payback without a credit note
MUST_USE bool credit_restock(struct ctx *c, int64_t order_id, const struct credit *cr,
                             const char *reason);
