// SPDX-License-Identifier: Apache-2.0
#include "content_sql.h"
#include "core/settings.h"
#include "core/testing.h"
#include "mod/content/content.h"

struct saving {
    struct page_draft d;
    int64_t id, version;
};
static bool save_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct saving *s = self;
    return page_save(c, &s->d, &s->id, &s->version);
}
static struct saving save(struct test_shop *t, struct page_draft d) {
    struct saving s = {.d = d};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, save_body, &s), &c->err);
    return s;
}

static void test_markdown(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"# A\n\ntext", "<h1>A</h1>\n<p>text</p>\n"},
        {"a <script>x</script> b",
         "<p>a <!-- raw HTML omitted -->x<!-- raw HTML omitted --> b</p>\n"},
        {"[x](javascript:alert(1))", "<p><a href=\"\">x</a></p>\n"},
        {"[x](https://e.example)", "<p><a href=\"https://e.example\">x</a></p>\n"},
        {"|a|\n|-|\n|1|\n", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</"
                            "thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"},
        {"", ""},
    };
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct err err = {0};
        struct str html;
        assert_ok(markdown_html(&a, str_c(cases[i][0]), &html, &err), &err);
        assert_str(html, cases[i][1]);
    }
    arena_done(&a);
}

static void test_versions(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&content_module)});
    struct page_draft d = {
        .handle = S("agb"), .title = S("AGB"), .source = S("Eins"), .lang = LANG_DE};
    assert_int_equal(save(&t, d).version, 1);
    assert_int_equal(save(&t, d).version, 1);
    d.source = S("Zwei, {{ shop.name }}, {{shop.nothing}}, {{ shop.name");
    assert_int_equal(save(&t, d).version, 2);
    struct page_text p;
    struct ctx *c = test_ctx(&t);
    c->lang = LANG_EN;
    assert_ok(page_get(c, S("agb"), &p), &c->err);
    assert_true(p.found);
    assert_int_equal(p.lang, LANG_DE); // no English text yet
    assert_str(p.html, "<p>Zwei, Kontor, {{shop.nothing}}, {{ shop.name</p>\n");
    save(&t, (struct page_draft){
                 .handle = S("agb"), .title = S("Terms"), .source = S("One"), .lang = LANG_EN});
    c = test_ctx(&t);
    c->lang = LANG_EN;
    assert_ok(page_get(c, S("agb"), &p), &c->err);
    assert_str(p.title, "Terms");
    struct str json;
    assert_ok(page_versions_json(c, &json), &c->err);
    assert_str(json, "{\"agb\":1}");
    assert_ok(page_get(c, S("nowhere"), &p), &c->err);
    assert_false(p.found);
    test_shop_close(&t);
}

static void test_refusals(void **state) {
    (void)state;
    static const struct {
        struct page_draft d;
        const char *field;
    } cases[] = {
        {{.title = S_INIT("x")}, "handle"},
        {{.handle = S_INIT("A b"), .title = S_INIT("x")}, "handle"},
        {{.handle = S_INIT("a"), .title = S_INIT(" ")}, "title"},
        {{.handle = S_INIT("a"), .title = S_INIT("x"), .source = S_INIT("\xff")}, "source"}};
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = TEST_MODULES(&content_module)});
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct saving s = {.d = cases[i].d};
        struct ctx *c = test_ctx(&t);
        assert_false(tx_run(c, save_body, &s));
        assert_string_equal(c->err.field, cases[i].field);
    }
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_refusals),
    };
    return TEST_GROUP(tests);
}
