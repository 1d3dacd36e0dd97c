// SPDX-License-Identifier: Apache-2.0
// Another theme than the built-in one: what it cannot write others write, who tries it sees it
// alone, what its pages may run, what is kept of them.
#include "core/session.h"
#include "mod/themes/run.h"
#include "shop/test_seed.h"

#define LAYOUT(more)                                                                               \
    "<!doctype html><html><head><title>{{ page_title }}</title>{{ content_for_header }}</head>"    \
    "<body>" more "{{ content_for_layout }}</body></html>"
#define INFO                                                                                       \
    "{\"name\":\"theme_info\",\"theme_name\":\"Boje\",\"theme_version\":\"1\","                    \
    "\"theme_author\":\"Test\",\"theme_documentation_url\":\"https://kontor.example\","            \
    "\"theme_support_url\":\"https://kontor.example\"}"
#define SHARED                                                                                     \
    ",{\"name\":\"Speed\",\"settings\":[{\"type\":\"checkbox\",\"id\":\"shared_pages\","           \
    "\"label\":\"x\",\"default\":true}]}"

static struct theme_files files_of(struct seed *s, const struct theme_file *v, size_t n) {
    struct theme_files out;
    struct err err = {0};
    bool ok = theme_files_of(&s->t.arena, v, n, &out, &err);
    if (!ok) print_error("%s\n", err.message);
    assert_true(ok);
    return out;
}

static int64_t add(struct seed *s, const char *name, const struct theme_file *v, size_t n) {
    struct themes_work w = {.files = files_of(s, v, n), .name = str_c(name)};
    assert_true(themes_run(test_ctx(&s->t), THEMES_ADD, &w));
    return w.theme_id;
}

static void publish(struct seed *s, int64_t id) {
    struct theme_findings f = {.arena = &s->t.arena};
    struct themes_work w = {.theme_id = id, .findings = &f};
    bool ok = themes_run(test_ctx(&s->t), THEMES_PUBLISH, &w);
    for (size_t i = 0; !ok && i < f.n; i++)
        print_error(STR_FMT ":%d " STR_FMT "\n", STR_ARG(f.v[i].file), f.v[i].line,
                    STR_ARG(f.v[i].message));
    assert_true(ok);
}

static void live(struct seed *s, const char *name, const char *layout, const char *schema,
                 const char *index) {
    const struct theme_file v[] = {
        {S("config/settings_schema.json"), str_c(schema)},
        {S("layout/theme.liquid"), str_c(layout)},
        {S("locales/en.default.json"), S("{}")},
        {S("sections/hello.liquid"),
         S("<p>Moin {{ cart.item_count }} {{ customer.email }}</p>{% schema %}{\"name\":\"Hello\"}"
           "{% endschema %}")},
        {S("templates/index.liquid"), str_c(index)},
        {S("templates/index.wide.liquid"), S("breit")},
    };
    publish(s, add(s, name, v, ARRAY_LEN(v)));
}

static void others_write_what_it_cannot(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Boje", LAYOUT("<b>Boje</b>"), "[" INFO "]", "Start {{ shop.name }}");
    struct test_response r = test_get(&s.t, "/");
    assert_int_equal(r.status, 200);
    assert_shows(r, "<b>Boje</b>Start Testladen");
    assert_shows(r, "<title>Testladen</title>");
    r = test_get(&s.t, "/products/seife"); // it has no template for it: Hanse has
    assert_int_equal(r.status, 200);
    assert_shows(r, "9,90");
    assert_false(test_shows(&r, "<b>Boje</b>"));
    r = test_get(&s.t, "/?view=wide");
    assert_shows(r, "breit");
    static const char *const odd[] = {"/?view=../../x", "/?view=nix", "/?view=%2e", "/?view="};
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        r = test_get(&s.t, odd[i]);
        assert_true(r.status == 200 || r.status == 400);
    }
    r = test_get(&s.t, "/nix");
    assert_int_equal(r.status, 404);
    assert_true(r.body.n > 0);
    r = test_get(&s.t, "/checkout"); // never a theme's
    assert_int_equal(r.status, 303);
    seed_close(&s);
}

// A template that ends in no time at all is not the visitor's trouble.
static void a_page_without_end_is_written_by_others(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Endlos", LAYOUT("<b>Endlos</b>"), "[" INFO "]",
         "{% for i in (1..100000) %}{% for k in (1..100000) %}{{ i }}{{ k }}{% endfor %}"
         "{% endfor %}");
    struct test_response r = test_get(&s.t, "/");
    assert_int_equal(r.status, 200);
    assert_false(test_shows(&r, "<b>Endlos</b>"));
    assert_shows(r, "Seife");
    struct themes_told_list told;
    assert_true(themes_problems_of(test_ctx(&s.t), 0, &told));
    assert_true(told.n > 0);
    seed_close(&s);
}

static struct str cookie(const struct test_response *r) { return test_header(r, "Set-Cookie"); }

static void who_tries_sees_alone(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    const struct theme_file v[] = {
        {S("config/settings_schema.json"), S("[" INFO "]")},
        {S("layout/theme.liquid"), S(LAYOUT("<b>Entwurf</b>"))},
        {S("locales/en.default.json"), S("{}")},
        {S("templates/index.liquid"), S("Neu")},
        {S("templates/cart.liquid"), S("{% render 'gibt-es-nicht' %}Korb")},
    };
    struct themes_work w = {.theme_id = add(&s, "Entwurf", v, ARRAY_LEN(v))};
    assert_true(themes_run(test_ctx(&s.t), THEMES_PREVIEW, &w));
    const char *link = arena_cstr(&s.t.arena, w.url);
    if (str_starts(w.url, S(TEST_URL))) link += strlen(TEST_URL);
    struct test_response r = test_get(&s.t, "/");
    assert_false(test_shows(&r, "Entwurf"));
    assert_true(r.rs.cacheable);
    r = test_get(&s.t, link);
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/");
    assert_true(str_starts(cookie(&r), S("theme_preview=")));
    r = test_get(&s.t, "/");
    assert_shows(r, "<b>Entwurf</b>Neu");
    assert_shows(r, "kontor-preview");
    assert_shows(r, "noindex");
    assert_false(r.rs.cacheable);
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    r = test_get(&s.t, "/products/seife"); // the draft has no such template: said, not hidden
    assert_int_equal(r.status, 500);
    assert_shows(r, "product");
    r = test_get(&s.t, "/?preview_theme=off");
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, "/");
    assert_false(test_shows(&r, "Entwurf"));
    assert_true(r.rs.cacheable);
    static const char *const bad[] = {"/?preview_theme=falsch", "/?preview_theme=%0d%0aX",
                                      "/?preview_theme=a%3Bb"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(test_get(&s.t, bad[i]).status, 303);
        r = test_get(&s.t, "/");
        assert_int_equal(r.status, 200);
        assert_false(test_shows(&r, "Entwurf"));
    }
    seed_close(&s);
}

static bool says(const struct test_response *r, const char *directive) {
    return str_find(test_header(r, "Content-Security-Policy"), str_c(directive)) != STR_NONE;
}

static void policy_is_as_wide_as_the_markup(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const paths[] = {"/",     "/products/seife", "/collections/bad",
                                        "/cart", "/search?q=seife", "/nix"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct test_response r = test_get(&s.t, paths[i]);
        assert_false(says(&r, "unsafe"));
        assert_true(says(&r, "script-src 'self';"));
        assert_true(says(&r, "style-src 'self' 'sha256-"));
        assert_true(says(&r, "frame-ancestors 'none'"));
    }
    live(&s, "Offen", LAYOUT("<script>1</script><p style=\"color:red\">x</p>"), "[" INFO "]",
         "Start");
    struct test_response r = test_get(&s.t, "/");
    assert_true(says(&r, "script-src 'self' 'unsafe-inline'"));
    assert_true(says(&r, "style-src 'self' 'unsafe-inline'"));
    assert_true(says(&r, "object-src 'none'; base-uri 'none'"));
    r = test_get(&s.t, "/checkout/update");
    assert_false(says(&r, "unsafe"));
    seed_close(&s);
}

#define WHO                                                                                        \
    "{{ cart.item_count }}|{{ customer.email }}|{% for i in cart.items %}{{ i.title }}{% endfor "  \
    "%}"

// A page that is the same for all knows nobody, whoever asks.
static void a_shared_page_knows_nobody(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Gleich", LAYOUT(WHO), "[" INFO SHARED "]", "Start{{ cart.note }}");
    struct test_response anybody = test_get(&s.t, "/");
    assert_true(anybody.rs.cacheable);
    assert_shows(anybody, "0||Start");
    test_post(&s.t, "/cart/add", arena_fmt(&s.t.arena, "id=%lld", (long long)s.soap_large).p);
    test_post(&s.t, "/cart/update.js", "note=Geheim");
    test_sign_in(&s.t, ACTOR_CUSTOMER, 1);
    struct test_response somebody = test_get(&s.t, "/");
    assert_true(somebody.rs.cacheable);
    assert_true(str_eq(anybody.body, somebody.body));
    assert_null(cookie(&somebody).p);
    struct test_response section = test_get(&s.t, "/?section_id=hello");
    assert_false(section.rs.cacheable);
    assert_int_equal(section.status, 200);
    seed_close(&s);
}

// A theme that does not say so gets pages for each visitor, and none is kept.
static void other_pages_are_for_each(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Eigen", LAYOUT(WHO), "[" INFO "]", "Start");
    struct test_response r = test_get(&s.t, "/");
    assert_false(r.rs.cacheable);
    assert_shows(r, "0||Start");
    test_post(&s.t, "/cart/add",
              arena_fmt(&s.t.arena, "id=%lld&quantity=2", (long long)s.soap_large).p);
    r = test_get(&s.t, "/");
    assert_shows(r, "2||Seife");
    assert_false(r.rs.cacheable);
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    seed_close(&s);
}

static void sections_are_for_the_visitor(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Teile", LAYOUT(""), "[" INFO SHARED "]", "{% section 'hello' %}");
    test_post(&s.t, "/cart/add", arena_fmt(&s.t.arena, "id=%lld", (long long)s.soap_small).p);
    struct test_response r = test_get(&s.t, "/");
    assert_shows(r, "Moin 0 ");
    r = test_get(&s.t, "/?section_id=hello");
    assert_shows(r, "Moin 1 ");
    assert_false(test_shows(&r, "<html"));
    r = test_get(&s.t, "/?sections=hello,nix");
    assert_true(str_starts(test_header(&r, "Content-Type"), S("application/json")));
    assert_shows(r, "\"nix\":null");
    assert_shows(r, "Moin 1 ");
    static const char *const bad[] = {"/?section_id=nix", "/?section_id=..%2Fhello",
                                      "/?section_id=%3Cscript%3E"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(test_get(&s.t, bad[i]).status, 404);
    r = test_get(&s.t, "/?sections=,,,,,,,,,,,,");
    assert_int_equal(r.status, 200);
    seed_close(&s);
}

static void a_shared_page_forgets_the_click(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    for (int i = 0; i < 2; i++) {
        struct test_response r = test_get(&s.t, "/collections/all?utm_source=qqx&a=b&gclid=zzq9");
        assert_int_equal(r.status, 200);
        assert_true(r.rs.cacheable);
        assert_false(test_shows(&r, "qqx"));
        assert_false(test_shows(&r, "zzq9"));
    }
    live(&s, "Boje", LAYOUT("{% form 'localization' %}x{% endform %}"), "[" INFO SHARED "]", "x");
    struct test_response r = test_get(&s.t, "/?utm_source=qqx&a=b&gclid=zzq9");
    assert_shows(r, "value=\"/?a=b\"");
    assert_false(test_shows(&r, "zzq9"));
    seed_close(&s);
}

static void times_are_the_shops(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    live(&s, "Boje", LAYOUT(""), "[" INFO "]",
         "[{{ 'now' | date: '%H:%M' }}][{{ 1782945000 | date: '%d %H:%M' }}]"
         "[{{ 1798759800 | date: '%d %H:%M' }}]");
    struct test_response r = test_get(&s.t, "/");
    assert_shows(r, "[09:00]");    // 08:00 UTC, in Berlin
    assert_shows(r, "[02 00:30]"); // 22:30 UTC on 1 July
    assert_shows(r, "[01 00:30]"); // 23:30 UTC on 31 December
    seed_close(&s);
}

static void a_file_by_itself_runs_nothing(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    const struct theme_file v[] = {
        {S("assets/mark.svg"), S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")},
        {S("config/settings_schema.json"), S("[" INFO "]")},
        {S("layout/theme.liquid"), S(LAYOUT(""))},
        {S("locales/en.default.json"), S("{}")},
        {S("templates/index.liquid"), S("[{{ 'mark.svg' | asset_url }}]")},
    };
    publish(&s, add(&s, "Boje", v, ARRAY_LEN(v)));
    struct test_response r = test_get(&s.t, "/");
    size_t at = str_find(r.body, S("[" THEMES_ASSETS));
    assert_true(at != STR_NONE);
    struct str rest = str_from(r.body, at + 1), url;
    assert_true(str_split(&rest, ']', &url));
    r = test_get(&s.t, arena_cstr(&s.t.arena, url));
    assert_int_equal(r.status, 200);
    assert_true(str_find(test_header(&r, "Content-Security-Policy"), S("sandbox")) != STR_NONE);
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_write_what_it_cannot),
        cmocka_unit_test(a_page_without_end_is_written_by_others),
        cmocka_unit_test(who_tries_sees_alone),
        cmocka_unit_test(policy_is_as_wide_as_the_markup),
        cmocka_unit_test(a_shared_page_knows_nobody),
        cmocka_unit_test(other_pages_are_for_each),
        cmocka_unit_test(sections_are_for_the_visitor),
        cmocka_unit_test(a_shared_page_forgets_the_click),
        cmocka_unit_test(times_are_the_shops),
        cmocka_unit_test(a_file_by_itself_runs_nothing),
    };
    return TEST_GROUP(tests);
}
