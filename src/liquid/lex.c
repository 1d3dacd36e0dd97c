// SPDX-License-Identifier: Apache-2.0
// The tokens of the strict grammar, and a cursor over them.
#include "liquid/compile.h"

static const char *const type_names[] = {
    "end_of_string", "id",       "string", "number",      "comparison",   "pipe",
    "dot",           "colon",    "comma",  "open_square", "close_square", "open_round",
    "close_round",   "question", "dash",   "dotdot",
};

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }

static size_t number_length(struct str s, size_t i) {
    size_t n = i + (s.p[i] == '-');
    while (n < s.n && is_digit(s.p[n])) n++;
    if (n + 1 < s.n && s.p[n] == '.' && is_digit(s.p[n + 1]))
        for (n++; n < s.n && is_digit(s.p[n]); n++) {
        }
    return n - i;
}

static size_t id_length(struct str s, size_t i) {
    size_t n = i;
    while (n < s.n && (is_word(s.p[n]) || s.p[n] == '-')) n++;
    if (n < s.n && s.p[n] == '?') n++;
    return n - i;
}

static size_t comparison_length(struct str s, size_t i) {
    char a = s.p[i], b = i + 1 < s.n ? s.p[i + 1] : 0;
    if (a == '=' || a == '!') return b == '=' ? 2 : 0;
    if (a == '<') return b == '=' || b == '>' ? 2 : 1;
    if (a == '>') return b == '=' ? 2 : 1;
    return 0;
}

static const uint8_t specials[128] = {
    ['|'] = TOK_PIPE,       ['.'] = TOK_DOT,         [':'] = TOK_COLON,
    [','] = TOK_COMMA,      ['['] = TOK_OPEN_SQUARE, [']'] = TOK_CLOSE_SQUARE,
    ['('] = TOK_OPEN_ROUND, [')'] = TOK_CLOSE_ROUND, ['?'] = TOK_QUESTION,
    ['-'] = TOK_DASH,
};

static enum tok_type special(char ch) {
    return (unsigned char)ch < 128 ? (enum tok_type)specials[(unsigned char)ch] : TOK_END;
}

static size_t utf8_length(struct str s, size_t i) {
    size_t n = 1;
    while (i + n < s.n && ((unsigned char)s.p[i + n] & 0xC0) == 0x80) n++;
    return n;
}

static struct tok token_at(struct str s, size_t i, enum tok_type before) {
    char ch = s.p[i];
    enum tok_type type = special(ch);
    size_t n = 1;
    if (type == TOK_DOT && i + 1 < s.n && s.p[i + 1] == '.') {
        type = TOK_DOTDOT;
        n = 2;
    } else if (is_digit(ch) || (ch == '-' && i + 1 < s.n && is_digit(s.p[i + 1]))) {
        type = TOK_NUMBER;
        n = number_length(s, i);
    } else if (type != TOK_END) {
        n = 1;
    } else if (is_word(ch)) {
        type = TOK_ID;
        n = id_length(s, i);
        if (before != TOK_DOT && str_eq((struct str){s.p + i, n}, S("contains")))
            type = TOK_COMPARISON;
    } else if (ch == '"' || ch == '\'') {
        const char *end = i + 1 < s.n ? memchr(s.p + i + 1, ch, s.n - i - 1) : NULL;
        if (end) {
            type = TOK_STRING;
            n = (size_t)(end - s.p) + 1 - i;
        }
    } else if ((n = comparison_length(s, i)) > 0) {
        type = TOK_COMPARISON;
    }
    return (struct tok){type, {s.p + i, n}};
}

bool parser_open(struct comp *c, struct str markup, struct parser *out) {
    VEC(struct tok) toks = {0};
    enum tok_type before = TOK_END;
    size_t i = 0;
    while ((i = skip_space(markup, i)) < markup.n) {
        struct tok t = token_at(markup, i, before);
        if (t.type == TOK_END) {
            struct str ch = str_sub(markup, i, utf8_length(markup, i));
            return comp_fail(c, "Unexpected character " STR_FMT, STR_ARG(ch));
        }
        *VEC_PUSH(c->a, &toks) = t;
        before = t.type;
        i += t.s.n;
    }
    *VEC_PUSH(c->a, &toks) = (struct tok){.type = TOK_END};
    *out = (struct parser){c, toks.v, 0, markup};
    return true;
}

bool parser_look(const struct parser *p, enum tok_type t, size_t ahead) {
    for (size_t i = 0; i < ahead; i++)
        if (p->v[p->p + i].type == TOK_END) return false;
    return p->v[p->p + ahead].type == t;
}

bool parser_accept(struct parser *p, enum tok_type t, struct str *out) {
    if (p->v[p->p].type != t) return false;
    if (out) *out = p->v[p->p].s;
    if (t != TOK_END) p->p++;
    return true;
}

bool parser_id(struct parser *p, const char *word) {
    if (p->v[p->p].type != TOK_ID || !str_eq(p->v[p->p].s, str_c(word))) return false;
    p->p++;
    return true;
}

bool parser_expect(struct parser *p, enum tok_type t, struct str *out) {
    if (parser_accept(p, t, out)) return true;
    return comp_fail(p->c, "Expected %s but found %s", type_names[t], type_names[p->v[p->p].type]);
}

bool parser_bad_expression(struct parser *p) {
    struct tok t = p->v[p->p];
    if (t.type == TOK_END) return comp_fail(p->c, "[:end_of_string] is not a valid expression");
    return comp_fail(p->c, "[:%s, \"" STR_FMT "\"] is not a valid expression", type_names[t.type],
                     STR_ARG(t.s));
}

struct str parser_span(const struct parser *p, size_t from) {
    struct buf b = buf_new(p->c->a, 0);
    for (size_t i = from; i < p->p; i++) buf_put(&b, p->v[i].s);
    return buf_str(&b);
}
