// SPDX-License-Identifier: Apache-2.0
// The filters of themes beyond standard Liquid, and the two tags that need the shop: form and
// paginate. They know the page they are called on by theme_page_of(call) and the shop by its
// theme's host. What they print as markup is LIQUID_HTML with every value in it escaped; URLs,
// colours, sums are text. A picture, file or asset that is not there prints nothing, like on a
// shop whose merchant has not chosen one. Shapes (names and order of attributes) follow the
// examples of theme-liquid-docs.
#pragma once
#include "theme/render.h"

// Sorted by name; given to liquid_host.filters, which is asked before standard Liquid.
extern const struct liquid_filter theme_filter_table[];
extern const size_t theme_filter_count;
// form (block), paginate (block, keyword "by").
extern const struct liquid_tag theme_form_tags[];
extern const size_t theme_form_tag_count;
// Filters that print nothing on purpose, and why; for docs/liquid-coverage.md.
struct theme_filter_empty {
    const char *name, *because;
};
extern const struct theme_filter_empty theme_filter_empties[];
extern const size_t theme_filter_empty_count;
// An address that leads to the same path in the page's language: "/cart" → "/en/cart".
struct str theme_path(const struct theme_page *p, struct str path);
// The object `color` of a CSS colour (#rgb, #rrggbb, #rrggbbaa, rgb(), rgba(), hsl(), hsla()), for
// settings of type color; nil when the text is none. Prints as #rrggbb, with alpha as rgba().
struct liquid_value theme_color_value(struct arena *a, struct str css);
