// SPDX-License-Identifier: Apache-2.0
// The signature of Stripe's webhooks (docs.stripe.com/webhooks/signature): header
// "Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>]"; v1 is HMAC-SHA256 over "<t>.<raw body>", keyed
// with the whole "whsec_..." text. Pure: fuzzed.
#pragma once
#include "base/str.h"
#include "base/time.h"

#define STRIPE_TOLERANCE (300 * SECOND) // how far t may be from our clock, either way: replays
enum stripe_signature { STRIPE_SIGNED, STRIPE_UNREADABLE, STRIPE_STALE, STRIPE_FORGED };
struct stripe_signed {
    struct str header, body;
    struct str secrets; // one, or several separated by commas while they are being changed; none:
                        // nothing is believed
    instant now;
};
// Any v1 that fits any of the secrets will do; comparison takes constant time.
enum stripe_signature stripe_signature_check(const struct stripe_signed *s);
// The header for a body, as Stripe writes it (tests, and the desk's self-test).
struct str stripe_signature_make(struct arena *a, struct str secret, struct str body, instant at);
