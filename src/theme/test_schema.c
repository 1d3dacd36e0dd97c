// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "theme/schema.h"

struct reading {
    struct arena a;
    struct theme_findings findings;
    struct theme_schema s;
};

static void read_text(struct reading *r, const char *file, const char *text) {
    arena_reset(&r->a);
    r->findings = (struct theme_findings){.arena = &r->a};
    theme_schema_read(&r->a, str_c(file), str_c(text), 10, &r->s, &r->findings);
}

static void whole_section(void **state) {
    (void)state;
    struct reading r = {0};
    read_text(
        &r, "sections/hero.liquid",
        "{\"name\": \"t:sections.hero.name\", \"tag\": \"section\", \"class\": \"hero\",\n"
        "\"limit\": 1, \"max_blocks\": 4, \"settings\": [\n"
        "{\"type\": \"header\", \"content\": \"Words\"},\n"
        "{\"type\": \"text\", \"id\": \"title\", \"label\": \"Title\", \"default\": \"Moin\"},\n"
        "{\"type\": \"range\", \"id\": \"gap\", \"label\": \"Gap\", \"min\": 0, \"max\": 5,\n"
        " \"step\": 0.5, \"unit\": \"px\", \"default\": 2.5},\n"
        "{\"type\": \"select\", \"id\": \"way\", \"label\": \"Way\", \"default\": \"b\",\n"
        " \"options\": [{\"value\": \"a\", \"label\": \"A\"},\n"
        "              {\"value\": \"b\", \"label\": \"B\"}]}],\n"
        "\"blocks\": [{\"type\": \"button\", \"name\": \"Button\", \"limit\": 2, \"settings\":\n"
        "  [{\"type\": \"url\", \"id\": \"to\", \"label\": \"To\"}]}, {\"type\": \"@app\"}],\n"
        "\"presets\": [{\"name\": \"Hero\", \"settings\": {\"gap\": 1},\n"
        "  \"blocks\": [{\"type\": \"button\", \"settings\": {\"to\": \"/cart\"}}]}],\n"
        "\"enabled_on\": {\"templates\": [\"index\", \"page\"], \"groups\": [\"*\"]},\n"
        "\"locales\": {\"de\": {\"name\": \"Held\"}}}");
    for (size_t i = 0; i < r.findings.n; i++) print_error("%s\n", r.findings.v[i].message.p);
    assert_int_equal(r.findings.n, 0);
    assert_str(r.s.file, "sections/hero.liquid");
    assert_str(r.s.tag, "section");
    assert_int_equal(r.s.limit, 1);
    assert_int_equal(r.s.max_blocks, 4);
    assert_int_equal(r.s.setting_count, 4);
    assert_str(r.s.settings[0].content, "Words");
    assert_null(r.s.settings[0].otherwise);
    assert_str(r.s.settings[2].otherwise->text, "2.5");
    assert_int_equal(r.s.settings[2].all->line, 14);
    assert_int_equal(r.s.block_count, 2);
    assert_int_equal(r.s.blocks[0].limit, 2);
    assert_int_equal(r.s.blocks[0].setting_count, 1);
    assert_int_equal(r.s.presets->n, 1);
    assert_non_null(r.s.enabled_on);
    arena_done(&r.a);
}

static void blocks_and_absent_schemas(void **state) {
    (void)state;
    struct reading r = {0};
    read_text(&r, "blocks/text.liquid",
              "{\"name\": \"Text\", \"tag\": null, \"blocks\": [{\"type\": \"@theme\"},\n"
              "{\"type\": \"_slide\"}], \"presets\": [{\"name\": \"T\", \"blocks\":\n"
              "{\"a\": {\"type\": \"text\"}}, \"block_order\": [\"a\"]}]}");
    assert_int_equal(r.findings.n, 0);
    assert_non_null(r.s.tag.p);
    assert_int_equal(r.s.tag.n, 0);
    assert_int_equal(r.s.block_count, 2);
    theme_schema_read(&r.a, S("blocks/a.liquid"), (struct str){0}, 1, &r.s, &r.findings);
    assert_null(r.s.file.p);
    read_text(&r, "blocks/a.liquid", "{}");
    assert_str(r.s.file, "blocks/a.liquid");
    assert_null(r.s.tag.p);
    arena_done(&r.a);
}

struct wrong {
    const char *text, *message;
    int line;
    enum theme_severity severity;
};
static const struct wrong sections[] = {
    {"[]", "A section must be an object.", 10, THEME_ERROR},
    {"{\"nam\": 1}", "A section has no member \"nam\".", 10, THEME_WARNING},
    {"{\n\"tag\": \"main\"}", "\"tag\" of a section cannot be \"main\".", 11, THEME_WARNING},
    {"{\"limit\": 3}", "\"limit\" of a section must be from 1 to 2.", 10, THEME_WARNING},
    {"{\"max_blocks\": \"5\"}", "\"max_blocks\" of a section must be a whole number.", 10,
     THEME_WARNING},
    {"{\"settings\": [\n{\"type\": \"colour\", \"id\": \"a\"}]}",
     "There is no setting of type \"colour\".", 11, THEME_ERROR},
    {"{\"settings\": [7]}", "A setting must be an object with a \"type\".", 10, THEME_ERROR},
    {"{\"settings\": [{\"type\": \"text\", \"label\": \"A\"}]}",
     "A setting of type text needs \"id\".", 10, THEME_ERROR},
    {"{\"settings\": [{\"type\": \"text\", \"id\": \"a\"}]}",
     "A setting of type text needs \"label\".", 10, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"text\", \"id\": \"a\", \"label\": \"A\", \"min\": 1}]}",
     "A setting of type text has no member \"min\".", 10, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"html\", \"id\": \"a\", \"label\": \"A\"},\n"
     "{\"type\": \"url\", \"id\": \"a\", \"label\": \"A\"}]}",
     "The setting \"a\" stands twice.", 11, THEME_ERROR},
    {"{\"settings\": [{\"type\": \"checkbox\", \"id\": \"a\", \"label\": \"A\",\n"
     "\"default\": \"true\"}]}",
     "The default of \"a\" must be true or false.", 11, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"select\", \"id\": \"a\", \"label\": \"A\", \"options\": []}]}",
     "A setting of type select needs at least one option.", 10, THEME_ERROR},
    {"{\"settings\": [{\"type\": \"range\", \"id\": \"a\", \"label\": \"A\", \"min\": 5,\n"
     "\"max\": 1, \"default\": 3}]}",
     "\"max\" of a range must be above \"min\", \"step\" above 0.", 10, THEME_ERROR},
    {"{\"settings\": [{\"type\": \"range\", \"id\": \"a\", \"label\": \"A\", \"min\": 0,\n"
     "\"max\": 101, \"default\": 3}]}",
     "A range may have at most 101 steps.", 10, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"video_url\", \"id\": \"a\", \"label\": \"A\", \"accept\":\n"
     "[\"dailymotion\"]}]}",
     "\"accept\" may name \"youtube\" and \"vimeo\".", 11, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"number\", \"id\": \"a\", \"label\": \"A\", \"icon\": \"x\"}]}",
     "\"icon\" of a setting of type number cannot be \"x\".", 10, THEME_WARNING},
    {"{\"settings\": [{\"type\": \"text\", \"id\": \"a\", \"label\": \"A\", \"visible_if\": "
     "\"b\"}]}",
     "\"visible_if\" must be one {{ expression }}.", 10, THEME_WARNING},
    {"{\"blocks\": [{\"name\": \"A\"}]}", "A block of a section needs \"type\".", 10, THEME_ERROR},
    {"{\"blocks\": [{\"type\": \"@shop\"}]}", "There is no block type \"@shop\".", 10, THEME_ERROR},
    {"{\"blocks\": [{\"type\": \"a\", \"name\": \"A\"},\n{\"type\": \"a\", \"name\": \"B\"}]}",
     "The block type \"a\" stands twice.", 11, THEME_ERROR},
    {"{\"blocks\": [{\"type\": \"a\", \"name\": \"A\"}, {\"type\": \"@theme\"}]}",
     "A section has either blocks of its own or theme blocks, not both.", 10, THEME_WARNING},
    {"{\"presets\": [{\"settings\": {}}]}", "A preset needs \"name\".", 10, THEME_ERROR},
    {"{\"presets\": [{\"name\": \"A\", \"settings\": {\"a\": 1}}]}",
     "The schema has no setting \"a\".", 10, THEME_WARNING},
    {"{\"presets\": [{\"name\": \"A\", \"blocks\": [{\"type\": \"b\"}]}]}",
     "The schema allows no block of type \"b\".", 10, THEME_WARNING},
    {"{\"blocks\": [{\"type\": \"@theme\"}], \"presets\": [{\"name\": \"A\", \"blocks\":\n"
     "[{\"type\": \"_b\"}]}]}",
     "The schema allows no block of type \"_b\".", 11, THEME_WARNING},
    {"{\"presets\": [{\"name\": \"A\", \"blocks\": {}, \"block_order\": [\"x\"]}]}",
     "\"block_order\" names a block that is not there.", 10, THEME_WARNING},
    {"{\"enabled_on\": {\"templates\": [\"home\"]}}", "There is no kind of template \"home\".", 10,
     THEME_WARNING},
    {"{\"enabled_on\": {\"groups\": [\"a\", \"a\"]}}", "\"a\" stands twice.", 10, THEME_WARNING},
    {"{\"enabled_on\": {}, \"disabled_on\": {}}",
     "A section has either \"enabled_on\" or \"disabled_on\"; the first counts.", 10,
     THEME_WARNING},
    {"{\"locales\": {\"de\": {\"a\": 1}}}", "This must be a text.", 10, THEME_WARNING},
};

static void wrong_sections(void **state) {
    (void)state;
    struct reading r = {0};
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        read_text(&r, "sections/a.liquid", sections[i].text);
        if (r.findings.n != 1) print_error("%s: %zu findings\n", sections[i].text, r.findings.n);
        assert_int_equal(r.findings.n, 1);
        assert_str(r.findings.v[0].message, sections[i].message);
        assert_int_equal(r.findings.v[0].line, sections[i].line);
        assert_int_equal(r.findings.v[0].severity, sections[i].severity);
    }
    arena_done(&r.a);
}

// {"type", members, value fits, why it does not}
static const struct {
    const char *setting, *value, *why; // why NULL: it fits
} fits[] = {
    {"\"type\":\"text\"", "\"a\"", NULL},
    {"\"type\":\"text\"", "1", "must be a text"},
    {"\"type\":\"text\"", "null", NULL},
    {"\"type\":\"header\"", "null", "has no value"},
    {"\"type\":\"checkbox\"", "true", NULL},
    {"\"type\":\"number\",\"min\":1,\"max\":9.5", "9.5", NULL},
    {"\"type\":\"number\",\"min\":1,\"max\":9.5", "9.6", "must be from 1 to 9.5"},
    {"\"type\":\"number\",\"min\":1", "0",
     "is below the least or above the greatest number allowed"},
    {"\"type\":\"number\"", "\"9\"", "must be a number"},
    {"\"type\":\"number\"", "\"{{ product.metafields.a.b }}\"", NULL},
    {"\"type\":\"range\",\"min\":0.5,\"max\":9,\"step\":0.5", "3.5", NULL},
    {"\"type\":\"range\",\"min\":0.5,\"max\":9,\"step\":0.5", "3.6",
     "must be a step of 0.5 from 0.5"},
    {"\"type\":\"range\",\"min\":-9223372036854775808,\"max\":9,\"step\":1", "1",
     NULL}, // a limit that is no number is none
    {"\"type\":\"radio\",\"options\":[{\"value\":\"a\"},{\"value\":\"b\"}]", "\"b\"", NULL},
    {"\"type\":\"radio\",\"options\":[{\"value\":\"a\"},{\"value\":\"b\"}]", "\"c\"",
     "must be one of: a, b"},
    {"\"type\":\"color\"", "\"#1a2B3c\"", NULL},
    {"\"type\":\"color\"", "\"\"", NULL},
    {"\"type\":\"color\"", "\"rgba(0, 0, 0, .5)\"", NULL},
    {"\"type\":\"color\"", "\"#12\"", "must be a colour such as #1a2b3c or rgba(0, 0, 0, 0.5)"},
    {"\"type\":\"color\"", "\"red;}body{\"",
     "must be a colour such as #1a2b3c or rgba(0, 0, 0, 0.5)"},
    {"\"type\":\"richtext\"", "\"<p>a</p>\"", NULL},
    {"\"type\":\"richtext\"", "\"a\"", "must be HTML in paragraphs, headings or lists: <p>...</p>"},
    {"\"type\":\"text_alignment\"", "\"center\"", NULL},
    {"\"type\":\"text_alignment\"", "\"justify\"", "must be left, right or center"},
    {"\"type\":\"product_list\",\"limit\":2", "[\"a\",\"b\"]", NULL},
    {"\"type\":\"product_list\",\"limit\":2", "[\"a\",\"b\",\"c\"]",
     "names more than the limit of the setting"},
    {"\"type\":\"product_list\"", "\"a\"", "must be an array of handles"},
    {"\"type\":\"color_scheme_group\"", "{}", NULL},
    {"\"type\":\"color_scheme_group\"", "[]", "must be an object"},
    {"\"type\":\"image_picker\"", "\"shopify://shop_images/a.png\"", NULL},
};

static void values_fit(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(fits); i++) {
        struct theme_findings f = {.arena = &a};
        struct theme_json all, value;
        struct str why;
        struct str text = arena_fmt(&a, "{%s}", fits[i].setting);
        assert_true(theme_json_parse(&a, S("a"), text, 1, &all, &f));
        assert_true(theme_json_parse(&a, S("a"), str_c(fits[i].value), 1, &value, &f));
        struct theme_setting s = {.type = theme_json_text(&all, "type"), .all = &all};
        bool ok = theme_value_ok(&a, &s, &value, &why);
        if (ok != !fits[i].why) print_error("%s %s\n", fits[i].setting, fits[i].value);
        assert_true(ok == !fits[i].why);
        assert_str(why, fits[i].why ? fits[i].why : "");
    }
    arena_done(&a);
}

static void settings_of_a_theme(void **state) {
    (void)state;
    struct arena a = {0};
    struct theme_findings f = {.arena = &a};
    struct theme_settings_schema s;
    struct theme_file file = {
        S("config/settings_schema.json"),
        S("[{\"name\": \"theme_info\", \"theme_name\": \"Hanse\", \"theme_version\": \"1\",\n"
          "\"theme_author\": \"K\", \"theme_documentation_url\": \"https://x\",\n"
          "\"theme_support_url\": \"https://x\"},\n"
          "{\"name\": \"Colours\", \"settings\": [{\"type\": \"color_scheme_group\", \"id\": "
          "\"cs\",\n"
          "\"definition\": [{\"type\": \"color\", \"id\": \"bg\", \"label\": \"B\"}], \"role\": "
          "{}}]},\n"
          "{\"name\": \"Type\", \"settings\": [\n"
          "{\"type\": \"text\", \"id\": \"cs\", \"label\": \"A\"}]}]")};
    theme_settings_schema_read(&a, &file, &s, &f);
    assert_int_equal(f.n, 1);
    assert_str(f.v[0].message, "The setting \"cs\" stands twice.");
    assert_int_equal(f.v[0].line, 7);
    assert_int_equal(s.n, 2);
    assert_str(s.theme_name, "Hanse");
    assert_str(s.groups[1].name, "Type");
    file.bytes = S("{}");
    theme_settings_schema_read(&a, &file, &s, &f);
    assert_int_equal(f.errors, 2);
    file.bytes = S("[{\"name\": \"theme_info\"}]");
    theme_settings_schema_read(&a, &file, &s, &f);
    assert_int_equal(f.errors, 2);
    assert_int_equal(f.warnings, 5);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_section),       cmocka_unit_test(blocks_and_absent_schemas),
        cmocka_unit_test(wrong_sections),      cmocka_unit_test(values_fit),
        cmocka_unit_test(settings_of_a_theme),
    };
    return TEST_GROUP(tests);
}
