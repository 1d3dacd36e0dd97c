// SPDX-License-Identifier: Apache-2.0
// Forms out of lists of settings (theme/schema.h): what a template shows of each, and what was sent
// back into JSON. A field that was left as it was shown changes nothing, so defaults stay defaults.
#pragma once
#include "desk/page.h"
#include "desk/theme_json.h"
#include "theme/theme.h"

enum theme_input { // how a setting is shown
    INPUT_NONE,    // header, paragraph
    INPUT_LINE,
    INPUT_AREA,
    INPUT_RICH,
    INPUT_INLINE, // rich, without paragraphs
    INPUT_NUMBER,
    INPUT_CHECK,
    INPUT_CHOICE,
    INPUT_COLOR,
    INPUT_SCHEME,  // which of the colour schemes
    INPUT_SCHEMES, // the colours of all schemes
    INPUT_FONT,
    INPUT_PICTURE,
    INPUT_ONE,  // of the shop's things, by handle
    INPUT_LIST, // of them
    INPUT_URL,
    INPUT_KEPT, // the editor does not know it: it is shown and stays as it is
};
struct theme_input_type {
    const char *type; // of the setting
    enum theme_input input;
    const char *kind; // of ONE and LIST: desk_theme_choices.kind, NULL: typed, not chosen
    bool chosen;      // a select; else typed with suggestions
    bool text;        // has other languages
    int64_t max;      // bytes
};
const struct theme_input_type *theme_input_type(struct str type); // NULL: unknown

struct theme_fields { // of one page
    struct desk *d;
    const struct theme *theme;
    const struct theme_json *current; // of settings_data.json, for the schemes; or NULL
    struct str lang, first;           // of the texts: what is edited, the shop's first
    bool other;                       // lang is not the first: texts only
    bool typed;                       // what was sent is shown
    struct str file;
    const struct theme_text *texts;
    size_t text_count;
    struct desk_theme_choices_rows choices; // of theme_form_open
    bool lists;                             // suggestions are needed on the page
};
struct theme_form_part { // a list of settings and their values
    const struct theme_setting *settings;
    size_t n;
    const struct theme_json *given; // an object, or NULL
    struct str name, path;          // "s_": of the fields; "hero.settings.": of the texts
};
MUST_USE bool theme_form_open(struct theme_fields *f); // reads what can be chosen
MUST_USE bool theme_form_put(struct theme_fields *f, const struct theme_form_part *p,
                             struct list *fields);
void theme_form_put_lists(struct theme_fields *f); // datalists of the page

struct theme_sent {
    struct theme_json given; // all of the part's values
    VEC(struct theme_text) texts;
};
// Sentences at fields are put into the desk's errors.
MUST_USE bool theme_form_read(struct theme_fields *f, const struct theme_form_part *p,
                              struct theme_sent *out);

// ---- shared by theme_form.c, theme_read.c, theme_choice.c
struct theme_field {
    struct theme_fields *f;
    const struct theme_form_part *part;
    const struct theme_setting *s;
    const struct theme_input_type *type;
    enum theme_input input;
    const struct theme_json *given; // its value or default; NULL: none
    struct str name;                // of the field
};
// False: nothing is shown of it (texts only, and it is none).
bool theme_field_of(struct theme_fields *f, const struct theme_form_part *p, size_t i,
                    struct theme_field *out);
struct str theme_field_shown(const struct theme_field *x); // its value as the input shows it
const struct theme_json *theme_schemes(const struct theme_field *x);
struct theme_form_part theme_scheme_part(const struct theme_field *x, struct str key,
                                         const struct theme_json *scheme);
MUST_USE bool theme_choice_put(const struct theme_field *x, struct str value,
                               struct liquid_map *m); // options of a select, pictures
bool theme_choice_known(const struct theme_field *x, struct str value);
MUST_USE bool theme_choice_exists(const struct theme_field *x, struct str handle, bool *out);
MUST_USE bool theme_picture_taken(const struct theme_field *x, struct str *name_out,
                                  bool *there_out); // an uploaded one
struct str theme_rich_shown(struct arena *a, struct str markup, bool inline_only);
struct str theme_rich_read(struct arena *a, struct str typed, bool inline_only);
const struct theme_text *theme_text_of(const struct theme_field *x);
