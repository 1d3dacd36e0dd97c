// SPDX-License-Identifier: Apache-2.0
// Writing pages with a loaded theme. Errors inside a template are printed where they happen in a
// preview and left out for visitors; either way they are told to host->problem. Limits of a page
// (output 4 MiB, steps, depth, ten seconds) end it: the caller shows the last good theme.
#pragma once
#include "theme/theme.h"

struct theme_page {
    const struct theme *theme;
    struct arena *arena;
    void *host_page;
    struct liquid_map *globals; // what the shop gives: shop, product, cart, routes, request ...;
                                // the theme adds section, block, settings, template,
                                // content_for_header, content_for_layout, color_schemes
    struct str lang;            // "de"
    instant now;
    bool preview; // errors are shown
    // Filled by the render: sha256-… of every {% style %} printed, for the policy.
    struct str *style_hashes;
    size_t style_hash_count, style_hash_cap;
    struct theme_state *state; // the render's own
};
// templates/<name>.json or .liquid in its layout. name: "product", "product.wide" (?view=wide).
MUST_USE bool theme_render(struct theme_page *p, struct str name, struct buf *out, struct err *err);
// The Section Rendering API: one section of that template by its id (as in the wrapper's id, or the
// key in the JSON template), else a section group's, else sections/<id>.liquid with defaults.
// found_out false: there is none, nothing is written.
MUST_USE bool theme_render_section(struct theme_page *p, struct str name, struct str id,
                                   struct buf *out, bool *found_out, struct err *err);
// Shared with tags and filters of this room: the page of a call.
static inline struct theme_page *theme_page_of(const struct liquid_call *c) { return c->page; }
