// SPDX-License-Identifier: Apache-2.0
// A failure: why a call that should have worked did not (disk, database, network, input that is not
// what it claims). The person is told message (a key of core/i18n with the plain English sentence
// as fallback) and hint; detail is for the log and never shown to a visitor. Refusals of the
// business are not failures: they are verdict enums.
#pragma once
#include "base/arena.h"

enum err_code {
    ERR_NONE,
    ERR_INVALID, // input is not well-formed
    ERR_NOT_FOUND,
    ERR_FORBIDDEN,
    ERR_CONFLICT,  // a constraint of the database refused the write
    ERR_BUSY,      // serialisation failure or lock; the transaction may be run again
    ERR_UNCERTAIN, // a commit was sent and its outcome is unknown
    ERR_FULL,      // disk full or a named limit reached
    ERR_IO,        // disk, file
    ERR_DB,        // any other database failure
    ERR_NET,       // a peer did not answer, or not as agreed
    ERR_TOO_LARGE,
    ERR_UNSUPPORTED,
};
struct err {
    enum err_code code;
    char message[256]; // one sentence for the person at the other end
    char field[64];    // the form field or column it is about, or ""
    char hint[256];    // what to do, or ""
    char detail[512];  // for the log
};
// Fills e and returns false, so that a function can end in `return err_set(...)`. The first failure
// wins: a filled e is kept, so that the cause is not hidden by its consequences.
PRINTF_LIKE(3, 4) bool err_set(struct err *e, enum err_code code, const char *message, ...);
PRINTF_LIKE(2, 3) bool err_hint(struct err *e, const char *hint, ...);     // returns false
PRINTF_LIKE(2, 3) bool err_detail(struct err *e, const char *detail, ...); // returns false
bool err_field(struct err *e, const char *field);                          // returns false
void err_clear(struct err *e);
int err_http_status(enum err_code code); // 400, 404, 403, 409, 503 ...
