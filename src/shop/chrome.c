// SPDX-License-Identifier: Apache-2.0
// What stands round every page: menu, footer, languages, delivery, ways to pay.
#include "core/app.h"
#include "core/kept.h"
#include "core/settings.h"
#include "mod/content/menu.h"
#include "mod/payment/payment.h"
#include "shop/object/content.h"
#include "shop/page.h"

static struct liquid_map *link_map(struct ctx *c, struct str title, struct str url, bool active) {
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "title", title);
    set_str(m, "url", url);
    liquid_set(m, "active", liquid_bool(active));
    return m;
}

static void set_links(struct page *p, const char *kind, const char *folder, const char *key) {
    struct list l = {0};
    for (size_t i = 0; i < p->chrome.n; i++) {
        const struct shop_chrome *r = &p->chrome.v[i];
        if (!str_eq(r->kind, str_c(kind))) continue;
        struct str path = arena_fmt(p->c->arena, "%s" STR_FMT, folder, STR_ARG(r->handle));
        bool active = p->rq && str_eq(p->rq->path, path);
        list_add(
            p->c->arena, &l,
            liquid_of_map(link_map(p->c, r->title, local_path(p->c, folder, r->handle), active)));
    }
    set_list(p->data, key, &l);
}

// The address of a page of the merchant, by the first handle that exists.
static struct str page_of(struct page *p, const char *const *handles) {
    for (size_t h = 0; handles[h]; h++)
        for (size_t i = 0; i < p->chrome.n; i++)
            if (str_eq(p->chrome.v[i].kind, S("page")) &&
                str_eq(p->chrome.v[i].handle, str_c(handles[h])))
                return local_path(p->c, "/pages/", p->chrome.v[i].handle);
    return (struct str){0};
}

struct liquid_value chrome_legal_pages(struct page *p) {
    struct list legal = {0};
    static const char *const terms[] = {"agb",   "widerruf",   "datenschutz",
                                        "terms", "withdrawal", "privacy"};
    for (size_t t = 0; t < ARRAY_LEN(terms); t++)
        for (size_t i = 0; i < p->chrome.n; i++) {
            const struct shop_chrome *r = &p->chrome.v[i];
            if (!str_eq(r->kind, S("page")) || !str_eq(r->handle, str_c(terms[t]))) continue;
            struct str url = local_path(p->c, "/pages/", r->handle);
            list_add(p->c->arena, &legal, liquid_of_map(link_map(p->c, r->title, url, false)));
        }
    return liquid_array(legal.v, legal.n);
}

static void set_pages(struct page *p) {
    static const struct {
        const char *key;
        const char *handles[4];
    } known[] = {
        {"shipping_page", {"versand", "zahlung-und-versand", "shipping", NULL}},
        {"withdrawal_page", {"widerruf", "widerrufsbelehrung", "withdrawal", NULL}},
    };
    set_links(p, "page", "/pages/", "pages");
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        set_str(p->data, known[i].key, page_of(p, known[i].handles));
    liquid_set(p->data, "legal_pages", chrome_legal_pages(p));
}

// "Deutschland, Österreich" out of ["DE","AT"].
static struct str names_of(struct ctx *c, struct str countries) {
    struct json list;
    struct err ignored = {0};
    if (!json_parse(c->arena, countries, &list, &ignored) || list.type != JSON_ARRAY) return S("");
    struct buf b = buf_new(c->arena, 0);
    for (size_t i = 0; i < list.n; i++) {
        if (i) buf_put(&b, i + 1 < list.n ? S(", ") : c->lang == LANG_DE ? S(" und ") : S(" and "));
        buf_put(&b, country_name(c, list.items[i].text));
    }
    return buf_str(&b);
}

// The first method that goes to the shop's own country.
struct liquid_value chrome_delivery(struct page *p) {
    struct ctx *c = p->c;
    for (size_t i = 0; i < p->chrome.n; i++) {
        const struct shop_chrome *r = &p->chrome.v[i];
        struct shipping_offer o = {.countries = r->countries};
        if (!str_eq(r->kind, S("shipping")) ||
            !shipping_goes_to(c, &o, setting_text(c, "shop.country")))
            continue;
        struct liquid_map *m = p->delivery = liquid_map_new(c->arena);
        set_str(m, "name", r->title);
        set_str(m, "text", r->delivery);
        set_str(m, "countries", names_of(c, r->countries));
        liquid_set(m, "price", liquid_int(r->price));
        set_str(m, "price_text", money_of(c, r->price));
        if (r->free_from > 0) {
            liquid_set(m, "free_from", liquid_int(r->free_from));
            set_str(m, "free_from_text", money_of(c, r->free_from));
        }
        return liquid_of_map(m);
    }
    return liquid_nil();
}

static struct str path_in(struct ctx *c, enum lang l) {
    struct ctx other = *c;
    other.lang = l;
    bool shown =
        c->rq && (c->rq->method == HTTP_GET || c->rq->method == HTTP_HEAD) && !c->rq->refused;
    return url_local(&other, shown ? c->rq->path : S("/"));
}

static void set_languages(struct page *p) {
    static const char *const names[LANG_COUNT] = {"Deutsch", "English"};
    struct list l = {0};
    for (enum lang i = 0; i < LANG_COUNT; i++) {
        if (!lang_offered(p->c, i)) continue;
        struct liquid_map *m = liquid_map_new(p->c->arena);
        set_str(m, "lang", str_c(lang_code(i)));
        set_str(m, "name", str_c(names[i]));
        set_str(m, "path", path_in(p->c, i));
        liquid_set(m, "current", liquid_bool(i == p->c->lang));
        list_add(p->c->arena, &l, liquid_of_map(m));
    }
    set_list(p->data, "languages", &l);
}

struct liquid_value payment_list(struct ctx *c, struct str chosen) {
    struct list l = {0};
    for (const struct payment_method *const *way = payment_methods(c->shop); *way; way++) {
        if (!(*way)->offered(c)) continue;
        const char *key = (*way)->key;
        struct liquid_map *m = liquid_map_new(c->arena);
        set_str(m, "id", str_c(key));
        set_str(m, "name", tr(c, arena_fmt(c->arena, "shop.pay.%s", key).p));
        set_str(m, "short", tr(c, arena_fmt(c->arena, "shop.pay.%s_short", key).p));
        set_str(m, "text", tr(c, arena_fmt(c->arena, "shop.pay.%s_text", key).p));
        liquid_set(m, "selected", liquid_bool(str_eq(chosen, str_c(key))));
        list_add(c->arena, &l, liquid_of_map(m));
    }
    return liquid_array(l.v, l.n);
}

// The menus of the theme's head and foot, on the till's pages, too.
static bool set_menus(struct page *p) {
    static const char *const feet[] = {MENU_FOOTER, "legal"};
    struct liquid_value menu;
    struct list foot = {0};
    TRY(content_linklist(p, S(MENU_MAIN), &menu));
    liquid_set(p->data, "main_menu", menu);
    for (size_t i = 0; i < ARRAY_LEN(feet); i++) {
        TRY(content_linklist(p, str_c(feet[i]), &menu));
        if (menu.type != LIQUID_NIL) list_add(p->c->arena, &foot, menu);
    }
    set_list(p->data, "footer_menus", &foot);
    return true;
}

static void chrome_tells(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    const struct shop_chrome *r = rows->v;
    (void)self;
    kept_topic(out, "collections", 0);
    kept_topic(out, "pages", 0);
    kept_topic(out, "shipping", 0);
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(r[i].kind, S("collection"))) kept_topic(out, "collection", r[i].id);
}

bool page_chrome(struct page *p) {
    if (p->chrome_read) return true;
    struct shop_chrome_in in = {lang_of(p->c)};
    TRY(kept_all(p->c, &shop_chrome_query, &in, chrome_tells, NULL, &p->chrome));
    p->chrome_read = true;
    return true;
}

bool page_begin(struct page *p, struct ctx *c, const struct request *rq, struct response *rs) {
    page_open(p, c, rq, rs);
    TRY(page_chrome(p));
    set_pages(p);
    struct liquid_value delivery = chrome_delivery(p);
    if (delivery.type != LIQUID_NIL) liquid_set(p->data, "delivery", delivery);
    set_languages(p);
    liquid_set(p->data, "payment_methods", payment_list(c, S("")));
    if (c->rq) set_str(p->data, "current_path", url_local(c, c->rq->path));
    set_str(p->data, "claim", setting_i18n(c, "shop.description"));
    TRY(set_menus(p));
    page_topic(p, "collections", 0);
    page_topic(p, "pages", 0);
    page_topic(p, "shipping", 0);
    return true;
}
