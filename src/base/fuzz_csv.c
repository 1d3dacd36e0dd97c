// SPDX-License-Identifier: Apache-2.0
// Rows do not depend on the pieces in which the file is fed, and what is written reads back.
#include "base/csv.h"
#include "base/fuzz.h"

struct sink {
    struct buf out;
    int64_t line;
};

static bool take_row(void *self, const struct csv_row *row, struct err *err) {
    struct sink *s = self;
    (void)err;
    ensure(row->n > 0 && row->line > s->line);
    s->line = row->line;
    for (size_t i = 0; i < row->n; i++) csv_put(&s->out, row->fields[i], i + 1 == row->n);
    return true;
}

static bool read_in_pieces(struct arena *a, struct str text, size_t piece, struct str *out) {
    struct sink s = {.out = buf_new(a, 0)};
    struct err e = {0};
    struct csv_reader *r = csv_reader_new(a, ',', take_row, &s);
    bool ok = true;
    for (size_t at = 0; ok && at < text.n; at += piece)
        ok = csv_feed(r, str_sub(text, at, piece), &e);
    ok = ok && csv_finish(r, &e);
    csv_reader_done(r);
    ensure(ok || e.code != ERR_NONE);
    *out = buf_str(&s.out);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str text = {(const char *)data, size}, whole, bytes, again;
    bool ok = read_in_pieces(&a, text, size ? size : 1, &whole);
    ensure(read_in_pieces(&a, text, 1, &bytes) == ok);
    ensure(str_eq(whole, bytes));
    // A first field that begins like a byte order mark loses it, as it must.
    if (ok && !str_starts(whole, S("\xEF\xBB\xBF"))) {
        ensure(read_in_pieces(&a, whole, 7, &again));
        ensure(str_eq(whole, again));
    }
    arena_done(&a);
    return 0;
}
