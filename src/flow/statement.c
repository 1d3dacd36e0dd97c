// SPDX-License-Identifier: Apache-2.0
#include "flow/statement.h"

#include <ctype.h>

#include "core/settings.h"
#include "flow/order_steps.h"
#include "mod/payment/camt.h"
#include "mod/payment/payment.h"
#include "payment_sql.h"

struct match { // what an entry is for
    int64_t order_id, payment_id;
    struct str number;
    const char *reason; // "" when it matches
};

static const char *judge(const struct camt_entry *e, const struct payable_by_reference *o) {
    if (!str_eq(o->currency, currency_str(&e->amount.cur))) return "currency";
    int64_t due = payment_due(o->total, &(struct payment_sums){.captured = o->captured});
    if (!due) return "already_paid";
    if (str_eq(o->state, S("cancelled"))) return "cancelled";
    return e->amount.minor == due ? "" : "amount_differs";
}

static bool find_order(struct ctx *c, const struct camt_entry *e, struct match *m) {
    struct camt_references refs;
    size_t hits = 0;
    *m = (struct match){.reason = "no_reference"};
    if (e->amount.minor <= 0) {
        m->reason = "debit";
        return true;
    }
    if (e->reversal) {
        m->reason = "reversal";
        return true;
    }
    camt_references(c->arena, e->remittance, &refs);
    for (size_t i = 0; i < refs.n; i++) {
        struct payable_by_reference o;
        bool found;
        TRY(payable_by_reference(&c->db, &(struct payable_by_reference_in){refs.v[i]}, &o, &found));
        if (!found && !m->order_id && camt_reference_like_ours(refs.v[i]))
            m->reason = "unknown_order";
        if (!found || o.id == m->order_id) continue;
        if (++hits > 1) {
            *m = (struct match){.reason = "several_orders"};
            return true;
        }
        *m = (struct match){o.id, o.has_payment_id ? o.payment_id : 0, o.number, judge(e, &o)};
    }
    return true;
}

static bool capture(struct ctx *c, int64_t entry_id, const struct camt_entry *e,
                    const struct match *m, enum step_verdict *out) {
    return order_capture_in_tx(
        c,
        &(struct capture_in){.order_id = m->order_id,
                             .payment_id = m->payment_id,
                             .amount = e->amount.minor,
                             .at = e->booked_at,
                             .source = arena_fmt(c->arena, "camt:%lld", (long long)entry_id),
                             .key = arena_fmt(c->arena, "camt:" STR_FMT, STR_ARG(e->key))},
        out);
}

static bool add_entry(struct ctx *c, int64_t statement_id, const struct camt_entry *e,
                      struct statement_result *r) {
    struct bank_entry_by_key there;
    struct match m;
    bool found;
    int64_t id;
    r->entries++;
    TRY(bank_entry_by_key(&c->db, &(struct bank_entry_by_key_in){e->key}, &there, &found));
    if (found) {
        r->known++;
        return true;
    }
    TRY(find_order(c, e, &m));
    bool matched = m.order_id && m.reason[0] == 0;
    TRY(bank_entry_add(&c->db,
                       &(struct bank_entry_add_in){.statement_id = statement_id,
                                                   .entry_key = e->key,
                                                   .booked_at = e->booked_at,
                                                   .currency = currency_str(&e->amount.cur),
                                                   .amount = e->amount.minor,
                                                   .party = e->party,
                                                   .party_iban = e->party_iban,
                                                   .remittance = e->remittance,
                                                   .state = matched ? S("matched") : S("open"),
                                                   .reason = str_c(m.reason),
                                                   .order_id = m.order_id,
                                                   .has_order_id = m.order_id != 0},
                       &id));
    if (!matched) {
        r->open++;
        return true;
    }
    enum step_verdict v;
    TRY(capture(c, id, e, &m, &v));
    ensure(v == STEP_OK);
    r->matched++;
    return true;
}

struct run {
    const struct statement_in *in;
    struct statement_result *out;
    const struct camt_file *file;
};

static bool add_file(struct ctx *c, void *self, bool *keep) {
    struct run *r = self;
    struct statement_by_hash there;
    struct str hash = token_hash(c->arena, r->in->bytes);
    *r->out = (struct statement_result){0};
    TRY(statement_by_hash(&c->db, &(struct statement_by_hash_in){hash}, &there, &r->out->again));
    if (r->out->again) {
        *keep = false;
        return true;
    }
    for (size_t i = 0; i < r->file->n; i++) {
        const struct camt_statement *s = &r->file->v[i];
        int64_t id;
        struct str own = i == 0 ? hash : arena_fmt(c->arena, STR_FMT "#%zu", STR_ARG(hash), i);
        TRY(statement_add(&c->db,
                          &(struct statement_add_in){.file_hash = own,
                                                     .filename = r->in->filename,
                                                     .iban = s->iban,
                                                     .statement_ref = s->ref,
                                                     .imported_at = c->now},
                          &id));
        for (size_t k = 0; k < s->n; k++) TRY(add_entry(c, id, &s->v[k], r->out));
    }
    struct str detail = arena_fmt(c->arena, "{\"entries\":%lld,\"matched\":%lld}",
                                  (long long)r->out->entries, (long long)r->out->matched);
    return audit_write(c, &(struct audit){.object = "bank_statement",
                                          .object_id = 0,
                                          .action = "payment.statement",
                                          .detail = detail});
}

static struct str bare_iban(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ') buf_char(&b, (char)toupper((unsigned char)s.p[i]));
    return buf_str(&b);
}

// What another account received pays none of the shop's orders.
static bool own_account(struct ctx *c, const struct camt_file *file) {
    struct str own = bare_iban(c->arena, setting_text(c, "payment.bank.iban"));
    for (size_t i = 0; i < file->n && own.n; i++) {
        struct str there = bare_iban(c->arena, file->v[i].iban);
        bool iban = there.n > 2 && isalpha((unsigned char)there.p[0]) &&
                    isalpha((unsigned char)there.p[1]); // else the bank's own number
        if (!iban || str_eq(there, own)) continue;
        err_set(&c->err, ERR_INVALID,
                "The statement is of the account " STR_FMT ", the shop's account is " STR_FMT
                "; nothing was read.",
                STR_ARG(there), STR_ARG(own));
        return err_hint(&c->err, "Choose the statement of the shop's account, or correct the IBAN "
                                 "in the settings.");
    }
    return true;
}

bool statement_import(struct ctx *c, const struct statement_in *in, struct statement_result *out) {
    struct camt_file file;
    TRY(camt_parse(c->arena, in->bytes, &file, &c->err));
    TRY(own_account(c, &file));
    return tx_run(c, add_file, &(struct run){in, out, &file});
}

struct assign {
    int64_t entry_id;
    struct str number;
    bool ignore;
    enum statement_verdict *out;
};

static bool refuse(const struct assign *as, enum statement_verdict v, bool *keep) {
    *as->out = v;
    *keep = false;
    return true;
}

static bool settle(struct ctx *c, const struct assign *as, const char *state, int64_t order_id) {
    TRY(bank_entry_settle(&c->db, &(struct bank_entry_settle_in){.id = as->entry_id,
                                                                 .state = str_c(state),
                                                                 .reason = S(""),
                                                                 .order_id = order_id,
                                                                 .has_order_id = order_id != 0}));
    return audit_write(c,
                       &(struct audit){.object = "bank_entry",
                                       .object_id = as->entry_id,
                                       .action = as->ignore ? "payment.ignore" : "payment.assign"});
}

static bool assign(struct ctx *c, void *self, bool *keep) {
    const struct assign *as = self;
    struct bank_entry_get b;
    struct payable_by_reference o;
    bool found;
    *as->out = STATEMENT_OK;
    TRY(bank_entry_get(&c->db, &(struct bank_entry_get_in){as->entry_id}, &b, &found));
    if (!found || !str_eq(b.state, S("open"))) return refuse(as, STATEMENT_NOT_OPEN, keep);
    if (as->ignore) return settle(c, as, "ignored", 0);
    if (b.amount <= 0) return refuse(as, STATEMENT_DEBIT, keep);
    TRY(payable_by_reference(&c->db, &(struct payable_by_reference_in){as->number}, &o, &found));
    if (!found) return refuse(as, STATEMENT_NO_ORDER, keep);
    if (!str_eq(o.currency, b.currency)) return refuse(as, STATEMENT_CURRENCY, keep);
    struct currency cur;
    ensure(currency_parse(b.currency, &cur));
    struct camt_entry e = {
        .key = b.entry_key, .amount = money(b.amount, cur), .booked_at = b.booked_at};
    struct match m = {o.id, o.has_payment_id ? o.payment_id : 0, o.number, ""};
    enum step_verdict v;
    TRY(capture(c, b.id, &e, &m, &v));
    ensure(v == STEP_OK);
    return settle(c, as, "matched", o.id);
}

bool statement_assign(struct ctx *c, int64_t entry_id, struct str number,
                      enum statement_verdict *out) {
    return tx_run(c, assign, &(struct assign){.entry_id = entry_id, .number = number, .out = out});
}

bool statement_ignore(struct ctx *c, int64_t entry_id, enum statement_verdict *out) {
    return tx_run(c, assign, &(struct assign){.entry_id = entry_id, .ignore = true, .out = out});
}
