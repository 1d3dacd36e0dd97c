// SPDX-License-Identifier: Apache-2.0
#include "base/jail.h"
#include "base/vec.h"
#include "theme/archive.h"
#include "theme/files_private.h"

#define UNPACK_MEMORY  ((size_t)400 << 20) // the answer while it grows, and the parser
#define UNPACK_SECONDS 10

struct taking {
    struct arena *arena;
    struct str rest;
    VEC(struct theme_file) files;
    uint64_t passed_over;
};

static bool number(struct taking *t, uint64_t *out) {
    if (t->rest.n < sizeof *out) return false;
    memcpy(out, t->rest.p, sizeof *out);
    t->rest = str_from(t->rest, sizeof *out);
    return true;
}

static bool text(struct taking *t, uint64_t n, struct str *out) {
    if (n > t->rest.n) return false;
    *out = str_sub(t->rest, 0, n);
    t->rest = str_from(t->rest, n);
    return true;
}

static bool read_answer(struct taking *t) {
    TRY(number(t, &t->passed_over));
    while (t->rest.n) {
        struct theme_file file;
        uint64_t path, bytes;
        if (t->files.n >= THEME_FILES_MAX) return false;
        TRY(number(t, &path) && number(t, &bytes));
        TRY(text(t, path, &file.path) && text(t, bytes, &file.bytes));
        *VEC_PUSH(t->arena, &t->files) = file;
    }
    return t->passed_over <= INT32_MAX;
}

static struct str folder_of(struct str path) {
    return str_sub(path, 0, str_find_char(path, '/') + 1);
}

// The folder round the theme, with its slash: "" when the theme is the archive's root.
static bool find_root(const struct taking *t, struct str *root_out, struct err *err) {
    *root_out = S("");
    for (size_t i = 0; i < t->files.n; i++)
        if (theme_path_counts(t->files.v[i].path)) return true;
    if (t->files.n == 0)
        return err_set(err, ERR_INVALID,
                       "There is no theme in the archive: no layout, templates, "
                       "sections at its root or one folder down.");
    *root_out = folder_of(t->files.v[0].path);
    for (size_t i = 0; i < t->files.n; i++)
        if (!str_starts(t->files.v[i].path, *root_out))
            return err_set(err, ERR_INVALID,
                           "There is more than one theme in the archive; send them one by one.");
    return true;
}

bool theme_archive_take(struct arena *a, struct str answer, struct theme_files *out,
                        struct err *err) {
    struct taking t = {.arena = a, .rest = answer};
    struct str root;
    size_t n = 0;
    if (!read_answer(&t)) return err_set(err, ERR_INVALID, "The archive could not be unpacked.");
    TRY(find_root(&t, &root, err));
    for (size_t i = 0; i < t.files.n; i++) {
        struct theme_file f = t.files.v[i];
        if (str_starts(f.path, root)) f.path = str_from(f.path, root.n);
        if (theme_path_counts(f.path)) t.files.v[n++] = f;
    }
    TRY(theme_files_of(a, t.files.v, n, out, err));
    out->passed_over = (size_t)t.passed_over + t.files.n - n;
    return true;
}

bool theme_files_of_zip(struct arena *a, struct str zip, struct theme_files *out, struct err *err) {
    struct jail jail = {.what = "the archive",
                        .work = theme_archive_unpack,
                        .in = &zip,
                        .answer = THEME_BYTES_MAX + ((size_t)4 << 20),
                        .memory = UNPACK_MEMORY,
                        .seconds = UNPACK_SECONDS};
    struct str answer;
    *out = (struct theme_files){0};
    if (zip.n > THEME_ZIP_MAX)
        return err_set(err, ERR_INVALID, "The archive is larger than %zu MiB.",
                       THEME_ZIP_MAX >> 20);
    TRY(jail_run(a, &jail, &answer, err));
    return theme_archive_take(a, answer, out, err);
}
