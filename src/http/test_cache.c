// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "http/page_cache.h"

#include <pthread.h>

static struct response page_of(struct arena *a, const char *text, uint64_t topic) {
    struct response r = response_new(a);
    response_type(&r, "text/html; charset=utf-8");
    response_header(&r, "Cache-Control", S("no-cache"));
    for (int i = 0; i < 50; i++) buf_put(&r.body, str_c(text));
    response_topic(&r, topic);
    r.cacheable = true;
    return r;
}

static void put_twice(struct page_cache *c, const char *key, const struct response *r) {
    page_cache_put(c, str_c(key), r, page_cache_epoch(c));
    page_cache_put(c, str_c(key), r, page_cache_epoch(c));
}

static bool has(struct page_cache *c, const char *key) {
    struct page *p = page_cache_get(c, str_c(key));
    page_unref(p);
    return p != NULL;
}

static void kept_on_the_second_put(void **state) {
    (void)state;
    struct arena a = {0};
    struct page_cache *c = page_cache_new(8 << 20);
    struct response r = page_of(&a, "<p>Kontor</p>", topic_of("product", 12));
    page_cache_put(c, S("/a"), &r, page_cache_epoch(c));
    assert_false(has(c, "/a"));
    page_cache_put(c, S("/a"), &r, page_cache_epoch(c));
    struct page *p = page_cache_get(c, S("/a"));
    assert_non_null(p);
    struct page_view v = page_view(p, PAGE_IDENTITY);
    assert_strs(v.bytes, buf_str(&r.body));
    assert_true(str_starts(v.etag, S("W/\"")));
    assert_str(pairs_get(v.headers, "Cache-Control"), "no-cache");
    for (unsigned e = PAGE_GZIP; e <= PAGE_ZSTD; e++) {
        assert_int_equal(page_view(p, e).encoding, e);
        assert_true(page_view(p, e).bytes.n < v.bytes.n);
    }
    page_unref(p);
    struct page_cache_stats s = page_cache_stats(c);
    assert_int_equal(s.hits, 1);
    assert_int_equal(s.misses, 1);
    assert_int_equal(s.pages, 1);
    page_cache_free(c);
    arena_done(&a);
}

static void a_bump_makes_stale(void **state) {
    (void)state;
    struct arena a = {0};
    struct page_cache *c = page_cache_new(8 << 20);
    struct response r = page_of(&a, "x", topic_of("product", 12));
    put_twice(c, "/a", &r);
    page_cache_bump(c, topic_of("product", 13));
    assert_true(has(c, "/a"));
    struct page *held = page_cache_get(c, S("/a"));
    page_cache_bump(c, topic_of("product", 12));
    assert_false(has(c, "/a"));
    assert_int_equal(page_view(held, PAGE_IDENTITY).bytes.n, 50); // whoever holds it may finish
    page_unref(held);
    assert_int_equal(page_cache_stats(c).stale, 1);
    put_twice(c, "/a", &r);
    assert_true(has(c, "/a"));
    page_cache_free(c);
    arena_done(&a);
}

static void a_write_during_the_making_is_seen(void **state) {
    (void)state;
    struct arena a = {0};
    struct page_cache *c = page_cache_new(8 << 20);
    struct response r = page_of(&a, "old price", topic_of("product", 12));
    uint64_t epoch = page_cache_epoch(c);
    page_cache_bump(c, topic_of("product", 12));
    page_cache_put(c, S("/a"), &r, epoch);
    page_cache_put(c, S("/a"), &r, epoch);
    assert_false(has(c, "/a"));
    page_cache_free(c);
    arena_done(&a);
}

static void what_may_not_be_kept(void **state) {
    (void)state;
    struct arena a = {0};
    struct page_cache *c = page_cache_new(8 << 20);
    struct response cookie = page_of(&a, "x", 1), status = page_of(&a, "x", 1),
                    not = page_of(&a, "x", 1);
    struct response many = page_of(&a, "x", 1);
    response_cookie(&cookie, &(struct cookie){.name = "sid", .value = S("1")});
    status.status = 404;
    not .cacheable = false;
    for (uint64_t t = 0; t <= RESPONSE_TOPICS_MAX; t++) response_topic(&many, t);
    put_twice(c, "/cookie", &cookie);
    put_twice(c, "/status", &status);
    put_twice(c, "/not", &not );
    put_twice(c, "/many", &many);
    assert_int_equal(page_cache_stats(c).pages, 0);
    page_cache_free(c);
    arena_done(&a);
}

static void a_scan_does_not_displace(void **state) {
    (void)state;
    struct arena a = {0};
    struct page_cache *c = page_cache_new(1 << 20);
    struct response r = page_of(&a, "0123456789abcdef", 1);
    put_twice(c, "/hot", &r);
    for (int i = 0; i < 5000; i++) {
        struct arena s = {0};
        page_cache_put(c, arena_fmt(&s, "/scan/%d", i), &r, 0);
        arena_done(&s);
    }
    assert_true(has(c, "/hot"));
    for (int i = 0; i < 1000; i++) {
        struct arena s = {0};
        put_twice(c, arena_fmt(&s, "/twice/%d", i).p, &r);
        if (i % 10 == 0) assert_true(has(c, "/hot")); // asked for now and then, it stays
        arena_done(&s);
    }
    assert_true(page_cache_stats(c).bytes <= 1 << 20);
    assert_true(page_cache_stats(c).pages > 10);
    page_cache_clear(c);
    assert_int_equal(page_cache_stats(c).bytes, 0);
    page_cache_free(c);
    arena_done(&a);
}

static void *hammer(void *cache) {
    struct page_cache *c = cache;
    struct arena a = {0};
    for (int i = 0; i < 3000; i++) {
        struct str key = arena_fmt(&a, "/%d", i % 7);
        struct page *p = page_cache_get(c, key);
        if (p) {
            assert_int_equal(page_view(p, PAGE_IDENTITY).bytes.n, 200);
            page_unref(p);
        } else {
            struct response r = page_of(&a, "page", (uint64_t)(i % 7));
            page_cache_put(c, key, &r, page_cache_epoch(c));
        }
        if (i % 11 == 0) page_cache_bump(c, (uint64_t)(i % 7));
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

static void threads(void **state) {
    (void)state;
    struct page_cache *c = page_cache_new(1 << 20);
    pthread_t t[4];
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&t[i], NULL, hammer, c), 0);
    for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
    assert_true(page_cache_stats(c).hits > 0);
    page_cache_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_on_the_second_put),
        cmocka_unit_test(a_bump_makes_stale),
        cmocka_unit_test(a_write_during_the_making_is_seen),
        cmocka_unit_test(what_may_not_be_kept),
        cmocka_unit_test(a_scan_does_not_displace),
        cmocka_unit_test(threads),
    };
    return TEST_GROUP(tests);
}
