// SPDX-License-Identifier: Apache-2.0
// Every mail of an order as the customer's mail program shows it, in both languages: both parts,
// sums, links, legal texts, and the QR code read by a foreign reader. With KONTOR_MAILS=DIR the
// HTML parts are left there to be looked at.
#include <gmime/gmime.h>
#include <stdlib.h>

#include "core/file.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "fixture.h"
#include "flow/customer_code.h"
#include "flow/order_mail.h"
#include "mod/content/content.h"
#include "mod/mail/test_mail.h"
#include "mod/payment/bank.h"

#define HOSTILE "<script>alert(1)</script>\r\nBcc: eve@example.org"

struct words { // what must stand in the mails of a language
    enum lang lang;
    const char *total, *shipping, *agb, *widerruf;
    const char *subjects[5]; // order_confirmation, payment_received, shipped, cancelled, refunded
};
static const struct words german = {
    LANG_DE,
    "24,89\xc2\xa0€",
    "4,90\xc2\xa0€",
    "Unsere Bedingungen",
    "Vierzehn Tage",
    {"Ihre Bestellung %s", "Zahlung zu Bestellung %s erhalten", "Ihre Bestellung %s ist unterwegs",
     "Ihre Bestellung %s wurde storniert", "Erstattung zu Bestellung %s"}};
static const struct words english = {LANG_EN,
                                     "€24.89",
                                     "€4.90",
                                     "Our terms",
                                     "Fourteen days",
                                     {"Your order %s", "Payment for order %s received",
                                      "Your order %s is on its way", "Your order %s was cancelled",
                                      "Refund for order %s"}};

static bool put_page(struct ctx *c, const char *handle, const char *title, const char *text,
                     enum lang l) {
    int64_t id, version;
    return page_save(
        c,
        &(struct page_draft){
            .handle = str_c(handle), .title = str_c(title), .source = str_c(text), .lang = l},
        &id, &version);
}

static bool set_up(struct ctx *c, void *self, bool *keep) {
    static const char *const values[][2] = {{"shop.email", "shop@example.org"},
                                            {"shop.name", "Hanse & Kontor"},
                                            {"payment.bank.holder", "Hanse & Kontor GmbH"},
                                            {"payment.bank.iban", "DE02120300000000202051"},
                                            {"payment.bank.bic", "BYLADEM1001"}};
    enum setting_verdict v;
    (void)keep, (void)self;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        TRY(setting_set(c, values[i][0], str_c(values[i][1]), &v));
        ensure(v == SETTING_OK);
    }
    TRY(put_page(c, "agb", "AGB", "## Unsere Bedingungen\n\n*Kursiv* & mehr.", LANG_DE));
    TRY(put_page(c, "agb", "Terms", "## Our terms\n\nText.", LANG_EN));
    TRY(put_page(c, "widerruf", "Widerruf", "Vierzehn Tage.", LANG_DE));
    return put_page(c, "widerruf", "Withdrawal", "Fourteen days.", LANG_EN);
}

static void open_shop(struct fixture *f) {
    fixture_open(f);
    struct ctx *c = test_ctx(&f->t);
    assert_ok(tx_run(c, set_up, NULL), &c->err);
}

static int64_t buy(struct fixture *f, int64_t session, enum lang l, const char *name) {
    struct place_order_out out;
    fixture_put(f, session, (struct want){V_LAMP, 1});
    struct place_order_in in = fixture_checkout(f, session, S_PARCEL);
    struct ctx *c = fixture_ctx(f, session);
    c->lang = l;
    in.ship.name = str_c(name);
    assert_ok(place_order(c, &in, &out), &c->err);
    assert_int_equal(out.verdict, PLACE_ORDER_OK);
    return out.order_id;
}

static void keep_for_eyes(struct fixture *f, const char *name, struct str html) {
    struct err err = {0};
    const char *dir = getenv("KONTOR_MAILS");
    if (dir)
        assert_ok(file_write(arena_fmt(&f->t.arena, "%s/%s.html", dir, name).p, html, 0600, &err),
                  &err);
}

static struct read_mail last(struct fixture *f) {
    struct read_mail m;
    test_jobs(&f->t);
    const struct fake_mail *sent = world_fake_last_mail(&f->t.world, S("anna@example.org"));
    assert_non_null(sent);
    mail_read(&f->t.arena, sent->bytes, &m);
    assert_str(m.to, "anna@example.org");
    assert_true(str_find(m.from, S("shop@example.org")) != STR_NONE);
    assert_true(m.date.n > 0 && m.message_id.n > 0);
    assert_null(m.bcc.p);
    assert_true(m.text.n > 0 && m.html.n > 0);
    assert_int_equal(str_find(m.html, S("<script")), STR_NONE);
    assert_int_equal(str_find(m.html, S("{{")), STR_NONE);
    assert_int_equal(str_find(m.text, S("mail.")), STR_NONE); // a key without a text
    assert_int_equal(str_find(m.text, S("&amp;")), STR_NONE);
    assert_int_equal(str_find(m.text, S("<p>")), STR_NONE);
    return m;
}

static void shows(struct str part, const char *what) {
    if (str_find(part, str_c(what)) == STR_NONE)
        fail_msg("\"%s\" is not in\n" STR_FMT, what, STR_ARG(part));
}

static void both_show(const struct read_mail *m, const char *what) {
    shows(m->text, what);
    shows(m->html, what);
}

static struct read_mail mail_of(struct fixture *f, const struct words *w, int kind, int64_t order) {
    struct read_mail m = last(f);
    struct str number = fixture_order(f, order).head.number;
    char want[128];
    size_t cut = str_find(str_c(w->subjects[kind]), S("%s"));
    snprintf(want, sizeof want, "%.*s" STR_FMT "%s", (int)cut, w->subjects[kind], STR_ARG(number),
             w->subjects[kind] + cut + 2);
    assert_str(m.subject, want);
    both_show(&m, arena_cstr(&f->t.arena, number));
    struct ctx *c = test_ctx(&f->t);
    c->lang = w->lang;
    both_show(&m, arena_cstr(&f->t.arena, url_absolute(c, order_link_path(c, order))));
    keep_for_eyes(f, arena_fmt(&f->t.arena, "%s-%d", lang_code(w->lang), kind).p, m.html);
    return m;
}

static void has_qr(struct fixture *f, const struct read_mail *m, int64_t order) {
    char text[512], path[] = "/tmp/kontor-qr-XXXXXX";
    struct order_full o = fixture_order(f, order);
    struct str payload;
    struct err err = {0};
    assert_true(m->png.n > 0);
    shows(m->html, "cid:epc-qr");
    if (system("command -v zbarimg >/dev/null"))
        return; // the picture itself is read in payment/epc
    close(mkstemp(path));
    assert_ok(file_write(path, m->png, 0600, &err), &err);
    FILE *p = popen(
        arena_fmt(&f->t.arena, "zbarimg -q --raw --oneshot -Sbinary %s 2>/dev/null", path).p, "r");
    size_t n = fread(text, 1, sizeof text, p);
    assert_int_equal(pclose(p), 0);
    unlink(path);
    assert_true(bank_payload(test_ctx(&f->t),
                             &(struct bank_order){o.head.number, o.head.currency, o.head.total},
                             &payload));
    assert_strs(((struct str){text, n}), payload);
    shows(payload, "EUR24.89");
}

static void all_kinds(const struct words *w) {
    struct fixture f;
    open_shop(&f);
    int64_t id = buy(&f, 1, w->lang, "Anna Schmidt");
    struct read_mail m = mail_of(&f, w, 0, id);
    const char *const first[] = {
        w->total,       w->shipping, w->agb, w->widerruf, "DE02 1203 0000 0000 2020 51",
        "Anna Schmidt", "/withdraw"};
    for (size_t i = 0; i < ARRAY_LEN(first); i++) both_show(&m, first[i]);
    assert_int_equal(str_find(m.text, S("*Kursiv*")), STR_NONE); // plain text, not the source
    has_qr(&f, &m, id);
    assert_int_equal(fixture_capture(&f, id, 2489, "k"), STEP_OK);
    m = mail_of(&f, w, 1, id);
    both_show(&m, w->total);
    struct ship_in ship = {.order_id = id,
                           .carrier = S("DHL"),
                           .tracking = S("00340434161094"),
                           .key = S("s"),
                           .notify = true,
                           .tracking_url = S("https://tracking.example/?a=1&b=2")};
    assert_int_equal(fixture_ship(&f, &ship), STEP_OK);
    m = mail_of(&f, w, 2, id);
    both_show(&m, "00340434161094");
    shows(m.text, "https://tracking.example/?a=1&b=2");
    shows(m.html, "https://tracking.example/?a=1&amp;b=2");
    assert_int_equal(
        fixture_refund(
            &f, &(struct refund_in){.order_id = id, .amount = 490, .key = S("r"), .notify = true}),
        STEP_OK);
    m = mail_of(&f, w, 4, id);
    both_show(&m, w->shipping); // the same amount
    int64_t other = buy(&f, 2, w->lang, "Anna Schmidt");
    test_jobs(&f.t);
    assert_int_equal(
        fixture_cancel(&f, &(struct cancel_in){.order_id = other, .key = S("c"), .notify = true}),
        STEP_OK);
    mail_of(&f, w, 3, other);
    fixture_close(&f);
}

static void lacks(struct str part, const char *what) {
    if (str_find(part, str_c(what)) != STR_NONE)
        fail_msg("\"%s\" is in\n" STR_FMT, what, STR_ARG(part));
}

// A parcel's mail lists the parcel, not the order, and names who carries it.
static void test_parcels(void **state) {
    (void)state;
    struct fixture f;
    open_shop(&f);
    fixture_put(&f, 1, (struct want){V_LAMP, 2});
    struct place_order_in in = fixture_checkout(&f, 1, S_PARCEL);
    struct place_order_out out;
    struct ctx *c = fixture_ctx(&f, 1);
    c->lang = LANG_EN;
    assert_ok(place_order(c, &in, &out), &c->err);
    int64_t id = out.order_id;
    assert_int_equal(fixture_capture(&f, id, fixture_order(&f, id).head.total, "k"), STEP_OK);
    test_jobs(&f.t);
    struct step_line one = {fixture_order(&f, id).lines.v[0].id, 1};
    struct ship_in ship = {.order_id = id,
                           .lines = &one,
                           .n = 1,
                           .carrier = S("Bicycle courier"),
                           .key = S("s1"),
                           .notify = true};
    assert_int_equal(fixture_ship(&f, &ship), STEP_OK);
    struct read_mail m = last(&f);
    both_show(&m, "Bicycle courier");
    both_show(&m, "In this parcel");
    both_show(&m, "1 piece of your order follows");
    shows(m.text, "\n1 x ");
    lacks(m.text, "2 x ");
    lacks(m.text, "Total");
    ship = (struct ship_in){.order_id = id, .key = S("s2"), .notify = true};
    assert_int_equal(fixture_ship(&f, &ship), STEP_OK);
    m = last(&f);
    shows(m.text, "\n1 x ");
    lacks(m.text, "follow");
    lacks(m.text, "Carrier");
    struct refund_in back = {
        .order_id = id, .lines = &one, .n = 1, .key = S("r"), .notify = true};
    assert_int_equal(fixture_refund(&f, &back), STEP_OK);
    m = last(&f);
    struct order_full o = fixture_order(&f, id);
    both_show(&m, arena_cstr(&f.t.arena, o.credits.v[0].number));
    both_show(&m, "€19.99");
    shows(m.text, "\n1 x ");
    fixture_close(&f);
}

static void test_german(void **state) {
    (void)state;
    all_kinds(&german);
}
static void test_english(void **state) {
    (void)state;
    all_kinds(&english);
}

static void test_code(void **state) {
    (void)state;
    struct fixture f;
    enum customer_code_verdict v;
    open_shop(&f);
    struct ctx *c = test_ctx(&f.t);
    c->lang = LANG_DE;
    assert_ok(customer_code_request(c, S("anna@example.org"), &v), &c->err);
    struct read_mail m = last(&f);
    int64_t code;
    assert_true(str_to_int(str_sub(m.subject, 0, 6), &code));
    both_show(&m, arena_cstr(&f.t.arena, str_sub(m.subject, 0, 6)));
    keep_for_eyes(&f, "code", m.html);
    fixture_close(&f);
}

// What a stranger types stands in the mail as text and nothing else.
static void test_hostile(void **state) {
    (void)state;
    struct fixture f;
    open_shop(&f);
    buy(&f, 1, LANG_DE, HOSTILE);
    struct read_mail m = last(&f);
    shows(m.html, "&lt;script&gt;alert(1)&lt;/script&gt;");
    shows(m.text, "<script>alert(1)</script>");
    assert_int_equal(m.parts, 3); // text, HTML, QR code
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_german),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_parcels),
        cmocka_unit_test(test_code),
        cmocka_unit_test(test_hostile),
    };
    g_mime_init();
    return TEST_GROUP(tests);
}
