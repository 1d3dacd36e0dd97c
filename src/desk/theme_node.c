// SPDX-License-Identifier: Apache-2.0
// A section or block of the file that is edited: its JSON, its schema, its place.
#include "desk/theme_edit.h"

enum { SAID = 70 };

const struct theme_level *theme_node_level(const struct theme_node *n) {
    return n->depth ? &theme_level_blocks : &theme_level_sections;
}

struct theme_node theme_node_root(const struct theme_edit *e) {
    return (struct theme_node){.json = &e->root, .known = true};
}

static const struct theme_block_type *local_block(const struct theme_schema *s, struct str type) {
    for (size_t i = 0; s && i < s->block_count; i++)
        if (str_eq(s->blocks[i].type, type) && s->blocks[i].name.n) return &s->blocks[i];
    return NULL;
}

static bool has_schema(const struct theme_schema *s) { return s && s->file.p; }

static void set_schema(struct theme_node *n, const struct theme_schema *s) {
    if (!has_schema(s)) return;
    n->schema = s;
    n->settings = s->settings;
    n->n = s->setting_count;
    n->name = s->name;
    n->known = true;
}

bool theme_node_child(const struct theme_edit *e, const struct theme_node *parent, struct str key,
                      struct theme_node *out) {
    struct theme_node n = {.depth = parent->depth + 1};
    const struct theme_json *json = theme_tree_item(parent->json, theme_node_level(parent), key);
    if (!json || n.depth >= NODE_DEPTH) return false;
    memcpy(n.keys, parent->keys, sizeof n.keys);
    n.keys[parent->depth] = key;
    n.json = json;
    n.type = theme_json_text(json, "type");
    const struct theme_block_type *local =
        parent->depth ? local_block(parent->schema, n.type) : NULL;
    if (!parent->depth)
        set_schema(&n, theme_section_schema(e->theme, n.type));
    else if (local)
        n.settings = local->settings, n.n = local->setting_count, n.name = local->name,
        n.known = true;
    else
        set_schema(&n, theme_block_schema(e->theme, n.type));
    struct str own = theme_json_text(json, "name");
    n.name = theme_edit_say(e, own.n ? own : n.name.n ? n.name : n.type);
    *out = n;
    return true;
}

size_t theme_node_path(const struct theme_node *n, struct str *path) {
    for (size_t i = 0; i < n->depth; i++) {
        path[2 * i] = i ? theme_level_blocks.items : theme_level_sections.items;
        path[2 * i + 1] = n->keys[i];
    }
    return 2 * n->depth;
}

struct str theme_node_texts(const struct theme_edit *e, const struct theme_node *n) {
    struct buf b = buf_new(e->d.c->arena, 0);
    for (size_t i = 0; i < n->depth; i++) {
        if (i) buf_put(&b, S("blocks."));
        buf_put(&b, n->keys[i]);
        buf_char(&b, '.');
    }
    return buf_str(&b);
}

static struct str without_tags(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    bool in = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<') in = true;
        if (!in) buf_char(&b, s.p[i] == '\n' ? ' ' : s.p[i]);
        if (s.p[i] == '>') in = false;
    }
    return str_trim(buf_str(&b));
}

static struct str own_text(const struct theme_edit *e, const struct theme_node *n) {
    static const struct str kinds[] = {S_INIT("inline_richtext"), S_INIT("text"),
                                       S_INIT("richtext"), S_INIT("textarea")};
    struct arena *a = e->d.c->arena;
    const struct theme_json *given = theme_json_get(n->json, "settings");
    for (size_t i = 0; i < n->n; i++) {
        const struct theme_json *v = theme_json_member(given, n->settings[i].id);
        bool text = false;
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++) text |= str_eq(n->settings[i].type, kinds[k]);
        if (!v) v = n->settings[i].otherwise;
        if (!text || !v || v->type != THEME_JSON_STRING || !v->text.n) continue;
        struct str s = theme_rich_shown(a, theme_say(e->theme, e->form.first, v->text), true);
        return str_utf8_cut(without_tags(a, s), SAID);
    }
    return S("");
}

struct str theme_node_said(const struct theme_edit *e, const struct theme_node *n) {
    struct str s = own_text(e, n);
    struct theme_keys k = theme_tree_keys(e->d.c->arena, n->json, &theme_level_blocks);
    for (size_t i = 0; !s.n && i < k.n; i++) {
        struct theme_node child;
        if (theme_node_child(e, n, k.v[i], &child)) s = own_text(e, &child);
    }
    return s;
}
