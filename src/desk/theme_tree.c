// SPDX-License-Identifier: Apache-2.0
#include "desk/theme_tree.h"

enum { PRESET_DEPTH = 8, KEY_MAX = 60 };
const struct theme_level theme_level_sections = {S_INIT("sections"), S_INIT("order"), true};
const struct theme_level theme_level_blocks = {S_INIT("blocks"), S_INIT("block_order"), false};

bool theme_json_is_true(const struct theme_json *o, const char *key) {
    const struct theme_json *v = theme_json_get(o, key);
    return v && v->type == THEME_JSON_BOOL && v->boolean;
}

static const struct theme_json *items_of(const struct theme_json *o, const struct theme_level *l) {
    const struct theme_json *v = theme_json_member(o, l->items);
    return v && v->type == THEME_JSON_OBJECT ? v : NULL;
}

const struct theme_json *theme_tree_item(const struct theme_json *o, const struct theme_level *l,
                                         struct str key) {
    const struct theme_json *v = theme_json_member(items_of(o, l), key);
    return v && v->type == THEME_JSON_OBJECT ? v : NULL;
}

// The order as it stands, or as it is meant when it is absent.
static struct theme_keys order_of(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l) {
    const struct theme_json *order = theme_json_member(o, l->order), *items = items_of(o, l);
    bool there = order && order->type == THEME_JSON_ARRAY;
    size_t n = there ? order->n : items && !l->listed ? items->n : 0;
    struct theme_keys out = {ARENA_ARRAY(a, struct str, n + 1), 0};
    for (size_t i = 0; i < n; i++) {
        bool text = !there || order->items[i].type == THEME_JSON_STRING;
        bool still = !there && theme_json_is_true(&items->items[i], "static");
        if (text && !still) out.v[out.n++] = there ? order->items[i].text : items->keys[i];
    }
    return out;
}

static size_t place(const struct theme_keys *k, struct str key) {
    size_t i = 0;
    while (i < k->n && !str_eq(k->v[i], key)) i++;
    return i;
}

struct theme_keys theme_tree_keys(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l) {
    struct theme_keys all = order_of(a, o, l);
    const struct theme_json *items = items_of(o, l);
    size_t most = all.n + (items ? items->n : 0);
    struct theme_keys out = {ARENA_ARRAY(a, struct str, most + 1), 0};
    for (size_t i = 0; i < all.n; i++)
        if (theme_tree_item(o, l, all.v[i]) && place(&out, all.v[i]) == out.n)
            out.v[out.n++] = all.v[i];
    for (size_t i = 0; items && i < items->n; i++)
        if (theme_json_is_true(&items->items[i], "static") && place(&out, items->keys[i]) == out.n)
            out.v[out.n++] = items->keys[i];
    return out;
}

static struct theme_json with_order(struct arena *a, const struct theme_json *o,
                                    const struct theme_level *l, struct theme_keys k) {
    struct theme_json list = theme_json_texts(a, k.v, k.n);
    return theme_json_set(a, o, &l->order, 1, &list);
}

struct theme_json theme_tree_move(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key, bool up) {
    struct theme_keys k = order_of(a, o, l);
    size_t at = place(&k, key), to = at;
    if (at == k.n) return *o;
    do {
        if (up ? to == 0 : to + 1 == k.n) return *o;
        to += up ? SIZE_MAX : 1;
    } while (!theme_tree_item(o, l, k.v[to]));
    struct str other = k.v[to];
    k.v[to] = key;
    k.v[at] = other;
    return with_order(a, o, l, k);
}

struct theme_json theme_tree_hide(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key, bool hidden) {
    struct theme_json yes = theme_json_bool(true);
    const struct str path[] = {l->items, key, S("disabled")};
    const struct theme_json *item = theme_tree_item(o, l, key);
    if (!item || theme_json_is_true(item, "disabled") == hidden) return *o;
    return theme_json_set(a, o, path, ARRAY_LEN(path), hidden ? &yes : NULL);
}

struct theme_json theme_tree_drop(struct arena *a, const struct theme_json *o,
                                  const struct theme_level *l, struct str key) {
    const struct str path[] = {l->items, key};
    struct theme_keys k = order_of(a, o, l), left = {ARENA_ARRAY(a, struct str, k.n + 1), 0};
    const struct theme_json *item = theme_tree_item(o, l, key);
    if (!item || theme_json_is_true(item, "static")) return *o;
    for (size_t i = 0; i < k.n; i++)
        if (!str_eq(k.v[i], key)) left.v[left.n++] = k.v[i];
    struct theme_json out = theme_json_set(a, o, path, ARRAY_LEN(path), NULL);
    return with_order(a, &out, l, left);
}

static struct str key_for(struct arena *a, const struct theme_json *items, struct str type) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < type.n && i < KEY_MAX; i++) {
        char c = type.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        buf_char(&b, word ? c : '_');
    }
    struct str base = b.n ? buf_str(&b) : S("item"), key = base;
    for (int i = 2; theme_json_member(items, key); i++)
        key = arena_fmt(a, STR_FMT "_%d", STR_ARG(base), i);
    return key;
}

struct theme_json theme_tree_add(struct arena *a, const struct theme_json *o,
                                 const struct theme_level *l, const struct theme_json *item,
                                 struct str *key_out) {
    struct theme_keys k = order_of(a, o, l), more = {ARENA_ARRAY(a, struct str, k.n + 2), k.n};
    memcpy(more.v, k.v, k.n * sizeof *k.v);
    *key_out = more.v[more.n++] = key_for(a, items_of(o, l), theme_json_text(item, "type"));
    const struct str path[] = {l->items, *key_out};
    struct theme_json out = theme_json_set(a, o, path, ARRAY_LEN(path), item);
    return with_order(a, &out, l, more);
}

static struct theme_json of_preset(struct arena *a, struct str type,
                                   const struct theme_json *preset, int depth) {
    struct theme_json out = theme_json_object(), name = theme_json_string(type);
    const struct str type_key = S("type"), settings_key = S("settings"), fixed = S("static");
    const struct theme_json *settings = theme_json_get(preset, "settings");
    const struct theme_json *blocks = theme_json_get(preset, "blocks");
    const struct theme_json *order = theme_json_get(preset, "block_order");
    out = theme_json_set(a, &out, &type_key, 1, &name);
    if (theme_json_is_true(preset, "static"))
        out = theme_json_set(a, &out, &fixed, 1, theme_json_get(preset, "static"));
    if (settings && settings->type == THEME_JSON_OBJECT)
        out = theme_json_set(a, &out, &settings_key, 1, settings);
    for (size_t i = 0; blocks && depth < PRESET_DEPTH && i < blocks->n; i++) {
        struct str key, block_type = theme_json_text(&blocks->items[i], "type");
        struct theme_json block = of_preset(a, block_type, &blocks->items[i], depth + 1);
        bool keyed = blocks->type == THEME_JSON_OBJECT;
        const struct str path[] = {theme_level_blocks.items, keyed ? blocks->keys[i] : S("")};
        if (!block_type.n) continue;
        if (keyed)
            out = theme_json_set(a, &out, path, ARRAY_LEN(path), &block);
        else
            out = theme_tree_add(a, &out, &theme_level_blocks, &block, &key);
    }
    if (order && order->type == THEME_JSON_ARRAY)
        out = theme_json_set(a, &out, &theme_level_blocks.order, 1, order);
    return out;
}

struct theme_json theme_tree_of_preset(struct arena *a, struct str type,
                                       const struct theme_json *preset) {
    return of_preset(a, type, preset, 0);
}
