// SPDX-License-Identifier: Apache-2.0
// What the merchant does with an order after it was placed. Each is one transaction, writes the
// timeline and the audit trail, puts the mail on its way, and is safe to repeat with the same key
// (a form's hidden key). Only a note has no key: written twice, it stands there twice.
#pragma once
#include "core/tx.h"

enum step_verdict {
    STEP_OK,
    STEP_AGAIN, // this key was already carried out; nothing changed
    STEP_NOT_FOUND,
    STEP_STATE,    // the order's state does not allow it (cancelled, already shipped, ...)
    STEP_QUANTITY, // more than was ordered, shipped or is left
    STEP_AMOUNT,   // more than was paid and not yet refunded; or zero
};
struct capture_in {
    int64_t order_id, amount; // minor units of the order's currency
    int64_t payment_id;       // 0: none
    struct str source;        // "staff:3", "camt:12", "stripe:evt_1"
    struct str key;           // the movement's own identity: booked once
    instant at;               // when the money came; 0: now
};
MUST_USE bool order_capture(struct ctx *c, const struct capture_in *in, enum step_verdict *out);
MUST_USE bool order_capture_in_tx(struct ctx *c, const struct capture_in *in,
                                  enum step_verdict *out); // for flows
struct step_line {
    int64_t order_line_id, quantity;
};
struct ship_in {
    int64_t order_id;
    const struct step_line *lines; // n 0: everything that is left
    size_t n;
    struct str carrier, tracking, tracking_url, key;
    bool notify;
};
MUST_USE bool order_ship(struct ctx *c, const struct ship_in *in, enum step_verdict *out);
struct cancel_in {
    int64_t order_id;
    struct str reason, key;
    bool restock, notify;
    bool only_unpaid; // STEP_STATE when money came meanwhile (the sweep's wish, judged inside)
};
// Only what was not shipped can be cancelled: puts stock back, refunds what was paid, issues the
// credit note.
MUST_USE bool order_cancel(struct ctx *c, const struct cancel_in *in, enum step_verdict *out);
struct refund_in {
    int64_t order_id;
    const struct step_line *lines; // what came back; n 0: an amount only
    size_t n;
    int64_t amount; // minor units to pay back; 0: the lines' value
    bool restock, notify;
    struct str reason, key;
};
// Issues a credit note; money goes back the way it came (Stripe: by a job; bank transfer: the desk
// lists it to be paid). An amount above the lines' value pays back first what was paid in excess of
// the order (no credit note), then freight when goods came back, then reduces the price of all that
// is left; an amount below it is kept back from the lines in proportion.
MUST_USE bool order_refund(struct ctx *c, const struct refund_in *in, enum step_verdict *out);
MUST_USE bool order_note(struct ctx *c, int64_t order_id,
                         struct str text); // staff's own words on the timeline
