// SPDX-License-Identifier: Apache-2.0
// Two customers with carts, orders and sign-ins side by side: nobody sees anything of the other,
// orders are reached by their own key only, and what is kept for all holds nothing of anybody.
#include "hostile.h"

static const char *const words[WHO_COUNT][3] = {
    [ANNA] = {"Geheimniskraemer", "anna.geheim", NULL},
    [BERND] = {"Privatissimus", "bernd.privat", NULL},
    [OWNER] = {"owner@example.org", NULL},
};

static void names_nothing_of(struct hostile *h, const struct probe *p, const struct answer *r,
                             enum who other) {
    for (const char *const *w = words[other]; *w; w++)
        if (str_find(r->body, str_c(*w)) != STR_NONE) wrong(h, p, "shows %s", *w);
    if (h->order_number[other].n && str_find(r->body, h->order_number[other]) != STR_NONE)
        wrong(h, p, "shows the order's number");
}

static void shows_nothing_of(struct hostile *h, const struct probe *p, const struct answer *r,
                             enum who other) {
    names_nothing_of(h, p, r, other);
    if (h->order_path[other].n && str_find(r->body, h->order_path[other]) != STR_NONE)
        wrong(h, p, "shows the order's link");
}

// Pages for visitors and customers, as far as links lead.
static void pages(struct hostile *h, struct http_pairs *out) {
    static const char *const starts[] = {"/",          "/cart",          "/checkout",
                                         "/account",   "/account/login", "/account/code",
                                         "/withdraw",  "/search?q=a",    "/collections/all",
                                         "/en",        "/en/checkout",   "/sitemap.xml",
                                         "/robots.txt"};
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        pairs_add(&h->t.arena, out, str_c(starts[i]), S(""));
    struct answer r =
        probe_send(h, &(struct probe){.who = ANNA, .method = HTTP_GET, .target = S("/account")});
    struct http_pairs links = {0};
    links_of(&h->t.arena, r.body, &links);
    r = probe_send(
        h, &(struct probe){.who = ANNA, .method = HTTP_GET, .target = S("/collections/all")});
    links_of(&h->t.arena, r.body, &links);
    for (size_t i = 0; i < links.n && out->n < 80; i++) {
        bool there = false;
        for (size_t k = 0; k < out->n; k++)
            there = there || str_eq(out->v[k].name, links.v[i].name);
        bool own = str_starts(links.v[i].name,
                              S("/orders/")); // whose key it is shows it to whoever has it
        if (!there && !own) pairs_add(&h->t.arena, out, links.v[i].name, S(""));
    }
}

static void keeps_customers_apart(void **state) {
    (void)state;
    struct hostile h;
    struct http_pairs all = {0};
    hostile_open(&h);
    pages(&h, &all);
    assert_true(all.n >= 40);
    for (size_t i = 0; i < all.n; i++)
        for (enum who w = VISITOR; w <= BERND; w++) {
            struct probe p = {.who = w, .method = HTTP_GET, .target = all.v[i].name};
            struct answer r = probe_send(&h, &p);
            for (enum who o = ANNA; o < WHO_COUNT; o++)
                if (o != w) shows_nothing_of(&h, &p, &r, o);
        }
    // That the words would have been seen: each one's own account.
    for (enum who w = ANNA; w <= BERND; w++) {
        struct answer r =
            probe_send(&h, &(struct probe){.who = w, .method = HTTP_GET, .target = S("/account")});
        assert_int_equal(r.status, 200);
        assert_true(str_find(r.body, h.order_number[w]) != STR_NONE);
        assert_true(str_find(r.body, str_c(words[w][1])) != STR_NONE);
    }
    hostile_close(&h);
}

static void cannot_reach(struct hostile *h, enum who w, struct str path) {
    struct probe p = {.who = w, .method = HTTP_GET, .target = path};
    struct answer r = probe_send(h, &p);
    if (r.status != 404) wrong(h, &p, "%d of another's order", r.status);
    for (enum who o = ANNA; o <= BERND; o++)
        if (o != w)
            names_nothing_of(h, &p, &r,
                             o); // the address itself comes back in links to other languages
}

// The link is the key: changed in any character, cut, put on another number, it opens nothing.
static void links_cannot_be_guessed(void **state) {
    static const char *const ends[] = {"", "/pay", "/return?session_id=cs_1"};
    (void)state;
    struct hostile h;
    hostile_open(&h);
    struct arena *a = &h.t.arena;
    struct str anna = h.order_path[ANNA], bernd = h.order_path[BERND];
    struct str key = str_from(anna, str_find_char(str_from(anna, 8), '/') + 9);
    struct probe own = {.who = VISITOR, .method = HTTP_GET, .target = anna};
    assert_int_equal(probe_send(&h, &own).status, 200);
    assert_int_equal(key.n, 43); // 256 bits
    for (size_t e = 0; e < ARRAY_LEN(ends); e++) {
        for (size_t i = 0; i < key.n; i++) {
            char *other = arena_copy(a, key.p, key.n + 1);
            other[i] = other[i] == 'x' ? 'y' : 'x';
            cannot_reach(&h, BERND,
                         arena_fmt(a, "/orders/%lld/" STR_FMT "%s", (long long)h.order[ANNA],
                                   (int)key.n, other, ends[e]));
        }
        for (int64_t id = -1; id < 5; id++)
            if (id != h.order[ANNA])
                cannot_reach(&h, ANNA,
                             arena_fmt(a, "/orders/%lld/" STR_FMT "%s", (long long)id, STR_ARG(key),
                                       ends[e]));
        for (size_t n = 0; n < key.n; n += 7)
            cannot_reach(&h, BERND,
                         arena_fmt(a, "/orders/%lld/" STR_FMT "x%s", (long long)h.order[ANNA],
                                   STR_ARG(str_sub(key, 0, n)), ends[e]));
        cannot_reach(&h, VISITOR,
                     arena_fmt(a, "/orders/%lld/" STR_FMT "=%s", (long long)h.order[ANNA],
                               STR_ARG(key), ends[e]));
        cannot_reach(&h, VISITOR,
                     arena_fmt(a, "/orders/+%lld%%20/" STR_FMT "%s", (long long)h.order[ANNA],
                               STR_ARG(str_from(bernd, bernd.n - 43)), ends[e]));
    }
    hostile_close(&h);
}

// What may be kept for all is made for nobody: with a sign-in and a cart, with another's, and with
// nothing, the same bytes.
static void shared_pages_are_the_same(void **state) {
    (void)state;
    struct hostile h;
    size_t compared = 0;
    hostile_open(&h);
    const struct module_table *t = &h.t.shop.modules;
    for (size_t m = 0; m < t->n; m++)
        for (const struct route *r = t->v[m]->routes; r && r->path; r++) {
            if (r->cache == CACHE_PRIVATE || r->method != HTTP_GET) continue;
            struct probe p = {.who = ANNA,
                              .method = HTTP_GET,
                              .target = path_of(&h, &h.t.arena, r->path, -1, (struct str){0})};
            struct str first = arena_str(&h.t.arena, probe_send(&h, &p).body);
            for (enum who w = VISITOR; w < WHO_COUNT; w++) {
                p.who = w;
                struct answer got = probe_send(&h, &p);
                bool same = got.status != 200 ||
                            str_eq(got.body, first); // an error page tells its request's number
                if (!same) wrong(&h, &p, "is not the same for all");
                compared += got.status == 200;
            }
        }
    assert_true(compared >= 40);
    hostile_close(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_customers_apart),
        cmocka_unit_test(links_cannot_be_guessed),
        cmocka_unit_test(shared_pages_are_the_same),
    };
    return TEST_GROUP(tests);
}
