// SPDX-License-Identifier: Apache-2.0
#include "api/hooks/hooks.h"
#include "core/settings.h"
#include "flow/stripe_hook.h"
#include "port/stripe_event.h"
#include "port/stripe_signature.h"

static const char *const whys[] = {
    [STRIPE_SIGNED] = "",
    [STRIPE_UNREADABLE] = "The header Stripe-Signature is missing or broken.\n",
    [STRIPE_STALE] = "The signature is older than five minutes.\n",
    [STRIPE_FORGED] = "The signature does not fit. Is the signing secret in the settings right?\n"};

static bool answer(struct response *rs, int status, const char *text) {
    rs->status = status;
    response_type(rs, "text/plain; charset=utf-8");
    buf_put(&rs->body, str_c(text));
    return true;
}

bool hook_stripe(struct ctx *c, const struct request *rq, struct response *rs) {
    struct payment_notice e;
    struct err broken = {0};
    bool again;
    enum stripe_signature v = stripe_signature_check(
        &(struct stripe_signed){.header = request_header(rq, "Stripe-Signature"),
                                .body = rq->body,
                                .secrets = setting_text(c, "payment.stripe.webhook_secret"),
                                .now = c->now});
    if (v != STRIPE_SIGNED) return answer(rs, 400, whys[v]);
    if (!stripe_event_parse(c->arena, rq->body, &e, &broken))
        return answer(rs, 400, "This is not an event.\n");
    TRY(stripe_hook_take(c, &e, &again));
    return answer(rs, 200, again ? "Known.\n" : "Kept.\n");
}
