// SPDX-License-Identifier: Apache-2.0
// The boundary is "B"; parts must be views into the body.
#include "base/fuzz.h"
#include "http/http.h"
#include "http/http_private.h"

static void inside(struct str part, struct str body) {
    ensure(part.n == 0 || (part.p >= body.p && part.p + part.n <= body.p + body.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct request r = {.arena = &a, .body = {size ? (const char *)data : "", size}};
    struct err err = {0};
    if (request_parse_body(&r, S("multipart/form-data; boundary=B"), &err)) {
        for (size_t i = 0; i < r.form.n; i++) {
            ensure(http_text_ok(r.form.v[i].name) && http_text_ok(r.form.v[i].value));
            inside(r.form.v[i].value, r.body);
        }
        for (size_t i = 0; i < r.files.n; i++) {
            ensure(str_find_char(r.files.v[i].filename, '/') == STR_NONE);
            inside(r.files.v[i].bytes, r.body);
        }
    } else {
        ensure(err.code != ERR_NONE);
    }
    arena_done(&a);
    return 0;
}
