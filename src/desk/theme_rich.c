// SPDX-License-Identifier: Apache-2.0
// Rich texts as people type them: markup of nothing but paragraphs is shown as plain lines, a blank
// line between paragraphs, and becomes markup again; other markup is shown as it is.
#include "desk/theme_form.h"

static const struct {
    struct str markup, plain;
} words[] = {{S_INIT("&amp;"), S_INIT("&")},
             {S_INIT("&lt;"), S_INIT("<")},
             {S_INIT("&gt;"), S_INIT(">")},
             {S_INIT("&quot;"), S_INIT("\"")},
             {S_INIT("&#39;"), S_INIT("'")}};

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of `s` up to `end` without tags and with known entities only: as plain text.
static bool plain_run(struct str s, struct buf *out) {
    while (s.n) {
        size_t k = 0, taken = 1;
        bool br = false;
        if (s.p[0] == '<') {
            br =
                str_starts(s, S("<br>")) || str_starts(s, S("<br/>")) || str_starts(s, S("<br />"));
            if (!br) return false;
            taken = str_find_char(s, '>') + 1;
        } else if (s.p[0] == '&') {
            while (k < ARRAY_LEN(words) && !str_starts(s, words[k].markup)) k++;
            if (k == ARRAY_LEN(words)) return false;
            taken = words[k].markup.n;
        }
        if (br)
            buf_char(out, '\n');
        else
            buf_put(out, s.p[0] == '&' ? words[k].plain : str_sub(s, 0, 1));
        s = str_from(s, taken);
    }
    return true;
}

static bool plain_paragraphs(struct str s, struct buf *out) {
    for (bool first = true; s.n; first = false) {
        size_t end = str_find(s, S("</p>"));
        if (!str_starts(s, S("<p>")) || end == STR_NONE) return false;
        if (!first) buf_put(out, S("\n\n"));
        if (!plain_run(str_sub(s, 3, end - 3), out)) return false;
        s = str_trim(str_from(s, end + 4));
    }
    return true;
}

struct str theme_rich_shown(struct arena *a, struct str markup, bool inline_only) {
    struct buf b = buf_new(a, 0);
    struct str s = str_trim(markup);
    bool plain = inline_only ? plain_run(s, &b) : plain_paragraphs(s, &b);
    return plain ? buf_str(&b) : s;
}

static bool has_markup(struct str s) {
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '<' && (is_letter(s.p[i + 1]) || s.p[i + 1] == '/')) return true;
    return false;
}

static bool is_entity(struct str s) { // "&nbsp;" at the start
    size_t end = str_find_char(s, ';');
    if (end == STR_NONE || end < 2 || end > 12) return false;
    for (size_t i = 1; i < end; i++) {
        char c = s.p[i];
        if (!is_letter(c) && !(c >= '0' && c <= '9') && !(i == 1 && c == '#')) return false;
    }
    return true;
}

static void put_line(struct buf *b, struct str s, bool markup) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (markup)
            buf_char(b, c);
        else if (c == '\n')
            buf_put(b, S("<br>"));
        else if (c == '&' && !is_entity(str_from(s, i)))
            buf_put(b, S("&amp;"));
        else if (c == '<')
            buf_put(b, S("&lt;"));
        else if (c == '>')
            buf_put(b, S("&gt;"));
        else
            buf_char(b, c);
    }
}

struct str theme_rich_read(struct arena *a, struct str typed, bool inline_only) {
    struct buf b = buf_new(a, 0);
    struct str rest = str_trim(typed);
    bool markup = has_markup(rest);
    if (!rest.n || (markup && rest.p[0] == '<')) return rest;
    if (inline_only) {
        put_line(&b, rest, markup);
        return buf_str(&b);
    }
    while (rest.n) {
        size_t end = str_find(rest, S("\n\n"));
        buf_put(&b, S("<p>"));
        put_line(&b, str_trim(str_sub(rest, 0, end == STR_NONE ? rest.n : end)), markup);
        buf_put(&b, S("</p>"));
        rest = end == STR_NONE ? S("") : str_trim(str_from(rest, end));
    }
    return buf_str(&b);
}
