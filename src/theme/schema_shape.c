// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "theme/schema_private.h"

struct str theme_shown(struct str s) {
    return str_utf8_cut(s, 60);
}

bool theme_number(const struct theme_json *v, int64_t *millionths_out) {
    if (v->type != THEME_JSON_INT && v->type != THEME_JSON_FLOAT) return false;
    return decimal_parse(v->text, millionths_out);
}

static bool kind_ok(const struct theme_json *v, enum theme_kind_of_member kind) {
    int64_t number;
    switch (kind) {
    case THEME_ANY:
        return true;
    case THEME_TEXT:
        return v->type == THEME_JSON_STRING;
    case THEME_BOOL:
        return v->type == THEME_JSON_BOOL;
    case THEME_INTEGER:
        return v->type == THEME_JSON_INT;
    case THEME_NUMBER:
        return theme_number(v, &number);
    case THEME_LIST:
        return v->type == THEME_JSON_ARRAY;
    case THEME_MAP:
        return v->type == THEME_JSON_OBJECT;
    case THEME_TEXT_OR_NULL:
        return v->type == THEME_JSON_STRING || v->type == THEME_JSON_NULL;
    case THEME_LIST_OR_OBJECT:
        return v->type == THEME_JSON_ARRAY || v->type == THEME_JSON_OBJECT;
    }
    bug("unknown kind of member");
}

static const char *const kind_names[] = {
    [THEME_ANY] = "anything",
    [THEME_TEXT] = "a text",
    [THEME_BOOL] = "true or false",
    [THEME_INTEGER] = "a whole number",
    [THEME_NUMBER] = "a number",
    [THEME_LIST] = "an array",
    [THEME_MAP] = "an object",
    [THEME_TEXT_OR_NULL] = "a text or null",
    [THEME_LIST_OR_OBJECT] = "an array or an object",
};

bool theme_member_ok(struct theme_reader *r, const struct theme_json *v,
                     const struct theme_member *m, const char *what) {
    if (!kind_ok(v, m->kind)) {
        TELL(r, THEME_WARNING, v->line, "\"%s\" of a %s must be %s.", m->name, what,
             kind_names[m->kind]);
        return false;
    }
    if (m->max && (v->integer < m->min || v->integer > m->max)) {
        TELL(r, THEME_WARNING, v->line, "\"%s\" of a %s must be from %lld to %lld.", m->name, what,
             (long long)m->min, (long long)m->max);
        return false;
    }
    if (m->words && !theme_word_in(m->words, v->text)) {
        TELL(r, THEME_WARNING, v->line, "\"%s\" of a %s cannot be \"" STR_FMT "\".", m->name, what,
             STR_ARG(theme_shown(v->text)));
        return false;
    }
    return true;
}

static const struct theme_member *member(const struct theme_shape *shape, struct str key) {
    for (size_t i = 0; i < shape->n; i++)
        if (str_eq(str_c(shape->v[i].name), key)) return &shape->v[i];
    return NULL;
}

bool theme_shape_ok(struct theme_reader *r, const struct theme_json *v,
                    const struct theme_shape *shape) {
    if (v->type != THEME_JSON_OBJECT) {
        TELL(r, THEME_ERROR, v->line, "A %s must be an object.", shape->what);
        return false;
    }
    for (size_t i = 0; i < v->n; i++) {
        const struct theme_member *m = member(shape, v->keys[i]);
        if (m)
            theme_member_ok(r, &v->items[i], m, shape->what);
        else if (!shape->open)
            TELL(r, THEME_WARNING, v->items[i].line, "A %s has no member \"" STR_FMT "\".",
                 shape->what, STR_ARG(theme_shown(v->keys[i])));
    }
    bool ok = true;
    for (size_t i = 0; i < shape->n; i++) {
        const struct theme_json *has = theme_json_get(v, shape->v[i].name);
        if (!shape->v[i].required || (has && kind_ok(has, shape->v[i].kind))) continue;
        TELL(r, shape->mild ? THEME_WARNING : THEME_ERROR, v->line, "A %s needs \"%s\".",
             shape->what, shape->v[i].name);
        ok = false;
    }
    return ok;
}
