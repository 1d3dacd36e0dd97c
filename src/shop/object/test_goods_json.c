// SPDX-License-Identifier: Apache-2.0
// Goods for scripts, by their addresses: shapes, prices, what is not there, and what a page costs.
#include "db/fault.h"
#include "shop/object/goods.h"
#include "shop/test_seed.h"

static struct json read_json(struct seed *s, const char *path, int status) {
    struct json j = {0};
    struct err err = {0};
    struct test_response r = test_get(&s->t, path);
    assert_int_equal(r.status, status);
    if (status != 200) return j;
    assert_str(test_header(&r, "Content-Type"), "application/json; charset=utf-8");
    assert_ok(json_parse(&s->t.arena, r.body, &j, &err), &err);
    return j;
}

static const char *path_of(struct seed *s, const char *path, int64_t id) {
    return arena_fmt(&s->t.arena, path, (long long)id).p;
}

static void tells_products(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct json j = read_json(&s, "/products/seife.js", 200);
    assert_int_equal(json_int(&j, "price", 0), 990);
    assert_int_equal(json_int(&j, "variants.1.price", 0), 1990);
    assert_int_equal(json_int(&j, "variants.0.compare_at_price", 0), 1290);
    assert_int_equal(json_path(&j, "variants.1.compare_at_price")->type, JSON_NULL);
    assert_str(json_text(&j, "variants.0.name"), "Seife <Salbei> - Klein");
    assert_str(json_text(&j, "options.0.values.1"), "Groß");
    assert_str(json_text(&j, "url"), "/products/seife");
    j = read_json(&s, "/products/flasche.js", 200);
    assert_str(json_text(&j, "variants.0.title"), "Default Title");
    assert_int_equal(json_path(&j, "variants.0.public_title")->type, JSON_NULL);
    assert_str(json_text(&j, "options.0.name"), "Title");
    j = read_json(&s, "/products/seife.json", 200);
    assert_str(json_text(&j, "product.variants.0.price"), "9.90");
    assert_str(json_text(&j, "product.variants.0.compare_at_price"), "12.90");
    assert_str(json_text(&j, "product.tags"), "");
    j = read_json(&s, "/en/products/seife.js", 200);
    assert_str(json_text(&j, "title"), "Sage soap");
    assert_str(json_text(&j, "variants.1.title"), "Large");
    read_json(&s, "/products/geheim.js", 404);
    read_json(&s, "/products/geheim.json", 404);
    seed_close(&s);
}

static void tells_lists(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct json j = read_json(&s, "/products.json?limit=1&page=2", 200);
    assert_int_equal(json_path(&j, "products")->n, 1);
    assert_str(json_text(&j, "products.0.handle"), "seife");
    j = read_json(&s, "/products.json", 200);
    assert_int_equal(json_path(&j, "products")->n, 2); // the draft is not among them
    j = read_json(&s, "/collections.json", 200);
    assert_str(json_text(&j, "collections.0.handle"), "bad");
    assert_int_equal(json_int(&j, "collections.0.products_count", 0), 1);
    j = read_json(&s, "/collections/bad.json", 200);
    assert_str(json_text(&j, "collection.title"), "Bad");
    j = read_json(&s, "/collections/bad/products.json", 200);
    assert_int_equal(json_path(&j, "products")->n, 1);
    read_json(&s, "/collections/nichts.json", 404);
    read_json(&s, "/collections/nichts/products.json", 404);
    seed_close(&s);
}

static void suggests(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct json j = read_json(&s, "/search/suggest.json?q=sei&resources[type]=product", 200);
    assert_str(json_text(&j, "resources.results.products.0.handle"), "seife");
    assert_str(json_text(&j, "resources.results.products.0.price"), "9.90");
    assert_int_equal(json_path(&j, "resources.results.pages")->n, 0);
    j = read_json(&s, "/search/suggest.json?q=bad&resources[type]=collection", 200);
    assert_str(json_text(&j, "resources.results.collections.0.url"), "/collections/bad");
    j = read_json(&s, "/search/suggest.json?q=%25%25&resources[limit]=x", 200);
    assert_int_equal(json_path(&j, "resources.results.products")->n, 0);
    j = read_json(&s, "/search/suggest.json", 200);
    assert_int_equal(json_path(&j, "resources.results.products")->n, 0);
    j = read_json(&s, path_of(&s, "/recommendations/products.json?product_id=%lld", s.soap), 200);
    assert_str(json_text(&j, "intent"), "related");
    assert_str(json_text(&j, "products.0.handle"), "flasche");
    j = read_json(
        &s,
        path_of(&s, "/recommendations/products.json?product_id=%lld&intent=complementary", s.soap),
        200);
    assert_int_equal(json_path(&j, "products")->n, 0);
    read_json(&s, "/recommendations/products.json?product_id=99", 404);
    read_json(&s, "/recommendations/products.json", 400);
    seed_close(&s);
}

// What the live theme's pages cost in calls of the database, so that none creeps in.
static void costs_little(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const struct {
        const char *path;
        int64_t most;
    } pages[] = {
        {"/", 26}, {"/products/seife", 26}, {"/collections/all", 22}, {"/products/seife.js", 6}};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
        test_get(&s.t, pages[i].path);
        struct kept *kept = s.t.shop.kept;
        s.t.shop.kept = NULL; // as the first visitor after a change
        db_fault_arm(s.t.shop.pool, DB_FAULT_ERROR, INT64_MAX);
        struct test_response r = test_get(&s.t, pages[i].path);
        int64_t calls = db_fault_calls(s.t.shop.pool);
        db_fault_arm(s.t.shop.pool, DB_FAULT_ERROR, 0);
        s.t.shop.kept = kept;
        assert_int_equal(r.status, 200);
        if (calls > pages[i].most) print_error("%s: %lld calls\n", pages[i].path, (long long)calls);
        assert_true(calls <= pages[i].most);
    }
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_products),
        cmocka_unit_test(tells_lists),
        cmocka_unit_test(suggests),
        cmocka_unit_test(costs_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
