// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <csv.h>

#include "base/vec.h"

enum { FIELD_BYTES = 4 << 20, ROW_FIELDS = 4096, PIECE_BYTES = 64 << 10, BOM_BYTES = 3 };

struct csv_reader {
    struct csv_parser parser;
    struct arena row_arena; // fields of the row being read
    VEC(struct str) fields;
    csv_row_fn *row;
    void *self;
    int64_t line;     // line being read
    int64_t row_line; // line where the row being read begins
    bool after_cr;    // a CR ended the row before: an LF now belongs to it
    bool stopped;     // the failure is in err
    struct err *err;  // of the call in progress
    size_t head_n;    // bytes seen of a possible byte order mark; BOM_BYTES when decided
};

static int no_space(unsigned char c) {
    (void)c;
    return 0; // white space belongs to the field (RFC 4180)
}

static int64_t count_lines(struct str s) {
    int64_t lines = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool crlf = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        lines += s.p[i] == '\n' || (s.p[i] == '\r' && !crlf);
    }
    return lines;
}

static bool stop(struct csv_reader *r, enum err_code code, const char *what) {
    r->stopped = true;
    return err_set(r->err, code, "Line %lld: %s", (long long)r->row_line, what);
}

static void on_field(void *p, size_t n, void *self) {
    struct csv_reader *r = self;
    if (r->stopped) return;
    r->after_cr = false;
    if (n > FIELD_BYTES) {
        stop(r, ERR_TOO_LARGE, "a field is larger than 4 MiB.");
    } else if (r->fields.n == ROW_FIELDS) {
        stop(r, ERR_TOO_LARGE, "the row has more than 4,096 fields.");
    } else {
        struct str field = arena_str(&r->row_arena, (struct str){n ? p : "", n});
        *VEC_PUSH(&r->row_arena, &r->fields) = field;
        r->line += count_lines(field);
    }
}

static void on_row(int ended_by, void *self) {
    struct csv_reader *r = self;
    if (r->stopped) return;
    if (r->fields.n > 0) {
        struct csv_row row = {r->fields.v, r->fields.n, r->row_line};
        r->stopped = !r->row(r->self, &row, r->err);
        arena_reset(&r->row_arena);
        r->fields.v = NULL;
        r->fields.n = r->fields.cap = 0;
        r->after_cr = false;
    }
    if (ended_by != '\n' || !r->after_cr) r->line++;
    r->after_cr = ended_by == '\r';
    r->row_line = r->line;
}

struct csv_reader *csv_reader_new(struct arena *a, char separator, csv_row_fn *row, void *self) {
    struct csv_reader *r = ARENA_NEW(a, struct csv_reader);
    r->row = row;
    r->self = self;
    r->line = r->row_line = 1;
    ensure(csv_init(&r->parser, CSV_REPALL_NL) == 0);
    csv_set_delim(&r->parser, (unsigned char)separator);
    csv_set_space_func(&r->parser, no_space);
    csv_set_blk_size(&r->parser, PIECE_BYTES);
    return r;
}

static bool parse(struct csv_reader *r, struct str piece) {
    while (piece.n && !r->stopped) {
        struct str part = str_sub(piece, 0, PIECE_BYTES);
        ensure(csv_parse(&r->parser, part.p, part.n, on_field, on_row, r) == part.n);
        if (!r->stopped && csv_get_buffer_size(&r->parser) > FIELD_BYTES + 2 * PIECE_BYTES)
            stop(r, ERR_TOO_LARGE, "a field is larger than 4 MiB; is a closing quote missing?");
        piece = str_from(piece, part.n);
    }
    return !r->stopped;
}

// Drops a byte order mark, even when it comes in pieces.
static bool parse_head(struct csv_reader *r, struct str *piece) {
    static const char bom[] = "\xEF\xBB\xBF";
    while (r->head_n < BOM_BYTES && piece->n) {
        if (piece->p[0] != bom[r->head_n]) {
            struct str seen = {bom, r->head_n};
            r->head_n = BOM_BYTES;
            return parse(r, seen);
        }
        r->head_n++;
        *piece = str_from(*piece, 1);
    }
    return true;
}

bool csv_feed(struct csv_reader *r, struct str piece, struct err *err) {
    r->err = err;
    return !r->stopped && parse_head(r, &piece) && parse(r, piece);
}

bool csv_finish(struct csv_reader *r, struct err *err) {
    r->err = err;
    if (r->stopped) return false;
    csv_set_opts(&r->parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&r->parser, on_field, on_row, r) != 0)
        return stop(r, ERR_INVALID,
                    "a quote is opened in the row that begins here and never closed.");
    return !r->stopped;
}

void csv_reader_done(struct csv_reader *r) {
    csv_free(&r->parser);
    arena_done(&r->row_arena);
}

static bool needs_quotes(struct str field) {
    for (size_t i = 0; i < field.n; i++)
        if (memchr(",\"\r\n", field.p[i], 4)) return true;
    return field.n && (field.p[0] == ' ' || field.p[field.n - 1] == ' ');
}

void csv_put(struct buf *b, struct str field, bool last) {
    bool alone = last && field.n == 0 && (b->n == 0 || b->p[b->n - 1] == '\n');
    if (needs_quotes(field) || alone) { // a row of one empty field would read as no row
        buf_char(b, '"');
        for (size_t i = 0; i < field.n; i++) {
            if (field.p[i] == '"') buf_char(b, '"');
            buf_char(b, field.p[i]);
        }
        buf_char(b, '"');
    } else {
        buf_put(b, field);
    }
    buf_put(b, last ? S("\r\n") : S(","));
}
