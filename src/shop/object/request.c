// SPDX-License-Identifier: Apache-2.0
// The request, the addresses of the shop, the theme.
#include "core/app.h"
#include "mod/themes/themes.h"
#include "shop/object/people.h"

// "customers/order" of the template "customers/order.big".
static struct str page_type(struct page *p) {
    struct str name = str_c(page_own(p)->template);
    size_t dot = str_find_char(name, '.');
    return dot == STR_NONE ? name : str_sub(name, 0, dot);
}
static struct str origin(struct page *p) {
    struct str base = p->c->shop->base_url;
    while (str_ends(base, S("/"))) base.n--;
    return base;
}
// As the shop is called. What a request says of it would stay in pages that are kept for others.
struct str people_host(struct page *p) {
    struct str base = origin(p);
    size_t at = str_find(base, S("://"));
    if (at != STR_NONE) return str_from(base, at + 3);
    return p->shared ? S("") : p->rq->host;
}
VALUE_PROP(request_false, struct page, liquid_bool(false))
VALUE_PROP(request_host, struct page, liquid_text(people_host(me)))
VALUE_PROP(request_locale, struct page, people_locale(me, me->c->lang))
VALUE_PROP(request_origin, struct page, liquid_text(origin(me)))
VALUE_PROP(request_type, struct page, liquid_text(page_type(me)))
VALUE_PROP(request_path_, struct page, liquid_text(url_local(me->c, me->rq->path)))
static const struct theme_prop request_props[] = {
    {"design_mode", request_false, NULL, false},
    {"host", request_host, NULL, false},
    {"locale", request_locale, NULL, false},
    {"origin", request_origin, NULL, false},
    {"page_type", request_type, NULL, false},
    {"path", request_path_, NULL, false},
    {"visual_preview_mode", request_false, NULL, false},
};
const struct theme_kind request_kind = {.name = "request", THEME_PROPS(request_props)};
struct liquid_value people_request(struct page *p) {
    return theme_object(p->c->arena, &request_kind, p);
}

// Addresses in the page's language.
#define ROUTE(name, path) VALUE_PROP(name, struct page, liquid_text(url_local(me->c, S(path))))
ROUTE(route_account, "/account")
ROUTE(route_addresses, "/account/addresses")
ROUTE(route_login, "/account/login")
ROUTE(route_logout, "/account/logout")
ROUTE(route_all, "/collections/all")
ROUTE(route_cart_add, "/cart/add")
ROUTE(route_cart_change, "/cart/change")
ROUTE(route_cart_clear, "/cart/clear")
ROUTE(route_cart_update, "/cart/update")
ROUTE(route_cart, "/cart")
ROUTE(route_collections, "/collections")
ROUTE(route_predictive, "/search/suggest")
ROUTE(route_recommend, "/recommendations/products")
ROUTE(route_root, "/")
ROUTE(route_search, "/search")
static const struct theme_prop route_props[] = {
    {"account_addresses_url", route_addresses, NULL, false},
    {"account_login_url", route_login, NULL, false},
    {"account_logout_url", route_logout, NULL, false},
    {"account_profile_url", route_account, NULL, false},
    {"account_recover_url", route_login, NULL, false},
    {"account_register_url", route_login, NULL, false},
    {"account_url", route_account, NULL, false},
    {"all_products_collection_url", route_all, NULL, false},
    {"cart_add_url", route_cart_add, NULL, false},
    {"cart_change_url", route_cart_change, NULL, false},
    {"cart_clear_url", route_cart_clear, NULL, false},
    {"cart_update_url", route_cart_update, NULL, false},
    {"cart_url", route_cart, NULL, false},
    {"collections_url", route_collections, NULL, false},
    {"predictive_search_url", route_predictive, NULL, false},
    {"product_recommendations_url", route_recommend, NULL, false},
    {"root_url", route_root, NULL, false},
    {"search_url", route_search, NULL, false},
    {"storefront_login_url", route_login, NULL, false},
};
const struct theme_kind routes_kind = {.name = "routes", THEME_PROPS(route_props)};
struct liquid_value people_routes(struct page *p) {
    return theme_object(p->c->arena, &routes_kind, p);
}

// The theme that writes.
static struct str theme_title(struct page *p) {
    const struct theme_settings_schema *s = p->hold ? theme_settings_schema(p->hold->theme) : NULL;
    return s && s->theme_name.n ? s->theme_name : S("Theme");
}
VALUE_PROP(theme_id, struct page, liquid_int(me->hold ? me->hold->theme_id : 0))
VALUE_PROP(theme_name, struct page, liquid_text(theme_title(me)))
VALUE_PROP(theme_role, struct page, liquid_text(me->preview ? S("unpublished") : S("main")))
static const struct theme_prop theme_props[] = {
    {"id", theme_id, NULL, false},
    {"name", theme_name, NULL, false},
    {"role", theme_role, NULL, false},
};
const struct theme_kind theme_kind_ = {.name = "theme", THEME_PROPS(theme_props)};
struct liquid_value people_theme(struct page *p) {
    return theme_object(p->c->arena, &theme_kind_, p);
}
