// SPDX-License-Identifier: Apache-2.0
// The document's tokens: text, {{ output }} and {% tag %}; the lines of a {% liquid %}.
#include "liquid/compile.h"

static size_t count_lines(struct str s) {
    size_t n = 0;
    for (const char *p = s.p, *end = s.p + s.n; (p = memchr(p, '\n', (size_t)(end - p))); p++) n++;
    return n;
}

// From i on: the end of a tag, or 0 when none ends it.
static size_t tag_end(struct str s, size_t i) {
    while (i + 1 < s.n) {
        const char *p = memchr(s.p + i, '%', s.n - 1 - i);
        if (!p) return 0;
        i = (size_t)(p - s.p) + 1;
        if (s.p[i] == '}') return i + 1;
    }
    return 0;
}

// An output ends at }} or at a lone }; {% inside makes it a tag.
static size_t output_end(struct str s, size_t i) {
    for (; i < s.n; i++) {
        if (s.p[i] == '}') return i + 1 < s.n && s.p[i + 1] == '}' ? i + 2 : i + 1;
        if (s.p[i] == '{' && i + 1 < s.n && s.p[i + 1] == '%') {
            size_t end = tag_end(s, i + 2);
            return end;
        }
    }
    return 0;
}

static size_t text_end(struct str s, size_t i) {
    while (i + 1 < s.n) {
        const char *p = memchr(s.p + i, '{', s.n - 1 - i);
        if (!p) return s.n;
        i = (size_t)(p - s.p);
        if (s.p[i + 1] == '{' || s.p[i + 1] == '%') return i;
        i++;
    }
    return s.n;
}

static struct str next_token(struct source *src) {
    struct str s = src->text;
    size_t from = src->pos, end;
    bool open = from + 1 < s.n && s.p[from] == '{';
    bool tag = open && s.p[from + 1] == '%', output = open && s.p[from + 1] == '{';
    if (tag || output) {
        end = tag ? tag_end(s, from + 2) : output_end(s, from + 2);
        src->pos = end ? end : s.n;
        return str_sub(s, from, end ? end - from : 2);
    }
    end = text_end(s, from);
    src->pos = end;
    return str_sub(s, from, end - from);
}

bool source_next(struct source *src, struct str *token_out) {
    if (src->pos >= src->text.n) return false;
    if (!src->liquid) {
        *token_out = next_token(src);
        src->line += (int)count_lines(*token_out);
        return true;
    }
    struct str rest = str_from(src->text, src->pos);
    size_t n = str_find_char(rest, '\n');
    if (n == STR_NONE) n = rest.n;
    *token_out = str_sub(rest, 0, n);
    src->pos += n + 1;
    src->line++;
    return true;
}

static bool tag_at(struct str token, size_t at, bool hash, struct str *name, struct str *markup) {
    size_t i = at + 2, end = token.n - 2;
    if (i < end && token.p[i] == '-') i++;
    i = skip_space(token, i);
    size_t n = 0;
    if (hash && i < end && token.p[i] == '#') n = 1;
    while (!(n == 1 && token.p[i] == '#') && i + n < end && is_word(token.p[i + n])) n++;
    if (!n || i >= end) return false;
    *name = str_sub(token, i, n);
    i = skip_space(token, i + n);
    if (end > i && token.p[end - 1] == '-') end--;
    *markup = str_sub(token, i < end ? i : end, i < end ? end - i : 0);
    return true;
}

bool token_tag(struct str token, bool anywhere, struct str *before, struct str *name,
               struct str *markup) {
    if (token.n < 4 || token.p[token.n - 1] != '}' || token.p[token.n - 2] != '%') return false;
    if (!anywhere)
        return token.p[0] == '{' && token.p[1] == '%' && tag_at(token, 0, true, name, markup);
    for (size_t i = token.n - 3; i-- > 0;) {
        if (token.p[i] != '{' || token.p[i + 1] != '%') continue;
        if (!tag_at(token, i, false, name, markup)) continue;
        *before = str_sub(token, 0, i);
        return true;
    }
    return false;
}

bool raw_body(struct comp *c, struct source *src, const char *name, struct str *out) {
    struct str token, before, tag, markup;
    struct str end = arena_fmt(c->a, "end%s", name);
    const char *from = src->text.p + src->pos;
    while (source_next(src, &token)) {
        if (!token_tag(token, true, &before, &tag, &markup)) continue;
        if (str_eq(str_c(name), S("doc")) && str_eq(tag, S("doc")))
            return comp_fail(c, "Syntax Error in 'doc' - Nested doc tags are not allowed");
        if (!str_eq(tag, end)) continue;
        c->trim = token.p[token.n - 3] == '-';
        *out = (struct str){from, (size_t)(before.p + before.n - from)};
        return true;
    }
    return comp_fail(c, "'%s' tag was never closed", name);
}
