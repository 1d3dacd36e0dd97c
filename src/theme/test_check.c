// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"
#include "base/test.h"
#include "theme/check.h"
#include "theme/scan.h"

struct checked {
    struct arena a;
    struct theme_findings f;
};
struct file {
    const char *path, *text;
};
// A theme without a finding; tests put files in place of some of these.
static const struct file whole[] = {
    {"layout/theme.liquid", "<html><head>{{ content_for_header }}</head>\n"
                            "<body>{% sections 'head' %}{{ content_for_layout }}</body></html>"},
    {"sections/main.liquid",
     "<h1>{{ 'cart.title' | t }}</h1>{% render 'card' %}\n{% schema %}\n"
     "{\"name\": \"t:main\", \"blocks\": [{\"type\": \"a\", \"name\": \"A\", \"limit\": 1,\n"
     "\"settings\": [{\"type\": \"text\", \"id\": \"x\", \"label\": \"X\"}]}, {\"type\": \"b\",\n"
     "\"name\": \"B\"}], \"limit\": 2, \"enabled_on\": {\"templates\": [\"*\"]}}\n{% endschema %}"},
    {"sections/open.liquid",
     "{% content_for 'blocks' %}{% content_for 'block', type: 'fix', id: 'f' "
     "%}{% schema %}{\"blocks\": [{\"type\": \"@theme\"}]}{% endschema %}"},
    {"sections/head.json",
     "{\"type\": \"header\", \"name\": \"H\", \"sections\": {}, \"order\": []}"},
    {"blocks/fix.liquid",
     "{{ block.settings.x }}{% schema %}{\"settings\": [{\"type\": \"checkbox\",\n"
     " \"id\": \"x\", \"label\": \"X\"}]}{% endschema %}"},
    {"snippets/card.liquid", "{{ 'a.css' | asset_url | stylesheet_tag }}"},
    {"assets/a.css.liquid", "a { color: {{ settings.c }} }"},
    {"locales/en.default.json", "{\"cart\": {\"title\": \"Cart\"},\n"
                                "\"n\": {\"one\": \"1\", \"other\": \"{{ count }}\"}}"},
    {"locales/de.json", "{\"cart\": {\"title\": \"Korb\"}, \"n\": {\"other\": \"x\"}}"},
    {"locales/en.default.schema.json", "{\"main\": \"Main\"}"},
    {"config/settings_schema.json",
     "[{\"name\": \"C\", \"settings\": [{\"type\": \"color\", \"id\": \"c\", \"label\": \"C\"},\n"
     "{\"type\": \"color_scheme_group\", \"id\": \"cs\", \"role\": {}, \"definition\":\n"
     "[{\"type\": \"color\", \"id\": \"bg\", \"label\": \"B\"}]}]}]"},
    {"config/settings_data.json",
     "{\"current\": {\"c\": \"#fff\", \"cs\": {\"s1\": {\"settings\": {\"bg\": \"#000\"}}},\n"
     "\"sections\": {\"main\": {\"type\": \"main\"}}}}"},
    {"templates/index.json",
     "/* made */ {\"sections\": {\"m\": {\"type\": \"main\", \"blocks\": {\"x\": {\"type\": "
     "\"a\",\n"
     "\"settings\": {\"x\": \"y\"}}}, \"block_order\": [\"x\"]}, \"o\": {\"type\": \"open\",\n"
     "\"blocks\": {\"k\": {\"type\": \"fix\", \"settings\": {\"x\": true}}},\n"
     "\"block_order\": [\"k\"]}}, \"order\": [\"m\", \"o\"]}"},
    {"templates/404.liquid", ""},
    {"templates/article.liquid", ""},
    {"templates/blog.liquid", ""},
    {"templates/cart.liquid", ""},
    {"templates/collection.liquid", ""},
    {"templates/list-collections.liquid", ""},
    {"templates/page.liquid", ""},
    {"templates/product.liquid", ""},
    {"templates/search.liquid", ""},
};

// text NULL: without that file; path NULL: the theme as it is.
static void check_with(struct checked *k, const char *path, const char *text) {
    struct theme_file list[ARRAY_LEN(whole) + 1];
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        if (!path || strcmp(whole[i].path, path) != 0)
            list[n++] = (struct theme_file){str_c(whole[i].path), str_c(whole[i].text)};
    if (text) list[n++] = (struct theme_file){str_c(path), str_c(text)};
    struct theme_files files;
    struct err e = {0};
    arena_reset(&k->a);
    k->f = (struct theme_findings){.arena = &k->a};
    assert_ok(theme_files_of(&k->a, list, n, &files, &e), &e);
    assert_ok(theme_check(&k->a, &files, NULL, &k->f, &e), &e);
}

static void a_good_theme(void **state) {
    (void)state;
    struct checked k = {0};
    check_with(&k, NULL, NULL);
    for (size_t i = 0; i < k.f.n; i++)
        print_error(STR_FMT ":%d: %s\n", STR_ARG(k.f.v[i].file), k.f.v[i].line, k.f.v[i].message.p);
    assert_int_equal(k.f.n, 0);
    arena_done(&k.a);
}

enum { N = THEME_NOTE, W = THEME_WARNING, E = THEME_ERROR };
static const struct {
    const char *path, *text, *message;
    int line, severity;
} wrong[] = {
    {"layout/theme.liquid", NULL, "A theme needs this file.", 0, E},
    {"layout/theme.liquid", "{{ content_for_layout }}",
     "This layout does not print {{ content_for_header }}.", 0, E},
    {"templates/search.liquid", NULL, "This template is not there; the built-in theme writes such",
     0, W},
    {"templates/cart.json", "{\"sections\": {}, \"order\": []}",
     "templates/cart.json is there, too; a template is one or the other.", 0, E},
    {"snippets/a.liquid", "a\n{% if x %}", "'if' tag was never closed", 2, E},
    {"snippets/a.liquid", "a\n\n{% render 'none' %}",
     "{% render %} names snippets/none.liquid, which is not there.", 3, E},
    {"snippets/a.liquid", "{%- liquid\n assign x = 1\n render \"none\", a: 1\n-%}",
     "{% render %} names snippets/none.liquid, which is not there.", 3, E},
    {"snippets/a.liquid", "{% section 'none' %}",
     "{% section %} names sections/none.liquid, which is not there.", 1, E},
    {"snippets/a.liquid", "{% sections 'none' %}",
     "{% sections %} names sections/none.json, which is not there.", 1, E},
    {"templates/page.x.liquid", "{% layout 'none' %}",
     "{% layout %} names layout/none.liquid, which is not there.", 1, E},
    {"sections/x.liquid",
     "{% content_for 'block', id: \"type: 'a'\", type: 'none' %}{% schema %}{}{% endschema %}",
     "{% content_for %} names blocks/none.liquid, which is not there.", 1, E},
    {"snippets/a.liquid", "\n{{ 'b.css'\n | asset_url }}", "The asset b.css is not there.", 2, W},
    {"snippets/a.liquid", "{% assign x = 'no.text' | t: a: 'cart.title' %}",
     "The default locale has no text \"no.text\".", 1, W},
    {"sections/x.liquid", "\n\n{% schema %}\n{\"name\": 1}{% endschema %}",
     "\"name\" of a section must be a text.", 4, W},
    {"sections/x.liquid", "{% schema %}\n{,}{% endschema %}",
     "This is not valid JSON: expected a key in double quotes, found ,}", 2, E},
    {"sections/x.liquid", "{% schema %}{\"name\":\n\"t:none\"}{% endschema %}",
     "The schema's default locale has no text \"none\".", 2, W},
    {"sections/x.liquid", "a", "This section has no {% schema %}.", 0, N},
    {"locales/fr.default.json", "{\"cart\": {\"title\": \"x\"}, \"n\": {\"other\": \"x\"}}",
     "locales/en.default.json is a default locale, too; there can be one.", 0, E},
    {"locales/fr.json", "{\"cart\": {\"title\": \"x\"},\n\"n\": {\"one\": \"x\"}}",
     "The plural \"n\" has no form \"other\".", 2, W},
    {"locales/fr.json", "{\"cart\": {\"title\": \"x\",\n \"no\": \"y\"}, \"n\": \"x\"}",
     "The default locale has no text \"cart.no\".", 2, W},
    {"locales/fr.json", "{\"n\": {\"other\": \"x\"}}",
     "1 texts are not translated, the first is \"cart.title\".", 0, N},
    {"locales/fr.json", "{\"cart\": {\"title\": \"x\", \"a\": 3}, \"n\": \"x\"}",
     "\"cart.a\" must be a text.", 1, W},
    {"config/settings_schema.json",
     "[{\"settings\": [{\"type\": \"color\", \"id\": \"c\", \"label\": \"C\"},\n"
     "{\"type\": \"color_scheme_group\", \"id\": \"cs\", \"role\": {}, \"definition\":\n"
     "[{\"type\": \"colour\", \"id\": \"bg\", \"label\": \"B\"},\n"
     "{\"type\": \"color\", \"id\": \"bg\", \"label\": \"B\"}]}]}]",
     "There is no setting of type \"colour\".", 3, E},
    {"config/settings_data.json", "{\"current\": \"A\"}",
     "\"current\" names a preset that is not there.", 1, E},
    {"config/settings_data.json", "{\"current\": {\n\"c\": 7}}",
     "The value of \"c\" must be a colour such as", 2, W},
    {"config/settings_data.json", "{\"current\": {\n\"old\": 7}}",
     "settings_schema.json has no setting \"old\".", 2, N},
    {"config/settings_data.json", "{\"current\": {\"cs\": {\"s1\": {\"settings\": {\"bg\": 1}}}}}",
     "The value of \"bg\" must be a colour such as", 1, W},
    {"config/settings_data.json", "{\"current\": {\"sections\": {\"x\": {\"type\": \"none\"}}}}",
     "sections/none.liquid is not there.", 1, E},
    {"templates/page.x.json", "{\"sections\": {}}", "A template needs \"order\".", 1, E},
    {"templates/page.x.json", "{\"sections\": {\n\"a\": {\"type\": \"none\"}}, \"order\": [\"a\"]}",
     "sections/none.liquid is not there.", 2, E},
    {"templates/page.x.json", "{\"sections\": {\"a\": {\"type\": \"main\"}}, \"order\": []}",
     "The section \"a\" is not in the order and not shown.", 1, W},
    {"templates/page.x.json", "{\"sections\": {}, \"order\": [\"b\"]}",
     "The order names a section that is not there: \"b\".", 1, E},
    {"templates/page.x.json", "{\"sections\": {}, \"order\": [], \"layout\": \"no\"}",
     "layout/no.liquid is not there.", 1, E},
    {"templates/page.x.json", "{\"sections\": {}, \"order\": [], \"layout\": true}",
     "\"layout\" must be a name or false.", 1, E},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"main\", \"blocks\": {\"x\": {\"type\": \"c\"}},\n"
     "\"block_order\": [\"x\"]}}, \"order\": [\"a\"]}",
     "sections/main.liquid allows no block of type \"c\".", 1, E},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"open\", \"blocks\": {\"x\": {\"type\": \"c\"}},\n"
     "\"block_order\": [\"x\"]}}, \"order\": [\"a\"]}",
     "blocks/c.liquid is not there.", 1, E},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"open\", \"blocks\": {\"x\": {\"type\": \"fix\",\n"
     "\"settings\": {\"x\": \"yes\"}}}, \"block_order\": [\"x\"]}}, \"order\": [\"a\"]}",
     "The value of \"x\" must be true or false.", 2, W},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"main\", \"blocks\": {\"x\": {\"type\": \"a\"},\n"
     "\"y\": {\"type\": \"a\"}}, \"block_order\": [\"x\", \"y\"]}}, \"order\": [\"a\"]}",
     "There may be 1 blocks of type \"a\".", 1, W},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"main\", \"settings\": {\"q\": 1}}}, \"order\": [\"a\"]}",
     "The schema has no setting \"q\".", 1, W},
    {"templates/page.x.json",
     "{\"sections\": {\"a\": {\"type\": \"main\"}, \"b\": {\"type\": \"main\"},\n"
     "\"c\": {\"type\": \"main\"}}, \"order\": [\"a\", \"b\", \"c\"]}",
     "There may be 2 sections of type \"main\" here.", 2, W},
    {"sections/head.json",
     "{\"type\": \"header\", \"name\": \"H\", \"sections\": {\"a\": {\"type\": \"main\"}},\n"
     "\"order\": [\"a\"]}",
     "The section \"main\" is not meant for this place.", 1, W},
    {"snippets/a.liquid", "<p>\n<script type=\"application/json\">{}</script><script>x()</script>",
     "Inline scripts: the policy is relaxed for this theme.", 2, N},
    {"snippets/a.liquid", "<a\n style=\"color: {{ x }}\">",
     "Inline styles: the policy is relaxed for this theme.", 2, N},
    {"snippets/a.liquid", "<a data-on-x=\"1\" onclick=\"x()\">",
     "Inline event handlers: the policy is relaxed for this theme.", 1, N},
    {"snippets/a.liquid", "<a href=\"https://a.example/\">\n<img src='//b.example/x.png'>",
     "The markup loads from the host b.example, which the policy does not allow.", 2, N},
    {"assets/b.css", "a {}\nb { background: url('https://b.example/x.png') }",
     "The markup loads from the host b.example, which the policy does not allow.", 2, N},
};

static void wrong_themes(void **state) {
    (void)state;
    struct checked k = {0};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        check_with(&k, wrong[i].path, wrong[i].text);
        if (k.f.n != 1) print_error("%s %s: %zu findings\n", wrong[i].path, wrong[i].text, k.f.n);
        for (size_t j = 0; k.f.n != 1 && j < k.f.n; j++) print_error("  %s\n", k.f.v[j].message.p);
        assert_int_equal(k.f.n, 1);
        if (!str_starts(k.f.v[0].message, str_c(wrong[i].message)))
            assert_str(k.f.v[0].message, wrong[i].message);
        if (k.f.v[0].line != wrong[i].line) print_error("%s\n", wrong[i].message);
        assert_int_equal(k.f.v[0].line, wrong[i].line);
        assert_int_equal(k.f.v[0].severity, wrong[i].severity);
    }
    arena_done(&k.a);
}

static void too_much(void **state) {
    (void)state;
    struct checked k = {0};
    struct arena a = {0};
    struct buf b = buf_new(&a, 0), order = buf_new(&a, 0);
    for (int i = 0; i < 26; i++) {
        buf_fmt(&b, "%s\"s%d\": {\"type\": \"main\"}", i ? "," : "", i);
        buf_fmt(&order, "%s\"s%d\"", i ? "," : "", i);
    }
    check_with(&k, "templates/page.x.json",
               arena_fmt(&a, "{\"sections\": {%s}, \"order\": [%s]}", b.p, order.p).p);
    assert_int_equal(k.f.n, 1);
    assert_str(k.f.v[0].message, "There are 26 sections, at most 25 are allowed.");
    b = buf_new(&a, 0);
    order = buf_new(&a, 0);
    for (int i = 0; i < 51; i++) {
        buf_fmt(&b, "%s\"b%d\": {\"type\": \"fix\"}", i ? "," : "", i);
        buf_fmt(&order, "%s\"b%d\"", i ? "," : "", i);
    }
    check_with(&k, "templates/page.x.json",
               arena_fmt(&a,
                         "{\"sections\": {\"o\": {\"type\": \"open\", \"blocks\": {%s},\n"
                         "\"block_order\": [%s]}}, \"order\": [\"o\"]}",
                         b.p, order.p)
                   .p);
    assert_int_equal(k.f.n, 1);
    assert_str(k.f.v[0].message, "There are 51 blocks here, at most 50 are allowed.");
    arena_done(&a);
    arena_done(&k.a);
}

static void scanning(void **state) {
    (void)state;
    static const char text[] = "{ {{- 'a' | b -}}\n{% comment %}{% x %}\n{% endcomment %}"
                               "{%- if a -%}{% raw %}{{ no }}{% endraw %}{% liquid\n\n echo 'z'\n"
                               " comment\n no\n endcomment\n render 'r' %}{% end";
    static const struct {
        const char *name, *markup;
        int line;
    } want[] = {{"echo", "'a' | b", 1}, {"comment", "", 2},   {"if", "a", 3}, {"raw", "", 3},
                {"echo", "'z'", 5},     {"render", "'r'", 9}, {"end", "", 9}};
    struct theme_scan s = theme_scan(str_c(text));
    struct theme_found found;
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        assert_true(theme_scan_next(&s, &found));
        assert_str(found.name, want[i].name);
        if (i != 0) assert_str(found.markup, want[i].markup);
        assert_int_equal(found.line, want[i].line);
    }
    assert_false(theme_scan_next(&s, &found));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scanning),
        cmocka_unit_test(a_good_theme),
        cmocka_unit_test(wrong_themes),
        cmocka_unit_test(too_much),
    };
    return TEST_GROUP(tests);
}
