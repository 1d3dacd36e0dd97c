// SPDX-License-Identifier: Apache-2.0
// Query, cookies and an urlencoded body out of the same bytes; what comes out must hold what http.h
// promises.
#include "base/fuzz.h"
#include "http/http.h"
#include "http/http_private.h"

static void check(const struct http_pairs *p, size_t max) {
    ensure(p->n <= max);
    for (size_t i = 0; i < p->n; i++)
        ensure(http_text_ok(p->v[i].name) && http_text_ok(p->v[i].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = {0};
    struct str text = {size ? (const char *)data : "", size}, value;
    struct request r = {.arena = &a, .body = text};
    struct err err = {0};
    (void)!request_parse_query(&r, text, &err);
    (void)!request_parse_cookies(&r, text, &err);
    (void)!request_parse_body(&r, S("application/x-www-form-urlencoded"), &err);
    check(&r.query, HTTP_QUERY_MAX);
    check(&r.cookies, HTTP_COOKIES_MAX);
    check(&r.form, HTTP_FORM_MAX);
    (void)header_parameter(&a, text, "name", &value);
    (void)accept_encodings(text);
    (void)etag_matches(text, S("\"a\""));
    arena_done(&a);
    return 0;
}
