// SPDX-License-Identifier: Apache-2.0
// The globals of every page.
#include "core/app.h"
#include "core/settings.h"
#include "shop/object/content.h"
#include "shop/object/goods.h"
#include "shop/object/people.h"

struct page_own *page_own(struct page *p) {
    if (p->own) return p->own;
    p->own = ARENA_NEW(p->c->arena, struct page_own);
    p->own->cart = (struct cart_view){.note = S(""), .attributes = S("{}")};
    return p->own;
}

static void give(struct page *p, const char *name, struct liquid_value v) {
    if (!liquid_map_get(p->data, str_c(name))) liquid_set(p->data, name, v);
}

// One with a handle of its own: product, collection, page, article.
static struct liquid_value handle_of(struct page *p) {
    static const struct str things[] = {S_INIT("product"), S_INIT("article"), S_INIT("collection"),
                                        S_INIT("page"), S_INIT("blog")};
    struct err ignored = {0};
    for (size_t i = 0; i < ARRAY_LEN(things); i++) {
        const struct liquid_value *v = liquid_map_get(p->data, things[i]);
        struct liquid_value handle = liquid_nil();
        if (!v || v->type != LIQUID_OBJECT) continue;
        (void)!liquid_get(p->c->arena, *v, S("handle"), &handle, &ignored);
        return handle;
    }
    return liquid_nil();
}

static struct str options_of(struct page *p, const struct liquid_value *countries) {
    struct buf b = buf_new(p->c->arena, 0);
    struct str home = setting_text(p->c, "shop.country");
    struct err ignored = {0};
    for (size_t i = 0; i < countries->n; i++) {
        struct liquid_value code, name;
        if (!liquid_get(p->c->arena, countries->items[i], S("iso_code"), &code, &ignored) ||
            !liquid_get(p->c->arena, countries->items[i], S("name"), &name, &ignored))
            continue;
        buf_put(&b, S("<option value=\""));
        buf_html(&b, liquid_str(code));
        buf_fmt(&b, "\" data-provinces=\"[]\"%s>",
                str_eq(home, liquid_str(code)) ? " selected" : "");
        buf_html(&b, liquid_str(name));
        buf_put(&b, S("</option>"));
    }
    return buf_str(&b);
}

// A text that is made when it is printed: two globals in a hundred pages ask for it.
static void print_countries(void *self, struct buf *out, bool *html_out) {
    struct page *p = self;
    struct liquid_value all = liquid_nil();
    *html_out = true;
    if (people_countries(p, &all)) buf_put(out, options_of(p, &all));
}
static const struct theme_kind option_tags_kind = {.name = "country_option_tags",
                                                   .print = print_countries};

static void give_texts(struct page *p) {
    struct arena *a = p->c->arena;
    give(p, "page_title", liquid_text(setting_text(p->c, "shop.name")));
    give(p, "canonical_url", liquid_text(url_absolute(p->c, p->rq->path)));
    give(p, "handle", handle_of(p));
    give(p, "current_page", liquid_int(people_page_number(p)));
    give(p, "additional_checkout_buttons", liquid_bool(false));
    give(p, "country_option_tags", theme_object(a, &option_tags_kind, p));
    give(p, "all_country_option_tags", theme_object(a, &option_tags_kind, p));
    give(p, "powered_by_link", liquid_text(S("Kontor")));
}

// Who is signed in (nil: a guest), and the cart.
static void give_visitor(struct page *p) {
    struct liquid_value who = liquid_nil();
    if (people_customer(p, &who)) give(p, "customer", who);
    give(p, "cart", people_cart(p));
}

void people_globals(struct page *p) {
    struct liquid_value v;
    give(p, "shop", people_shop(p));
    give(p, "routes", people_routes(p));
    give(p, "request", people_request(p));
    give(p, "localization", people_localization(p));
    give(p, "pages", people_pages(p));
    give(p, "theme", people_theme(p));
    give(p, "collections", goods_collections(p));
    give(p, "all_products", goods_all_products(p));
    give(p, "images", goods_images(p));
    give(p, "blogs", content_blogs(p));
    give(p, "articles", content_articles(p));
    give(p, "linklists", content_linklists(p));
    if (goods_recommendations(p, &v)) give(p, "recommendations", v);
    const struct liquid_value *collection = liquid_map_get(p->data, S("collection"));
    if (collection) give(p, "current_tags", goods_current_tags(*collection));
    give_visitor(p);
    give_texts(p);
}
