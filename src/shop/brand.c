// SPDX-License-Identifier: Apache-2.0
#include "shop/brand.h"

#include "core/settings.h"
#include "mod/themes/themes.h"
#include "shop/object/goods.h"
#include "shop/theme_host.h"
#include "theme/color.h"
#include "theme/digest.h"
#include "theme/fonts.h"

enum { ROLE_BG, ROLE_SURFACE, ROLE_TEXT, ROLE_ACCENT, ROLE_BTN, ROLE_BTN_TEXT, ROLES };
enum { SAME_NAMES = 3, CSS_MAX = 8192 };
#define CONTRAST 4.5
struct palette {
    struct color v[ROLES];
};
struct brand {
    struct page *p;
    struct themes_hold live, own; // own: Hanse as it came
    struct buf css;
    struct liquid_map *out;
};

// What themes call it: Hanse, the platform's older and newer themes.
static const char *const roles[ROLES][SAME_NAMES] = {
    {"background"},
    {"surface"},
    {"text", "foreground"},
    {"accent", "links"},
    {"button", "primary_button_background"},
    {"button_text", "button_label", "primary_button_text"},
};
static const char *const properties[ROLES] = {"bg", "surface", "text", "accent", "btn", "btn-text"};

static bool scheme_color(struct arena *a, const struct theme *t, const char *prefix, int role,
                         struct color *out) {
    for (size_t i = 0; i < SAME_NAMES && roles[role][i]; i++) {
        struct str id = arena_fmt(a, "%s%s", prefix, roles[role][i]);
        struct liquid_value v = theme_scheme_value(t, a, id);
        if (v.type == LIQUID_NIL) continue;
        if (color_parse(liquid_to_str(a, v), out) && out->alpha >= 1) return true;
    }
    return false;
}

static double contrast(const struct palette *p, int a, int b) {
    double x = color_luminance(p->v[a]), y = color_luminance(p->v[b]);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

// What is missing is made of what is there. False: no ground or no text, or not to be read.
static bool scheme_of(struct arena *a, const struct theme *t, const char *prefix,
                      struct palette *out) {
    bool has[ROLES];
    for (int i = 0; i < ROLES; i++) has[i] = scheme_color(a, t, prefix, i, &out->v[i]);
    if (!has[ROLE_BG] || !has[ROLE_TEXT]) return false;
    if (!has[ROLE_SURFACE] || contrast(out, ROLE_TEXT, ROLE_SURFACE) < CONTRAST)
        out->v[ROLE_SURFACE] = out->v[ROLE_BG];
    if (!has[ROLE_ACCENT] || contrast(out, ROLE_ACCENT, ROLE_BG) < CONTRAST ||
        contrast(out, ROLE_ACCENT, ROLE_SURFACE) < CONTRAST)
        out->v[ROLE_ACCENT] = out->v[ROLE_TEXT];
    if (!has[ROLE_BTN] || !has[ROLE_BTN_TEXT] ||
        contrast(out, ROLE_BTN, ROLE_BTN_TEXT) < CONTRAST) {
        out->v[ROLE_BTN] = out->v[ROLE_TEXT];
        out->v[ROLE_BTN_TEXT] = out->v[ROLE_BG];
    }
    return contrast(out, ROLE_TEXT, ROLE_BG) >= CONTRAST;
}

static void put_palette(struct brand *b, const struct palette *c, const char *scheme) {
    buf_fmt(&b->css, ":root{color-scheme:%s", scheme);
    for (int i = 0; i < ROLES; i++) {
        buf_fmt(&b->css, ";--%s:", properties[i]);
        color_put_hex(&b->css, c->v[i]);
    }
    buf_put(&b->css, S("}"));
}

static void set_ground(struct brand *b, const char *key, const struct palette *c) {
    struct buf hex = buf_new(b->p->c->arena, 16);
    color_put_hex(&hex, c->v[ROLE_BG]);
    set_str(b->out, key, buf_str(&hex));
}

#define WHITE                                                                                      \
    { 255, 255, 255, 1 }
#define BLACK                                                                                      \
    { 0, 0, 0, 1 }
static const struct palette black_on_white = {{[ROLE_BG] = WHITE,
                                               [ROLE_SURFACE] = WHITE,
                                               [ROLE_TEXT] = BLACK,
                                               [ROLE_ACCENT] = BLACK,
                                               [ROLE_BTN] = BLACK,
                                               [ROLE_BTN_TEXT] = WHITE}};

// A theme without dark colours stays light; one whose colours cannot be read gets Hanse's.
static void put_colors(struct brand *b) {
    struct arena *a = b->p->c->arena;
    struct palette light, dark;
    const struct theme *t = b->live.theme;
    if (!scheme_of(a, t, "", &light)) {
        t = b->own.theme;
        if (!scheme_of(a, t, "", &light)) light = black_on_white;
    }
    struct str how = liquid_str(theme_setting_value(t, a, S("brightness")));
    bool has_dark = scheme_of(a, t, "dark_", &dark) && !str_eq(how, S("light"));
    bool only_dark = has_dark && str_eq(how, S("dark"));
    bool bright = color_luminance(light.v[ROLE_BG]) > 0.18;
    if (!only_dark) put_palette(b, &light, bright ? "light" : "dark");
    if (has_dark && !only_dark) buf_put(&b->css, S("@media(prefers-color-scheme:dark){"));
    if (has_dark) put_palette(b, &dark, "dark");
    if (has_dark && !only_dark) buf_put(&b->css, S("}"));
    set_ground(b, "light", only_dark ? &dark : &light);
    set_ground(b, "dark", has_dark ? &dark : &light);
}

static struct liquid_value setting(struct brand *b, const char *const *names, bool own_too) {
    struct arena *a = b->p->c->arena;
    const struct theme *turns[] = {b->live.theme, own_too ? b->own.theme : NULL};
    for (size_t t = 0; t < ARRAY_LEN(turns) && turns[t]; t++)
        for (size_t i = 0; names[i]; i++) {
            struct liquid_value v = theme_setting_value(turns[t], a, str_c(names[i]));
            if (v.type != LIQUID_NIL) return v;
        }
    return liquid_nil();
}

static struct str part(struct brand *b, struct liquid_value font, const char *name) {
    struct liquid_value v = liquid_nil();
    struct err ignored = {0};
    if (!liquid_get(b->p->c->arena, font, str_c(name), &v, &ignored)) return S("");
    return liquid_to_str(b->p->c->arena, v);
}

// The cuts that Hanse comes with are a third of the library's bytes, and often there already.
#define LETTERS                                                                                    \
    "U+20-7E,U+A0,U+A7,U+A9,U+AB,U+AD,U+AE,U+B0,U+B2,U+B3,U+B7,U+BB,U+BD,U+C4,U+C9,U+D6,U+D7,"     \
    "U+DC,U+DF,U+E0,U+E4,U+E8,U+E9,U+F6,U+FC,U+2013,U+2014,U+2018-201A,U+201C-201E,U+2026,"        \
    "U+202F,U+20AC,U+2212"
static void put_own_cut(struct brand *b, struct liquid_value font, const char *handle,
                        const char *file) {
    struct str url = theme_asset_url(b->own.theme, b->p->c->arena, str_c(file));
    struct str chosen = liquid_to_str(b->p->c->arena, font);
    if (!str_eq(chosen, str_c(handle)) || !url.n) return;
    struct str family = part(b, font, "family");
    for (int weight = 400; weight <= 500; weight += 100) {
        buf_fmt(&b->css,
                "@font-face{font-family:" STR_FMT ";font-weight:%d;font-style:normal;"
                "font-display:swap;src:url(\"",
                STR_ARG(family), weight);
        buf_fmt(&b->css, STR_FMT "\") format(\"woff2\");unicode-range:" LETTERS "}", STR_ARG(url));
    }
    set_str(b->out, str_eq(str_c(file), S("inter.woff2")) ? "body_file" : "head_file", url);
}

static void put_font(struct brand *b, const char *const *names, const char *property,
                     const char *handle, const char *file) {
    struct liquid_value font = setting(b, names, true);
    if (liquid_is_text(font)) font = theme_font_value(b->p->c->arena, liquid_str(font));
    if (!part(b, font, "family").n) font = theme_font_value(b->p->c->arena, str_c(handle));
    theme_font_css(&b->css, font, 0);
    theme_font_css(&b->css, font, 500);
    put_own_cut(b, font, handle, file);
    buf_fmt(&b->css, ":root{--%s-font:" STR_FMT "," STR_FMT ";--%s-weight:" STR_FMT "}", property,
            STR_ARG(part(b, font, "family")), STR_ARG(part(b, font, "fallback_families")), property,
            STR_ARG(part(b, font, "weight")));
}

static int64_t number(struct brand *b, const char *const *names, int64_t most) {
    int64_t n = 0;
    struct str s = liquid_to_str(b->p->c->arena, setting(b, names, true));
    size_t dot = str_find_char(s, '.');
    if (!str_to_int(dot == STR_NONE ? s : str_sub(s, 0, dot), &n)) return 0;
    return n < 0 ? 0 : n > most ? most : n;
}

static void put_corners(struct brand *b) {
    static const char *const radius[] = {"radius", "media_radius", NULL};
    static const char *const shape[] = {"button_shape", NULL};
    static const char *const buttons[] = {"buttons_radius", "primary_button_border_radius", NULL};
    int64_t r = number(b, radius, 28);
    struct str how = liquid_str(setting(b, shape, false));
    const char *btn = str_eq(how, S("square")) ? "0" : str_eq(how, S("pill")) ? "10rem" : ".375rem";
    const char *field = str_eq(how, S("pill")) ? ".75rem" : btn;
    if (setting(b, buttons, false).type != LIQUID_NIL)
        btn = arena_fmt(b->p->c->arena, "%lldpx", (long long)number(b, buttons, 40)).p;
    buf_fmt(&b->css,
            ":root{--radius:%lldpx;--radius-panel:%lldpx;--radius-btn:%s;--radius-field:%s}",
            (long long)r, (long long)(r * 2 > 28 ? 28 : r * 2), btn, field);
}

static void set_logo(struct brand *b, const char *key, const char *const *names) {
    static const struct theme_image_size any = {0};
    struct liquid_value image, v = setting(b, names, false);
    const struct picture *pic = NULL;
    struct err ignored = {0};
    struct buf url = buf_new(b->p->c->arena, 0);
    if (v.type == LIQUID_NIL || !shop_theme_host.image_of(b->p, v, &image, &ignored)) return;
    if (image.type == LIQUID_NIL || !goods_picture(image, &pic, &ignored) || !pic) return;
    if (!shop_theme_host.image_url(b->p, image, &any, &url, &ignored) || !url.n) return;
    struct liquid_map *m = liquid_map_new(b->p->c->arena);
    set_str(m, "url", buf_str(&url));
    if (pic->width > 0 && pic->height > 0) {
        liquid_set(m, "width", liquid_int(pic->width));
        liquid_set(m, "height", liquid_int(pic->height));
    }
    liquid_set(b->out, key, liquid_of_map(m));
}

static void allow_style(struct page *p, struct str css) {
    unsigned char sum[32];
    struct buf b = buf_new(p->c->arena, 0);
    digest(DIGEST_SHA256, css, sum);
    buf_put(&b, S("default-src 'self'; img-src 'self' data:; style-src 'self' 'sha256-"));
    buf_base64(&b, sum, sizeof sum);
    buf_put(&b, S("'; script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors "
                  "'none'; form-action 'self' https://checkout.stripe.com"));
    response_header_set(p->rs, "Content-Security-Policy", buf_str(&b));
}

static void put_all(struct brand *b) {
    static const char *const head[] = {"heading_font", "type_header_font", NULL};
    static const char *const body[] = {"body_font", "type_body_font", NULL};
    static const char *const logo[] = {"logo", NULL}, *const logo_dark[] = {"logo_dark", NULL};
    static const char *const width[] = {"logo_width", NULL};
    put_font(b, body, "body", "inter_n4", "inter.woff2");
    put_font(b, head, "head", "fraunces_n4", "fraunces.woff2");
    put_colors(b);
    put_corners(b);
    set_logo(b, "logo", logo);
    set_logo(b, "logo_dark", logo_dark);
    int64_t w = number(b, width, 320);
    buf_fmt(&b->css, ":root{--logo:%lldpx}", (long long)(w < 60 ? 140 : w));
}

void page_brand(struct page *p) {
    struct brand b = {.p = p, .css = buf_new(p->c->arena, CSS_MAX)};
    b.out = liquid_map_new(p->c->arena);
    themes_take(p->c, THEMES_BUILT_IN, &b.own);
    themes_take(p->c, THEMES_LIVE, &b.live);
    if (!b.live.theme) themes_take(p->c, THEMES_BUILT_IN, &b.live);
    put_all(&b);
    if (buf_ok(&b.css)) {
        liquid_set(b.out, "css", liquid_html(buf_str(&b.css)));
        allow_style(p, buf_str(&b.css));
    }
    liquid_set(p->data, "brand", liquid_of_map(b.out));
    themes_release(&b.live);
    themes_release(&b.own);
}
