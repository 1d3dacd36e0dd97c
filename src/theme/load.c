// SPDX-License-Identifier: Apache-2.0
// Loading a theme: files are copied and compiled, then what is data in them is put in force.
#include "theme/load.h"

#include "theme/filters.h"
#include "theme/stage.h"

static struct str without(struct str s, struct str suffix) {
    return str_ends(s, suffix) ? str_sub(s, 0, s.n - suffix.n) : s;
}

bool theme_compile(struct arena *a, const struct liquid_host *host, struct str file,
                   struct str text, const struct liquid_template **out,
                   struct theme_findings *findings) {
    struct liquid_options o = {.mode = LIQUID_LAX,
                               .autoescape = !str_starts(file, S("assets/")),
                               .host = host,
                               .name = without(file, S(".liquid"))};
    struct liquid_error error = {0};
    struct err err = {0};
    if (liquid_compile(a, text, &o, out, &error, &err)) return true;
    struct str m = error.message;
    size_t colon = str_find(m, S("): "));
    if (colon != STR_NONE) m = str_from(m, colon + 3);
    theme_find(findings, THEME_ERROR, file, error.line, STR_FMT, STR_ARG(m));
    return false;
}

struct str theme_raw_part(const struct liquid_template *t, struct str file_text, const char *tag,
                          int *line_out) {
    struct str body = liquid_raw_body(t, tag);
    size_t at = body.n ? str_find(file_text, body) : STR_NONE;
    *line_out = 1;
    for (size_t i = 0; at != STR_NONE && i < at; i++) *line_out += file_text.p[i] == '\n';
    return body;
}

void theme_load_failed(struct theme_load *l, size_t n) {
    if (!l->failed && l->f->n > n) l->first = l->f->v[n];
    l->failed = true;
}

bool theme_load_json(struct theme_load *l, const struct theme_file *file, struct theme_json *out) {
    size_t n = l->f->n;
    if (theme_json_parse(l->a, file->path, file->bytes, 1, out, l->f)) return true;
    theme_load_failed(l, n);
    return false;
}

static void copy_files(struct arena *a, const struct theme_files *from, struct theme_files *to) {
    *to = *from;
    to->v = ARENA_ARRAY(a, struct theme_file, from->n + 1);
    for (size_t i = 0; i < from->n; i++)
        to->v[i] =
            (struct theme_file){arena_str(a, from->v[i].path), arena_str(a, from->v[i].bytes)};
}

static void copy_texts(struct theme_load *l) {
    for (size_t i = 0; i < l->in->text_count; i++) {
        const struct theme_text *t = &l->in->texts[i];
        struct str key =
            arena_fmt(l->a, STR_FMT "%c" STR_FMT, STR_ARG(t->file), 0, STR_ARG(t->path));
        struct theme_text_list *item = ARENA_NEW(l->a, struct theme_text_list);
        *item = (struct theme_text_list){t, map_get(&l->texts, key)};
        map_set(l->a, &l->texts, key, item);
    }
}

static bool has_null_tag(struct theme_load *l, struct str file, struct str text) {
    struct theme_json j = {0};
    struct theme_findings unused = {.arena = l->a};
    if (!text.n || !theme_json_parse(l->a, file, text, 1, &j, &unused)) return false;
    const struct theme_json *tag = j.type == THEME_JSON_OBJECT ? theme_json_get(&j, "tag") : NULL;
    return tag && tag->type == THEME_JSON_NULL;
}

static void load_section(struct theme_load *l, const struct theme_file *f, struct str type,
                         const struct liquid_template *code) {
    struct theme_section_file *s = ARENA_NEW(l->a, struct theme_section_file);
    int line;
    struct str text = theme_raw_part(code, f->bytes, "schema", &line);
    *s = (struct theme_section_file){.type = type, .code = code};
    if (text.p) theme_schema_read(l->a, f->path, text, line, &s->schema, l->f);
    map_set(l->a, &l->t->sections, type, s);
}

static void load_block(struct theme_load *l, const struct theme_file *f, struct str type,
                       const struct liquid_template *code) {
    struct theme_block_file *b = ARENA_NEW(l->a, struct theme_block_file);
    int line;
    struct str text = theme_raw_part(code, f->bytes, "schema", &line);
    *b = (struct theme_block_file){.type = type, .code = code};
    if (text.p) theme_schema_read(l->a, f->path, text, line, &b->schema, l->f);
    b->bare = has_null_tag(l, f->path, text);
    map_set(l->a, &l->t->blocks, type, b);
}

static void load_code(struct theme_load *l, const struct theme_file *f) {
    static const struct str folders[] = {S_INIT("layout/"), S_INIT("sections/"), S_INIT("blocks/"),
                                         S_INIT("snippets/")};
    size_t k = 0, n = l->f->n;
    while (k < ARRAY_LEN(folders) && !str_starts(f->path, folders[k])) k++;
    if (k == ARRAY_LEN(folders) || !str_ends(f->path, S(".liquid"))) return;
    struct str name = without(str_from(f->path, folders[k].n), S(".liquid"));
    const struct liquid_template *code;
    if (!theme_compile(l->a, l->t->liquid, f->path, f->bytes, &code, l->f)) {
        theme_load_failed(l, n);
        return;
    }
    void *value = (void *)(uintptr_t)code;
    if (k == 0) map_set(l->a, &l->t->layouts, name, value);
    if (k == 1) load_section(l, f, name, code);
    if (k == 2) load_block(l, f, name, code);
    if (k == 3) map_set(l->a, &l->t->snippets, name, value);
}

static bool load_stage(struct theme_load *l) {
    struct theme *t = l->t;
    struct liquid_host *host = ARENA_NEW(l->a, struct liquid_host);
    struct liquid_options o = {.autoescape = true, .host = host, .name = S("page")};
    struct err err = {0};
    *host = *t->liquid;
    host->tags = theme_stage_tags;
    host->tag_count = theme_stage_tag_count;
    t->value_host = *host;
    return liquid_compile(l->a, S("{% stage %}"), &o, &t->stage, NULL, &err);
}

static bool loaded(struct theme_load *l, struct err *err) {
    const struct theme_finding *f = &l->first;
    if (l->failed && f->line)
        return err_set(err, ERR_INVALID, STR_FMT ", line %d: " STR_FMT, STR_ARG(f->file), f->line,
                       STR_ARG(f->message));
    if (l->failed)
        return err_set(err, ERR_INVALID, STR_FMT ": " STR_FMT, STR_ARG(f->file),
                       STR_ARG(f->message));
    if (!map_get(&l->t->layouts, S("theme")))
        return err_set(err, ERR_INVALID, "The theme has no layout/theme.liquid.");
    return true;
}

bool theme_load(struct arena *a, const struct theme_load_in *in, struct theme **out,
                struct err *err) {
    struct theme *t = ARENA_NEW(a, struct theme);
    struct theme_findings own = {.arena = a};
    struct theme_load l = {.a = a, .t = t, .f = in->findings ? in->findings : &own, .in = in};
    const struct theme_json *data;
    *t = (struct theme){.arena = a,
                        .styles = ARENA_NEW(a, struct theme_styles),
                        .host = in->host,
                        .liquid = theme_liquid_host(a, t),
                        .asset_prefix = arena_str(a, in->asset_prefix),
                        .lang = arena_str(a, in->locale)};
    copy_files(a, in->files, &t->files);
    copy_texts(&l);
    ensure(load_stage(&l));
    for (size_t i = 0; i < t->files.n; i++) load_code(&l, &t->files.v[i]);
    theme_load_locales(&l);
    theme_load_settings(&l, &data);
    theme_load_standards(&l, data);
    theme_load_templates(&l);
    theme_load_assets(&l);
    theme_load_liquid_assets(&l);
    theme_load_needs(&l);
    *out = t;
    return loaded(&l, err);
}

struct theme_needs theme_needs(const struct theme *t) {
    return t->needs;
}

bool theme_has(const struct theme *t, struct str template) {
    return map_get(&t->templates, template) != NULL;
}

const struct theme_settings_schema *theme_settings_schema(const struct theme *t) {
    return &t->settings_schema;
}

const struct theme_schema *theme_section_schema(const struct theme *t, struct str type) {
    const struct theme_section_file *f = map_get(&t->sections, type);
    return f ? &f->schema : NULL;
}

const struct theme_schema *theme_block_schema(const struct theme *t, struct str type) {
    const struct theme_block_file *f = map_get(&t->blocks, type);
    return f ? &f->schema : NULL;
}

const struct theme_files *theme_files(const struct theme *t) { return &t->files; }

const struct theme_host *theme_host_of(const struct theme *t) { return t->host; }
