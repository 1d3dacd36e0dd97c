// SPDX-License-Identifier: Apache-2.0
// JSON in and out of template values. Apart from base/json.h because integers of any size must come
// through.
#include "base/json.h"
#include "liquid/syntax.h"
#include "liquid/vm.h"

#define JSON_DEPTH 128

struct reader {
    struct arena *a;
    struct str s;
    size_t i;
    int depth;
    struct err *err;
};

static bool bad(struct reader *r) {
    return err_set(r->err, ERR_INVALID, "The text is not JSON (at byte %zu).", r->i);
}

static void space(struct reader *r) {
    while (r->i < r->s.n && is_space(r->s.p[r->i])) r->i++;
}

static bool next_is(struct reader *r, char ch) {
    space(r);
    if (r->i >= r->s.n || r->s.p[r->i] != ch) return false;
    r->i++;
    return true;
}

static bool word(struct reader *r, const char *w) {
    if (!str_starts(str_from(r->s, r->i), str_c(w))) return false;
    r->i += strlen(w);
    return true;
}

static bool hex4(struct reader *r, uint32_t *out) {
    *out = 0;
    if (r->i + 4 > r->s.n) return bad(r);
    for (int k = 0; k < 4; k++) {
        char ch = r->s.p[r->i++];
        uint32_t d = ch >= '0' && ch <= '9'   ? (uint32_t)(ch - '0')
                     : ch >= 'a' && ch <= 'f' ? (uint32_t)(ch - 'a' + 10)
                     : ch >= 'A' && ch <= 'F' ? (uint32_t)(ch - 'A' + 10)
                                              : 16;
        if (d > 15) return bad(r);
        *out = *out << 4 | d;
    }
    return true;
}

static void put_utf8(struct buf *b, uint32_t u) {
    if (u < 0x80) {
        buf_char(b, (char)u);
        return;
    }
    if (u < 0x800) {
        buf_char(b, (char)(0xC0 | u >> 6));
    } else {
        if (u < 0x10000)
            buf_char(b, (char)(0xE0 | u >> 12));
        else {
            buf_char(b, (char)(0xF0 | u >> 18));
            buf_char(b, (char)(0x80 | (u >> 12 & 0x3F)));
        }
        buf_char(b, (char)(0x80 | (u >> 6 & 0x3F)));
    }
    buf_char(b, (char)(0x80 | (u & 0x3F)));
}

static bool escape(struct reader *r, struct buf *b) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char ch = r->s.p[r->i++];
    const char *at = ch ? strchr(from, ch) : NULL;
    uint32_t u, low;
    if (at) {
        buf_char(b, to[at - from]);
        return true;
    }
    if (ch != 'u') return bad(r);
    TRY(hex4(r, &u));
    if (u >= 0xD800 && u < 0xDC00 && word(r, "\\u")) {
        TRY(hex4(r, &low));
        u = 0x10000 + ((u - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
    }
    put_utf8(b, u >= 0xD800 && u < 0xE000 ? 0xFFFD : u);
    return true;
}

static bool string(struct reader *r, struct str *out) {
    size_t from = r->i;
    while (r->i < r->s.n && r->s.p[r->i] != '"' && r->s.p[r->i] != '\\') r->i++;
    if (r->i < r->s.n && r->s.p[r->i] == '"') {
        *out = arena_str(r->a, str_sub(r->s, from, r->i++ - from));
        return true;
    }
    struct buf b = buf_new(r->a, r->s.n + 8);
    buf_put(&b, str_sub(r->s, from, r->i - from));
    while (r->i < r->s.n && r->s.p[r->i] != '"') {
        char ch = r->s.p[r->i++];
        if (ch != '\\')
            buf_char(&b, ch);
        else if (r->i >= r->s.n)
            return bad(r);
        else
            TRY(escape(r, &b));
    }
    if (r->i >= r->s.n) return bad(r);
    r->i++;
    *out = buf_str(&b);
    return true;
}

static bool number(struct reader *r, struct liquid_value *out) {
    size_t from = r->i;
    bool real = false;
    while (r->i < r->s.n && r->s.p[r->i] && strchr("+-.0123456789eE", r->s.p[r->i])) {
        real = real || strchr(".eE", r->s.p[r->i]);
        r->i++;
    }
    struct str s = str_sub(r->s, from, r->i - from);
    if (!s.n) return bad(r);
    *out = real ? liquid_float(number_parse_float(s)) : number_parse_int(r->a, s);
    return true;
}

static bool value(struct reader *r, struct liquid_value *out);

static bool object(struct reader *r, struct liquid_value *out) {
    struct liquid_map *m = liquid_map_new(r->a);
    *out = liquid_of_map(m);
    if (next_is(r, '}')) return true;
    do {
        struct str key;
        struct liquid_value v;
        if (!next_is(r, '"') || !string(r, &key) || !next_is(r, ':')) return bad(r);
        TRY(value(r, &v));
        liquid_set_str(m, key, v);
    } while (next_is(r, ','));
    return next_is(r, '}') || bad(r);
}

static bool array(struct reader *r, struct liquid_value *out) {
    VEC(struct liquid_value) items = {0};
    *out = liquid_array(NULL, 0);
    if (next_is(r, ']')) return true;
    do {
        struct liquid_value v;
        TRY(value(r, &v));
        *VEC_PUSH(r->a, &items) = v;
    } while (next_is(r, ','));
    *out = liquid_array(items.v, items.n);
    return next_is(r, ']') || bad(r);
}

static bool value(struct reader *r, struct liquid_value *out) {
    struct str s;
    if (++r->depth > JSON_DEPTH) return bad(r);
    *out = liquid_nil();
    if (next_is(r, '{'))
        TRY(object(r, out));
    else if (next_is(r, '['))
        TRY(array(r, out));
    else if (next_is(r, '"')) {
        TRY(string(r, &s));
        *out = liquid_text(s);
    } else if (word(r, "true"))
        *out = liquid_bool(true);
    else if (word(r, "false"))
        *out = liquid_bool(false);
    else if (!word(r, "null"))
        TRY(number(r, out));
    r->depth--;
    return true;
}

bool liquid_parse_json(struct arena *a, struct str text, struct liquid_value *out,
                       struct err *err) {
    struct reader r = {.a = a, .s = text, .err = err};
    TRY(value(&r, out));
    space(&r);
    return r.i == r.s.n || bad(&r);
}

static void json_string(struct buf *b, struct str s) {
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch == '"' || ch == '\\')
            buf_fmt(b, "\\%c", ch);
        else if (ch == '\n')
            buf_put(b, S("\\n"));
        else if (ch < 0x20 || ch == '<' || ch == '>' || ch == '&' || ch == '\'')
            buf_fmt(b, "\\u%04x", ch);
        else
            buf_char(b, (char)ch);
    }
    buf_char(b, '"');
}

static void json_value(struct buf *b, struct arena *a, struct liquid_value v, int depth);

static void json_items(struct buf *b, struct arena *a, struct liquid_value v, int depth) {
    bool map = v.type == LIQUID_MAP || v.type == LIQUID_ROW;
    struct err err = {0};
    size_t n = value_count(a, v, &err);
    buf_char(b, map ? '{' : '[');
    for (size_t i = 0; i < n && buf_ok(b); i++) {
        struct liquid_value item;
        if (!value_item(a, v, i, &item, &err)) break;
        if (i) buf_char(b, ',');
        if (map) {
            json_string(b, liquid_str(item.items[0]));
            buf_char(b, ':');
            item = item.items[1];
        }
        json_value(b, a, item, depth + 1);
    }
    buf_char(b, map ? '}' : ']');
}

static void json_value(struct buf *b, struct arena *a, struct liquid_value v, int depth) {
    bool list = value_is_list(v) || v.type == LIQUID_MAP || v.type == LIQUID_ROW;
    bool own = v.type == LIQUID_OBJECT && v.object->type->json;
    if (own && v.object->type->json(v.object->self, a, b)) return;
    if (depth > JSON_DEPTH || v.type == LIQUID_NIL)
        buf_put(b, S("null"));
    else if (list)
        json_items(b, a, v, depth);
    else if (v.type == LIQUID_BOOL || v.type == LIQUID_INT || v.type == LIQUID_BIG ||
             v.type == LIQUID_FLOAT)
        buf_put(b, value_str(a, v));
    else if (v.type == LIQUID_MONEY)
        buf_int(b, v.integer);
    else
        json_string(b, value_str(a, v));
}

void liquid_json(struct buf *out, struct arena *a, struct liquid_value v) {
    json_value(out, a, v, 0);
}
