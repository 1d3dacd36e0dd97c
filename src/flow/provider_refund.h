// SPDX-License-Identifier: Apache-2.0
// Money back through a provider. The ledger is written when the refund is promised; the job carries
// it out; a refund that the provider refuses is taken back in the ledger (refund_failed) and stands
// on the order's timeline for a person.
#pragma once
#include "core/tx.h"

struct pay_back { // what came in and cannot be kept: an order cancelled or paid before
    int64_t order_id, payment_id, amount;
    struct str currency, key;
};
MUST_USE bool provider_pay_back(struct ctx *c, const struct pay_back *p); // in tx
enum job_result provider_refund_run(struct ctx *c,
                                    const struct json *payload); // job "payment.refund"
// The provider says later that a refund did not reach the payer. Own transaction; again: nothing
// changes.
MUST_USE bool provider_refund_fail(struct ctx *c, int64_t refund_id, struct str why);
// A refund that the merchant transferred by hand is marked as done; one that the provider refused
// is booked again by that. found_out: there is such a one (not one that the provider carries out);
// again_out: it was done already, or its money went back another way since.
MUST_USE bool refund_transferred(struct ctx *c, int64_t provider_refund_id, bool *found_out,
                                 bool *again_out);
