// SPDX-License-Identifier: Apache-2.0
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/session.h"
#include "flow/demo_load.h"
#include "main/modules.h"
#include "mod/customer/customer.h"
#include "mod/staff/staff.h"

const char *const who_name[WHO_COUNT] = {"visitor", "anna", "bernd", "clerk", "owner"};
static const char *const emails[WHO_COUNT] = {NULL, "anna.geheim@example.org",
                                              "bernd.privat@example.org", "clerk@example.org",
                                              "owner@example.org"};
static const char *const names[WHO_COUNT] = {NULL, "Anna Geheimniskraemer", "Bernd Privatissimus",
                                             "Clerk", "Owner"};

const struct str hostile_values[] = {
    S_INIT("-1"),
    S_INIT("0"),
    S_INIT("9223372036854775807"),
    S_INIT("9223372036854775808"),
    S_INIT("text"),
    S_INIT("1e9"),
    S_INIT("../../etc/passwd"),
    S_INIT("..\\..\\x"),
    S_INIT("a\0b"),
    S_INIT(""),
    S_INIT("%00"),
    S_INIT("\xff\xfe"),
    S_INIT("Zahnb\xc3\xbcrste \xf0\x9f\xaa\xa5 \xe2\x80\xae"),
    S_INIT(MARKUP),
    S_INIT("' OR 1=1 --"),
    S_INIT("\r\nSet-Cookie: a=b"),
    S_INIT("//evil.example/x"),
    S_INIT("javascript:alert(1)"),
};
const size_t hostile_value_count = ARRAY_LEN(hostile_values);

static bool add_people(struct ctx *c, void *self, bool *keep) {
    struct hostile *h = self;
    (void)keep;
    for (enum who w = ANNA; w <= BERND; w++)
        TRY(customer_find_or_add(c,
                                 &(struct customer_new){.email = str_c(emails[w]),
                                                        .name = str_c(names[w]),
                                                        .lang = S("de"),
                                                        .country = S("DE")},
                                 &h->customer[w]));
    return true;
}

static void add_staff(struct hostile *h) {
    struct ctx *c = test_ctx(&h->t);
    for (enum who w = CLERK; w <= OWNER; w++) {
        enum staff_verdict v;
        struct staff_new n = {.email = str_c(emails[w]),
                              .name = str_c(names[w]),
                              .password = S("ein langes Passwort 7"),
                              .role = w == OWNER ? S("owner") : S("staff"),
                              .lang = LANG_DE};
        assert_ok(staff_add(c, &n, &v, &h->staff[w]), &c->err);
        assert_int_equal(v, STAFF_OK);
    }
}

static struct str between(struct str text, const char *mark, char end) {
    size_t at = str_find(text, str_c(mark));
    if (at == STR_NONE) return (struct str){0};
    struct str rest = str_from(text, at + strlen(mark));
    return str_sub(rest, 0, str_find_char(rest, end));
}

// Signs in with an empty browser and keeps its cookies; customers get something into the cart.
static void enter(struct hostile *h, enum who w) {
    struct test_shop *t = &h->t;
    t->cookies.n = 0;
    if (h->customer[w]) test_sign_in(t, ACTOR_CUSTOMER, h->customer[w]);
    if (h->staff[w]) test_sign_in(t, ACTOR_STAFF, h->staff[w]);
    if (h->customer[w]) {
        const char *form = arena_fmt(&t->arena, "id=%lld&quantity=1", (long long)h->variant).p;
        assert_int_equal(test_post(t, "/cart/add", form).status, 303);
    }
    h->jar[w] = (struct http_pairs){0};
    for (size_t i = 0; i < t->cookies.n; i++)
        pairs_add(&t->arena, &h->jar[w], t->cookies.v[i].name, t->cookies.v[i].value);
}

static void buy(struct hostile *h, enum who w) {
    struct test_shop *t = &h->t;
    enter(h, w);
    struct str page = test_get(t, "/checkout").body;
    const char *form =
        arena_fmt(&t->arena,
                  "order_key=" STR_FMT "&total_seen=" STR_FMT "&shipping_method=" STR_FMT
                  "&email=%s&name=%s&street=Weg+%d&postcode=20459&city=Hamburg&country=DE"
                  "&payment_method=bank_transfer",
                  STR_ARG(between(page, "name=\"order_key\" value=\"", '"')),
                  STR_ARG(between(page, "name=\"total_seen\" value=\"", '"')),
                  STR_ARG(between(page, "id=\"shipping_method\" value=\"", '"')), emails[w],
                  names[w], w)
            .p;
    struct test_response r = test_post(t, "/checkout", form);
    assert_int_equal(r.status, 303);
    assert_true(str_starts(r.location, S("/orders/")));
    h->order_path[w] = str_sub(r.location, 0, str_find_char(r.location, '?'));
    assert_true(str_to_int(between(r.location, "/orders/", '/'), &h->order[w]));
    page = test_get(t, arena_cstr(&t->arena, h->order_path[w])).body;
    size_t at = str_find(page, S("2026-"));
    assert_true(at != STR_NONE && at > 0);
    size_t from = at - 1, end = at;
    while (end < page.n && page.p[end] != '<' && page.p[end] != ' ') end++;
    h->order_number[w] = str_sub(page, from, end - from);
    test_wait(t, MINUTE);
}

static void look_around(struct hostile *h) {
    struct test_shop *t = &h->t;
    struct str home = test_get(t, "/").body, list = test_get(t, "/collections/all").body;
    h->collection = arena_str(&t->arena, between(home, "href=\"/collections/", '"'));
    h->product = arena_str(&t->arena, between(list, "href=\"/products/", '"'));
    assert_true(h->collection.n && h->product.n);
    struct str page =
        test_get(t, arena_fmt(&t->arena, "/products/" STR_FMT, STR_ARG(h->product)).p).body;
    assert_true(str_to_int(between(page, "name=\"id\" value=\"", '"'), &h->variant));
}

void hostile_open(struct hostile *h) {
    *h = (struct hostile){0};
    test_shop_open(&h->t,
                   &(struct test_shop_options){.modules = modules_all(), .hooks = &modules_hooks});
    h->t.world.log_least = LOG_ERROR;
    payment_methods_set(&h->t.shop, modules_payment_methods);
    struct ctx *c = test_ctx(&h->t);
    assert_ok(demo_load(c), &c->err);
    c = test_ctx(&h->t);
    assert_ok(tx_run(c, add_people, h), &c->err);
    add_staff(h);
    look_around(h);
    for (enum who w = ANNA; w <= BERND; w++) buy(h, w);
    for (enum who w = VISITOR; w < WHO_COUNT; w++) enter(h, w);
}

void hostile_close(struct hostile *h) {
    print_message("%llu requests\n", (unsigned long long)h->sent);
    test_jobs(&h->t);
    uint64_t n = h->wrong;
    test_shop_close(&h->t);
    arena_done(&h->a);
    assert_int_equal(n, 0);
}

void wrong(struct hostile *h, const struct probe *p, const char *fmt, ...) {
    char text[300];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (h->wrong++ < 100)
        print_error("%s %s " STR_FMT " [" STR_FMT "]: %s\n", who_name[p->who],
                    http_method_name(p->method), STR_ARG(str_sub(p->target, 0, 160)),
                    STR_ARG(str_sub(p->body, 0, 300)), text);
}

static void headers_of(struct hostile *h, const struct probe *p, struct request *rq) {
    const char *site = p->site ? p->site : "same-origin";
    if (*site) pairs_add(&h->a, &rq->headers, S("Sec-Fetch-Site"), str_c(site));
    if (p->origin) pairs_add(&h->a, &rq->headers, S("Origin"), str_c(p->origin));
    if (p->referer.n)
        pairs_add(&h->a, &rq->headers, S("Referer"),
                  arena_fmt(&h->a, "https://shop.example" STR_FMT, STR_ARG(p->referer)));
    if (p->body.p)
        pairs_add(&h->a, &rq->headers, S("Content-Type"),
                  str_c(p->type ? p->type : "application/x-www-form-urlencoded"));
    rq->cookies = h->jar[p->who];
}

// As the server reads it: what is broken is refused before any route.
static void read_request(struct hostile *h, const struct probe *p, struct request *rq) {
    struct err err = {0};
    struct str rest = p->target, path = {0};
    str_split(&rest, '?', &path);
    *rq = (struct request){.arena = &h->a,
                           .method = p->method,
                           .method_text = str_c(http_method_name(p->method)),
                           .target = p->target,
                           .body = p->body,
                           .client = S("192.0.2.1"),
                           .host = S("shop.example"),
                           .scheme = S("https"),
                           .id = ++h->t.requests,
                           .started = h->t.world.now};
    headers_of(h, p, rq);
    if (!request_normalise_path(&h->a, path, &rq->path)) rq->refused = 400;
    if (!rq->refused && rest.p && !request_parse_query(rq, rest, &err)) rq->refused = 400;
    if (!rq->refused && rq->body.n &&
        !request_parse_body(rq, request_header(rq, "content-type"), &err))
        rq->refused = err.code == ERR_TOO_LARGE ? 413 : 400;
}

static bool inside(struct str location) {
    if (str_starts(location, S("//")) || str_starts(location, S("/\\"))) return false;
    return str_starts(location, S("/")) || str_starts(location, S(TEST_URL "/"));
}

static void judge(struct hostile *h, const struct probe *p, const struct answer *r) {
    if (r->status >= 500 || r->status < 200) wrong(h, p, "status %d", r->status);
    if (r->status >= 300 && r->status < 400 && !inside(r->location))
        wrong(h, p, "leads out of the shop: " STR_FMT, STR_ARG(r->location));
    if (!str_starts(r->type, S("text/html"))) return;
    if (str_find(r->body, S("<script>kontor")) != STR_NONE)
        wrong(h, p, "markup comes back as it is");
    if (str_find(r->body, S("54439")) != STR_NONE) wrong(h, p, "a template was carried out");
    if (!str_is_utf8(r->body)) wrong(h, p, "the page is not UTF-8");
}

struct answer probe_send(struct hostile *h, const struct probe *given) {
    struct probe p = *given;
    struct request rq;
    arena_reset(&h->a);
    if (p.token) {
        struct str csrf = csrf_of(h, p.who, str_find(p.target, S("/desk")) != STR_NONE);
        struct buf b = buf_new(&h->a, (size_t)64 << 20);
        buf_put(&b, S("csrf="));
        buf_url(&b, csrf);
        buf_char(&b, '&');
        buf_put(&b, p.body);
        p.body = buf_str(&b);
    }
    read_request(h, &p, &rq);
    struct response rs = response_new(&h->a);
    app_handle(h->t.app, 0, &rq, &rs);
    h->sent++;
    struct answer r = {.status = rs.status,
                       .body = rs.body_static.p ? rs.body_static : buf_str(&rs.body)};
    r.location = pairs_get_nocase(&rs.headers, "Location");
    r.type = pairs_get_nocase(&rs.headers, "Content-Type");
    r.allow = pairs_get_nocase(&rs.headers, "Allow");
    judge(h, &p, &r);
    return r;
}

struct str csrf_of(struct hostile *h, enum who who, bool desk) {
    struct request rq = {.arena = &h->a, .cookies = h->jar[who]};
    struct ctx c;
    ctx_begin(&c, &h->t.shop, &h->a);
    assert_ok(session_load(&c, &rq, desk ? SESSION_DESK : SESSION_SHOP), &c.err);
    ctx_end(&c);
    return c.csrf;
}

void hostile_renew(struct hostile *h) {
    static const char *const homes[WHO_COUNT] = {NULL, "/checkout", "/checkout", "/desk", "/desk"};
    for (enum who w = ANNA; w < WHO_COUNT; w++) {
        struct answer r =
            probe_send(h, &(struct probe){.who = w, .method = HTTP_GET, .target = str_c(homes[w])});
        if (r.status != 200) enter(h, w);
    }
}

static struct str good_value(struct hostile *h, struct str pattern, struct str name) {
    if (str_eq(name, S("id"))) return str_starts(pattern, S("/desk/staff")) ? S("2") : S("1");
    if (str_eq(name, S("key")))
        return str_from(h->order_path[ANNA],
                        str_find_char(str_from(h->order_path[ANNA], 8), '/') + 9);
    if (str_eq(name, S("collection"))) return h->collection;
    if (str_eq(name, S("lang"))) return S("en");
    if (str_eq(name, S("handle"))) {
        if (str_starts(pattern, S("/pages"))) return S("impressum");
        return str_find(pattern, S("/products/")) != STR_NONE ? h->product : h->collection;
    }
    return S("x");
}

int params_of(const char *pattern) {
    int n = 0;
    for (; *pattern; pattern++) n += *pattern == ':' || *pattern == '*';
    return n;
}

struct str path_of(struct hostile *h, struct arena *a, const char *pattern, int index,
                   struct str value) {
    struct buf b = buf_new(a, 0);
    struct str rest = str_c(pattern), part;
    str_split(&rest, '/', &part); // before the first
    for (int n = 0; str_split(&rest, '/', &part);) {
        buf_char(&b, '/');
        bool param = part.n && (part.p[0] == ':' || part.p[0] == '*');
        struct str v = param ? good_value(h, str_c(pattern), str_from(part, 1)) : part;
        if (param && n++ == index) v = value;
        if (param)
            buf_url(&b, v);
        else
            buf_put(&b, v);
    }
    return buf_str(&b);
}
