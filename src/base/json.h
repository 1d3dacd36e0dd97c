// SPDX-License-Identifier: Apache-2.0
// JSON (RFC 8259). Writing streams into a buf; the writer places commas and checks nesting (a
// misuse, or more than 64 levels, is a bug). Reading goes through Jansson into an arena tree of our
// own, so that the rest of Kontor has one lifetime model. Limits of reading: 64 MiB text, depth 48,
// no duplicate keys. Numbers with a fraction or exponent are kept as the literal in JSON_NUMBER and
// integers outside int64 are refused, because money must not pass through double.
#pragma once
#include "base/buf.h"
#include "base/err.h"

enum json_type {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};
struct json {
    enum json_type type;
    bool boolean;
    int64_t integer;    // JSON_INT
    struct str text;    // JSON_STRING: UTF-8; JSON_NUMBER: the literal
    struct json *items; // JSON_ARRAY and JSON_OBJECT, n of them, in file order
    struct str *keys;   // JSON_OBJECT
    size_t n;
};
MUST_USE bool json_parse(struct arena *a, struct str text, struct json *out, struct err *err);
const struct json *json_get(const struct json *object,
                            struct str key); // NULL when absent or not an object
const struct json *json_path(const struct json *v,
                             const char *dotted); // "data.object.id"; array index as number
struct str json_text(const struct json *v, const char *dotted); // the string there, or absent
int64_t json_int(const struct json *v, const char *dotted, int64_t otherwise);
bool json_bool(const struct json *v, const char *dotted); // true only when true stands there

struct json_writer {
    struct buf *out;
    uint64_t open;  // bit per level: 1 = an item was written
    uint64_t isobj; // bit per level
    int depth;
    bool after_key;
};
struct json_writer json_writer(struct buf *out);
void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_key_str(struct json_writer *w, struct str key);
// Absent (p == NULL) is written as null, ill-formed UTF-8 as U+FFFD, and "<" as \u003c so that the
// text can stand in a script element.
void json_put_str(struct json_writer *w, struct str s);
void json_put_int(struct json_writer *w, int64_t v);
void json_put_bool(struct json_writer *w, bool v);
void json_put_null(struct json_writer *w);
void json_put_raw(struct json_writer *w, struct str json);  // already JSON
void json_put(struct json_writer *w, const struct json *v); // a whole value
