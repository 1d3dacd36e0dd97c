// SPDX-License-Identifier: Apache-2.0
// The payment page at Stripe (Checkout Session, API version 2023-08-16) as Kontor uses it: made for
// an order, read back, closed. Nothing here writes the database. A failure leaves c->err; trying
// again later is always right then, because a request that makes something carries an idempotency
// key that stays the same for the same thing in the same shop.
#pragma once
#include "base/json.h"
#include "core/ctx.h"
#include "mod/order/order.h"
#include "mod/payment/page.h"
#include "payment_sql.h"

#define STRIPE_VERSION "2023-08-16"
#define STRIPE_ROW_FIELD                                                                           \
    "kontor_session" // metadata of session and payment intent: our stripe_session.id
struct stripe_page_new {
    const struct order_full *order;
    const struct stripe_session_row *row; // attempt, amount, expiry
};
enum stripe_answer {
    STRIPE_YES,
    STRIPE_NO, // refused for good: nothing was done and nothing will be; why says it in Stripe's
               // words
    STRIPE_UNKNOWN, // there is no such thing
};
MUST_USE bool stripe_page_make(struct ctx *c, const struct stripe_page_new *n,
                               struct payment_page *out, enum stripe_answer *answer_out);
MUST_USE bool stripe_page_read(struct ctx *c, struct str ref, struct payment_page *out,
                               enum stripe_answer *answer_out);
// So that nobody can pay on it any more. NO: it is not open (read it to see what it is).
MUST_USE bool stripe_page_close(struct ctx *c, struct str ref, enum stripe_answer *answer_out);

struct stripe_refund_new {
    int64_t id, amount; // our provider_refund.id; minor units
    struct str intent;
};
struct stripe_refund {
    struct str ref; // re_...
    bool failed;
    struct str why; // when failed or refused
};
#define STRIPE_REFUND_FIELD "kontor_refund" // metadata of a refund: our provider_refund.id
// The refund of n that was made before, whatever became of the answer. Stripe may forget an
// idempotency key after 24 hours, so an old refund is looked for before it is asked for again.
MUST_USE bool stripe_refund_find(struct ctx *c, const struct stripe_refund_new *n,
                                 struct stripe_refund *out, bool *found_out);
MUST_USE bool stripe_refund_make(struct ctx *c, const struct stripe_refund_new *n,
                                 struct stripe_refund *out, enum stripe_answer *answer_out);

// The parts, for tests and fuzzers:
struct str stripe_page_form(struct ctx *c, const struct stripe_page_new *n); // the request's body
bool stripe_page_parse(struct arena *a, const struct json *v,
                       struct payment_page *out); // false: not a session
int64_t stripe_row_of(const struct json *object); // our row in its metadata, 0 when absent
