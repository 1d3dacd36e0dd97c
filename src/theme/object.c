// SPDX-License-Identifier: Apache-2.0
#include "theme/object.h"

#include <string.h>

struct theme_thing {
    const struct theme_kind *kind;
    void *self;
    struct liquid_value *memo; // one for each property, made at the first question
    uint64_t *known;           // bit per property
};

// As str_cmp, without asking how long the name is.
static int name_order(const char *name, struct str key) {
    for (size_t i = 0; i < key.n; i++) {
        int order = (int)(unsigned char)name[i] - (unsigned char)key.p[i];
        if (order || !name[i]) return order ? order : -1;
    }
    return name[key.n] != '\0';
}

static const struct theme_prop *find_prop(const struct theme_kind *k, struct str key,
                                          size_t *index_out) {
    size_t low = 0, high = k->prop_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = name_order(k->props[mid].name, key);
        if (!order) {
            *index_out = mid;
            return &k->props[mid];
        }
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

// A table out of order answers nil where it should not: found here, where it would.
static bool is_missing(const struct theme_kind *k, struct str key) {
    for (size_t i = 0; i < k->prop_count; i++)
        if (key.n && *k->props[i].name == *key.p && !name_order(k->props[i].name, key))
            return false;
    return true;
}

static bool thing_get(void *self, struct arena *a, struct str key, struct liquid_value *out,
                      struct err *err) {
    struct theme_thing *t = self;
    size_t i = 0;
    const struct theme_prop *p = find_prop(t->kind, key, &i);
    *out = liquid_nil();
    if (!p) {
        ensure(is_missing(t->kind, key));
        return !t->kind->other || t->kind->other(t->self, a, key, out, err);
    }
    if (!p->get) return true;
    if (!t->memo) {
        t->memo = ARENA_ARRAY(a, struct liquid_value, t->kind->prop_count);
        t->known = ARENA_ARRAY(a, uint64_t, t->kind->prop_count / 64 + 1);
    }
    uint64_t bit = (uint64_t)1 << (i % 64);
    if (!(t->known[i / 64] & bit)) {
        TRY(p->get(t->self, a, &t->memo[i], err));
        t->known[i / 64] |= bit;
    }
    *out = t->memo[i];
    return true;
}

static bool thing_at(void *self, struct arena *a, int64_t index, struct liquid_value *out,
                     struct err *err) {
    struct theme_thing *t = self;
    return t->kind->at(t->self, a, index, out, err);
}

static bool thing_size(void *self, struct arena *a, size_t *out, struct err *err) {
    struct theme_thing *t = self;
    return t->kind->size(t->self, a, out, err);
}

static void thing_print(void *self, struct buf *out, bool *html_out) {
    struct theme_thing *t = self;
    if (t->kind->print) t->kind->print(t->self, out, html_out);
}

// Outside of texts JSON has none of these; in them they could end a script or an attribute.
static void put_safe(struct buf *out, struct str json) {
    static const char *const hex = "0123456789abcdef";
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (c != '<' && c != '>' && c != '&' && c != '\'') {
            buf_char(out, c);
            continue;
        }
        buf_put(out, S("\\u00"));
        buf_char(out, hex[c >> 4]);
        buf_char(out, hex[c & 15]);
    }
}

// What cannot be read is null: the failure is told where the page is written.
static bool thing_json(void *self, struct arena *a, struct buf *out) {
    struct theme_thing *t = self;
    struct buf b = buf_new(a, 0);
    struct err err = {0};
    if (!t->kind->json) return false;
    bool ok = t->kind->json(t->self, &b, &err);
    put_safe(out, ok ? buf_str(&b) : S("null"));
    return true;
}

static const struct liquid_object_type plain_type = {
    .get = thing_get, .print = thing_print, .json = thing_json};
static const struct liquid_object_type text_type = {
    .get = thing_get, .print = thing_print, .as_text = true, .json = thing_json};
static const struct liquid_object_type list_type = {
    .get = thing_get, .at = thing_at, .size = thing_size, .print = thing_print, .json = thing_json};

static const struct liquid_object_type *type_of(const struct theme_kind *k) {
    return k->size ? &list_type : k->print ? &text_type : &plain_type;
}

struct liquid_value theme_object(struct arena *a, const struct theme_kind *kind, void *self) {
    struct theme_thing *t = ARENA_NEW(a, struct theme_thing);
    *t = (struct theme_thing){.kind = kind, .self = self};
    return liquid_object(a, type_of(kind), t);
}

static struct theme_thing *thing_of(struct liquid_value v) {
    if (v.type != LIQUID_OBJECT) return NULL;
    const struct liquid_object_type *type = v.object->type;
    bool ours = type == &plain_type || type == &text_type || type == &list_type;
    return ours ? v.object->self : NULL;
}

void *theme_self(struct liquid_value v, const struct theme_kind *kind) {
    struct theme_thing *t = thing_of(v);
    return t && t->kind == kind ? t->self : NULL;
}

const struct theme_kind *theme_kind_of(struct liquid_value v) {
    struct theme_thing *t = thing_of(v);
    return t ? t->kind : NULL;
}

// Who shows four of a list pays for a few, not for the whole window.
static bool list_begin(struct theme_list *l, struct arena *a, struct err *err) {
    if (l->loaded || l->begun) return true;
    int64_t n = l->count ? l->count : THEME_LIST_FIRST;
    TRY(l->load(l->self, a, l->first, n, &l->items, &l->total, err));
    l->begun = true;
    l->loaded = l->count || l->total - l->first <= n;
    return true;
}

static bool list_rest(struct theme_list *l, struct arena *a, struct err *err) {
    struct liquid_value rest = liquid_nil();
    int64_t after = l->first + THEME_LIST_FIRST;
    TRY(l->load(l->self, a, after, THEME_LIST_WINDOW - THEME_LIST_FIRST, &rest, &l->total, err));
    struct liquid_value *all = ARENA_ARRAY(a, struct liquid_value, l->items.n + rest.n + 1);
    for (uint32_t i = 0; i < l->items.n; i++) all[i] = l->items.items[i];
    for (uint32_t i = 0; i < rest.n; i++) all[l->items.n + i] = rest.items[i];
    l->items = liquid_array(all, l->items.n + rest.n);
    l->loaded = true;
    return true;
}

static bool list_size(void *self, struct arena *a, size_t *out, struct err *err) {
    struct theme_list *l = self;
    TRY(list_begin(l, a, err));
    int64_t left = l->total - l->first;
    *out = l->loaded ? l->items.n : (size_t)(left < THEME_LIST_WINDOW ? left : THEME_LIST_WINDOW);
    return true;
}

static bool list_at(void *self, struct arena *a, int64_t index, struct liquid_value *out,
                    struct err *err) {
    struct theme_list *l = self;
    TRY(list_begin(l, a, err));
    if (index >= l->items.n && index < THEME_LIST_WINDOW && !l->loaded) TRY(list_rest(l, a, err));
    *out = index >= 0 && index < l->items.n ? l->items.items[index] : liquid_nil();
    return true;
}

static const struct liquid_object_type window_type = {
    .name = "list", .size = list_size, .at = list_at};

struct liquid_value theme_list_value(struct arena *a, struct theme_list *l) {
    return liquid_object(a, &window_type, l);
}

struct theme_list *theme_list_of(struct liquid_value v) {
    return v.type == LIQUID_OBJECT && v.object->type == &window_type ? v.object->self : NULL;
}

void theme_list_window(struct theme_list *l, int64_t first, int64_t count) {
    if (l->first == first && l->count == count) return;
    l->first = first;
    l->count = count;
    l->loaded = l->begun = false;
}

bool theme_list_total(struct theme_list *l, struct arena *a, int64_t *out, struct err *err) {
    TRY(list_begin(l, a, err));
    *out = l->total;
    return true;
}
