// SPDX-License-Identifier: Apache-2.0
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "core/i18n_private.h"

enum { SLUG_MAX = 120 }; // characters

struct utf16 utf16_of(struct arena *a, struct str s) {
    UChar *p = ARENA_ARRAY(a, UChar, s.n + 1);
    int32_t n = 0;
    UErrorCode status = U_ZERO_ERROR;
    ensure(s.n < INT32_MAX);
    u_strFromUTF8WithSub(p, (int32_t)s.n + 1, &n, s.p ? s.p : "", (int32_t)s.n, 0xFFFD, NULL,
                         &status);
    ensure(U_SUCCESS(status)); // n bytes never make more than n units
    return (struct utf16){p, n};
}

struct str utf16_to(struct arena *a, struct utf16 s) {
    int32_t cap = s.n * 3 + 1, n = 0;
    char *p = arena_alloc(a, (size_t)cap);
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8WithSub(p, cap, &n, s.p, s.n, 0xFFFD, NULL, &status);
    ensure(U_SUCCESS(status));
    return (struct str){p, (size_t)n};
}

// The character at *i, which moves behind it. The text is well-formed: it comes out of utf16_of.
static UChar32 next(struct utf16 s, int32_t *i) {
    UChar32 ch = s.p[(*i)++];
    if (ch < 0xD800 || ch > 0xDBFF || *i == s.n) return ch;
    return 0x10000 + (ch - 0xD800) * 0x400 + (s.p[(*i)++] - 0xDC00);
}

static struct utf16 normalised(struct arena *a, const UNormalizer2 *how, struct utf16 s) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t cap = s.n * 3 + 32;
    UChar *p = ARENA_ARRAY(a, UChar, (size_t)cap);
    int32_t n = unorm2_normalize(how, s.p, s.n, p, cap, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) { // U+FDFA alone becomes 18
        status = U_ZERO_ERROR;
        p = ARENA_ARRAY(a, UChar, (size_t)n + 1);
        n = unorm2_normalize(how, s.p, s.n, p, n + 1, &status);
    }
    return U_SUCCESS(status) ? (struct utf16){p, n} : s;
}

static struct utf16 without_marks(struct arena *a, struct utf16 s) {
    UChar *p = ARENA_ARRAY(a, UChar, (size_t)s.n + 1);
    int32_t n = 0;
    for (int32_t i = 0; i < s.n;) {
        int32_t from = i;
        UChar32 ch = next(s, &i);
        if (u_charType(ch) == U_NON_SPACING_MARK) continue;
        for (; from < i; from++) p[n++] = s.p[from];
    }
    return (struct utf16){p, n};
}

struct str text_fold(struct arena *a, struct str s) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
    const UNormalizer2 *apart = unorm2_getNFDInstance(&status);
    const UNormalizer2 *together = unorm2_getNFCInstance(&status);
    ensure(U_SUCCESS(status));
    struct utf16 t = normalised(a, apart, normalised(a, fold, utf16_of(a, s)));
    return utf16_to(a, normalised(a, together, without_marks(a, t)));
}

struct str text_pattern(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    buf_char(&b, '%');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' || s.p[i] == '_' || s.p[i] == '!') buf_char(&b, '!');
        buf_char(&b, s.p[i]);
    }
    buf_char(&b, '%');
    return buf_str(&b);
}

// Letters that people write in another way than by dropping a mark.
static const char *spelled(UChar32 ch) {
    static const struct {
        UChar32 ch;
        const char *text;
    } table[] = {
        {0xE4, "ae"},  {0xF6, "oe"}, {0xFC, "ue"},   {0xDF, "ss"}, {0xE6, "ae"},
        {0x153, "oe"}, {0xF8, "o"},  {0xF0, "d"},    {0xFE, "th"}, {0x142, "l"},
        {0x111, "d"},  {0x131, "i"}, {'&', "-und-"},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (table[i].ch == ch) return table[i].text;
    return NULL;
}

static struct str respelled(struct arena *a, struct str s) {
    UErrorCode status = U_ZERO_ERROR;
    struct utf16 t = normalised(a, unorm2_getNFCInstance(&status), utf16_of(a, s));
    struct buf b = buf_new(a, 0);
    for (int32_t i = 0; i < t.n;) {
        int32_t from = i;
        UChar32 ch = next(t, &i);
        const char *other = spelled(u_tolower(ch));
        buf_put(&b, other ? str_c(other) : utf16_to(a, (struct utf16){t.p + from, i - from}));
    }
    return buf_str(&b);
}

struct str text_slug(struct arena *a, struct str s) {
    struct utf16 t = utf16_of(a, text_fold(a, respelled(a, s)));
    UChar *p = ARENA_ARRAY(a, UChar, (size_t)t.n + 1);
    int32_t n = 0;
    for (int32_t i = 0; i < t.n && n < SLUG_MAX;) {
        int32_t from = i;
        UChar32 ch = next(t, &i);
        if (u_isalnum(ch))
            for (; from < i; from++) p[n++] = t.p[from];
        else if (n && p[n - 1] != '-')
            p[n++] = '-';
    }
    while (n && p[n - 1] == '-') n--;
    return utf16_to(a, (struct utf16){p, n});
}

int text_compare(struct ctx *c, struct str x, struct str y) {
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult r = ucol_strcollUTF8(c->shop->i18n->collator[c->lang], x.p ? x.p : "",
                                          (int32_t)x.n, y.p ? y.p : "", (int32_t)y.n, &status);
    return U_FAILURE(status) ? str_cmp(x, y) : (int)r;
}
