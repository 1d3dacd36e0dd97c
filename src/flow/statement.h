// SPDX-License-Identifier: Apache-2.0
// Bank statements come in: every booked entry is kept, matched to an order by reference and amount
// and captured, or put on a list with the reason. The same file again, or the same booking in
// another file, changes nothing. One transaction a file.
#pragma once
#include "core/tx.h"

struct statement_result {
    int64_t entries, matched, open, known; // known: were here already
    bool again;                            // the whole file was
};
struct statement_in {
    struct str bytes, filename;
};
// Failure ERR_UNSUPPORTED or ERR_INVALID says what is wrong with the file, or that it is of another
// account than the shop's (setting payment.bank.iban); nothing was changed then.
MUST_USE bool statement_import(struct ctx *c, const struct statement_in *in,
                               struct statement_result *out);

enum statement_verdict {
    STATEMENT_OK,
    STATEMENT_NOT_OPEN,
    STATEMENT_NO_ORDER,
    STATEMENT_CURRENCY,
    STATEMENT_DEBIT
};
// A person assigns an open entry to an order (its whole amount is captured), or sets it aside.
MUST_USE bool statement_assign(struct ctx *c, int64_t entry_id, struct str order_number,
                               enum statement_verdict *out);
MUST_USE bool statement_ignore(struct ctx *c, int64_t entry_id, enum statement_verdict *out);
