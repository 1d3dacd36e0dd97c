// SPDX-License-Identifier: Apache-2.0
// Goods as templates see them: what they say, what they cost in queries, what happens when the
// database fails.
#include "db/fault.h"
#include "mod/catalog/catalog.h"
#include "mod/price/price.h"
#include "shop/object/goods.h"
#include "shop/test_seed.h"

struct view { // a page that a test looks at
    struct seed s;
    struct page p;
    struct request rq;
    struct response rs;
};

static void look(struct view *v, const char *path, const char *query) {
    struct ctx *c = test_ctx(&v->s.t);
    struct err err = {0};
    v->rq = (struct request){.arena = c->arena, .method = HTTP_GET, .path = str_c(path)};
    assert_ok(request_parse_query(&v->rq, str_c(query), &err), &err);
    v->rs = response_new(c->arena);
    page_open(&v->p, c, &v->rq, &v->rs);
}

static struct str write_with(struct view *v, const char *name, struct liquid_value value,
                             const char *text) {
    struct ctx *c = v->p.c;
    const struct liquid_template *t;
    struct buf b = buf_new(c->arena, 0);
    struct liquid_map *globals = liquid_map_new(c->arena);
    struct err err = {0};
    liquid_set(globals, name, value);
    liquid_set(globals, "collections", goods_collections(&v->p));
    liquid_set(globals, "all_products", goods_all_products(&v->p));
    assert_ok(liquid_compile(c->arena, str_c(text), &(struct liquid_options){.autoescape = true},
                             &t, NULL, &err),
              &err);
    struct liquid_render_in in = {
        .arena = c->arena, .globals = globals, .now = c->now, .raise = true};
    assert_ok(liquid_render(t, &in, &b, &err), &err);
    return arena_str(c->arena, buf_str(&b));
}
#define assert_text(value, expected)                                                               \
    assert_string_equal(arena_cstr(v.p.c->arena, (value)), expected)

static struct liquid_value product(struct view *v, const char *handle) {
    struct liquid_value out;
    assert_ok(goods_product(&v->p, str_c(handle), &out), &v->p.c->err);
    return out;
}

static void begin(struct view *v) {
    seed_open(&v->s);
    look(v, "/", "");
}

static void tells_a_product(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct liquid_value soap = product(&v, "seife");
    assert_text(write_with(&v, "p", soap,
                           "{{ p.title }}|{{ p.handle }}|{{ p.vendor }}|{{ p.url }}|"
                           "{{ p.description }}|{{ p.price }}|{{ p.price_max }}|"
                           "{{ p.price_varies }}|{{ p.available }}|{{ p.variants.size }}|"
                           "{{ p.has_only_default_variant }}|{{ p.options | join: ',' }}"),
                "Seife &lt;Salbei&gt;|seife|Brand|/products/seife|<p>Aus <b>Oliven</b>.</p>|990|"
                "1990|true|true|2|false|Größe");
    assert_text(write_with(&v, "p", soap,
                           "{{ p.attributes[0].label }}={{ p.attributes[0].value }}|"
                           "{{ p.metafields.custom.material.value | join: '+' }}|"
                           "{{ p.metafields.custom.material.type }}|{{ p.manufacturer.name }}|"
                           "{{ p.safety_text }}"),
                "Material=Olive, Salbei|Olive+Salbei|list.single_line_text_field|Sudhaus GmbH|"
                "Nicht in die Augen.");
    assert_int_equal(product(&v, "geheim").type, LIQUID_NIL); // a draft
    assert_int_equal(product(&v, "nichts").type, LIQUID_NIL);
    seed_close(&v.s);
}

// PAngV § 11: what stands beside a price as a former one is the lowest of the 30 days before.
static void tells_lawful_prices(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    assert_text(write_with(&v, "p", product(&v, "seife"),
                           "{{ p.compare_at_price }}|{{ p.sale_percent }}|"
                           "{{ p.variants[0].compare_at_price }}|"
                           "{{ p.variants[1].compare_at_price }}|"
                           "{{ p.variants[0].lowest_price_30_days }}|"
                           "{{ p.variants[0].unit_price }}|"
                           "{{ p.variants[0].unit_price_measurement.quantity_value }}"
                           "{{ p.variants[0].unit_price_measurement.quantity_unit }}/"
                           "{{ p.variants[0].unit_price_measurement.reference_unit }}"),
                "1290|23|1290||1290|12375|80g/kg");
    assert_text(write_with(&v, "p", product(&v, "flasche"),
                           "{{ p.compare_at_price }}|{{ p.variants[0].title }}|"
                           "{{ p.has_only_default_variant }}|{{ p.variants[0].inventory_low }}|"
                           "{{ p.variants[0].option1 }}"),
                "|Default Title|true|true|Default Title");
    seed_close(&v.s);
}

static void chooses_variants(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    static const char text[] =
        "{{ p.selected_or_first_available_variant.title }}|{{ p.selected_variant.title }}|"
        "{% for v in p.options_with_values[0].values %}{{ v }}{% if v.selected %}*{% endif %}"
        "{% unless v.available %}-{% endunless %}:{{ v.variant.id }} {% endfor %}|"
        "{{ p.options_with_values[0].selected_value }}|{{ p.options_by_name['Größe'].position }}";
    assert_text(write_with(&v, "p", product(&v, "seife"), text),
                arena_fmt(v.p.c->arena, "Klein||Klein*:%lld Groß:%lld |Klein|1",
                          (long long)v.s.soap_small, (long long)v.s.soap_large)
                    .p);
    seed_stock(&v.s, v.s.soap_small, 0);
    look(&v, "/products/seife", "");
    assert_text(write_with(&v, "p", product(&v, "seife"), text),
                arena_fmt(v.p.c->arena, "Groß||Klein-:%lld Groß*:%lld |Groß|1",
                          (long long)v.s.soap_small, (long long)v.s.soap_large)
                    .p);
    struct liquid_value out;
    bool found;
    look(&v, "/products/seife",
         arena_fmt(v.p.c->arena, "variant=%lld", (long long)v.s.soap_small).p);
    assert_ok(goods_product_page(&v.p, S("seife"), &out, &found), &v.p.c->err);
    assert_true(found);
    assert_text(write_with(&v, "p", out, text),
                arena_fmt(v.p.c->arena, "Klein|Klein|Klein*-:%lld Groß:%lld |Klein|1",
                          (long long)v.s.soap_small, (long long)v.s.soap_large)
                    .p);
    look(&v, "/products/seife", arena_fmt(v.p.c->arena, "variant=%lld", (long long)v.s.bottle).p);
    assert_ok(goods_product_page(&v.p, S("seife"), &out, &found), &v.p.c->err);
    assert_false(found);
    seed_close(&v.s);
}

static void speaks_english(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    v.p.c->lang = LANG_EN;
    assert_text(write_with(&v, "p", product(&v, "seife"),
                           "{{ p.title }}|{{ p.url }}|{{ p.variants[1].title }}|"
                           "{{ p.options | first }}|{{ p.variants[0].url | split: '?' | first }}"),
                "Sage soap|/en/products/seife|Large|Size|/en/products/seife");
    seed_close(&v.s);
}

static void speaks_json(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct str product_text = write_with(&v, "p", product(&v, "seife"), "{{ p | json }}");
    struct json j;
    assert_ok(json_parse(v.p.c->arena, product_text, &j, &v.p.c->err), &v.p.c->err);
    assert_int_equal(json_int(&j, "price", 0), 990);
    assert_text(json_text(&j, "title"), "Seife <Salbei>");
    assert_int_equal(str_find_char(product_text, '<'), STR_NONE);
    assert_int_equal(json_path(&j, "variants")->n, 2);
    assert_text(write_with(&v, "p", product(&v, "seife"), "{{ p.options_with_values | json }}"),
                "[{\"name\":\"Größe\",\"position\":1,\"values\":[\"Klein\",\"Groß\"]}]");
    assert_true(str_starts(write_with(&v, "p", product(&v, "seife"),
                                      "{{ p.selected_or_first_available_variant | json }}"),
                           S("{\"id\":")));
    seed_close(&v.s);
}

static void tells_collections(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    assert_text(write_with(&v, "x", liquid_nil(),
                           "{{ collections.bad.title }}|{{ collections['bad'].url }}|"
                           "{{ collections.bad.products_count }}|"
                           "{{ collections.bad.products[0].title | escape }}|"
                           "{{ collections.all.all_products_count }}|{{ collections.size }}|"
                           "{{ collections.nichts.title }}|{{ all_products['flasche'].title }}|"
                           "{{ collections.bad.default_sort_by }}|"
                           "{% for c in collections %}{{ c.handle }}{% endfor %}|"
                           "{{ collections.bad.sort_options.size }}"),
                "Bad|/collections/bad|1|Seife &lt;Salbei&gt;|2|1||Flasche|manual|bad|7");
    seed_close(&v.s);
}

static void orders_and_filters(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct liquid_value all;
    static const char list[] = "{% for p in c.products %}{{ p.handle }} {% endfor %}"
                               "{{ c.products_count }}/{{ c.all_products_count }}";
    static const struct {
        const char *query, *products;
    } cases[] = {
        {"sort_by=price-ascending", "seife flasche 2/2"},
        {"sort_by=price-descending", "flasche seife 2/2"},
        {"sort_by=title-ascending", "flasche seife 2/2"},
        {"sort_by=title-descending", "seife flasche 2/2"},
        {"sort_by=created-ascending", "flasche seife 2/2"}, // made in the same moment
        {"filter.v.price.gte=20", "flasche 1/2"},
        {"filter.v.price.lte=12.50", "seife 1/2"},
        {"filter.p.vendor=Brand", "seife 1/2"},
        {"filter.p.vendor=Brand&filter.v.price.gte=20", "0/2"},
        {"filter.v.option.gr%C3%B6%C3%9Fe=Gro%C3%9F", "seife 1/2"},
        {"filter.v.availability=1", "flasche seife 2/2"},
        {"filter.v.availability=0", "0/2"},
        {"filter.x.unknown=1", "flasche seife 2/2"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        look(&v, "/collections/all", cases[i].query);
        assert_ok(goods_collection_page(&v.p, S("all"), (struct str){0}, &all), &v.p.c->err);
        assert_text(write_with(&v, "c", all, list), cases[i].products);
    }
    seed_close(&v.s);
}

static void shows_filters(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct liquid_value all;
    look(&v, "/collections/all", "filter.v.option.grosse=Klein&sort_by=title-ascending&page=2");
    assert_ok(goods_collection_page(&v.p, S("all"), (struct str){0}, &all), &v.p.c->err);
    assert_text(write_with(&v, "c", all,
                           "{% for f in c.filters %}{{ f.type }} {{ f.param_name }}:"
                           "{% for x in f.values %} {{ x.label }}={{ x.count }}"
                           "{% if x.active %}*{% endif %}{% endfor %} {{ f.range_max }};"
                           "{% endfor %}"),
                "price_range filter.v.price: 2490;"
                "list filter.v.option.grosse: Klein=1* Groß=1 ;");
    assert_text(write_with(&v, "c", all,
                           "{{ c.filters[1].values[0].url_to_remove }}|"
                           "{{ c.filters[1].values[1].url_to_add }}|{{ c.sort_by }}|"
                           "{{ c.products[0].url | split: '=' | first }}"),
                "/collections/all?sort_by=title-ascending|/collections/all?"
                "filter.v.option.grosse=Klein&amp;sort_by=title-ascending&amp;"
                "filter.v.option.grosse=Gro%C3%9F|title-ascending|/products/seife?variant");
    seed_close(&v.s);
}

static bool add_tagged(struct ctx *c, void *self, bool *keep) {
    static const struct variant_draft only[] = {{.sku = S_INIT("T")}};
    static const struct str tags[] = {S_INIT("Neue Ware"), S_INIT("Bio")};
    struct product_draft d = {.handle = S("tuch"),
                              .title = {.text = {[LANG_DE] = S("Tuch")}},
                              .kind = S("Textil"),
                              .status = S("active"),
                              .tax_category = S("standard"),
                              .variants = only,
                              .variant_count = 1,
                              .tags = tags,
                              .tag_count = ARRAY_LEN(tags)};
    struct product_saved saved;
    (void)keep;
    (void)self;
    TRY(product_save(c, &d, &saved));
    struct price_set price = {.variant_id = saved.variant_ids[0], .cur = EUR, .amount = 500};
    return price_set(c, &price, NULL);
}

static void obeys_tags(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct ctx *c = test_ctx(&v.s.t);
    assert_ok(tx_run(c, add_tagged, NULL), &c->err);
    static const struct {
        const char *handle, *tags, *query, *products;
    } cases[] = {
        {"all", "neue-ware", "", "tuch 1/3 Neue Ware"},
        {"all", "neue-ware+bio", "", "tuch 1/3 Neue Ware,Bio"},
        {"all", "Bio", "", "tuch 1/3 Bio"},
        {"all", "bio+gibt-es-nicht", "", "0/3 Bio"},
        {"all", "bio", "filter.v.price.gte=100", "0/3 Bio"},
        {"types", "", "q=textil", "tuch 1/1 "},
        {"vendors", "", "q=BRAND", "seife 1/1 "},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct liquid_value all;
        look(&v, "/collections/all", cases[i].query);
        assert_ok(goods_collection_page(&v.p, str_c(cases[i].handle), str_c(cases[i].tags), &all),
                  &v.p.c->err);
        assert_text(write_with(&v, "c", all,
                               "{% for p in c.products %}{{ p.handle }} {% endfor %}"
                               "{{ c.products_count }}/{{ c.all_products_count }} "
                               "{{ c.tags | join: ',' }}"),
                    cases[i].products);
    }
    seed_close(&v.s);
}

static bool paint(struct ctx *c, void *self, bool *keep) {
    const struct swatch_draft d = {
        .option_name = S("Größe"), .value = S("Klein"), .color = str_c(self)};
    enum swatch_verdict v;
    (void)keep;
    TRY(swatch_save(c, &d, &v));
    assert_int_equal(v, str_eq(d.color, S("red")) ? SWATCH_BAD_COLOR : SWATCH_SAVED);
    return true;
}

static void shows_swatches(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    static const char text[] = "{% for x in p.options_with_values[0].values %}{{ x.swatch.color }},"
                               "{% endfor %}";
    static const char filter[] = "{% for f in c.filters %}{{ f.presentation }}="
                                 "{{ f.values[0].swatch.color }} {% endfor %}";
    struct ctx *c = test_ctx(&v.s.t);
    assert_ok(tx_run(c, paint, (char *)"red"), &c->err);
    assert_ok(tx_run(c, paint, (char *)"#9caf88"), &c->err);
    look(&v, "/collections/all", "");
    struct liquid_value all;
    assert_ok(goods_collection_page(&v.p, S("all"), (struct str){0}, &all), &v.p.c->err);
    assert_text(write_with(&v, "p", product(&v, "seife"), text), "#9caf88,,");
    assert_text(write_with(&v, "c", all, filter), "= swatch=#9caf88 ");
    c = test_ctx(&v.s.t);
    assert_ok(tx_run(c, paint, (char *)""), &c->err); // taken away
    look(&v, "/", "");
    assert_text(write_with(&v, "p", product(&v, "seife"), text), ",,");
    seed_close(&v.s);
}

static void searches(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct liquid_value s;
    look(&v, "/search", "q=seife+salbei");
    assert_ok(goods_search(&v.p, &s), &v.p.c->err);
    assert_text(write_with(&v, "s", s,
                           "{{ s.performed }}|{{ s.terms }}|{{ s.results_count }}|"
                           "{{ s.results[0].handle }}|{{ s.default_sort_by }}"),
                "true|seife salbei|1|seife|relevance");
    look(&v, "/search", "q=widerruf&type=page");
    assert_ok(goods_search(&v.p, &s), &v.p.c->err);
    assert_text(write_with(&v, "s", s, "{{ s.results_count }}|{{ s.results[0].url }}"),
                "1|/pages/widerruf");
    look(&v, "/search/suggest", "q=se&resources[type]=product,collection");
    assert_ok(goods_predictive(&v.p, &s), &v.p.c->err);
    assert_text(write_with(&v, "s", s,
                           "{{ s.performed }}|{{ s.resources.products.size }}|"
                           "{{ s.resources.products[0].handle }}|{{ s.resources.pages.size }}"),
                "true|1|seife|0");
    look(&v, "/recommendations/products",
         arena_fmt(v.p.c->arena, "product_id=%lld&limit=4", (long long)v.s.soap).p);
    assert_ok(goods_recommendations(&v.p, &s), &v.p.c->err);
    assert_text(write_with(&v, "s", s, "{{ s.performed? }}|{{ s.products_count }}"), "true|1");
    seed_close(&v.s);
}

// ---- cost

// window: as {% paginate %} asks for it; 0: none. cold: nothing was read before.
static int64_t calls_of(struct view *v, int64_t window, bool cold, const char *text) {
    struct liquid_value all, products;
    look(v, "/collections/all", "");
    struct kept *kept = v->s.t.shop.kept;
    if (cold) v->s.t.shop.kept = NULL;
    db_fault_arm(v->s.t.shop.pool, DB_FAULT_ERROR, INT64_MAX);
    assert_ok(goods_collection_page(&v->p, S("all"), (struct str){0}, &all), &v->p.c->err);
    assert_ok(liquid_get(v->p.c->arena, all, S("products"), &products, &v->p.c->err), &v->p.c->err);
    theme_list_window(theme_list_of(products), 0, window);
    write_with(v, "c", all, text);
    int64_t n = db_fault_calls(v->s.t.shop.pool);
    db_fault_arm(v->s.t.shop.pool, DB_FAULT_ERROR, 0);
    v->s.t.shop.kept = kept;
    return n;
}

static struct liquid_value all_of(struct view *v) {
    struct liquid_value all;
    look(v, "/collections/all", "");
    assert_ok(goods_collection(&v->p, S("all"), &all), &v->p.c->err);
    return all;
}

static const char greedy[] =
    "{% for p in c.products %}{{ p.title }}{{ p.price }}{{ p.featured_image.src }}"
    "{{ p.images.size }}{{ p.options_with_values[0].values[0].swatch.color }}{{ p.tags }}"
    "{{ p.badges.size }}{{ p.description }}{{ p.variants[0].title }}{% endfor %}";

static bool add_more(struct ctx *c, void *self, bool *keep) {
    static const struct variant_draft only[] = {{.sku = S_INIT("X")}};
    (void)keep;
    (void)self;
    for (int i = 0; i < 30; i++) {
        struct product_draft d = {.handle = arena_fmt(c->arena, "mehr-%d", i),
                                  .title = {.text = {[LANG_DE] = S("Mehr")}},
                                  .status = S("active"),
                                  .tax_category = S("standard"),
                                  .variants = only,
                                  .variant_count = 1};
        struct product_saved saved;
        TRY(product_save(c, &d, &saved));
        struct price_set price = {.variant_id = saved.variant_ids[0], .cur = EUR, .amount = 100};
        TRY(price_set(c, &price, NULL));
    }
    return true;
}

static void costs_the_same(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    int64_t few = calls_of(&v, 50, true, greedy);
    int64_t card = calls_of(&v, 50, true,
                            "{% for p in c.products %}{{ p.title }}{{ p.price }}"
                            "{{ p.featured_image.src }}{{ p.available }}{% endfor %}");
    struct ctx *c = test_ctx(&v.s.t);
    assert_ok(tx_run(c, add_more, NULL), &c->err);
    int64_t many = calls_of(&v, 50, true, greedy);
    assert_int_equal(few, many); // 2 products or 32
    assert_int_equal(many, 8);   // list, rows, variants, media, options, facts, badges, details
    assert_int_equal(card, 3);   // list, rows, variants
    assert_int_equal(
        calls_of(&v, 0, true, "{% for p in c.products limit: 4 %}{{ p.price }}{% endfor %}"),
        3); // the first few
    assert_int_equal(calls_of(&v, 0, true, "{% for p in c.products %}{{ p.price }}{% endfor %}"),
                     6);
    assert_text(
        write_with(&v, "c", all_of(&v),
                   "{% for p in c.products %}{{ p.id }} {% endfor %}"
                   "{{ c.products.size }}"),
        "33 32 31 30 29 28 27 26 25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 "
        "2 1 32");
    seed_close(&v.s);
}

// What was read is kept until somebody changes it.
static void keeps_what_it_read(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    static const char text[] =
        "{% for p in c.products %}{{ p.price }},{{ p.available }} {% endfor %}"
        "{{ c.filters.size }}";
    calls_of(&v, 50, false, text);
    assert_int_equal(calls_of(&v, 50, false, text), 0);
    assert_text(write_with(&v, "c", all_of(&v), text), "2490,true 990,true 0");
    seed_price(&v.s, v.s.bottle, 1500);
    assert_text(write_with(&v, "c", all_of(&v), text), "1500,true 990,true 0");
    seed_stock(&v.s, v.s.bottle, 0);
    assert_text(write_with(&v, "c", all_of(&v), text), "1500,false 990,true 0");
    struct ctx *c = test_ctx(&v.s.t);
    assert_ok(tx_run(c, add_tagged, NULL), &c->err);
    assert_text(write_with(&v, "c", all_of(&v), text), "500,true 1500,false 990,true 0");
    v.p.c->lang = LANG_EN;
    look(&v, "/", "");
    v.p.c->lang = LANG_EN;
    assert_text(write_with(&v, "p", product(&v, "seife"), "{{ p.title }}"), "Sage soap");
    seed_close(&v.s);
}

// A database that fails at any call: an error of the render, never a page with wrong goods.
static void fails_cleanly(void **state) {
    (void)state;
    struct view v;
    begin(&v);
    struct kept *kept = v.s.t.shop.kept;
    v.s.t.shop.kept = NULL;
    for (int64_t n = 1;; n++) {
        struct liquid_value all = liquid_nil();
        look(&v, "/collections/all", "filter.v.availability=1");
        struct ctx *c = v.p.c;
        const struct liquid_template *t;
        struct buf b = buf_new(c->arena, 0);
        struct liquid_map *globals = liquid_map_new(c->arena);
        struct err err = {0};
        assert_ok(
            liquid_compile(c->arena, str_c(greedy), &(struct liquid_options){0}, &t, NULL, &err),
            &err);
        db_fault_arm(v.s.t.shop.pool, DB_FAULT_ERROR, n);
        bool ok = goods_collection_page(&v.p, S("all"), (struct str){0}, &all);
        liquid_set(globals, "c", all);
        struct liquid_render_in in = {.arena = c->arena, .globals = globals, .raise = true};
        ok = ok && liquid_render(t, &in, &b, &err);
        bool fired = db_fault_fired(v.s.t.shop.pool);
        db_fault_arm(v.s.t.shop.pool, DB_FAULT_ERROR, 0);
        assert_int_equal(ok, !fired);
        if (!fired) break;
        assert_true(n < 50);
    }
    v.s.t.shop.kept = kept;
    test_ctx(&v.s.t);
    seed_close(&v.s);
}

static void tables_are_sound(void **state) {
    (void)state;
    for (const struct theme_kind *const *k = goods_kinds; *k; k++)
        for (size_t i = 0; i < (*k)->prop_count; i++) {
            const struct theme_prop *p = &(*k)->props[i];
            assert_true((p->get != NULL) != (p->because != NULL));
            assert_true(i == 0 || strcmp((*k)->props[i - 1].name, p->name) < 0);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_a_product),    cmocka_unit_test(tells_lawful_prices),
        cmocka_unit_test(chooses_variants),   cmocka_unit_test(speaks_english),
        cmocka_unit_test(tells_collections),  cmocka_unit_test(speaks_json),
        cmocka_unit_test(orders_and_filters), cmocka_unit_test(shows_filters),
        cmocka_unit_test(searches),           cmocka_unit_test(shows_swatches),
        cmocka_unit_test(obeys_tags),         cmocka_unit_test(costs_the_same),
        cmocka_unit_test(keeps_what_it_read), cmocka_unit_test(fails_cleanly),
        cmocka_unit_test(tables_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
