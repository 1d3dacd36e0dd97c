// SPDX-License-Identifier: Apache-2.0
// A product file of Shopify or WooCommerce, or sales lines, of any bytes, read by a whole shop as a
// dry run. The first byte chooses the format.
#include <stdlib.h>

#include "base/fuzz.h"
#include "core/testing.h"
#include "flow/flow.h"
#include "flow/import.h"
#include "mod/cart/cart.h"
#include "mod/catalog/catalog.h"
#include "mod/contact/newsletter.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/payment/payment.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"

struct told {
    int64_t problems;
};

static void tell(void *self, const struct import_problem *p) {
    struct told *t = self;
    ensure(p->what.n && p->line >= 0);
    t->problems += !p->note;
}

// One shop for all inputs: nothing stays of a dry run.
static struct test_shop *shop(void) {
    static struct test_shop *one; // a fuzzer's only state
    if (one) return one;
    one = calloc(1, sizeof *one);
    ensure(one);
    test_shop_open(one, &(struct test_shop_options){
                            .modules = TEST_MODULES(&media_module, &catalog_module, &price_module,
                                                    &tax_module, &stock_module, &customer_module,
                                                    &cart_module, &order_module, &payment_module,
                                                    &shipping_module, &mail_module, &content_module,
                                                    &contact_module, &flow_module)});
    return one;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const enum import_format formats[] = {IMPORT_SHOPIFY, IMPORT_WOOCOMMERCE,
                                                 IMPORT_ONLINE_RETAIL};
    if (size < 1) return 0;
    struct test_shop *t = shop();
    struct arena a = {0};
    struct ctx c;
    struct embed file = {.path = "file.csv", .data = data + 1, .size = size - 1};
    struct str name = S("file.csv");
    struct told told = {0};
    struct import_result r = {0};
    struct import_options o = {.format = formats[data[0] % 3],
                               .files = &name,
                               .file_count = 1,
                               .embedded = &file,
                               .embedded_count = 1,
                               .dry_run = true,
                               .problem = tell,
                               .self = &told};
    ctx_begin(&c, &t->shop, &a);
    c.actor.kind = ACTOR_SYSTEM;
    bool ok = import_run(&c, &o, &r);
    ensure(ok || (c.err.code != ERR_NONE && c.err.code != ERR_DB));
    ensure(!ok || r.problems == told.problems);
    ctx_end(&c);
    arena_done(&a);
    return 0;
}
