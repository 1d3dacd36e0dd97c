// SPDX-License-Identifier: Apache-2.0
// Query, cookies, urlencoded bodies and paths (WHATWG URL 5.1, RFC 6265 5.4, RFC 3986 5.2.4).
#include "http/http.h"
#include "http/http_private.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// A "%" that begins no escape stands for itself, as every browser's form decoder has it.
static struct str form_decode(struct arena *a, struct str s) {
    if (s.n == 0) return S("");
    if (!memchr(s.p, '%', s.n) && !memchr(s.p, '+', s.n)) return s;
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' && i + 2 < s.n) {
            int hi = hex_digit(s.p[i + 1]), lo = hex_digit(s.p[i + 2]);
            if (hi >= 0 && lo >= 0) {
                out[n++] = (char)(hi * 16 + lo);
                i += 2;
                continue;
            }
        }
        out[n++] = s.p[i] == '+' ? ' ' : s.p[i];
    }
    return (struct str){out, n};
}

bool http_text_ok(struct str s) { return s.n == 0 || (!memchr(s.p, '\0', s.n) && str_is_utf8(s)); }

static bool parse_urlencoded(struct arena *a, struct str text, const struct pairs_limit *limit,
                             struct err *err) {
    struct str rest = text, part;
    if (text.n == 0) return true;
    while (str_split(&rest, '&', &part)) {
        if (part.n == 0) continue;
        if (limit->pairs->n >= limit->max)
            return err_set(err, ERR_TOO_LARGE, "The request has more than %zu %s.", limit->max,
                           limit->what);
        size_t eq = str_find_char(part, '=');
        struct str name = form_decode(a, str_sub(part, 0, eq == STR_NONE ? part.n : eq));
        struct str value = eq == STR_NONE ? S("") : form_decode(a, str_from(part, eq + 1));
        if (!http_text_ok(name) || !http_text_ok(value))
            return err_set(err, ERR_INVALID, "The request's %s are not valid UTF-8 text.",
                           limit->what);
        pairs_add(a, limit->pairs, name, value);
    }
    return true;
}

bool request_parse_query(struct request *r, struct str query, struct err *err) {
    struct pairs_limit limit = {&r->query, HTTP_QUERY_MAX, "query parameters"};
    return parse_urlencoded(r->arena, query, &limit, err);
}

static bool cookie_ok(struct str name, struct str value) {
    if (name.n == 0 || !http_text_ok(name) || !http_text_ok(value)) return false;
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f) return false;
    return true;
}

bool request_parse_cookies(struct request *r, struct str header, struct err *err) {
    struct str rest = header, part;
    if (header.n == 0) return true;
    while (str_split(&rest, ';', &part)) {
        size_t eq = str_find_char(part, '=');
        if (eq == STR_NONE) continue;
        struct str name = str_trim(str_sub(part, 0, eq));
        struct str value = str_trim(str_from(part, eq + 1));
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_sub(value, 1, value.n - 2);
        if (!cookie_ok(name, value)) continue;
        if (r->cookies.n >= HTTP_COOKIES_MAX)
            return err_set(err, ERR_TOO_LARGE, "The request has more than %d cookies.",
                           HTTP_COOKIES_MAX);
        pairs_add(r->arena, &r->cookies, name, value);
    }
    return true;
}

static bool type_is(struct str content_type, struct str wanted) {
    size_t semi = str_find_char(content_type, ';');
    if (semi != STR_NONE) content_type = str_sub(content_type, 0, semi);
    return str_eq_nocase(str_trim(content_type), wanted);
}

bool request_parse_body(struct request *r, struct str content_type, struct err *err) {
    struct pairs_limit limit = {&r->form, HTTP_FORM_MAX, "form fields"};
    if (type_is(content_type, S("application/x-www-form-urlencoded")))
        return parse_urlencoded(r->arena, r->body, &limit, err);
    if (type_is(content_type, S("multipart/form-data")))
        return multipart_parse(r, content_type, &limit, err);
    return true;
}

// Decodes into out (room for raw.n bytes). A decoded slash would change the segments after they
// were told apart, so it is refused.
static bool path_decode(struct str raw, char *out, size_t *n_out) {
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            if (i + 2 >= raw.n) return false;
            int hi = hex_digit(raw.p[i + 1]), lo = hex_digit(raw.p[i + 2]);
            if (hi < 0 || lo < 0) return false;
            c = (char)(hi * 16 + lo);
            i += 2;
            if (c == '/') return false;
        }
        if ((unsigned char)c < 0x20 || c == 0x7f || c == '\\') return false;
        out[n++] = c;
    }
    *n_out = n;
    return true;
}

// Removes the last segment of out[0..n), which ends in "/" and begins with one.
static size_t path_pop(const char *out, size_t n) {
    n--;
    while (n > 0 && out[n - 1] != '/') n--;
    return n;
}

bool request_normalise_path(struct arena *a, struct str raw, struct str *out) {
    if (raw.n == 0 || raw.p[0] != '/') return false;
    char *decoded = arena_alloc(a, raw.n + 1), *path = arena_alloc(a, raw.n + 1);
    size_t len, n = 0;
    if (!path_decode(raw, decoded, &len)) return false;
    struct str rest = {decoded + 1, len - 1}, segment;
    path[n++] = '/';
    while (str_split(&rest, '/', &segment)) {
        bool last = rest.p == NULL;
        if (segment.n == 0 || str_eq(segment, S("."))) continue;
        if (str_eq(segment, S(".."))) {
            if (n == 1) return false;
            n = path_pop(path, n);
            continue;
        }
        memcpy(path + n, segment.p, segment.n);
        n += segment.n;
        if (!last) path[n++] = '/';
    }
    *out = (struct str){path, n};
    return str_is_utf8(*out);
}
