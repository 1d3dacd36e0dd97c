// SPDX-License-Identifier: Apache-2.0
// Filters that replace, encode and choose; and the table of all standard filters.
#include "liquid/filters.h"

struct replacing {
    struct liquid_call *c;
    struct buf out;
    struct liquid_value with;
    bool as_html; // input is escaped on the way, because what comes in is markup
};

static struct replacing replace_begin(struct liquid_call *c, struct liquid_value with) {
    struct replacing r = {.c = c, .out = buf_new(c->arena, 0), .with = with};
    bool in = value_is_trusted(c->input), to = value_is_trusted(with);
    if (c->autoescape && in != to && with.n) {
        struct str s = value_str(c->arena, with);
        for (size_t i = 0; i < s.n && !r.as_html; i++) r.as_html = memchr("<>&", s.p[i], 3);
    }
    return r;
}

static void keep(struct replacing *r, struct str s) {
    if (r->as_html && !value_is_trusted(r->c->input))
        buf_html(&r->out, s);
    else
        buf_put(&r->out, s);
}

// The replacement; the reference reads \0, \& and \\ in it.
static void put_with(struct replacing *r, struct str match, bool escapes) {
    struct str w = value_str(r->c->arena, r->with);
    bool html = r->as_html && !value_is_trusted(r->with);
    for (size_t i = 0; i < w.n; i++) {
        char next = i + 1 < w.n ? w.p[i + 1] : 0;
        if (escapes && w.p[i] == '\\' &&
            (next == '\\' || next == '&' || (next >= '0' && next <= '9'))) {
            if (next == '\\')
                buf_char(&r->out, '\\');
            else if (next == '&' || next == '0')
                keep(r, match);
            i++;
        } else if (html) {
            buf_html(&r->out, str_sub(w, i, 1));
        } else {
            buf_char(&r->out, w.p[i]);
        }
    }
}

static struct liquid_value replace_end(struct replacing *r) {
    struct str s = buf_str(&r->out);
    return r->as_html ? liquid_html(s) : text_like(s, r->c->input);
}

static void replace_all(struct replacing *r, struct str s, struct str what) {
    if (!what.n) {
        while (s.n) {
            struct str ch = str_utf8_cut(s, 1);
            put_with(r, S(""), true);
            keep(r, ch);
            s = str_from(s, ch.n);
        }
        put_with(r, S(""), true);
        return;
    }
    for (size_t at; (at = str_find(s, what)) != STR_NONE && buf_ok(&r->out);) {
        keep(r, str_sub(s, 0, at));
        put_with(r, what, true);
        s = str_from(s, at + what.n);
    }
    keep(r, s);
}

static void replace_at(struct replacing *r, struct str s, size_t at, struct str what,
                       bool escapes) {
    keep(r, str_sub(s, 0, at));
    put_with(r, what, escapes);
    keep(r, str_from(s, at + what.n));
}

static size_t find_last(struct str s, struct str what) {
    if (what.n > s.n) return STR_NONE;
    for (size_t i = s.n - what.n + 1; i-- > 0;)
        if (memcmp(s.p + i, what.p, what.n) == 0) return i;
    return STR_NONE;
}

enum which { ALL, FIRST, LAST };

static struct liquid_value replaced(struct liquid_call *c, enum which which,
                                    struct liquid_value with) {
    struct str s = in_str(c), what = arg_str(c, 0);
    struct replacing r = replace_begin(c, with);
    size_t at = which == FIRST ? str_find(s, what) : which == LAST ? find_last(s, what) : 0;
    if (at == STR_NONE) return text_like(s, c->input);
    if (which == ALL)
        replace_all(&r, s, what);
    else
        replace_at(&r, s, at, what, which == FIRST);
    return replace_end(&r);
}

static struct liquid_value with_arg(const struct liquid_call *c) {
    return c->args.pos_n > 1 ? c->args.pos[1] : text_of(S(""));
}

FILTER(replace) {
    UNUSED_ERR;
    *out = replaced(c, ALL, with_arg(c));
    return true;
}
FILTER(replace_first) {
    UNUSED_ERR;
    *out = replaced(c, FIRST, with_arg(c));
    return true;
}
FILTER(replace_last) {
    UNUSED_ERR;
    *out = replaced(c, LAST, with_arg(c));
    return true;
}
FILTER(remove) {
    UNUSED_ERR;
    *out = replaced(c, ALL, text_of(S("")));
    return true;
}
FILTER(remove_first) {
    UNUSED_ERR;
    *out = replaced(c, FIRST, text_of(S("")));
    return true;
}
FILTER(remove_last) {
    UNUSED_ERR;
    *out = replaced(c, LAST, text_of(S("")));
    return true;
}

static struct liquid_value encoded(struct liquid_call *c, bool url) {
    struct buf b = buf_new(c->arena, 0);
    buf_base64(&b, in_str(c).p, in_str(c).n);
    for (size_t i = 0; url && i < b.n; i++) {
        if (b.p[i] == '+') b.p[i] = '-';
        if (b.p[i] == '/') b.p[i] = '_';
    }
    return text_of(buf_str(&b));
}

static int base64_digit(char ch) {
    if (ch >= 'A' && ch <= 'Z') return ch - 'A';
    if (ch >= 'a' && ch <= 'z') return ch - 'a' + 26;
    if (ch >= '0' && ch <= '9') return ch - '0' + 52;
    return ch == '+' ? 62 : ch == '/' ? 63 : -1;
}

static bool base64_strict(struct buf *b, struct str s) {
    size_t pad = 0;
    if (s.n % 4) return false;
    while (pad < 2 && s.n && s.p[s.n - 1] == '=') s.n--, pad++;
    uint32_t bits = 0, have = 0;
    for (size_t i = 0; i < s.n; i++) {
        int d = base64_digit(s.p[i]);
        if (d < 0) return false;
        bits = bits << 6 | (uint32_t)d;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        buf_char(b, (char)(bits >> have & 0xff));
    }
    return (bits & ((1u << have) - 1)) == 0;
}

static bool decoded(struct liquid_call *c, bool url, struct liquid_value *out, struct err *err) {
    struct str s = in_str(c);
    struct buf text = buf_new(c->arena, 0), b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++)
        buf_char(&text, url && s.p[i] == '-' ? '+' : url && s.p[i] == '_' ? '/' : s.p[i]);
    while (url && text.n % 4 && !str_ends(s, S("="))) buf_char(&text, '=');
    bool ok = base64_strict(&b, buf_str(&text));
    *out = text_of(buf_str(&b));
    return ok || liquid_error_set(err, "invalid base64 provided to base64_%sdecode",
                                  url ? "url_safe_" : "");
}

FILTER(base64_encode) {
    UNUSED_ERR;
    *out = encoded(c, false);
    return true;
}
FILTER(base64_url_safe_encode) {
    UNUSED_ERR;
    *out = encoded(c, true);
    return true;
}
FILTER(base64_decode) { return decoded(c, false, out, err); }
FILTER(base64_url_safe_decode) { return decoded(c, true, out, err); }

static bool is_empty(struct liquid_call *c, struct liquid_value v) {
    struct err ignored = {0};
    if (liquid_is_text(v)) return v.n == 0;
    return (value_is_list(v) || v.type == LIQUID_MAP) && value_count(c->arena, v, &ignored) == 0;
}

FILTER(default) {
    UNUSED_ERR;
    struct liquid_value options = liquid_arg(&c->args, c->args.pos_n ? c->args.pos_n - 1 : 0);
    bool named = c->args.named_n > 0 && options.type == LIQUID_MAP, allow_false = false;
    if (named) {
        const struct liquid_value *v = liquid_map_get(options.map, S("allow_false"));
        allow_false = v && liquid_truthy(*v);
    }
    bool missing = allow_false ? c->input.type == LIQUID_NIL : !liquid_truthy(c->input);
    bool given = c->args.pos_n > (named ? 1 : 0);
    struct liquid_value instead = given ? c->args.pos[0] : text_of(S(""));
    if (named && !given && c->args.pos_n == 1) instead = options;
    *out = missing || is_empty(c, c->input) ? instead : c->input;
    return true;
}

struct str liquid_date(const struct liquid_call *c, struct liquid_value v, struct str format) {
    struct liquid_value time;
    struct date_in in = {c->vm->in->now, c->vm->host, c->vm->in->page};
    struct buf b = buf_new(c->arena, 0);
    if (!date_of(&in, v, &time) || !date_format(&b, time, format)) return (struct str){0};
    return buf_str(&b);
}

FILTER(date) {
    struct str format = arg_str(c, 0);
    struct liquid_value time;
    struct date_in in = {c->vm->in->now, c->vm->host, c->vm->in->page};
    struct buf b = buf_new(c->arena, 0);
    *out = c->input;
    if (!format.n || !date_of(&in, c->input, &time)) return true;
    if (!date_format(&b, time, format))
        return liquid_error_set(err, "invalid format: " STR_FMT, STR_ARG(format));
    *out = text_like(b.n ? buf_str(&b) : S(""), liquid_arg(&c->args, 0));
    return true;
}

#define F(filter, least, most)                                                                     \
    { #filter, filter_##filter, least, most }
static const struct std_filter text_filters[] = {
    F(replace, 1, 2),
    F(replace_first, 1, 2),
    F(replace_last, 2, 2),
    F(remove, 1, 1),
    F(remove_first, 1, 1),
    F(remove_last, 1, 1),
    F(base64_encode, 0, 0),
    F(base64_decode, 0, 0),
    F(base64_url_safe_encode, 0, 0),
    F(base64_url_safe_decode, 0, 0),
    F(default, 0, 2),
    F(date, 1, 1),
};

static const struct std_filter *find_in(const struct std_filter *f, size_t n, struct str name) {
    for (size_t i = 0; i < n; i++)
        if (f[i].name[0] == name.p[0] && str_eq(name, str_c(f[i].name))) return &f[i];
    return NULL;
}

const struct std_filter *std_filter_find(struct str name, bool more) {
    const struct std_filter *f = find_in(string_filters, string_filters_n, name);
    if (!f) f = find_in(text_filters, ARRAY_LEN(text_filters), name);
    if (!f) f = find_in(array_filters, array_filters_n, name);
    if (!f) f = find_in(math_filters, math_filters_n, name);
    if (!f && more) f = find_in(more_filters, more_filters_n, name);
    return f;
}
