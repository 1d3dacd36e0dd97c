// SPDX-License-Identifier: Apache-2.0
// Any text as CommonMark: the HTML holds no raw markup of the writer and no address that runs.
#include "base/fuzz.h"
#include "mod/content/content.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const never[] = {"<script", "<iframe",        "<svg",
                                        "<style",  "=\"javascript:", "=\"vbscript:"};
    struct arena a = {0};
    struct err err = {0};
    struct str source = {size ? (const char *)data : "", size}, html;
    if (size <= CONTENT_SOURCE_MAX && markdown_html(&a, source, &html, &err)) {
        ensure(str_is_utf8(html));
        for (size_t i = 0; i < ARRAY_LEN(never); i++)
            for (size_t at = 0; at + 7 < html.n; at++)
                ensure(!str_eq_nocase(str_sub(html, at, strlen(never[i])), str_c(never[i])));
    }
    arena_done(&a);
    return 0;
}
