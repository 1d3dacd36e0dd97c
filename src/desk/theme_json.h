// SPDX-License-Identifier: Apache-2.0
// Changing JSON of themes. Trees are never altered: a change gives a new tree that shares what
// stayed, so what the editor does not understand survives as it was, in its order, with its numbers
// as they were written. Comments are lost.
#pragma once
#include "base/buf.h"
#include "theme/schema.h"

#define JSON_AT(...)                                                                               \
    ((const struct str[]){__VA_ARGS__}), ARRAY_LEN(((const struct str[]){__VA_ARGS__}))
struct theme_json theme_json_object(void);
struct theme_json theme_json_string(struct str s);
struct theme_json theme_json_bool(bool b);
struct theme_json theme_json_number(struct str literal); // as JSON writes it
struct theme_json theme_json_texts(struct arena *a, const struct str *v, size_t n); // an array
// The member of that key, or of a path of keys; NULL when there is none or on the way is no object.
const struct theme_json *theme_json_member(const struct theme_json *o, struct str key);
const struct theme_json *theme_json_find(const struct theme_json *o, const struct str *path,
                                         size_t n);
// o with `value` at the path (NULL: without what is there). Objects on the way are made; what is no
// object on the way is replaced by one. A known key keeps its place, a new one comes last.
struct theme_json theme_json_set(struct arena *a, const struct theme_json *o,
                                 const struct str *path, size_t n, const struct theme_json *value);
bool theme_json_same(const struct theme_json *a, const struct theme_json *b); // order of keys, too
// Indented by two blanks. `<` stays as it is: the file stands in no page.
void theme_json_write(struct buf *out, const struct theme_json *v);
