// SPDX-License-Identifier: Apache-2.0
#include "base/map.h"
#include "theme/schema_private.h"

static void read_info(struct theme_reader *r, const struct theme_json *v,
                      struct theme_settings_schema *out) {
    theme_shape_ok(r, v, &theme_shape_info);
    out->theme_name = theme_json_text(v, "theme_name");
    out->theme_version = theme_json_text(v, "theme_version");
    out->theme_author = theme_json_text(v, "theme_author");
    if (!theme_json_get(v, "theme_support_email") == !theme_json_get(v, "theme_support_url"))
        TELL(r, THEME_WARNING, v->line,
             "theme_info needs one of \"theme_support_email\" and \"theme_support_url\".");
}

// Ids are looked up without their group, so they are unique over all of them.
static void check_alone(struct theme_reader *r, const struct theme_settings_schema *s) {
    struct map ids = {0};
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < s->groups[i].setting_count; j++) {
            struct theme_setting *setting = &s->groups[i].settings[j];
            const struct theme_setting_group *first =
                setting->id.p ? map_get(&ids, setting->id) : NULL;
            if (first && first != &s->groups[i])
                TELL(r, THEME_ERROR, setting->all->line,
                     "The setting \"" STR_FMT "\" stands twice.",
                     STR_ARG(theme_shown(setting->id)));
            if (setting->id.p && !first) map_set(r->arena, &ids, setting->id, &s->groups[i]);
        }
}

static void read_groups(struct theme_reader *r, const struct theme_json *v,
                        struct theme_settings_schema *out) {
    out->groups = ARENA_ARRAY(r->arena, struct theme_setting_group, v->n);
    for (size_t i = 0; i < v->n; i++) {
        const struct theme_json *group = &v->items[i];
        struct str name = theme_json_text(group, "name");
        if (str_eq(name, S("theme_info"))) {
            read_info(r, group, out);
        } else if (theme_shape_ok(r, group, &theme_shape_group)) {
            struct theme_setting_group *g = &out->groups[out->n++];
            g->name = name;
            g->settings =
                theme_settings_read(r, theme_json_get(group, "settings"), &g->setting_count);
        }
    }
}

void theme_settings_schema_read(struct arena *a, const struct theme_file *file,
                                struct theme_settings_schema *out,
                                struct theme_findings *findings) {
    struct theme_reader r = {.arena = a, .file = file->path, .findings = findings};
    struct theme_json *v = ARENA_NEW(a, struct theme_json);
    *out = (struct theme_settings_schema){0};
    if (!theme_json_parse(a, file->path, file->bytes, 1, v, findings)) return;
    if (v->type != THEME_JSON_ARRAY) {
        TELL(&r, THEME_ERROR, v->line, "The schema of settings must be an array of groups.");
        return;
    }
    read_groups(&r, v, out);
    check_alone(&r, out);
}
