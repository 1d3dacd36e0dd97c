// SPDX-License-Identifier: Apache-2.0
// One request to Stripe: address, key, version and idempotency are put in here; answers are told
// apart by what they mean for trying again. For the files of this folder.
#pragma once
#include "port/stripe_page.h"

struct stripe_call {
    const char *method;
    struct str path; // "/v1/checkout/sessions"
    struct str form; // body of a POST
    struct str once; // what the request makes, "session:12"; absent: repeating does no harm
};
struct stripe_reply {
    enum stripe_answer answer;
    struct json body; // of YES
    struct str why;   // of NO
};
// False: no answer, or one that may be another next time (408, 409, 429, 5xx, a key that is not
// accepted).
MUST_USE bool stripe_ask(struct ctx *c, const struct stripe_call *call, struct stripe_reply *out);
bool stripe_is_loopback(
    struct str url); // http://127.0.0.1:..., http://localhost..., http://[::1]... : tests
