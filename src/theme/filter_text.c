// SPDX-License-Identifier: Apache-2.0
// Words: translations, handles, plurals.
#include "base/vec.h"
#include "theme/filter_private.h"

FILTER(translate) {
    (void)err;
    const struct theme_page *p = theme_page_of(c);
    struct str key = call_in(c);
    bool html = false;
    struct str text = theme_translate(p->theme, c->arena, p->lang, key, &c->args, &html);
    if (!text.p) {
        text = call_host(c)->system_text(call_shop(c), key);
        html = false;
    }
    if (!text.p)
        text = arena_fmt(c->arena, "Translation missing: " STR_FMT "." STR_FMT, STR_ARG(p->lang),
                         STR_ARG(key));
    *out = html ? liquid_html(text) : liquid_text(text);
    return true;
}
FILTER_ALIAS(t, translate)

static char lower(char ch) { return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch; }
static bool plain(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

// Letters with marks become plain ones, as addresses want them: "Größe" is "grosse".
static struct str plain_letter(struct str s, size_t *used_out) {
    static const struct {
        const char *from, *to;
    } letters[] = {
        {"ä", "a"}, {"ö", "o"}, {"ü", "u"}, {"ß", "ss"}, {"Ä", "a"}, {"Ö", "o"},  {"Ü", "u"},
        {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"},  {"å", "a"}, {"æ", "ae"}, {"ç", "c"},
        {"è", "e"}, {"é", "e"}, {"ê", "e"}, {"ë", "e"},  {"ì", "i"}, {"í", "i"},  {"î", "i"},
        {"ï", "i"}, {"ñ", "n"}, {"ò", "o"}, {"ó", "o"},  {"ô", "o"}, {"õ", "o"},  {"ø", "o"},
        {"ù", "u"}, {"ú", "u"}, {"û", "u"}, {"ý", "y"},  {"ÿ", "y"}, {"œ", "oe"}, {"É", "e"},
        {"È", "e"}, {"À", "a"}, {"Ç", "c"}, {"Ø", "o"},  {"Å", "a"}, {"š", "s"},  {"ž", "z"},
        {"č", "c"}, {"ć", "c"}, {"ł", "l"}, {"ń", "n"},  {"ś", "s"}, {"ź", "z"},  {"ż", "z"},
        {"ę", "e"}, {"ą", "a"}, {"ř", "r"}, {"ě", "e"},  {"ů", "u"},
    };
    for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
        struct str from = str_c(letters[i].from);
        if (!str_starts(s, from)) continue;
        *used_out = from.n;
        return str_c(letters[i].to);
    }
    return (struct str){0};
}

struct str handle_of(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    bool gap = false;
    for (size_t i = 0; i < s.n;) {
        size_t used = 1;
        struct str letter = plain_letter(str_from(s, i), &used);
        char ch = lower(s.p[i]);
        if (!letter.p && plain(ch)) letter = (struct str){&ch, 1};
        if (!letter.p &&
            (ch == '\'' || ch == '(' || ch == ')' || ch == '[' || ch == ']' || ch == '"')) {
            i++;
            continue;
        }
        if (!letter.p) gap = b.n > 0;
        if (letter.p && gap) buf_char(&b, '-');
        if (letter.p) gap = false;
        buf_put(&b, letter);
        i += used;
    }
    return buf_str(&b);
}

FILTER(handleize) {
    (void)err;
    return give_text(out, handle_of(c->arena, call_in(c)));
}
FILTER_ALIAS(handle, handleize)

FILTER(camelize) { // "variable-name" → "VariableName"
    (void)err;
    struct str s = call_in(c);
    struct buf b = call_buf(c);
    bool start = true;
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == '-' || ch == '_' || ch == ' ') {
            start = true;
            continue;
        }
        buf_char(&b, start && ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch);
        start = false;
    }
    return give_text(out, buf_str(&b));
}

FILTER(pluralize) {
    (void)err;
    struct liquid_value one = liquid_arg(&c->args, 0), more = liquid_arg(&c->args, 1);
    double n = value_real(c->input, 0);
    *out = n > 0.9999 && n < 1.0001 ? one : more;
    return true;
}

FILTER(format_code) { // a gift card's code in groups of four
    (void)err;
    struct str s = call_in(c);
    struct buf b = call_buf(c);
    for (size_t i = 0; i < s.n; i++) {
        if (i && i % 4 == 0) buf_char(&b, ' ');
        buf_char(&b, s.p[i]);
    }
    return give_text(out, buf_str(&b));
}

static bool url_escaped(struct liquid_call *c, bool parameter, struct liquid_value *out) {
    struct str s = call_in(c);
    struct buf b = call_buf(c);
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        bool kept =
            plain(ch) || (ch && strchr("-_.!~*'();/?:@=+$,#[]", ch)) || (ch == '&' && !parameter);
        if (kept)
            buf_char(&b, ch);
        else
            buf_url(&b, (struct str){s.p + i, 1});
    }
    return give_text(out, buf_str(&b));
}
FILTER(url_escape) {
    (void)err;
    return url_escaped(c, false, out);
}
FILTER(url_param_escape) {
    (void)err;
    return url_escaped(c, true, out);
}

static bool same_nocase(struct str s, size_t at, struct str term) {
    return at + term.n <= s.n && str_eq_nocase(str_sub(s, at, term.n), term);
}

// Wraps what was searched for; tags in trusted markup are stepped over.
FILTER(highlight) {
    (void)err;
    struct str term = str_trim(call_arg(c, 0)), s = call_in(c);
    bool markup = c->input.type == LIQUID_HTML;
    struct buf b = call_buf(c);
    for (size_t i = 0; i < s.n;) {
        size_t end = i + 1;
        if (markup && s.p[i] == '<') {
            size_t close = str_find_char(str_from(s, i), '>');
            end = close == STR_NONE ? s.n : i + close + 1;
            buf_put(&b, str_sub(s, i, end - i));
        } else if (term.n && same_nocase(s, i, term)) {
            end = i + term.n;
            buf_put(&b, S("<strong class=\"highlight\">"));
            buf_html(&b, str_sub(s, i, term.n));
            buf_put(&b, S("</strong>"));
        } else if (markup)
            buf_char(&b, s.p[i]);
        else
            buf_html(&b, str_sub(s, i, 1));
        i = end;
    }
    return give_html(out, &b);
}
