// SPDX-License-Identifier: Apache-2.0
// Many buyers at once, over two processes' worth of shops on one database: exactly what is there is
// sold.
#include <pthread.h>

#include "fixture.h"

enum { THREADS = 8, TRIES = 8, PIECES = 30 };

struct buyer {
    struct shop *shop;
    struct fixture *f;
    int64_t session;
    int ordered, gone, failed;
    struct err why;
};

static bool try_once(struct buyer *b, struct arena *a) {
    struct ctx c;
    struct cart_view cart;
    struct checkout_quote q;
    struct place_order_out out;
    enum cart_verdict v;
    ctx_begin(&c, b->shop, a);
    c.session_id = b->session;
    bool ok = cart_add(&c, b->f->variants[V_LAMP], 1, &v);
    if (ok && v == CART_OUT_OF_STOCK) b->gone++;
    bool in_cart = ok && (v == CART_OK || v == CART_CLIPPED);
    if (in_cart)
        ok = cart_load(&c, &cart) &&
             checkout_quote(&c, &cart, b->f->methods[S_PARCEL], S("DE"), &q) &&
             place_order(&c,
                         &(struct place_order_in){.order_key = cart.order_key,
                                                  .email = S("b@example.org"),
                                                  .ship = {.name = S("B"),
                                                           .street = S("W 1"),
                                                           .postcode = S("10115"),
                                                           .city = S("Berlin"),
                                                           .country = S("DE")},
                                                  .shipping_method_id = b->f->methods[S_PARCEL],
                                                  .payment_method = S("bank_transfer"),
                                                  .total_seen = q.total},
                         &out);
    if (in_cart && ok && out.verdict == PLACE_ORDER_OK)
        b->ordered++;
    else if (in_cart && ok && out.verdict == PLACE_ORDER_STOCK)
        b->gone++;
    else if (in_cart && ok)
        ok = err_set(&c.err, ERR_INVALID, "verdict %d", (int)out.verdict);
    if (!ok) {
        b->failed++;
        b->why = c.err;
    }
    ctx_end(&c);
    return ok;
}

static void *run(void *self) {
    struct buyer *b = self;
    struct arena a = {0};
    for (int i = 0; i < TRIES; i++) {
        try_once(b, &a);
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

// Two test shops share the database: writers of different processes meet in it.
static void sell(struct fixture *f, struct shop *second, int64_t pieces, int want) {
    struct buyer buyers[THREADS] = {0};
    pthread_t threads[THREADS];
    fixture_count_stock(f, V_LAMP, pieces);
    for (int i = 0; i < THREADS; i++) {
        buyers[i] = (struct buyer){
            .shop = i % 2 ? second : &f->t.shop, .f = f, .session = 100 * pieces + i};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &buyers[i]), 0);
    }
    int ordered = 0, gone = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        if (buyers[i].failed)
            print_error("%d failed: %s %s\n", buyers[i].failed, buyers[i].why.message,
                        buyers[i].why.detail);
        assert_int_equal(buyers[i].failed, 0);
        ordered += buyers[i].ordered;
        gone += buyers[i].gone;
    }
    assert_int_equal(ordered, want);
    assert_int_equal(ordered + gone, THREADS * TRIES);
    assert_int_equal(fixture_stock(f, V_LAMP), pieces - want);
    test_check(&f->t);
}

static void test_sold_exactly(void **state) {
    (void)state;
    struct fixture f;
    struct test_shop second;
    fixture_open(&f);
    test_shop_open(&second,
                   &(struct test_shop_options){.modules = fixture_modules, .db_url = f.t.db_url});
    fixture_ways_to_pay(&second.shop);
    sell(&f, &second.shop, PIECES, PIECES);
    sell(&f, &second.shop, 1, 1); // the last piece: one order, everyone else is refused
    test_shop_close(&second);
    fixture_close(&f);
}

// The same submit twice at the same moment, from two processes: one order, both are told its
// number.
struct double_click {
    struct shop *shop;
    struct place_order_in in;
    int64_t session;
    struct place_order_out out;
    char number[64];
    bool ok;
};
static void *click(void *self) {
    struct double_click *d = self;
    struct arena a = {0};
    struct ctx c;
    ctx_begin(&c, d->shop, &a);
    c.session_id = d->session;
    d->ok = place_order(&c, &d->in, &d->out);
    if (d->ok) snprintf(d->number, sizeof d->number, STR_FMT, STR_ARG(d->out.number));
    ctx_end(&c);
    arena_done(&a);
    return NULL;
}

static void test_double_submit(void **state) {
    (void)state;
    struct fixture f;
    struct test_shop second;
    fixture_open(&f);
    test_shop_open(&second,
                   &(struct test_shop_options){.modules = fixture_modules, .db_url = f.t.db_url});
    fixture_ways_to_pay(&second.shop);
    for (int64_t round = 0; round < 10; round++) {
        fixture_put(&f, 7, (struct want){V_LAMP, 1});
        struct place_order_in in = fixture_checkout(&f, 7, S_PARCEL);
        struct double_click d[4];
        pthread_t threads[4];
        for (size_t i = 0; i < 4; i++) {
            d[i] = (struct double_click){
                .shop = i % 2 ? &second.shop : &f.t.shop, .in = in, .session = 7};
            assert_int_equal(pthread_create(&threads[i], NULL, click, &d[i]), 0);
        }
        int made = 0;
        for (size_t i = 0; i < 4; i++) {
            pthread_join(threads[i], NULL);
            assert_true(d[i].ok);
            assert_string_equal(d[i].number, d[0].number);
            made += d[i].out.verdict == PLACE_ORDER_OK;
        }
        assert_int_equal(made, 1);
        assert_int_equal(fixture_stock(&f, V_LAMP), 9 - round);
    }
    test_shop_close(&second);
    fixture_close(&f);
}

// Two members of staff pay back the whole order at the same moment, each with a form of her own: it
// is paid back once.
struct refunding {
    struct shop *shop;
    int64_t order_id, amount;
    const char *key;
    enum step_verdict v;
    bool ok;
};
static void *pay_back(void *self) {
    struct refunding *r = self;
    struct arena a = {0};
    struct ctx c;
    ctx_begin(&c, r->shop, &a);
    c.actor.kind = ACTOR_SYSTEM;
    r->ok = order_refund(
        &c, &(struct refund_in){.order_id = r->order_id, .amount = r->amount, .key = str_c(r->key)},
        &r->v);
    ctx_end(&c);
    arena_done(&a);
    return NULL;
}

static void test_two_refunds(void **state) {
    (void)state;
    struct fixture f;
    struct test_shop second;
    fixture_open(&f);
    test_shop_open(&second,
                   &(struct test_shop_options){.modules = fixture_modules, .db_url = f.t.db_url});
    fixture_ways_to_pay(&second.shop);
    for (int round = 0; round < 5; round++) {
        int64_t id = BUY(&f, 1, {V_LAMP, 1});
        int64_t total = fixture_order(&f, id).head.total;
        assert_int_equal(fixture_capture(&f, id, total, fixture_key(&f).p), STEP_OK);
        struct refunding r[2] = {
            {&f.t.shop, id, total, fixture_key(&f).p, STEP_NOT_FOUND, false},
            {&second.shop, id, total, fixture_key(&f).p, STEP_NOT_FOUND, false}};
        pthread_t threads[2];
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, pay_back, &r[i]), 0);
        for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
        assert_true(r[0].ok && r[1].ok);
        assert_int_equal((r[0].v == STEP_OK) + (r[1].v == STEP_OK), 1);
        assert_int_equal((r[0].v == STEP_AMOUNT) + (r[1].v == STEP_AMOUNT), 1);
        assert_int_equal(fixture_sums(&f, id).refunded, total);
    }
    test_shop_close(&second);
    fixture_close(&f);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_sold_exactly),
                                          cmocka_unit_test(test_double_submit),
                                          cmocka_unit_test(test_two_refunds)};
int main(void) { return TEST_GROUP(tests); }
