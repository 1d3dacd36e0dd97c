// SPDX-License-Identifier: Apache-2.0
#include "theme/color.h"

#include <math.h>
#include <stdio.h>

#include "theme/filter_private.h"

static int hex_digit(char ch) {
    if (ch >= '0' && ch <= '9') return ch - '0';
    if (ch >= 'a' && ch <= 'f') return ch - 'a' + 10;
    return ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

static bool parse_hex(struct str s, struct color *out) {
    double v[4] = {0, 0, 0, 255};
    if (s.n != 3 && s.n != 4 && s.n != 6 && s.n != 8) return false;
    size_t per = s.n > 4 ? 2 : 1;
    for (size_t i = 0; i < s.n; i++)
        if (hex_digit(s.p[i]) < 0) return false;
    for (size_t i = 0; i < s.n / per; i++) {
        int high = hex_digit(s.p[i * per]), low = hex_digit(s.p[i * per + per - 1]);
        v[i] = high * 16 + low;
    }
    *out = (struct color){v[0], v[1], v[2], v[3] / 255};
    return true;
}

// The numbers in the brackets; separators are commas, blanks and the slash before alpha.
static size_t numbers(struct str s, double *v, bool *percent, size_t max) {
    size_t n = 0;
    while (s.n && n < max) {
        size_t end = 0;
        while (end < s.n && !strchr(", /", s.p[end])) end++;
        struct str word = str_sub(s, 0, end);
        s = str_from(s, end + 1);
        if (!word.n) continue;
        if (str_ends(word, S("deg"))) word.n -= 3;
        double d = value_real(liquid_text(word), 1e9);
        if (d > 1e8) return 0;
        percent[n] = str_ends(word, S("%"));
        v[n++] = d;
    }
    return n;
}

static double clip(double d, double low, double high) {
    return d < low ? low : d > high ? high : d;
}

static bool parse_function(struct str s, struct color *out) {
    double v[4] = {0, 0, 0, 1};
    bool percent[4] = {0};
    size_t open = str_find_char(s, '(');
    if (open == STR_NONE || !str_ends(s, S(")"))) return false;
    struct str name = str_sub(s, 0, open);
    bool rgb = str_eq_nocase(name, S("rgb")) || str_eq_nocase(name, S("rgba"));
    if (!rgb && !str_eq_nocase(name, S("hsl")) && !str_eq_nocase(name, S("hsla"))) return false;
    if (numbers(str_sub(s, open + 1, s.n - open - 2), v, percent, 4) < 3) return false;
    double alpha = clip(percent[3] ? v[3] / 100 : v[3], 0, 1);
    for (size_t i = 0; i < 3 && rgb; i++) v[i] = clip(percent[i] ? v[i] * 2.55 : v[i], 0, 255);
    *out = rgb ? (struct color){v[0], v[1], v[2], alpha}
               : color_of_hsl((struct hsl){v[0], v[1] / 100, v[2] / 100}, alpha);
    return true;
}

bool color_parse(struct str css, struct color *out) {
    struct str s = str_trim(css);
    if (str_starts(s, S("#"))) return parse_hex(str_from(s, 1), out);
    if (str_eq_nocase(s, S("black"))) return parse_hex(S("000"), out);
    if (str_eq_nocase(s, S("white"))) return parse_hex(S("fff"), out);
    if (str_eq_nocase(s, S("transparent"))) return parse_hex(S("0000"), out);
    return parse_function(s, out) || parse_hex(s, out);
}

struct hsl color_hsl(struct color c) {
    double r = c.r / 255, g = c.g / 255, b = c.b / 255;
    double max = fmax(r, fmax(g, b)), min = fmin(r, fmin(g, b)), d = max - min;
    struct hsl h = {0, 0, (max + min) / 2};
    if (d <= 0) return h;
    h.s = h.l > 0.5 ? d / (2 - max - min) : d / (max + min);
    if (max <= r)
        h.h = (g - b) / d + (g < b ? 6 : 0);
    else if (max <= g)
        h.h = (b - r) / d + 2;
    else
        h.h = (r - g) / d + 4;
    h.h *= 60;
    return h;
}

static double channel(double p, double q, double t) {
    if (t < 0) t += 1;
    if (t > 1) t -= 1;
    if (t < 1.0 / 6) return p + (q - p) * 6 * t;
    if (t < 0.5) return q;
    return t < 2.0 / 3 ? p + (q - p) * (2.0 / 3 - t) * 6 : p;
}

struct color color_of_hsl(struct hsl h, double alpha) {
    double s = clip(h.s, 0, 1), l = clip(h.l, 0, 1), turn = fmod(h.h, 360) / 360;
    if (turn < 0) turn += 1;
    double q = l < 0.5 ? l * (1 + s) : l + s - l * s, p = 2 * l - q;
    return (struct color){round(channel(p, q, turn + 1.0 / 3) * 255),
                          round(channel(p, q, turn) * 255),
                          round(channel(p, q, turn - 1.0 / 3) * 255), alpha};
}

static double linear(double v) {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

double color_luminance(struct color c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

struct oklch color_oklch(struct color c) {
    double r = linear(c.r), g = linear(c.g), b = linear(c.b);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    double x = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double y = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    struct oklch o = {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, sqrt(x * x + y * y),
                      atan2(y, x) * 180 / M_PI};
    if (o.c < 0.0005) o.c = 0, o.h = 0;
    if (o.h < 0) o.h += 360;
    return o;
}

void color_put_hex(struct buf *b, struct color c) {
    const unsigned char rgb[] = {(unsigned char)(c.r + 0.5), (unsigned char)(c.g + 0.5),
                                 (unsigned char)(c.b + 0.5)};
    buf_char(b, '#');
    buf_hex(b, rgb, sizeof rgb);
}

void color_put_rgb(struct buf *b, struct color c) {
    bool solid = c.alpha > 0.9999;
    buf_fmt(b, "%s(%.0f, %.0f, %.0f", solid ? "rgb" : "rgba", c.r, c.g, c.b);
    if (!solid) {
        buf_put(b, S(", "));
        put_real(b, round(c.alpha * 100) / 100);
    }
    buf_char(b, ')');
}

static void put_point(struct buf *b, double d) { // with a point always: 1.0, 0.5
    size_t from = b->n;
    put_real(b, d);
    if (str_find_char(str_from(buf_str(b), from), '.') == STR_NONE) buf_put(b, S(".0"));
}

void color_put_oklch(struct buf *b, struct color c) {
    struct oklch o = color_oklch(c);
    buf_fmt(b, "oklch(%.0f%% ", o.l * 100);
    put_real(b, round(o.c * 100) / 100);
    buf_fmt(b, " %.0f / ", o.h);
    put_point(b, round(c.alpha * 100) / 100);
    buf_char(b, ')');
}

// ---- the object `color`
#define HAS(property, getter)                                                                      \
    { .name = (property), .get = (getter) }
#define GET(name)                                                                                  \
    static bool get_##name(void *self, struct arena *a, struct liquid_value *out, struct err *err)
#define NUMBER(name, expression)                                                                   \
    GET(name) {                                                                                    \
        const struct color c = *(struct color *)self;                                              \
        (void)a, (void)err, (void)c;                                                               \
        *out = expression;                                                                         \
        return true;                                                                               \
    }
NUMBER(alpha, liquid_float(c.alpha))
NUMBER(red, liquid_int((int64_t)(c.r + 0.5)))
NUMBER(green, liquid_int((int64_t)(c.g + 0.5)))
NUMBER(blue, liquid_int((int64_t)(c.b + 0.5)))
NUMBER(hue, liquid_int((int64_t)(color_hsl(c).h + 0.5)))
NUMBER(saturation, liquid_int((int64_t)(color_hsl(c).s * 100 + 0.5)))
NUMBER(lightness, liquid_int((int64_t)(color_hsl(c).l * 100 + 0.5)))
NUMBER(chroma, liquid_float(round(color_oklch(c).c * 100) / 100))
NUMBER(color_space, liquid_text(S("srgb")))

static bool printed(const struct color *c, struct arena *a, const char *format, bool with_alpha,
                    struct liquid_value *out) { // the parts alone, as CSS takes them
    struct buf b = buf_new(a, 0);
    struct oklch o = color_oklch(*c);
    if (format[0] == 'r') {
        buf_fmt(&b, "%.0f %.0f %.0f", c->r, c->g, c->b);
    } else {
        buf_fmt(&b, "%.0f%% ", o.l * 100);
        put_real(&b, round(o.c * 100) / 100);
        buf_fmt(&b, " %.0f", o.h);
    }
    if (with_alpha) {
        buf_put(&b, S(" / "));
        put_point(&b, round(c->alpha * 100) / 100);
    }
    *out = liquid_text(buf_str(&b));
    return true;
}
#define PARTS(name, format, with_alpha)                                                            \
    GET(name) {                                                                                    \
        (void)err;                                                                                 \
        return printed(self, a, format, with_alpha, out);                                          \
    }
PARTS(rgb, "rgb", false)
PARTS(rgba, "rgb", true)
PARTS(oklch, "oklch", false)
PARTS(oklcha, "oklch", true)

static void print_color(void *self, struct buf *out, bool *html_out) {
    const struct color *c = self;
    (void)html_out;
    if (c->alpha < 0.9999)
        color_put_rgb(out, *c);
    else
        color_put_hex(out, *c);
}

static const struct theme_prop color_props[] = {
    HAS("alpha", get_alpha),
    HAS("blue", get_blue),
    HAS("chroma", get_chroma),
    HAS("color_space", get_color_space),
    HAS("green", get_green),
    HAS("hue", get_hue),
    HAS("lightness", get_lightness),
    HAS("oklch", get_oklch),
    HAS("oklcha", get_oklcha),
    HAS("red", get_red),
    HAS("rgb", get_rgb),
    HAS("rgba", get_rgba),
    HAS("saturation", get_saturation),
};
const struct theme_kind theme_color_kind = {
    .name = "color", THEME_PROPS(color_props), .print = print_color};

struct liquid_value theme_color_value(struct arena *a, struct str css) {
    struct color c;
    if (!color_parse(css, &c)) return liquid_nil();
    return theme_object(a, &theme_color_kind, arena_copy(a, &c, sizeof c));
}
