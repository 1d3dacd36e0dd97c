// SPDX-License-Identifier: Apache-2.0
#include "catalog_sql.h"
#include "core/testing.h"
#include "mod/catalog/catalog.h"
#include "mod/catalog/html_clean.h"
#include "mod/catalog/rule.h"
#include "mod/media/media.h"

#define MODULES TEST_MODULES(&media_module, &catalog_module)
static void shop_open_here(struct test_shop *t) {
    test_shop_open(t, &(struct test_shop_options){.modules = MODULES});
}

static void test_gtin(void **state) {
    (void)state;
    static const char *const good[] = {"4006381333931", "96385074", "036000291452",
                                       "00012345600012"};
    static const char *const bad[] = {"4006381333932", "400638133393", "", "abcdefgh", "96385075"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++) assert_true(gtin_valid(str_c(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) assert_false(gtin_valid(str_c(bad[i])));
}

static void test_html(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"plain text, nothing else ", "plain text, nothing else "},
        {"a & b < c", "a &amp; b &lt; c"},
        {"<p>One<br>two</p>", "<p>One<br>two</p>"},
        {"<script>alert(1)</script><p onclick=\"x()\">hi</p>", "<p>hi</p>"},
        {"<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>"},
        {"<a href=\" java\tscript:alert(1)\">x</a>", "<a>x</a>"},
        {"<a href=\"/pages/a\">x</a>", "<a href=\"/pages/a\">x</a>"},
        {"<img src=\"data:image/png;base64,AA\" alt=\"a\">", "<img alt=\"a\">"},
        {"<custom><b>bold</b></custom>", "<b>bold</b>"},
        {"<svg><script>1</script></svg>text<iframe src=x></iframe>", "text"},
        {"<p>open", "<p>open</p>"},
        {"<td>cell</td>", "<td>cell</td>"},
        {"<ul><li>x</li></ul> ", "<ul><li>x</li></ul> "},
        {"&lt;b&gt;", "&lt;b&gt;"},
        {"<p style=\"x\" class=y id=z title='t\"t'>x</p>", "<p title=\"t&quot;t\">x</p>"},
        {"<!-- c --><p>x</p>", "<p>x</p>"},
        {"</div></body><p>after</p>", "<p>after</p>"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = {0};
        struct str once, twice;
        assert_ok(html_clean(&a, str_c(cases[i][0]), &once, &err), &err);
        assert_str(once, cases[i][1]);
        assert_ok(html_clean(&a, once, &twice, &err), &err);
        assert_strs(twice, once);
    }
    arena_done(&a);
}

static void test_html_limits(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf deep = buf_new(&a, 0);
    struct err err = {0};
    struct str out;
    for (int i = 0; i < 300; i++) buf_put(&deep, S("<b>"));
    assert_false(html_clean(&a, buf_str(&deep), &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    arena_done(&a);
}

static void test_rules(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        int holds; // -1: cannot be read
    } cases[] = {
        {"{\"all\":[{\"field\":\"tag\",\"op\":\"is\",\"value\":\"Vegan\"}]}", 1},
        {"{\"all\":[{\"field\":\"tag\",\"op\":\"is_not\",\"value\":\"vegan\"}]}", 0},
        {"{\"all\":[{\"field\":\"tag\",\"op\":\"is_not\",\"value\":\"leder\"}]}", 1},
        {"{\"all\":[{\"field\":\"title\",\"op\":\"contains\",\"value\":\"BÜRSTE\"}]}", 1},
        {"{\"all\":[{\"field\":\"price\",\"op\":\"lt\",\"value\":\"15.00\"}]}", 1},
        {"{\"all\":[{\"field\":\"price\",\"op\":\"under\",\"value\":\"4.50\"}]}", 0},
        {"{\"all\":[{\"field\":\"compare_at\",\"op\":\"set\",\"value\":true}]}", 0},
        {"{\"any\":[{\"field\":\"weight_g\",\"op\":\"over\",\"value\":1000},{\"field\":\"vendor\","
         "\"op\":\"starts\",\"value\":\"gr\"}]}",
         1},
        {"{\"all\":[{\"field\":\"weight_g\",\"op\":\"over\",\"value\":1000},{\"field\":\"vendor\","
         "\"op\":\"starts\",\"value\":\"gr\"}]}",
         0},
        {"{\"all\":[{\"field\":\"attribute:length_cm\",\"op\":\"over\",\"value\":18}]}", 1},
        {"{\"all\":[{\"field\":\"attribute:material\",\"op\":\"ends\",\"value\":\"bus\"}]}", 1},
        {"{\"all\":[]}", -1},
        {"{\"all\":[{\"field\":\"colour\",\"op\":\"is\",\"value\":\"x\"}]}", -1},
        {"{\"all\":[{\"field\":\"title\",\"op\":\"over\",\"value\":\"x\"}]}", -1},
        {"{\"all\":[{\"field\":\"weight_g\",\"op\":\"is\",\"value\":\"x\"}]}", -1},
        {"{\"all\":[{\"field\":\"price\",\"op\":\"lt\",\"value\":15}]}", -1},
        {"{\"all\":[{\"field\":\"title\",\"op\":\"is\"}]}", -1},
        {"[]", -1},
        {"", -1},
    };
    struct arena a = {0};
    struct str tags[] = {S("vegan"), S("bad")};
    struct attribute_fact attributes[] = {{S("length_cm"), S("19")}, {S("material"), S("bambus")}};
    struct product_facts f = {.title = text_fold(&a, S("Zahnbürste")),
                              .vendor = S("grunhalm"),
                              .weight_g = 18,
                              .tags = tags,
                              .tag_count = 2,
                              .attributes = attributes,
                              .attribute_count = 2,
                              .has_price = true,
                              .price = 4500000};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct collection_rule r;
        struct str why = {0};
        bool ok = rule_parse(&a, str_c(cases[i].rule), &r, &why);
        if (ok != (cases[i].holds >= 0)) print_error("%s\n", cases[i].rule);
        assert_int_equal(ok, cases[i].holds >= 0);
        if (ok)
            assert_int_equal(rule_holds(&r, &f), cases[i].holds);
        else
            assert_true(why.n > 10);
    }
    arena_done(&a);
}

struct saving {
    const struct product_draft *d;
    struct product_saved out;
};
static bool save_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct saving *s = self;
    return product_save(c, s->d, &s->out);
}
static struct product_saved save(struct test_shop *t, const struct product_draft *d) {
    struct saving s = {.d = d};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, save_body, &s), &c->err);
    return s.out;
}

static struct i18n_text de(const char *text) {
    return (struct i18n_text){.text = {[LANG_DE] = str_c(text)}};
}

static void test_save_by_difference(void **state) {
    (void)state;
    struct test_shop t;
    shop_open_here(&t);
    struct product_option_draft options[] = {
        {{.text = {[LANG_DE] = S("Farbe"), [LANG_EN] = S("Colour")}}}};
    struct variant_draft variants[] = {{.values = {de("Rot")}, .sku = S("R")},
                                       {.values = {de("Blau")}, .sku = S("B")}};
    struct str tags[] = {S("x"), S("y"), S("x")};
    struct product_draft d = {
        .title = {.text = {[LANG_DE] = S("Größe Bürste"), [LANG_EN] = S("Brush")}},
        .status = S("active"),
        .options = options,
        .option_count = 1,
        .variants = variants,
        .variant_count = 2,
        .tags = tags,
        .tag_count = 3};
    struct product_saved first = save(&t, &d);
    assert_int_equal(first.verdict, PRODUCT_SAVED);
    assert_true(first.created);
    struct catalog_product_row row;
    bool found;
    struct ctx *c = test_ctx(&t);
    assert_ok(catalog_product_row(&c->db, &(struct catalog_product_row_in){first.id}, &row, &found),
              &c->err);
    assert_str(row.handle, "groesse-buerste");
    assert_true(str_find(row.search_text, S("brush")) != STR_NONE);
    d.handle = row.handle;
    struct product_saved again = save(&t, &d);
    assert_int_equal(again.verdict, PRODUCT_UNCHANGED);
    assert_int_equal(again.id, first.id);
    assert_int_equal(again.variant_ids[1], first.variant_ids[1]);
    variants[1].values[0] = de("Himmelblau"); // found again by its SKU
    struct product_saved third = save(&t, &d);
    assert_int_equal(third.verdict, PRODUCT_SAVED);
    assert_int_equal(third.variant_ids[1], first.variant_ids[1]);
    d.variant_count = 1; // the other is no longer sold
    assert_int_equal(save(&t, &d).verdict, PRODUCT_SAVED);
    d.variant_count = 2;
    struct product_saved back = save(&t, &d);
    assert_int_equal(back.variant_ids[1], first.variant_ids[1]);
    d.version = 1;
    assert_int_equal(save(&t, &d).verdict, PRODUCT_STALE);
    test_shop_close(&t);
}

static void test_refusals(void **state) {
    (void)state;
    struct test_shop t;
    shop_open_here(&t);
    struct product_option_draft options[] = {{de("Farbe")}};
    struct variant_draft one[] = {{.sku = S("1")}},
                         same[] = {{.values = {de("Rot")}}, {.values = {de("Rot")}}};
    struct product_draft ok = {
        .title = de("A"), .handle = S("a"), .variants = one, .variant_count = 1};
    assert_int_equal(save(&t, &ok).verdict, PRODUCT_SAVED);
    struct product_draft d = {.variants = one, .variant_count = 1};
    assert_int_equal(save(&t, &d).verdict, PRODUCT_NO_TITLE);
    d = (struct product_draft){.title = de("B")};
    assert_int_equal(save(&t, &d).verdict, PRODUCT_NO_VARIANT);
    d = (struct product_draft){.title = de("B"),
                               .variants = same,
                               .variant_count = 2,
                               .options = options,
                               .option_count = 1};
    assert_int_equal(save(&t, &d).verdict, PRODUCT_SAME_VALUES);
    d.variants = one;
    d.variant_count = 1;
    assert_int_equal(save(&t, &d).verdict, PRODUCT_VALUES_MISSING);
    d.option_count = 6;
    assert_int_equal(save(&t, &d).verdict, PRODUCT_TOO_MANY);
    d.option_count = 0;
    d.external_ref = S("other:1");
    int64_t b = save(&t, &d).id;
    d = (struct product_draft){.id = b, .handle = S("a"), .variants = one, .variant_count = 1};
    assert_int_equal(save(&t, &d).verdict, PRODUCT_HANDLE_TAKEN);
    one[0].barcode = S("4006381333932");
    struct product_saved bad = save(&t, &ok);
    assert_int_equal(bad.verdict, PRODUCT_BAD_FIELD);
    assert_string_equal(bad.field, "barcode");
    test_shop_close(&t);
}

static void test_many_variants(void **state) {
    (void)state;
    enum { N = 10000 };
    struct test_shop t;
    shop_open_here(&t);
    struct product_option_draft options[] = {{de("A")}, {de("B")}};
    struct variant_draft *variants = ARENA_ARRAY(&t.arena, struct variant_draft, N);
    for (int i = 0; i < N; i++) {
        variants[i].values[0] = de(arena_fmt(&t.arena, "a%d", i / 100).p);
        variants[i].values[1] = de(arena_fmt(&t.arena, "b%d", i % 100).p);
        variants[i].sku = arena_fmt(&t.arena, "S-%d", i);
    }
    struct product_draft d = {.title = de("Viele"),
                              .handle = S("viele"),
                              .options = options,
                              .option_count = 2,
                              .variants = variants,
                              .variant_count = N};
    assert_int_equal(save(&t, &d).verdict, PRODUCT_SAVED);
    assert_int_equal(save(&t, &d).verdict, PRODUCT_UNCHANGED);
    variants[5000].weight_g = 7;
    assert_int_equal(save(&t, &d).verdict, PRODUCT_SAVED);
    test_shop_close(&t);
}

struct collecting {
    const struct collection_draft *d;
    enum collection_verdict verdict;
    int64_t id;
};
static bool collect_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct collecting *s = self;
    return collection_save(c, s->d, &s->verdict, &s->id);
}
static struct collecting collect(struct test_shop *t, const struct collection_draft *d) {
    struct collecting s = {.d = d};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, collect_body, &s), &c->err);
    return s;
}
static size_t member_count(struct test_shop *t, int64_t id) {
    struct catalog_collection_members_rows rows = {0};
    struct ctx *c = test_ctx(t);
    assert_ok(
        catalog_collection_members_all(&c->db, &(struct catalog_collection_members_in){id}, &rows),
        &c->err);
    return rows.n;
}

static void test_collections(void **state) {
    (void)state;
    struct test_shop t;
    shop_open_here(&t);
    struct variant_draft one[] = {{.sku = S("1")}};
    struct str vegan[] = {S("vegan")};
    struct product_draft p = {.title = de("A"),
                              .handle = S("a"),
                              .variants = one,
                              .variant_count = 1,
                              .tags = vegan,
                              .tag_count = 1};
    int64_t id = save(&t, &p).id;
    struct collection_draft rule = {
        .title = de("Vegan"),
        .kind = S("rule"),
        .handle = S("vegan"),
        .rule = S("{\"all\":[{\"field\":\"tag\",\"op\":\"is\",\"value\":\"vegan\"}]}")};
    struct collecting made = collect(&t, &rule);
    assert_int_equal(made.verdict, COLLECTION_SAVED);
    assert_int_equal(member_count(&t, made.id), 1);
    assert_int_equal(collect(&t, &rule).verdict, COLLECTION_UNCHANGED);
    p.tag_count = 0; // the rule no longer holds
    assert_int_equal(save(&t, &p).verdict, PRODUCT_SAVED);
    assert_int_equal(member_count(&t, made.id), 0);
    struct collection_draft hand = {.title = de("Von Hand"), .products = &id, .product_count = 1};
    struct collecting by_hand = collect(&t, &hand);
    assert_int_equal(member_count(&t, by_hand.id), 1);
    rule.rule = S("{}");
    assert_int_equal(collect(&t, &rule).verdict, COLLECTION_BAD_RULE);
    hand = (struct collection_draft){.title = de("x"), .handle = S("vegan"), .id = by_hand.id};
    assert_int_equal(collect(&t, &hand).verdict, COLLECTION_HANDLE_TAKEN);
    hand = (struct collection_draft){.sort = S("title")};
    assert_int_equal(collect(&t, &hand).verdict, COLLECTION_NO_TITLE);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtin),
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_html_limits),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_save_by_difference),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_many_variants),
        cmocka_unit_test(test_collections),
    };
    return TEST_GROUP(tests);
}
