// SPDX-License-Identifier: Apache-2.0
// The importers on the real files and on bad ones. Shared sample data is at KONTOR_SHARED, else beside the source tree;
// where it is absent those tests are skipped.
#include <stdlib.h>
#include <unistd.h>

#include "catalog_sql.h"
#include "core/testing.h"
#include "flow/import.h"
#include "mod/catalog/catalog.h"
#include "mod/customer/customer.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/price/price.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"
#include "price_sql.h"
#include "stock_sql.h"

#define MODULES TEST_MODULES(&media_module, &catalog_module, &price_module, &tax_module, &stock_module, &customer_module, &order_module)

struct told {
    int problems, notes;
    int64_t line;
    char column[64], what[300], object[64];
};
static void hear(void *self, const struct import_problem *p) {
    struct told *t = self;
    if (p->note) {
        t->notes++;
        return;
    }
    t->problems++;
    t->line = p->line;
    snprintf(t->column, sizeof t->column, STR_FMT, STR_ARG(p->column));
    snprintf(t->object, sizeof t->object, STR_FMT, STR_ARG(p->object));
    snprintf(t->what, sizeof t->what, STR_FMT, STR_ARG(p->what));
}

static struct import_result run(struct test_shop *t, enum import_format format, struct str file, struct told *told) {
    struct import_result r;
    *told = (struct told){0};
    struct ctx *c = test_ctx(t);
    assert_ok(import_run(c, &(struct import_options){.format = format, .files = &file, .file_count = 1, .problem = hear,
                                                     .self = told}, &r), &c->err);
    return r;
}

static struct str source_file(struct test_shop *t, const char *name) {
    const char *root = getenv("KONTOR_SOURCE");
    return arena_fmt(&t->arena, "%s/%s", root ? root : ".", name);
}
static struct str shared_file(struct test_shop *t, const char *name) {
    const char *shared = getenv("KONTOR_SHARED");
    struct str path = shared ? arena_fmt(&t->arena, "%s/data/%s", shared, name)
                             : source_file(t, arena_fmt(&t->arena, "../shared/data/%s", name).p);
    return access(path.p, R_OK) == 0 ? path : (struct str){0};
}

static const char head[] = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,"
                           "Variant Price,Variant Barcode,Image Src\n";
static struct import_result import_text(struct test_shop *t, const char *rows, struct told *told) {
    struct str text = arena_fmt(&t->arena, "%s%s", head, rows);
    const struct embed files[] = {{"bad.csv", (const unsigned char *)text.p, text.n, ""}};
    struct import_result r;
    struct str file = S("bad.csv");
    *told = (struct told){0};
    struct ctx *c = test_ctx(t);
    assert_ok(import_run(c, &(struct import_options){.format = IMPORT_SHOPIFY, .files = &file, .file_count = 1, .embedded = files,
                                                     .embedded_count = 1, .problem = hear, .self = told}, &r), &c->err);
    return r;
}

static int64_t product_id(struct test_shop *t, const char *handle) {
    struct catalog_product_by_handle row;
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(catalog_product_by_handle(&c->db, &(struct catalog_product_by_handle_in){str_c(handle)}, &row, &found), &c->err);
    return found ? row.id : 0;
}

static void test_demo_twice(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct str file = source_file(&t, "demo/products.csv");
    struct import_result r = run(&t, IMPORT_SHOPIFY, file, &told);
    if (told.problems) print_error("line %d %s: %s\n", (int)told.line, told.column, told.what);
    assert_int_equal(told.problems, 0);
    assert_true(r.products.created >= 40);
    assert_int_equal(r.products.failed, 0);
    struct import_result again = run(&t, IMPORT_SHOPIFY, file, &told);
    assert_int_equal(again.products.created + again.products.changed, 0);
    assert_int_equal(again.products.unchanged, r.products.created);
    test_shop_close(&t);
}

static void test_samples(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int products, problems;
    } files[] = {{"catalogs/shopify-apparel.csv", 17, 0}, {"catalogs/shopify-home-and-garden.csv", 19, 0},
                 {"catalogs/shopify-jewelery.csv", 20, 0}};
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct str file = shared_file(&t, files[i].name);
        if (!file.p) {
            test_shop_close(&t);
            print_message("# the shared sample catalogues are absent\n");
            skip();
        }
        struct import_result r = run(&t, IMPORT_SHOPIFY, file, &told);
        if (told.problems) print_error("line %d %s: %s\n", (int)told.line, told.column, told.what);
        assert_int_equal(told.problems, files[i].problems);
        assert_int_equal(r.products.created, files[i].products);
        assert_true(r.pictures_wanted > 0);
        r = run(&t, IMPORT_SHOPIFY, file, &told);
        assert_int_equal(r.products.unchanged, files[i].products);
    }
    test_shop_close(&t);
}

static void test_bad_rows_are_told(void **state) {
    (void)state;
    static const struct {
        const char *rows, *column, *says;
        int line, created, failed;
    } cases[] = {
        {"a,A,,,s1,,,4.50,,\nb,B,,,s2,,,4;50,,\n", "Variant Price", "is not an amount", 3, 1, 1},
        {"a,A,,,s1,,,4.50,4006381333932,\nb,B,,,s2,,,1,,\n", "Variant Barcode", "GTIN", 2, 1, 1},
        {"a,,,,s1,,,4.50,,\nb,B,,,s2,,,1,,\n", "", "no title", 2, 1, 1},
        {"a,A,Size,S,s1,,,1,,\na,,,M,s2,,,,,\n", "Variant Price", "no price", 3, 1, 0},
        {"a,A,Size,S,s1,,,1,,\na,,,S,s2,,,1,,\n", "Option Value", "same option values", 3, 0, 1},
        {",A,,,s1,,,1,,\nb,B,,,s2,,,1,,\n", "Handle", "no handle", 2, 1, 0},
        {"a,A,,,s1,,,1,,\nb,B,,,s2,,,1,,\na,A,,,s3,,,1,,\n", "Handle", "further up", 4, 2, 0},
        {"a,A,,,s1,x,1.5,1,,\nb,B,,,s2,,,1,,\n", "Variant Inventory Qty", "whole number", 2, 1, 1},
        {"a,A,,,s1,,,1,,../../etc/passwd\n", "Image Src", "neither an address", 2, 1, 0},
        {"a,A,,,s1,,,1,,bad.csv\n", "Image Src", "not a picture", 2, 1, 0},
        {"a,A\xff,,,s1,,,1,,\nb,B,,,s2,,,1,,\n", "", "UTF-8", 2, 1, 0},
        {"b,B,,,s2,,,1,,\na,\"A,,,s1,,,1,,\n", "", "never closed", 0, 1, 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct test_shop t;
        struct told told;
        test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
        struct import_result r = import_text(&t, cases[i].rows, &told);
        if (!strstr(told.what, cases[i].says)) print_error("case %zu: %s\n", i, told.what);
        assert_non_null(strstr(told.what, cases[i].says));
        assert_string_equal(told.column, cases[i].column);
        assert_int_equal(told.line, cases[i].line);
        assert_int_equal(r.products.created, cases[i].created);
        assert_int_equal(r.products.failed, cases[i].failed);
        assert_true(r.problems >= 1);
        test_shop_close(&t);
    }
}

static void test_bad_row_keeps_variant(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    import_text(&t, "a,A,Size,S,s1,,,1,,\na,,,M,s2,,,2,,\n", &told);
    import_text(&t, "a,A,Size,S,s1,,,1,,\na,,,M,s2,,,x,,\n", &told);
    struct ctx *c = test_ctx(&t);
    struct catalog_variant_rows_rows rows = {0};
    assert_ok(catalog_variant_rows_all(&c->db, &(struct catalog_variant_rows_in){product_id(&t, "a")}, &rows), &c->err);
    assert_int_equal(rows.n, 2);
    assert_true(rows.v[0].active && rows.v[1].active);
    import_text(&t, "a,A,Size,S,s1,,,1,,\n", &told); // now it is gone from the file
    rows = (struct catalog_variant_rows_rows){0};
    assert_ok(catalog_variant_rows_all(&c->db, &(struct catalog_variant_rows_in){product_id(&t, "a")}, &rows), &c->err);
    assert_true(rows.v[0].active && !rows.v[1].active);
    test_shop_close(&t);
}

static void test_dry_run_writes_nothing(void **state) {
    (void)state;
    struct test_shop t;
    struct told told = {0};
    struct import_result r;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct str file = source_file(&t, "demo/products.csv");
    struct ctx *c = test_ctx(&t);
    assert_ok(import_run(c, &(struct import_options){.format = IMPORT_SHOPIFY, .files = &file, .file_count = 1, .dry_run = true,
                                                     .problem = hear, .self = &told}, &r), &c->err);
    assert_true(r.products.created >= 40);
    assert_int_equal(t.world.files.n, 0);
    struct catalog_product_ids_rows ids = {0};
    assert_ok(catalog_product_ids_all(&c->db, &(struct catalog_product_ids_in){0, 10}, &ids), &c->err);
    assert_int_equal(ids.n, 0);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo_twice),          cmocka_unit_test(test_samples),
        cmocka_unit_test(test_bad_rows_are_told),   cmocka_unit_test(test_bad_row_keeps_variant),
        cmocka_unit_test(test_dry_run_writes_nothing),
    };
    return TEST_GROUP(tests);
}
