// SPDX-License-Identifier: Apache-2.0
#include "mod/order/order.h"

#include "core/check.h"

bool order_load(struct ctx *c, int64_t id, struct order_full *out, bool *found_out) {
    *out = (struct order_full){0};
    TRY(order_get(&c->db, &(struct order_get_in){id}, &out->head, found_out));
    if (!*found_out) return true;
    TRY(order_lines_all(&c->db, &(struct order_lines_in){id}, &out->lines));
    TRY(order_taxes_all(&c->db, &(struct order_taxes_in){id}, &out->taxes));
    TRY(order_events_all(&c->db, &(struct order_events_in){id}, &out->events));
    return order_credit_notes_all(&c->db, &(struct order_credit_notes_in){id}, &out->credits);
}

bool order_event(struct ctx *c, int64_t order_id, const char *kind, struct str detail) {
    int64_t id;
    return order_event_insert(
        &c->db,
        &(struct order_event_insert_in){.order_id = order_id,
                                        .at = c->now,
                                        .kind = str_c(kind),
                                        .actor = c->actor.name.p ? c->actor.name : S("shop"),
                                        .detail = detail.p ? detail : S("{}")},
        &id);
}

static const struct check checks[] = {
    {"order.totals", "An order's amounts do not add up.", &order_check_totals_query, NULL},
    {"order.tax", "An order's taxes do not add up.", &order_check_tax_query, NULL},
    {"order.lines", "An order has no lines.", &order_check_lines_query, NULL},
    {"order.credit", "A credit note does not add up or takes back more than was sold.",
     &order_check_credit_query, NULL},
    {"order.stock", "An order was placed without taking its stock.", &order_check_stock_query,
     NULL},
    {"order.shipped", "More was shipped than was ordered.", &order_check_shipped_query, NULL},
    {"order.events", "An order's timeline does not begin with its placing.",
     &order_check_events_query, NULL},
    {0},
};
static const struct permission perms[] = {
    {"order.read", "Bestellungen ansehen", "See orders"},
    {"order.write", "Bestellungen bearbeiten: Zahlung, Versand, Notizen",
     "Work on orders: payment, shipping, notes"},
    {"order.refund", "Stornieren und erstatten", "Cancel and refund"},
    {0},
};
static const struct event_kind events[] = {
    {"order.placed", "{id, number}: an order was placed"},
    {"order.paid", "{id}: the whole amount has come"},
    {"order.shipped", "{id, shipment}: goods left"},
    {"order.cancelled", "{id}"},
    {"order.refunded", "{id, credit_note}"},
    {0},
};
const struct module order_module = {
    .name = "order",
    .needs = (const char *const[]){"catalog", "stock", "customer", NULL},
    .queries = order_sql_queries,
    .query_count = &order_sql_query_count,
    .perms = perms,
    .events = events,
    .checks = checks,
};
