// SPDX-License-Identifier: Apache-2.0
// The cart's forms. Scripts post to the same addresses; they are answered in JSON.
#include "core/app.h"
#include "shop/cart_change.h"
#include "shop/cart_page.h"

// An address of this shop, without its host: nobody is led elsewhere by a link to a form.
struct str return_target(const struct request *rq) {
    struct str to = request_form(rq, "return_to");
    if (!str_starts(to, S("/")) || str_starts(to, S("//"))) return (struct str){0};
    for (size_t i = 0; i < to.n; i++)
        if ((unsigned char)to.p[i] < ' ' || to.p[i] == '\\') return (struct str){0};
    return to;
}

bool cart_add_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wishes w = {.add = true};
    if (cart_by_script(rq)) return ajax_add(c, rq, rs);
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_items(c, &in, &w));
    if (!w.n) return cart_answered(c, rq, rs, CART_NO_VARIANT);
    if (ajax_bad_quantity(&w, 1)) return cart_answered(c, rq, rs, CART_BAD_QUANTITY);
    for (size_t i = 0; i < w.n; i++)
        if (w.v[i].id <= 0) return cart_answered(c, rq, rs, CART_NO_VARIANT);
    TRY(cart_change(c, rs, &w));
    if (w.verdict != CART_OK) return cart_answered(c, rq, rs, w.verdict);
    return cart_led_back(c, rs, arena_fmt(c->arena, "added=%lld", (long long)w.v[0].id));
}

static bool change(struct ctx *c, const struct request *rq, struct response *rs,
                   struct cart_wish *one) {
    struct cart_wishes w = {.v = one, .n = 1, .cap = 1};
    if (one->id <= 0 || !c->session_id) return cart_answered(c, rq, rs, CART_NO_VARIANT);
    if (ajax_bad_quantity(&w, 0)) return cart_answered(c, rq, rs, CART_BAD_QUANTITY);
    TRY(cart_change(c, rs, &w));
    if (w.verdict == CART_OK && !one->quantity) return cart_led_back(c, rs, S("note=removed"));
    return cart_answered(c, rq, rs, w.verdict);
}

bool cart_change_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wish one;
    if (cart_by_script(rq)) return ajax_change(c, rq, rs);
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_line(c, &in, &one));
    if (!ajax_int(&in, "quantity", &one.quantity)) one.quantity = -1;
    return change(c, rq, rs, &one);
}

// updates[ID]=QUANTITY for several lines at once, a note, attributes.
static bool update(struct ctx *c, const struct request *rq, struct response *rs,
                   struct cart_wishes *w) {
    struct ajax_in in = {.rq = rq};
    TRY(ajax_updates(c, &in, w));
    if (ajax_bad_quantity(w, 0)) {
        w->verdict = CART_BAD_QUANTITY;
        return true;
    }
    w->note = request_form(rq, "note");
    w->attributes = ajax_attributes(c, &in);
    if ((w->n && c->session_id) || w->note.n || w->attributes.p || (w->note.p && c->session_id))
        TRY(cart_change(c, rs, w));
    return true;
}

bool cart_update_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct cart_wishes w = {0};
    if (cart_by_script(rq)) return ajax_update(c, rq, rs);
    TRY(update(c, rq, rs, &w));
    return cart_answered(c, rq, rs, w.verdict);
}

// The cart's page as one form: its button `checkout` leads on, `update` stays.
bool cart_post(struct ctx *c, const struct request *rq, struct response *rs) {
    struct cart_wishes w = {0};
    TRY(update(c, rq, rs, &w));
    if (w.verdict != CART_OK || !request_form(rq, "checkout").p)
        return cart_answered(c, rq, rs, w.verdict);
    response_redirect(rs, 303, url_local(c, S("/checkout")));
    return true;
}

bool cart_clear_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct cart_wishes w = {.forget = true};
    if (cart_by_script(rq)) return ajax_clear(c, rq, rs);
    if (c->session_id) TRY(cart_change(c, rs, &w));
    return cart_led_back(c, rs, S("note=changed"));
}

bool cart_back(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    response_redirect(rs, 303, url_local(c, S("/cart")));
    return true;
}

// A link of the shop's own pages may change a line ("remove"); one from elsewhere may not.
bool cart_change_link(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t line = 0, quantity = -1;
    struct cart_view v;
    struct cart_wish one = {0};
    bool own = str_eq(request_header(rq, "sec-fetch-site"), S("same-origin"));
    if (!own || !c->session_id || !str_to_int(request_query(rq, "quantity"), &quantity))
        return cart_back(c, rq, rs);
    if (!cart_key_read(request_query(rq, "id"), &one)) one.id = 0;
    if (str_to_int(request_query(rq, "line"), &line)) {
        TRY(cart_load(c, &v));
        if (line >= 1 && (uint64_t)line <= v.n)
            one = (struct cart_wish){.id = v.v[line - 1].variant_id,
                                     .line_id = v.v[line - 1].line_id};
    }
    one.quantity = quantity;
    return change(c, rq, rs, &one);
}

enum { LINK_LINES = 20 };
// /cart/12:1,15:2 in a mail or on another page: these goods are put in, then the checkout follows;
// ?storefront=true stays in the shop.
bool cart_link(struct ctx *c, const struct request *rq, struct response *rs) {
    struct str rest = request_param(rq, "lines"), part;
    struct cart_wish lines[LINK_LINES] = {0};
    struct cart_wishes w = {.v = lines, .cap = LINK_LINES, .add = true};
    int64_t pieces;
    while (w.n < LINK_LINES && str_split(&rest, ',', &part)) {
        size_t colon = str_find_char(part, ':');
        if (colon == STR_NONE || !str_to_int(str_sub(part, 0, colon), &lines[w.n].id) ||
            !str_to_int(str_from(part, colon + 1), &lines[w.n].quantity) || lines[w.n].id <= 0)
            return page_missing(c);
        w.n++;
    }
    if (ajax_bad_quantity(&w, 1)) return page_missing(c);
    struct str note = request_query(rq, "note");
    w.note = note.n ? note : (struct str){0};
    TRY(cart_change(c, rs, &w));
    if (w.verdict != CART_OK) return cart_answered(c, rq, rs, w.verdict);
    TRY(cart_pieces(c, &pieces));
    cart_cookie(c, rs, pieces);
    bool stay = str_eq(request_query(rq, "storefront"), S("true"));
    response_redirect(rs, 303, url_local(c, stay ? S("/cart") : S("/checkout")));
    return true;
}
