// SPDX-License-Identifier: Apache-2.0
// What a request and a response are, for everybody above. Knows HTTP (RFC 9110, 6265), nothing of
// commerce. A request and all its views live in the request's arena until the response has been
// handed over.
#pragma once
#include "base/buf.h"
#include "base/err.h"
#include "base/time.h"

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER
};

struct http_pair {
    struct str name, value;
};
struct http_pairs { // repeated names are kept in order
    struct http_pair *v;
    size_t n, cap;
};
struct http_file { // one uploaded file of a multipart form
    struct str field, filename, type, bytes;
};
struct http_files {
    struct http_file *v;
    size_t n, cap;
};
struct request {
    struct arena *arena;
    enum http_method method;
    struct str method_text,
        path;                 // path: percent-decoded, valid UTF-8, no "." or ".." segments, no NUL
    struct str target;        // as sent, with query
    struct http_pairs params; // captures of the route's pattern, decoded
    struct http_pairs query;  // decoded; at most 100
    struct http_pairs headers; // at most 100 and 16 KiB in all
    struct http_pairs cookies;
    struct str body;        // raw bytes, at most the route's body_max
    struct http_pairs form; // fields of an urlencoded or multipart body; at most 2,000
    struct http_files files;
    struct str
        client; // address of the visitor (the proxy's word only when the peer is a trusted proxy)
    struct str host, scheme; // as the visitor sees the shop
    uint64_t id;             // for the log, counts from 1 in each process
    instant started;
    int refused; // 0, or the status (400, 413, 414, 431) with which this request must be answered:
                 // then only method, client, host and what could be read are set, and no handler of
                 // a route runs
};
// "GET"; "OTHER" for HTTP_OTHER. Method names are case-sensitive (RFC 9110 9.1).
const char *http_method_name(enum http_method m);
enum http_method http_method_parse(struct str name);
const char *http_status_text(int status); // reason phrase, "" when unknown

void pairs_add(struct arena *a, struct http_pairs *p, struct str name,
               struct str value);                                   // views, not copies
struct str pairs_get(const struct http_pairs *p, const char *name); // first of that name, or absent
struct str pairs_get_nocase(const struct http_pairs *p, const char *name); // for header names
static inline struct str request_param(const struct request *r, const char *n) {
    return pairs_get(&r->params, n);
}
static inline struct str request_query(const struct request *r, const char *n) {
    return pairs_get(&r->query, n);
}
static inline struct str request_form(const struct request *r, const char *n) {
    return pairs_get(&r->form, n);
}
static inline struct str request_header(const struct request *r, const char *n) {
    return pairs_get_nocase(&r->headers, n);
}
static inline struct str request_cookie(const struct request *r, const char *n) {
    return pairs_get(&r->cookies, n);
}
// Parse the parts of a request; false with ERR_INVALID or ERR_TOO_LARGE. Pure: fuzzed. The server
// has called them all before a handler sees the request. Query and form values are valid UTF-8
// without NUL. Cookies are not decoded; one that is not well-formed is passed over, because a
// visitor could not get rid of it.
MUST_USE bool request_parse_query(struct request *r, struct str query, struct err *err);
MUST_USE bool request_parse_cookies(struct request *r, struct str header, struct err *err);
MUST_USE bool request_parse_body(struct request *r, struct str content_type,
                                 struct err *err); // fills form, files
// Percent-decodes, merges "//", resolves "." and "..". False: not starting with "/", above the
// root, a bad escape, an encoded slash, control characters, or not UTF-8.
MUST_USE bool request_normalise_path(struct arena *a, struct str raw, struct str *out);

#define RESPONSE_TOPICS_MAX 256
struct response {
    struct arena *arena;
    int status; // 200 unless set
    struct http_pairs headers;
    struct buf body;
    struct str body_static; // instead of body: bytes that outlive the response (assets), or
    struct str body_file;   // a file of the data directory to send (media); absolute path
    uint64_t
        topics[RESPONSE_TOPICS_MAX]; // what this page shows (page_cache.h), topic_count of them;
    size_t topic_count;              // one more than fits: too many, the page is not kept
    bool cacheable; // set by a handler whose route allows caching and whose page shows nothing
                    // personal
};
struct response
response_new(struct arena *a); // status 200, empty body of at most BUF_MAX_DEFAULT bytes
void response_header(struct response *r, const char *name,
                     struct str value); // adds; CR, LF and NUL in value are a bug
void response_header_set(struct response *r, const char *name,
                         struct str value); // replaces all of that name
void response_type(struct response *r, const char *content_type);
// 301, 302, 303, 307, 308. What may not stand in a URI is percent-encoded.
void response_redirect(struct response *r, int status, struct str location);
void response_topic(struct response *r,
                    uint64_t topic); // once each; too many make the page uncacheable
struct cookie {
    const char *name;
    struct str value;
    int64_t max_age_s; // 0: session cookie; -1: delete
    bool http_only, secure, strict;
};
// Name and value are cookie octets (RFC 6265 4.1.1); anything else is a bug.
void response_cookie(struct response *r,
                     const struct cookie *c); // SameSite=Lax unless strict; Path=/
