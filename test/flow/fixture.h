// SPDX-License-Identifier: Apache-2.0
// A small shop with goods of every kind, for tests of the flows: five variants, three ways to ship,
// two ways to pay. Helpers end the test when a call fails.
#pragma once
#include "core/testing.h"
#include "flow/order_steps.h"
#include "flow/place_order.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"
#include "mod/stock/stock.h"

enum {       // index into fixture.variants
    V_LAMP,  // 19,99 EUR, 19 %, 10 pieces
    V_BOOK,  // 3,33 EUR, 7 %, 5 pieces
    V_PENNY, // 1 cent, 19 %, not counted
    V_TABLE, // 50,00 EUR, 19 %, none there, may be ordered all the same
    V_TEA,   // 2,50 EUR, 7 %, without a stock level
    V_COUNT,
};
enum {
    S_PARCEL /* DE, AT; 4,90 EUR, free from 50,00 EUR */,
    S_EXPRESS /* DE; 9,90 EUR */,
    S_PICKUP /* DE; free */,
    S_COUNT
};

struct fixture {
    struct test_shop t;
    int64_t variants[V_COUNT], products[V_COUNT], methods[S_COUNT];
    int64_t keys; // drawn so far
};
extern const struct module_table fixture_modules;
extern const int64_t fixture_price[V_COUNT];
void fixture_open(struct fixture *f);
void fixture_open_with(struct fixture *f, struct module_table modules); // fixture_modules and more
void fixture_close(struct fixture *f);                       // asserts that every check is silent
struct ctx *fixture_ctx(struct fixture *f, int64_t session); // a fresh ctx of a visitor
struct str fixture_key(struct fixture *f);                   // never the same
bool fixture_ways_to_pay(struct shop *shop); // for a second shop on the same database; true

struct want {
    int v; // V_...
    int64_t quantity;
};
void fixture_put(struct fixture *f, int64_t session,
                 struct want w); // into the cart; all of it fits
// What the checkout form would send for the session's cart as it is now.
struct place_order_in fixture_checkout(struct fixture *f, int64_t session, int method);
int64_t fixture_buy(struct fixture *f, int64_t session, const struct want *w,
                    size_t n); // by parcel, bank transfer
#define BUY(f, session, ...)                                                                       \
    fixture_buy((f), (session), (const struct want[]){__VA_ARGS__},                                \
                ARRAY_LEN(((const struct want[]){__VA_ARGS__})))

int64_t fixture_stock(struct fixture *f, int v);
void fixture_count_stock(struct fixture *f, int v, int64_t on_hand);
struct order_full fixture_order(struct fixture *f, int64_t id);
struct payment_sums fixture_sums(struct fixture *f, int64_t id);
void fixture_states(struct fixture *f, int64_t id, const char *state, const char *payment,
                    const char *fulfilment);

enum step_verdict fixture_capture(struct fixture *f, int64_t order_id, int64_t amount,
                                  const char *key);
enum step_verdict fixture_ship(struct fixture *f, const struct ship_in *in);
enum step_verdict fixture_cancel(struct fixture *f, const struct cancel_in *in);
enum step_verdict fixture_refund(struct fixture *f, const struct refund_in *in);
struct str
fixture_mailed_code(struct fixture *f,
                    const char *email); // the six digits of the newest mail, after all jobs ran
