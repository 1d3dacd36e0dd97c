// SPDX-License-Identifier: Apache-2.0
#include "mod/order/order.h"

static const char *payment_state(const struct order_facts *f) {
    if (f->refunded > 0) return f->refunded >= f->captured ? "refunded" : "part_refunded";
    if (f->captured >= f->total) return "paid";
    return f->captured > 0 ? "part_paid" : "pending";
}

static const char *fulfilment_state(const struct order_facts *f) {
    if (f->shipped == 0) return "open";
    return f->shipped + f->dropped >= f->ordered ? "fulfilled" : "part";
}

struct order_states order_states(const struct order_facts *f) {
    struct order_states s = {"open", payment_state(f), fulfilment_state(f)};
    bool settled = f->captured >= f->total, sent = f->shipped + f->dropped >= f->ordered;
    if (f->cancelled)
        s.state = "cancelled";
    else if (settled && sent)
        s.state = "closed"; // also when everything was credited before it was sent
    return s;
}
