// SPDX-License-Identifier: Apache-2.0
#include "theme/fonts.h"

#include "base/embed.h"
#include "theme/font_files.h"
#include "theme/font_private.h"
#include "theme/object.h"

enum { LEAST = 400, MOST = 700, HANDLE_MAX = 80, FINGERPRINT = 12 };
#define SANS  "system-ui, -apple-system, \"Segoe UI\", Roboto, Arial, sans-serif"
#define SERIF "Georgia, \"Times New Roman\", serif"
#define MONO  "ui-monospace, Menlo, Consolas, monospace"

struct font_family {
    const char *handle; // without gaps
    const char *name, *fallback;
    const char *upright, *italic; // files in themes/fonts; NULL: none
    double baseline;              // descent in the height of a line (hhea)
};
static const struct font_family families[] = {
    {"inter", "Inter", SANS, "inter", "inter-italic", 0.199},
    {"worksans", "Work Sans", SANS, "work-sans", NULL, 0.207},
    {"spacegrotesk", "Space Grotesk", SANS, "space-grotesk", NULL, 0.229},
    {"fraunces", "Fraunces", SERIF, "fraunces", NULL, 0.207},
    {"sourceserif", "Source Serif", SERIF, "source-serif-4", "source-serif-4-italic", 0.244},
    {"sourceserif4", "Source Serif", SERIF, "source-serif-4", "source-serif-4-italic", 0.244},
    {"ebgaramond", "EB Garamond", SERIF, "eb-garamond", NULL, 0.228},
};

const struct theme_font_family *theme_font_families(size_t *n_out) {
    static const struct theme_font_family offered[] = {
        {"eb_garamond", "EB Garamond", false},
        {"fraunces", "Fraunces", false},
        {"inter", "Inter", true},
        {"source_serif", "Source Serif", true},
        {"space_grotesk", "Space Grotesk", false},
        {"work_sans", "Work Sans", false},
    };
    *n_out = ARRAY_LEN(offered);
    return offered;
}

static const struct font_family *family_of(struct str name) { // "work_sans"
    char plain[HANDLE_MAX];
    size_t n = 0;
    for (size_t i = 0; i < name.n && n < sizeof plain; i++)
        if (name.p[i] != '_' && name.p[i] != '-') plain[n++] = name.p[i];
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (str_eq(str_c(families[i].handle), (struct str){plain, n})) return &families[i];
    return NULL;
}

// What a system has that is nearest to a family we do not have.
static const char *nearest(struct str name) {
    static const char *const serif[] = {
        "serif",        "garamond", "georgia",  "times",    "playfair", "lora",
        "merriweather", "bodoni",   "caslon",   "crimson",  "baskerv",  "cormor",
        "slab",         "libreb",   "vollkorn", "spectral", "bitter",   "minion",
        "sabon",        "didot",    "palatino", "centschb", "alegreya", "roman"};
    if (str_find(name, S("mono")) != STR_NONE || str_find(name, S("courier")) != STR_NONE)
        return MONO;
    if (str_find(name, S("sans")) != STR_NONE) return SANS;
    for (size_t i = 0; i < ARRAY_LEN(serif); i++)
        if (str_find(name, str_c(serif[i])) != STR_NONE) return SERIF;
    return SANS;
}

static struct str title_of(struct arena *a, struct str name) { // "open_sans" → "Open Sans"
    struct buf b = buf_new(a, 0);
    bool start = true;
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.p[i];
        bool gap = ch == '_' || ch == '-';
        buf_char(&b, gap ? ' ' : start && ch >= 'a' && ch <= 'z' ? (char)(ch - 32) : ch);
        start = gap;
    }
    return buf_str(&b);
}

static bool font_exists(const struct font *f) {
    if (f->weight < 100 || f->weight > 900 || f->weight % 100) return false;
    if (!f->family) return true;
    return f->weight >= LEAST && f->weight <= MOST && (!f->italic || f->family->italic);
}

static bool handle_ok(struct str h) {
    for (size_t i = 0; i < h.n; i++) {
        char ch = h.p[i];
        bool ok = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-';
        if (!ok) return false;
    }
    return h.n > 0 && h.n <= HANDLE_MAX;
}

static bool font_parse(struct arena *a, struct str handle, struct font *out) {
    size_t n = handle.n;
    *out = (struct font){.weight = LEAST};
    if (!handle_ok(handle)) return false;
    struct str name = handle;
    if (n > 3 && handle.p[n - 3] == '_' && strchr("nio", handle.p[n - 2]) &&
        handle.p[n - 1] >= '1' && handle.p[n - 1] <= '9') {
        name = str_sub(handle, 0, n - 3);
        out->italic = handle.p[n - 2] != 'n';
        out->weight = (handle.p[n - 1] - '0') * 100;
    }
    out->family = family_of(name);
    out->handle = arena_str(a, name);
    out->name = out->family ? str_c(out->family->name) : title_of(a, name);
    out->fallback = out->family ? out->family->fallback : nearest(name);
    if (!font_exists(out)) { // the nearest we have
        out->italic = false;
        out->weight = out->weight < LEAST ? LEAST : out->weight > MOST ? MOST : out->weight;
    }
    return true;
}

static struct liquid_value font_object(struct arena *a, struct font f) {
    return theme_object(a, &theme_font_kind, arena_copy(a, &f, sizeof f));
}

struct liquid_value theme_font_value(struct arena *a, struct str handle) {
    struct font f;
    return font_parse(a, handle, &f) ? font_object(a, f) : liquid_nil();
}

struct liquid_value font_variant(struct arena *a, const struct font *of, int weight, bool italic) {
    struct font f = *of;
    f.weight = weight, f.italic = italic;
    return font_exists(&f) ? font_object(a, f) : liquid_nil();
}

// ---- files
static const struct embed *file_of(struct arena *a, const struct font *f, const char *suffix) {
    const char *name = !f->family ? NULL : f->italic ? f->family->italic : f->family->upright;
    if (!name) return NULL;
    return embed_find(font_files, font_files_count, arena_fmt(a, "%s%s.woff2", name, suffix));
}

struct str font_file_url(struct arena *a, const struct font *f, bool extended) {
    const struct embed *e = file_of(a, f, extended ? "-ext" : "");
    if (!e) return (struct str){0};
    return arena_fmt(a, "/cdn/fonts/%.*s/%s", FINGERPRINT, e->sha256, e->path);
}

struct str theme_font_asset(struct str path, const char **type_out) {
    size_t slash = str_find_char(path, '/');
    if (slash != FINGERPRINT || !str_ends(path, S(".woff2"))) return (struct str){0};
    const struct embed *e = embed_find(font_files, font_files_count, str_from(path, slash + 1));
    if (!e || memcmp(e->sha256, path.p, FINGERPRINT) != 0) return (struct str){0};
    *type_out = "font/woff2";
    return embed_str(e);
}

// ---- the object `font`
#define HAS(property, getter)                                                                      \
    { .name = (property), .get = (getter) }
#define GET(name)                                                                                  \
    static bool get_##name(void *self, struct arena *a, struct liquid_value *out, struct err *err)
#define ANSWER(name, expression)                                                                   \
    GET(name) {                                                                                    \
        const struct font *f = self;                                                               \
        (void)a, (void)err;                                                                        \
        *out = expression;                                                                         \
        return true;                                                                               \
    }
static bool words_are_names(struct str s) { // of CSS: no word begins with a digit
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9' && (!i || s.p[i - 1] == ' ')) return false;
    return true;
}
struct liquid_value font_family_name(struct arena *a, const struct font *f) {
    if (words_are_names(f->name)) return liquid_text(f->name);
    return liquid_html(arena_fmt(a, "\"" STR_FMT "\"", STR_ARG(f->name)));
}
ANSWER(baseline_ratio, liquid_float(f->family ? f->family->baseline : 0.2))
ANSWER(fallback_families, liquid_html(str_c(f->fallback))) // quotes in it are for CSS
ANSWER(family, font_family_name(a, f))
ANSWER(style, liquid_text(f->italic ? S("italic") : S("normal")))
ANSWER(system, liquid_bool(!f->family))
ANSWER(weight, liquid_int(f->weight))

GET(variants) {
    const struct font *f = self;
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, 16);
    size_t n = 0;
    (void)err;
    for (int italic = 0; italic < 2; italic++)
        for (int w = LEAST; w <= MOST; w += 100) {
            struct liquid_value each = font_variant(a, f, w, italic);
            if (each.type != LIQUID_NIL && (w != f->weight || italic != f->italic)) v[n++] = each;
        }
    *out = liquid_array(v, n);
    return true;
}

static void print_font(void *self, struct buf *out, bool *html_out) {
    const struct font *f = self;
    (void)html_out;
    buf_put(out, f->handle);
    buf_fmt(out, "_%c%d", f->italic ? 'i' : 'n', f->weight / 100);
}

static const struct theme_prop font_props[] = {
    HAS("baseline_ratio", get_baseline_ratio),
    HAS("fallback_families", get_fallback_families),
    HAS("family", get_family),
    HAS("style", get_style),
    HAS("system?", get_system),
    HAS("variants", get_variants),
    HAS("weight", get_weight),
};
const struct theme_kind theme_font_kind = {
    .name = "font", THEME_PROPS(font_props), .print = print_font};
