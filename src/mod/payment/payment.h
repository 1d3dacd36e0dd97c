// SPDX-License-Identifier: Apache-2.0
// Money asked for and money that moved. The ledger payment_entry is append-only; what was captured
// and refunded is its sum. Ways to pay are rows of a table (payment_method); the services behind
// them are ports.
#pragma once
#include "core/tx.h"
#include "mod/payment/page.h"

struct payment_method {
    const char *key; // "bank_transfer", "stripe"; shop texts of it: shop.pay.KEY, _short, _text
    bool redirects;                 // the payer leaves the shop to pay
    bool (*offered)(struct ctx *c); // set up and switched on
    // Starts paying at a provider: gives the address to go to. NULL when nothing is to be started.
    // Implemented by a port, called outside of any transaction; may be called again for the same
    // payment and then gives the same or a fresh address.
    bool (*start)(struct ctx *c, int64_t payment_id, struct str *redirect_url_out);
    // Pays back at the provider (a job calls it; may run twice). NULL: the merchant transfers by
    // hand.
    bool (*refund)(struct ctx *c, int64_t provider_refund_id);
    // Reads a payment page back at the provider. known_out false: it has no such page. NULL without
    // pages.
    bool (*look)(struct ctx *c, struct str page_ref, struct payment_page *out, bool *known_out);
};
// The ways to pay of this process (NULL-terminated), set once at start by main out of the ports.
void payment_methods_set(struct shop *shop, const struct payment_method *const *methods);
// All of them, NULL-terminated, in the order in which they are shown.
const struct payment_method *const *payment_methods(struct shop *shop);
const struct payment_method *payment_method_find(struct shop *shop, struct str key);
bool payment_method_offered(struct ctx *c, struct str key);
// ",stripe,": the keys of those that pay back themselves, for queries of what is paid back by hand.
struct str payment_self_refunding(struct ctx *c);

struct payment_new {
    int64_t order_id, amount;
    struct str method, currency, reference;
};
MUST_USE bool payment_open(struct ctx *c, const struct payment_new *p, int64_t *id_out); // in tx

enum payment_entry_kind { PAYMENT_CAPTURE, PAYMENT_REFUND, PAYMENT_REFUND_FAILED };
struct payment_booking {
    int64_t order_id, payment_id; // payment_id 0: none
    enum payment_entry_kind kind;
    int64_t amount; // positive; booked negative for refunds
    struct str currency, source, key;
    instant at;
};
// In tx. again_out: the movement of this key is already booked; nothing changed.
MUST_USE bool payment_book(struct ctx *c, const struct payment_booking *b, bool *again_out);
struct payment_sums {
    int64_t captured, refunded; // refunded positive: refunds less failed refunds
};
MUST_USE bool payment_sums(struct ctx *c, int64_t order_id, struct payment_sums *out);
// What is still to be paid of an order's total, never below 0. Money that went back is not asked
// for again: a refund is a price taken back (a credit note) or money paid in excess.
int64_t payment_due(int64_t total, const struct payment_sums *s);
extern const struct module payment_module;
