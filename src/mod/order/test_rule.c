// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "mod/order/order.h"

static const struct {
    struct order_facts f;
    const char *state, *payment, *fulfilment;
} table[] = {
    // total, captured, refunded; ordered, shipped, dropped; cancelled
    {{1000, 0, 0, 3, 0, 0, false}, "open", "pending", "open"},
    {{1000, 1, 0, 3, 0, 0, false}, "open", "part_paid", "open"},
    {{1000, 999, 0, 3, 3, 0, false}, "open", "part_paid", "fulfilled"},
    {{1000, 1000, 0, 3, 0, 0, false}, "open", "paid", "open"},
    {{1000, 1200, 0, 3, 1, 0, false}, "open", "paid", "part"},
    {{1000, 1000, 0, 3, 3, 0, false}, "closed", "paid", "fulfilled"},
    {{1000, 1000, 300, 3, 2, 1, false}, "closed", "part_refunded", "fulfilled"},
    {{1000, 1000, 300, 3, 2, 0, false}, "open", "part_refunded", "part"},
    {{1000, 1000, 1000, 3, 0, 3, false},
     "closed",
     "refunded",
     "open"}, // nothing was sent, nothing needs to be
    {{1000, 1000, 1000, 3, 3, 0, false}, "closed", "refunded", "fulfilled"},
    {{1000, 0, 0, 3, 0, 3, true}, "cancelled", "pending", "open"},
    {{1000, 1000, 1000, 3, 0, 3, true}, "cancelled", "refunded", "open"},
    {{1000, 400, 400, 3, 0, 3, true}, "cancelled", "refunded", "open"},
    {{0, 0, 0, 1, 0, 0, false}, "open", "paid", "open"}, // a gift: nothing is to be paid
    {{0, 0, 0, 1, 1, 0, false}, "closed", "paid", "fulfilled"},
};

static void test_table(void **state) {
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct order_states s = order_states(&table[i].f);
        if (strcmp(s.state, table[i].state) || strcmp(s.payment_state, table[i].payment) ||
            strcmp(s.fulfilment_state, table[i].fulfilment))
            fail_msg("row %zu: %s, %s, %s", i, s.state, s.payment_state, s.fulfilment_state);
    }
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};
int main(void) { return TEST_GROUP(tests); }
