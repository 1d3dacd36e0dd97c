// SPDX-License-Identifier: Apache-2.0
#include <stdarg.h>
#include <stdio.h>

#include "base/json.h"
#include "liquid/values.h"

struct map_item {
    struct str key;
    uint64_t hash;
    struct liquid_value v;
};
struct liquid_map {
    struct arena *arena;
    struct map_item *v;
    size_t n, cap;
    uint32_t *slots; // open addressing, number + 1; none for small maps
    size_t slot_count;
};
#define MAP_SMALL 8

uint64_t key_hash(struct str s) {
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15) ^ s.n;
    size_t i = 0;
    for (; i + 8 <= s.n; i += 8) {
        uint64_t w;
        memcpy(&w, s.p + i, 8);
        h = (h ^ w) * UINT64_C(0xFF51AFD7ED558CCD);
        h ^= h >> 32;
    }
    for (; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * UINT64_C(0x100000001B3);
    h ^= h >> 29;
    return h * UINT64_C(0xC4CEB9FE1A85EC53);
}

struct liquid_map *liquid_map_new(struct arena *a) {
    struct liquid_map *m = ARENA_NEW(a, struct liquid_map);
    m->arena = a;
    return m;
}

static void map_index(struct liquid_map *m, size_t i) {
    size_t mask = m->slot_count - 1, at = (size_t)m->v[i].hash & mask;
    while (m->slots[at]) at = (at + 1) & mask;
    m->slots[at] = (uint32_t)i + 1;
}

static struct map_item *map_item_find(const struct liquid_map *m, struct str key, uint64_t hash) {
    if (!m->slots) {
        for (size_t i = 0; i < m->n; i++)
            if (m->v[i].hash == hash && str_eq(m->v[i].key, key)) return &m->v[i];
        return NULL;
    }
    size_t mask = m->slot_count - 1;
    for (size_t at = (size_t)hash & mask; m->slots[at]; at = (at + 1) & mask) {
        struct map_item *it = &m->v[m->slots[at] - 1];
        if (it->hash == hash && str_eq(it->key, key)) return it;
    }
    return NULL;
}

void liquid_set_str(struct liquid_map *m, struct str key, struct liquid_value v) {
    uint64_t hash = key_hash(key);
    struct map_item *it = map_item_find(m, key, hash);
    if (it) {
        it->v = v;
        return;
    }
    *VEC_PUSH(m->arena, m) = (struct map_item){key, hash, v};
    if (m->n > MAP_SMALL && m->n * 2 > m->slot_count) {
        m->slot_count = m->slot_count ? m->slot_count * 2 : 4 * MAP_SMALL;
        m->slots = ARENA_ARRAY(m->arena, uint32_t, m->slot_count);
        for (size_t i = 0; i < m->n; i++) map_index(m, i);
    } else if (m->slots) {
        map_index(m, m->n - 1);
    }
}

void liquid_set(struct liquid_map *m, const char *key, struct liquid_value v) {
    liquid_set_str(m, str_c(key), v);
}

const struct liquid_value *map_find(const struct liquid_map *m, struct str key, uint64_t hash) {
    struct map_item *it = m ? map_item_find(m, key, hash) : NULL;
    return it ? &it->v : NULL;
}

const struct liquid_value *liquid_map_get(const struct liquid_map *m, struct str key) {
    return map_find(m, key, key_hash(key));
}

size_t liquid_map_size(const struct liquid_map *m) { return m->n; }

void liquid_map_entry(const struct liquid_map *m, size_t i, struct str *key_out,
                      struct liquid_value *value_out) {
    ensure(i < m->n);
    *key_out = m->v[i].key;
    *value_out = m->v[i].v;
}

struct liquid_value liquid_money(struct money m) {
    uint32_t code = 0;
    memcpy(&code, m.cur.code, 3);
    return (struct liquid_value){.type = LIQUID_MONEY, .n = code, .integer = m.minor};
}

struct liquid_value liquid_range(struct arena *a, int64_t first, int64_t last) {
    struct liquid_range *r = ARENA_NEW(a, struct liquid_range);
    *r = (struct liquid_range){first, last};
    return (struct liquid_value){.type = LIQUID_RANGE, .range = r};
}

struct liquid_value liquid_object(struct arena *a, const struct liquid_object_type *type,
                                  void *self) {
    struct liquid_object *o = ARENA_NEW(a, struct liquid_object);
    *o = (struct liquid_object){type, self};
    return (struct liquid_value){.type = LIQUID_OBJECT, .object = o};
}

static struct liquid_value rows_value(struct arena *a, struct liquid_rows rows, uint8_t type) {
    struct liquid_rows *r = ARENA_NEW(a, struct liquid_rows);
    *r = rows;
    return (struct liquid_value){.type = type, .n = (uint32_t)rows.n, .rows = r};
}

struct liquid_value liquid_row(struct arena *a, const struct row_type *type, const void *row) {
    if (!row) return liquid_nil();
    return rows_value(a, (struct liquid_rows){type, row, 1}, LIQUID_ROW);
}

struct liquid_value liquid_rows(struct arena *a, const struct row_type *type, const void *first,
                                size_t n) {
    return rows_value(a, (struct liquid_rows){type, first, n}, LIQUID_ROWS);
}

struct liquid_value liquid_of_json(struct arena *a, const struct json *j) {
    switch (j->type) {
    case JSON_NULL:
        return liquid_nil();
    case JSON_BOOL:
        return liquid_bool(j->boolean);
    case JSON_INT:
        return liquid_int(j->integer);
    case JSON_NUMBER:
        return liquid_float(number_parse_float(j->text));
    case JSON_STRING:
        return liquid_text(j->text.p ? j->text : S(""));
    case JSON_ARRAY: {
        struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, j->n);
        for (size_t i = 0; i < j->n; i++) v[i] = liquid_of_json(a, &j->items[i]);
        return liquid_array(v, j->n);
    }
    case JSON_OBJECT: {
        struct liquid_map *m = liquid_map_new(a);
        for (size_t i = 0; i < j->n; i++)
            liquid_set_str(m, j->keys[i], liquid_of_json(a, &j->items[i]));
        return liquid_of_map(m);
    }
    }
    return liquid_nil();
}

bool liquid_truthy(struct liquid_value v) {
    return v.type != LIQUID_NIL && !(v.type == LIQUID_BOOL && !v.boolean);
}

bool liquid_error_set(struct err *err, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    err_clear(err);
    err->code = ERR_INVALID;
    vsnprintf(err->message, sizeof err->message, fmt, ap);
    va_end(ap);
    return false;
}

bool value_is_list(struct liquid_value v) {
    return v.type == LIQUID_ARRAY || v.type == LIQUID_ROWS ||
           (v.type == LIQUID_OBJECT && v.object->type->size);
}

bool value_has_items(struct liquid_value v) {
    return v.type == LIQUID_MAP || v.type == LIQUID_ROW || v.type == LIQUID_OBJECT ||
           value_is_list(v);
}

size_t value_count(struct arena *a, struct liquid_value v, struct err *err) {
    size_t n = 0;
    switch ((enum liquid_type)v.type) {
    case LIQUID_ARRAY:
    case LIQUID_ROWS:
        return v.n;
    case LIQUID_MAP:
        return v.map->n;
    case LIQUID_ROW:
        return v.rows->type->n;
    case LIQUID_RANGE:
        return v.range->last < v.range->first
                   ? 0
                   : (size_t)((uint64_t)v.range->last - (uint64_t)v.range->first) + 1;
    case LIQUID_STRING:
    case LIQUID_HTML:
        return v.n ? 1 : 0;
    case LIQUID_OBJECT:
        if (!v.object->type->size || !v.object->type->size(v.object->self, a, &n, err)) return 0;
        return n;
    case LIQUID_NIL:
    case LIQUID_BOOL:
    case LIQUID_INT:
    case LIQUID_BIG:
    case LIQUID_FLOAT:
    case LIQUID_MONEY:
    case LIQUID_TIME:
    case LIQUID_EMPTY:
    case LIQUID_BLANK:
        return 0;
    }
    return 0;
}

static struct liquid_value pair(struct arena *a, struct str key, struct liquid_value v) {
    struct liquid_value *kv = ARENA_ARRAY(a, struct liquid_value, 2);
    kv[0] = liquid_text(key.p ? key : S(""));
    kv[1] = v;
    return liquid_array(kv, 2);
}

static struct liquid_value field_value(struct arena *a, const struct field *f, const char *row) {
    const void *at = row + f->offset;
    bool has;
    if (f->flags & FIELD_SECRET) return liquid_nil();
    if (f->has_offset) {
        memcpy(&has, row + f->has_offset, sizeof has);
        if (!has) return liquid_nil();
    }
    int64_t i = 0;
    struct str s = {0};
    struct liquid_value v;
    switch ((enum field_type)f->type) {
    case FIELD_INT:
    case FIELD_MONEY:
        memcpy(&i, at, sizeof i);
        return liquid_int(i);
    case FIELD_BOOL:
        memcpy(&has, at, sizeof has);
        return liquid_bool(has);
    case FIELD_RATE:
    case FIELD_DECIMAL:
        memcpy(&i, at, sizeof i);
        return liquid_float((double)i / 1e6);
    case FIELD_TIME:
        memcpy(&i, at, sizeof i);
        return liquid_time(i);
    case FIELD_CURRENCY:
    case FIELD_TEXT:
    case FIELD_BLOB:
        memcpy(&s, at, sizeof s);
        return liquid_text(s);
    case FIELD_HTML:
        memcpy(&s, at, sizeof s);
        return liquid_html(s);
    case FIELD_JSON: {
        struct err ignored = {0};
        memcpy(&s, at, sizeof s);
        return s.p && liquid_parse_json(a, s, &v, &ignored) ? v : liquid_nil();
    }
    }
    return liquid_nil();
}

static struct liquid_value row_at(struct arena *a, const struct liquid_rows *r, size_t i) {
    return liquid_row(a, r->type, (const char *)r->first + i * r->type->size);
}

bool value_item(struct arena *a, struct liquid_value v, size_t i, struct liquid_value *out,
                struct err *err) {
    *out = liquid_nil();
    if (v.type == LIQUID_ARRAY) {
        if (i < v.n) *out = v.items[i];
    } else if (v.type == LIQUID_ROWS) {
        if (i < v.n) *out = row_at(a, v.rows, i);
    } else if (v.type == LIQUID_RANGE) {
        *out = liquid_int((int64_t)((uint64_t)v.range->first + i));
    } else if (v.type == LIQUID_MAP) {
        if (i < v.map->n) *out = pair(a, v.map->v[i].key, v.map->v[i].v);
    } else if (v.type == LIQUID_ROW) {
        const struct field *f = &v.rows->type->fields[i];
        *out = pair(a, str_c(f->name), field_value(a, f, v.rows->first));
    } else if (liquid_is_text(v)) {
        *out = v;
    } else if (v.type == LIQUID_OBJECT && v.object->type->at) {
        return v.object->type->at(v.object->self, a, (int64_t)i, out, err);
    }
    return true;
}

bool value_size(struct arena *a, struct liquid_value v, int64_t *out, struct err *err) {
    if (liquid_is_text(v)) {
        *out = (int64_t)str_utf8_len(liquid_str(v));
        return true;
    }
    if (v.type == LIQUID_INT || v.type == LIQUID_BIG || v.type == LIQUID_MONEY) {
        *out = 8; // the reference's Integer#size: bytes of the machine word
        return true;
    }
    if (v.type == LIQUID_RANGE || value_is_list(v) || v.type == LIQUID_MAP ||
        v.type == LIQUID_ROW) {
        *out = (int64_t)value_count(a, v, err);
        return true;
    }
    return false;
}

static bool command_prop(struct arena *a, struct liquid_value v, struct str key,
                         struct liquid_value *out, struct err *err) {
    if (str_eq(key, S("size"))) {
        int64_t n;
        if (value_size(a, v, &n, err)) *out = liquid_int(n);
        return err->code == ERR_NONE;
    }
    bool first = str_eq(key, S("first"));
    if (!first && !str_eq(key, S("last"))) return true;
    if (v.type == LIQUID_MAP || v.type == LIQUID_ROW) {
        if (first && value_count(a, v, err)) return value_item(a, v, 0, out, err);
        return true;
    }
    if (liquid_is_text(v)) { // the first or last character
        size_t count = str_utf8_len(liquid_str(v)), skip = first || !count ? 0 : count - 1;
        struct str rest = str_from(liquid_str(v), str_utf8_cut(liquid_str(v), skip).n);
        *out = v;
        out->text = rest.p;
        out->n = (uint32_t)str_utf8_cut(rest, 1).n;
        return true;
    }
    if (!value_is_list(v) && v.type != LIQUID_RANGE) return true;
    size_t n = value_count(a, v, err);
    if (v.type == LIQUID_RANGE) {
        *out = liquid_int(first ? v.range->first : v.range->last);
        return true;
    }
    if (err->code != ERR_NONE) return false;
    return n == 0 || value_item(a, v, first ? 0 : n - 1, out, err);
}

static bool list_index(struct arena *a, struct liquid_value v, int64_t i, struct liquid_value *out,
                       struct err *err) {
    size_t n = v.type == LIQUID_ARRAY || v.type == LIQUID_ROWS ? v.n : value_count(a, v, err);
    if (err->code != ERR_NONE) return false;
    if (i < 0) i += (int64_t)n;
    return i < 0 || (uint64_t)i >= n || value_item(a, v, (size_t)i, out, err);
}

// linklists[section.settings.menu]: an object as a key stands for its handle.
static bool prop_by_object(struct arena *a, struct liquid_value v, struct liquid_value key,
                           struct liquid_value *out, struct err *err) {
    struct liquid_value handle = liquid_nil();
    if (!key.object->type->get(key.object->self, a, S("handle"), &handle, err)) return false;
    struct const_key k = {handle, 0};
    return !liquid_is_text(handle) || value_prop(a, v, &k, false, out, err);
}

bool value_prop(struct arena *a, struct liquid_value v, const struct const_key *key, bool command,
                struct liquid_value *out, struct err *err) {
    *out = liquid_nil();
    if (key->v.type == LIQUID_OBJECT && key->v.object->type->get)
        return prop_by_object(a, v, key->v, out, err);
    bool text = liquid_is_text(key->v);
    struct str k = liquid_str(key->v);
    if (v.type == LIQUID_MAP && text) {
        const struct liquid_value *found = map_find(v.map, k, key->hash ? key->hash : key_hash(k));
        if (found) {
            *out = *found;
            return true;
        }
    } else if (v.type == LIQUID_ROW && text) {
        const struct field *f = row_field(v.rows->type, k);
        if (f) {
            *out = field_value(a, f, v.rows->first);
            return true;
        }
    } else if (v.type == LIQUID_OBJECT && text && v.object->type->get) {
        if (!v.object->type->get(v.object->self, a, k, out, err)) return false;
        if (out->type != LIQUID_NIL || !v.object->type->size) return true;
    } else if (key->v.type == LIQUID_INT && value_is_list(v)) {
        return list_index(a, v, key->v.integer, out, err);
    }
    return !command || !text || command_prop(a, v, k, out, err);
}

bool liquid_get(struct arena *a, struct liquid_value v, struct str key, struct liquid_value *out,
                struct err *err) {
    struct const_key k = {liquid_text(key), key_hash(key)};
    return value_prop(a, v, &k, true, out, err);
}
