// SPDX-License-Identifier: Apache-2.0
// A webhook of Stripe whose signature is good: kept once under its event id together with the job
// that acts on it, so that the answer goes out at once and no event is lost. What it does:
//   checkout.session.*, payment_intent.succeeded   the page is read back (flow/stripe_complete.h)
//   refund.failed, refund.updated, charge.refund.updated   a refund that failed is taken back in
//   the ledger charge.refunded          more paid back than we know of (in Stripe's dashboard): a
//   note on the timeline charge.dispute.created   a note on the timeline anything else is kept and
//   otherwise passed over
#pragma once
#include "core/tx.h"
#include "mod/payment/page.h"

MUST_USE bool stripe_hook_take(struct ctx *c, const struct payment_notice *e, bool *again_out);
enum job_result stripe_hook_run(struct ctx *c,
                                const struct json *payload); // job "payment.stripe_event"
