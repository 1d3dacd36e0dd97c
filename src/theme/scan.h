// SPDX-License-Identifier: Apache-2.0
// The tags and outputs of a Liquid file one after the other, for looking at names that stand in
// them as literals. Bodies that are not Liquid of the page (comment, raw, doc, schema, javascript,
// stylesheet) are passed over; the lines of {% liquid %} are tags of their own.
#pragma once
#include "base/str.h"

struct theme_scan {
    struct str rest;  // from here on
    struct str lines; // what is left of a {% liquid %}
    int line, lines_line;
};
struct theme_found {
    struct str name; // "render"; of {{ }} "echo"
    struct str markup;
    int line;
};
struct theme_scan theme_scan(struct str text);
bool theme_scan_next(struct theme_scan *s, struct theme_found *out);
// The string literal at the start of the markup, without its quotes; absent when there is none.
// after_out (may be NULL): what follows it.
struct str theme_scan_literal(struct str markup, struct str *after_out);
// The next string literal anywhere in *rest, moved past it. filter_out: the name of the filter it
// goes into, or absent.
bool theme_scan_piped(struct str *rest, struct str *literal_out, struct str *filter_out);
// The literal of a named argument: type of "'block', type: 'price', id: 'a'".
struct str theme_scan_named(struct str markup, const char *name);
// A copy of the text in which everything that is no markup of the page is blank: Liquid, HTML
// comments and the bodies above. Lines stay where they are.
struct arena;
struct str theme_scan_markup(struct arena *a, struct str text);
