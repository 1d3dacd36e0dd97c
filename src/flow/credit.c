// SPDX-License-Identifier: Apache-2.0
// Credit notes and the way back of money and goods, shared by cancel and refund.
#include "flow/order_steps_private.h"
#include "mod/stock/stock.h"
#include "payment_sql.h"

// Tax contained in what is paid back. Lines take their own rate; freight and goodwill take the order's rates in proportion.
static void fill_tax(const struct step *s, struct credit *cr) {
    for (size_t i = 0; i < cr->n; i++) {
        struct credit_line *l = &cr->lines[i];
        bool whole = l->line && l->amount == l->line->total && l->line->credited == 0;
        if (whole) l->tax = l->line->tax;
        else if (l->line) l->tax = muldiv(l->amount, l->line->tax_rate, RATE_ONE + l->line->tax_rate, ROUND_HALF_UP);
        else if (s->o.head.total > 0) l->tax = muldiv(l->amount, s->o.head.tax, s->o.head.total, ROUND_HALF_UP);
    }
}

static bool write_line(struct ctx *c, int64_t note_id, const struct credit_line *l) {
    const struct order_lines *o = l->line;
    return credit_note_line_insert(&c->db, &(struct credit_note_line_insert_in){
        .credit_note_id = note_id, .order_line_id = o ? o->id : 0, .has_order_line_id = o != NULL,
        .variant_id = o ? o->variant_id : 0, .has_variant_id = o && o->has_variant_id, .sku = o ? o->sku : S(""),
        .title = o ? o->title : S(""), .quantity = l->quantity, .total = -l->amount,
        .tax_rate = o ? o->tax_rate : 0, .tax = -l->tax});
}

bool credit_issue(struct ctx *c, const struct step *s, struct credit *cr, int64_t *id_out, int64_t *total_out) {
    const struct order_get *h = &s->o.head;
    struct str number;
    int64_t total = 0, tax = 0;
    fill_tax(s, cr);
    for (size_t i = 0; i < cr->n; i++) total += cr->lines[i].amount, tax += cr->lines[i].tax;
    TRY(number_next(c, "credit_note", &number));
    TRY(credit_note_insert(&c->db, &(struct credit_note_insert_in){
        .number = number, .order_id = h->id, .has_order_id = true, .customer_id = h->customer_id,
        .has_customer_id = h->has_customer_id, .issued_at = c->now, .currency = h->currency, .total = -total, .tax = -tax,
        .reason = cr->reason.p ? cr->reason : S(""), .refund_key = cr->key, .has_refund_key = true}, id_out));
    for (size_t i = 0; i < cr->n; i++) TRY(write_line(c, *id_out, &cr->lines[i]));
    *total_out = total;
    return true;
}

bool credit_pay(struct ctx *c, const struct step *s, int64_t note_id, int64_t amount) {
    struct payment_of_order p;
    bool found, again;
    if (amount == 0) return true;
    TRY(payment_of_order(&c->db, &(struct payment_of_order_in){s->o.head.id}, &p, &found));
    TRY(payment_book(c, &(struct payment_booking){
        .order_id = s->o.head.id, .payment_id = found ? p.id : 0, .kind = PAYMENT_REFUND, .amount = amount,
        .currency = s->o.head.currency, .source = arena_fmt(c->arena, "credit_note:%lld", (long long)note_id),
        .key = arena_fmt(c->arena, "refund:%lld", (long long)note_id)}, &again));
    ensure(!again);
    const struct payment_method *m = found ? payment_method_find(c->shop, p.method) : NULL;
    if (!m) return true;
    int64_t refund_id;
    TRY(provider_refund_add(&c->db, &(struct provider_refund_add_in){
        .payment_id = p.id, .credit_note_id = note_id, .amount = amount, .created_at = c->now}, &refund_id));
    if (!m->refund) return true; // the desk lists it to be transferred
    return job_add(c, &(struct job_new){.kind = "payment.refund",
        .payload = arena_fmt(c->arena, "{\"refund\":%lld}", (long long)refund_id),
        .key = arena_fmt(c->arena, "%lld", (long long)refund_id)});
}

bool credit_restock(struct ctx *c, int64_t order_id, const struct credit *cr, const char *reason) {
    for (size_t i = 0; i < cr->n; i++) {
        const struct credit_line *l = &cr->lines[i];
        enum stock_verdict v;
        int64_t left;
        if (!l->line || !l->line->has_variant_id || l->quantity == 0) continue;
        TRY(stock_move(c, &(struct stock_move){l->line->variant_id, l->quantity, reason, "order", order_id}, &v, &left));
    }
    return true;
}
