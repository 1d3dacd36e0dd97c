// SPDX-License-Identifier: Apache-2.0
// Pictures as themes see them. All media of a shop are pictures, so product.media holds images.
#include "shop/object/goods_private.h"
#include "theme/filters.h"

enum { UNKNOWN_SIDE = 1200 }; // pictures without known measures

struct str goods_image_src(struct arena *a, const struct picture *p) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, S("/media/"));
    buf_put(&b, p->hash);
    buf_char(&b, '/');
    buf_url(&b, p->filename);
    return buf_str(&b);
}

struct liquid_value goods_image_value(struct page *p, const struct goods_image *i) {
    if (!i->picture.hash.n) return liquid_nil();
    struct goods_image *own = ARENA_NEW(p->c->arena, struct goods_image);
    *own = *i;
    own->page = p;
    if (own->picture.width <= 0) own->picture.width = UNKNOWN_SIDE;
    if (own->picture.height <= 0) own->picture.height = UNKNOWN_SIDE;
    if (!own->picture.alt.p) own->picture.alt = S("");
    return theme_object(p->c->arena, &image_kind, own);
}

struct liquid_value goods_image(struct page *p, const struct picture *picture) {
    return goods_image_value(p, &(struct goods_image){.picture = *picture});
}

bool goods_image_named(struct page *p, struct str filename, struct liquid_value *out) {
    struct goods_picture_named pic;
    bool found;
    for (size_t slash; (slash = str_find_char(filename, '/')) != STR_NONE;)
        filename = str_from(filename, slash + 1);
    *out = liquid_nil();
    if (!filename.n) return true;
    struct goods_picture_named_in in = {filename};
    TRY(goods_picture_named(&p->c->db, &in, &pic, &found));
    if (!found) return true;
    struct picture shown = {pic.hash, pic.filename, S(""), pic.has_width ? pic.width : 0,
                            pic.has_height ? pic.height : 0};
    *out = goods_image_value(p, &(struct goods_image){.picture = shown, .id = pic.id});
    page_topic(p, "media", pic.id);
    return true;
}

// ---- of products

static struct liquid_value picture_of(struct goods_product *g, const struct goods_media *m) {
    struct goods_image i = {
        .picture = {m->hash, m->filename, m->alt.n ? m->alt : g->row.title,
                    m->has_width ? m->width : 0, m->has_height ? m->height : 0},
        .id = m->media_id,
        .position = m->position,
        .created_at = m->created_at,
        .product = g,
    };
    return goods_image_value(g->batch->page, &i);
}

bool goods_images_array(struct goods_product *g, struct liquid_value *out, struct err *err) {
    TRY(goods_load(g, GOODS_MEDIA, err));
    if (!g->images) {
        g->images = ARENA_ARRAY(g->batch->page->c->arena, struct liquid_value, g->media_count + 1);
        for (size_t i = 0; i < g->media_count; i++) g->images[i] = picture_of(g, &g->media[i]);
    }
    *out = liquid_array(g->images, g->media_count);
    return true;
}

// Stands in the product's own row: a card needs no list of pictures.
struct liquid_value goods_featured(struct goods_product *g) {
    const struct goods_rows *r = &g->row;
    if (g->images && g->media_count) return g->images[0];
    if (g->featured.type == LIQUID_NIL && r->hash.n) {
        struct goods_image i = {
            .picture = {r->hash, r->filename, r->alt.n ? r->alt : r->title,
                        r->has_width ? r->width : 0, r->has_height ? r->height : 0},
            .id = r->media_id,
            .position = 1,
            .product = g,
        };
        g->featured = goods_image_value(g->batch->page, &i);
    }
    return g->featured;
}

bool goods_variant_image(struct goods_variant *v, struct liquid_value *out, struct err *err) {
    struct goods_product *g = v->product;
    *out = liquid_nil();
    if (!v->row->has_media_id) return true;
    if (g->row.has_media_id && g->row.media_id == v->row->media_id) {
        *out = goods_featured(g);
        return true;
    }
    struct liquid_value all;
    TRY(goods_images_array(g, &all, err));
    for (size_t i = 0; i < g->media_count; i++)
        if (g->media[i].media_id == v->row->media_id) *out = g->images[i];
    return true;
}

// ---- the object

static bool with_variants(struct goods_image *x, struct err *err) {
    return !x->product || goods_load(x->product, GOODS_VARIANTS, err);
}

static size_t variants_with(struct goods_image *x, struct liquid_value *out) {
    size_t n = 0;
    for (size_t i = 0; x->product && i < x->product->variant_count; i++) {
        struct goods_variant *v = &x->product->variants[i];
        if (!v->row->active || !v->row->has_media_id || v->row->media_id != x->id) continue;
        if (out) out[n] = goods_variant_value(v);
        n++;
    }
    return n;
}

static bool image_variants(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_image *x = self;
    TRY(with_variants(x, err));
    size_t n = variants_with(x, NULL);
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, n + 1);
    *out = liquid_array(v, variants_with(x, v));
    return true;
}

// clang-format off
GOODS_GET(image_alt, struct goods_image, liquid_text(x->picture.alt))
GOODS_GET(image_aspect, struct goods_image,
          liquid_float((double)x->picture.width / (double)x->picture.height))
GOODS_GET_WITH(image_attached, struct goods_image, with_variants(x, err),
               liquid_bool(variants_with(x, NULL) > 0))
GOODS_GET(image_height, struct goods_image, liquid_int(x->picture.height))
GOODS_GET(image_id, struct goods_image, x->id ? liquid_int(x->id) : liquid_nil())
GOODS_GET(image_media_type, struct goods_image, ((void)x, liquid_text(S("image"))))
GOODS_GET(image_position, struct goods_image, x->position ? liquid_int(x->position) : liquid_nil())
GOODS_GET(image_presentation, struct goods_image, theme_object(a, &image_presentation_kind, x))
GOODS_GET(image_preview, struct goods_image, goods_image_value(x->page, x))
GOODS_GET(image_product_id, struct goods_image,
          x->product ? liquid_int(x->product->row.id) : liquid_nil())
GOODS_GET(image_src, struct goods_image, liquid_text(goods_image_src(a, &x->picture)))
GOODS_GET(image_width, struct goods_image, liquid_int(x->picture.width))
GOODS_GET(presentation_focal_point, struct goods_image, theme_object(a, &focal_point_kind, x))
GOODS_GET(focal_middle, struct goods_image, ((void)x, liquid_int(50)))
// clang-format on

static void image_print(void *self, struct buf *out, bool *html_out) {
    struct goods_image *x = self;
    (void)html_out;
    buf_put(out, goods_image_src(x->page->c->arena, &x->picture));
}

static const struct theme_prop image_props[] = {
    {"alt", .get = image_alt},
    {"aspect_ratio", .get = image_aspect},
    {"attached_to_variant?", .get = image_attached},
    {"height", .get = image_height},
    {"id", .get = image_id},
    {"media_type", .get = image_media_type},
    {"position", .get = image_position},
    {"presentation", .get = image_presentation},
    {"preview_image", .get = image_preview},
    {"product_id", .get = image_product_id},
    {"src", .get = image_src},
    {"variants", .get = image_variants},
    {"width", .get = image_width},
};
const struct theme_kind image_kind = {
    .name = "image", THEME_PROPS(image_props), .print = image_print};

static const struct theme_prop media_props[] = {
    {"alt", .get = image_alt},
    {"id", .get = image_id},
    {"media_type", .get = image_media_type},
    {"position", .get = image_position},
    {"preview_image", .get = image_preview},
};
const struct theme_kind media_kind = {.name = "media", THEME_PROPS(media_props)};

static const struct theme_prop presentation_props[] = {
    {"focal_point", .get = presentation_focal_point},
};
const struct theme_kind image_presentation_kind = {.name = "image_presentation",
                                                   THEME_PROPS(presentation_props)};

static void focal_print(void *self, struct buf *out, bool *html_out) {
    (void)self;
    (void)html_out;
    buf_put(out, S("50% 50%")); // as object-position wants it
}
static const struct theme_prop focal_props[] = {
    {"x", .get = focal_middle},
    {"y", .get = focal_middle},
};
const struct theme_kind focal_point_kind = {
    .name = "focal_point", THEME_PROPS(focal_props), .print = focal_print};

// ---- images['hero.jpg']

static bool images_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                         struct err *err) {
    struct page *p = self;
    (void)a;
    return goods_image_named(p, key, out) || goods_failed(p, err);
}
const struct theme_kind images_kind = {.name = "images", .other = images_other};
struct liquid_value goods_images(struct page *p) {
    struct goods *g = goods_of(p);
    if (g->images.type == LIQUID_NIL) g->images = theme_object(p->c->arena, &images_kind, p);
    return g->images;
}

// ---- swatches

struct swatch {
    struct liquid_value color, image;
};
GOODS_GET(swatch_color, struct swatch, x->color)
GOODS_GET(swatch_image, struct swatch, x->image)
static const struct theme_prop swatch_props[] = {
    {"color", .get = swatch_color},
    {"image", .get = swatch_image},
};
const struct theme_kind swatch_kind = {.name = "swatch", THEME_PROPS(swatch_props)};

struct liquid_value goods_swatch(struct page *p, struct arena *a, struct str color,
                                 const struct goods_image *image) {
    struct swatch *s = ARENA_NEW(a, struct swatch);
    s->color = color.n ? theme_color_value(a, color) : liquid_nil();
    s->image = goods_image_value(p, image);
    if (s->color.type == LIQUID_NIL && s->image.type == LIQUID_NIL) return liquid_nil();
    return theme_object(a, &swatch_kind, s);
}

// ---- what is behind a value

bool goods_image_of(struct liquid_value v, struct liquid_value *image_out, struct err *err) {
    const struct theme_kind *kind = theme_kind_of(v);
    void *self = kind ? theme_self(v, kind) : NULL;
    *image_out = liquid_nil();
    if (kind == &image_kind)
        *image_out = v;
    else if (kind == &product_kind)
        *image_out = goods_featured(self);
    else if (kind == &variant_kind)
        return goods_variant_image(self, image_out, err);
    else if (kind == &swatch_kind)
        *image_out = ((struct swatch *)self)->image;
    else if (kind == &collection_kind)
        *image_out = goods_collection_image(self);
    return true;
}

bool goods_picture(struct liquid_value v, const struct picture **out, struct err *err) {
    struct liquid_value image;
    *out = NULL;
    TRY(goods_image_of(v, &image, err));
    struct goods_image *i = theme_self(image, &image_kind);
    if (i) *out = &i->picture;
    return true;
}
