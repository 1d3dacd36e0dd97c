// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "mod/catalog/catalog.h"
#include "mod/media/media.h"
#include "mod/stock/stock.h"
#include "stock_sql.h"

#define MODULES TEST_MODULES(&media_module, &catalog_module, &stock_module)

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
static int64_t open_with_variant(struct test_shop *t) {
    int64_t id;
    test_shop_open(t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, save, &id), &c->err);
    return id;
}

static bool do_count(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return stock_count(c, self);
}
static void count(struct test_shop *t, struct stock_count s) {
    s.reason = "count", s.object = "staff";
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, do_count, &s), &c->err);
}

struct moved {
    struct stock_move m;
    enum stock_verdict v;
    int64_t left;
};
static bool do_move(struct ctx *c, void *self, bool *keep) {
    struct moved *m = self;
    (void)keep;
    return stock_move(c, &m->m, &m->v, &m->left);
}
static struct moved move(struct test_shop *t, int64_t variant, int64_t quantity) {
    struct moved m = {.m = {variant, quantity, "correction", "staff", 1}};
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, do_move, &m), &c->err);
    return m;
}
#define MOVE(variant, quantity, verdict, remains)                                                  \
    do {                                                                                           \
        struct moved m_ = move(&t, (variant), (quantity));                                         \
        assert_int_equal(m_.v, (verdict));                                                         \
        assert_int_equal(m_.left, (remains));                                                      \
    } while (0)

static void test_counted(void **state) {
    (void)state;
    struct test_shop t;
    int64_t v = open_with_variant(&t);
    test_queries(&t);
    MOVE(v, -1, STOCK_UNCOUNTED, 0); // no level yet
    MOVE(v, 1, STOCK_UNCOUNTED, 0);
    count(&t, (struct stock_count){.variant_id = v, .on_hand = 5, .tracked = true});
    MOVE(v, -3, STOCK_OK, 2);
    MOVE(v, -3, STOCK_SHORT, 2); // refused whole, nothing taken
    MOVE(v, -2, STOCK_OK, 0);
    MOVE(v, -1, STOCK_SHORT, 0);
    MOVE(v, 4, STOCK_OK, 4);
    count(&t, (struct stock_count){.variant_id = v, .on_hand = 1, .tracked = true});
    MOVE(v, -1, STOCK_OK, 0);
    test_shop_close(&t); // levels are the sums of their moves
}

static void test_policies(void **state) {
    (void)state;
    struct test_shop t;
    int64_t v = open_with_variant(&t);
    count(&t,
          (struct stock_count){.variant_id = v, .on_hand = 1, .tracked = true, .backorder = true});
    MOVE(v, -5, STOCK_OK, -4);
    MOVE(v, 2, STOCK_OK, -2);
    count(&t, (struct stock_count){.variant_id = v, .on_hand = 3, .tracked = true});
    MOVE(v, -4, STOCK_SHORT, 3);
    count(&t, (struct stock_count){.variant_id = v, .on_hand = 3}); // sold without counting
    MOVE(v, -4, STOCK_OK, -1);
    test_shop_close(&t);
}

static bool do_rebuild(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return stock_module.rebuild(c);
}
static void test_rebuild(void **state) {
    (void)state;
    struct test_shop t;
    int64_t v = open_with_variant(&t);
    struct stock_get level;
    bool found;
    count(&t, (struct stock_count){.variant_id = v, .on_hand = 9, .tracked = true});
    MOVE(v, -2, STOCK_OK, 7);
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, do_rebuild, NULL), &c->err);
    assert_ok(stock_get(&c->db, &(struct stock_get_in){v}, &level, &found), &c->err);
    assert_int_equal(level.on_hand, 7);
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_counted),
                                          cmocka_unit_test(test_policies),
                                          cmocka_unit_test(test_rebuild)};
int main(void) { return TEST_GROUP(tests); }
