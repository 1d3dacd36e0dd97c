// SPDX-License-Identifier: Apache-2.0
// The fonts that themes may choose: a small library of free families that come with the program
// (themes/fonts), so no visitor's browser asks a third party. A handle is Shopify's: "inter_n4" is
// family, style (n upright, i italic), weight in hundreds. A family that is not in the library is
// answered by its name and the nearest stack of the system, without a file to load; so every
// handle gives a font.
#pragma once
#include "base/buf.h"
#include "liquid/value.h"

// The object `font` of a handle, for settings of type font_picker; nil when it is no handle.
struct liquid_value theme_font_value(struct arena *a, struct str handle);
// @font-face of a font, in a weight (400 to 700; 0: its own); nothing for fonts of the system.
void theme_font_css(struct buf *b, struct liquid_value font, int weight);
// What the library has, for a choice: every family once, by name.
struct theme_font_family {
    const char *handle, *name; // "work_sans", "Work Sans"
    bool italic;               // weights 400 to 700, upright and, when set, italic
};
const struct theme_font_family *theme_font_families(size_t *n_out);
// A file under "/cdn/fonts/": "<fingerprint>/inter.woff2". Absent bytes: unknown. The address names
// the content, so it may be kept for ever.
struct str theme_font_asset(struct str path, const char **type_out);
