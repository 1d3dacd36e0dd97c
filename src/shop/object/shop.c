// SPDX-License-Identifier: Apache-2.0
// The global `shop`.
#include "core/app.h"
#include "core/settings.h"
#include "mod/payment/payment.h"
#include "shop/object/people.h"

static struct str base_url(struct page *p) {
    struct str base = p->c->shop->base_url;
    while (str_ends(base, S("/"))) base.n--;
    return base;
}
static struct str domain(struct page *p) {
    struct str base = base_url(p);
    size_t at = str_find(base, S("://"));
    return at == STR_NONE ? base : str_from(base, at + 3);
}
static struct liquid_value setting_value(struct page *p, const char *key) {
    struct str s = setting_text(p->c, key);
    return s.n ? liquid_text(s) : liquid_nil();
}
static struct str currency(struct page *p) {
    struct currency cur = shop_currency(p->c);
    return arena_str(p->c->arena, currency_str(&cur));
}
static struct liquid_value one_of(struct page *p, struct liquid_value v) {
    struct list l = {0};
    list_add(p->c->arena, &l, v);
    return liquid_array(l.v, l.n);
}
// How scripts of themes write money: the mark stands where the shop's own form has it.
static struct str money_format(struct page *p, bool code) {
    struct str mark =
        p->c->lang == LANG_DE ? S("{{amount_with_comma_separator}}") : S("{{amount}}");
    struct liquid_value symbol;
    struct err ignored = {0};
    if (!liquid_get(p->c->arena, people_currency(p), S("symbol"), &symbol, &ignored)) return mark;
    struct str s = liquid_str(symbol), end = code ? currency(p) : S("");
    const char *gap = code ? " " : "";
    if (p->c->lang == LANG_DE)
        return arena_fmt(p->c->arena, STR_FMT " " STR_FMT "%s" STR_FMT, STR_ARG(mark), STR_ARG(s),
                         gap, STR_ARG(end));
    return arena_fmt(p->c->arena, STR_FMT STR_FMT "%s" STR_FMT, STR_ARG(s), STR_ARG(mark), gap,
                     STR_ARG(end));
}
static struct address own_address(struct page *p) {
    struct ctx *c = p->c;
    return (struct address){.name = setting_text(c, "shop.owner"),
                            .company = setting_text(c, "shop.name"),
                            .street = setting_text(c, "shop.street"),
                            .postcode = setting_text(c, "shop.postcode"),
                            .city = setting_text(c, "shop.city"),
                            .country = setting_text(c, "shop.country")};
}
static struct str description(struct page *p) {
    return setting_i18n(p->c, "shop.description");
}
PROP(shop_address) {
    struct page *p = self;
    struct address *at = ARENA_NEW(a, struct address);
    *at = own_address(p);
    *out = people_address(p, at, 0);
    return true;
}

static bool counts(struct page *p, struct people_counts *out, struct err *err) {
    bool found;
    struct currency cur = shop_currency(p->c);
    page_topic(p, "products", 0);
    page_topic(p, "collections", 0);
    struct people_counts_in in = {currency_str(&cur)};
    return people_counts(&p->c->db, &in, out, &found) || told(p, err);
}
PROP(shop_products_count) {
    struct people_counts n;
    TRY(counts(self, &n, err));
    *out = liquid_int(n.products);
    return true;
}
PROP(shop_collections_count) {
    struct people_counts n;
    TRY(counts(self, &n, err));
    *out = liquid_int(n.collections);
    return true;
}
PROP(shop_vendors) {
    struct page *p = self;
    struct people_vendors_rows rows = {0};
    struct list l = {0};
    if (!people_vendors_all(&p->c->db, &rows)) return told(p, err);
    for (size_t i = 0; i < rows.n; i++) list_add(a, &l, liquid_text(rows.v[i].vendor));
    page_topic(p, "products", 0);
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(shop_types) {
    struct page *p = self;
    struct people_types_rows rows = {0};
    struct list l = {0};
    if (!people_types_all(&p->c->db, &rows)) return told(p, err);
    for (size_t i = 0; i < rows.n; i++) list_add(a, &l, liquid_text(rows.v[i].kind));
    page_topic(p, "products", 0);
    *out = liquid_array(l.v, l.n);
    return true;
}

// Marks of ways to pay, as payment_type_svg_tag knows them.
PROP(shop_payment_types) {
    static const struct {
        const char *method, *marks[4];
    } known[] = {{"stripe", {"visa", "master", "american_express"}}};
    struct page *p = self;
    struct list l = {0};
    for (const struct payment_method *const *m = payment_methods(p->c->shop); *m; m++)
        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            for (size_t k = 0; strcmp((*m)->key, known[i].method) == 0 && (*m)->offered(p->c) &&
                               k < ARRAY_LEN(known[i].marks) && known[i].marks[k];
                 k++)
                list_add(a, &l, liquid_text(str_c(known[i].marks[k])));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(shop_search_types) {
    static const char *const types[] = {"article", "page", "product"};
    struct list l = {0};
    for (size_t i = 0; i < ARRAY_LEN(types); i++) list_add(a, &l, liquid_text(str_c(types[i])));
    *out = liquid_array(l.v, l.n);
    return true;
}

// What stands round every page.
PROP(shop_delivery) {
    struct page *p = self;
    if (!page_chrome(p)) return told(p, err);
    page_topic(p, "shipping", 0);
    *out = chrome_delivery(p);
    return true;
}
PROP(shop_legal_pages) {
    struct page *p = self;
    if (!page_chrome(p)) return told(p, err);
    page_topic(p, "pages", 0);
    *out = chrome_legal_pages(p);
    return true;
}
PROP(shop_policies) {
    struct page *p = self;
    return people_policies(p, out) || told(p, err);
}
#define POLICY(name, handle)                                                                       \
    PROP(name) { return people_policy(self, S(handle), out) || told(self, err); }
POLICY(shop_refund_policy, "refund-policy")
POLICY(shop_shipping_policy, "shipping-policy")
POLICY(shop_privacy_policy, "privacy-policy")
POLICY(shop_terms, "terms-of-service")
POLICY(shop_legal_notice, "legal-notice")

VALUE_PROP(shop_false, struct page, liquid_bool(false))
VALUE_PROP(shop_true, struct page, liquid_bool(true))
VALUE_PROP(shop_currency_code, struct page, liquid_text(currency(me)))
VALUE_PROP(shop_description, struct page, liquid_text(description(me)))
VALUE_PROP(shop_domain, struct page, liquid_text(domain(me)))
VALUE_PROP(shop_email, struct page, setting_value(me, "shop.email"))
VALUE_PROP(shop_currencies, struct page, one_of(me, people_currency(me)))
VALUE_PROP(shop_id, struct page, liquid_int(1))
VALUE_PROP(shop_languages, struct page, people_locales(me))
VALUE_PROP(shop_locale_, struct page, people_locale(me, me->c->lang))
VALUE_PROP(shop_money, struct page, liquid_text(money_format(me, false)))
VALUE_PROP(shop_money_code, struct page, liquid_text(money_format(me, true)))
VALUE_PROP(shop_name, struct page, liquid_text(setting_text(me->c, "shop.name")))
VALUE_PROP(shop_owner, struct page, setting_value(me, "shop.owner"))
VALUE_PROP(shop_payments, struct page, payment_list(me->c, S("")))
VALUE_PROP(shop_phone, struct page, setting_value(me, "shop.phone"))
VALUE_PROP(shop_register, struct page, setting_value(me, "shop.register"))
VALUE_PROP(shop_url, struct page, liquid_text(base_url(me)))
VALUE_PROP(shop_vat_id, struct page, setting_value(me, "shop.vat_id"))
VALUE_PROP(shop_withdraw, struct page, liquid_text(url_local(me->c, S("/withdraw"))))
static const struct theme_prop props[] = {
    {"accepts_gift_cards", shop_false, NULL, false},
    {"address", shop_address, NULL, false},
    {"brand", NULL, "a theme's settings hold its logo, colours and slogan", false},
    {"collections_count", shop_collections_count, NULL, false},
    {"currency", shop_currency_code, NULL, false},
    {"customer_accounts_enabled", shop_true, NULL, false},
    {"customer_accounts_optional", shop_true, NULL, false},
    {"delivery", shop_delivery, NULL, true},
    {"description", shop_description, NULL, false},
    {"domain", shop_domain, NULL, false},
    {"email", shop_email, NULL, false},
    {"enabled_currencies", shop_currencies, NULL, false},
    {"enabled_locales", shop_languages, NULL, false},
    {"enabled_payment_types", shop_payment_types, NULL, false},
    {"id", shop_id, NULL, false},
    {"legal_notice", shop_legal_notice, NULL, true},
    {"legal_pages", shop_legal_pages, NULL, true},
    {"locale", shop_locale_, NULL, false},
    {"metafields", NULL, "a shop has no further fields", false},
    {"metaobjects", NULL, "there are no metaobjects", false},
    {"money_format", shop_money, NULL, false},
    {"money_with_currency_format", shop_money_code, NULL, false},
    {"name", shop_name, NULL, false},
    {"owner", shop_owner, NULL, true},
    {"password_message", NULL, "the shop has no password before its pages", false},
    {"payment_methods", shop_payments, NULL, true},
    {"permanent_domain", shop_domain, NULL, false},
    {"phone", shop_phone, NULL, false},
    {"policies", shop_policies, NULL, false},
    {"privacy_policy", shop_privacy_policy, NULL, false},
    {"products_count", shop_products_count, NULL, false},
    {"published_locales", shop_languages, NULL, false},
    {"refund_policy", shop_refund_policy, NULL, false},
    {"register", shop_register, NULL, true},
    {"search_types", shop_search_types, NULL, false},
    {"secure_url", shop_url, NULL, false},
    {"shipping_policy", shop_shipping_policy, NULL, false},
    {"subscription_policy", NULL, "nothing is sold by subscription", false},
    {"taxes_included", shop_true, NULL, false},
    {"terms_of_service", shop_terms, NULL, false},
    {"types", shop_types, NULL, false},
    {"url", shop_url, NULL, false},
    {"vat_id", shop_vat_id, NULL, true},
    {"vendors", shop_vendors, NULL, false},
    {"withdrawal_url", shop_withdraw, NULL, true},
};
static void print_name(void *self, struct buf *out, bool *html_out) {
    struct page *p = self;
    (void)html_out;
    buf_put(out, setting_text(p->c, "shop.name"));
}
const struct theme_kind shop_kind = {.name = "shop", THEME_PROPS(props), .print = print_name};

struct liquid_value people_shop(struct page *p) {
    return theme_object(p->c->arena, &shop_kind, p);
}
