// SPDX-License-Identifier: Apache-2.0
// A byte builder in an arena with a size limit and a sticky error: once a put would pass the limit,
// nothing more is written and buf_ok() is false; the caller asks once, at the end. b.p[b.n] is
// always NUL after the first put.
#pragma once
#include "base/arena.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap, max; // max: the named limit of this buffer in bytes
    bool overflow;
};
#define BUF_MAX_DEFAULT ((size_t)16 << 20)

struct buf buf_new(struct arena *a, size_t max); // max 0 means BUF_MAX_DEFAULT
void buf_put(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
PRINTF_LIKE(2, 3) void buf_fmt(struct buf *b, const char *fmt, ...);
void buf_html(struct buf *b, struct str s); // escapes & < > " ' for HTML text and quoted attributes
void buf_url(struct buf *b, struct str s);  // percent-encodes all but RFC 3986 unreserved
void buf_hex(struct buf *b, const void *p, size_t n);
void buf_base64(struct buf *b, const void *p, size_t n);
char *buf_room(struct buf *b,
               size_t n);      // n writable bytes at the end, already counted; NULL on overflow
void buf_clear(struct buf *b); // n = 0, error forgotten, memory kept
static inline struct str buf_str(const struct buf *b) {
    return (struct str){b->p ? b->p : "", b->n};
}
static inline bool buf_ok(const struct buf *b) { return !b->overflow; }

bool hex_decode(struct arena *a, struct str hex, struct str *out);
bool base64_decode(struct arena *a, struct str text,
                   struct str *out); // standard and URL alphabet, padding optional
bool url_decode(struct arena *a, struct str text, bool plus_is_space, struct str *out);
