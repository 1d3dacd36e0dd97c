// SPDX-License-Identifier: Apache-2.0
// Languages, countries and the currency of a shop.
#include "core/app.h"
#include "core/settings.h"
#include "shop/object/people.h"

#define NO_MARKETS "there is one market: prices and languages are the same for every country"

// ---- languages
struct locale {
    struct page *p;
    enum lang lang;
};
static const char *const names[LANG_COUNT][LANG_COUNT] = {
    [LANG_DE] = {"Deutsch", "Englisch"},
    [LANG_EN] = {"German", "English"},
};
static struct str root_of(struct page *p, enum lang l) {
    struct ctx other = *p->c;
    other.lang = l;
    return url_local(&other, S("/"));
}
VALUE_PROP(locale_endonym, struct locale, liquid_text(str_c(names[me->lang][me->lang])))
VALUE_PROP(locale_iso, struct locale, liquid_text(str_c(lang_code(me->lang))))
VALUE_PROP(locale_name, struct locale, liquid_text(str_c(names[lang_first(me->p->c)][me->lang])))
VALUE_PROP(locale_primary, struct locale, liquid_bool(me->lang == lang_first(me->p->c)))
VALUE_PROP(locale_root, struct locale, liquid_text(root_of(me->p, me->lang)))
static const struct theme_prop locale_props[] = {
    {"endonym_name", locale_endonym, NULL, false},
    {"iso_code", locale_iso, NULL, false},
    {"name", locale_name, NULL, false},
    {"primary", locale_primary, NULL, false},
    {"root_url", locale_root, NULL, false},
};
const struct theme_kind shop_locale_kind = {.name = "shop_locale", THEME_PROPS(locale_props)};

struct liquid_value people_locale(struct page *p, enum lang l) {
    struct locale *x = ARENA_NEW(p->c->arena, struct locale);
    *x = (struct locale){p, l};
    return theme_object(p->c->arena, &shop_locale_kind, x);
}

struct liquid_value people_locales(struct page *p) {
    struct list l = {0};
    for (enum lang i = 0; i < LANG_COUNT; i++)
        if (lang_offered(p->c, i)) list_add(p->c->arena, &l, people_locale(p, i));
    return liquid_array(l.v, l.n);
}

// ---- the currency
static const struct {
    struct str code, symbol, name;
} currencies[] = {
    {S_INIT("EUR"), S_INIT("€"), S_INIT("Euro")},
    {S_INIT("CHF"), S_INIT("CHF"), S_INIT("Swiss Franc")},
    {S_INIT("GBP"), S_INIT("£"), S_INIT("British Pound")},
    {S_INIT("USD"), S_INIT("$"), S_INIT("United States Dollar")},
    {S_INIT("PLN"), S_INIT("zł"), S_INIT("Polish Złoty")},
    {S_INIT("CZK"), S_INIT("Kč"), S_INIT("Czech Koruna")},
    {S_INIT("DKK"), S_INIT("kr."), S_INIT("Danish Krone")},
    {S_INIT("SEK"), S_INIT("kr"), S_INIT("Swedish Krona")},
};
static struct str currency_code(struct page *p) {
    struct currency cur = shop_currency(p->c);
    return arena_str(p->c->arena, currency_str(&cur));
}
static struct str currency_word(struct page *p, bool symbol) {
    struct str code = currency_code(p);
    for (size_t i = 0; i < ARRAY_LEN(currencies); i++)
        if (str_eq(currencies[i].code, code))
            return symbol ? currencies[i].symbol : currencies[i].name;
    return code;
}
VALUE_PROP(currency_iso, struct page, liquid_text(currency_code(me)))
VALUE_PROP(currency_name, struct page, liquid_text(currency_word(me, false)))
VALUE_PROP(currency_symbol, struct page, liquid_text(currency_word(me, true)))
static const struct theme_prop currency_props[] = {
    {"iso_code", currency_iso, NULL, false},
    {"name", currency_name, NULL, false},
    {"symbol", currency_symbol, NULL, false},
};
static void currency_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, currency_code(self));
}
const struct theme_kind currency_kind = {
    .name = "currency", THEME_PROPS(currency_props), .print = currency_print};
struct liquid_value people_currency(struct page *p) {
    return theme_object(p->c->arena, &currency_kind, p);
}

// ---- countries
struct country {
    struct page *p;
    struct str code;
};
static struct str country_shown(const struct country *x) { return country_name(x->p->c, x->code); }
static bool is_home(const struct country *x) {
    return str_eq(x->code, setting_text(x->p->c, "shop.country"));
}
VALUE_PROP(country_languages, struct country, people_locales(me->p))
VALUE_PROP(country_continent, struct country, liquid_text(S("Europe")))
VALUE_PROP(country_currency, struct country, people_currency(me->p))
VALUE_PROP(country_iso, struct country, liquid_text(me->code))
VALUE_PROP(country_title, struct country, liquid_text(country_shown(me)))
VALUE_PROP(country_popular, struct country, liquid_bool(is_home(me)))
VALUE_PROP(country_units, struct country, liquid_text(S("metric")))
static const struct theme_prop country_props[] = {
    {"available_languages", country_languages, NULL, false},
    {"continent", country_continent, NULL, false},
    {"currency", country_currency, NULL, false},
    {"iso_code", country_iso, NULL, false},
    {"market", NULL, NO_MARKETS, false},
    {"name", country_title, NULL, false},
    {"popular?", country_popular, NULL, false},
    {"unit_system", country_units, NULL, false},
};
static void country_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, country_shown(self));
}
const struct theme_kind country_kind = {
    .name = "country", THEME_PROPS(country_props), .print = country_print};

struct liquid_value people_country(struct page *p, struct str code) {
    struct country *x = ARENA_NEW(p->c->arena, struct country);
    *x = (struct country){p, code};
    return code.n ? theme_object(p->c->arena, &country_kind, x) : liquid_nil();
}

bool people_countries(struct page *p, struct liquid_value *out) {
    struct str_list codes = {0};
    struct list l = {0};
    TRY(shipping_countries(p->c, &codes));
    for (size_t i = 0; i < codes.n; i++) list_add(p->c->arena, &l, people_country(p, codes.v[i]));
    page_topic(p, "shipping", 0);
    *out = liquid_array(l.v, l.n);
    return true;
}

static const struct theme_prop market_props[] = {
    {"handle", NULL, NO_MARKETS, false},
    {"id", NULL, NO_MARKETS, false},
    {"metafields", NULL, NO_MARKETS, false},
};
const struct theme_kind market_kind = {.name = "market", THEME_PROPS(market_props)};

// ---- localization
PROP(local_countries) {
    struct page *p = self;
    return people_countries(p, out) || told(p, err);
}
VALUE_PROP(local_languages, struct page, people_locales(me))
VALUE_PROP(local_country, struct page, people_country(me, setting_text(me->c, "shop.country")))
VALUE_PROP(local_language, struct page, people_locale(me, me->c->lang))
static const struct theme_prop local_props[] = {
    {"available_countries", local_countries, NULL, false},
    {"available_languages", local_languages, NULL, false},
    {"country", local_country, NULL, false},
    {"language", local_language, NULL, false},
    {"market", NULL, NO_MARKETS, false},
};
const struct theme_kind localization_kind = {.name = "localization", THEME_PROPS(local_props)};
struct liquid_value people_localization(struct page *p) {
    return theme_object(p->c->arena, &localization_kind, p);
}
