// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

enum { WRITE_DEPTH = 64 }; // bits of open and isobj

struct json_writer json_writer(struct buf *out) {
    return (struct json_writer){.out = out};
}

static uint64_t level_bit(const struct json_writer *w) {
    return w->depth > 0 ? UINT64_C(1) << (w->depth - 1) : 0;
}

// Before any value: the comma, and the promise that a value stands where one may.
static void before_value(struct json_writer *w) {
    uint64_t bit = level_bit(w);
    ensure(!(w->isobj & bit) || w->after_key);
    if (!(w->isobj & bit) && (w->open & bit)) buf_char(w->out, ',');
    w->open |= bit;
    w->after_key = false;
}

static void begin(struct json_writer *w, bool object) {
    before_value(w);
    ensure(w->depth < WRITE_DEPTH);
    w->depth++;
    w->open &= ~level_bit(w);
    w->isobj = object ? w->isobj | level_bit(w) : w->isobj & ~level_bit(w);
    buf_char(w->out, object ? '{' : '[');
}

static void end(struct json_writer *w, bool object) {
    ensure(w->depth > 0 && !w->after_key && !!(w->isobj & level_bit(w)) == object);
    w->depth--;
    buf_char(w->out, object ? '}' : ']');
}

void json_begin_object(struct json_writer *w) { begin(w, true); }
void json_end_object(struct json_writer *w) { end(w, true); }
void json_begin_array(struct json_writer *w) { begin(w, false); }
void json_end_array(struct json_writer *w) { end(w, false); }

static void put_escape(struct buf *b, unsigned char c) {
    switch (c) {
    case '"':
        buf_put(b, S("\\\""));
        break;
    case '\\':
        buf_put(b, S("\\\\"));
        break;
    case '\n':
        buf_put(b, S("\\n"));
        break;
    case '\r':
        buf_put(b, S("\\r"));
        break;
    case '\t':
        buf_put(b, S("\\t"));
        break;
    default:
        buf_fmt(b, "\\u%04x", c);
    }
}

// '<' is escaped too, so that JSON can stand inside a script element.
static bool needs_escape(unsigned char c) { return c < ' ' || c == '"' || c == '\\' || c == '<'; }

// Length of the character at i, 0 when the byte there is no well-formed UTF-8.
static size_t char_len(struct str s, size_t i) {
    if ((unsigned char)s.p[i] < 0x80) return 1;
    for (size_t len = 2; len <= 4 && len <= s.n - i; len++)
        if (str_is_utf8(str_sub(s, i, len))) return len;
    return 0;
}

static void put_quoted(struct buf *b, struct str s) {
    buf_char(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t len = char_len(s, i);
        if (len && !needs_escape(c)) {
            i += len;
            continue;
        }
        buf_put(b, str_sub(s, from, i - from));
        if (len)
            put_escape(b, c);
        else
            buf_put(b, S("\xEF\xBF\xBD")); // U+FFFD in place of the ill-formed byte
        from = ++i;
    }
    buf_put(b, str_from(s, from));
    buf_char(b, '"');
}

void json_key_str(struct json_writer *w, struct str key) {
    uint64_t bit = level_bit(w);
    ensure((w->isobj & bit) && !w->after_key);
    if (w->open & bit) buf_char(w->out, ',');
    w->open |= bit;
    put_quoted(w->out, key);
    buf_char(w->out, ':');
    w->after_key = true;
}

void json_key(struct json_writer *w, const char *key) { json_key_str(w, str_c(key)); }

void json_put_raw(struct json_writer *w, struct str json) {
    before_value(w);
    buf_put(w->out, json);
}

void json_put_str(struct json_writer *w, struct str s) {
    if (!s.p) {
        json_put_null(w);
        return;
    }
    before_value(w);
    put_quoted(w->out, s);
}

void json_put_int(struct json_writer *w, int64_t v) {
    before_value(w);
    buf_int(w->out, v);
}

void json_put_bool(struct json_writer *w, bool v) { json_put_raw(w, v ? S("true") : S("false")); }
void json_put_null(struct json_writer *w) { json_put_raw(w, S("null")); }

static void put_items(struct json_writer *w, const struct json *v, bool object) {
    begin(w, object);
    for (size_t i = 0; i < v->n; i++) {
        if (object) json_key_str(w, v->keys[i]);
        json_put(w, &v->items[i]);
    }
    end(w, object);
}

void json_put(struct json_writer *w, const struct json *v) {
    switch (v->type) {
    case JSON_NULL:
        json_put_null(w);
        break;
    case JSON_BOOL:
        json_put_bool(w, v->boolean);
        break;
    case JSON_INT:
        json_put_int(w, v->integer);
        break;
    case JSON_NUMBER:
        json_put_raw(w, v->text);
        break;
    case JSON_STRING:
        json_put_str(w, v->text.p ? v->text : S(""));
        break;
    case JSON_ARRAY:
        put_items(w, v, false);
        break;
    case JSON_OBJECT:
        put_items(w, v, true);
        break;
    }
}
