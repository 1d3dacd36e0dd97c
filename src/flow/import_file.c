// SPDX-License-Identifier: Apache-2.0
// Reading: from the disk or from the files in the program, packed by xz or not.
#include <errno.h>
#include <lzma.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/file.h"
#include "flow/import_private.h"
#include "mod/media/media.h"

enum { PIECE = 256 << 10, XZ_MEMORY = 256 << 20 };

struct source {
    FILE *file;          // or
    struct str embedded; // what is left of it
    lzma_stream xz;
    bool packed;
    unsigned char in[PIECE], out[PIECE];
};

static bool source_open(struct importer *im, struct source *s, struct str path) {
    const char *name = arena_cstr(im->run, path);
    struct err *err = &im->c->err;
    if (im->o->embedded) {
        const struct embed *e = embed_find(im->o->embedded, im->o->embedded_count, path);
        if (!e) return err_set(err, ERR_NOT_FOUND, "There is no file %s in the program.", name);
        s->embedded = embed_str(e);
        im->total = (int64_t)e->size;
    } else {
        struct stat st;
        s->file = fopen(name, "rb");
        if (!s->file || fstat(fileno(s->file), &st) != 0)
            return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
                           "The file %s cannot be opened: %s.", name, strerror(errno));
        if (S_ISDIR(st.st_mode))
            return err_set(err, ERR_INVALID, "%s is a folder; name the CSV file in it.", name);
        im->total = (int64_t)st.st_size;
    }
    im->done = 0;
    s->packed = str_ends(path, S(".xz"));
    s->xz = (lzma_stream)LZMA_STREAM_INIT;
    if (s->packed && lzma_stream_decoder(&s->xz, XZ_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
        return err_set(err, ERR_IO, "The file %s cannot be unpacked.", name);
    return true;
}

static void source_close(struct source *s) {
    if (s->file) fclose(s->file);
    if (s->packed) lzma_end(&s->xz);
}

// The next stored bytes; empty at the end.
static bool stored_piece(struct importer *im, struct source *s, struct str *out) {
    if (s->file) {
        size_t n = fread(s->in, 1, sizeof s->in, s->file);
        if (n == 0 && ferror(s->file))
            return err_set(&im->c->err, ERR_IO, "The file cannot be read: %s.", strerror(errno));
        *out = (struct str){(const char *)s->in, n};
    } else {
        *out = str_sub(s->embedded, 0, PIECE);
        s->embedded = str_from(s->embedded, out->n);
    }
    im->done += (int64_t)out->n;
    return true;
}

// The rows' own failures keep their code; what the CSV reader itself refuses is the file's fault
// and is told.
struct rows {
    csv_row_fn *row;
    void *self;
    struct csv_reader *csv; // NULL until the first bytes are there
    int64_t n;
    bool failed;
};
static bool one_row(void *self, const struct csv_row *row, struct err *err) {
    struct rows *r = self;
    bool ok = r->row(r->self, row, err);
    r->failed = !ok;
    r->n++;
    return ok;
}

// What stands most often between the header's cells.
static char separator_of(struct str head) {
    static const char signs[] = {',', ';', '\t'};
    size_t count[ARRAY_LEN(signs)] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < head.n && (quoted || (head.p[i] != '\n' && head.p[i] != '\r')); i++) {
        if (head.p[i] == '"') quoted = !quoted;
        for (size_t k = 0; k < ARRAY_LEN(signs) && !quoted; k++) count[k] += head.p[i] == signs[k];
    }
    for (size_t k = 1; k < ARRAY_LEN(signs); k++)
        if (count[k] > count[best]) best = k;
    return signs[best];
}

// Text of two bytes a sign: its mark, or every other byte of the header 0.
static bool is_utf16(struct str head) {
    if (str_starts(head, S("\xff\xfe")) || str_starts(head, S("\xfe\xff"))) return true;
    size_t pairs = head.n / 2 < 32 ? head.n / 2 : 32, first = 0, second = 0;
    for (size_t i = 0; i < pairs; i++) {
        first += head.p[2 * i] == '\0';
        second += head.p[2 * i + 1] == '\0';
    }
    return pairs >= 4 && (first == pairs || second == pairs);
}

static bool begin(struct importer *im, struct rows *r, struct str head) {
    if (is_utf16(head)) {
        r->failed = true; // nothing of it can be read
        err_set(&im->c->err, ERR_INVALID,
                "The file " STR_FMT " seems to be UTF-16 text; UTF-8 is needed.",
                STR_ARG(im->file));
        return err_hint(&im->c->err, IMPORT_AS_UTF8);
    }
    char separator = separator_of(head);
    if (separator != ',')
        import_note(im, 1, (struct str){0}, "The cells are separated by %s; the file is read so.",
                    separator == ';' ? "semicolons" : "tabs");
    r->csv = csv_reader_new(im->run, separator, one_row, r);
    return true;
}

static bool give(struct importer *im, struct rows *r, struct str piece) {
    if (!piece.n) return true;
    if (!r->csv) TRY(begin(im, r, piece));
    return csv_feed(r->csv, piece, &im->c->err);
}

static bool unpack(struct importer *im, struct source *s, struct rows *rows, struct str packed,
                   bool *end) {
    s->xz.next_in = (const uint8_t *)packed.p;
    s->xz.avail_in = packed.n;
    do {
        s->xz.next_out = s->out;
        s->xz.avail_out = sizeof s->out;
        lzma_ret r = lzma_code(&s->xz, packed.n ? LZMA_RUN : LZMA_FINISH);
        if (r != LZMA_OK && r != LZMA_STREAM_END)
            return err_set(&im->c->err, ERR_INVALID,
                           "The file " STR_FMT " is damaged: it cannot be unpacked as xz.",
                           STR_ARG(im->file));
        *end = r == LZMA_STREAM_END;
        TRY(give(im, rows, (struct str){(const char *)s->out, sizeof s->out - s->xz.avail_out}));
    } while (!*end && (s->xz.avail_in > 0 || s->xz.avail_out == 0));
    return true;
}

static bool feed(struct importer *im, struct source *s, struct rows *rows) {
    struct str piece;
    bool end = false;
    do {
        TRY(stored_piece(im, s, &piece));
        if (s->packed)
            TRY(unpack(im, s, rows, piece, &end));
        else
            TRY(give(im, rows, piece));
    } while (piece.n && !end);
    return !rows->csv || csv_finish(rows->csv, &im->c->err);
}

bool import_read_csv(struct importer *im, struct str path, csv_row_fn *row, void *self) {
    struct source *s = ARENA_NEW(im->run, struct source);
    struct rows rows = {.row = row, .self = self};
    bool ok = source_open(im, s, path);
    bool opened = ok;
    ok = ok && feed(im, s, &rows);
    source_close(s);
    if (rows.csv) csv_reader_done(rows.csv);
    if (ok && rows.n == 1)
        import_note(im, 0, (struct str){0}, "The file has a header and no rows below it.");
    struct err *err = &im->c->err;
    bool broken_csv =
        opened && !ok && !rows.failed && (err->code == ERR_INVALID || err->code == ERR_TOO_LARGE);
    if (!broken_csv) return ok;
    import_tell(im, 0, NULL, (struct str){0},
                "%s The rest of the file was not read; mend it and run the import again.",
                err->message);
    err_clear(err);
    return true;
}

bool import_path_inside(struct str name) {
    struct str rest = name, part;
    if (str_empty(name) || name.p[0] == '/' || memchr(name.p, '\\', name.n) ||
        memchr(name.p, '\0', name.n))
        return false;
    if (name.n > 1 && name.p[1] == ':') return false;
    while (str_split(&rest, '/', &part))
        if (str_eq(part, S("..")) || str_eq(part, S("."))) return false;
    return true;
}

static struct str folder_of(struct str path) {
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/') n--;
    return str_sub(path, 0, n);
}

bool import_beside(struct importer *im, struct str name, struct str *bytes_out, struct err *why) {
    struct str folder = folder_of(im->file);
    struct str path = arena_fmt(im->batch, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(name));
    const char *none = "There is no such file beside the CSV file.";
    if (im->o->embedded) {
        const struct embed *e = embed_find(im->o->embedded, im->o->embedded_count, path);
        if (!e) return err_set(why, ERR_NOT_FOUND, "%s", none);
        *bytes_out = embed_str(e);
        return true;
    }
    if (!file_exists(path.p)) return err_set(why, ERR_NOT_FOUND, "%s", none);
    return file_read(im->batch, path.p, MEDIA_BYTES_MAX, bytes_out, why);
}
