// SPDX-License-Identifier: Apache-2.0
#include "port/pay_stripe.h"

#include "core/app.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "mod/order/link.h"
#include "port/stripe_page.h"

#define PAGE_LIFE  (45 * MINUTE) // Stripe: 30 minutes to 24 hours
#define LAST_CALL  (2 * MINUTE)  // a page that ends sooner is not worth going to
#define ROUNDS_MAX 4
#define KEY_LIFE   (23 * HOUR) // Stripe keeps idempotency keys for at least 24 hours

struct start { // one call of start
    int64_t payment_id;
    struct payment_by_id payment;
    struct order_full order;
    struct stripe_session_row row;
    bool nothing_due;
};

static bool live(const struct stripe_session_row *r) {
    return str_eq(r->state, S("asked")) || str_eq(r->state, S("open")) ||
           str_eq(r->state, S("processing"));
}

static bool due(struct ctx *c, struct start *st, int64_t *amount_out) {
    struct payment_sums sums;
    bool found;
    TRY(payment_by_id(&c->db, &(struct payment_by_id_in){st->payment_id}, &st->payment, &found));
    if (found) TRY(order_load(c, st->payment.order_id, &st->order, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such payment.");
    TRY(payment_sums(c, st->payment.order_id, &sums));
    bool cancelled = str_eq(st->order.head.state, S("cancelled"));
    *amount_out = cancelled ? 0 : payment_due(st->order.head.total, &sums);
    return true;
}

// The page that is live, or the row of a new attempt. Runs again after a conflict.
static bool begin(struct ctx *c, void *self, bool *keep) {
    struct start *st = self;
    struct stripe_session_row newest;
    int64_t amount = 0, id;
    bool found;
    TRY(due(c, st, &amount));
    TRY(stripe_session_newest(&c->db, &(struct stripe_session_newest_in){st->payment_id}, &newest,
                              &found));
    st->nothing_due = amount <= 0;
    st->row = newest;
    *keep = !st->nothing_due && !(found && live(&newest));
    if (!*keep) return true;
    int64_t expires = (c->now + PAGE_LIFE) / SECOND * SECOND;
    TRY(stripe_session_add(
        &c->db,
        &(struct stripe_session_add_in){.payment_id = st->payment_id,
                                        .order_id = st->payment.order_id,
                                        .attempt = found ? newest.attempt + 1 : 1,
                                        .amount = amount,
                                        .created_at = c->now,
                                        .expires_at = expires},
        &id));
    return stripe_session_get(&c->db, &(struct stripe_session_get_in){id}, &st->row, &found);
}

static bool write_answer(struct ctx *c, void *self, bool *keep) {
    const struct start *st = self;
    (void)keep;
    return stripe_session_answered(
        &c->db, &(struct stripe_session_answered_in){.id = st->row.id,
                                                     .session_ref = st->row.session_ref,
                                                     .url = st->row.url,
                                                     .expires_at = st->row.expires_at});
}

static bool write_state(struct ctx *c, void *self, bool *keep) {
    const struct stripe_session_row *r = self;
    (void)keep;
    return stripe_session_set(&c->db,
                              &(struct stripe_session_set_in){.id = r->id,
                                                              .state = r->state,
                                                              .session_ref = r->session_ref,
                                                              .payment_intent = r->payment_intent,
                                                              .checked_at = c->now});
}

static bool drop(struct ctx *c, struct stripe_session_row *r, struct str state) {
    r->state = state;
    return tx_run(c, write_state, r);
}

// Asks Stripe for the page of the row; asked again after a lost answer, the same page comes.
static bool ask(struct ctx *c, struct start *st, struct str *url_out) {
    struct payment_page page;
    enum stripe_answer answer;
    TRY(stripe_page_make(c, &(struct stripe_page_new){&st->order, &st->row}, &page, &answer));
    if (answer != STRIPE_YES) {
        bool stale = st->row.created_at < c->now; // asked before, and it may only be too old by now
        TRY(drop(c, &st->row, S("failed")));
        if (stale) return true;
        err_set(&c->err, ERR_NET, STR_FMT, STR_ARG(tr(c, "payment.stripe.refused")));
        err_hint(&c->err, STR_FMT, STR_ARG(tr(c, "payment.stripe.refused.hint")));
        return err_detail(&c->err, STR_FMT, STR_ARG(page.why));
    }
    st->row.session_ref = page.ref;
    st->row.url = page.url;
    if (page.expires_at > 0) st->row.expires_at = page.expires_at;
    TRY(tx_run(c, write_answer, st));
    *url_out = page.state == PAYMENT_PAGE_OPEN ? page.url : (struct str){0};
    return true;
}

static struct str return_url(struct ctx *c, const struct stripe_session_row *r) {
    struct str path = order_link_path(c, r->order_id);
    return url_absolute(c, arena_fmt(c->arena, STR_FMT "/return?session_id=" STR_FMT, STR_ARG(path),
                                     STR_ARG(r->session_ref)));
}

// The page is known. Still open and long enough: that one. Else it is closed, after which another
// may be made.
static bool look(struct ctx *c, struct start *st, struct str *url_out) {
    struct payment_page page;
    enum stripe_answer answer;
    TRY(stripe_page_read(c, st->row.session_ref, &page, &answer));
    if (answer != STRIPE_YES)
        return drop(c, &st->row, S("failed")); // it belongs to another account, of another key
    bool open = page.state == PAYMENT_PAGE_OPEN;
    if (open && st->row.expires_at > c->now + LAST_CALL && st->row.url.p) {
        *url_out = st->row.url;
        return true;
    }
    if (page.state == PAYMENT_PAGE_EXPIRED) return drop(c, &st->row, S("expired"));
    if (page.state == PAYMENT_PAGE_FAILED) return drop(c, &st->row, S("failed"));
    if (!open) {
        *url_out = return_url(c, &st->row);
        return true;
    }
    TRY(stripe_page_close(c, st->row.session_ref, &answer));
    return answer == STRIPE_YES ? drop(c, &st->row, S("expired"))
                                : true; // NO: paid this very moment; look again
}

static bool start(struct ctx *c, int64_t payment_id, struct str *redirect_url_out) {
    struct start st = {.payment_id = payment_id};
    *redirect_url_out = (struct str){0};
    for (int round = 0; round < ROUNDS_MAX; round++) {
        TRY(tx_run(c, begin, &st));
        if (st.nothing_due) return true;
        TRY(st.row.session_ref.p ? look(c, &st, redirect_url_out) : ask(c, &st, redirect_url_out));
        if (redirect_url_out->p) return true;
    }
    err_set(&c->err, ERR_NET, STR_FMT, STR_ARG(tr(c, "payment.stripe.refused")));
    return err_hint(&c->err, STR_FMT, STR_ARG(tr(c, "payment.stripe.refused.hint")));
}

struct outcome { // of a refund
    int64_t id;
    struct str ref, why;
};

static bool write_refund(struct ctx *c, void *self, bool *keep) {
    const struct outcome *o = self;
    (void)keep;
    return provider_refund_set(
        &c->db, &(struct provider_refund_set_in){.id = o->id,
                                                 .state = o->why.p ? S("failed") : S("done"),
                                                 .provider_id = o->ref,
                                                 .error = o->why});
}

// Asked for again after a lost answer, Stripe knows the request by its key for a day; after that
// the refund is looked for.
static bool ask_refund(struct ctx *c, const struct provider_refund_get *r,
                       struct stripe_refund *out, enum stripe_answer *answer_out) {
    struct stripe_refund_new n = {r->id, r->amount, r->provider_id};
    bool found = false;
    if (c->now - r->created_at > KEY_LIFE) TRY(stripe_refund_find(c, &n, out, &found));
    *answer_out = STRIPE_YES;
    return found || stripe_refund_make(c, &n, out, answer_out);
}

static bool refund(struct ctx *c, int64_t id) {
    struct provider_refund_get r;
    struct stripe_refund done = {0};
    enum stripe_answer answer = STRIPE_NO;
    bool found;
    TRY(provider_refund_get(&c->db, &(struct provider_refund_get_in){id}, &r, &found));
    if (!found || !str_eq(r.state, S("asked"))) return true;
    if (r.provider_id.p)
        TRY(ask_refund(c, &r, &done, &answer));
    else
        done.why = S("The money did not come through Stripe. Pay it back the way it came.");
    bool failed = answer != STRIPE_YES || done.failed;
    struct outcome o = {id, done.ref, failed ? done.why : (struct str){0}};
    return tx_run(c, write_refund, &o);
}

static bool look_up(struct ctx *c, struct str ref, struct payment_page *out, bool *known_out) {
    enum stripe_answer answer;
    TRY(stripe_page_read(c, ref, out, &answer));
    *known_out = answer == STRIPE_YES;
    return true;
}

static bool offered(struct ctx *c) {
    return !str_empty(str_trim(setting_text(c, "payment.stripe.secret")));
}

const struct payment_method payment_stripe = {
    .key = "stripe",
    .redirects = true,
    .offered = offered,
    .start = start,
    .refund = refund,
    .look = look_up,
};

const struct module stripe_port = {
    .name = "stripe",
    .needs = (const char *const[]){"order", "payment", NULL},
};
