// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"
#include "payment_sql.h"

struct refund {
    const struct refund_in *in;
    enum step_verdict *out;
};

// Value of the pieces taken back: the share of the line's total, so that the last piece takes what
// is left to the cent.
static int64_t line_value(const struct credit_line *e, int64_t quantity) {
    const struct order_lines *l = e->line;
    int64_t before = muldiv(l->total, l->credited, l->quantity, ROUND_HALF_UP);
    int64_t value = muldiv(l->total, l->credited + quantity, l->quantity, ROUND_HALF_UP) - before;
    return value < credit_left(e)
               ? value
               : credit_left(e); // a price reduction granted before is not paid back again
}

static struct credit_line *entry_of(struct credit *cr, int64_t order_line_id) {
    for (size_t i = 0; i < cr->freight; i++)
        if (cr->lines[i].line->id == order_line_id) return &cr->lines[i];
    return NULL;
}

static enum step_verdict collect(const struct refund_in *in, struct credit *cr) {
    if (!step_lines_distinct(in->lines, in->n)) return STEP_QUANTITY;
    for (size_t i = 0; i < in->n; i++) {
        struct credit_line *e = entry_of(cr, in->lines[i].order_line_id);
        int64_t q = in->lines[i].quantity;
        if (!e || q < 0 || q > e->line->quantity - e->line->credited) return STEP_QUANTITY;
        if (q == 0) continue;
        e->quantity = q;
        e->amount = line_value(e, q);
    }
    return STEP_OK;
}

// Less than the lines' value is paid back: the rest is kept from them in proportion.
static void keep_back(struct ctx *c, struct credit *cr, int64_t amount) {
    int64_t *weights = ARENA_ARRAY(c->arena, int64_t, cr->n);
    struct money *shares = ARENA_ARRAY(c->arena, struct money, cr->n);
    for (size_t i = 0; i < cr->n; i++) weights[i] = cr->lines[i].amount;
    money_allocate(money(amount, shop_currency(c)), weights, cr->n, shares);
    for (size_t i = 0; i < cr->n; i++) cr->lines[i].amount = shares[i].minor;
}

// More than the lines' value is paid back: what was paid in excess of the order first (no
// document), then freight when goods came back, then a reduction of all that is left.
static void add_more(struct ctx *c, const struct step *s, struct credit *cr, int64_t more) {
    int64_t excess = s->held > s->left ? s->held - s->left : 0;
    more -= more < excess ? more : excess;
    if (credit_sum(cr) > 0) more = credit_spread(c, cr, cr->freight, more);
    more = credit_spread(c, cr, 0, more);
    ensure(more == 0);
}

static enum step_verdict judge(struct ctx *c, const struct refund_in *in, const struct step *s,
                               struct credit *cr, int64_t *pay_out) {
    if (in->amount < 0 || in->amount > MONEY_MAX) return STEP_AMOUNT;
    enum step_verdict v = collect(in, cr);
    if (v != STEP_OK) return v;
    int64_t value = credit_sum(cr);
    *pay_out = in->amount > 0 ? in->amount : value;
    if (*pay_out <= 0 || *pay_out > s->held) return STEP_AMOUNT;
    if (*pay_out < value) keep_back(c, cr, *pay_out);
    if (*pay_out > value) add_more(c, s, cr, *pay_out - value);
    return STEP_OK;
}

// Pieces that came back are written down even when their value was paid back before.
static bool has_document(const struct credit *cr) {
    for (size_t i = 0; i < cr->n; i++)
        if (cr->lines[i].quantity > 0 || cr->lines[i].amount > 0) return true;
    return false;
}

static bool carry_out(struct ctx *c, const struct refund_in *in, const struct step *s,
                      struct credit *cr, int64_t pay) {
    struct credit_back back = {.amount = pay, .key = in->key};
    if (has_document(cr)) TRY(credit_issue(c, s, cr, &back.credit_note_id));
    struct str detail = arena_fmt(c->arena, "{\"amount\":%lld,\"credit_note\":%lld}",
                                  (long long)pay, (long long)back.credit_note_id);
    TRY(credit_pay(c, s, &back));
    if (in->restock) TRY(credit_restock(c, in->order_id, cr, "return"));
    TRY(step_settle(c, in->order_id, s->cancelled));
    TRY(step_record(c, in->order_id, "refunded", detail));
    if (in->notify)
        TRY(order_mail(c, &(struct order_mail){.order_id = in->order_id,
                                               .kind = "refunded",
                                               .key = in->key,
                                               .detail = detail}));
    return event_emit(c, "order.refunded",
                      arena_fmt(c->arena, "{\"id\":%lld,\"credit_note\":%lld}",
                                (long long)in->order_id, (long long)back.credit_note_id),
                      in->key);
}

static bool carried_out(struct ctx *c, struct str key, bool *again_out) {
    struct credit_note_by_key note;
    struct payment_entry_by_key entry;
    TRY(credit_note_by_key(&c->db, &(struct credit_note_by_key_in){key}, &note, again_out));
    if (*again_out) return true;
    return payment_entry_by_key(&c->db,
                                &(struct payment_entry_by_key_in){credit_excess_key(c->arena, key)},
                                &entry, again_out);
}

static bool refund(struct ctx *c, void *self, bool *keep) {
    struct refund *k = self;
    struct step s;
    struct credit cr = {.reason = k->in->reason, .key = k->in->key};
    int64_t pay = 0;
    bool again;
    *k->out = STEP_AGAIN;
    TRY(carried_out(c, k->in->key, &again));
    if (!again) TRY(step_load(c, k->in->order_id, &s, k->out));
    if (*k->out == STEP_OK) {
        credit_begin(c->arena, &s, &cr);
        *k->out = judge(c, k->in, &s, &cr, &pay);
        if (*k->out == STEP_OK) return carry_out(c, k->in, &s, &cr, pay);
    }
    *keep = false;
    return true;
}

bool order_refund(struct ctx *c, const struct refund_in *in, enum step_verdict *out) {
    return tx_run(c, refund, &(struct refund){in, out});
}
