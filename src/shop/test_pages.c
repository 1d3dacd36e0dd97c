// SPDX-License-Identifier: Apache-2.0
// What visitors see without buying: prices as the law wants them, both languages, what may be
// cached, what is not there.
#include "catalog_sql.h"
#include "core/i18n.h"
#include "mod/catalog/catalog.h"
#include "shop/test_seed.h"
#include "till_embed.h"

static void shows_home(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/");
    assert_int_equal(r.status, 200);
    assert_true(r.rs.cacheable);
    assert_shows(r, "<html lang=\"de\">");
    assert_shows(r, "Seife &lt;Salbei&gt;");
    assert_shows(r, "href=\"/collections/bad\"");
    assert_shows(r, "hreflang=\"en\" href=\"https://shop.example/en\"");
    assert_shows(r, "Vertrag widerrufen");
    assert_false(test_shows(&r, "Geheim"));
    assert_null(test_header(&r, "Set-Cookie").p);
    r = test_get(&s.t, "/en");
    assert_shows(r, "Sage soap");
    assert_shows(r, "href=\"/en/collections/bad\"");
    seed_close(&s);
}

// PAngV §§ 3, 4, 6, 11: gross price, tax and shipping named, unit price, 30-day price.
static void tells_prices(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const paths[] = {"/", "/collections/bad", "/collections/all",
                                        "/products/seife", "/search?q=seife"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct test_response r = test_get(&s.t, paths[i]);
        assert_int_equal(r.status, 200);
        assert_shows(r, "9,90\u00a0€");
        assert_shows(r, "inkl. MwSt., zzgl. <a href=\"/pages/versand\">Versand</a>");
        assert_shows(r, "123,75\u00a0€ / kg");
        assert_shows(r, "</span>12,90\u00a0€</s>"); // the lowest of 30 days, not what was asked for
        assert_shows(r, "−23 %");
    }
    struct test_response r = test_get(&s.t, "/products/seife");
    assert_shows(r, "Niedrigster Preis der letzten 30 Tage: 12,90\u00a0€");
    seed_close(&s);
}

static void shows_product(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/products/seife");
    assert_true(r.rs.cacheable);
    assert_shows(r, "<p>Aus <b>Oliven</b>.</p>");
    assert_shows(r, "Sudhaus GmbH");
    assert_shows(r, "Am Laugenhof 3, 29451 Dannenberg");
    assert_shows(r, "post@sudhaus.example");
    assert_shows(r, "Nicht in die Augen.");
    assert_shows(r, "Gesetzliche Gewährleistung");
    assert_shows(r, "\"@type\":\"ProductGroup\"");
    assert_shows(r, "\"price\":\"9.90\"");
    assert_shows(r, "<link rel=\"canonical\" href=\"https://shop.example/products/seife\">");
    const char *large =
        arena_fmt(&s.t.arena, "/products/seife?variant=%lld", (long long)s.soap_large).p;
    assert_shows(r, large); // the other size is a link
    r = test_get(&s.t, large);
    assert_shows(r, "19,90\u00a0€");
    assert_shows(r, arena_fmt(&s.t.arena, "name=\"id\" value=\"%lld\"", (long long)s.soap_large).p);
    r = test_get(&s.t, "/en/products/seife");
    assert_shows(r, "Keep away from eyes.");
    assert_shows(r, "Small");
    r = test_get(&s.t, "/collections/bad/products/seife");
    assert_shows(r, "<link rel=\"canonical\" href=\"https://shop.example/products/seife\">");
    r = test_get(&s.t, "/products/flasche");
    assert_shows(r, "Nur noch 2 Stück auf Lager");
    seed_stock(&s, s.bottle, 0);
    r = test_get(&s.t, "/products/flasche");
    assert_shows(r, "Ausverkauft");
    seed_close(&s);
}

static void knows_what_is_not_there(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const paths[] = {"/products/nix",
                                        "/products/geheim",
                                        "/products/seife?variant=999999",
                                        "/products/seife?variant=x",
                                        "/collections/nix",
                                        "/pages/nix",
                                        "/nix",
                                        "/collections/bad?page=0",
                                        "/collections/bad?page=9",
                                        "/orders/1/abc",
                                        "/orders/x/y",
                                        "/media/zz/x.png",
                                        "/assets/shop/0/theme.css",
                                        "/search?page=-1"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct test_response r = test_get(&s.t, paths[i]);
        assert_int_equal(r.status, 404);
        assert_false(r.rs.cacheable);
        assert_shows(r, "Diese Seite gibt es nicht");
        assert_shows(r, "role=\"search\"");
    }
    struct test_response r = test_post(&s.t, "/products/seife", "");
    assert_int_equal(r.status, 405);
    assert_shows(r, "So lässt sich diese Seite nicht aufrufen");
    r = test_send(&s.t,
                  &(struct test_request){
                      .method = HTTP_POST, .path = "/cart/add", .form = "id=1", .foreign = true});
    assert_int_equal(r.status, 403);
    seed_close(&s);
}

struct rename {
    int64_t product;
    const char *handle;
};
static bool rename_both(struct ctx *c, void *self, bool *keep) {
    const struct rename *r = self;
    struct product_saved out;
    enum collection_verdict v;
    struct catalog_collection_by_handle bath;
    int64_t id;
    bool found;
    (void)keep;
    struct product_draft p = {.id = r->product,
                              .handle = str_c(r->handle),
                              .keep_variants = true,
                              .keep_media = true,
                              .keep_tags = true,
                              .keep_attributes = true};
    TRY(product_save(c, &p, &out));
    ensure(out.verdict == PRODUCT_SAVED);
    TRY(catalog_collection_by_handle(&c->db, &(struct catalog_collection_by_handle_in){S("bad")},
                                     &bath, &found));
    if (!found) return true; // renamed already
    struct collection_draft d = {.id = bath.id, .handle = S("badezimmer"), .keep_products = true};
    TRY(collection_save(c, &d, &v, &id));
    ensure(v == COLLECTION_SAVED);
    return true;
}

// Links to an address that was changed still lead there, also after two changes.
static void follows_old_addresses(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    assert_int_equal(test_get(&s.t, "/products/seife").status, 200);
    struct rename r = {s.soap, "kernseife"};
    struct ctx *c = test_ctx(&s.t);
    assert_ok(tx_run(c, rename_both, &r), &c->err);
    r.handle = "salbeiseife";
    c = test_ctx(&s.t);
    assert_ok(tx_run(c, rename_both, &r), &c->err);
    static const char *const moves[][2] = {
        {"/products/seife", "/products/salbeiseife"},
        {"/en/products/kernseife?variant=7&x=1", "/en/products/salbeiseife?variant=7&x=1"},
        {"/collections/bad/products/seife", "/products/salbeiseife"},
        {"/collections/bad?page=2", "/collections/badezimmer?page=2"}};
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        struct test_response to = test_get(&s.t, moves[i][0]);
        assert_int_equal(to.status, 301);
        assert_str(to.location, moves[i][1]);
    }
    assert_int_equal(test_get(&s.t, "/products/salbeiseife").status, 200);
    r.handle = "seife"; // back again: the page itself comes first
    c = test_ctx(&s.t);
    assert_ok(tx_run(c, rename_both, &r), &c->err);
    assert_int_equal(test_get(&s.t, "/products/seife").status, 200);
    assert_str(test_get(&s.t, "/products/salbeiseife").location, "/products/seife");
    seed_close(&s);
}

static void sorts_and_searches(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/collections/all?sort_by=price-descending");
    assert_true(str_find(r.body, S("/products/flasche\"")) <
                str_find(r.body, S("/products/seife\"")));
    r = test_get(&s.t, "/collections/all?sort_by=price-ascending");
    assert_true(str_find(r.body, S("/products/flasche\"")) >
                str_find(r.body, S("/products/seife\"")));
    r = test_get(&s.t, "/collections/all?sort_by=%27;drop");
    assert_int_equal(r.status, 200);
    r = test_get(&s.t, "/search?q=SEIFE+salbei");
    assert_shows(r, "/products/seife");
    assert_false(test_shows(&r, "/products/flasche"));
    r = test_get(&s.t, "/search?q=S-2");
    assert_shows(r, "/products/seife");
    r = test_get(&s.t, "/search?q=%25");
    assert_shows(r, "nichts gefunden");
    r = test_get(&s.t, "/search?q=%22%3E%3Cscript%3Ex");
    assert_false(test_shows(&r, "<script>x"));
    seed_close(&s);
}

static void serves_files(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = test_get(&s.t, "/");
    struct str css = after(&s.t, r.body, "rel=\"stylesheet\" href=\"", '"');
    r = test_get(&s.t, css.p);
    assert_int_equal(r.status, 200);
    assert_str(test_header(&r, "Content-Type"), "text/css; charset=utf-8");
    assert_str(test_header(&r, "Cache-Control"), "public, max-age=31536000, immutable");
    r = test_get(&s.t, "/sitemap.xml");
    assert_shows(r, "<loc>https://shop.example/products/seife</loc>");
    assert_shows(r, "<loc>https://shop.example/en/pages/agb</loc>");
    assert_false(test_shows(&r, "geheim"));
    r = test_get(&s.t, "/robots.txt");
    assert_shows(r, "Sitemap: https://shop.example/sitemap.xml");
    r = test_get(&s.t, "/favicon.ico");
    assert_str(test_header(&r, "Content-Type"), "image/svg+xml");
    r = test_get(&s.t, "/pages/versand");
    assert_shows(r, "Text der Seite");
    seed_close(&s);
}

// A shared page is the same bytes for a visitor with a filled cart and a name.
static void keeps_shared_pages_impersonal(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const paths[] = {"/", "/products/seife", "/collections/bad", "/pages/agb",
                                        "/collections/all"};
    struct str before[ARRAY_LEN(paths)];
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) before[i] = test_get(&s.t, paths[i]).body;
    struct test_response r =
        test_post(&s.t, "/cart/add", arena_fmt(&s.t.arena, "id=%lld", (long long)s.bottle).p);
    assert_int_equal(r.status, 303);
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        r = test_get(&s.t, paths[i]);
        assert_true(r.rs.cacheable);
        assert_strs(r.body, before[i]);
        assert_null(test_header(&r, "Set-Cookie").p);
    }
    seed_close(&s);
}

static void says_what_the_merchant_wrote(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    seed_setting(&s, "shop.description.de", "Dinge, die <bleiben>");
    seed_setting(&s, "shop.description.en", "Things to keep");
    struct test_response r = test_get(&s.t, "/withdraw");
    assert_shows(r, "Dinge, die &lt;bleiben&gt;");
    r = test_get(&s.t, "/en/withdraw");
    assert_shows(r, "Things to keep");
    seed_close(&s);
}

// Every text that a template asks for exists in both languages.
static void texts_exist(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct ctx *c = test_ctx(&s.t);
    int keys = 0;
    for (size_t i = 0; i < till_files_count; i++) {
        struct str rest = embed_str(&till_files[i]);
        if (!str_ends(str_c(till_files[i].path), S(".liquid"))) continue;
        for (size_t at; (at = str_find(rest, S("'shop."))) != STR_NONE; keys++) {
            rest = str_from(rest, at + 1);
            const char *key = arena_cstr(c->arena, str_sub(rest, 0, str_find_char(rest, '\'')));
            for (enum lang l = 0; l < LANG_COUNT; l++) {
                c->lang = l;
                if (!tr_exists(c, key)) print_error("%s: %s\n", till_files[i].path, key);
                assert_true(tr_exists(c, key));
            }
        }
    }
    assert_true(keys > 50);
    seed_close(&s);
}

static void queries_hold(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    test_queries(&s.t);
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_home),
        cmocka_unit_test(tells_prices),
        cmocka_unit_test(shows_product),
        cmocka_unit_test(knows_what_is_not_there),
        cmocka_unit_test(follows_old_addresses),
        cmocka_unit_test(sorts_and_searches),
        cmocka_unit_test(serves_files),
        cmocka_unit_test(queries_hold),
        cmocka_unit_test(texts_exist),
        cmocka_unit_test(keeps_shared_pages_impersonal),
        cmocka_unit_test(says_what_the_merchant_wrote),
    };
    return TEST_GROUP(tests);
}
