// SPDX-License-Identifier: Apache-2.0
// What the shop should do, said as naively as possible: arrays, no transactions, no SQL. Amounts
// are cents. The model knows stock, carts, prices, orders, money and states; it does not know how
// any of it is stored.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { GOODS = 5, SESSIONS = 3, ORDERS_MAX = 20000 };

struct model_goods {
    int64_t price, stock;
    bool counted, backorder; // counted: there is a level; stock can be short only without backorder
};
struct model_line {
    int goods; // -1: none
    int64_t quantity, unit, total, shipped, credited, credited_total;
};
struct model_order {
    struct model_line lines[GOODS];
    int n;
    int64_t shipping, total, captured, refunded,
        credited; // credited: by credit notes, freight included
    bool cancelled;
};
struct model_cart { // in the order in which goods were put in
    struct model_line lines[GOODS];
    int n;
};
struct model {
    struct model_goods goods[GOODS];
    struct model_cart carts[SESSIONS];
    struct model_order *orders; // ORDERS_MAX of them
    int order_count;
};

// Verdicts carry the numbers of the enums of mod/cart, flow/place_order and flow/order_steps.
int model_add(struct model *m, int session, int goods, int64_t quantity, bool add);
int64_t model_goods_value(const struct model *m, int session);
int64_t model_shipping(int64_t goods_value);
int model_place(struct model *m, int session, int64_t total_seen); // a new order is the last one
int model_capture(struct model_order *o, int64_t amount);
int model_ship(struct model_order *o, const int64_t *quantities, bool rest);
int model_cancel(struct model *m, struct model_order *o, bool restock);
int model_refund(struct model *m, struct model_order *o, const int64_t *quantities, int64_t amount,
                 bool restock);
struct model_states {
    const char *state, *payment, *fulfilment;
};
struct model_states model_states(const struct model_order *o);
