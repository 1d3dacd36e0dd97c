// SPDX-License-Identifier: Apache-2.0
// What an import does to stock: numbers that the file changed count, what was sold stays sold.
#include "catalog_sql.h"
#include "core/testing.h"
#include "flow/import.h"
#include "mod/catalog/catalog.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "mod/stock/stock.h"
#include "stock_sql.h"

#define MODULES TEST_MODULES(&media_module, &catalog_module, &price_module, &stock_module)

struct told {
    int problems;
};
static void hear(void *self, const struct import_problem *p) {
    struct told *t = self;
    t->problems += !p->note;
}

static struct import_result import_whole_text(struct test_shop *t, enum import_format format,
                                              struct str text, struct told *told) {
    const struct embed files[] = {{"bad.csv", (const unsigned char *)text.p, text.n, ""}};
    struct import_result r;
    struct str file = S("bad.csv");
    *told = (struct told){0};
    struct ctx *c = test_ctx(t);
    assert_ok(import_run(c,
                         &(struct import_options){.format = format,
                                                  .files = &file,
                                                  .file_count = 1,
                                                  .embedded = files,
                                                  .embedded_count = 1,
                                                  .problem = hear,
                                                  .self = told},
                         &r),
              &c->err);
    return r;
}
static struct stock_get level_of(struct test_shop *t, const char *sku, int64_t *variant_out) {
    struct catalog_variant_by_sku_rows rows = {0};
    struct stock_get level = {0};
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(
        catalog_variant_by_sku_all(&c->db, &(struct catalog_variant_by_sku_in){str_c(sku)}, &rows),
        &c->err);
    assert_int_equal(rows.n, 1);
    *variant_out = rows.v[0].id;
    assert_ok(stock_get(&c->db, &(struct stock_get_in){rows.v[0].id}, &level, &found), &c->err);
    assert_true(found);
    return level;
}
static bool do_sell(struct ctx *c, void *self, bool *keep) {
    enum stock_verdict v;
    int64_t left;
    (void)keep;
    TRY(stock_move(c, self, &v, &left));
    ensure(v == STOCK_OK);
    return true;
}
static void sell(struct test_shop *t, const char *sku, int64_t pieces) {
    struct stock_move m = {.quantity = -pieces, .reason = "order", .object = "order"};
    (void)level_of(t, sku, &m.variant_id);
    struct ctx *c = test_ctx(t);
    assert_ok(tx_run(c, do_sell, &m), &c->err);
}
struct stock_step { // a file is imported; then so many pieces are sold
    const char *tracker, *quantity, *policy;
    int64_t on_hand; // after the import
    bool tracked;
    int64_t sold;
};
static void play_stock(enum import_format format, const char *line, const struct stock_step *steps,
                       size_t n) {
    struct test_shop t;
    struct told told;
    int64_t variant;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    for (size_t i = 0; i < n; i++) {
        const struct stock_step *s = &steps[i];
        struct buf text = buf_new(&t.arena, 0);
        for (struct str rest = str_c(line), part, *p = &part; str_split(&rest, '|', p);) {
            const char *cell = str_eq(part, S("T"))   ? s->tracker
                               : str_eq(part, S("Q")) ? s->quantity
                               : str_eq(part, S("P")) ? s->policy
                                                      : NULL;
            buf_put(&text, cell ? str_c(cell) : part);
        }
        struct import_result r = import_whole_text(&t, format, buf_str(&text), &told);
        struct stock_get level = level_of(&t, "s1", &variant);
        if (level.on_hand != s->on_hand || level.tracked != s->tracked)
            print_error("step %zu: %lld\n", i, (long long)level.on_hand);
        assert_int_equal(told.problems, 0);
        assert_int_equal(r.products.failed, 0);
        assert_int_equal(level.on_hand, s->on_hand);
        assert_int_equal(level.tracked, s->tracked);
        r = import_whole_text(&t, format, buf_str(&text), &told);
        assert_int_equal(r.products.unchanged, 1);
        if (s->sold) sell(&t, "s1", s->sold);
    }
    test_shop_close(&t);
}

// What was sold since the last import stays sold; a number that was changed in the file counts.
static void test_sold_stays_sold(void **state) {
    (void)state;
    static const struct stock_step shopify[] = {
        {"shopify", "10", "deny", 10, true, 3}, {"shopify", "10", "deny", 7, true, 0},
        {"shopify", "12", "deny", 12, true, 2}, {"shopify", "12", "deny", 10, true, 0},
        {"shopify", "10", "deny", 10, true, 1}, {"shopify", "10", "deny", 9, true, 9},
        {"shopify", "0", "deny", 0, true, 0},   {"shopify", "4", "deny", 4, true, 1},
        {"shopify", "0", "deny", 0, true, 0},
    };
    play_stock(IMPORT_SHOPIFY,
               "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory "
               "Qty,Variant Inventory Policy\na,A,s1,5,|T|,|Q|,|P|\n",
               shopify, ARRAY_LEN(shopify));
    static const struct stock_step woo[] = {{"1", "10", "0", 10, true, 3},
                                            {"1", "10", "0", 7, true, 0},
                                            {"0", "", "0", 0, true, 0},
                                            {"1", "5", "0", 5, true, 1}};
    play_stock(IMPORT_WOOCOMMERCE,
               "ID,Type,SKU,Name,Regular price,In stock?,Stock,Backorders allowed?\n"
               "1,simple,s1,A,5,|T|,|Q|,|P|\n",
               woo, ARRAY_LEN(woo));
}

// No number: the pieces stay, the policy changes.
static void test_policy_without_number(void **state) {
    (void)state;
    static const struct stock_step shopify[] = {
        {"shopify", "10", "deny", 10, true, 1}, {"shopify", "", "deny", 9, true, 0},
        {"", "", "deny", 9, false, 11},         {"shopify", "", "continue", -2, true, 0},
        {"shopify", "", "deny", 0, true, 0},    {"shopify", "10", "deny", 0, true, 0},
        {"shopify", "8", "deny", 8, true, 0}};
    play_stock(IMPORT_SHOPIFY,
               "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory "
               "Qty,Variant Inventory Policy\na,A,s1,5,|T|,|Q|,|P|\n",
               shopify, ARRAY_LEN(shopify));
    static const struct stock_step no_column[] = {
        {"shopify", "", "", 0, true, 0}, {"", "", "", 0, false, 2}, {"", "", "", -2, false, 0}};
    play_stock(IMPORT_SHOPIFY,
               "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker\na,A,s1,5,|T|\n",
               no_column, ARRAY_LEN(no_column));
    static const struct stock_step woo[] = {{"1", "10", "0", 10, true, 3},
                                            {"1", "", "0", 7, false, 0}};
    play_stock(IMPORT_WOOCOMMERCE,
               "ID,Type,SKU,Name,Regular price,In stock?,Stock,Backorders allowed?\n"
               "1,simple,s1,A,5,|T|,|Q|,|P|\n",
               woo, ARRAY_LEN(woo));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sold_stays_sold),
        cmocka_unit_test(test_policy_without_number),
    };
    return TEST_GROUP(tests);
}
