// SPDX-License-Identifier: Apache-2.0
#include "shop/shop.h"

#include "hanse_embed.h"
#include "mod/themes/themes.h"
#include "shop/cart_change.h"
#include "shop/object/goods.h"
#include "shop/page.h"
#include "shop/theme_host.h"
#include "till_embed.h"

#define ASSETS ASSETS_OF_SHOP
#define SLOT   "shop.view"

static bool start(struct shop *s, struct err *err) {
    struct view_set_options o = {
        .files = till_files, .file_count = till_files_count, .asset_prefix = ASSETS};
    struct view_set *v = NULL;
    TRY(view_set_new(&s->arena, &o, &v, err));
    *shop_slot(s, SLOT) = v;
    struct themes_start_in in = {
        .host = &shop_theme_host, .built_in = hanse_files, .built_in_count = hanse_files_count};
    return sections_start(s) && themes_start(s, &in, err);
}

const struct view_set *shop_view(struct ctx *c) { return *shop_slot(c->shop, SLOT); }

#define PUBLIC_PAGE(path, handler)                                                                 \
    { HTTP_GET, path, handler, .perm = PERM_PUBLIC, .cache = CACHE_PAGE }
#define OWN_PAGE(path, handler)                                                                    \
    { HTTP_GET, path, handler, .perm = PERM_PUBLIC }
#define FORM(path, handler)                                                                        \
    { HTTP_POST, path, handler, .perm = PERM_PUBLIC, .limit = LIMIT_WRITE }
static const struct route routes[] = {
    PUBLIC_PAGE("/", home_page),
    PUBLIC_PAGE("/collections", collections_page),
    PUBLIC_PAGE("/collections/all", collection_all),
    PUBLIC_PAGE("/collections/:handle", collection_page),
    PUBLIC_PAGE("/collections/:handle/:tags", collection_page),
    PUBLIC_PAGE("/collections/:collection/products/:handle", product_in_collection),
    PUBLIC_PAGE("/products/:handle", product_page),
    PUBLIC_PAGE("/products/:handle.js", product_js),
    PUBLIC_PAGE("/products/:handle.json", product_json),
    PUBLIC_PAGE("/products.json", products_json),
    PUBLIC_PAGE("/collections.json", collections_json),
    PUBLIC_PAGE("/collections/:handle.json", collection_json),
    PUBLIC_PAGE("/collections/:handle/products.json", collection_products_json),
    PUBLIC_PAGE("/recommendations/products", recommendations_answer),
    PUBLIC_PAGE("/recommendations/products.json", recommendations_answer),
    OWN_PAGE("/search/suggest", suggest_answer),
    OWN_PAGE("/search/suggest.json", suggest_answer),
    PUBLIC_PAGE("/pages/:handle", content_page),
    PUBLIC_PAGE("/blogs/:blog", blog_page),
    PUBLIC_PAGE("/blogs/:blog.atom", blog_feed),
    PUBLIC_PAGE("/blogs/:blog/tagged/:tags", blog_page),
    PUBLIC_PAGE("/blogs/:blog/:article", article_page),
    {HTTP_POST, "/blogs/:blog/:article/comments", comment_form, .perm = PERM_PUBLIC,
     .limit = LIMIT_GUESS},
    PUBLIC_PAGE("/sitemap.xml", sitemap),
    PUBLIC_PAGE("/robots.txt", robots),
    PUBLIC_PAGE("/favicon.ico", favicon),
    OWN_PAGE("/search", search_page),
    OWN_PAGE("/cart", cart_page),
    OWN_PAGE("/cart/add", cart_back), // a reload of what a form answered
    OWN_PAGE("/cart/change", cart_change_link),
    OWN_PAGE("/cart/clear", cart_back),
    {HTTP_GET, "/cart/:lines", cart_link, .perm = PERM_PUBLIC, .limit = LIMIT_WRITE},
    OWN_PAGE("/cart.js", ajax_cart_get),
    OWN_PAGE("/cart.json", ajax_cart_get),
    OWN_PAGE("/cart/shipping_rates.json", ajax_rates),
    FORM("/cart", cart_post),
    FORM("/cart/clear", cart_clear_form),
    FORM("/cart/add.js", ajax_add),
    FORM("/cart/change.js", ajax_change),
    FORM("/cart/update.js", ajax_update),
    FORM("/cart/clear.js", ajax_clear),
    OWN_PAGE("/cart/update", cart_back),
    OWN_PAGE("/checkout/update", checkout_back),
    FORM("/cart/add", cart_add_form),
    FORM("/cart/change", cart_change_form),
    FORM("/cart/update", cart_update_form),
    OWN_PAGE("/checkout", checkout_page),
    FORM("/checkout/update", checkout_update),
    {HTTP_POST, "/checkout", checkout_place, .perm = PERM_PUBLIC, .limit = LIMIT_ORDER},
    OWN_PAGE("/orders/:id/:key", order_page),
    {HTTP_GET, "/account", account_page, .perm = PERM_CUSTOMER},
    OWN_PAGE("/account/login", login_page),
    {HTTP_POST, "/account/login", login_form, .perm = PERM_PUBLIC, .limit = LIMIT_GUESS},
    OWN_PAGE("/account/code", code_page),
    {HTTP_POST, "/account/code", code_form, .perm = PERM_PUBLIC, .limit = LIMIT_GUESS},
    {HTTP_POST, "/account/logout", logout_form, .perm = PERM_CUSTOMER, .csrf = CSRF_ORIGIN},
    {HTTP_GET, "/account/logout", logout_link, .perm = PERM_CUSTOMER},
    OWN_PAGE("/account/register", to_login_page),
    OWN_PAGE("/account/recover", to_login_page),
    {HTTP_GET, "/account/orders/:id", account_order, .perm = PERM_CUSTOMER},
    {HTTP_GET, "/account/addresses", addresses_page, .perm = PERM_CUSTOMER},
    {HTTP_GET, "/account/addresses/:id", addresses_page, .perm = PERM_CUSTOMER},
    {HTTP_POST, "/account/addresses", address_form, .perm = PERM_CUSTOMER, .csrf = CSRF_ORIGIN,
     .limit = LIMIT_WRITE},
    {HTTP_POST, "/account/addresses/:id", address_form, .perm = PERM_CUSTOMER, .csrf = CSRF_ORIGIN,
     .limit = LIMIT_WRITE},
    FORM("/localization", localization_form),
    OWN_PAGE("/policies/:handle", policy_page),
    {HTTP_POST, "/contact", contact_form, .perm = PERM_PUBLIC, .limit = LIMIT_GUESS},
    OWN_PAGE("/newsletter/:step/:id/:token", newsletter_page),
    {HTTP_POST, "/newsletter/:step/:id/:token", newsletter_form, .perm = PERM_PUBLIC,
     .limit = LIMIT_GUESS},
    OWN_PAGE("/withdraw", withdraw_page),
    {HTTP_POST, "/withdraw", withdraw_form, .perm = PERM_PUBLIC, .limit = LIMIT_GUESS},
    {HTTP_GET, ASSETS "*path", asset_file, .perm = PERM_PUBLIC, .cache = CACHE_ASSET,
     .limit = LIMIT_NONE},
    {HTTP_GET, THEMES_ASSETS "*path", theme_asset_file, .perm = PERM_PUBLIC, .cache = CACHE_ASSET,
     .limit = LIMIT_NONE},
    {HTTP_GET, "/cdn/fonts/*path", theme_font_file, .perm = PERM_PUBLIC, .cache = CACHE_ASSET,
     .limit = LIMIT_NONE},
    {HTTP_GET, "/media/:hash/:name", media_file, .perm = PERM_PUBLIC, .cache = CACHE_ASSET,
     .limit = LIMIT_NONE},
    {0},
};

static bool json_is(struct arena *a, struct str value, enum json_type type) {
    struct json j;
    struct err ignored = {0};
    return !value.n || (json_parse(a, value, &j, &ignored) && j.type == type);
}

static bool badges_ok(struct arena *a, struct str value, const char **why_key_out) {
    *why_key_out = "shop.setting.list";
    return json_is(a, value, JSON_ARRAY);
}

static const struct setting settings[] = {
    {"theme.badges", SETTING_MULTILINE, "", .perm = "theme.write", .de = "Merkmale von Artikeln",
     .en = "Badges of products",
     .help_de = "JSON: Liste aus id, label und proof (womit das Merkmal belegt ist).",
     .help_en = "JSON: a list of id, label and proof (what the badge rests on).",
     .valid = badges_ok},
    {0},
};
static const char *const needs[] = {"catalog", "price",   "stock",    "cart",
                                    "order",   "payment", "shipping", "customer",
                                    "content", "contact", "themes",   NULL};
const struct module shop_face = {
    .name = "shop",
    .needs = needs,
    .queries = shop_sql_queries,
    .query_count = &shop_sql_query_count,
    .settings = settings,
    .routes = routes,
    .start = start,
};
