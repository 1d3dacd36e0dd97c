// SPDX-License-Identifier: Apache-2.0
// Kept rows: the same answer as the database gives, until somebody changes what they told.
#include "core/kept.h"
#include "core/settings.h"
#include "core/testing.h"
#include "core_sql.h"

static size_t rows_of(struct test_shop *t, const char *topic) {
    struct ctx *c = &t->ctx;
    struct kept_topics topics = {0};
    struct core_bump_since_rows rows = {0};
    struct core_bump_since_in in = {.after = 0, .origin = -1};
    kept_topic(&topics, topic, 0);
    assert_ok(kept_all_of(c, &core_bump_since_query, &in, &topics, &rows), &c->err);
    for (size_t i = 1; i < rows.n; i++) assert_true(rows.v[i - 1].id < rows.v[i].id);
    return rows.n;
}

static bool bump(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    tx_bump(c, self, 0);
    return true;
}

static void change(struct test_shop *t, const char *topic) {
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, bump, (char *)topic), &c->err);
    test_ctx(t);
}

static void keeps_until_bumped(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){0});
    test_ctx(&t);
    size_t first = rows_of(&t, "toys");
    change(&t, "dolls"); // a row more, that nobody named
    assert_int_equal(rows_of(&t, "toys"), first);
    struct kept_counts n = kept_counts(t.shop.kept);
    assert_int_equal(n.hits, 1);
    assert_int_equal(n.entries, 1);
    change(&t, "toys");
    assert_int_equal(rows_of(&t, "toys"), first + 2);
    struct kept *kept = t.shop.kept;
    change(&t, "dolls");
    t.shop.kept = NULL;
    assert_int_equal(rows_of(&t, "toys"), first + 3); // nothing is kept: the database is asked
    t.shop.kept = kept;
    test_shop_close(&t);
}

// Old ones go; what is held stays readable until the work ends.
static void forgets_the_oldest(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){0});
    struct ctx *c = test_ctx(&t);
    kept_free(t.shop.kept);
    t.shop.kept = kept_new((size_t)64 << 10);
    struct core_setting_get_in in[20] = {0};
    for (size_t i = 0; i < 20; i++) {
        struct kept_topics topics = {0};
        struct {
            struct core_setting_get *v;
            size_t n, cap;
        } rows = {0};
        in[i].key = arena_fmt(c->arena, "toy.%zu", i);
        for (int k = 0; k < 2; k++)
            assert_ok(kept_all_of(c, &core_setting_get_query, &in[i], &topics, &rows), &c->err);
        assert_int_equal(rows.n, 0);
    }
    struct kept_counts n = kept_counts(t.shop.kept);
    assert_true(n.bytes <= (size_t)64 << 10);
    assert_true(n.entries >= 1 && n.entries < 20);
    assert_true(n.misses >= 20); // those asked for twice push out newcomers
    assert_int_equal(n.hits + n.misses, 40);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_until_bumped),
        cmocka_unit_test(forgets_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
