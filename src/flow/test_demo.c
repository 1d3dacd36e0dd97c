// SPDX-License-Identifier: Apache-2.0
// The demo shop's blog and menus: all that links lead to is there, in both languages; loading once
// more changes nothing.
#include "content_sql.h"
#include "core/testing.h"
#include "flow/demo_load.h"
#include "mod/catalog/catalog.h"
#include "mod/content/content.h"
#include "mod/content/menu.h"
#include "mod/customer/customer.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"

static void content(struct ctx *c) {
    static const char *const menus[] = {MENU_MAIN, MENU_FOOTER, "legal"};
    struct article_shown_rows rows = {0};
    struct article_shown_in in = {.lang = S("en"), .now = c->now, .count = 50};
    assert_ok(article_shown_all(&c->db, &in, &rows), &c->err);
    assert_int_equal(rows.n, 4);
    for (size_t i = 0; i < rows.n; i++) {
        assert_str(rows.v[i].lang, "en");
        assert_true(rows.v[i].hash.n && rows.v[i].picture_alt.n && rows.v[i].tags.n);
        assert_true(rows.v[i].excerpt_body.n > 50 && rows.v[i].body.n > 1000);
    }
    for (size_t m = 0; m < ARRAY_LEN(menus); m++) {
        struct menu_text menu;
        assert_ok(menu_read(c, str_c(menus[m]), true, &menu), &c->err);
        assert_true(menu.id && menu.n >= 5);
        for (size_t i = 0; i < menu.n; i++) {
            assert_true(menu.links[i].kind != MENU_URL && !menu.links[i].gone);
            assert_true(menu.links[i].title[LANG_DE].n > 0);
        }
    }
}

static void test_demo_content(void **state) {
    (void)state;
    struct test_shop t;
    test_shop_open(&t,
                   &(struct test_shop_options){
                       .modules = TEST_MODULES(&media_module, &catalog_module, &price_module,
                                               &tax_module, &stock_module, &customer_module,
                                               &order_module, &shipping_module, &content_module)});
    struct ctx *c = test_ctx(&t);
    assert_ok(demo_load(c), &c->err);
    content(test_ctx(&t));
    test_wait(&t, DAY);
    c = test_ctx(&t);
    assert_ok(demo_load(c), &c->err);
    content(test_ctx(&t));
    test_shop_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_demo_content)};
    return TEST_GROUP(tests);
}
