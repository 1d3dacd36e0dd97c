// SPDX-License-Identifier: Apache-2.0
// A string view: bytes that belong to somebody else. Not NUL-terminated unless its maker says so.
// {NULL, 0} is "absent" (SQL NULL, a field that was not sent); {"", 0} is "empty". str_eq treats
// both as equal. Texts are UTF-8; functions here know bytes and ASCII only (comparison by language
// lives in core/i18n).
#pragma once
#include <string.h>

#include "base/base.h"

struct str {
    const char *p;
    size_t n;
};
#define S(lit) ((struct str){(lit), sizeof(lit) - 1}) // of a string literal
#define S_INIT(lit)                                                                                \
    { (lit), sizeof(lit) - 1 } // the same in a static initialiser
#define STR_FMT    "%.*s"      // printf with STR_ARG
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

static inline struct str str_c(const char *c) { return (struct str){c, c ? strlen(c) : 0}; }
static inline bool str_empty(struct str s) { return s.n == 0; }
static inline bool str_eq(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(struct str a, struct str b); // ASCII letters only
int str_cmp(struct str a, struct str b);        // bytewise, shorter first
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_sub(struct str s, size_t from, size_t n); // clipped to s
struct str str_from(struct str s, size_t from);          // clipped to s
struct str str_trim(struct str s);                       // ASCII white space off both ends
#define STR_NONE SIZE_MAX
size_t str_find(struct str s, struct str needle); // index of the first occurrence, or STR_NONE
size_t str_find_char(struct str s, char c);
// Takes the part of *rest before sep into *part_out and moves *rest past it. False when *rest is
// absent (p == NULL). "a,,b" yields a, "", b; "" yields one empty part.
bool str_split(struct str *rest, char sep, struct str *part_out);
bool str_to_int(struct str s,
                int64_t *out);     // whole string, optional sign, decimal digits; false on overflow
bool str_is_utf8(struct str s);    // well-formed, no surrogates (RFC 3629)
size_t str_utf8_len(struct str s); // code points; ill-formed bytes count one each
struct str str_utf8_cut(struct str s,
                        size_t code_points); // at most so many, never inside a character
uint64_t str_hash(struct str s);             // for maps; not for secrets, not stable over versions
bool str_eq_secret(struct str a, struct str b); // constant time in the content
