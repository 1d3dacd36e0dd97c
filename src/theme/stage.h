// SPDX-License-Identifier: Apache-2.0
// The running render of a page. All of it is one render of theme.stage, a template with one tag:
// layouts, sections and blocks are parts of it (liquid_part), so they share its limits.
#pragma once
#include "theme/theme_private.h"

struct theme_closest { // closest.product: x, given to a block
    struct str name;
    struct liquid_value value;
    const struct theme_closest *outer;
};
struct theme_state {
    struct theme_page *page;
    const struct theme_template *template;
    const struct theme_section *alone;   // Section Rendering: this one only
    const struct theme_section *section; // that is being written; NULL: none
    const struct theme_block *place;     // content_for writes the blocks of this
    const struct theme_closest *closest;
    bool layout_chosen; // by {% layout %}; an absent layout: none
    struct str layout;
    int problems;              // told so far
    int64_t codes;             // how many more settings with Liquid may be worked out
    struct liquid_value value; // what the tag `value` was given
};
enum { THEME_CODES_MAX = 500, THEME_PROBLEMS_MAX = 50 };
static inline struct theme_state *theme_state_of(const struct liquid_call *c) {
    return theme_page_of(c)->state;
}

// The object `settings` of something (view.c).
struct liquid_value theme_settings_view(struct theme_page *p, const struct theme_values *values);
struct liquid_value theme_schemes_value(struct theme_page *p);

// Writes a section in its element, to c->out (section.c).
MUST_USE bool theme_put_section(struct liquid_call *c, const struct theme_section *s,
                                struct err *err);
MUST_USE bool theme_put_sections(struct liquid_call *c, const struct theme_sections *s,
                                 struct err *err);
MUST_USE bool theme_put_block(struct liquid_call *c, const struct theme_block *b, struct str id,
                              struct liquid_map *locals, struct err *err);
struct liquid_value theme_closest_value(struct theme_page *p);
struct liquid_value theme_template_value(struct theme_page *p);

liquid_tag_fn theme_tag_section, theme_tag_sections, theme_tag_content_for; // tags_section.c
liquid_tag_fn theme_tag_style, theme_tag_layout;                            // tags_style.c
// Of templates that the theme brings itself: stage (render.c) and value (view.c).
extern const struct liquid_tag theme_stage_tags[];
extern const size_t theme_stage_tag_count;
liquid_tag_fn theme_tag_stage, theme_tag_value;
// No shop at all; theme_page.host_page is a struct theme_findings for its problems.
extern const struct theme_host theme_no_shop;
void theme_problem(const struct theme_page *p, struct str file, int line, struct str message);

// The tables of the objects made here, for docs/liquid-coverage.md.
extern const struct theme_kind theme_section_kind, theme_block_kind, theme_scheme_kind,
    theme_schemes_kind, theme_template_kind, theme_video_url_kind, theme_closest_kind;
