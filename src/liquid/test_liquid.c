// SPDX-License-Identifier: Apache-2.0
// Own cases: what golden-liquid does not know of - escaping by type, rows and objects of the host,
// host filters and tags, limits, error texts and lines, modes, the conformance entry.
#include "base/test.h"
#include "liquid/liquid.h"

struct world { // of one test
    struct arena a;
    struct liquid_host host;
    struct liquid_options o;
    struct liquid_map *globals;
    struct liquid_render_in in;
    struct liquid_error error;
    size_t errors;
};

static bool load(void *self, void *page, struct str name, const struct liquid_template **t,
                 struct str *out) {
    static const struct {
        const char *name, *text;
    } partials[] = {
        {"card", "<{{ card }}|{{ x }}|{{ forloop.index }}>"},
        {"bad", "a\n{% if %}"},
        {"zero", "b\n{{ 1 | divided_by: 0 }}"},
        {"self", "{% include 'self' %}"},
        {"set", "{% assign y = 'in' %}{% break %}never"},
    };
    (void)self;
    (void)page;
    (void)t;
    for (size_t i = 0; i < ARRAY_LEN(partials); i++)
        if (str_eq(name, str_c(partials[i].name))) {
            *out = str_c(partials[i].text);
            return true;
        }
    return false;
}

static void begin(struct world *w) {
    *w = (struct world){.host = {.load = load}};
    w->o = (struct liquid_options){.mode = LIQUID_STRICT};
    w->globals = liquid_map_new(&w->a);
    w->in = (struct liquid_render_in){.error = NULL};
}

static struct str run(struct world *w, const char *text) {
    const struct liquid_template *t;
    struct err err = {0};
    struct buf out = buf_new(&w->a, 0);
    w->o.host = &w->host;
    w->in.arena = &w->a;
    w->in.globals = w->globals;
    w->in.error = &w->error;
    w->in.error_count = &w->errors;
    w->error = (struct liquid_error){0};
    if (!liquid_compile(&w->a, str_c(text), &w->o, &t, &w->error, &err)) return w->error.message;
    if (!liquid_render(t, &w->in, &out, &err)) return w->error.message;
    return buf_str(&out);
}

static void done(struct world *w) { arena_done(&w->a); }

static void test_escape(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    w.o.autoescape = true;
    liquid_set(w.globals, "t", liquid_text(S("<b> & \"x\"")));
    liquid_set(w.globals, "h", liquid_html(S("<i>&amp;</i>")));
    assert_str(run(&w, "{{ t }}"), "&lt;b&gt; &amp; &quot;x&quot;");
    assert_str(run(&w, "{{ h }}"), "<i>&amp;</i>");
    assert_str(run(&w, "{{ t | raw }}"), "<b> & \"x\"");
    assert_str(run(&w, "{{ t | escape }}"), "&lt;b&gt; &amp; &quot;x&quot;");
    assert_str(run(&w, "{{ t | escape | escape }}"), "&lt;b&gt; &amp; &quot;x&quot;");
    assert_str(run(&w, "{{ h | escape }}"), "<i>&amp;</i>");
    assert_str(run(&w, "{{ t | upcase | downcase | strip }}"), "&lt;b&gt; &amp; &quot;x&quot;");
    assert_str(run(&w, "{% capture c %}<p>{{ t }}</p>{% endcapture %}{{ c }}"),
               "<p>&lt;b&gt; &amp; &quot;x&quot;</p>");
    done(&w);
}

static void test_escape_joined(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    w.o.autoescape = true;
    liquid_set(w.globals, "t", liquid_text(S("a<b")));
    liquid_set(w.globals, "h", liquid_html(S("<i></i>")));
    assert_str(run(&w, "{{ '<em>' | append: t | append: '</em>' }}"), "<em>a&lt;b</em>");
    assert_str(run(&w, "{{ '<' | escape }}"), "&lt;");
    assert_str(run(&w, "{{ t | append: ' and ' | append: t }}"), "a&lt;b and a&lt;b");
    assert_str(run(&w, "{{ h | append: t }}"), "<i></i>a&lt;b");
    assert_str(run(&w, "{{ t | prepend: h }}"), "<i></i>a&lt;b");
    assert_str(run(&w, "{{ h | replace: '</i>', t }}"), "<i>a&lt;b");
    assert_str(run(&w, "{{ t | replace: 'b', '<br>' }}"), "a&lt;<br>");
    assert_str(run(&w, "{{ t | split: '' | join: '<br>' }}"), "a<br>&lt;<br>b");
    assert_str(run(&w, "{{ 'k.' | append: t | size }}"), "5");
    assert_str(run(&w, "{{ t | newline_to_br }}"), "a&lt;b");
    assert_str(run(&w, "{{ t | split: '<' }}"), "ab");
    assert_str(run(&w, "{% assign x = t | json %}{{ x }}"), "\"a\\u003cb\"");
    assert_str(run(&w, "<p data-x=\"{{ t | json | escape }}\">"),
               "<p data-x=\"&quot;a\\u003cb&quot;\">");
    done(&w);
}

struct product {
    int64_t id, price;
    struct str title, body;
    instant made;
    bool has_made, live;
    struct str secret;
};
static const struct field product_fields[] = {
    {"id", FIELD_INT, 0, offsetof(struct product, id), 0},
    {"price", FIELD_MONEY, 0, offsetof(struct product, price), 0},
    {"title", FIELD_TEXT, 0, offsetof(struct product, title), 0},
    {"body", FIELD_HTML, 0, offsetof(struct product, body), 0},
    {"made", FIELD_TIME, FIELD_NULLABLE, offsetof(struct product, made),
     offsetof(struct product, has_made)},
    {"live", FIELD_BOOL, 0, offsetof(struct product, live), 0},
    {"secret", FIELD_TEXT, FIELD_SECRET, offsetof(struct product, secret), 0},
};
static const struct row_type product_type = {"product", sizeof(struct product), product_fields,
                                             ARRAY_LEN(product_fields)};

static void test_rows(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    w.o.autoescape = true;
    struct product rows[] = {
        {.id = 1,
         .price = 1999,
         .title = S("A & B"),
         .body = S("<p>x</p>"),
         .live = true,
         .secret = S("hush")},
        {.id = 2, .price = 500, .title = S("C"), .made = 0, .has_made = true},
    };
    liquid_set(w.globals, "p", liquid_row(&w.a, &product_type, &rows[0]));
    liquid_set(w.globals, "all", liquid_rows(&w.a, &product_type, rows, 2));
    assert_str(run(&w, "{{ p.id }} {{ p.price }} {{ p.title }} {{ p.body }} {{ p.live }}"),
               "1 1999 A &amp; B <p>x</p> true");
    assert_str(run(&w, "[{{ p.made }}{{ p.secret }}{{ p.nothing }}]"), "[]");
    assert_str(run(&w, "{{ all.size }}{% for p in all reversed %} {{ p.title }}{% endfor %}"),
               "2 C A &amp; B");
    assert_str(run(&w, "{{ all | map: 'price' | sum }} {{ all | where: 'live' | size }}"),
               "2499 1");
    assert_str(run(&w, "{{ all | sort: 'price' | map: 'id' | join: '-' }}"), "2-1");
    assert_str(run(&w, "{{ all[1].made | date: '%Y' }} {{ all.last.title }}"), "1970 C");
    done(&w);
}

struct page {
    int calls;
};

static bool shout(struct liquid_call *c, struct liquid_value *out, struct err *err) {
    struct page *p = c->page;
    p->calls++;
    if (liquid_arg(&c->args, 0).type == LIQUID_BOOL)
        return err_set(err, ERR_INVALID, "cannot shout %s", liquid_truthy(c->input) ? "it" : "nil");
    *out = liquid_html(arena_fmt(c->arena, "<b>" STR_FMT "%lld</b>",
                                 STR_ARG(liquid_to_str(c->arena, c->input)),
                                 (long long)liquid_to_int(liquid_named(&c->args, "n"), 0)));
    return true;
}

static bool form(struct liquid_call *c, struct err *err) {
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "form", liquid_arg(&c->args, 0));
    liquid_set(m, "id", liquid_named(&c->args, "id"));
    buf_put(c->out, S("<form>"));
    if (!liquid_body(c, m, err)) return false;
    buf_put(c->out, S("</form>"));
    return true;
}

static bool twice(struct liquid_call *c, struct err *err) {
    return liquid_body(c, NULL, err) && liquid_body(c, NULL, err);
}

static bool section(struct liquid_call *c, struct err *err) {
    if (liquid_has_named(&c->args, "closest.product")) buf_put(c->out, S("near "));
    if (!c->args.pos_n) return err_set(err, ERR_INVALID, "section needs a name");
    buf_fmt(c->out, "[section " STR_FMT "]", STR_ARG(liquid_str(c->args.pos[0])));
    return true;
}

static bool paginate(struct liquid_call *c, struct err *err) {
    struct liquid_map *m = liquid_map_new(c->arena);
    liquid_set(m, "by", liquid_arg(&c->args, 1));
    liquid_set(m, "n", liquid_int((int64_t)liquid_arg(&c->args, 0).n));
    return liquid_body(c, m, err);
}

static const struct liquid_filter host_filters[] = {{"shout", shout, NULL}};
static const struct liquid_tag host_tags[] = {
    {"form", LIQUID_TAG_BLOCK, form, NULL, NULL},
    {"twice", LIQUID_TAG_BLOCK, twice, NULL, NULL},
    {"section", LIQUID_TAG_PLAIN, section, NULL, NULL},
    {"paginate", LIQUID_TAG_BLOCK, paginate, NULL, "by"},
    {"schema", LIQUID_TAG_RAW, NULL, NULL, NULL},
};

static void host_world(struct world *w, struct page *p) {
    begin(w);
    w->host.filters = host_filters;
    w->host.filter_count = ARRAY_LEN(host_filters);
    w->host.tags = host_tags;
    w->host.tag_count = ARRAY_LEN(host_tags);
    w->in.page = p;
}

static void test_host(void **state) {
    (void)state;
    struct world w;
    struct page p = {0};
    host_world(&w, &p);
    w.o.autoescape = true;
    assert_str(run(&w, "{{ 'a' | shout: n: 5 }}"), "<b>a5</b>");
    assert_int_equal(p.calls, 1);
    assert_str(run(&w, "x{{ 'a' | shout: true }}y"), "xLiquid error (line 1): cannot shout ity");
    assert_str(run(&w, "{% section 'a', id: 1, closest.product: 'x' %}"), "near [section a]");
    assert_str(run(&w, "{% section 'head' %}{% section %}"),
               "[section head]Liquid error (line 1): section needs a name");
    assert_str(run(&w, "{% assign id = 1 %}{% form 'p', id: 7 %}{{ form }}{{ id }}{% endform %}"
                       "{{ id }}{{ form }}"),
               "<form>p7</form>1");
    assert_str(run(&w, "{% assign a = '1,2' | split: ',' %}{% paginate a by 24 %}{{ n }}/{{ by }}"
                       "{% endpaginate %}"),
               "2/24");
    assert_str(run(&w, "{% twice %}{% assign n = n | plus: 1 %}{{ n }}{% endtwice %}{{ n }}"),
               "122");
    assert_str(run(&w, "a{% schema %}{{ not % parsed }}{% endschema %}b"), "ab");
    done(&w);
}

static void test_host_loops(void **state) {
    (void)state;
    struct world w;
    struct page p = {0};
    host_world(&w, &p);
    assert_str(run(&w,
                   "{% for i in (1..3) %}{% twice %}{{ i }}{% if i == 2 %}{% break %}{% endif %}"
                   "{% endtwice %}{% endfor %}."),
               "112.");
    assert_str(run(&w, "{% for i in (1..3) %}{% twice %}{% if i == 2 %}{% continue %}{% endif %}"
                       "{{ i }}{% endtwice %}{% endfor %}."),
               "1133.");
    assert_str(run(&w,
                   "{% for i in (1..2) %}{% capture c %}x{% break %}{% endcapture %}{% endfor %}"
                   "{{ c }}{{ i }}"),
               "x");
    assert_str(run(&w, "{% twice %}{% for i in (1..2) %}{{ i }}{{ i | divided_by: 0 }}{% endfor %}"
                       "{% endtwice %}"),
               "1Liquid error (line 1): divided by 02Liquid error (line 1): divided by 0"
               "1Liquid error (line 1): divided by 02Liquid error (line 1): divided by 0");
    done(&w);
}

static void test_raw_body(void **state) {
    (void)state;
    struct world w;
    struct page p = {0};
    const struct liquid_template *t;
    struct err err = {0};
    host_world(&w, &p);
    w.o.host = &w.host;
    assert_ok(
        liquid_compile(&w.a, S("x{% schema %} {\"a\": 1} {% endschema %}"), &w.o, &t, NULL, &err),
        &err);
    assert_str(liquid_raw_body(t, "schema"), " {\"a\": 1} ");
    assert_null(liquid_raw_body(t, "style").p);
    done(&w);
}

static void test_partials(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    liquid_set(w.globals, "g", liquid_int(9));
    assert_str(run(&w, "{% render 'card' with 5, x: 1 %}"), "<5|1|>");
    assert_str(run(&w, "{% render 'card' for (7..8), x: g %}"), "<7|9|1><8|9|2>");
    assert_str(run(&w, "{% assign x = 3 %}{% include 'card' %}{% render 'card' %}"), "<|3|><||>");
    assert_str(run(&w, "{% for i in (1..3) %}{{ i }}{% include 'set' %}{% endfor %}{{ y }}"),
               "1in");
    assert_str(run(&w, "{% for i in (1..2) %}{{ i }}{% render 'set' %}{% endfor %}{{ y }}"), "12");
    assert_str(run(&w, "{% include 'bad' %}"),
               "Liquid syntax error (bad line 2): [:end_of_string] is not a valid expression in "
               "\"\"");
    assert_str(run(&w, "{% render 'zero' %}"), "b\nLiquid error (zero line 2): divided by 0");
    assert_str(run(&w, "{% include 'self' %}"), "Liquid error (self line 1): Nesting too deep");
    done(&w);
}

static void limited(struct world *w, const char *text, const char *message) {
    struct str got = run(w, text);
    assert_str(got, message);
    assert_int_equal(w->errors, 1);
}

static void test_limits(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    w.in.limits = (struct liquid_limits){.output = 1000, .assigns = 1000, .steps = 5000};
    limited(&w, "{% for i in (1..1000000000000) %}{% endfor %}",
            "Liquid error: Memory limits exceeded");
    limited(&w, "{% for i in (1..200) %}0123456789{% endfor %}",
            "Liquid error: Memory limits exceeded");
    limited(&w,
            "{% assign s = '0123456789' %}{% for i in (1..50) %}{% assign s = s | append: s %}"
            "{% endfor %}",
            "Liquid error: Memory limits exceeded");
    limited(&w, "{{ (1..1000000000) | join }}", "Liquid error (line 1): range is too large");
    w.in.limits.steps = 0;
    assert_str(run(&w, "{% for i in (1..3) %}{{ i }}{% endfor %}"), "123");
    done(&w);
}

static void test_deep(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    struct buf b = buf_new(&w.a, 0);
    for (int i = 0; i < 200; i++) buf_put(&b, S("{% if true %}"));
    assert_str(run(&w, arena_cstr(&w.a, buf_str(&b))), "Liquid error: Nesting too deep");
    buf_clear(&b);
    buf_put(&b, S("{{ "));
    for (int i = 0; i < 5000; i++) buf_put(&b, S("a["));
    assert_str(run(&w, arena_cstr(&w.a, buf_str(&b))),
               "Liquid syntax error (line 1): Variable '{{' was not properly terminated with "
               "regexp: /\\}\\}/");
    buf_put(&b, S(" }}"));
    assert_str(run(&w, arena_cstr(&w.a, buf_str(&b))), "Liquid error: Nesting too deep");
    w.o.mode = LIQUID_LAX;
    assert_str(run(&w, arena_cstr(&w.a, buf_str(&b))), "Liquid error: Nesting too deep");
    done(&w);
}

static void test_errors(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    assert_str(run(&w, "a\n{{ x | @ }}"),
               "Liquid syntax error (line 2): Unexpected character @ in \"{{ x | @ }}\"");
    assert_int_equal(w.error.line, 2);
    assert_str(run(&w, "{% if 1 > 'a' %}{% endif %}!"), "!"); // blank: the message is swallowed
    assert_int_equal(w.errors, 1);
    assert_str(run(&w, "{% if 1 > 'a' %}x{% endif %}!"),
               "Liquid error (line 1): comparison of Integer with String failed!");
    w.in.raise = true;
    assert_str(run(&w, "a{{ 'x' | slice: 'y' }}b"), "Liquid error (line 1): invalid integer");
    assert_int_equal(w.error.line, 1);
    w.in.strict_variables = true;
    assert_str(run(&w, "{{ nope }}"), "Liquid error (line 1): undefined variable nope");
    w.o.no_line_numbers = true;
    assert_str(run(&w, "{{ nope }}"), "Liquid error: undefined variable nope");
    done(&w);
}

static void test_modes(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    liquid_set(w.globals, "a", liquid_text(S("b")));
    liquid_set(w.globals, "b", liquid_text(S("c")));
    assert_str(run(&w, "{{ [a] }}{{ self.a }}{{ self['b'] }}"), "cbc");
    w.o.mode = LIQUID_STRICT2;
    assert_str(run(&w, "{{ a | append: 'x', }}"), "bx");
    assert_int_equal(run(&w, "{{ [a] }}").n > 40, true);
    assert_str(run(&w, "{% for i in (1..2) limit: 1, %}{% endfor %}"),
               "Liquid syntax error (line 1): Invalid attribute in for loop. Valid attributes are "
               "limit and offset in \"i in (1..2) limit: 1,\"");
    w.o.mode = LIQUID_LAX;
    assert_str(run(&w, "{{ a | append: 'x', }}{{ a.b c | upcase }}{{ 'a' 'b' }}"), "bxa");
    assert_str(run(&w, "{% if a == 'b' or %}y{% endif %}"),
               "Liquid syntax error (line 1): Syntax Error in tag 'if' - Valid syntax: if "
               "[expression]");
    done(&w);
}

static bool stat_get(void *self, struct arena *a, struct str key, struct liquid_value *out,
                     struct err *err) {
    (void)a;
    if (str_eq(key, S("broken"))) return err_set(err, ERR_DB, "the database is away");
    if (str_eq(key, S("count"))) *out = liquid_int(*(int *)self);
    return true;
}
static bool stat_at(void *self, struct arena *a, int64_t i, struct liquid_value *out,
                    struct err *err) {
    (void)self;
    (void)a;
    (void)err;
    *out = liquid_int(i * i);
    return true;
}
static bool stat_size(void *self, struct arena *a, size_t *out, struct err *err) {
    (void)a;
    (void)err;
    *out = (size_t) * (int *)self;
    return true;
}
static const struct liquid_object_type stat_type = {
    .name = "Stat", .get = stat_get, .at = stat_at, .size = stat_size};

static void test_objects(void **state) {
    (void)state;
    struct world w;
    int n = 4;
    begin(&w);
    liquid_set(w.globals, "s", liquid_object(&w.a, &stat_type, &n));
    assert_str(run(&w, "{{ s.count }}{{ s.size }}{{ s.last }}{{ s[2] }}"), "4494");
    assert_str(run(&w, "{% for i in s offset: 1 %}{{ i }},{% endfor %}{{ s | join: '+' }}"),
               "1,4,9,0+1+4+9");
    assert_str(run(&w, "{{ s.broken }}!"), "Liquid error (line 1): the database is away!");
    done(&w);
}

static void money_shown(void *self, void *page, struct money m, struct buf *out) {
    (void)self;
    (void)page;
    buf_fmt(out, "%lld %s", (long long)m.minor, m.cur.code);
}

static int one_hour(void *self, void *page, instant t) {
    (void)self;
    (void)page;
    (void)t;
    return 3600;
}

static void test_values(void **state) {
    (void)state;
    struct world w;
    begin(&w);
    w.host.money = money_shown;
    w.host.utc_offset = one_hour;
    w.in.now = INT64_C(1704067318) * SECOND;
    liquid_set(w.globals, "m", liquid_money(money(1999, EUR)));
    liquid_set(w.globals, "t", liquid_time(0));
    assert_str(run(&w, "{{ m }} {{ m | plus: 1 }}{% if m > 1000 %}!{% endif %}"), "1999 EUR 2000!");
    assert_str(run(&w, "{{ t | date: '%H:%M %z' }} {{ 'now' | date: '%F %T' }}"),
               "01:00 +0100 2024-01-01 01:01:58");
    assert_str(run(&w, "{{ 9223372036854775807 | plus: 1 }}"), "9223372036854775808");
    assert_str(
        run(&w, "{{ 0.1 | plus: 0.2 }} {{ 1e3 }}"),
        "Liquid syntax error (line 1): Expected end_of_string but found id in \"{{ 1e3 }}\"");
    done(&w);
}

static void test_conformance(void **state) {
    (void)state;
    struct arena a = {0};
    struct buf out = buf_new(&a, 0);
    assert_true(liquid_conformance_line(
        &a,
        S("{\"template\":\"{{ 'now' | date: '%F %H' }}{% render 'X' %}\","
          "\"templates\":{\"x.liquid\":\"\\u00e4\"},\"now\":\"2024-07-01T22:30:00Z\","
          "\"tz\":\"Europe/Berlin\"}"),
        &out));
    assert_str(buf_str(&out), "{\"output\":\"2024-07-02 00\xc3\xa4\"}\n");
    buf_clear(&out);
    assert_true(liquid_conformance_line(&a, S("{\"template\":\"\\n{% foo %}\"}"), &out));
    assert_str(buf_str(&out), "{\"error\":{\"phase\":\"parse\",\"message\":\"Liquid syntax error "
                              "(line 2): Unknown tag 'foo'\",\"line\":2}}\n");
    buf_clear(&out);
    assert_false(liquid_conformance_line(&a, S("[]"), &out));
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escape),     cmocka_unit_test(test_escape_joined),
        cmocka_unit_test(test_rows),       cmocka_unit_test(test_host),
        cmocka_unit_test(test_host_loops), cmocka_unit_test(test_raw_body),
        cmocka_unit_test(test_partials),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_deep),       cmocka_unit_test(test_errors),
        cmocka_unit_test(test_modes),      cmocka_unit_test(test_objects),
        cmocka_unit_test(test_values),     cmocka_unit_test(test_conformance),
    };
    return TEST_GROUP(tests);
}
