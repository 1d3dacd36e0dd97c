// SPDX-License-Identifier: Apache-2.0
// The steps of theme_load. Each goes on after a finding, so that all are told; what makes the
// theme unfit to be shown sets `failed` and names the first cause.
#pragma once
#include "theme/theme_private.h"

enum { // above what theme_check allows, below what harms
    THEME_VALUES_MAX = 400000,
    THEME_SECTIONS_MAX = 100,
    THEME_BLOCKS_MAX = 200,
};
struct theme_load {
    struct arena *a; // the theme's
    struct theme *t;
    struct theme_findings *f;
    const struct theme_load_in *in;
    struct map texts; // file NUL path → struct theme_text_list
    size_t values;    // made so far
    bool failed;
    struct theme_finding first;
};
struct theme_text_list {
    const struct theme_text *text;
    const struct theme_text_list *next;
};
// A finding after which the theme cannot be shown; n: how many there were before the step.
void theme_load_failed(struct theme_load *l, size_t n);
bool theme_load_json(struct theme_load *l, const struct theme_file *file, struct theme_json *out);

void theme_load_locales(struct theme_load *l); // locale.c
void theme_load_assets(struct theme_load *l);  // asset.c
// settings.c: what stands in config/, in force; *data_out is "current" of settings_data.json.
void theme_load_settings(struct theme_load *l, const struct theme_json **data_out);
void theme_load_standards(struct theme_load *l, const struct theme_json *data); // template.c
void theme_load_templates(struct theme_load *l);
void theme_load_needs(struct theme_load *l); // needs.c
// assets/<name>.liquid, written once with the theme's settings (asset_liquid.c). Their names are
// known before the fingerprint is, their bytes after it.
struct str theme_liquid_asset(const struct theme_file *f); // "theme.css"; absent: it is none
void theme_load_liquid_assets(struct theme_load *l);

struct theme_values_in {
    const struct theme_setting *settings;
    size_t n;
    const struct theme_json *given; // an object, or NULL
    struct str file, path;          // "hero.settings.": where merchants' texts of them are
    bool dynamic;                   // Liquid in them is rendered
};
const struct theme_values *theme_values_new(struct theme_load *l, const struct theme_values_in *in);
// A word of locales/*.schema.json in that language or the default one; absent when in none.
struct str theme_schema_word(const struct theme *t, struct str lang, struct str key);
struct liquid_value theme_json_value(struct arena *a, const struct theme_json *j);
// Markup that a rich text may hold; the rest of it is taken off. inline_only: no paragraphs, lists.
struct str theme_rich_text(struct arena *a, struct str html, bool inline_only);
