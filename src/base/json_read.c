// SPDX-License-Identifier: Apache-2.0
// Jansson reads, this copies its tree into the arena. Jansson turns fractions into double, so
// numbers are taken from the text itself: it is known to be well-formed by then, and because
// duplicate keys are refused, the n-th number of the text is the n-th number of the tree.
#define json_type   jansson_type
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_ARRAY  JANSSON_ARRAY
#define JSON_STRING JANSSON_STRING
#define JSON_NULL   JANSSON_NULL
#include <jansson.h>
#undef json_type
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_NULL

#include "base/json.h"

enum { READ_DEPTH = 48, READ_BYTES = 64 << 20 };

struct reading {
    struct arena *arena;
    struct str rest; // of the text, after the last number taken
    struct err *err;
};

static bool is_number_char(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static size_t skip_string(struct str s, size_t i) {
    for (i++; i < s.n && s.p[i] != '"'; i++)
        if (s.p[i] == '\\') i++;
    return i + 1;
}

static struct str next_number(struct str *rest) {
    size_t i = 0;
    while (i < rest->n && rest->p[i] != '-' && !(rest->p[i] >= '0' && rest->p[i] <= '9'))
        i = rest->p[i] == '"' ? skip_string(*rest, i) : i + 1;
    size_t from = i;
    while (i < rest->n && is_number_char(rest->p[i])) i++;
    ensure(i > from && i <= rest->n);
    struct str number = str_sub(*rest, from, i - from);
    *rest = str_from(*rest, i);
    return number;
}

static bool copy_value(struct reading *r, json_t *from, int depth, struct json *to);

static void copy_number(struct reading *r, struct json *to) {
    struct str number = next_number(&r->rest);
    bool whole = str_to_int(number, &to->integer);
    to->type = whole ? JSON_INT : JSON_NUMBER;
    if (!whole) to->text = arena_str(r->arena, number);
}

static bool copy_array(struct reading *r, json_t *from, int depth, struct json *to) {
    to->type = JSON_ARRAY;
    to->n = json_array_size(from);
    to->items = ARENA_ARRAY(r->arena, struct json, to->n);
    for (size_t i = 0; i < to->n; i++)
        TRY(copy_value(r, json_array_get(from, i), depth + 1, &to->items[i]));
    return true;
}

static bool copy_object(struct reading *r, json_t *from, int depth, struct json *to) {
    to->type = JSON_OBJECT;
    to->items = ARENA_ARRAY(r->arena, struct json, json_object_size(from));
    to->keys = ARENA_ARRAY(r->arena, struct str, json_object_size(from));
    for (void *it = json_object_iter(from); it; it = json_object_iter_next(from, it)) {
        struct str key = {json_object_iter_key(it), json_object_iter_key_len(it)};
        to->keys[to->n] = arena_str(r->arena, key);
        TRY(copy_value(r, json_object_iter_value(it), depth + 1, &to->items[to->n++]));
    }
    return true;
}

static bool copy_value(struct reading *r, json_t *from, int depth, struct json *to) {
    if (depth > READ_DEPTH)
        return err_set(r->err, ERR_INVALID, "The JSON is nested deeper than %d levels.",
                       READ_DEPTH);
    switch (json_typeof(from)) {
    case JANSSON_OBJECT:
        return copy_object(r, from, depth, to);
    case JANSSON_ARRAY:
        return copy_array(r, from, depth, to);
    case JANSSON_STRING:
        to->type = JSON_STRING;
        to->text =
            arena_str(r->arena, (struct str){json_string_value(from), json_string_length(from)});
        return true;
    case JSON_INTEGER:
    case JSON_REAL:
        copy_number(r, to);
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        to->type = JSON_BOOL;
        to->boolean = json_typeof(from) == JSON_TRUE;
        return true;
    case JANSSON_NULL:
        to->type = JSON_NULL;
        return true;
    }
    bug("unknown type of JSON");
}

bool json_parse(struct arena *a, struct str text, struct json *out, struct err *err) {
    *out = (struct json){0};
    if (text.n > READ_BYTES)
        return err_set(err, ERR_TOO_LARGE, "The JSON is larger than %d MiB.", READ_BYTES >> 20);
    json_error_t why;
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
    json_t *root = json_loadb(text.p ? text.p : "", text.n, flags, &why);
    if (!root)
        return err_set(err, ERR_INVALID, "This is not well-formed JSON: line %d, column %d: %s.",
                       why.line, why.column, why.text);
    struct reading r = {.arena = a, .rest = text, .err = err};
    bool ok = copy_value(&r, root, 1, out);
    json_decref(root);
    return ok;
}
