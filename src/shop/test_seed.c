// SPDX-License-Identifier: Apache-2.0
#include "shop/test_seed.h"

#include "core/i18n.h"
#include "core/settings.h"
#include "flow/flow.h"
#include "mod/cart/cart.h"
#include "mod/catalog/catalog.h"
#include "mod/contact/newsletter.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/media/media.h"
#include "mod/order/order.h"
#include "mod/payment/bank.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/stock/stock.h"
#include "mod/tax/tax.h"
#include "mod/themes/themes.h"
#include "shipping_sql.h"
#include "shop/shop.h"

#define DE_EN(de, en)                                                                              \
    {                                                                                              \
        .text = { [LANG_DE] = S_INIT(de), [LANG_EN] = S_INIT(en) }                                 \
    }
static const struct payment_method *const methods[] = {&payment_bank_transfer, NULL};

static bool set(struct ctx *c, const char *key, const char *value) {
    enum setting_verdict v;
    TRY(setting_set(c, key, str_c(value), &v));
    assert_int_equal(v, SETTING_OK);
    return true;
}

static bool save(struct ctx *c, const struct product_draft *d, struct product_saved *out) {
    TRY(product_save(c, d, out));
    assert_int_equal(out->verdict, PRODUCT_SAVED);
    return true;
}

static bool sell(struct ctx *c, int64_t variant, int64_t amount, int64_t pieces) {
    TRY(price_set(c, &(struct price_set){.variant_id = variant, .cur = EUR, .amount = amount},
                  NULL));
    return stock_count(c, &(struct stock_count){variant, pieces, true, false, "count", "staff", 1});
}

static bool add_soap(struct ctx *c, struct seed *s) {
    static const struct product_option_draft options[] = {{DE_EN("Größe", "Size")}};
    static const struct variant_draft variants[] = {
        {.values = {DE_EN("Klein", "Small")},
         .sku = S_INIT("S-1"),
         .unit_amount = 80000000,
         .base_amount = 1000000,
         .unit = S_INIT("g"),
         .base_unit = S_INIT("kg")},
        {.values = {DE_EN("Groß", "Large")}, .sku = S_INIT("S-2")},
    };
    static const struct str values[] = {S_INIT("Olive"), S_INIT("Salbei")};
    static const struct attribute_draft attributes[] = {
        {S_INIT("material"), S_INIT("list"), values, ARRAY_LEN(values)}};
    static const struct product_draft soap = {
        .handle = S_INIT("seife"),
        .title = DE_EN("Seife <Salbei>", "Sage soap"),
        .description = DE_EN("<p>Aus <b>Oliven</b>.</p>", "<p>Made of olives.</p>"),
        .safety_text = DE_EN("Nicht in die Augen.", "Keep away from eyes."),
        .vendor = S_INIT("Brand"),
        .status = S_INIT("active"),
        .tax_category = S_INIT("standard"),
        .manufacturer = S_INIT("Sudhaus GmbH"),
        .manufacturer_address = S_INIT("Am Laugenhof 3, 29451 Dannenberg"),
        .manufacturer_contact = S_INIT("post@sudhaus.example"),
        .attributes = attributes,
        .attribute_count = ARRAY_LEN(attributes),
        .options = options,
        .option_count = ARRAY_LEN(options),
        .variants = variants,
        .variant_count = ARRAY_LEN(variants),
    };
    struct product_saved saved;
    TRY(save(c, &soap, &saved));
    s->soap = saved.id;
    s->soap_small = saved.variant_ids[0];
    s->soap_large = saved.variant_ids[1];
    struct price_set past = {s->soap_small, EUR, 1290, 0, c->now - 40 * DAY};
    TRY(price_set(c, &past, NULL));
    TRY(price_set(c, &(struct price_set){s->soap_small, EUR, 990, 1290, c->now - DAY}, NULL));
    TRY(stock_count(c, &(struct stock_count){s->soap_small, 50, true, false, "count", "staff", 1}));
    return sell(c, s->soap_large, 1990, 50);
}

static bool add_others(struct ctx *c, struct seed *s) {
    static const struct variant_draft only[] = {{.sku = S_INIT("B-1")}};
    static const struct variant_draft hidden[] = {{.sku = S_INIT("G-1")}};
    struct product_draft bottle = {.handle = S("flasche"),
                                   .title = DE_EN("Flasche", "Bottle"),
                                   .status = S("active"),
                                   .tax_category = S("standard"),
                                   .variants = only,
                                   .variant_count = 1};
    struct product_draft draft = {.handle = S("geheim"),
                                  .title = DE_EN("Geheim", "Secret"),
                                  .status = S("draft"),
                                  .tax_category = S("standard"),
                                  .variants = hidden,
                                  .variant_count = 1};
    struct product_saved saved;
    TRY(save(c, &bottle, &saved));
    s->bottle = saved.variant_ids[0];
    TRY(sell(c, s->bottle, 2490, 2));
    TRY(save(c, &draft, &saved));
    TRY(sell(c, saved.variant_ids[0], 100, 5));
    struct collection_draft bath = {.handle = S("bad"),
                                    .kind = S("manual"),
                                    .sort = S("manual"),
                                    .title = DE_EN("Bad", "Bathroom"),
                                    .products = &s->soap,
                                    .product_count = 1};
    enum collection_verdict v;
    int64_t id;
    TRY(collection_save(c, &bath, &v, &id));
    assert_int_equal(v, COLLECTION_SAVED);
    return true;
}

static bool add_rest(struct ctx *c) {
    int64_t id, version;
    static const char *const handles[] = {"agb", "widerruf", "versand"};
    for (size_t i = 0; i < ARRAY_LEN(handles); i++) {
        struct page_draft page = {.handle = str_c(handles[i]),
                                  .title = str_c(handles[i]),
                                  .source = S("Text der Seite"),
                                  .lang = LANG_DE};
        TRY(page_save(c, &page, &id, &version));
    }
    struct shipping_method_add_in post = {.name = S("Paket"),
                                          .delivery = S("2–4 Werktage"),
                                          .countries = S("[\"DE\",\"AT\"]"),
                                          .price = 490,
                                          .free_from = 4900,
                                          .has_free_from = true,
                                          .currency = S("EUR"),
                                          .days_min = 2,
                                          .days_max = 4,
                                          .position = 1};
    TRY(shipping_method_add(&c->db, &post, &id));
    TRY(set(c, "shop.name", "Testladen"));
    TRY(set(c, "shop.email", "laden@shop.example"));
    TRY(set(c, "payment.bank.iban", "DE02120300000000202051"));
    return set(c, "payment.bank.holder", "Testladen");
}

static bool fill(struct ctx *c, void *self, bool *keep) {
    struct seed *s = self;
    (void)keep;
    return add_soap(c, s) && add_others(c, s) && add_rest(c);
}

void seed_open(struct seed *s) {
    static const struct app_hooks hooks = {.error_page = shop_error_page};
    *s = (struct seed){0};
    test_shop_open(&s->t, &(struct test_shop_options){
                              .modules = TEST_MODULES(
                                  &media_module, &catalog_module, &price_module, &tax_module,
                                  &stock_module, &customer_module, &cart_module, &order_module,
                                  &payment_module, &shipping_module, &mail_module, &content_module,
                                  &contact_module, &themes_module, &flow_module, &shop_face),
                              .hooks = &hooks,
                          });
    payment_methods_set(&s->t.shop, methods);
    struct ctx *c = test_ctx(&s->t);
    assert_ok(tx_run(c, fill, s), &c->err);
    test_ctx(&s->t);
}

void seed_close(struct seed *s) { test_shop_close(&s->t); }

struct change {
    int64_t variant, n;
    const char *key, *value;
};

static bool change_price(struct ctx *c, void *self, bool *keep) {
    const struct change *ch = self;
    (void)keep;
    return price_set(c, &(struct price_set){.variant_id = ch->variant, .cur = EUR, .amount = ch->n},
                     NULL);
}

static bool change_stock(struct ctx *c, void *self, bool *keep) {
    const struct change *ch = self;
    (void)keep;
    return stock_count(c,
                       &(struct stock_count){ch->variant, ch->n, true, false, "count", "staff", 1});
}

static bool change_setting(struct ctx *c, void *self, bool *keep) {
    const struct change *ch = self;
    (void)keep;
    return set(c, ch->key, ch->value);
}

static void run(struct seed *s, tx_body *body, struct change ch) {
    struct ctx *c = test_ctx(&s->t);
    assert_ok(tx_run(c, body, &ch), &c->err);
}

void seed_price(struct seed *s, int64_t variant, int64_t amount) {
    run(s, change_price, (struct change){.variant = variant, .n = amount});
}
void seed_stock(struct seed *s, int64_t variant, int64_t pieces) {
    run(s, change_stock, (struct change){.variant = variant, .n = pieces});
}
void seed_setting(struct seed *s, const char *key, const char *value) {
    run(s, change_setting, (struct change){.key = key, .value = value});
}

struct str after(struct test_shop *t, struct str text, const char *mark, char end) {
    size_t at = str_find(text, str_c(mark));
    if (at == STR_NONE) return (struct str){0};
    struct str rest = str_from(text, at + strlen(mark));
    size_t n = str_find_char(rest, end);
    return arena_str(&t->arena, n == STR_NONE ? rest : str_sub(rest, 0, n));
}
