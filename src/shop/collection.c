// SPDX-License-Identifier: Apache-2.0
// The pages of collections: one, narrowed by tags or filters of the address, and all of them.
#include "core/app.h"
#include "shop/object/goods.h"

enum { PAGE_MAX = 1000 };

static bool moved(struct ctx *c, struct str handle, struct response *rs) {
    struct shop_moved_collection_in in = {handle};
    struct shop_moved_collection to;
    bool found;
    TRY(shop_moved_collection(&c->db, &in, &to, &found));
    return found ? page_moved(c, rs, "/collections/", to.handle) : page_missing(c);
}

int64_t list_page(const struct request *rq) {
    struct str s = request_query(rq, "page");
    int64_t n;
    if (!s.p) return 1;
    return str_to_int(s, &n) && n >= 1 && n <= PAGE_MAX ? n : 0;
}

static struct str numbered(struct ctx *c, struct str path, int64_t page) {
    if (page == 1) return path;
    return arena_fmt(c->arena, STR_FMT "?page=%lld", STR_ARG(path), (long long)page);
}

static bool show(struct ctx *c, const struct request *rq, struct response *rs, struct str handle) {
    struct page p;
    struct liquid_value collection;
    int64_t page = list_page(rq);
    bool there;
    if (!page) return page_missing(c);
    page_open(&p, c, rq, rs);
    TRY(goods_collection_page(&p, handle, request_param(rq, "tags"), &collection));
    if (collection.type == LIQUID_NIL) return moved(c, handle, rs);
    TRY(goods_has_page(&p, collection, page, &there));
    if (!there) return page_missing(c);
    struct goods_told told = goods_told(collection);
    page_global(&p, "collection", collection);
    page_about(&p, told.title, told.description);
    if (told.id || str_eq(handle, S("all"))) page_public(&p, numbered(c, told.path, page));
    if (told.id) TRY(page_alternate(&p, "collection", told.id));
    return page_render(&p, "collection");
}

bool collection_page(struct ctx *c, const struct request *rq, struct response *rs) {
    return show(c, rq, rs, request_param(rq, "handle"));
}

bool collection_all(struct ctx *c, const struct request *rq, struct response *rs) {
    return show(c, rq, rs, S("all"));
}

bool collections_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    page_open(&p, c, rq, rs);
    page_about(&p, tr(c, "shop.collections"), (struct str){0});
    page_public(&p, S("/collections"));
    return page_render(&p, "list-collections");
}
