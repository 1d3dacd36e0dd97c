// SPDX-License-Identifier: Apache-2.0
// What an order's object and its lines share.
#pragma once
#include "mod/order/order.h"
#include "shop/object/people.h"
#include "shop_sql.h"

struct order_thing {
    struct page *p;
    struct order_full full;
    struct liquid_value goods; // variants of its lines, in their order
    struct people_shipments_rows shipments;
    struct order_words_of_rows words;
    bool goods_read, shipments_read, words_read;
};
MUST_USE bool order_transactions(struct order_thing *o, struct liquid_value *out); // transaction.c
// What the buyer said with a line (0: with the order), names and texts; nil: nothing.
MUST_USE bool order_words(struct order_thing *o, int64_t line_id, struct liquid_value *out,
                          struct err *err);
struct liquid_value order_line_item(struct order_thing *o, size_t index);
MUST_USE bool order_goods(struct order_thing *o, struct liquid_value *out);
// Its product's page; nil when the product is not sold any more.
struct liquid_value order_line_url(struct order_thing *o, const struct order_lines *line);
struct liquid_value order_line_taxes(struct order_thing *o, const struct order_lines *line);
// The parcel that held it; nil: not sent yet.
MUST_USE bool order_line_fulfillment(struct order_thing *o, int64_t line_id,
                                     struct liquid_value *out);
