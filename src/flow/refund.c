// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

struct refund {
    const struct refund_in *in;
    enum step_verdict *out;
};

// Value of the pieces taken back: the share of the line's total, so that the last piece takes what is left to the cent.
static int64_t line_value(const struct order_lines *l, int64_t quantity) {
    int64_t before = muldiv(l->total, l->credited, l->quantity, ROUND_HALF_UP);
    return muldiv(l->total, l->credited + quantity, l->quantity, ROUND_HALF_UP) - before;
}

static enum step_verdict collect(struct arena *a, const struct refund_in *in, const struct step *s, struct credit *cr) {
    cr->lines = ARENA_ARRAY(a, struct credit_line, in->n + 1);
    if (!step_lines_distinct(in->lines, in->n)) return STEP_QUANTITY;
    for (size_t i = 0; i < in->n; i++) {
        const struct order_lines *l = step_line_find(s, in->lines[i].order_line_id);
        int64_t q = in->lines[i].quantity;
        if (!l || q < 0 || q > l->quantity - l->credited) return STEP_QUANTITY;
        if (q > 0) cr->lines[cr->n++] = (struct credit_line){.line = l, .quantity = q, .amount = line_value(l, q)};
    }
    return STEP_OK;
}

// An amount other than the lines' value: more is freight or goodwill, less is kept back from the lines in proportion.
static void fit_amount(struct arena *a, struct currency cur, struct credit *cr, int64_t amount) {
    int64_t value = 0;
    for (size_t i = 0; i < cr->n; i++) value += cr->lines[i].amount;
    if (amount > value || cr->n == 0) {
        cr->lines[cr->n++] = (struct credit_line){.amount = amount - value};
        return;
    }
    int64_t *weights = ARENA_ARRAY(a, int64_t, cr->n);
    struct money *shares = ARENA_ARRAY(a, struct money, cr->n);
    for (size_t i = 0; i < cr->n; i++) weights[i] = cr->lines[i].amount;
    if (value == 0) return;
    money_allocate(money(amount, cur), weights, cr->n, shares);
    for (size_t i = 0; i < cr->n; i++) cr->lines[i].amount = shares[i].minor;
}

static int64_t sum_of(const struct credit *cr) {
    int64_t sum = 0;
    for (size_t i = 0; i < cr->n; i++) sum += cr->lines[i].amount;
    return sum;
}

static enum step_verdict judge(struct ctx *c, const struct refund_in *in, const struct step *s, struct credit *cr) {
    struct currency cur;
    ensure(currency_parse(s->o.head.currency, &cur));
    if (in->amount < 0 || in->amount > MONEY_MAX) return STEP_AMOUNT;
    enum step_verdict v = collect(c->arena, in, s, cr);
    if (v != STEP_OK) return v;
    if (in->amount > 0 && in->amount != sum_of(cr)) fit_amount(c->arena, cur, cr, in->amount);
    int64_t sum = sum_of(cr);
    return sum > 0 && sum <= s->paid.captured - s->paid.refunded ? STEP_OK : STEP_AMOUNT;
}

static bool carry_out(struct ctx *c, const struct refund_in *in, const struct step *s, struct credit *cr) {
    int64_t note, total;
    TRY(credit_issue(c, s, cr, &note, &total));
    TRY(credit_pay(c, s, note, total));
    if (in->restock) TRY(credit_restock(c, in->order_id, cr, "return"));
    TRY(step_settle(c, in->order_id, s->cancelled));
    struct str key = arena_fmt(c->arena, "%lld", (long long)note), detail = step_money_json(c, "amount", total);
    TRY(step_record(c, in->order_id, "refunded", detail));
    if (in->notify) TRY(order_mail(c, &(struct order_mail){.order_id = in->order_id, .kind = "refunded", .key = key, .detail = detail}));
    return event_emit(c, "order.refunded", arena_fmt(c->arena, "{\"id\":%lld,\"credit_note\":%lld}", (long long)in->order_id,
                                                     (long long)note), key);
}

static bool refund(struct ctx *c, void *self, bool *keep) {
    struct refund *k = self;
    struct step s;
    struct credit_note_by_key there;
    bool again;
    TRY(credit_note_by_key(&c->db, &(struct credit_note_by_key_in){k->in->key}, &there, &again));
    if (again) {
        *k->out = STEP_AGAIN;
        return true;
    }
    TRY(step_load(c, k->in->order_id, &s, k->out));
    struct credit cr = {.order_id = k->in->order_id, .reason = k->in->reason, .key = k->in->key};
    if (*k->out == STEP_OK) *k->out = judge(c, k->in, &s, &cr);
    if (*k->out == STEP_OK) return carry_out(c, k->in, &s, &cr);
    *keep = false;
    return true;
}

bool order_refund(struct ctx *c, const struct refund_in *in, enum step_verdict *out) {
    return tx_run(c, refund, &(struct refund){in, out});
}
