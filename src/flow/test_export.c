// SPDX-License-Identifier: Apache-2.0
// What goes out comes in again: import, export, import into a fresh shop, export: the same bytes.
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/file.h"
#include "core/testing.h"
#include "flow/demo_load.h"
#include "flow/export.h"
#include "mod/catalog/catalog.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"

#define MODULES                                                                                    \
    TEST_MODULES(&media_module, &catalog_module, &price_module, &tax_module, &stock_module,        \
                 &customer_module, &order_module, &shipping_module, &content_module)

static void hear(void *self, const struct import_problem *p) {
    if (p->note) return;
    ++*(int *)self;
    print_error("line %d, " STR_FMT ": " STR_FMT "\n", (int)p->line, STR_ARG(p->column),
                STR_ARG(p->what));
}

static void import(struct test_shop *t, enum import_format format, struct str file) {
    struct import_result r;
    int problems = 0;
    struct ctx *c = test_ctx(t);
    assert_ok(import_run(c,
                         &(struct import_options){.format = format,
                                                  .files = &file,
                                                  .file_count = 1,
                                                  .problem = hear,
                                                  .self = &problems},
                         &r),
              &c->err);
    assert_int_equal(problems, 0);
}

static void export(struct test_shop *t, enum import_format format, struct str folder) {
    struct ctx *c = test_ctx(t);
    assert_ok(export_run(c, &(struct export_options){format, folder}), &c->err);
}

static struct str contents(struct arena *a, struct str folder, const char *name) {
    struct str out = {0};
    struct err err = {0};
    assert_ok(file_read(a, arena_fmt(a, STR_FMT "/%s", STR_ARG(folder), name).p, (size_t)64 << 20,
                        &out, &err),
              &err);
    return out;
}

static void assert_same_file(struct arena *a, struct str left, struct str right, const char *name) {
    struct str x = contents(a, left, name), y = contents(a, right, name);
    if (str_eq(x, y)) return;
    size_t at = 0;
    while (at < x.n && at < y.n && x.p[at] == y.p[at]) at++;
    size_t from = at > 150 ? at - 150 : 0;
    print_error("%s differs at %zu:\n" STR_FMT "\n---\n" STR_FMT "\n", name, at,
                STR_ARG(str_sub(x, from, 400)), STR_ARG(str_sub(y, from, 400)));
    fail();
}

static size_t assert_same_pictures(struct arena *a, struct str left, struct str right) {
    size_t n = 0, other = 0;
    DIR *d = opendir(arena_fmt(a, STR_FMT "/pictures", STR_ARG(left)).p);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        assert_same_file(a, left, right, arena_fmt(a, "pictures/%s", e->d_name).p);
        n++;
    }
    closedir(d);
    d = opendir(arena_fmt(a, STR_FMT "/pictures", STR_ARG(right)).p);
    for (struct dirent *e; (e = readdir(d));) other += e->d_name[0] != '.';
    closedir(d);
    assert_int_equal(n, other);
    return n;
}

struct folders {
    struct arena arena;
    char root[40];
    struct str first, second, cross_first, cross_second;
};
static void make_folders(struct folders *f) {
    *f = (struct folders){.root = "/tmp/kontor-export-XXXXXX"};
    assert_non_null(mkdtemp(f->root));
    f->first = arena_fmt(&f->arena, "%s/1", f->root);
    f->second = arena_fmt(&f->arena, "%s/2", f->root);
    f->cross_first = arena_fmt(&f->arena, "%s/3", f->root);
    f->cross_second = arena_fmt(&f->arena, "%s/4", f->root);
}
static void remove_folders(struct folders *f) {
    char command[80];
    snprintf(command, sizeof command, "rm -r '%s'", f->root);
    assert_int_equal(system(command), 0);
    arena_done(&f->arena);
}

// The shop goes out in a format and comes back in a fresh one; both then say the same in both
// formats.
static void there_and_back(struct test_shop *t, enum import_format format, size_t least_pictures) {
    struct folders f;
    struct test_shop fresh;
    enum import_format cross = format == IMPORT_SHOPIFY ? IMPORT_WOOCOMMERCE : IMPORT_SHOPIFY;
    make_folders(&f);
    export(t, format, f.first);
    test_shop_open(&fresh, &(struct test_shop_options){.modules = MODULES});
    import(&fresh, format, arena_fmt(&f.arena, STR_FMT "/products.csv", STR_ARG(f.first)));
    export(&fresh, format, f.second);
    assert_same_file(&f.arena, f.first, f.second, "products.csv");
    assert_true(assert_same_pictures(&f.arena, f.first, f.second) >= least_pictures);
    if (cross == IMPORT_SHOPIFY) { // the file that tells every column, after the way through the
                                   // other format
        export(t, cross, f.cross_first);
        export(&fresh, cross, f.cross_second);
        assert_same_file(&f.arena, f.cross_first, f.cross_second, "products.csv");
    }
    test_shop_close(&fresh);
    remove_folders(&f);
}

static void test_demo(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(demo_load(c), &c->err);
    there_and_back(&t, IMPORT_SHOPIFY, 50);
    there_and_back(&t, IMPORT_WOOCOMMERCE, 50);
    test_shop_close(&t);
}

static void test_samples(void **state) {
    (void)state;
    static const struct {
        enum import_format format;
        const char *name;
    } files[] = {{IMPORT_SHOPIFY, "shopify-apparel.csv"},
                 {IMPORT_SHOPIFY, "shopify-home-and-garden.csv"},
                 {IMPORT_SHOPIFY, "shopify-jewelery.csv"},
                 {IMPORT_WOOCOMMERCE, "woocommerce-sample-products.csv"}};
    const char *shared = getenv("KONTOR_SHARED"), *root = getenv("KONTOR_SOURCE");
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct test_shop t;
        test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
        struct str file = shared ? arena_fmt(&t.arena, "%s/data/catalogs/%s", shared, files[i].name)
                                 : arena_fmt(&t.arena, "%s/../shared/data/catalogs/%s",
                                             root ? root : ".", files[i].name);
        if (access(file.p, R_OK) != 0) {
            test_shop_close(&t);
            print_message("# the shared sample catalogues are absent\n");
            skip();
        }
        import(&t, files[i].format, file);
        there_and_back(&t, IMPORT_SHOPIFY, 0);
        there_and_back(&t, IMPORT_WOOCOMMERCE, 0);
        test_shop_close(&t);
    }
}

static void test_awkward_texts(void **state) {
    (void)state;
    static const char csv[] =
        "Handle,Title,Body (HTML),Vendor,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 "
        "Value,Variant SKU,Variant Price,"
        "Variant Compare At Price,Variant Grams,Options en (product.metafields.kontor.options_en)\n"
        "a,\"Comma, \"\"quotes\"\" & <b>\",\"Plain \\n text & more\",\"V, W\",\"x,y\",\"A, "
        "B\",\"1, 2\",C,same,\"s,1\",1.00,0.50,7,"
        "\"{\"\"A, B\"\":\"\"A-B\"\",\"\"same\"\":\"\"the same\"\",\"\"C: "
        "same\"\":\"\"other\"\"}\"\n"
        "a,,,,,,\"1, 2\",,\"b \\\\ c\",,2.00,,0,\n"
        "b,Line,\"<p>two\nlines</p> <ul><li>x</li></ul> \",,,Title,Default Title,,,,0.00,,0,\n";
    struct test_shop t;
    struct folders f;
    struct err err = {0};
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    make_folders(&f);
    struct str file = arena_fmt(&f.arena, "%s/in.csv", f.root);
    assert_ok(file_write(file.p, str_c(csv), 0644, &err), &err);
    import(&t, IMPORT_SHOPIFY, file);
    there_and_back(&t, IMPORT_SHOPIFY, 0);
    there_and_back(&t, IMPORT_WOOCOMMERCE, 0);
    remove_folders(&f);
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demo),
        cmocka_unit_test(test_samples),
        cmocka_unit_test(test_awkward_texts),
    };
    return TEST_GROUP(tests);
}
