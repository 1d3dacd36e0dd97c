// SPDX-License-Identifier: Apache-2.0
// From struct response to what libmicrohttpd sends; on the worker's thread.
#include <microhttpd.h>

#include "http/http_private.h"
#include "http/server_private.h"

#define COMPRESS_FROM  ((size_t)1 << 10)
#define COMPRESS_LEVEL 2 // pages that are not kept are compressed for speed
#define COMPRESS_BEST  9 // what browsers keep for ever is sent once

bool server_add_header(struct MHD_Response *r, struct str name, struct str value) {
    if (value.n == 0 || str_eq_nocase(name, S("Content-Length"))) return true;
    return MHD_add_response_header(r, name.p, value.p) == MHD_YES;
}

struct str server_encoding_name(enum page_encoding e) {
    switch (e) {
    case PAGE_IDENTITY:
        return S("identity");
    case PAGE_GZIP:
        return S("gzip");
    case PAGE_BROTLI:
        return S("br");
    case PAGE_ZSTD:
        return S("zstd");
    }
    return S("identity");
}

static struct MHD_Response *of_bytes(struct str bytes) {
    struct MHD_Response *r = MHD_create_response_from_buffer(bytes.n, (void *)(uintptr_t)bytes.p,
                                                             MHD_RESPMEM_PERSISTENT);
    ensure(r != NULL);
    return r;
}

void server_plain(struct exchange *ex, unsigned status, struct str text) {
    ex->rs.headers = (struct http_pairs){0};
    response_type(&ex->rs, "text/plain; charset=utf-8");
    response_header(&ex->rs, "Cache-Control", S("no-store"));
    if (status == 503) response_header(&ex->rs, "Retry-After", S("5"));
    ex->status = status;
    ex->answer = of_bytes(text);
}

static bool no_body(int status) { return status == 204 || status == 304; }

// RFC 9110 13.1.2; for GET and HEAD only.
static bool not_modified(struct exchange *ex, struct str bytes) {
    struct response *rs = &ex->rs;
    if (rs->status != 200 || (ex->rq->method != HTTP_GET && ex->rq->method != HTTP_HEAD))
        return false;
    if (rs->cacheable && !pairs_get_nocase(&rs->headers, "ETag").p)
        response_header(rs, "ETag", page_etag(rs->arena, bytes));
    struct str wanted = request_header(ex->rq, "If-None-Match");
    return wanted.n && etag_matches(wanted, pairs_get_nocase(&rs->headers, "ETag"));
}

static void add_vary(struct response *rs) {
    struct str old = pairs_get_nocase(&rs->headers, "Vary");
    if (old.n == 0) {
        response_header(rs, "Vary", S("Accept-Encoding"));
    } else if (str_find(old, S("Accept-Encoding")) == STR_NONE) {
        response_header_set(rs, "Vary",
                            arena_fmt(rs->arena, STR_FMT ", Accept-Encoding", STR_ARG(old)));
    }
}

// What is not cacheable may hold a token; asked for by a foreign page it is not compressed, because
// lengths tell (BREACH).
static bool may_compress(const struct exchange *ex) {
    if (ex->rs.cacheable) return true;
    return !str_eq(request_header(ex->rq, "Sec-Fetch-Site"), S("cross-site"));
}

static struct str compressed(struct exchange *ex, struct str bytes) {
    struct response *rs = &ex->rs;
    struct str out;
    if (bytes.n < COMPRESS_FROM || pairs_get_nocase(&rs->headers, "Content-Encoding").p)
        return bytes;
    if (!type_compresses(pairs_get_nocase(&rs->headers, "Content-Type"))) return bytes;
    add_vary(rs);
    struct str accept = request_header(ex->rq, "Accept-Encoding");
    if (!accept.n || !(accept_encodings(accept) & (1u << PAGE_GZIP)) || !may_compress(ex))
        return bytes;
    struct str kept = pairs_get_nocase(&rs->headers, "Cache-Control");
    int level = str_find(kept, S("immutable")) == STR_NONE ? COMPRESS_LEVEL : COMPRESS_BEST;
    if (!compress_gzip(rs->arena, bytes, level, &out)) return bytes;
    response_header(rs, "Content-Encoding", S("gzip"));
    return out;
}

static void answer_bytes(struct exchange *ex) {
    struct response *rs = &ex->rs;
    struct str bytes = rs->body_static.p ? rs->body_static : buf_str(&rs->body);
    if (not_modified(ex, bytes)) rs->status = 304;
    if (no_body(rs->status)) bytes = S("");
    bytes = compressed(ex, bytes);
    ex->status = (unsigned)rs->status;
    ex->answer = of_bytes(bytes);
}

static void add_headers(struct server *s, struct exchange *ex) {
    bool ok = true, sniff = false;
    const struct http_pairs *h = &ex->rs.headers;
    for (size_t i = 0; i < h->n; i++) {
        sniff |= str_eq_nocase(h->v[i].name, S("X-Content-Type-Options"));
        ok &= server_add_header(ex->answer, h->v[i].name, h->v[i].value);
    }
    if (!sniff) ok &= server_add_header(ex->answer, S("X-Content-Type-Options"), S("nosniff"));
    if (atomic_load(&s->stopping)) ok &= server_add_header(ex->answer, S("Connection"), S("close"));
    ensure(ok); // names and values were checked by response_header; memory is the only other reason
}

void server_answer(struct server *s, struct exchange *ex) {
    struct response *rs = &ex->rs;
    ensure(rs->status >= 200 && rs->status <= 599);
    if (rs->body_file.p) {
        server_answer_file(ex);
    } else if (!buf_ok(&rs->body)) {
        instant now = s->options.now(s->options.world);
        if (s->options.log)
            LOG(s->options.log, now, LOG_ERROR, "http.page_too_large", {"path", ex->rq->path});
        server_plain(ex, 500, S("This page became too large.\n"));
    } else {
        answer_bytes(ex);
    }
    add_headers(s, ex);
}
