// SPDX-License-Identifier: Apache-2.0
#include <unicode/ucasemap.h>

#include "liquid/filters.h"

struct liquid_value text_of(struct str s) {
    return liquid_text(s.p ? s : S(""));
}

struct liquid_value text_like(struct str s, struct liquid_value from) {
    struct liquid_value v = text_of(s);
    if (from.type == LIQUID_HTML)
        v.type = LIQUID_HTML;
    else if (from.type == LIQUID_STRING)
        v.literal = from.literal;
    return v;
}

static bool has_markup(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (memchr("<>&\"'", s.p[i], 5)) return true;
    return false;
}

static void put_as_html(struct buf *b, struct str s, bool trusted) {
    if (trusted)
        buf_put(b, s);
    else
        buf_html(b, s);
}

// Text beside the author's markup becomes markup and is escaped; what is all text stays text, and
// what is all trusted stays trusted. Linear in the bytes, however many pieces there are.
struct liquid_value text_join_all(struct liquid_call *c, const struct liquid_value *v, size_t n,
                                  struct liquid_value glue) {
    struct str *texts = ARENA_ARRAY(c->arena, struct str, n);
    struct str between = value_str(c->arena, glue);
    bool glued = n > 1 && between.n, text = glued && !value_is_trusted(glue), html = false;
    bool markup = glued && !text && has_markup(between);
    for (size_t i = 0; i < n; i++) {
        texts[i] = value_str(c->arena, v[i]);
        bool trusted = value_is_trusted(v[i]);
        text |= !trusted;
        markup |= trusted && has_markup(texts[i]);
        html |= v[i].type == LIQUID_HTML;
    }
    struct buf b = buf_new(c->arena, 0);
    bool escape = c->autoescape && text && markup;
    for (size_t i = 0; i < n && buf_ok(&b); i++) {
        if (i && escape) put_as_html(&b, between, value_is_trusted(glue));
        if (i && !escape) buf_put(&b, between);
        if (escape)
            put_as_html(&b, texts[i], value_is_trusted(v[i]));
        else
            buf_put(&b, texts[i]);
    }
    if (escape || (!text && html)) return liquid_html(buf_str(&b));
    struct liquid_value joined = text_of(buf_str(&b));
    joined.literal = !text && n > 0;
    return joined;
}

struct liquid_value text_join(struct liquid_call *c, struct liquid_value x, struct liquid_value y) {
    const struct liquid_value both[] = {x, y};
    return text_join_all(c, both, 2, text_of(S("")));
}

bool arg_integer(struct liquid_call *c, size_t i, int64_t otherwise, int64_t *out,
                 struct err *err) {
    *out = otherwise;
    if (i >= c->args.pos_n) return true;
    return value_to_integer(c->arena, c->args.pos[i], out) ||
           liquid_error_set(err, "invalid integer");
}

static bool is_ascii(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

enum letter_case { LOWER, UPPER, TITLE };

static void case_unicode(struct buf *b, struct str s, enum letter_case to) {
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", U_TITLECASE_NO_BREAK_ADJUSTMENT, &status);
    int32_t cap = (int32_t)s.n * 3 + 8;
    char *p = buf_room(b, (size_t)cap);
    if (!p || U_FAILURE(status)) return;
    size_t before = b->n - (size_t)cap;
    int32_t n = to == UPPER ? ucasemap_utf8ToUpper(map, p, cap, s.p, (int32_t)s.n, &status)
                            : ucasemap_utf8ToLower(map, p, cap, s.p, (int32_t)s.n, &status);
    ucasemap_close(map);
    b->n = before + (U_SUCCESS(status) && n > 0 ? (size_t)n : 0);
}

static void put_case(struct buf *b, struct str s, enum letter_case to) {
    if (!is_ascii(s)) {
        case_unicode(b, s, to);
        return;
    }
    char *p = buf_room(b, s.n);
    for (size_t i = 0; p && i < s.n; i++) {
        char ch = s.p[i];
        if (to == UPPER && ch >= 'a' && ch <= 'z') ch = (char)(ch - 32);
        if (to == LOWER && ch >= 'A' && ch <= 'Z') ch = (char)(ch + 32);
        p[i] = ch;
    }
}

static struct liquid_value cased(struct liquid_call *c, enum letter_case to) {
    struct str s = in_str(c);
    struct buf b = buf_new(c->arena, 0);
    if (to == TITLE) {
        size_t first = str_utf8_cut(s, 1).n;
        put_case(&b, str_sub(s, 0, first), UPPER);
        put_case(&b, str_from(s, first), LOWER);
    } else {
        put_case(&b, s, to);
    }
    return text_like(buf_str(&b), c->input);
}

FILTER(size) {
    int64_t n = 0;
    if (!value_size(c->arena, c->input, &n, err)) n = 0;
    *out = liquid_int(n);
    return err->code == ERR_NONE;
}
FILTER(downcase) {
    UNUSED_ERR;
    *out = cased(c, LOWER);
    return true;
}
FILTER(upcase) {
    UNUSED_ERR;
    *out = cased(c, UPPER);
    return true;
}
FILTER(capitalize) {
    UNUSED_ERR;
    *out = cased(c, TITLE);
    return true;
}

FILTER(escape) {
    UNUSED_ERR;
    *out = c->input;
    if (c->input.type == LIQUID_NIL || (c->autoescape && c->input.type == LIQUID_HTML)) return true;
    struct buf b = buf_new(c->arena, 0);
    buf_html(&b, in_str(c));
    *out = c->autoescape ? liquid_html(buf_str(&b)) : text_of(buf_str(&b));
    return true;
}

static size_t entity_at(struct str s, size_t i) { // &name; or &#123; the length, or 0
    size_t n = i + 1;
    bool number = n < s.n && s.p[n] == '#';
    if (number) n++;
    size_t from = n;
    while (n < s.n &&
           (number ? s.p[n] >= '0' && s.p[n] <= '9' : (s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z'))
        n++;
    return n > from && n < s.n && s.p[n] == ';' ? n + 1 - i : 0;
}

FILTER(escape_once) {
    UNUSED_ERR;
    struct str s = in_str(c);
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        size_t n = s.p[i] == '&' ? entity_at(s, i) : 0;
        if (n)
            buf_put(&b, str_sub(s, i, n));
        else
            buf_html(&b, str_sub(s, i, 1));
        i += n ? n - 1 : 0;
    }
    *out = c->autoescape ? liquid_html(buf_str(&b)) : text_of(buf_str(&b));
    return true;
}

FILTER(url_encode) {
    UNUSED_ERR;
    if (c->input.type == LIQUID_NIL) return true;
    struct str s = in_str(c);
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == ' ')
            buf_char(&b, '+');
        else if (is_word(ch) || ch == '-' || ch == '.' || ch == '~')
            buf_char(&b, ch);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)ch);
    }
    *out = text_of(buf_str(&b));
    return true;
}

static int hex_digit(char ch) {
    if (ch >= '0' && ch <= '9') return ch - '0';
    ch |= 32;
    return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

FILTER(url_decode) {
    if (c->input.type == LIQUID_NIL) return true;
    struct str s = in_str(c);
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool hex = s.p[i] == '%' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 &&
                   hex_digit(s.p[i + 2]) >= 0;
        if (hex)
            buf_char(&b, (char)(hex_digit(s.p[i + 1]) << 4 | hex_digit(s.p[i + 2])));
        else
            buf_char(&b, s.p[i] == '+' ? ' ' : s.p[i]);
        i += hex ? 2 : 0;
    }
    *out = text_of(buf_str(&b));
    return str_is_utf8(buf_str(&b)) || liquid_error_set(err, "invalid byte sequence in UTF-8");
}

static bool slice_list(struct liquid_call *c, int64_t at, int64_t n, struct liquid_value *out,
                       struct err *err) {
    int64_t count = (int64_t)value_count(c->arena, c->input, err);
    *out = liquid_array(NULL, 0);
    if (at < 0) at += count;
    if (at < 0 || at > count || n < 0) return err->code == ERR_NONE;
    if (n > count - at) n = count - at;
    struct liquid_value *v = ARENA_ARRAY(c->arena, struct liquid_value, (size_t)n + 1);
    for (int64_t i = 0; i < n; i++)
        TRY(value_item(c->arena, c->input, (size_t)(at + i), &v[i], err));
    *out = liquid_array(v, (size_t)n);
    return true;
}

static struct str slice_text(struct str s, int64_t at, int64_t n) {
    int64_t count = (int64_t)str_utf8_len(s);
    if (at < 0) at += count;
    if (at < 0 || at > count || n < 0) return S("");
    if (n > count - at) n = count - at;
    struct str rest = str_from(s, str_utf8_cut(s, (size_t)at).n);
    return str_utf8_cut(rest, (size_t)n);
}

FILTER(slice) {
    int64_t at, n;
    TRY(arg_integer(c, 0, 0, &at, err));
    if (!liquid_truthy(liquid_arg(&c->args, 1)))
        n = 1;
    else
        TRY(arg_integer(c, 1, 1, &n, err));
    if (value_is_list(c->input)) return slice_list(c, at, n, out, err);
    *out = text_like(slice_text(in_str(c), at, n), c->input);
    return true;
}

static struct liquid_value ellipsis(struct liquid_call *c) {
    return c->args.pos_n > 1 ? text_like(arg_str(c, 1), c->args.pos[1]) : text_of(S("..."));
}

FILTER(truncate) {
    int64_t length;
    if (c->input.type == LIQUID_NIL) return true;
    TRY(arg_integer(c, 0, 50, &length, err));
    struct str s = in_str(c);
    struct liquid_value end = ellipsis(c);
    if (length < -1) length = -1;
    int64_t keep = length - (int64_t)str_utf8_len(liquid_str(end));
    if ((int64_t)str_utf8_len(s) <= length) {
        *out = text_like(s, c->input);
        return true;
    }
    struct str cut = str_utf8_cut(s, keep < 0 ? 0 : (size_t)keep);
    *out = text_join(c, text_like(cut, c->input), end);
    return true;
}

FILTER(truncatewords) {
    int64_t words, n = 0;
    if (c->input.type == LIQUID_NIL) return true;
    TRY(arg_integer(c, 0, 15, &words, err));
    if (words <= 0) words = 1;
    struct str s = in_str(c);
    struct buf b = buf_new(c->arena, 0);
    size_t i = skip_space(s, 0), end = i;
    for (; i < s.n && n < words; n++) {
        for (end = i; end < s.n && !is_space(s.p[end]); end++) {
        }
        if (n) buf_char(&b, ' ');
        buf_put(&b, str_sub(s, i, end - i));
        i = skip_space(s, end);
    }
    // white space after the last word counts as one more, as in the reference
    if (n < words || end == s.n)
        *out = text_like(s, c->input);
    else
        *out = text_join(c, text_like(buf_str(&b), c->input), ellipsis(c));
    return true;
}

static void split_push(struct liquid_call *c, struct list *l, struct str s) {
    *VEC_PUSH(c->arena, &l->items) = text_like(s, c->input);
}

static void split_by(struct liquid_call *c, struct list *l, struct str s, struct str by) {
    if (str_eq(by, S(" "))) {
        for (size_t i = skip_space(s, 0), end; i < s.n; i = skip_space(s, end)) {
            for (end = i; end < s.n && !is_space(s.p[end]) && s.p[end]; end++) {
            }
            split_push(c, l, str_sub(s, i, end - i));
            if (end == i) end++;
        }
        return;
    }
    while (s.n && !by.n) {
        struct str ch = str_utf8_cut(s, 1);
        split_push(c, l, ch);
        s = str_from(s, ch.n);
    }
    for (size_t at; by.n && (at = str_find(s, by)) != STR_NONE; s = str_from(s, at + by.n))
        split_push(c, l, str_sub(s, 0, at));
    if (s.n) split_push(c, l, s);
}

FILTER(split) {
    UNUSED_ERR;
    struct list l = {0};
    split_by(c, &l, in_str(c), arg_str(c, 0));
    while (l.items.n && l.items.v[l.items.n - 1].n == 0) l.items.n--; // trailing empty parts
    *out = list_value(&l);
    return true;
}

FILTER(strip) {
    UNUSED_ERR;
    *out = text_like(strip(in_str(c)), c->input);
    return true;
}
FILTER(lstrip) {
    UNUSED_ERR;
    *out = text_like(strip_left(in_str(c)), c->input);
    return true;
}
FILTER(rstrip) {
    UNUSED_ERR;
    *out = text_like(strip_right(in_str(c)), c->input);
    return true;
}

FILTER(squish) {
    UNUSED_ERR;
    if (c->input.type == LIQUID_NIL) return true;
    struct str s = strip(in_str(c));
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        if (!is_space(s.p[i]))
            buf_char(&b, s.p[i]);
        else if (!is_space(s.p[i - 1]))
            buf_char(&b, ' ');
    }
    *out = text_like(buf_str(&b), c->input);
    return true;
}

static size_t html_block(struct str s) { // at its start: the length of a script, comment or style
    static const char *const ends[][2] = {
        {"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct str open = str_c(ends[i][0]), close = str_c(ends[i][1]);
        if (!str_starts(s, open)) continue;
        size_t end = str_find(str_from(s, open.n), close);
        if (end != STR_NONE) return open.n + end + close.n;
    }
    return 0;
}

static size_t html_tag(struct str s) {
    size_t end = s.n && s.p[0] == '<' ? str_find_char(s, '>') : STR_NONE;
    return end == STR_NONE ? 0 : end + 1;
}

static struct str without(struct liquid_call *c, struct str s, size_t (*part)(struct str)) {
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n;) {
        const char *p = memchr(s.p + i, '<', s.n - i);
        size_t at = p ? (size_t)(p - s.p) : s.n, n = p ? part(str_from(s, at)) : 0;
        if (p && !n) at++;
        buf_put(&b, str_sub(s, i, at - i));
        i = at + n;
    }
    return buf_str(&b);
}

FILTER(strip_html) {
    UNUSED_ERR;
    struct str s = without(c, in_str(c), html_block);
    *out = text_like(without(c, s, html_tag), c->input);
    return true;
}

static struct str lines_joined(struct liquid_call *c, struct str s, struct str with) {
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool cr = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        if (cr) i++;
        if (s.p[i] == '\n')
            buf_put(&b, with);
        else
            buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

FILTER(strip_newlines) {
    UNUSED_ERR;
    *out = text_like(lines_joined(c, in_str(c), S("")), c->input);
    return true;
}

FILTER(newline_to_br) {
    UNUSED_ERR;
    struct str s = in_str(c);
    if (c->autoescape && !value_is_trusted(c->input)) {
        struct buf b = buf_new(c->arena, 0);
        buf_html(&b, s);
        s = buf_str(&b);
    }
    s = lines_joined(c, s, S("<br />\n"));
    *out = c->autoescape ? liquid_html(s) : text_of(s);
    return true;
}

FILTER(append) {
    UNUSED_ERR;
    *out = text_join(c, c->input, liquid_arg(&c->args, 0));
    return true;
}
FILTER(prepend) {
    UNUSED_ERR;
    *out = text_join(c, liquid_arg(&c->args, 0), c->input);
    return true;
}

FILTER(raw) {
    UNUSED_ERR;
    *out = liquid_html(in_str(c));
    return true;
}

FILTER(json) {
    UNUSED_ERR;
    struct buf b = buf_new(c->arena, 0);
    liquid_json(&b, c->arena, c->input);
    *out = text_of(buf_str(&b));
    out->literal = 1; // as it is in a script; in an attribute `| json | escape`
    return true;
}

#define F(filter, least, most)                                                                     \
    { #filter, filter_##filter, least, most }
const struct std_filter string_filters[] = {
    F(size, 0, 0),           F(downcase, 0, 0),      F(upcase, 0, 0),
    F(capitalize, 0, 0),     F(escape, 0, 0),        {"h", filter_escape, 0, 0},
    F(escape_once, 0, 0),    F(url_encode, 0, 0),    F(url_decode, 0, 0),
    F(slice, 1, 2),          F(truncate, 0, 2),      F(truncatewords, 0, 2),
    F(split, 1, 1),          F(strip, 0, 0),         F(lstrip, 0, 0),
    F(rstrip, 0, 0),         F(squish, 0, 0),        F(strip_html, 0, 0),
    F(strip_newlines, 0, 0), F(newline_to_br, 0, 0), F(append, 1, 1),
    F(prepend, 1, 1),
};
const size_t string_filters_n = ARRAY_LEN(string_filters);
const struct std_filter more_filters[] = {F(raw, 0, 0), F(json, 0, 0)};
const size_t more_filters_n = ARRAY_LEN(more_filters);
