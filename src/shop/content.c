// SPDX-License-Identifier: Apache-2.0
// What the merchant says as JSON (setting theme.badges), in which a text of two languages is
// {"de": ..., "en": ...}.
#include "core/app.h"
#include "core/settings.h"
#include "shop/page.h"

static bool is_text(const struct json *j) { return j && j->type == JSON_STRING; }

// The text in the page's language, else in the other.
static struct str text_in(struct ctx *c, const struct json *j) {
    const struct json *mine = json_get(j, lang_of(c));
    if (is_text(mine)) return mine->text;
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const struct json *other = json_get(j, str_c(lang_code(l)));
        if (is_text(other)) return other->text;
    }
    return (struct str){0};
}

static struct liquid_value object_value(struct ctx *c, const struct json *j) {
    struct str text = text_in(c, j);
    if (text.p) return liquid_text(text);
    struct liquid_map *m = liquid_map_new(c->arena);
    for (size_t i = 0; i < j->n; i++) {
        struct liquid_value v = content_value(c, &j->items[i]);
        bool link = str_eq(j->keys[i], S("link")) && is_text(&j->items[i]);
        if (link && str_starts(j->items[i].text, S("/")))
            v = liquid_text(url_local(c, j->items[i].text));
        liquid_set_str(m, j->keys[i], v);
    }
    return liquid_of_map(m);
}

struct liquid_value content_value(struct ctx *c, const struct json *j) {
    if (!j) return liquid_nil();
    switch (j->type) {
    case JSON_STRING:
        return liquid_text(j->text);
    case JSON_INT:
        return liquid_int(j->integer);
    case JSON_BOOL:
        return liquid_bool(j->boolean);
    case JSON_OBJECT:
        return object_value(c, j);
    case JSON_ARRAY: {
        struct list l = {0};
        for (size_t i = 0; i < j->n; i++) list_add(c->arena, &l, content_value(c, &j->items[i]));
        return liquid_array(l.v, l.n);
    }
    case JSON_NULL:
    case JSON_NUMBER:
        break;
    }
    return liquid_nil();
}

struct json content_setting(struct ctx *c, const char *key) {
    return *setting_json(c, key);
}
