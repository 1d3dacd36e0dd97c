// SPDX-License-Identifier: Apache-2.0
// The importers on the real files and on bad ones. Shared sample data is at KONTOR_SHARED, else
// beside the source tree; where it is absent those tests are skipped.
#include <stdlib.h>
#include <unistd.h>

#include "catalog_sql.h"
#include "core/settings.h"
#include "core/testing.h"
#include "db/fault.h"
#include "flow/demo_load.h"
#include "flow/import.h"
#include "mod/catalog/catalog.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"
#include "price_sql.h"
#include "stock_sql.h"

#define MODULES                                                                                    \
    TEST_MODULES(&media_module, &catalog_module, &price_module, &tax_module, &stock_module,        \
                 &customer_module, &order_module, &shipping_module, &content_module)

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
    if (t->problems++) return; // the first is looked at
    t->line = p->line;
    snprintf(t->column, sizeof t->column, STR_FMT, STR_ARG(p->column));
    snprintf(t->object, sizeof t->object, STR_FMT, STR_ARG(p->object));
    snprintf(t->what, sizeof t->what, STR_FMT, STR_ARG(p->what));
}

static struct import_result run(struct test_shop *t, enum import_format format, struct str file,
                                struct told *told) {
    struct import_result r;
    *told = (struct told){0};
    struct ctx *c = test_ctx(t);
    assert_ok(
        import_run(
            c,
            &(struct import_options){
                .format = format, .files = &file, .file_count = 1, .problem = hear, .self = told},
            &r),
        &c->err);
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

static const char head[] = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory "
                           "Tracker,Variant Inventory Qty,"
                           "Variant Price,Variant Barcode,Image Src\n";
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
static struct import_result import_text(struct test_shop *t, const char *rows, struct told *told) {
    struct str text = arena_fmt(&t->arena, "%s%s", head, rows);
    return import_whole_text(t, IMPORT_SHOPIFY, text, told);
}

static int64_t product_id(struct test_shop *t, const char *handle) {
    struct catalog_product_by_handle row;
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(catalog_product_by_handle(
                  &c->db, &(struct catalog_product_by_handle_in){str_c(handle)}, &row, &found),
              &c->err);
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
    } files[] = {{"catalogs/shopify-apparel.csv", 20, 0},
                 {"catalogs/shopify-home-and-garden.csv", 20, 0},
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
        {"a,A,,,s1,,,4.50,4006381333931,\nb,B,,,s2,,,1,12,\n", "Variant Barcode", "GTIN", 3, 2, 0},
        {"a,,,,s1,,,4.50,,\nb,B,,,s2,,,1,,\n", "", "no title", 2, 1, 1},
        {"a,A,Size,S,s1,,,1,,\na,,,M,s2,,,,,\n", "Variant Price", "no price", 3, 1, 0},
        {"a,A,Size,S,s1,,,1,,\na,,,S,s2,,,1,,\n", "Option1 Value", "same option values", 3, 1, 0},
        {"a,A,Size,S,s1,,,1,,\na,,,,s2,,,2,,\n", "Option1 Value", "no value for the option", 3, 1,
         0},
        {",A,,,s1,,,1,,\nb,B,,,s2,,,1,,\n", "Handle", "no handle", 2, 1, 0},
        {"a,A,,,s1,,,1,,\nb,B,,,s2,,,1,,\na,A,,,s3,,,1,,\n", "Handle", "further up", 4, 2, 0},
        {"a,A,,,s1,x,1.5,1,,\nb,B,,,s2,,,1,,\n", "Variant Inventory Qty", "whole number", 2, 1, 1},
        {"a,A,,,s1,,,1,,../../etc/passwd\n", "Image Src", "neither an address", 2, 1, 0},
        {"a,A,,,s1,,,1,,bad.csv\n", "Image Src", "not a picture", 2, 1, 0},
        {"a,A,,,s1,,,1,,none.svg\n", "Image Src", "no such file", 2, 1, 0},
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
    assert_ok(catalog_variant_rows_all(
                  &c->db, &(struct catalog_variant_rows_in){product_id(&t, "a")}, &rows),
              &c->err);
    assert_int_equal(rows.n, 2);
    assert_true(rows.v[0].active && rows.v[1].active);
    import_text(&t, "a,A,Size,S,s1,,,1,,\n", &told); // now it is gone from the file
    rows = (struct catalog_variant_rows_rows){0};
    assert_ok(catalog_variant_rows_all(
                  &c->db, &(struct catalog_variant_rows_in){product_id(&t, "a")}, &rows),
              &c->err);
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
    assert_ok(import_run(c,
                         &(struct import_options){.format = IMPORT_SHOPIFY,
                                                  .files = &file,
                                                  .file_count = 1,
                                                  .dry_run = true,
                                                  .problem = hear,
                                                  .self = &told},
                         &r),
              &c->err);
    assert_true(r.products.created >= 40);
    assert_int_equal(t.world.files.n, 0);
    struct catalog_product_ids_rows ids = {0};
    assert_ok(catalog_product_ids_all(&c->db, &(struct catalog_product_ids_in){0, 10}, &ids),
              &c->err);
    assert_int_equal(ids.n, 0);
    run(&t, IMPORT_SHOPIFY, file, &told);
    c = test_ctx(&t);
    assert_ok(import_run(c,
                         &(struct import_options){.format = IMPORT_SHOPIFY,
                                                  .files = &file,
                                                  .file_count = 1,
                                                  .dry_run = true,
                                                  .problem = hear,
                                                  .self = &told},
                         &r),
              &c->err);
    assert_int_equal(r.products.created + r.products.changed, 0);
    test_shop_close(&t);
}

static size_t members(struct test_shop *t, const char *handle) {
    struct catalog_collection_by_handle row;
    struct catalog_collection_members_rows rows = {0};
    bool found;
    struct ctx *c = test_ctx(t);
    assert_ok(catalog_collection_by_handle(
                  &c->db, &(struct catalog_collection_by_handle_in){str_c(handle)}, &row, &found),
              &c->err);
    assert_true(found);
    assert_ok(catalog_collection_members_all(
                  &c->db, &(struct catalog_collection_members_in){row.id}, &rows),
              &c->err);
    return rows.n;
}

static void test_demo_shop(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(demo_load(c), &c->err);
    c = test_ctx(&t);
    assert_str(setting_text(c, "shop.name"), "Nessel & Glas");
    struct catalog_variant_by_sku_rows v = {0};
    assert_ok(
        catalog_variant_by_sku_all(&c->db, &(struct catalog_variant_by_sku_in){S("NG-HF")}, &v),
        &c->err);
    struct price_get price;
    bool found;
    assert_ok(price_get(&c->db, &(struct price_get_in){v.v[0].id, S("EUR")}, &price, &found),
              &c->err);
    assert_true(price.has_low30 && price.low30 == price.compare_at && price.amount < price.low30);
    assert_int_equal(price.sale_since, TEST_NOW - 9 * DAY);
    assert_int_equal(members(&t, "zero-waste"), 27);
    assert_true(members(&t, "sale") >= 5);
    assert_true(members(&t, "unter-15-euro") > 5);
    struct page_text page;
    assert_ok(page_get(c, S("impressum"), &page), &c->err);
    assert_true(page.found && str_find(page.html, S("Nessel &amp; Glas")) != STR_NONE);
    assert_true(str_find(page.html, S("{{")) == STR_NONE);
    assert_true(str_find(page.html, S("Salzgarten 14")) != STR_NONE);
    assert_ok(demo_load(c), &c->err); // once more: the same
    assert_int_equal(members(&t, "zero-waste"), 27);
    test_shop_close(&t);
}

static void test_woocommerce_sample(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct str file = shared_file(&t, "catalogs/woocommerce-sample-products.csv");
    if (!file.p) {
        test_shop_close(&t);
        print_message("# the shared sample catalogues are absent\n");
        skip();
    }
    struct import_result r = run(&t, IMPORT_WOOCOMMERCE, file, &told);
    if (told.problems) print_error("line %d %s: %s\n", (int)told.line, told.column, told.what);
    assert_int_equal(told.problems, 0);
    assert_int_equal(r.products.created, 17); // 14 simple, 2 variable, 1 external
    assert_int_equal(r.products.failed, 0);
    struct ctx *c = test_ctx(&t);
    struct catalog_variant_rows_rows rows = {0};
    assert_ok(
        catalog_variant_rows_all(
            &c->db, &(struct catalog_variant_rows_in){product_id(&t, "v-neck-t-shirt")}, &rows),
        &c->err);
    assert_int_equal(rows.n, 9); // three colours, any of three sizes
    struct catalog_variant_by_sku_rows beanie = {0};
    assert_ok(catalog_variant_by_sku_all(
                  &c->db, &(struct catalog_variant_by_sku_in){S("woo-beanie")}, &beanie),
              &c->err);
    struct price_get price;
    bool found;
    assert_ok(price_get(&c->db, &(struct price_get_in){beanie.v[0].id, S("EUR")}, &price, &found),
              &c->err);
    assert_int_equal(price.amount, 1800);
    assert_int_equal(price.compare_at, 2000);
    r = run(&t, IMPORT_WOOCOMMERCE, file, &told);
    assert_int_equal(r.products.unchanged, 17);
    assert_int_equal(r.products.created + r.products.changed, 0);
    test_shop_close(&t);
}

static void test_woocommerce_tax_rates(void **state) {
    (void)state;
    static const char csv[] =
        "Country Code,State Code,ZIP/Postcode,City,Rate %,Tax Name,Priority,Compound,Shipping,Tax "
        "Class\n"
        "GB,*,*,*,20.0000,VAT,1,1,1,\nGB,*,*,*,5.0000,VAT,1,1,1,reduced-rate\n"
        "US,AL,12345; 123456,*,2.0000,US AL,2,1,1,\nDE,*,*,*,16.0,MwSt,1,1,1,\n"
        "DE,,,,7,MwSt,1,1,1,reduced-rate\nGB,*,*,*,200,VAT,1,1,1,zero-rate\n";
    const struct embed files[] = {{"rates.csv", (const unsigned char *)csv, sizeof csv - 1, ""}};
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    for (int again = 0; again < 2; again++) {
        struct import_result r;
        struct told told = {0};
        struct str file = S("rates.csv");
        struct ctx *c = test_ctx(&t);
        assert_ok(import_run(c,
                             &(struct import_options){.format = IMPORT_WOOCOMMERCE,
                                                      .files = &file,
                                                      .file_count = 1,
                                                      .embedded = files,
                                                      .embedded_count = 1,
                                                      .problem = hear,
                                                      .self = &told},
                             &r),
                  &c->err);
        assert_int_equal(r.tax_rates.created, again ? 0 : 2);
        assert_int_equal(r.tax_rates.unchanged, again ? 3 : 1);
        assert_int_equal(r.tax_rates.failed, 3); // a state, another rate, 200 %
        assert_int_equal(told.problems, 3);
        assert_string_equal(told.column, "State Code");
        int64_t rate;
        assert_ok(tax_rate_at(c, S("GB"), S("reduced"), c->now, &rate), &c->err);
        assert_int_equal(rate, 50000);
        assert_ok(tax_rate_at(c, S("DE"), S("standard"), c->now, &rate), &c->err);
        assert_int_equal(rate, 190000);
    }
    test_shop_close(&t);
}

// What spreadsheets make of CSV: other separators, a decimal comma, no rows, other encodings.
static void test_spreadsheet_files(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct str text = S("Handle;Title;Variant SKU;Variant Price\nsemi;Seife;s1;\"12,50\"\n"
                        "semi2;Seife;s2;\"1,234\"\n");
    struct import_result r = import_whole_text(&t, IMPORT_SHOPIFY, text, &told);
    assert_int_equal(r.products.created, 1);
    assert_true(told.problems >= 1); // 1,234 could be two numbers
    assert_int_equal(told.line, 3);
    assert_true(told.notes >= 1);
    r = import_whole_text(&t, IMPORT_SHOPIFY,
                          S("Handle\tTitle\tVariant SKU\tVariant Price\ntab\tA, B\tt1\t9.90\n"),
                          &told);
    assert_int_equal(r.products.created, 1);
    r = import_text(&t, "", &told);
    assert_int_equal(r.rows + r.problems, 0);
    assert_int_equal(told.notes, 1);
    static const char wide[] = "\xff\xfeH\0a\0n\0d\0l\0e\0,\0T\0i\0t\0l\0e\0\n";
    const struct embed files[] = {{"w.csv", (const unsigned char *)wide, sizeof wide, ""}};
    struct str file = S("w.csv");
    struct ctx *c = test_ctx(&t);
    assert_false(import_run(c,
                            &(struct import_options){.format = IMPORT_SHOPIFY,
                                                     .files = &file,
                                                     .file_count = 1,
                                                     .embedded = files,
                                                     .embedded_count = 1},
                            &r));
    assert_int_equal(c->err.code, ERR_INVALID);
    assert_non_null(strstr(c->err.message, "UTF-16"));
    assert_non_null(strstr(c->err.hint, "CSV UTF-8"));
    test_shop_close(&t);
}

static const char retail_head[] =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
static struct import_result retail_text(struct test_shop *t, const char *rows, struct told *told) {
    struct str text = arena_fmt(&t->arena, "%s%s", retail_head, rows);
    const struct embed files[] = {{"retail.csv", (const unsigned char *)text.p, text.n, ""}};
    struct import_result r;
    struct str file = S("retail.csv");
    *told = (struct told){0};
    struct ctx *c = test_ctx(t);
    assert_ok(import_run(c,
                         &(struct import_options){.format = IMPORT_ONLINE_RETAIL,
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

// An empty shop takes over the file's currency; a shop with a price is told and left as it is.
static void test_retail_currency(void **state) {
    (void)state;
    static const char row[] =
        "536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    retail_text(&t, row, &told);
    assert_str(setting_text(test_ctx(&t), "shop.currency"), "GBP");
    assert_int_equal(told.notes, 1);
    retail_text(&t, row, &told);
    assert_int_equal(told.notes, 0);
    test_shop_close(&t);
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    import_text(&t, "lamp,Lamp,Title,Default Title,l1,,,19.99,,\n", &told);
    retail_text(&t, row, &told);
    assert_str(setting_text(test_ctx(&t), "shop.currency"), "EUR");
    assert_int_equal(told.notes, 1);
    test_shop_close(&t);
}

static int64_t gross(struct test_shop *t) {
    struct ctx *c = test_ctx(t);
    struct sales_report_rows rows = {0};
    assert_ok(sales_report_all(&c->db, &(struct sales_report_in){0, INT64_MAX}, &rows), &c->err);
    int64_t sum = 0;
    for (size_t i = 0; i < rows.n; i++) sum += rows.v[i].gross;
    return sum;
}

static void test_retail_documents(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    static const char rows[] =
        "536365,85123A,HEART HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n"
        "536365,PADS,PADS,1,2010-12-01 08:26:00,0.001,17850,United Kingdom\n"
        "C536379,85123A,HEART HOLDER,-1,2010-12-01 09:41:00,2.55,17850,EIRE\n"
        "536414,22139,,56,2010-12-01 11:52:00,0,,United Kingdom\n"
        "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,-10.5,,United Kingdom\n"
        "536365,22139,LATE LINE,2,2010-12-01 08:27:00,1.25,17850,United Kingdom\n"
        "536400,85123A,X,1,2010-12-01 08:26:00,abc,1,France\n"
        "536400,85123A,X,1,2010-12-01 08:26:00,5,1,France\n";
    struct import_result r = retail_text(&t, rows, &told);
    assert_int_equal(r.orders.created, 1);
    assert_int_equal(r.credit_notes.created, 1);
    assert_int_equal(r.adjustments.created, 2);
    assert_int_equal(r.orders.failed, 1);
    assert_int_equal(told.problems, 1);
    assert_int_equal(told.line, 8);
    assert_string_equal(told.column, "UnitPrice");
    assert_int_equal(r.rounded, 1);
    assert_int_equal(r.products.created, 4);
    assert_int_equal(gross(&t), 6 * 255 + 0 + 2 * 125 - 255 - 1050);
    r = retail_text(&t, rows, &told);
    assert_int_equal(r.orders.created + r.credit_notes.created + r.adjustments.created +
                         r.products.created + r.customers.created,
                     0);
    assert_int_equal(r.products.unchanged, 4);
    test_shop_close(&t);
}

// The whole year: it takes some seconds.
static void test_retail_year(void **state) {
    (void)state;
    struct test_shop t;
    struct told told;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct str file = shared_file(&t, "online-retail.csv.xz");
    if (!file.p) {
        test_shop_close(&t);
        print_message("# the shared Online Retail year is absent\n");
        skip();
    }
    struct import_result r = run(&t, IMPORT_ONLINE_RETAIL, file, &told);
    assert_int_equal(told.problems, 0);
    assert_int_equal(r.rows, 541909);
    assert_int_equal(r.orders.created, 19959);
    assert_int_equal(r.credit_notes.created, 3836);
    assert_int_equal(r.adjustments.created, 2105);
    assert_int_equal(r.products.created, 4070);
    assert_int_equal(r.customers.created, 4372);
    assert_int_equal(r.rounded, 4);
    assert_int_equal(gross(&t), 974774793);
    test_shop_close(&t);
}

static bool import_handle(struct test_shop *t, int n, struct import_result *r, struct err *err) {
    struct str text = arena_fmt(
        &t->arena, "%sh%d,Title,Size,S,s%d,x,5,4.50,,\nh%d,,,M,t%d,x,2,5.50,,\n", head, n, n, n, n);
    const struct embed files[] = {{"f.csv", (const unsigned char *)text.p, text.n, ""}};
    struct str file = S("f.csv");
    struct ctx *c = test_ctx(t);
    bool ok = import_run(c,
                         &(struct import_options){.format = IMPORT_SHOPIFY,
                                                  .files = &file,
                                                  .file_count = 1,
                                                  .embedded = files,
                                                  .embedded_count = 1},
                         r);
    *err = c->err;
    return ok;
}

// Database call N fails: the import is whole or not there, and running it again completes it.
static void test_faults(void **state) {
    (void)state;
    static const enum db_fault kinds[] = {DB_FAULT_ERROR, DB_FAULT_BUSY, DB_FAULT_COMMIT_UNCERTAIN,
                                          DB_FAULT_COMMIT_LOST};
    struct test_shop t;
    int handle = 0;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        bool fired = true;
        for (int64_t n = 1; fired; n += k < 2 ? 1 : 7) {
            struct import_result r, again;
            struct err err;
            test_ctx(&t);
            db_fault_arm(t.shop.pool, kinds[k], n);
            bool ok = import_handle(&t, ++handle, &r, &err);
            fired = db_fault_fired(t.shop.pool);
            db_fault_arm(t.shop.pool, kinds[k], 0);
            assert_true(ok || err.code != ERR_NONE);
            assert_ok(import_handle(&t, handle, &again, &err), &err);
            assert_int_equal(again.products.failed, 0);
            if (ok && r.products.created) assert_int_equal(again.products.unchanged, 1);
            assert_int_equal(again.products.changed, 0);
        }
    }
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo_twice),
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_bad_rows_are_told),
        cmocka_unit_test(test_bad_row_keeps_variant),
        cmocka_unit_test(test_dry_run_writes_nothing),
        cmocka_unit_test(test_woocommerce_sample),
        cmocka_unit_test(test_demo_shop),
        cmocka_unit_test(test_retail_documents),
        cmocka_unit_test(test_woocommerce_tax_rates),
        cmocka_unit_test(test_spreadsheet_files),
        cmocka_unit_test(test_retail_currency),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_retail_year),
    };
    return TEST_GROUP(tests);
}
