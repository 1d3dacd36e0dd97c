// SPDX-License-Identifier: Apache-2.0
// The cart for scripts: every address of it, in the shapes that themes expect, with good and bad
// input; its forms, links and what is said with it.
#include "mod/cart/cart.h"
#include "shop/test_seed.h"

static struct test_response send(struct seed *s, const char *path, const char *json) {
    return test_send(
        &s->t, &(struct test_request){
                   .method = HTTP_POST, .path = path, .form = json, .type = "application/json"});
}

static struct json read_json(struct seed *s, const struct test_response *r) {
    struct json j = {0};
    struct err err = {0};
    bool ok = json_parse(&s->t.arena, r->body, &j, &err);
    if (!ok) print_error("%s: " STR_FMT "\n", err.message, STR_ARG(r->body));
    assert_true(ok);
    assert_true(str_starts(test_header(r, "Content-Type"), S("application/json")));
    return j;
}

// Ids of variants in a request: the format names at most two.
static const char *text(struct seed *s, const char *format, int64_t a, int64_t b) {
    return arena_fmt(&s->t.arena, format, (long long)a, (long long)b).p;
}

static struct json cart(struct seed *s) {
    struct test_response r = test_get(&s->t, "/cart.js");
    assert_int_equal(r.status, 200);
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    return read_json(s, &r);
}

static void assert_cart(struct seed *s, int64_t pieces, int64_t total) {
    struct json j = cart(s);
    assert_int_equal(json_int(&j, "item_count", -1), pieces);
    assert_int_equal(json_int(&j, "total_price", -1), total);
    assert_int_equal(json_int(&j, "items_subtotal_price", -1), total);
}

static void starts_empty(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct json j = cart(&s);
    assert_int_equal(json_int(&j, "item_count", -1), 0);
    assert_int_equal(json_path(&j, "items")->n, 0);
    assert_int_equal(json_path(&j, "attributes")->type, JSON_OBJECT);
    assert_str(json_text(&j, "currency"), "EUR");
    assert_str(json_text(&j, "note"), "");
    assert_int_equal(s.t.cookies.n, 0); // looking makes no session
    struct test_response r = test_get(&s.t, "/cart.json");
    assert_int_equal(r.status, 200);
    r = test_post(&s.t, "/cart/clear.js", "");
    assert_int_equal(r.status, 200);
    r = test_post(&s.t, "/cart/update.js", "");
    assert_int_equal(r.status, 200);
    seed_close(&s);
}

static void adds_one(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r =
        test_post(&s.t, "/cart/add.js", text(&s, "id=%lld&quantity=2", s.soap_small, 0));
    assert_int_equal(r.status, 200);
    struct json j = read_json(&s, &r);
    assert_int_equal(json_int(&j, "variant_id", 0), s.soap_small);
    assert_int_equal(json_int(&j, "product_id", 0), s.soap);
    assert_int_equal(json_int(&j, "quantity", 0), 2);
    assert_int_equal(json_int(&j, "final_line_price", 0), 1980);
    assert_str(json_text(&j, "variant_title"), "Klein");
    assert_str(json_text(&j, "options_with_values.0.name"), "Größe");
    assert_str(json_text(&j, "options_with_values.0.value"), "Klein");
    assert_true(str_starts(json_text(&j, "url"), S("/products/seife?variant=")));
    assert_int_equal(json_path(&j, "featured_image")->type, JSON_OBJECT);
    // The address of the form, asked by a script.
    static const char *const script[] = {"Accept", "application/javascript", NULL};
    r = test_send(&s.t, &(struct test_request){.method = HTTP_POST,
                                               .path = "/cart/add",
                                               .form = text(&s, "id=%lld", s.soap_small, 0),
                                               .headers = script});
    j = read_json(&s, &r);
    assert_int_equal(json_int(&j, "quantity", 0), 3);
    assert_cart(&s, 3, 2970);
    r = test_get(&s.t, "/en/cart.js");
    assert_shows(r, "Small");
    seed_close(&s);
}

static void adds_several_or_none(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = send(
        &s, "/cart/add.js",
        text(&s, "{\"items\":[{\"id\":%lld,\"quantity\":1},{\"id\":\"%lld\",\"quantity\":\"2\"}]}",
             s.soap_small, s.soap_large));
    assert_int_equal(r.status, 200);
    struct json j = read_json(&s, &r);
    assert_int_equal(json_path(&j, "items")->n, 2);
    assert_cart(&s, 3, 990 + 2 * 1990);
    r = send(&s, "/cart/add.js",
             text(&s, "{\"items\":[{\"id\":%lld},{\"id\":999999}]}", s.soap_small, 0));
    assert_int_equal(r.status, 422);
    assert_cart(&s, 3, 990 + 2 * 1990);
    r = test_post(&s.t, "/cart/add.js",
                  text(&s, "items[0][id]=%lld&items[0][quantity]=1&items[1][id]=%lld", s.soap_small,
                       s.bottle));
    j = read_json(&s, &r);
    assert_int_equal(json_path(&j, "items")->n, 2);
    seed_close(&s);
}

static void tells_what_is_short(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r =
        send(&s, "/cart/add.js", text(&s, "{\"id\":%lld,\"quantity\":5}", s.bottle, 0));
    assert_int_equal(r.status, 422);
    struct json j = read_json(&s, &r);
    assert_int_equal(json_int(&j, "status", 0), 422);
    assert_true(json_text(&j, "message").n > 0);
    assert_true(json_text(&j, "description").n > 0);
    j = cart(&s);
    assert_int_equal(json_int(&j, "item_count", 0), 2); // what there is went in
    seed_stock(&s, s.bottle, 0);
    r = send(&s, "/cart/add.js", text(&s, "{\"id\":%lld}", s.bottle, 0));
    assert_int_equal(r.status, 422);
    assert_shows(r, "ausverkauft");
    seed_close(&s);
}

static void changes_lines(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    test_post(&s.t, "/cart/add.js", text(&s, "id=%lld", s.soap_small, 0));
    test_post(&s.t, "/cart/add.js", text(&s, "id=%lld", s.soap_large, 0));
    struct test_response r = send(&s, "/cart/change.js", "{\"line\":2,\"quantity\":3}");
    assert_int_equal(r.status, 200);
    assert_cart(&s, 4, 990 + 3 * 1990);
    r = send(&s, "/cart/change.js",
             text(&s, "{\"id\":\"%lld:1\",\"quantity\":0}", s.soap_small, 0));
    assert_int_equal(r.status, 200);
    assert_cart(&s, 3, 3 * 1990);
    r = send(&s, "/cart/update.js",
             text(&s, "{\"updates\":{\"%lld\":2,\"%lld\":1}}", s.soap_small, s.soap_large));
    assert_int_equal(r.status, 200);
    assert_cart(&s, 3, 2 * 990 + 1990);
    r = send(&s, "/cart/update.js",
             "{\"updates\":[4,0]}"); // by place: large first, it stood longer
    assert_int_equal(r.status, 200);
    assert_cart(&s, 4, 4 * 1990);
    r = test_post(&s.t, "/cart/update.js", "updates[]=1");
    assert_cart(&s, 1, 1990);
    r = test_post(&s.t, "/cart/clear.js", "");
    assert_int_equal(r.status, 200);
    assert_cart(&s, 0, 0);
    seed_close(&s);
}

static void keeps_words(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    test_post(&s.t, "/cart/add.js", text(&s, "id=%lld", s.soap_small, 0));
    struct test_response r =
        send(&s, "/cart/update.js",
             "{\"note\":\"Bitte <klingeln>\",\"attributes\":{\"Geschenk\":\"ja\",\"Zahl\":3}}");
    struct json j = read_json(&s, &r);
    assert_str(json_text(&j, "note"), "Bitte <klingeln>");
    assert_str(json_text(&j, "attributes.Geschenk"), "ja");
    assert_str(json_text(&j, "attributes.Zahl"), "3");
    r = test_post(&s.t, "/cart/update", "attributes[Geschenk]=&attributes[Karte]=Alles+Gute");
    assert_int_equal(r.status, 303);
    j = cart(&s);
    assert_null(json_path(&j, "attributes.Geschenk"));
    assert_str(json_text(&j, "attributes.Karte"), "Alles Gute");
    assert_str(json_text(&j, "note"), "Bitte <klingeln>");
    r = test_get(&s.t, "/checkout");
    assert_shows(r, "Bitte &lt;klingeln&gt;\nZahl: 3\nKarte: Alles Gute");
    seed_close(&s);
}

// The same goods with other wishes are another line; both share the stock.
static void keeps_wishes_apart(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = send(
        &s, "/cart/add.js",
        text(&s,
             "{\"id\":%lld,\"properties\":{\"Gravur\":\"<Anna>\",\"_art\":\"x\",\"Leer\":\"\"}}",
             s.bottle, 0));
    struct json j = read_json(&s, &r);
    assert_str(json_text(&j, "properties.Gravur"), "<Anna>");
    assert_null(json_path(&j, "properties.Leer"));
    struct str key = json_text(&j, "key");
    r = test_post(&s.t, "/cart/add.js", text(&s, "id=%lld&properties[Gravur]=Ben", s.bottle, 0));
    j = read_json(&s, &r);
    assert_str(json_text(&j, "properties.Gravur"), "Ben");
    j = cart(&s);
    assert_int_equal(json_path(&j, "items")->n, 2);
    r = test_post(&s.t, "/cart/add.js", text(&s, "id=%lld", s.bottle, 0)); // two are all there is
    assert_int_equal(r.status, 422);
    r = test_get(&s.t, "/cart");
    assert_shows(r, "Gravur: &lt;Anna&gt;");
    assert_false(test_shows(&r, "_art"));
    r = test_get(&s.t, "/checkout");
    assert_shows(r, "Gravur: Ben");
    r = test_post(&s.t, "/cart/change.js",
                  arena_fmt(&s.t.arena, "id=" STR_FMT "&quantity=0", STR_ARG(key)).p);
    j = read_json(&s, &r);
    assert_int_equal(json_path(&j, "items")->n, 1);
    assert_str(json_text(&j, "items.0.properties.Gravur"), "Ben");
    r = test_post(&s.t, "/cart/change.js", text(&s, "id=%lld:999999&quantity=2", s.bottle, 0));
    assert_int_equal(r.status, 422);
    r = send(&s, "/cart/add.js", text(&s, "{\"id\":%lld,\"properties\":[1]}", s.soap_small, 0));
    assert_int_equal(r.status, 200); // no such wishes
    seed_close(&s);
}

// Whatever is sent: an answer, no change, no failure.
static void stands_bad_input(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const paths[] = {"/cart/add.js", "/cart/change.js"};
    static const char *const bodies[] = {
        "{}",
        "{\"id\":null}",
        "{\"id\":-1}",
        "{\"id\":0}",
        "{\"id\":{}}",
        "{\"id\":[1]}",
        "{\"id\":1.5}",
        "{\"id\":true}",
        "{\"id\":\"99999999999999999999999\"}",
        "{\"items\":{}}",
        "{\"items\":[]}",
        "{\"items\":[1,null,\"x\"]}",
        "{\"items\":[{\"id\":1,\"quantity\":-1}]}",
        "{\"id\":1,\"quantity\":10000}",
        "{\"id\":1,\"quantity\":\"viele\"}",
        "{\"line\":-1,\"quantity\":1}",
        "{\"line\":0,\"quantity\":1}",
        "{\"line\":99999999999,\"quantity\":1}",
    };
    for (size_t p = 0; p < ARRAY_LEN(paths); p++)
        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
            struct test_response r = send(&s, paths[p], bodies[i]);
            if (r.status != 422) print_error("%s %s: %d\n", paths[p], bodies[i], r.status);
            assert_int_equal(r.status, 422);
            (void)read_json(&s, &r);
        }
    static const char *const broken[] = {"{", "[]", "\"x\"", "{\"id\":1,}", "nichts"};
    for (size_t i = 0; i < ARRAY_LEN(broken); i++)
        assert_int_equal(send(&s, "/cart/update.js", broken[i]).status, 400);
    static const char *const odd[] = {"{\"updates\":7}", "{\"updates\":{\"x\":1}}",
                                      "{\"attributes\":[1]}", "{\"note\":7}",
                                      "{\"sections\":{},\"sections_url\":7}"};
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        assert_int_equal(send(&s, "/cart/update.js", odd[i]).status, 200);
    assert_cart(&s, 0, 0);
    struct test_response foreign =
        test_send(&s.t, &(struct test_request){.method = HTTP_POST,
                                               .path = "/cart/add.js",
                                               .form = text(&s, "id=%lld", s.soap_small, 0),
                                               .foreign = true});
    assert_int_equal(foreign.status, 403);
    seed_close(&s);
}

static void bundles_sections(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r =
        send(&s, "/cart/add.js",
             text(&s,
                  "{\"id\":%lld,\"sections\":[\"cart-drawer\",\"gibtesnicht\"],"
                  "\"sections_url\":\"/products/seife\"}",
                  s.soap_large, 0));
    struct json j = read_json(&s, &r);
    const struct json *sections = json_path(&j, "sections");
    assert_non_null(sections);
    struct str drawer = json_text(sections, "cart-drawer");
    assert_true(str_find(drawer, S("shopify-section-cart-drawer")) != STR_NONE);
    assert_true(str_find(drawer, S("19,90")) != STR_NONE); // the cart as it is now
    assert_int_equal(json_get(sections, S("gibtesnicht"))->type, JSON_NULL);
    static const char *const urls[] = {
        "https://evil.example/", "//evil.example/x", "/account", "/desk", "/checkout",
        "javascript:alert(1)",   "/..%2f..",         "/nicht/da"};
    for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
        r = send(
            &s, "/cart/update.js",
            arena_fmt(&s.t.arena, "{\"sections\":\"cart-drawer\",\"sections_url\":\"%s\"}", urls[i])
                .p);
        assert_int_equal(r.status, 200);
        j = read_json(&s, &r);
        assert_true(json_text(&j, "sections.cart-drawer").n > 0); // in the cart's own page
    }
    r = send(&s, "/cart/change.js",
             "{\"line\":1,\"quantity\":2,\"sections\":\"cart-drawer\",\"sections_url\":\"/en/\"}");
    j = read_json(&s, &r);
    assert_true(str_find(json_text(&j, "sections.cart-drawer"), S("€39.80")) != STR_NONE);
    seed_close(&s);
}

static void leads_by_links(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r =
        test_get(&s.t, text(&s, "/cart/%lld:2,%lld:1", s.soap_small, s.soap_large));
    assert_int_equal(r.status, 303);
    assert_str(r.location, "/checkout");
    assert_cart(&s, 3, 2 * 990 + 1990);
    static const char *const bad[] = {"/cart/1",     "/cart/x:1",  "/cart/1:0",    "/cart/1:-2",
                                      "/cart/1:1,,", "/cart/-1:1", "/cart/1:99999"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(test_get(&s.t, bad[i]).status, 404);
    const char *remove = text(&s, "/cart/change?id=%lld&quantity=0", s.soap_small, 0);
    static const char *const elsewhere[] = {"Sec-Fetch-Site", "cross-site", NULL};
    r = test_send(&s.t,
                  &(struct test_request){.path = remove, .headers = elsewhere, .method = HTTP_GET});
    assert_int_equal(r.status, 303);
    assert_cart(&s, 3, 2 * 990 + 1990); // a link of another site changes nothing
    assert_int_equal(test_get(&s.t, remove).status, 303);
    assert_cart(&s, 1, 1990);
    seed_close(&s);
}

static void leads_home_only(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    const char *form = text(&s, "id=%lld&return_to=", s.soap_small, 0);
    struct test_response r =
        test_post(&s.t, "/cart/add", arena_fmt(&s.t.arena, "%s/products/seife", form).p);
    assert_str(r.location, "/products/seife");
    static const char *const bad[] = {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example",
                                      "%2F%5Cevil.example", "javascript%3A1", "%2F%0D%0AX"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        r = test_post(&s.t, "/cart/add", arena_fmt(&s.t.arena, "%s%s", form, bad[i]).p);
        assert_true(str_starts(r.location, S("/cart?")));
    }
    r = test_post(&s.t, "/cart", "checkout=1&note=Hallo");
    assert_str(r.location, "/checkout");
    r = test_post(&s.t, "/localization", "locale_code=en&return_to=/products/seife?variant=1");
    assert_str(r.location, "/en/products/seife?variant=1");
    r = test_post(&s.t, "/localization", "locale_code=de&return_to=/en/cart");
    assert_str(r.location, "/cart");
    r = test_post(&s.t, "/localization", "locale_code=xx&return_to=//evil.example");
    assert_str(r.location, "/");
    seed_close(&s);
}

static void quotes_shipping(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    test_post(&s.t, "/cart/add.js", text(&s, "id=%lld", s.soap_small, 0));
    static const char path[] = "/cart/shipping_rates.json?shipping_address[country]=";
    struct test_response r =
        test_get(&s.t, arena_fmt(&s.t.arena, "%sAT&shipping_address[zip]=1010", path).p);
    struct json j = read_json(&s, &r);
    assert_true(json_path(&j, "shipping_rates")->n > 0);
    assert_true(json_text(&j, "shipping_rates.0.price").n > 0);
    r = test_get(&s.t, arena_fmt(&s.t.arena, "%s%%C3%%96sterreich", path).p);
    assert_int_equal(r.status, 200);
    r = test_get(&s.t, arena_fmt(&s.t.arena, "%sUS", path).p);
    assert_int_equal(r.status, 422);
    r = test_get(&s.t, "/cart/shipping_rates.json");
    assert_int_equal(r.status, 422);
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_empty),         cmocka_unit_test(adds_one),
        cmocka_unit_test(adds_several_or_none), cmocka_unit_test(tells_what_is_short),
        cmocka_unit_test(changes_lines),        cmocka_unit_test(keeps_words),
        cmocka_unit_test(keeps_wishes_apart),   cmocka_unit_test(stands_bad_input),
        cmocka_unit_test(bundles_sections),     cmocka_unit_test(leads_by_links),
        cmocka_unit_test(leads_home_only),      cmocka_unit_test(quotes_shipping),
    };
    return TEST_GROUP(tests);
}
