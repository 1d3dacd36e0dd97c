// SPDX-License-Identifier: Apache-2.0
#include "till.h"

#include "api/hooks/hooks.h"
#include "core/settings.h"
#include "flow/flow.h"
#include "mod/catalog/catalog.h"
#include "mod/contact/newsletter.h"
#include "mod/content/content.h"
#include "mod/customer/customer.h"
#include "mod/mail/mail.h"
#include "mod/media/media.h"
#include "mod/order/link.h"
#include "mod/payment/bank.h"
#include "mod/price/price.h"
#include "mod/shipping/shipping.h"
#include "mod/tax/tax.h"
#include "port/pay_stripe.h"

static const struct module *const modules[] = {
    &media_module,   &catalog_module,  &price_module, &tax_module,
    &stock_module,   &customer_module, &cart_module,  &order_module,
    &payment_module, &shipping_module, &mail_module,  &content_module,
    &contact_module, &stripe_port,     &flow_module,  &hooks_module,
};
static const struct payment_method *const ways[] = {&payment_bank_transfer, &payment_stripe, NULL};

int till_start(void **state) {
    struct peer *p = malloc(sizeof *p);
    ensure(p != NULL);
    peer_start(p, "stripe");
    *state = p;
    return 0;
}

int till_stop(void **state) {
    peer_stop(*state);
    free(*state);
    return 0;
}

static bool set_up(struct ctx *c, void *self, bool *keep) {
    enum setting_verdict v;
    const char *const values[][2] = {{"payment.stripe.secret", "sk_test_contract"},
                                     {"payment.stripe.webhook_secret", "whsec_old, " SECRET},
                                     {"payment.stripe.base_url", self},
                                     {"shop.email", "shop@example.org"}};
    (void)keep;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        TRY(setting_set(c, values[i][0], str_c(values[i][1]), &v));
        ensure(v == SETTING_OK);
    }
    return true;
}

struct json tell(struct till *t, const char *what, const char *fmt, ...) {
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return peer_tell(t->peer, &t->f.t.arena, what, str_c(text));
}

static void set_clock(struct till *t) {
    tell(t, "clock", "{\"now\":%lld}", (long long)(t->f.t.world.now / SECOND));
}

void wait_for(struct till *t, instant by) {
    test_wait(&t->f.t, by);
    set_clock(t);
}

static int64_t place(struct till *t, int64_t session) {
    struct place_order_out out;
    fixture_put(&t->f, session, (struct want){V_LAMP, 1});
    struct place_order_in in = fixture_checkout(&t->f, session, S_PARCEL);
    struct ctx *c = fixture_ctx(&t->f, session);
    in.payment_method = S("stripe");
    assert_ok(place_order(c, &in, &out), &c->err);
    assert_int_equal(out.verdict, PLACE_ORDER_OK);
    assert_true(str_ends(out.redirect_url, S("/pay")));
    return out.order_id;
}

void open_till(struct till *t, void **state) {
    *t = (struct till){.peer = *state};
    if (t->peer->skip[0]) skip_because(t->peer->skip);
    fixture_open_with(&t->f, (struct module_table){modules, ARRAY_LEN(modules)});
    payment_methods_set(&t->f.t.shop, ways);
    t->f.t.world.answer = peer_http;
    struct ctx *c = test_ctx(&t->f.t);
    struct str url = arena_fmt(c->arena, "http://127.0.0.1:%d", t->peer->port);
    assert_ok(tx_run(c, set_up, (void *)(intptr_t)url.p), &c->err);
    tell(t, "reset", "{}");
    set_clock(t);
    test_jobs(&t->f.t); // periodic work is on its way
    t->order = place(t, 1);
    t->path = order_link_path(test_ctx(&t->f.t), t->order);
}

void next_order(struct till *t) {
    fixture_count_stock(&t->f, V_LAMP, 10);
    t->order = place(t, 100 + t->order);
    t->path = order_link_path(test_ctx(&t->f.t), t->order);
}

// At the end Stripe has had no reason to complain, and the shop is in order.
void close_till(struct till *t) {
    struct json s = tell(t, "state", "{}");
    const struct json *problems = json_path(&s, "problems");
    for (size_t i = 0; i < problems->n; i++)
        print_error(STR_FMT "\n", STR_ARG(problems->items[i].text));
    assert_int_equal(problems->n, 0);
    fixture_close(&t->f);
}

struct test_response get(struct till *t, const char *rest) {
    return test_get(&t->f.t, arena_fmt(&t->f.t.arena, STR_FMT "%s", STR_ARG(t->path), rest).p);
}

struct str page_ref(struct str url) { // ".../cs_test_000001"
    size_t at = str_find(url, S("cs_"));
    assert_true(at != STR_NONE);
    return str_from(url, at);
}

struct str go_pay(struct till *t) {
    struct test_response r = get(t, "/pay");
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, S("https://checkout.stripe.com/")));
    return t->page = page_ref(r.location);
}

void pays(struct till *t, struct str ref) {
    tell(t, "pay", "{\"session\":\"" STR_FMT "\"}", STR_ARG(ref));
}

void comes_back(struct till *t, struct str ref) {
    struct test_response r =
        get(t, arena_fmt(&t->f.t.arena, "/return?session_id=" STR_FMT, STR_ARG(ref)).p);
    assert_int_equal(r.status, 303);
    assert_strs(r.location, t->path);
}

int deliver(struct till *t, struct str body, struct str header) {
    struct arena *a = &t->f.t.arena;
    const char *const headers[] = {"Stripe-Signature", arena_cstr(a, header), NULL};
    return test_send(&t->f.t, &(struct test_request){.method = HTTP_POST,
                                                     .path = "/hooks/stripe",
                                                     .form = arena_cstr(a, body),
                                                     .type = "application/json",
                                                     .headers = headers,
                                                     .foreign = true})
        .status;
}

struct json signed_hook(struct till *t, const struct hook *h) {
    instant at = t->f.t.world.now - h->age;
    return tell(t, "event", "{\"id\":\"%s\",\"type\":\"%s\",\"secret\":\"%s\",\"at\":%lld,%s}",
                h->id, h->type, h->secret ? h->secret : SECRET, (long long)(at / SECOND),
                h->fields);
}

int send_hook(struct till *t, const struct hook *h) {
    struct json e = signed_hook(t, h);
    int status = deliver(t, json_text(&e, "body"), json_text(&e, "header"));
    test_jobs(&t->f.t);
    return status;
}

const char *about(struct till *t, struct str ref) {
    return arena_fmt(&t->f.t.arena, "\"session\":\"" STR_FMT "\"", STR_ARG(ref)).p;
}

int hook_completed(struct till *t, const char *id, struct str ref) {
    return send_hook(
        t, &(struct hook){.id = id, .type = "checkout.session.completed", .fields = about(t, ref)});
}

size_t entries(struct till *t) {
    struct payment_entries_rows rows;
    struct ctx *c = test_ctx(&t->f.t);
    assert_ok(payment_entries_all(&c->db, &(struct payment_entries_in){t->order}, &rows), &c->err);
    return rows.n;
}

bool happened(struct till *t, const char *kind) {
    struct order_full o = fixture_order(&t->f, t->order);
    for (size_t i = 0; i < o.events.n; i++)
        if (str_eq(o.events.v[i].kind, str_c(kind))) return true;
    return false;
}

size_t mails_with(struct till *t, const char *subject) {
    size_t n = 0;
    for (size_t i = 0; i < t->f.t.world.mails.n; i++)
        n += str_find(t->f.t.world.mails.v[i].bytes, str_c(subject)) != STR_NONE;
    return n;
}

void is_paid_once(struct till *t) {
    fixture_states(&t->f, t->order, "open", "paid", "open");
    assert_int_equal(entries(t), 1);
    assert_int_equal(fixture_sums(&t->f, t->order).captured, TOTAL);
}

size_t asked(struct till *t, const char *what, const char *status) {
    struct json s = tell(t, "state", "{}");
    const struct json *log = json_path(&s, "log");
    size_t n = 0;
    for (size_t i = 0; i < log->n; i++) {
        int64_t code = json_int(&log->items[i], "status", 0);
        struct str got = code ? arena_fmt(&t->f.t.arena, "%lld", (long long)code)
                              : json_text(&log->items[i], "status");
        n += str_starts(json_text(&log->items[i], "on"), str_c(what)) && str_eq(got, str_c(status));
    }
    return n;
}
