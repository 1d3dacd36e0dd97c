// SPDX-License-Identifier: Apache-2.0
#include "theme/scan.h"

#include "base/arena.h"

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static struct str skip_blank(struct str s) {
    while (s.n && is_blank(s.p[0])) s = str_from(s, 1);
    return s;
}

static struct str word_at(struct str s) {
    size_t n = 0;
    while (n < s.n && is_word(s.p[n])) n++;
    return str_sub(s, 0, n);
}

static int lines_in(struct str s) {
    int n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
    return n;
}

struct theme_scan theme_scan(struct str text) {
    return (struct theme_scan){.rest = text, .line = 1};
}

static void pass(struct theme_scan *s, size_t n) {
    s->line += lines_in(str_sub(s->rest, 0, n));
    s->rest = str_from(s->rest, n);
}

static bool is_opaque(struct str name) {
    static const char *const names[] = {"comment", "raw",        "doc",
                                        "schema",  "javascript", "stylesheet"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(str_c(names[i]), name)) return true;
    return false;
}

// Name of a tag whose "{%" stands at i; its end (after "%}") in end_out, the text's end without
// one.
static struct str tag_at(struct str s, size_t i, struct str *markup_out, size_t *end_out) {
    struct str inner = str_from(s, i + 2);
    size_t close = str_find(inner, S("%}"));
    *end_out = close == STR_NONE ? s.n : i + 2 + close + 2;
    inner = str_sub(inner, 0, close == STR_NONE ? inner.n : close);
    if (str_starts(inner, S("-"))) inner = str_from(inner, 1);
    if (str_ends(inner, S("-"))) inner.n--;
    inner = str_trim(inner);
    struct str name = word_at(inner);
    *markup_out = str_trim(str_from(inner, name.n));
    return name;
}

// Where the body of an opaque tag ends, that is after its end tag.
static size_t body_end(struct str s, size_t from, struct str name) {
    for (size_t i = from; i + 1 < s.n; i++) {
        if (s.p[i] != '{' || s.p[i + 1] != '%') continue;
        struct str inner = str_from(s, i + 2);
        if (str_starts(inner, S("-"))) inner = str_from(inner, 1);
        inner = skip_blank(inner);
        if (!str_starts(inner, S("end")) || !str_eq(word_at(str_from(inner, 3)), name)) continue;
        size_t close = str_find(inner, S("%}"));
        return close == STR_NONE ? s.n : s.n - inner.n + close + 2;
    }
    return s.n;
}

static bool next_line(struct theme_scan *s, struct theme_found *out) {
    struct str line;
    while (str_split(&s->lines, '\n', &line)) {
        out->line = s->lines_line++;
        line = str_trim(line);
        out->name = word_at(line);
        out->markup = str_trim(str_from(line, out->name.n));
        if (out->name.n == 0 || str_starts(out->name, S("end"))) continue;
        if (!is_opaque(out->name)) return true;
        struct str inner, name = out->name;
        do {
            if (!str_split(&s->lines, '\n', &inner)) return false;
            s->lines_line++;
            inner = word_at(str_trim(inner));
        } while (!(str_starts(inner, S("end")) && str_eq(str_from(inner, 3), name)));
    }
    return false;
}

static bool take_output(struct theme_scan *s, struct theme_found *out) {
    size_t close = str_find(s->rest, S("}}"));
    size_t end = close == STR_NONE ? s->rest.n : close;
    *out = (struct theme_found){
        .name = S("echo"), .markup = str_trim(str_sub(s->rest, 2, end - 2)), .line = s->line};
    if (str_starts(out->markup, S("-"))) out->markup = str_trim(str_from(out->markup, 1));
    pass(s, close == STR_NONE ? s->rest.n : close + 2);
    return true;
}

static bool take_tag(struct theme_scan *s, struct theme_found *out) {
    size_t end;
    out->line = s->line;
    out->name = tag_at(s->rest, 0, &out->markup, &end);
    if (str_eq(out->name, S("liquid"))) {
        struct str before = {s->rest.p, (size_t)(out->markup.p - s->rest.p)};
        s->lines = out->markup;
        s->lines_line = s->line + lines_in(before);
        pass(s, end);
        return next_line(s, out);
    }
    pass(s, is_opaque(out->name) ? body_end(s->rest, end, out->name) : end);
    return true;
}

bool theme_scan_next(struct theme_scan *s, struct theme_found *out) {
    if (s->lines.p && next_line(s, out)) return true;
    s->lines = (struct str){0};
    for (;;) {
        size_t open = str_find_char(s->rest, '{');
        if (open == STR_NONE || open + 1 >= s->rest.n) return false;
        pass(s, open);
        bool output = s->rest.p[1] == '{', tag = s->rest.p[1] == '%';
        if (output && take_output(s, out)) return true;
        if (tag && take_tag(s, out)) return true;
        if (!output && !tag) pass(s, 1);
    }
}

struct str theme_scan_literal(struct str markup, struct str *after_out) {
    char quote = markup.n ? markup.p[0] : 0;
    if (quote != '"' && quote != '\'') return (struct str){0};
    size_t end = str_find_char(str_from(markup, 1), quote);
    if (end == STR_NONE) return (struct str){0};
    if (after_out) *after_out = str_from(markup, end + 2);
    return str_sub(markup, 1, end);
}

bool theme_scan_piped(struct str *rest, struct str *literal_out, struct str *filter_out) {
    size_t i = 0;
    while (i < rest->n && rest->p[i] != '"' && rest->p[i] != '\'') i++;
    *rest = str_from(*rest, i);
    if (!rest->n) return false;
    *filter_out = (struct str){0};
    *literal_out = theme_scan_literal(*rest, rest);
    if (!literal_out->p) return false;
    struct str after = skip_blank(*rest);
    if (str_starts(after, S("|"))) *filter_out = word_at(skip_blank(str_from(after, 1)));
    return true;
}

struct str theme_scan_named(struct str markup, const char *name) {
    struct str want = str_c(name), literal, filter;
    for (size_t i = 0; i + want.n < markup.n; i++) {
        if (i && (is_word(markup.p[i - 1]) || markup.p[i - 1] == '.')) continue;
        if (markup.p[i] == '"' || markup.p[i] == '\'') { // not inside a literal
            struct str rest = str_from(markup, i);
            if (!theme_scan_piped(&rest, &literal, &filter)) return (struct str){0};
            i = markup.n - rest.n - 1;
            continue;
        }
        struct str here = str_from(markup, i);
        if (!str_starts(here, want)) continue;
        here = skip_blank(str_from(here, want.n));
        if (str_starts(here, S(":")))
            return theme_scan_literal(skip_blank(str_from(here, 1)), NULL);
    }
    return (struct str){0};
}

static void blank(char *p, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (p[i] != '\n') p[i] = ' ';
}

static size_t liquid_end(struct str s, size_t i) {
    if (s.p[i + 1] == '{') {
        size_t close = str_find(str_from(s, i), S("}}"));
        return close == STR_NONE ? s.n : i + close + 2;
    }
    struct str markup;
    size_t end;
    struct str name = tag_at(s, i, &markup, &end);
    return is_opaque(name) ? body_end(s, end, name) : end;
}

struct str theme_scan_markup(struct arena *a, struct str text) {
    char *p = arena_copy(a, text.p, text.n);
    for (size_t i = 0; i + 1 < text.n;) {
        size_t end = i + 1;
        if (text.p[i] == '{' && (text.p[i + 1] == '{' || text.p[i + 1] == '%')) {
            end = liquid_end(text, i);
            blank(p, i, end);
        } else if (str_starts(str_from(text, i), S("<!--"))) {
            size_t close = str_find(str_from(text, i), S("-->"));
            end = close == STR_NONE ? text.n : i + close + 3;
            blank(p, i, end);
        }
        i = end;
    }
    return (struct str){p, text.n};
}
