// SPDX-License-Identifier: Apache-2.0
#include "core/i18n_private.h"

enum { DEPTH_MAX = 8 };

static size_t
quote_end(struct str s,
          size_t i) { // i at an opening apostrophe; index of the closing one or the end
    for (i++; i < s.n && s.p[i] != '\'';) i++;
    return i;
}

static bool quotes(struct str s, size_t i) {
    return s.p[i] == '\'' && i + 1 < s.n && strchr("{}", s.p[i + 1]);
}

// The text between the brace at i and its partner; *end_out is behind the partner. Without a
// partner: to the end.
static struct str braced(struct str s, size_t i, size_t *end_out) {
    int depth = 0;
    size_t k = i;
    for (; k < s.n; k++) {
        if (quotes(s, k)) {
            k = quote_end(s, k);
            continue;
        }
        depth += (s.p[k] == '{') - (s.p[k] == '}');
        if (depth == 0) break;
    }
    *end_out = k < s.n ? k + 1 : s.n;
    return str_sub(s, i + 1, k - i - 1);
}

static const struct msg_arg *arg_find(const struct message *m, struct str name) {
    for (size_t i = 0; i < m->n; i++)
        if (str_eq(str_c(m->args[i].name), name)) return &m->args[i];
    return NULL;
}

static struct str arg_text(const struct message *m, const struct msg_arg *a) {
    if (a->text.p) return a->text;
    return number_text_of(m->i18n, m->arena, m->lang,
                          arena_fmt(m->arena, "%lld", (long long)a->number));
}

static struct str plural_word(const struct message *m, int64_t n) {
    UChar word[32];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len =
        uplrules_select(m->i18n->plural[m->lang], (double)n, word, ARRAY_LEN(word), &status);
    if (U_FAILURE(status)) return S("other");
    return utf16_to(m->arena, (struct utf16){word, len});
}

struct choice {
    struct str exact, word; // "=0" and "one", or the value of a select
    struct str text, other;
    bool found, found_exact;
};

static void consider(struct choice *c, struct str selector, struct str body) {
    if (str_eq(selector, S("other"))) c->other = body;
    if (!str_empty(c->exact) && str_eq(selector, c->exact)) {
        c->text = body;
        c->found = c->found_exact = true;
    }
    if (!c->found_exact && str_eq(selector, c->word)) {
        c->text = body;
        c->found = true;
    }
}

static struct str choose(struct choice c, struct str options) {
    struct str rest = str_trim(options);
    while (!str_empty(rest)) {
        size_t open = str_find_char(rest, '{');
        if (open == STR_NONE) break;
        size_t end;
        struct str body = braced(rest, open, &end);
        consider(&c, str_trim(str_sub(rest, 0, open)), body);
        rest = str_trim(str_from(rest, end));
    }
    return c.found ? c.text : c.other;
}

static void put_argument(const struct message *m, struct str inner) {
    struct str rest = inner, name, type;
    str_split(&rest, ',', &name);
    const struct msg_arg *a = arg_find(m, str_trim(name));
    if (!a) {
        buf_fmt(m->out, "{" STR_FMT "}", STR_ARG(str_trim(name)));
        return;
    }
    if (!str_split(&rest, ',', &type)) {
        buf_put(m->out, arg_text(m, a));
        return;
    }
    struct message inside = *m;
    inside.depth++;
    struct choice c = {.word = arg_text(m, a)};
    if (str_eq(str_trim(type), S("plural"))) {
        c.exact = arena_fmt(m->arena, "=%lld", (long long)a->number);
        c.word = plural_word(m, a->number);
        inside.hash = arena_cstr(m->arena, arg_text(m, a));
    }
    message_put(&inside, choose(c, rest));
}

void message_put(const struct message *m, struct str pattern) {
    if (m->depth > DEPTH_MAX) return;
    for (size_t i = 0; i < pattern.n;) {
        char ch = pattern.p[i];
        if (quotes(pattern, i)) {
            size_t end = quote_end(pattern, i);
            buf_put(m->out, str_sub(pattern, i + 1, end - i - 1));
            i = end + 1;
        } else if (ch == '{') {
            put_argument(m, braced(pattern, i, &i));
        } else {
            if (ch == '#' && m->hash)
                buf_put(m->out, str_c(m->hash));
            else
                buf_char(m->out, ch);
            bool twice = ch == '\'' && i + 1 < pattern.n && pattern.p[i + 1] == '\''; // '' is '
            i += twice ? 2 : 1;
        }
    }
}
