// SPDX-License-Identifier: Apache-2.0
#include "desk/theme_json.h"

struct theme_json theme_json_object(void) {
    return (struct theme_json){.type = THEME_JSON_OBJECT};
}

struct theme_json theme_json_string(struct str s) {
    return (struct theme_json){.type = THEME_JSON_STRING, .text = s.p ? s : S("")};
}

struct theme_json theme_json_bool(bool b) {
    return (struct theme_json){.type = THEME_JSON_BOOL, .boolean = b};
}

struct theme_json theme_json_number(struct str literal) {
    struct theme_json v = {.type = THEME_JSON_FLOAT, .text = literal};
    if (str_to_int(literal, &v.integer)) v.type = THEME_JSON_INT;
    return v;
}

struct theme_json theme_json_texts(struct arena *a, const struct str *v, size_t n) {
    struct theme_json *items = ARENA_ARRAY(a, struct theme_json, n + 1);
    for (size_t i = 0; i < n; i++) items[i] = theme_json_string(v[i]);
    return (struct theme_json){.type = THEME_JSON_ARRAY, .items = items, .n = n};
}

static bool is_object(const struct theme_json *o) { return o && o->type == THEME_JSON_OBJECT; }

static size_t place_of(const struct theme_json *o, struct str key) {
    size_t i = 0;
    while (i < o->n && !str_eq(o->keys[i], key)) i++;
    return i;
}

const struct theme_json *theme_json_member(const struct theme_json *o, struct str key) {
    size_t i = is_object(o) ? place_of(o, key) : 0;
    return is_object(o) && i < o->n ? &o->items[i] : NULL;
}

const struct theme_json *theme_json_find(const struct theme_json *o, const struct str *path,
                                         size_t n) {
    for (size_t i = 0; i < n && o; i++) o = theme_json_member(o, path[i]);
    return o;
}

struct theme_json theme_json_set(struct arena *a, const struct theme_json *o,
                                 const struct str *path, size_t n, const struct theme_json *value) {
    struct theme_json none = theme_json_object(), next = none;
    if (n == 0) return *value;
    if (!is_object(o)) o = &none;
    size_t at = place_of(o, path[0]), left = 0;
    bool drop = n == 1 && !value;
    if ((drop || !value) && at == o->n) return *o;
    if (!drop) next = theme_json_set(a, at < o->n ? &o->items[at] : &none, path + 1, n - 1, value);
    struct theme_json *items = ARENA_ARRAY(a, struct theme_json, o->n + 1);
    struct str *keys = ARENA_ARRAY(a, struct str, o->n + 1);
    for (size_t i = 0; i < o->n; i++) {
        if (i == at && drop) continue;
        keys[left] = o->keys[i];
        items[left++] = i == at ? next : o->items[i];
    }
    if (at == o->n) {
        keys[left] = path[0];
        items[left++] = next;
    }
    return (struct theme_json){
        .type = THEME_JSON_OBJECT, .line = o->line, .items = items, .keys = keys, .n = left};
}

bool theme_json_same(const struct theme_json *a, const struct theme_json *b) {
    if (a->type != b->type || a->n != b->n || a->boolean != b->boolean) return false;
    if (!str_eq(a->text, b->text)) return false;
    for (size_t i = 0; i < a->n; i++) {
        if (a->type == THEME_JSON_OBJECT && !str_eq(a->keys[i], b->keys[i])) return false;
        if (!theme_json_same(&a->items[i], &b->items[i])) return false;
    }
    return true;
}

static void write_text(struct buf *out, struct str s) {
    static const char names[] = "\"\\\b\f\n\r\t", escapes[] = "\"\\bfnrt";
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        const char *at = s.p[i] ? strchr(names, s.p[i]) : NULL;
        if (at)
            buf_fmt(out, "\\%c", escapes[at - names]);
        else if ((unsigned char)s.p[i] < 32)
            buf_fmt(out, "\\u%04x", (unsigned)s.p[i]);
        else
            buf_char(out, s.p[i]);
    }
    buf_char(out, '"');
}

static void write_at(struct buf *out, const struct theme_json *v, int depth);

static void write_items(struct buf *out, const struct theme_json *v, int depth) {
    bool object = v->type == THEME_JSON_OBJECT;
    buf_char(out, object ? '{' : '[');
    for (size_t i = 0; i < v->n; i++) {
        buf_fmt(out, "%s\n%*s", i ? "," : "", 2 * (depth + 1), "");
        if (object) {
            write_text(out, v->keys[i]);
            buf_put(out, S(": "));
        }
        write_at(out, &v->items[i], depth + 1);
    }
    if (v->n) buf_fmt(out, "\n%*s", 2 * depth, "");
    buf_char(out, object ? '}' : ']');
}

static void write_at(struct buf *out, const struct theme_json *v, int depth) {
    switch (v->type) {
    case THEME_JSON_NULL:
        buf_put(out, S("null"));
        return;
    case THEME_JSON_BOOL:
        buf_put(out, v->boolean ? S("true") : S("false"));
        return;
    case THEME_JSON_INT:
    case THEME_JSON_FLOAT:
        buf_put(out, v->text);
        return;
    case THEME_JSON_STRING:
        write_text(out, v->text);
        return;
    case THEME_JSON_ARRAY:
    case THEME_JSON_OBJECT:
        write_items(out, v, depth);
        return;
    }
    bug("unknown kind of JSON");
}

void theme_json_write(struct buf *out, const struct theme_json *v) {
    write_at(out, v, 0);
    buf_char(out, '\n');
}
