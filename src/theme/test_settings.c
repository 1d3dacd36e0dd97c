// SPDX-License-Identifier: Apache-2.0
// Every type of setting, colour schemes, languages, Liquid in values, words.
#include "theme/object.h"
#include "theme/test_stage.h"

#define SETTING(type, id, more)                                                                    \
    "{\"type\": \"" type "\", \"id\": \"" id "\", \"label\": \"" id "\"" more "},"

// clang-format off
#define SECTION_SCHEMA \
    "{% schema %}{\"name\": \"S\", \"settings\": [" \
    SETTING("text", "text", ", \"default\": \"a<b\"") \
    SETTING("textarea", "textarea", "") \
    SETTING("richtext", "rich", ", \"default\": \"<p onclick=1>x <b>y</b></p>\"") \
    SETTING("inline_richtext", "inline", "") \
    SETTING("html", "html", "") \
    SETTING("liquid", "liquid", "") \
    SETTING("number", "number", ", \"default\": 3") \
    SETTING("range", "range", ", \"min\": 0, \"max\": 10, \"step\": 0.5, \"default\": 2.5") \
    SETTING("checkbox", "check", ", \"default\": true") \
    SETTING("checkbox", "unchecked", "") \
    SETTING("select", "select", OPTIONS("s", "t") ", \"default\": \"s\"") \
    SETTING("radio", "radio", OPTIONS("q", "r") ", \"default\": \"r\"") \
    SETTING("radio", "first", OPTIONS("one", "two")) \
    SETTING("text_alignment", "align", ", \"default\": \"center\"") \
    SETTING("color", "color", ", \"default\": \"#112233\"") \
    SETTING("color_background", "gradient", ", \"default\": \"linear-gradient(#fff, #000)\"") \
    SETTING("color_scheme", "scheme", ", \"default\": \"scheme-2\"") \
    SETTING("font_picker", "font", ", \"default\": \"inter_n4\"") \
    SETTING("image_picker", "image", "") \
    SETTING("product", "product", "") \
    SETTING("product_list", "products", ", \"limit\": 5") \
    SETTING("collection", "collection", "") \
    SETTING("link_list", "menu", ", \"default\": \"main-menu\"") \
    SETTING("url", "url", "") \
    SETTING("video_url", "video", ", \"accept\": [\"youtube\", \"vimeo\"]") \
    SETTING("text", "word", ", \"default\": \"t:hero.word\"") \
    "{\"type\": \"header\", \"content\": \"H\"}]}{% endschema %}"
// clang-format on
#define OPTIONS(a, b)                                                                              \
    ", \"options\": [{\"value\": \"" a "\", \"label\": \"A\"}, {\"value\": \"" b                   \
    "\", \"label\": \"B\"}]"

static void world(struct stage *s, const char *body, const char *settings) {
    stage_begin(s);
    stage_file(s, "layout/theme.liquid", "{{ content_for_header }}{{ content_for_layout }}");
    struct str section = arena_fmt(&s->a, "%s%s", body, SECTION_SCHEMA);
    stage_file(s, "sections/s.liquid", section.p);
    struct str page = arena_fmt(&s->a,
                                "{\"layout\": false, \"sections\": {\"s\": {\"type\": \"s\","
                                "\"settings\": {%s}}}, \"order\": [\"s\"]}",
                                settings);
    stage_file(s, "templates/index.json", page.p);
    stage_file(
        s, "config/settings_schema.json",
        "[{\"name\": \"theme_info\", \"theme_name\": \"N\", \"theme_version\": \"1.0.0\","
        "\"theme_author\": \"A\", \"theme_documentation_url\": \"https://a.example\","
        "\"theme_support_url\": \"https://a.example\"}, {\"name\": \"Colours\","
        "\"settings\": [{\"type\": \"color_scheme_group\", \"id\": \"color_schemes\","
        "\"definition\": [{\"type\": \"color\", \"id\": \"background\", \"label\": \"B\","
        "\"default\": \"#ffffff\"}, {\"type\": \"color\", \"id\": \"text\", \"label\": \"T\","
        "\"default\": \"#000000\"}], \"role\": {\"background\": \"background\","
        "\"text\": \"text\", \"primary_button\": \"text\", \"on_primary_button\": \"text\","
        "\"primary_button_border\": \"text\", \"secondary_button\": \"text\","
        "\"on_secondary_button\": \"text\", \"secondary_button_border\": \"text\","
        "\"links\": \"text\", \"icons\": \"text\"}},"
        "{\"type\": \"text\", \"id\": \"slogan\", \"label\": \"S\", \"default\": \"std\"}"
        "]}]");
    stage_file(s, "config/settings_data.json",
               "/* comment */ {\"current\": \"Quiet\", \"presets\": {\"Quiet\": {"
               "\"slogan\": \"Hallo\", \"color_schemes\": {\"scheme-1\": {\"settings\": {}},"
               "\"scheme-2\": {\"settings\": {\"background\": \"#102030\"}}},"
               "\"sections\": {\"gone\": {\"type\": \"gone\", \"disabled\": true}, \"s\": "
               "{\"type\": \"s\", \"settings\": {\"text\": \"kept\"}}}}}}");
    stage_file(s, "sections/gone.liquid", "gone");
    stage_file(s, "locales/de.default.schema.json", "{\"hero\": {\"word\": \"Wort\"}}");
    stage_file(s, "locales/en.schema.json", "{\"hero\": {\"word\": \"word\"}}");
}

static void want(const char *body, const char *settings, const char *expected) {
    struct stage s;
    world(&s, body, settings);
    assert_ok(stage_load(&s), &s.err);
    struct str got = stage_section(&s, "index", "s");
    assert_true(str_starts(got, S("<div id=\"shopify-section-template--index__s\"")));
    size_t from = str_find_char(got, '>') + 1;
    assert_str(str_sub(got, from, got.n - from - 6), expected);
    assert_int_equal(s.problems.n, 0);
    stage_done(&s);
}
#define SET "{% assign v = section.settings %}"

static void test_texts(void **state) {
    (void)state;
    want(SET "{{ v.text }}|{{ v.textarea }}|{{ v.word }}", "", "a&lt;b||Wort");
    want(SET "{{ v.text }}|{{ v.textarea }}", "\"text\": \"\", \"textarea\": \"1\\n2\"", "|1\n2");
    want(SET "{{ v.rich }}", "", "<p>x <b>y</b></p>");
    want(SET "{{ v.rich }}",
         "\"rich\": \"<p>a<script>b</script><img src=x onerror=y> <A HREF='javascript:x' "
         "title='q\\\"'>c</a> <a href=\\\"/x\\\">d</a> 1 < 2<!-- e --></p>\"",
         "<p>a <a title=\"q&quot;\">c</a> <a href=\"/x\">d</a> 1 &lt; 2</p>");
    want(SET "{{ v.inline }}", "\"inline\": \"<p>a <em>b</em></p><ul><li>c</ul>\"",
         "a <em>b</em>c");
    want(SET "{{ v.html }}", "\"html\": \"<iframe src='x'></iframe>\"",
         "<iframe src='x'></iframe>");
    want(SET "{{ v.select }}{{ v.radio }}{{ v.align }}{{ v.nope }}{{ v.first }}", "",
         "srcenterone");
    want(SET "{% if v.textarea == empty and v.rich != empty and v.html == blank %}1{% endif %}"
             "{% if v.image == nil and v.product == blank %}2{% endif %}",
         "", "12");
}

static void test_plain_values(void **state) {
    (void)state;
    want(SET "{{ v.number | plus: 1 }} {{ v.range | plus: 1 }}", "", "4 3.5");
    want(SET "{{ v.number | plus: 1 }} {{ v.range | times: 2 }}",
         "\"number\": \"41\", \"range\": 4", "42 8");
    want(SET "{{ v.check }}{{ v.unchecked }}{% if v.unchecked == false %}!{% endif %}", "",
         "truefalse!");
    want(SET "{{ v.check }}{{ v.unchecked }}", "\"check\": false, \"unchecked\": true",
         "falsetrue");
    want(SET "{{ v.gradient }}", "", "linear-gradient(#fff, #000)");
}

static void test_colours(void **state) {
    (void)state;
    want(SET "{{ v.color }} {{ v.color.red }} {{ v.color.blue }}", "", "#112233 17 51");
    want(SET "{{ v.scheme }} {{ v.scheme.settings.background }} {{ v.scheme.settings.text.red }}"
             "{% if v.scheme == 'scheme-2' %}!{% endif %}",
         "", "scheme-2 #102030 0!");
    want(SET "{{ v.scheme.id }}", "\"scheme\": \"nope\"", "scheme-1");
    want("{% for s in settings.color_schemes %}{{ s.id }}:{{ s.settings.background }} {% endfor %}"
         "{{ color_schemes.size }}{{ settings.color_schemes.scheme-2.settings.background.red }}",
         "", "scheme-1:#ffffff scheme-2:#102030 216");
    want(SET "{{ v.font.family }} {{ v.font.weight }}", "", "Inter 400");
}

static void test_resources(void **state) {
    (void)state;
    want(SET "{{ v.image.type }}{{ v.product.title }}{{ v.menu.title }}{{ v.url }}",
         "\"image\": \"\", \"product\": null", "main-menu");
    want(SET "{{ v.image.type }} {{ v.product.title }} {{ v.collection.title }} {{ v.url }}",
         "\"image\": \"shopify://shop_images/a.png\", \"product\": \"soap\","
         "\"collection\": \"all\", \"url\": \"/pages/x\"",
         "image_picker soap all /pages/x");
    want(SET "{{ v.products.type }}{% for p in v.products.title %}{{ p }}.{% endfor %}",
         "\"products\": [\"a\", \"b\"]", "product_lista.b.");
    want(SET "{{ v.video.id }} {{ v.video.type }} {{ v.video }}",
         "\"video\": \"https://www.youtube.com/watch?v=abc_1&t=2\"",
         "abc_1 youtube https://www.youtube.com/watch?v=abc_1&amp;t=2");
    want(SET "{{ v.video.id }} {{ v.video.type }}", "\"video\": \"https://vimeo.com/123\"",
         "123 vimeo");
}

static void test_code(void **state) {
    (void)state;
    struct stage s;
    world(&s,
          SET "{{ v.text }}|{{ v.textarea }}|{{ v.rich }}|{{ v.liquid }}|{{ v.product.title }}|"
              "{{ v.html }}|{{ v.number }}",
          "\"text\": \"By {{ product.vendor }}\", \"textarea\": \"{{ product.vendor }}\","
          "\"rich\": \"<p onclick=1><a href='{{ product.handle }}'>{{ product.vendor }}</a></p>\","
          "\"liquid\": \"{% for i in (1..2) %}{{ i }}{{ product.vendor }}{% endfor %}"
          "{{ section.settings.liquid }}\","
          "\"product\": \"{{ product.handle }}\", \"html\": \"{{ oops | }\","
          "\"number\": \"{{ product.n }}\"");
    assert_ok(stage_load(&s), &s.err);
    struct liquid_map *product = liquid_map_new(&s.a);
    liquid_set(product, "vendor", liquid_text(S("A&B")));
    liquid_set(product, "handle", liquid_text(S("soap")));
    liquid_set(product, "n", liquid_int(7));
    liquid_set(s.globals, "product", liquid_of_map(product));
    struct str got = stage_render(&s, "index");
    assert_str(str_from(got, str_find_char(got, '>') + 1),
               "By A&amp;B|A&amp;B|<p><a href=\"soap\">A&amp;B</a></p>|1A&amp;B2A&amp;B|soap|{{ "
               "oops | }|7</div>");
    assert_int_equal(s.findings.warnings, 1);
    stage_done(&s);
}

static void test_languages(void **state) {
    (void)state;
    struct stage s;
    world(&s, SET "{{ v.text }} {{ v.word }} {{ v.textarea }} {{ settings.slogan }}",
          "\"text\": \"Hallo\", \"textarea\": \"deutsch\"");
    *VEC_PUSH(&s.a, &s.texts) = (struct theme_text){S("en"), S("templates/index.json"),
                                                    S("s.settings.text"), S("Hello <b>")};
    *VEC_PUSH(&s.a, &s.texts) =
        (struct theme_text){S("fr"), S("templates/index.json"), S("s.settings.text"), S("Salut")};
    *VEC_PUSH(&s.a, &s.texts) =
        (struct theme_text){S("en"), S("config/settings_data.json"), S("current.slogan"), S("Hey")};
    assert_ok(stage_load(&s), &s.err);
    assert_true(str_ends(stage_render(&s, "index"), S(">Hallo Wort deutsch Hallo</div>")));
    s.lang = S("en");
    assert_true(str_ends(stage_render(&s, "index"), S(">Hello &lt;b&gt; word deutsch Hey</div>")));
    s.lang = S("fr-CH");
    assert_true(str_ends(stage_render(&s, "index"), S(">Salut Wort deutsch Hallo</div>")));
    assert_str(liquid_str(theme_setting_value(s.theme, &s.a, S("slogan"))), "Hallo");
    assert_int_equal(theme_setting_value(s.theme, &s.a, S("nope")).type, LIQUID_NIL);
    assert_str(stage_section(&s, "none", "gone"), "");
    assert_str(stage_section(&s, "none", "s"),
               "<div id=\"shopify-section-s\" class=\"shopify-section\">kept Wort  Hallo</div>");
    stage_done(&s);
}

static struct str word(struct stage *s, const char *lang, const char *key, int64_t count) {
    struct str names[] = {S("count"), S("name")};
    struct liquid_value values[] = {liquid_int(count), liquid_text(S("<i>"))};
    struct liquid_args args = {.names = names, .named = values, .named_n = 2};
    bool html;
    return theme_translate(s->theme, &s->a, str_c(lang), str_c(key), &args, &html);
}

static void test_words(void **state) {
    (void)state;
    struct stage s;
    world(&s, "", "");
    stage_file(
        &s, "locales/de.default.json",
        "{\"cart\": {\"items\": {\"one\": \"{{ count }} Ding\", \"other\": \"{{count}} Dinge\""
        "}, \"hi\": \"Hallo {{ name }}\", \"hi_html\": \"<b>{{ name }}</b>\","
        "\"n_html\": {\"one\": \"<i>1</i>\", \"other\": \"<i>{{ count }}</i>\"},"
        "\"only\": \"nur\"}}");
    stage_file(&s, "locales/pl.json",
               "{\"cart\": {\"items\": {\"one\": \"1 rzecz\", \"few\": \"{{ count }} rzeczy\","
               "\"many\": \"{{ count }} rz\", \"other\": \"x\"}}}");
    stage_file(&s, "locales/pt.json", "{\"cart\": {\"hi\": \"Oi\"}}");
    assert_ok(stage_load(&s), &s.err);
    assert_str(word(&s, "de", "cart.items", 1), "1 Ding");
    assert_str(word(&s, "de", "cart.items", 0), "0 Dinge");
    assert_str(word(&s, "de", "cart.items.other", 5), "5 Dinge");
    assert_str(word(&s, "pl", "cart.items", 22), "22 rzeczy");
    assert_str(word(&s, "pl", "cart.items", 12), "12 rz");
    assert_str(word(&s, "pl", "cart.only", 0), "nur");
    assert_str(word(&s, "pt-BR", "cart.hi", 0), "Oi");
    assert_str(word(&s, "de", "cart.hi", 0), "Hallo <i>");
    assert_str(word(&s, "de", "cart.hi_html", 0), "<b>&lt;i&gt;</b>");
    assert_str(word(&s, "de", "cart.n_html", 3), "<i>3</i>");
    assert_null(word(&s, "de", "cart.nope", 0).p);
    assert_null(word(&s, "de", "cart", 0).p);
    bool html;
    theme_translate(s.theme, &s.a, S("de"), S("cart.n_html"), NULL, &html);
    assert_true(html);
    theme_translate(s.theme, &s.a, S("de"), S("cart.hi"), NULL, &html);
    assert_false(html);
    stage_done(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),   cmocka_unit_test(test_plain_values),
        cmocka_unit_test(test_colours), cmocka_unit_test(test_resources),
        cmocka_unit_test(test_code),    cmocka_unit_test(test_languages),
        cmocka_unit_test(test_words),
    };
    return TEST_GROUP(tests);
}
