// SPDX-License-Identifier: Apache-2.0
// Products and collections as resources: /products.json, /products/H.json, /collections.json.
#include "core/app.h"
#include "shop/object/goods_json.h"

static struct goods_image *picture_of(struct liquid_value v) { return theme_self(v, &image_kind); }

static struct str value_at(const struct goods_variant *v, int64_t position) {
    int64_t id = goods_value_id(v->row, position);
    const struct goods_options *o = goods_value_row(v->product, id);
    if (o) return o->value;
    return position == 1 && !id ? S("Default Title") : (struct str){0};
}

static void put_variant(struct json_writer *w, struct goods_variant *v, int64_t position) {
    static const char *const keys[] = {"option1", "option2", "option3"};
    const struct goods_variants *r = v->row;
    struct goods_product *g = v->product;
    struct page *p = g->batch->page;
    struct str title = S("");
    struct err ignored = {0};
    (void)!goods_variant_title(v, p->c->arena, &title, &ignored);
    int64_t was = goods_former_price(v);
    json_begin_object(w);
    put_int(w, "id", r->id);
    put_int(w, "product_id", g->row.id);
    put_text(w, "title", title);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        put_or_null(w, keys[i], value_at(v, (int64_t)i + 1));
    put_or_null(w, "sku", r->sku);
    put_or_null(w, "barcode", r->barcode);
    put_bool(w, "requires_shipping", r->requires_shipping);
    put_bool(w, "taxable", true);
    put_bool(w, "available", goods_sold(r));
    put_amount(w, "price", p, r->price);
    if (was)
        put_amount(w, "compare_at_price", p, was);
    else
        put_null(w, "compare_at_price");
    put_int(w, "position", position);
    put_int(w, "grams", r->weight_g);
    put_int(w, "weight", r->weight_g);
    put_text(w, "weight_unit", S("g"));
    put_text(w, "fulfillment_service", S("manual"));
    put_or_null(w, "inventory_management", r->has_on_hand && r->tracked ? S("shopify") : S(""));
    if (r->has_media_id)
        put_int(w, "image_id", r->media_id);
    else
        put_null(w, "image_id");
    put_time(w, "created_at", g->row.created_at);
    put_time(w, "updated_at", g->row.updated_at);
    json_end_object(w);
}

static void put_image(struct json_writer *w, const struct goods_image *i) {
    const struct goods_product *g = i->product;
    json_begin_object(w);
    put_int(w, "id", i->id);
    put_int(w, "product_id", g->row.id);
    put_int(w, "position", i->position);
    put_time(w, "created_at", i->created_at);
    put_time(w, "updated_at", i->created_at);
    put_or_null(w, "alt", i->picture.alt);
    put_int(w, "width", i->picture.width);
    put_int(w, "height", i->picture.height);
    put_text(w, "src", goods_url_of(i->page, &i->picture));
    json_key(w, "variant_ids");
    json_begin_array(w);
    for (size_t k = 0; k < g->variant_count; k++) {
        const struct goods_variants *r = g->variants[k].row;
        if (r->active && r->has_media_id && r->media_id == i->id) json_put_int(w, r->id);
    }
    json_end_array(w);
    json_end_object(w);
}

static void put_option(struct json_writer *w, const struct goods_product *g, size_t from,
                       size_t to) {
    json_begin_object(w);
    put_int(w, "id", g->options[from].option_id);
    put_int(w, "product_id", g->row.id);
    put_text(w, "name", g->options[from].name);
    put_int(w, "position", g->options[from].position);
    json_key(w, "values");
    json_begin_array(w);
    for (size_t i = from; i < to; i++) json_put_str(w, g->options[i].value);
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

// A text with commas for one product, a list among many: so Shopify writes it.
static void put_tags(struct json_writer *w, const struct goods_product *g, bool as_text) {
    struct buf b = buf_new(w->out->arena, 0);
    json_key(w, "tags");
    if (!as_text) json_begin_array(w);
    for (size_t i = 0; i < g->fact_count; i++) {
        if (g->facts[i].name.n) continue;
        if (!as_text) {
            json_put_str(w, g->facts[i].value);
            continue;
        }
        if (b.n) buf_put(&b, S(", "));
        buf_put(&b, g->facts[i].value);
    }
    if (as_text)
        json_put_str(w, buf_str(&b));
    else
        json_end_array(w);
}

static void put_images(struct json_writer *w, struct goods_product *g, bool alone) {
    struct liquid_value all = liquid_array(NULL, 0);
    struct err ignored = {0};
    (void)!goods_images_array(g, &all, &ignored);
    json_key(w, "images");
    json_begin_array(w);
    for (uint32_t i = 0; i < all.n; i++) put_image(w, picture_of(all.items[i]));
    json_end_array(w);
    if (!alone) return;
    json_key(w, "image");
    if (all.n)
        put_image(w, picture_of(all.items[0]));
    else
        json_put_null(w);
}

void goods_put_product(struct json_writer *w, struct goods_product *g, bool alone) {
    int64_t position = 0;
    json_begin_object(w);
    put_int(w, "id", g->row.id);
    put_text(w, "title", g->row.title);
    put_text(w, "handle", g->row.handle);
    put_text(w, "body_html", g->details->description);
    put_time(w, "published_at", g->row.created_at);
    put_time(w, "created_at", g->row.created_at);
    put_time(w, "updated_at", g->row.updated_at);
    put_text(w, "vendor", g->row.vendor);
    put_text(w, "product_type", g->row.kind);
    put_tags(w, g, alone);
    json_key(w, "variants");
    json_begin_array(w);
    for (size_t i = 0; i < g->variant_count; i++)
        if (g->variants[i].row->active) put_variant(w, &g->variants[i], ++position);
    json_end_array(w);
    put_images(w, g, alone);
    put_options(w, g);
    json_end_object(w);
}

void goods_put_collection(struct json_writer *w, struct goods_collection *k) {
    struct goods_image *i = picture_of(goods_collection_image(k));
    json_begin_object(w);
    put_int(w, "id", k->row.id);
    put_text(w, "title", k->row.title);
    put_text(w, "handle", k->row.handle);
    put_text(w, "description", k->row.description);
    put_null(w, "published_at");
    put_null(w, "updated_at");
    json_key(w, "image");
    if (i) {
        json_begin_object(w);
        put_int(w, "id", i->id);
        put_or_null(w, "alt", i->picture.alt);
        put_int(w, "width", i->picture.width);
        put_int(w, "height", i->picture.height);
        put_text(w, "src", goods_url_of(k->page, &i->picture));
        json_end_object(w);
    } else {
        json_put_null(w);
    }
    put_int(w, "products_count", k->size);
    json_end_object(w);
}
