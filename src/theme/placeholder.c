// SPDX-License-Identifier: Apache-2.0
// placeholder_svg_tag: what stands where a merchant has no picture yet. Quiet drawings of our own,
// in the colour of the text round them, one or two motifs on a ground.
#include "theme/filter_private.h"

enum motif {
    VASE,
    CUP,
    LAMP,
    CHAIR,
    BOOK,
    BAG,
    HILLS,
    FRAME,
    SHIRT,
    TROUSERS,
    HAT,
    BOOT,
    RAIL,
    NONE
};
// Paths in a field of 400 by 400, standing on y = 320.
static const char *const paths[] = {
    [VASE] = "M175 90h50v22c0 26 42 62 42 122 0 46-22 86-40 86h-54c-18 0-40-40-40-86 0-60 42-96 "
             "42-122z",
    [CUP] = "M120 170h140v70c0 48-28 80-70 80s-70-32-70-80zm140 22h18c50 0 50 78-6 78h-16",
    [LAMP] = "M150 90h100l42 110H108zm44 110h12v100h34v20h-80v-20h34z",
    [CHAIR] = "M140 90h16v120h96V90h16v230h-16v-84h-96v84h-16z",
    [BOOK] = "M108 120c40-14 70-8 92 12 22-20 52-26 92-12v180c-40-14-70-8-92 12-22-20-52-26-92-12z"
             "M200 132v180",
    [BAG] = "M120 160h160l16 160H104zm36 30v-50c0-60 88-60 88 0v50",
    [HILLS] = "M0 320l110-120 70 70 90-110 130 160zM300 110a26 26 0 1 0 .1 0z",
    [FRAME] = "M100 110h200v180H100zm24 156l50-66 36 44 26-30 40 52zM250 150a14 14 0 1 0 .1 0z",
    [SHIRT] = "M160 90c12 26 68 26 80 0l60 32-22 58-28-10v150H150V170l-28 10-22-58z",
    [TROUSERS] = "M150 90h100l16 230h-44l-22-150-22 150h-44z",
    [HAT] =
        "M140 240c0-90 20-120 60-120s60 30 60 120c40 6 60 16 60 26 0 40-240 40-240 0 0-10 20-20 "
        "60-26z",
    [BOOT] = "M140 100h70v120c40 10 84 20 84 60v40H140z",
    [RAIL] = "M60 110h280M90 110v210M310 110v210M140 110l-20 40v120h40V150zM200 110l-24 "
             "40v140h48V150zM260 110l-20 40v100h40V150z",
};
static const struct drawing {
    const char *name;
    enum motif first, second;
} drawings[] = {
    {"blog-apparel-1", HILLS, HAT},
    {"blog-apparel-2", RAIL, NONE},
    {"blog-apparel-3", BOOK, NONE},
    {"collection-1", VASE, CUP},
    {"collection-2", LAMP, CHAIR},
    {"collection-3", BOOK, CUP},
    {"collection-4", BAG, BOOK},
    {"collection-5", CHAIR, VASE},
    {"collection-6", CUP, LAMP},
    {"collection-apparel-1", SHIRT, TROUSERS},
    {"collection-apparel-2", HAT, BAG},
    {"collection-apparel-3", BOOT, TROUSERS},
    {"collection-apparel-4", RAIL, NONE},
    {"detailed-apparel-1", SHIRT, NONE},
    {"hero-apparel-1", RAIL, HAT},
    {"hero-apparel-2", HILLS, BAG},
    {"hero-apparel-3", HILLS, BOOT},
    {"image", FRAME, NONE},
    {"lifestyle-1", HILLS, NONE},
    {"lifestyle-2", HILLS, CHAIR},
    {"product-1", VASE, NONE},
    {"product-2", CUP, NONE},
    {"product-3", LAMP, NONE},
    {"product-4", CHAIR, NONE},
    {"product-5", BOOK, NONE},
    {"product-6", BAG, NONE},
    {"product-apparel-1", SHIRT, NONE},
    {"product-apparel-2", TROUSERS, NONE},
    {"product-apparel-3", HAT, NONE},
    {"product-apparel-4", BOOT, NONE},
};

static void put_motif(struct buf *b, enum motif m, int across, bool wide) {
    int x = across + (wide ? 200 : 0);
    buf_fmt(b, "<path d=\"%s\"", paths[m]);
    if (x) buf_fmt(b, " transform=\"translate(%d 0)\"", x);
    buf_put(b, S(" fill=\"currentColor\" fill-opacity=\".08\" stroke=\"currentColor\" "
                 "stroke-opacity=\".35\" stroke-width=\"3\" stroke-linejoin=\"round\"/>"));
}

static void put_drawing(struct buf *b, const struct drawing *d) {
    bool wide =
        str_starts(str_c(d->name), S("hero-")) || str_starts(str_c(d->name), S("lifestyle-"));
    int width = wide ? 800 : 400;
    buf_fmt(b, " preserveAspectRatio=\"xMidYMid slice\" viewBox=\"0 0 %d 400\" fill=\"none\"",
            width);
    buf_fmt(b,
            " xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\"><path d=\"M0 0h%dv400H0z\"",
            width);
    buf_put(b, S(" fill=\"currentColor\" fill-opacity=\".05\"/>"));
    if (wide || d->first == HILLS) {
        put_motif(b, d->first, wide ? -200 : 0, wide);
        if (wide && d->first == HILLS) put_motif(b, HILLS, 120, wide);
        if (d->second != NONE) put_motif(b, d->second, wide ? 130 : 0, wide);
    } else {
        put_motif(b, d->first, d->second == NONE ? 0 : -70, wide);
        if (d->second != NONE) put_motif(b, d->second, 80, wide);
    }
    buf_put(b, S("</svg>"));
}

// A name that is not known gives the picture of a picture.
FILTER(placeholder_svg_tag) {
    (void)err;
    struct str name = call_in(c), class_name = call_arg(c, 0);
    const struct drawing *d = NULL, *fallback = NULL;
    for (size_t i = 0; i < ARRAY_LEN(drawings); i++) {
        if (str_eq(name, str_c(drawings[i].name))) d = &drawings[i];
        if (str_eq(S("image"), str_c(drawings[i].name))) fallback = &drawings[i];
    }
    struct buf b = call_buf(c);
    buf_put(&b, S("<svg"));
    put_attr(&b, "class", class_name.n ? class_name : S("placeholder-svg"));
    put_drawing(&b, d ? d : fallback);
    return give_html(out, &b);
}
