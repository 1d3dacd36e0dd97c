// SPDX-License-Identifier: Apache-2.0
// Languages that a browser asks for, zones, and texts on their way to search keys and handles.
#include "base/fuzz.h"
#include "core/i18n.h"

static bool handle_char(char c) { // letters of other scripts stand in handles, too
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (unsigned char)c >= 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str s = {size ? (const char *)data : "", size};
    enum lang l = lang_negotiate(s, LANG_EN);
    ensure(l == LANG_DE || l == LANG_EN);
    (void)lang_parse(s, &l);
    (void)zone_valid(s);
    struct str slug = text_slug(&a, s);
    ensure(str_is_utf8(slug));
    for (size_t i = 0; i < slug.n; i++) ensure(handle_char(slug.p[i]));
    bool ascii = str_utf8_len(slug) == slug.n;
    ensure(!ascii || str_eq(text_slug(&a, slug), slug));
    ensure(str_is_utf8(text_fold(&a, s)));
    arena_done(&a);
    return 0;
}
