// SPDX-License-Identifier: Apache-2.0
#include "core/testing.h"
#include "mod/cart/cart.h"
#include "mod/catalog/catalog.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "mod/stock/stock.h"

#define MODULES                                                                                    \
    TEST_MODULES(&media_module, &catalog_module, &price_module, &stock_module, &cart_module)
enum { MANY = CART_LINES_MAX + 1 };

struct goods {
    int64_t cup, secret, unpriced; // for sale with 5 pieces; a draft; without a price
    int64_t many[MANY];            // not counted
};

static bool save(struct ctx *c, int number, const char *status, int64_t amount,
                 int64_t *variant_out) {
    struct product_saved saved;
    struct str name = arena_fmt(c->arena, "p%d", number);
    const struct variant_draft v = {.sku = name};
    TRY(product_save(c,
                     &(struct product_draft){.handle = name,
                                             .title = {{name, name}},
                                             .status = str_c(status),
                                             .tax_category = S("standard"),
                                             .variants = &v,
                                             .variant_count = 1},
                     &saved));
    *variant_out = saved.variant_ids[0];
    return !amount ||
           price_set(c,
                     &(struct price_set){.variant_id = *variant_out, .cur = EUR, .amount = amount},
                     NULL);
}
static bool fill(struct ctx *c, void *self, bool *keep) {
    struct goods *g = self;
    (void)keep;
    TRY(save(c, 1000, "active", 700, &g->cup));
    TRY(save(c, 1001, "draft", 700, &g->secret));
    TRY(save(c, 1002, "active", 0, &g->unpriced));
    for (int i = 0; i < MANY; i++) TRY(save(c, i, "active", 100, &g->many[i]));
    return stock_count(c, &(struct stock_count){.variant_id = g->cup,
                                                .on_hand = 5,
                                                .tracked = true,
                                                .reason = "count",
                                                .object = "staff"});
}

static struct ctx *visitor(struct test_shop *t, int64_t session) {
    struct ctx *c = test_ctx(t);
    c->session_id = session;
    return c;
}
static enum cart_verdict add(struct test_shop *t, int64_t variant, int64_t quantity) {
    enum cart_verdict v;
    struct ctx *c = visitor(t, 1);
    assert_ok(cart_add(c, variant, quantity, &v), &c->err);
    return v;
}
static enum cart_verdict set(struct test_shop *t, int64_t variant, int64_t quantity) {
    enum cart_verdict v;
    struct ctx *c = visitor(t, 1);
    assert_ok(cart_set(c, variant, quantity, &v), &c->err);
    return v;
}
static struct cart_view load(struct test_shop *t, int64_t session) {
    struct cart_view v;
    struct ctx *c = visitor(t, session);
    assert_ok(cart_load(c, &v), &c->err);
    return v;
}

static bool clear(struct ctx *c, void *self, bool *keep) {
    const int64_t *id = self;
    (void)keep;
    return cart_clear(c, *id);
}

static void test_verdicts(void **state) {
    (void)state;
    struct test_shop t;
    struct goods g;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    test_queries(&t);
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, &g), &c->err);
    assert_int_equal(load(&t, 0).n, 0);
    assert_int_equal(load(&t, 1).n, 0);
    assert_int_equal(add(&t, g.cup, 0), CART_BAD_QUANTITY);
    assert_int_equal(add(&t, g.cup, -1), CART_BAD_QUANTITY);
    assert_int_equal(add(&t, g.cup, CART_QUANTITY_MAX + 1), CART_BAD_QUANTITY);
    assert_int_equal(add(&t, 999999, 1), CART_NO_VARIANT);
    assert_int_equal(add(&t, g.secret, 1), CART_NO_VARIANT);
    assert_int_equal(add(&t, g.unpriced, 1), CART_NO_VARIANT);
    assert_int_equal(load(&t, 1).n, 0);
    assert_int_equal(add(&t, g.cup, 3), CART_OK);
    assert_int_equal(add(&t, g.cup, 3), CART_CLIPPED); // all five
    struct cart_view v = load(&t, 1);
    assert_int_equal(v.n, 1);
    assert_int_equal(v.v[0].quantity, 5);
    assert_int_equal(v.goods, 3500);
    assert_true(v.buyable);
    assert_int_equal(load(&t, 2).n, 0); // another visitor's
    assert_int_equal(set(&t, g.cup, 2), CART_OK);
    assert_int_equal(load(&t, 1).goods, 1400);
    assert_int_equal(set(&t, g.many[0], CART_QUANTITY_MAX), CART_OK);
    assert_int_equal(add(&t, g.many[0], 1), CART_CLIPPED);
    assert_int_equal(set(&t, g.cup, 0), CART_OK);
    assert_int_equal(set(&t, g.many[0], 0), CART_OK);
    assert_int_equal(load(&t, 1).n, 0);
    assert_false(load(&t, 1).buyable);
    test_shop_close(&t);
}

static bool sell_out(struct ctx *c, void *self, bool *keep) {
    const struct goods *g = self;
    (void)keep;
    return stock_count(
        c, &(struct stock_count){
               .variant_id = g->cup, .tracked = true, .reason = "count", .object = "staff"});
}
static bool empty(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return cart_clear(c, *(int64_t *)self);
}

static void test_sold_out_and_full(void **state) {
    (void)state;
    struct test_shop t;
    struct goods g;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, &g), &c->err);
    assert_int_equal(add(&t, g.cup, 1), CART_OK);
    c = test_ctx(&t);
    assert_ok(tx_run(c, sell_out, &g), &c->err);
    assert_int_equal(add(&t, g.cup, 1), CART_OUT_OF_STOCK);
    struct cart_view v = load(&t, 1);
    assert_int_equal(v.n, 1); // unchanged, but it cannot be bought like this
    assert_false(v.buyable);
    for (int i = 0; i < CART_LINES_MAX - 1; i++) assert_int_equal(add(&t, g.many[i], 1), CART_OK);
    assert_int_equal(add(&t, g.many[MANY - 1], 1), CART_FULL);
    assert_int_equal(add(&t, g.many[0], 1), CART_OK); // more of what is there is no line more
    v = load(&t, 1);
    assert_int_equal(v.n, CART_LINES_MAX);
    struct str key = arena_str(&t.arena, v.order_key);
    c = test_ctx(&t);
    assert_ok(tx_run(c, empty, &v.cart_id), &c->err);
    v = load(&t, 1);
    assert_int_equal(v.n, 0);
    assert_false(str_eq(v.order_key, key)); // the next order is another
    test_shop_close(&t);
}

static void test_sign_in_keeps_it(void **state) {
    (void)state;
    struct test_shop t;
    struct goods g;
    int64_t pieces = 0;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, &g), &c->err);
    assert_int_equal(add(&t, g.cup, 2), CART_OK);
    c = visitor(&t, 7); // the session after the sign-in
    assert_ok(cart_follow(c, 1), &c->err);
    assert_ok(cart_follow(c, 1), &c->err); // again: nothing is there any more
    assert_ok(cart_pieces(c, &pieces), &c->err);
    assert_int_equal(pieces, 2);
    assert_int_equal(load(&t, 1).n, 0);
    assert_int_equal(load(&t, 7).goods, 1400);
    test_shop_close(&t);
}

static enum cart_verdict add_told(struct test_shop *t, int64_t variant, const char *properties) {
    enum cart_verdict v;
    struct ctx *c = visitor(t, 1);
    assert_ok(cart_add_told(c, variant, 1, str_c(properties), &v), &c->err);
    return v;
}

// Wishes make lines; lines of the same goods share what there is.
static void test_wishes(void **state) {
    (void)state;
    struct test_shop t;
    struct goods g;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, &g), &c->err);
    assert_int_equal(add_told(&t, g.cup, "{\"a\":\"1\",\"b\":\"2\"}"), CART_OK);
    assert_int_equal(add_told(&t, g.cup, "{ \"a\" : \"1\", \"b\":\"2\", \"c\":\"\" }"), CART_OK);
    assert_int_equal(add_told(&t, g.cup, "{\"_x\":\"1\"}"), CART_OK);
    struct cart_view v = load(&t, 1);
    assert_int_equal(v.n, 2);
    assert_int_equal(v.v[0].quantity, 2);
    c = visitor(&t, 1);
    assert_str(cart_item_words(c, &v.v[0]), "a: 1 · b: 2");
    assert_str(cart_item_words(c, &v.v[1]), "");
    assert_int_equal(set(&t, g.cup, 5), CART_CLIPPED); // the first line; one is in the other
    v = load(&t, 1);
    assert_int_equal(v.v[0].quantity, 4);
    assert_true(v.buyable);
    enum cart_verdict verdict;
    c = visitor(&t, 1);
    assert_ok(cart_set_line(c, v.v[1].line_id, 2, &verdict), &c->err);
    assert_int_equal(verdict, CART_CLIPPED);
    c = visitor(&t, 2); // another's line
    assert_ok(cart_set_line(c, v.v[1].line_id, 0, &verdict), &c->err);
    assert_int_equal(verdict, CART_NO_VARIANT);
    assert_int_equal(load(&t, 1).n, 2);
    static const char *const bad[] = {"[]", "7", "\"x\"", "{", "{\"a\":1,}"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        c = visitor(&t, 1);
        assert_false(cart_add_told(c, g.cup, 1, str_c(bad[i]), &verdict));
        assert_int_equal(c->err.code, ERR_INVALID);
    }
    test_shop_close(&t);
}

// What is said is kept with the cart and goes with it.
static void test_words(void **state) {
    (void)state;
    struct test_shop t;
    struct goods g;
    test_shop_open(&t, &(struct test_shop_options){.modules = MODULES});
    struct ctx *c = test_ctx(&t);
    assert_ok(tx_run(c, fill, &g), &c->err);
    c = visitor(&t, 1);
    assert_ok(cart_say(c, S("Hallo"), S("{\"x\":\"1\",\"y\":\"2\",\"z\":7}")), &c->err);
    assert_str(load(&t, 1).note, "Hallo");
    assert_str(load(&t, 1).attributes, "{\"x\":\"1\",\"y\":\"2\"}");
    c = visitor(&t, 1);
    assert_ok(cart_say(c, (struct str){0}, S("{\"x\":\"\",\"w\":\"3\"}")), &c->err);
    assert_str(load(&t, 1).note, "Hallo");
    assert_str(load(&t, 1).attributes, "{\"y\":\"2\",\"w\":\"3\"}");
    struct buf b = buf_new(&t.arena, 0);
    buf_put(&b, S("{\"n\":\"1\""));
    for (int i = 0; i < 200; i++) buf_fmt(&b, ",\"k%d\":\"v\"", i);
    buf_char(&b, ',');
    buf_char(&b, '"');
    for (int i = 0; i < CART_WORD_MAX + 1; i++) buf_put(&b, S("ä"));
    buf_put(&b, S("\":\"zu lang\"}"));
    c = visitor(&t, 1);
    assert_ok(cart_say(c, (struct str){0}, buf_str(&b)), &c->err);
    struct json told;
    assert_true(json_parse(&t.arena, load(&t, 1).attributes, &told, &c->err));
    assert_int_equal(told.n, CART_WORDS_MAX);
    int64_t id = load(&t, 1).cart_id;
    c = visitor(&t, 1);
    assert_ok(tx_run(c, clear, &id), &c->err);
    assert_str(load(&t, 1).note, "");
    assert_str(load(&t, 1).attributes, "{}");
    test_shop_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_verdicts),
    cmocka_unit_test(test_sold_out_and_full),
    cmocka_unit_test(test_sign_in_keeps_it),
    cmocka_unit_test(test_wishes),
    cmocka_unit_test(test_words),
};
int main(void) { return TEST_GROUP(tests); }
