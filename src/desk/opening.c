// SPDX-License-Identifier: Apache-2.0
// What a shop still lacks before it can sell lawfully, told on the first page until nothing is.
#include "core/settings.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/drafts.h"
#include "mod/payment/payment.h"

struct lack {
    struct desk *d;
    struct liquid_value v[8];
    size_t n;
};

static void tell(struct lack *l, const char *key, const char *url, struct str names) {
    struct liquid_map *m = liquid_map_new(l->d->c->arena);
    put_str(m, "text", TR(l->d->c, key, {.name = "names", .text = names}));
    put_str(m, "url", str_c(url));
    l->v[l->n++] = liquid_of_map(m);
}

static void join(struct buf *b, struct str name) {
    if (b->n) buf_put(b, S(", "));
    buf_put(b, name);
}

static void check_merchant(struct lack *l) {
    static const char *const needed[] = {"shop.owner", "shop.street", "shop.postcode",
                                         "shop.city",  "shop.email",  "shop.phone"};
    struct ctx *c = l->d->c;
    struct buf names = buf_new(c->arena, 0);
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        const struct setting *s = setting_find(c->shop, str_c(needed[i]));
        if (!s || setting_text(c, needed[i]).n) continue;
        join(&names, str_c(c->lang == LANG_EN ? s->en : s->de));
    }
    if (names.n) tell(l, "desk.opening.merchant", "/desk/settings", buf_str(&names));
}

static bool can_be_paid(struct ctx *c) {
    for (const struct payment_method *const *m = payment_methods(c->shop); *m; m++)
        if ((*m)->offered(c)) return true;
    return false;
}

static bool check_pages(struct lack *l) {
    struct ctx *c = l->d->c;
    struct draft_pages drafts;
    struct buf names = buf_new(c->arena, 0);
    TRY(drafts_left(c, &drafts));
    for (size_t i = 0; i < drafts.n; i++) join(&names, str_c(drafts.handles[i]));
    if (names.n) tell(l, "desk.opening.pages", "/desk/pages", buf_str(&names));
    return true;
}

bool desk_put_opening(struct desk *d) {
    struct lack l = {.d = d};
    struct desk_opening o;
    const struct str none = {0};
    bool found;
    TRY(desk_opening(&d->c->db, &o, &found));
    check_merchant(&l);
    if (!can_be_paid(d->c)) tell(&l, "desk.opening.payment", "/desk/settings", none);
    if (!o.shipping) tell(&l, "desk.opening.shipping", "/desk/shipping", none);
    TRY(check_pages(&l));
    if (!o.products) tell(&l, "desk.opening.products", "/desk/products", none);
    struct liquid_value *v = ARENA_ARRAY(d->c->arena, struct liquid_value, ARRAY_LEN(l.v));
    memcpy(v, l.v, l.n * sizeof *v);
    liquid_set(d->data, "opening", liquid_array(v, l.n));
    return true;
}
