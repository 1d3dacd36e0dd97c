// SPDX-License-Identifier: Apache-2.0
// The cart for scripts, at the addresses and in the shapes that themes know: /cart.js,
// /cart/add.js, /cart/change.js, /cart/update.js, /cart/clear.js, /cart/shipping_rates.json. Reads
// fields of a form or JSON. A refusal is {status, message, description} with status 422.
#include "core/app.h"
#include "core/settings.h"
#include "shop/cart_change.h"
#include "shop/cart_page.h"
#include "shop/object/people.h"

enum { SECTIONS_TEXT_MAX = 1000 };

// ---- answers
static void say(struct response *rs, int status, struct str message, struct str description) {
    struct json_writer w = json_writer(&rs->body);
    rs->status = status;
    buf_clear(&rs->body);
    json_begin_object(&w);
    json_key(&w, "status");
    json_put_int(&w, status);
    json_key(&w, "message");
    json_put_str(&w, message);
    json_key(&w, "description");
    json_put_str(&w, description);
    json_key(&w, "errors");
    json_put_str(&w, description);
    json_end_object(&w);
    response_type(rs, "application/json; charset=utf-8");
}

static bool refuse(struct ctx *c, struct response *rs, enum cart_verdict v) {
    say(rs, 422, tr(c, "shop.cart.problem"), tr(c, cart_verdict_key(v)));
    return true;
}

// "main,header" or ["main","header"].
static struct str section_ids(struct ctx *c, const struct ajax_in *in) {
    const struct json *j = ajax_member(in, "sections");
    struct buf b = buf_new(c->arena, SECTIONS_TEXT_MAX);
    if (!j || j->type != JSON_ARRAY) return ajax_text(in, "sections");
    for (size_t i = 0; i < j->n; i++) {
        if (j->items[i].type != JSON_STRING) continue;
        if (b.n) buf_char(&b, ',');
        buf_put(&b, j->items[i].text);
    }
    return buf_ok(&b) ? buf_str(&b) : (struct str){0};
}

// Of the page named, else of the one the script ran on, else of the cart's.
static bool add_sections(struct ctx *c, const struct ajax_in *in, struct ajax_out *o) {
    struct str ids = section_ids(c, in), url = ajax_text(in, "sections_url");
    if (!ids.n || ids.n > SECTIONS_TEXT_MAX) return true;
    if (!url.n) url = request_header(in->rq, "referer");
    if (url.n) TRY(page_sections(c, url, ids, &o->sections));
    if (!o->sections.p) TRY(page_sections(c, S("/cart"), ids, &o->sections));
    return true;
}

static bool begin(struct ctx *c, const struct ajax_in *in, struct response *rs,
                  struct ajax_out *o) {
    int64_t pieces;
    page_open(&o->page, c, in->rq, rs);
    o->sections = (struct str){0};
    TRY(cart_pieces(c, &pieces));
    cart_cookie(c, rs, pieces);
    response_type(rs, "application/json; charset=utf-8");
    return add_sections(c, in, o);
}

static bool answer_cart(struct ctx *c, const struct ajax_in *in, struct response *rs) {
    struct ajax_out o;
    TRY(begin(c, in, rs, &o));
    return ajax_cart_json(&o, &rs->body);
}

static bool settle(struct ctx *c, const struct ajax_in *in, struct response *rs,
                   struct cart_wishes *w) {
    w->note = ajax_text(in, "note");
    w->attributes = ajax_attributes(c, in);
    bool nothing = !w->n && !w->note.p && !w->attributes.p && !w->forget;
    if (!nothing && (c->session_id || w->add || w->note.p || w->attributes.p))
        TRY(cart_change(c, rs, w));
    if (cart_refused(w->verdict)) return refuse(c, rs, w->verdict);
    return answer_cart(c, in, rs);
}

bool ajax_cart_get(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_out o = {0};
    page_open(&o.page, c, rq, rs);
    response_type(rs, "application/json; charset=utf-8");
    return ajax_cart_json(&o, &rs->body);
}

bool ajax_add(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct ajax_out o;
    struct cart_wishes w = {.add = true};
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_items(c, &in, &w));
    bool one = !ajax_member(&in, "items") && !request_form(rq, "items[0][id]").p;
    if (!w.n) return refuse(c, rs, CART_NO_VARIANT);
    if (ajax_bad_quantity(&w, 1)) return refuse(c, rs, CART_BAD_QUANTITY);
    for (size_t i = 0; i < w.n; i++)
        if (w.v[i].id <= 0) return refuse(c, rs, CART_NO_VARIANT);
    TRY(cart_change(c, rs, &w));
    if (w.verdict != CART_OK) {
        int64_t pieces;
        TRY(cart_pieces(c, &pieces));
        if (c->session_id) cart_cookie(c, rs, pieces);
        return refuse(c, rs, w.verdict);
    }
    TRY(begin(c, &in, rs, &o));
    return ajax_lines_json(&o, &w, one, &rs->body);
}

bool ajax_change(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wish one;
    struct cart_wishes w = {.v = &one, .n = 1, .cap = 1};
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_line(c, &in, &one));
    if (one.id <= 0 || !c->session_id) return refuse(c, rs, CART_NO_VARIANT);
    if (!ajax_int(&in, "quantity", &one.quantity)) one.quantity = -1;
    if (ajax_bad_quantity(&w, 0)) return refuse(c, rs, CART_BAD_QUANTITY);
    return settle(c, &in, rs, &w);
}

bool ajax_update(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wishes w = {0};
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_updates(c, &in, &w));
    if (ajax_bad_quantity(&w, 0)) return refuse(c, rs, CART_BAD_QUANTITY);
    return settle(c, &in, rs, &w);
}

bool ajax_clear(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wishes w = {.forget = true};
    TRY(ajax_read(c, rq, &in));
    if (c->session_id) TRY(cart_change(c, rs, &w));
    return answer_cart(c, &in, rs);
}

// ---- what sending costs
bool ajax_rates(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str said = request_query(rq, "shipping_address[country]");
    struct cart_view v;
    struct shipping_offers offers = {0};
    struct str_list codes;
    struct str country = {0};
    struct currency cur = shop_currency(c);
    struct json_writer w = json_writer(&rs->body);
    TRY(cart_load(c, &v));
    TRY(shipping_countries(c, &codes));
    TRY(shipping_offers(c, v.goods, &offers));
    for (size_t i = 0; i < codes.n && !country.p; i++)
        if (country_is(c, codes.v[i], said)) country = codes.v[i];
    if (!country.p) {
        say(rs, 422, tr(c, "shop.cart.problem"), tr(c, "shop.cart.no_rates"));
        return true;
    }
    json_begin_object(&w);
    json_key(&w, "shipping_rates");
    json_begin_array(&w);
    for (size_t i = 0; i < offers.n; i++) {
        if (!shipping_goes_to(c, &offers.v[i], country)) continue;
        json_begin_object(&w);
        json_key(&w, "name");
        json_put_str(&w, offers.v[i].name);
        json_key(&w, "presentment_name");
        json_put_str(&w, offers.v[i].name);
        json_key(&w, "code");
        json_put_str(&w, arena_fmt(c->arena, "%lld", (long long)offers.v[i].id));
        json_key(&w, "price");
        json_put_str(&w, money_plain(c->arena, money(offers.v[i].price, cur)));
        json_key(&w, "currency");
        json_put_str(&w, arena_str(c->arena, currency_str(&cur)));
        json_key(&w, "description");
        json_put_str(&w, offers.v[i].delivery);
        json_key(&w, "source");
        json_put_str(&w, S("shop"));
        json_end_object(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
    response_type(rs, "application/json; charset=utf-8");
    return true;
}
