// SPDX-License-Identifier: Apache-2.0
#include "desk/test_support.h"
#include "flow/provider_refund.h"
#include "order_sql.h"

static const char *url(struct office *o, int64_t id, const char *rest) {
    return arena_fmt(&o->f.t.arena, "/desk/orders/%lld%s", (long long)id, rest).p;
}

static struct test_response act(struct office *o, int64_t id, const char *action,
                                const char *fields) {
    struct test_response page = test_get(&o->f.t, url(o, id, ""));
    assert_int_equal(page.status, 200);
    struct str key = office_key(o, &page);
    return test_post(&o->f.t, url(o, id, action),
                     arena_fmt(&o->f.t.arena, "key=" STR_FMT "&%s", STR_ARG(key), fields).p);
}

static const char *lines(struct office *o, int64_t id, const char *prefix, int64_t quantity,
                         const char *more) {
    struct order_full full = fixture_order(&o->f, id);
    struct buf b = buf_new(&o->f.t.arena, 0);
    for (size_t i = 0; i < full.lines.n; i++)
        buf_fmt(&b, "%s%lld=%lld&", prefix, (long long)full.lines.v[i].id, (long long)quantity);
    buf_fmt(&b, "%s", more);
    return buf_str(&b).p;
}

static void test_list(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r = test_get(t, "/desk/orders");
    assert_shows(r, "Noch keine Bestellungen");
    int64_t a = BUY(&o.f, 1, {V_LAMP, 1});
    struct str number = fixture_order(&o.f, a).head.number;
    r = test_get(t, "/desk/orders");
    assert_shows(r, number.p);
    assert_shows(r, "unbezahlt");
    r = test_get(t, arena_fmt(&t->arena, "/desk/orders?q=" STR_FMT, STR_ARG(number)).p);
    assert_shows(r, number.p);
    r = test_get(t, "/desk/orders?q=%25"); // a percent sign is looked for, it is no wildcard
    assert_shows(r, "Keine Bestellung passt");
    r = test_get(t, "/desk/orders?payment=paid");
    assert_shows(r, "Keine Bestellung passt");
    r = test_get(t, "/desk/orders?payment=pending&from=2026-11-22&to=2026-11-22");
    assert_shows(r, number.p);
    r = test_get(t, "/desk/orders?from=2026-11-23");
    assert_shows(r, "Keine Bestellung passt");
    r = test_get(t, "/desk/orders?state=unsinn&from=gestern&before=x-y");
    assert_int_equal(r.status, 200);
    assert_shows(r, number.p);
    office_close(&o);
}

static void test_news(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    int64_t a = BUY(&o.f, 1, {V_LAMP, 1});
    int64_t b = BUY(&o.f, 2, {V_BOOK, 1});
    struct test_response r =
        test_get(t, arena_fmt(&t->arena, "/desk/orders/new?after=%lld", (long long)a).p);
    assert_int_equal(r.status, 200);
    assert_shows(r, "\"count\":1");
    assert_shows(r, fixture_order(&o.f, b).head.number.p);
    assert_false(test_shows(&r, fixture_order(&o.f, a).head.number.p));
    r = test_get(t, arena_fmt(&t->arena, "/desk/orders/new?after=%lld", (long long)b).p);
    assert_shows(r, "\"count\":0");
    r = test_get(t, "/desk/orders/new?after=drop");
    assert_shows(r, "\"count\":0");
    office_close(&o);
}

static void test_pages_by_key(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    int64_t first = BUY(&o.f, 1, {V_PENNY, 1});
    for (int i = 0; i < 50; i++) BUY(&o.f, 2 + i, {V_PENNY, 1});
    struct str number = fixture_order(&o.f, first).head.number;
    struct test_response r = test_get(t, "/desk/orders");
    assert_false(test_shows(&r, number.p));
    struct str next =
        office_between(&o, r.body, "<p class=\"pager\"><a class=\"button\" href=\"", "\"");
    assert_true(next.n > 0);
    r = test_get(t, next.p);
    assert_shows(r, number.p);
    office_close(&o);
}

static void test_views(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    struct test_shop *t = &o.f.t;
    struct test_response r =
        test_post(t, "/desk/orders/views",
                  "name=Zu+packen&query=payment%3Dpaid%26fulfilment%3Dopen%26evil%3D1");
    assert_int_equal(r.status, 303);
    r = test_get(t, "/desk/orders");
    assert_shows(r, "Zu packen");
    assert_shows(r, "/desk/orders?payment=paid&amp;fulfilment=open&amp;\"");
    assert_false(test_shows(&r, "evil"));
    struct str id = office_between(&o, r.body, "/desk/orders/views/", "/");
    assert_int_equal(test_post(t, "/desk/orders/views", "name=&query=").status, 422);
    int64_t other = office_staff(&o, "other@example.org", "staff", "order.read");
    office_enter(&o, other);
    test_post(t, arena_fmt(&t->arena, "/desk/orders/views/" STR_FMT "/drop", STR_ARG(id)).p,
              ""); // not theirs
    office_enter(&o, o.owner);
    r = test_get(t, "/desk/orders");
    assert_shows(r, "Zu packen");
    test_post(t, arena_fmt(&t->arena, "/desk/orders/views/" STR_FMT "/drop", STR_ARG(id)).p, "");
    r = test_get(t, "/desk/orders");
    assert_false(test_shows(&r, "Zu packen"));
    office_close(&o);
}

static void test_pay_and_ship(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 2}, {V_BOOK, 1});
    struct test_response r = act(&o, id, "/pay", "amount=&date=2026-11-22");
    assert_int_equal(r.status, 422);
    assert_shows(r, "id=\"x-amount\"");
    r = act(&o, id, "/pay", "amount=1.234&date=2026-11-22"); // not guessed
    assert_int_equal(r.status, 422);
    assert_shows(r, "value=\"1.234\"");
    r = act(&o, id, "/pay", "amount=5%2C00&date=2030-01-01");
    assert_int_equal(r.status, 422);
    r = act(&o, id, "/pay", "amount=5%2C00&date=2026-11-20");
    assert_int_equal(r.status, 303);
    fixture_states(&o.f, id, "open", "part_paid", "open");
    struct order_full full = fixture_order(&o.f, id);
    int64_t rest = full.head.total - 500;
    r = act(&o, id, "/pay",
            arena_fmt(&o.f.t.arena, "amount=%lld.%02lld", (long long)(rest / 100),
                      (long long)(rest % 100))
                .p);
    assert_int_equal(r.status, 303);
    fixture_states(&o.f, id, "open", "paid", "open");
    r = act(&o, id, "/ship", lines(&o, id, "q_", 0, "carrier=DHL"));
    assert_int_equal(r.status, 422);
    assert_shows(r, "value=\"DHL\"");
    r = act(&o, id, "/ship", lines(&o, id, "q_", 9, "tracking_url=javascript%3Aalert(1)"));
    assert_int_equal(r.status, 422);
    r = act(&o, id, "/ship", lines(&o, id, "q_", 9, "carrier=DHL"));
    assert_int_equal(r.status, 422);
    assert_shows(r, "So viel ist nicht mehr offen");
    r = act(
        &o, id, "/ship",
        lines(&o, id, "q_", 1,
              "carrier=DHL&tracking=0034&tracking_url=https%3A%2F%2Fdhl.example%2F0034&notify=1"));
    assert_int_equal(r.status, 303);
    fixture_states(&o.f, id, "open", "paid", "part");
    r = test_get(&o.f.t, url(&o, id, ""));
    assert_shows(r, "href=\"https://dhl.example/0034\"");
    office_close(&o);
}

// A small refund leaves the rest to be sent; nothing is due on what was cancelled.
static void test_refunded_is_sent(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1}), other = BUY(&o.f, 2, {V_BOOK, 1});
    struct str number = fixture_order(&o.f, id).head.number;
    struct test_response r = test_get(&o.f.t, url(&o, id, ""));
    assert_shows(r, "noch nicht vollständig bezahlt");
    act(&o, id, "/pay", "amount=24%2C89");
    assert_int_equal(act(&o, id, "/refund", "refund_amount=1%2C00&reason=Kratzer").status, 303);
    fixture_states(&o.f, id, "open", "part_refunded", "open");
    r = test_get(&o.f.t, url(&o, id, ""));
    assert_shows(r, "Höchstens 23,89");
    assert_false(test_shows(&r, "noch nicht vollständig bezahlt"));
    r = test_get(&o.f.t, "/desk/orders?state=open&payment=paid");
    assert_shows(r, number.p);
    r = test_get(&o.f.t, "/desk");
    assert_shows(r, "payment=paid\"><b>1</b>");
    act(&o, id, "/ship", lines(&o, id, "q_", 1, ""));
    r = test_get(&o.f.t, "/desk/orders?payment=paid");
    assert_shows(r, "Keine Bestellung passt");
    r = test_get(&o.f.t, "/desk");
    assert_shows(r, "payment=paid\"><b>0</b>");
    assert_int_equal(act(&o, other, "/cancel", "reason=doppelt").status, 303);
    r = test_get(&o.f.t, url(&o, other, ""));
    struct str due = office_between(&o, r.body, "Noch offen</dt><dd class=\"sum\">", "</dd>");
    assert_true(str_starts(due, S("0,00")));
    office_close(&o);
}

static bool add_import(struct ctx *c, void *self, bool *keep) {
    const struct str no = S("");
    int64_t *id = self, line;
    (void)keep;
    struct order_insert_in in = {.number = S("ALT-1"),
                                 .source = S("import"),
                                 .placed_at = c->now,
                                 .state = S("closed"),
                                 .payment_state = S("paid"),
                                 .fulfilment_state = S("fulfilled"),
                                 .payment_method = S("import"),
                                 .lang = S("de"),
                                 .currency = S("EUR"),
                                 .goods = 600,
                                 .total = 600};
    struct str *texts[] = {&in.shipping_method,
                           &in.delivery,
                           &in.email,
                           &in.phone,
                           &in.name,
                           &in.company,
                           &in.street,
                           &in.extra,
                           &in.postcode,
                           &in.city,
                           &in.country,
                           &in.bill_name,
                           &in.bill_company,
                           &in.bill_street,
                           &in.bill_extra,
                           &in.note,
                           &in.bill_postcode,
                           &in.bill_city,
                           &in.bill_country,
                           &in.search_text};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) *texts[i] = no;
    in.terms = S("{}");
    TRY(order_insert(&c->db, &in, id));
    struct order_line_insert_in l = {.order_id = *id,
                                     .position = 1,
                                     .sku = no,
                                     .title = S("Alte Tasse"),
                                     .variant_title = no,
                                     .quantity = 6,
                                     .unit_price = 100,
                                     .total = 600,
                                     .tax_category = S("zero")};
    return order_line_insert(&c->db, &l, &line);
}

// What another system sent is sent.
static void test_imported(void **state) {
    (void)state;
    struct office o;
    int64_t id;
    office_open(&o);
    struct ctx *c = test_ctx(&o.f.t);
    assert_ok(tx_run(c, add_import, &id), &c->err);
    struct test_response r = test_get(&o.f.t, url(&o, id, ""));
    assert_shows(r, "data-l=\"Versandt\">6<");
    assert_shows(r, "data-l=\"Offen\"><b>0</b>");
    assert_false(test_shows(&r, "/ship\""));
    office_close(&o);
}

static void test_twice_is_once(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    struct test_response page = test_get(&o.f.t, url(&o, id, ""));
    const char *form =
        arena_fmt(&o.f.t.arena, "key=" STR_FMT "&amount=24%%2C89", STR_ARG(office_key(&o, &page)))
            .p;
    for (int i = 0; i < 3; i++) {
        struct test_response r = test_post(&o.f.t, url(&o, id, "/pay"), form);
        assert_int_equal(r.status, 303);
        assert_true(str_ends(r.location, i ? S("done=again") : S("done=pay")));
    }
    assert_int_equal(fixture_sums(&o.f, id).captured, 2489);
    assert_int_equal(test_post(&o.f.t, url(&o, id, "/pay"), "amount=1").status,
                     422); // no key, nothing done
    assert_int_equal(fixture_sums(&o.f, id).captured, 2489);
    office_close(&o);
}

// What a provider refused is listed with its reason until it went back in some way.
static void test_refused_refund(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    act(&o, id, "/pay", "amount=24%2C89");
    for (int64_t i = 1; i <= 2; i++) {
        struct test_response r = act(&o, id, "/refund", "refund_amount=7%2C31&reason=Kratzer");
        assert_int_equal(r.status, 303);
        struct ctx *c = test_ctx(&o.f.t);
        assert_ok(provider_refund_fail(c, i, S("Konto erloschen")), &c->err);
        if (i == 1) {
            r = test_get(&o.f.t, "/desk/payments");
            assert_shows(r, "Konto erloschen");
            assert_shows(r, "/desk/payments/transfers/1\"");
            r = test_post(&o.f.t, "/desk/payments/transfers/1", "");
            assert_true(str_ends(r.location, S("done=transferred")));
            assert_int_equal(fixture_sums(&o.f, id).refunded, 731);
            r = test_post(&o.f.t, "/desk/payments/transfers/1", "");
            assert_true(str_ends(r.location, S("done=again")));
        }
    }
    struct test_response r = test_get(&o.f.t, "/desk/payments");
    assert_false(test_shows(&r, "/desk/payments/transfers/1\""));
    assert_shows(r, "/desk/payments/transfers/2\"");
    r = act(&o, id, "/refund", "refund_amount=7%2C31&reason=Kratzer"); // once more, another way
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, "/desk/payments");
    assert_false(test_shows(&r, "/desk/payments/transfers/2\""));
    assert_shows(r, "/desk/payments/transfers/3\"");
    r = test_post(&o.f.t, "/desk/payments/transfers/2", "");
    assert_true(str_ends(r.location, S("done=again")));
    assert_int_equal(fixture_sums(&o.f, id).refunded, 1462);
    office_close(&o);
}

static void test_refund(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    act(&o, id, "/pay", "amount=24%2C89");
    struct test_response r = act(&o, id, "/refund", "refund_amount=&reason=Bruch");
    assert_int_equal(r.status, 422);
    r = act(&o, id, "/refund", "refund_amount=30%2C00&reason=Bruch");
    assert_int_equal(r.status, 422);
    assert_shows(r, "mehr, als bezahlt");
    assert_shows(r, "value=\"30,00\"");
    assert_shows(r, "value=\"Bruch\"");
    r = act(&o, id, "/refund", "refund_amount=5%2C00&reason=");
    assert_int_equal(r.status, 422);
    int64_t before = fixture_stock(&o.f, V_LAMP);
    r = act(&o, id, "/refund", lines(&o, id, "r_", 1, "reason=Retoure&restock=1&notify=1"));
    assert_int_equal(r.status, 303);
    assert_int_equal(fixture_sums(&o.f, id).refunded, 1999);
    assert_int_equal(fixture_stock(&o.f, V_LAMP), before + 1);
    r = test_get(&o.f.t, "/desk/payments"); // a bank transfer goes back by hand
    assert_shows(r, "19,99");
    struct str refund = office_between(&o, r.body, "/desk/payments/transfers/", "\"");
    assert_true(refund.n > 0);
    const char *path =
        arena_fmt(&o.f.t.arena, "/desk/payments/transfers/" STR_FMT, STR_ARG(refund)).p;
    r = test_post(&o.f.t, path, "");
    assert_true(str_ends(r.location, S("done=transferred")));
    r = test_post(&o.f.t, path, "");
    assert_true(str_ends(r.location, S("done=again")));
    r = test_get(&o.f.t, "/desk/payments");
    assert_false(test_shows(&r, "/desk/payments/transfers/"));
    r = test_get(&o.f.t, url(&o, id, ""));
    assert_shows(r, "Erstattung überwiesen");
    office_close(&o);
}

static void test_cancel(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    struct test_response r = act(&o, id, "/cancel", "reason=");
    assert_int_equal(r.status, 422);
    r = act(&o, id, "/cancel", "reason=Wunsch&restock=1");
    assert_int_equal(r.status, 303);
    fixture_states(&o.f, id, "cancelled", "pending", "open");
    r = act(&o, id, "/cancel", "reason=Wunsch");
    assert_int_equal(r.status, 409);
    assert_shows(r, "schon storniert");
    r = act(&o, id, "/ship", lines(&o, id, "q_", 1, ""));
    assert_int_equal(r.status, 409);
    assert_int_equal(test_get(&o.f.t, "/desk/orders/4711").status, 404);
    assert_int_equal(test_get(&o.f.t, "/desk/orders/abc").status, 404);
    office_close(&o);
}

static void test_note_is_text(void **state) {
    (void)state;
    struct office o;
    office_open(&o);
    int64_t id = BUY(&o.f, 1, {V_LAMP, 1});
    struct test_response r =
        act(&o, id, "/note", "text=%3Cscript%3Ealert(1)%3C%2Fscript%3E%0AZeile+zwei");
    assert_int_equal(r.status, 303);
    r = test_get(&o.f.t, url(&o, id, ""));
    assert_false(test_shows(&r, "<script>alert"));
    assert_shows(r, "&lt;script&gt;alert(1)&lt;/script&gt;<br");
    assert_shows(r, "Protokoll der Änderungen");
    assert_int_equal(act(&o, id, "/note", "text=").status, 422);
    office_close(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_news),
        cmocka_unit_test(test_pages_by_key),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_pay_and_ship),
        cmocka_unit_test(test_twice_is_once),
        cmocka_unit_test(test_refund),
        cmocka_unit_test(test_refused_refund),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_note_is_text),
        cmocka_unit_test(test_refunded_is_sent),
        cmocka_unit_test(test_imported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
