// SPDX-License-Identifier: Apache-2.0
// Pages of small themes: structure, wrappers, groups, blocks, layouts, failures.
#include "theme/test_stage.h"

#define LAYOUT                                                                                     \
    "<html>{{ content_for_header }}{% sections 'head' %}{{ content_for_layout }}"                  \
    "{% section 'foot' %}</html>"

static void small_theme(struct stage *s) {
    stage_begin(s);
    stage_file(s, "layout/theme.liquid", LAYOUT);
    stage_file(s, "layout/plain.liquid", "[{{ content_for_layout }}]");
    stage_file(s, "sections/head.json",
               "/* written by\n hand */ {\"type\": \"header\", \"name\": \"Head\", // note\n"
               "\"sections\": {\"bar\": {\"type\": \"bar\", \"settings\": {\"text\": \"Hi\"}}},"
               "\"order\": [\"bar\"]}");
    stage_file(s, "sections/bar.liquid",
               "{{ section.id }}|{{ section.index }}|{{ section.location }}|"
               "{{ section.settings.text }}{% schema %}{\"name\": \"Bar\", \"tag\": \"header\","
               "\"class\": \"bar\", \"settings\": [{\"type\": \"text\", \"id\": \"text\","
               "\"label\": \"Text\", \"default\": \"none\"}]}{% endschema %}");
    stage_file(s, "sections/foot.liquid", "F:{{ section.id }}{{ section.index }}");
    stage_file(
        s, "sections/hero.liquid",
        "{{ template }}{{ section.settings.title }}{% for block in section.blocks %}"
        "({{ block.type }}:{{ block.settings.t }}:{{ forloop.index }}){% endfor %}"
        "{% render 'who', x: 1 %}{% render block %}{% schema %}{\"name\": \"Hero\", \"settings\": ["
        "{\"type\": \"text\", \"id\": \"title\", \"label\": \"T\", \"default\": \"Std\"}],"
        "\"blocks\": [{\"type\": \"b\", \"name\": \"B\", \"settings\": [{\"type\": \"text\","
        "\"id\": \"t\", \"label\": \"t\", \"default\": \"dt\"}]}]}{% endschema %}");
    stage_file(s, "snippets/who.liquid", "<{{ section.id }}{{ x }}>");
    stage_file(s, "templates/index.json",
               "{\"sections\": {\"a\": {\"type\": \"hero\", \"settings\": {\"title\": \"A<b>\"},"
               "\"blocks\": {\"one\": {\"type\": \"b\", \"settings\": {\"t\": \"1\"}},"
               "\"two\": {\"type\": \"b\"}, \"off\": {\"type\": \"b\", \"disabled\": true}},"
               "\"block_order\": [\"two\", \"off\", \"one\"]},"
               "\"gone\": {\"type\": \"hero\", \"disabled\": true},"
               "\"z\": {\"type\": \"hero\"}}, \"order\": [\"z\", \"gone\", \"a\"]}");
}

static void test_page(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    assert_ok(stage_load(&s), &s.err);
    assert_str(stage_render(&s, "index"),
               "<html><meta name=\"shop\">"
               "<header id=\"shopify-section-sections--head__bar\" class=\"shopify-section "
               "shopify-section-group-head bar\">sections--head__bar|1|header|Hi</header>"
               "<div id=\"shopify-section-template--index__z\" class=\"shopify-section\">"
               "indexStd<template--index__z1></div>"
               "<div id=\"shopify-section-template--index__a\" class=\"shopify-section\">"
               "indexA&lt;b&gt;(b:dt:1)(b:1:2)<template--index__a1></div>"
               "<div id=\"shopify-section-foot\" class=\"shopify-section\">F:foot</div></html>");
    assert_int_equal(s.problems.n, 0);
    assert_int_equal(s.findings.errors, 0);
    stage_done(&s);
}

static void test_section_rendering(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    assert_ok(stage_load(&s), &s.err);
    const char *a = "<div id=\"shopify-section-template--index__a\" class=\"shopify-section\">"
                    "indexA&lt;b&gt;(b:dt:1)(b:1:2)<template--index__a1></div>";
    assert_str(stage_section(&s, "index", "a"), a);
    assert_str(stage_section(&s, "index", "template--index__a"), a);
    assert_str(stage_section(&s, "index", "shopify-section-template--index__a"), a);
    assert_str(stage_section(&s, "index", "sections--head__bar"),
               "<header id=\"shopify-section-sections--head__bar\" class=\"shopify-section "
               "shopify-section-group-head bar\">sections--head__bar||header|Hi</header>");
    assert_str(stage_section(&s, "none", "bar"),
               "<header id=\"shopify-section-sections--head__bar\" class=\"shopify-section "
               "shopify-section-group-head bar\">sections--head__bar||header|Hi</header>");
    assert_str(stage_section(&s, "index", "foot"),
               "<div id=\"shopify-section-foot\" class=\"shopify-section\">F:foot</div>");
    assert_str(stage_section(&s, "index", "gone"), "(none)");
    assert_str(stage_section(&s, "index", "nope"), "(none)");
    stage_done(&s);
}

static void test_layouts(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    stage_file(&s, "templates/page.liquid", "{% layout none %}page {{ template.name }}");
    stage_file(&s, "templates/page.wide.liquid",
               "{% layout 'plain' %}{{ template.suffix }} {{ template.name }} {{ template }}"
               "{% if template == 'page.wide' %}!{% endif %}"
               "{% if template contains 'wide' %}?{% endif %}");
    stage_file(&s, "templates/customers/login.json",
               "{\"layout\": false, \"wrapper\": \"main#Main.a.b[data-x=1]\", \"sections\": {\"m\":"
               "{\"type\": \"foot\"}}, \"order\": [\"m\"]}");
    stage_file(&s, "templates/blog.json",
               "{\"layout\": \"plain\", \"sections\": {}, \"order\": []}");
    stage_file(&s, "templates/cart.json",
               "{\"layout\": \"nope\", \"sections\": {}, \"order\": []}");
    assert_ok(stage_load(&s), &s.err);
    assert_str(stage_render(&s, "page"), "page page");
    assert_str(stage_render(&s, "page.wide"), "[wide page page.wide!?]");
    assert_str(stage_render(&s, "page.other"), "page page");
    assert_str(stage_render(&s, "customers/login"),
               "<main id=\"Main\" data-x=\"1\" class=\"a b\"><div "
               "id=\"shopify-section-template--customers-login__m\" class=\"shopify-section\">"
               "F:template--customers-login__m1</div></main>");
    assert_str(stage_render(&s, "blog"), "[]");
    assert_int_equal(s.problems.n, 0);
    assert_true(stage_render(&s, "cart").n > 20);
    assert_str(s.problems.v[0],
               "layout/nope.liquid:0: There is no such layout; layout/theme.liquid is used.");
    assert_null(stage_render(&s, "search").p);
    assert_int_equal(s.err.code, ERR_NOT_FOUND);
    assert_true(theme_has(s.theme, S("customers/login")));
    assert_false(theme_has(s.theme, S("search")));
    stage_done(&s);
}

#define BLOCK_SCHEMA                                                                               \
    "{% schema %}{\"name\": \"x\", \"class\": \"c\", \"settings\": [{\"type\": \"text\","          \
    "\"id\": \"t\", \"label\": \"t\", \"default\": \"d\"}], \"blocks\": [{\"type\": \"@theme\"}]}" \
    "{% endschema %}"

static void test_blocks(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    stage_file(
        &s, "blocks/text.liquid",
        "{{ block.settings.t }}/{{ section.settings.q }}{% content_for 'blocks' %}" BLOCK_SCHEMA);
    stage_file(&s, "blocks/card.liquid",
               "{{ block.type }}{{ color }}{{ closest.product }}{{ block.settings.t }}"
               "{% schema %}{\"name\": \"x\", \"tag\": null, \"settings\": [{\"type\": \"text\","
               "\"id\": \"t\", \"label\": \"t\", \"default\": \"d\"}]}{% endschema %}");
    stage_file(&s, "sections/free.liquid",
               "{% content_for 'blocks' %}-{% content_for 'block', type: 'card', id: 'k', color: 7,"
               " closest.product: 'P' %}-{% content_for 'block', type: 'card', id: 'other' %}"
               "{% schema %}{\"name\": \"f\", \"settings\": [{\"type\": \"text\", \"id\": \"q\","
               "\"label\": \"q\", \"default\": \"Q\"}], \"blocks\": [{\"type\": \"@theme\"}]}"
               "{% endschema %}");
    stage_file(&s, "templates/page.json",
               "{\"layout\": false, \"sections\": {\"f\": {\"type\": \"free\", \"blocks\": {"
               "\"x\": {\"type\": \"text\", \"blocks\": {\"y\": {\"type\": \"text\", \"settings\":"
               "{\"t\": \"in\"}}}, \"block_order\": [\"y\"]},"
               "\"k\": {\"type\": \"card\", \"static\": true, \"settings\": {\"t\": \"K\"}}},"
               "\"block_order\": [\"x\"]}}, \"order\": [\"f\"]}");
    assert_ok(stage_load(&s), &s.err);
    liquid_set(s.globals, "product", liquid_text(S("page's")));
    assert_str(stage_render(&s, "page"),
               "<div id=\"shopify-section-template--page__f\" class=\"shopify-section\">"
               "<div id=\"shopify-block-template--page__f__x\" class=\"shopify-block c\">d/Q"
               "<div id=\"shopify-block-template--page__f__x__y\" class=\"shopify-block c\">in/Q"
               "</div></div>-card7PK-cardpage&#39;sd</div>");
    assert_int_equal(s.problems.n, 0);
    stage_done(&s);
}

static void test_bundles(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    stage_file(&s, "assets/theme.css", "body{}");
    stage_file(&s, "sections/css.liquid",
               "x{% stylesheet %}\n.a{color:red}\n{% endstylesheet %}"
               "{% javascript %}go(){% endjavascript %}");
    stage_file(&s, "templates/page.liquid",
               "{% layout none %}{% assign f = 'A&B \"x\"' | split: '|' | first %}"
               "{% style %}a{font:{{ f }};content:'</style>'}{% endstyle %}");
    assert_ok(stage_load(&s), &s.err);
    assert_str(stage_render(&s, "page"),
               "<style data-shopify>a{font:A&B \"x\";content:'\\3c /style>'}</style>");
    assert_int_equal(s.page.style_hash_count, 1);
    assert_int_equal(s.page.style_hashes[0].n, 7 + 44);
    struct str url = theme_asset_url(s.theme, &s.a, S("compiled_assets/styles.css"));
    const char *type;
    assert_true(str_starts(url, S("/cdn/t/1/")));
    assert_str(theme_asset(s.theme, str_from(url, 9), &type), ".a{color:red}\n");
    assert_string_equal(type, "text/css; charset=utf-8");
    url = theme_asset_url(s.theme, &s.a, S("theme.css"));
    assert_str(theme_asset(s.theme, str_from(url, 9), &type), "body{}");
    assert_null(theme_asset(s.theme, S("theme.css"), &type).p);
    assert_null(theme_asset_url(s.theme, &s.a, S("nope.css")).p);
    struct str page = stage_render(&s, "index");
    assert_true(str_find(page, S("/compiled_assets/styles.css\" media=\"all\"><script src=")) !=
                STR_NONE);
    stage_done(&s);
}

static void test_liquid_assets(void **state) {
    (void)state;
    struct stage s;
    const char *type;
    small_theme(&s);
    stage_file(&s, "config/settings_schema.json",
               "[{\"name\": \"x\", \"settings\": [{\"type\": \"text\", \"id\": \"font\","
               "\"label\": \"f\", \"default\": \"\\\"A&B\\\"\"}]}]");
    stage_file(&s, "assets/theme.css.liquid",
               "a{font:{{ settings.font }}}{% for i in (1..2) %}b{{ i }}{% endfor %}"
               "{{ 'x.png' | asset_url }}{{ 1 | divided_by: 0 }}");
    assert_ok(stage_load(&s), &s.err);
    struct str url = theme_asset_url(s.theme, &s.a, S("theme.css"));
    assert_str(theme_asset(s.theme, str_from(url, 9), &type), "a{font:\"A&B\"}b1b2");
    assert_string_equal(type, "text/css; charset=utf-8");
    struct theme_finding *f = &s.findings.v[s.findings.n - 1];
    assert_str(f->file, "assets/theme.css.liquid");
    assert_int_equal(f->line, 1);
    stage_done(&s);
}

static struct theme_needs needs_of(const char *snippet) {
    struct stage s;
    small_theme(&s);
    stage_file(&s, "snippets/needs.liquid", snippet);
    assert_ok(stage_load(&s), &s.err);
    struct theme_needs n = theme_needs(s.theme);
    stage_done(&s);
    return n;
}

static void test_needs(void **state) {
    (void)state;
    struct theme_needs n = needs_of("{% comment %}<script>x</script>{% endcomment %}<script "
                                    "src='x'></script><script type='application/json'>1</script>"
                                    "{% style %}a{}{% endstyle %}<p class='on=1'>");
    assert_false(n.inline_script || n.inline_style || n.shopify_script);
    assert_true(needs_of("<script>x</script>").inline_script);
    assert_true(needs_of("<a onclick=\"x\">").inline_script);
    assert_true(needs_of("<a style=\"{{ x }}\">").inline_style);
    assert_true(needs_of("<script>Shopify.designMode</script>").shopify_script);
}

static void refused(const char *path, const char *text, const char *message) {
    struct stage s;
    small_theme(&s);
    stage_file(&s, path, text);
    assert_false(stage_load(&s));
    if (strcmp(s.err.message, message) != 0)
        fail_msg("got \"%s\", want \"%s\"", s.err.message, message);
    stage_done(&s);
}

static void test_refused(void **state) {
    (void)state;
    refused("sections/bad.liquid", "a\n{% if %}",
            "sections/bad.liquid, line 2: Syntax Error in tag 'if' - Valid syntax: if "
            "[expression]");
    refused("snippets/bad.liquid", "a\n\n{% nope %}",
            "snippets/bad.liquid, line 3: Unknown tag 'nope'");
    struct stage s;
    small_theme(&s);
    stage_file(&s, "templates/page.json", "{\"sections\": {},\n\"order\": [}");
    assert_false(stage_load(&s));
    assert_true(str_starts(str_c(s.err.message), S("templates/page.json, line 2: ")));
    stage_done(&s);
    stage_begin(&s);
    stage_file(&s, "templates/index.liquid", "x");
    assert_false(stage_load(&s));
    assert_string_equal(s.err.message, "The theme has no layout/theme.liquid.");
    stage_done(&s);
}

// Many templates of many blocks: each file is within its limits, all together are not.
static void test_too_much(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    struct buf blocks = buf_new(&s.a, 0), page = buf_new(&s.a, 0);
    for (int i = 0; i < 190; i++) buf_fmt(&blocks, "%s\"b%d\": {\"type\": \"b\"}", i ? "," : "", i);
    for (int k = 0; k < 80; k++)
        buf_fmt(&page, "%s\"s%d\": {\"type\": \"hero\", \"blocks\": {" STR_FMT "}}", k ? "," : "",
                k, STR_ARG(buf_str(&blocks)));
    struct str sections = arena_str(&s.a, buf_str(&page));
    buf_clear(&page);
    for (int k = 0; k < 80; k++) buf_fmt(&page, "%s\"s%d\"", k ? "," : "", k);
    struct str text = arena_fmt(&s.a, "{\"sections\": {" STR_FMT "}, \"order\": [" STR_FMT "]}",
                                STR_ARG(sections), STR_ARG(buf_str(&page)));
    for (int i = 0; i < 20; i++)
        stage_file(&s, arena_fmt(&s.a, "templates/page.n%d.json", i).p, text.p);
    assert_false(stage_load(&s));
    assert_true(strstr(s.err.message, "The theme has more than 400000 settings") != NULL);
    stage_done(&s);
}

static void test_failures(void **state) {
    (void)state;
    struct stage s;
    small_theme(&s);
    stage_file(&s, "sections/err.liquid", "a\n{{ 1 | divided_by: 0 }}{% section 'foot' %}b");
    stage_file(&s, "templates/page.liquid",
               "{% layout none %}{% section 'err' %}{% section 'none' %}{% render 'none' %}");
    assert_ok(stage_load(&s), &s.err);
    assert_str(stage_render(&s, "page"),
               "<div id=\"shopify-section-err\" class=\"shopify-section\">a\nb</div>");
    assert_int_equal(s.problems.n, 4);
    assert_str(s.problems.v[0],
               "sections/err.liquid:2: Liquid error (sections/err line 2): divided "
               "by 0");
    assert_str(s.problems.v[1], "sections/err.liquid:2: Liquid error (sections/err line 2): Cannot "
                                "render sections inside sections");
    assert_true(str_starts(s.problems.v[2], S("templates/page.liquid:1: ")));
    assert_true(str_starts(s.problems.v[3], S("templates/page.liquid:1: ")));
    s.preview = true;
    assert_true(str_find(stage_render(&s, "page"),
                         S("Liquid error (sections/err line 2): divided by 0")) != STR_NONE);
    stage_done(&s);
}

static void ended(const char *section, const char *message) {
    struct stage s;
    small_theme(&s);
    stage_file(&s, "sections/err.liquid", section);
    stage_file(&s, "snippets/self.liquid", "{% render 'self' %}{% render 'self' %}");
    stage_file(&s, "blocks/self.liquid",
               "{% content_for 'block', type: 'self', id: 'a' %}"
               "{% content_for 'block', type: 'self', id: 'b' %}{% schema %}{\"name\":\"x\"}"
               "{% endschema %}");
    stage_file(&s, "templates/page.liquid", "{% layout none %}{% section 'err' %}");
    assert_ok(stage_load(&s), &s.err);
    assert_null(stage_render(&s, "page").p);
    assert_string_equal(s.err.message, message);
    assert_true(s.problems.n > 0 && s.problems.n <= 50);
    stage_done(&s);
}

static void test_limits(void **state) {
    (void)state;
    ended("{% for i in (1..100000000) %}{% endfor %}", "Memory limits exceeded");
    ended("{% for i in (1..100000) %}{{ '0123456789012345678901234567890123456789012345678901234' "
          "}}{% endfor %}",
          "Memory limits exceeded");
    ended("{% render 'self' %}", "Memory limits exceeded");
    ended("{% for i in (1..100000000) %}{{ 1 | divided_by: 0 }}{% endfor %}",
          "Memory limits exceeded");
    ended("{% content_for 'block', type: 'self', id: 'a' %}", "Memory limits exceeded");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),          cmocka_unit_test(test_section_rendering),
        cmocka_unit_test(test_layouts),       cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_bundles),       cmocka_unit_test(test_refused),
        cmocka_unit_test(test_liquid_assets), cmocka_unit_test(test_needs),
        cmocka_unit_test(test_failures),      cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_limits),
    };
    return TEST_GROUP(tests);
}
