// SPDX-License-Identifier: Apache-2.0
// Inside of the storefront: a page on its way. Values get the names that Shopify's themes expect;
// prices are minor units.
//
// A page of the theme:
//     struct page p;
//     page_open(&p, c, rq, rs);
//     page_global(&p, "product", product);
//     page_about(&p, title, description);
//     page_public(&p, S("/products/x"));      // the same for everybody
//     return page_render(&p, "product");
// Nothing is read before a template asks for it. A page of the till (checkout, order, code, error)
// begins with page_begin and ends with page_send.
#pragma once
#include "core/ctx.h"
#include "core/i18n.h"
#include "core/view.h"
#include "mod/shipping/shipping.h"
#include "shop_sql.h"

// Of a file that is opened by itself: an SVG may draw and nothing else.
#define FILE_POLICY "default-src 'none'; style-src 'unsafe-inline'; sandbox"

struct page {
    struct ctx *c;
    const struct request *rq;
    struct response *rs;
    struct liquid_map *data; // what the template sees
    struct shop_chrome_rows chrome;
    struct liquid_map *delivery;    // the shop's usual way to ship, or NULL
    struct json badges;             // setting theme.badges; empty when not set
    struct goods *goods;            // object/goods.h: what this page read of the catalogue
    struct page_own *own;           // object/people.h: what this page read of the rest
    struct page_texts *texts;       // object/content.h: blogs, articles, menus
    const struct themes_hold *hold; // while a theme writes
    struct str path;                // of page_public; absent: not for robots
    struct str note;   // of a refused change of the cart: a name of cart_page.c, or absent
    struct str suffix; // of the template, where the address asks for none: "contact"
    bool chrome_read;
    bool
        shared; // the same bytes for everybody: the cart is empty, the customer nil. By page_render
    bool preview; // of a theme that is not live
};
void page_open(struct page *p, struct ctx *c, const struct request *rq, struct response *rs);
void page_global(struct page *p, const char *name, struct liquid_value v);
// page_title and page_description; description may be HTML or absent, it is shortened.
void page_about(struct page *p, struct str title, struct str description);
// The template that the merchant chose for a thing ("product", its id), where ?view= asks for none.
MUST_USE bool page_alternate(struct page *p, const char *object, int64_t id);
// The same as template_suffix of an object: nil for the usual one.
MUST_USE bool page_alternate_value(struct page *p, const char *object, int64_t id,
                                   struct liquid_value *out);
void page_picture(struct page *p, struct liquid_value image); // page_image
// Writes templates/NAME of the live theme (?view=x: NAME.x when there is one). What the live theme
// cannot write is written by the last good one, then by the built-in one. A request with section_id
// or sections gets those sections of this page, made for the visitor and never kept. The status of
// the answer is rs->status.
MUST_USE bool page_render(struct page *p, const char *name);
// Sections ("a,b") of the page at path as JSON {id: html or null}, as scripts of themes want them
// beside an answer of the cart. Absent in *json_out: no such page.
MUST_USE bool page_sections(struct ctx *c, struct str path, struct str ids, struct str *json_out);
bool sections_start(struct shop *s);       // sections.c
MUST_USE bool page_chrome(struct page *p); // reads what stands round every page, once

// Loads what stands round every page of the till. page_send renders the template in the layout;
// path: of this page, without language.
MUST_USE bool page_begin(struct page *p, struct ctx *c, const struct request *rq,
                         struct response *rs);
MUST_USE bool page_send(struct page *p, const char *name, struct str title);
// For pages that are the same for everybody: canonical address, other languages, cacheable.
void page_public(struct page *p, struct str path);
void page_topic(struct page *p, const char *kind, int64_t id);
// A page that does not exist: the dispatcher shows 404.
bool page_missing(struct ctx *c);
// 301 to folder + handle, in the page's language, with the query of the request.
bool page_moved(struct ctx *c, struct response *rs, const char *folder, struct str handle);
#define ASSETS_OF_SHOP "/assets/shop/" // before the path of a till's asset
const struct view_set *shop_view(struct ctx *c);

// Short ways to say it.
struct str lang_of(struct ctx *c);
struct str local_path(struct ctx *c, const char *folder,
                      struct str handle); // "/en/products/x"; handle percent-encoded
struct str money_of(struct ctx *c, int64_t minor);
struct str rate_of(struct ctx *c, int64_t rate);
struct str country_name(struct ctx *c, struct str code);
bool country_is(struct ctx *c, struct str code,
                struct str said); // said: the code, or how the country is called
struct str plain_of_html(struct arena *a, struct str html,
                         size_t max); // tags taken out, cut at a word
void set_str(struct liquid_map *m, const char *key, struct str value); // absent: nil
struct picture {
    struct str hash, filename, alt;
    int64_t width, height; // 0: not known
};
void set_image(struct ctx *c, struct liquid_map *m, const char *key, const struct picture *p);
struct liquid_value image_value(struct ctx *c, const struct picture *p); // nil without hash
struct list { // a Liquid array that grows
    struct liquid_value *v;
    size_t n, cap;
};
void list_add(struct arena *a, struct list *l, struct liquid_value v);
void set_list(struct liquid_map *m, const char *key, const struct list *l);

// The reduction shown: against the lowest price of the 30 days before (PAngV § 11); 0: none.
int64_t sale_percent(int64_t price, int64_t low30);
struct price_told {
    int64_t price, low30, unit_amount, base_amount;
    struct str unit, base_unit;
};
void set_price(struct ctx *c, struct liquid_map *m, const struct price_told *t);
int64_t list_page(const struct request *rq); // ?page= of a list: 1 ... 1000; 0: not a number of one

// What the merchant wrote as JSON (content.c).
struct json content_setting(struct ctx *c, const char *key);
struct liquid_value content_value(struct ctx *c, const struct json *j); // in the page's language

// An attribute as shoppers read it (features.c): names that the shop has a word for are said in the
// page's language.
struct str feature_label(struct ctx *c, struct str name, struct str label);
struct str feature_value(struct ctx *c, struct str kind, struct str value, struct str unit);

// Out of what stands round every page, after page_chrome: the usual way goods travel to the shop's
// own country (nil: none), and the terms a buyer agrees to.
struct liquid_value chrome_delivery(struct page *p);
struct liquid_value chrome_legal_pages(struct page *p);
// Ways to pay that are offered (chrome.c); chosen may be absent.
struct liquid_value payment_list(struct ctx *c, struct str chosen);
// Messages at the top of a page.
void message(struct page *p, struct list *l, const char *kind, struct str text);

// Handlers, one for each row of routes in shop.c.
route_handler home_page, collection_page, collection_all, product_page, product_in_collection,
    cart_page, cart_add_form, cart_back, cart_post, cart_clear_form, cart_change_link, cart_link,
    checkout_back, cart_change_form, cart_update_form, checkout_page, checkout_update,
    checkout_place, order_page, account_page, login_page, login_form, logout_link, to_login_page,
    account_order, addresses_page, address_form, localization_form, policy_page, code_page,
    code_form, logout_form, search_page, content_page, withdraw_page, withdraw_form, blog_page,
    blog_feed, article_page, comment_form, contact_form, newsletter_page, newsletter_form, sitemap,
    robots, favicon, media_file, asset_file, theme_asset_file, theme_font_file;
