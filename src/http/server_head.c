// SPDX-License-Identifier: Apache-2.0
// From the bytes of a request's head to struct request. Everything hostile ends here with a status.
#include <arpa/inet.h>
#include <microhttpd.h>

#include "base/vec.h"
#include "http/http_private.h"
#include "http/server_private.h"

struct head { // while the headers are walked
    struct request *rq;
    size_t bytes;
    int status;
};

// RFC 9110 5.6.2 token
static bool token_ok(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", c)) return false;
    }
    return s.n > 0;
}

static bool value_ok(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f) return false;
    return http_text_ok(s);
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n,
                                 const char *value, size_t value_n) {
    struct head *h = cls;
    struct str name = {key, key_n}, v = str_trim((struct str){value ? value : "", value_n});
    (void)kind;
    h->bytes += key_n + value_n + 4;
    if (h->rq->headers.n >= HTTP_HEADERS_MAX || h->bytes > HTTP_HEADER_BYTES) {
        h->status = 431;
    } else if (!token_ok(name)) {
        h->status = 400;
    } else if (!value_ok(v)) {
        // A cookie that a visitor cannot get rid of must not lock him out.
        if (!str_eq_nocase(name, S("Cookie"))) h->status = 400;
    } else {
        pairs_add(h->rq->arena, &h->rq->headers, name, v);
    }
    return h->status ? MHD_NO : MHD_YES;
}

static size_t header_count(const struct request *rq, struct str name, struct str *last_out) {
    size_t n = 0;
    for (size_t i = 0; i < rq->headers.n; i++) {
        if (!str_eq_nocase(rq->headers.v[i].name, name)) continue;
        *last_out = rq->headers.v[i].value;
        n++;
    }
    return n;
}

// RFC 9112 6.3: a message whose length could be read in two ways is refused.
static bool framing_ok(const struct request *rq) {
    struct str length = {0}, coding = {0};
    size_t lengths = header_count(rq, S("Content-Length"), &length);
    size_t codings = header_count(rq, S("Transfer-Encoding"), &coding);
    if (lengths > 1 || codings > 1 || (lengths && codings)) return false;
    if (codings && !str_eq_nocase(coding, S("chunked"))) return false;
    for (size_t i = 0; i < length.n; i++)
        if (length.p[i] < '0' || length.p[i] > '9') return false;
    return !lengths || (length.n > 0 && length.n < 19);
}

bool server_has_body(const struct request *rq, size_t *length_out) {
    int64_t n = 0;
    *length_out = SIZE_MAX;
    if (request_header(rq, "Transfer-Encoding").p) return true;
    if (!str_to_int(request_header(rq, "Content-Length"), &n) || n <= 0) return false;
    *length_out = (size_t)n;
    return true;
}

static bool host_ok(struct str s) {
    if (s.n == 0 || s.n > 255) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!name && !memchr(".-:[]_", c, 6)) return false;
    }
    return true;
}

static struct str last_of_list(struct str list) {
    struct str part, last = {0};
    while (str_split(&list, ',', &part)) last = str_trim(part);
    return last;
}

static bool address_ok(struct str s) {
    char text[INET6_ADDRSTRLEN];
    unsigned char address[16];
    if (s.n == 0 || s.n >= sizeof text) return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return inet_pton(strchr(text, ':') ? AF_INET6 : AF_INET, text, address) == 1;
}

// Who asks, and how the visitor sees the shop. A proxy's word counts only from the trusted one, and
// of its list only what that proxy itself added.
static bool read_origin(struct conn *c, bool host_needed, struct request *rq) {
    const struct server *s = c->server;
    struct str host = {0};
    size_t hosts = header_count(rq, S("Host"), &host);
    rq->client = str_c(c->address);
    rq->scheme = S("http");
    if (s->trusted_proxy[0] && str_eq(rq->client, str_c(s->trusted_proxy))) {
        struct str client = last_of_list(request_header(rq, "X-Forwarded-For"));
        struct str proto = last_of_list(request_header(rq, "X-Forwarded-Proto"));
        struct str given = last_of_list(request_header(rq, "X-Forwarded-Host"));
        if (address_ok(client)) rq->client = client;
        if (str_eq_nocase(proto, S("https"))) rq->scheme = S("https");
        if (host_ok(given)) host = given;
    }
    rq->host = host;
    return hosts <= 1 && (hosts == 1 || !host_needed) && (host.p == NULL || host_ok(host));
}

// origin-form, or absolute-form of which scheme and authority are dropped (RFC 9112 3.2.2)
static struct str origin_form(struct str target) {
    size_t scheme = str_find(target, S("://"));
    if (str_starts(target, S("/")) || scheme == STR_NONE || scheme > 5) return target;
    struct str rest = str_from(target, scheme + 3);
    size_t slash = str_find_char(rest, '/');
    return slash == STR_NONE ? S("/") : str_from(rest, slash);
}

static int read_target(struct request *rq) {
    struct err err = {0};
    struct str target = origin_form(rq->target);
    size_t mark = str_find_char(target, '?');
    struct str query = mark == STR_NONE ? S("") : str_from(target, mark + 1);
    if (rq->target.n > HTTP_TARGET_MAX) return 414;
    struct str path;
    if (!request_normalise_path(rq->arena, str_sub(target, 0, mark == STR_NONE ? target.n : mark),
                                &path))
        return 400;
    rq->path = path;
    if (!request_parse_query(rq, query, &err)) return 400;
    return 0;
}

static int read_all(struct conn *c, struct MHD_Connection *mhd, const char *version,
                    struct request *rq) {
    struct head h = {.rq = rq};
    struct err err = {0};
    rq->path = S("/"); // until the target is read, for who answers a refusal
    MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, on_header, &h);
    bool origin = read_origin(c, strcmp(version, "HTTP/1.0") != 0, rq);
    if (h.status) return h.status;
    if (!origin || !framing_ok(rq)) return 400;
    int status = read_target(rq);
    if (status) return status;
    if (!request_parse_cookies(rq, request_header(rq, "Cookie"), &err)) return 431;
    return 0;
}

bool server_read_head(struct conn *c, struct MHD_Connection *mhd, const char *version,
                      struct request *rq) {
    rq->refused = read_all(c, mhd, version, rq);
    if (rq->refused == 414) rq->target = str_sub(rq->target, 0, 256);
    return rq->refused == 0;
}
