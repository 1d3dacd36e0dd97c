// SPDX-License-Identifier: Apache-2.0
// Content codings and what a client takes of them.
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "http/http_private.h"
#include "http/page_cache.h"

static const struct {
    const char *name;
    enum page_encoding encoding;
} CODINGS[] = {
    {"gzip", PAGE_GZIP}, {"x-gzip", PAGE_GZIP}, {"br", PAGE_BROTLI}, {"zstd", PAGE_ZSTD}};

// A weight is "0", "0.", "0.0" ... exactly when no digit but 0 is in it.
static bool weight_is_zero(struct str params) {
    size_t q = str_find(params, S("q="));
    if (q == STR_NONE) return false;
    for (size_t i = q + 2; i < params.n && params.p[i] != ';'; i++)
        if (params.p[i] >= '1' && params.p[i] <= '9') return false;
    return true;
}

unsigned accept_encodings(struct str header) {
    unsigned accepted = 1u << PAGE_IDENTITY;
    struct str rest = header, part;
    while (str_split(&rest, ',', &part)) {
        size_t semi = str_find_char(part, ';');
        struct str name = str_trim(str_sub(part, 0, semi == STR_NONE ? part.n : semi));
        if (semi != STR_NONE && weight_is_zero(str_from(part, semi))) continue;
        for (size_t i = 0; i < ARRAY_LEN(CODINGS); i++)
            if (str_eq_nocase(name, str_c(CODINGS[i].name))) accepted |= 1u << CODINGS[i].encoding;
    }
    return accepted;
}

bool type_compresses(struct str content_type) {
    static const char *const TYPES[] = {"text/",
                                        "application/json",
                                        "application/javascript",
                                        "application/xml",
                                        "application/manifest+json",
                                        "application/ld+json",
                                        "application/rss+xml",
                                        "application/atom+xml",
                                        "image/svg+xml"};
    for (size_t i = 0; i < ARRAY_LEN(TYPES); i++) {
        struct str t = str_c(TYPES[i]);
        if (str_eq_nocase(str_sub(content_type, 0, t.n), t)) return true;
    }
    return false;
}

static struct str etag_opaque(struct str etag) {
    etag = str_trim(etag);
    return str_starts(etag, S("W/")) ? str_from(etag, 2) : etag;
}

bool etag_matches(struct str if_none_match, struct str etag) {
    struct str rest = if_none_match, part;
    if (etag.n == 0) return false;
    while (str_split(&rest, ',', &part)) {
        if (str_eq(str_trim(part), S("*")) || str_eq(etag_opaque(part), etag_opaque(etag)))
            return true;
    }
    return false;
}

bool compress_gzip(struct arena *a, struct str in, int level, struct str *out) {
    z_stream z = {0};
    if (in.n == 0 || in.n > UINT32_MAX) return false;
    if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    char *room = arena_alloc(a, in.n);
    z.next_in = (unsigned char *)(uintptr_t)in.p;
    z.avail_in = (uInt)in.n;
    z.next_out = (unsigned char *)room;
    z.avail_out = (uInt)in.n;
    int rc = deflate(&z, Z_FINISH);
    *out = (struct str){room, in.n - z.avail_out};
    deflateEnd(&z);
    return rc == Z_STREAM_END;
}

bool compress_brotli(struct arena *a, struct str in, struct str *out) {
    if (in.n == 0) return false;
    size_t n = in.n;
    uint8_t *room = arena_alloc(a, n);
    if (!BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, in.n,
                               (const uint8_t *)in.p, &n, room))
        return false;
    *out = (struct str){(char *)room, n};
    return n < in.n;
}

bool compress_zstd(struct arena *a, struct str in, struct str *out) {
    if (in.n == 0) return false;
    char *room = arena_alloc(a, in.n);
    size_t n = ZSTD_compress(room, in.n, in.p, in.n, 6);
    if (ZSTD_isError(n)) return false;
    *out = (struct str){room, n};
    return n < in.n;
}
