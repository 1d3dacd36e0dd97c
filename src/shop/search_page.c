// SPDX-License-Identifier: Apache-2.0
// Search by title, vendor, tags and SKU: every word must occur. And the merchant's own pages.
#include "core/app.h"
#include "mod/content/content.h"
#include "shop/page.h"

enum { WORDS = 5, TERMS_MAX = 100 };

// Further words than WORDS are passed over. False: there is none.
static bool set_words(struct ctx *c, struct str terms, struct shop_cards_in *in) {
    struct {
        struct str *word;
        bool *has;
    } slots[WORDS] = {{&in->w1, &in->has_w1},
                      {&in->w2, &in->has_w2},
                      {&in->w3, &in->has_w3},
                      {&in->w4, &in->has_w4},
                      {&in->w5, &in->has_w5}};
    struct str rest = text_fold(c->arena, terms), word;
    size_t n = 0;
    while (n < WORDS && str_split(&rest, ' ', &word)) {
        if (!word.n) continue;
        *slots[n].word = text_pattern(c->arena, word);
        *slots[n++].has = true;
    }
    return n > 0;
}

bool search_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct shop_cards_in in = {.count = PAGE_CARDS};
    struct liquid_map *m = liquid_map_new(c->arena);
    struct str terms = str_utf8_cut(str_trim(request_query(rq, "q")), TERMS_MAX);
    int64_t page = page_number(rq);
    if (!page) return page_missing(c);
    TRY(page_begin(&p, c, rq, rs));
    bool performed = terms.n && set_words(c, terms, &in);
    set_str(m, "terms", terms);
    liquid_set(m, "performed", liquid_bool(performed));
    if (performed) {
        struct card_page cards;
        struct buf query = buf_new(c->arena, 0);
        in.first = (page - 1) * PAGE_CARDS;
        TRY(page_cards(&p, &in, &cards));
        liquid_set(m, "results", cards.products);
        liquid_set(m, "results_count", liquid_int(cards.total));
        buf_put(&query, S("q="));
        buf_url(&query, terms);
        buf_char(&query, '&');
        set_paginate(&p, &(struct paging){page, cards.total, S("/search"), buf_str(&query)});
    }
    liquid_set(p.data, "search", liquid_of_map(m));
    liquid_set(p.data, "noindex", liquid_bool(true));
    return page_send(&p, "search",
                     performed ? TR(c, "shop.search.for", {.name = "terms", .text = terms})
                               : tr(c, "shop.search"));
}

bool content_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct page_text text;
    struct list crumbs = {0};
    TRY(page_get(c, request_param(rq, "handle"), &text));
    if (!text.found) return page_missing(c);
    TRY(page_begin(&p, c, rq, rs));
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "title", text.title);
    set_str(m, "handle", text.handle);
    liquid_set(m, "content", liquid_html(text.html));
    liquid_set(p.data, "page", liquid_of_map(m));
    crumb(&p, &crumbs, text.title, (struct str){0});
    set_list(p.data, "breadcrumbs", &crumbs);
    set_str(p.data, "page_description", text.html);
    struct buf path = buf_new(c->arena, 0);
    buf_put(&path, S("/pages/"));
    buf_url(&path, text.handle);
    page_public(&p, buf_str(&path));
    page_topic(&p, "page", text.id);
    return page_send(&p, "page", text.title);
}
