// SPDX-License-Identifier: Apache-2.0
// A theme designed on the desk, with the real storefront behind it: settings, sections, blocks,
// texts in two languages, what is refused, what survives, earlier states.
#include "desk/desk.h"
#include "desk/test_support.h"
#include "desk/theme_edit.h"
#include "mod/content/content.h"
#include "mod/staff/staff.h"
#include "mod/themes/run.h"

extern const struct module shop_face; // the storefront, as visitors see it

#define INDEX "/desk/themes/1/file/templates/index.json"

struct studio {
    struct office o;
};

static void studio_open(struct studio *s) {
    static const struct app_hooks hooks = {
        .error_page = desk_error_page, .load_staff = staff_load, .limits_off = true};
    const struct module *modules[32];
    size_t n = 0;
    *s = (struct studio){0};
    for (size_t i = 0; i + 1 < fixture_modules.n; i++) modules[n++] = fixture_modules.v[i];
    modules[n++] = &themes_module;
    modules[n++] = fixture_modules.v[fixture_modules.n - 1]; // flow
    modules[n++] = &shop_face;
    modules[n++] = &staff_module;
    modules[n++] = &desk_module;
    fixture_open_with(&s->o.f, (struct module_table){modules, n});
    app_free(s->o.f.t.app);
    s->o.f.t.app = app_new(&s->o.f.t.arena, &s->o.f.t.shop, &hooks);
    s->o.owner = office_staff(&s->o, "chefin@example.org", "owner", NULL);
    office_enter(&s->o, s->o.owner);
}

static struct test_response get(struct studio *s, const char *path) {
    return test_get(&s->o.f.t, path);
}

static const char *revision(struct studio *s, const char *path) {
    struct test_response r = get(s, path);
    assert_int_equal(r.status, 200);
    return arena_cstr(&s->o.f.t.arena,
                      office_between(&s->o, r.body, "name=\"revision\" value=\"", "\""));
}

// Posts with the revision that the page shows now.
static struct test_response post(struct studio *s, const char *path, const char *form) {
    const char *rev = revision(s, path);
    return test_post(&s->o.f.t, path, arena_fmt(&s->o.f.t.arena, "revision=%s&%s", rev, form).p);
}

static struct str file(struct studio *s, const char *path) {
    struct theme_files f;
    struct ctx *c = test_ctx(&s->o.f.t);
    assert_ok(themes_files(c, 1, &f), &c->err);
    const struct theme_file *found = theme_file_find(&f, str_c(path));
    return found ? arena_str(&s->o.f.t.arena, found->bytes) : (struct str){0};
}

static bool holds(struct str s, const char *text) { return str_find(s, str_c(text)) != STR_NONE; }

static int64_t states(struct studio *s) {
    struct themes_revisions all;
    struct ctx *c = test_ctx(&s->o.f.t);
    assert_ok(themes_revisions_of(c, 1, &all), &c->err);
    return (int64_t)all.n;
}

static void put_file(struct studio *s, const char *path, const char *text) {
    struct theme_file f = {str_c(path), str_c(text)};
    struct themes_work w = {.theme_id = 1, .files = {&f, 1, 0}};
    assert_true(themes_run(test_ctx(&s->o.f.t), THEMES_SAVE, &w));
}

static void test_theme_page(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    struct test_response r = get(&s, "/desk/themes/1");
    assert_int_equal(r.status, 200);
    assert_shows(r, "bleibt zuerst in diesem Theme");
    assert_shows(r, "Startseite");
    assert_shows(r, "/desk/themes/1/look/1");
    assert_shows(r, "/desk/themes/1/file/sections/header-group.json");
    assert_shows(r, "Alles ist veröffentlicht");
    assert_false(test_shows(&r, ">t:"));
    assert_int_equal(get(&s, "/desk/themes/99").status, 404);
    assert_int_equal(get(&s, "/desk/themes/x").status, 404);
    office_close(&s.o);
}

// Every page of the built-in theme's editor, in both languages of the shop.
static void test_every_page(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    struct theme_files f;
    assert_true(themes_files(test_ctx(&s.o.f.t), 1, &f));
    size_t seen = 0;
    for (int i = 0; i < 20; i++) {
        struct test_response r = get(&s, arena_fmt(&s.o.f.t.arena, "/desk/themes/1/look/%d", i).p);
        assert_true(r.status == 200 || (i > 3 && r.status == 404));
        assert_false(test_shows(&r, ">t:"));
    }
    assert_true(themes_files(test_ctx(&s.o.f.t), 1, &f));
    const char *paths[100];
    size_t n = 0;
    for (size_t i = 0; i < f.n && n < ARRAY_LEN(paths); i++) {
        bool json = str_ends(f.v[i].path, S(".json"));
        if (json &&
            (str_starts(f.v[i].path, S("templates/")) || str_starts(f.v[i].path, S("sections/"))))
            paths[n++] = arena_cstr(&s.o.f.t.arena, f.v[i].path);
    }
    for (size_t i = 0; i < n; i++) {
        const char *url = arena_fmt(&s.o.f.t.arena, "/desk/themes/1/file/%s", paths[i]).p;
        struct test_response r = get(&s, url);
        assert_int_equal(r.status, 200);
        struct str rest = r.body;
        for (size_t at; (at = str_find(rest, S("?section="))) != STR_NONE;) {
            struct str key = str_from(rest, at);
            key = str_sub(key, 0, str_find_char(key, '"'));
            rest = str_from(rest, at + key.n);
            r = get(&s, arena_fmt(&s.o.f.t.arena, "%s" STR_FMT, url, STR_ARG(key)).p);
            assert_int_equal(r.status, 200);
            assert_false(test_shows(&r, ">t:"));
            r = get(&s, arena_fmt(&s.o.f.t.arena, "%s" STR_FMT "&lang=en", url, STR_ARG(key)).p);
            assert_int_equal(r.status, 200);
            seen++;
        }
    }
    assert_true(seen > 15);
    office_close(&s.o);
}

static void test_save_preview_publish(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *block = INDEX "?section=hero&block=heading";
    struct test_response r = post(&s, block, "do=save&s_text=Hallo+%3C%26%3E+Welt");
    assert_int_equal(r.status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "\"text\": \"Hallo &lt;&amp;&gt; Welt\""));
    r = get(&s, block);
    assert_shows(r, "value=\"Hallo &lt;&amp;&gt; Welt\"");
    r = get(&s, "/desk/themes/1");
    assert_shows(r, "Änderungen noch nicht veröffentlicht");
    r = get(&s, "/");
    assert_false(test_shows(&r, "Hallo &lt;&amp;&gt; Welt"));
    r = test_post(&s.o.f.t, "/desk/themes/1/do", "do=preview&open=1");
    assert_int_equal(r.status, 303);
    struct str to = test_header(&r, "Location");
    size_t at = str_find(to, S("/?preview_theme="));
    assert_true(at != STR_NONE);
    r = test_post(&s.o.f.t, "/desk/themes/1/do", "do=publish&own=1");
    assert_int_equal(r.status, 303);
    assert_true(str_starts(test_header(&r, "Location"), S("/desk/themes/1?")));
    r = get(&s, "/");
    assert_shows(r, "Hallo &lt;&amp;&gt; Welt");
    office_close(&s.o);
}

static void test_languages(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *block = INDEX "?section=hero&block=heading";
    assert_int_equal(post(&s, block, "do=save&s_text=Moin").status, 303);
    struct test_response r = get(&s, INDEX "?section=hero&block=heading&lang=en");
    assert_shows(r, "Moin"); // what the shop shows now
    assert_int_equal(
        post(&s, INDEX "?section=hero&block=heading&lang=en", "lang=en&do=save&s_text=Ahoy").status,
        303);
    assert_true(holds(file(&s, "config/texts.json"), "\"Ahoy\""));
    assert_true(holds(file(&s, "templates/index.json"), "\"text\": \"Moin\""));
    assert_int_equal(test_post(&s.o.f.t, "/desk/themes/1/do", "do=publish").status, 303);
    r = get(&s, "/en");
    assert_shows(r, "Ahoy");
    r = get(&s, "/");
    assert_shows(r, "Moin");
    // with the section go its texts
    assert_int_equal(post(&s, INDEX, "do=drop:hero").status, 303);
    assert_false(holds(file(&s, "config/texts.json"), "Ahoy"));
    assert_false(holds(file(&s, "templates/index.json"), "hero"));
    assert_int_equal(get(&s, INDEX "?lang=fr").status, 404);
    office_close(&s.o);
}

static void test_sections(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    assert_int_equal(post(&s, INDEX, "do=up:promises").status, 303);
    struct str json = file(&s, "templates/index.json");
    struct str order = str_from(json, str_find(json, S("\"order\"")));
    assert_true(str_find(order, S("promises")) < str_find(order, S("hero")));
    assert_int_equal(post(&s, INDEX, "do=hide:hero").status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "\"disabled\": true"));
    struct test_response r = get(&s, INDEX);
    assert_shows(r, "Ausgeblendet");
    assert_int_equal(post(&s, INDEX, "do=show:hero").status, 303);
    assert_false(holds(file(&s, "templates/index.json"), "disabled"));
    int64_t n = states(&s);
    assert_int_equal(post(&s, INDEX, "do=up:promises").status, 303); // it is the first: nothing
    assert_int_equal(states(&s), n);
    assert_int_equal(post(&s, INDEX, "do=add&add=faq:0").status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "\"type\": \"faq\""));
    r = post(&s, INDEX, "do=add&add=header:0"); // not on a page
    assert_int_equal(r.status, 422);
    static const char *const forged[] = {"do=add&add=nix:0",  "do=add&add=faq:99", "do=up:nix",
                                         "do=drop:__proto__", "do=fly:hero",       "do=add",
                                         "do=drop:"};
    for (size_t i = 0; i < ARRAY_LEN(forged); i++)
        assert_int_equal(post(&s, INDEX, forged[i]).status, 422);
    r = get(&s, INDEX "?section=nix");
    assert_int_equal(r.status, 404);
    assert_int_equal(get(&s, "/desk/themes/1/file/layout/theme.liquid").status, 404);
    assert_int_equal(get(&s, "/desk/themes/1/file/templates/../config/settings_data.json").status,
                     404);
    assert_int_equal(get(&s, "/desk/themes/1/look/-1").status, 404);
    assert_int_equal(get(&s, "/desk/themes/1/look/999").status, 404);
    office_close(&s.o);
}

static void test_blocks(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *hero = INDEX "?section=hero";
    assert_int_equal(post(&s, hero, "do=up:buttons").status, 303);
    struct str json = file(&s, "templates/index.json");
    struct str order = str_from(json, str_find(json, S("\"block_order\"")));
    assert_true(str_find(order, S("buttons")) < str_find(order, S("text")));
    assert_int_equal(post(&s, hero, "do=add&add=eyebrow:0").status, 303);
    assert_int_equal(post(&s, hero, "do=add&add=eyebrow:0").status, 422); // limit of one
    assert_int_equal(post(&s, hero, "do=drop:eyebrow").status, 303);
    // what was typed is saved together with the move
    assert_int_equal(post(&s, hero, "do=down:buttons&s_height=large").status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "\"height\": \"large\""));
    assert_int_equal(post(&s, hero, "do=save&s_height=huge").status, 422);
    office_close(&s.o);
}

static void test_look(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *logo = "/desk/themes/1/look/0", *colors = "/desk/themes/1/look/1";
    struct test_response r = post(&s, logo, "do=save&s_logo_width=9999&s_logo=");
    assert_int_equal(r.status, 422);
    assert_shows(r, "von 60 bis 320 in Schritten von 10");
    assert_shows(r, "value=\"9999\"");
    r = post(&s, logo, "do=save&s_logo_width=%3Cscript%3E&s_logo=");
    assert_int_equal(r.status, 422);
    assert_false(test_shows(&r, "<script>\""));
    assert_int_equal(post(&s, logo, "do=save&s_logo_width=200").status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "\"logo_width\": 200"));
    r = post(&s, colors, "do=save&s_color_schemes.scheme-1.accent=%23123456");
    assert_int_equal(r.status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "\"accent\": \"#123456\""));
    r = post(&s, colors,
             "do=save&s_color_schemes.scheme-1.text=%231d1c19&q_s_color_schemes.scheme-1.text="
             "%231d1c19&p_s_color_schemes.scheme-1.text=%23abcdef");
    assert_int_equal(r.status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "\"text\": \"#abcdef\""));
    r = post(&s, colors, "do=save&s_color_schemes.scheme-1.text=red%7D*%7B");
    assert_int_equal(r.status, 422);
    assert_shows(r, "#1a2b3c");
    office_close(&s.o);
}

static void test_conflict(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *hero = INDEX "?section=hero";
    const char *old = revision(&s, hero);
    const char *form = arena_fmt(&s.o.f.t.arena, "revision=%s&do=save&s_height=large", old).p;
    assert_int_equal(test_post(&s.o.f.t, hero, form).status, 303);
    int64_t n = states(&s);
    assert_int_equal(test_post(&s.o.f.t, hero, form).status, 303); // pressed twice: once
    assert_int_equal(states(&s), n);
    form = arena_fmt(&s.o.f.t.arena, "revision=%s&do=save&s_height=medium", old).p;
    struct test_response r = test_post(&s.o.f.t, hero, form);
    assert_int_equal(r.status, 409);
    assert_shows(r, "inzwischen geändert");
    assert_shows(r, "<option value=\"medium\" selected>"); // nothing is lost
    struct str now = office_between(&s.o, r.body, "name=\"revision\" value=\"", "\"");
    assert_false(str_eq(now, str_c(old)));
    assert_int_equal(states(&s), n);
    form = arena_fmt(&s.o.f.t.arena, "revision=%s&do=add&add=eyebrow:0", old).p;
    assert_int_equal(test_post(&s.o.f.t, hero, form).status, 409);
    assert_int_equal(test_post(&s.o.f.t, hero, "do=save&s_height=medium").status, 409);
    office_close(&s.o);
}

#define FOREIGN                                                                                    \
    "/* kept by hand */ {\"wrapper\": \"div#x\", \"sections\": {\"app\": {\"type\": \"apps\", "    \
    "\"custom_css\": [\"p { color: red }\"], \"blocks\": {\"b1\": {\"type\": "                     \
    "\"shopify://apps/x/blocks/y/1\", \"settings\": {\"n\": 1.50, \"o\": {\"z\": 1, \"a\": "       \
    "2}}}}, \"block_order\": [\"b1\"]}, \"odd\": {\"type\": \"gone\", \"settings\": {\"k\": "      \
    "\"<b>\"}}, \"rich\": {\"type\": \"rich-text\"}}, \"order\": [\"app\", \"odd\", \"rich\", "    \
    "\"ghost\"], \"x\": 1e3}"

static void test_what_is_not_known_survives(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    put_file(&s, "templates/index.json", FOREIGN);
    struct test_response r = get(&s, INDEX);
    assert_int_equal(r.status, 200);
    assert_shows(r, "Nicht aus diesem Theme");
    assert_int_equal(post(&s, INDEX, "do=down:app").status, 303);
    struct str json = file(&s, "templates/index.json");
    static const char *const stays[] = {"\"wrapper\": \"div#x\"",
                                        "p { color: red }",
                                        "1.50",
                                        "shopify://apps/x/blocks/y/1",
                                        "\"k\": \"<b>\"",
                                        "1e3",
                                        "\"ghost\""};
    for (size_t i = 0; i < ARRAY_LEN(stays); i++) {
        assert_true(holds(json, stays[i]));
    }
    assert_true(str_find(json, S("\"z\"")) < str_find(json, S("\"a\": 2")));
    r = get(&s, INDEX "?section=odd");
    assert_int_equal(r.status, 200);
    assert_int_equal(post(&s, INDEX "?section=odd", "do=save&s_k=forged").status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "\"k\": \"<b>\""));
    office_close(&s.o);
}

static void test_earlier_states(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *first = revision(&s, INDEX);
    assert_int_equal(post(&s, INDEX, "do=drop:hero").status, 303);
    put_file(&s, "templates/index.json", "{\"sections\": {");
    struct test_response r = get(&s, "/desk/themes/1");
    assert_int_equal(r.status, 200);
    assert_shows(r, "lässt sich nicht anzeigen");
    assert_shows(r, "templates/index.json, line 1");
    assert_int_equal(get(&s, INDEX).status, 404);
    assert_int_equal(
        test_post(&s.o.f.t, "/desk/themes/1/do", "do=restore&own=1&revision=999").status, 422);
    const char *form = arena_fmt(&s.o.f.t.arena, "do=restore&own=1&revision=%s", first).p;
    assert_int_equal(test_post(&s.o.f.t, "/desk/themes/1/do", form).status, 303);
    assert_int_equal(get(&s, INDEX).status, 200);
    assert_true(holds(file(&s, "templates/index.json"), "hero"));
    office_close(&s.o);
}

static void test_hostile_values(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *heading = INDEX "?section=hero&block=heading",
               *text = INDEX "?section=hero&block=text";
    struct buf huge = buf_new(&s.o.f.t.arena, 0);
    buf_put(&huge, S("do=save&s_text="));
    for (int i = 0; i < 30000; i++) buf_char(&huge, 'a');
    struct test_response r = post(&s, text, arena_cstr(&s.o.f.t.arena, buf_str(&huge)));
    assert_int_equal(r.status, 422);
    assert_shows(r, "zu lang");
    assert_int_equal(post(&s, text, "do=save&s_text=Eins%0D%0A%0D%0AZwei+%26+drei").status, 303);
    assert_true(holds(file(&s, "templates/index.json"), "<p>Eins</p><p>Zwei &amp; drei</p>"));
    r = get(&s, text);
    assert_shows(r, "Eins\n\nZwei &amp; drei</textarea>");
    assert_int_equal(post(&s, text, "do=save&s_text=%3Cdiv%3Ex%3C%2Fdiv%3E").status, 422);
    assert_int_equal(
        post(&s, heading, "do=save&s_text=%3Cimg+src%3Dx+onerror%3Dalert(1)%3EHuch").status, 303);
    r = get(&s, heading);
    assert_false(test_shows(&r, "<img src=x"));
    assert_int_equal(test_post(&s.o.f.t, "/desk/themes/1/do", "do=publish").status, 303);
    r = get(&s, "/");
    assert_shows(r, "Huch");
    assert_false(test_shows(&r, "onerror"));
    office_close(&s.o);
}

static void test_who_may(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    office_enter(&s.o, office_staff(&s.o, "kim@example.org", "staff", "order.read"));
    static const char *const pages[] = {"/desk/themes/1", "/desk/themes/1/look/1", INDEX};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) assert_int_equal(get(&s, pages[i]).status, 403);
    assert_int_equal(test_post(&s.o.f.t, INDEX, "do=drop:hero").status, 403);
    assert_int_equal(test_post(&s.o.f.t, "/desk/themes/1/do", "do=restore").status, 403);
    office_enter(&s.o, office_staff(&s.o, "ole@example.org", "staff", "theme.write"));
    struct test_response r = get(&s, "/desk/themes/1");
    assert_int_equal(r.status, 200);
    assert_int_equal(post(&s, INDEX, "do=drop:hero").status, 303);
    r = get(&s, "/desk/themes/1");
    assert_false(test_shows(&r, "value=\"publish\""));
    assert_int_equal(test_post(&s.o.f.t, "/desk/themes/1/do", "do=publish").status, 403);
    office_leave(&s.o);
    assert_int_equal(get(&s, "/desk/themes/1").status, 303);
    office_close(&s.o);
}

static void test_all_types_are_known(void **state) {
    (void)state;
    static const char *const names[] = {"article",
                                        "article_list",
                                        "blog",
                                        "checkbox",
                                        "collection",
                                        "color",
                                        "color_scheme",
                                        "header",
                                        "collection_list",
                                        "color_background",
                                        "color_palette",
                                        "font_picker",
                                        "html",
                                        "image_picker",
                                        "inline_richtext",
                                        "link_list",
                                        "liquid",
                                        "metaobject",
                                        "metaobject_list",
                                        "number",
                                        "page",
                                        "paragraph",
                                        "product",
                                        "product_list",
                                        "radio",
                                        "range",
                                        "richtext",
                                        "select",
                                        "text",
                                        "text_alignment",
                                        "textarea",
                                        "url",
                                        "video",
                                        "video_url",
                                        "color_scheme_group"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_non_null(theme_input_type(str_c(names[i])));
    assert_null(theme_input_type(S("hologram")));
}

#define ALL                                                                                        \
    "{% schema %}{\"name\": \"All\", \"settings\": ["                                              \
    "{\"type\": \"number\", \"id\": \"n\", \"label\": \"N\"},"                                     \
    "{\"type\": \"checkbox\", \"id\": \"c\", \"label\": \"C\", \"default\": true},"                \
    "{\"type\": \"font_picker\", \"id\": \"f\", \"label\": \"F\", \"default\": \"lato_n4\"},"      \
    "{\"type\": \"image_picker\", \"id\": \"i\", \"label\": \"I\"},"                               \
    "{\"type\": \"product\", \"id\": \"p\", \"label\": \"P\"},"                                    \
    "{\"type\": \"product_list\", \"id\": \"l\", \"label\": \"L\", \"limit\": 2},"                 \
    "{\"type\": \"collection\", \"id\": \"co\", \"label\": \"Co\"},"                               \
    "{\"type\": \"link_list\", \"id\": \"m\", \"label\": \"M\"},"                                  \
    "{\"type\": \"url\", \"id\": \"u\", \"label\": \"U\"},"                                        \
    "{\"type\": \"video_url\", \"id\": \"v\", \"label\": \"V\", \"accept\": [\"youtube\"]},"       \
    "{\"type\": \"radio\", \"id\": \"r\", \"label\": \"R\", \"options\": [{\"value\": \"a\", "     \
    "\"label\": \"A\"}, {\"value\": \"b\", \"label\": \"B\"}]},"                                   \
    "{\"type\": \"text_alignment\", \"id\": \"t\", \"label\": \"T\"},"                             \
    "{\"type\": \"html\", \"id\": \"h\", \"label\": \"<b>H</b>\"},"                                \
    "{\"type\": \"hologram\", \"id\": \"x\", \"label\": \"X\"},"                                   \
    "{\"type\": \"paragraph\", \"content\": \"Worte\"}]}{% endschema %}"
#define PAGE_OF_ALL                                                                                \
    "{\"sections\": {\"a\": {\"type\": \"all\", \"settings\": {\"x\": {\"deep\": [1, 2]}, "        \
    "\"co\": "                                                                                     \
    "\"{{ product.metafields.a.b }}\"}}}, \"order\": [\"a\"]}"
#define ALL_URL "/desk/themes/1/file/templates/page.all.json?section=a"

static void test_every_type(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    put_file(&s, "sections/all.liquid", ALL);
    put_file(&s, "templates/page.all.json", PAGE_OF_ALL);
    struct test_response r = get(&s, ALL_URL);
    assert_int_equal(r.status, 200);
    assert_shows(r, "&lt;b&gt;H&lt;/b&gt;");
    assert_shows(r, "product.metafields.a.b");
    assert_shows(r, "bleibt, wie er ist");
    assert_shows(r, "Worte");
    assert_shows(r, "<option value=\"lato_n4\" selected>");
    assert_shows(r, "<option value=\"work_sans_n7\">");
    r = post(&s, ALL_URL,
             "do=save&s_n=2%2C50&c_s_c=1&s_f=inter_n6&s_i=&s_p=/products/lamp&s_l=lamp&s_l=&s_l="
             "book&s_m=&s_u=/collections/all&s_v=https://youtu.be/x&s_r=b&s_t=center&s_x=forged&"
             "s_co=forged&s_h=%3Cscript%3E1%3C/script%3E");
    assert_int_equal(r.status, 303);
    struct str json = file(&s, "templates/page.all.json");
    static const char *const stored[] = {
        "\"n\": 2.5",         "\"c\": false", "\"f\": \"inter_n6\"", "\"p\": \"lamp\"",
        "\"book\"",           "\"r\": \"b\"", "\"t\": \"center\"",   "\"u\": \"/collections/all\"",
        "product.metafields", "\"deep\"",     "<script>1</script>",  "https://youtu.be/x"};
    for (size_t i = 0; i < ARRAY_LEN(stored); i++) assert_true(holds(json, stored[i]));
    assert_false(holds(json, "forged"));
    assert_false(holds(json, "\"i\""));
    static const char *const wrong[] = {
        "s_n=viel",        "s_f=evil%22_n4", "s_p=gibt-es-nicht",           "s_l=nix",
        "s_r=c",           "s_t=oben",       "s_l=lamp&s_l=book&s_l=penny", "s_n=1e999",
        "s_n=1.1234567891"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        r = post(&s, ALL_URL, arena_fmt(&s.o.f.t.arena, "do=save&%s", wrong[i]).p);
        if (r.status != 422) print_error("%s\n", wrong[i]);
        assert_int_equal(r.status, 422);
        assert_shows(r, "class=\"error\"");
    }
    assert_true(str_eq(json, file(&s, "templates/page.all.json")));
    assert_int_equal(post(&s, ALL_URL, "do=save&s_n=").status, 303); // the default again
    assert_false(holds(file(&s, "templates/page.all.json"), "\"n\""));
    office_close(&s.o);
}

static void test_pictures(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    const char *logo = "/desk/themes/1/look/0";
    const char *fields[] = {"revision", revision(&s, logo), "do", "save", "s_logo", "", NULL};
    struct office_file f = {
        .path = logo,
        .field = "u_s_logo",
        .filename = "logo.svg",
        .type = "image/svg+xml",
        .bytes = S("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        .fields = fields};
    assert_int_equal(office_upload(&s.o, &f).status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "shopify://shop_images/logo.svg"));
    struct test_response r = get(&s, logo);
    assert_shows(r, "/logo.svg\"");
    // another picture of the same name does not take its place
    fields[1] = revision(&s, logo);
    f.bytes = S("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"9\"/>");
    assert_int_equal(office_upload(&s.o, &f).status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "shopify://shop_images/logo-2.svg"));
    fields[1] = revision(&s, logo);
    f.bytes = S("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>");
    assert_int_equal(office_upload(&s.o, &f).status, 422);
    assert_int_equal(post(&s, logo, "do=save&s_logo=").status, 303);
    assert_true(holds(file(&s, "config/settings_data.json"), "\"logo\": \"\""));
    office_close(&s.o);
}

static void test_badges(void **state) {
    (void)state;
    struct studio s;
    studio_open(&s);
    struct test_response r = get(&s, "/desk/badges");
    assert_int_equal(r.status, 200);
    const char *was =
        arena_cstr(&s.o.f.t.arena, office_between(&s.o, r.body, "name=\"was\" value=\"", "\""));
    const char *form = arena_fmt(&s.o.f.t.arena,
                                 "was=%s&label_0_de=Vegan&label_0_en=Vegan&proof_0_de=Brief+des+"
                                 "Herstellers",
                                 was)
                           .p;
    assert_int_equal(test_post(&s.o.f.t, "/desk/badges", form).status, 303);
    assert_int_equal(test_post(&s.o.f.t, "/desk/badges", form).status, 303); // twice: once
    r = get(&s, "/desk/badges");
    assert_shows(r, "<code>vegan</code>");
    assert_shows(r, "Brief des Herstellers");
    form = arena_fmt(&s.o.f.t.arena, "was=%s&label_0_de=Neu&proof_0_de=x", was).p;
    assert_int_equal(test_post(&s.o.f.t, "/desk/badges", form).status, 409);
    assert_int_equal(test_post(&s.o.f.t, "/desk/badges", "label_0_de=Ohne+Beleg").status, 409);
    r = get(&s, "/desk/settings");
    assert_false(test_shows(&r, "name=\"theme.badges\""));
    office_enter(&s.o, office_staff(&s.o, "kim@example.org", "staff", "theme.write"));
    assert_int_equal(get(&s, "/desk/badges").status, 200);
    office_enter(&s.o, office_staff(&s.o, "ada@example.org", "staff", "order.read"));
    assert_int_equal(get(&s, "/desk/badges").status, 403);
    office_close(&s.o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_theme_page),
        cmocka_unit_test(test_every_page),
        cmocka_unit_test(test_save_preview_publish),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_look),
        cmocka_unit_test(test_conflict),
        cmocka_unit_test(test_what_is_not_known_survives),
        cmocka_unit_test(test_earlier_states),
        cmocka_unit_test(test_hostile_values),
        cmocka_unit_test(test_who_may),
        cmocka_unit_test(test_all_types_are_known),
        cmocka_unit_test(test_every_type),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_badges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
