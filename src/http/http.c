// SPDX-License-Identifier: Apache-2.0
#include "http/http.h"

#include "base/vec.h"

static const struct {
    enum http_method method;
    const char *name;
} METHODS[] = {
    {HTTP_GET, "GET"},         {HTTP_HEAD, "HEAD"},   {HTTP_POST, "POST"},
    {HTTP_PUT, "PUT"},         {HTTP_PATCH, "PATCH"}, {HTTP_DELETE, "DELETE"},
    {HTTP_OPTIONS, "OPTIONS"}, {HTTP_OTHER, "OTHER"},
};

static const struct {
    int status;
    const char *text;
} STATUS[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

const char *http_method_name(enum http_method m) {
    ensure((size_t)m < ARRAY_LEN(METHODS));
    return METHODS[m].name;
}

enum http_method http_method_parse(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(METHODS) - 1; i++)
        if (str_eq(name, str_c(METHODS[i].name))) return METHODS[i].method;
    return HTTP_OTHER;
}

const char *http_status_text(int status) {
    for (size_t i = 0; i < ARRAY_LEN(STATUS); i++)
        if (STATUS[i].status == status) return STATUS[i].text;
    return "";
}

void pairs_add(struct arena *a, struct http_pairs *p, struct str name, struct str value) {
    *VEC_PUSH(a, p) = (struct http_pair){name, value};
}

struct str pairs_get(const struct http_pairs *p, const char *name) {
    struct str n = str_c(name);
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].name, n)) return p->v[i].value;
    return (struct str){0};
}

struct str pairs_get_nocase(const struct http_pairs *p, const char *name) {
    struct str n = str_c(name);
    for (size_t i = 0; i < p->n; i++)
        if (str_eq_nocase(p->v[i].name, n)) return p->v[i].value;
    return (struct str){0};
}

struct response response_new(struct arena *a) {
    return (struct response){.arena = a, .status = 200, .body = buf_new(a, 0)};
}

static bool header_value_ok(struct str v) {
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] == '\r' || v.p[i] == '\n' || v.p[i] == '\0') return false;
    return true;
}

void response_header(struct response *r, const char *name, struct str value) {
    ensure(header_value_ok(value));
    char *copy = arena_alloc(r->arena, value.n + 1);
    if (value.n) memcpy(copy, value.p, value.n);
    for (size_t i = 0; i < value.n; i++)
        if (copy[i] == '\t') copy[i] = ' ';
    pairs_add(r->arena, &r->headers, arena_str(r->arena, str_c(name)), (struct str){copy, value.n});
}

void response_header_set(struct response *r, const char *name, struct str value) {
    struct str n = str_c(name);
    size_t kept = 0;
    for (size_t i = 0; i < r->headers.n; i++)
        if (!str_eq_nocase(r->headers.v[i].name, n)) r->headers.v[kept++] = r->headers.v[i];
    r->headers.n = kept;
    response_header(r, name, value);
}

void response_type(struct response *r, const char *content_type) {
    response_header_set(r, "Content-Type", str_c(content_type));
}

// What RFC 3986 lets stand in a URI reference, "%" included.
static bool uri_char(unsigned char c) {
    if (c <= 0x20 || c >= 0x7f) return false;
    return memchr("\"<>\\^`{|}", c, 9) == NULL;
}

void response_redirect(struct response *r, int status, struct str location) {
    ensure(status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
    struct buf b = buf_new(r->arena, location.n * 3 + 1);
    for (size_t i = 0; i < location.n; i++) {
        unsigned char c = (unsigned char)location.p[i];
        if (uri_char(c)) {
            buf_char(&b, (char)c);
        } else {
            buf_fmt(&b, "%%%02X", c);
        }
    }
    r->status = status;
    response_header_set(r, "Location", buf_str(&b));
}

void response_topic(struct response *r, uint64_t topic) {
    if (r->topic_count > RESPONSE_TOPICS_MAX) return;
    for (size_t i = 0; i < r->topic_count; i++)
        if (r->topics[i] == topic) return;
    if (r->topic_count < RESPONSE_TOPICS_MAX) r->topics[r->topic_count] = topic;
    r->topic_count++;
}

// RFC 6265 4.1.1 cookie-octet; a name is a token, which is narrower still.
static bool cookie_octets(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
    }
    return true;
}

void response_cookie(struct response *r, const struct cookie *c) {
    ensure(c->name[0] != '\0' && cookie_octets(str_c(c->name)) && !strchr(c->name, '='));
    ensure(cookie_octets(c->value));
    struct buf b = buf_new(r->arena, 8192);
    buf_fmt(&b, "%s=", c->name);
    if (c->max_age_s >= 0) buf_put(&b, c->value);
    buf_put(&b, S("; Path=/"));
    if (c->max_age_s > 0) buf_fmt(&b, "; Max-Age=%lld", (long long)c->max_age_s);
    if (c->max_age_s < 0) buf_put(&b, S("; Max-Age=0"));
    if (c->http_only) buf_put(&b, S("; HttpOnly"));
    if (c->secure) buf_put(&b, S("; Secure"));
    buf_put(&b, c->strict ? S("; SameSite=Strict") : S("; SameSite=Lax"));
    ensure(buf_ok(&b));
    response_header(r, "Set-Cookie", buf_str(&b));
}
