// SPDX-License-Identifier: Apache-2.0
// The till in the merchant's dress, templates that things have of their own, what buyers said.
#include "core/tx.h"
#include "mod/themes/alternate.h"
#include "mod/themes/run.h"
#include "order_sql.h"
#include "shop/test_seed.h"

#define INFO                                                                                       \
    "{\"name\":\"theme_info\",\"theme_name\":\"Boje\",\"theme_version\":\"1\","                    \
    "\"theme_author\":\"Test\",\"theme_documentation_url\":\"https://kontor.example\","            \
    "\"theme_support_url\":\"https://kontor.example\"}"
#define COLOR(id) "{\"type\":\"color\",\"id\":\"" id "\",\"label\":\"x\",\"default\":\"#ffffff\"}"
#define SCHEMES                                                                                    \
    ",{\"name\":\"Colours\",\"settings\":[{\"type\":\"color_scheme_group\",\"id\":"                \
    "\"color_schemes\",\"definition\":[" COLOR("background") "," COLOR("text") "," COLOR(          \
        "button") "," COLOR("button_label") "],\"role\":{\"background\":\"background\","           \
                                            "\"text\":\"text\",\"primary_button\":\"button\","     \
                                            "\"on_primary_button\":\"button_label\","              \
                                            "\"primary_button_border\":\"button\","                \
                                            "\"secondary_button\":\"background\","                 \
                                            "\"on_secondary_button\":\"text\","                    \
                                            "\"secondary_button_border\":\"text\","                \
                                            "\"links\":\"text\",\"icons\":\"text\"}}]}"

static void live(struct seed *s, const char *name, const char *schema, const char *data) {
    const struct theme_file v[] = {
        {S("config/settings_data.json"), str_c(data)},
        {S("config/settings_schema.json"), str_c(schema)},
        {S("layout/theme.liquid"), S("<html><head>{{ content_for_header }}</head>"
                                     "<body>{{ content_for_layout }}</body></html>")},
        {S("locales/en.default.json"), S("{}")},
        {S("templates/product.liquid"), S("schmal [{{ product.template_suffix }}]")},
        {S("templates/product.wide.liquid"), S("breit [{{ product.template_suffix }}]")},
    };
    struct err err = {0};
    struct themes_work w = {.name = str_c(name)};
    struct theme_findings f = {.arena = &s->t.arena};
    assert_true(theme_files_of(&s->t.arena, v, ARRAY_LEN(v), &w.files, &err));
    assert_true(themes_run(test_ctx(&s->t), THEMES_ADD, &w));
    struct themes_work p = {.theme_id = w.theme_id, .findings = &f};
    bool ok = themes_run(test_ctx(&s->t), THEMES_PUBLISH, &p);
    for (size_t i = 0; !ok && i < f.n; i++) print_error(STR_FMT "\n", STR_ARG(f.v[i].message));
    assert_true(ok);
}

static void wears_the_colours_of_the_live_theme(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/withdraw");
    struct str policy = test_header(&r, "Content-Security-Policy");
    assert_shows(r, "color-scheme:light");
    assert_false(test_shows(&r, "--text:#000000")); // Hanse's own can be read: no black on white
    assert_shows(r, "@media(prefers-color-scheme:dark)"); // Hanse has both
    assert_shows(r, "--radius:");
    assert_true(str_find(policy, S("style-src 'self' 'sha256-")) != STR_NONE);
    assert_true(str_find(policy, S("unsafe")) == STR_NONE);
    live(&s, "Boje", "[" INFO SCHEMES "]",
         "{\"current\":{\"color_schemes\":{\"a\":{\"settings\":{\"background\":\"#102030\","
         "\"text\":\"#f0f0e0\",\"button\":\"#777777\",\"button_label\":\"#888888\"}}}}}");
    r = test_get(&s.t, "/withdraw");
    assert_shows(r, "--bg:#102030;--surface:#102030;--text:#f0f0e0");
    assert_shows(r, "--btn:#f0f0e0;--btn-text:#102030"); // its own could not be read
    assert_shows(r, "color-scheme:dark");
    assert_false(test_shows(&r, "prefers-color-scheme:dark){:root"));
    assert_shows(r, "Fraunces"); // no fonts in its settings
    seed_close(&s);
}

static void cannot_be_made_unreadable(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Nebel", "[" INFO SCHEMES "]",
         "{\"current\":{\"color_schemes\":{\"a\":{\"settings\":{\"background\":\"#ffffff\","
         "\"text\":\"#cccccc\",\"button\":\"#000000\",\"button_label\":\"#ffffff\"}}}}}");
    struct test_response r = test_get(&s.t, "/withdraw");
    assert_int_equal(r.status, 200);
    assert_false(test_shows(&r, "--text:#cccccc"));
    live(&s, "Leer", "[" INFO "]", "{\"current\":{}}");
    r = test_get(&s.t, "/withdraw");
    assert_int_equal(r.status, 200);
    assert_shows(r, "--bg:#");
    seed_close(&s);
}

struct choice {
    int64_t id;
    const char *suffix;
};
static bool choose(struct ctx *c, void *self, bool *keep) {
    const struct choice *x = self;
    (void)keep;
    return themes_alternate_set(c, "product", x->id, str_c(x->suffix));
}

static void a_product_has_a_template_of_its_own(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Boje", "[" INFO "]", "{\"current\":{}}");
    struct ctx *c = test_ctx(&s.t);
    struct test_response r = test_get(&s.t, "/products/seife");
    assert_shows(r, "schmal []");
    assert_str(themes_alternates(c, "product", S("")), "wide");
    assert_str(themes_alternates(c, "product", S("alt")), "wide|alt");
    assert_str(themes_alternates(c, "article", S("")), "");
    assert_true(tx_run(c, choose, &(struct choice){s.soap, "wide"}));
    r = test_get(&s.t, "/products/seife");
    assert_shows(r, "breit [wide]");
    r = test_get(&s.t, "/products/flasche");
    assert_shows(r, "schmal []");
    c = test_ctx(&s.t);
    assert_true(tx_run(c, choose, &(struct choice){s.soap, "nicht-da"}));
    r = test_get(&s.t, "/products/seife"); // the theme has not got it
    assert_shows(r, "schmal [nicht-da]");
    r = test_get(&s.t, "/products/seife?view=wide");
    assert_shows(r, "breit");
    c = test_ctx(&s.t);
    assert_false(tx_run(c, choose, &(struct choice){s.soap, "../x"}));
    c = test_ctx(&s.t);
    assert_true(tx_run(c, choose, &(struct choice){s.soap, ""}));
    r = test_get(&s.t, "/products/seife");
    assert_shows(r, "schmal []");
    seed_close(&s);
}

static void keeps_what_the_buyer_said(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct arena *a = &s.t.arena;
    const char *add = arena_fmt(a, "id=%lld&properties[Gravur]=Anna", (long long)s.soap_small).p;
    assert_int_equal(test_post(&s.t, "/cart/add", add).status, 303);
    assert_int_equal(test_post(&s.t, "/cart/update", "attributes[Geschenk]=ja").status, 303);
    struct test_response r = test_get(&s.t, "/checkout");
    assert_shows(r, "Gravur: Anna");
    struct str key = after(&s.t, r.body, "name=\"order_key\" value=\"", '"');
    struct str total = after(&s.t, r.body, "name=\"total_seen\" value=\"", '"');
    struct str method = after(&s.t, r.body, "id=\"shipping_method\" value=\"", '"');
    const char *form =
        arena_fmt(a, "order_key=" STR_FMT "&total_seen=" STR_FMT "&shipping_method=" STR_FMT "&%s",
                  STR_ARG(key), STR_ARG(total), STR_ARG(method), CHECKOUT_FIELDS)
            .p;
    assert_int_equal(test_post(&s.t, "/checkout", form).status, 303);
    struct order_words_of_rows rows = {0};
    struct ctx *c = test_ctx(&s.t);
    assert_true(order_words_of_all(&c->db, &(struct order_words_of_in){1}, &rows));
    assert_int_equal(rows.n, 2);
    assert_true(rows.v[0].has_order_line_id);
    assert_str(rows.v[0].words, "{\"Gravur\":\"Anna\"}");
    assert_false(rows.v[1].has_order_line_id);
    assert_str(rows.v[1].words, "{\"Geschenk\":\"ja\"}");
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wears_the_colours_of_the_live_theme),
        cmocka_unit_test(cannot_be_made_unreadable),
        cmocka_unit_test(a_product_has_a_template_of_its_own),
        cmocka_unit_test(keeps_what_the_buyer_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
