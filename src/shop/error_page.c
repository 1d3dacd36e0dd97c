// SPDX-License-Identifier: Apache-2.0
#include "shop/shop.h"

#include "shop/page.h"

static const int told[] = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503};

static int nearest(int status) {
    for (size_t i = 0; i < ARRAY_LEN(told); i++)
        if (told[i] == status) return status;
    if (status >= 500) return status == 502 || status == 504 || status == 507 ? 503 : 500;
    return 400;
}

// A page in the theme; when even that fails the body stays empty and the dispatcher writes its
// plain page.
void shop_error_page(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct page p;
    struct err cause = c->err;
    int shown = nearest(status);
    err_clear(&c->err);
    bool ok = page_begin(&p, c, rq, rs);
    if (ok) {
        struct str title = tr(c, arena_fmt(c->arena, "shop.error.%d", shown).p);
        liquid_set(p.data, "status", liquid_int(status));
        set_str(p.data, "title", title);
        set_str(p.data, "text", tr(c, arena_fmt(c->arena, "shop.error.%d_text", shown).p));
        if (status >= 500)
            set_str(p.data, "number", arena_fmt(c->arena, "%llu", (unsigned long long)rq->id));
        liquid_set(p.data, "noindex", liquid_bool(true));
        ok = page_send(&p, "error", title);
    }
    if (!ok) buf_clear(&rs->body);
    rs->cacheable = false;
    rs->topic_count = 0;
    c->err = cause;
}
