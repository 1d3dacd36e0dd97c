// SPDX-License-Identifier: Apache-2.0
// The cart for scripts, at the addresses and in the shapes that themes know: /cart.js,
// /cart/add.js, /cart/change.js, /cart/update.js, /cart/clear.js, /cart/shipping_rates.json. Reads
// fields of a form or JSON. A refusal is {status, message, description} with status 422.
#include "core/app.h"
#include "core/settings.h"
#include "shop/cart_change.h"
#include "shop/cart_page.h"
#include "shop/object/people.h"

enum { ITEMS_MAX = CART_LINES_MAX, SECTIONS_TEXT_MAX = 1000 };

// ---- what was sent
bool ajax_read(struct ctx *c, const struct request *rq, struct ajax_in *out) {
    struct str type = request_header(rq, "content-type");
    struct err why = {0};
    *out = (struct ajax_in){.rq = rq};
    if (!str_starts(type, S("application/json")) || !rq->body.n) return true;
    if (json_parse(c->arena, rq->body, &out->body, &why) && out->body.type == JSON_OBJECT)
        return true;
    return err_set(&c->err, ERR_INVALID, "The body is no JSON object.");
}

static const struct json *member(const struct ajax_in *in, const char *name) {
    return in->body.type == JSON_OBJECT ? json_get(&in->body, str_c(name)) : NULL;
}

struct str ajax_text(const struct ajax_in *in, const char *name) {
    const struct json *j = member(in, name);
    if (j) return j->type == JSON_STRING ? j->text : (struct str){0};
    return request_form(in->rq, name);
}

// "123", 123 and a line's key "123:1" name a variant.
static bool int_of(struct str s, int64_t *out) {
    size_t colon = str_find_char(s, ':');
    return s.n && str_to_int(str_trim(colon == STR_NONE ? s : str_sub(s, 0, colon)), out);
}
static bool json_number(const struct json *j, int64_t *out) {
    if (!j) return false;
    if (j->type == JSON_INT) *out = j->integer;
    return j->type == JSON_INT || (j->type == JSON_STRING && int_of(j->text, out));
}
bool ajax_int(const struct ajax_in *in, const char *name, int64_t *out) {
    const struct json *j = member(in, name);
    return j ? json_number(j, out) : int_of(request_form(in->rq, name), out);
}

static void wish(struct ctx *c, struct cart_wishes *w, int64_t id, int64_t quantity) {
    *VEC_PUSH(c->arena, w) = (struct cart_wish){id, quantity};
}

// ---- attributes: an object of texts, or attributes[Name]=value
static struct str inside(struct str name, struct str before) {
    bool shaped = str_starts(name, before) && str_ends(name, S("]")) && name.n > before.n;
    return shaped ? str_sub(name, before.n, name.n - before.n - 1) : (struct str){0};
}

static void put_attribute(struct json_writer *w, struct str name, const struct json *value,
                          struct arena *a) {
    if (!name.n) return;
    json_key_str(w, name);
    switch (value->type) {
    case JSON_STRING:
    case JSON_NUMBER:
        json_put_str(w, value->text);
        return;
    case JSON_INT:
        json_put_str(w, arena_fmt(a, "%lld", (long long)value->integer));
        return;
    case JSON_BOOL:
        json_put_str(w, value->boolean ? S("true") : S("false"));
        return;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        json_put_str(w, S(""));
    }
}

struct str ajax_attributes(struct ctx *c, const struct ajax_in *in) {
    const struct json *j = member(in, "attributes");
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    size_t n = 0;
    json_begin_object(&w);
    for (size_t i = 0; j && j->type == JSON_OBJECT && i < j->n; i++, n++)
        put_attribute(&w, j->keys[i], &j->items[i], c->arena);
    for (size_t i = 0; !j && i < in->rq->form.n; i++) {
        struct str name = inside(in->rq->form.v[i].name, S("attributes["));
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = str_eq(in->rq->form.v[k].name, in->rq->form.v[i].name);
        if (!name.n || again) continue;
        json_key_str(&w, name);
        json_put_str(&w, in->rq->form.v[i].value);
        n++;
    }
    json_end_object(&w);
    return n ? buf_str(&b) : (struct str){0};
}

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
    const struct json *j = member(in, "sections");
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

// ---- into the cart
static bool one_item(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    int64_t id = 0, quantity = 1;
    if (!ajax_int(in, "id", &id) && in->body.type == JSON_NULL)
        TRY(cart_find_variant(c, in->rq, &id));
    bool sent = member(in, "quantity") || request_form(in->rq, "quantity").p;
    if (sent && !ajax_int(in, "quantity", &quantity)) quantity = 0;
    wish(c, w, id, quantity);
    return true;
}

// items[0][id]=1&items[0][quantity]=2
static void form_items(struct ctx *c, const struct request *rq, struct cart_wishes *w) {
    for (int i = 0; i < ITEMS_MAX; i++) {
        int64_t id = 0, quantity = 1;
        struct str n = request_form(rq, arena_fmt(c->arena, "items[%d][quantity]", i).p);
        struct str v = request_form(rq, arena_fmt(c->arena, "items[%d][id]", i).p);
        if (!v.p) return;
        if (!int_of(v, &id)) id = 0;
        if (n.p && !int_of(n, &quantity)) quantity = 0;
        wish(c, w, id, quantity);
    }
}

static void json_items(struct ctx *c, const struct json *items, struct cart_wishes *w) {
    for (size_t i = 0; i < items->n && i < ITEMS_MAX; i++) {
        const struct json *q = json_get(&items->items[i], S("quantity"));
        int64_t id = 0, quantity = 1;
        if (!json_number(json_get(&items->items[i], S("id")), &id)) id = 0;
        if (q && !json_number(q, &quantity)) quantity = 0;
        wish(c, w, id, quantity);
    }
}

bool ajax_bad_quantity(const struct cart_wishes *w, int64_t least) {
    for (size_t i = 0; i < w->n; i++)
        if (w->v[i].quantity < least || w->v[i].quantity > CART_QUANTITY_MAX) return true;
    return false;
}

bool ajax_items(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    const struct json *items = member(in, "items");
    if (items && items->type == JSON_ARRAY) json_items(c, items, w);
    if (!items) form_items(c, in->rq, w);
    return w->n || items || one_item(c, in, w);
}

bool ajax_add(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct ajax_out o;
    struct cart_wishes w = {.add = true};
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_items(c, &in, &w));
    bool one = !member(&in, "items") && !request_form(rq, "items[0][id]").p;
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

// ---- changes
// `line` counts from 1; `id` is a variant's or a line's key.
bool ajax_line(struct ctx *c, const struct ajax_in *in, int64_t *id_out) {
    int64_t line = 0;
    struct cart_view v;
    *id_out = 0;
    if (!ajax_int(in, "line", &line)) {
        (void)!ajax_int(in, "id", id_out);
        return true;
    }
    TRY(cart_load(c, &v));
    if (line >= 1 && (uint64_t)line <= v.n) *id_out = v.v[line - 1].variant_id;
    return true;
}

bool ajax_change(struct ctx *c, const struct request *rq, struct response *rs) {
    struct ajax_in in;
    struct cart_wishes w = {0};
    int64_t id, quantity = -1;
    TRY(ajax_read(c, rq, &in));
    TRY(ajax_line(c, &in, &id));
    if (id <= 0 || !c->session_id) return refuse(c, rs, CART_NO_VARIANT);
    if (!ajax_int(&in, "quantity", &quantity)) quantity = -1;
    wish(c, &w, id, quantity);
    if (ajax_bad_quantity(&w, 0)) return refuse(c, rs, CART_BAD_QUANTITY);
    return settle(c, &in, rs, &w);
}

// updates: {variant or key: quantity}, or quantities in the order of the lines.
bool ajax_updates(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    const struct json *j = member(in, "updates");
    struct cart_view v;
    size_t position = 0;
    TRY(cart_load(c, &v));
    for (size_t i = 0; j && (j->type == JSON_OBJECT || j->type == JSON_ARRAY) && i < j->n; i++) {
        int64_t id = i < v.n ? v.v[i].variant_id : 0, quantity = -1;
        if (j->type == JSON_OBJECT && !int_of(j->keys[i], &id)) id = 0;
        if (!json_number(&j->items[i], &quantity)) quantity = -1;
        if (id > 0) wish(c, w, id, quantity);
    }
    for (size_t i = 0; !j && i < in->rq->form.n && w->n < ITEMS_MAX; i++) {
        const struct http_pair *f = &in->rq->form.v[i];
        int64_t id = 0, quantity = -1;
        if (str_eq(f->name, S("updates[]"))) {
            id = position < v.n ? v.v[position].variant_id : 0;
            position++;
        } else if (!int_of(inside(f->name, S("updates[")), &id)) {
            continue;
        }
        if (!int_of(f->value, &quantity)) quantity = -1;
        if (id > 0) wish(c, w, id, quantity);
    }
    return true;
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
// A country by its code or as it is called.
static bool is_country(struct ctx *c, struct str code, struct str said) {
    return str_eq_nocase(code, said) || str_eq(country_name(c, code), said);
}

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
        if (is_country(c, codes.v[i], said)) country = codes.v[i];
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
