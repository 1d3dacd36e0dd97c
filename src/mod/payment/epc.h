// SPDX-License-Identifier: Apache-2.0
// The QR code with which a banking app fills in a transfer (EPC069-12 "Quick Response Code:
// Guidelines to enable data capture for the initiation of a SEPA credit transfer", version 002): at
// most 331 bytes, QR version 13, error correction M.
#pragma once
#include "base/err.h"
#include "base/money.h"

struct epc_transfer {
    struct str name;      // of the payee, at most 70 characters
    struct str iban;      // with or without blanks
    struct str bic;       // or absent
    struct money amount;  // EUR 0.01 to 999,999,999.99
    struct str reference; // unstructured remittance text, at most 140 characters
};
// The text inside the code. False with ERR_INVALID and the field.
MUST_USE bool epc_payload(struct arena *a, const struct epc_transfer *t, struct str *out,
                          struct err *err);
// The code as an SVG element (no XML declaration; takes the size of its box) or as a PNG file, with
// a quiet zone of 4 modules.
MUST_USE bool epc_qr_svg(struct arena *a, struct str payload, struct str *out, struct err *err);
MUST_USE bool epc_qr_png(struct arena *a, struct str payload, struct str *out, struct err *err);

bool iban_valid(struct str iban); // ISO 13616: form and check digits; blanks allowed
struct str iban_compact(struct arena *a, struct str iban); // without blanks, upper case
struct str iban_shown(struct arena *a, struct str iban);   // in groups of four
