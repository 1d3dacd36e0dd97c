// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "core/settings.h"
#include "shop/page.h"

enum { ROW_CARDS = 4, FEATURED_CARDS = 8, COLLECTION_ROWS = 2 };

static struct liquid_value tile(struct page *p, const struct shop_collection_tiles *t) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", t->title);
    set_str(m, "handle", t->handle);
    set_str(m, "url", local_path(p->c, "/collections/", t->handle));
    set_image(p->c, m, "image",
              &(struct picture){t->hash, t->filename, t->title, t->width, t->height});
    return liquid_of_map(m);
}

// A part of theme.content with its picture; without one of its own, that of a collection.
static bool set_part(struct page *p, const char *key, const char *path, struct liquid_value image) {
    const struct json *j = json_path(&p->content, path);
    struct liquid_value v = content_value(p->c, j), own;
    struct liquid_map *m = v.type == LIQUID_MAP ? v.map : liquid_map_new(p->c->arena);
    const struct liquid_value *alt = liquid_map_get(m, S("image_alt"));
    TRY(content_image(p, json_text(j, "image"), alt ? liquid_str(*alt) : S(""), &own));
    liquid_set(m, "image", own.type == LIQUID_NIL ? image : own);
    liquid_set(p->data, key, liquid_of_map(m));
    return true;
}

struct row {
    struct str title, url; // absent url: no link
    struct shop_cards_in in;
};

static bool add_row(struct page *p, struct list *rows, struct row r) {
    struct card_page cards;
    if (!r.in.count) r.in.count = ROW_CARDS;
    TRY(page_cards(p, &r.in, &cards));
    if (cards.products.n == 0) return true;
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", r.title);
    set_str(m, "url", r.url);
    liquid_set(m, "products", cards.products);
    list_add(p->c->arena, rows, liquid_of_map(m));
    return true;
}

// ",trinkflasche,vorratsglas," or absent.
static struct str featured_handles(struct page *p) {
    const struct json *j = json_path(&p->content, "home.featured");
    struct buf b = buf_new(p->c->arena, 8192);
    for (size_t i = 0; j && i < j->n; i++) {
        buf_char(&b, ',');
        buf_put(&b, j->items[i].text);
    }
    if (b.n) buf_char(&b, ',');
    return b.n ? buf_str(&b) : (struct str){0};
}

static bool add_collections(struct page *p, struct list *rows,
                            const struct shop_collection_tiles_rows *tiles) {
    for (size_t i = 0; i < tiles->n && i < COLLECTION_ROWS; i++) {
        const struct shop_collection_tiles *t = &tiles->v[i];
        struct row r = {.title = t->title,
                        .url = local_path(p->c, "/collections/", t->handle),
                        .in = {.collection_id = t->id, .has_collection_id = true}};
        TRY(add_row(p, rows, r));
        page_topic(p, "collection", t->id);
    }
    return true;
}

static bool set_rows(struct page *p, const struct shop_collection_tiles_rows *tiles) {
    struct ctx *c = p->c;
    struct list rows = {0};
    struct str all = url_local(c, S("/collections/all")), featured = featured_handles(p);
    struct str newest = arena_fmt(c->arena, STR_FMT "?sort_by=created-descending", STR_ARG(all));
    if (featured.n) {
        struct row r = {.title = tr(c, "shop.home.featured"), .url = all};
        r.in = (struct shop_cards_in){
            .handles = featured, .has_handles = true, .count = FEATURED_CARDS};
        TRY(add_row(p, &rows, r));
    } else {
        TRY(add_row(p, &rows, (struct row){tr(c, "shop.home.new"), newest, {.by_newest = true}}));
    }
    struct row sale = {.title = tr(c, "shop.home.sale"), .in = {.on_sale = true}};
    TRY(add_row(p, &rows, sale));
    if (!featured.n) TRY(add_collections(p, &rows, tiles));
    set_list(p->data, "rows", &rows);
    return true;
}

static struct liquid_value image_of(const struct list *tiles, size_t i) {
    if (i >= tiles->n) return liquid_nil();
    const struct liquid_value *v = liquid_map_get(tiles->v[i].map, S("image"));
    return v ? *v : liquid_nil();
}

bool home_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct shop_collection_tiles_rows rows = {0};
    struct list tiles = {0};
    TRY(page_begin(&p, c, rq, rs));
    TRY(shop_collection_tiles_all(&c->db, &(struct shop_collection_tiles_in){lang_of(c)}, &rows));
    for (size_t i = 0; i < rows.n; i++) list_add(c->arena, &tiles, tile(&p, &rows.v[i]));
    set_list(p.data, "collections", &tiles);
    TRY(set_rows(&p, &rows));
    TRY(set_part(&p, "hero", "hero.0", image_of(&tiles, 0)));
    TRY(set_part(&p, "story", "home.story", image_of(&tiles, 3)));
    liquid_set(p.data, "ld_shop", ld_shop(c));
    const struct liquid_value *hero = liquid_map_get(p.data, S("hero"));
    const struct liquid_value *text = liquid_map_get(hero->map, S("text"));
    if (text) liquid_set(p.data, "page_description", *text);
    page_public(&p, S("/"));
    return page_send(&p, "index", setting_text(c, "shop.name"));
}
