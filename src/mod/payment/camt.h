// SPDX-License-Identifier: Apache-2.0
// Bank statements, ISO 20022 camt.053.001.02, .04 and .08 (bank to customer statement): booked
// entries, each single transaction of a batch apart. Pure: fuzzed. Amounts are exact; pending
// entries (status other than BOOK) are left out.
#pragma once
#include "base/err.h"
#include "base/money.h"
#include "base/time.h"

struct camt_entry {
    struct str key; // identity of the booking at the bank: account, bank's reference, place in its
                    // batch; without a reference (or NONREF): account, day, amount, other side,
                    // text, which of the same
    instant booked_at;
    struct money amount;          // signed: credit positive, debit negative
    struct str party, party_iban; // who paid, or was paid
    bool reversal;                // undoes an earlier entry: a credit that is no payment of anybody
    struct str remittance; // all unstructured lines and the structured reference, joined by blanks
};
struct camt_statement {
    struct str iban, ref; // account (IBAN or the bank's own number) and statement id
    struct camt_entry *v;
    size_t n, cap;
};
struct camt_file {
    struct camt_statement *v;
    size_t n, cap;
};
// ERR_UNSUPPORTED when the file is no camt.053; ERR_INVALID with the line when it is broken.
MUST_USE bool camt_parse(struct arena *a, struct str bytes, struct camt_file *out, struct err *err);

// Order numbers that a payer may have meant: upper case, hyphens put back ("K2026 10001" and
// "K202610001" give "K2026-10001").
struct camt_references {
    struct str v[64];
    size_t n;
};
void camt_references(struct arena *a, struct str remittance, struct camt_references *out);
bool camt_reference_like_ours(struct str reference); // "K2026-10001": letters, a year, a counter
