// SPDX-License-Identifier: Apache-2.0
#include "catalog_sql.h"
#include "desk/test_support.h"
#include "mod/catalog/catalog.h"
#include "mod/price/price.h"
#include "price_sql.h"

static const char *url(struct office *o, int64_t id) {
    return arena_fmt(&o->f.t.arena, "/desk/products/%lld", (long long)id).p;
}

static int64_t version_of(struct office *o, int64_t id) {
    struct catalog_product_row row;
    bool found;
    struct ctx *c = test_ctx(&o->f.t);
    assert_ok(catalog_product_row(&c->db, &(struct catalog_product_row_in){id}, &row, &found),
              &c->err);
    assert_true(found);
    return row.version;
}

static struct price_get price_of(struct office *o, int64_t variant) {
    struct price_get row = {0};
    bool found;
    struct ctx *c = test_ctx(&o->f.t);
    assert_ok(price_get(&c->db, &(struct price_get_in){variant, S("EUR")}, &row, &found), &c->err);
    return row;
}

// The lamp as its page would send it back, with the given fields instead of or beside its own.
static const char *lamp(struct office *o, int64_t version, const char *more) {
    return arena_fmt(&o->f.t.arena,
                     "version=%lld&status=active&tax_category=standard&rows=1&v0_id=%lld&v0_active="
                     "1&v0_ships=1&v0_tracked=1"
                     "&v0_sku=lamp&v0_was=10&%s",
                     (long long)version, (long long)o->f.variants[V_LAMP], more)
        .p;
}

static void test_list(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_response r = test_get(&o.f.t, "/desk/products");
    assert_shows(r, "lamp");
    assert_shows(r, "19,99");
    r = test_get(&o.f.t, "/desk/products?q=LAMP&status=active");
    assert_shows(r, "lamp");
    assert_false(test_shows(&r, ">book<"));
    r = test_get(&o.f.t, "/desk/products?q=_");
    assert_shows(r, "Kein Artikel passt");
    assert_int_equal(test_get(&o.f.t, "/desk/products/999").status, 404);
    office_close(&o);
}

static void test_edit(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP], v = version_of(&o, id);
    struct test_response r = test_get(&o.f.t, url(&o, id));
    assert_shows(r, "value=\"19,99\"");
    assert_shows(r, "name=\"v0_stock\" type=\"text\" value=\"10\"");
    r = test_post(&o.f.t, url(&o, id),
                  lamp(&o, v,
                       "title_de=Lampe+%22rund%22&title_en=Lamp&v0_price=24%2C50&v0_compare=29%"
                       "2C90&v0_stock=8&tags=hell,+neu,hell"
                       "&description_de=%3Cp+onclick%3D%22x()%22%3EGut%3C%2Fp%3E%3Cscript%3Ebad()%"
                       "3C%2Fscript%3E"));
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, url(&o, id));
    assert_shows(r, "value=\"Lampe &quot;rund&quot;\"");
    assert_shows(r, "value=\"hell, neu\"");
    assert_shows(r, "&lt;p&gt;Gut&lt;/p&gt;");
    assert_false(test_shows(&r, "bad()"));
    assert_false(test_shows(&r, "onclick"));
    assert_int_equal(price_of(&o, o.f.variants[V_LAMP]).amount, 2450);
    assert_int_equal(fixture_stock(&o.f, V_LAMP), 8);
    assert_shows(r, "Preis geändert"); // the trail of the object is on its page
    assert_shows(r, "Betrag: 24,50");
    assert_shows(r, "Vergleichspreis: 29,90");
    assert_shows(r, "Bestand gezählt");
    office_close(&o);
}

static void test_refused_keeps_all(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP], v = version_of(&o, id);
    static const struct {
        const char *fields, *shows;
    } cases[] = {
        {"title_de=&v0_price=1", "id=\"x-title_de\""},
        {"title_de=Neu&v0_price=abc", "id=\"x-v0_price\""},
        {"title_de=Neu&v0_price=10&v0_compare=5", "id=\"x-v0_compare\""},
        {"title_de=Neu&v0_price=10&v0_stock=-1", "id=\"x-v0_stock\""},
        {"title_de=Neu&v0_barcode=4711", "id=\"x-v0_barcode\""},
        {"title_de=Neu&v0_content=80", "id=\"x-v0_content\""},
        {"title_de=Neu&handle=book", "id=\"x-handle\""},
        {"title_de=Neu&v0_price=", "id=\"x-v0_price\""},
        {"title_de=Neu&v0_price=++", "geben Sie einen Preis ein"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct test_response r = test_post(&o.f.t, url(&o, id), lamp(&o, v, cases[i].fields));
        if (r.status != 422) fail_msg("%s gives %d", cases[i].fields, r.status);
        assert_shows(r, cases[i].shows);
        assert_shows(r, "role=\"alert\"");
    }
    struct test_response r =
        test_post(&o.f.t, url(&o, id), lamp(&o, v, "title_de=Getippt&vendor=Marke+X&v0_price=abc"));
    assert_shows(r, "value=\"Getippt\"");
    assert_shows(r, "value=\"Marke X\"");
    assert_shows(r, "value=\"abc\"");
    assert_int_equal(version_of(&o, id), v); // nothing was written
    assert_int_equal(price_of(&o, o.f.variants[V_LAMP]).amount, 1999);
    office_close(&o);
}

static void test_same_sku(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP];
    struct test_response r = test_get(&o.f.t, url(&o, id));
    assert_false(test_shows(&r, "mehr als eine Variante"));
    r = test_post(&o.f.t, url(&o, o.f.products[V_BOOK]),
                  arena_fmt(&o.f.t.arena,
                            "version=%lld&title_de=Buch&status=active&tax_category=reduced&rows=1&"
                            "v0_id=%lld&v0_active=1&v0_sku=lamp",
                            (long long)version_of(&o, o.f.products[V_BOOK]),
                            (long long)o.f.variants[V_BOOK])
                      .p);
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, url(&o, id));
    assert_shows(r, "Artikelnummer lamp hat mehr als eine Variante");
    office_close(&o);
}

static void test_stale(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP], v = version_of(&o, id);
    assert_int_equal(test_post(&o.f.t, url(&o, id), lamp(&o, v, "title_de=Von+Ben")).status, 303);
    struct test_response r = test_post(&o.f.t, url(&o, id), lamp(&o, v, "title_de=Von+Anna"));
    assert_int_equal(r.status, 409);
    assert_shows(r, "Von Ben"); // both are on the page
    assert_shows(r, "Von Anna");
    struct str now = office_between(&o, r.body, "name=\"version\" value=\"", "\"");
    int64_t version;
    assert_true(str_to_int(now, &version));
    assert_int_equal(version, v + 1);
    assert_int_equal(test_post(&o.f.t, url(&o, id), lamp(&o, version, "title_de=Von+Anna")).status,
                     303);
    r = test_post(&o.f.t, url(&o, id),
                  "title_de=Ohne+Fassung&status=active&tax_category=standard&rows=0");
    assert_true(r.status == 409 || r.status == 422); // a form without version overwrites nothing
    office_close(&o);
}

// Somebody buys while the page is open: an untouched number does not undo the sale, a counted one
// is asked for again.
static void test_stock_moved(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP];
    BUY(&o.f, 1, {V_LAMP, 3});
    struct test_response r =
        test_post(&o.f.t, url(&o, id), lamp(&o, version_of(&o, id), "title_de=Lampe&v0_stock=10"));
    assert_int_equal(r.status, 303);
    assert_int_equal(fixture_stock(&o.f, V_LAMP), 7);
    r = test_post(&o.f.t, url(&o, id),
                  lamp(&o, version_of(&o, id), "title_de=Lampe+neu&v0_stock=12"));
    assert_int_equal(r.status, 422);
    assert_shows(r, "jetzt sind es 7");
    assert_shows(r, "name=\"v0_was\" value=\"7\"");
    assert_int_equal(fixture_stock(&o.f, V_LAMP), 7);
    office_close(&o);
}

static void test_options(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_response r = test_post(
        &o.f.t, "/desk/products/new",
        "title_de=Hemd&status=draft&tax_category=standard&o0_de=Farbe&o0_en=Colour&o1_de=Gr%C3%B6%"
        "C3%9Fe&rows=3"
        "&v0_o0=Rot&v0_o1=S&v0_sku=H-RS&v0_price=30&v0_stock=4&v0_tracked=1&v0_active=1&v0_ships=1"
        "&v1_o0=Rot&v1_o1=M&v1_sku=H-RM&v1_price=31&v1_active=1&v1_ships=1&v2_active=1");
    assert_int_equal(r.status, 303);
    struct str path = office_between(&o, r.location, "", "?");
    r = test_get(&o.f.t, path.p);
    assert_shows(r, "value=\"H-RM\"");
    assert_shows(r, "value=\"Colour\"");
    struct str id0 = office_between(&o, r.body, "name=\"v0_id\" value=\"", "\"");
    struct str id1 = office_between(&o, r.body, "name=\"v1_id\" value=\"", "\"");
    const char *base =
        "title_de=Hemd&status=draft&tax_category=standard&o0_de=Farbe&o1_de=Gr%C3%B6%C3%9Fe";
    r = test_post(&o.f.t, path.p,
                  arena_fmt(&o.f.t.arena,
                            "version=1&%s&rows=2&v0_id=" STR_FMT
                            "&v0_o0=Rot&v0_o1=S&v0_active=1&v1_id=" STR_FMT
                            "&v1_o0=Rot&v1_o1=S&v1_active=1",
                            base, STR_ARG(id0), STR_ARG(id1))
                      .p);
    assert_int_equal(r.status, 422);
    assert_shows(r, "dieselben Werte");
    r = test_post(&o.f.t, path.p,
                  arena_fmt(&o.f.t.arena,
                            "version=1&%s&rows=2&v0_id=" STR_FMT "&v0_o0=Rot&v0_o1=&v0_active=1",
                            base, STR_ARG(id0))
                      .p);
    assert_int_equal(r.status, 422);
    r = test_post(&o.f.t, path.p,
                  arena_fmt(&o.f.t.arena,
                            "version=1&%s&rows=2&v0_id=" STR_FMT "&v0_o0=Rot&v0_o1=S&v1_id=" STR_FMT
                            "&v1_o0=Rot&v1_o1=M",
                            base, STR_ARG(id0), STR_ARG(id1))
                      .p);
    assert_int_equal(r.status, 422); // the last variant stays
    r = test_post(&o.f.t, path.p,
                  arena_fmt(&o.f.t.arena,
                            "version=1&%s&rows=2&v0_id=" STR_FMT
                            "&v0_o0=Rot&v0_o1=S&v0_sku=H-RS&v0_active=1&v1_id=" STR_FMT,
                            base, STR_ARG(id0), STR_ARG(id1))
                      .p);
    assert_int_equal(r.status, 303); // M is no longer offered
    office_close(&o);
}

static void test_swatches(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    static const char hat[] = "title_de=Hut&status=draft&tax_category=standard&o0_de=Farbe&rows=1"
                              "&v0_o0=Rot&v0_sku=HUT&v0_price=30&v0_active=1&v0_ships=1";
    struct test_response r = test_post(&o.f.t, "/desk/products/new", hat);
    assert_int_equal(r.status, 303);
    struct str path = office_between(&o, r.location, "", "?");
    r = test_get(&o.f.t, path.p);
    assert_shows(r, "name=\"s0_value\" value=\"Rot\"");
    struct str id = office_between(&o, r.body, "name=\"v0_id\" value=\"", "\"");
    const char *again =
        arena_fmt(&o.f.t.arena,
                  "version=1&%s&v0_id=" STR_FMT "&s0_option=Farbe&s0_value=Rot&s0_color=", hat,
                  STR_ARG(id))
            .p;
    r = test_post(&o.f.t, path.p, arena_fmt(&o.f.t.arena, "%srot", again).p);
    assert_int_equal(r.status, 422);
    assert_shows(r, "Bitte eine Farbe als #rrggbb angeben");
    r = test_post(&o.f.t, path.p, arena_fmt(&o.f.t.arena, "%s%%23AA2211", again).p);
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, path.p);
    assert_shows(r, "name=\"s0_color\" type=\"text\" value=\"#aa2211\"");
    office_close(&o);
}

static void test_picture(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP];
    const char *version = arena_fmt(&o.f.t.arena, "%lld", (long long)version_of(&o, id)).p;
    const char *variant = arena_fmt(&o.f.t.arena, "%lld", (long long)o.f.variants[V_LAMP]).p;
    const char *const fields[] = {
        "version",      version,    "title_de", "Lampe", "status", "active",
        "tax_category", "standard", "rows",     "1",     "v0_id",  variant,
        "v0_active",    "1",        "v0_sku",   "lamp",  NULL};
    struct test_response r =
        office_upload(&o, &(struct office_file){url(&o, id), "files", "trick.jpg", "image/jpeg",
                                                S("<?php echo 1; ?>"), fields});
    assert_int_equal(r.status, 422);
    assert_shows(r, "„trick.jpg“ ist kein Bild");
    r = office_upload(&o, &(struct office_file){url(&o, id), "files", "boese.svg", "image/svg+xml",
                                                S("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                                  "viewBox=\"0 0 1 1\"><script>1</script></svg>"),
                                                fields});
    assert_int_equal(r.status, 422);
    assert_shows(r, "boese.svg");
    r = office_upload(&o,
                      &(struct office_file){url(&o, id), "files", "lampe.svg", "image/svg+xml",
                                            S("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                              "viewBox=\"0 0 4 3\"><path d=\"M0 0h4v3z\"/></svg>"),
                                            fields});
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, url(&o, id));
    assert_shows(r, "/lampe.svg\"");
    assert_shows(r, "name=\"m0_alt_de\"");
    const char *form = lamp(&o, version_of(&o, id),
                            "title_de=Lampe&m0_pos=1&m0_alt_de=Eine+Lampe&m0_alt_en=A+lamp");
    assert_int_equal(test_post(&o.f.t, url(&o, id), form).status, 303);
    r = test_get(&o.f.t, url(&o, id));
    assert_shows(r, "value=\"Eine Lampe\"");
    assert_shows(r, "value=\"A lamp\"");
    form = lamp(&o, version_of(&o, id), "title_de=Lampe&m0_pos=1&m0_drop=1");
    assert_int_equal(test_post(&o.f.t, url(&o, id), form).status, 303);
    r = test_get(&o.f.t, url(&o, id));
    assert_false(test_shows(&r, "/lampe.svg\""));
    office_close(&o);
}

enum { MANY = 120 };

static bool add_many(struct ctx *c, void *self, bool *keep) {
    struct variant_draft *v = ARENA_ARRAY(c->arena, struct variant_draft, MANY);
    struct product_option_draft option = {{{S("Nummer"), S("Number")}}};
    (void)keep;
    for (int i = 0; i < MANY; i++) {
        struct str value = arena_fmt(c->arena, "N%03d", i);
        v[i] = (struct variant_draft){.values = {{{value, value}}}, .sku = value};
    }
    struct product_draft d = {.handle = S("viele"),
                              .title = {{S("Viele"), S("Many")}},
                              .status = S("draft"),
                              .options = &option,
                              .option_count = 1,
                              .variants = v,
                              .variant_count = MANY};
    return product_save(c, &d, self);
}

// A page of the variants is saved without touching the others or their order.
static void test_many_variants(void **state) {
    (void)state;
    struct office o;
    struct product_saved saved;
    office_open(&o);
    struct ctx *c = test_ctx(&o.f.t);
    assert_ok(tx_run(c, add_many, &saved), &c->err);
    const char *page = arena_fmt(&o.f.t.arena, "%s?vpage=3", url(&o, saved.id)).p;
    struct test_response r = test_get(&o.f.t, page);
    assert_shows(r, "value=\"N100\"");
    assert_false(test_shows(&r, "value=\"N099\""));
    struct str id = office_between(&o, r.body, "name=\"v0_id\" value=\"", "\"");
    r = test_post(
        &o.f.t, url(&o, saved.id),
        arena_fmt(
            &o.f.t.arena,
            "version=1&title_de=Viele&status=draft&tax_category=standard&o0_de=Nummer&o0_en=Number"
            "&rows=2&v0_id=" STR_FMT
            "&v0_o0=N100&v0_sku=NEU&v0_price=7&v0_active=1&v1_o0=N999&v1_active=1",
            STR_ARG(id))
            .p);
    assert_int_equal(r.status, 303);
    struct catalog_variant_rows_rows rows = {0};
    c = test_ctx(&o.f.t);
    assert_ok(catalog_variant_rows_all(&c->db, &(struct catalog_variant_rows_in){saved.id}, &rows),
              &c->err);
    assert_int_equal(rows.n, MANY + 1);
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(rows.v[i].position, i + 1);
        assert_true(rows.v[i].active);
        assert_str(rows.v[i].title, arena_fmt(&o.f.t.arena, "N%03d", i).p);
    }
    assert_str(rows.v[100].sku, "NEU");
    assert_str(rows.v[MANY].title, "N999");
    office_close(&o);
}

// Who may change texts but not prices and stock changes texts only.
static void test_rights_within(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = o.f.products[V_LAMP];
    office_enter(&o, office_staff(&o, "text@example.org", "staff", "catalog.write"));
    struct test_response r = test_post(
        &o.f.t, url(&o, id), lamp(&o, version_of(&o, id), "title_de=Neu&v0_price=1&v0_stock=99"));
    assert_int_equal(r.status, 303);
    assert_int_equal(price_of(&o, o.f.variants[V_LAMP]).amount, 1999);
    assert_int_equal(fixture_stock(&o.f, V_LAMP), 10);
    office_close(&o);
}

static void test_collections(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r =
        test_post(t, "/desk/collections/new", "title_de=&kind=manual&sort=manual");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/collections/new",
                  "title_de=Licht&title_en=Light&kind=manual&sort=manual");
    assert_int_equal(r.status, 303);
    struct str path = office_between(&o, r.location, "", "?");
    r = test_post(t, path.p, "title_de=Licht&sort=manual&add=gibtsnicht");
    assert_int_equal(r.status, 422);
    assert_shows(r, "Diesen Artikel gibt es nicht");
    assert_int_equal(test_post(t, path.p, "title_de=Licht&sort=manual&add=lamp").status, 303);
    assert_int_equal(test_post(t, path.p, "title_de=Licht&sort=manual&add=book").status, 303);
    r = test_get(t, path.p);
    assert_shows(r, ">lamp</a>");
    assert_shows(r, ">book</a>");
    const char *drop = arena_fmt(&t->arena, "title_de=Licht&sort=manual&drop_%lld=1",
                                 (long long)o.f.products[V_LAMP])
                           .p;
    assert_int_equal(test_post(t, path.p, drop).status, 303);
    r = test_get(t, path.p);
    assert_false(test_shows(&r, ">lamp</a>"));
    r = test_post(
        t, "/desk/collections/new",
        "title_de=Regel&kind=rule&sort=title&match=all&field0=title&op0=starts&value0=BO");
    assert_int_equal(r.status, 303);
    path = office_between(&o, r.location, "", "?");
    r = test_get(t, path.p);
    assert_shows(r, ">book</a>");
    assert_shows(r, "value=\"BO\"");
    r = test_post(t, path.p,
                  "title_de=Regel&sort=title&match=all&field0=weight_g&op0=over&value0=schwer");
    assert_int_equal(r.status, 422);
    r = test_post(t, path.p, "title_de=Regel&sort=title&match=all");
    assert_int_equal(r.status, 422); // a rule without a condition
    office_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_edit),
        cmocka_unit_test(test_refused_keeps_all),
        cmocka_unit_test(test_same_sku),
        cmocka_unit_test(test_stale),
        cmocka_unit_test(test_stock_moved),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_swatches),
        cmocka_unit_test(test_picture),
        cmocka_unit_test(test_rights_within),
        cmocka_unit_test(test_collections),
        cmocka_unit_test(test_many_variants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
