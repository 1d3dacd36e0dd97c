// SPDX-License-Identifier: Apache-2.0
// What Kontor reads of a webhook of Stripe: which event, and which of our things it is about.
// Amounts and states of payments are not taken from here: they are read back from Stripe. Pure:
// fuzzed.
#pragma once
#include "base/err.h"
#include "mod/payment/page.h"

// False with ERR_INVALID when the body is no event.
MUST_USE bool stripe_event_parse(struct arena *a, struct str body, struct payment_notice *out,
                                 struct err *err);
