// SPDX-License-Identifier: Apache-2.0
#include "base/fuzz.h"
#include "http/http.h"
#include "http/http_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str out, part, rest;
    if (request_normalise_path(&a, (struct str){size ? (const char *)data : "", size}, &out)) {
        ensure(out.n > 0 && out.p[0] == '/' && http_text_ok(out));
        ensure(str_find(out, S("//")) == STR_NONE);
        rest = str_from(out, 1);
        while (str_split(&rest, '/', &part))
            ensure(!str_eq(part, S(".")) && !str_eq(part, S("..")));
    }
    arena_done(&a);
    return 0;
}
