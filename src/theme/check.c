// SPDX-License-Identifier: Apache-2.0
#include "theme/check.h"

#include "theme/check_private.h"

bool theme_has_file(const struct theme_checking *c, const char *folder, struct str name,
                    const char *ending) {
    struct arena_mark m = arena_mark(c->arena);
    struct str path = arena_fmt(c->arena, "%s/" STR_FMT "%s", folder, STR_ARG(name), ending);
    bool there = theme_file_find(c->files, path) != NULL;
    arena_rewind(c->arena, m);
    return there;
}

const struct theme_schema *theme_schema_of(const struct theme_checking *c, const char *folder,
                                           struct str type) {
    struct arena_mark m = arena_mark(c->arena);
    const struct theme_schema *s =
        map_get(&c->schemas, arena_fmt(c->arena, "%s/" STR_FMT, folder, STR_ARG(type)));
    arena_rewind(c->arena, m);
    return s;
}

static bool in_folder(const struct theme_file *f, const char *folder) {
    return str_starts(f->path, str_c(folder));
}

static void read_schema(struct theme_checking *c, const struct theme_file *f,
                        const struct liquid_template *code) {
    int line;
    struct str body = theme_raw_part(code, f->bytes, "schema", &line);
    struct str text = body.p ? arena_str(c->arena, body) : body;
    struct theme_schema *s = ARENA_NEW(c->arena, struct theme_schema);
    theme_schema_read(c->arena, f->path, text, line, s, c->out);
    struct str key = str_sub(f->path, 0, f->path.n - strlen(".liquid"));
    if (s->file.p) map_set(c->arena, &c->schemas, key, s);
    if (!text.p && in_folder(f, "sections/"))
        NOTE(c, f->path, 0, "This section has no {%% schema %%}.");
    if (!c->has_schema_words || !text.p) return;
    struct theme_findings told = {.arena = &c->scratch};
    struct theme_json v;
    if (theme_json_parse(&c->scratch, f->path, text, line, &v, &told))
        theme_check_schema_words(c, f->path, &v);
}

static void check_layout(struct theme_checking *c, const struct theme_file *f) {
    static const char *const needed[] = {"content_for_header", "content_for_layout"};
    for (size_t i = 0; i < ARRAY_LEN(needed); i++)
        if (str_find(f->bytes, str_c(needed[i])) == STR_NONE)
            WRONG(c, f->path, 0, "This layout does not print {{ %s }}.", needed[i]);
}

static void check_liquid(struct theme_checking *c, const struct theme_file *f) {
    const struct liquid_template *code;
    if (!str_is_utf8(f->bytes)) {
        WRONG(c, f->path, 0, "This file is not UTF-8 text.");
        return;
    }
    if (!theme_compile(&c->scratch, c->host, f->path, f->bytes, &code, c->out)) return;
    if (in_folder(f, "sections/") || in_folder(f, "blocks/")) read_schema(c, f, code);
    if (in_folder(f, "layout/")) check_layout(c, f);
    theme_check_names(c, f);
    if (!in_folder(f, "assets/")) theme_check_markup(c, f);
}

static void check_liquids(struct theme_checking *c) {
    for (size_t i = 0; i < c->files->n; i++) {
        const struct theme_file *f = &c->files->v[i];
        if (str_ends(f->path, S(".liquid"))) check_liquid(c, f);
        if (str_ends(f->path, S(".css"))) theme_check_markup(c, f);
        arena_reset(&c->scratch);
    }
}

static void check_templates(struct theme_checking *c) {
    for (size_t i = 0; i < c->files->n; i++) {
        const struct theme_file *f = &c->files->v[i];
        struct theme_json v;
        if (!str_ends(f->path, S(".json"))) continue;
        if (!in_folder(f, "templates/") && !in_folder(f, "sections/")) continue;
        if (theme_json_parse(&c->scratch, f->path, f->bytes, 1, &v, c->out))
            theme_check_template(c, f, &v);
        arena_reset(&c->scratch);
    }
}

static void check_needed(struct theme_checking *c) {
    static const char *const pages[] = {
        "404",   "article",          "blog", "cart",    "collection",
        "index", "list-collections", "page", "product", "search"};
    if (!theme_has_file(c, "layout", S("theme"), ".liquid"))
        WRONG(c, S("layout/theme.liquid"), 0, "A theme needs this file.");
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        struct str name = str_c(pages[i]);
        if (theme_has_file(c, "templates", name, ".json") ||
            theme_has_file(c, "templates", name, ".liquid"))
            continue;
        struct str path = arena_fmt(c->arena, "templates/%s.json", pages[i]);
        WARN(c, path, 0, "This template is not there; the built-in theme writes such pages.");
    }
}

// The same template twice, as JSON and as Liquid.
static void check_twins(struct theme_checking *c) {
    for (size_t i = 0; i < c->files->n; i++) {
        struct str path = c->files->v[i].path;
        if (!str_ends(path, S(".json")) || !in_folder(&c->files->v[i], "templates/")) continue;
        struct str twin = arena_fmt(c->arena, STR_FMT ".liquid",
                                    STR_ARG(str_sub(path, 0, path.n - strlen(".json"))));
        if (theme_file_find(c->files, twin))
            WRONG(c, twin, 0, STR_FMT " is there, too; a template is one or the other.",
                  STR_ARG(path));
    }
}

bool theme_check(struct arena *a, const struct theme_files *files, const struct theme_host *host,
                 struct theme_findings *out, struct err *err) {
    (void)host;
    (void)err;
    struct theme_checking c = {
        .arena = a, .files = files, .host = theme_liquid_host(a, NULL), .out = out};
    if (!out->arena) out->arena = a;
    check_needed(&c);
    check_twins(&c);
    theme_check_locales(&c);
    check_liquids(&c);
    theme_check_settings(&c);
    check_templates(&c);
    arena_done(&c.scratch);
    return true;
}
