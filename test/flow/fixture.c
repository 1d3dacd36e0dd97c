// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"

#include "core/settings.h"
#include "flow/flow.h"
#include "mod/catalog/catalog.h"
#include "mod/contact/newsletter.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/tax/tax.h"
#include "shipping_sql.h"
#include "stock_sql.h"

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

const int64_t fixture_price[V_COUNT] = {1999, 333, 1, 5000, 250};
static const struct {
    const char *handle, *tax;
    int64_t on_hand;
    bool level, tracked, backorder;
} goods[V_COUNT] = {
    {"lamp", "standard", 10, true, true, false},  {"book", "reduced", 5, true, true, false},
    {"penny", "standard", 0, true, false, false}, {"table", "standard", 0, true, true, true},
    {"tea", "reduced", 0, false, false, false},
};
static const struct {
    const char *name, *countries;
    int64_t price, free_from;
} ways[S_COUNT] = {{"Paket", "[\"DE\",\"AT\"]", 490, 5000},
                   {"Express", "[\"DE\"]", 990, 0},
                   {"Abholung", "[\"DE\"]", 0, 0}};

// A provider that pays back at once.
static bool yes(struct ctx *c) { return c != NULL; }
static bool pay_back(struct ctx *c, int64_t id) { return c && id > 0; }
static const struct payment_method bank = {.key = "bank_transfer", .offered = yes};
static const struct payment_method card = {
    .key = "card", .redirects = true, .offered = yes, .refund = pay_back};
static const struct payment_method *const ways_to_pay[] = {&bank, &card, NULL};

static const struct module *const modules[] = {
    &media_module,    &catalog_module, &price_module,   &tax_module,     &stock_module,
    &customer_module, &cart_module,    &order_module,   &payment_module, &shipping_module,
    &mail_module,     &content_module, &contact_module, &flow_module,
};
const struct module_table fixture_modules = {modules, LEN(modules)};

static bool stock_up(struct ctx *c, struct fixture *f, int i) {
    struct i18n_text title = {{str_c(goods[i].handle), str_c(goods[i].handle)}};
    const struct variant_draft v = {.sku = str_c(goods[i].handle)};
    struct product_saved saved;
    TRY(product_save(c,
                     &(struct product_draft){.handle = str_c(goods[i].handle),
                                             .title = title,
                                             .status = S("active"),
                                             .tax_category = str_c(goods[i].tax),
                                             .variants = &v,
                                             .variant_count = 1},
                     &saved));
    ensure(saved.verdict == PRODUCT_SAVED);
    f->products[i] = saved.id;
    f->variants[i] = saved.variant_ids[0];
    TRY(price_set(
        c,
        &(struct price_set){.variant_id = f->variants[i], .cur = EUR, .amount = fixture_price[i]},
        NULL));
    if (!goods[i].level) return true;
    return stock_count(c, &(struct stock_count){.variant_id = f->variants[i],
                                                .on_hand = goods[i].on_hand,
                                                .tracked = goods[i].tracked,
                                                .backorder = goods[i].backorder,
                                                .reason = "count",
                                                .object = "staff"});
}

static bool fill(struct ctx *c, void *self, bool *keep) {
    struct fixture *f = self;
    enum setting_verdict v;
    (void)keep;
    TRY(setting_set(c, "shop.email", S("shop@example.org"), &v));
    for (int i = 0; i < V_COUNT; i++) TRY(stock_up(c, f, i));
    for (int i = 0; i < S_COUNT; i++)
        TRY(shipping_method_add(
            &c->db,
            &(struct shipping_method_add_in){.name = str_c(ways[i].name),
                                             .delivery = S("2-4 Werktage"),
                                             .countries = str_c(ways[i].countries),
                                             .price = ways[i].price,
                                             .free_from = ways[i].free_from,
                                             .has_free_from = ways[i].free_from != 0,
                                             .currency = S("EUR"),
                                             .days_min = 2,
                                             .days_max = 4,
                                             .position = i},
            &f->methods[i]));
    return true;
}

bool fixture_ways_to_pay(struct shop *shop) {
    payment_methods_set(shop, ways_to_pay);
    return true;
}

void fixture_open(struct fixture *f) { fixture_open_with(f, fixture_modules); }

void fixture_open_with(struct fixture *f, struct module_table with) {
    *f = (struct fixture){0};
    test_shop_open(&f->t, &(struct test_shop_options){.modules = with});
    fixture_ways_to_pay(&f->t.shop);
    struct ctx *c = test_ctx(&f->t);
    assert_ok(tx_run(c, fill, f), &c->err);
    test_wait(&f->t, MINUTE);
}

void fixture_close(struct fixture *f) { test_shop_close(&f->t); }

struct ctx *fixture_ctx(struct fixture *f, int64_t session) {
    struct ctx *c = test_ctx(&f->t);
    c->session_id = session;
    c->actor.kind = ACTOR_VISITOR;
    return c;
}

struct str fixture_key(struct fixture *f) {
    return arena_fmt(&f->t.arena, "key-%lld", (long long)++f->keys);
}

void fixture_put(struct fixture *f, int64_t session, struct want w) {
    enum cart_verdict v;
    struct ctx *c = fixture_ctx(f, session);
    assert_ok(cart_add(c, f->variants[w.v], w.quantity, &v), &c->err);
    assert_int_equal(v, CART_OK);
}

struct place_order_in fixture_checkout(struct fixture *f, int64_t session, int method) {
    struct cart_view cart;
    struct checkout_quote q;
    struct ctx *c = fixture_ctx(f, session);
    assert_ok(cart_load(c, &cart), &c->err);
    assert_ok(checkout_quote(c, &cart, f->methods[method], S("DE"), &q), &c->err);
    return (struct place_order_in){.order_key = cart.order_key,
                                   .email = S("anna@example.org"),
                                   .ship = {.name = S("Anna Schmidt"),
                                            .street = S("Am Markt 1"),
                                            .postcode = S("20095"),
                                            .city = S("Hamburg"),
                                            .country = S("DE")},
                                   .shipping_method_id = f->methods[method],
                                   .payment_method = S("bank_transfer"),
                                   .total_seen = q.total};
}

int64_t fixture_buy(struct fixture *f, int64_t session, const struct want *w, size_t n) {
    for (size_t i = 0; i < n; i++) fixture_put(f, session, w[i]);
    struct place_order_in in = fixture_checkout(f, session, S_PARCEL);
    struct place_order_out out;
    struct ctx *c = fixture_ctx(f, session);
    assert_ok(place_order(c, &in, &out), &c->err);
    assert_int_equal(out.verdict, PLACE_ORDER_OK);
    return out.order_id;
}

int64_t fixture_stock(struct fixture *f, int v) {
    struct stock_get level = {0};
    bool found;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(stock_get(&c->db, &(struct stock_get_in){f->variants[v]}, &level, &found), &c->err);
    return found ? level.on_hand : 0;
}

static bool count(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return stock_count(c, self);
}
void fixture_count_stock(struct fixture *f, int v, int64_t on_hand) {
    struct ctx *c = test_ctx(&f->t);
    struct stock_count s = {.variant_id = f->variants[v],
                            .on_hand = on_hand,
                            .tracked = goods[v].tracked,
                            .backorder = goods[v].backorder,
                            .reason = "count",
                            .object = "staff"};
    assert_ok(tx_run(c, count, &s), &c->err);
}

struct order_full fixture_order(struct fixture *f, int64_t id) {
    struct order_full o;
    bool found;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(order_load(c, id, &o, &found), &c->err);
    assert_true(found);
    return o;
}

struct payment_sums fixture_sums(struct fixture *f, int64_t id) {
    struct payment_sums s;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(payment_sums(c, id, &s), &c->err);
    return s;
}

void fixture_states(struct fixture *f, int64_t id, const char *state, const char *payment,
                    const char *fulfilment) {
    struct order_full o = fixture_order(f, id);
    assert_str(o.head.state, state);
    assert_str(o.head.payment_state, payment);
    assert_str(o.head.fulfilment_state, fulfilment);
}

enum step_verdict fixture_capture(struct fixture *f, int64_t order_id, int64_t amount,
                                  const char *key) {
    enum step_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(order_capture(c,
                            &(struct capture_in){.order_id = order_id,
                                                 .amount = amount,
                                                 .source = S("staff:1"),
                                                 .key = str_c(key)},
                            &v),
              &c->err);
    return v;
}
enum step_verdict fixture_ship(struct fixture *f, const struct ship_in *in) {
    enum step_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(order_ship(c, in, &v), &c->err);
    return v;
}
enum step_verdict fixture_cancel(struct fixture *f, const struct cancel_in *in) {
    enum step_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(order_cancel(c, in, &v), &c->err);
    return v;
}
enum step_verdict fixture_refund(struct fixture *f, const struct refund_in *in) {
    enum step_verdict v;
    struct ctx *c = test_ctx(&f->t);
    assert_ok(order_refund(c, in, &v), &c->err);
    return v;
}

static struct str after(struct str s, struct str mark) {
    size_t at = str_find(s, mark);
    assert_true(at != STR_NONE);
    return str_from(s, at + mark.n);
}
struct str fixture_mailed_code(struct fixture *f, const char *email) {
    test_jobs(&f->t);
    const struct fake_mail *m = world_fake_last_mail(&f->t.world, str_c(email));
    assert_non_null(m);
    struct str s =
        after(after(m->bytes, S("\r\n\r\n")), S("\r\n\r\n")); // the text part, without its head
    for (size_t i = 0, digits = 0; i < s.n; i++) {
        digits = s.p[i] >= '0' && s.p[i] <= '9' ? digits + 1 : 0;
        bool ends = i + 1 == s.n || s.p[i + 1] < '0' || s.p[i + 1] > '9';
        if (digits == 6 && ends) return arena_str(&f->t.arena, str_sub(s, i - 5, 6));
    }
    fail_msg("no code in the mail: " STR_FMT, STR_ARG(s));
    return S("");
}
