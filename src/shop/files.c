// SPDX-License-Identifier: Apache-2.0
// Pictures, the theme's assets, and what robots read.
#include "content_sql.h"
#include "core/app.h"
#include "core/i18n.h"
#include "shop/page.h"

enum { SITEMAP_MAX = 25000, HASH_LEN = 64 };

static bool is_hash(struct str s) {
    if (s.n != HASH_LEN) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f'))) return false;
    return true;
}

// Bytes by content never change.
bool media_file(struct ctx *c, const struct request *rq, struct response *rs) {
    struct shop_media m;
    bool found;
    struct str hash = request_param(rq, "hash");
    if (!is_hash(hash)) return page_missing(c);
    TRY(shop_media(&c->db, &(struct shop_media_in){hash}, &m, &found));
    if (!found) return page_missing(c);
    struct world *w = ctx_world(c);
    response_type(rs, m.type.n ? arena_cstr(c->arena, m.type) : "application/octet-stream");
    response_header_set(rs, "Content-Security-Policy", S(FILE_POLICY));
    const char *file = arena_cstr(c->arena, hash);
    if (!str_eq(m.type, S("image/svg+xml"))) rs->body_file = w->file_path(w->self, c->arena, file);
    if (rs->body_file.n) return true;
    return w->file_get(w->self, c->arena, file, &rs->body_static,
                       &c->err); // text: compressed on its way
}

bool asset_file(struct ctx *c, const struct request *rq, struct response *rs) {
    const char *type = NULL;
    struct str bytes = view_asset(shop_view(c), request_param(rq, "path"), &type);
    if (!bytes.p) return page_missing(c);
    response_type(rs, type);
    rs->body_static = bytes;
    return true;
}

bool favicon(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    const char *type = NULL;
    struct str bytes =
        view_asset(shop_view(c), view_asset_path(c->arena, shop_view(c), S("favicon.svg")), &type);
    response_type(rs, type ? type : "image/svg+xml");
    rs->body_static = bytes;
    return bytes.p != NULL || page_missing(c);
}

bool robots(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    struct ctx first = *c;
    first.lang = lang_first(c);
    response_type(rs, "text/plain; charset=utf-8");
    buf_put(&rs->body,
            S("User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders/\nDisallow: "
              "/account\n"
              "Disallow: /search\nDisallow: /desk\nDisallow: /*/cart\nDisallow: /*/checkout\n"
              "Disallow: /*/orders/\nDisallow: /*/account\nDisallow: /*/search\n\nSitemap: "));
    buf_put(&rs->body, url_absolute(&first, S("/sitemap.xml")));
    buf_char(&rs->body, '\n');
    rs->cacheable = true;
    return true;
}

static void put_url(struct ctx *c, struct buf *b, struct str path, instant at) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (!lang_offered(c, l)) continue;
        struct ctx other = *c;
        other.lang = l;
        buf_put(b, S("<url><loc>"));
        buf_html(b, url_absolute(&other, path));
        buf_put(b, S("</loc>"));
        if (at > 0)
            buf_fmt(b, "<lastmod>" STR_FMT "</lastmod>", STR_ARG(instant_date(c->arena, at)));
        buf_put(b, S("</url>\n"));
    }
}

// Blogs that have something to read, and their articles.
static bool put_blogs(struct ctx *c, struct response *rs) {
    struct blog_list_rows blogs = {0};
    struct article_sitemap_rows rows = {0};
    TRY(blog_list_all(&c->db, &(struct blog_list_in){str_c(lang_code(c->lang)), c->now}, &blogs));
    TRY(article_sitemap_all(&c->db, &(struct article_sitemap_in){c->now, SITEMAP_MAX}, &rows));
    for (size_t i = 0; i < blogs.n; i++)
        if (blogs.v[i].articles)
            put_url(c, &rs->body,
                    arena_fmt(c->arena, "/blogs/" STR_FMT, STR_ARG(blogs.v[i].handle)), 0);
    for (size_t i = 0; i < rows.n; i++) put_url(c, &rs->body, rows.v[i].path, rows.v[i].at);
    response_topic(rs, topic_of("blogs", 0));
    return true;
}

bool sitemap(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    struct shop_sitemap_rows rows = {0};
    TRY(shop_sitemap_all(&c->db, &(struct shop_sitemap_in){SITEMAP_MAX}, &rows));
    response_type(rs, "application/xml; charset=utf-8");
    buf_put(&rs->body, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
    put_url(c, &rs->body, S("/"), 0);
    for (size_t i = 0; i < rows.n; i++) put_url(c, &rs->body, rows.v[i].path, rows.v[i].at);
    TRY(put_blogs(c, rs));
    buf_put(&rs->body, S("</urlset>\n"));
    response_topic(rs, topic_of("products", 0));
    response_topic(rs, topic_of("collections", 0));
    response_topic(rs, topic_of("pages", 0));
    rs->cacheable = true;
    return true;
}
