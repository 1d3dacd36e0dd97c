// SPDX-License-Identifier: Apache-2.0
// What the parts of a loaded theme share. Everything reachable from a struct theme is immutable
// after theme_load: any number of threads render it at once. What changes during a render hangs on
// theme_page.state (stage.h).
#pragma once
#include <stdatomic.h>

#include "base/map.h"
#include "theme/render.h"

// The filters and tags that files of themes are compiled with. t: the theme that renders, or NULL
// when files are only compiled (theme_check).
const struct liquid_host *theme_liquid_host(struct arena *a, const struct theme *t);
// One file of a theme, in the mode all of them are compiled with. False: a finding, file and line
// in it.
bool theme_compile(struct arena *a, const struct liquid_host *host, struct str file,
                   struct str text, const struct liquid_template **out,
                   struct theme_findings *findings);
// The tag's body in a file (schema, stylesheet, javascript), and the line it starts on; absent.
struct str theme_raw_part(const struct liquid_template *t, struct str file_text, const char *tag,
                          int *line_out);

// The element a schema asks for, "div" when it asks for none or no word.
struct str theme_element(struct str tag);

// ---- settings in force (settings.c)
enum theme_value_how {
    THEME_VALUE_FIXED,    // as it stands in `fixed`
    THEME_VALUE_KEY,      // "t:..." of the schema's locales, in the page's language
    THEME_VALUE_CODE,     // Liquid: text of the page
    THEME_VALUE_PATH,     // "{{ product.metafields.x.y }}" alone: the value itself
    THEME_VALUE_RESOURCE, // asked of the host: product, image_picker ...
    THEME_VALUE_COLOR,
    THEME_VALUE_FONT,
    THEME_VALUE_SCHEME,
    THEME_VALUE_SCHEMES, // the group of them
    THEME_VALUE_VIDEO,   // an address at a video's host
};
struct theme_value {
    const struct theme_setting *setting;
    enum theme_value_how how, then; // then: what CODE or PATH is turned into
    uint32_t at;                    // number of the memo
    bool html;                      // CODE and KEY: the text is markup
    struct liquid_value fixed;
    const struct liquid_template *code;
    const struct theme_value *other; // in another language, `lang`; the next one hangs on it
    struct str lang;
};
struct theme_values { // of a section, a block, a colour scheme or the theme
    struct map by_id; // id → struct theme_value
    uint32_t n;       // memos
};

// ---- what a JSON template, a section group or settings_data.json holds (template.c)
struct theme_block_file;
struct theme_block {
    struct str key, id, type;
    const struct theme_block_file *file; // NULL: a block of the section's own
    const struct theme_values *values;
    const struct theme_block *blocks; // in order, without disabled and static ones
    size_t n;
    struct map statics; // key → struct theme_block
};
struct theme_block_file { // blocks/<type>.liquid
    struct str type;
    const struct liquid_template *code;
    struct theme_schema schema;
    bool bare;                   // "tag": null: no element round it
    struct theme_block standard; // with the schema's defaults
};
struct theme_section_file;
struct theme_section {
    struct str id, location;
    bool off;      // a static section that the merchant took away
    int64_t index; // 1-based in its template or group; 0: none
    const struct theme_section_file *file;
    struct theme_block self;  // its settings and blocks
    struct str before, after; // the element round it
};
struct theme_section_file { // sections/<type>.liquid
    struct str type;
    const struct liquid_template *code;
    struct theme_schema schema;
    struct theme_section standard; // of settings_data.json, else the schema's defaults
};
struct theme_sections { // a JSON template or a section group
    struct str file, name, location;
    const struct theme_section *v; // in order, without disabled ones
    size_t n;
    struct map by_key;
    struct str before, after; // "wrapper"
};
struct theme_template { // templates/<full>
    struct str full, name, suffix, directory;
    const struct theme_sections *sections; // NULL: Liquid
    const struct liquid_template *code;
    struct str layout; // absent: none
};

struct theme_word { // of a locale
    struct str text;
    bool html, filled;                 // key ends in _html; holds {{ }}
    const struct theme_word *forms[6]; // by plural category; NULL: no such form
    bool plural;
};
struct theme_locale {
    struct str lang; // "pt-BR"
    struct map words;
    int (*plural)(int64_t n); // category of a count
};
struct theme_asset_file {
    struct str bytes, url;
    const char *type;
};
// Sums of styles that were printed (tags_style.c); the only part of a theme that is written later.
enum { THEME_STYLES_KEPT = 16, THEME_STYLE_BYTES = 8 << 10 };
enum { THEME_STYLE_FREE, THEME_STYLE_BUSY, THEME_STYLE_KEPT };
struct theme_style {
    _Atomic int state; // the rest is written by who made it BUSY, read when it is KEPT
    size_t n;
    unsigned char sum[32];
    char bytes[THEME_STYLE_BYTES];
};
struct theme_styles {
    struct theme_style v[THEME_STYLES_KEPT];
};
struct theme {
    struct arena *arena;
    struct theme_styles *styles;
    struct theme_files files;
    const struct theme_host *host;
    const struct liquid_host *liquid;
    struct str asset_prefix, fingerprint, lang;
    struct map snippets, layouts;                      // name → struct liquid_template
    struct map sections;                               // type → struct theme_section_type
    struct map blocks;                                 // type → struct theme_block_type_file
    struct map templates;                              // full name → struct theme_template
    struct map groups;                                 // name → struct theme_sections
    struct map assets;                                 // name → struct theme_asset_file
    struct map locales, schema_locales;                // lang → struct theme_locale
    const struct theme_locale *locale, *schema_locale; // the default ones; may be NULL
    struct theme_settings_schema settings_schema;
    struct theme_values settings;
    struct map schemes; // id → struct theme_values; in order
    struct str links;   // of compiled stylesheets and scripts, for content_for_header
    struct theme_needs needs;
    const struct liquid_template *stage; // a page as one call (render.c)
    struct liquid_host value_host;       // its tag takes the value of a path (settings.c)
};
