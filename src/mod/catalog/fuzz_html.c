// SPDX-License-Identifier: Apache-2.0
// What comes out holds nothing that runs, is well-formed text, and cleaning it again changes
// nothing.
#include <ctype.h>

#include "base/fuzz.h"
#include "mod/catalog/html_clean.h"

// In a tag (texts have their "<" escaped) no script, no handler, no address that runs.
static void check_tag(struct str tag) {
    static const char *const never[] = {"<script", "<style", "<iframe", "<svg",
                                        "<object", "<embed", "<form",   "<input",
                                        "<meta",   "<link",  "<base",   "<math"};
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        ensure(!str_eq_nocase(str_sub(tag, 0, strlen(never[i])), str_c(never[i])));
    bool quoted = false;
    for (size_t i = 0; i + 2 < tag.n; i++) {
        if (tag.p[i] == '"') quoted = !quoted;
        ensure(quoted || tag.p[i] != ' ' || !str_eq_nocase(str_sub(tag, i + 1, 2), S("on")));
        ensure(!str_eq_nocase(str_sub(tag, i, 12), S("=\"javascript:")));
        ensure(!str_eq_nocase(str_sub(tag, i, 7), S("=\"data:")));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct err err = {0};
    struct str html = {size ? (const char *)data : "", size}, once, again;
    if (html_clean(&a, html, &once, &err)) {
        ensure(str_is_utf8(once) && str_find_char(once, 0) == STR_NONE);
        for (size_t i = 0; i < once.n; i++) {
            if (once.p[i] != '<') continue;
            size_t n = str_find_char(str_from(once, i), '>');
            ensure(n != STR_NONE);
            check_tag(str_sub(once, i, n + 1));
        }
        ensure(html_clean(&a, once, &again, &err));
        ensure(str_eq(once, again));
    } else {
        ensure(err.code != ERR_NONE);
    }
    arena_done(&a);
    return 0;
}
