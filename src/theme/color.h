// SPDX-License-Identifier: Apache-2.0
// Colours of CSS: reading, writing, and the spaces that filters calculate in.
#pragma once
#include "base/buf.h"
#include "theme/object.h"

struct color {
    double r, g, b; // 0 ... 255
    double alpha;   // 0 ... 1
};
struct hsl {
    double h, s, l; // degrees; 0 ... 1
};
struct oklch {      // Björn Ottosson's Oklab, in polar form (CSS Color 4)
    double l, c, h; // 0 ... 1, 0 ... 0.4, degrees
};
// #rgb, #rgba, #rrggbb, #rrggbbaa (with or without #), rgb(), rgba(), hsl(), hsla(), and the names
// black, white and transparent. False: none of these.
bool color_parse(struct str css, struct color *out);
struct hsl color_hsl(struct color c);
struct color color_of_hsl(struct hsl h, double alpha); // clipped
struct oklch color_oklch(struct color c);
double color_luminance(struct color c);              // WCAG 2: 0 ... 1
void color_put_hex(struct buf *b, struct color c);   // #ea5ab9; alpha is left out
void color_put_rgb(struct buf *b, struct color c);   // rgb(234, 90, 185), rgba(234, 90, 185, 0.5)
void color_put_oklch(struct buf *b, struct color c); // oklch(68% 0.2 343 / 1.0)
extern const struct theme_kind theme_color_kind;
