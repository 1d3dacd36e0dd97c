// SPDX-License-Identifier: Apache-2.0
// Recursive descent over the bytes. Values wait on a stack in scratch memory until their array or
// object ends and are then copied out in one piece, so the arena holds exactly the tree.
#include "base/map.h"
#include "theme/schema.h"

enum {
    VALUES_MAX = 200000, // of one file: 16 MB of tree
    FEW_KEYS = 16,       // so many are compared one with another
    SHOWN = 24,          // bytes of the text that a message quotes
};

struct pair {
    struct str key;
    struct theme_json value;
};
struct reading {
    struct arena *arena, scratch;
    struct str file;
    const char *p, *end;
    int line, depth;
    size_t values;
    VEC(struct pair) stack;
    struct theme_findings *findings;
};

static bool read_value(struct reading *r, struct theme_json *out);

static bool wrong(struct reading *r, const char *expected) {
    const char *e = r->p;
    while (e < r->end && e - r->p < SHOWN && *e != '\n' && *e != '\r') e++;
    if (r->p == r->end)
        theme_find(r->findings, THEME_ERROR, r->file, r->line,
                   "This is not valid JSON: expected %s, but the text ends here.", expected);
    else if (e == r->p)
        theme_find(r->findings, THEME_ERROR, r->file, r->line,
                   "This is not valid JSON: expected %s, but the line ends here.", expected);
    else
        theme_find(r->findings, THEME_ERROR, r->file, r->line,
                   "This is not valid JSON: expected %s, found %.*s", expected, (int)(e - r->p),
                   r->p);
    return false;
}

static bool skip_comment(struct reading *r) {
    if (r->end - r->p < 2 || (r->p[1] != '/' && r->p[1] != '*')) return wrong(r, "a value");
    bool block = r->p[1] == '*';
    int from = r->line;
    for (r->p += 2; r->p < r->end; r->p++) {
        if (!block && *r->p == '\n') return true;
        if (block && *r->p == '*' && r->end - r->p > 1 && r->p[1] == '/') return r->p += 2, true;
        r->line += *r->p == '\n';
    }
    if (!block) return true;
    theme_find(r->findings, THEME_ERROR, r->file, from, "This comment has no end: */ is missing.");
    return false;
}

static bool skip_blank(struct reading *r) {
    for (; r->p < r->end; r->p++) {
        while (r->p < r->end && *r->p == '/')
            if (!skip_comment(r)) return false;
        if (r->p == r->end) break;
        if (*r->p == '\n')
            r->line++;
        else if (*r->p != ' ' && *r->p != '\t' && *r->p != '\r')
            break;
    }
    return true;
}

static bool read_hex(struct reading *r, uint32_t *out) {
    *out = 0;
    if (r->end - r->p < 4) return wrong(r, "four hexadecimal digits");
    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)r->p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
        if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f')))
            return wrong(r, "four hexadecimal digits");
        *out = *out << 4 | (uint32_t)digit;
    }
    r->p += 4;
    return true;
}

static char *put_utf8(char *to, uint32_t c) {
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 63));
        *to++ = (char)(0x80 | (c & 63));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 63));
        *to++ = (char)(0x80 | (c >> 6 & 63));
        *to++ = (char)(0x80 | (c & 63));
    }
    return to;
}

static bool read_unicode(struct reading *r, char **to) { // after \u
    uint32_t c, low;
    TRY(read_hex(r, &c));
    if (c >= 0xD800 && c < 0xDC00 && r->end - r->p >= 2 && r->p[0] == '\\' && r->p[1] == 'u') {
        r->p += 2;
        TRY(read_hex(r, &low));
        if (low < 0xDC00 || low > 0xDFFF) return wrong(r, "the second half of a surrogate pair");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c >= 0xD800 && c < 0xE000) {
        return wrong(r, "a surrogate pair");
    }
    *to = put_utf8(*to, c);
    return true;
}

static bool read_escape(struct reading *r, char **to) { // at the backslash
    static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    r->p++;
    if (r->p == r->end) return wrong(r, "an escaped character");
    if (*r->p == 'u') return r->p++, read_unicode(r, to);
    const char *at = *r->p ? strchr(names, *r->p) : NULL;
    if (!at) return wrong(r, "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    *(*to)++ = bytes[at - names];
    r->p++;
    return true;
}

static bool read_string(struct reading *r, struct str *out) {
    const char *from = ++r->p;
    while (r->p < r->end && *r->p != '"' && *r->p != '\\' && (unsigned char)*r->p >= 32) r->p++;
    if (r->p < r->end && *r->p == '"') {
        *out = (struct str){from, (size_t)(r->p++ - from)};
        return true;
    }
    const char *last = r->p;
    while (last < r->end && *last != '"') last += *last == '\\' && last + 1 < r->end ? 2 : 1;
    char *text = arena_alloc(r->arena, (size_t)(last - from) + 1), *to = text;
    memcpy(to, from, (size_t)(r->p - from));
    to += r->p - from;
    while (r->p < r->end && *r->p != '"') {
        if ((unsigned char)*r->p < 32)
            return wrong(r,
                         "the end of the string (a line break or tab in it is written \\n, \\t)");
        if (*r->p == '\\')
            TRY(read_escape(r, &to));
        else
            *to++ = *r->p++;
    }
    if (r->p == r->end) return wrong(r, "the end of the string");
    r->p++;
    *out = (struct str){text, (size_t)(to - text)};
    return true;
}

static const char *digits(const char *p, const char *end) {
    while (p < end && *p >= '0' && *p <= '9') p++;
    return p;
}

static bool read_number(struct reading *r, struct theme_json *out) {
    const char *from = r->p, *p = r->p + (*r->p == '-'), *whole = p;
    p = digits(p, r->end);
    if (p == whole || (*whole == '0' && p > whole + 1)) return wrong(r, "a number");
    bool fraction = p < r->end && *p == '.';
    if (fraction) {
        const char *after = ++p;
        if ((p = digits(p, r->end)) == after) return wrong(r, "digits after the point");
    }
    if (p < r->end && (*p == 'e' || *p == 'E')) {
        fraction = true;
        p++;
        p += p < r->end && (*p == '+' || *p == '-');
        const char *after = p;
        if ((p = digits(p, r->end)) == after) return wrong(r, "digits of the exponent");
    }
    struct str literal = {from, (size_t)(p - from)};
    out->text = literal;
    out->type = !fraction && str_to_int(literal, &out->integer) ? THEME_JSON_INT : THEME_JSON_FLOAT;
    r->p = p;
    return true;
}

static void tell_double(struct reading *r, struct str key, int line) {
    struct str shown = str_utf8_cut(key, 60);
    theme_find(r->findings, THEME_WARNING, r->file, line,
               "The key \"" STR_FMT "\" stands twice in this object; the last one counts.",
               STR_ARG(shown));
}

static struct theme_json *earlier(const struct map *seen, struct str key, const struct str *keys,
                                  struct theme_json *items, size_t n) {
    if (seen) return map_get(seen, key);
    for (size_t i = 0; i < n; i++)
        if (str_eq(keys[i], key)) return &items[i];
    return NULL;
}

// The last of equal keys counts, as in Ruby; it stands where the first stood.
static size_t drop_doubles(struct reading *r, struct str *keys, struct theme_json *items,
                           size_t n) {
    struct map seen = {0};
    struct arena_mark m = arena_mark(&r->scratch);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct theme_json *first = earlier(n > FEW_KEYS ? &seen : NULL, keys[i], keys, items, kept);
        if (first) {
            tell_double(r, keys[i], items[i].line);
            *first = items[i];
            continue;
        }
        keys[kept] = keys[i];
        items[kept] = items[i];
        if (n > FEW_KEYS) map_set(&r->scratch, &seen, keys[kept], &items[kept]);
        kept++;
    }
    arena_rewind(&r->scratch, m);
    return kept;
}

static void take(struct reading *r, size_t from, struct theme_json *out) {
    size_t n = r->stack.n - from;
    bool object = out->type == THEME_JSON_OBJECT;
    struct theme_json *items = ARENA_ARRAY(r->arena, struct theme_json, n);
    struct str *keys = object ? ARENA_ARRAY(r->arena, struct str, n) : NULL;
    for (size_t i = 0; i < n; i++) {
        items[i] = r->stack.v[from + i].value;
        if (keys) keys[i] = r->stack.v[from + i].key;
    }
    if (keys) n = drop_doubles(r, keys, items, n);
    r->stack.n = from;
    out->items = items;
    out->keys = keys;
    out->n = n;
}

static bool read_key(struct reading *r, struct str *out) {
    if (r->p == r->end || *r->p != '"') return wrong(r, "a key in double quotes");
    TRY(read_string(r, out));
    TRY(skip_blank(r));
    if (r->p == r->end || *r->p != ':') return wrong(r, "a colon after the key");
    r->p++;
    return skip_blank(r);
}

static bool read_member(struct reading *r, bool object) {
    struct pair pair = {0};
    if (object) TRY(read_key(r, &pair.key));
    TRY(read_value(r, &pair.value));
    *VEC_PUSH(&r->scratch, &r->stack) = pair;
    return skip_blank(r);
}

static bool read_members(struct reading *r, struct theme_json *out) {
    bool object = out->type == THEME_JSON_OBJECT;
    char close = object ? '}' : ']';
    size_t from = r->stack.n;
    r->p++;
    TRY(skip_blank(r));
    bool empty = r->p < r->end && *r->p == close;
    if (!empty) TRY(read_member(r, object));
    while (r->p == r->end || *r->p != close) {
        if (r->p == r->end || *r->p != ',')
            return wrong(r, object ? "a comma or } after a value" : "a comma or ] after a value");
        r->p++;
        TRY(skip_blank(r));
        if (r->p < r->end && *r->p == close)
            return wrong(r, "a further value (the comma before it is one too many)");
        TRY(read_member(r, object));
    }
    r->p++;
    take(r, from, out);
    return true;
}

static bool word(struct reading *r, struct str w) {
    struct str rest = {r->p, (size_t)(r->end - r->p)};
    if (!str_starts(rest, w)) return false;
    r->p += w.n;
    return true;
}

static bool read_word(struct reading *r, struct theme_json *out) {
    out->type = THEME_JSON_BOOL;
    if (word(r, S("false"))) return true;
    if (word(r, S("true"))) return out->boolean = true;
    out->type = THEME_JSON_NULL;
    return word(r, S("null")) || wrong(r, "a value");
}

static bool read_nested(struct reading *r, struct theme_json *out) {
    if (r->depth >= THEME_JSON_DEPTH) {
        theme_find(r->findings, THEME_ERROR, r->file, r->line,
                   "This JSON is nested deeper than %d levels.", THEME_JSON_DEPTH);
        return false;
    }
    r->depth++;
    out->type = *r->p == '{' ? THEME_JSON_OBJECT : THEME_JSON_ARRAY;
    TRY(read_members(r, out));
    r->depth--;
    return true;
}

static bool read_value(struct reading *r, struct theme_json *out) {
    *out = (struct theme_json){.line = r->line};
    if (++r->values > VALUES_MAX) {
        theme_find(r->findings, THEME_ERROR, r->file, r->line,
                   "This JSON has more than %d values; split the file.", VALUES_MAX);
        return false;
    }
    if (r->p == r->end) return wrong(r, "a value");
    if (*r->p == '{' || *r->p == '[') return read_nested(r, out);
    if (*r->p == '"') {
        out->type = THEME_JSON_STRING;
        return read_string(r, &out->text);
    }
    if (*r->p == '-' || (*r->p >= '0' && *r->p <= '9')) return read_number(r, out);
    return read_word(r, out);
}

static bool read_all(struct reading *r, struct theme_json *out) {
    TRY(skip_blank(r));
    TRY(read_value(r, out));
    TRY(skip_blank(r));
    return r->p == r->end || wrong(r, "the end of the text");
}

bool theme_json_parse(struct arena *a, struct str file, struct str text, int first_line,
                      struct theme_json *out, struct theme_findings *findings) {
    *out = (struct theme_json){.line = first_line};
    if (!str_is_utf8(text)) {
        theme_find(findings, THEME_ERROR, file, first_line, "This file is not UTF-8 text.");
        return false;
    }
    if (str_starts(text, S("\xEF\xBB\xBF"))) text = str_from(text, 3);
    struct reading r = {.arena = a,
                        .file = file,
                        .p = text.p ? text.p : "",
                        .line = first_line,
                        .findings = findings};
    r.end = r.p + text.n;
    bool ok = read_all(&r, out);
    arena_done(&r.scratch);
    if (!ok) *out = (struct theme_json){.line = first_line};
    return ok;
}

const struct theme_json *theme_json_get(const struct theme_json *object, const char *key) {
    if (!object || object->type != THEME_JSON_OBJECT) return NULL;
    struct str k = str_c(key);
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->keys[i], k)) return &object->items[i];
    return NULL;
}

struct str theme_json_text(const struct theme_json *object, const char *key) {
    const struct theme_json *v = theme_json_get(object, key);
    return v && v->type == THEME_JSON_STRING ? v->text : (struct str){0};
}
