// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "shop/product_object.h"

enum { RELATED = 4 };

static void set_crumbs(struct page *p, const struct shop_product *row) {
    struct list crumbs = {0};
    if (row->has_collection_id)
        crumb(p, &crumbs, row->collection_title,
              local_path(p->c, "/collections/", row->collection_handle));
    else
        crumb(p, &crumbs, tr(p->c, "shop.collection.all"), url_local(p->c, S("/collections/all")));
    crumb(p, &crumbs, row->title, (struct str){0});
    set_list(p->data, "breadcrumbs", &crumbs);
    liquid_set(p->data, "ld_crumbs", ld_crumbs(p->c, &crumbs));
}

// Chosen first: counting and ordering all cards of a large collection would cost each page.
static bool set_related(struct page *p, const struct shop_product *row) {
    struct ctx *c = p->c;
    struct currency cur = shop_currency(c);
    struct shop_related_rows ids = {0};
    struct shop_related_in like = {.currency = currency_str(&cur),
                                   .collection_id = row->collection_id,
                                   .has_collection_id = row->has_collection_id,
                                   .not_id = row->id,
                                   .count = RELATED};
    int64_t id[RELATED] = {0};
    struct card_page cards = {0};
    TRY(shop_related_all(&c->db, &like, &ids));
    for (size_t i = 0; i < ids.n; i++) id[i] = ids.v[i].id;
    struct shop_cards_in in = {.id1 = id[0],
                               .has_id1 = true,
                               .id2 = id[1],
                               .id3 = id[2],
                               .id4 = id[3],
                               .collection_id = row->collection_id,
                               .has_collection_id = row->has_collection_id,
                               .count = RELATED};
    if (ids.n)
        TRY(page_cards(p, &in, &cards));
    else
        page_topic(p, "products", 0);
    liquid_set(p->data, "related", cards.products);
    return true;
}

static void set_og_image(struct page *p, const struct product_read *r) {
    for (size_t i = 0; i < r->extras.n; i++) {
        const struct shop_product_extras *e = &r->extras.v[i];
        if (!str_eq(e->kind, S("media"))) continue;
        struct ctx bare = *p->c;
        bare.lang = lang_first(p->c);
        struct buf b = buf_new(p->c->arena, 0);
        buf_fmt(&b, "/media/" STR_FMT "/", STR_ARG(e->a));
        buf_url(&b, e->c);
        set_str(p->data, "og_image", url_absolute(&bare, buf_str(&b)));
        return;
    }
}

static bool moved(struct ctx *c, const struct request *rq, struct response *rs) {
    struct shop_moved_product_in in = {request_param(rq, "handle")};
    struct shop_moved_product to;
    bool found;
    TRY(shop_moved_product(&c->db, &in, &to, &found));
    return found ? page_moved(c, rs, "/products/", to.handle) : page_missing(c);
}

static bool show_product(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct product_read r;
    struct str wanted = request_query(rq, "variant");
    int64_t variant = 0;
    bool found;
    TRY(product_read(c, request_param(rq, "handle"), &r, &found));
    if (!found) return moved(c, rq, rs);
    if (wanted.n && (!str_to_int(wanted, &variant) || variant <= 0))
        return page_missing(c);
    if (!product_choose(&r, variant)) return page_missing(c);
    TRY(page_begin(&p, c, rq, rs));
    page_topic(&p, "product", r.row.id);
    liquid_set(p.data, "product", liquid_of_map(product_object(&p, &r)));
    set_crumbs(&p, &r.row);
    TRY(set_related(&p, &r.row));
    set_og_image(&p, &r);
    liquid_set(p.data, "ld_product", ld_product(c, &r));
    set_str(p.data, "page_description",
            r.row.seo_description.n ? r.row.seo_description : r.row.description);
    struct buf path = buf_new(c->arena, 0);
    buf_put(&path, S("/products/"));
    buf_url(&path, r.row.handle);
    page_public(&p, buf_str(&path));
    return page_send(&p, "product", r.row.seo_title.n ? r.row.seo_title : r.row.title);
}

bool product_page(struct ctx *c, const struct request *rq, struct response *rs) {
    return show_product(c, rq, rs);
}

// The same page under its collection; the canonical address is that of the product.
bool product_in_collection(struct ctx *c, const struct request *rq, struct response *rs) {
    struct shop_collection col;
    bool found = str_eq(request_param(rq, "collection"), S("all"));
    struct shop_collection_in in = {request_param(rq, "collection"), lang_of(c)};
    if (!found) TRY(shop_collection(&c->db, &in, &col, &found));
    struct shop_moved_collection there;
    struct shop_moved_collection_in old = {in.handle};
    if (!found) TRY(shop_moved_collection(&c->db, &old, &there, &found));
    return found ? show_product(c, rq, rs) : page_missing(c);
}
