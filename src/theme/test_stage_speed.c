// SPDX-License-Identifier: Apache-2.0
// One theme rendered by two threads at once, and how long a page of usual size takes (printed; a
// bound far above it catches what is slower by an order).
#include <pthread.h>
#include <time.h>

#include "theme/test_stage.h"

enum { ROUNDS = 200, CARDS = 24 };

static void shop_theme(struct stage *s) {
    stage_begin(s);
    stage_file(s, "layout/theme.liquid",
               "<!doctype html><html><head>{{ content_for_header }}"
               "{% style %}:root{--a:{{ settings.a }};--b:{{ settings.b }};--c:{{ settings.c }};}"
               "{% for s in (1..20) %}.s{{ s }}{color:{{ settings.a }};margin:{{ s | times: 2 }}px}"
               "{% endfor %}{% endstyle %}</head><body>{% sections 'head' %}"
               "<main>{{ content_for_layout }}</main>{% section 'foot' %}</body></html>");
    stage_file(s, "config/settings_schema.json",
               "[{\"name\": \"x\", \"settings\": [{\"type\": \"text\", \"id\": \"a\", \"label\":"
               "\"a\", \"default\": \"red\"}, {\"type\": \"text\", \"id\": \"b\", \"label\": \"b\","
               "\"default\": \"4px\"}, {\"type\": \"number\", \"id\": \"c\", \"label\": \"c\","
               "\"default\": 3}]}]");
    stage_file(
        s, "sections/head.json",
        "{\"type\": \"header\", \"name\": \"h\", \"sections\": {\"m\": {\"type\": \"menu\"}},"
        "\"order\": [\"m\"]}");
    stage_file(s, "sections/menu.liquid",
               "<nav>{% for i in (1..8) %}<a href=\"/{{ i }}\"{% if i == 3 %} aria-current=\"page\""
               "{% endif %}>{{ product.title }}</a>{% endfor %}</nav>");
    stage_file(s, "sections/foot.liquid", "<footer>{{ section.id }}</footer>");
    stage_file(s, "sections/main.liquid",
               "{% for block in section.blocks %}{% case block.type %}{% when 'text' %}"
               "<p>{{ block.settings.text }}</p>{% when 'price' %}<b>{{ product.price }}</b>"
               "{% if product.old > product.price %}<s>{{ product.old }}</s>{% endif %}"
               "{% endcase %}{% endfor %}{% for v in product.variants %}"
               "{% render 'option', variant: v, product: product %}{% endfor %}"
               "{% schema %}{\"name\": \"m\", \"blocks\": [{\"type\": \"text\", \"name\": \"t\","
               "\"settings\": [{\"type\": \"text\", \"id\": \"text\", \"label\": \"t\"}]},"
               "{\"type\": \"price\", \"name\": \"p\"}]}{% endschema %}");
    stage_file(
        s, "snippets/option.liquid",
        "<label><input type=\"radio\" name=\"id\" value=\"{{ variant.id }}\""
        "{% unless variant.available %} disabled{% endunless %}>{{ variant.title }}</label>");
    stage_file(s, "sections/related.liquid",
               "<ul>{% for p in products %}{% render 'card', p: p, section: section %}{% endfor %}"
               "</ul>{% schema %}{\"name\": \"r\", \"settings\": [{\"type\": \"checkbox\", \"id\":"
               "\"vendor\", \"label\": \"v\", \"default\": true}]}{% endschema %}");
    stage_file(s, "snippets/card.liquid",
               "<li class=\"card\"><a href=\"{{ p.url }}\">{{ p.title | escape }}</a>"
               "{% if section.settings.vendor %}<span>{{ p.vendor }}</span>{% endif %}"
               "<img src=\"{{ p.image }}?width=300\" srcset=\"{% for w in (1..4) %}{{ p.image }}"
               "?width={{ w | times: 200 }} {{ w | times: 200 }}w, {% endfor %}\" alt=\"\">"
               "<b>{{ p.price | divided_by: 100.0 | round: 2 }}</b></li>");
    struct buf b = buf_new(&s->a, 0), order = buf_new(&s->a, 0);
    buf_put(&b, S("{\"sections\": {\"main\": {\"type\": \"main\", \"blocks\": {"));
    for (int i = 0; i < 12; i++) {
        buf_fmt(&b, "%s\"b%d\": {\"type\": \"%s\", \"settings\": {%s}}", i ? ", " : "", i,
                i % 4 ? "text" : "price", i % 4 ? "\"text\": \"A sentence of a block\"" : "");
        buf_fmt(&order, "%s\"b%d\"", i ? ", " : "", i);
    }
    buf_fmt(&b,
            "}, \"block_order\": [" STR_FMT "]}, \"rel\": {\"type\": \"related\"}},"
            "\"order\": [\"main\", \"rel\"]}",
            STR_ARG(buf_str(&order)));
    stage_file(s, "templates/product.json", arena_cstr(&s->a, buf_str(&b)));
}

static struct liquid_value product(struct arena *a, int n) {
    struct liquid_map *m = liquid_map_new(a);
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, 6);
    for (int i = 0; i < 6; i++) {
        struct liquid_map *variant = liquid_map_new(a);
        liquid_set(variant, "id", liquid_int(i));
        liquid_set(variant, "title", liquid_text(S("Rot / M")));
        liquid_set(variant, "available", liquid_bool(i % 3));
        v[i] = liquid_of_map(variant);
    }
    liquid_set(m, "title", liquid_text(arena_fmt(a, "Seife & Co %d", n)));
    liquid_set(m, "vendor", liquid_text(S("Kontor")));
    liquid_set(m, "url", liquid_text(S("/products/seife")));
    liquid_set(m, "image", liquid_text(S("/media/abc/seife.jpg")));
    liquid_set(m, "price", liquid_int(1990));
    liquid_set(m, "old", liquid_int(2490));
    liquid_set(m, "variants", liquid_array(v, 6));
    return liquid_of_map(m);
}

struct worker {
    const struct theme *theme;
    struct stage *stage;
    uint64_t hash;
    size_t bytes, bad;
    int64_t ns; // of the fastest round
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void *work(void *arg) {
    struct worker *w = arg;
    struct arena a = {0};
    w->ns = INT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        struct liquid_map *g = liquid_map_new(&a);
        struct liquid_value cards[CARDS];
        for (int k = 0; k < CARDS; k++) cards[k] = product(&a, k);
        liquid_set(g, "product", cards[0]);
        liquid_set(g, "products", liquid_array(cards, CARDS));
        struct theme_page p = {
            .theme = w->theme, .arena = &a, .host_page = w->stage, .globals = g, .lang = S("de")};
        struct buf out = buf_new(&a, 0);
        struct err err = {0};
        int64_t from = now_ns();
        bool ok = theme_render(&p, S("product"), &out, &err);
        int64_t took = now_ns() - from;
        w->ns = took < w->ns ? took : w->ns;
        if (!ok || (w->hash && w->hash != str_hash(buf_str(&out)))) w->bad++;
        w->hash = str_hash(buf_str(&out));
        w->bytes = out.n;
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

static void test_threads(void **state) {
    (void)state;
    struct stage s;
    shop_theme(&s);
    assert_ok(stage_load(&s), &s.err);
    struct worker w[2] = {{.theme = s.theme, .stage = &s}, {.theme = s.theme, .stage = &s}};
    pthread_t t[2];
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&t[i], NULL, work, &w[i]), 0);
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_join(t[i], NULL), 0);
    assert_int_equal(w[0].bad + w[1].bad, 0);
    assert_true(w[0].hash == w[1].hash);
    assert_true(w[0].bytes > 5000);
    int64_t ns = w[0].ns < w[1].ns ? w[0].ns : w[1].ns;
    print_message("[   TIME   ] a page of %zu bytes, 3 sections: %lld us\n", w[0].bytes,
                  (long long)(ns / 1000));
    assert_true(ns < 20000000);
    stage_done(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    return TEST_GROUP(tests);
}
