// SPDX-License-Identifier: Apache-2.0
// Credit notes and the way back of money and goods, shared by cancel and refund.
#include "flow/order_steps_private.h"
#include "mod/stock/stock.h"
#include "payment_sql.h"

#define BY_HAND "bank_transfer" // the way back of money that came through no payment

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

// A way that money goes back: what a payment still holds.
struct source {
    int64_t payment_id; // 0: not opened yet
    struct str method;
    int64_t held;
    int64_t amount; // of this payback
};
struct sources {
    struct source *v;
    size_t n;
};

// The first part has the step's own key, by which a repetition is known.
static struct str part_key(struct arena *a, const struct credit_back *p, size_t part) {
    struct str key = p->credit_note_id ? arena_fmt(a, "refund:%lld", (long long)p->credit_note_id)
                                       : credit_excess_key(a, p->key);
    return part ? arena_fmt(a, STR_FMT ":%zu", STR_ARG(key), part + 1) : key;
}

static bool book(struct ctx *c, const struct step *s, const struct credit_back *p,
                 const struct source *from, size_t part) {
    bool again;
    TRY(payment_book(c,
                     &(struct payment_booking){
                         .order_id = s->o.head.id,
                         .payment_id = from->payment_id,
                         .kind = PAYMENT_REFUND,
                         .amount = from->amount,
                         .currency = s->o.head.currency,
                         .source = p->credit_note_id ? arena_fmt(c->arena, "credit_note:%lld",
                                                                 (long long)p->credit_note_id)
                                                     : S("excess"),
                         .key = part_key(c->arena, p, part)},
                     &again));
    ensure(!again);
    return true;
}

static bool by_hand(struct ctx *c, struct str method) {
    const struct payment_method *m = payment_method_find(c->shop, method);
    return m && !m->refund;
}

// Money that is of no payment (a transfer for an order meant for Stripe, cash) goes back by hand.
static bool sources_load(struct ctx *c, const struct step *s, struct sources *out) {
    struct payment_held_rows rows = {0};
    struct source *hand = NULL;
    int64_t loose = s->held;
    TRY(payment_held_all(&c->db, &(struct payment_held_in){s->o.head.id}, &rows));
    out->v = ARENA_ARRAY(c->arena, struct source, rows.n + 1);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        out->v[i] = (struct source){rows.v[i].id, rows.v[i].method, rows.v[i].held, 0};
        loose -= rows.v[i].held;
        if (!hand && by_hand(c, rows.v[i].method)) hand = &out->v[i];
    }
    if (loose <= 0) return true;
    if (!hand) {
        hand = &out->v[out->n++];
        *hand = (struct source){.method = S(BY_HAND)};
    }
    hand->held += loose;
    return true;
}

// The one with most goes first, so that a refund touches few of them.
static struct source *most_of(const struct sources *all) {
    struct source *most = NULL;
    for (size_t i = 0; i < all->n; i++)
        if (!most || all->v[i].held > most->held) most = &all->v[i];
    ensure(most && most->held > 0); // never more goes back than is held
    return most;
}

static bool pay_part(struct ctx *c, const struct step *s, const struct credit_back *back,
                     struct source *from, size_t part) {
    const struct order_get *h = &s->o.head;
    const struct payment_method *m = payment_method_find(c->shop, from->method);
    int64_t id;
    if (m && !from->payment_id)
        TRY(payment_open(c,
                         &(struct payment_new){.order_id = h->id,
                                               .amount = from->held,
                                               .method = from->method,
                                               .currency = h->currency,
                                               .reference = arena_fmt(c->arena, STR_FMT ":" BY_HAND,
                                                                      STR_ARG(h->number))},
                         &from->payment_id));
    TRY(book(c, s, back, from, part));
    if (!m) return true;
    TRY(provider_refund_add(
        &c->db,
        &(struct provider_refund_add_in){.payment_id = from->payment_id,
                                         .credit_note_id = back->credit_note_id,
                                         .has_credit_note_id = back->credit_note_id != 0,
                                         .amount = from->amount,
                                         .created_at = c->now},
        &id));
    if (!m->refund) return true; // the desk lists it to be transferred
    return job_add(
        c, &(struct job_new){.kind = "payment.refund",
                             .payload = arena_fmt(c->arena, "{\"refund\":%lld}", (long long)id),
                             .key = arena_fmt(c->arena, "%lld", (long long)id)});
}

bool credit_pay(struct ctx *c, const struct step *s, const struct credit_back *back) {
    struct sources from;
    int64_t left = back->amount;
    if (left == 0) return true;
    TRY(sources_load(c, s, &from));
    for (size_t part = 0; left > 0; part++) {
        struct source *most = most_of(&from);
        most->amount = most->held < left ? most->held : left;
        TRY(pay_part(c, s, back, most, part));
        left -= most->amount;
        most->held = 0;
    }
    return true;
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
