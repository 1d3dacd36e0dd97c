// SPDX-License-Identifier: Apache-2.0
#include "flow/provider_refund.h"

#include "flow/order_steps_private.h"
#include "payment_sql.h"

bool provider_pay_back(struct ctx *c, const struct pay_back *p) {
    bool again;
    int64_t id;
    TRY(payment_book(
        c,
        &(struct payment_booking){.order_id = p->order_id,
                                  .payment_id = p->payment_id,
                                  .kind = PAYMENT_REFUND,
                                  .amount = p->amount,
                                  .currency = p->currency,
                                  .source = S("pay_back"),
                                  .key = arena_fmt(c->arena, "pay_back:" STR_FMT, STR_ARG(p->key))},
        &again));
    if (again) return true;
    TRY(provider_refund_add(&c->db,
                            &(struct provider_refund_add_in){.payment_id = p->payment_id,
                                                             .amount = p->amount,
                                                             .created_at = c->now},
                            &id));
    TRY(job_add(
        c, &(struct job_new){.kind = "payment.refund",
                             .payload = arena_fmt(c->arena, "{\"refund\":%lld}", (long long)id),
                             .key = arena_fmt(c->arena, "%lld", (long long)id)}));
    struct step s;
    enum step_verdict v;
    TRY(step_load(c, p->order_id, &s, &v));
    ensure(v == STEP_OK);
    TRY(step_settle(c, p->order_id, s.cancelled));
    return step_record(c, p->order_id, "paid_back", step_money_json(c, "amount", p->amount));
}

struct fail {
    int64_t id;
    struct str why;
};

static struct str fail_json(struct ctx *c, int64_t amount, struct str why) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "amount");
    json_put_int(&w, amount);
    json_key(&w, "text");
    json_put_str(&w, why);
    json_end_object(&w);
    return buf_str(&b);
}

static bool book_failure(struct ctx *c, void *self, bool *keep) {
    const struct fail *f = self;
    struct provider_refund_get r;
    struct step s;
    enum step_verdict v;
    bool found, again;
    TRY(provider_refund_get(&c->db, &(struct provider_refund_get_in){f->id}, &r, &found));
    *keep = found;
    if (!found) return true;
    TRY(payment_book(c,
                     &(struct payment_booking){
                         .order_id = r.order_id,
                         .payment_id = r.payment_id,
                         .kind = PAYMENT_REFUND_FAILED,
                         .amount = r.amount,
                         .currency = r.currency,
                         .source = arena_fmt(c->arena, "refund:%lld", (long long)f->id),
                         .key = arena_fmt(c->arena, "refund_failed:%lld", (long long)f->id)},
                     &again));
    if (again) return true;
    TRY(provider_refund_set(&c->db,
                            &(struct provider_refund_set_in){.id = f->id,
                                                             .state = S("failed"),
                                                             .provider_id = r.refund_provider_id,
                                                             .error = f->why}));
    TRY(step_load(c, r.order_id, &s, &v));
    ensure(v == STEP_OK);
    TRY(step_settle(c, r.order_id, s.cancelled));
    return step_record(c, r.order_id, "refund_failed", fail_json(c, r.amount, f->why));
}

bool provider_refund_fail(struct ctx *c, int64_t refund_id, struct str why) {
    return tx_run(c, book_failure, &(struct fail){refund_id, why.p ? why : S("")});
}

static bool carry_out(struct ctx *c, int64_t id) {
    struct provider_refund_get r;
    bool found;
    TRY(provider_refund_get(&c->db, &(struct provider_refund_get_in){id}, &r, &found));
    const struct payment_method *m = found ? payment_method_find(c->shop, r.method) : NULL;
    if (!m || !m->refund) return true; // by hand: the desk lists it
    TRY(m->refund(c, id));
    TRY(provider_refund_get(&c->db, &(struct provider_refund_get_in){id}, &r, &found));
    return str_eq(r.state, S("failed")) ? provider_refund_fail(c, id, r.error) : true;
}

enum job_result provider_refund_run(struct ctx *c, const struct json *payload) {
    return carry_out(c, json_int(payload, "refund", 0)) ? JOB_DONE : JOB_RETRY;
}

struct transfer {
    int64_t id;
    bool *found_out, *again_out;
};

// What a provider refused was taken back in the ledger; now it is paid back after all. Not when the
// order holds no such money any more: then it went back another way.
static bool book_transfer(struct ctx *c, int64_t id, const struct provider_refund_get *r,
                          bool *again_out) {
    struct step s;
    enum step_verdict v;
    TRY(step_load(c, r->order_id, &s, &v));
    ensure(v == STEP_OK);
    *again_out = s.held - s.left < r->amount;
    if (*again_out) return true;
    TRY(payment_book(
        c,
        &(struct payment_booking){.order_id = r->order_id,
                                  .payment_id = r->payment_id,
                                  .kind = PAYMENT_REFUND,
                                  .amount = r->amount,
                                  .currency = r->currency,
                                  .source = arena_fmt(c->arena, "refund:%lld", (long long)id),
                                  .key = arena_fmt(c->arena, "transferred:%lld", (long long)id)},
        again_out));
    return step_settle(c, r->order_id, s.cancelled);
}

static bool mark(struct ctx *c, void *self, bool *keep) {
    struct transfer *t = self;
    struct provider_refund_get r;
    TRY(provider_refund_get(&c->db, &(struct provider_refund_get_in){t->id}, &r, t->found_out));
    const struct payment_method *m = *t->found_out ? payment_method_find(c->shop, r.method) : NULL;
    if (m && m->refund && !r.error.p) *t->found_out = false; // the provider's own job does this one
    bool failed = *t->found_out && str_eq(r.state, S("failed"));
    *t->again_out = *t->found_out && !failed && !str_eq(r.state, S("asked"));
    if (failed) TRY(book_transfer(c, t->id, &r, t->again_out));
    if (!*t->found_out || *t->again_out) {
        *keep = false;
        return true;
    }
    TRY(provider_refund_set(&c->db,
                            &(struct provider_refund_set_in){.id = t->id,
                                                             .state = S("done"),
                                                             .provider_id = r.refund_provider_id,
                                                             .error = r.error}));
    return step_record(c, r.order_id, "transferred", step_money_json(c, "amount", r.amount));
}

bool refund_transferred(struct ctx *c, int64_t provider_refund_id, bool *found_out,
                        bool *again_out) {
    return tx_run(c, mark, &(struct transfer){provider_refund_id, found_out, again_out});
}
