// SPDX-License-Identifier: Apache-2.0
// Inside of the compiler: taking markup apart, by tokens (strict) or by looking for what fits
// (lax).
#pragma once
#include "base/str.h"

struct comp;
enum tok_type {
    TOK_END,
    TOK_ID,
    TOK_STRING,
    TOK_NUMBER,
    TOK_COMPARISON,
    TOK_PIPE,
    TOK_DOT,
    TOK_COLON,
    TOK_COMMA,
    TOK_OPEN_SQUARE,
    TOK_CLOSE_SQUARE,
    TOK_OPEN_ROUND,
    TOK_CLOSE_ROUND,
    TOK_QUESTION,
    TOK_DASH,
    TOK_DOTDOT,
};
struct tok {
    enum tok_type type;
    struct str s;
};

// ---- lex.c: the strict grammar's tokens
struct parser {
    struct comp *c;
    struct tok *v;
    size_t p;
    struct str markup;
};
bool parser_open(struct comp *c, struct str markup, struct parser *out);
bool parser_look(const struct parser *p, enum tok_type t, size_t ahead);
bool parser_accept(struct parser *p, enum tok_type t, struct str *out); // out may be NULL
bool parser_id(struct parser *p, const char *word);
bool parser_expect(struct parser *p, enum tok_type t, struct str *out);
bool parser_bad_expression(struct parser *p);
struct str parser_span(const struct parser *p,
                       size_t from); // tokens from..p joined, without blanks

// ---- lax.c: what the reference's regular expressions find
size_t lax_fragment(struct str s, size_t i); // length of a quoted fragment at i, or 0
bool lax_find_fragment(struct str s, size_t from, size_t *at, struct str *out);
bool lax_attribute(struct str s, size_t *pos, struct str *key,
                   struct str *value); // next `key: value`
bool lax_only_attribute(struct str s, struct str *key, struct str *value);
bool lax_filter(struct str s, size_t *pos, struct str *out); // next filter with its arguments
bool lax_filter_arg(struct str s, size_t *pos, struct str *out);
bool lax_condition_part(struct str s, size_t *pos, struct str *out);
bool lax_comparison(struct str s, struct str *left, struct str *op, struct str *right);
static inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
size_t skip_space(struct str s, size_t i);
struct str strip(struct str s); // white space and NULs off both ends
struct str strip_left(struct str s);
struct str strip_right(struct str s);
