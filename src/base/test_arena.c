// SPDX-License-Identifier: Apache-2.0
#include "base/map.h"
#include "base/rng.h"
#include "base/test.h"
#include "base/vec.h"

static void memory_is_zeroed_and_aligned(void **state) {
    (void)state;
    struct arena a = {0};
    for (size_t size = 0; size < 300; size++) {
        char *p = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
        if (size) memset(p, 0xAB, size);
    }
    arena_reset(&a);
    char *p = arena_alloc(&a, 4000);
    for (size_t i = 0; i < 4000; i++) assert_int_equal(p[i], 0);
    arena_done(&a);
    assert_null(a.head);
    assert_int_equal(a.total, 0);
}

static void large_allocations_get_their_own_block(void **state) {
    (void)state;
    struct arena a = {0};
    char *big = arena_alloc(&a, 5 << 20);
    big[(5 << 20) - 1] = 1;
    arena_reset(&a);
    assert_int_equal(a.total, 0); // a block of 5 MiB is not kept
    arena_alloc(&a, 10);
    size_t total = a.total;
    arena_reset(&a);
    assert_int_equal(a.total, total);
    arena_done(&a);
}

static void rewind_gives_back_to_the_mark(void **state) {
    (void)state;
    struct arena a = {0};
    struct str kept = arena_fmt(&a, "%s-%d", "kept", 7);
    struct arena_mark m = arena_mark(&a);
    size_t total = a.total;
    for (int i = 0; i < 1000; i++) arena_alloc(&a, 1000);
    assert_true(a.total > total);
    arena_rewind(&a, m);
    assert_int_equal(a.total, total);
    assert_str(kept, "kept-7");
    char *again = arena_alloc(&a, 64);
    assert_int_equal(again[0], 0);
    arena_done(&a);
}

static void mark_of_an_empty_arena(void **state) {
    (void)state;
    struct arena a = {0};
    struct arena_mark m = arena_mark(&a);
    arena_alloc(&a, 100000);
    arena_rewind(&a, m);
    assert_int_equal(a.total, 0);
    arena_done(&a);
}

static void overflowing_arrays_are_bugs(void **state) {
    (void)state;
    struct arena a = {0};
    assert_bug(arena_alloc_array(&a, SIZE_MAX / 2, 3));
    assert_bug(arena_alloc(&a, SIZE_MAX - 3));
    arena_done(&a);
}

static void copies_end_in_nul(void **state) {
    (void)state;
    struct arena a = {0};
    struct str s = arena_str(&a, str_sub(S("abcdef"), 1, 3));
    assert_str(s, "bcd");
    assert_int_equal(s.p[3], 0);
    assert_null(arena_str(&a, (struct str){0}).p);
    assert_string_equal(arena_cstr(&a, (struct str){0}), "");
    assert_int_equal(*(int *)arena_copy(&a, &(int){42}, sizeof(int)), 42);
    arena_done(&a);
}

static void vec_keeps_what_was_pushed(void **state) {
    (void)state;
    struct arena a = {0};
    VEC(int64_t) v = {0};
    for (int64_t i = 0; i < 1000; i++) *VEC_PUSH(&a, &v) = i * i;
    assert_int_equal(v.n, 1000);
    for (int64_t i = 0; i < 1000; i++) assert_int_equal(v.v[i], i * i);
    arena_done(&a);
}

static void map_finds_replaces_and_keeps_order(void **state) {
    (void)state;
    struct arena a = {0};
    struct map m = {0};
    assert_null(map_get(&m, S("x")));
    for (int i = 0; i < 5000; i++)
        map_set(&a, &m, arena_fmt(&a, "key %d", i), arena_copy(&a, &i, sizeof i));
    assert_int_equal(m.n, 5000);
    for (int i = 0; i < 5000; i++) {
        int *found = map_get(&m, arena_fmt(&a, "key %d", i));
        assert_non_null(found);
        assert_int_equal(*found, i);
        assert_int_equal(*(int *)m.v[i].value, i);
    }
    int other = 7;
    map_set(&a, &m, S("key 3"), &other);
    assert_int_equal(m.n, 5000);
    assert_ptr_equal(map_get(&m, S("key 3")), &other);
    assert_null(map_get(&m, S("key 5000")));
    arena_done(&a);
}

static void rng_repeats_and_stays_below(void **state) {
    (void)state;
    struct rng a = rng_new(1), b = rng_new(1), c = rng_new(2);
    assert_true(rng_next(&a) == rng_next(&b));
    assert_true(rng_next(&a) != rng_next(&c));
    size_t seen[10] = {0};
    for (int i = 0; i < 10000; i++) seen[rng_below(&a, 10)]++;
    for (size_t i = 0; i < 10; i++) assert_in_range(seen[i], 850, 1150);
    unsigned char bytes[13] = {0};
    rng_fill(&a, bytes, 11);
    assert_int_equal(bytes[11] | bytes[12], 0);
    assert_bug(rng_below(&a, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(large_allocations_get_their_own_block),
        cmocka_unit_test(rewind_gives_back_to_the_mark),
        cmocka_unit_test(mark_of_an_empty_arena),
        cmocka_unit_test(overflowing_arrays_are_bugs),
        cmocka_unit_test(copies_end_in_nul),
        cmocka_unit_test(vec_keeps_what_was_pushed),
        cmocka_unit_test(map_finds_replaces_and_keeps_order),
        cmocka_unit_test(rng_repeats_and_stays_below),
    };
    return TEST_GROUP(tests);
}
