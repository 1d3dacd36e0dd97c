// SPDX-License-Identifier: Apache-2.0
#include "failure.h"

#include "customer_sql.h"
#include "flow/customer_code.h"
#include "flow/statement.h"
#include "mod/cart/cart.h"

struct placed { // situation: a cart with two lines; the form that is sent
    struct place_order_in in;
    int64_t lamps; // stock before
};

static void fill_cart(struct fixture *f, void *self) {
    struct placed *p = self;
    fixture_count_stock(f, V_LAMP, 10);
    fixture_count_stock(f, V_BOOK, 5);
    fixture_put(f, 1, (struct want){V_LAMP, 2});
    fixture_put(f, 1, (struct want){V_BOOK, 1});
    p->in = fixture_checkout(f, 1, S_PARCEL);
}

static bool submit(struct ctx *c, struct fixture *f, void *self) {
    struct placed *p = self;
    struct place_order_out out;
    (void)f;
    return place_order(c, &p->in, &out) &&
           (out.verdict == PLACE_ORDER_OK || out.verdict == PLACE_ORDER_AGAIN);
}

static enum failure_state look_order(struct fixture *f, void *self) {
    struct placed *p = self;
    struct order_by_key there;
    struct cart_view cart;
    bool found;
    struct ctx *c = fixture_ctx(f, 1);
    assert_ok(order_by_key(&c->db, &(struct order_by_key_in){p->in.order_key}, &there, &found),
              &c->err);
    assert_ok(cart_load(c, &cart), &c->err);
    int64_t lamps = fixture_stock(f, V_LAMP), books = fixture_stock(f, V_BOOK);
    if (!found) return cart.n == 2 && lamps == 10 && books == 5 ? FAILURE_BEFORE : FAILURE_BROKEN;
    struct order_full o = fixture_order(f, there.id);
    bool whole =
        o.lines.n == 2 && o.head.total == 2 * 1999 + 333 + 490 && o.events.n == 1 && cart.n == 0;
    return whole && lamps == 8 && books == 4 ? FAILURE_DONE : FAILURE_BROKEN;
}

static void test_place_order(void **state) {
    (void)state;
    struct fixture f;
    struct placed p;
    fixture_open(&f);
    struct failure_figures n = failure_run(
        &f, &(struct failure_flow){"place_order", fill_cart, submit, look_order, &p, 1});
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, n.rounds); // every order is confirmed once
    fixture_close(&f);
}

struct staged { // situation: an order in the state that the step needs
    int64_t order_id, total;
    struct step_line lamps;
    struct str key;
    bool paid;
};

static void stage(struct fixture *f, void *self) {
    struct staged *s = self;
    fixture_count_stock(f, V_LAMP, 10);
    s->order_id = BUY(f, 1, {V_LAMP, 2}, {V_BOOK, 1});
    struct order_full o = fixture_order(f, s->order_id);
    s->total = o.head.total;
    s->lamps = (struct step_line){o.lines.v[0].id, 2};
    s->key = fixture_key(f);
    fixture_count_stock(f, V_BOOK, 5);
    if (s->paid)
        assert_int_equal(fixture_capture(f, s->order_id, s->total, fixture_key(f).p), STEP_OK);
}

static bool done(bool ok, enum step_verdict v) { return ok && (v == STEP_OK || v == STEP_AGAIN); }

static bool do_capture(struct ctx *c, struct fixture *f, void *self) {
    struct staged *s = self;
    enum step_verdict v = STEP_STATE;
    (void)f;
    bool ok = order_capture(
        c,
        &(struct capture_in){
            .order_id = s->order_id, .amount = s->total, .source = S("staff:1"), .key = s->key},
        &v);
    return done(ok, v);
}
static enum failure_state look_capture(struct fixture *f, void *self) {
    struct staged *s = self;
    struct order_full o = fixture_order(f, s->order_id);
    int64_t captured = fixture_sums(f, s->order_id).captured;
    if (captured == 0 && o.events.n == 1 && str_eq(o.head.payment_state, S("pending")))
        return FAILURE_BEFORE;
    return captured == s->total && o.events.n == 2 && str_eq(o.head.payment_state, S("paid"))
               ? FAILURE_DONE
               : FAILURE_BROKEN;
}

static bool do_ship(struct ctx *c, struct fixture *f, void *self) {
    struct staged *s = self;
    enum step_verdict v = STEP_STATE;
    (void)f;
    bool ok = order_ship(
        c, &(struct ship_in){.order_id = s->order_id, .key = s->key, .notify = true}, &v);
    return done(ok, v);
}
static enum failure_state look_ship(struct fixture *f, void *self) {
    struct staged *s = self;
    struct order_full o = fixture_order(f, s->order_id);
    int64_t shipped = o.lines.v[0].shipped + o.lines.v[1].shipped;
    if (shipped == 0 && o.events.n == 2 && str_eq(o.head.fulfilment_state, S("open")))
        return FAILURE_BEFORE;
    return shipped == 3 && o.events.n == 3 && str_eq(o.head.state, S("closed")) ? FAILURE_DONE
                                                                                : FAILURE_BROKEN;
}

static bool do_cancel(struct ctx *c, struct fixture *f, void *self) {
    struct staged *s = self;
    enum step_verdict v = STEP_STATE;
    (void)f;
    bool ok =
        order_cancel(c,
                     &(struct cancel_in){
                         .order_id = s->order_id, .key = s->key, .restock = true, .notify = true},
                     &v);
    return done(ok, v);
}
static bool do_refund(struct ctx *c, struct fixture *f, void *self) {
    struct staged *s = self;
    enum step_verdict v = STEP_STATE;
    (void)f;
    bool ok = order_refund(c,
                           &(struct refund_in){.order_id = s->order_id,
                                               .lines = &s->lamps,
                                               .n = 1,
                                               .amount = 3999,
                                               .key = s->key,
                                               .restock = true,
                                               .notify = true},
                           &v);
    return done(ok, v);
}
static enum failure_state look_back(struct fixture *f, struct staged *s, int64_t amount,
                                    const char *state) {
    struct order_full o = fixture_order(f, s->order_id);
    int64_t refunded = fixture_sums(f, s->order_id).refunded, lamps = fixture_stock(f, V_LAMP);
    if (refunded == 0 && o.credits.n == 0 && lamps == 8 && o.events.n == 2) return FAILURE_BEFORE;
    bool whole = refunded == amount && o.credits.n == 1 && o.credits.v[0].total == -amount &&
                 o.events.n == 3;
    return whole && lamps == 10 && str_eq(o.head.state, str_c(state)) ? FAILURE_DONE
                                                                      : FAILURE_BROKEN;
}
static enum failure_state look_cancel(struct fixture *f, void *self) {
    return look_back(f, self, ((struct staged *)self)->total, "cancelled");
}
static enum failure_state look_refund(struct fixture *f, void *self) {
    return look_back(f, self, 3999, "open");
}

// mails: how many each order gets in all.
static void run_step(const struct failure_flow *flow, bool paid, int mails) {
    struct fixture f;
    struct staged s = {.paid = paid};
    struct failure_flow own = *flow;
    own.self = &s;
    fixture_open(&f);
    struct failure_figures n = failure_run(&f, &own);
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, mails * n.rounds);
    fixture_close(&f);
}
static void test_capture(void **state) {
    (void)state;
    run_step(
        &(struct failure_flow){
            .name = "capture", .prepare = stage, .run = do_capture, .look = look_capture},
        false, 2);
}
static void test_ship(void **state) {
    (void)state;
    run_step(
        &(struct failure_flow){.name = "ship", .prepare = stage, .run = do_ship, .look = look_ship},
        true, 3);
}
static void test_cancel(void **state) {
    (void)state;
    run_step(
        &(struct failure_flow){
            .name = "cancel", .prepare = stage, .run = do_cancel, .look = look_cancel},
        true, 3);
}

static void test_refund(void **state) {
    (void)state;
    run_step(
        &(struct failure_flow){
            .name = "refund", .prepare = stage, .run = do_refund, .look = look_refund},
        true, 3);
}

struct signing_in {
    char email[64];
    struct str code;
    int64_t customer;
    int n;
    bool code_sent; // situation: the code is in the mail
};

static bool ask_code(struct ctx *c, struct fixture *f, void *self) {
    struct signing_in *s = self;
    enum customer_code_verdict v = CODE_WRONG;
    (void)f;
    return customer_code_request(c, str_c(s->email), &v) && v == CODE_OK;
}

static void new_person(struct fixture *f, void *self) {
    struct signing_in *s = self;
    s->customer = 0;
    snprintf(s->email, sizeof s->email, "p%d.x@example.org", ++s->n);
    if (!s->code_sent) return;
    struct ctx *c = fixture_ctx(f, 1);
    assert_ok(ask_code(c, f, s), &c->err);
    s->code = fixture_mailed_code(f, s->email);
}

static enum failure_state look_asked(struct fixture *f, void *self) {
    struct signing_in *s = self;
    struct login_code_open open;
    bool found;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(login_code_open(&c->db,
                              &(struct login_code_open_in){.email = str_c(s->email), .now = c->now},
                              &open, &found),
              &c->err);
    return open.n > 0 ? FAILURE_DONE : FAILURE_BEFORE;
}

// A code works once: who is in already is what a repeated check finds.
static bool sign_in(struct ctx *c, struct fixture *f, void *self) {
    struct signing_in *s = self;
    enum customer_code_verdict v = CODE_EXPIRED;
    int64_t id = 0;
    (void)f;
    if (!customer_code_check(c, str_c(s->email), s->code, &v, &id)) return false;
    if (v == CODE_OK) s->customer = id;
    return s->customer > 0 && (v == CODE_OK || v == CODE_WRONG);
}
static enum failure_state look_customer(struct fixture *f, void *self) {
    struct signing_in *s = self;
    struct customer_by_email who;
    bool found;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(
        customer_by_email(&c->db, &(struct customer_by_email_in){str_c(s->email)}, &who, &found),
        &c->err);
    bool code_open = look_asked(f, s) == FAILURE_DONE;
    if (!found) return code_open ? FAILURE_BEFORE : FAILURE_BROKEN;
    return code_open ? FAILURE_BROKEN : FAILURE_DONE;
}

static void test_customer_code(void **state) {
    (void)state;
    struct fixture f;
    struct signing_in s = {0};
    fixture_open(&f);
    failure_run(&f, &(struct failure_flow){"customer code, asked for", new_person, ask_code,
                                           look_asked, &s, 1});
    s.code_sent = true;
    failure_run(&f, &(struct failure_flow){"customer code, checked", new_person, sign_in,
                                           look_customer, &s, 1});
    fixture_close(&f);
}

struct banking {
    struct staged s;
    struct str file;
};

static void write_statement(struct fixture *f, void *self) {
    struct banking *b = self;
    stage(f, &b->s);
    struct order_full o = fixture_order(f, b->s.order_id);
    b->file =
        arena_fmt(&f->t.arena,
                  "<Document "
                  "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><"
                  "Id>S%lld</Id>"
                  "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt "
                  "Ccy=\"EUR\">%lld.%02lld</Amt>"
                  "<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-22</Dt></"
                  "BookgDt><AcctSvcrRef>R%lld</AcctSvcrRef>"
                  "<NtryDtls><TxDtls><RmtInf><Ustrd>Bestellung " STR_FMT
                  "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt>"
                  "</BkToCstmrStmt></Document>",
                  (long long)b->s.order_id, (long long)(b->s.total / 100),
                  (long long)(b->s.total % 100), (long long)b->s.order_id, STR_ARG(o.head.number));
}
static bool import(struct ctx *c, struct fixture *f, void *self) {
    struct banking *b = self;
    struct statement_result r;
    (void)f;
    return statement_import(c, &(struct statement_in){b->file, S("auszug.xml")}, &r) &&
           (r.again || r.matched == 1);
}
static enum failure_state look_statement(struct fixture *f, void *self) {
    return look_capture(f, &((struct banking *)self)->s);
}

static void test_statement(void **state) {
    (void)state;
    struct fixture f;
    struct banking b = {0};
    fixture_open(&f);
    struct failure_figures n = failure_run(&f, &(struct failure_flow){.name = "statement",
                                                                      .prepare = write_statement,
                                                                      .run = import,
                                                                      .look = look_statement,
                                                                      .self = &b});
    test_jobs(&f.t);
    assert_int_equal(f.t.world.mails.n, 2 * n.rounds);
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_place_order), cmocka_unit_test(test_capture),
    cmocka_unit_test(test_ship),        cmocka_unit_test(test_cancel),
    cmocka_unit_test(test_refund),      cmocka_unit_test(test_customer_code),
    cmocka_unit_test(test_statement),
};
int main(void) { return TEST_GROUP(tests); }
