// SPDX-License-Identifier: Apache-2.0
// A product as scripts of themes read it: /products/H.js, and {{ product | json }}.
#include "core/app.h"
#include "shop/object/goods_json.h"

void put_text(struct json_writer *w, const char *key, struct str s) {
    json_key(w, key);
    json_put_str(w, s.p ? s : S(""));
}
void put_or_null(struct json_writer *w, const char *key, struct str s) {
    json_key(w, key);
    json_put_str(w, s.n ? s : (struct str){0});
}
void put_int(struct json_writer *w, const char *key, int64_t n) {
    json_key(w, key);
    json_put_int(w, n);
}
void put_bool(struct json_writer *w, const char *key, bool b) {
    json_key(w, key);
    json_put_bool(w, b);
}
void put_null(struct json_writer *w, const char *key) {
    json_key(w, key);
    json_put_null(w);
}
void put_raw(struct json_writer *w, const char *key, const char *json) {
    json_key(w, key);
    json_put_raw(w, str_c(json));
}
void put_time(struct json_writer *w, const char *key, instant t) {
    put_text(w, key, instant_iso(w->out->arena, t));
}
void put_amount(struct json_writer *w, const char *key, struct page *p, int64_t minor) {
    put_text(w, key, money_plain(p->c->arena, money(minor, shop_currency(p->c))));
}

struct str goods_url_of(struct page *p, const struct picture *pic) {
    struct str base = p->c->shop->base_url, src = goods_image_src(p->c->arena, pic);
    while (str_ends(base, S("/"))) base.n--;
    return arena_fmt(p->c->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(src));
}

bool goods_json_load(struct goods_batch *b) {
    static const enum goods_part parts[] = {GOODS_DETAILS, GOODS_VARIANTS, GOODS_OPTIONS_READ,
                                            GOODS_MEDIA, GOODS_FACTS};
    for (size_t i = 0; b->n && i < ARRAY_LEN(parts); i++)
        TRY(goods_load(&b->v[0], parts[i], &b->page->c->err));
    return true;
}

// What is read already cannot fail again.
static struct goods_image *picture_of(struct liquid_value v) { return theme_self(v, &image_kind); }
static struct liquid_value images_of(struct goods_product *g) {
    struct liquid_value all = liquid_array(NULL, 0);
    struct err ignored = {0};
    (void)!goods_images_array(g, &all, &ignored);
    return all;
}
static struct goods_image *image_of_variant(struct goods_variant *v) {
    struct liquid_value image = liquid_nil();
    struct err ignored = {0};
    (void)!goods_variant_image(v, &image, &ignored);
    return picture_of(image);
}

static void put_aspect(struct json_writer *w, const struct picture *p) {
    json_key(w, "aspect_ratio");
    json_put_raw(w, arena_fmt(w->out->arena, "%.3f", (double)p->width / (double)p->height));
}

static void put_preview(struct json_writer *w, const struct goods_image *i) {
    json_key(w, "preview_image");
    json_begin_object(w);
    put_aspect(w, &i->picture);
    put_int(w, "height", i->picture.height);
    put_int(w, "width", i->picture.width);
    put_text(w, "src", goods_url_of(i->page, &i->picture));
    json_end_object(w);
}

static void put_media(struct json_writer *w, const struct goods_image *i, bool whole) {
    json_begin_object(w);
    put_or_null(w, "alt", i->picture.alt);
    put_int(w, "id", i->id);
    put_int(w, "position", i->position);
    put_preview(w, i);
    if (whole) {
        put_aspect(w, &i->picture);
        put_int(w, "height", i->picture.height);
        put_text(w, "media_type", S("image"));
        put_text(w, "src", goods_url_of(i->page, &i->picture));
        put_int(w, "width", i->picture.width);
    }
    json_end_object(w);
}

static void put_variant_ids(struct json_writer *w, const struct goods_image *i) {
    const struct goods_product *g = i->product;
    json_key(w, "variant_ids");
    json_begin_array(w);
    for (size_t k = 0; g && k < g->variant_count; k++) {
        const struct goods_variants *r = g->variants[k].row;
        if (r->active && r->has_media_id && r->media_id == i->id) json_put_int(w, r->id);
    }
    json_end_array(w);
}

static void put_featured(struct json_writer *w, const struct goods_image *i) {
    json_key(w, "featured_image");
    if (!i) {
        json_put_null(w);
        return;
    }
    json_begin_object(w);
    put_int(w, "id", i->id);
    put_int(w, "product_id", i->product ? i->product->row.id : 0);
    put_int(w, "position", i->position);
    put_time(w, "created_at", i->created_at);
    put_time(w, "updated_at", i->created_at);
    put_or_null(w, "alt", i->picture.alt);
    put_int(w, "width", i->picture.width);
    put_int(w, "height", i->picture.height);
    put_text(w, "src", goods_url_of(i->page, &i->picture));
    put_variant_ids(w, i);
    json_end_object(w);
}

static struct str value_at(const struct goods_variant *v, int64_t position) {
    int64_t id = goods_value_id(v->row, position);
    const struct goods_options *o = goods_value_row(v->product, id);
    if (o) return o->value;
    return position == 1 && !id ? S("Default Title") : (struct str){0};
}

static void put_values(struct json_writer *w, const struct goods_variant *v) {
    static const char *const keys[] = {"option1", "option2", "option3"};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        put_or_null(w, keys[i], value_at(v, (int64_t)i + 1));
}

static void put_value_list(struct json_writer *w, const struct goods_variant *v) {
    json_key(w, "options");
    json_begin_array(w);
    for (int64_t k = 1; k <= GOODS_OPTIONS; k++) {
        struct str s = value_at(v, k);
        if (s.p) json_put_str(w, s);
    }
    json_end_array(w);
}

static struct str title_of(struct goods_variant *v) {
    struct str title = S("");
    struct err ignored = {0};
    (void)!goods_variant_title(v, v->product->batch->page->c->arena, &title, &ignored);
    return title;
}

static void put_stock(struct json_writer *w, const struct goods_variants *r) {
    bool counted = r->has_on_hand && r->tracked;
    put_or_null(w, "inventory_management", counted ? S("shopify") : S(""));
    put_text(w, "inventory_policy", counted && !r->backorder ? S("deny") : S("continue"));
}

static void put_was(struct json_writer *w, const struct goods_variant *v) {
    int64_t was = goods_former_price(v);
    if (was)
        put_int(w, "compare_at_price", was);
    else
        put_null(w, "compare_at_price");
}

void goods_put_ajax_variant(struct json_writer *w, struct goods_variant *v) {
    const struct goods_variants *r = v->row;
    struct goods_image *image = image_of_variant(v);
    struct str title = title_of(v);
    bool named = v->product->option_count > 0;
    json_begin_object(w);
    put_int(w, "id", r->id);
    put_text(w, "title", title);
    put_values(w, v);
    put_or_null(w, "sku", r->sku);
    put_bool(w, "requires_shipping", r->requires_shipping);
    put_bool(w, "taxable", true);
    put_featured(w, image);
    put_bool(w, "available", goods_sold(r));
    put_text(w, "name",
             named ? arena_fmt(w->out->arena, STR_FMT " - " STR_FMT, STR_ARG(v->product->row.title),
                               STR_ARG(title))
                   : v->product->row.title);
    put_or_null(w, "public_title", named ? title : S(""));
    put_value_list(w, v);
    put_int(w, "price", r->price);
    put_int(w, "weight", r->weight_g);
    put_was(w, v);
    put_stock(w, r);
    put_or_null(w, "barcode", r->barcode);
    if (image) {
        json_key(w, "featured_media");
        put_media(w, image, false);
    }
    put_bool(w, "requires_selling_plan", false);
    put_raw(w, "selling_plan_allocations", "[]");
    put_raw(w, "quantity_rule", "{\"min\":1,\"max\":null,\"increment\":1}");
    put_raw(w, "quantity_price_breaks", "[]");
    if (goods_unit_price(v)) put_int(w, "unit_price", goods_unit_price(v));
    json_end_object(w);
}

static void put_tags(struct json_writer *w, const struct goods_product *g) {
    json_key(w, "tags");
    json_begin_array(w);
    for (size_t i = 0; i < g->fact_count; i++)
        if (!g->facts[i].name.n) json_put_str(w, g->facts[i].value);
    json_end_array(w);
}

static bool in_use(const struct goods_product *g, const struct goods_options *o) {
    for (size_t i = 0; i < g->variant_count; i++)
        if (g->variants[i].row->active &&
            goods_value_id(g->variants[i].row, o->position) == o->value_id)
            return true;
    return false;
}

static void put_option(struct json_writer *w, const struct goods_product *g, size_t from,
                       size_t to) {
    json_begin_object(w);
    put_text(w, "name", g->options[from].name);
    put_int(w, "position", g->options[from].position);
    json_key(w, "values");
    json_begin_array(w);
    for (size_t i = from; i < to; i++)
        if (in_use(g, &g->options[i])) json_put_str(w, g->options[i].value);
    json_end_array(w);
    json_end_object(w);
}

static void put_options(struct json_writer *w, const struct goods_product *g) {
    json_key(w, "options");
    json_begin_array(w);
    if (!g->option_count)
        json_put_raw(w, S("{\"name\":\"Title\",\"position\":1,\"values\":[\"Default Title\"]}"));
    for (size_t from = 0, to; from < g->option_count; from = to) {
        for (to = from; to < g->option_count;) {
            if (g->options[to].option_id != g->options[from].option_id) break;
            to++;
        }
        put_option(w, g, from, to);
    }
    json_end_array(w);
}

static void put_pictures(struct json_writer *w, struct goods_product *g) {
    struct liquid_value all = images_of(g);
    json_key(w, "images");
    json_begin_array(w);
    for (uint32_t i = 0; i < all.n; i++)
        json_put_str(w, goods_url_of(g->batch->page, &picture_of(all.items[i])->picture));
    json_end_array(w);
    json_key(w, "featured_image");
    json_put_str(w, all.n ? goods_url_of(g->batch->page, &picture_of(all.items[0])->picture)
                          : (struct str){0});
    json_key(w, "media");
    json_begin_array(w);
    for (uint32_t i = 0; i < all.n; i++) put_media(w, picture_of(all.items[i]), true);
    json_end_array(w);
}

// A former price stands beside the lowest price only when it is that variant's (PAngV § 11).
static void put_prices(struct json_writer *w, const struct goods_product *g) {
    int64_t was = g->cheapest ? goods_former_price(g->cheapest) : 0;
    put_int(w, "price", g->price_min);
    put_int(w, "price_min", g->price_min);
    put_int(w, "price_max", g->price_max);
    put_bool(w, "available", g->available);
    put_bool(w, "price_varies", g->price_max > g->price_min);
    if (was)
        put_int(w, "compare_at_price", was);
    else
        put_null(w, "compare_at_price");
    put_int(w, "compare_at_price_min", was);
    put_int(w, "compare_at_price_max", was);
    put_bool(w, "compare_at_price_varies", false);
}

void goods_put_ajax(struct json_writer *w, struct goods_product *g) {
    json_begin_object(w);
    put_int(w, "id", g->row.id);
    put_text(w, "title", g->row.title);
    put_text(w, "handle", g->row.handle);
    put_text(w, "description", g->details->description);
    put_time(w, "published_at", g->row.created_at);
    put_time(w, "created_at", g->row.created_at);
    put_text(w, "vendor", g->row.vendor);
    put_text(w, "type", g->row.kind);
    put_tags(w, g);
    put_prices(w, g);
    json_key(w, "variants");
    json_begin_array(w);
    for (size_t i = 0; i < g->variant_count; i++)
        if (g->variants[i].row->active) goods_put_ajax_variant(w, &g->variants[i]);
    json_end_array(w);
    put_pictures(w, g);
    put_options(w, g);
    put_text(w, "url", goods_product_url(g, w->out->arena));
    put_bool(w, "requires_selling_plan", false);
    put_raw(w, "selling_plan_groups", "[]");
    put_text(w, "content", g->details->description);
    json_end_object(w);
}

// ---- {{ product | json }}, {{ variant | json }}, {{ option | json }}

bool goods_product_as_json(void *self, struct buf *out, struct err *err) {
    struct goods_product *g = self;
    struct json_writer w = json_writer(out);
    if (!goods_json_load(g->batch)) return goods_failed(g->batch->page, err);
    goods_put_ajax(&w, g);
    return true;
}

bool goods_variant_as_json(void *self, struct buf *out, struct err *err) {
    struct goods_variant *v = self;
    struct goods_batch *b = v->product->batch;
    struct json_writer w = json_writer(out);
    if (!goods_json_load(b)) return goods_failed(b->page, err);
    goods_put_ajax_variant(&w, v);
    return true;
}

bool goods_option_as_json(void *self, struct buf *out, struct err *err) {
    struct goods_option *o = self;
    struct goods_product *g = o->product;
    struct json_writer w = json_writer(out);
    size_t from = (size_t)(o->rows - g->options);
    TRY(goods_load(g, GOODS_VARIANTS, err));
    put_option(&w, g, from, from + o->n);
    return true;
}
