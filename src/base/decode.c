// SPDX-License-Identifier: Apache-2.0
// The way back from hex, base64 and percent-encoding (declared in buf.h).
#include "base/buf.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static int hex_byte(struct str s, size_t at) {
    if (s.n - at < 2) return -1;
    int high = hex_digit(s.p[at]), low = hex_digit(s.p[at + 1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool hex_decode(struct arena *a, struct str hex, struct str *out) {
    if (hex.n % 2) return false;
    char *to = arena_alloc(a, hex.n / 2 + 1);
    for (size_t i = 0; i < hex.n; i += 2) {
        int byte = hex_byte(hex, i);
        if (byte < 0) return false;
        to[i / 2] = (char)byte;
    }
    *out = (struct str){to, hex.n / 2};
    return true;
}

static int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

bool base64_decode(struct arena *a, struct str text, struct str *out) {
    if (text.n % 4 == 0 && str_ends(text, S("="))) text.n -= str_ends(text, S("==")) ? 2 : 1;
    if (text.n % 4 == 1) return false;
    char *to = arena_alloc(a, text.n / 4 * 3 + 3);
    size_t n = 0;
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < text.n; i++) {
        int digit = base64_digit(text.p[i]);
        if (digit < 0) return false;
        bits = (bits << 6 | (unsigned)digit) & 0xFFFF;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        to[n++] = (char)(bits >> have & 0xFF);
    }
    if (bits & ((1u << have) - 1)) return false; // left-over bits: not what an encoder makes
    *out = (struct str){to, n};
    return true;
}

bool url_decode(struct arena *a, struct str text, bool plus_is_space, struct str *out) {
    char *to = arena_alloc_array(a, text.n + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            int byte = hex_byte(text, i + 1);
            if (byte < 0) return false;
            c = (char)byte;
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        to[n++] = c;
    }
    *out = (struct str){to, n};
    return true;
}
