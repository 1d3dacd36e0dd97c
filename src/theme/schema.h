// SPDX-License-Identifier: Apache-2.0
// JSON of themes: read with comments (/* */ and //), trailing commas refused, every value knowing
// its line; and the shapes of schemas and settings as tables, after the JSON Schemas published in
// theme-liquid-docs (section, theme_block, theme_settings, setting, preset, translations). Also
// what the desk's editor builds its forms from.
#pragma once
#include "theme/check.h"

enum { THEME_JSON_DEPTH = 48 };
struct theme_json { // as base/json.h, with lines
    enum {
        THEME_JSON_NULL,
        THEME_JSON_BOOL,
        THEME_JSON_INT,
        THEME_JSON_FLOAT,
        THEME_JSON_STRING,
        THEME_JSON_ARRAY,
        THEME_JSON_OBJECT
    } type;
    int line; // in the file
    bool boolean;
    int64_t integer;
    struct str text; // of strings; of numbers with a fraction the literal
    const struct theme_json *items;
    const struct str *keys; // of objects
    size_t n;
};
// first_line: of the text inside its file (a {% schema %} starts somewhere in the middle). False:
// one finding is added (file, line, what was expected). Texts without escapes and numbers point
// into text, which must live as long as the tree. Of equal keys the last counts (a warning).
bool theme_json_parse(struct arena *a, struct str file, struct str text, int first_line,
                      struct theme_json *out, struct theme_findings *findings);
const struct theme_json *theme_json_get(const struct theme_json *object, const char *key);
struct str theme_json_text(const struct theme_json *object, const char *key); // absent when none

struct theme_setting {                         // one input of a settings list
    struct str type, id, label, info, content; // content: of header and paragraph
    const struct theme_json *otherwise;        // "default", or NULL
    const struct theme_json *all; // the whole object: min, max, step, options, limit...
};
struct theme_schema {                       // of a section or block
    struct str file, name, tag, class_name; // tag "": no wrapper (null); absent: the usual one
    int64_t limit;                          // 0: none
    int64_t max_blocks;
    struct theme_setting *settings;
    size_t setting_count;
    struct theme_block_type {
        struct str type, name; // "@theme", "@app" or a type; local blocks bring settings
        int64_t limit;
        struct theme_setting *settings;
        size_t setting_count;
    } * blocks;
    size_t block_count;
    const struct theme_json *presets, *otherwise, *locales, *enabled_on, *disabled_on;
};
// Reads and checks; a value that is wrong is a finding and left out. An absent text is no schema:
// out->file.p is NULL. file says by its folder whether a section or a block is read.
void theme_schema_read(struct arena *a, struct str file, struct str text, int first_line,
                       struct theme_schema *out, struct theme_findings *findings);
struct theme_setting_group {
    struct str name;
    struct theme_setting *settings;
    size_t setting_count;
};
struct theme_settings_schema { // config/settings_schema.json
    struct str theme_name, theme_version, theme_author;
    struct theme_setting_group *groups;
    size_t n;
};
void theme_settings_schema_read(struct arena *a, const struct theme_file *file,
                                struct theme_settings_schema *out, struct theme_findings *findings);
// A value fits its setting (type, options, range). False: why names what is allowed.
bool theme_value_ok(struct arena *a, const struct theme_setting *s, const struct theme_json *value,
                    struct str *why_out);
