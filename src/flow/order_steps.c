// SPDX-License-Identifier: Apache-2.0
#include "flow/order_steps.h"

#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

bool step_load(struct ctx *c, int64_t order_id, struct step *s, enum step_verdict *out) {
    bool found;
    *s = (struct step){0};
    *out = STEP_OK;
    TRY(order_load(c, order_id, &s->o, &found));
    if (!found) {
        *out = STEP_NOT_FOUND;
        return true;
    }
    s->cancelled = str_eq(s->o.head.state, S("cancelled"));
    TRY(payment_sums(c, order_id, &s->paid));
    s->held = s->paid.captured - s->paid.refunded;
    s->left = s->o.head.total;
    for (size_t i = 0; i < s->o.credits.n; i++) s->left += s->o.credits.v[i].total;
    return order_credited_freight_all(&c->db, &(struct order_credited_freight_in){order_id},
                                      &s->freight_credited);
}

int64_t step_unsent(const struct order_lines *l) {
    int64_t left = l->quantity - l->shipped - l->credited;
    return left > 0 ? left : 0;
}

bool step_settle(struct ctx *c, int64_t order_id, bool cancelled) {
    struct step s;
    enum step_verdict v;
    TRY(step_load(c, order_id, &s, &v));
    struct order_facts f = {.total = s.o.head.total,
                            .captured = s.paid.captured,
                            .refunded = s.paid.refunded,
                            .cancelled = cancelled};
    for (size_t i = 0; i < s.o.lines.n; i++) {
        f.ordered += s.o.lines.v[i].quantity;
        f.shipped += s.o.lines.v[i].shipped;
        f.dropped +=
            s.o.lines.v[i].quantity - s.o.lines.v[i].shipped - step_unsent(&s.o.lines.v[i]);
    }
    struct order_states st = order_states(&f);
    return order_set_states(
        &c->db, &(struct order_set_states_in){.id = order_id,
                                              .state = str_c(st.state),
                                              .payment_state = str_c(st.payment_state),
                                              .fulfilment_state = str_c(st.fulfilment_state)});
}

bool step_record(struct ctx *c, int64_t order_id, const char *kind, struct str detail) {
    TRY(order_event(c, order_id, kind, detail));
    return audit_write(c, &(struct audit){.object = "order",
                                          .object_id = order_id,
                                          .action = arena_fmt(c->arena, "order.%s", kind).p,
                                          .detail = detail});
}

struct str step_money_json(struct ctx *c, const char *name, int64_t minor) {
    return arena_fmt(c->arena, "{\"%s\":%lld}", name, (long long)minor);
}

const struct order_lines *step_line_find(const struct step *s, int64_t order_line_id) {
    for (size_t i = 0; i < s->o.lines.n; i++)
        if (s->o.lines.v[i].id == order_line_id) return &s->o.lines.v[i];
    return NULL;
}

bool step_lines_distinct(const struct step_line *lines, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (lines[i].order_line_id == lines[k].order_line_id) return false;
    return true;
}

struct note {
    int64_t order_id;
    struct str text;
};
static bool write_note(struct ctx *c, void *self, bool *keep) {
    const struct note *n = self;
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    (void)keep;
    json_begin_object(&w);
    json_key(&w, "text");
    json_put_str(&w, n->text);
    json_end_object(&w);
    return step_record(c, n->order_id, "note", buf_str(&b));
}
bool order_note(struct ctx *c, int64_t order_id, struct str text) {
    return tx_run(c, write_note, &(struct note){order_id, text});
}
