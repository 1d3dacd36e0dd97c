// SPDX-License-Identifier: Apache-2.0
#include "liquid/filters.h"

#define FLATTEN_DEPTH 100

static bool flatten(struct liquid_call *c, struct liquid_value v, struct list *out, int depth,
                    struct err *err) {
    size_t n = value_count(c->arena, v, err);
    if (err->code != ERR_NONE) return false;
    for (size_t i = 0; i < n; i++) {
        struct liquid_value item;
        TRY(value_item(c->arena, v, i, &item, err));
        if (value_is_list(item) && item.type != LIQUID_OBJECT && depth < FLATTEN_DEPTH)
            TRY(flatten(c, item, out, depth + 1, err));
        else
            *VEC_PUSH(c->arena, &out->items) = item;
    }
    return true;
}

#define RANGE_MAX ((size_t)1000000)

bool list_of(struct liquid_call *c, struct liquid_value v, struct list *out, struct err *err) {
    *out = (struct list){0};
    if (v.type == LIQUID_RANGE && value_count(c->arena, v, err) > RANGE_MAX)
        return liquid_error_set(err, "range is too large");
    if (value_is_list(v) || v.type == LIQUID_RANGE) return flatten(c, v, out, 0, err);
    if (v.type != LIQUID_NIL) *VEC_PUSH(c->arena, &out->items) = v;
    return true;
}

struct liquid_value list_value(const struct list *l) {
    return liquid_array(l->items.v, l->items.n);
}

static bool property_error(struct liquid_call *c, struct liquid_value property, struct err *err) {
    return liquid_error_set(err, "cannot select the property '" STR_FMT "'",
                            STR_ARG(value_str(c->arena, property)));
}

enum picked { PICKED, PICK_NONE, PICK_FAILED }; // none: the item has no []

// item[property] as Ruby answers it.
static enum picked pick(struct liquid_call *c, struct liquid_value item,
                        struct liquid_value property, struct liquid_value *out, struct err *err) {
    struct const_key key = {property, 0};
    *out = liquid_nil();
    if (value_is_list(item) && property.type != LIQUID_INT) {
        if (item.type != LIQUID_OBJECT) return property_error(c, property, err), PICK_FAILED;
    }
    if (value_has_items(item))
        return value_prop(c->arena, item, &key, false, out, err) ? PICKED : PICK_FAILED;
    if (liquid_is_text(item)) {
        struct str s = liquid_str(item);
        if (liquid_is_text(property)) {
            if (str_find(s, liquid_str(property)) != STR_NONE) *out = property;
            return PICKED;
        }
        if (property.type != LIQUID_INT) return property_error(c, property, err), PICK_FAILED;
        int64_t n = (int64_t)str_utf8_len(s), i = property.integer;
        if (i < 0) i += n;
        if (i < 0 || i >= n) return PICKED;
        *out = text_like(str_utf8_cut(str_from(s, str_utf8_cut(s, (size_t)i).n), 1), item);
        return PICKED;
    }
    if (item.type == LIQUID_INT || item.type == LIQUID_BIG || item.type == LIQUID_MONEY) {
        if (property.type != LIQUID_INT) return property_error(c, property, err), PICK_FAILED;
        int64_t bit = property.integer;
        *out = liquid_int(bit < 0 ? 0 : item.integer >> (bit > 63 ? 63 : bit) & 1);
        return PICKED;
    }
    return PICK_NONE;
}

FILTER(join) {
    struct list l;
    TRY(list_of(c, c->input, &l, err));
    struct liquid_value glue = c->args.pos_n ? c->args.pos[0] : text_of(S(" "));
    glue = text_like(value_str(c->arena, glue), glue);
    *out = text_join_all(c, l.items.v, l.items.n, glue);
    return true;
}

struct sorting {
    struct liquid_call *c;
    struct liquid_value *keys;
    uint32_t *order;
    bool natural, failed;
};

static int compare_lists(struct sorting *s, struct liquid_value x, struct liquid_value y);

// <=> ; 2: the two do not compare
static int spaceship(struct sorting *s, struct liquid_value x, struct liquid_value y) {
    struct arena *a = s->c->arena;
    if (value_is_number(x) && value_is_number(y)) return number_value_cmp(a, x, y);
    if (liquid_is_text(x) && liquid_is_text(y)) {
        int r = str_cmp(liquid_str(x), liquid_str(y));
        return r < 0 ? -1 : r > 0;
    }
    if (x.type == LIQUID_TIME && y.type == LIQUID_TIME)
        return x.time < y.time ? -1 : x.time > y.time;
    if (value_is_list(x) && value_is_list(y)) return compare_lists(s, x, y);
    return value_equal(a, x, y) ? 0 : 2;
}

static int compare_lists(struct sorting *s, struct liquid_value x, struct liquid_value y) {
    struct err err = {0};
    size_t nx = value_count(s->c->arena, x, &err), ny = value_count(s->c->arena, y, &err);
    for (size_t i = 0; i < nx && i < ny; i++) {
        struct liquid_value xi, yi;
        if (!value_item(s->c->arena, x, i, &xi, &err) || !value_item(s->c->arena, y, i, &yi, &err))
            return 2;
        int r = spaceship(s, xi, yi);
        if (r) return r;
    }
    return nx < ny ? -1 : nx > ny;
}

static int casecmp(struct str x, struct str y) {
    for (size_t i = 0; i < x.n && i < y.n; i++) {
        unsigned char a = (unsigned char)x.p[i], b = (unsigned char)y.p[i];
        if (a >= 'A' && a <= 'Z') a = (unsigned char)(a + 32);
        if (b >= 'A' && b <= 'Z') b = (unsigned char)(b + 32);
        if (a != b) return a < b ? -1 : 1;
    }
    return x.n < y.n ? -1 : x.n > y.n;
}

static bool after(struct sorting *s, uint32_t i, uint32_t j) {
    struct liquid_value x = s->keys[i], y = s->keys[j];
    bool xn = x.type == LIQUID_NIL, yn = y.type == LIQUID_NIL;
    if (xn || yn) return xn && !yn;
    if (s->natural) return casecmp(value_str(s->c->arena, x), value_str(s->c->arena, y)) > 0;
    int r = spaceship(s, x, y);
    s->failed = s->failed || r == 2;
    return r == 1;
}

static void merge_sort(struct sorting *s, uint32_t *v, uint32_t *tmp, size_t n) {
    if (n < 2 || s->failed) return;
    size_t half = n / 2, i = 0, j = half, k = 0;
    merge_sort(s, v, tmp, half);
    merge_sort(s, v + half, tmp, n - half);
    while (i < half && j < n) tmp[k++] = after(s, v[i], v[j]) ? v[j++] : v[i++];
    while (i < half) tmp[k++] = v[i++];
    while (j < n) tmp[k++] = v[j++];
    memcpy(v, tmp, n * sizeof *v);
}

static bool sort_keys(struct liquid_call *c, const struct list *l, struct sorting *s, bool *none,
                      struct err *err) {
    struct liquid_value property = liquid_arg(&c->args, 0);
    *none = false;
    s->keys = l->items.v;
    if (property.type == LIQUID_NIL) return true;
    s->keys = ARENA_ARRAY(c->arena, struct liquid_value, l->items.n);
    for (size_t i = 0; i < l->items.n; i++) {
        enum liquid_type t = l->items.v[i].type;
        if (t == LIQUID_NIL || t == LIQUID_BOOL || t == LIQUID_FLOAT || t == LIQUID_RANGE)
            *none = true;
    }
    for (size_t i = 0; i < l->items.n && !*none && l->items.n > 1; i++)
        if (pick(c, l->items.v[i], property, &s->keys[i], err) == PICK_FAILED) return false;
    return true;
}

static bool sorted(struct liquid_call *c, bool natural, struct liquid_value *out, struct err *err) {
    struct list l;
    struct sorting s = {.c = c, .natural = natural};
    bool none;
    TRY(list_of(c, c->input, &l, err));
    *out = liquid_array(NULL, 0);
    size_t n = l.items.n;
    if (!n) return true;
    TRY(sort_keys(c, &l, &s, &none, err));
    if (none) *out = liquid_nil();
    if (none) return true;
    uint32_t *order = ARENA_ARRAY(c->arena, uint32_t, 2 * n);
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    merge_sort(&s, order, order + n, n);
    if (s.failed) return liquid_error_set(err, "cannot sort values of incompatible types");
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, n);
    for (size_t i = 0; i < n; i++) v[i] = l.items.v[order[i]];
    *out = liquid_array(v, n);
    return true;
}

FILTER(sort) { return sorted(c, false, out, err); }
FILTER(sort_natural) { return sorted(c, true, out, err); }

// Does the item match where, reject, has, find? PICK_NONE ends the filter with nil.
static enum picked matches(struct liquid_call *c, struct liquid_value item, bool *out,
                           struct err *err) {
    struct liquid_value target = liquid_arg(&c->args, 1), v;
    enum picked p = pick(c, item, c->args.pos[0], &v, err);
    *out = target.type == LIQUID_NIL ? liquid_truthy(v) : value_equal(c->arena, v, target);
    return p;
}

static bool chosen(struct liquid_call *c, bool wanted, struct liquid_value *out, struct err *err) {
    struct list l, kept = {0};
    bool match;
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n; i++) {
        enum picked p = matches(c, l.items.v[i], &match, err);
        if (p == PICK_FAILED) return false;
        if (p == PICK_NONE) return true;
        if (match == wanted) *VEC_PUSH(c->arena, &kept.items) = l.items.v[i];
    }
    *out = list_value(&kept);
    return true;
}

FILTER(where) { return chosen(c, true, out, err); }
FILTER(reject) { return chosen(c, false, out, err); }

enum first_of { HAS, FIND, INDEX };

static bool first_match(struct liquid_call *c, enum first_of what, struct liquid_value *out,
                        struct err *err) {
    struct list l;
    bool match;
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n; i++) {
        enum picked p = matches(c, l.items.v[i], &match, err);
        if (p == PICK_FAILED) return false;
        if (p == PICK_NONE) return true;
        if (!match) continue;
        *out = what == HAS    ? liquid_bool(true)
               : what == FIND ? l.items.v[i]
                              : liquid_int((int64_t)i);
        return true;
    }
    if (what == HAS) *out = liquid_bool(false);
    return true;
}

FILTER(has) { return first_match(c, HAS, out, err); }
FILTER(find) { return first_match(c, FIND, out, err); }
FILTER(find_index) { return first_match(c, INDEX, out, err); }

static bool same(struct arena *a, struct liquid_value x, struct liquid_value y) { // eql?
    bool fx = x.type == LIQUID_FLOAT, fy = y.type == LIQUID_FLOAT;
    return fx == fy && value_equal(a, x, y);
}

static uint64_t same_hash(struct liquid_value v) { // equal for values that are the same
    if (liquid_is_text(v)) return key_hash(liquid_str(v));
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY)
        return (uint64_t)v.integer * 0x9E3779B97F4A7C15u;
    return v.type == LIQUID_ARRAY || v.type == LIQUID_MAP ? v.type : 1;
}

struct seen {
    struct liquid_value *keys;
    uint64_t *hashes;
    uint32_t *slots;
    size_t n, mask;
};

static bool seen_add(struct arena *a, struct seen *s, struct liquid_value key) {
    uint64_t h = same_hash(key);
    size_t at = (size_t)(h ^ h >> 32) & s->mask;
    for (; s->slots[at]; at = (at + 1) & s->mask)
        if (s->hashes[s->slots[at] - 1] == h && same(a, s->keys[s->slots[at] - 1], key))
            return false;
    s->keys[s->n] = key;
    s->hashes[s->n] = h;
    s->slots[at] = (uint32_t)++s->n;
    return true;
}

static struct seen seen_new(struct arena *a, size_t n) {
    size_t size = 8;
    while (size < n * 2) size *= 2;
    return (struct seen){ARENA_ARRAY(a, struct liquid_value, n + 1),
                         ARENA_ARRAY(a, uint64_t, n + 1), ARENA_ARRAY(a, uint32_t, size), 0,
                         size - 1};
}

FILTER(uniq) {
    struct list l, kept = {0};
    struct liquid_value property = liquid_arg(&c->args, 0);
    TRY(list_of(c, c->input, &l, err));
    struct seen seen = seen_new(c->arena, l.items.n);
    for (size_t i = 0; i < l.items.n; i++) {
        struct liquid_value key = l.items.v[i];
        if (property.type != LIQUID_NIL) {
            enum picked p = pick(c, l.items.v[i], property, &key, err);
            if (p == PICK_FAILED) return false;
            if (p == PICK_NONE) return true;
        }
        if (seen_add(c->arena, &seen, key)) *VEC_PUSH(c->arena, &kept.items) = l.items.v[i];
    }
    *out = list_value(&kept);
    return true;
}

FILTER(compact) {
    struct list l, kept = {0};
    struct liquid_value property = liquid_arg(&c->args, 0);
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n; i++) {
        struct liquid_value v = l.items.v[i];
        if (property.type != LIQUID_NIL) {
            enum picked p = pick(c, l.items.v[i], property, &v, err);
            if (p == PICK_FAILED) return false;
            if (p == PICK_NONE) return true;
        }
        if (v.type != LIQUID_NIL) *VEC_PUSH(c->arena, &kept.items) = l.items.v[i];
    }
    *out = list_value(&kept);
    return true;
}

FILTER(reverse) {
    struct list l;
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n / 2; i++) {
        struct liquid_value v = l.items.v[i];
        l.items.v[i] = l.items.v[l.items.n - 1 - i];
        l.items.v[l.items.n - 1 - i] = v;
    }
    *out = list_value(&l);
    return true;
}

FILTER(map) {
    struct list l;
    struct liquid_value property = c->args.pos[0];
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n; i++) {
        struct liquid_value v;
        if (str_eq(liquid_str(property), S("to_liquid"))) continue;
        if (pick(c, l.items.v[i], property, &v, err) == PICK_FAILED) return false;
        l.items.v[i] = v;
    }
    *out = list_value(&l);
    return true;
}

FILTER(concat) {
    struct list l;
    struct liquid_value other = c->args.pos[0];
    if (!value_is_list(other))
        return liquid_error_set(err, "concat filter requires an array argument");
    TRY(list_of(c, c->input, &l, err));
    size_t n = value_count(c->arena, other, err);
    for (size_t i = 0; i < n; i++) {
        struct liquid_value item;
        TRY(value_item(c->arena, other, i, &item, err));
        *VEC_PUSH(c->arena, &l.items) = item;
    }
    *out = list_value(&l);
    return err->code == ERR_NONE;
}

static bool end_item(struct liquid_call *c, struct str which, struct liquid_value *out,
                     struct err *err) {
    struct const_key key = {liquid_text(which), 0};
    if (c->input.type == LIQUID_MAP || c->input.type == LIQUID_ROW) {
        bool first = str_eq(which, S("first")) && value_count(c->arena, c->input, err) > 0;
        return !first || value_item(c->arena, c->input, 0, out, err);
    }
    return value_prop(c->arena, c->input, &key, true, out, err);
}

FILTER(first) { return end_item(c, S("first"), out, err); }
FILTER(last) { return end_item(c, S("last"), out, err); }

FILTER(sum) {
    struct list l, values = {0};
    struct liquid_value property = liquid_arg(&c->args, 0);
    struct number total = {.small = true};
    TRY(list_of(c, c->input, &l, err));
    for (size_t i = 0; i < l.items.n; i++) {
        struct liquid_value v = l.items.v[i];
        if (property.type != LIQUID_NIL) {
            enum picked p = pick(c, l.items.v[i], property, &v, err);
            if (p == PICK_FAILED) return false;
            if (p == PICK_NONE) v = liquid_int(0);
        }
        if (value_is_list(v))
            TRY(flatten(c, v, &values, 0, err));
        else
            *VEC_PUSH(c->arena, &values.items) = v;
    }
    for (size_t i = 0; i < values.items.n; i++)
        total = number_add(c->arena, total, number_of(c->arena, values.items.v[i]), false);
    *out = number_value(c->arena, total);
    return true;
}

#define F(filter, least, most)                                                                     \
    { #filter, filter_##filter, least, most }
const struct std_filter array_filters[] = {
    F(join, 0, 1),   F(sort, 0, 1),    F(sort_natural, 0, 1), F(where, 1, 2),
    F(reject, 1, 2), F(has, 1, 2),     F(find, 1, 2),         F(find_index, 1, 2),
    F(uniq, 0, 1),   F(compact, 0, 1), F(reverse, 0, 0),      F(map, 1, 1),
    F(concat, 1, 1), F(first, 0, 0),   F(last, 0, 0),         F(sum, 0, 1),
};
const size_t array_filters_n = ARRAY_LEN(array_filters);
