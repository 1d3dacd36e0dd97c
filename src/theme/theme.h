// SPDX-License-Identifier: Apache-2.0
// A theme of the Online Store 2.0 structure, loaded: every Liquid file compiled, every schema,
// setting and locale read. Immutable; any number of threads render it. Settings are resolved in
// this order: the template's or settings_data's value, the preset's, the schema's default ("t:"
// keys are looked up in the schema locale of the page's language).
#pragma once
#include "theme/check.h"
#include "theme/host.h"
#include "theme/schema.h"

struct theme;
struct theme_text { // a setting's text in another language (the merchant's translation)
    struct str lang, file, path, value; // "en", "templates/index.json", "hero.settings.heading"
};                                      // or "hero.blocks.b1.settings.text"
struct theme_load_in {
    const struct theme_files *files;
    const struct theme_host *host;
    struct str asset_prefix; // "/cdn/t/12/": assets are at prefix + fingerprint + "/" + name
    struct str locale;       // of the shop's first language, "de": the language of settings' texts
    const struct theme_text *texts;
    size_t text_count;
    struct theme_findings *findings; // everything theme_check would say about loading; or NULL
};
// False when the theme cannot be shown at all (no layout/theme.liquid, a Liquid file or JSON of it
// does not parse): err names the file and line. Texts of files are copied.
MUST_USE bool theme_load(struct arena *a, const struct theme_load_in *in, struct theme **out,
                         struct err *err);

struct theme_needs { // what the theme's own markup asks of the content security policy
    bool inline_script, inline_style; // <script> with a body, on…=; style= attributes, <style>
    bool shopify_script;              // uses window.Shopify
};
struct theme_needs theme_needs(const struct theme *t);
bool theme_has(const struct theme *t,
               struct str template); // "product", "product.wide", "customers/login"
// An asset by its path under the prefix ("<fingerprint>/theme.css"); absent bytes: unknown.
struct str theme_asset(const struct theme *t, struct str path, const char **type_out);
struct str theme_asset_url(const struct theme *t, struct arena *a, struct str name); // absent: none
const struct theme_settings_schema *theme_settings_schema(const struct theme *t);
const struct theme_schema *theme_section_schema(const struct theme *t, struct str type);
const struct theme_schema *theme_block_schema(const struct theme *t, struct str type);
const struct theme_files *theme_files(const struct theme *t);
const struct theme_host *theme_host_of(const struct theme *t); // what theme_load was given
// A value of config/settings_data.json in force (default included), nil when there is none.
struct liquid_value theme_setting_value(const struct theme *t, struct arena *a, struct str id);
// The same of the theme's first colour scheme; nil when it has none.
struct liquid_value theme_scheme_value(const struct theme *t, struct arena *a, struct str id);
// A text of a schema as people read it: "t:labels.text" by locales/*.schema.json in that language
// or the default one; other texts, and keys that are in none, as they are.
struct str theme_say(const struct theme *t, struct str lang, struct str text);
// A word of the theme's locales; absent when in none. name = args of interpolation may be NULL.
struct str theme_translate(const struct theme *t, struct arena *a, struct str lang, struct str key,
                           const struct liquid_args *args, bool *html_out);
