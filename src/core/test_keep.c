// SPDX-License-Identifier: Apache-2.0
// What the core keeps: settings, numbers, the audit trail and its chain, translations, cache topics
// over processes.
#include <pthread.h>
#include <sqlite3.h>

#include "core/i18n.h"
#include "core/settings.h"
#include "core/watch.h"
#include "core_sql.h"
#include "db/fault.h"
#include "test_toy.h"

struct set {
    const char *key;
    struct str value;
    enum setting_verdict verdict;
    bool refuse;
};

static bool set_body(struct ctx *c, void *self, bool *keep) {
    struct set *s = self;
    if (s->refuse) *keep = false;
    return setting_set(c, s->key, s->value, &s->verdict);
}

static enum setting_verdict set(struct test_shop *t, const char *key, const char *value) {
    struct set s = {.key = key, .value = str_c(value)};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, set_body, &s), &c->err);
    return s.verdict;
}

static void settings_have_defaults(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct ctx *c = test_ctx(&t);
    assert_str(setting_text(c, "toy.text"), "hello");
    assert_int_equal(setting_int(c, "toy.number"), 7);
    assert_int_equal(setting_int(c, "toy.fee"), 490);
    assert_true(setting_bool(c, "toy.on"));
    assert_str(setting_text(c, "toy.secret"), "");
    assert_str(setting_i18n(c, "toy.motto"), "Guten Tag");
    c->lang = LANG_EN;
    assert_str(setting_i18n(c, "toy.motto"), "Guten Tag"); // better in German than not at all
    assert_true(currency_eq(shop_currency(c), EUR));
    assert_non_null(setting_find(&t.shop, S("toy.fee")));
    assert_null(setting_find(&t.shop, S("toy.none")));
    assert_bug(setting_text(c, "toy.none"));
    test_shop_close(&t);
}

static void settings_are_kept_and_checked(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    static const struct {
        const char *key, *value;
        enum setting_verdict want;
    } cases[] = {
        {"toy.text", "bye", SETTING_OK},           {"toy.text", "two\nlines", SETTING_INVALID},
        {"toy.text", "\xFF", SETTING_INVALID},     {"toy.number", "12x", SETTING_INVALID},
        {"toy.number", "-3", SETTING_OK},          {"toy.fee", "5.95", SETTING_OK},
        {"toy.fee", "5.955", SETTING_INVALID},     {"toy.on", "0", SETTING_OK},
        {"toy.on", "yes", SETTING_INVALID},        {"toy.colour", "green", SETTING_INVALID},
        {"toy.colour", "blue", SETTING_OK},        {"shop.zone", "Mars/Olympus", SETTING_INVALID},
        {"shop.currency", "XXQ", SETTING_INVALID}, {"shop.languages", "de,fr", SETTING_INVALID},
        {"toy.none", "1", SETTING_UNKNOWN},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (set(&t, cases[i].key, cases[i].value) != cases[i].want)
            fail_msg("%s = %s", cases[i].key, cases[i].value);
    struct ctx *c = test_ctx(&t);
    assert_str(setting_text(c, "toy.text"), "bye");
    assert_int_equal(setting_int(c, "toy.number"), -3);
    assert_int_equal(setting_int(c, "toy.fee"), 595);
    assert_false(setting_bool(c, "toy.on"));
    struct set s = {.key = "toy.text", .value = S("never"), .refuse = true};
    assert_ok(tx_run(c, set_body, &s), &c->err);
    assert_str(setting_text(c, "toy.text"), "bye");
    test_shop_close(&t);
}

static void secrets_are_sealed(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_int_equal(set(&t, "toy.secret", "sk_live_1234"), SETTING_OK);
    struct ctx *c = test_ctx(&t);
    assert_str(setting_text(c, "toy.secret"), "sk_live_1234");
    struct core_setting_get row;
    bool found;
    assert_ok(core_setting_get(&c->db, &(struct core_setting_get_in){.key = S("toy.secret")}, &row,
                               &found),
              &c->err);
    assert_int_equal(str_find(row.value, S("sk_live")), STR_NONE);
    struct core_audit_list_rows trail;
    assert_ok(core_audit_list_all(&c->db, &(struct core_audit_list_in){.count = 10}, &trail),
              &c->err);
    assert_int_equal(trail.n, 1);
    assert_str(trail.v[0].detail, "{\"key\":\"toy.secret\"}");
    assert_str(trail.v[0].actor_name, "system");
    t.shop.key.b[0] ^= 1; // another key opens nothing
    assert_str(setting_text(c, "toy.secret"), "");
    t.shop.key.b[0] ^= 1;
    test_shop_close(&t);
}

static void a_setting_changes_the_shop(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_int_equal(set(&t, "shop.zone", "America/New_York"), SETTING_OK);
    assert_int_equal(set(&t, "shop.languages", "en,de"), SETTING_OK);
    struct ctx *c = test_ctx(&t);
    assert_int_equal(zone_civil(c, TEST_NOW).hour, 3);
    assert_int_equal(lang_first(c), LANG_EN);
    struct test_response r = test_get(&t, "/toy");
    assert_shows(r, "/toy en ");
    r = test_get(&t, "/de/toy");
    assert_shows(r, "/toy de ");
    test_shop_close(&t);
}

static bool number(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return number_next(c, "order", self);
}

static void numbers_count(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct str n;
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, number, &n), &c->err);
    assert_str(n, "K2026-10001");
    t.world.now = instant_of_civil(
        (struct civil){2026, 12, 31, 23, 30, 0, 0}); // the new year has come to Berlin
    c = test_ctx(&t);
    assert_ok(tx_run(c, number, &n), &c->err);
    assert_str(n, "K2027-10002");
    test_shop_close(&t);
}

static void queries_can_be_prepared(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    assert_true(core_sql_query_count > 30);
    test_queries(&t);
    test_shop_close(&t);
}

enum { THREADS = 4, EACH = 25 };
struct counter {
    struct test_shop *t;
    int64_t got[EACH];
    bool failed;
};

static void *count_up(void *self) {
    struct counter *k = self;
    struct arena a = {0};
    struct ctx c;
    ctx_begin(&c, &k->t->shop, &a);
    for (int i = 0; i < EACH && !k->failed; i++) {
        struct str n;
        k->failed = !tx_run(&c, number, &n) || !str_to_int(str_from(n, 6), &k->got[i]);
    }
    ctx_end(&c);
    arena_done(&a);
    return NULL;
}

static void no_number_is_given_twice(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct counter k[THREADS] = {0};
    pthread_t threads[THREADS];
    bool seen[THREADS * EACH] = {false};
    for (int i = 0; i < THREADS; i++) {
        k[i].t = &t;
        assert_int_equal(pthread_create(&threads[i], NULL, count_up, &k[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++) {
        assert_false(k[i].failed);
        for (int j = 0; j < EACH; j++) {
            int64_t at = k[i].got[j] - 10001;
            assert_in_range(at, 0, THREADS * EACH - 1);
            assert_false(seen[at]);
            seen[at] = true;
        }
    }
    test_shop_close(&t);
}

static bool write_audit(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return audit_write(c, self);
}

static void add_audit(struct test_shop *t, int64_t id) {
    struct ctx *c = test_ctx(t);
    c->actor = (struct actor){.kind = ACTOR_STAFF, .id = 1, .name = S("anna@shop.example")};
    struct audit a = {.object = "product",
                      .object_id = id,
                      .action = "product.change",
                      .detail = S("{\"price\":[1,2]}")};
    assert_ok(tx_run(c, write_audit, &a), &c->err);
}

static void count_finding(void *self, const struct check_finding *f) {
    assert_string_equal(f->name, "core.audit_chain");
    ++*(int *)self;
}

static int findings(struct test_shop *t) {
    int n = 0;
    struct ctx *c = test_ctx(t);
    assert_ok(check_all(c, count_finding, &n), &c->err);
    return n;
}

// Goes behind the program's back, as somebody with access to the file would.
static void tamper(struct test_shop *t, const char *sql) {
    sqlite3 *db;
    assert_int_equal(
        sqlite3_open(arena_cstr(&t->arena, str_from(t->db_url, strlen("sqlite:"))), &db),
        SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void the_chain_shows_tampering(void **state) {
    (void)state;
    if (testdb_is_postgres()) skip_because("goes behind the program's back by SQLite");
    static const char *const deeds[][2] = {
        {"UPDATE audit SET detail = '{\"price\":[1,3]}' WHERE id = 2",
         "UPDATE audit SET detail = '{\"price\":[1,2]}' WHERE id = 2"},
        {"UPDATE audit SET at = at + 1 WHERE id = 1", "UPDATE audit SET at = at - 1 WHERE id = 1"},
        {"UPDATE audit SET actor_name = '' WHERE id = 4",
         "UPDATE audit SET actor_name = 'anna@shop.example' WHERE id = 4"},
        {"UPDATE audit SET object_id = 9 WHERE id = 3",
         "UPDATE audit SET object_id = 3 WHERE id = 3"},
        {"UPDATE audit_seal SET seal = 'x' WHERE audit_id = 4", NULL},
        {"DELETE FROM audit_seal WHERE audit_id = 2", NULL},
        {"DELETE FROM audit WHERE id = 2", NULL},
        {"DELETE FROM audit WHERE id = 4", NULL},
        {"INSERT INTO audit SELECT -1, at, actor_kind, actor_id, actor_name, object, 7, action, "
         "detail FROM audit WHERE id = 1",
         NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(deeds); i++) {
        struct test_shop t;
        struct toy toy;
        toy_open(&t, &toy);
        test_jobs(&t);
        for (int64_t id = 1; id <= 4; id++) add_audit(&t, id);
        test_wait(&t, 3 * MINUTE);
        test_jobs(&t); // seals
        add_audit(&t, 5);
        assert_int_equal(findings(&t), 0);
        tamper(&t, deeds[i][0]);
        if (findings(&t) == 0) fail_msg("not seen: %s", deeds[i][0]);
        tamper(&t, deeds[i][1] ? deeds[i][1] : "DELETE FROM audit_seal; DELETE FROM audit");
        assert_int_equal(findings(&t), 0);
        test_shop_close(&t);
    }
}

static void seals_go_on(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    test_jobs(&t);
    struct core_seal_last last = {0};
    bool found;
    for (int64_t id = 1; id <= 3; id++) {
        add_audit(&t, id);
        test_wait(&t, 3 * MINUTE);
        test_jobs(&t);
        struct ctx *c = test_ctx(&t);
        assert_ok(core_seal_last(&c->db, &last, &found), &c->err);
        assert_true(found);
        assert_int_equal(last.audit_id, id);
    }
    assert_int_equal(findings(&t), 0);
    test_shop_close(&t);
}

struct said {
    struct translation t;
    struct str value;
    bool drop;
};

static bool say_body(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct said *s = self;
    if (s->drop) return translation_drop(c, s->t.object, s->t.object_id);
    return translation_set(c, &s->t, LANG_EN, s->value);
}

static struct str say(struct test_shop *t, struct said s) {
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, say_body, &s), &c->err);
    struct str got;
    assert_ok(translation_get(c, &s.t, LANG_EN, &got), &c->err);
    return got;
}

static void translations_are_kept(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    struct translation title = {"product", 1, "title"};
    assert_str(say(&t, (struct said){.t = title, .value = S("Brush")}), "Brush");
    assert_str(say(&t, (struct said){.t = title, .value = S("Tooth brush")}), "Tooth brush");
    assert_null(say(&t, (struct said){.t = title, .value = S("")}).p);
    assert_str(say(&t, (struct said){.t = title, .value = S("Brush")}), "Brush");
    assert_null(say(&t, (struct said){.t = title, .drop = true}).p);
    test_shop_close(&t);
}

static bool bump_body(struct ctx *c, void *self, bool *keep) {
    int n = *(int *)self;
    for (int i = 1; i <= n; i++) tx_bump(c, "product", i);
    if (n == 0) {
        tx_bump(c, "product", 1);
        *keep = false;
    }
    return true;
}

static void put_page(struct test_shop *t) {
    struct response rs = response_new(&t->arena);
    rs.cacheable = true;
    buf_put(&rs.body, S("page"));
    response_topic(&rs, topic_of("product", 1));
    for (int i = 0; i < 2; i++)
        page_cache_put(t->shop.cache, S("key"), &rs, page_cache_epoch(t->shop.cache));
}

static bool page_kept(struct test_shop *t) {
    struct page *p = page_cache_get(t->shop.cache, S("key"));
    if (p) page_unref(p);
    return p != NULL;
}

static void a_commit_makes_pages_stale(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    put_page(&t);
    assert_true(page_kept(&t));
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, bump_body, &(int){0}), &c->err); // rolled back
    assert_true(page_kept(&t));
    assert_ok(tx_run(c, bump_body, &(int){1}), &c->err);
    assert_false(page_kept(&t));
    put_page(&t);
    assert_ok(tx_run(c, bump_body, &(int){1000}), &c->err); // more than are counted: all pages
    assert_false(page_kept(&t));
    test_shop_close(&t);
}

static void other_processes_hear_of_it(void **state) {
    (void)state;
    struct test_shop t, other;
    struct toy toy;
    toy_open(&t, &toy);
    test_shop_open(&other, &(struct test_shop_options){.modules = TEST_MODULES(&toy_module),
                                                       .through = "core",
                                                       .db_url = t.db_url});
    struct watch_state w;
    struct err err = {0};
    assert_ok(watch_begin(&other.shop, &w, &err), &err);
    put_page(&other);
    assert_ok(watch_look(&other.shop, &w, &err), &err);
    assert_true(page_kept(&other));
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, bump_body, &(int){1}), &c->err);
    assert_ok(watch_look(&other.shop, &w, &err), &err);
    assert_false(page_kept(&other));
    put_page(&other);
    assert_ok(watch_look(&other.shop, &w, &err), &err); // heard once
    assert_true(page_kept(&other));
    assert_int_equal(set(&t, "toy.text", "news"), SETTING_OK);
    assert_str(setting_text(test_ctx(&other), "toy.text"), "hello");
    assert_ok(watch_look(&other.shop, &w, &err), &err);
    assert_str(setting_text(test_ctx(&other), "toy.text"), "news");
    assert_ok(tx_run(c, bump_body, &(int){1000}), &c->err);
    assert_ok(watch_look(&other.shop, &w, &err), &err);
    assert_false(page_kept(&other));
    assert_ok(watch_start(&other.shop, &err), &err);
    test_shop_close(&other);
    test_shop_close(&t);
}

// A lost answer to a commit: whatever happened, pages are looked at again and the flow is told.
static void an_uncertain_commit_is_told(void **state) {
    (void)state;
    struct test_shop t;
    struct toy toy;
    toy_open(&t, &toy);
    put_page(&t);
    int64_t call = 0;
    struct ctx *c = test_ctx(&t);
    for (int64_t n = 1; n < 20 && !call; n++) {
        c = test_ctx(&t);
        db_fault_arm(t.shop.pool, DB_FAULT_COMMIT_UNCERTAIN, n);
        bool ok = tx_run(c, bump_body, &(int){1});
        if (db_fault_fired(t.shop.pool) && !ok && c->err.code == ERR_UNCERTAIN) call = n;
        db_fault_arm(t.shop.pool, DB_FAULT_ERROR, 0);
    }
    assert_true(call > 0);
    assert_false(page_kept(&t));
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_have_defaults),
        cmocka_unit_test(settings_are_kept_and_checked),
        cmocka_unit_test(secrets_are_sealed),
        cmocka_unit_test(a_setting_changes_the_shop),
        cmocka_unit_test(queries_can_be_prepared),
        cmocka_unit_test(numbers_count),
        cmocka_unit_test(no_number_is_given_twice),
        cmocka_unit_test(the_chain_shows_tampering),
        cmocka_unit_test(seals_go_on),
        cmocka_unit_test(translations_are_kept),
        cmocka_unit_test(a_commit_makes_pages_stale),
        cmocka_unit_test(other_processes_hear_of_it),
        cmocka_unit_test(an_uncertain_commit_is_told),
    };
    return TEST_GROUP(tests);
}
