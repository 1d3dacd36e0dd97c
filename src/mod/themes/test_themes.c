// SPDX-License-Identifier: Apache-2.0
// Themes of a shop through their life: added, previewed, published, taken back; broken ones; what
// visitors see at each step.
#include "core/testing.h"
#include "mod/themes/run.h"

#define LAYOUT                                                                                     \
    "<html><head>{{ content_for_header }}</head><body>{{ content_for_layout }}</body></html>"

static bool no_resource(void *page, struct str type, struct liquid_value value,
                        struct liquid_value *out, struct err *err) {
    (void)page, (void)type, (void)value, (void)err;
    *out = liquid_nil();
    return true;
}
static void plain_money(void *page, int64_t minor, enum theme_money how, struct buf *out) {
    (void)page, (void)how;
    buf_int(out, minor);
}
static bool no_image(void *page, struct liquid_value input, const struct theme_image_size *s,
                     struct buf *out, struct err *err) {
    (void)page, (void)input, (void)s, (void)out, (void)err;
    return true;
}
static bool image_nil(void *page, struct liquid_value input, struct liquid_value *out,
                      struct err *err) {
    (void)page, (void)input, (void)err;
    *out = liquid_nil();
    return true;
}
static bool no_form(void *page, const struct theme_form *f, struct theme_form_out *out,
                    struct err *err) {
    (void)page, (void)f, (void)err;
    *out = (struct theme_form_out){0};
    return true;
}
static bool no_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                        struct liquid_value *out, struct err *err) {
    (void)page, (void)list, (void)size, (void)window, (void)err;
    *out = liquid_nil();
    return true;
}
static struct str same_path(void *page, struct str path) { return (void)page, path; }
static struct str nothing(void *page, struct str name) {
    return (void)page, (void)name, (struct str){0};
}
static struct str no_head(void *page) { return (void)page, S(""); }
static void silent(void *page, struct str file, int line, struct str message) {
    (void)page, (void)file, (void)line, (void)message;
}
static int utc(void *self, instant t) { return (void)self, (void)t, 0; }

static const struct theme_host host = {
    .resource = no_resource,
    .money = plain_money,
    .image_url = no_image,
    .image_of = image_nil,
    .form = no_form,
    .paginate = no_paginate,
    .local_path = same_path,
    .file_url = nothing,
    .head = no_head,
    .system_text = nothing,
    .problem = silent,
    .utc_offset = utc,
};

#define FILE_OF(name, text)                                                                        \
    {                                                                                              \
        name, (const unsigned char *)(text), sizeof(text) - 1,                                     \
            "00000000000000000000000000000000000000000000000000000000000000aa"                     \
    }
static const struct embed hanse[] = {
    FILE_OF("assets/a.css", "b{}"),
    FILE_OF("config/settings_data.json", "{\"current\":{}}"),
    FILE_OF("config/settings_schema.json",
            "[{\"name\":\"theme_info\",\"theme_name\":\"Hanse\",\"theme_version\":\"1.0.0\","
            "\"theme_author\":\"Kontor\",\"theme_documentation_url\":\"https://kontor.example\","
            "\"theme_support_url\":\"https://kontor.example\"}]"),
    FILE_OF("layout/theme.liquid", LAYOUT),
    FILE_OF("locales/en.default.json", "{}"),
    FILE_OF("templates/index.liquid", "Moin von Hanse"),
};

static void start(struct test_shop *t) {
    test_shop_open(t, &(struct test_shop_options){.modules = TEST_MODULES(&themes_module)});
    struct themes_start_in in = {&host, hanse, ARRAY_LEN(hanse)};
    struct err err = {0};
    bool ok = themes_start(&t->shop, &in, &err);
    if (!ok) print_error("%s %s\n", err.message, err.detail);
    assert_true(ok);
}

static bool run(struct test_shop *t, enum themes_step step, struct themes_work *w) {
    return themes_run(test_ctx(t), step, w);
}

static struct theme_files theme_saying(struct test_shop *t, const char *index) {
    struct theme_file v[] = {
        {S("config/settings_schema.json"), embed_str(&hanse[2])},
        {S("layout/theme.liquid"), S(LAYOUT)},
        {S("locales/en.default.json"), S("{}")},
        {S("templates/index.liquid"), str_c(index)},
    };
    struct theme_files out;
    struct err err = {0};
    struct theme_file *kept = ARENA_ARRAY(&t->arena, struct theme_file, ARRAY_LEN(v));
    memcpy(kept, v, sizeof v);
    assert_true(theme_files_of(&t->arena, kept, ARRAY_LEN(v), &out, &err));
    return out;
}

static struct str shown(struct test_shop *t, const struct themes_hold *h) {
    struct buf out = buf_new(&t->arena, 0);
    struct err err = {0};
    struct theme_page p = {
        .theme = h->theme,
        .arena = &t->arena,
        .globals = liquid_map_new(&t->arena),
        .lang = S("de"),
    };
    assert_true(theme_render(&p, S("index"), &out, &err));
    return buf_str(&out);
}

static void assert_live(struct test_shop *t, const char *text) {
    struct themes_hold h;
    themes_take(test_ctx(t), THEMES_LIVE, &h);
    struct str page = shown(t, &h);
    if (str_find(page, str_c(text)) == STR_NONE) print_error(STR_FMT "\n", STR_ARG(page));
    assert_true(str_find(page, str_c(text)) != STR_NONE);
    themes_release(&h);
}

static int64_t added(struct test_shop *t, const char *name, const char *index) {
    struct themes_work s = {.files = theme_saying(t, index), .name = str_c(name)};
    assert_true(run(t, THEMES_ADD, &s));
    return s.theme_id;
}

static void test_life(void **state) {
    struct test_shop t;
    (void)state;
    start(&t);
    assert_live(&t, "Moin von Hanse");
    struct themes_work a = {.theme_id = added(&t, "Anker", "Anker 1")};
    struct themes_work b = {.theme_id = added(&t, "Boje", "Boje 1")};
    assert_live(&t, "Moin von Hanse");
    assert_true(run(&t, THEMES_PUBLISH, &a));
    assert_live(&t, "Anker 1");
    assert_true(run(&t, THEMES_PUBLISH, &b));
    assert_live(&t, "Boje 1");
    assert_true(run(&t, THEMES_ROLLBACK, &b));
    assert_live(&t, "Anker 1");
    assert_true(run(&t, THEMES_ROLLBACK, &b));
    assert_live(&t, "Moin von Hanse");
    assert_false(run(&t, THEMES_ROLLBACK, &b));
    assert_int_equal(t.ctx.err.code, ERR_NOT_FOUND);
    assert_true(run(&t, THEMES_PUBLISH, &b));
    assert_live(&t, "Boje 1");
    assert_true(run(&t, THEMES_ROLLBACK, &b));
    assert_live(&t, "Moin von Hanse");
    test_shop_close(&t);
}

static void test_saving_is_not_publishing(void **state) {
    struct test_shop t;
    (void)state;
    start(&t);
    struct themes_work a = {.theme_id = added(&t, "Anker", "Anker 1")};
    assert_true(run(&t, THEMES_PUBLISH, &a));
    a.files = theme_saying(&t, "Anker 2");
    assert_true(run(&t, THEMES_SAVE, &a));
    assert_live(&t, "Anker 1");
    a.expected = a.revision_id;
    assert_true(run(&t, THEMES_SAVE, &a));
    assert_false(run(&t, THEMES_SAVE, &a)); // somebody else saved meanwhile
    assert_int_equal(t.ctx.err.code, ERR_CONFLICT);
    assert_true(run(&t, THEMES_PUBLISH, &a));
    assert_live(&t, "Anker 2");
    test_shop_close(&t);
}

static void test_broken_stays_unpublished(void **state) {
    struct test_shop t;
    (void)state;
    start(&t);
    struct theme_findings findings = {.arena = &t.arena};
    struct themes_work s = {.theme_id = added(&t, "Wrack", "{% if %}"), .findings = &findings};
    assert_false(run(&t, THEMES_PUBLISH, &s));
    assert_int_equal(t.ctx.err.code, ERR_INVALID);
    assert_true(findings.errors > 0);
    assert_live(&t, "Moin von Hanse");
    struct themes_work none = {.files = {0}};
    assert_false(run(&t, THEMES_ADD, &none));
    struct themes_work twice = {.files = theme_saying(&t, "x"), .name = S("Wrack")};
    assert_false(run(&t, THEMES_ADD, &twice));
    assert_int_equal(t.ctx.err.code, ERR_CONFLICT);
    test_shop_close(&t);
}

static void test_preview(void **state) {
    struct test_shop t;
    struct themes_hold h;
    bool found;
    (void)state;
    start(&t);
    struct themes_work s = {.theme_id = added(&t, "Anker", "Anker 1")};
    assert_true(run(&t, THEMES_PREVIEW, &s));
    size_t at = str_find(s.url, S("preview_theme="));
    assert_true(at != STR_NONE);
    struct str token = str_from(s.url, at + S("preview_theme=").n);
    assert_true(themes_take_preview(test_ctx(&t), token, &h, &found));
    assert_true(found);
    assert_true(str_find(shown(&t, &h), S("Anker 1")) != STR_NONE);
    themes_release(&h);
    assert_live(&t, "Moin von Hanse");
    assert_true(themes_take_preview(test_ctx(&t), S("guess"), &h, &found));
    assert_false(found);
    test_wait(&t, 8 * DAY);
    assert_true(themes_take_preview(test_ctx(&t), token, &h, &found));
    assert_false(found);
    test_shop_close(&t);
}

static void test_copy_and_remove(void **state) {
    struct test_shop t;
    struct themes_entries all;
    (void)state;
    start(&t);
    struct themes_work a = {.theme_id = added(&t, "Anker", "Anker 1")};
    int64_t anker = a.theme_id;
    assert_true(run(&t, THEMES_DUPLICATE, &a));
    assert_true(a.theme_id != anker);
    assert_true(run(&t, THEMES_PUBLISH, &a));
    assert_live(&t, "Anker 1");
    assert_false(run(&t, THEMES_REMOVE, &a)); // it is live
    assert_true(run(&t, THEMES_ROLLBACK, &a));
    assert_true(run(&t, THEMES_REMOVE, &a));
    a.theme_id = anker;
    assert_true(run(&t, THEMES_REMOVE, &a));
    assert_true(themes_list(test_ctx(&t), &all));
    assert_int_equal(all.n, 1);
    assert_true(all.v[0].live && all.v[0].built_in);
    test_shop_close(&t);
}

// What was removed does not come back.
static void test_back_past_what_was_removed(void **state) {
    struct test_shop t;
    (void)state;
    start(&t);
    struct themes_work a = {.theme_id = added(&t, "Anker", "Anker 1")};
    struct themes_work b = {.theme_id = added(&t, "Boje", "Boje 1")};
    assert_true(run(&t, THEMES_PUBLISH, &a));
    assert_true(run(&t, THEMES_PUBLISH, &b));
    assert_true(run(&t, THEMES_REMOVE, &a));
    assert_false(run(&t, THEMES_PUBLISH, &a));
    assert_true(run(&t, THEMES_ROLLBACK, &b));
    assert_live(&t, "Moin von Hanse");
    test_shop_close(&t);
}

// More previews than fit into memory, then what they pushed out goes live.
static void test_many_previews(void **state) {
    struct test_shop t;
    struct themes_hold h;
    struct err err = {0};
    (void)state;
    start(&t);
    int64_t ids[9];
    for (int i = 0; i < 9; i++) {
        const char *name = arena_fmt(&t.arena, "Theme %d", i).p;
        ids[i] = added(&t, name, name);
        assert_true(themes_take_newest(test_ctx(&t), ids[i], &h, &err));
        themes_release(&h);
    }
    for (int i = 0; i < 9; i++) {
        struct themes_work w = {.theme_id = ids[i]};
        assert_true(run(&t, THEMES_PUBLISH, &w));
        if (i % 2) assert_live(&t, arena_fmt(&t.arena, "Theme %d", i).p);
    }
    test_shop_close(&t);
}

// The built-in theme with the merchant's change over it, and without it again.
static void test_built_in_is_a_base(void **state) {
    struct test_shop t;
    struct themes_entry e;
    struct theme_files files;
    bool found;
    (void)state;
    start(&t);
    assert_true(themes_find(test_ctx(&t), S("Hanse"), &e, &found) && found);
    struct theme_file mine = {S("templates/index.liquid"), S("Meine Seite")};
    struct themes_work s = {.theme_id = e.id, .files = {&mine, 1, 0}};
    assert_true(run(&t, THEMES_SAVE, &s));
    assert_true(run(&t, THEMES_PUBLISH, &s));
    assert_live(&t, "Meine Seite");
    assert_true(themes_files(test_ctx(&t), e.id, &files));
    assert_int_equal(files.n, ARRAY_LEN(hanse));
    assert_true(run(&t, THEMES_ROLLBACK, &s));
    assert_live(&t, "Moin von Hanse");
    test_shop_close(&t);
}

static void test_problems_are_counted_not_written_each_time(void **state) {
    struct test_shop t;
    struct themes_hold h;
    (void)state;
    start(&t);
    struct themes_work a = {.theme_id = added(&t, "Anker", "Anker 1")};
    assert_true(run(&t, THEMES_PUBLISH, &a));
    themes_take(test_ctx(&t), THEMES_LIVE, &h);
    for (int i = 0; i < 100; i++)
        themes_problem(test_ctx(&t), &h, S("sections/a.liquid"), 3, S("Liquid error: x"));
    test_wait(&t, 2 * MINUTE);
    themes_problem(test_ctx(&t), &h, S("sections/a.liquid"), 3, S("Liquid error: x"));
    struct themes_told_list told;
    assert_true(themes_problems_of(test_ctx(&t), 0, &told));
    assert_int_equal(told.n, 1);
    assert_int_equal(told.v[0].times, 2);
    themes_release(&h);
    test_shop_close(&t);
}

static void test_assets(void **state) {
    struct test_shop t;
    struct themes_hold h;
    struct str bytes;
    const char *type;
    bool exact;
    (void)state;
    start(&t);
    themes_take(test_ctx(&t), THEMES_LIVE, &h);
    struct str url = theme_asset_url(h.theme, &t.arena, S("a.css"));
    themes_release(&h);
    assert_true(str_starts(url, S(THEMES_ASSETS)));
    assert_true(
        themes_asset(test_ctx(&t), str_from(url, S(THEMES_ASSETS).n), &bytes, &type, &exact));
    assert_true(exact && str_eq(bytes, S("b{}")));
    assert_true(themes_asset(test_ctx(&t), S("0000000000000000/a.css"), &bytes, &type, &exact));
    assert_true(!exact && str_eq(bytes, S("b{}")));
    assert_true(themes_asset(test_ctx(&t), S("0000000000000000/none.css"), &bytes, &type, &exact));
    assert_null(bytes.p);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_saving_is_not_publishing),
        cmocka_unit_test(test_broken_stays_unpublished),
        cmocka_unit_test(test_preview),
        cmocka_unit_test(test_copy_and_remove),
        cmocka_unit_test(test_back_past_what_was_removed),
        cmocka_unit_test(test_many_previews),
        cmocka_unit_test(test_built_in_is_a_base),
        cmocka_unit_test(test_problems_are_counted_not_written_each_time),
        cmocka_unit_test(test_assets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
