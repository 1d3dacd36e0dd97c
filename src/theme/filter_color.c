// SPDX-License-Identifier: Apache-2.0
// Colours. Arithmetic is in sRGB and HSL as the documented results show; what is no colour is
// given back as it came.
#include <math.h>
#include <stdio.h>

#include "theme/color.h"
#include "theme/filter_private.h"

static bool color_in(struct liquid_call *c, struct color *out) {
    return color_parse(call_in(c), out);
}
static bool color_arg(struct liquid_call *c, struct color *out) {
    return color_parse(call_arg(c, 0), out);
}
static double arg_real(struct liquid_call *c, size_t i) {
    return value_real(liquid_arg(&c->args, i), 0);
}
static bool unchanged(struct liquid_call *c, struct liquid_value *out) {
    *out = c->input;
    return true;
}

static bool give_color(struct liquid_call *c, struct color color, struct liquid_value *out) {
    struct buf b = call_buf(c);
    if (color.alpha < 0.9999)
        color_put_rgb(&b, color);
    else
        color_put_hex(&b, color);
    return give_text(out, buf_str(&b));
}

static bool give_rounded(struct liquid_value *out, double d, double digits) {
    double r = floor(d * digits + 0.5) / digits;
    *out = digits > 1 ? liquid_float(r) : liquid_int((int64_t)r);
    return true;
}

FILTER(color_to_rgb) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    struct buf b = call_buf(c);
    color_put_rgb(&b, color);
    return give_text(out, buf_str(&b));
}

FILTER(color_to_hex) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    struct buf b = call_buf(c);
    color_put_hex(&b, color);
    return give_text(out, buf_str(&b));
}

FILTER(color_to_hsl) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    struct hsl h = color_hsl(color);
    struct buf b = call_buf(c);
    bool solid = color.alpha > 0.9999;
    buf_fmt(&b, "%s(%.0f, %.0f%%, %.0f%%", solid ? "hsl" : "hsla", h.h, h.s * 100, h.l * 100);
    if (!solid) {
        buf_put(&b, S(", "));
        put_real(&b, color.alpha);
    }
    buf_char(&b, ')');
    return give_text(out, buf_str(&b));
}

FILTER(color_to_oklch) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    struct buf b = call_buf(c);
    color_put_oklch(&b, color);
    return give_text(out, buf_str(&b));
}

FILTER(hex_to_rgba) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    if (c->args.pos_n) color.alpha = arg_real(c, 0);
    struct buf b = call_buf(c);
    buf_fmt(&b, "rgba(%.0f,%.0f,%.0f,", color.r, color.g, color.b);
    put_real(&b, color.alpha);
    buf_char(&b, ')');
    return give_text(out, buf_str(&b));
}

// ---- two colours
static double brightness(struct color c) { return (c.r * 299 + c.g * 587 + c.b * 114) / 1000; }

FILTER(color_brightness) {
    (void)err;
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    return give_rounded(out, brightness(color), 100);
}

FILTER(brightness_difference) {
    (void)err;
    struct color x, y;
    if (!color_in(c, &x) || !color_arg(c, &y)) return unchanged(c, out);
    return give_rounded(out, fabs(brightness(x) - brightness(y)), 1);
}

FILTER(color_difference) {
    (void)err;
    struct color x, y;
    if (!color_in(c, &x) || !color_arg(c, &y)) return unchanged(c, out);
    return give_rounded(out, fabs(x.r - y.r) + fabs(x.g - y.g) + fabs(x.b - y.b), 1);
}

FILTER(color_contrast) { // WCAG 2.0
    (void)err;
    struct color x, y;
    if (!color_in(c, &x) || !color_arg(c, &y)) return unchanged(c, out);
    double a = color_luminance(x), b = color_luminance(y);
    return give_rounded(out, a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05), 10);
}

FILTER(color_mix) {
    (void)err;
    struct color x, y;
    if (!color_in(c, &x) || !color_arg(c, &y)) return unchanged(c, out);
    double p = arg_real(c, 1) / 100;
    p = p < 0 ? 0 : p > 1 ? 1 : p;
    double q = 1 - p;
    struct color mixed = {round(x.r * p + y.r * q), round(x.g * p + y.g * q),
                          round(x.b * p + y.b * q), x.alpha * p + y.alpha * q};
    mixed.alpha = round(mixed.alpha * 100) / 100;
    return give_color(c, mixed, out);
}

// ---- one colour, changed
static bool shifted(struct liquid_call *c, double saturation, double lightness,
                    struct liquid_value *out) {
    struct color color;
    if (!color_in(c, &color)) return unchanged(c, out);
    struct hsl h = color_hsl(color);
    double by = arg_real(c, 0) / 100;
    h.s += saturation * by, h.l += lightness * by;
    return give_color(c, color_of_hsl(h, color.alpha), out);
}
FILTER(color_darken) {
    (void)err;
    return shifted(c, 0, -1, out);
}
FILTER(color_lighten) {
    (void)err;
    return shifted(c, 0, 1, out);
}
FILTER(color_saturate) {
    (void)err;
    return shifted(c, 1, 0, out);
}
FILTER(color_desaturate) {
    (void)err;
    return shifted(c, -1, 0, out);
}

FILTER(color_extract) {
    (void)err;
    struct color color;
    struct str what = call_arg(c, 0);
    if (!color_in(c, &color)) return unchanged(c, out);
    struct hsl h = color_hsl(color);
    const struct {
        const char *name;
        double value;
    } parts[] = {{"red", color.r}, {"green", color.g},        {"blue", color.b},
                 {"hue", h.h},     {"saturation", h.s * 100}, {"lightness", h.l * 100}};
    *out = liquid_nil();
    if (str_eq(what, S("alpha"))) *out = liquid_float(color.alpha);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (str_eq(what, str_c(parts[i].name))) return give_rounded(out, parts[i].value, 1);
    return true;
}

FILTER(color_modify) {
    (void)err;
    struct color color;
    struct str what = call_arg(c, 0);
    double to = arg_real(c, 1);
    if (!color_in(c, &color)) return unchanged(c, out);
    struct hsl h = color_hsl(color);
    double *rgb = str_eq(what, S("red"))     ? &color.r
                  : str_eq(what, S("green")) ? &color.g
                  : str_eq(what, S("blue"))  ? &color.b
                                             : NULL;
    if (rgb) {
        *rgb = to < 0 ? 0 : to > 255 ? 255 : to;
    } else if (str_eq(what, S("alpha"))) {
        color.alpha = to < 0 ? 0 : to > 1 ? 1 : to;
    } else {
        if (str_eq(what, S("hue")))
            h.h = to;
        else if (str_eq(what, S("saturation")))
            h.s = to / 100;
        else if (str_eq(what, S("lightness")))
            h.l = to / 100;
        color = color_of_hsl(h, color.alpha);
    }
    return give_color(c, color, out);
}
