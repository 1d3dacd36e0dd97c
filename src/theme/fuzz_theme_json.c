// SPDX-License-Identifier: Apache-2.0
// JSON and what reads it: schemas of sections and blocks, the theme's settings, values of settings.
// Findings name lines of the text.
#include "base/fuzz.h"
#include "theme/schema.h"

static void values(struct arena *a, const struct theme_schema *s, const struct theme_json *v) {
    struct str why;
    for (size_t i = 0; i < s->setting_count && i < 8; i++)
        for (size_t j = 0; j < v->n && j < 8; j++)
            ensure(theme_value_ok(a, &s->settings[i], &v->items[j], &why) || why.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 16384) return 0;
    struct arena a = {0};
    struct theme_findings f = {.arena = &a};
    struct theme_file file = {S("config/settings_schema.json"), {(const char *)data, size}};
    struct theme_schema section, block;
    struct theme_settings_schema theme;
    struct theme_json v;
    int lines = 1;
    for (size_t i = 0; i < size; i++) lines += data[i] == '\n';
    theme_schema_read(&a, S("sections/a.liquid"), file.bytes, 1, &section, &f);
    theme_schema_read(&a, S("blocks/a.liquid"), file.bytes, 1, &block, &f);
    theme_settings_schema_read(&a, &file, &theme, &f);
    size_t n = f.errors;
    if (theme_json_parse(&a, file.path, file.bytes, 1, &v, &f))
        values(&a, &section, &v);
    else
        ensure(f.errors > n);
    for (size_t i = 0; i < f.n; i++)
        ensure(f.v[i].line >= 1 && f.v[i].line <= lines && str_is_utf8(f.v[i].message));
    arena_done(&a);
    return 0;
}
