// SPDX-License-Identifier: Apache-2.0
#include "model.h"

#include <stddef.h>

#include "flow/order_steps.h"
#include "flow/place_order.h"

static struct model_line *line_of(struct model_cart *c, int goods) {
    for (int i = 0; i < c->n; i++)
        if (c->lines[i].goods == goods) return &c->lines[i];
    return NULL;
}

static void drop(struct model_cart *c, const struct model_line *l) {
    int at = (int)(l - c->lines);
    for (int i = at; i + 1 < c->n; i++) c->lines[i] = c->lines[i + 1];
    c->n--;
}

static int64_t available(const struct model_goods *g) {
    if (!g->counted || g->backorder) return INT64_MAX;
    return g->stock;
}

int model_add(struct model *m, int session, int goods, int64_t quantity, bool add) {
    struct model_cart *c = &m->carts[session];
    struct model_line *l = line_of(c, goods);
    if (quantity < (add ? 1 : 0) || quantity > CART_QUANTITY_MAX) return CART_BAD_QUANTITY;
    if (quantity == 0) {
        if (l) drop(c, l);
        return CART_OK;
    }
    int64_t wished = quantity + (add && l ? l->quantity : 0), there = available(&m->goods[goods]);
    if (there == 0) return CART_OUT_OF_STOCK;
    if (there > CART_QUANTITY_MAX) there = CART_QUANTITY_MAX;
    if (!l) l = &c->lines[c->n++];
    *l = (struct model_line){.goods = goods, .quantity = wished > there ? there : wished};
    return wished > there ? CART_CLIPPED : CART_OK;
}

int64_t model_goods_value(const struct model *m, int session) {
    const struct model_cart *c = &m->carts[session];
    int64_t sum = 0;
    for (int i = 0; i < c->n; i++) sum += c->lines[i].quantity * m->goods[c->lines[i].goods].price;
    return sum;
}

int64_t model_shipping(int64_t goods_value) { return goods_value >= 5000 ? 0 : 490; }

int model_place(struct model *m, int session, int64_t total_seen) {
    struct model_cart *c = &m->carts[session];
    if (c->n == 0) return PLACE_ORDER_EMPTY;
    for (int i = 0; i < c->n; i++)
        if (c->lines[i].quantity > available(&m->goods[c->lines[i].goods]))
            return PLACE_ORDER_STOCK;
    int64_t value = model_goods_value(m, session), total = value + model_shipping(value);
    if (total != total_seen) return PLACE_ORDER_PRICE;
    struct model_order *o = &m->orders[m->order_count++];
    *o = (struct model_order){.n = c->n, .shipping = model_shipping(value), .total = total};
    for (int i = 0; i < c->n; i++) {
        struct model_goods *g = &m->goods[c->lines[i].goods];
        o->lines[i] = c->lines[i];
        o->lines[i].unit = g->price;
        o->lines[i].total = g->price * c->lines[i].quantity;
        if (g->counted) g->stock -= c->lines[i].quantity;
    }
    c->n = 0;
    return PLACE_ORDER_OK;
}

int model_capture(struct model_order *o, int64_t amount) {
    if (amount <= 0) return STEP_AMOUNT;
    o->captured += amount;
    return STEP_OK;
}

static int64_t unsent(const struct model_line *l) {
    int64_t left = l->quantity - l->shipped - l->credited;
    return left > 0 ? left : 0;
}

int model_ship(struct model_order *o, const int64_t *quantities, bool rest) {
    int64_t pieces = 0;
    for (int i = 0; i < o->n; i++) pieces += rest ? unsent(&o->lines[i]) : quantities[i];
    if (o->cancelled || pieces == 0) return STEP_STATE;
    for (int i = 0; i < o->n && !rest; i++)
        if (quantities[i] > unsent(&o->lines[i])) return STEP_QUANTITY;
    for (int i = 0; i < o->n; i++)
        o->lines[i].shipped += rest ? unsent(&o->lines[i]) : quantities[i];
    return STEP_OK;
}

static void back_to_shelf(struct model *m, const struct model_line *l, int64_t quantity) {
    struct model_goods *g = &m->goods[l->goods];
    if (g->counted) g->stock += quantity;
}

int model_cancel(struct model *m, struct model_order *o, bool restock) {
    if (o->cancelled) return STEP_STATE;
    for (int i = 0; i < o->n; i++)
        if (o->lines[i].shipped > 0) return STEP_STATE;
    for (int i = 0; i < o->n; i++) {
        if (restock) back_to_shelf(m, &o->lines[i], o->lines[i].quantity - o->lines[i].credited);
        o->lines[i].credited = o->lines[i].quantity;
        o->lines[i].credited_total = o->lines[i].total;
    }
    o->credited = o->total;
    o->refunded = o->captured;
    o->cancelled = true;
    return STEP_OK;
}

// A refund of pieces is worth their price; of a reduced line never more than is left of it. The
// model leaves to the shop how an amount is shared over lines (it reads that back) and knows only
// the sums.
int model_refund(struct model *m, struct model_order *o, const int64_t *quantities, int64_t amount,
                 bool restock) {
    int64_t value = 0, held = o->captured - o->refunded;
    for (int i = 0; i < o->n; i++) {
        struct model_line *l = &o->lines[i];
        if (quantities[i] < 0 || quantities[i] > l->quantity - l->credited) return STEP_QUANTITY;
        int64_t worth = l->unit * quantities[i], left = l->total - l->credited_total;
        value += worth < left ? worth : left;
    }
    int64_t pay = amount > 0 ? amount : value;
    if (pay <= 0 || pay > held) return STEP_AMOUNT;
    int64_t left = o->total - o->credited, excess = held > left ? held - left : 0,
            more = pay > value ? pay - value : 0;
    o->credited += pay - (more < excess ? more : excess);
    o->refunded += pay;
    for (int i = 0; i < o->n; i++) {
        o->lines[i].credited += quantities[i];
        if (restock) back_to_shelf(m, &o->lines[i], quantities[i]);
    }
    return STEP_OK;
}

struct model_states model_states(const struct model_order *o) {
    struct model_states s = {"open", "pending", "open"};
    int64_t shipped = 0, to_send = 0;
    for (int i = 0; i < o->n; i++) {
        shipped += o->lines[i].shipped;
        to_send += unsent(&o->lines[i]);
    }
    if (o->captured >= o->total)
        s.payment = "paid";
    else if (o->captured > 0)
        s.payment = "part_paid";
    if (o->refunded > 0) s.payment = o->refunded >= o->captured ? "refunded" : "part_refunded";
    if (shipped > 0) s.fulfilment = to_send > 0 ? "part" : "fulfilled";
    if (o->captured >= o->total && to_send == 0) s.state = "closed";
    if (o->cancelled) s.state = "cancelled";
    return s;
}
