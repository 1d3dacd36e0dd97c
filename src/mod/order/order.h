// SPDX-License-Identifier: Apache-2.0
// Orders, credit notes and adjustments: the documents of selling. What was agreed is written once;
// afterwards only states move and events are added. Amounts paid and refunded are not here: they
// are sums of module payment's ledger.
#pragma once
#include "core/tx.h"
#include "liquid/liquid.h"
#include "order_sql.h"

struct order_full {
    struct order_get head;
    struct order_lines_rows lines;
    struct order_taxes_rows taxes;
    struct order_events_rows events;
    struct order_credit_notes_rows credits;
};
MUST_USE bool order_load(struct ctx *c, int64_t id, struct order_full *out, bool *found_out);
// What templates see as `order`: Shopify's names where they exist (name, line_items, total_price,
// tax_lines, shipping_address, fulfillment_status ...), amounts in minor units.
struct liquid_map *order_liquid(struct ctx *c, const struct order_full *o);

// The timeline. detail is a JSON object or absent; actor comes from the ctx.
MUST_USE bool order_event(struct ctx *c, int64_t order_id, const char *kind,
                          struct str detail); // in tx

// States, as verdicts of what was shipped, credited, captured and refunded. Pure.
struct order_facts {
    int64_t total, captured, refunded; // minor units; refunded positive
    int64_t ordered, shipped;          // pieces
    int64_t dropped; // credited and never shipped: these need not be sent any more
    bool cancelled;
};
struct order_states {
    const char *state, *payment_state, *fulfilment_state;
};
struct order_states order_states(const struct order_facts *f);
extern const struct module order_module;
