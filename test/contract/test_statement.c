// SPDX-License-Identifier: Apache-2.0
// Bank statements meet orders: what matches is booked, what does not is listed with its reason,
// nothing twice.
#include "core/settings.h"
#include "fixture.h"
#include "flow/statement.h"
#include "payment_sql.h"

#define LAMP 2489 // one lamp and its parcel

struct line { // one booking of a statement
    const char *amount, *side, *text, *ref;
    const char *extra; // NULL: none; "<RvslInd>true</RvslInd>"
    const char *currency;
};

static struct str file_of(struct fixture *f, const char *id, const struct line *lines, size_t n) {
    struct buf b = buf_new(&f->t.arena, 0);
    buf_fmt(
        &b,
        "<Document "
        "xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'><BkToCstmrStmt><Stmt><Id>%s</Id>"
        "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>",
        id);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b,
                "<Ntry><Amt "
                "Ccy='%s'>%s</Amt><CdtDbtInd>%s</CdtDbtInd>%s<Sts>BOOK</"
                "Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>"
                "<AcctSvcrRef>%s</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Anna</Nm></"
                "Dbtr></RltdPties>"
                "<RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
                lines[i].currency ? lines[i].currency : "EUR", lines[i].amount, lines[i].side,
                lines[i].extra ? lines[i].extra : "", lines[i].ref, lines[i].text);
    buf_put(&b, S("</Stmt></BkToCstmrStmt></Document>"));
    return buf_str(&b);
}

static struct statement_result import(struct fixture *f, struct str bytes) {
    struct statement_result r;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(statement_import(c, &(struct statement_in){bytes, S("umsatz.xml")}, &r), &c->err);
    return r;
}
#define IMPORT(f, id, ...)                                                                         \
    import((f), file_of((f), (id), (const struct line[]){__VA_ARGS__},                             \
                        ARRAY_LEN(((const struct line[]){__VA_ARGS__}))))

static const char *number_of(struct fixture *f, int64_t order_id) {
    return arena_cstr(&f->t.arena, fixture_order(f, order_id).head.number);
}

static struct bank_entry_get entry(struct fixture *f, int64_t id) {
    struct bank_entry_get e;
    bool found;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(bank_entry_get(&c->db, &(struct bank_entry_get_in){id}, &e, &found), &c->err);
    assert_true(found);
    return e;
}

static void is_open(struct fixture *f, int64_t id, const char *reason, int64_t order_id) {
    struct bank_entry_get e = entry(f, id);
    assert_str(e.state, "open");
    assert_str(e.reason, reason);
    assert_int_equal(e.has_order_id ? e.order_id : 0, order_id);
}

static void test_match(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    const char *text = arena_fmt(&f.t.arena, "Bestellung %s Danke", number_of(&f, id)).p;
    struct statement_result r =
        IMPORT(&f, "1", {.amount = "24.89", .side = "CRDT", .text = text, .ref = "A1"},
               {.amount = "3.50", .side = "DBIT", .text = "Entgelt", .ref = "A2"});
    assert_int_equal(r.entries, 2);
    assert_int_equal(r.matched, 1);
    assert_int_equal(r.open, 1);
    fixture_states(&f, id, "open", "paid", "open");
    assert_int_equal(fixture_sums(&f, id).captured, LAMP);
    assert_str(entry(&f, 1).state, "matched");
    assert_int_equal(entry(&f, 1).order_id, id);
    is_open(&f, 2, "debit", 0);
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, 2); // confirmation, payment received
    fixture_close(&f);
}

static void test_reasons(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1}), other = BUY(&f, 2, {V_LAMP, 1}),
            gone = BUY(&f, 3, {V_LAMP, 1});
    const char *n = number_of(&f, id), *m = number_of(&f, other), *g = number_of(&f, gone);
    const char *both = arena_fmt(&f.t.arena, "%s und %s", n, m).p;
    assert_int_equal(fixture_cancel(&f, &(struct cancel_in){.order_id = gone, .key = S("c")}),
                     STEP_OK);
    struct statement_result r =
        IMPORT(&f, "1", {.amount = "24.88", .side = "CRDT", .text = n, .ref = "A1"},
               {.amount = "24.89", .side = "CRDT", .text = "Danke!", .ref = "A2"},
               {.amount = "49.78", .side = "CRDT", .text = both, .ref = "A3"},
               {.amount = "24.89", .side = "CRDT", .text = "K2026-99999", .ref = "A4"},
               {.amount = "24.89", .side = "CRDT", .text = g, .ref = "A5"},
               {.amount = "24.89",
                .side = "CRDT",
                .text = n,
                .ref = "A6",
                .extra = "<RvslInd>true</RvslInd>"},
               {.amount = "24.89", .side = "CRDT", .text = n, .ref = "A7", .currency = "CHF"},
               {.amount = "24.89", .side = "CRDT", .text = n, .ref = "A8"},
               {.amount = "24.89", .side = "CRDT", .text = n, .ref = "A9"});
    assert_int_equal(r.matched, 1); // A8
    assert_int_equal(r.open, 8);
    is_open(&f, 1, "amount_differs", id);
    is_open(&f, 2, "no_reference", 0);
    is_open(&f, 3, "several_orders", 0);
    is_open(&f, 4, "unknown_order", 0);
    is_open(&f, 5, "cancelled", gone);
    is_open(&f, 6, "reversal", 0);
    is_open(&f, 7, "currency", id);
    assert_str(entry(&f, 8).state, "matched");
    is_open(&f, 9, "already_paid", id);
    fixture_states(&f, id, "open", "paid", "open");
    fixture_states(&f, other, "open", "pending", "open");
    fixture_close(&f);
}

static void test_nothing_twice(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    const char *n = number_of(&f, id);
    IMPORT(&f, "day", {.amount = "24.89", .side = "CRDT", .text = n, .ref = "A1"});
    struct statement_result r =
        IMPORT(&f, "day", {.amount = "24.89", .side = "CRDT", .text = n, .ref = "A1"});
    assert_true(r.again);
    assert_int_equal(r.entries, 0);
    r = IMPORT(&f, "month", {.amount = "1.00", .side = "CRDT", .text = "x", .ref = "A0"},
               {.amount = "24.89",
                .side = "CRDT",
                .text = n,
                .ref = "A1"}); // the same booking in another file
    assert_false(r.again);
    assert_int_equal(r.known, 1);
    assert_int_equal(r.open, 1);
    assert_int_equal(fixture_sums(&f, id).captured, LAMP);
    IMPORT(&f, "d1", {.amount = "2.00", .side = "CRDT", .text = "Trinkgeld", .ref = "NONREF"});
    r = IMPORT(&f, "m1", {.amount = "2.00", .side = "CRDT", .text = "Trinkgeld", .ref = "NONREF"},
               {.amount = "2.00", .side = "CRDT", .text = "Trinkgeld", .ref = "NONREF"});
    assert_int_equal(r.known, 1); // one of the two is new
    assert_int_equal(r.open, 1);
    fixture_close(&f);
}

static enum statement_verdict assign(struct fixture *f, int64_t id, const char *number) {
    enum statement_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(statement_assign(c, id, str_c(number), &v), &c->err);
    return v;
}

static void test_assign(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    const char *n = number_of(&f, id);
    IMPORT(&f, "1", {.amount = "20.00", .side = "CRDT", .text = n, .ref = "A1"},
           {.amount = "4.89", .side = "CRDT", .text = "Rest", .ref = "A2"},
           {.amount = "1.00", .side = "DBIT", .text = n, .ref = "A3"},
           {.amount = "9.00", .side = "CRDT", .text = n, .ref = "A4", .currency = "USD"});
    assert_int_equal(assign(&f, 1, "K2026-99999"), STATEMENT_NO_ORDER);
    assert_int_equal(assign(&f, 3, n), STATEMENT_DEBIT);
    assert_int_equal(assign(&f, 4, n), STATEMENT_CURRENCY);
    assert_int_equal(assign(&f, 77, n), STATEMENT_NOT_OPEN);
    fixture_states(&f, id, "open", "pending", "open");
    assert_int_equal(assign(&f, 1, n), STATEMENT_OK);
    fixture_states(&f, id, "open", "part_paid", "open");
    assert_int_equal(assign(&f, 1, n), STATEMENT_NOT_OPEN); // once
    assert_int_equal(assign(&f, 2, n), STATEMENT_OK);
    fixture_states(&f, id, "open", "paid", "open");
    assert_int_equal(fixture_sums(&f, id).captured, LAMP);
    assert_str(entry(&f, 2).state, "matched");
    assert_int_equal(entry(&f, 2).order_id, id);
    fixture_close(&f);
}

static void test_ignore(void **state) {
    (void)state;
    struct fixture f;
    enum statement_verdict v;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    IMPORT(&f, "1", {.amount = "20.00", .side = "CRDT", .text = number_of(&f, id), .ref = "A1"},
           {.amount = "1.00", .side = "DBIT", .text = "Entgelt", .ref = "A2"});
    for (int64_t e = 1; e <= 2; e++) {
        struct ctx *c = test_ctx(&f.t);
        assert_ok(statement_ignore(c, e, &v), &c->err);
        assert_int_equal(v, STATEMENT_OK);
        assert_str(entry(&f, e).state, "ignored");
    }
    struct ctx *c = test_ctx(&f.t);
    assert_ok(statement_ignore(c, 1, &v), &c->err);
    assert_int_equal(v, STATEMENT_NOT_OPEN);
    assert_int_equal(assign(&f, 1, number_of(&f, id)), STATEMENT_NOT_OPEN);
    fixture_states(&f, id, "open", "pending", "open");
    fixture_close(&f);
}

static void test_broken_file(void **state) {
    (void)state;
    struct fixture f;
    struct statement_result r;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    struct str bytes =
        file_of(&f, "1",
                (const struct line[]){
                    {.amount = "24.89", .side = "CRDT", .text = number_of(&f, id), .ref = "A1"},
                    {.amount = "x", .side = "CRDT", .text = "y", .ref = "A2"}},
                2);
    struct ctx *c = test_ctx(&f.t);
    assert_false(statement_import(c, &(struct statement_in){bytes, S("a.xml")}, &r));
    assert_int_equal(c->err.code, ERR_INVALID);
    c = test_ctx(&f.t);
    assert_false(statement_import(c, &(struct statement_in){S("date;amount\n"), S("a.csv")}, &r));
    fixture_states(&f, id, "open", "pending", "open"); // nothing of a broken file is taken
    fixture_close(&f);
}

static bool set_iban(struct ctx *c, void *self, bool *keep) {
    enum setting_verdict v;
    (void)keep;
    TRY(setting_set(c, "payment.bank.iban", *(struct str *)self, &v));
    ensure(v == SETTING_OK);
    return true;
}

static void test_other_account(void **state) {
    (void)state;
    struct fixture f;
    struct statement_result r;
    fixture_open(&f);
    int64_t id = BUY(&f, 1, {V_LAMP, 1});
    const struct line line = {
        .amount = "24.89", .side = "CRDT", .text = number_of(&f, id), .ref = "A1"};
    struct str other = S("DE89370400440532013000"), own = S("DE02 1203 0000 0000 2020 51");
    struct ctx *c = test_ctx(&f.t);
    assert_ok(tx_run(c, set_iban, &other), &c->err);
    c = test_ctx(&f.t);
    struct str bytes = file_of(&f, "1", &line, 1);
    assert_false(statement_import(c, &(struct statement_in){bytes, S("a.xml")}, &r));
    assert_int_equal(c->err.code, ERR_INVALID);
    assert_non_null(strstr(c->err.message, "DE89370400440532013000"));
    fixture_states(&f, id, "open", "pending", "open");
    c = test_ctx(&f.t);
    assert_ok(tx_run(c, set_iban, &own), &c->err);
    assert_int_equal(import(&f, bytes).matched, 1);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match),         cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_nothing_twice), cmocka_unit_test(test_assign),
        cmocka_unit_test(test_ignore),        cmocka_unit_test(test_broken_file),
        cmocka_unit_test(test_other_account),
    };
    return TEST_GROUP(tests);
}
