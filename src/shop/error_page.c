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

// What the theme has a template for. False: the till says it.
static bool by_theme(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct page p;
    bool reads = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
    if (status != 404 || !reads || rq->refused) return false;
    page_open(&p, c, rq, rs);
    page_about(&p, tr(c, "shop.error.404"), (struct str){0});
    if (page_render(&p, "404")) return true;
    err_clear(&c->err);
    buf_clear(&rs->body);
    return false;
}

static bool by_till(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct page p;
    int shown = nearest(status);
    TRY(page_begin(&p, c, rq, rs));
    struct str title = tr(c, arena_fmt(c->arena, "shop.error.%d", shown).p);
    liquid_set(p.data, "status", liquid_int(status));
    set_str(p.data, "title", title);
    set_str(p.data, "text", tr(c, arena_fmt(c->arena, "shop.error.%d_text", shown).p));
    if (status >= 500)
        set_str(p.data, "number", arena_fmt(c->arena, "%llu", (unsigned long long)rq->id));
    liquid_set(p.data, "noindex", liquid_bool(true));
    return page_send(&p, "error", title);
}

// When even the till fails the body stays empty and the dispatcher writes its plain page.
void shop_error_page(struct ctx *c, const struct request *rq, struct response *rs, int status) {
    struct err cause = c->err;
    err_clear(&c->err);
    if (!by_theme(c, rq, rs, status) && !by_till(c, rq, rs, status)) buf_clear(&rs->body);
    rs->cacheable = false;
    rs->topic_count = 0;
    c->err = cause;
}
