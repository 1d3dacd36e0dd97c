// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include "base/buf.h"

enum { DECIMAL_PLACES = 6, MOST_PLACES = 18 };

bool scaled_parse(struct str s, int places, int64_t *out) {
    bool minus = str_starts(s, S("-"));
    if (minus) s = str_from(s, 1);
    int64_t v = 0;
    int after_dot = -1; // digits after the dot; -1 before it
    bool digits = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && after_dot < 0) {
            after_dot = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (after_dot >= 0 && ++after_dot > places) return false;
        if (__builtin_mul_overflow(v, 10, &v)) return false;
        if (__builtin_add_overflow(v, s.p[i] - '0', &v)) return false;
        digits = true;
    }
    if (!digits || after_dot == 0) return false;
    for (int i = after_dot < 0 ? 0 : after_dot; i < places; i++)
        if (__builtin_mul_overflow(v, 10, &v)) return false;
    *out = minus ? -v : v;
    return true;
}

struct str scaled_plain(struct arena *a, int64_t v, int places, int least_places) {
    ensure(places >= 0 && places <= MOST_PLACES && least_places <= places);
    char text[MOST_PLACES + 24];
    size_t at = sizeof text;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    bool shown = false;
    for (int i = places; i > 0; i--, u /= 10) {
        char digit = (char)('0' + u % 10);
        shown = shown || i <= least_places || digit != '0';
        if (shown) text[--at] = digit;
    }
    if (shown) text[--at] = '.';
    do text[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0) text[--at] = '-';
    return arena_str(a, (struct str){text + at, sizeof text - at});
}

bool decimal_parse(struct str s, int64_t *out) { return scaled_parse(s, DECIMAL_PLACES, out); }

struct str decimal_plain(struct arena *a, int64_t v) {
    return scaled_plain(a, v, DECIMAL_PLACES, 0);
}
