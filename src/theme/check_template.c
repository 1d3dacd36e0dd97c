// SPDX-License-Identifier: Apache-2.0
// JSON templates and section groups: what they put together exists, is allowed where it stands and
// fits its settings. Limits are the platform's: 25 sections, 50 blocks of a section, 1,250 in all.
#include "theme/check_private.h"

enum { SECTIONS_MAX = 25, BLOCKS_MAX = 50, ALL_BLOCKS_MAX = 1250 };

static const struct theme_member section_members[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
    {.name = "name", .kind = THEME_TEXT},
    {.name = "disabled", .kind = THEME_BOOL},
    {.name = "settings", .kind = THEME_MAP},
    {.name = "blocks", .kind = THEME_MAP},
    {.name = "block_order", .kind = THEME_LIST},
    {.name = "custom_css", .kind = THEME_ANY},
};
static const struct theme_member block_members[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
    {.name = "name", .kind = THEME_TEXT},
    {.name = "disabled", .kind = THEME_BOOL},
    {.name = "static", .kind = THEME_BOOL},
    {.name = "settings", .kind = THEME_MAP},
    {.name = "blocks", .kind = THEME_MAP},
    {.name = "block_order", .kind = THEME_LIST},
};
static const struct theme_member template_members[] = {
    {.name = "sections", .kind = THEME_MAP, .required = true},
    {.name = "order", .kind = THEME_LIST, .required = true},
    {.name = "name", .kind = THEME_TEXT},
    {.name = "layout", .kind = THEME_ANY},
    {.name = "wrapper", .kind = THEME_TEXT},
};
static const struct theme_member group_members[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
    {.name = "name", .kind = THEME_TEXT, .required = true},
    {.name = "sections", .kind = THEME_MAP, .required = true},
    {.name = "order", .kind = THEME_LIST, .required = true},
};
#define SHAPE(text, table)                                                                         \
    { .what = text, .v = table, .n = ARRAY_LEN(table) }
static const struct theme_shape section_shape = SHAPE("section of a template", section_members),
                                block_shape = SHAPE("block of a template", block_members),
                                template_shape = SHAPE("template", template_members),
                                group_shape = SHAPE("section group", group_members);

struct checking { // of one file
    struct theme_checking *c;
    struct theme_reader r;
    struct str file, page, group; // "product", or the type of the group
    size_t blocks;                // in all
};

static const struct theme_json *object_of(const struct theme_json *v, const char *key) {
    const struct theme_json *o = theme_json_get(v, key);
    return o && o->type == THEME_JSON_OBJECT ? o : NULL;
}

static bool is_static(const struct theme_json *v) {
    const struct theme_json *s = theme_json_get(v, "static");
    return s && s->type == THEME_JSON_BOOL && s->boolean;
}

// What `order` names is in `items`, once, and everything in items but static blocks is named.
static void check_order(struct checking *k, const struct theme_json *order,
                        const struct theme_json *items, const char *what) {
    struct map named = {0}, there = {0};
    for (size_t i = 0; items && i < items->n; i++)
        map_set(&k->c->scratch, &there, items->keys[i], &k->file);
    for (size_t i = 0; order && order->type == THEME_JSON_ARRAY && i < order->n; i++) {
        const struct theme_json *key = &order->items[i];
        if (key->type != THEME_JSON_STRING || !map_get(&there, key->text))
            WRONG(k->c, k->file, key->line,
                  "The order names a %s that is not there: \"" STR_FMT "\".", what,
                  STR_ARG(theme_shown(key->text)));
        else if (map_get(&named, key->text))
            WARN(k->c, k->file, key->line, "The order names the %s \"" STR_FMT "\" twice.", what,
                 STR_ARG(theme_shown(key->text)));
        map_set(&k->c->scratch, &named, key->text, &k->file);
    }
    for (size_t i = 0; items && i < items->n; i++)
        if (!is_static(&items->items[i]) && !map_get(&named, items->keys[i]))
            WARN(k->c, k->file, items->items[i].line,
                 "The %s \"" STR_FMT "\" is not in the order and not shown.", what,
                 STR_ARG(theme_shown(items->keys[i])));
}

static void check_blocks(struct checking *k, const struct theme_json *owner,
                         const struct theme_schema *schema, bool in_section);

static void check_theme_block(struct checking *k, const struct theme_json *v, struct str type) {
    struct theme_checking *c = k->c;
    if (str_starts(type, S("shopify://"))) {
        NOTE(c, k->file, v->line, "A block of an app is left out: there are no such apps here.");
        return;
    }
    if (!theme_has_file(c, "blocks", type, ".liquid")) {
        WRONG(c, k->file, v->line, "blocks/" STR_FMT ".liquid is not there.",
              STR_ARG(theme_shown(type)));
        return;
    }
    const struct theme_schema *s = theme_schema_of(c, "blocks", type);
    if (!s) return;
    theme_values_check(&k->r, theme_json_get(v, "settings"), s->settings, s->setting_count);
    check_blocks(k, v, s, false);
}

static void check_block(struct checking *k, const struct theme_json *v,
                        const struct theme_schema *owner) {
    if (!theme_shape_ok(&k->r, v, &block_shape)) return;
    struct str type = theme_json_text(v, "type");
    const struct theme_block_type *local = owner ? theme_local_block(owner, type) : NULL;
    if (local) {
        theme_values_check(&k->r, theme_json_get(v, "settings"), local->settings,
                           local->setting_count);
        return;
    }
    if (owner && !is_static(v) && !theme_block_allowed(owner, type)) {
        WRONG(k->c, k->file, v->line, STR_FMT " allows no block of type \"" STR_FMT "\".",
              STR_ARG(owner->file), STR_ARG(theme_shown(type)));
        return;
    }
    check_theme_block(k, v, type);
}

static void check_limits(struct checking *k, const struct theme_json *blocks,
                         const struct theme_schema *schema) {
    for (size_t i = 0; schema && i < schema->block_count; i++) {
        const struct theme_block_type *t = &schema->blocks[i];
        int64_t n = 0;
        for (size_t j = 0; t->limit && j < blocks->n; j++)
            n += str_eq(theme_json_text(&blocks->items[j], "type"), t->type);
        if (t->limit && n > t->limit)
            WARN(k->c, k->file, blocks->line, "There may be %lld blocks of type \"" STR_FMT "\".",
                 (long long)t->limit, STR_ARG(theme_shown(t->type)));
    }
}

static void check_blocks(struct checking *k, const struct theme_json *owner,
                         const struct theme_schema *schema, bool in_section) {
    const struct theme_json *blocks = object_of(owner, "blocks");
    size_t most =
        in_section && schema && schema->max_blocks ? (size_t)schema->max_blocks : BLOCKS_MAX;
    check_order(k, theme_json_get(owner, "block_order"), blocks, "block");
    if (!blocks) return;
    k->blocks += blocks->n;
    if (blocks->n > most) {
        WRONG(k->c, k->file, blocks->line, "There are %zu blocks here, at most %zu are allowed.",
              blocks->n, most);
        return;
    }
    check_limits(k, blocks, schema);
    for (size_t i = 0; i < blocks->n; i++) check_block(k, &blocks->items[i], schema);
}

static bool names(const struct theme_json *toggle, const char *list, struct str name) {
    const struct theme_json *v = theme_json_get(toggle, list);
    for (size_t i = 0; v && v->type == THEME_JSON_ARRAY && i < v->n; i++)
        if (str_eq(v->items[i].text, name) || str_eq(v->items[i].text, S("*"))) return true;
    return false;
}

static bool is_enabled(const struct checking *k, const struct theme_schema *s) {
    const char *list = k->group.p ? "groups" : "templates";
    struct str name = k->group.p ? k->group : k->page;
    if (s->enabled_on) return names(s->enabled_on, list, name);
    return !s->disabled_on || !names(s->disabled_on, list, name);
}

static void check_section(struct checking *k, const struct theme_json *v) {
    struct theme_checking *c = k->c;
    if (!theme_shape_ok(&k->r, v, &section_shape)) return;
    struct str type = theme_json_text(v, "type");
    if (!theme_has_file(c, "sections", type, ".liquid")) {
        WRONG(c, k->file, v->line, "sections/" STR_FMT ".liquid is not there.",
              STR_ARG(theme_shown(type)));
        return;
    }
    const struct theme_schema *s = theme_schema_of(c, "sections", type);
    if (s) theme_values_check(&k->r, theme_json_get(v, "settings"), s->settings, s->setting_count);
    if (s && (k->page.p || k->group.p) && !is_enabled(k, s))
        WARN(c, k->file, v->line, "The section \"" STR_FMT "\" is not meant for this place.",
             STR_ARG(theme_shown(type)));
    check_blocks(k, v, s, true);
}

static void check_section_limits(struct checking *k, const struct theme_json *sections) {
    for (size_t i = 0; i < sections->n; i++) {
        struct str type = theme_json_text(&sections->items[i], "type");
        const struct theme_schema *s = type.p ? theme_schema_of(k->c, "sections", type) : NULL;
        int64_t before = 0;
        for (size_t j = 0; s && s->limit && j < i; j++)
            before += str_eq(theme_json_text(&sections->items[j], "type"), type);
        if (s && s->limit && before == s->limit)
            WARN(k->c, k->file, sections->items[i].line,
                 "There may be %lld sections of type \"" STR_FMT "\" here.", (long long)s->limit,
                 STR_ARG(theme_shown(type)));
    }
}

static void check_sections(struct checking *k, const struct theme_json *sections) {
    if (sections->n > SECTIONS_MAX) {
        WRONG(k->c, k->file, sections->line, "There are %zu sections, at most %d are allowed.",
              sections->n, SECTIONS_MAX);
        return;
    }
    for (size_t i = 0; i < sections->n; i++) check_section(k, &sections->items[i]);
    if (k->blocks > ALL_BLOCKS_MAX)
        WRONG(k->c, k->file, sections->line, "There are %zu blocks in all, at most %d are allowed.",
              k->blocks, ALL_BLOCKS_MAX);
    check_section_limits(k, sections);
}

static void check_layout(struct checking *k, const struct theme_json *v) {
    const struct theme_json *layout = theme_json_get(v, "layout");
    if (!layout || (layout->type == THEME_JSON_BOOL && !layout->boolean)) return;
    if (layout->type != THEME_JSON_STRING)
        WRONG(k->c, k->file, layout->line, "\"layout\" must be a name or false.");
    else if (!theme_has_file(k->c, "layout", layout->text, ".liquid"))
        WRONG(k->c, k->file, layout->line, "layout/" STR_FMT ".liquid is not there.",
              STR_ARG(theme_shown(layout->text)));
}

// "product" of templates/product.wide.json, "customers/login", "metaobject".
static struct str page_of(struct str path) {
    struct str name = str_from(path, strlen("templates/"));
    if (str_starts(name, S("metaobject/"))) return S("metaobject");
    return str_sub(name, 0, str_find_char(name, '.'));
}

void theme_check_template(struct theme_checking *c, const struct theme_file *f,
                          const struct theme_json *v) {
    bool group = str_starts(f->path, S("sections/"));
    struct checking k = {.c = c, .r = theme_reader(c, f->path), .file = f->path};
    if (!theme_shape_ok(&k.r, v, group ? &group_shape : &template_shape)) return;
    if (group)
        k.group = theme_json_text(v, "type");
    else
        k.page = page_of(f->path);
    check_order(&k, theme_json_get(v, "order"), theme_json_get(v, "sections"), "section");
    check_sections(&k, theme_json_get(v, "sections"));
    check_layout(&k, v);
}

void theme_check_static_sections(struct theme_checking *c, const struct theme_file *f,
                                 const struct theme_json *sections) {
    struct checking k = {.c = c, .r = theme_reader(c, f->path), .file = f->path};
    for (size_t i = 0; sections->type == THEME_JSON_OBJECT && i < sections->n; i++)
        check_section(&k, &sections->items[i]);
}
