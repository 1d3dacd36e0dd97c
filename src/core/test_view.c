// SPDX-License-Identifier: Apache-2.0
// Views out of a small set of files: every common filter, escaping, sections, layouts, assets,
// mistakes.
#include "core/testing.h"
#include "core/view.h"

#define FILE_OF(path, text)                                                                        \
    { path, (const unsigned char *)(text), sizeof(text) - 1, "00" }
#define T(name, text) FILE_OF("templates/" name ".liquid", text)
static const struct embed files[] = {
    FILE_OF("assets/a.css", "body{}"),
    FILE_OF("layout/frame.liquid", "<{{ content_for_layout }}|{{ title }}>"),
    FILE_OF("sections/top.liquid", "[{{ section.id }} {{ title }}]"),
    FILE_OF("snippets/bold.liquid", "<b>{{ x }}</b>{{ title }}"),
    T("escape", "{{ title }}{{ html }}{% render 'bold', x: title %}"),
    T("plain.text", "{{ title }}"),
    T("money", "{{ cents | money }} {{ cents | money: 'USD' }} {{ nothing | money }}."),
    T("dates",
      "{{ now | date }}|{{ now | date: 'short' }}|{{ now | date: '%H:%M' }}|{{ 'x' | date }}"),
    T("numbers", "{{ 1234 | number }} {{ 750000 | decimal }} {{ 190000 | rate }}"),
    T("links", "{{ '/cart' | link }} {{ 'a.css' | asset_url }}"),
    T("pictures",
      "{{ pic | image_url }} {{ 'ab' | image_url: 'x y.png' }} {{ nothing | image_url }}."),
    T("data", "{{ title | json }}"),
    T("section", "{% section 'top' %}{% schema %}{ \"x\": {{ }{% endschema %}"),
    T("globals", "{{ shop.currency }} {{ lang }} {{ template }}"),
    T("text", "{{ 'form.required' | t }}"),
    T("broken", "{% section 'nowhere' %}"),
    T("filter", "{{ 1 | divided_by: 0 }}"),
};

struct setup {
    struct test_shop t;
    struct view_set *views;
};

static void begin(struct setup *s) {
    test_shop_open(&s->t, &(struct test_shop_options){.through = "core"});
    struct err err = {0};
    struct view_set_options o = {
        .files = files, .file_count = ARRAY_LEN(files), .asset_prefix = "/assets/test/"};
    assert_ok(view_set_new(&s->t.arena, &o, &s->views, &err), &err);
}

static struct str render(struct setup *s, enum lang lang, const char *layout, const char *name) {
    struct ctx *c = test_ctx(&s->t);
    struct liquid_map *pic = liquid_map_new(c->arena), *data = liquid_map_new(c->arena);
    struct buf out = buf_new(c->arena, 0);
    c->lang = lang;
    liquid_set(pic, "hash", liquid_text(S("cd")));
    liquid_set(pic, "filename", liquid_text(S("ü.png")));
    liquid_set(data, "title", liquid_text(S("A & <B>")));
    liquid_set(data, "html", liquid_html(S("<i>")));
    liquid_set(data, "cents", liquid_int(123456));
    liquid_set(data, "pic", liquid_of_map(pic));
    assert_ok(view_render(c, s->views, layout, name, data, &out), &c->err);
    return buf_str(&out);
}

static void escapes_by_type(void **state) {
    (void)state;
    struct setup s;
    begin(&s);
    assert_str(render(&s, LANG_DE, NULL, "escape"),
               "A &amp; &lt;B&gt;<i><b>A &amp; &lt;B&gt;</b>A &amp; &lt;B&gt;");
    assert_str(render(&s, LANG_DE, NULL, "plain.text"), "A & <B>");
    assert_str(render(&s, LANG_DE, "frame", "escape"),
               "<A &amp; &lt;B&gt;<i><b>A &amp; &lt;B&gt;</b>A &amp; &lt;B&gt;|A &amp; &lt;B&gt;>");
    assert_str(render(&s, LANG_DE, NULL, "data"), "\"A \\u0026 \\u003cB\\u003e\"");
    test_shop_close(&s.t);
}

static void speaks_both_languages(void **state) {
    (void)state;
    struct setup s;
    begin(&s);
    assert_str(render(&s, LANG_DE, NULL, "money"), "1.234,56\u00a0€ 1.234,56\u00a0$ .");
    assert_str(render(&s, LANG_EN, NULL, "money"), "€1,234.56 US$1,234.56 .");
    assert_str(render(&s, LANG_DE, NULL, "dates"), "22. November 2026|22.11.2026|09:00|x");
    assert_str(render(&s, LANG_DE, NULL, "numbers"), "1.234 0,75 19\u00a0%");
    assert_str(render(&s, LANG_EN, NULL, "numbers"), "1,234 0.75 19%");
    assert_str(render(&s, LANG_DE, NULL, "text"), "Bitte füllen Sie dieses Feld aus.");
    assert_str(render(&s, LANG_EN, NULL, "text"), "Please fill in this field.");
    assert_str(render(&s, LANG_EN, NULL, "globals"), "EUR en globals");
    test_shop_close(&s.t);
}

static void makes_addresses(void **state) {
    (void)state;
    struct setup s;
    const char *type = NULL;
    begin(&s);
    struct str links = render(&s, LANG_EN, NULL, "links");
    assert_true(str_starts(links, S("/en/cart /assets/test/")));
    struct str path = view_asset_path(&s.t.arena, s.views, S("a.css"));
    assert_true(str_ends(links, path));
    assert_str(view_asset(s.views, path, &type), "body{}");
    assert_string_equal(type, "text/css; charset=utf-8");
    assert_null(view_asset(s.views, S("0/a.css"), &type).p);
    assert_null(view_asset(s.views, S("a.css"), &type).p);
    assert_null(view_asset(s.views, view_asset_path(&s.t.arena, s.views, S("b")), &type).p);
    assert_str(render(&s, LANG_DE, NULL, "pictures"), "/media/cd/%C3%BC.png /media/ab/x%20y.png .");
    assert_str(render(&s, LANG_DE, NULL, "section"), "[top A &amp; &lt;B&gt;]");
    test_shop_close(&s.t);
}

static void tells_mistakes(void **state) {
    (void)state;
    struct setup s;
    begin(&s);
    static const char *const wrong[] = {"broken", "filter", "not_there"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct ctx *c = test_ctx(&s.t);
        struct buf out = buf_new(c->arena, 0);
        assert_false(view_render(c, s.views, NULL, wrong[i], NULL, &out));
        assert_true(c->err.detail[0] != 0);
    }
    static const struct embed bad[] = {T("bad", "a\n{% if %}")};
    struct err err = {0};
    struct view_set *v;
    struct view_set_options o = {.files = bad, .file_count = 1};
    assert_false(view_set_new(&s.t.arena, &o, &v, &err));
    assert_non_null(strstr(err.message, "templates/bad.liquid"));
    assert_string_equal(err.detail, "line 2");
    test_shop_close(&s.t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_by_type),
        cmocka_unit_test(speaks_both_languages),
        cmocka_unit_test(makes_addresses),
        cmocka_unit_test(tells_mistakes),
    };
    return TEST_GROUP(tests);
}
