// SPDX-License-Identifier: Apache-2.0
// config/: the schema of the theme's settings, and their values in force and of presets.
#include "theme/check_private.h"

static const struct theme_setting *setting_of(const struct theme_checking *c, struct str id) {
    for (size_t i = 0; i < c->theme.n; i++) {
        const struct theme_setting_group *g = &c->theme.groups[i];
        const struct theme_setting *s = theme_setting_find(g->settings, g->setting_count, id);
        if (s) return s;
    }
    return NULL;
}

// {"scheme-1": {"settings": {"background": "#fff"}}}, by the definition in the setting.
static void check_schemes(struct theme_reader *r, const struct theme_setting *s,
                          const struct theme_json *schemes) {
    struct theme_findings told = {.arena = r->arena};
    struct theme_reader quiet = {r->arena, r->file, &told};
    size_t n;
    const struct theme_setting *colours =
        theme_settings_read(&quiet, theme_json_get(s->all, "definition"), &n);
    for (size_t i = 0; i < schemes->n; i++)
        theme_values_check(r, theme_json_get(&schemes->items[i], "settings"), colours, n);
}

static void check_value(struct theme_checking *c, const struct theme_file *f, struct str id,
                        const struct theme_json *v) {
    static const char *const platform[] = {"sections", "content_for_index", "blocks",
                                           "platform_customizations", NULL};
    struct theme_reader r = theme_reader(c, f->path);
    const struct theme_setting *s = setting_of(c, id);
    struct str why;
    if (!s && theme_word_in(platform, id)) return;
    if (!s) {
        NOTE(c, f->path, v->line, "settings_schema.json has no setting \"" STR_FMT "\".",
             STR_ARG(theme_shown(id)));
    } else if (!theme_value_ok(&c->scratch, s, v, &why)) {
        WARN(c, f->path, v->line, "The value of \"" STR_FMT "\" " STR_FMT ".",
             STR_ARG(theme_shown(id)), STR_ARG(why));
    } else if (str_eq(s->type, S("color_scheme_group")) && v->type == THEME_JSON_OBJECT) {
        check_schemes(&r, s, v);
    }
}

static void check_values(struct theme_checking *c, const struct theme_file *f,
                         const struct theme_json *values) {
    for (size_t i = 0; i < values->n; i++) check_value(c, f, values->keys[i], &values->items[i]);
    const struct theme_json *sections = theme_json_get(values, "sections");
    if (sections) theme_check_static_sections(c, f, sections);
}

static bool is_preset(const struct theme_json *presets, struct str name) {
    for (size_t i = 0; presets && presets->keys && i < presets->n; i++)
        if (str_eq(presets->keys[i], name)) return true;
    return false;
}

static void check_data(struct theme_checking *c, const struct theme_file *f,
                       const struct theme_json *v) {
    const struct theme_json *current = theme_json_get(v, "current");
    const struct theme_json *presets = theme_json_get(v, "presets");
    if (!current)
        WRONG(c, f->path, v->line, "settings_data.json needs \"current\".");
    else if (current->type == THEME_JSON_STRING && !is_preset(presets, current->text))
        WRONG(c, f->path, current->line, "\"current\" names a preset that is not there.");
    else if (current->type == THEME_JSON_OBJECT)
        check_values(c, f, current);
    else if (current->type != THEME_JSON_STRING)
        WRONG(c, f->path, current->line, "\"current\" must be an object or the name of a preset.");
    if (presets && presets->type != THEME_JSON_OBJECT)
        WRONG(c, f->path, presets->line, "\"presets\" must be an object.");
    for (size_t i = 0; presets && presets->keys && i < presets->n; i++)
        if (presets->items[i].type == THEME_JSON_OBJECT) check_values(c, f, &presets->items[i]);
}

static void check_schema(struct theme_checking *c) {
    struct str path = S("config/settings_schema.json");
    const struct theme_file *f = theme_file_find(c->files, path);
    if (!f) {
        WARN(c, path, 0, "This file is not there; the theme has no settings.");
        return;
    }
    theme_settings_schema_read(c->arena, f, &c->theme, c->out);
    struct theme_findings told = {.arena = &c->scratch};
    struct theme_json v;
    if (c->has_schema_words && theme_json_parse(&c->scratch, f->path, f->bytes, 1, &v, &told))
        theme_check_schema_words(c, f->path, &v);
    arena_reset(&c->scratch);
}

void theme_check_settings(struct theme_checking *c) {
    check_schema(c);
    for (size_t i = 0; i < c->files->n; i++) {
        const struct theme_file *f = &c->files->v[i];
        struct theme_json v;
        if (!str_starts(f->path, S("config/")) || !str_ends(f->path, S(".json"))) continue;
        if (str_eq(f->path, S("config/settings_schema.json"))) continue;
        if (theme_json_parse(&c->scratch, f->path, f->bytes, 1, &v, c->out) &&
            str_eq(f->path, S("config/settings_data.json")))
            check_data(c, f, &v);
        arena_reset(&c->scratch);
    }
}
