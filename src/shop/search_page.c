// SPDX-License-Identifier: Apache-2.0
// Search by title, vendor, tags and SKU: every word must occur. And the merchant's own pages.
#include "core/app.h"
#include "mod/content/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"

bool search_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value search, terms;
    if (!list_page(rq)) return page_missing(c);
    page_open(&p, c, rq, rs);
    TRY(goods_search(&p, &search));
    TRY(liquid_get(c->arena, search, S("terms"), &terms, &c->err));
    struct str words = liquid_str(terms);
    page_global(&p, "search", search);
    page_about(&p,
               words.n ? TR(c, "shop.search.for", {.name = "terms", .text = words})
                       : tr(c, "shop.search"),
               (struct str){0});
    return page_render(&p, "search");
}

bool content_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct page_text text;
    struct liquid_value page;
    struct str handle = request_param(rq, "handle");
    page_open(&p, c, rq, rs);
    TRY(page_get(c, handle, &text));
    if (!text.found) return page_missing(c);
    TRY(people_page(&p, handle, &page));
    page_global(&p, "page", page);
    page_about(&p, text.title, text.html);
    p.suffix = text.template;
    struct buf path = buf_new(c->arena, 0);
    buf_put(&path, S("/pages/"));
    buf_url(&path, text.handle);
    page_public(&p, buf_str(&path));
    page_topic(&p, "page", text.id);
    return page_render(&p, "page");
}
