// SPDX-License-Identifier: Apache-2.0
// Random commands by three visitors and the merchant, on the shop and on a naive model; after each
// the verdict, the stock, the cart and the order that was touched must agree, now and then
// everything. KONTOR_SEED and KONTOR_STEPS repeat or lengthen a run.
#include <stdlib.h>
#include <time.h>

#include "fixture.h"
#include "mod/price/price.h"
#include "model.h"
#include "stock_sql.h"

struct run {
    struct fixture f;
    struct model m;
    struct rng rng;
    struct arena scratch;
    struct ctx c;
    int64_t *ids; // of the model's orders
    int64_t step, refused;
    const char *doing;
};

static int64_t below(struct run *r, int64_t n) { return (int64_t)rng_below(&r->rng, (uint64_t)n); }
static bool one_in(struct run *r, int64_t n) { return below(r, n) == 0; }

static struct ctx *begin(struct run *r, int64_t session) {
    ctx_end(&r->c);
    arena_reset(&r->scratch);
    ctx_begin(&r->c, &r->f.t.shop, &r->scratch);
    r->c.session_id = session;
    if (!session) r->c.actor.kind = ACTOR_SYSTEM;
    return &r->c;
}

static void agree(struct run *r, const char *what, int64_t shop, int64_t model) {
    if (shop == model) return;
    fail_msg("step %lld, %s: %s is %lld in the shop, %lld in the model", (long long)r->step,
             r->doing, what, (long long)shop, (long long)model);
}

static void agree_text(struct run *r, const char *what, struct str shop, const char *model) {
    if (str_eq(shop, str_c(model))) return;
    fail_msg("step %lld, %s: %s is " STR_FMT " in the shop, %s in the model", (long long)r->step,
             r->doing, what, STR_ARG(shop), model);
}

static void verdict(struct run *r, int64_t shop, int64_t model) {
    agree(r, "the verdict", shop, model);
    r->refused += model != 0;
}

static void agree_stock(struct run *r) {
    for (int i = 0; i < GOODS; i++) {
        struct stock_get level = {0};
        bool found;
        assert_ok(stock_get(&r->c.db, &(struct stock_get_in){r->f.variants[i]}, &level, &found),
                  &r->c.err);
        agree(r, "the stock", found ? level.on_hand : 0, r->m.goods[i].stock);
    }
}

static void agree_cart(struct run *r, int session) {
    struct cart_view cart;
    const struct model_cart *mc = &r->m.carts[session];
    struct ctx *c = begin(r, session + 1);
    assert_ok(cart_load(c, &cart), &c->err);
    agree(r, "the cart's size", (int64_t)cart.n, mc->n);
    agree(r, "the cart's value", cart.goods, model_goods_value(&r->m, session));
    for (int i = 0; i < mc->n; i++) {
        agree(r, "the cart's variant", cart.v[i].variant_id, r->f.variants[mc->lines[i].goods]);
        agree(r, "the cart's quantity", cart.v[i].quantity, mc->lines[i].quantity);
    }
}

static void agree_line(struct run *r, const struct order_lines *l, struct model_line *ml) {
    agree(r, "the line's quantity", l->quantity, ml->quantity);
    agree(r, "the line's total", l->total, ml->total);
    agree(r, "what was shipped", l->shipped, ml->shipped);
    agree(r, "what was credited", l->credited, ml->credited);
    if (-l->credited_total > l->total)
        agree(r, "more than the line was credited", -l->credited_total, l->total);
    ml->credited_total = -l->credited_total;
}

static void agree_order(struct run *r, int i) {
    struct order_full o;
    struct payment_sums p;
    struct model_order *mo = &r->m.orders[i];
    bool found;
    struct ctx *c = begin(r, 0);
    assert_ok(order_load(c, r->ids[i], &o, &found), &c->err);
    assert_ok(payment_sums(c, r->ids[i], &p), &c->err);
    assert_true(found);
    agree(r, "the total", o.head.total, mo->total);
    agree(r, "the freight", o.head.shipping, mo->shipping);
    agree(r, "captured", p.captured, mo->captured);
    agree(r, "refunded", p.refunded, mo->refunded);
    agree(r, "the number of lines", (int64_t)o.lines.n, mo->n);
    int64_t credited = 0;
    for (size_t k = 0; k < o.credits.n; k++) credited -= o.credits.v[k].total;
    agree(r, "credited", credited, mo->credited);
    for (int k = 0; k < mo->n; k++) agree_line(r, &o.lines.v[k], &mo->lines[k]);
    struct model_states s = model_states(mo);
    agree_text(r, "the state", o.head.state, s.state);
    agree_text(r, "the payment state", o.head.payment_state, s.payment);
    agree_text(r, "the fulfilment state", o.head.fulfilment_state, s.fulfilment);
}

static void do_cart(struct run *r) {
    int session = (int)below(r, SESSIONS), goods = (int)below(r, GOODS);
    bool add = !one_in(r, 4);
    int64_t quantity = one_in(r, 50)   ? CART_QUANTITY_MAX + below(r, 3) - 1
                       : one_in(r, 30) ? -1
                                       : below(r, 7);
    enum cart_verdict v;
    struct ctx *c = begin(r, session + 1);
    r->doing = add ? "cart_add" : "cart_set";
    assert_ok(add ? cart_add(c, r->f.variants[goods], quantity, &v)
                  : cart_set(c, r->f.variants[goods], quantity, &v),
              &c->err);
    verdict(r, v, model_add(&r->m, session, goods, quantity, add));
    agree_cart(r, session);
}

static bool submit(struct run *r, int session, struct place_order_in *in,
                   struct place_order_out *out) {
    struct ctx *c = begin(r, session + 1);
    assert_ok(place_order(c, in, out), &c->err);
    return true;
}

static void do_place(struct run *r) {
    int session = (int)below(r, SESSIONS);
    struct cart_view cart;
    char key[64];
    struct place_order_out out, again;
    struct ctx *c = begin(r, session + 1);
    r->doing = "place_order";
    assert_ok(cart_load(c, &cart), &c->err);
    snprintf(key, sizeof key, STR_FMT, STR_ARG(cart.order_key));
    int64_t value = model_goods_value(&r->m, session),
            total = value + model_shipping(value) + (one_in(r, 10) ? 1 : 0);
    struct place_order_in in = {.order_key = str_c(key),
                                .email = S("anna@example.org"),
                                .ship = {.name = S("Anna"),
                                         .street = S("Am Markt 1"),
                                         .postcode = S("20095"),
                                         .city = S("Hamburg"),
                                         .country = S("DE")},
                                .shipping_method_id = r->f.methods[S_PARCEL],
                                .payment_method = one_in(r, 2) ? S("card") : S("bank_transfer"),
                                .total_seen = total};
    if (r->m.order_count == ORDERS_MAX || !submit(r, session, &in, &out)) return;
    int want = model_place(&r->m, session, total);
    verdict(r, out.verdict, want);
    agree_cart(r, session);
    if (want != PLACE_ORDER_OK) return;
    r->ids[r->m.order_count - 1] = out.order_id;
    agree_order(r, r->m.order_count - 1);
    if (!one_in(r, 4) || !submit(r, session, &in, &again)) return;
    agree(r, "the verdict of a double submit", again.verdict, PLACE_ORDER_AGAIN);
    agree(r, "the order of a double submit", again.order_id, out.order_id);
}

// One of the newest orders mostly, so that they live through a lot.
static int pick(struct run *r) {
    int n = r->m.order_count;
    return one_in(r, 5) || n < 10 ? (int)below(r, n) : n - 1 - (int)below(r, 10);
}

// The repeated step is answered STEP_AGAIN and changes nothing.
#define TWICE(r, call)                                                                             \
    do {                                                                                           \
        struct ctx *c_ = begin((r), 0);                                                            \
        assert_ok(call(c_, &in, &v), &c_->err);                                                    \
        agree((r), "the verdict of a repeated step", v, STEP_AGAIN);                               \
    } while (0)

static void do_capture(struct run *r) {
    int i = pick(r);
    struct model_order *o = &r->m.orders[i];
    int64_t open = o->total - o->captured;
    enum step_verdict v;
    char key[64];
    snprintf(key, sizeof key, "capture:%lld", (long long)r->step);
    struct capture_in in = {.order_id = r->ids[i],
                            .source = S("staff:1"),
                            .key = str_c(key),
                            .amount = one_in(r, 20)   ? 0
                                      : one_in(r, 10) ? open + 100
                                      : one_in(r, 3)  ? 1 + below(r, 3000)
                                                      : open};
    struct ctx *c = begin(r, 0);
    r->doing = "capture";
    assert_ok(order_capture(c, &in, &v), &c->err);
    int want = model_capture(o, in.amount);
    verdict(r, v, want);
    if (want == STEP_OK && one_in(r, 5)) TWICE(r, order_capture);
    agree_order(r, i);
}

// Some pieces of the order's lines, for the shop and for the model.
static size_t some(struct run *r, int i, struct step_line *lines, int64_t *quantities) {
    struct order_full o;
    bool found;
    struct ctx *c = begin(r, 0);
    assert_ok(order_load(c, r->ids[i], &o, &found), &c->err);
    for (size_t k = 0; k < o.lines.n; k++) {
        quantities[k] =
            one_in(r, 3) ? 0 : below(r, o.lines.v[k].quantity + 1) + (one_in(r, 20) ? 1 : 0);
        lines[k] = (struct step_line){o.lines.v[k].id, quantities[k]};
    }
    return o.lines.n;
}

static void do_ship(struct run *r) {
    int i = pick(r);
    struct step_line lines[GOODS];
    int64_t quantities[GOODS] = {0};
    enum step_verdict v;
    char key[64];
    snprintf(key, sizeof key, "ship:%lld", (long long)r->step);
    bool rest = one_in(r, 2);
    size_t n = some(r, i, lines, quantities);
    struct ship_in in = {.order_id = r->ids[i],
                         .lines = lines,
                         .n = rest ? 0 : n,
                         .key = str_c(key),
                         .notify = one_in(r, 2)};
    struct ctx *c = begin(r, 0);
    r->doing = "ship";
    assert_ok(order_ship(c, &in, &v), &c->err);
    int want = model_ship(&r->m.orders[i], quantities, rest);
    verdict(r, v, want);
    if (want == STEP_OK && one_in(r, 5)) TWICE(r, order_ship);
    agree_order(r, i);
}

static void do_cancel(struct run *r) {
    int i = pick(r);
    enum step_verdict v;
    char key[64];
    snprintf(key, sizeof key, "cancel:%lld", (long long)r->step);
    struct cancel_in in = {
        .order_id = r->ids[i], .key = str_c(key), .restock = !one_in(r, 3), .notify = one_in(r, 2)};
    struct ctx *c = begin(r, 0);
    r->doing = "cancel";
    assert_ok(order_cancel(c, &in, &v), &c->err);
    int want = model_cancel(&r->m, &r->m.orders[i], in.restock);
    verdict(r, v, want);
    if (want == STEP_OK && one_in(r, 5)) TWICE(r, order_cancel);
    agree_order(r, i);
}

static void do_refund(struct run *r) {
    int i = pick(r);
    struct model_order *o = &r->m.orders[i];
    struct step_line lines[GOODS];
    int64_t quantities[GOODS] = {0}, held = o->captured - o->refunded;
    enum step_verdict v;
    char key[64];
    snprintf(key, sizeof key, "refund:%lld", (long long)r->step);
    size_t n = one_in(r, 3) ? 0 : some(r, i, lines, quantities);
    int64_t amount = one_in(r, 2)    ? 0
                     : one_in(r, 10) ? held + 1
                     : one_in(r, 4)  ? held
                     : held > 0      ? 1 + below(r, held)
                                     : 1;
    struct refund_in in = {.order_id = r->ids[i],
                           .lines = lines,
                           .n = n,
                           .amount = amount,
                           .restock = one_in(r, 2),
                           .notify = one_in(r, 2),
                           .key = str_c(key)};
    struct ctx *c = begin(r, 0);
    r->doing = "refund";
    assert_ok(order_refund(c, &in, &v), &c->err);
    int want = model_refund(&r->m, o, quantities, amount, in.restock);
    verdict(r, v, want);
    if (want == STEP_OK && one_in(r, 5)) TWICE(r, order_refund);
    agree_order(r, i);
}

static bool count(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return stock_count(c, self);
}
static void do_count(struct run *r) {
    int goods = (int)below(r, V_TEA); // tea is never counted
    struct model_goods *g = &r->m.goods[goods];
    struct stock_count s = {.variant_id = r->f.variants[goods],
                            .on_hand = below(r, 40),
                            .tracked = goods != V_PENNY,
                            .backorder = goods == V_TABLE,
                            .reason = "count",
                            .object = "staff"};
    struct ctx *c = begin(r, 0);
    r->doing = "count";
    assert_ok(tx_run(c, count, &s), &c->err);
    g->stock = s.on_hand;
}

static bool reprice(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return price_set(c, self, NULL);
}
static void do_price(struct run *r) {
    int goods = (int)below(r, GOODS);
    struct price_set p = {.variant_id = r->f.variants[goods],
                          .cur = EUR,
                          .amount = 1 + below(r, 4000),
                          .compare_at = one_in(r, 3) ? 5000 : 0};
    struct ctx *c = begin(r, 0);
    r->doing = "price";
    assert_ok(tx_run(c, reprice, &p), &c->err);
    r->m.goods[goods].price = p.amount;
}

static const struct {
    void (*run)(struct run *r);
    int weight;
    bool needs_order;
} commands[] = {
    {do_cart, 40, false}, {do_place, 18, false}, {do_capture, 12, true}, {do_ship, 10, true},
    {do_cancel, 4, true}, {do_refund, 8, true},  {do_count, 6, false},   {do_price, 2, false},
};

static void step(struct run *r) {
    int all = 0;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) all += commands[i].weight;
    int64_t w = below(r, all);
    size_t i = 0;
    while (w >= commands[i].weight) w -= commands[i++].weight;
    if (commands[i].needs_order && r->m.order_count == 0) i = 0;
    r->f.t.world.now += SECOND;
    commands[i].run(r);
    agree_stock(r);
}

static void agree_all(struct run *r) {
    r->doing = "everything";
    for (int i = 0; i < r->m.order_count; i++) agree_order(r, i);
    for (int i = 0; i < SESSIONS; i++) agree_cart(r, i);
    test_check(&r->f.t);
}

static int64_t env_int(const char *name, int64_t otherwise) {
    const char *s = getenv(name);
    return s ? strtoll(s, NULL, 10) : otherwise;
}

static void test_random(void **state) {
    (void)state;
    static const struct model_goods goods[GOODS] = {{1999, 10, true, false},
                                                    {333, 5, true, false},
                                                    {1, 0, true, true},
                                                    {5000, 0, true, true},
                                                    {250, 0, false, true}};
    struct run *r = calloc(1, sizeof *r);
    bool slow = testdb_is_postgres();
#ifdef __SANITIZE_ADDRESS__
    slow = true;
#endif
    int64_t steps = env_int("KONTOR_STEPS", slow ? 2000 : 5000);
    uint64_t seed = (uint64_t)env_int("KONTOR_SEED", (int64_t)time(NULL));
    print_message("# KONTOR_SEED=%llu KONTOR_STEPS=%lld\n", (unsigned long long)seed,
                  (long long)steps);
    fixture_open(&r->f);
    memcpy(r->m.goods, goods, sizeof goods);
    r->m.orders = calloc(ORDERS_MAX, sizeof *r->m.orders);
    r->ids = calloc(ORDERS_MAX, sizeof *r->ids);
    r->rng = rng_new(seed);
    ctx_begin(&r->c, &r->f.t.shop, &r->scratch);
    time_t began = time(NULL);
    for (r->step = 1; r->step <= steps; r->step++) {
        step(r);
        if (r->step % (steps / 5 + 1) == 0) test_check(&r->f.t);
    }
    agree_all(r);
    print_message("# %d orders, %lld refusals, %lld s\n", r->m.order_count, (long long)r->refused,
                  (long long)(time(NULL) - began));
    ctx_end(&r->c);
    arena_done(&r->scratch);
    free(r->ids);
    free(r->m.orders);
    fixture_close(&r->f);
    free(r);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
int main(void) { return TEST_GROUP(tests); }
