// SPDX-License-Identifier: Apache-2.0
// Objects as tables of properties, and lists read in windows.
#include "base/test.h"
#include "liquid/liquid.h"
#include "theme/object.h"

struct good {
    int asked;
    bool broken;
};

static bool good_title(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct good *g = self;
    (void)a;
    g->asked++;
    if (g->broken) return err_set(err, ERR_DB, "the database is away");
    *out = liquid_text(S("Soap"));
    return true;
}

static bool good_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                       struct err *err) {
    (void)self;
    (void)err;
    *out = liquid_text(arena_fmt(a, "<" STR_FMT ">", STR_ARG(key)));
    return true;
}

static void good_print(void *self, struct buf *out, bool *html_out) {
    (void)self;
    (void)html_out;
    buf_put(out, S("soap"));
}

static const struct theme_prop props[] = {
    {.name = "empty", .because = "there is none"},
    {.name = "title", .get = good_title},
};
static const struct theme_kind plain_kind = {.name = "good", THEME_PROPS(props)};
static const struct theme_kind text_kind = {
    .name = "good", THEME_PROPS(props), .other = good_other, .print = good_print};
static const struct theme_prop unsorted[] = {
    {.name = "title", .get = good_title},
    {.name = "empty", .get = good_title},
    {.name = "about", .get = good_title},
};
static const struct theme_kind unsorted_kind = {.name = "good", THEME_PROPS(unsorted)};

static struct str run(struct arena *a, struct liquid_value v, const char *text) {
    const struct liquid_template *t;
    struct liquid_options o = {.mode = LIQUID_LAX, .autoescape = true};
    struct liquid_map *g = liquid_map_new(a);
    struct liquid_render_in in = {.arena = a, .globals = g};
    struct buf out = buf_new(a, 0);
    struct err err = {0};
    liquid_set(g, "v", v);
    assert_ok(liquid_compile(a, str_c(text), &o, &t, NULL, &err), &err);
    assert_ok(liquid_render(t, &in, &out, &err), &err);
    return buf_str(&out);
}

static void test_props(void **state) {
    (void)state;
    struct arena a = {0};
    struct good g = {0};
    struct liquid_value v = theme_object(&a, &plain_kind, &g);
    assert_str(run(&a, v, "{{ v.title }}{{ v.title }}{{ v.empty }}{{ v.nope }}"), "SoapSoap");
    assert_int_equal(g.asked, 1);
    assert_ptr_equal(theme_self(v, &plain_kind), &g);
    assert_null(theme_self(v, &text_kind));
    assert_null(theme_self(liquid_int(1), &plain_kind));
    assert_ptr_equal(theme_kind_of(v), &plain_kind);
    assert_null(theme_kind_of(liquid_nil()));
    g.broken = true;
    v = theme_object(&a, &plain_kind, &g);
    assert_str(run(&a, v, "{{ v.title }}"), "Liquid error (line 1): the database is away");
    g.broken = false;
    assert_str(run(&a, v, "{{ v.title }}"), "Soap"); // a failure is not remembered
    arena_done(&a);
}

static void test_as_text(void **state) {
    (void)state;
    struct arena a = {0};
    struct good g = {0};
    struct liquid_value v = theme_object(&a, &text_kind, &g);
    assert_str(run(&a, v,
                   "{{ v }}{{ v.x }}{% if v == 'soap' %}1{% endif %}{% if 'soap' == v %}2"
                   "{% endif %}{% if v contains 'oa' %}3{% endif %}{% if v != 'x' %}4"
                   "{% endif %}{% if v == blank %}5{% endif %}{% if v == nil %}6{% endif %}"
                   "{% if v == v %}7{% endif %}"),
               "soap&lt;x&gt;12347");
    v = theme_object(&a, &plain_kind, &g);
    assert_str(run(&a, v,
                   "{% if v == 'soap' %}1{% endif %}{% if v contains 'oa' %}3{% endif %}"
                   "{% if v %}8{% endif %}"),
               "8");
    arena_done(&a);
}

static void test_order(void **state) {
    (void)state;
    struct arena a = {0};
    struct good g = {0};
    struct liquid_value v = theme_object(&a, &unsorted_kind, &g), out;
    struct err err = {0};
    assert_bug((void)liquid_get(&a, v, S("about"), &out, &err));
    arena_done(&a);
}

struct shelf {
    struct arena *a;
    int loads;
};

static bool shelf_load(void *self, struct arena *a, int64_t first, int64_t count,
                       struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    struct shelf *s = self;
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, (size_t)count);
    size_t n = 0;
    (void)err;
    s->loads++;
    for (int64_t i = first; i < first + count && i < 120; i++) v[n++] = liquid_int(i);
    *items_out = liquid_array(v, n);
    *total_out = 120;
    return true;
}

static void test_lists(void **state) {
    (void)state;
    struct arena a = {0};
    struct err err = {0};
    struct shelf shelf = {.a = &a};
    struct theme_list list = {.load = shelf_load, .self = &shelf};
    struct liquid_value v = theme_list_value(&a, &list);
    assert_str(run(&a, v, "{{ v.size }} {{ v.first }} {{ v.last }} {{ v[3] }} {{ v[50] }}"),
               "50 0 49 3 ");
    assert_int_equal(shelf.loads, 2); // the first few, then the rest
    int64_t total;
    assert_true(theme_list_total(&list, &a, &total, &err));
    assert_int_equal(total, 120);
    theme_list_window(&list, 100, 25);
    assert_str(
        run(&a, v, "{% for i in v %}{{ i }},{% endfor %}{{ v | size }}"),
        "100,101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,117,118,119,20");
    assert_int_equal(shelf.loads, 3);
    theme_list_window(&list, 100, 25);
    assert_str(run(&a, v, "{{ v.first }}"), "100");
    assert_int_equal(shelf.loads, 3);
    assert_ptr_equal(theme_list_of(v), &list);
    assert_null(theme_list_of(liquid_nil()));
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_props),
        cmocka_unit_test(test_as_text),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_lists),
    };
    return TEST_GROUP(tests);
}
