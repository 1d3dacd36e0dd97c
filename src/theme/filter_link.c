// SPDX-License-Identifier: Apache-2.0
// Addresses and the tags round them: assets, links, stylesheets, scripts.
#include "theme/filter_private.h"

enum { INLINE_MAX = 15 * 1024 }; // bytes of an asset that inline_asset_content takes, as documented

FILTER(asset_url) {
    (void)err;
    const struct theme_page *p = theme_page_of(c);
    return give_text(out, theme_asset_url(p->theme, c->arena, call_in(c)));
}
// Scripts and styles of Shopify's own servers: a theme that brings them as assets gets those.
FILTER_ALIAS(global_asset_url, asset_url)
FILTER_ALIAS(shopify_asset_url, asset_url)

FILTER(file_url) {
    (void)err;
    return give_text(out, call_host(c)->file_url(call_shop(c), call_in(c)));
}

FILTER(inline_asset_content) {
    (void)err;
    struct str path = arena_fmt(c->arena, "assets/" STR_FMT, STR_ARG(call_in(c)));
    const struct theme_file *f = theme_file_find(theme_files(theme_page_of(c)->theme), path);
    if (!f || !f->bytes.p || f->bytes.n >= INLINE_MAX) return give_text(out, S(""));
    *out = liquid_html(f->bytes);
    return true;
}

static const char *const no_url[] = {"url", NULL};
FILTER(link_to) {
    (void)err;
    struct str url = call_arg(c, 0), title = call_arg(c, 1);
    struct buf b = call_buf(c);
    buf_put(&b, S("<a"));
    put_named_attrs(&b, c, no_url);
    put_attr(&b, "href", url.p ? url : S("#"));
    if (!liquid_has_named(&c->args, "title")) put_attr(&b, "title", title.p ? title : S(""));
    bool elsewhere = str_find(url, S("//")) != STR_NONE && !str_starts(url, S("/cdn/"));
    if (elsewhere && !liquid_has_named(&c->args, "rel")) put_attr(&b, "rel", S("nofollow"));
    buf_put(&b, S(">"));
    put_html(&b, c->input);
    buf_put(&b, S("</a>"));
    return give_html(out, &b);
}

// preload would be a Link header before the page; the tag itself stands in the head anyway.
static const char *const no_preload[] = {"preload", NULL};
FILTER(stylesheet_tag) {
    (void)err;
    struct str url = call_in(c), media = call_arg(c, 0);
    struct buf b = call_buf(c);
    if (!url.n) return give_text(out, S(""));
    buf_put(&b, S("<link"));
    put_attr(&b, "href", url);
    buf_put(&b, S(" rel=\"stylesheet\" type=\"text/css\""));
    if (!liquid_has_named(&c->args, "media")) put_attr(&b, "media", media.p ? media : S("all"));
    put_named_attrs(&b, c, no_preload);
    buf_put(&b, S(">"));
    return give_html(out, &b);
}

FILTER(script_tag) {
    (void)err;
    struct str url = call_in(c);
    struct buf b = call_buf(c);
    if (!url.n) return give_text(out, S(""));
    buf_put(&b, S("<script"));
    put_attr(&b, "src", url);
    buf_put(&b, S(" type=\"text/javascript\""));
    put_named_attrs(&b, c, NULL);
    buf_put(&b, S("></script>"));
    return give_html(out, &b);
}

static const char *const no_as[] = {"as", NULL};
FILTER(preload_tag) {
    (void)err;
    struct str url = call_in(c), as = call_named(c, "as");
    struct buf b = call_buf(c);
    if (!url.n) return give_text(out, S(""));
    buf_put(&b, S("<link"));
    put_attr(&b, "href", url);
    put_attr(&b, "as", as.p ? as : S("fetch"));
    put_attr(&b, "rel", S("preload"));
    put_named_attrs(&b, c, no_as);
    buf_put(&b, S(">"));
    return give_html(out, &b);
}

static bool customer_link(struct liquid_call *c, const char *path, const char *id,
                          struct liquid_value *out) {
    struct buf b = call_buf(c);
    buf_put(&b, S("<a"));
    put_attr(&b, "href", theme_path(theme_page_of(c), str_c(path)));
    put_attr(&b, "id", str_c(id));
    buf_put(&b, S(">"));
    put_html(&b, c->input);
    buf_put(&b, S("</a>"));
    return give_html(out, &b);
}

FILTER(customer_login_link) {
    (void)err;
    return customer_link(c, "/account/login", "customer_login_link", out);
}
FILTER(customer_logout_link) {
    (void)err;
    return customer_link(c, "/account/logout", "customer_logout_link", out);
}
// An account is made at the first sign-in by mailed code, so registering is signing in.
FILTER(customer_register_link) {
    (void)err;
    return customer_link(c, "/account/register", "customer_register_link", out);
}

// No picture of a customer is fetched from third parties; initials stand in its place.
FILTER(avatar) {
    struct str first, last, name;
    TRY(value_text(c->arena, c->input, "first_name", &first, err));
    TRY(value_text(c->arena, c->input, "last_name", &last, err));
    TRY(value_text(c->arena, c->input, "name", &name, err));
    struct buf b = call_buf(c);
    if (!first.p && !last.p) first = name;
    if (!first.p && !last.p) return give_text(out, S(""));
    buf_put(&b, S("<svg viewBox=\"0 0 40 40\" class=\"shopify-avatar\" role=\"img\""));
    struct str label = name.p ? name : first.p ? first : last;
    put_attr(&b, "aria-label", label);
    buf_put(&b, S("><circle cx=\"20\" cy=\"20\" r=\"20\" fill=\"currentColor\" opacity=\".12\"/>"
                  "<text x=\"20\" y=\"25\" text-anchor=\"middle\" font-size=\"15\" "
                  "fill=\"currentColor\">"));
    buf_html(&b, str_utf8_cut(first, 1));
    buf_html(&b, str_utf8_cut(last, 1));
    buf_put(&b, S("</text></svg>"));
    return give_html(out, &b);
}
