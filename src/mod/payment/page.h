// SPDX-License-Identifier: Apache-2.0
// What a provider of payments says: of a page on which an order is paid, and in a webhook. Ports
// fill these in, flows book by them.
#pragma once
#include "base/str.h"
#include "base/time.h"

enum payment_page_state {
    PAYMENT_PAGE_OPEN,
    PAYMENT_PAGE_PROCESSING, // finished by the payer, the money is on its way (SEPA debit and the
                             // like)
    PAYMENT_PAGE_PAID,
    PAYMENT_PAGE_EXPIRED,
    PAYMENT_PAGE_FAILED, // finished by the payer, but the money did not come
};
struct payment_page {
    struct str ref, url, intent; // cs_..., where to pay while open, pi_... or absent
    struct str currency;         // upper case
    enum payment_page_state state;
    int64_t amount;        // PAID: what was paid; else asked for
    int64_t row, order_id; // ours, as the provider kept them for us; 0 when absent
    instant expires_at;
    struct str why; // when it was refused, instead of all the others
};
struct payment_notice {  // a webhook; amounts and states of payments are not believed from here
    struct str id, type; // "evt_...", "checkout.session.completed"
    struct str object;   // id of the thing: cs_..., pi_..., ch_..., re_..., dp_...
    struct str session;  // cs_... when the thing is a payment page, else absent
    struct str intent;   // pi_... it belongs to, or absent
    struct str status;   // of the thing, or absent
    struct str reason;   // of a dispute, or absent
    int64_t row;         // of our stripe_session, 0 when absent
    int64_t amount, refunded; // minor units; refunded of a charge in all
};
