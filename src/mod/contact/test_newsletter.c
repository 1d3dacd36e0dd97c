// SPDX-License-Identifier: Apache-2.0
// Consent: asked, confirmed, left, forgotten; and how often an address is written to.
#include "contact_sql.h"
#include "core/testing.h"
#include "db/fault.h"
#include "mod/contact/newsletter.h"

static void open_shop(struct test_shop *t) {
    test_shop_open(t, &(struct test_shop_options){.modules = TEST_MODULES(&contact_module)});
}

struct asking {
    const char *email;
    bool mail;
    int64_t id;
};
static bool ask_body(struct ctx *c, void *self, bool *keep) {
    struct asking *a = self;
    (void)keep;
    return newsletter_ask(c, str_c(a->email), S("/"), S("Ja"), &a->mail, &a->id);
}
static bool ask(struct test_shop *t, const char *email) {
    struct asking a = {.email = email};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, ask_body, &a), &c->err);
    return a.mail;
}

struct stepping {
    enum newsletter_step step;
    enum newsletter_verdict v;
};
static bool step_body(struct ctx *c, void *self, bool *keep) {
    struct stepping *s = self;
    (void)keep;
    if (s->step == NEWSLETTER_LEAVE) return newsletter_leave(c, 1, &s->v);
    return newsletter_confirm(c, 1, S("Ja, gern"), &s->v);
}
static enum newsletter_verdict step(struct test_shop *t, enum newsletter_step which) {
    struct stepping s = {.step = which};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, step_body, &s), &c->err);
    return s.v;
}

static bool member(struct test_shop *t, struct newsletter_by_id *out) {
    struct ctx *c = test_ctx(t);
    bool found;
    assert_ok(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){1}, out, &found), &c->err);
    return found;
}

static void test_limits(void **state) {
    (void)state;
    struct test_shop t;
    open_shop(&t);
    assert_true(ask(&t, "Ada@Example.org"));
    assert_false(ask(&t, "ada@example.org")); // a moment ago, to the same box
    for (int i = 1; i < NEWSLETTER_MAILS_MAX; i++) {
        test_wait(&t, NEWSLETTER_PAUSE + SECOND);
        assert_true(ask(&t, "ada@example.org"));
    }
    test_wait(&t, NEWSLETTER_PAUSE + SECOND);
    assert_false(ask(&t, "ada@example.org")); // does not answer
    assert_true(ask(&t, "bob@example.org"));
    test_wait(&t, NEWSLETTER_WAIT + DAY);
    assert_true(ask(&t, "ada@example.org"));
    test_shop_close(&t);
}

static void test_life(void **state) {
    (void)state;
    struct test_shop t;
    struct newsletter_by_id m;
    struct newsletter_events_rows events = {0};
    open_shop(&t);
    ask(&t, "ada@example.org");
    assert_int_equal(step(&t, NEWSLETTER_CONFIRM), NEWSLETTER_OK);
    assert_int_equal(step(&t, NEWSLETTER_CONFIRM), NEWSLETTER_ALREADY);
    test_wait(&t, DAY);
    assert_false(ask(&t, "ada@example.org")); // a member already, and nobody learns it
    assert_int_equal(step(&t, NEWSLETTER_LEAVE), NEWSLETTER_OK);
    assert_int_equal(step(&t, NEWSLETTER_LEAVE), NEWSLETTER_ALREADY);
    assert_true(member(&t, &m));
    assert_str(m.state, "left");
    struct ctx *c = test_ctx(&t);
    assert_ok(newsletter_events_all(&c->db, &(struct newsletter_events_in){1}, &events), &c->err);
    assert_int_equal(events.n, 3);
    assert_str(events.v[1].kind, "confirmed");
    assert_str(events.v[1].words, "Ja, gern");
    assert_true(events.v[1].at == TEST_NOW);
    test_wait(&t, DAY);
    test_jobs(&t);
    assert_true(member(&t, &m)); // the proof stays
    test_wait(&t, NEWSLETTER_PROOF);
    test_jobs(&t);
    assert_false(member(&t, &m));
    assert_int_equal(step(&t, NEWSLETTER_LEAVE), NEWSLETTER_OVER);
    test_shop_close(&t);
}

static void test_never_confirmed(void **state) {
    (void)state;
    struct test_shop t;
    struct newsletter_by_id m;
    open_shop(&t);
    ask(&t, "ada@example.org");
    test_wait(&t, NEWSLETTER_WAIT - DAY);
    test_jobs(&t);
    assert_true(member(&t, &m));
    test_wait(&t, 2 * DAY);
    test_jobs(&t);
    assert_false(member(&t, &m));
    test_shop_close(&t);
}

static bool known(struct test_shop *t, const struct newsletter_who *w, struct str token) {
    struct newsletter_who out;
    struct ctx *c = test_ctx(t);
    bool found;
    assert_ok(newsletter_of_token(c, w->id, w->step, token, &out, &found), &c->err);
    return found;
}

static void test_links(void **state) {
    (void)state;
    struct test_shop t;
    struct newsletter_by_id m;
    open_shop(&t);
    ask(&t, "ada@example.org");
    ask(&t, "bob@example.org");
    assert_true(member(&t, &m));
    struct newsletter_who confirm = {1, m.email, m.asked_at, NEWSLETTER_CONFIRM}, leave = confirm;
    leave.step = NEWSLETTER_LEAVE;
    struct str token = newsletter_token(test_ctx(&t), &confirm);
    struct str out = newsletter_token(test_ctx(&t), &leave);
    assert_true(known(&t, &confirm, token));
    assert_true(known(&t, &leave, out));
    assert_false(known(&t, &leave, token)); // each for its step
    assert_false(known(&t, &confirm, out));
    confirm.id = leave.id = 2; // and for its person
    assert_false(known(&t, &confirm, token) || known(&t, &leave, out));
    confirm.id = leave.id = 1;
    assert_false(known(&t, &confirm, S("")));
    test_wait(&t, NEWSLETTER_WAIT + SECOND);
    assert_false(known(&t, &confirm, token)); // too old
    assert_true(known(&t, &leave, out));      // never too old to go
    ask(&t, "ada@example.org");
    assert_false(known(&t, &confirm, token)); // of an earlier asking
    test_shop_close(&t);
}

static void test_faults(void **state) {
    (void)state;
    struct test_shop t;
    open_shop(&t);
    bool fired = true;
    for (int n = 1; fired; n++) {
        struct asking a = {.email = "ada@example.org"};
        struct ctx *c = test_ctx(&t);
        db_fault_arm(t.shop.pool, DB_FAULT_ERROR, n);
        bool ok = tx_run(c, ask_body, &a);
        fired = db_fault_fired(t.shop.pool);
        db_fault_arm(t.shop.pool, DB_FAULT_ERROR, 0);
        assert_true(ok != fired && n < 50);
        test_check(&t);
    }
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),          cmocka_unit_test(test_life),
        cmocka_unit_test(test_never_confirmed), cmocka_unit_test(test_links),
        cmocka_unit_test(test_faults),
    };
    return TEST_GROUP(tests);
}
