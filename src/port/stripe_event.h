// SPDX-License-Identifier: Apache-2.0
// What Kontor reads of a webhook of Stripe: which event, and which of our things it is about.
// Amounts and states of payments are not taken from here: they are read back from Stripe. Pure:
// fuzzed.
#pragma once
#include "base/err.h"

struct stripe_event {
    struct str id, type;      // "evt_...", "checkout.session.completed"
    struct str object;        // id of the thing: cs_..., pi_..., ch_..., re_..., dp_...
    struct str session;       // cs_... when the thing is a payment page, else absent
    struct str intent;        // pi_... it belongs to, or absent
    struct str status;        // of the thing, or absent
    struct str reason;        // of a dispute, or absent
    int64_t row;              // our stripe_session.id out of its metadata, 0 when absent
    int64_t amount, refunded; // minor units; refunded of a charge in all
};
// False with ERR_INVALID when the body is no event.
MUST_USE bool stripe_event_parse(struct arena *a, struct str body, struct stripe_event *out,
                                 struct err *err);
