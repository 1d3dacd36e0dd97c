// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "mod/price/rule.h"
#include "shop/page.h"

int64_t sale_percent(int64_t price, int64_t low30) {
    if (low30 <= price || low30 <= 0) return 0;
    return muldiv(low30 - price, 100, low30, ROUND_DOWN);
}

void set_price(struct ctx *c, struct liquid_map *m, const struct price_told *t) {
    liquid_set(m, "price", liquid_int(t->price));
    if (t->low30 > t->price) {
        int64_t percent = sale_percent(t->price, t->low30);
        liquid_set(m, "compare_at_price", liquid_int(t->low30));
        liquid_set(m, "lowest_price_30_days", liquid_int(t->low30));
        set_str(m, "lowest_price_30_days_text", money_of(c, t->low30));
        if (percent > 0) liquid_set(m, "sale_percent", liquid_int(percent));
    }
    int64_t unit = price_per_unit(t->price, t->unit_amount, t->unit, t->base_amount, t->base_unit);
    if (unit <= 0) return;
    liquid_set(m, "unit_price", liquid_int(unit));
    set_str(m, "reference_unit",
            arena_fmt(c->arena, STR_FMT "\u00a0" STR_FMT, STR_ARG(show_decimal(c, t->base_amount)),
                      STR_ARG(t->base_unit)));
}

static struct liquid_value card(struct page *p, const struct shop_cards *r) {
    struct ctx *c = p->c;
    struct liquid_map *m = liquid_map_new(c->arena);
    struct list badges = badges_of(p, r->badges);
    liquid_set(m, "id", liquid_int(r->id));
    set_str(m, "handle", r->handle);
    set_str(m, "title", r->title);
    set_str(m, "vendor", r->vendor);
    set_str(m, "url", local_path(c, "/products/", r->handle));
    liquid_set(m, "price_min", liquid_int(r->price));
    liquid_set(m, "price_max", liquid_int(r->price_max));
    liquid_set(m, "price_varies", liquid_bool(r->price_max > r->price));
    liquid_set(m, "variants_count", liquid_int(r->variants));
    liquid_set(m, "available", liquid_bool(r->available));
    set_list(m, "badges", &badges);
    set_price(c, m,
              &(struct price_told){r->price, r->has_low30 ? r->low30 : 0, r->unit_amount,
                                   r->base_amount, r->unit, r->base_unit});
    struct str alt = r->alt.n ? r->alt : r->title;
    set_image(c, m, "featured_image",
              &(struct picture){r->hash, r->filename, alt, r->width, r->height});
    page_topic(p, "product", r->id);
    return liquid_of_map(m);
}

bool page_cards(struct page *p, struct shop_cards_in *in, struct card_page *out) {
    struct shop_cards_rows rows = {0};
    struct list l = {0};
    struct currency cur = shop_currency(p->c);
    in->lang = lang_of(p->c);
    in->currency = arena_str(p->c->arena, currency_str(&cur));
    TRY(shop_cards_all(&p->c->db, in, &rows));
    for (size_t i = 0; i < rows.n; i++) list_add(p->c->arena, &l, card(p, &rows.v[i]));
    *out = (struct card_page){liquid_array(l.v, l.n), rows.n ? rows.v[0].total : 0};
    page_topic(p, "products", 0);
    if (in->on_sale || in->by_price || in->by_price_desc) page_topic(p, "prices", 0);
    return true;
}

int64_t page_number(const struct request *rq) {
    struct str s = request_query(rq, "page");
    int64_t n;
    if (!s.p) return 1;
    return str_to_int(s, &n) && n >= 1 && n <= 1000 ? n : 0;
}

static struct liquid_value page_link(struct page *p, const struct paging *g, int64_t n) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "title", arena_fmt(p->c->arena, "%lld", (long long)n));
    set_str(m, "url",
            arena_fmt(p->c->arena, STR_FMT "?" STR_FMT "page=%lld",
                      STR_ARG(url_local(p->c, g->path)), STR_ARG(g->query), (long long)n));
    liquid_set(m, "is_link", liquid_bool(n != g->page));
    liquid_set(m, "current", liquid_bool(n == g->page));
    return liquid_of_map(m);
}

void set_paginate(struct page *p, const struct paging *g) {
    struct liquid_map *m = liquid_map_new(p->c->arena), *gap = liquid_map_new(p->c->arena);
    int64_t pages = (g->total + PAGE_CARDS - 1) / PAGE_CARDS;
    struct list parts = {0};
    set_str(gap, "title", S("…"));
    for (int64_t n = 1, last = 0; n <= pages; n++) {
        bool near = n == 1 || n == pages || (n >= g->page - 1 && n <= g->page + 1);
        if (!near) continue;
        if (last && n > last + 1) list_add(p->c->arena, &parts, liquid_of_map(gap));
        list_add(p->c->arena, &parts, page_link(p, g, n));
        last = n;
    }
    liquid_set(m, "pages", liquid_int(pages));
    liquid_set(m, "items", liquid_int(g->total));
    liquid_set(m, "page_size", liquid_int(PAGE_CARDS));
    liquid_set(m, "current_page", liquid_int(g->page));
    if (g->page > 1) liquid_set(m, "previous", page_link(p, g, g->page - 1));
    if (g->page < pages) liquid_set(m, "next", page_link(p, g, g->page + 1));
    set_list(m, "parts", &parts);
    liquid_set(p->data, "paginate", liquid_of_map(m));
}
