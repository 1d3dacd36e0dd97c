// SPDX-License-Identifier: Apache-2.0
#include "flow/order_mail.h"
#include "flow/order_steps_private.h"

struct ship {
    const struct ship_in *in;
    enum step_verdict *out;
};

// What to send: the lines asked for, or everything that is left.
static struct step_line *wanted(struct arena *a, const struct ship_in *in, const struct step *s,
                                size_t *n_out) {
    struct step_line *v = ARENA_ARRAY(a, struct step_line, in->n + s->o.lines.n);
    *n_out = 0;
    for (size_t i = 0; i < in->n; i++)
        if (in->lines[i].quantity != 0) v[(*n_out)++] = in->lines[i];
    if (in->n > 0) return v;
    for (size_t i = 0; i < s->o.lines.n; i++) {
        const struct order_lines *l = &s->o.lines.v[i];
        int64_t left = step_unsent(l);
        if (left > 0) v[(*n_out)++] = (struct step_line){l->id, left};
    }
    return v;
}

static enum step_verdict judge(const struct step *s, const struct step_line *lines, size_t n) {
    if (s->cancelled || n == 0) return STEP_STATE;
    if (!step_lines_distinct(lines, n)) return STEP_QUANTITY;
    for (size_t i = 0; i < n; i++) {
        const struct order_lines *l = step_line_find(s, lines[i].order_line_id);
        if (!l || lines[i].quantity < 0 || lines[i].quantity > step_unsent(l)) return STEP_QUANTITY;
    }
    return STEP_OK;
}

static struct str detail_of(struct ctx *c, const struct ship_in *in, int64_t shipment_id) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "shipment");
    json_put_int(&w, shipment_id);
    json_key(&w, "carrier");
    json_put_str(&w, in->carrier);
    json_key(&w, "tracking");
    json_put_str(&w, in->tracking);
    json_key(&w, "tracking_url");
    json_put_str(&w, in->tracking_url);
    json_end_object(&w);
    return buf_str(&b);
}

static bool write_shipment(struct ctx *c, const struct ship_in *in, const struct step_line *lines,
                           size_t n) {
    int64_t id;
    TRY(shipment_add(&c->db,
                     &(struct shipment_add_in){.order_id = in->order_id,
                                               .carrier = in->carrier,
                                               .tracking = in->tracking,
                                               .tracking_url = in->tracking_url,
                                               .ship_key = in->key,
                                               .shipped_at = c->now},
                     &id));
    for (size_t i = 0; i < n; i++)
        TRY(shipment_line_add(
            &c->db, &(struct shipment_line_add_in){.shipment_id = id,
                                                   .order_line_id = lines[i].order_line_id,
                                                   .quantity = lines[i].quantity}));
    struct str detail = detail_of(c, in, id), key = arena_fmt(c->arena, "%lld", (long long)id);
    TRY(step_settle(c, in->order_id, false));
    TRY(step_record(c, in->order_id, "shipped", detail));
    if (in->notify)
        TRY(order_mail(
            c, &(struct order_mail){
                   .order_id = in->order_id, .kind = "shipped", .key = key, .detail = detail}));
    return event_emit(c, "order.shipped",
                      arena_fmt(c->arena, "{\"id\":%lld,\"shipment\":%lld}",
                                (long long)in->order_id, (long long)id),
                      key);
}

static bool ship(struct ctx *c, void *self, bool *keep) {
    struct ship *k = self;
    struct step s;
    struct shipment_by_key there;
    bool again;
    TRY(shipment_by_key(&c->db, &(struct shipment_by_key_in){k->in->key}, &there, &again));
    if (again) {
        *k->out = STEP_AGAIN;
        return true;
    }
    TRY(step_load(c, k->in->order_id, &s, k->out));
    if (*k->out == STEP_OK) {
        size_t n;
        const struct step_line *lines = wanted(c->arena, k->in, &s, &n);
        *k->out = judge(&s, lines, n);
        if (*k->out == STEP_OK) return write_shipment(c, k->in, lines, n);
    }
    *keep = false;
    return true;
}

bool order_ship(struct ctx *c, const struct ship_in *in, enum step_verdict *out) {
    struct ship_in whole = *in;
    if (!whole.carrier.p) whole.carrier = S("");
    if (!whole.tracking.p) whole.tracking = S("");
    if (!whole.tracking_url.p) whole.tracking_url = S("");
    return tx_run(c, ship, &(struct ship){&whole, out});
}
