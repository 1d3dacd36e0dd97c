// SPDX-License-Identifier: Apache-2.0
#include "shop/cart_change.h"

#include "core/session.h"

struct changing {
    struct response *rs;
    struct cart_wishes *w;
    bool known;          // the visitor had a session before
    size_t header_count; // before the cookie of a new one
};

bool cart_refused(enum cart_verdict v) { return v != CART_OK && v != CART_CLIPPED; }

static void forget_session(struct ctx *c, const struct changing *ch) {
    if (ch->known) return;
    c->session_id = 0;
    c->csrf = (struct str){NULL, 0};
    ch->rs->headers.n = ch->header_count;
}

static bool empty(struct ctx *c) {
    struct cart_view v;
    TRY(cart_load(c, &v));
    return !v.cart_id || cart_clear(c, v.cart_id);
}

static bool change_line(struct ctx *c, const struct cart_wishes *w, const struct cart_wish *one,
                        enum cart_verdict *out) {
    if (w->add) return cart_add_told(c, one->id, one->quantity, one->properties, out);
    if (one->line_id) return cart_set_line(c, one->line_id, one->quantity, out);
    return cart_set(c, one->id, one->quantity, out);
}

static bool change(struct ctx *c, void *self, bool *keep) {
    struct changing *ch = self;
    struct cart_wishes *w = ch->w;
    forget_session(c, ch); // of an attempt before
    w->verdict = CART_OK;
    w->at = 0;
    TRY(session_start(c, ch->rs, SESSION_SHOP));
    if (w->forget) TRY(empty(c));
    for (size_t i = 0; i < w->n && !cart_refused(w->verdict); i++) {
        enum cart_verdict v;
        TRY(change_line(c, w, &w->v[i], &v));
        if (v == CART_OK) continue;
        w->verdict = v;
        w->at = i;
    }
    *keep = !cart_refused(w->verdict);
    if (*keep && (w->note.p || w->attributes.p)) TRY(cart_say(c, w->note, w->attributes));
    return true;
}

bool cart_change(struct ctx *c, struct response *rs, struct cart_wishes *w) {
    struct changing ch = {
        .rs = rs, .w = w, .known = c->session_id != 0, .header_count = rs->headers.n};
    bool ok = tx_run(c, change, &ch);
    if (!ok || cart_refused(w->verdict)) forget_session(c, &ch);
    return ok;
}

// A form may send the product's handle and options[1] ... options[5] (their values) instead of the
// variant's id.
bool cart_find_variant(struct ctx *c, const struct request *rq, int64_t *id_out) {
    static const char *const names[] = {"options[1]", "options[2]", "options[3]", "options[4]",
                                        "options[5]"};
    struct str v[5];
    struct shop_variant_by_values row;
    bool found;
    if (!str_to_int(str_trim(request_form(rq, "id")), id_out)) *id_out = 0;
    if (*id_out > 0 || !request_form(rq, "product").n) return true;
    for (size_t i = 0; i < ARRAY_LEN(v); i++)
        v[i] = request_form(rq, names[i]).p ? request_form(rq, names[i]) : S("");
    TRY(shop_variant_by_values(&c->db,
                               &(struct shop_variant_by_values_in){request_form(rq, "product"),
                                                                   v[0], v[1], v[2], v[3], v[4]},
                               &row, &found));
    *id_out = found ? row.id : 0;
    return true;
}

bool cart_key_read(struct str key, struct cart_wish *out) {
    size_t colon = str_find_char(key, ':');
    out->id = out->line_id = 0;
    if (colon != STR_NONE && !str_to_int(str_from(key, colon + 1), &out->line_id)) return false;
    struct str id = colon == STR_NONE ? str_trim(key) : str_sub(key, 0, colon);
    return str_to_int(id, &out->id) && out->id > 0 && out->line_id >= 0;
}

bool cart_by_script(const struct request *rq) {
    static const char *const headers[] = {"accept", "content-type"};
    static const struct str words[] = {S_INIT("application/json"), S_INIT("application/javascript"),
                                       S_INIT("text/javascript")};
    if (str_ends(rq->path, S(".js")) || str_ends(rq->path, S(".json"))) return true;
    for (size_t h = 0; h < ARRAY_LEN(headers); h++)
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
            struct str value = request_header(rq, headers[h]);
            if (value.p && str_find(value, words[i]) != STR_NONE) return true;
        }
    return str_eq_nocase(request_header(rq, "x-requested-with"), S("XMLHttpRequest"));
}
