// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "shop/page.h"

static const struct sort {
    struct str value; // Shopify's words
    const char *key;
    size_t offset; // of the switch; 0: as the merchant arranged
} sorts[] = {
    {S_INIT("manual"), "shop.sort.manual", 0},
    {S_INIT("created-descending"), "shop.sort.newest", offsetof(struct shop_cards_in, by_newest)},
    {S_INIT("price-ascending"), "shop.sort.price", offsetof(struct shop_cards_in, by_price)},
    {S_INIT("price-descending"), "shop.sort.price_desc",
     offsetof(struct shop_cards_in, by_price_desc)},
    {S_INIT("title-ascending"), "shop.sort.title", offsetof(struct shop_cards_in, by_title)},
    {S_INIT("title-descending"), "shop.sort.title_desc",
     offsetof(struct shop_cards_in, by_title_desc)},
};
static const struct { // how collections name their own order
    struct str name, value;
} own_sorts[] = {
    {S_INIT("title"), S_INIT("title-ascending")},
    {S_INIT("price"), S_INIT("price-ascending")},
    {S_INIT("price-desc"), S_INIT("price-descending")},
    {S_INIT("newest"), S_INIT("created-descending")},
};

static const struct sort *sort_find(struct str value) {
    for (size_t i = 0; i < ARRAY_LEN(own_sorts); i++)
        if (str_eq(own_sorts[i].name, value)) value = own_sorts[i].value;
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
        if (str_eq(sorts[i].value, value)) return &sorts[i];
    return NULL;
}

struct listing {
    struct str title, handle, path, description, own_sort;
    int64_t collection_id; // 0: everything
};

static void set_sorts(struct page *p, struct liquid_map *m, const struct sort *now) {
    struct list l = {0};
    for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
        struct liquid_map *o = liquid_map_new(p->c->arena);
        set_str(o, "value", sorts[i].value);
        set_str(o, "name", tr(p->c, sorts[i].key));
        list_add(p->c->arena, &l, liquid_of_map(o));
    }
    set_list(m, "sort_options", &l);
    set_str(m, "sort_by", now->value);
}

static bool list_products(struct page *p, const struct listing *l, struct liquid_map *m) {
    struct str asked = request_query(p->rq, "sort_by");
    const struct sort *sort = sort_find(asked.n ? asked : l->own_sort),
                      *own = sort_find(l->own_sort);
    int64_t page = page_number(p->rq);
    if (!page) return page_missing(p->c);
    if (!sort) sort = own ? own : &sorts[0];
    struct shop_cards_in in = {.collection_id = l->collection_id,
                               .has_collection_id = l->collection_id != 0,
                               .first = (page - 1) * PAGE_CARDS,
                               .count = PAGE_CARDS};
    if (sort->offset) *(bool *)((char *)&in + sort->offset) = true;
    struct card_page cards;
    TRY(page_cards(p, &in, &cards));
    if (page > 1 && cards.total == 0) return page_missing(p->c);
    liquid_set(m, "products", cards.products);
    liquid_set(m, "products_count", liquid_int(cards.total));
    set_sorts(p, m, sort);
    struct str query = S("");
    if (asked.n && sort != own)
        query = arena_fmt(p->c->arena, "sort_by=" STR_FMT "&", STR_ARG(sort->value));
    set_paginate(p, &(struct paging){page, cards.total, l->path, query});
    if (page > 1)
        page_public(
            p, arena_fmt(p->c->arena, STR_FMT "?page=%lld", STR_ARG(l->path), (long long)page));
    else
        page_public(p, l->path);
    return true;
}

static bool show(struct page *p, const struct listing *l) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    struct list crumbs = {0};
    set_str(m, "title", l->title);
    set_str(m, "handle", l->handle);
    set_str(m, "url", url_local(p->c, l->path));
    liquid_set(m, "description", liquid_html(l->description));
    liquid_set(p->data, "collection", liquid_of_map(m));
    crumb(p, &crumbs, l->title, (struct str){0});
    set_list(p->data, "breadcrumbs", &crumbs);
    liquid_set(p->data, "ld_crumbs", ld_crumbs(p->c, &crumbs));
    return list_products(p, l, m);
}

bool collection_all(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    TRY(page_begin(&p, c, rq, rs));
    struct str title = tr(c, "shop.collection.all");
    TRY(show(&p, &(struct listing){.title = title,
                                   .handle = S("all"),
                                   .path = S("/collections/all"),
                                   .own_sort = S("newest")}));
    return page_send(&p, "collection", title);
}

static bool moved(struct ctx *c, const struct request *rq, struct response *rs) {
    struct shop_moved_collection_in in = {request_param(rq, "handle")};
    struct shop_moved_collection to;
    bool found;
    TRY(shop_moved_collection(&c->db, &in, &to, &found));
    return found ? page_moved(c, rs, "/collections/", to.handle) : page_missing(c);
}

bool collection_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct shop_collection col;
    bool found;
    TRY(shop_collection(&c->db,
                        &(struct shop_collection_in){request_param(rq, "handle"), lang_of(c)}, &col,
                        &found));
    if (!found) return moved(c, rq, rs);
    TRY(page_begin(&p, c, rq, rs));
    struct buf path = buf_new(c->arena, 0);
    buf_put(&path, S("/collections/"));
    buf_url(&path, col.handle);
    page_topic(&p, "collection", col.id);
    TRY(show(&p, &(struct listing){col.title, col.handle, buf_str(&path), col.description, col.sort,
                                   col.id}));
    set_str(p.data, "page_description",
            col.seo_description.n ? col.seo_description : col.description);
    return page_send(&p, "collection", col.seo_title.n ? col.seo_title : col.title);
}
