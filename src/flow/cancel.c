// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

struct cancel {
    const struct cancel_in *in;
    enum step_verdict *out;
};

static enum step_verdict judge(const struct step *s) {
    if (s->cancelled) return STEP_STATE;
    for (size_t i = 0; i < s->o.lines.n; i++)
        if (s->o.lines.v[i].shipped > 0) return STEP_STATE;
    return STEP_OK;
}

// The credit note takes the whole order out of the books: every line that is left, and the freight, less what was credited.
static void collect(struct arena *a, const struct step *s, struct credit *cr) {
    int64_t left = s->o.head.total;
    cr->lines = ARENA_ARRAY(a, struct credit_line, s->o.lines.n + 1);
    for (size_t i = 0; i < s->o.credits.n; i++) left += s->o.credits.v[i].total;
    for (size_t i = 0; i < s->o.lines.n && left > 0; i++) {
        const struct order_lines *l = &s->o.lines.v[i];
        int64_t amount = l->total + l->credited_total, quantity = l->quantity - l->credited;
        if (amount > left) amount = left;
        if (quantity == 0 && amount == 0) continue;
        cr->lines[cr->n++] = (struct credit_line){.line = l, .quantity = quantity, .amount = amount};
        left -= amount;
    }
    if (left > 0) cr->lines[cr->n++] = (struct credit_line){.amount = left};
}

static bool carry_out(struct ctx *c, const struct cancel_in *in, const struct step *s) {
    struct credit cr = {.order_id = in->order_id, .reason = in->reason, .key = in->key};
    struct str key = arena_fmt(c->arena, "%lld", (long long)in->order_id);
    int64_t note, total, back = s->paid.captured - s->paid.refunded;
    collect(c->arena, s, &cr);
    if (in->restock) TRY(credit_restock(c, in->order_id, &cr, "cancel"));
    TRY(credit_issue(c, s, &cr, &note, &total));
    TRY(credit_pay(c, s, note, back));
    TRY(step_settle(c, in->order_id, true));
    struct str detail = step_money_json(c, "refund", back);
    TRY(step_record(c, in->order_id, "cancelled", detail));
    if (in->notify) TRY(order_mail(c, &(struct order_mail){.order_id = in->order_id, .kind = "cancelled", .key = key, .detail = detail}));
    return event_emit(c, "order.cancelled", arena_fmt(c->arena, "{\"id\":%lld}", (long long)in->order_id), key);
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
    if (*k->out == STEP_OK) *k->out = judge(&s);
    if (*k->out == STEP_OK) return carry_out(c, k->in, &s);
    *keep = false;
    return true;
}

bool order_cancel(struct ctx *c, const struct cancel_in *in, enum step_verdict *out) {
    return tx_run(c, cancel, &(struct cancel){in, out});
}
