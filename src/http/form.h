// SPDX-License-Identifier: Apache-2.0
// Forms as data: what each field is, checked once, filled into a plain struct. A form that does not
// hold is shown again with what was typed and a message at each field (status 422).
#pragma once
#include "base/money.h"
#include "http/http.h"

enum form_type {
    FORM_TEXT,      // struct str, trimmed, inner control characters refused
    FORM_MULTILINE, // struct str, CRLF becomes LF
    FORM_EMAIL,     // struct str: one addr-spec of RFC 5321 size, lower-cased domain
    FORM_INT,       // int64_t, min..max
    FORM_MONEY,     // int64_t minor units of the shop's currency; "12,34" and "12.34"
    FORM_DECIMAL,   // int64_t millionths
    FORM_BOOL,      // bool: checkbox
    FORM_CHOICE,    // struct str out of choices
    FORM_PASSWORD,  // struct str, not trimmed, never shown again
    FORM_DATE,      // instant, "2026-11-22", UTC midnight
};
enum form_flag { FORM_REQUIRED = 1 };
struct form_field {
    const char *name;
    enum form_type type;
    unsigned flags;
    size_t offset;
    int64_t min,
        max; // length in code points for texts (max 0: 200), value for numbers (both 0: any >= 0)
    const char *const *choices; // NULL-terminated, for FORM_CHOICE
};
struct form {
    const char *name;
    const struct form_field *fields;
    size_t n, size; // size of the struct filled
};
struct form_error {
    const char *field;
    const char *key; // message key: form.required .too_short .too_long .text .email .number .range
                     // .choice .date
};
struct form_errors {
    struct form_error *v;
    size_t n, cap;
};
// Fills out (zeroed first) from the request's form fields; the errors' count is 0 when all holds.
// Unknown fields are ignored, a field sent twice keeps the first. A text that was not sent is
// {NULL, 0}. A number without value that is not required is 0. Amounts: "1.234,56" and "1,234.56"
// are understood; "1.234" is refused when the currency has two digits, not guessed.
void form_read(const struct form *f, const struct request *rq, struct currency cur, void *out,
               struct form_errors *errors);
void form_fail(struct arena *a, struct form_errors *errors, const char *field,
               const char *key); // from a handler's own check
const char *form_error_of(const struct form_errors *e, const char *field); // key or NULL
// As an address is kept and compared: trimmed, ASCII letters small.
struct str email_key(struct arena *a, struct str s);
bool email_valid(
    struct str s); // ASCII dot-atom @ at least two labels; an IDN domain must come as xn--
