// SPDX-License-Identifier: Apache-2.0
// A shop that is paid through Stripe's stand-in, with one order that waits for its money; and what
// payer, Stripe and browser do.
#pragma once
#include "payment_sql.h"
#include "peer.h"

#define SECRET "whsec_new"
#define TOTAL  2489 // one lamp and its parcel
struct till {       // a shop with Stripe, and one order to be paid there
    struct fixture f;
    struct peer *peer;
    int64_t order;
    struct str path; // "/orders/1/KEY"
    struct str page; // that go_pay came to last
};
struct hook { // a webhook of the stand-in: what is in it, as JSON fields
    const char *id, *type, *fields;
    const char *secret; // NULL: the right one
    instant age;
};
int till_start(void **state); // of a group: the stand-in
int till_stop(void **state);
struct json tell(struct till *t, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void wait_for(struct till *t, instant by);
void open_till(struct till *t, void **state);
void close_till(struct till *t);
void next_order(struct till *t); // another one, in the same shop
struct test_response get(struct till *t, const char *rest);
struct str page_ref(struct str url);
struct str go_pay(struct till *t);
void pays(struct till *t, struct str ref);
void comes_back(struct till *t, struct str ref);
int deliver(struct till *t, struct str body, struct str header);
struct json signed_hook(struct till *t, const struct hook *h);
int send_hook(struct till *t, const struct hook *h);
const char *about(struct till *t, struct str ref);
int hook_completed(struct till *t, const char *id, struct str ref);
size_t entries(struct till *t);
bool happened(struct till *t, const char *kind);
size_t mails_with(struct till *t, const char *subject);
void is_paid_once(struct till *t);
size_t asked(struct till *t, const char *what, const char *status);
