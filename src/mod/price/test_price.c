// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "mod/catalog/catalog.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "price_sql.h"

#define MODULES TEST_MODULES(&media_module, &catalog_module, &price_module)

static bool save(struct ctx *c, void *self, bool *keep) {
    struct product_saved saved;
    const struct variant_draft v = {.sku = S("a")};
    (void)keep;
    TRY(product_save(c,
                     &(struct product_draft){.title = {{S("Tasse"), S("Cup")}},
                                             .status = S("active"),
                                             .tax_category = S("standard"),
                                             .variants = &v,
                                             .variant_count = 1},
                     &saved));
    *(int64_t *)self = saved.variant_ids[0];
    return true;
}

struct setting_price {
    struct price_set p;
    bool changed;
};
static bool do_set(struct ctx *c, void *self, bool *keep) {
    struct setting_price *s = self;
    (void)keep;
    return price_set(c, &s->p, &s->changed);
}
static bool set(struct test_shop *t, int64_t variant, int64_t amount, int64_t compare_at) {
    struct setting_price s = {
        .p = {.variant_id = variant, .cur = EUR, .amount = amount, .compare_at = compare_at}};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, do_set, &s), &c->err);
    return s.changed;
}
static struct price_get get(struct test_shop *t, int64_t variant) {
    struct price_get p;
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(price_get(&c->db, &(struct price_get_in){.variant_id = variant, .currency = S("EUR")},
                        &p, &found),
              &c->err);
    assert_true(found);
    return p;
}

static void test_history(void **state) {
    (void)state;
    struct test_shop t;
    int64_t v;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    test_queries(&t);
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, save, &v), &c->err);
    assert_true(set(&t, v, 1000, 0));
    assert_false(set(&t, v, 1000, 0)); // the same: nothing is written
    assert_false(get(&t, v).has_low30);
    test_wait(&t, 60 * DAY);
    assert_true(set(&t, v, 1200, 0)); // dearer, five days before the sale
    test_wait(&t, 5 * DAY);
    assert_true(set(&t, v, 900, 1200));
    struct price_get p = get(&t, v);
    assert_int_equal(p.amount, 900);
    assert_int_equal(p.compare_at, 1200);
    assert_int_equal(p.low30, 1000);
    instant since = p.sale_since;
    test_wait(&t, 40 * DAY);
    assert_true(set(&t, v, 800, 1200)); // a step further
    p = get(&t, v);
    assert_int_equal(p.low30, 1000);
    assert_int_equal(p.sale_since, since);
    test_wait(&t, DAY);
    assert_true(set(&t, v, 1200, 0)); // over
    p = get(&t, v);
    assert_false(p.has_low30 || p.has_sale_since || p.has_compare_at);
    test_shop_close(&t);
}

static bool spoil(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return price_upsert(&c->db, &(struct price_upsert_in){.variant_id = *(int64_t *)self,
                                                          .currency = S("EUR"),
                                                          .amount = 1});
}
static bool rebuild(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return price_module.rebuild(c);
}
static void hear(void *self, const struct check_finding *f) {
    *(int *)self += strcmp(f->name, "price.derived") == 0;
}

static void test_rebuild(void **state) {
    (void)state;
    struct test_shop t;
    int64_t v;
    int found = 0;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, save, &v), &c->err);
    set(&t, v, 1000, 0);
    test_wait(&t, DAY);
    set(&t, v, 900, 1000);
    c = test_ctx(&t);
    assert_ok(tx_run(c, spoil, &v), &c->err);
    assert_ok(check_all(c, hear, &found), &c->err);
    assert_int_equal(found, 1);
    c = test_ctx(&t);
    assert_ok(tx_run(c, rebuild, NULL), &c->err);
    assert_int_equal(get(&t, v).amount, 900);
    assert_int_equal(get(&t, v).low30, 1000);
    test_shop_close(&t); // silent again
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_history),
                                          cmocka_unit_test(test_rebuild)};
int main(void) { return TEST_GROUP(tests); }
