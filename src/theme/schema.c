// SPDX-License-Identifier: Apache-2.0
#include "theme/schema.h"

#include "theme/schema_private.h"

static int64_t integer_of(const struct theme_json *object, const char *key) {
    const struct theme_json *v = theme_json_get(object, key);
    return v && v->type == THEME_JSON_INT && v->integer > 0 ? v->integer : 0;
}

static const struct theme_json *of_type(const struct theme_json *object, const char *key,
                                        int type) {
    const struct theme_json *v = theme_json_get(object, key);
    return v && (int)v->type == type ? v : NULL;
}

static bool is_name(struct str s) { // of a theme block: a file of blocks/
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-'))
            return false;
    }
    return s.n > 0;
}

// A local block has a name or settings; @theme, @app and the name of a theme block stand alone.
static bool read_block(struct theme_reader *r, const struct theme_json *v, bool local_allowed,
                       struct theme_block_type *out) {
    struct str type = theme_json_text(v, "type");
    bool local = theme_json_get(v, "name") || theme_json_get(v, "settings");
    bool at = str_starts(type, S("@"));
    if (local && !at && local_allowed) {
        TRY(theme_shape_ok(r, v, &theme_shape_local_block));
    } else {
        TRY(theme_shape_ok(r, v, &theme_shape_any_block));
        if (local)
            TELL(r, THEME_WARNING, v->line,
                 "The block type \"" STR_FMT "\" cannot be defined here.",
                 STR_ARG(theme_shown(type)));
        if (at && !str_eq(type, S("@theme")) && !str_eq(type, S("@app"))) {
            TELL(r, THEME_ERROR, v->line, "There is no block type \"" STR_FMT "\".",
                 STR_ARG(theme_shown(type)));
            return false;
        }
        if (!at && !is_name(type))
            TELL(r, THEME_WARNING, v->line, "The block type \"" STR_FMT "\" cannot name a file.",
                 STR_ARG(theme_shown(type)));
        local = false;
    }
    out->type = type;
    out->name = theme_json_text(v, "name");
    out->limit = integer_of(v, "limit");
    if (local)
        out->settings = theme_settings_read(r, theme_json_get(v, "settings"), &out->setting_count);
    return true;
}

const struct theme_block_type *theme_local_block(const struct theme_schema *s, struct str type) {
    for (size_t i = 0; i < s->block_count; i++)
        if (str_eq(s->blocks[i].type, type) && s->blocks[i].name.p) return &s->blocks[i];
    return NULL;
}

bool theme_block_allowed(const struct theme_schema *s, struct str type) {
    bool app = str_starts(type, S("shopify://")) || str_eq(type, S("@app"));
    for (size_t i = 0; i < s->block_count; i++) {
        struct str t = s->blocks[i].type;
        if (str_eq(t, type) || (app && str_eq(t, S("@app")))) return true;
        if (str_eq(t, S("@theme")) && !app && !str_starts(type, S("_"))) return true;
    }
    return false;
}

static bool block_known(const struct theme_schema *s, struct str type) {
    for (size_t i = 0; i < s->block_count; i++)
        if (str_eq(s->blocks[i].type, type)) return true;
    return false;
}

static void read_blocks(struct theme_reader *r, const struct theme_json *list, bool local_allowed,
                        struct theme_schema *out) {
    if (!list || list->type != THEME_JSON_ARRAY) return;
    bool local = false, themes = false;
    out->blocks = arena_alloc_array(r->arena, list->n, sizeof *out->blocks);
    for (size_t i = 0; i < list->n; i++) {
        struct theme_block_type block = {0};
        if (!read_block(r, &list->items[i], local_allowed, &block)) continue;
        if (block_known(out, block.type)) {
            TELL(r, THEME_ERROR, list->items[i].line,
                 "The block type \"" STR_FMT "\" stands twice.", STR_ARG(theme_shown(block.type)));
            continue;
        }
        local = local || block.name.p;
        themes = themes || (!block.name.p && !str_eq(block.type, S("@app")));
        out->blocks[out->block_count++] = block;
    }
    if (local && themes)
        TELL(r, THEME_WARNING, list->line,
             "A section has either blocks of its own or theme blocks, not both.");
}

static void check_preset_blocks(struct theme_reader *r, const struct theme_json *blocks,
                                const struct theme_schema *in);

static void check_order(struct theme_reader *r, const struct theme_json *owner,
                        const struct theme_json *blocks) {
    const struct theme_json *order = of_type(owner, "block_order", THEME_JSON_ARRAY);
    for (size_t i = 0; order && i < order->n; i++) {
        const struct theme_json *key = &order->items[i];
        bool there = false;
        for (size_t j = 0; blocks && blocks->keys && j < blocks->n && !there; j++)
            there = key->type == THEME_JSON_STRING && str_eq(blocks->keys[j], key->text);
        if (!there)
            TELL(r, THEME_WARNING, key->line, "\"block_order\" names a block that is not there.");
    }
}

// in: the schema whose blocks may stand here; NULL inside a theme block, whose file is another.
static void check_preset_block(struct theme_reader *r, const struct theme_json *v,
                               const struct theme_schema *in, bool in_list) {
    if (!theme_shape_ok(r, v, &theme_shape_preset_block)) return;
    struct str type = theme_json_text(v, "type");
    const struct theme_json *is_static = of_type(v, "static", THEME_JSON_BOOL);
    bool fixed = is_static && is_static->boolean;
    if (fixed && in_list && !theme_json_text(v, "id").p)
        TELL(r, THEME_WARNING, v->line, "A static block of a preset needs an \"id\".");
    if (in && !fixed && !theme_block_allowed(in, type))
        TELL(r, THEME_WARNING, v->line, "The schema allows no block of type \"" STR_FMT "\".",
             STR_ARG(theme_shown(type)));
    const struct theme_block_type *local = in ? theme_local_block(in, type) : NULL;
    if (local)
        theme_values_check(r, theme_json_get(v, "settings"), local->settings, local->setting_count);
    check_preset_blocks(r, theme_json_get(v, "blocks"), NULL);
    check_order(r, v, theme_json_get(v, "blocks"));
}

static void check_preset_blocks(struct theme_reader *r, const struct theme_json *blocks,
                                const struct theme_schema *in) {
    if (!blocks) return;
    for (size_t i = 0; i < blocks->n; i++)
        check_preset_block(r, &blocks->items[i], in, blocks->type == THEME_JSON_ARRAY);
}

static void check_presets(struct theme_reader *r, const struct theme_schema *s) {
    for (size_t i = 0; s->presets && i < s->presets->n; i++) {
        const struct theme_json *v = &s->presets->items[i];
        if (!theme_shape_ok(r, v, &theme_shape_preset)) continue;
        theme_values_check(r, theme_json_get(v, "settings"), s->settings, s->setting_count);
        check_preset_blocks(r, theme_json_get(v, "blocks"), s);
        check_order(r, v, theme_json_get(v, "blocks"));
    }
}

static void check_default(struct theme_reader *r, const struct theme_schema *s) {
    if (!s->otherwise || !theme_shape_ok(r, s->otherwise, &theme_shape_default)) return;
    theme_values_check(r, theme_json_get(s->otherwise, "settings"), s->settings, s->setting_count);
    check_preset_blocks(r, of_type(s->otherwise, "blocks", THEME_JSON_ARRAY), s);
}

static void check_locales(struct theme_reader *r, const struct theme_json *locales) {
    for (size_t i = 0; locales && i < locales->n; i++) {
        const struct theme_json *v = &locales->items[i];
        if (v->type != THEME_JSON_OBJECT)
            TELL(r, THEME_WARNING, v->line, "Texts of a language must be an object.");
        for (size_t j = 0; v->type == THEME_JSON_OBJECT && j < v->n; j++)
            if (v->items[j].type != THEME_JSON_STRING && v->items[j].type != THEME_JSON_OBJECT)
                TELL(r, THEME_WARNING, v->items[j].line, "This must be a text.");
    }
}

static void check_words(struct theme_reader *r, const struct theme_json *list,
                        const char *const *words) {
    for (size_t i = 0; list && i < list->n; i++) {
        const struct theme_json *v = &list->items[i];
        if (v->type != THEME_JSON_STRING)
            TELL(r, THEME_WARNING, v->line, "This must be a text.");
        else if (words && !theme_word_in(words, v->text) && !str_starts(v->text, S("metaobject/")))
            TELL(r, THEME_WARNING, v->line, "There is no kind of template \"" STR_FMT "\".",
                 STR_ARG(theme_shown(v->text)));
        for (size_t j = 0; v->type == THEME_JSON_STRING && j < i; j++)
            if (list->items[j].type == THEME_JSON_STRING && str_eq(list->items[j].text, v->text)) {
                TELL(r, THEME_WARNING, v->line, "\"" STR_FMT "\" stands twice.",
                     STR_ARG(theme_shown(v->text)));
                break;
            }
    }
}

static void check_toggles(struct theme_reader *r, const struct theme_schema *s) {
    const struct theme_json *toggles[] = {s->enabled_on, s->disabled_on};
    for (size_t i = 0; i < ARRAY_LEN(toggles); i++) {
        if (!toggles[i] || !theme_shape_ok(r, toggles[i], &theme_shape_toggle)) continue;
        check_words(r, of_type(toggles[i], "templates", THEME_JSON_ARRAY), theme_template_words);
        check_words(r, of_type(toggles[i], "groups", THEME_JSON_ARRAY), NULL);
    }
    if (s->enabled_on && s->disabled_on)
        TELL(r, THEME_WARNING, s->disabled_on->line,
             "A section has either \"enabled_on\" or \"disabled_on\"; the first counts.");
}

static void read_schema(struct theme_reader *r, const struct theme_json *v, bool section,
                        struct theme_schema *out) {
    const struct theme_json *tag = theme_json_get(v, "tag");
    if (!theme_shape_ok(r, v, section ? &theme_shape_section : &theme_shape_block)) return;
    out->name = theme_json_text(v, "name");
    out->tag = tag && tag->type == THEME_JSON_NULL ? S("") : theme_json_text(v, "tag");
    out->class_name = theme_json_text(v, "class");
    out->limit = integer_of(v, "limit");
    out->max_blocks = integer_of(v, "max_blocks");
    out->settings = theme_settings_read(r, theme_json_get(v, "settings"), &out->setting_count);
    read_blocks(r, theme_json_get(v, "blocks"), section, out);
    out->presets = of_type(v, "presets", THEME_JSON_ARRAY);
    out->otherwise = of_type(v, "default", THEME_JSON_OBJECT);
    out->locales = of_type(v, "locales", THEME_JSON_OBJECT);
    out->enabled_on = of_type(v, "enabled_on", THEME_JSON_OBJECT);
    out->disabled_on = of_type(v, "disabled_on", THEME_JSON_OBJECT);
    check_presets(r, out);
    check_default(r, out);
    check_locales(r, out->locales);
    check_toggles(r, out);
}

void theme_schema_read(struct arena *a, struct str file, struct str text, int first_line,
                       struct theme_schema *out, struct theme_findings *findings) {
    struct theme_reader r = {.arena = a, .file = file, .findings = findings};
    *out = (struct theme_schema){0};
    if (!text.p) return;
    out->file = file;
    struct theme_json *v = ARENA_NEW(a, struct theme_json);
    if (theme_json_parse(a, file, text, first_line, v, findings))
        read_schema(&r, v, !str_starts(file, S("blocks/")), out);
}
