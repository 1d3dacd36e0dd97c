// SPDX-License-Identifier: Apache-2.0
// The rest of the back office: payments, settings, shipping, pages, jobs, the audit trail, the
// first page.
#include "core/i18n.h"
#include "core/settings.h"
#include "desk/test_support.h"
#include "flow/drafts.h"
#include "mod/content/content.h"
#include "mod/shipping/shipping.h"

static struct str statement(struct office *o, const char *reference, const char *amount,
                            const char *bank_ref) {
    return arena_fmt(
        &o->f.t.arena,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
        "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
        "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T18:00:00+01:00</CreDtTm></"
        "GrpHdr>"
        "<Stmt><Id>2026-88</Id><CreDtTm>2026-11-20T18:00:00+01:00</CreDtTm>"
        "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>"
        "<Ntry><Amt Ccy=\"EUR\">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        "<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt><AcctSvcrRef>%s</"
        "AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>NTRF+166</Cd></Prtry></BkTxCd><NtryDtls><TxDtls>"
        "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt "
        "Ccy=\"EUR\">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        "<RltdPties><Dbtr><Pty><Nm>Anna &lt;b&gt;</Nm></Pty></Dbtr></RltdPties>"
        "<RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></"
        "Document>",
        amount, bank_ref, amount, reference);
}

static struct test_response send(struct office *o, const char *filename, struct str bytes) {
    return office_upload(o, &(struct office_file){"/desk/payments/statement", "files", filename,
                                                  "text/xml", bytes, NULL});
}

static void test_statement(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    struct str number = fixture_order(&o.f, id).head.number;
    struct test_response r = send(&o, "urlaub.jpg", S("\xff\xd8\xff\xe0 kein Auszug"));
    assert_int_equal(r.status, 422);
    assert_shows(r, "„urlaub.jpg“ konnte nicht eingelesen werden");
    r = send(&o, "liste.xml", S("<html><body>1</body></html>"));
    assert_int_equal(r.status, 422);
    assert_int_equal(test_post(&o.f.t, "/desk/payments/statement", "").status, 422);
    r = send(&o, "auszug.xml", statement(&o, number.p, "24.89", "B1"));
    assert_int_equal(r.status, 200);
    assert_shows(r, "1 zugeordnet");
    fixture_states(&o.f, id, "open", "paid", "open");
    r = send(&o, "auszug.xml", statement(&o, number.p, "24.89", "B1"));
    assert_shows(r, "schon eingelesen");
    assert_int_equal(fixture_sums(&o.f, id).captured, 2489);
    office_close(&o);
}

static void test_open_entries(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    struct str number = fixture_order(&o.f, id).head.number;
    send(&o, "a.xml", statement(&o, "ohne Angabe", "24.89", "B1"));
    send(&o, "b.xml", statement(&o, "auch nicht", "1.00", "B2"));
    struct test_response r = test_get(t, "/desk/payments");
    assert_shows(r, "Anna &lt;b&gt;");
    assert_shows(r, "keine Bestellnummer");
    struct str newest = office_between(&o, r.body, "/desk/payments/entries/", "\"");
    int64_t second;
    assert_true(str_to_int(newest, &second));
    const char *path =
        arena_fmt(&t->arena, "/desk/payments/entries/%lld", (long long)(second - 1)).p;
    const char *field = arena_fmt(&t->arena, "number_%lld", (long long)(second - 1)).p;
    r = test_post(t, path, arena_fmt(&t->arena, "%s=", field).p);
    assert_int_equal(r.status, 422);
    r = test_post(t, path, arena_fmt(&t->arena, "%s=X-999", field).p);
    assert_int_equal(r.status, 422);
    assert_shows(r, "Diese Bestellnummer gibt es nicht");
    assert_shows(r, "value=\"X-999\"");
    r = test_post(t, path, arena_fmt(&t->arena, "%s=" STR_FMT, field, STR_ARG(number)).p);
    assert_int_equal(r.status, 303);
    fixture_states(&o.f, id, "open", "paid", "open");
    r = test_post(t, path, arena_fmt(&t->arena, "%s=" STR_FMT, field, STR_ARG(number)).p);
    assert_int_equal(r.status, 409); // not twice
    r = test_post(t, arena_fmt(&t->arena, "/desk/payments/entries/%lld", (long long)second).p,
                  "ignore=1");
    assert_int_equal(r.status, 303);
    r = test_get(t, "/desk/payments");
    assert_shows(r, "Alle Buchungen sind zugeordnet");
    office_close(&o);
}

static void test_settings(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r =
        test_post(t, "/desk/settings", "group=shop&shop.name=Laden+%26+Co&shop.zone=Mond%2FKrater");
    assert_int_equal(r.status, 422);
    assert_shows(r, "id=\"x-shop.zone\"");
    assert_shows(r, "value=\"Laden &amp; Co\"");
    assert_str(setting_text(test_ctx(t), "shop.name"), "Kontor"); // all or none
    r = test_post(t, "/desk/settings", "group=shop&shop.name=Laden+%26+Co");
    assert_int_equal(r.status, 303);
    assert_str(setting_text(test_ctx(t), "shop.name"), "Laden & Co");
    r = test_post(t, "/desk/settings",
                  "group=payment&payment.bank.iban=DE00&payment.bank_transfer=1");
    assert_int_equal(r.status, 422);
    r = test_post(t, "/desk/settings",
                  "group=payment&payment.bank_transfer=1&payment.stripe.secret=sk_test_geheim");
    assert_int_equal(r.status, 303);
    r = test_get(t, "/desk/settings");
    assert_false(test_shows(&r, "sk_test_geheim"));
    assert_shows(r, "Gespeichert und verborgen");
    r = test_post(t, "/desk/settings",
                  "group=payment&payment.bank_transfer=1&payment.stripe.secret=");
    assert_str(setting_text(test_ctx(t), "payment.stripe.secret"),
               "sk_test_geheim"); // empty keeps it
    r = test_get(t, "/desk/audit?object=setting");
    assert_false(test_shows(&r, "sk_test_geheim"));
    office_close(&o);
}

static void test_settings_refused(void **state) {
    (void)state;
    struct office o;
    static const struct {
        const char *group, *key, *value, *told; // told NULL: taken
    } table[] = {
        {"shop", "shop.currency", "USD", "Die Währung steht fest"},
        {"shop", "shop.name", "", "füllen Sie dieses Feld"},
        {"shop", "shop.name", "Nessel", NULL},
        {"shop", "shop.email", "nicht-da", "keine gültige E-Mail"},
        {"shop", "shop.email", "", "keine gültige E-Mail"},
        {"shop", "shop.email", "laden@example.org", NULL},
        {"shop", "shop.vat_id", "123456789", "zwei Buchstaben"},
        {"shop", "shop.vat_id", "DE 123456789", "zwei Buchstaben"},
        {"shop", "shop.vat_id", "DE1234567890123", "zwei Buchstaben"},
        {"shop", "shop.vat_id", "ATU12345678", NULL},
        {"shop", "shop.vat_id", "", NULL},
        {"payment", "payment.bank.bic", "BYLADEM", "8 oder 11"},
        {"payment", "payment.bank.bic", "BYLADEM_", "8 oder 11"},
        {"payment", "payment.bank.bic", "BYLADEM1001", NULL},
        {"payment", "payment.bank.bic", "", NULL},
        {"payment", "payment.stripe.secret", "pk_test_1", "sk_ oder rk_"},
        {"payment", "payment.stripe.secret", "sk_", "sk_ oder rk_"},
        {"payment", "payment.stripe.secret", "rk_live_1", NULL},
        {"payment", "payment.stripe.webhook_secret", "sk_test_1", "whsec_"},
        {"payment", "payment.stripe.webhook_secret", "whsec_a, whsec_b", NULL},
        {"payment", "payment.stripe.base_url", "http://api.stripe.com", "beginnt mit https"},
        {"payment", "payment.stripe.base_url", "http://localhost.evil.example",
         "beginnt mit https"},
        {"payment", "payment.stripe.base_url", "", "beginnt mit https"},
        {"payment", "payment.stripe.base_url", "http://127.0.0.1:4711", NULL},
        {"payment", "payment.stripe.base_url", "https://api.stripe.com", NULL},
        {"desk", "desk.low_stock", "-1", "zu klein oder zu groß"},
        {"desk", "desk.low_stock", "viele", "eine Zahl"},
        {"desk", "desk.low_stock", "0", NULL},
    };
    office_open(&o);
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        struct buf b = buf_new(&o.f.t.arena, 0);
        buf_fmt(&b, "group=%s&%s=", table[i].group, table[i].key);
        buf_url(&b, str_c(table[i].value));
        struct test_response r = test_post(&o.f.t, "/desk/settings", buf_str(&b).p);
        if (r.status != (table[i].told ? 422 : 303))
            fail_msg("%s=%s: %d", table[i].key, table[i].value, r.status);
        if (table[i].told) assert_shows(r, table[i].told);
    }
    assert_str(setting_text(test_ctx(&o.f.t), "shop.currency"), "EUR");
    office_close(&o);
}

static void test_shipping(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct shipping_offers offers;
    struct test_response r =
        test_post(t, "/desk/shipping/new",
                  "name_de=Rad&delivery_de=heute&countries=DEU&price=x&days_min=3&days_max=1");
    assert_int_equal(r.status, 422);
    assert_shows(r, "id=\"x-countries\"");
    assert_shows(r, "id=\"x-price\"");
    assert_shows(r, "id=\"x-days_max\"");
    r = test_post(t, "/desk/shipping/new",
                  "name_de=Rad&name_en=Bike&delivery_de=heute&countries=de,+at&price=3%2C50&days_"
                  "min=1&days_max=1&active=1&position=9");
    assert_int_equal(r.status, 303);
    struct ctx *c = test_ctx(t);
    c->lang = LANG_EN;
    assert_ok(shipping_offers(c, 0, &offers), &c->err);
    assert_int_equal(offers.n, S_COUNT + 1);
    assert_str(offers.v[S_COUNT].name, "Bike");
    assert_int_equal(offers.v[S_COUNT].price, 350);
    assert_str(offers.v[S_COUNT].countries, "[\"DE\",\"AT\"]");
    const char *path =
        arena_fmt(&t->arena, "/desk/shipping/%lld", (long long)offers.v[S_COUNT].id).p;
    r = test_get(t, path);
    assert_shows(r, "value=\"DE, AT\"");
    r = test_post(
        t, path,
        "name_de=Rad&delivery_de=heute&countries=DE&price=4&days_min=1&days_max=1"); // switched off
    assert_int_equal(r.status, 303);
    c = test_ctx(t);
    assert_ok(shipping_offers(c, 0, &offers), &c->err);
    assert_int_equal(offers.n, S_COUNT);
    assert_int_equal(test_get(t, "/desk/shipping/999").status, 404);
    assert_int_equal(
        test_post(t, "/desk/shipping/999",
                  "name_de=Rad&delivery_de=heute&countries=DE&price=4&days_min=1&days_max=1")
            .status,
        404);
    office_close(&o);
}

static void test_content_pages(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r =
        test_post(t, "/desk/pages/new", "lang=de&handle=%C3%9Cber+uns&title=Wir&source=Hallo");
    assert_int_equal(r.status, 422);
    assert_shows(r, "id=\"x-handle\"");
    r = test_post(t, "/desk/pages/new", "lang=de&handle=ueber-uns&title=Wir&source=Hallo+**Welt**");
    assert_int_equal(r.status, 303);
    assert_int_equal(
        test_post(t, "/desk/pages/new", "lang=de&handle=ueber-uns&title=Wir&source=Hallo").status,
        422);
    r = test_post(t, "/desk/pages/ueber-uns",
                  "lang=de&title=Wir&source=Zweite+%3Cscript%3Ex%3C%2Fscript%3E");
    assert_int_equal(r.status, 303);
    r = test_get(t, "/desk/pages/ueber-uns");
    assert_shows(r, "Fassung 2");
    r = test_get(t, "/desk/pages/ueber-uns/de/1");
    assert_shows(r, "<strong>Welt</strong>");
    r = test_get(t, "/desk/pages/ueber-uns/de/2");
    assert_false(test_shows(&r, "<script>x"));
    assert_int_equal(test_get(t, "/desk/pages/ueber-uns/de/3").status, 404);
    assert_int_equal(test_get(t, "/desk/pages/gibtsnicht").status, 404);
    office_close(&o);
}

static bool by_command(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    c->actor = (struct actor){.kind = ACTOR_SYSTEM, .name = S("command line")};
    return audit_write(c, &(struct audit){"order", 4711, "order.paid_back", S("{\"amount\":940}")});
}

static void test_jobs_and_trail(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    BUY(&o.f, 1, {V_LAMP, 1});
    struct ctx *c = test_ctx(t);
    for (size_t m = 0; m < t->shop.modules.n; m++)
        for (const struct job_kind *k = t->shop.modules.v[m]->jobs; k && k->name; k++)
            if (!tr_exists(c, arena_fmt(c->arena, "desk.job.%s", k->name).p))
                fail_msg("%s has no name", k->name);
    struct test_response r = test_get(t, "/desk/jobs");
    assert_shows(r, "order.mail");
    assert_int_equal(test_post(t, "/desk/jobs/1/retry", "").status, 303);
    r = test_get(t, "/desk/audit?object=order&id=1");
    assert_shows(r, "Bestellung aufgegeben");
    c = test_ctx(t);
    assert_ok(tx_run(c, by_command, NULL), &c->err);
    r = test_get(t, "/desk/audit?object=order&id=4711");
    assert_shows(r, "Kommandozeile");
    assert_shows(r, "Betrag: 9,40");
    r = test_get(t, "/desk/audit?object=%27%3B+DROP&id=x&before=y");
    assert_int_equal(r.status, 200);
    r = test_get(t, "/desk");
    assert_shows(r, "24,89");
    assert_shows(r, "Neueste Bestellungen");
    office_close(&o);
}

static void test_errors_and_language(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r = test_get(t, "/desk/gibtsnicht");
    assert_int_equal(r.status, 404);
    assert_shows(r, "Diese Seite gibt es nicht");
    assert_false(test_shows(&r, "Die Suche"));
    r = test_send(t, &(struct test_request){.method = HTTP_PUT, .path = "/desk/orders"});
    assert_int_equal(r.status, 405);
    test_post(t, "/desk/profile", "lang=en");
    static const char *const paths[] = {"/desk",
                                        "/desk/orders",
                                        "/desk/products",
                                        "/desk/products/1",
                                        "/desk/products/new",
                                        "/desk/collections",
                                        "/desk/collections/new",
                                        "/desk/payments",
                                        "/desk/settings",
                                        "/desk/shipping",
                                        "/desk/shipping/1",
                                        "/desk/pages",
                                        "/desk/pages/new",
                                        "/desk/jobs",
                                        "/desk/audit",
                                        "/desk/staff",
                                        "/desk/staff/1",
                                        "/desk/profile"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        r = test_get(t, paths[i]);
        assert_int_equal(r.status, 200);
        assert_shows(r, "<html lang=\"en\">");
        if (test_shows(&r, ">desk.")) fail_msg("%s shows a key", paths[i]);
    }
    office_close(&o);
}

// The first page lists what is missing before the shop can sell, and no longer what is there.
static void test_opening(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct ctx *c = test_ctx(&o.f.t);
    assert_ok(drafts_write(c), &c->err);
    struct test_response r = test_get(&o.f.t, "/desk");
    assert_shows(r, "Vor der Eröffnung fehlt noch");
    assert_shows(r, "Inhaber oder Firma, ");
    assert_shows(r, "impressum, datenschutz, agb, widerruf, versand");
    assert_false(test_shows(&r, "Eine Versandart"));
    assert_false(test_shows(&r, "Ein Produkt, das verkauft wird"));
    static const char *const langs[] = {"de", "en"};
    for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
        const char *form =
            arena_fmt(&o.f.t.arena, "handle=impressum&title=Impressum&lang=%s&source=Mein+Text",
                      langs[i])
                .p;
        assert_int_equal(test_post(&o.f.t, "/desk/pages/impressum", form).status, 303);
    }
    r = test_get(&o.f.t, "/desk");
    assert_false(test_shows(&r, "impressum, datenschutz"));
    assert_shows(r, "datenschutz, agb, widerruf, versand");
    c = test_ctx(&o.f.t);
    assert_ok(drafts_write(c), &c->err); // what the merchant wrote stays
    r = test_get(&o.f.t, "/desk/pages/impressum");
    assert_shows(r, "Mein Text");
    office_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opening),
        cmocka_unit_test(test_statement),
        cmocka_unit_test(test_open_entries),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_settings_refused),
        cmocka_unit_test(test_shipping),
        cmocka_unit_test(test_content_pages),
        cmocka_unit_test(test_jobs_and_trail),
        cmocka_unit_test(test_errors_and_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
