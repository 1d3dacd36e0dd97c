// SPDX-License-Identifier: Apache-2.0
// What forms and scripts of themes send about a cart: fields, or JSON.
#include "shop/cart_change.h"

enum { ITEMS_MAX = CART_LINES_MAX };

bool ajax_read(struct ctx *c, const struct request *rq, struct ajax_in *out) {
    struct str type = request_header(rq, "content-type");
    struct err why = {0};
    *out = (struct ajax_in){.rq = rq};
    if (!str_starts(type, S("application/json")) || !rq->body.n) return true;
    if (json_parse(c->arena, rq->body, &out->body, &why) && out->body.type == JSON_OBJECT)
        return true;
    return err_set(&c->err, ERR_INVALID, "The body is no JSON object.");
}

const struct json *ajax_member(const struct ajax_in *in, const char *name) {
    return in->body.type == JSON_OBJECT ? json_get(&in->body, str_c(name)) : NULL;
}

struct str ajax_text(const struct ajax_in *in, const char *name) {
    const struct json *j = ajax_member(in, name);
    if (j) return j->type == JSON_STRING ? j->text : (struct str){0};
    return request_form(in->rq, name);
}

static bool json_number(const struct json *j, int64_t *out) {
    if (!j) return false;
    if (j->type == JSON_INT) *out = j->integer;
    return j->type == JSON_INT || (j->type == JSON_STRING && str_to_int(str_trim(j->text), out));
}
static bool text_number(struct str s, int64_t *out) { return s.n && str_to_int(str_trim(s), out); }
bool ajax_int(const struct ajax_in *in, const char *name, int64_t *out) {
    const struct json *j = ajax_member(in, name);
    return j ? json_number(j, out) : text_number(request_form(in->rq, name), out);
}

// A variant's id or a line's key; id 0: neither.
static void read_key(const struct json *j, struct cart_wish *out) {
    out->id = out->line_id = 0;
    if (!j) return;
    bool ok = j->type == JSON_STRING && cart_key_read(j->text, out);
    if (j->type == JSON_INT && j->integer > 0) out->id = j->integer;
    if (!ok && j->type != JSON_INT) out->id = 0;
}

static void wish(struct ctx *c, struct cart_wishes *w, const struct cart_wish *one) {
    *VEC_PUSH(c->arena, w) = *one;
}

// ---- texts by name: an object, or attributes[Name]=value
// "items[0][properties][Ribbon]" after "items[0][properties][" → "Ribbon"
static struct str inside(struct str name, struct str before) {
    bool shaped = str_starts(name, before) && str_ends(name, S("]")) && name.n > before.n;
    return shaped ? str_sub(name, before.n, name.n - before.n - 1) : (struct str){0};
}

static void put_text(struct json_writer *w, struct str name, const struct json *value,
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

static size_t put_fields(struct json_writer *w, const struct request *rq, struct str before) {
    size_t n = 0;
    for (size_t i = 0; i < rq->form.n; i++) {
        struct str name = inside(rq->form.v[i].name, before);
        bool again = false;
        for (size_t k = 0; name.n && k < i && !again; k++)
            again = str_eq(rq->form.v[k].name, rq->form.v[i].name);
        if (!name.n || again) continue;
        json_key_str(w, name);
        json_put_str(w, rq->form.v[i].value);
        n++;
    }
    return n;
}

// Absent when nothing was sent. j: what JSON says, or NULL for a form.
static struct str texts_of(struct ctx *c, const struct ajax_in *in, const struct json *j,
                           struct str before) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    size_t n = 0;
    json_begin_object(&w);
    for (size_t i = 0; j && j->type == JSON_OBJECT && i < j->n; i++, n++)
        put_text(&w, j->keys[i], &j->items[i], c->arena);
    if (!j) n = put_fields(&w, in->rq, before);
    json_end_object(&w);
    return n ? buf_str(&b) : (struct str){0};
}

struct str ajax_attributes(struct ctx *c, const struct ajax_in *in) {
    return texts_of(c, in, ajax_member(in, "attributes"), S("attributes["));
}

static bool wishes_of(struct ctx *c, const struct ajax_in *in, const struct json *j,
                      const char *before, struct cart_wish *out) {
    return cart_properties(c, texts_of(c, in, j, str_c(before)), &out->properties);
}

// ---- what is put in
static bool one_item(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    struct cart_wish one = {.quantity = 1};
    const struct json *id = ajax_member(in, "id");
    read_key(id, &one);
    if (in->body.type == JSON_NULL) TRY(cart_find_variant(c, in->rq, &one.id));
    bool sent = ajax_member(in, "quantity") || request_form(in->rq, "quantity").p;
    if (sent && !ajax_int(in, "quantity", &one.quantity)) one.quantity = 0;
    TRY(wishes_of(c, in, ajax_member(in, "properties"), "properties[", &one));
    wish(c, w, &one);
    return true;
}

// items[0][id]=1&items[0][quantity]=2
static bool form_items(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    for (int i = 0; i < ITEMS_MAX; i++) {
        struct cart_wish one = {.quantity = 1};
        const char *at = arena_fmt(c->arena, "items[%d]", i).p;
        struct str id = request_form(in->rq, arena_fmt(c->arena, "%s[id]", at).p);
        struct str n = request_form(in->rq, arena_fmt(c->arena, "%s[quantity]", at).p);
        if (!id.p) return true;
        if (!cart_key_read(id, &one)) one.id = 0;
        if (n.p && !text_number(n, &one.quantity)) one.quantity = 0;
        TRY(wishes_of(c, in, NULL, arena_fmt(c->arena, "%s[properties][", at).p, &one));
        wish(c, w, &one);
    }
    return true;
}

static bool json_items(struct ctx *c, const struct ajax_in *in, const struct json *items,
                       struct cart_wishes *w) {
    for (size_t i = 0; i < items->n && i < ITEMS_MAX; i++) {
        const struct json *j = &items->items[i], *q = json_get(j, S("quantity"));
        const struct json *told = json_get(j, S("properties"));
        struct cart_wish one = {.quantity = 1};
        read_key(json_get(j, S("id")), &one);
        if (q && !json_number(q, &one.quantity)) one.quantity = 0;
        if (told) TRY(wishes_of(c, in, told, "", &one));
        wish(c, w, &one);
    }
    return true;
}

bool ajax_items(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    const struct json *items = ajax_member(in, "items");
    if (items && items->type == JSON_ARRAY) return json_items(c, in, items, w);
    if (!items) TRY(form_items(c, in, w));
    return w->n || items || one_item(c, in, w);
}

bool ajax_bad_quantity(const struct cart_wishes *w, int64_t least) {
    for (size_t i = 0; i < w->n; i++)
        if (w->v[i].quantity < least || w->v[i].quantity > CART_QUANTITY_MAX) return true;
    return false;
}

// ---- what is changed
static struct cart_wish of_line(const struct cart_view *v, int64_t index) {
    if (index < 0 || (uint64_t)index >= v->n) return (struct cart_wish){0};
    return (struct cart_wish){.id = v->v[index].variant_id, .line_id = v->v[index].line_id};
}

// `line` counts from 1; `id` is a variant's or a line's key.
bool ajax_line(struct ctx *c, const struct ajax_in *in, struct cart_wish *out) {
    const struct json *id = ajax_member(in, "id");
    int64_t line = 0;
    struct cart_view v;
    *out = (struct cart_wish){0};
    if (ajax_int(in, "line", &line)) {
        TRY(cart_load(c, &v));
        *out = of_line(&v, line > 0 ? line - 1 : -1);
    } else if (id) {
        read_key(id, out);
    } else if (!cart_key_read(request_form(in->rq, "id"), out)) {
        out->id = 0;
    }
    return true;
}

static void json_updates(struct ctx *c, const struct json *j, const struct cart_view *v,
                         struct cart_wishes *w) {
    for (size_t i = 0; i < j->n && w->n < ITEMS_MAX; i++) {
        struct cart_wish one = of_line(v, (int64_t)i);
        if (j->type == JSON_OBJECT && !cart_key_read(j->keys[i], &one)) one.id = 0;
        if (!json_number(&j->items[i], &one.quantity)) one.quantity = -1;
        if (one.id > 0) wish(c, w, &one);
    }
}

// updates: {variant or key: quantity}, or quantities in the order of the lines.
bool ajax_updates(struct ctx *c, const struct ajax_in *in, struct cart_wishes *w) {
    const struct json *j = ajax_member(in, "updates");
    struct cart_view v;
    int64_t position = 0;
    TRY(cart_load(c, &v));
    if (j && (j->type == JSON_OBJECT || j->type == JSON_ARRAY)) json_updates(c, j, &v, w);
    for (size_t i = 0; !j && i < in->rq->form.n && w->n < ITEMS_MAX; i++) {
        const struct http_pair *f = &in->rq->form.v[i];
        struct cart_wish one = {0};
        if (str_eq(f->name, S("updates[]")))
            one = of_line(&v, position++);
        else if (!cart_key_read(inside(f->name, S("updates[")), &one))
            continue;
        if (!text_number(f->value, &one.quantity)) one.quantity = -1;
        if (one.id > 0) wish(c, w, &one);
    }
    return true;
}
