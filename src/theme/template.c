// SPDX-License-Identifier: Apache-2.0
// JSON templates and section groups: sections, their blocks, the elements round them, made once
// when a theme is loaded. So are sections with the schema's defaults, for {% section %}.
#include "theme/load.h"

enum { BLOCK_DEPTH = 16 };

static const struct theme_json *object(const struct theme_json *j) {
    return j && j->type == THEME_JSON_OBJECT ? j : NULL;
}

static const struct theme_json *member(const struct theme_json *o, struct str key) {
    for (size_t i = 0; object(o) && i < o->n; i++)
        if (str_eq(o->keys[i], key)) return &o->items[i];
    return NULL;
}

static bool is_true(const struct theme_json *o, const char *key) {
    const struct theme_json *j = object(o) ? theme_json_get(o, key) : NULL;
    return j && j->type == THEME_JSON_BOOL && j->boolean;
}

struct place { // where blocks are read
    struct theme_load *l;
    struct str file, path; // "hero."
    struct str id;         // of what holds them
    const struct theme_schema *section;
    bool dynamic;
    int depth;
};

static const struct theme_block_type *local_type(const struct theme_schema *s, struct str type) {
    for (size_t i = 0; s && i < s->block_count; i++)
        if (str_eq(s->blocks[i].type, type)) return &s->blocks[i];
    return NULL;
}

static void read_blocks(const struct place *p, const struct theme_json *blocks,
                        const struct theme_json *order, struct theme_block *out);

// False: no such block; it is left out.
static bool read_block(const struct place *p, struct str key, const struct theme_json *j,
                       struct theme_block *out) {
    struct theme_load *l = p->l;
    struct str type = theme_json_text(j, "type");
    const struct theme_block_type *local = local_type(p->section, type);
    *out = (struct theme_block){.key = key, .type = type};
    out->id = arena_fmt(l->a, STR_FMT "__" STR_FMT, STR_ARG(p->id), STR_ARG(key));
    if (!local || !local->name.n) out->file = map_get(&l->t->blocks, type);
    if (!local && !out->file) {
        if (!str_starts(type, S("@")) && !str_starts(type, S("shopify://")))
            theme_find(l->f, THEME_WARNING, p->file, j->line,
                       "There is no block \"" STR_FMT "\"; it is left out.", STR_ARG(type));
        return false;
    }
    struct place in = *p;
    in.path = arena_fmt(l->a, STR_FMT "blocks." STR_FMT ".", STR_ARG(p->path), STR_ARG(key));
    in.id = out->id;
    in.section = out->file ? &out->file->schema : NULL;
    in.depth++;
    struct theme_values_in values = {
        .settings = out->file ? out->file->schema.settings : local->settings,
        .n = out->file ? out->file->schema.setting_count : local->setting_count,
        .given = object(theme_json_get(j, "settings")),
        .file = p->file,
        .path = arena_fmt(l->a, STR_FMT "settings.", STR_ARG(in.path)),
        .dynamic = p->dynamic};
    out->values = theme_values_new(l, &values);
    if (in.depth < BLOCK_DEPTH)
        read_blocks(&in, theme_json_get(j, "blocks"), theme_json_get(j, "block_order"), out);
    return true;
}

// blocks: an object by key, or (in "default" and presets) an array.
static void read_blocks(const struct place *p, const struct theme_json *blocks,
                        const struct theme_json *order, struct theme_block *out) {
    struct arena *a = p->l->a;
    bool listed = blocks && blocks->type == THEME_JSON_ARRAY;
    if (!listed && !object(blocks)) return;
    bool ordered = !listed && order && order->type == THEME_JSON_ARRAY;
    size_t n = ordered ? order->n : blocks->n;
    if (n > THEME_BLOCKS_MAX) n = THEME_BLOCKS_MAX;
    struct theme_block *v = ARENA_ARRAY(a, struct theme_block, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct str key = listed    ? arena_fmt(a, "%zu", i + 1)
                         : ordered ? order->items[i].text
                                   : blocks->keys[i];
        const struct theme_json *j = ordered ? member(blocks, key) : &blocks->items[i];
        if (!object(j) || is_true(j, "disabled") || is_true(j, "static")) continue;
        if (read_block(p, key, j, &v[out->n])) out->n++;
    }
    out->blocks = v;
    for (size_t i = 0; !listed && i < blocks->n && i < THEME_BLOCKS_MAX; i++) {
        const struct theme_json *j = &blocks->items[i];
        struct theme_block *b = ARENA_NEW(a, struct theme_block);
        if (!object(j) || !is_true(j, "static") || is_true(j, "disabled")) continue;
        if (read_block(p, blocks->keys[i], j, b)) map_set(a, &out->statics, blocks->keys[i], b);
    }
}

// The id of the element is what scripts ask for in ?section_id=.
static void section_element(struct theme_load *l, struct theme_section *s, struct str group) {
    const struct theme_schema *schema = &s->file->schema;
    struct str tag = theme_element(schema->tag);
    struct buf b = buf_new(l->a, 4096);
    buf_fmt(&b, "<" STR_FMT " id=\"shopify-section-", STR_ARG(tag));
    buf_html(&b, s->id);
    buf_put(&b, S("\" class=\"shopify-section"));
    if (group.n) {
        buf_put(&b, S(" shopify-section-group-"));
        buf_html(&b, group);
    }
    if (schema->class_name.n) buf_char(&b, ' ');
    buf_html(&b, schema->class_name);
    buf_put(&b, S("\">"));
    s->before = buf_str(&b);
    s->after = arena_fmt(l->a, "</" STR_FMT ">", STR_ARG(tag));
}

struct section_in {
    struct str file, path, id, location, group;
    bool dynamic;
    const struct theme_json *json; // {"settings", "blocks", "block_order"} or NULL
};

static void read_section(struct theme_load *l, const struct section_in *in,
                         const struct theme_section_file *file, struct theme_section *out) {
    *out = (struct theme_section){.id = in->id, .location = in->location, .file = file};
    out->self.id = in->id;
    out->self.type = file->type;
    struct theme_values_in values = {
        .settings = file->schema.settings,
        .n = file->schema.setting_count,
        .given = in->json ? object(theme_json_get(in->json, "settings")) : NULL,
        .file = in->file,
        .path = arena_fmt(l->a, STR_FMT "settings.", STR_ARG(in->path)),
        .dynamic = in->dynamic};
    out->self.values = theme_values_new(l, &values);
    struct place p = {l, in->file, in->path, in->id, &file->schema, in->dynamic, 0};
    if (in->json)
        read_blocks(&p, theme_json_get(in->json, "blocks"), theme_json_get(in->json, "block_order"),
                    &out->self);
    section_element(l, out, in->group);
}

static struct str id_part(struct arena *a, struct str name) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < name.n; i++)
        buf_char(&b, name.p[i] == '.' || name.p[i] == '/' ? '-' : name.p[i]);
    return buf_str(&b);
}

struct sections_in {
    const struct theme_file *file;
    const struct theme_json *json;
    struct str name, location, group;
    const char *id; // "template--"
};

static bool next_section(struct theme_load *l, const struct sections_in *in, struct str key,
                         struct theme_section *out) {
    const struct theme_json *j = member(theme_json_get(in->json, "sections"), key);
    if (!object(j)) {
        theme_find(l->f, THEME_WARNING, in->file->path, in->json->line,
                   "\"order\" names the section \"" STR_FMT "\", which is not there.",
                   STR_ARG(key));
        return false;
    }
    if (is_true(j, "disabled")) return false;
    struct str type = theme_json_text(j, "type");
    const struct theme_section_file *file = map_get(&l->t->sections, type);
    if (!file) {
        if (!str_starts(type, S("apps")))
            theme_find(l->f, THEME_WARNING, in->file->path, j->line,
                       "There is no section \"" STR_FMT "\"; it is left out.", STR_ARG(type));
        return false;
    }
    struct section_in s = {.file = in->file->path,
                           .path = arena_fmt(l->a, STR_FMT ".", STR_ARG(key)),
                           .id = arena_fmt(l->a, "%s" STR_FMT "__" STR_FMT, in->id,
                                           STR_ARG(id_part(l->a, in->name)), STR_ARG(key)),
                           .location = in->location,
                           .group = in->group,
                           .dynamic = true,
                           .json = j};
    read_section(l, &s, file, out);
    return true;
}

static struct theme_sections *read_sections(struct theme_load *l, const struct sections_in *in) {
    struct theme_sections *out = ARENA_NEW(l->a, struct theme_sections);
    const struct theme_json *order = theme_json_get(in->json, "order");
    size_t n = order && order->type == THEME_JSON_ARRAY ? order->n : 0;
    if (n > THEME_SECTIONS_MAX) n = THEME_SECTIONS_MAX;
    struct theme_section *v = ARENA_ARRAY(l->a, struct theme_section, n + 1);
    *out = (struct theme_sections){
        .file = in->file->path, .name = in->name, .location = in->location, .v = v};
    for (size_t i = 0; i < n; i++) {
        if (map_get(&out->by_key, order->items[i].text)) continue;
        if (!next_section(l, in, order->items[i].text, &v[out->n])) continue;
        map_set(l->a, &out->by_key, order->items[i].text, &v[out->n]);
        out->n++;
        v[out->n - 1].index = (int64_t)out->n;
    }
    return out;
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

struct str theme_element(struct str tag) {
    for (size_t i = 0; i < tag.n; i++)
        if (!is_word(tag.p[i])) return S("div");
    return tag.n ? tag : S("div");
}

static struct str word_at(struct str s, size_t *i) {
    size_t from = *i;
    while (*i < s.n && is_word(s.p[*i])) (*i)++;
    return str_sub(s, from, *i - from);
}

// "main#MainContent.page[data-kind=x]"
static void read_wrapper(struct theme_load *l, struct str s, struct theme_sections *out) {
    struct buf b = buf_new(l->a, 4096), classes = buf_new(l->a, 1024);
    size_t i = 0;
    struct str tag = word_at(s, &i);
    if (!tag.n) return;
    buf_fmt(&b, "<" STR_FMT, STR_ARG(tag));
    while (i < s.n) {
        char c = s.p[i++];
        if (c == '#') {
            buf_put(&b, S(" id=\""));
            buf_html(&b, word_at(s, &i));
            buf_char(&b, '"');
        } else if (c == '.') {
            if (classes.n) buf_char(&classes, ' ');
            buf_html(&classes, word_at(s, &i));
        } else if (c == '[') {
            struct str name = word_at(s, &i);
            size_t end = str_find_char(str_from(s, i), ']');
            struct str value = str_sub(s, i, end == STR_NONE ? s.n - i : end);
            i += value.n + 1;
            if (str_starts(value, S("="))) value = str_from(value, 1);
            if (value.n > 1 && (value.p[0] == '"' || value.p[0] == '\''))
                value = str_sub(value, 1, value.n - 2);
            buf_fmt(&b, name.n ? " " STR_FMT "=\"" : STR_FMT, STR_ARG(name));
            buf_html(&b, name.n ? value : S(""));
            if (name.n) buf_char(&b, '"');
        }
    }
    if (classes.n) buf_fmt(&b, " class=\"" STR_FMT "\"", STR_ARG(buf_str(&classes)));
    buf_char(&b, '>');
    out->before = buf_str(&b);
    out->after = arena_fmt(l->a, "</" STR_FMT ">", STR_ARG(tag));
}

// templates/customers/login.json is "customers/login"
static struct theme_template *template_new(struct theme_load *l, struct str full) {
    struct theme_template *t = ARENA_NEW(l->a, struct theme_template);
    size_t slash = str_find_char(full, '/'), dot = str_find_char(full, '.');
    *t = (struct theme_template){.full = full, .name = full, .layout = S("theme")};
    if (slash != STR_NONE) t->directory = str_sub(full, 0, slash);
    if (dot != STR_NONE) {
        t->name = str_sub(full, 0, dot);
        t->suffix = str_from(full, dot + 1);
    }
    return t;
}

static void note_custom_css(struct theme_load *l, const struct theme_file *f,
                            const struct theme_json *json) {
    const struct theme_json *sections = object(theme_json_get(json, "sections"));
    for (size_t i = 0; sections && i < sections->n; i++)
        if (object(&sections->items[i]) && theme_json_get(&sections->items[i], "custom_css"))
            theme_find(l->f, THEME_NOTE, f->path, sections->items[i].line,
                       "\"custom_css\" of a section is not used.");
}

static void load_json_template(struct theme_load *l, const struct theme_file *f, struct str full) {
    struct theme_json *json = ARENA_NEW(l->a, struct theme_json);
    if (!theme_load_json(l, f, json)) return;
    struct theme_template *t = template_new(l, full);
    const struct theme_json *layout = theme_json_get(json, "layout");
    if (layout && layout->type == THEME_JSON_BOOL && !layout->boolean) t->layout = (struct str){0};
    if (layout && layout->type == THEME_JSON_STRING) t->layout = layout->text;
    struct sections_in in = {f, json, full, S("template"), {0}, "template--"};
    struct theme_sections *sections = read_sections(l, &in);
    struct str wrapper = theme_json_text(json, "wrapper");
    if (wrapper.n) read_wrapper(l, wrapper, sections);
    note_custom_css(l, f, json);
    t->sections = sections;
    map_set(l->a, &l->t->templates, full, t);
}

static void load_group(struct theme_load *l, const struct theme_file *f, struct str name) {
    struct theme_json *json = ARENA_NEW(l->a, struct theme_json);
    if (!theme_load_json(l, f, json)) return;
    struct str type = theme_json_text(json, "type");
    struct sections_in in = {f, json, name, type.n ? type : S("custom"), name, "sections--"};
    map_set(l->a, &l->t->groups, name, read_sections(l, &in));
}

static struct str name_in(struct str path, struct str folder, struct str suffix) {
    if (!str_starts(path, folder) || !str_ends(path, suffix)) return (struct str){0};
    return str_sub(path, folder.n, path.n - folder.n - suffix.n);
}

static void load_liquid_template(struct theme_load *l, const struct theme_file *f,
                                 struct str full) {
    struct theme_template *t = template_new(l, full);
    size_t n = l->f->n;
    if (!theme_compile(l->a, l->t->liquid, f->path, f->bytes, &t->code, l->f))
        theme_load_failed(l, n);
    map_set(l->a, &l->t->templates, full, t);
}

void theme_load_templates(struct theme_load *l) {
    for (size_t i = 0; i < l->t->files.n; i++) {
        const struct theme_file *f = &l->t->files.v[i];
        struct str json = name_in(f->path, S("templates/"), S(".json"));
        struct str liquid = name_in(f->path, S("templates/"), S(".liquid"));
        struct str group = name_in(f->path, S("sections/"), S(".json"));
        if (json.n) load_json_template(l, f, json);
        if (liquid.n && !map_get(&l->t->templates, liquid)) load_liquid_template(l, f, liquid);
        if (group.n) load_group(l, f, group);
    }
}

void theme_load_standards(struct theme_load *l, const struct theme_json *data) {
    const struct theme_json *kept = data ? theme_json_get(data, "sections") : NULL;
    for (size_t i = 0; i < l->t->blocks.n; i++) {
        struct theme_block_file *f = l->t->blocks.v[i].value;
        struct theme_values_in values = {.settings = f->schema.settings,
                                         .n = f->schema.setting_count,
                                         .file = S("blocks"),
                                         .path = S("")};
        f->standard = (struct theme_block){
            .type = f->type, .file = f, .values = theme_values_new(l, &values)};
    }
    for (size_t i = 0; i < l->t->sections.n; i++) {
        struct theme_section_file *f = l->t->sections.v[i].value;
        const struct theme_json *own = member(kept, f->type);
        struct section_in in = {
            .file = S("config/settings_data.json"),
            .path = arena_fmt(l->a, "current.sections." STR_FMT ".", STR_ARG(f->type)),
            .id = f->type,
            .location = S("static"),
            .json = object(own) ? own : f->schema.otherwise};
        read_section(l, &in, f, &f->standard);
        f->standard.off = is_true(own, "disabled");
    }
}
