// SPDX-License-Identifier: Apache-2.0
// Looking into a JSON tree.
#include "base/json.h"

const struct json *json_get(const struct json *object, struct str key) {
    if (!object || object->type != JSON_OBJECT) return NULL;
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->keys[i], key)) return &object->items[i];
    return NULL;
}

static const struct json *json_at(const struct json *array, struct str index) {
    int64_t i;
    if (!str_to_int(index, &i) || i < 0 || (uint64_t)i >= array->n) return NULL;
    return &array->items[i];
}

const struct json *json_path(const struct json *v, const char *dotted) {
    struct str rest = str_c(dotted), part;
    while (v && str_split(&rest, '.', &part))
        v = v->type == JSON_ARRAY ? json_at(v, part) : json_get(v, part);
    return v;
}

struct str json_text(const struct json *v, const char *dotted) {
    const struct json *found = json_path(v, dotted);
    return found && found->type == JSON_STRING ? found->text : (struct str){0};
}

int64_t json_int(const struct json *v, const char *dotted, int64_t otherwise) {
    const struct json *found = json_path(v, dotted);
    return found && found->type == JSON_INT ? found->integer : otherwise;
}

bool json_bool(const struct json *v, const char *dotted) {
    const struct json *found = json_path(v, dotted);
    return found && found->type == JSON_BOOL && found->boolean;
}
