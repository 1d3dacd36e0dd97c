// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/arena_raw.h"

struct buf buf_new(struct arena *a, size_t max) {
    return (struct buf){.arena = a, .max = max ? max : BUF_MAX_DEFAULT};
}

static void grow(struct buf *b, size_t n) {
    size_t cap = b->cap ? b->cap * 2 : 128;
    if (cap < b->n + n + 1) cap = b->n + n + 1;
    char *p = arena_raw(b->arena, cap);
    if (b->n) memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
}

static inline char *room_of(struct buf *b, size_t n) {
    if (b->overflow || n > b->max - b->n) {
        b->overflow = true;
        return NULL;
    }
    if (b->n + n >= b->cap) grow(b, n);
    char *room = b->p + b->n;
    b->n += n;
    b->p[b->n] = '\0';
    return room;
}

char *buf_room(struct buf *b, size_t n) { return room_of(b, n); }

void buf_put(struct buf *b, struct str s) {
    char *to = room_of(b, s.n);
    if (to && s.n) memcpy(to, s.p, s.n);
}

void buf_char(struct buf *b, char c) {
    char *to = room_of(b, 1);
    if (to) *to = c;
}

void buf_int(struct buf *b, int64_t v) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do digits[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0) buf_char(b, '-');
    buf_put(b, (struct str){digits + at, sizeof digits - at});
}

// Written where it goes, when there is room; else once more.
void buf_fmt(struct buf *b, const char *fmt, ...) {
    va_list args, again;
    size_t left = b->overflow || !b->p ? 0 : b->cap - b->n;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(left ? b->p + b->n : NULL, left, fmt, args);
    va_end(args);
    ensure(n >= 0);
    bool written = (size_t)n < left;
    char *to = room_of(b, (size_t)n);
    if (!to && left) b->p[b->n] = '\0';
    if (to && !written) vsnprintf(to, (size_t)n + 1, fmt, again);
    va_end(again);
}

static struct str html_entity(char c) {
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return (struct str){0};
    }
}

static const bool html_special[256] = {
    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};

void buf_html(struct buf *b, struct str s) {
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!(html_special[(unsigned char)s.p[i]])) continue;
        struct str entity = html_entity(s.p[i]);
        buf_put(b, str_sub(s, from, i - from));
        buf_put(b, entity);
        from = i + 1;
    }
    buf_put(b, str_from(s, from));
}

static bool url_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void buf_url(struct buf *b, struct str s) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (url_unreserved(s.p[i]))
            buf_char(b, s.p[i]);
        else
            buf_put(b, (struct str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
}

void buf_hex(struct buf *b, const void *p, size_t n) {
    static const char hex[] = "0123456789abcdef";
    const unsigned char *bytes = p;
    ensure(n <= SIZE_MAX / 2);
    char *to = buf_room(b, n * 2);
    for (size_t i = 0; to && i < n; i++) {
        *to++ = hex[bytes[i] >> 4];
        *to++ = hex[bytes[i] & 15];
    }
}

void buf_base64(struct buf *b, const void *p, size_t n) {
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = p;
    for (size_t i = 0; i < n; i += 3) {
        size_t have = n - i < 3 ? n - i : 3;
        unsigned v = (unsigned)bytes[i] << 16;
        if (have > 1) v |= (unsigned)bytes[i + 1] << 8;
        if (have > 2) v |= bytes[i + 2];
        char *to = buf_room(b, 4);
        if (!to) return;
        to[0] = alphabet[v >> 18];
        to[1] = alphabet[v >> 12 & 63];
        to[2] = have > 1 ? alphabet[v >> 6 & 63] : '=';
        to[3] = have > 2 ? alphabet[v & 63] : '=';
    }
}

void buf_clear(struct buf *b) {
    b->n = 0;
    b->overflow = false;
    if (b->p) b->p[0] = '\0';
}
