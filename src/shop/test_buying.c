// SPDX-License-Identifier: Apache-2.0
// A purchase by forms alone, and everything that can go wrong on the way.
#include "flow/order_steps.h"
#include "mod/cart/cart.h"
#include "order_sql.h"
#include "shop/test_seed.h"

static struct test_response add(struct seed *s, int64_t id, int quantity) {
    const char *form = arena_fmt(&s->t.arena, "id=%lld&quantity=%d", (long long)id, quantity).p;
    return test_post(&s->t, "/cart/add", form);
}

static void fills_the_cart(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    struct test_response r = add(&s, s.soap_small, 2);
    assert_int_equal(r.status, 303);
    r = test_get(&s.t, r.location.p);
    assert_shows(r, "„Seife &lt;Salbei&gt;“ liegt im Warenkorb.");
    assert_shows(r, "19,80\u00a0€"); // two of 9.90
    assert_shows(r, "24,70\u00a0€"); // with shipping
    assert_shows(r, "Noch 29,20\u00a0€ bis zur kostenlosen Lieferung.");
    assert_shows(r, "Überweisung");                // § 312j (1): ways to pay and
    assert_shows(r, "Deutschland und Österreich"); // where to, on the cart's page
    assert_str(test_header(&r, "Cache-Control"), "no-store");
    r = add(&s, s.bottle, 5); // two are left
    r = test_get(&s.t, r.location.p);
    assert_shows(r, "Wir haben die Menge auf den Bestand angepasst");
    r = test_post(&s.t, "/cart/change",
                  arena_fmt(&s.t.arena, "id=%lld&quantity=0", (long long)s.bottle).p);
    r = test_get(&s.t, r.location.p);
    assert_shows(r, "Der Artikel ist entfernt.");
    assert_false(test_shows(&r, "Flasche"));
    r = test_post(&s.t, "/cart/add", "product=seife&options[1]=Gro%C3%9F");
    r = test_get(&s.t, r.location.p);
    assert_shows(r, "39,70\u00a0€"); // 19.80 + 19.90
    r = test_post(&s.t, "/cart/update",
                  arena_fmt(&s.t.arena, "updates[%lld]=1", (long long)s.soap_small).p);
    r = test_get(&s.t, r.location.p);
    assert_shows(r, "29,80\u00a0€"); // 9.90 + 19.90
    seed_close(&s);
}

static void refuses_bad_lines(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    static const char *const forms[] = {"",
                                        "id=",
                                        "id=x",
                                        "id=-1",
                                        "id=99999",
                                        "id=99999999999999999999",
                                        "id=1&quantity=0",
                                        "id=1&quantity=-3",
                                        "id=1&quantity=10000",
                                        "id=1&quantity=1e3",
                                        "id=1&quantity=",
                                        "product=nix&options[1]=Blau"};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        struct test_response r = test_post(&s.t, "/cart/add", forms[i]);
        assert_int_equal(r.status, 422);
        assert_shows(r, "Warenkorb");
    }
    seed_stock(&s, s.bottle, 0);
    struct test_response r = add(&s, s.bottle, 1);
    assert_int_equal(r.status, 422);
    assert_shows(r, "gerade ausverkauft");
    r = test_post(&s.t, "/cart/change", "id=1&quantity=-1");
    assert_int_equal(r.status, 422);
    seed_close(&s);
}

static struct test_response checkout(struct seed *s, const char *more) {
    struct test_response r = test_get(&s->t, "/checkout");
    struct arena *a = &s->t.arena;
    struct str key = after(&s->t, r.body, "name=\"order_key\" value=\"", '"');
    struct str total = after(&s->t, r.body, "name=\"total_seen\" value=\"", '"');
    struct str method = after(&s->t, r.body, "id=\"shipping_method\" value=\"", '"');
    const char *form =
        arena_fmt(a, "order_key=" STR_FMT "&total_seen=" STR_FMT "&shipping_method=" STR_FMT "&%s",
                  STR_ARG(key), STR_ARG(total), STR_ARG(method), more)
            .p;
    return test_post(&s->t, "/checkout", form);
}

static int64_t orders(struct seed *s) {
    struct ctx *c = test_ctx(&s->t);
    struct order_get o;
    bool found = true;
    int64_t n = 0;
    while (found) {
        assert_ok(order_get(&c->db, &(struct order_get_in){n + 1}, &o, &found), &c->err);
        n += found;
    }
    return n;
}

// BGB § 312j (2), (3): the summary and then the button, nothing between, and its words.
static void shows_the_law(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    struct test_response r = test_get(&s.t, "/checkout");
    size_t note = str_find(r.body, S("id=\"note\"")), item = str_find(r.body, S("class=\"name\"")),
           total = str_find(r.body, S("Gesamtbetrag inkl. MwSt.")),
           button = str_find(r.body, S(">Zahlungspflichtig bestellen</button>"));
    assert_true(note < item && item < total && total < button && button != STR_NONE);
    struct str between = str_sub(r.body, total, button - total);
    assert_true(str_find(between, S("<input type=\"text\"")) == STR_NONE);
    assert_true(str_find(between, S("<a ")) == STR_NONE);
    assert_shows(r, "14,80\u00a0€");
    assert_shows(r, "Material: Olive, Salbei"); // essential characteristics
    assert_shows(r, "darin 19\u00a0% MwSt.");
    assert_false(test_shows(&r, "type=\"checkbox\" checked"));
    r = test_get(&s.t, "/en/checkout");
    assert_shows(r, ">Order with obligation to pay</button>");
    seed_close(&s);
}

static void places_an_order(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 2);
    struct test_response form = test_get(&s.t, "/checkout");
    struct str key = after(&s.t, form.body, "name=\"order_key\" value=\"", '"');
    struct test_response r = checkout(&s, CHECKOUT_FIELDS);
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, S("/orders/1/")));
    struct test_response page = test_get(&s.t, r.location.p);
    assert_int_equal(page.status, 200);
    assert_shows(page, "Danke, Anna!");
    assert_shows(page, "24,70\u00a0€");
    assert_shows(page, "DE02 1203 0000 0000 2020 51");
    assert_shows(page, "<svg aria-label=");
    assert_shows(page, "Vertrag widerrufen");
    assert_str(test_header(&page, "Cache-Control"), "no-store");
    assert_str(test_header(&page, "Referrer-Policy"), "no-referrer");
    // The same submit again, cart empty by now: the same order.
    const char *again =
        arena_fmt(&s.t.arena, "order_key=" STR_FMT "&total_seen=2470&shipping_method=1&%s",
                  STR_ARG(key), CHECKOUT_FIELDS)
            .p;
    r = test_post(&s.t, "/checkout", again);
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, S("/orders/1/")));
    assert_int_equal(orders(&s), 1);
    r = test_get(&s.t, "/cart");
    assert_shows(r, "Ihr Warenkorb ist noch leer");
    r = test_get(&s.t, "/checkout");
    assert_str(r.location, "/cart");
    seed_close(&s);
}

// A credit note without money behind it is no refund.
static void tells_a_cancelled_order(void **state) {
    (void)state;
    struct seed s;
    enum step_verdict v;
    seed_open(&s);
    add(&s, s.soap_small, 2);
    struct str where = checkout(&s, CHECKOUT_FIELDS).location;
    where = arena_str(&s.t.arena, where);
    struct test_response r = test_get(&s.t, where.p);
    assert_shows(r, "/withdraw?order=");
    struct ctx *c = test_ctx(&s.t);
    struct cancel_in in = {.order_id = 1, .reason = S("test"), .key = S("c1")};
    assert_ok(order_cancel(c, &in, &v), &c->err);
    assert_int_equal(v, STEP_OK);
    r = test_get(&s.t, where.p);
    assert_shows(r, "Storniert, es wurde nichts bezahlt.");
    assert_false(test_shows(&r, "Erstattet"));
    assert_false(test_shows(&r, "/withdraw?order="));
    seed_close(&s);
}

// What was paid and went back is told with its credit note.
static void tells_a_refund(void **state) {
    (void)state;
    struct seed s;
    enum step_verdict v;
    seed_open(&s);
    add(&s, s.soap_small, 2);
    struct str where = arena_str(&s.t.arena, checkout(&s, CHECKOUT_FIELDS).location);
    struct ctx *c = test_ctx(&s.t);
    struct capture_in paid = {
        .order_id = 1, .amount = 2470, .source = S("staff:1"), .key = S("p1")};
    assert_ok(order_capture(c, &paid, &v), &c->err);
    assert_int_equal(v, STEP_OK);
    struct refund_in in = {.order_id = 1, .amount = 500, .reason = S("test"), .key = S("r1")};
    assert_ok(order_refund(c, &in, &v), &c->err);
    assert_int_equal(v, STEP_OK);
    struct test_response r = test_get(&s.t, where.p);
    assert_shows(r, "Erstattet: 5,00\u00a0€ (Gutschrift ");
    assert_false(test_shows(&r, "nichts bezahlt"));
    seed_close(&s);
}

static void hides_orders_from_others(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    struct test_response r = checkout(&s, CHECKOUT_FIELDS);
    struct str path = str_sub(r.location, 0, str_find_char(r.location, '?'));
    struct str wrong = arena_str(&s.t.arena, path);
    char *last = (char *)(uintptr_t)wrong.p + wrong.n - 5;
    *last = *last == 'A' ? 'B' : 'A';
    assert_int_equal(test_get(&s.t, path.p ? arena_cstr(&s.t.arena, path) : "").status, 200);
    r = test_get(&s.t, wrong.p);
    assert_int_equal(r.status, 404);
    assert_false(test_shows(&r, "Anna"));
    seed_close(&s);
}

static void gives_the_form_back(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    struct test_response r =
        checkout(&s, "email=kein&name=%3Cb%3EAnna&street=&postcode=1&city=H&country=DE"
                     "&payment_method=bank_transfer&bill_different=1&bill_name=Firma");
    assert_int_equal(r.status, 422);
    assert_shows(r, "value=\"kein\"");
    assert_shows(r, "value=\"&lt;b&gt;Anna\"");
    assert_shows(r, "Bitte füllen Sie dieses Feld aus.");
    assert_shows(r, "Das ist keine gültige E-Mail-Adresse.");
    assert_shows(r, "href=\"#bill_street\"");
    r = checkout(&s, "email=a%40b.de");
    assert_shows(r, "Bitte wählen Sie aus.");
    r = checkout(&s, "email=kein&name=%3Cb%3EAnna&bill_different=1&bill_name=Firma");
    assert_shows(r, "aria-describedby=\"email-error\"");
    assert_shows(r, "value=\"Firma\"");
    assert_shows(r, "name=\"bill_different\" value=\"1\" checked");
    assert_int_equal(orders(&s), 0);
    seed_close(&s);
}

static void checks_postcode_and_phone(void **state) {
    (void)state;
#define PERSON                                                                                     \
    "email=anna%40example.org&name=Anna&street=Weg+3&city=Ort&payment_method=bank_transfer"
    static const struct {
        const char *form, *says; // NULL: it is taken
    } cases[] = {
        {PERSON "&country=DE&postcode=2045", "in Deutschland fünf Ziffern"},
        {PERSON "&country=DE&postcode=2045x", "in Deutschland fünf Ziffern"},
        {PERSON "&country=AT&postcode=20459", "in diesem Land vier Ziffern"},
        {PERSON "&country=FR&postcode=1", "drei bis zehn Zeichen"},
        {PERSON "&country=DE&postcode=20459&phone=ruf+an", "Eine Telefonnummer besteht"},
        {PERSON "&country=DE&postcode=20459&phone=%2B", "Eine Telefonnummer besteht"},
        {PERSON "&country=DE&postcode=20459&bill_different=1&bill_name=B&bill_street=S&bill_city=C"
                "&bill_country=CH&bill_postcode=80011",
         "in diesem Land vier Ziffern"},
        {PERSON "&country=DE&postcode=20459&phone=%2B49+%2840%29+12-34%2F5", NULL},
    };
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct test_response r = checkout(&s, cases[i].form);
        assert_int_equal(r.status, cases[i].says ? 422 : 303);
        if (cases[i].says) assert_shows(r, cases[i].says);
    }
    seed_close(&s);
}

// A shop that cannot sell yet says so and offers no button.
static void says_that_it_is_not_open(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    seed_setting(&s, "payment.bank.iban", "");
    struct test_response r = test_get(&s.t, "/checkout");
    assert_shows(r, "nimmt noch keine Bestellungen an");
    assert_false(test_shows(&r, "Zahlungspflichtig bestellen"));
    seed_setting(&s, "payment.bank.iban", "DE02120300000000202051");
    r = test_get(&s.t, "/checkout");
    assert_shows(r, "Zahlungspflichtig bestellen");
    seed_close(&s);
}

static void tells_changes_kindly(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.bottle, 2);
    struct test_response r = test_get(&s.t, "/checkout");
    struct str key = after(&s.t, r.body, "name=\"order_key\" value=\"", '"');
    const char *form =
        arena_fmt(&s.t.arena, "order_key=" STR_FMT "&total_seen=5470&shipping_method=1&%s",
                  STR_ARG(key), CHECKOUT_FIELDS)
            .p;
    seed_price(&s, s.bottle, 2590);
    r = test_post(&s.t, "/checkout", form);
    assert_int_equal(r.status, 422);
    assert_shows(r, "Der Gesamtbetrag hat sich geändert.");
    assert_shows(r, "51,80\u00a0€");
    assert_shows(r, "value=\"Anna Beispiel\"");
    seed_stock(&s, s.bottle, 1);
    r = test_post(&s.t, "/checkout", form);
    assert_int_equal(r.status, 422);
    assert_shows(r, "„Flasche“ ist inzwischen knapp geworden: nur noch 1 Stück da.");
    r = test_get(&s.t, "/cart");
    assert_shows(r, "Nur noch 1 Stück da");
    assert_int_equal(orders(&s), 0);
    seed_close(&s);
}

static void quotes_without_scripts(void **state) {
    (void)state;
    struct seed s;
    seed_open(&s);
    add(&s, s.soap_small, 1);
    struct test_response r = test_post(&s.t, "/checkout/update", "country=AT&name=Anna&email=halb");
    assert_int_equal(r.status, 200);
    assert_shows(r, "value=\"halb\"");
    assert_shows(r, "<option value=\"AT\" selected>");
    r = test_post(&s.t, "/checkout/update", "country=XX");
    assert_shows(r, "<option value=\"DE\" selected>");
    seed_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_the_cart),
        cmocka_unit_test(refuses_bad_lines),
        cmocka_unit_test(shows_the_law),
        cmocka_unit_test(places_an_order),
        cmocka_unit_test(tells_a_cancelled_order),
        cmocka_unit_test(tells_a_refund),
        cmocka_unit_test(hides_orders_from_others),
        cmocka_unit_test(gives_the_form_back),
        cmocka_unit_test(checks_postcode_and_phone),
        cmocka_unit_test(says_that_it_is_not_open),
        cmocka_unit_test(tells_changes_kindly),
        cmocka_unit_test(quotes_without_scripts),
    };
    return TEST_GROUP(tests);
}
