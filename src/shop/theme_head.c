// SPDX-License-Identifier: Apache-2.0
// What the shop itself puts on a theme's pages: content_for_header, the policy, the bar of a
// preview.
#include "core/app.h"
#include "core/settings.h"
#include "mod/themes/themes.h"
#include "shop/object/people.h"
#include "shop/theme_host.h"

enum { HASHES_MAX = 40 }; // of styles in a policy; more of them would outgrow the header

static void put_alternates(struct page *p, struct buf *b) {
    const struct liquid_value *all = liquid_map_get(p->data, S("alternates"));
    for (size_t i = 0; all && i < all->n; i++) {
        const struct liquid_map *m = all->items[i].map;
        buf_put(b, S("<link rel=\"alternate\" hreflang=\""));
        buf_html(b, liquid_str(*liquid_map_get(m, S("lang"))));
        buf_put(b, S("\" href=\""));
        buf_html(b, liquid_str(*liquid_map_get(m, S("url"))));
        buf_put(b, S("\">\n"));
    }
}

static void put_data(struct buf *b, const char *name, struct str value) {
    buf_fmt(b, " data-%s=\"", name);
    buf_html(b, value);
    buf_char(b, '"');
}

// window.Shopify for themes that ask for it: a file, because inline scripts are not allowed.
static void put_script(struct page *p, struct buf *b) {
    struct ctx *c = p->c;
    struct currency cur = shop_currency(c);
    const struct view_set *v = shop_view(c);
    buf_put(b, S("<script src=\"" ASSETS_OF_SHOP));
    buf_html(b, view_asset_path(c->arena, v, S("shopify.js")));
    buf_char(b, '"');
    put_data(b, "locale", lang_of(c));
    put_data(b, "currency", currency_str(&cur));
    put_data(b, "country", setting_text(c, "shop.country"));
    put_data(b, "shop", people_host(p));
    put_data(b, "root", url_local(c, S("/")));
    put_data(b, "theme", arena_fmt(c->arena, "%lld", (long long)p->hold->theme_id));
    buf_put(b, S("></script>\n"));
}

struct str host_head(void *page) {
    struct page *p = page;
    struct buf b = buf_new(p->c->arena, 0);
    if (!p->path.p || p->preview) buf_put(&b, S("<meta name=\"robots\" content=\"noindex\">\n"));
    put_alternates(p, &b);
    if (p->hold && theme_needs(p->hold->theme).shopify_script) put_script(p, &b);
    if (p->preview) {
        buf_put(&b, S("<link rel=\"stylesheet\" href=\"" ASSETS_OF_SHOP));
        buf_html(&b, view_asset_path(p->c->arena, shop_view(p->c), S("preview.css")));
        buf_put(&b, S("\">\n"));
    }
    return buf_str(&b);
}

static void put_styles(struct buf *b, const struct theme_page *t, const struct theme_needs *needs) {
    buf_put(b, S("style-src 'self'"));
    if (needs->inline_style || t->style_hash_count > HASHES_MAX) {
        buf_put(b, S(" 'unsafe-inline'")); // a hash beside it would take it back
    } else {
        for (size_t i = 0; i < t->style_hash_count; i++)
            buf_fmt(b, " '" STR_FMT "'", STR_ARG(t->style_hashes[i]));
    }
    buf_put(b, S("; "));
}

// Players that {{ video | external_video_tag }} and Hanse's section for videos show; Hanse asks
// nothing of them before a click.
#define FRAMES                                                                                     \
    "frame-src 'self' https://www.youtube-nocookie.com "                                           \
    "https://player.vimeo.com; "

struct str theme_policy(struct page *p, const struct theme_page *t) {
    struct theme_needs needs = theme_needs(t->theme);
    struct buf b = buf_new(p->c->arena, 0);
    buf_put(&b, S("default-src 'self'; img-src 'self' data:; " FRAMES));
    put_styles(&b, t, &needs);
    buf_put(&b, S("script-src 'self'"));
    if (needs.inline_script) buf_put(&b, S(" 'unsafe-inline'"));
    buf_fmt(&b,
            "; object-src 'none'; base-uri 'none'; frame-ancestors %s; form-action 'self' "
            "https://checkout.stripe.com",
            p->preview ? "'self'" : "'none'");
    return buf_str(&b);
}

void preview_bar(struct page *p) {
    struct ctx *c = p->c;
    struct buf *body = &p->rs->body, b = buf_new(c->arena, 0);
    struct str all = buf_str(body), end = S("</body>");
    size_t at = STR_NONE;
    for (size_t from = 0, hit; (hit = str_find(str_from(all, from), end)) != STR_NONE;) {
        at = from + hit;
        from = at + end.n;
    }
    if (at == STR_NONE) return;
    buf_put(&b, S("<aside class=\"kontor-preview\"><p>"));
    buf_html(&b, tr(c, "shop.preview.text"));
    buf_put(&b, S("</p><a href=\""));
    buf_html(&b, url_local(c, S("/?preview_theme=off")));
    buf_put(&b, S("\">"));
    buf_html(&b, tr(c, "shop.preview.leave"));
    buf_put(&b, S("</a></aside>\n"));
    buf_put(&b, str_from(all, at));
    struct str tail = buf_str(&b);
    body->n = at;
    buf_put(body, tail);
}

bool preview_failed(struct page *p, struct str name) {
    struct ctx *c = p->c;
    struct str text = TR(c, "shop.preview.failed", {.name = "template", .text = name});
    struct buf *b = &p->rs->body;
    buf_clear(b);
    buf_fmt(b, "<!doctype html><html lang=\"" STR_FMT "\"><meta charset=\"utf-8\"><title>",
            STR_ARG(lang_of(c)));
    buf_html(b, text);
    buf_put(b, S("</title><body><p>"));
    buf_html(b, text);
    buf_put(b, S("</p></body></html>"));
    response_type(p->rs, "text/html; charset=utf-8");
    preview_bar(p);
    return true;
}
