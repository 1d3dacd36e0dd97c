// SPDX-License-Identifier: Apache-2.0
// Structured data (schema.org) as JSON-LD.
#include "core/app.h"
#include "core/settings.h"
#include "shop/product_object.h"

static struct liquid_map *thing(struct ctx *c, const char *type, bool root) {
    struct liquid_map *m = liquid_map_new(c->arena);
    if (root) set_str(m, "@context", S("https://schema.org"));
    set_str(m, "@type", str_c(type));
    return m;
}

static struct str absolute(struct ctx *c, struct str local) { // local: with its language
    struct str base = c->shop->base_url;
    while (str_ends(base, S("/"))) base.n--;
    return arena_fmt(c->arena, STR_FMT STR_FMT, STR_ARG(base), STR_ARG(local));
}

struct liquid_value ld_crumbs(struct ctx *c, const struct list *crumbs) {
    struct liquid_map *m = thing(c, "BreadcrumbList", true);
    struct list l = {0};
    for (size_t i = 0; i < crumbs->n; i++) {
        struct liquid_map *x = thing(c, "ListItem", false);
        const struct liquid_value *url = liquid_map_get(crumbs->v[i].map, S("url"));
        liquid_set(x, "position", liquid_int((int64_t)i + 1));
        liquid_set(x, "name", *liquid_map_get(crumbs->v[i].map, S("title")));
        if (url && liquid_str(*url).n) set_str(x, "item", absolute(c, liquid_str(*url)));
        list_add(c->arena, &l, liquid_of_map(x));
    }
    set_list(m, "itemListElement", &l);
    return liquid_of_map(m);
}

struct liquid_value ld_shop(struct ctx *c) {
    struct liquid_map *m = thing(c, "OnlineStore", true);
    set_str(m, "name", setting_text(c, "shop.name"));
    set_str(m, "url", url_absolute(c, S("/")));
    if (setting_text(c, "shop.email").n) set_str(m, "email", setting_text(c, "shop.email"));
    return liquid_of_map(m);
}

static struct liquid_value offer(struct ctx *c, const struct product_read *r,
                                 const struct shop_variants *v) {
    struct liquid_map *m = thing(c, "Offer", false);
    struct currency cur = shop_currency(c);
    set_str(m, "price", money_plain(c->arena, money(v->price, cur)));
    set_str(m, "priceCurrency", arena_str(c->arena, currency_str(&cur)));
    set_str(m, "availability",
            variant_available(v) ? S("https://schema.org/InStock")
                                 : S("https://schema.org/OutOfStock"));
    set_str(m, "itemCondition", S("https://schema.org/NewCondition"));
    set_str(m, "url",
            absolute(c, arena_fmt(c->arena, STR_FMT "?variant=%lld",
                                  STR_ARG(local_path(c, "/products/", r->row.handle)),
                                  (long long)v->id)));
    if (v->sku.n) set_str(m, "sku", v->sku);
    if (v->barcode.n) set_str(m, "gtin", v->barcode);
    return liquid_of_map(m);
}

struct liquid_value ld_product(struct ctx *c, const struct product_read *r) {
    struct liquid_map *m = thing(c, "Product", true);
    struct list images = {0}, offers = {0};
    set_str(m, "name", r->row.title);
    set_str(m, "description", plain_of_html(c->arena, r->row.description, 500));
    if (r->row.vendor.n) {
        struct liquid_map *brand = thing(c, "Brand", false);
        set_str(brand, "name", r->row.vendor);
        liquid_set(m, "brand", liquid_of_map(brand));
    }
    for (size_t i = 0; i < r->extras.n; i++) {
        const struct shop_product_extras *e = &r->extras.v[i];
        if (!str_eq(e->kind, S("media"))) continue;
        struct buf b = buf_new(c->arena, 0);
        buf_fmt(&b, "/media/" STR_FMT "/", STR_ARG(e->a));
        buf_url(&b, e->c);
        list_add(c->arena, &images, liquid_text(absolute(c, buf_str(&b))));
    }
    set_list(m, "image", &images);
    for (size_t i = 0; i < r->variants.n && i < 100; i++)
        list_add(c->arena, &offers, offer(c, r, &r->variants.v[i]));
    set_list(m, "offers", &offers);
    return liquid_of_map(m);
}
