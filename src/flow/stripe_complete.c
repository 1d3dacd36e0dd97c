// SPDX-License-Identifier: Apache-2.0
#include "flow/stripe_complete.h"

#include "core/i18n.h"
#include "flow/order_steps_private.h"
#include "flow/provider_refund.h"
#include "payment_sql.h"

#define UNSEEN       (10 * MINUTE) // for so long somebody else may tell of a page
#define PLACED_LEAST HOUR
#define BATCH        100
#define FAILURES_MAX 5 // pages that cannot be read before a sweep gives up

struct complete { // one page and what Stripe said of it
    struct stripe_session_row row;
    struct payment_page page;
    enum stripe_verdict *out;
};

// The row of a page: by its id, or, when the answer that would have told us the id was lost, by our
// own id in its metadata.
static bool find_row(struct ctx *c, const struct payment_page *p, struct stripe_session_row *out,
                     bool *found_out) {
    TRY(stripe_session_by_ref(&c->db, &(struct stripe_session_by_ref_in){p->ref}, out, found_out));
    if (*found_out || p->row == 0) return true;
    TRY(stripe_session_get(&c->db, &(struct stripe_session_get_in){p->row}, out, found_out));
    if (*found_out && (out->session_ref.p || out->order_id != p->order_id)) *found_out = false;
    return true;
}

static bool set_row(struct ctx *c, const struct complete *k, const char *state) {
    struct str intent = k->page.intent.p ? k->page.intent : k->row.payment_intent;
    return stripe_session_set(&c->db, &(struct stripe_session_set_in){.id = k->row.id,
                                                                      .state = str_c(state),
                                                                      .session_ref = k->page.ref,
                                                                      .payment_intent = intent,
                                                                      .checked_at = c->now});
}

// The payment that the money belongs to: the order's own, or one more when that has been paid by
// another intent.
static bool payment_of(struct ctx *c, const struct complete *k, struct str intent,
                       int64_t *id_out) {
    struct payment_by_provider there;
    struct payment_by_id p;
    bool found;
    TRY(payment_by_provider(&c->db, &(struct payment_by_provider_in){intent}, &there, &found));
    *id_out = found ? there.id : k->row.payment_id;
    if (found) return true;
    TRY(payment_by_id(&c->db, &(struct payment_by_id_in){k->row.payment_id}, &p, &found));
    ensure(found);
    if (p.provider_id.p)
        TRY(payment_open(c,
                         &(struct payment_new){.order_id = p.order_id,
                                               .amount = k->page.amount,
                                               .method = p.method,
                                               .currency = p.currency,
                                               .reference = k->page.ref},
                         id_out));
    return payment_set_provider(&c->db, &(struct payment_set_provider_in){*id_out, intent});
}

static bool note_other_amount(struct ctx *c, int64_t order_id, int64_t open, int64_t paid) {
    if (open == paid) return true;
    return step_record(
        c, order_id, "payment_differs",
        arena_fmt(c->arena, "{\"amount\":%lld,\"open\":%lld}", (long long)paid, (long long)open));
}

static bool capture(struct ctx *c, const struct complete *k) {
    struct step s;
    enum step_verdict v;
    int64_t payment_id;
    struct str intent = k->page.intent.p ? k->page.intent : k->page.ref;
    TRY(step_load(c, k->row.order_id, &s, &v));
    ensure(v == STEP_OK);
    TRY(payment_of(c, k, intent, &payment_id));
    TRY(order_capture_in_tx(
        c,
        &(struct capture_in){.order_id = k->row.order_id,
                             .payment_id = payment_id,
                             .amount = k->page.amount,
                             .at = c->now,
                             .source = arena_fmt(c->arena, "stripe:" STR_FMT, STR_ARG(k->page.ref)),
                             .key = arena_fmt(c->arena, "stripe:" STR_FMT, STR_ARG(intent))},
        &v));
    if (v != STEP_OK) return true; // booked before, or nothing was paid
    int64_t open = payment_due(s.o.head.total, &s.paid);
    if (s.cancelled || !open)
        return provider_pay_back(c, &(struct pay_back){k->row.order_id, payment_id, k->page.amount,
                                                       s.o.head.currency, intent});
    return note_other_amount(c, k->row.order_id, open, k->page.amount);
}

// Nothing can be booked in a currency that the order is not in; a person sees it on the timeline.
static bool note_currency(struct ctx *c, const struct complete *k) {
    struct currency cur;
    struct str text = S("?");
    if (currency_parse(k->page.currency, &cur))
        text = arena_fmt(c->arena, STR_FMT " " STR_FMT,
                         STR_ARG(money_plain(c->arena, money(k->page.amount, cur))),
                         STR_ARG(currency_str(&cur)));
    return step_record(c, k->row.order_id, "payment_currency",
                       arena_fmt(c->arena, "{\"text\":\"" STR_FMT "\"}", STR_ARG(text)));
}

static bool book_paid(struct ctx *c, const struct complete *k) {
    struct order_get h;
    bool found;
    *k->out = STRIPE_PAID;
    if (str_eq(k->row.state, S("paid"))) return true;
    TRY(order_get(&c->db, &(struct order_get_in){k->row.order_id}, &h, &found));
    ensure(found);
    TRY(str_eq(h.currency, k->page.currency) ? capture(c, k) : note_currency(c, k));
    return set_row(c, k, "paid");
}

static bool settle(struct ctx *c, void *self, bool *keep) {
    struct complete *k = self;
    bool found;
    TRY(find_row(c, &k->page, &k->row, &found));
    *k->out = STRIPE_NOT_OURS;
    *keep = found;
    if (!found) return true;
    bool known = str_eq(k->row.state, S("paid"));
    switch (k->page.state) {
    case PAYMENT_PAGE_PAID:
        return book_paid(c, k);
    case PAYMENT_PAGE_OPEN:
        *k->out = STRIPE_WAITING;
        return set_row(c, k, "open");
    case PAYMENT_PAGE_PROCESSING:
        *k->out = STRIPE_PROCESSING;
        return set_row(c, k, "processing");
    case PAYMENT_PAGE_EXPIRED:
    case PAYMENT_PAGE_FAILED:
        break;
    }
    *k->out = known ? STRIPE_PAID : STRIPE_ENDED;
    if (known) return true;
    bool failed = k->page.state == PAYMENT_PAGE_FAILED;
    if (failed && !str_eq(k->row.state, S("failed")))
        TRY(step_record(c, k->row.order_id, "payment_failed", (struct str){0}));
    return set_row(c, k, failed ? "failed" : "expired");
}

bool stripe_complete(struct ctx *c, struct str session_ref, enum stripe_verdict *out) {
    struct complete k = {.out = out};
    const struct payment_method *stripe = payment_method_find(c->shop, S("stripe"));
    bool found;
    *out = STRIPE_NOT_OURS;
    TRY(stripe_session_by_ref(&c->db, &(struct stripe_session_by_ref_in){session_ref}, &k.row,
                              &found));
    if (found && str_eq(k.row.state, S("paid"))) {
        *out = STRIPE_PAID;
        return true;
    }
    if (!stripe || !stripe->look) return true;
    TRY(stripe->look(c, session_ref, &k.page, &found));
    return found && str_eq(k.page.ref, session_ref) ? tx_run(c, settle, &k) : true;
}

struct lost { // a page of which Stripe knows nothing, or never answered
    int64_t id;
    struct str ref;
    const char *state;
};
static bool set_lost(struct ctx *c, void *self, bool *keep) {
    const struct lost *l = self;
    (void)keep;
    return stripe_session_set(&c->db, &(struct stripe_session_set_in){.id = l->id,
                                                                      .state = str_c(l->state),
                                                                      .session_ref = l->ref,
                                                                      .checked_at = c->now});
}

// A page whose address never reached us could not be shown to anybody either; a webhook still finds
// it by its metadata.
static bool look_after(struct ctx *c, const struct stripe_session_row *r) {
    enum stripe_verdict v = STRIPE_NOT_OURS;
    if (r->session_ref.p) TRY(stripe_complete(c, r->session_ref, &v));
    if (v != STRIPE_NOT_OURS) return true;
    bool over = r->expires_at < c->now;
    return tx_run(
        c, set_lost,
        &(struct lost){r->id, r->session_ref, over ? "failed" : arena_cstr(c->arena, r->state)});
}

static bool cancel_abandoned(struct ctx *c) {
    struct stripe_orders_abandoned_rows rows;
    TRY(stripe_orders_abandoned_all(
        &c->db,
        &(struct stripe_orders_abandoned_in){
            .before = c->now - PLACED_LEAST, .expired_before = c->now - UNSEEN, .limit = BATCH},
        &rows));
    for (size_t i = 0; i < rows.n; i++) {
        enum step_verdict v; // paid or shipped meanwhile: the next look finds it so
        TRY(order_cancel(c,
                         &(struct cancel_in){.order_id = rows.v[i].id,
                                             .reason = tr(c, "payment.stripe.unpaid"),
                                             .restock = true,
                                             .notify = true,
                                             .only_unpaid = true,
                                             .key = arena_fmt(c->arena, "stripe-unpaid:%lld",
                                                              (long long)rows.v[i].id)},
                         &v));
    }
    return true;
}

enum job_result stripe_sweep(struct ctx *c, const struct json *payload) {
    struct stripe_session_row_rows rows;
    (void)payload;
    if (!stripe_sessions_due_all(
            &c->db, &(struct stripe_sessions_due_in){.before = c->now - UNSEEN, .limit = BATCH},
            &rows))
        return JOB_RETRY;
    // One page that cannot be read must not keep the others waiting; several in a row are Stripe
    // itself.
    int64_t failed = 0;
    struct err first = {0};
    for (size_t i = 0; i < rows.n && failed < FAILURES_MAX; i++) {
        if (look_after(c, &rows.v[i])) continue;
        if (failed++ == 0) first = c->err;
        err_clear(&c->err);
        if (!tx_run(c, set_lost,
                    &(struct lost){rows.v[i].id, rows.v[i].session_ref,
                                   arena_cstr(c->arena, rows.v[i].state)}))
            return JOB_RETRY;
    }
    if (!cancel_abandoned(c)) return JOB_RETRY;
    c->err = first;
    return failed ? JOB_RETRY : JOB_DONE;
}
