// SPDX-License-Identifier: Apache-2.0
// Pictures. image_url gives a text, as everywhere; but the text remembers its picture, so that
// image_tag can say its size and alternative. The mark lies in memory right before the bytes and is
// pointed out by liquid_value.spare, which copies of the value keep and texts made of it lose.
#include "theme/filter_private.h"

enum { MARKED = 0x1f5a, SIDE_MAX = 5760, WIDTHS_MAX = 20 };

const struct image_mark *image_mark_of(struct liquid_value v) {
    if (v.type != LIQUID_STRING || v.spare != MARKED) return NULL;
    const struct image_mark *m = (const void *)(v.text - sizeof *m);
    return m->text == v.text ? m : NULL;
}

static struct liquid_value marked(struct arena *a, struct str url, struct image_mark mark) {
    char *memory = arena_alloc(a, sizeof mark + url.n + 1);
    mark.text = memory + sizeof mark;
    memcpy(memory, &mark, sizeof mark);
    if (url.n) memcpy(memory + sizeof mark, url.p, url.n);
    struct liquid_value v = liquid_text((struct str){mark.text, url.n});
    v.spare = MARKED;
    return v;
}
struct liquid_value image_marked(struct arena *a, struct str url, struct liquid_value about) {
    return marked(a, url, (struct image_mark){.image = about});
}

bool image_address(struct liquid_call *c, struct liquid_value image,
                   const struct theme_image_size *size, struct str *out, struct err *err) {
    struct buf b = call_buf(c);
    *out = (struct str){0};
    if (!liquid_truthy(image) || (liquid_is_text(image) && !image.n)) return true;
    TRY(call_host(c)->image_url(call_shop(c), image, size, &b, err));
    if (b.n) *out = buf_str(&b);
    return true;
}

static int64_t side(struct liquid_value v) {
    int64_t n = liquid_to_int(v, 0);
    return n < 0 ? 0 : n > SIDE_MAX ? SIDE_MAX : n;
}

static bool image_url(struct liquid_call *c, struct liquid_value image,
                      const struct theme_image_size *size, struct liquid_value *out,
                      struct err *err) {
    struct str url;
    const struct image_mark *m = image_mark_of(image);
    if (m) image = m->image;
    TRY(image_address(c, image, size, &url, err));
    if (!url.p) return give_text(out, S(""));
    *out =
        marked(c->arena, url, (struct image_mark){image, size->width, size->height, *size, NULL});
    return true;
}

FILTER(image_url) {
    struct theme_image_size size = {
        .width = side(liquid_named(&c->args, "width")),
        .height = side(liquid_named(&c->args, "height")),
        .crop = call_named(c, "crop"),
        .format = call_named(c, "format"),
        .pad_color = call_named(c, "pad_color"),
    };
    return image_url(c, c->input, &size, out, err);
}

void size_name(struct str name, struct theme_image_size *out) {
    static const struct {
        const char *name;
        int64_t side;
    } names[] = {{"pico", 16},       {"icon", 32},    {"thumb", 50},  {"small", 100},
                 {"compact", 160},   {"medium", 240}, {"large", 480}, {"grande", 600},
                 {"original", 1024}, {"master", 1024}};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, str_c(names[i].name))) out->width = out->height = names[i].side;
    size_t x = str_find_char(name, 'x');
    if (x == STR_NONE) return;
    int64_t n;
    if (str_to_int(str_sub(name, 0, x), &n) && n > 0 && n <= SIDE_MAX) out->width = n;
    if (str_to_int(str_from(name, x + 1), &n) && n > 0 && n <= SIDE_MAX) out->height = n;
}

FILTER(img_url) {
    struct theme_image_size size = {.crop = call_named(c, "crop"),
                                    .format = call_named(c, "format")};
    struct str name = call_arg(c, 0);
    size_name(name.p ? name : S("small"), &size);
    int64_t scale = liquid_to_int(liquid_named(&c->args, "scale"), 1);
    if (scale == 2 || scale == 3) size.width *= scale, size.height *= scale;
    return image_url(c, c->input, &size, out, err);
}
FILTER_ALIAS(article_img_url, img_url)
FILTER_ALIAS(collection_img_url, img_url)
FILTER_ALIAS(product_img_url, img_url)

FILTER(file_img_url) {
    struct theme_image_size size = {0};
    size_name(call_arg(c, 0), &size);
    return image_url(c, liquid_text(call_in(c)), &size, out, err);
}

// Assets are sent as they are in the theme; a size is not made of them.
FILTER_ALIAS(asset_img_url, asset_url)

FILTER(img_tag) {
    struct liquid_value url = c->input;
    struct str name = call_arg(c, 2);
    if (!liquid_is_text(url)) {
        struct theme_image_size size = {0};
        size_name(name.p ? name : S("small"), &size);
        TRY(image_url(c, c->input, &size, &url, err));
    }
    struct buf b = call_buf(c);
    if (!url.n) return give_text(out, S(""));
    struct str alt = call_arg(c, 0);
    buf_put(&b, S("<img"));
    put_attr(&b, "src", liquid_str(url));
    put_attr(&b, "alt", alt.p ? alt : S(""));
    if (call_arg(c, 1).n) put_attr(&b, "class", call_arg(c, 1));
    put_named_attrs(&b, c, NULL);
    buf_put(&b, S(">"));
    return give_html(out, &b);
}

// ---- image_tag
struct img {
    struct liquid_call *c;
    const struct image_mark *mark; // NULL: an address that image_url did not make
    struct liquid_value image;     // the object, or nil
    int64_t own_width, own_height; // of the file; 0: unknown
    int64_t width, height;         // as shown
};

static bool img_of(struct liquid_call *c, struct img *out, struct err *err) {
    struct liquid_value w, h;
    *out = (struct img){.c = c, .mark = image_mark_of(c->input)};
    struct liquid_value about = out->mark ? out->mark->image : c->input;
    TRY(call_host(c)->image_of(call_shop(c), about, &out->image, err));
    TRY(value_get(c->arena, out->image, "width", &w, err));
    TRY(value_get(c->arena, out->image, "height", &h, err));
    int64_t ow = liquid_to_int(w, 0), oh = liquid_to_int(h, 0);
    out->own_width = ow, out->own_height = oh;
    int64_t aw = out->mark ? out->mark->width : 0, ah = out->mark ? out->mark->height : 0;
    if (!ow || !oh) {
        out->width = aw, out->height = ah;
    } else if (aw && ah && out->mark->size.crop.n) {
        out->width = aw < ow ? aw : ow, out->height = ah < oh ? ah : oh;
    } else {
        if (!aw || aw > ow) aw = ow;
        if (ah && ah < oh && aw * oh > ah * ow) aw = (ah * ow + oh / 2) / oh;
        out->width = aw, out->height = (aw * oh + ow / 2) / ow;
    }
    return true;
}

// The widths of srcset: those asked, else some, below the width shown, and it.
static size_t img_widths(const struct img *img, int64_t *widths) {
    static const int64_t some[] = {352, 832, 1200, 1920, 2560, 3840};
    struct str asked = call_named(img->c, "widths"), part;
    size_t n = 0;
    if (asked.p) {
        while (n < WIDTHS_MAX && str_split(&asked, ',', &part)) {
            int64_t w;
            if (!str_to_int(str_trim(part), &w) || w <= 0 || w > SIDE_MAX) continue;
            if (!img->own_width || w <= img->own_width) widths[n++] = w;
        }
        return n;
    }
    for (size_t i = 0; i < ARRAY_LEN(some) && img->width; i++)
        if (some[i] < img->width) widths[n++] = some[i];
    if (img->width) widths[n++] = img->width;
    return n;
}

// put_out: several addresses stand in it; without them `sizes` would be an error of HTML.
static bool put_srcset(struct buf *b, const struct img *img, bool *put_out, struct err *err) {
    struct liquid_call *c = img->c;
    int64_t widths[WIDTHS_MAX];
    struct buf set = call_buf(c);
    if (liquid_has_named(&c->args, "srcset")) {
        put_attr(b, "srcset", call_named(c, "srcset"));
        *put_out = call_named(c, "srcset").n > 0;
        return true;
    }
    size_t n = img->mark ? img_widths(img, widths) : 0, different = 0;
    struct str src = liquid_str(c->input);
    for (size_t i = 0; i < n; i++) {
        struct theme_image_size size = img->mark->size;
        struct str url;
        size.width = widths[i];
        if (img->mark->height && img->mark->width)
            size.height = widths[i] * img->mark->height / img->mark->width;
        TRY(image_address(c, img->mark->image, &size, &url, err));
        different += url.p && !str_eq(url, src);
        if (set.n) buf_put(&set, S(", "));
        buf_put(&set, url);
        buf_char(&set, ' ');
        buf_int(&set, widths[i]);
        buf_char(&set, 'w');
    }
    *put_out = different > 0;
    if (different) put_attr(b, "srcset", buf_str(&set));
    return true;
}

// Further down the page pictures wait until they are near, as documented.
static bool is_far_down(struct liquid_call *c, bool *out, struct err *err) {
    struct liquid_value section = liquid_lookup(c->vm, S("section")), index, location;
    TRY(value_get(c->arena, section, "index", &index, err));
    TRY(value_get(c->arena, section, "location", &location, err));
    *out = liquid_to_int(index, 0) > 2 || str_eq(liquid_str(location), S("footer"));
    return true;
}

static void put_side(struct buf *b, struct liquid_call *c, const char *name, const char *other,
                     int64_t n) {
    if (liquid_has_named(&c->args, name))
        put_attr(b, name, call_named(c, name));
    else if (n && !(liquid_has_named(&c->args, other) && call_named(c, other).p))
        put_attr(b, name, arena_fmt(c->arena, "%lld", (long long)n));
}

static const char *const image_own[] = {"width",   "height", "widths", "srcset",
                                        "preload", "alt",    "sizes",  NULL};
FILTER(image_tag) {
    struct img img;
    struct str alt = {0};
    bool far_down = false, many = false;
    if (!liquid_is_text(c->input))
        TRY(image_url(c, c->input, &(struct theme_image_size){0}, &c->input, err));
    struct str src = liquid_str(c->input);
    if (!src.n) return give_text(out, S(""));
    TRY(img_of(c, &img, err));
    if (liquid_has_named(&c->args, "alt"))
        alt = call_named(c, "alt");
    else
        TRY(value_text(c->arena, img.image, "alt", &alt, err));
    struct buf b = call_buf(c);
    buf_put(&b, S("<img"));
    put_attr(&b, "src", src);
    put_attr(&b, "alt", alt.p ? alt : S(""));
    TRY(put_srcset(&b, &img, &many, err));
    put_side(&b, c, "width", "height", img.width);
    put_side(&b, c, "height", "width", img.height);
    TRY(is_far_down(c, &far_down, err));
    bool preload = liquid_truthy(liquid_named(&c->args, "preload"));
    if (far_down && !preload && !liquid_has_named(&c->args, "loading"))
        put_attr(&b, "loading", S("lazy"));
    if (many) put_attr(&b, "sizes", call_named(c, "sizes"));
    put_named_attrs(&b, c, image_own);
    buf_put(&b, S(">"));
    return give_html(out, &b);
}
