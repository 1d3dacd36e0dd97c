// SPDX-License-Identifier: Apache-2.0
#include "theme/filter_private.h"
#include "theme/font_private.h"

// The letters of the two files of a family (themes/fonts/README.md).
#define LATIN                                                                                      \
    "U+20-7E, U+A0-FF, U+131, U+152-153, U+2C6, U+2DA, U+2DC, U+2010-2014, U+2018-201E, "          \
    "U+2020-2022, U+2026, U+2030, U+2032-2033, U+2039-203A, U+2044, U+20AC, U+2122, U+2190-2193, " \
    "U+2212, U+2215"
#define EXTENDED "U+100-130, U+132-151, U+154-17F, U+218-21B, U+1E9E, U+20A9, U+20BA, U+20BD"

static const struct font *font_in(struct liquid_call *c) {
    struct liquid_value v = c->input;
    if (liquid_is_text(v)) v = theme_font_value(c->arena, liquid_str(v));
    return theme_self(v, &theme_font_kind);
}

static bool display_ok(struct str s) {
    static const char *const known[] = {"auto", "block", "swap", "fallback", "optional"};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(s, str_c(known[i]))) return true;
    return false;
}

static void put_face(struct buf *b, const struct font *f, struct str display, bool extended) {
    struct str url = font_file_url(b->arena, f, extended);
    if (!url.p) return;
    struct str name = liquid_str(font_family_name(b->arena, f));
    buf_fmt(b, "@font-face {\n  font-family: " STR_FMT ";\n", STR_ARG(name));
    buf_fmt(b, "  font-weight: %d;\n  font-style: %s;\n", f->weight,
            f->italic ? "italic" : "normal");
    buf_fmt(b, "  font-display: " STR_FMT ";\n", STR_ARG(display));
    buf_fmt(b, "  src: url(\"" STR_FMT "\") format(\"woff2\");\n", STR_ARG(url));
    buf_fmt(b, "  unicode-range: %s;\n}\n", extended ? EXTENDED : LATIN);
}

FILTER(font_face) {
    (void)err;
    const struct font *f = font_in(c);
    struct str display = call_named(c, "font_display");
    struct buf b = call_buf(c);
    if (!display_ok(display)) display = S("swap");
    if (f) {
        put_face(&b, f, display, false);
        put_face(&b, f, display, true);
    }
    return give_html(out, &b);
}

FILTER(font_url) { // only woff2 is made: every browser since 2018 reads it
    (void)err;
    const struct font *f = font_in(c);
    return give_text(out, f ? font_file_url(c->arena, f, false) : S(""));
}

void theme_font_css(struct buf *b, struct liquid_value font, int weight) {
    const struct font *f = theme_self(font, &theme_font_kind);
    if (!f) return;
    struct font cut = *f;
    if (weight) cut.weight = weight;
    put_face(b, &cut, S("swap"), false);
    put_face(b, &cut, S("swap"), true);
}

// "bolder" and "lighter" as CSS Fonts 4 (2.3.1) says.
static int weight_of(struct str value, int from) {
    int64_t n;
    if (str_eq(value, S("normal"))) return 400;
    if (str_eq(value, S("bold"))) return 700;
    if (str_eq(value, S("bolder"))) return from < 350 ? 400 : from < 550 ? 700 : 900;
    if (str_eq(value, S("lighter"))) return from < 550 ? 100 : from < 750 ? 400 : 700;
    if (!value.n || !str_to_int(value, &n) || n < -900 || n > 900) return 0;
    bool step = value.p[0] == '+' || value.p[0] == '-';
    return (int)n + (step ? from : 0);
}

FILTER(font_modify) {
    (void)err;
    const struct font *f = font_in(c);
    struct str what = call_arg(c, 0), value = call_arg(c, 1);
    *out = liquid_nil();
    if (!f) return true;
    if (str_eq(what, S("weight")))
        *out = font_variant(c->arena, f, weight_of(value, f->weight), f->italic);
    else if (str_eq(what, S("style")))
        *out = font_variant(c->arena, f, f->weight, !str_eq(value, S("normal")));
    return true;
}
