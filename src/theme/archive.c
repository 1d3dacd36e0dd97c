// SPDX-License-Identifier: Apache-2.0
// The answer of the jail: how many files were passed over, then for each file its two lengths, its
// path and its bytes; all numbers as uint64_t of this machine.
#include "theme/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include "theme/files_private.h"

enum { ENTRIES_MAX = 20000, GROWTH_MAX = 100, ENTRY_PATH_MAX = 1000 };
#define SEEN_MAX   ((size_t)512 << 20) // bytes of all entries, those that are passed over, too
#define GROWTH_LOW ((size_t)1 << 20)   // so much may come out of the smallest archive

struct unpacking {
    struct archive *archive;
    struct str packed;
    struct buf *out;
    struct err *err;
    size_t entries, files, bytes, seen;
    uint64_t passed_over;
};

static bool refuse(struct unpacking *u, const char *why) {
    return err_set(u->err, ERR_INVALID, "The archive is refused: %s.", why);
}

static bool damaged(struct unpacking *u) {
    const char *why = archive_error_string(u->archive);
    err_set(u->err, ERR_INVALID, "The archive is damaged or not a zip or tar.gz file.");
    return err_detail(u->err, "libarchive: %s", why ? why : "");
}

static void put_number(struct buf *out, uint64_t n) {
    buf_put(out, (struct str){(const char *)&n, sizeof n});
}

static void set_number(struct buf *out, size_t at, uint64_t n) {
    if (buf_ok(out)) memcpy(out->p + at, &n, sizeof n);
}

static bool segments_ok(struct unpacking *u, struct str path) {
    struct str rest = path, part;
    while (str_split(&rest, '/', &part))
        if (str_eq(part, S(".."))) return refuse(u, "a path in it leads out of it");
    return true;
}

static bool path_ok(struct unpacking *u, struct str path) {
    if (path.n == 0 || path.n > ENTRY_PATH_MAX) return refuse(u, "a path in it is too long");
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] < 32 || path.p[i] == 127 || path.p[i] == '\\')
            return refuse(u, "a path in it holds a control character or a backslash");
    if (path.p[0] == '/' || (path.n > 1 && path.p[1] == ':'))
        return refuse(u, "a path in it does not begin in the archive");
    return segments_ok(u, path);
}

static struct str without_folder(struct str path) {
    size_t slash = str_find_char(path, '/');
    return slash == STR_NONE ? (struct str){0} : str_from(path, slash + 1);
}

static bool is_candidate(struct str path) {
    return theme_path_counts(path) || theme_path_counts(without_folder(path));
}

static bool grows_too_much(const struct unpacking *u) {
    return u->bytes > GROWTH_LOW && u->bytes / GROWTH_MAX > u->packed.n;
}

static bool take_bytes(struct unpacking *u, struct theme_file *file) {
    char piece[16384];
    for (;;) {
        ssize_t n = archive_read_data(u->archive, piece, sizeof piece);
        if (n < 0) return damaged(u);
        if (n == 0) return true;
        file->bytes.n += (size_t)n;
        u->bytes += (size_t)n;
        TRY(theme_files_fit(file, u->files, u->bytes, u->err));
        if (grows_too_much(u)) return refuse(u, "it grows to more than a hundred times its size");
        buf_put(u->out, (struct str){piece, (size_t)n});
    }
}

static bool take_file(struct unpacking *u, struct str path) {
    struct theme_file file = {.path = path};
    size_t at = u->out->n;
    u->files++;
    put_number(u->out, path.n);
    put_number(u->out, 0);
    buf_put(u->out, path);
    TRY(theme_files_fit(&file, u->files, u->bytes, u->err));
    TRY(take_bytes(u, &file));
    set_number(u->out, at + sizeof(uint64_t), file.bytes.n);
    return true;
}

static bool take_entry(struct unpacking *u, struct archive_entry *e) {
    struct str path = str_c(archive_entry_pathname(e)); // absent: not ASCII, so no theme's file
    int64_t size = archive_entry_size_is_set(e) ? archive_entry_size(e) : 0;
    if (++u->entries > ENTRIES_MAX) return refuse(u, "it has more than 20,000 entries");
    if (archive_entry_is_encrypted(e) > 0) return refuse(u, "it is encrypted");
    if (!path.p) return u->passed_over++, true;
    while (str_starts(path, S("./"))) path = str_from(path, 2);
    if (path.n == 0 || str_eq(path, S("."))) return true; // the folder itself
    TRY(path_ok(u, path));
    if (archive_entry_filetype(e) == AE_IFDIR) return true;
    if (archive_entry_filetype(e) != AE_IFREG || archive_entry_hardlink(e))
        return refuse(u, "it holds a link or a device");
    if (size < 0 || __builtin_add_overflow(u->seen, (size_t)size, &u->seen) || u->seen > SEEN_MAX)
        return refuse(u, "it would unpack to more than 512 MiB");
    if (is_candidate(path)) return take_file(u, path);
    u->passed_over++;
    return true;
}

static bool take_entries(struct unpacking *u) {
    struct archive_entry *e;
    for (;;) {
        int got = archive_read_next_header(u->archive, &e);
        if (got == ARCHIVE_EOF) break;
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return damaged(u);
        TRY(take_entry(u, e));
    }
    return u->entries || refuse(u, "it is empty");
}

bool theme_archive_unpack(void *in, struct arena *a, struct buf *out, struct err *err) {
    struct unpacking u = {.packed = *(struct str *)in, .out = out, .err = err};
    (void)a;
    size_t at = out->n;
    put_number(out, 0);
    u.archive = archive_read_new();
    ensure(u.archive != NULL);
    bool ok = archive_read_support_filter_gzip(u.archive) == ARCHIVE_OK &&
              archive_read_support_format_zip_seekable(u.archive) == ARCHIVE_OK &&
              archive_read_support_format_tar(u.archive) == ARCHIVE_OK &&
              archive_read_open_memory(u.archive, u.packed.p, u.packed.n) == ARCHIVE_OK;
    ok = ok ? take_entries(&u) : damaged(&u);
    archive_read_free(u.archive);
    set_number(out, at, u.passed_over);
    return ok;
}
