// SPDX-License-Identifier: Apache-2.0
// multipart/form-data (RFC 7578, RFC 2046 5.1) of a body that is whole in memory; parts are views
// into it.
#include "base/vec.h"
#include "http/http.h"
#include "http/http_private.h"

#define PART_HEADERS_MAX ((size_t)8 << 10)
#define BOUNDARY_MAX     70

// Reads a token or quoted string at the start of *rest. Browsers escape the quote as %22 (WHATWG
// HTML 4.10.22.8), curl as \"; other backslashes are kept, old browsers sent whole Windows paths.
static bool take_value(struct arena *a, struct str *rest, struct str *out) {
    if (rest->n == 0 || rest->p[0] != '"') {
        size_t semi = str_find_char(*rest, ';');
        *out = str_trim(str_sub(*rest, 0, semi == STR_NONE ? rest->n : semi));
        *rest = semi == STR_NONE ? (struct str){rest->p + rest->n, 0} : str_from(*rest, semi);
        return true;
    }
    char *text = arena_alloc(a, rest->n);
    size_t n = 0, i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n &&
            (rest->p[i + 1] == '"' || rest->p[i + 1] == '\\'))
            i++;
        text[n++] = rest->p[i];
    }
    if (i >= rest->n) return false;
    *out = (struct str){text, n};
    *rest = str_from(*rest, i + 1);
    return true;
}

bool header_parameter(struct arena *a, struct str header, const char *name, struct str *out) {
    size_t semi = str_find_char(header, ';');
    if (semi == STR_NONE) return false;
    struct str rest = str_from(header, semi), wanted = str_c(name);
    while (rest.n > 0 && rest.p[0] == ';') {
        rest = str_from(rest, 1);
        size_t eq = str_find_char(rest, '=');
        if (eq == STR_NONE) return false;
        struct str key = str_trim(str_sub(rest, 0, eq)), value;
        rest = str_trim(str_from(rest, eq + 1));
        if (!take_value(a, &rest, &value)) return false;
        if (str_eq_nocase(key, wanted)) {
            *out = value;
            return true;
        }
        rest = str_trim(rest);
    }
    return false;
}

static bool boundary_ok(struct str b) {
    if (b.n == 0 || b.n > BOUNDARY_MAX) return false;
    for (size_t i = 0; i < b.n; i++)
        if ((unsigned char)b.p[i] <= 0x20 || (unsigned char)b.p[i] >= 0x7f) return false;
    return true;
}

// Undoes the three escapes browsers put into names.
static struct str name_decode(struct arena *a, struct str s) {
    static const struct {
        const char *escape;
        char c;
    } ESCAPES[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        for (size_t k = 0; k < ARRAY_LEN(ESCAPES); k++) {
            if (str_eq(str_sub(s, i, 3), str_c(ESCAPES[k].escape))) {
                c = ESCAPES[k].c;
                i += 2;
                break;
            }
        }
        out[n++] = c;
    }
    return (struct str){out, n};
}

// The last part of a path of either system, with control characters made harmless.
static struct str filename_clean(struct arena *a, struct str name) {
    for (size_t i = name.n; i > 0; i--) {
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
            name = str_from(name, i);
            break;
        }
    }
    char *out = arena_alloc(a, name.n + 1);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        out[i] = c < 0x20 || c == 0x7f ? '_' : name.p[i];
    }
    return (struct str){out, name.n};
}

static bool malformed(struct err *err, const char *detail) {
    err_set(err, ERR_INVALID, "The form could not be read.");
    return err_detail(err, "multipart: %s", detail);
}

struct part {
    struct str name, filename, type, bytes;
    bool is_file;
};

static bool part_headers(struct arena *a, struct str block, struct part *out, struct err *err) {
    struct str rest = block, disposition = {0};
    while (rest.n > 0) {
        size_t end = str_find(rest, S("\r\n"));
        struct str line = str_sub(rest, 0, end == STR_NONE ? rest.n : end);
        rest = end == STR_NONE ? (struct str){0} : str_from(rest, end + 2);
        size_t colon = str_find_char(line, ':');
        if (colon == STR_NONE) return malformed(err, "header without colon");
        struct str name = str_trim(str_sub(line, 0, colon));
        if (str_eq_nocase(name, S("content-disposition"))) disposition = str_from(line, colon + 1);
        if (str_eq_nocase(name, S("content-type"))) out->type = str_trim(str_from(line, colon + 1));
    }
    if (!http_text_ok(disposition) || !http_text_ok(out->type))
        return malformed(err, "header is not UTF-8");
    if (!header_parameter(a, disposition, "name", &out->name))
        return malformed(err, "part without name");
    out->name = name_decode(a, out->name);
    out->is_file = header_parameter(a, disposition, "filename", &out->filename);
    if (out->is_file) out->filename = filename_clean(a, name_decode(a, out->filename));
    return true;
}

static bool part_keep(struct request *r, const struct part *p, const struct pairs_limit *limit,
                      struct err *err) {
    if (p->is_file && p->filename.n == 0 && p->bytes.n == 0) return true; // no file was chosen
    if (p->is_file) {
        if (r->files.n >= HTTP_FILES_MAX)
            return err_set(err, ERR_TOO_LARGE, "The form has more than %d files.", HTTP_FILES_MAX);
        *VEC_PUSH(r->arena, &r->files) =
            (struct http_file){p->name, p->filename, p->type, p->bytes};
        return true;
    }
    if (limit->pairs->n >= limit->max)
        return err_set(err, ERR_TOO_LARGE, "The request has more than %zu %s.", limit->max,
                       limit->what);
    if (!http_text_ok(p->bytes)) return malformed(err, "field is not UTF-8");
    pairs_add(r->arena, limit->pairs, p->name, p->bytes);
    return true;
}

// After a delimiter: "--" ends, otherwise optional white space and CRLF begin a part.
static bool delimiter_rest(struct str *rest, bool *end_out, struct err *err) {
    *end_out = str_starts(*rest, S("--"));
    if (*end_out) return true;
    size_t i = 0;
    while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t')) i++;
    *rest = str_from(*rest, i);
    if (!str_starts(*rest, S("\r\n"))) return malformed(err, "delimiter line");
    *rest = str_from(*rest, 2);
    return true;
}

static bool part_split(struct str *rest, struct str delimiter, struct str *headers_out,
                       struct str *bytes_out, struct err *err) {
    size_t blank = str_find(str_sub(*rest, 0, PART_HEADERS_MAX), S("\r\n\r\n"));
    if (blank == STR_NONE) return malformed(err, "part without end of headers");
    *headers_out = str_sub(*rest, 0, blank);
    // The delimiter owns the CRLF before it, which for an empty part is the blank line's own.
    struct str from = str_from(*rest, blank + 2);
    size_t end = str_find(from, delimiter);
    if (end == STR_NONE) return malformed(err, "part without end");
    *bytes_out = end < 2 ? S("") : str_sub(from, 2, end - 2);
    *rest = str_from(from, end + delimiter.n);
    return true;
}

bool multipart_parse(struct request *r, struct str content_type, const struct pairs_limit *limit,
                     struct err *err) {
    struct str boundary, rest = r->body;
    if (!header_parameter(r->arena, content_type, "boundary", &boundary) || !boundary_ok(boundary))
        return malformed(err, "no boundary");
    struct str delimiter = arena_fmt(r->arena, "\r\n--" STR_FMT, STR_ARG(boundary));
    if (str_starts(rest, str_from(delimiter, 2))) {
        rest = str_from(rest, delimiter.n - 2);
    } else {
        size_t first = str_find(rest, delimiter); // a preamble is passed over
        if (first == STR_NONE) return malformed(err, "no delimiter");
        rest = str_from(rest, first + delimiter.n);
    }
    for (bool end = false;;) {
        TRY(delimiter_rest(&rest, &end, err));
        if (end) return true;
        struct part p = {0};
        struct str headers;
        TRY(part_split(&rest, delimiter, &headers, &p.bytes, err));
        TRY(part_headers(r->arena, headers, &p, err));
        TRY(part_keep(r, &p, limit, err));
    }
}
