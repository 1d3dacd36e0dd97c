// SPDX-License-Identifier: Apache-2.0
// Credit notes and the way back of money and goods, shared by cancel and refund.
#include "flow/order_steps_private.h"
#include "mod/stock/stock.h"
#include "payment_sql.h"

static struct credit_line of_line(const struct order_lines *l) {
    return (struct credit_line){.line = l,
                                .rate = l->tax_rate,
                                .gross = l->total,
                                .gross_tax = l->tax,
                                .before = -l->credited_total,
                                .before_tax = -l->credited_tax};
}

// The freight of one rate is what the order's tax table holds beyond its lines.
static struct credit_line of_freight(const struct step *s, const struct order_taxes *t) {
    struct credit_line f = {.rate = t->rate, .gross = t->gross, .gross_tax = t->tax};
    for (size_t i = 0; i < s->o.lines.n; i++) {
        if (s->o.lines.v[i].tax_rate != t->rate) continue;
        f.gross -= s->o.lines.v[i].total;
        f.gross_tax -= s->o.lines.v[i].tax;
    }
    for (size_t i = 0; i < s->freight_credited.n; i++) {
        if (s->freight_credited.v[i].tax_rate != t->rate) continue;
        f.before = -s->freight_credited.v[i].total;
        f.before_tax = -s->freight_credited.v[i].tax;
    }
    return f;
}

void credit_begin(struct arena *a, const struct step *s, struct credit *cr) {
    cr->lines = ARENA_ARRAY(a, struct credit_line, s->o.lines.n + s->o.taxes.n);
    cr->n = 0;
    for (size_t i = 0; i < s->o.lines.n; i++) cr->lines[cr->n++] = of_line(&s->o.lines.v[i]);
    cr->freight = cr->n;
    for (size_t i = 0; i < s->o.taxes.n; i++) cr->lines[cr->n++] = of_freight(s, &s->o.taxes.v[i]);
}

int64_t credit_left(const struct credit_line *l) {
    int64_t left = l->gross - l->before - l->amount;
    return left > 0 ? left : 0;
}

int64_t credit_sum(const struct credit *cr) {
    int64_t sum = 0;
    for (size_t i = 0; i < cr->n; i++) sum += cr->lines[i].amount;
    return sum;
}

int64_t credit_spread(struct ctx *c, struct credit *cr, size_t from, int64_t amount) {
    size_t n = cr->n - from;
    int64_t *weights = ARENA_ARRAY(c->arena, int64_t, n), all = 0;
    struct money *shares = ARENA_ARRAY(c->arena, struct money, n);
    for (size_t i = 0; i < n; i++) all += weights[i] = credit_left(&cr->lines[from + i]);
    int64_t part = amount < all ? amount : all;
    if (part <= 0) return amount;
    money_allocate(money(part, shop_currency(c)), weights, n, shares);
    for (size_t i = 0; i < n; i++) cr->lines[from + i].amount += shares[i].minor;
    return amount - part;
}

static void fill_tax(struct credit_line *l) {
    if (l->gross > 0)
        l->tax =
            muldiv(l->gross_tax, l->before + l->amount, l->gross, ROUND_HALF_UP) - l->before_tax;
}

static bool write_line(struct ctx *c, int64_t note_id, const struct credit_line *l) {
    const struct order_lines *o = l->line;
    if (l->quantity == 0 && l->amount == 0) return true;
    return credit_note_line_insert(
        &c->db, &(struct credit_note_line_insert_in){.credit_note_id = note_id,
                                                     .order_line_id = o ? o->id : 0,
                                                     .has_order_line_id = o != NULL,
                                                     .variant_id = o ? o->variant_id : 0,
                                                     .has_variant_id = o && o->has_variant_id,
                                                     .sku = o ? o->sku : S(""),
                                                     .title = o ? o->title : S(""),
                                                     .quantity = l->quantity,
                                                     .total = -l->amount,
                                                     .tax_rate = l->rate,
                                                     .tax = -l->tax});
}

bool credit_issue(struct ctx *c, const struct step *s, struct credit *cr, int64_t *id_out) {
    const struct order_get *h = &s->o.head;
    struct str number;
    int64_t tax = 0;
    for (size_t i = 0; i < cr->n; i++) {
        fill_tax(&cr->lines[i]);
        tax += cr->lines[i].tax;
    }
    TRY(number_next(c, "credit_note", &number));
    TRY(credit_note_insert(
        &c->db,
        &(struct credit_note_insert_in){.number = number,
                                        .order_id = h->id,
                                        .has_order_id = true,
                                        .customer_id = h->customer_id,
                                        .has_customer_id = h->has_customer_id,
                                        .issued_at = c->now,
                                        .currency = h->currency,
                                        .total = -credit_sum(cr),
                                        .tax = -tax,
                                        .reason = cr->reason.p ? cr->reason : S(""),
                                        .refund_key = cr->key,
                                        .has_refund_key = true},
        id_out));
    for (size_t i = 0; i < cr->n; i++) TRY(write_line(c, *id_out, &cr->lines[i]));
    return true;
}

struct str credit_excess_key(struct arena *a, struct str step_key) {
    return arena_fmt(a, "excess:" STR_FMT, STR_ARG(step_key));
}

static bool book(struct ctx *c, const struct step *s, const struct credit_back *p,
                 int64_t payment_id) {
    struct str note = arena_fmt(c->arena, "%lld", (long long)p->credit_note_id);
    bool again;
    TRY(payment_book(
        c,
        &(struct payment_booking){
            .order_id = s->o.head.id,
            .payment_id = payment_id,
            .kind = PAYMENT_REFUND,
            .amount = p->amount,
            .currency = s->o.head.currency,
            .source = p->credit_note_id ? arena_fmt(c->arena, "credit_note:" STR_FMT, STR_ARG(note))
                                        : S("excess"),
            .key = p->credit_note_id ? arena_fmt(c->arena, "refund:" STR_FMT, STR_ARG(note))
                                     : credit_excess_key(c->arena, p->key)},
        &again));
    ensure(!again);
    return true;
}

bool credit_pay(struct ctx *c, const struct step *s, const struct credit_back *back) {
    struct payment_of_order p;
    bool found;
    if (back->amount == 0) return true;
    TRY(payment_of_order(&c->db, &(struct payment_of_order_in){s->o.head.id}, &p, &found));
    TRY(book(c, s, back, found ? p.id : 0));
    const struct payment_method *m = found ? payment_method_find(c->shop, p.method) : NULL;
    if (!m) return true;
    int64_t refund_id;
    TRY(provider_refund_add(
        &c->db,
        &(struct provider_refund_add_in){.payment_id = p.id,
                                         .credit_note_id = back->credit_note_id,
                                         .has_credit_note_id = back->credit_note_id != 0,
                                         .amount = back->amount,
                                         .created_at = c->now},
        &refund_id));
    if (!m->refund) return true; // the desk lists it to be transferred
    return job_add(c, &(struct job_new){
                          .kind = "payment.refund",
                          .payload = arena_fmt(c->arena, "{\"refund\":%lld}", (long long)refund_id),
                          .key = arena_fmt(c->arena, "%lld", (long long)refund_id)});
}

// In the order of variants, as place_order takes them.
bool credit_restock(struct ctx *c, int64_t order_id, const struct credit *cr, const char *reason) {
    for (int64_t last = 0;;) {
        const struct credit_line *next = NULL;
        for (size_t i = 0; i < cr->freight; i++) {
            const struct credit_line *l = &cr->lines[i];
            if (!l->line->has_variant_id || l->quantity == 0 || l->line->variant_id <= last)
                continue;
            if (!next || l->line->variant_id < next->line->variant_id) next = l;
        }
        if (!next) return true;
        enum stock_verdict v; // short: the variant is not counted
        int64_t left, quantity = 0;
        last = next->line->variant_id;
        for (size_t i = 0; i < cr->freight; i++)
            if (cr->lines[i].line->has_variant_id && cr->lines[i].line->variant_id == last)
                quantity += cr->lines[i].quantity;
        TRY(stock_move(c, &(struct stock_move){last, quantity, reason, "order", order_id}, &v,
                       &left));
    }
}
