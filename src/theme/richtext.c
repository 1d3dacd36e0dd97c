// SPDX-License-Identifier: Apache-2.0
// Rich texts of settings, reduced to the elements and attributes that they may hold. Elements that
// are not allowed lose their tags, scripts and styles their content too.
#include "theme/load.h"

static const struct {
    const char *name;
    bool block, empty;
} allowed[] = {
    {"a", false, false},   {"b", false, false},   {"br", false, true},    {"em", false, false},
    {"h1", true, false},   {"h2", true, false},   {"h3", true, false},    {"h4", true, false},
    {"h5", true, false},   {"h6", true, false},   {"i", false, false},    {"li", true, false},
    {"ol", true, false},   {"p", true, false},    {"span", false, false}, {"strong", false, false},
    {"sub", false, false}, {"sup", false, false}, {"u", false, false},    {"ul", true, false},
};
static const char *const links[] = {
    "http://", "https://", "mailto:", "tel:", "/", "#", "shopify:", "{{"};

struct tag {
    struct str name, attributes;
    bool closing;
    size_t end; // past its '>'
};

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; }

static size_t past_quotes(struct str s, size_t i) {
    char quote = s.p[i++];
    while (i < s.n && s.p[i] != quote) i++;
    return i < s.n ? i + 1 : i;
}

static bool tag_at(struct str s, size_t i, struct tag *out) {
    size_t at = i + 1;
    *out = (struct tag){.closing = at < s.n && s.p[at] == '/'};
    at += out->closing;
    size_t name = at;
    if (at >= s.n || !is_letter(s.p[at])) return false;
    while (at < s.n && is_name(s.p[at])) at++;
    out->name = str_sub(s, name, at - name);
    size_t attributes = at;
    while (at < s.n && s.p[at] != '>')
        at = s.p[at] == '"' || s.p[at] == '\'' ? past_quotes(s, at) : at + 1;
    out->attributes = str_sub(s, attributes, at - attributes);
    out->end = at < s.n ? at + 1 : at;
    return true;
}

static struct str attribute(struct str s, struct str name) {
    for (size_t i = 0; i < s.n;) {
        while (i < s.n && !is_letter(s.p[i])) i++;
        size_t from = i;
        while (i < s.n && is_name(s.p[i])) i++;
        struct str key = str_sub(s, from, i - from), value = {0};
        if (i + 1 < s.n && s.p[i] == '=') {
            from = ++i;
            bool quoted = s.p[i] == '"' || s.p[i] == '\'';
            if (quoted)
                i = past_quotes(s, i);
            else
                while (i < s.n && s.p[i] != ' ') i++;
            value = str_sub(s, from, i - from);
            if (quoted) value = str_sub(value, 1, value.n >= 2 ? value.n - 2 : 0);
        }
        if (str_eq_nocase(key, name)) return value;
    }
    return (struct str){0};
}

static bool is_link(struct str href) {
    for (size_t i = 0; i < ARRAY_LEN(links); i++)
        if (str_starts(href, str_c(links[i]))) return true;
    return false;
}

// Of a value as it stood between quotes: its own quotes are references already.
static void put_attribute(struct buf *b, const char *name, struct str value) {
    if (!value.p) return;
    buf_fmt(b, " %s=\"", name);
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (c == '"' || c == '<' || c == '>')
            buf_html(b, str_sub(value, i, 1));
        else
            buf_char(b, c);
    }
    buf_char(b, '"');
}

static void put_tag(struct buf *b, const struct tag *t, const char *name) {
    buf_fmt(b, t->closing ? "</%s" : "<%s", name);
    if (!t->closing && name[0] == 'a') {
        struct str href = attribute(t->attributes, S("href"));
        if (is_link(href)) put_attribute(b, "href", href);
        put_attribute(b, "title", attribute(t->attributes, S("title")));
        struct str target = attribute(t->attributes, S("target"));
        if (str_eq(target, S("_blank"))) buf_put(b, S(" target=\"_blank\" rel=\"noopener\""));
    }
    if (!t->closing) put_attribute(b, "class", attribute(t->attributes, S("class")));
    buf_char(b, '>');
}

static size_t past_element(struct str s, const struct tag *open) {
    struct tag t;
    for (size_t i = open->end; i < s.n; i++)
        if (s.p[i] == '<' && tag_at(s, i, &t) && t.closing && str_eq_nocase(t.name, open->name))
            return t.end;
    return s.n;
}

static bool is_hidden(const struct tag *t) {
    return !t->closing &&
           (str_eq_nocase(t->name, S("script")) || str_eq_nocase(t->name, S("style")));
}

static size_t element(struct buf *b, struct str s, size_t i, bool inline_only) {
    struct tag t;
    if (str_starts(str_from(s, i), S("<!--"))) {
        size_t end = str_find(str_from(s, i), S("-->"));
        return end == STR_NONE ? s.n : i + end + 3;
    }
    if (!tag_at(s, i, &t)) {
        buf_put(b, S("&lt;"));
        return i + 1;
    }
    if (is_hidden(&t)) return past_element(s, &t);
    for (size_t k = 0; k < ARRAY_LEN(allowed); k++)
        if (str_eq_nocase(t.name, str_c(allowed[k].name)) && !(inline_only && allowed[k].block) &&
            !(t.closing && allowed[k].empty))
            put_tag(b, &t, allowed[k].name);
    return t.end;
}

struct str theme_rich_text(struct arena *a, struct str html, bool inline_only) {
    if (str_find_char(html, '<') == STR_NONE) return html;
    struct buf b = buf_new(a, html.n * 8 + 64);
    for (size_t i = 0; i < html.n;) {
        size_t n = str_find_char(str_from(html, i), '<');
        buf_put(&b, str_sub(html, i, n == STR_NONE ? html.n - i : n));
        if (n == STR_NONE) break;
        i = element(&b, html, i + n, inline_only);
    }
    return buf_str(&b);
}
