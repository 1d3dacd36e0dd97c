// SPDX-License-Identifier: Apache-2.0
// Shared inside src/http only: limits of parsing, text tables, negotiation and compression.
#pragma once
#include "http/http.h"

#define HTTP_QUERY_MAX    100
#define HTTP_HEADERS_MAX  100
#define HTTP_HEADER_BYTES ((size_t)16 << 10)
#define HTTP_TARGET_MAX   ((size_t)8 << 10)
#define HTTP_COOKIES_MAX  100
#define HTTP_FORM_MAX     2000
#define HTTP_FILES_MAX    100

struct pairs_limit {
    struct http_pairs *pairs;
    size_t max;
    const char *what; // "form fields", for the sentence
};
bool http_text_ok(struct str s); // UTF-8 without NUL
MUST_USE bool multipart_parse(struct request *r, struct str content_type,
                              const struct pairs_limit *limit, struct err *err);
// Value of a parameter of a header such as `form-data; name="a"`; false when it is not there or
// malformed.
bool header_parameter(struct arena *a, struct str header, const char *name, struct str *out);

// Bits (1 << enum page_encoding) the client takes, identity always among them (RFC 9110 12.5.3).
unsigned accept_encodings(struct str header);
struct str page_etag(struct arena *a, struct str bytes); // weak, of the content
bool type_compresses(struct str content_type);
bool etag_matches(struct str if_none_match, struct str etag); // weak comparison, "*" matches

// Whole buffers; false when it would not become smaller. gzip: level 1..9.
bool compress_gzip(struct arena *a, struct str in, int level, struct str *out);
bool compress_brotli(struct arena *a, struct str in, struct str *out);
bool compress_zstd(struct arena *a, struct str in, struct str *out);
