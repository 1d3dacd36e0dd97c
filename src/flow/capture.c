// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

static bool tell_paid(struct ctx *c, int64_t order_id, int64_t amount) {
    struct str key = arena_fmt(c->arena, "%lld", (long long)order_id);
    struct str payload = arena_fmt(c->arena, "{\"id\":%lld}", (long long)order_id);
    TRY(order_mail(c, &(struct order_mail){.order_id = order_id,
                                           .kind = "payment_received",
                                           .key = key,
                                           .detail = step_money_json(c, "amount", amount)}));
    return event_emit(c, "order.paid", payload, key);
}

bool order_capture_in_tx(struct ctx *c, const struct capture_in *in, enum step_verdict *out) {
    struct step s;
    bool again;
    TRY(step_load(c, in->order_id, &s, out));
    if (*out != STEP_OK) return true;
    if (in->amount <= 0 || in->amount > MONEY_MAX) {
        *out = STEP_AMOUNT;
        return true;
    }
    TRY(payment_book(c,
                     &(struct payment_booking){.order_id = in->order_id,
                                               .payment_id = in->payment_id,
                                               .kind = PAYMENT_CAPTURE,
                                               .amount = in->amount,
                                               .currency = s.o.head.currency,
                                               .source = in->source,
                                               .key = in->key,
                                               .at = in->at},
                     &again));
    if (again) {
        *out = STEP_AGAIN;
        return true;
    }
    bool was_paid = s.paid.captured >= s.o.head.total;
    TRY(step_settle(c, in->order_id, s.cancelled));
    TRY(step_record(c, in->order_id, "captured",
                    arena_fmt(c->arena, "{\"amount\":%lld,\"source\":\"" STR_FMT "\"}",
                              (long long)in->amount, STR_ARG(in->source))));
    if (!was_paid && !s.cancelled && s.paid.captured + in->amount >= s.o.head.total)
        TRY(tell_paid(c, in->order_id, in->amount));
    return true;
}

struct capture {
    const struct capture_in *in;
    enum step_verdict *out;
};
static bool capture(struct ctx *c, void *self, bool *keep) {
    struct capture *k = self;
    TRY(order_capture_in_tx(c, k->in, k->out));
    *keep = *k->out == STEP_OK;
    return true;
}
bool order_capture(struct ctx *c, const struct capture_in *in, enum step_verdict *out) {
    return tx_run(c, capture, &(struct capture){in, out});
}
