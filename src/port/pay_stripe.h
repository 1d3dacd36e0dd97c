// SPDX-License-Identifier: Apache-2.0
// Paying on Stripe's page (Checkout). The method is offered once a secret key is set. Settings:
// payment.stripe.secret, payment.stripe.webhook_secret, payment.stripe.base_url. How an answer
// becomes money in the ledger is flow/stripe_complete.h.
#pragma once
#include "mod/payment/payment.h"

// start: the address of the page on which the order of this payment can be paid now. While a page
// is open it is that one; an expired or almost expired one is closed at Stripe before a new one is
// made, so that never two can be paid. Absent: there is nothing to be paid (paid, cancelled). When
// the payer has finished the page, but we do not know yet, it is the shop's own address that finds
// out (/orders/.../return). Two calls at once get the same page. refund: asks Stripe for it and
// writes what came of it to provider_refund ('done' or 'failed' with the reason).
extern const struct payment_method payment_stripe;
extern const struct module stripe_port;
