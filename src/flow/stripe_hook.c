// SPDX-License-Identifier: Apache-2.0
#include "flow/stripe_hook.h"

#include "flow/order_steps_private.h"
#include "flow/provider_refund.h"
#include "flow/stripe_complete.h"
#include "payment_sql.h"

#define PROVIDER S("stripe")

static void put_text(struct json_writer *w, const char *key, struct str s) {
    if (!s.p) return;
    json_key(w, key);
    json_put_str(w, s);
}

static void put_int(struct json_writer *w, const char *key, int64_t v) {
    json_key(w, key);
    json_put_int(w, v);
}

static struct str payload_of(struct arena *a, const struct payment_notice *e) {
    struct buf b = buf_new(a, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    put_text(&w, "id", e->id);
    put_text(&w, "type", e->type);
    put_text(&w, "object", e->object);
    put_text(&w, "session", e->session);
    put_text(&w, "intent", e->intent);
    put_text(&w, "status", e->status);
    put_text(&w, "reason", e->reason);
    put_int(&w, "row", e->row);
    put_int(&w, "amount", e->amount);
    put_int(&w, "refunded", e->refunded);
    json_end_object(&w);
    return buf_str(&b);
}

static struct payment_notice event_of(const struct json *v) {
    return (struct payment_notice){.id = json_text(v, "id"),
                                   .type = json_text(v, "type"),
                                   .object = json_text(v, "object"),
                                   .session = json_text(v, "session"),
                                   .intent = json_text(v, "intent"),
                                   .status = json_text(v, "status"),
                                   .reason = json_text(v, "reason"),
                                   .row = json_int(v, "row", 0),
                                   .amount = json_int(v, "amount", 0),
                                   .refunded = json_int(v, "refunded", 0)};
}

struct take {
    const struct payment_notice *e;
    bool again;
};

static bool take(struct ctx *c, void *self, bool *keep) {
    struct take *t = self;
    struct provider_event_by_id there;
    int64_t id;
    TRY(provider_event_by_id(&c->db, &(struct provider_event_by_id_in){PROVIDER, t->e->id}, &there,
                             &t->again));
    *keep = !t->again;
    if (t->again) return true;
    TRY(provider_event_add(&c->db,
                           &(struct provider_event_add_in){.provider = PROVIDER,
                                                           .event_id = t->e->id,
                                                           .type = t->e->type,
                                                           .received_at = c->now,
                                                           .outcome = S("queued")},
                           &id));
    return job_add(c, &(struct job_new){.kind = "payment.stripe_event",
                                        .payload = payload_of(c->arena, t->e),
                                        .key = t->e->id});
}

bool stripe_hook_take(struct ctx *c, const struct payment_notice *e, bool *again_out) {
    struct take t = {.e = e};
    TRY(tx_run(c, take, &t));
    *again_out = t.again;
    return true;
}

typedef bool hook_act(struct ctx *c, const struct payment_notice *e, const char **outcome_out);

static const char *const outcomes[] = {[STRIPE_PAID] = "paid",
                                       [STRIPE_PROCESSING] = "processing",
                                       [STRIPE_WAITING] = "open",
                                       [STRIPE_ENDED] = "ended",
                                       [STRIPE_NOT_OURS] = "not ours"};

static bool on_page(struct ctx *c, const struct payment_notice *e, const char **outcome_out) {
    struct stripe_session_row r;
    enum stripe_verdict v = STRIPE_NOT_OURS;
    struct str ref = e->session;
    bool found;
    if (!ref.p && e->row > 0) { // a payment intent tells which of our rows it is for
        TRY(stripe_session_get(&c->db, &(struct stripe_session_get_in){e->row}, &r, &found));
        if (found) ref = r.session_ref;
    }
    if (ref.p) TRY(stripe_complete(c, ref, &v));
    *outcome_out = outcomes[v];
    return true;
}

static bool on_refund(struct ctx *c, const struct payment_notice *e, const char **outcome_out) {
    struct provider_refund_by_provider r;
    bool found;
    *outcome_out = "noted";
    if (!str_eq(e->status, S("failed")) && !str_eq(e->status, S("canceled"))) return true;
    TRY(provider_refund_by_provider(&c->db, &(struct provider_refund_by_provider_in){e->object}, &r,
                                    &found));
    *outcome_out = found ? "refund failed" : "not ours";
    return found ? provider_refund_fail(c, r.id, e->status) : true;
}

struct note {
    const struct payment_notice *e;
    int64_t order_id;
    const char *kind;
};

static bool write_note(struct ctx *c, void *self, bool *keep) {
    const struct note *n = self;
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    (void)keep;
    json_begin_object(&w);
    put_int(&w, "amount", n->e->amount);
    put_text(&w, "text", n->e->reason);
    put_text(&w, "event", n->e->id);
    json_end_object(&w);
    return step_record(c, n->order_id, n->kind, buf_str(&b));
}

static bool note_on_order(struct ctx *c, const struct payment_notice *e, const char *kind,
                          const char **outcome_out) {
    struct payment_by_provider p;
    struct payment_sums sums;
    bool found = false;
    if (e->intent.p)
        TRY(payment_by_provider(&c->db, &(struct payment_by_provider_in){e->intent}, &p, &found));
    *outcome_out = found ? "noted" : "not ours";
    if (!found) return true;
    TRY(payment_sums(c, p.order_id, &sums));
    bool known = strcmp(kind, "refunded_at_stripe") == 0 && e->refunded <= sums.refunded;
    return known ? true : tx_run(c, write_note, &(struct note){e, p.order_id, kind});
}

static bool on_charge_refunded(struct ctx *c, const struct payment_notice *e,
                               const char **outcome_out) {
    struct payment_notice all = *e;
    all.amount = e->refunded;
    return note_on_order(c, &all, "refunded_at_stripe", outcome_out);
}

static bool on_dispute(struct ctx *c, const struct payment_notice *e, const char **outcome_out) {
    return note_on_order(c, e, "dispute", outcome_out);
}

static const struct {
    const char *prefix;
    hook_act *act;
} acts[] = {
    {"checkout.session.", on_page},
    {"payment_intent.succeeded", on_page},
    {"refund.", on_refund},
    {"charge.refund.updated", on_refund},
    {"charge.refunded", on_charge_refunded},
    {"charge.dispute.created", on_dispute},
};

struct outcome {
    struct str id;
    const char *text;
};
static bool write_outcome(struct ctx *c, void *self, bool *keep) {
    const struct outcome *o = self;
    (void)keep;
    return provider_event_set(&c->db,
                              &(struct provider_event_set_in){PROVIDER, o->id, str_c(o->text)});
}

static bool act(struct ctx *c, const struct payment_notice *e) {
    const char *outcome = "passed over";
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        if (!str_starts(e->type, str_c(acts[i].prefix))) continue;
        TRY(acts[i].act(c, e, &outcome));
        break;
    }
    return tx_run(c, write_outcome, &(struct outcome){e->id, outcome});
}

enum job_result stripe_hook_run(struct ctx *c, const struct json *payload) {
    struct payment_notice e = event_of(payload);
    return act(c, &e) ? JOB_DONE : JOB_RETRY;
}
