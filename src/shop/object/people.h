// SPDX-License-Identifier: Apache-2.0
// What themes see besides goods and content: the shop, the visitor's cart and account, orders, the
// merchant's pages, addresses of the shop, languages, the form that was posted. Names and meanings
// are those of theme-liquid-docs; what the law wants more is a property marked `own`. Everything is
// read when a template asks. On a page that is the same for everybody (page.shared) the cart is
// empty and the customer nil.
#pragma once
#include "flow/place_order.h"
#include "http/form.h"
#include "shop/page.h"
#include "theme/object.h"

struct page_own { // what a page has read, each at most once
    struct cart_view cart;
    struct liquid_value cart_goods; // variants of its lines
    struct estimate *estimate;      // of shipping and tax (cart.c)
    bool cart_read, goods_read;
    const char *template; // "product", for request.page_type
    const struct page_form *form;
};
struct page_own *page_own(struct page *p);

// Every global that the page has not set itself.
void people_globals(struct page *p);

// The visitor's cart; empty on a shared page. The view is read once.
MUST_USE bool people_cart_view(struct page *p, const struct cart_view **out);
// Forgets it, after a change.
void people_cart_forget(struct page *p);
struct liquid_value people_cart(struct page *p);
struct liquid_value people_line(struct page *p, size_t index); // of the cart, as line_item
int64_t people_page_number(const struct page *p);              // ?page=, from 1
MUST_USE bool people_order(struct page *p, int64_t id, struct liquid_value *out); // nil: none
// A page of the merchant, in the page's language; nil when there is none.
MUST_USE bool people_page(struct page *p, struct str handle, struct liquid_value *out);
// A legal page under Shopify's name for it ("refund-policy") or its own handle; nil: none.
MUST_USE bool people_policy(struct page *p, struct str handle, struct liquid_value *out);
MUST_USE bool people_policies(struct page *p, struct liquid_value *out);
// Its page's address; absent: none. After page_chrome.
struct str people_policy_url(struct page *p, struct str handle);
struct liquid_value people_address(struct page *p, const struct address *a, int64_t id);
struct liquid_value people_country(struct page *p, struct str code);
struct liquid_value people_locale(struct page *p, enum lang l);
struct liquid_value people_currency(struct page *p);
struct liquid_value people_locales(struct page *p);                       // those that are offered
MUST_USE bool people_countries(struct page *p, struct liquid_value *out); // that goods go to
struct liquid_value people_localization(struct page *p), people_request(struct page *p),
    people_routes(struct page *p), people_pages(struct page *p), people_shop(struct page *p),
    people_theme(struct page *p);
struct str people_host(struct page *p); // "shop.example", from the shop's address
MUST_USE bool people_customer(struct page *p, struct liquid_value *out); // nil: not signed in

// What came of a posted form; {% form %} of that type shows it.
struct page_form {
    struct str type;  // "contact"
    struct str about; // the id of the thing it was about ("12"), or absent: any
    bool ok;
    const struct form_errors *errors;
    struct str origin; // path the form stood on, without language; absent: this page's own
};
void page_form(struct page *p, const struct page_form *f);
struct liquid_value people_form(struct page *p, struct str type, struct liquid_value about);
// A field of the posted form, whatever its prefix: "email" is also contact[email].
struct str form_field_of(const struct request *rq, const char *name);

extern const struct theme_kind shop_kind, policy_kind, cart_kind, line_item_kind, customer_kind,
    address_kind, order_kind, fulfillment_kind, transaction_kind, tax_line_kind,
    shipping_method_kind, page_kind, pages_kind, routes_kind, localization_kind, shop_locale_kind,
    country_kind, currency_kind, market_kind, request_kind, form_kind, form_errors_kind,
    theme_kind_, paginate_kind, part_kind;
extern const struct theme_kind *const people_kinds[]; // all of them and the empty ones, NULL ends

// One row of a table of properties.
#define PROP(name)                                                                                 \
    static bool name(__attribute__((unused)) void *self, __attribute__((unused)) struct arena *a,  \
                     __attribute__((unused)) struct liquid_value *out,                             \
                     __attribute__((unused)) struct err *err)
// One whose value is an expression over the thing `me`.
#define VALUE_PROP(name, type, expr)                                                               \
    PROP(name) {                                                                                   \
        type *me = self;                                                                           \
        (void)me;                                                                                  \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }
// A failure that c->err tells becomes the failure of a property.
static inline bool told(struct page *p, struct err *err) {
    *err = p->c->err;
    return false;
}
