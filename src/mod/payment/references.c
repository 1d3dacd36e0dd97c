// SPDX-License-Identifier: Apache-2.0
#include <ctype.h>

#include "base/buf.h"
#include "mod/payment/camt.h"

#define TOKEN_MAX 40

static void offer(struct camt_references *out, struct str s) {
    if (s.n < 3 || s.n > TOKEN_MAX || out->n == ARRAY_LEN(out->v)) return;
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i], s)) return;
    out->v[out->n++] = s;
}

static size_t run(struct str s, size_t from, int (*is)(int)) {
    size_t n = 0;
    while (from + n < s.n && is((unsigned char)s.p[from + n])) n++;
    return n;
}

// "K202610001" is letters, a year, a counter: offer it with the hyphen after the year.
static void offer_with_hyphen(struct arena *a, struct camt_references *out, struct str s) {
    size_t letters = run(s, 0, isalpha), digits = run(s, letters, isdigit);
    if (letters == 0 || digits <= 4 || letters + digits != s.n) return;
    offer(out, arena_fmt(a, STR_FMT "-" STR_FMT, STR_ARG(str_sub(s, 0, letters + 4)),
                         STR_ARG(str_from(s, letters + 4))));
}

static bool inside(char c) { return isalnum((unsigned char)c) || c == '-'; }

void camt_references(struct arena *a, struct str text, struct camt_references *out) {
    struct str before = {0};
    *out = (struct camt_references){0};
    for (size_t i = 0; i < text.n;) {
        if (!inside(text.p[i])) {
            i++;
            continue;
        }
        struct buf b = buf_new(a, 256);
        for (; i < text.n && inside(text.p[i]); i++)
            buf_char(&b, (char)toupper((unsigned char)text.p[i]));
        struct str token = buf_str(&b);
        offer(out, token);
        offer_with_hyphen(a, out, token);
        if (before.n && before.n + token.n < TOKEN_MAX) {
            offer(out, arena_fmt(a, STR_FMT "-" STR_FMT, STR_ARG(before), STR_ARG(token)));
            offer(out, arena_fmt(a, STR_FMT STR_FMT, STR_ARG(before), STR_ARG(token)));
        }
        before = token;
    }
}

bool camt_reference_like_ours(struct str s) {
    size_t letters = run(s, 0, isalpha), year = run(s, letters, isdigit);
    if (letters == 0 || letters > 4 || year != 4) return false;
    if (!str_starts(str_from(s, letters), S("20"))) return false;
    struct str rest = str_from(s, letters + 4);
    if (!str_starts(rest, S("-"))) return false;
    size_t digits = run(rest, 1, isdigit);
    return digits >= 4 && digits <= 8 && digits + 1 == rest.n;
}
