// SPDX-License-Identifier: Apache-2.0
// The page of a product.
#include "core/app.h"
#include "shop/object/goods.h"

static bool moved(struct ctx *c, const struct request *rq, struct response *rs) {
    struct shop_moved_product_in in = {request_param(rq, "handle")};
    struct shop_moved_product to;
    bool found;
    TRY(shop_moved_product(&c->db, &in, &to, &found));
    return found ? page_moved(c, rs, "/products/", to.handle) : page_missing(c);
}

static bool show(struct page *p, struct liquid_value product) {
    struct goods_told told = goods_told(product);
    struct liquid_value image;
    if (!told.id) return false; // p->c->err says why
    TRY(goods_image_of(product, &image, &p->c->err));
    page_global(p, "product", product);
    page_about(p, told.title, told.description);
    page_picture(p, image);
    page_public(p, told.path);
    TRY(page_alternate(p, "product", told.id));
    return page_render(p, "product");
}

bool product_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value product;
    bool found;
    page_open(&p, c, rq, rs);
    TRY(goods_product_page(&p, request_param(rq, "handle"), &product, &found));
    if (product.type == LIQUID_NIL) return moved(c, rq, rs);
    return found ? show(&p, product) : page_missing(c);
}

static bool was_collection(struct ctx *c, struct str handle, bool *found_out) {
    struct shop_moved_collection there;
    struct shop_moved_collection_in in = {handle};
    return shop_moved_collection(&c->db, &in, &there, found_out);
}

// The same page under its collection; the canonical address is that of the product.
bool product_in_collection(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value product, collection;
    struct str handle = request_param(rq, "collection");
    bool found;
    page_open(&p, c, rq, rs);
    TRY(goods_collection(&p, handle, &collection));
    if (collection.type == LIQUID_NIL) {
        TRY(was_collection(c, handle, &found));
        return found ? product_page(c, rq, rs) : page_missing(c);
    }
    TRY(goods_product_page(&p, request_param(rq, "handle"), &product, &found));
    if (product.type == LIQUID_NIL) return moved(c, rq, rs);
    if (!found) return page_missing(c);
    goods_around(collection, product);
    page_global(&p, "collection", collection);
    return show(&p, product);
}
