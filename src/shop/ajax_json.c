// SPDX-License-Identifier: Apache-2.0
// The cart in the JSON that scripts of themes know.
#include "core/app.h"
#include "shop/cart_change.h"
#include "shop/cart_page.h"
#include "shop/object/goods.h"
#include "shop/object/goods_json.h"
#include "shop/object/people.h"

// A value of the line's object, as liquid shows it.
static bool put_value(struct page *p, struct json_writer *w, struct liquid_value line,
                      const char *key) {
    struct liquid_value v;
    struct buf b = buf_new(p->c->arena, 0);
    struct err err = {0};
    if (!liquid_get(p->c->arena, line, str_c(key), &v, &err)) {
        if (p->c->err.code == ERR_NONE) p->c->err = err;
        return false;
    }
    liquid_json(&b, p->c->arena, v);
    json_key(w, key);
    json_put_raw(w, buf_str(&b));
    return true;
}

static bool put_image(struct page *p, struct json_writer *w, struct liquid_value line,
                      struct str alt) {
    struct liquid_value image = liquid_nil();
    const struct picture *pic = NULL;
    struct err err = {0};
    if (!liquid_get(p->c->arena, line, S("image"), &image, &err) ||
        (image.type != LIQUID_NIL && !goods_picture(image, &pic, &err))) {
        if (p->c->err.code == ERR_NONE) p->c->err = err;
        return false;
    }
    struct buf url = buf_new(p->c->arena, 0);
    if (pic && pic->hash.n) {
        buf_fmt(&url, "/media/" STR_FMT "/", STR_ARG(pic->hash));
        buf_url(&url, pic->filename);
    }
    struct str at = url.n ? buf_str(&url) : (struct str){0};
    json_key(w, "image");
    json_put_str(w, at);
    json_key(w, "featured_image");
    json_begin_object(w);
    put_text(w, "alt", pic && pic->alt.n ? pic->alt : alt);
    json_key(w, "url");
    json_put_str(w, at);
    if (pic && pic->width > 0 && pic->height > 0) {
        put_int(w, "width", pic->width);
        put_int(w, "height", pic->height);
        json_key(w, "aspect_ratio");
        json_put_raw(w, arena_fmt(p->c->arena, "%lld.%03lld", (long long)(pic->width / pic->height),
                                  (long long)(pic->width % pic->height * 1000 / pic->height)));
    }
    json_end_object(w);
    return true;
}

static void put_money(struct json_writer *w, const struct cart_item *it) {
    put_int(w, "price", it->price);
    put_int(w, "original_price", it->price);
    put_int(w, "discounted_price", it->price);
    put_int(w, "presentment_price", it->price);
    put_int(w, "final_price", it->price);
    put_int(w, "line_price", it->total);
    put_int(w, "original_line_price", it->total);
    put_int(w, "final_line_price", it->total);
    put_int(w, "total_discount", 0);
    put_int(w, "line_level_total_discount", 0);
    put_raw(w, "discounts", "[]");
    put_raw(w, "line_level_discount_allocations", "[]");
}

static bool put_line(struct page *p, struct json_writer *w, const struct cart_view *v, size_t i) {
    const struct cart_item *it = &v->v[i];
    struct liquid_value line = people_line(p, i);
    struct arena *a = p->c->arena;
    json_begin_object(w);
    put_int(w, "id", it->variant_id);
    json_key(w, "properties");
    json_put_raw(w, it->properties);
    put_int(w, "quantity", it->quantity);
    put_int(w, "variant_id", it->variant_id);
    put_text(w, "key", cart_line_key(a, it));
    TRY(put_value(p, w, line, "title"));
    put_money(w, it);
    put_text(w, "sku", it->sku);
    put_int(w, "grams", it->weight_g);
    put_text(w, "vendor", it->vendor);
    put_bool(w, "taxable", true);
    put_int(w, "product_id", it->product_id);
    put_bool(w, "product_has_only_default_variant", !it->variant_title.n);
    put_bool(w, "gift_card", false);
    TRY(put_value(p, w, line, "url"));
    TRY(put_image(p, w, line, it->title));
    put_text(w, "handle", it->handle);
    put_bool(w, "requires_shipping", it->requires_shipping);
    put_text(w, "product_type", it->kind);
    put_text(w, "product_title", it->title);
    json_key(w, "variant_title");
    json_put_str(w, it->variant_title.n ? it->variant_title : (struct str){0});
    TRY(put_value(p, w, line, "options_with_values"));
    put_raw(w, "quantity_rule", "{\"min\":1,\"max\":null,\"increment\":1}");
    put_bool(w, "has_components", false);
    json_end_object(w);
    return true;
}

static void put_sections(struct json_writer *w, const struct ajax_out *o) {
    if (!o->sections.p) return;
    json_key(w, "sections");
    json_put_raw(w, o->sections);
}

bool ajax_cart_json(struct ajax_out *o, struct buf *b) {
    struct page *p = &o->page;
    const struct cart_view *v;
    struct currency cur = shop_currency(p->c);
    struct json_writer w = json_writer(b);
    int64_t grams = 0;
    bool ships = false;
    TRY(people_cart_view(p, &v));
    json_begin_object(&w);
    put_text(&w, "token", arena_fmt(p->c->arena, "%lld", (long long)v->cart_id));
    put_text(&w, "note", v->note);
    json_key(&w, "attributes");
    json_put_raw(&w, v->attributes);
    put_int(&w, "original_total_price", v->goods);
    put_int(&w, "total_price", v->goods);
    put_int(&w, "total_discount", 0);
    put_int(&w, "item_count", v->pieces);
    json_key(&w, "items");
    json_begin_array(&w);
    for (size_t i = 0; i < v->n; i++) {
        TRY(put_line(p, &w, v, i));
        grams += v->v[i].weight_g * v->v[i].quantity;
        ships |= v->v[i].requires_shipping;
    }
    json_end_array(&w);
    put_int(&w, "total_weight", grams);
    put_bool(&w, "requires_shipping", ships);
    put_text(&w, "currency", arena_str(p->c->arena, currency_str(&cur)));
    put_int(&w, "items_subtotal_price", v->goods);
    put_raw(&w, "cart_level_discount_applications", "[]");
    put_raw(&w, "discount_codes", "[]");
    put_sections(&w, o);
    json_end_object(&w);
    return true;
}

static size_t line_of(const struct cart_view *v, const struct cart_wish *wish) {
    struct str told = wish->properties.n ? wish->properties : S("{}");
    size_t i = 0;
    while (i < v->n && (v->v[i].variant_id != wish->id || !str_eq(v->v[i].properties, told))) i++;
    return i;
}

// One line alone carries its sections inside; the writer has ended it, so they are put before the
// brace.
static void add_inside(struct buf *b, const struct ajax_out *o) {
    if (!o->sections.p || !b->n) return;
    b->n--;
    buf_put(b, S(",\"sections\":"));
    buf_put(b, o->sections);
    buf_char(b, '}');
}

bool ajax_lines_json(struct ajax_out *o, const struct cart_wishes *wishes, bool one,
                     struct buf *b) {
    struct page *p = &o->page;
    const struct cart_view *v;
    struct json_writer w = json_writer(b);
    TRY(people_cart_view(p, &v));
    size_t only = one && wishes->n ? line_of(v, &wishes->v[0]) : v->n;
    if (only < v->n) {
        TRY(put_line(p, &w, v, only));
        add_inside(b, o);
        return true;
    }
    json_begin_object(&w);
    json_key(&w, "items");
    json_begin_array(&w);
    for (size_t i = 0; i < wishes->n; i++) {
        size_t at = line_of(v, &wishes->v[i]);
        if (at < v->n) TRY(put_line(p, &w, v, at));
    }
    json_end_array(&w);
    put_sections(&w, o);
    json_end_object(&w);
    return true;
}
