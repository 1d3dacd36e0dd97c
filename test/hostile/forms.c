// SPDX-License-Identifier: Apache-2.0
// Just enough HTML to read our own pages: tags, quoted attributes, texts of textareas.
#include "hostile.h"

struct tag {
    struct str name, attrs; // "/form" for an end
    size_t end;             // after ">"
};

static bool next_tag(struct str html, size_t from, struct tag *out) {
    for (size_t i = from; i < html.n; i++) {
        if (html.p[i] != '<') continue;
        size_t e = i + 1;
        for (char quote = 0; e < html.n && (quote || html.p[e] != '>'); e++) {
            if (quote && html.p[e] == quote)
                quote = 0;
            else if (!quote && (html.p[e] == '"' || html.p[e] == '\''))
                quote = html.p[e];
        }
        struct str all = str_sub(html, i + 1, e - i - 1);
        size_t n = 0;
        while (n < all.n && all.p[n] != ' ' && all.p[n] != '\n') n++;
        *out = (struct tag){str_sub(all, 0, n), str_from(all, n), e + 1};
        return true;
    }
    return false;
}

static struct str plain(struct arena *a, struct str html) {
    static const struct {
        struct str entity;
        char c;
    } known[] = {{S_INIT("&amp;"), '&'},
                 {S_INIT("&lt;"), '<'},
                 {S_INIT("&gt;"), '>'},
                 {S_INIT("&quot;"), '"'},
                 {S_INIT("&#39;"), '\''}};
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < html.n;) {
        size_t k = 0;
        while (k < ARRAY_LEN(known) && !str_starts(str_from(html, i), known[k].entity)) k++;
        buf_char(&b, k < ARRAY_LEN(known) ? known[k].c : html.p[i]);
        i += k < ARRAY_LEN(known) ? known[k].entity.n : 1;
    }
    return buf_str(&b);
}

// The attribute's value; absent when it is not there, empty for a bare one.
static struct str attr(struct arena *a, struct str attrs, const char *name) {
    struct str quoted = arena_fmt(a, " %s=\"", name), bare = arena_fmt(a, " %s", name);
    size_t at = str_find(attrs, quoted);
    if (at != STR_NONE) {
        struct str rest = str_from(attrs, at + quoted.n);
        return plain(a, str_sub(rest, 0, str_find_char(rest, '"')));
    }
    at = str_find(attrs, bare);
    bool there = at != STR_NONE && (at + bare.n == attrs.n || attrs.p[at + bare.n] == ' ');
    return there ? S("") : (struct str){0};
}

static void add(struct arena *a, struct page_form *f, struct page_field field) {
    if (!field.name.p || !field.name.n) return;
    if (!field.value.p) field.value = S("");
    *VEC_PUSH(a, &f->fields) = field;
}

static void add_input(struct arena *a, struct page_form *f, struct str attrs) {
    struct str type = attr(a, attrs, "type");
    struct page_field field = {attr(a, attrs, "name"), attr(a, attrs, "value"), TYPED_TEXT};
    bool box = str_eq(type, S("checkbox")) || str_eq(type, S("radio"));
    if (box && !attr(a, attrs, "checked").p) return;
    if (box) field.kind = TYPED_CHOICE;
    if (str_eq(type, S("hidden"))) field.kind = TYPED_HIDDEN;
    if (str_eq(type, S("password"))) field.kind = TYPED_PASSWORD;
    if (str_eq(type, S("file"))) field.kind = TYPED_FILE;
    if (str_eq(type, S("submit"))) return;
    add(a, f, field);
}

static size_t add_select(struct arena *a, struct page_form *f, struct str html,
                         const struct tag *t) {
    struct page_field field = {attr(a, t->attrs, "name"), {0}, TYPED_CHOICE};
    struct tag in = *t;
    while (next_tag(html, in.end, &in) && !str_eq(in.name, S("/select"))) {
        if (!str_eq(in.name, S("option"))) continue;
        if (!field.value.p || attr(a, in.attrs, "selected").p)
            field.value = attr(a, in.attrs, "value");
    }
    add(a, f, field);
    return in.end;
}

static size_t read_form(struct arena *a, struct str html, struct tag t, struct page_form *f) {
    while (next_tag(html, t.end, &t) && !str_eq(t.name, S("/form"))) {
        if (str_eq(t.name, S("input"))) add_input(a, f, t.attrs);
        if (str_eq(t.name, S("select"))) t.end = add_select(a, f, html, &t);
        if (str_eq(t.name, S("textarea"))) {
            struct str rest = str_from(html, t.end);
            struct str text = plain(a, str_sub(rest, 0, str_find(rest, S("</textarea"))));
            add(a, f, (struct page_field){attr(a, t.attrs, "name"), text, TYPED_TEXT});
        }
    }
    return t.end;
}

void forms_of(struct arena *a, struct str html, struct str here, struct page_forms *out) {
    struct tag t = {.end = 0};
    while (next_tag(html, t.end, &t)) {
        if (!str_eq(t.name, S("form"))) continue;
        struct page_form *f = VEC_PUSH(a, out);
        *f = (struct page_form){.action = attr(a, t.attrs, "action")};
        if (!f->action.n) f->action = here;
        f->here = here;
        f->post = str_eq_nocase(attr(a, t.attrs, "method"), S("post"));
        f->multipart = str_eq(attr(a, t.attrs, "enctype"), S("multipart/form-data"));
        t.end = read_form(a, html, t, f);
    }
}

void links_of(struct arena *a, struct str html, struct http_pairs *out) {
    struct tag t = {.end = 0};
    while (next_tag(html, t.end, &t)) {
        if (!str_eq(t.name, S("a"))) continue;
        struct str href = attr(a, t.attrs, "href");
        href = str_sub(href, 0, str_find_char(href, '#'));
        if (str_starts(href, S("/")) && !str_starts(href, S("//"))) pairs_add(a, out, href, S(""));
    }
}
