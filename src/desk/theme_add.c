// SPDX-License-Identifier: Apache-2.0
// What may be added: section types by enabled_on and disabled_on, block types of the schema or the
// theme, each by its presets; limits of both.
#include "desk/theme_edit.h"

enum { SECTIONS_MOST = 25, BLOCKS_MOST = 50 };

struct adding {
    struct theme_edit *e;
    const struct theme_node *n;
    struct list l;
    struct str wanted;      // a choice
    struct theme_json *out; // its item
    bool found;
};

static bool names(const struct theme_json *on, const char *key, struct str name) {
    const struct theme_json *v = theme_json_get(on, key);
    for (size_t i = 0; v && v->type == THEME_JSON_ARRAY && i < v->n; i++)
        if (str_eq(v->items[i].text, S("*")) || str_eq(v->items[i].text, name)) return true;
    return false;
}

// "product" of templates/product.wide.json; the type of a group.
static struct str place_of(const struct theme_edit *e, const char **key_out) {
    struct str s = e->file;
    *key_out = "templates";
    if (str_starts(s, S("sections/"))) {
        *key_out = "groups";
        return theme_json_text(&e->root, "type");
    }
    s = str_from(s, strlen("templates/"));
    size_t dot = str_find_char(s, '.');
    return dot == STR_NONE ? s : str_sub(s, 0, dot);
}

static bool fits_here(const struct theme_edit *e, const struct theme_schema *s) {
    const char *key;
    struct str place = place_of(e, &key);
    if (s->enabled_on) return names(s->enabled_on, key, place);
    return !s->disabled_on || !names(s->disabled_on, key, place);
}

static int64_t count_of(const struct adding *a, struct str type) { // absent: of all types
    struct theme_keys k = theme_tree_keys(a->e->d.c->arena, a->n->json, theme_node_level(a->n));
    int64_t n = 0;
    for (size_t i = 0; i < k.n; i++) {
        const struct theme_json *v = theme_tree_item(a->n->json, theme_node_level(a->n), k.v[i]);
        n += !type.p || str_eq(theme_json_text(v, "type"), type);
    }
    return n;
}

static void offer(struct adding *a, struct str type, struct str label, int preset,
                  const struct theme_json *what) {
    struct ctx *c = a->e->d.c;
    struct str value = arena_fmt(c->arena, STR_FMT ":%d", STR_ARG(type), preset);
    if (a->out) {
        if (a->found || !str_eq(value, a->wanted)) return;
        *a->out = theme_tree_of_preset(c->arena, type, what);
        a->found = true;
        return;
    }
    struct liquid_map *m = liquid_map_new(c->arena);
    put_str(m, "value", value);
    put_str(m, "label", theme_edit_say(a->e, label.n ? label : type));
    desk_list_add(c->arena, &a->l, liquid_of_map(m));
}

static void offer_presets(struct adding *a, struct str type, const struct theme_schema *s) {
    const struct theme_json *v = s->presets;
    for (size_t i = 0; v && v->type == THEME_JSON_ARRAY && i < v->n; i++)
        offer(a, type, theme_json_text(&v->items[i], "name"), (int)i, &v->items[i]);
}

static bool type_in(struct str path, struct str folder, struct str *out) {
    struct str end = S(".liquid");
    if (!str_starts(path, folder) || !str_ends(path, end)) return false;
    *out = str_sub(path, folder.n, path.n - folder.n - end.n);
    return true;
}

static void offer_sections(struct adding *a) {
    const struct theme_files *f = theme_files(a->e->theme);
    if (count_of(a, (struct str){0}) >= SECTIONS_MOST) return;
    for (size_t i = 0; i < f->n; i++) {
        struct str type;
        if (!type_in(f->v[i].path, S("sections/"), &type)) continue;
        const struct theme_schema *s = theme_section_schema(a->e->theme, type);
        if (!s || !s->file.p || !fits_here(a->e, s)) continue;
        if (!s->limit || count_of(a, type) < s->limit) offer_presets(a, type, s);
    }
}

static void offer_theme_block(struct adding *a, struct str type) {
    const struct theme_schema *s = theme_block_schema(a->e->theme, type);
    struct theme_json plain = theme_json_object();
    if (!s || !s->file.p) return;
    if (s->presets && s->presets->n)
        offer_presets(a, type, s);
    else
        offer(a, type, s->name, 0, &plain);
}

static void offer_blocks(struct adding *a) {
    const struct theme_schema *s = a->n->schema;
    const struct theme_files *f = theme_files(a->e->theme);
    struct theme_json plain = theme_json_object();
    int64_t most = s && s->max_blocks ? s->max_blocks : BLOCKS_MOST;
    if (!s || count_of(a, (struct str){0}) >= most) return;
    for (size_t i = 0; i < s->block_count; i++) {
        struct str type = s->blocks[i].type;
        int64_t limit = s->blocks[i].limit;
        if (limit && count_of(a, type) >= limit) continue;
        if (s->blocks[i].name.n)
            offer(a, type, s->blocks[i].name, 0, &plain);
        else if (!str_eq(type, S("@theme")))
            offer_theme_block(a, type);
        for (size_t k = 0; str_eq(type, S("@theme")) && k < f->n; k++) {
            struct str file;
            if (type_in(f->v[k].path, S("blocks/"), &file) && !str_starts(file, S("_")))
                offer_theme_block(a, file);
        }
    }
}

static void offer_all(struct adding *a) {
    if (a->n->depth)
        offer_blocks(a);
    else
        offer_sections(a);
}

void theme_add_put(struct theme_edit *e, const struct theme_node *n) {
    struct adding a = {.e = e, .n = n};
    offer_all(&a);
    liquid_set(e->d.data, "adds", liquid_array(a.l.v, a.l.n));
}

bool theme_add_item(struct theme_edit *e, const struct theme_node *n, struct str choice,
                    struct theme_json *out) {
    struct adding a = {.e = e, .n = n, .wanted = choice, .out = out};
    offer_all(&a);
    return a.found;
}
