// SPDX-License-Identifier: Apache-2.0
// Sections of another page beside an answer of the cart (bundled section rendering): the page is
// asked for inside the program, as its visitor would.
#include "core/app.h"
#include "core/settings.h"
#include "shop/page.h"
#include "shop/shop.h"

#define SLOT "shop.router"

bool sections_start(struct shop *s) {
    const struct route *table = shop_face.routes;
    size_t n = 0;
    while (table[n].path) n++;
    *shop_slot(s, SLOT) = router_new(&s->arena, &table, &n, 1);
    return true;
}

// "https://shop.example/en/cart?x=1" of this shop → "/en/cart?x=1"; absent: elsewhere.
static struct str own_part(struct ctx *c, struct str url) {
    struct str base = c->shop->base_url;
    struct str seen =
        arena_fmt(c->arena, STR_FMT "://" STR_FMT, STR_ARG(c->rq->scheme), STR_ARG(c->rq->host));
    while (str_ends(base, S("/"))) base.n--;
    if (base.n && str_starts(url, base))
        url = str_from(url, base.n);
    else if (c->rq->host.n && str_starts(url, seen))
        url = str_from(url, seen.n);
    bool local = str_starts(url, S("/")) && !str_starts(url, S("//"));
    return local ? url : (struct str){0};
}

static enum lang take_language(struct ctx *c, struct str *path) {
    enum lang l, first = lang_first(c);
    bool shaped = path->n >= 3 && (path->n == 3 || path->p[3] == '/');
    if (!shaped || !lang_parse(str_sub(*path, 1, 2), &l) || l == first || !lang_offered(c, l))
        return first;
    *path = path->n == 3 ? S("/") : str_from(*path, 3);
    return l;
}

static bool read_address(struct ctx *c, struct str url, struct str ids, struct request *rq,
                         enum lang *lang_out) {
    struct err ignored = {0};
    struct request asked = {.arena = c->arena};
    size_t mark = str_find_char(url, '?');
    struct str query = mark == STR_NONE ? S("") : str_from(url, mark + 1);
    struct str path = mark == STR_NONE ? url : str_sub(url, 0, mark);
    size_t hash = str_find_char(query, '#');
    if (hash != STR_NONE) query = str_sub(query, 0, hash);
    if (!request_normalise_path(c->arena, path, &path)) return false;
    if (query.n && !request_parse_query(&asked, query, &ignored)) return false;
    *lang_out = take_language(c, &path);
    *rq = (struct request){.arena = c->arena,
                           .method = HTTP_GET,
                           .method_text = S("GET"),
                           .path = path,
                           .target = url,
                           .headers = c->rq->headers,
                           .cookies = c->rq->cookies,
                           .client = c->rq->client,
                           .host = c->rq->host,
                           .scheme = c->rq->scheme,
                           .id = c->rq->id,
                           .started = c->rq->started};
    for (size_t i = 0; i < asked.query.n; i++) {
        struct http_pair *q = &asked.query.v[i];
        if (str_eq(q->name, S("section_id")) || str_eq(q->name, S("sections")) ||
            str_eq(q->name, S("preview_theme")))
            continue;
        pairs_add(c->arena, &rq->query, q->name, q->value);
    }
    pairs_add(c->arena, &rq->query, S("sections"), ids);
    return true;
}

// Pages that a theme writes for anybody.
static bool may_show(const struct route *r) {
    if (!r || strcmp(r->perm, PERM_PUBLIC) != 0) return false;
    return r->cache == CACHE_PAGE || strcmp(r->path, "/cart") == 0 ||
           strcmp(r->path, "/search") == 0;
}

bool page_sections(struct ctx *c, struct str url, struct str ids, struct str *json_out) {
    struct request rq;
    struct response rs = response_new(c->arena);
    enum lang lang;
    unsigned allowed;
    *json_out = (struct str){0};
    url = own_part(c, url);
    if (!url.p || !read_address(c, url, ids, &rq, &lang)) return true;
    const struct route *r =
        router_find(*shop_slot(c->shop, SLOT), HTTP_GET, rq.path, c->arena, &rq.params, &allowed);
    if (!may_show(r)) return true;
    const struct request *outer_rq = c->rq;
    const struct route *outer_route = c->route;
    enum lang outer_lang = c->lang;
    c->rq = &rq;
    c->route = r;
    c->lang = lang;
    bool ok = r->handler(c, &rq, &rs);
    c->rq = outer_rq;
    c->route = outer_route;
    c->lang = outer_lang;
    if (!ok && c->err.code == ERR_NOT_FOUND) {
        err_clear(&c->err);
        return true;
    }
    struct str body = buf_str(&rs.body);
    if (ok && rs.status == 200 && str_starts(body, S("{"))) *json_out = body;
    return ok;
}
