// SPDX-License-Identifier: Apache-2.0
// A theme out of one text: files begin with a line "=== path". It is loaded, checked needs or not,
// and every template and section of it is written with no shop round it.
#include "base/fuzz.h"
#include "base/vec.h"
#include "theme/stage.h"

enum { INPUT_MAX = 20000 };
#define ARENA_MOST ((size_t)600 << 20)

static void take_files(struct arena *a, struct str text, struct theme_files *out) {
    VEC(struct theme_file) files = {0};
    struct str path = {0};
    struct str rest = text;
    for (struct str line; str_split(&rest, '\n', &line);) {
        if (str_starts(line, S("=== "))) {
            path = str_from(line, 4);
            *VEC_PUSH(a, &files) = (struct theme_file){path, S("")};
        } else if (files.n) {
            struct theme_file *f = &files.v[files.n - 1];
            if (!f->bytes.n) f->bytes = (struct str){line.p, 0};
            f->bytes.n = (size_t)(line.p + line.n - f->bytes.p);
        }
    }
    struct err err = {0};
    if (!theme_files_of(a, files.v, files.n, out, &err)) *out = (struct theme_files){0};
}

static void write_pages(const struct theme *t, struct theme_findings *f) {
    for (size_t i = 0; i < t->templates.n + t->sections.n && i < 8; i++) {
        bool section = i >= t->templates.n;
        struct arena a = {0};
        struct liquid_map *g = liquid_map_new(&a);
        liquid_set(g, "product", liquid_text(S("<p>")));
        struct theme_page p = {.theme = t,
                               .arena = &a,
                               .host_page = f,
                               .globals = g,
                               .lang = S("de"),
                               .preview = i % 2};
        struct buf out = buf_new(&a, 0);
        struct err err = {0};
        bool found, ok;
        if (section)
            ok = theme_render_section(&p, S("index"), t->sections.v[i - t->templates.n].key, &out,
                                      &found, &err);
        else
            ok = theme_render(&p, t->templates.v[i].key, &out, &err);
        ensure(ok || err.code != ERR_NONE);
        ensure(out.n <= (size_t)5 << 20);
        arena_done(&a);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    struct arena a = {0};
    if (n > INPUT_MAX) return 0;
    struct theme_files files;
    struct theme_findings f = {.arena = &a};
    take_files(&a, arena_str(&a, (struct str){(const char *)data, n}), &files);
    struct theme_text text = {S("en"), S("templates/index.json"), S("a.settings.t"), S("{{ x }}")};
    struct theme_load_in in = {.files = &files,
                               .host = &theme_no_shop,
                               .asset_prefix = S("/cdn/"),
                               .locale = S("de"),
                               .texts = &text,
                               .text_count = 1,
                               .findings = &f};
    struct theme *t;
    struct err err = {0};
    if (theme_load(&a, &in, &t, &err))
        write_pages(t, &f);
    else
        ensure(err.code != ERR_NONE);
    ensure(a.total < ARENA_MOST);
    arena_done(&a);
    return 0;
}
