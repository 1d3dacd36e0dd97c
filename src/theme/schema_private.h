// SPDX-License-Identifier: Apache-2.0
// The published JSON Schemas as tables (theme-liquid-docs/schemas; a test compares them), and the
// words that their readers share.
#pragma once
#include "theme/schema.h"

enum theme_kind_of_member { // what JSON a member is
    THEME_ANY,
    THEME_TEXT,
    THEME_BOOL,
    THEME_INTEGER,
    THEME_NUMBER, // at most six places
    THEME_LIST,
    THEME_MAP,
    THEME_TEXT_OR_NULL,
    THEME_LIST_OR_OBJECT,
};
struct theme_member {
    const char *name;
    enum theme_kind_of_member kind;
    bool required;
    int64_t min, max;         // of integers, when max is set
    const char *const *words; // the only texts allowed, NULL at the end; or NULL
};
struct theme_shape {
    const char *what; // for messages: "section"
    const struct theme_member *v;
    size_t n;
    bool open; // unknown members are allowed
    bool mild; // a missing member is a warning only
};
extern const struct theme_shape theme_shape_section, theme_shape_block, theme_shape_local_block,
    theme_shape_any_block, theme_shape_preset, theme_shape_preset_block, theme_shape_default,
    theme_shape_toggle, theme_shape_info, theme_shape_group, theme_shape_option,
    theme_shape_number_option;
extern const char *const theme_template_words[], *const theme_icon_words[];

enum theme_fit { // what a setting's value may be
    THEME_FITS_NONE,
    THEME_FITS_TEXT,
    THEME_FITS_RICH,
    THEME_FITS_COLOR,
    THEME_FITS_BOOL,
    THEME_FITS_NUMBER,
    THEME_FITS_RANGE,
    THEME_FITS_CHOICE,
    THEME_FITS_ALIGN,
    THEME_FITS_LIST,
    THEME_FITS_ONE, // a resource by handle
    THEME_FITS_OBJECT,
};
struct theme_setting_type {
    const char *name;
    uint32_t required, allowed; // bits: indexes into theme_setting_members
    enum theme_fit value;
};
extern const struct theme_member theme_setting_members[];
extern const size_t theme_setting_member_count;
extern const struct theme_setting_type theme_setting_types[]; // sorted by name
extern const size_t theme_setting_type_count;
const struct theme_setting_type *theme_setting_type(struct str name); // NULL: there is none

struct theme_reader {
    struct arena *arena;
    struct str file;
    struct theme_findings *findings;
};
#define TELL(r, severity, at, ...)                                                                 \
    theme_find((r)->findings, (severity), (r)->file, (at), __VA_ARGS__)
// A text cut for a message, with its quotes off: printf with STR_FMT and STR_ARG.
struct str theme_shown(struct str s);
bool theme_word_in(const char *const *words, struct str s);
// The object has the members of the shape, each of its kind. Missing required members are errors
// (of a mild shape warnings), everything else warnings. False: something required is missing, or it
// is no object.
bool theme_shape_ok(struct theme_reader *r, const struct theme_json *v,
                    const struct theme_shape *shape);
bool theme_member_ok(struct theme_reader *r, const struct theme_json *v,
                     const struct theme_member *m, const char *what);
struct theme_setting *theme_settings_read(struct theme_reader *r, const struct theme_json *list,
                                          size_t *n_out);
const struct theme_setting *theme_setting_find(const struct theme_setting *v, size_t n,
                                               struct str id);
// Values given to settings: a preset's, a template's. Unknown ids and values that do not fit are
// warnings.
void theme_values_check(struct theme_reader *r, const struct theme_json *values,
                        const struct theme_setting *settings, size_t n);
// Of a number; false when it has more than six places.
bool theme_number(const struct theme_json *v, int64_t *millionths_out);
// A block of that type may stand in it: named, or a theme block where @theme is, or an app's.
bool theme_block_allowed(const struct theme_schema *s, struct str type);
const struct theme_block_type *theme_local_block(const struct theme_schema *s, struct str type);
