// SPDX-License-Identifier: Apache-2.0
// The check of a theme whose files are the parts of the input between NULs. Findings name files of
// it and lines in them.
#include "base/fuzz.h"
#include "theme/check.h"

static const char *const paths[] = {
    "sections/a.liquid",           "templates/index.json",
    "snippets/a.liquid",           "blocks/a.liquid",
    "config/settings_schema.json", "config/settings_data.json",
    "locales/en.default.json",     "locales/de.json",
    "sections/a-group.json",       "assets/a.css",
};

static int lines_of(struct str s) {
    int n = 1;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 8192) return 0;
    struct arena a = {0};
    struct theme_file v[ARRAY_LEN(paths)];
    struct theme_files files;
    struct theme_findings f = {.arena = &a};
    struct err e = {0};
    struct str rest = {(const char *)data, size}, part;
    size_t n = 0;
    while (n < ARRAY_LEN(paths) && str_split(&rest, '\0', &part)) {
        v[n] = (struct theme_file){str_c(paths[n]), part};
        n++;
    }
    ensure(theme_files_of(&a, v, n, &files, &e));
    ensure(theme_check(&a, &files, NULL, &f, &e));
    ensure(f.errors > 0); // at least the layout is missing
    for (size_t i = 0; i < f.n; i++) {
        const struct theme_file *file = theme_file_find(&files, f.v[i].file);
        ensure(str_is_utf8(f.v[i].message) && f.v[i].line >= 0);
        // Liquid counts the end of an unclosed comment in {% liquid %} as a line of its own
        ensure(f.v[i].line == 0 || (file && f.v[i].line <= lines_of(file->bytes) + 1));
    }
    arena_done(&a);
    return 0;
}
