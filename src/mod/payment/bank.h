// SPDX-License-Identifier: Apache-2.0
// Bank transfer: the shop's account (settings payment.bank.*), what a payer needs to know, and the
// method's row.
#pragma once
#include "mod/payment/epc.h"
#include "mod/payment/payment.h"

extern const struct payment_method payment_bank_transfer;
struct bank_order { // what is to be transferred for an order
    struct str number, currency;
    int64_t amount; // still open, minor units
};
// holder, iban, iban_shown, bic as texts; false when no account is set.
bool bank_account(struct ctx *c, struct epc_transfer *out);
// The payload of the QR code for an order; false when there can be none (no account, not EUR).
bool bank_payload(struct ctx *c, const struct bank_order *o, struct str *payload_out);
