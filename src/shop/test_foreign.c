// SPDX-License-Identifier: Apache-2.0
// A theme that is not ours, published in a real shop: what its templates read of objects, filters
// and tags is what the shop holds. Written as authors of themes write, in Shopify's names.
#include "mod/themes/run.h"
#include "shop/test_seed.h"

#define LAYOUT                                                                                     \
    "<!doctype html><html lang=\"{{ request.locale.iso_code }}\"><head>"                           \
    "{{ content_for_header }}</head><body>{{ content_for_layout }}"                                \
    "<footer>{% for n in (1..1) %}{{ shop.name }}{% endfor %}"                                     \
    "{% unless page_title == nil %}[page_title]{% endunless %}"                                    \
    "{% unless canonical_url == nil %}[canonical_url]{% endunless %}"                              \
    "{% unless content_for_header == nil %}[content_for_header]{% endunless %}"                    \
    "{% unless content_for_layout == nil %}[content_for_layout]{% endunless %}"                    \
    "{% unless country_option_tags == nil %}[country_option_tags]{% endunless %}"                  \
    "{% unless all_country_option_tags == nil %}[all_country_option_tags]{% endunless %}"          \
    "{% unless current_page == nil %}[current_page]{% endunless %}"                                \
    "{% unless powered_by_link == nil %}[powered_by_link]{% endunless %}"                          \
    "{% unless settings == nil %}[settings]{% endunless %}"                                        \
    "{% unless handle == nil %}[handle]{% endunless %}"                                            \
    "{% unless page_description == nil %}[page_description]{% endunless %}"                        \
    "</footer></body></html>"

#define PRODUCT                                                                                    \
    "{{ 'base.css' | asset_url | stylesheet_tag }}"                                                \
    "<h1>{{ product.title | escape }}</h1>"                                                        \
    "<p id=price>{{ product.price | money }}|{{ product.price | money_with_currency }}</p>"        \
    "{% form 'product', product, class: 'buy' %}<input name=id value=\"{{ "                        \
    "product.selected_or_first_available_variant.id }}\">{% endform %}"                            \
    "<script type=\"application/json\" id=json>{{ product | json }}</script>"                      \
    "<script type=\"application/ld+json\">{{ product | structured_data }}</script>"                \
    "<a href=\"{{ product.url | within: collections['bad'] }}\">x</a>"                             \
    "{% for v in product.variants %}<i>{{ v.title }}={{ v.price | money_without_currency "         \
    "}}</i>{% endfor %}"                                                                           \
    "{{ product.vendor | link_to_vendor }}{{ 'product-1' | placeholder_svg_tag }}"                 \
    "{{ 'buy.now' | t: count: 2 }}"                                                                \
    "<q>{{ 'inter_n4' | font_url }}</q>"

#define COLLECTION                                                                                 \
    "{% paginate collection.products by 1 %}{% for p in collection.products %}<b>{{ p.title }}"    \
    "</b>{% endfor %}{{ paginate.pages }} pages {{ paginate | default_pagination }}"               \
    "{% endpaginate %}{{ collection.url | sort_by: 'price-ascending' }}"

#define CART                                                                                       \
    "{% form 'cart', cart %}{{ cart.item_count | pluralize: 'thing', 'things' }}{% endform %}"     \
    "<script type=\"application/json\">{{ cart | json }}</script>"

static const struct {
    const char *path, *text;
} files[] = {
    {"assets/base.css", "b{}"},
    {"config/settings_data.json", "{\"current\":{}}"},
    {"config/settings_schema.json",
     "[{\"name\":\"theme_info\",\"theme_name\":\"Far\",\"theme_version\":\"1.0.0\","
     "\"theme_author\":\"Someone\",\"theme_documentation_url\":\"https://far.example\","
     "\"theme_support_url\":\"https://far.example\"}]"},
    {"layout/theme.liquid", LAYOUT},
    {"locales/de.json", "{\"buy\":{\"now\":{\"one\":\"Eins\",\"other\":\"{{ count }} Stück\"}}}"},
    {"locales/en.default.json",
     "{\"buy\":{\"now\":{\"one\":\"One\",\"other\":\"{{ count }} pcs\"}}}"},
    {"templates/cart.liquid", CART},
    {"templates/collection.liquid", COLLECTION},
    {"templates/index.liquid", "{{ 'now' | date: '%Y' }}"},
    {"templates/product.liquid", PRODUCT},
};

static void publish(struct seed *s) {
    struct theme_file *v = ARENA_ARRAY(&s->t.arena, struct theme_file, ARRAY_LEN(files));
    struct theme_findings findings = {.arena = &s->t.arena};
    struct themes_work w = {.name = S("Far"), .findings = &findings};
    struct err err = {0};
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        v[i] = (struct theme_file){str_c(files[i].path), str_c(files[i].text)};
    assert_ok(theme_files_of(&s->t.arena, v, ARRAY_LEN(files), &w.files, &err), &err);
    struct ctx *c = test_ctx(&s->t);
    assert_ok(themes_run(c, THEMES_ADD, &w), &c->err);
    c = test_ctx(&s->t);
    bool ok = themes_run(c, THEMES_PUBLISH, &w);
    for (size_t i = 0; i < findings.n && !ok; i++)
        print_error(STR_FMT ":%d: " STR_FMT "\n", STR_ARG(findings.v[i].file), findings.v[i].line,
                    STR_ARG(findings.v[i].message));
    assert_ok(ok, &c->err);
}

static void shows_globals(void **state) {
    (void)state;
    static const char *const given[] = {
        "[page_title]",
        "[canonical_url]",
        "[content_for_header]",
        "[content_for_layout]",
        "[country_option_tags]",
        "[all_country_option_tags]",
        "[current_page]",
        "[powered_by_link]",
        "[settings]",
        "[handle]",
        "<html lang=\"de\">",
    };
    struct seed s;
    seed_open(&s);
    publish(&s);
    struct test_response r = test_get(&s.t, "/products/seife");
    assert_int_equal(r.status, 200);
    for (size_t i = 0; i < ARRAY_LEN(given); i++) assert_shows(r, given[i]);
    seed_close(&s);
}

static void shows_a_product(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    publish(&s);
    struct test_response r = test_get(&s.t, "/products/seife");
    assert_shows(r, "base.css\" rel=\"stylesheet\" type=\"text/css\" media=\"all\">");
    assert_shows(r, "<h1>Seife &lt;Salbei&gt;</h1>");
    assert_shows(r, "<p id=price>9,90\u00a0€|9,90\u00a0€ EUR</p>");
    assert_shows(r, "<form method=\"post\" action=\"/cart/add\"");
    assert_shows(r, "class=\"buy\"");
    assert_shows(r, "\"title\":\"Seife \\u003cSalbei\\u003e\"");
    assert_shows(r, "\"variants\":[{\"id\":");
    assert_shows(r, "\"@type\":\"ProductGroup\"");
    assert_shows(r, "\"price\":\"9.90\"");
    assert_shows(r, "href=\"/collections/bad/products/seife\"");
    assert_shows(r, "<i>Groß=19,90</i>");
    assert_shows(r, "<a href=\"/collections/vendors?q=Brand\" title=\"Brand\">Brand</a>");
    assert_shows(r, "<svg class=\"placeholder-svg\"");
    assert_shows(r, "2 Stück");
    struct str font = after(&s.t, r.body, "<q>", '<');
    r = test_get(&s.t, arena_cstr(&s.t.arena, font));
    assert_int_equal(r.status, 200);
    r = test_get(&s.t, "/en/products/seife");
    assert_shows(r, "<html lang=\"en\">");
    assert_shows(r, "2 pcs");
    assert_shows(r, "href=\"/en/collections/bad/products/seife\"");
    seed_close(&s);
}

static void shows_lists_and_the_cart(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    publish(&s);
    struct test_response r = test_get(&s.t, "/collections/all");
    assert_int_equal(r.status, 200);
    assert_shows(r,
                 "2 pages <span class=\"page current\">1</span> <span class=\"page\"><a href=\"");
    assert_shows(r, "/collections/all?sort_by=price-ascending");
    r = test_get(&s.t, "/cart");
    assert_int_equal(r.status, 200);
    assert_shows(r, "things");
    assert_shows(r, "\"item_count\":0,\"items\":[]");
    r = test_get(&s.t, "/");
    assert_shows(r, "2026");
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_globals),
        cmocka_unit_test(shows_a_product),
        cmocka_unit_test(shows_lists_and_the_cart),
    };
    return TEST_GROUP(tests);
}
