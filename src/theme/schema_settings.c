// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "base/map.h"
#include "theme/schema_private.h"

enum { RANGE_STEPS_MAX = 100 }; // 101 places of the slider

static const struct theme_member *setting_member(struct str key, uint32_t *bit_out) {
    for (size_t i = 0; i < theme_setting_member_count; i++)
        if (str_eq(str_c(theme_setting_members[i].name), key))
            return *bit_out = UINT32_C(1) << i, &theme_setting_members[i];
    return NULL;
}

static bool members_ok(struct theme_reader *r, const struct theme_json *v,
                       const struct theme_setting_type *type) {
    struct str what = arena_fmt(r->arena, "setting of type %s", type->name);
    uint32_t seen = 0, bit = 0;
    for (size_t i = 0; i < v->n; i++) {
        const struct theme_member *m = setting_member(v->keys[i], &bit);
        if (!m || !(type->allowed & bit))
            TELL(r, THEME_WARNING, v->items[i].line, "A %s has no member \"" STR_FMT "\".", what.p,
                 STR_ARG(theme_shown(v->keys[i])));
        else if (theme_member_ok(r, &v->items[i], m, what.p))
            seen |= bit;
    }
    bool ok = true;
    for (size_t i = 0; i < theme_setting_member_count; i++) {
        if (!(type->required & ~seen & UINT32_C(1) << i)) continue;
        const char *name = theme_setting_members[i].name;
        bool harmless = strcmp(name, "label") == 0 || strcmp(name, "role") == 0;
        TELL(r, harmless ? THEME_WARNING : THEME_ERROR, v->line, "A %s needs \"%s\".", what.p,
             name);
        ok = ok && harmless;
    }
    return ok;
}

static bool options_ok(struct theme_reader *r, const struct theme_json *options,
                       const struct theme_setting_type *type) {
    if (!options || options->type != THEME_JSON_ARRAY) return true;
    bool number = type->value == THEME_FITS_NUMBER;
    bool ok = true;
    for (size_t i = 0; i < options->n; i++)
        ok = theme_shape_ok(r, &options->items[i],
                            number ? &theme_shape_number_option : &theme_shape_option) &&
             ok;
    if (options->n || number) return ok;
    TELL(r, THEME_ERROR, options->line, "A setting of type %s needs at least one option.",
         type->name);
    return false;
}

static void accept_ok(struct theme_reader *r, const struct theme_json *accept) {
    static const char *const words[] = {"youtube", "vimeo", NULL};
    for (size_t i = 0; accept && i < accept->n; i++)
        if (accept->items[i].type != THEME_JSON_STRING ||
            !theme_word_in(words, accept->items[i].text))
            TELL(r, THEME_WARNING, accept->items[i].line,
                 "\"accept\" may name \"youtube\" and \"vimeo\".");
}

static bool range_ok(struct theme_reader *r, const struct theme_json *v) {
    const struct theme_json *step_given = theme_json_get(v, "step");
    int64_t min = 0, max = 0, step = DECIMAL_ONE, width;
    if (!theme_number(theme_json_get(v, "min"), &min) ||
        !theme_number(theme_json_get(v, "max"), &max))
        return true;
    if (step_given) theme_number(step_given, &step);
    if (max <= min || step <= 0 || __builtin_sub_overflow(max, min, &width)) {
        TELL(r, THEME_ERROR, v->line,
             "\"max\" of a range must be above \"min\", \"step\" above 0.");
        return false;
    }
    if (width / step > RANGE_STEPS_MAX)
        TELL(r, THEME_WARNING, v->line, "A range may have at most %d steps.", RANGE_STEPS_MAX + 1);
    return true;
}

static void definition_ok(struct theme_reader *r, const struct theme_json *v) {
    static const char *const types[] = {"header", "color", "color_background", NULL};
    size_t n;
    const struct theme_setting *s = theme_settings_read(r, theme_json_get(v, "definition"), &n);
    for (size_t i = 0; i < n; i++)
        if (!theme_word_in(types, s[i].type))
            TELL(r, THEME_WARNING, s[i].all->line,
                 "A scheme of colours holds header, color and color_background only.");
}

static void visible_ok(struct theme_reader *r, const struct theme_json *v) {
    const struct theme_json *if_ = theme_json_get(v, "visible_if");
    if (!if_ || if_->type != THEME_JSON_STRING) return;
    struct str s = str_trim(if_->text);
    if (!str_starts(s, S("{{")) || !str_ends(s, S("}}")))
        TELL(r, THEME_WARNING, if_->line, "\"visible_if\" must be one {{ expression }}.");
}

static void default_ok(struct theme_reader *r, struct theme_setting *s) {
    struct str why;
    s->otherwise = theme_json_get(s->all, "default");
    if (!s->otherwise || str_eq(s->type, S("header")) || str_eq(s->type, S("paragraph"))) {
        s->otherwise = NULL;
        return;
    }
    // the key of a text in the schema's locales
    if (s->otherwise->type == THEME_JSON_STRING && str_starts(s->otherwise->text, S("t:"))) return;
    if (theme_value_ok(r->arena, s, s->otherwise, &why)) return;
    TELL(r, THEME_WARNING, s->otherwise->line, "The default of \"" STR_FMT "\" " STR_FMT ".",
         STR_ARG(theme_shown(s->id)), STR_ARG(why));
    s->otherwise = NULL;
}

static bool read_setting(struct theme_reader *r, const struct theme_json *v,
                         struct theme_setting *out) {
    struct str name = theme_json_text(v, "type");
    const struct theme_setting_type *type = theme_setting_type(name);
    if (!type) {
        if (name.p)
            TELL(r, THEME_ERROR, v->line, "There is no setting of type \"" STR_FMT "\".",
                 STR_ARG(theme_shown(name)));
        else
            TELL(r, THEME_ERROR, v->line, "A setting must be an object with a \"type\".");
        return false;
    }
    *out = (struct theme_setting){.type = str_c(type->name),
                                  .id = theme_json_text(v, "id"),
                                  .label = theme_json_text(v, "label"),
                                  .info = theme_json_text(v, "info"),
                                  .content = theme_json_text(v, "content"),
                                  .all = v};
    TRY(members_ok(r, v, type));
    TRY(options_ok(r, theme_json_get(v, "options"), type));
    TRY(type->value != THEME_FITS_RANGE || range_ok(r, v));
    accept_ok(r, theme_json_get(v, "accept"));
    visible_ok(r, v);
    if (str_eq(out->type, S("color_scheme_group"))) definition_ok(r, v);
    default_ok(r, out);
    return true;
}

const struct theme_setting *theme_setting_find(const struct theme_setting *v, size_t n,
                                               struct str id) {
    for (size_t i = 0; i < n; i++)
        if (v[i].id.p && str_eq(v[i].id, id)) return &v[i];
    return NULL;
}

static bool alone(struct theme_reader *r, struct map *ids, struct theme_setting *s) {
    if (!s->id.p) return true;
    if (s->id.n == 0) {
        TELL(r, THEME_ERROR, s->all->line, "The id of a setting is empty.");
        return false;
    }
    if (map_get(ids, s->id)) {
        TELL(r, THEME_ERROR, s->all->line, "The setting \"" STR_FMT "\" stands twice.",
             STR_ARG(theme_shown(s->id)));
        return false;
    }
    map_set(r->arena, ids, s->id, s);
    return true;
}

struct theme_setting *theme_settings_read(struct theme_reader *r, const struct theme_json *list,
                                          size_t *n_out) {
    *n_out = 0;
    if (!list || list->type != THEME_JSON_ARRAY) return NULL;
    struct theme_setting *out = ARENA_ARRAY(r->arena, struct theme_setting, list->n);
    struct map ids = {0};
    for (size_t i = 0; i < list->n; i++)
        if (read_setting(r, &list->items[i], &out[*n_out]) && alone(r, &ids, &out[*n_out]))
            (*n_out)++;
    return out;
}

void theme_values_check(struct theme_reader *r, const struct theme_json *values,
                        const struct theme_setting *settings, size_t n) {
    if (!values || values->type != THEME_JSON_OBJECT) return;
    for (size_t i = 0; i < values->n; i++) {
        const struct theme_json *v = &values->items[i];
        const struct theme_setting *s = theme_setting_find(settings, n, values->keys[i]);
        struct str why;
        if (!s)
            TELL(r, THEME_WARNING, v->line, "The schema has no setting \"" STR_FMT "\".",
                 STR_ARG(theme_shown(values->keys[i])));
        else if (!(v->type == THEME_JSON_STRING && str_starts(v->text, S("t:"))) &&
                 !theme_value_ok(r->arena, s, v, &why))
            TELL(r, THEME_WARNING, v->line, "The value of \"" STR_FMT "\" " STR_FMT ".",
                 STR_ARG(theme_shown(s->id)), STR_ARG(why));
    }
}
