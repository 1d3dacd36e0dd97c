// SPDX-License-Identifier: Apache-2.0
#include "base/str.h"

static unsigned char lower(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool str_eq_nocase(struct str a, struct str b) {
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

int str_cmp(struct str a, struct str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c) return c;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix) {
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

struct str str_sub(struct str s, size_t from, size_t n) {
    struct str rest = str_from(s, from);
    if (n < rest.n) rest.n = n;
    return rest;
}

struct str str_from(struct str s, size_t from) {
    if (!s.p) return s;
    if (from > s.n) from = s.n;
    return (struct str){s.p + from, s.n - from};
}

struct str str_trim(struct str s) {
    while (s.n && is_space(s.p[s.n - 1])) s.n--;
    while (s.n && is_space(*s.p)) s = str_from(s, 1);
    return s;
}

size_t str_find(struct str s, struct str needle) {
    if (needle.n == 0) return 0;
    if (s.n < needle.n) return STR_NONE;
    const char *at = memmem(s.p, s.n, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : STR_NONE;
}

size_t str_find_char(struct str s, char c) {
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : STR_NONE;
}

bool str_split(struct str *rest, char sep, struct str *part_out) {
    if (!rest->p) return false;
    size_t at = str_find_char(*rest, sep);
    *part_out = str_sub(*rest, 0, at);
    *rest = at == STR_NONE ? (struct str){0} : str_from(*rest, at + 1);
    return true;
}

bool str_to_int(struct str s, int64_t *out) {
    bool minus = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) s = str_from(s, 1);
    if (s.n == 0) return false;
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v)) return false;
        if (__builtin_add_overflow(v, minus ? -digit : digit, &v)) return false;
    }
    *out = v;
    return true;
}

// Length of the well-formed UTF-8 sequence at p, or 0. Table 3-7 of the Unicode standard.
static size_t utf8_sequence(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) return 1;
    size_t len = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (len == 0 || len > n) return 0;
    unsigned char least = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char most = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < least || p[1] > most) return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80) return 0;
    return len;
}

bool str_is_utf8(struct str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0, len; i < s.n; i += len) {
        len = utf8_sequence(p + i, s.n - i);
        if (len == 0) return false;
    }
    return true;
}

size_t str_utf8_len(struct str s) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t count = 0;
    for (size_t i = 0; i < s.n; count++) {
        size_t len = utf8_sequence(p + i, s.n - i);
        i += len ? len : 1;
    }
    return count;
}

struct str str_utf8_cut(struct str s, size_t code_points) {
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    for (size_t count = 0; i < s.n && count < code_points; count++) {
        size_t len = utf8_sequence(p + i, s.n - i);
        i += len ? len : 1;
    }
    return str_sub(s, 0, i);
}

uint64_t str_hash(struct str s) {
    const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = (uint64_t)s.n * k;
    for (size_t i = 0; i < s.n; i += 8) {
        uint64_t word = 0;
        memcpy(&word, s.p + i, s.n - i < 8 ? s.n - i : 8);
        h = (h ^ word) * k;
        h ^= h >> 29;
    }
    h *= UINT64_C(0xBF58476D1CE4E5B9);
    return h ^ (h >> 32);
}

bool str_eq_secret(struct str a, struct str b) {
    if (a.n != b.n) return false;
    volatile unsigned char differ = 0;
    for (size_t i = 0; i < a.n; i++) differ = (unsigned char)(differ | (a.p[i] ^ b.p[i]));
    return differ == 0;
}
