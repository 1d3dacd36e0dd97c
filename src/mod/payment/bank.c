// SPDX-License-Identifier: Apache-2.0
#include "mod/payment/bank.h"

#include "core/settings.h"

bool bank_account(struct ctx *c, struct epc_transfer *out) {
    *out = (struct epc_transfer){.name = setting_text(c, "payment.bank.holder"),
                                 .iban = setting_text(c, "payment.bank.iban"),
                                 .bic = setting_text(c, "payment.bank.bic")};
    return !str_empty(out->iban);
}

bool bank_payload(struct ctx *c, const struct bank_order *o, struct str *payload_out) {
    struct epc_transfer t;
    struct err ignored = {0};
    struct currency cur;
    if (!bank_account(c, &t) || !currency_parse(o->currency, &cur)) return false;
    t.amount = money(o->amount, cur);
    t.reference = o->number;
    return epc_payload(c->arena, &t, payload_out, &ignored);
}

static bool offered(struct ctx *c) {
    return setting_bool(c, "payment.bank_transfer") &&
           !str_empty(setting_text(c, "payment.bank.iban"));
}

const struct payment_method payment_bank_transfer = {
    .key = "bank_transfer",
    .offered = offered,
};
