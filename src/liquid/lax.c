// SPDX-License-Identifier: Apache-2.0
// Lax markup: the reference takes it apart with regular expressions; these functions find what
// those find.
#include "liquid/compile.h"

size_t skip_space(struct str s, size_t i) {
    while (i < s.n && is_space(s.p[i])) i++;
    return i;
}

struct str strip_left(struct str s) {
    size_t i = 0;
    while (i < s.n && (is_space(s.p[i]) || !s.p[i])) i++;
    return i ? (struct str){s.p + i, s.n - i} : s;
}

struct str strip_right(struct str s) {
    while (s.n && (is_space(s.p[s.n - 1]) || !s.p[s.n - 1])) s.n--;
    return s;
}

struct str strip(struct str s) {
    return strip_right(strip_left(s));
}

static size_t quoted(struct str s, size_t i) {
    if (i >= s.n || (s.p[i] != '"' && s.p[i] != '\'')) return 0;
    const char *end = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
    return end ? (size_t)(end - s.p) + 1 - i : 0;
}

size_t lax_fragment(struct str s, size_t i) {
    size_t n = quoted(s, i);
    if (n) return n;
    while (i + n < s.n) {
        size_t q = quoted(s, i + n);
        char ch = s.p[i + n];
        if (q)
            n += q;
        else if (is_space(ch) || ch == ',' || ch == '|' || ch == '\'' || ch == '"')
            break;
        else
            n++;
    }
    return n;
}

bool lax_find_fragment(struct str s, size_t from, size_t *at, struct str *out) {
    for (size_t i = from; i < s.n; i++) {
        size_t n = lax_fragment(s, i);
        if (!n) continue;
        *at = i;
        *out = str_sub(s, i, n);
        return true;
    }
    return false;
}

static size_t word_run(struct str s, size_t i) {
    size_t n = 0;
    while (i + n < s.n && is_word(s.p[i + n])) n++;
    return n;
}

// (\w[\w-]*)\s*:\s*(fragment) at i; the length, or 0
static size_t attribute_at(struct str s, size_t i, struct str *key, struct str *value) {
    size_t n = i;
    if (i >= s.n || !is_word(s.p[i])) return 0;
    while (n < s.n && (is_word(s.p[n]) || s.p[n] == '-')) n++;
    *key = str_sub(s, i, n - i);
    n = skip_space(s, n);
    if (n >= s.n || s.p[n] != ':') return 0;
    n = skip_space(s, n + 1);
    size_t len = lax_fragment(s, n);
    if (!len) return 0;
    *value = str_sub(s, n, len);
    return n + len - i;
}

bool lax_attribute(struct str s, size_t *pos, struct str *key, struct str *value) {
    for (size_t i = *pos; i < s.n; i++) {
        size_t n = attribute_at(s, i, key, value);
        if (n) {
            *pos = i + n;
            return true;
        }
        while (i + 1 < s.n && is_word(s.p[i]) && (is_word(s.p[i + 1]) || s.p[i + 1] == '-'))
            i++; // no part of this word can match either
    }
    return false;
}

bool lax_only_attribute(struct str s, struct str *key, struct str *value) {
    return s.n && attribute_at(s, 0, key, value) == s.n;
}

bool lax_filter(struct str s, size_t *pos, struct str *out) {
    size_t i = *pos;
    while (i < s.n) {
        size_t n = i, step;
        while (n < s.n && (step = is_space(s.p[n]) || s.p[n] == ',' ? 1 : lax_fragment(s, n)))
            n += step;
        if (n > i) {
            *out = str_sub(s, i, n - i);
            *pos = n;
            return true;
        }
        i++;
    }
    return false;
}

bool lax_filter_arg(struct str s, size_t *pos, struct str *out) {
    for (size_t i = *pos; i < s.n; i++) {
        if (s.p[i] != ':' && s.p[i] != ',') continue;
        size_t from = skip_space(s, i + 1), w = word_run(s, from), n = 0;
        if (w) {
            size_t colon = skip_space(s, from + w);
            if (colon < s.n && s.p[colon] == ':') {
                size_t value = skip_space(s, colon + 1), len = lax_fragment(s, value);
                if (len) n = value + len - from;
            }
        }
        if (!n) n = lax_fragment(s, from);
        if (!n) continue;
        *out = str_sub(s, from, n);
        *pos = from + n;
        return true;
    }
    return false;
}

static bool boundary(struct str s, size_t i) {
    bool before = i > 0 && i <= s.n && is_word(s.p[i - 1]), after = i < s.n && is_word(s.p[i]);
    return before != after;
}

static size_t boolean_word(struct str s, size_t i) {
    struct str rest = str_from(s, i);
    if (str_starts(rest, S("and"))) return 3;
    return str_starts(rest, S("or")) ? 2 : 0;
}

// \b(?:\s?and\s?|\s?or\s?)\b at i; the length, or 0
static size_t boolean_at(struct str s, size_t i) {
    if (!boundary(s, i)) return 0;
    size_t from = i < s.n && is_space(s.p[i]) ? i + 1 : i, w = boolean_word(s, from);
    if (!w) return 0;
    size_t end = from + w;
    if (end < s.n && is_space(s.p[end]) && boundary(s, end + 1)) return end + 1 - i;
    return boundary(s, end) ? end - i : 0;
}

bool lax_condition_part(struct str s, size_t *pos, struct str *out) {
    for (size_t i = *pos; i < s.n; i++) {
        size_t n = boolean_at(s, i);
        if (!n) {
            size_t at = i;
            for (;;) {
                size_t word = skip_space(s, at), len;
                if (word >= s.n || boolean_at(s, word)) break;
                len = lax_fragment(s, word);
                if (!len)
                    while (word + len < s.n && !is_space(s.p[word + len])) len++;
                at = skip_space(s, word + len);
            }
            n = at - i;
        }
        if (!n) continue;
        *out = str_sub(s, i, n);
        *pos = i + n;
        return true;
    }
    return false;
}

static bool is_operator(char ch) {
    return ch == '=' || ch == '!' || ch == '<' || ch == '>' || ch == '_' ||
           (ch >= 'a' && ch <= 'z');
}

bool lax_comparison(struct str s, struct str *left, struct str *op, struct str *right) {
    size_t i;
    *op = *right = (struct str){0};
    if (!lax_find_fragment(s, 0, &i, left)) return false;
    i = skip_space(s, i + left->n);
    size_t n = 0;
    while (i + n < s.n && is_operator(s.p[i + n])) n++;
    if (n) *op = str_sub(s, i, n);
    i = skip_space(s, i + n);
    n = lax_fragment(s, i);
    if (n) *right = str_sub(s, i, n);
    return true;
}
