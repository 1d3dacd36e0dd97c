// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "core/settings.h"
#include "shop/page.h"

enum { ROW_CARDS = 4, ROWS_MAX = 3 };

static struct liquid_value tile(struct page *p, const struct shop_collection_tiles *t) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", t->title);
    set_str(m, "handle", t->handle);
    set_str(m, "url", local_path(p->c, "/collections/", t->handle));
    set_image(p->c, m, "image", &(struct picture){t->hash, t->filename, t->title, t->width, t->height});
    return liquid_of_map(m);
}

static struct liquid_map *teaser(struct page *p, const char *title, const char *text, struct liquid_value image) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", setting_i18n(p->c, title));
    set_str(m, "text", setting_i18n(p->c, text));
    liquid_set(m, "image", image);
    return m;
}

static bool row(struct page *p, struct list *rows, struct str title, struct str url, struct shop_cards_in *in) {
    struct card_page cards;
    in->count = ROW_CARDS;
    TRY(page_cards(p, in, &cards));
    if (cards.products.n == 0) return true;
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", title);
    set_str(m, "url", url);
    liquid_set(m, "products", cards.products);
    list_add(p->c->arena, rows, liquid_of_map(m));
    return true;
}

static bool set_rows(struct page *p, const struct shop_collection_tiles_rows *tiles) {
    struct ctx *c = p->c;
    struct list rows = {0};
    struct str newest = arena_fmt(c->arena, STR_FMT "?sort_by=newest", STR_ARG(url_local(c, S("/collections/all"))));
    TRY(row(p, &rows, tr(c, "shop.home.new"), newest, &(struct shop_cards_in){.by_newest = true}));
    for (size_t i = 0; i < tiles->n && i + 1 < ROWS_MAX; i++) {
        const struct shop_collection_tiles *t = &tiles->v[i];
        struct shop_cards_in in = {.collection_id = t->id, .has_collection_id = true};
        TRY(row(p, &rows, t->title, local_path(c, "/collections/", t->handle), &in));
        page_topic(p, "collection", t->id);
    }
    TRY(row(p, &rows, tr(c, "shop.home.sale"), (struct str){0}, &(struct shop_cards_in){.on_sale = true}));
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
    struct liquid_map *hero = teaser(&p, "theme.hero_title", "theme.hero_text", image_of(&tiles, 0));
    if (!setting_i18n(c, "theme.hero_title").n) set_str(hero, "title", setting_text(c, "shop.name"));
    struct liquid_map *story = teaser(&p, "theme.story_title", "theme.story_text", image_of(&tiles, 3));
    struct str about = setting_text(c, "theme.story_page");
    if (about.n) set_str(story, "url", local_path(c, "/pages/", about));
    liquid_set(p.data, "hero", liquid_of_map(hero));
    liquid_set(p.data, "story", liquid_of_map(story));
    liquid_set(p.data, "ld_shop", ld_shop(c));
    set_str(p.data, "page_description", setting_i18n(c, "theme.hero_text"));
    page_public(&p, S("/"));
    return page_send(&p, "index", setting_text(c, "shop.name"));
}
