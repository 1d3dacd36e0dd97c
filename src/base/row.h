// SPDX-License-Identifier: Apache-2.0
// Field descriptors: what a struct holds, told once, as data. mksql generates one row_type for each
// query's row and input; the database drivers, Liquid, JSON, CSV, audit diffs, GDPR export and
// erasure all read it instead of naming columns again.
#pragma once
#include "base/arena.h"

enum field_type { // C type of the field at its offset
    FIELD_INT,    // int64_t; ids, counts
    FIELD_BOOL,   // bool
    FIELD_MONEY,  // int64_t minor units; the currency is in the row's field of type FIELD_CURRENCY,
                  // else the shop's
    FIELD_CURRENCY, // struct str, ISO 4217
    FIELD_RATE,     // int64_t millionths (19 % = 190000)
    FIELD_DECIMAL,  // int64_t millionths (base/decimal.h)
    FIELD_TIME,     // instant
    FIELD_TEXT,     // struct str, plain text: escaped when shown
    FIELD_HTML,     // struct str, trusted HTML: not escaped
    FIELD_JSON,     // struct str, a JSON document
    FIELD_BLOB,     // struct str, bytes
};
enum field_flag {
    FIELD_NULLABLE = 1, // has_offset names a bool: false when SQL NULL (texts use {NULL,0} instead)
    FIELD_PERSONAL = 2,     // personal data: GDPR export and erasure, never logged
    FIELD_TRANSLATABLE = 4, // may have rows in the translation table
    FIELD_SECRET = 8,       // never shown, exported or audited in clear
    FIELD_OPTIONAL = 16, // an optional query clause: bound and active when its has_ bool is true
};
struct field {
    const char *name;
    uint8_t type;        // enum field_type
    uint8_t flags;       // enum field_flag, or-ed
    uint16_t offset;     // of the value in the struct
    uint16_t has_offset; // of its bool, when NULLABLE (non-text) or OPTIONAL; else 0
};
struct row_type {
    const char *name;
    size_t size;
    const struct field *fields;
    size_t n;
};
const struct field *row_field(const struct row_type *t, struct str name); // NULL when absent
