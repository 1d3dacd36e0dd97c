// SPDX-License-Identifier: Apache-2.0
#include "theme/files.h"

#include <stdlib.h>

#include "base/vec.h"
#include "theme/files_private.h"

static const struct str folders[] = {
    // sorted by length, longest first
    S_INIT("templates/metaobject/"),
    S_INIT("templates/customers/"),
    S_INIT("templates/"),
    S_INIT("sections/"),
    S_INIT("snippets/"),
    S_INIT("locales/"),
    S_INIT("blocks/"),
    S_INIT("layout/"),
    S_INIT("config/"),
    S_INIT("assets/"),
};

struct str theme_folder_of(struct str path) {
    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (str_starts(path, folders[i])) return folders[i];
    return (struct str){0};
}

bool theme_path_counts(struct str path) {
    struct str name = str_from(path, theme_folder_of(path).n);
    return name.n < path.n && name.n && name.p[0] != '.' && str_find_char(name, '/') == STR_NONE;
}

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

// For messages: bytes that would disturb a line are shown as "?".
static const char *shown(struct str path, char out[64]) {
    size_t n = 0;
    for (; n < path.n && n < 60; n++) out[n] = path.p[n] >= 32 && path.p[n] < 127 ? path.p[n] : '?';
    memcpy(out + n, path.n > 60 ? "..." : "", path.n > 60 ? 4 : 1);
    return out;
}

bool theme_path_ok(struct str path, struct err *err) {
    char quoted[64];
    if (path.n > THEME_PATH_MAX)
        return err_set(err, ERR_INVALID, "The path \"%s\" is longer than %d bytes.",
                       shown(path, quoted), THEME_PATH_MAX);
    if (!theme_path_counts(path))
        return err_set(err, ERR_INVALID, "\"%s\" is not a file of a theme's folders.",
                       shown(path, quoted));
    for (size_t i = 0; i < path.n; i++)
        if (!is_name_char(path.p[i]) && path.p[i] != '/')
            return err_set(err, ERR_INVALID,
                           "The path \"%s\" may have letters, digits and . _ - only.",
                           shown(path, quoted));
    return true;
}

const struct theme_file *theme_file_find(const struct theme_files *f, struct str path) {
    size_t from = 0, to = f->n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int c = str_cmp(f->v[middle].path, path);
        if (c == 0) return &f->v[middle];
        if (c < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static int by_path(const void *a, const void *b) {
    return str_cmp(((const struct theme_file *)a)->path, ((const struct theme_file *)b)->path);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c; }

static int by_name(const void *a, const void *b) {
    struct str x = ((const struct theme_file *)a)->path, y = ((const struct theme_file *)b)->path;
    for (size_t i = 0; i < x.n && i < y.n; i++)
        if (lower(x.p[i]) != lower(y.p[i])) return lower(x.p[i]) < lower(y.p[i]) ? -1 : 1;
    return (x.n > y.n) - (x.n < y.n);
}

// Two files that are one where names have no case.
static bool alone(struct arena *a, const struct theme_file *v, size_t n, struct err *err) {
    struct theme_file *sorted = arena_copy(a, v, n * sizeof *v);
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n; i++)
        if (by_name(&sorted[i - 1], &sorted[i]) == 0)
            return err_set(err, ERR_INVALID, "The path " STR_FMT " stands twice%s.",
                           STR_ARG(sorted[i].path),
                           str_eq(sorted[i].path, sorted[i - 1].path) ? "" : ", in another case");
    return true;
}

bool theme_files_fit(const struct theme_file *file, size_t n, size_t bytes, struct err *err) {
    if (n > THEME_FILES_MAX)
        return err_set(err, ERR_INVALID, "The theme has more than %d files.", THEME_FILES_MAX);
    if (file->bytes.n > THEME_FILE_MAX)
        return err_set(err, ERR_INVALID, STR_FMT " is larger than %zu MiB.", STR_ARG(file->path),
                       THEME_FILE_MAX >> 20);
    if (bytes > THEME_BYTES_MAX)
        return err_set(err, ERR_INVALID, "The files of the theme are larger than %zu MiB in all.",
                       THEME_BYTES_MAX >> 20);
    return true;
}

bool theme_files_of(struct arena *a, const struct theme_file *v, size_t n, struct theme_files *out,
                    struct err *err) {
    size_t bytes = 0;
    *out = (struct theme_files){0};
    for (size_t i = 0; i < n; i++) {
        TRY(theme_path_ok(v[i].path, err));
        TRY(theme_files_fit(&v[i], i + 1, bytes += v[i].bytes.n, err));
    }
    if (n == 0) return true;
    TRY(alone(a, v, n, err));
    out->v = arena_copy(a, v, n * sizeof *v);
    out->n = n;
    qsort(out->v, n, sizeof *out->v, by_path);
    return true;
}

bool theme_files_of_embed(struct arena *a, const struct embed *v, size_t n, struct theme_files *out,
                          struct err *err) {
    struct theme_file *files = ARENA_ARRAY(a, struct theme_file, n);
    size_t taken = 0;
    for (size_t i = 0; i < n; i++)
        if (theme_path_counts(str_c(v[i].path)))
            files[taken++] = (struct theme_file){str_c(v[i].path), embed_str(&v[i])};
    TRY(theme_files_of(a, files, taken, out, err));
    out->passed_over = n - taken;
    return true;
}

struct theme_files theme_files_overlay(struct arena *a, const struct theme_files *base,
                                       const struct theme_files *over) {
    struct theme_files out = {.passed_over = base->passed_over};
    out.v = ARENA_ARRAY(a, struct theme_file, base->n + over->n);
    for (size_t i = 0, j = 0; i < base->n || j < over->n;) {
        int c = i == base->n ? 1 : j == over->n ? -1 : by_path(&base->v[i], &over->v[j]);
        const struct theme_file *from = c < 0 ? &base->v[i] : &over->v[j];
        if (from->bytes.p) out.v[out.n++] = *from;
        i += c <= 0;
        j += c >= 0;
    }
    return out;
}
