// SPDX-License-Identifier: Apache-2.0
// Settings in force, made once when a theme is loaded: a value given (template, settings_data) or
// the schema's default, converted by the setting's type. What needs a page (resources, Liquid) is
// prepared here and answered in view.c.
#include "theme/load.h"

enum convert {
    TO_TEXT,
    TO_CHOICE,
    TO_RICH,
    TO_INLINE,
    TO_HTML,
    TO_LIQUID,
    TO_NUMBER,
    TO_BOOL,
    TO_COLOR,
    TO_FONT,
    TO_SCHEME,
    TO_SCHEMES,
    TO_VIDEO,
    TO_RESOURCE,
    TO_ANY,
};
static const struct {
    const char *type;
    enum convert to;
} types[] = {
    {"article", TO_RESOURCE},
    {"article_list", TO_RESOURCE},
    {"blog", TO_RESOURCE},
    {"checkbox", TO_BOOL},
    {"collection", TO_RESOURCE},
    {"collection_list", TO_RESOURCE},
    {"color", TO_COLOR},
    {"color_background", TO_TEXT},
    {"color_scheme", TO_SCHEME},
    {"color_scheme_group", TO_SCHEMES},
    {"font_picker", TO_FONT},
    {"html", TO_HTML},
    {"image_picker", TO_RESOURCE},
    {"inline_richtext", TO_INLINE},
    {"link_list", TO_RESOURCE},
    {"liquid", TO_LIQUID},
    {"metaobject", TO_RESOURCE},
    {"metaobject_list", TO_RESOURCE},
    {"number", TO_NUMBER},
    {"page", TO_RESOURCE},
    {"product", TO_RESOURCE},
    {"product_list", TO_RESOURCE},
    {"radio", TO_CHOICE},
    {"range", TO_NUMBER},
    {"richtext", TO_RICH},
    {"select", TO_CHOICE},
    {"text", TO_TEXT},
    {"text_alignment", TO_CHOICE},
    {"textarea", TO_TEXT},
    {"url", TO_RESOURCE},
    {"video", TO_RESOURCE},
    {"video_url", TO_VIDEO},
};
static const enum theme_value_how how_of[] = {
    [TO_COLOR] = THEME_VALUE_COLOR,       [TO_FONT] = THEME_VALUE_FONT,
    [TO_SCHEME] = THEME_VALUE_SCHEME,     [TO_SCHEMES] = THEME_VALUE_SCHEMES,
    [TO_RESOURCE] = THEME_VALUE_RESOURCE, [TO_VIDEO] = THEME_VALUE_VIDEO,
    [TO_LIQUID] = THEME_VALUE_CODE,       [TO_ANY] = THEME_VALUE_FIXED,
};

static enum convert convert_of(struct str type) {
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(type, str_c(types[i].type))) return types[i].to;
    return TO_ANY;
}

struct liquid_value theme_json_value(struct arena *a, const struct theme_json *j) {
    struct liquid_value v = liquid_nil();
    if (j->type == THEME_JSON_BOOL) return liquid_bool(j->boolean);
    if (j->type == THEME_JSON_INT) return liquid_int(j->integer);
    if (j->type == THEME_JSON_STRING) return liquid_text(j->text);
    if (j->type == THEME_JSON_FLOAT) {
        struct err err = {0};
        if (!liquid_parse_json(a, j->text, &v, &err)) return liquid_nil();
    } else if (j->type == THEME_JSON_ARRAY) {
        struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, j->n + 1);
        for (size_t i = 0; i < j->n; i++) items[i] = theme_json_value(a, &j->items[i]);
        return liquid_array(items, j->n);
    } else if (j->type == THEME_JSON_OBJECT) {
        struct liquid_map *m = liquid_map_new(a);
        for (size_t i = 0; i < j->n; i++)
            liquid_set_str(m, j->keys[i], theme_json_value(a, &j->items[i]));
        return liquid_of_map(m);
    }
    return v;
}

static struct liquid_value number_of_text(struct arena *a, struct str s) {
    struct liquid_value v;
    struct err err = {0};
    bool digit = s.n && (s.p[0] == '-' || (s.p[0] >= '0' && s.p[0] <= '9'));
    return digit && liquid_parse_json(a, s, &v, &err) ? v : liquid_nil();
}

// Of a setting without value and default: a choice is its first option, a text is empty, others
// are nil.
static struct liquid_value unset(const struct theme_setting *s, enum convert to) {
    const struct theme_json *options = s->all ? theme_json_get(s->all, "options") : NULL;
    if (str_eq(s->type, S("text_alignment"))) return liquid_text(S("left"));
    if (to == TO_CHOICE && options && options->n && options->items[0].type == THEME_JSON_OBJECT)
        return liquid_text(theme_json_text(&options->items[0], "value"));
    bool text =
        to == TO_TEXT || to == TO_RICH || to == TO_INLINE || to == TO_HTML || to == TO_LIQUID;
    return text ? liquid_text(S("")) : liquid_nil();
}

static struct liquid_value fixed_value(struct arena *a, enum convert to, struct liquid_value v) {
    struct str text = liquid_str(v);
    if (to == TO_BOOL) return liquid_bool(v.type == LIQUID_BOOL ? v.boolean : text.n > 0);
    if (to == TO_NUMBER) return text.p ? number_of_text(a, text) : v;
    if (to == TO_RESOURCE && text.p && !text.n) return liquid_nil();
    if (to == TO_ANY || to == TO_RESOURCE || to == TO_SCHEMES || v.type == LIQUID_NIL) return v;
    if (!text.p) text = liquid_to_str(a, v);
    if (to == TO_RICH || to == TO_INLINE) text = theme_rich_text(a, text, to == TO_INLINE);
    bool html = to == TO_RICH || to == TO_INLINE || to == TO_HTML;
    return html ? liquid_html(text) : liquid_text(text);
}

static bool is_markup(enum convert to) {
    return to == TO_RICH || to == TO_INLINE || to == TO_HTML || to == TO_LIQUID;
}

static struct str liquid_path(struct str s) { // what stands alone between {{ and }}; or absent
    s = str_trim(s);
    if (!str_starts(s, S("{{")) || !str_ends(s, S("}}")) || s.n < 5) return (struct str){0};
    s = str_sub(s, 2, s.n - 4);
    if (str_starts(s, S("-"))) s = str_from(s, 1);
    if (str_ends(s, S("-"))) s = str_sub(s, 0, s.n - 1);
    bool more = str_find_char(s, '{') != STR_NONE || str_find_char(s, '|') != STR_NONE;
    return more ? (struct str){0} : str_trim(s);
}

struct value_in {
    const struct theme_values_in *in;
    const struct theme_setting *setting;
    enum convert to;
};

static bool compile_value(struct theme_load *l, const struct value_in *v, struct str text,
                          struct theme_value *out) {
    struct str path = v->to == TO_LIQUID ? (struct str){0} : liquid_path(text);
    struct liquid_options o = {.mode = LIQUID_LAX,
                               .autoescape = is_markup(v->to),
                               .host = path.n ? &l->t->value_host : l->t->liquid,
                               .name = v->in->file};
    struct err err = {0};
    struct liquid_error error = {0};
    if (v->to == TO_RICH || v->to == TO_INLINE)
        text = theme_rich_text(l->a, text, v->to == TO_INLINE);
    if (path.n) text = arena_fmt(l->a, "{%% value " STR_FMT " %%}", STR_ARG(path));
    out->how = path.n ? THEME_VALUE_PATH : THEME_VALUE_CODE;
    out->then = v->to == TO_LIQUID ? THEME_VALUE_FIXED : how_of[v->to];
    out->html = is_markup(v->to);
    if (liquid_compile(l->a, text, &o, &out->code, &error, &err)) return true;
    theme_find(l->f, THEME_WARNING, v->in->file, 0, "The setting \"" STR_FMT "\": " STR_FMT,
               STR_ARG(v->setting->id), STR_ARG(error.message));
    return false;
}

static void value_fill(struct theme_load *l, const struct value_in *v, struct liquid_value given,
                       struct theme_value *out) {
    struct str text = liquid_str(given);
    bool code = str_find(text, S("{{")) != STR_NONE || str_find(text, S("{%")) != STR_NONE;
    out->setting = v->setting;
    out->how = THEME_VALUE_FIXED;
    if (v->to == TO_LIQUID || (v->in->dynamic && code)) {
        if (!str_empty(text) && compile_value(l, v, text, out)) return;
        out->how = THEME_VALUE_FIXED;
    }
    if (str_starts(text, S("t:"))) {
        out->how = THEME_VALUE_KEY;
        out->html = is_markup(v->to);
        out->fixed = liquid_text(str_from(text, 2));
        return;
    }
    out->fixed = fixed_value(l->a, v->to == TO_LIQUID ? TO_HTML : v->to, given);
    if (v->to != TO_LIQUID && out->fixed.type != LIQUID_NIL) out->how = how_of[v->to];
}

static void other_languages(struct theme_load *l, const struct value_in *v, struct theme_values *vs,
                            struct theme_value *first) {
    struct str path = arena_fmt(l->a, STR_FMT "%c" STR_FMT STR_FMT, STR_ARG(v->in->file), 0,
                                STR_ARG(v->in->path), STR_ARG(v->setting->id));
    const struct theme_text_list *t = map_get(&l->texts, path);
    for (; t; t = t->next) {
        struct theme_value *o = ARENA_NEW(l->a, struct theme_value);
        value_fill(l, v, liquid_text(arena_str(l->a, t->text->value)), o);
        o->lang = arena_str(l->a, t->text->lang);
        o->at = vs->n++;
        o->other = first->other;
        first->other = o;
    }
}

static bool within_limit(struct theme_load *l, const struct theme_values_in *in) {
    size_t n = l->f->n;
    if (l->values > THEME_VALUES_MAX) return false;
    l->values += in->n + 1;
    if (l->values <= THEME_VALUES_MAX) return true;
    theme_find(l->f, THEME_ERROR, in->file, 0, "The theme has more than %d settings in force.",
               THEME_VALUES_MAX);
    theme_load_failed(l, n);
    return false;
}

const struct theme_values *theme_values_new(struct theme_load *l,
                                            const struct theme_values_in *in) {
    struct theme_values *out = ARENA_NEW(l->a, struct theme_values);
    if (!within_limit(l, in)) return out;
    for (size_t i = 0; i < in->n; i++) {
        const struct theme_setting *s = &in->settings[i];
        if (!s->id.n) continue;
        struct theme_value *v = ARENA_NEW(l->a, struct theme_value);
        struct value_in vi = {in, s, convert_of(s->type)};
        struct str key = s->id;
        const struct theme_json *j = NULL;
        for (size_t k = 0; in->given && k < in->given->n && in->given->keys; k++)
            if (str_eq(in->given->keys[k], key)) j = &in->given->items[k];
        if (!j) j = s->otherwise;
        struct liquid_value given = j ? theme_json_value(l->a, j) : liquid_nil();
        value_fill(l, &vi, given.type == LIQUID_NIL ? unset(s, vi.to) : given, v);
        v->at = out->n++;
        if (l->texts.n) other_languages(l, &vi, out, v);
        map_set(l->a, &out->by_id, key, v);
    }
    return out;
}

static const struct theme_json *member(const struct theme_json *o, struct str key) {
    for (size_t i = 0; o && o->type == THEME_JSON_OBJECT && i < o->n; i++)
        if (str_eq(o->keys[i], key)) return &o->items[i];
    return NULL;
}

static const struct theme_json *object(const struct theme_json *j) {
    return j && j->type == THEME_JSON_OBJECT ? j : NULL;
}

// "current": an object, or the name of a preset.
static const struct theme_json *current(struct theme_load *l) {
    const struct theme_file *f = theme_file_find(&l->t->files, S("config/settings_data.json"));
    struct theme_json *all = ARENA_NEW(l->a, struct theme_json);
    if (!f || !theme_load_json(l, f, all)) return NULL;
    const struct theme_json *c = theme_json_get(all, "current");
    if (c && c->type == THEME_JSON_STRING) {
        const struct theme_json *preset = member(theme_json_get(all, "presets"), c->text);
        if (!preset)
            theme_find(l->f, THEME_WARNING, f->path, c->line,
                       "\"current\" names the preset \"" STR_FMT "\", which is not there.",
                       STR_ARG(c->text));
        c = preset;
    }
    return object(c);
}

static void settings_of_definition(struct arena *a, const struct theme_json *definition,
                                   struct theme_values_in *out) {
    size_t n = definition && definition->type == THEME_JSON_ARRAY ? definition->n : 0;
    struct theme_setting *v = ARENA_ARRAY(a, struct theme_setting, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct theme_json *j = &definition->items[i];
        v[i] = (struct theme_setting){.type = theme_json_text(j, "type"),
                                      .id = theme_json_text(j, "id"),
                                      .otherwise = theme_json_get(j, "default"),
                                      .all = j};
    }
    out->settings = v;
    out->n = n;
}

static void load_schemes(struct theme_load *l, const struct theme_setting *group,
                         const struct theme_json *data) {
    struct theme_values_in in = {.file = S("config/settings_data.json"), .path = S("")};
    settings_of_definition(l->a, theme_json_get(group->all, "definition"), &in);
    const struct theme_json *schemes = object(member(data, group->id));
    if (!schemes) schemes = object(group->otherwise);
    for (size_t i = 0; schemes && i < schemes->n; i++) {
        in.given = object(theme_json_get(&schemes->items[i], "settings"));
        map_set(l->a, &l->t->schemes, schemes->keys[i],
                (void *)(uintptr_t)theme_values_new(l, &in));
    }
}

void theme_load_settings(struct theme_load *l, const struct theme_json **data_out) {
    const struct theme_file *f = theme_file_find(&l->t->files, S("config/settings_schema.json"));
    struct theme_settings_schema *schema = &l->t->settings_schema;
    if (f) theme_settings_schema_read(l->a, f, schema, l->f);
    const struct theme_json *data = *data_out = current(l);
    size_t n = 0, at = 0;
    for (size_t i = 0; i < schema->n; i++) n += schema->groups[i].setting_count;
    struct theme_setting *all = ARENA_ARRAY(l->a, struct theme_setting, n + 1);
    for (size_t i = 0; i < schema->n; i++)
        for (size_t k = 0; k < schema->groups[i].setting_count; k++) {
            all[at] = schema->groups[i].settings[k];
            if (str_eq(all[at].type, S("color_scheme_group"))) load_schemes(l, &all[at], data);
            at++;
        }
    struct theme_values_in in = {.settings = all,
                                 .n = n,
                                 .given = data,
                                 .file = S("config/settings_data.json"),
                                 .path = S("current.")};
    l->t->settings = *theme_values_new(l, &in);
}
