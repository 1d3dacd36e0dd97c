// SPDX-License-Identifier: Apache-2.0
#include "shop/cart_page.h"

#include "core/app.h"
#include "core/settings.h"
#include "shop/cart_change.h"
#include "shop/object/people.h"

#define COUNT_LIFE (60 * DAY / SECOND)

struct str cart_problem(struct ctx *c, const struct cart_item *it) {
    if (!it->for_sale) return tr(c, "shop.cart.line_gone");
    if (it->available >= it->quantity) return (struct str){0};
    return TR(c, "shop.cart.line_short",
              {.name = "count", .number = it->available > 0 ? it->available : 0});
}

static struct liquid_value item_object(struct ctx *c, const struct cart_item *it) {
    struct liquid_map *m = liquid_map_new(c->arena);
    struct str words = cart_item_words(c, it);
    struct str title =
        words.n ? arena_fmt(c->arena, STR_FMT " – " STR_FMT, STR_ARG(it->title), STR_ARG(words))
                : it->title;
    liquid_set(m, "variant_id", liquid_int(it->variant_id));
    liquid_set(m, "product_id", liquid_int(it->product_id));
    liquid_set(m, "quantity", liquid_int(it->quantity));
    set_str(m, "title", title);
    set_str(m, "product_title", it->title);
    set_str(m, "variant_title", words);
    set_str(m, "sku", it->sku);
    set_str(m, "vendor", it->vendor);
    set_str(m, "url",
            arena_fmt(c->arena, STR_FMT "?variant=%lld",
                      STR_ARG(local_path(c, "/products/", it->handle)), (long long)it->variant_id));
    liquid_set(m, "final_price", liquid_int(it->price));
    liquid_set(m, "final_line_price", liquid_int(it->total));
    set_price(c, m,
              &(struct price_told){it->price, it->low30, it->unit_amount, it->base_amount, it->unit,
                                   it->base_unit});
    set_image(c, m, "image", &(struct picture){it->image_hash, S("image"), it->title, 0, 0});
    set_str(m, "problem", cart_problem(c, it));
    return liquid_of_map(m);
}

struct liquid_map *cart_object(struct ctx *c, const struct cart_view *v) {
    struct liquid_map *m = liquid_map_new(c->arena);
    struct list items = {0};
    for (size_t i = 0; i < v->n; i++) list_add(c->arena, &items, item_object(c, &v->v[i]));
    set_list(m, "items", &items);
    liquid_set(m, "item_count", liquid_int(v->pieces));
    liquid_set(m, "items_subtotal_price", liquid_int(v->goods));
    liquid_set(m, "buyable", liquid_bool(v->buyable));
    set_str(m, "order_key", v->order_key);
    return m;
}

struct liquid_value tax_list(struct ctx *c, const struct tax_row *rows, size_t n) {
    struct list l = {0};
    for (size_t i = 0; i < n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        set_str(m, "rate_text", rate_of(c, rows[i].rate));
        liquid_set(m, "gross", liquid_int(rows[i].gross));
        liquid_set(m, "tax", liquid_int(rows[i].tax));
        list_add(c->arena, &l, liquid_of_map(m));
    }
    return liquid_array(l.v, l.n);
}

void cart_cookie(struct ctx *c, struct response *rs, int64_t pieces) {
    response_cookie(rs, &(struct cookie){
                            .name = "cart_n",
                            .value = arena_fmt(c->arena, "%lld", (long long)pieces),
                            .max_age_s = pieces > 0 ? COUNT_LIFE : -1,
                            .secure = str_starts(c->shop->base_url, S("https:")),
                        });
}

static const struct {
    struct str name; // ?note=
    const char *key;
    bool warn;
} notes[] = {
    {S_INIT("added"), "shop.cart.note_added", false},
    {S_INIT("clipped"), "shop.cart.note_clipped", true},
    {S_INIT("out"), "shop.cart.note_out", true},
    {S_INIT("gone"), "shop.cart.note_gone", true},
    {S_INIT("full"), "shop.cart.note_full", true},
    {S_INIT("quantity"), "shop.cart.note_quantity", true},
    {S_INIT("changed"), "shop.cart.note_changed", false},
    {S_INIT("removed"), "shop.cart.note_removed", false},
};

static struct liquid_value messages_of(struct page *p, const struct cart_view *v, struct str note) {
    struct list messages = {0};
    int64_t id;
    struct str added = request_query(p->rq, "added");
    for (size_t i = 0; added.n && str_to_int(added, &id) && i < v->n; i++)
        if (v->v[i].variant_id == id)
            message(p, &messages, "good",
                    TR(p->c, "shop.cart.added", {.name = "title", .text = v->v[i].title}));
    for (size_t i = 0; i < ARRAY_LEN(notes); i++)
        if (str_eq(notes[i].name, note))
            message(p, &messages, notes[i].warn ? "warn" : "good", tr(p->c, notes[i].key));
    return liquid_array(messages.v, messages.n);
}

struct liquid_value cart_messages_of(struct page *p, const struct cart_view *v) {
    return messages_of(p, v, p->note.n ? p->note : request_query(p->rq, "note"));
}

struct str cart_line_key(struct arena *a, const struct cart_item *it) {
    return arena_fmt(a, "%lld:%lld", (long long)it->variant_id, (long long)it->line_id);
}

bool cart_show(struct ctx *c, const struct request *rq, struct response *rs, const char *note) {
    struct page p;
    const struct cart_view *v;
    page_open(&p, c, rq, rs);
    p.note = str_c(note);
    TRY(people_cart_view(&p, &v));
    cart_cookie(c, rs, v->pieces);
    page_about(&p, tr(c, "shop.cart"), (struct str){0});
    return page_render(&p, "cart");
}

bool cart_page(struct ctx *c, const struct request *rq, struct response *rs) {
    return cart_show(c, rq, rs, NULL);
}

static const char *note_of(enum cart_verdict v) {
    switch (v) {
    case CART_OK:
        return "changed";
    case CART_CLIPPED:
        return "clipped";
    case CART_OUT_OF_STOCK:
        return "out";
    case CART_NO_VARIANT:
        return "gone";
    case CART_FULL:
        return "full";
    case CART_BAD_QUANTITY:
        return "quantity";
    }
    return "gone";
}

const char *cart_verdict_key(enum cart_verdict v) {
    struct str name = str_c(note_of(v));
    size_t i = 0;
    while (i + 1 < ARRAY_LEN(notes) && !str_eq(notes[i].name, name)) i++;
    return notes[i].key;
}

bool cart_led_back(struct ctx *c, struct response *rs, struct str query) {
    int64_t pieces;
    struct str to = return_target(c->rq);
    TRY(cart_pieces(c, &pieces));
    cart_cookie(c, rs, pieces);
    if (!to.n)
        to = arena_fmt(c->arena, STR_FMT "?" STR_FMT, STR_ARG(url_local(c, S("/cart"))),
                       STR_ARG(query));
    response_redirect(rs, 303, to);
    return true;
}

bool cart_answered(struct ctx *c, const struct request *rq, struct response *rs,
                   enum cart_verdict v) {
    if (v == CART_OK || v == CART_CLIPPED)
        return cart_led_back(c, rs, arena_fmt(c->arena, "note=%s", note_of(v)));
    rs->status = 422;
    return cart_show(c, rq, rs, note_of(v));
}
