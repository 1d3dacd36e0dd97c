// SPDX-License-Identifier: Apache-2.0
// CSV (RFC 4180) as a stream, over libcsv. Reading is fed pieces of any size and calls back once a
// row; a leading UTF-8 byte order mark is dropped; line numbers are those where the row begins in
// the file. Writing quotes only when needed. Limits: 4 MiB a field, 4,096 fields a row.
#pragma once
#include "base/buf.h"
#include "base/err.h"

struct csv_row {
    const struct str *fields; // valid during the callback only
    size_t n;
    int64_t line; // 1-based line of the file where the row begins
};
struct csv_reader;
// row returns false to stop with the failure in err.
typedef bool csv_row_fn(void *self, const struct csv_row *row, struct err *err);

struct csv_reader *csv_reader_new(struct arena *a, char separator, csv_row_fn *row, void *self);
MUST_USE bool csv_feed(struct csv_reader *r, struct str piece, struct err *err);
MUST_USE bool csv_finish(struct csv_reader *r,
                         struct err *err); // an open quote at the end is ERR_INVALID with its line
void csv_reader_done(struct csv_reader *r);

void csv_put(struct buf *b, struct str field,
             bool last); // writes the separator or, after the last field, CRLF
