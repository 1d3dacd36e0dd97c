// SPDX-License-Identifier: Apache-2.0
// What the steps of theme_check share.
#pragma once
#include "base/map.h"
#include "theme/schema_private.h"
#include "theme/theme_private.h"

struct theme_checking {
    struct arena *arena;  // until the end of the check
    struct arena scratch; // until the end of a file
    const struct theme_files *files;
    const struct liquid_host *host;
    struct theme_findings *out;
    struct map schemas;                 // "sections/hero" → struct theme_schema
    struct map words, schema_words;     // keys of the default locales, "cart.title"
    bool has_words, has_schema_words;   // there is such a locale, and it could be read
    struct theme_settings_schema theme; // config/settings_schema.json
};
#define NOTE(c, path, at, ...)  theme_find((c)->out, THEME_NOTE, (path), (at), __VA_ARGS__)
#define WARN(c, path, at, ...)  theme_find((c)->out, THEME_WARNING, (path), (at), __VA_ARGS__)
#define WRONG(c, path, at, ...) theme_find((c)->out, THEME_ERROR, (path), (at), __VA_ARGS__)

static inline struct theme_reader theme_reader(struct theme_checking *c, struct str file) {
    return (struct theme_reader){&c->scratch, file, c->out};
}
// folder/name and the ending is a file of the theme.
bool theme_has_file(const struct theme_checking *c, const char *folder, struct str name,
                    const char *ending);
// The schema of "sections" or "blocks"; NULL: no such file, or none in it.
const struct theme_schema *theme_schema_of(const struct theme_checking *c, const char *folder,
                                           struct str type);

void theme_check_locales(struct theme_checking *c);   // check_locale.c; first: fills words
void theme_check_settings(struct theme_checking *c);  // check_settings.c: config/
void theme_check_template(struct theme_checking *c,   // check_template.c: a JSON template or
                          const struct theme_file *f, // a section group
                          const struct theme_json *v);
void theme_check_names(struct theme_checking *c, // check_names.c: a Liquid file
                       const struct theme_file *f);
void theme_check_schema_words(struct theme_checking *c, struct str file,
                              const struct theme_json *v); // "t:" keys in it
void theme_check_markup(struct theme_checking *c,          // check_markup.c: notes for the policy
                        const struct theme_file *f);
// "sections" of settings_data.json: {id: {type, settings, blocks}}.
void theme_check_static_sections(struct theme_checking *c, const struct theme_file *f,
                                 const struct theme_json *sections);
