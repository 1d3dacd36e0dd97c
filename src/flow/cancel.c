// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

struct cancel {
    const struct cancel_in *in;
    enum step_verdict *out;
};

static enum step_verdict judge(const struct cancel_in *in, const struct step *s) {
    if (s->cancelled || (in->only_unpaid && s->held != 0)) return STEP_STATE;
    for (size_t i = 0; i < s->o.lines.n; i++)
        if (s->o.lines.v[i].shipped > 0) return STEP_STATE;
    return STEP_OK;
}

// The credit note takes the whole order out of the books: every line that is left, and the freight,
// less what was credited.
static void collect(struct credit *cr) {
    for (size_t i = 0; i < cr->n; i++) {
        struct credit_line *l = &cr->lines[i];
        if (l->line) l->quantity = l->line->quantity - l->line->credited;
        l->amount = credit_left(l);
    }
}

static bool carry_out(struct ctx *c, const struct cancel_in *in, const struct step *s) {
    struct credit cr = {.reason = in->reason, .key = in->key};
    struct str key = arena_fmt(c->arena, "%lld", (long long)in->order_id);
    struct credit_back back = {.amount = s->held, .key = in->key};
    credit_begin(c->arena, s, &cr);
    collect(&cr);
    if (in->restock) TRY(credit_restock(c, in->order_id, &cr, "cancel"));
    TRY(credit_issue(c, s, &cr, &back.credit_note_id));
    TRY(credit_pay(c, s, &back));
    TRY(step_settle(c, in->order_id, true));
    struct str detail = step_money_json(c, "refund", back.amount);
    TRY(step_record(c, in->order_id, "cancelled", detail));
    if (in->notify)
        TRY(order_mail(
            c, &(struct order_mail){
                   .order_id = in->order_id, .kind = "cancelled", .key = key, .detail = detail}));
    return event_emit(c, "order.cancelled",
                      arena_fmt(c->arena, "{\"id\":%lld}", (long long)in->order_id), key);
}

static bool cancel(struct ctx *c, void *self, bool *keep) {
    struct cancel *k = self;
    struct step s;
    struct credit_note_by_key there;
    bool again;
    TRY(credit_note_by_key(&c->db, &(struct credit_note_by_key_in){k->in->key}, &there, &again));
    if (again) {
        *k->out = STEP_AGAIN;
        return true;
    }
    TRY(step_load(c, k->in->order_id, &s, k->out));
    if (*k->out == STEP_OK) *k->out = judge(k->in, &s);
    if (*k->out == STEP_OK) return carry_out(c, k->in, &s);
    *keep = false;
    return true;
}

bool order_cancel(struct ctx *c, const struct cancel_in *in, enum step_verdict *out) {
    return tx_run(c, cancel, &(struct cancel){in, out});
}
