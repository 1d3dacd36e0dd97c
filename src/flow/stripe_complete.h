// SPDX-License-Identifier: Apache-2.0
// From a payment page at Stripe to money in the ledger, exactly once, whoever tells of it first:
// the payer's browser that comes back, a webhook, or the sweep that looks after pages of which
// nobody told. All of them call stripe_complete, which believes nothing but what Stripe answers
// when the page is read back.
//   - What was paid is booked, whatever was asked for; another amount than what was open is noted
//   on the timeline
//     ("payment_differs") and shows as part_paid or as more than the total.
//   - Money for an order that was cancelled or is already paid in full is booked and at once paid
//   back in full ("paid_back").
//   - An order whose pages have all ended unpaid is cancelled with its stock put back: 10 minutes
//   after the last page's end
//     and an hour after it was placed at the earliest.
#pragma once
#include "core/tx.h"

enum stripe_verdict {
    STRIPE_PAID,       // the money is in the ledger, now or before
    STRIPE_PROCESSING, // it is on its way
    STRIPE_WAITING,    // the page is open
    STRIPE_ENDED,      // expired or failed: it cannot be paid on this page any more
    STRIPE_NOT_OURS,   // Stripe or this shop does not know the page
};
// session_ref: "cs_...". Own transactions. Failure: Stripe or the database could not be asked;
// repeat later.
MUST_USE bool stripe_complete(struct ctx *c, struct str session_ref, enum stripe_verdict *out);
enum job_result stripe_sweep(struct ctx *c,
                             const struct json *payload); // periodic job "payment.stripe_sweep"
#define STRIPE_SWEEP_S 300
