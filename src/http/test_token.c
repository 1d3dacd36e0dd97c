// SPDX-License-Identifier: Apache-2.0
#include "base/rng.h"
#include "base/test.h"
#include "http/token.h"

static void seeded(void *world, void *p, size_t n) { rng_fill(world, p, n); }

static const struct secret_key KEY = {"0123456789abcdef0123456789abcde"};
static const struct secret_key OTHER = {"0123456789abcdef0123456789abcdf"};

static void tokens(void **state) {
    (void)state;
    struct arena a = {0};
    struct rng r = rng_new(1);
    struct str one = token_new(&a, seeded, &r), two = token_new(&a, seeded, &r);
    assert_int_equal(one.n, 43);
    assert_false(str_eq(one, two));
    for (size_t i = 0; i < one.n; i++) assert_null(memchr("+/=", one.p[i], 3));
    assert_true(token_shaped(one));
    assert_false(token_shaped(S("x")));
    assert_false(token_shaped(str_sub(one, 0, one.n - 1)));
    assert_false(token_shaped(S("0123456789012345678901234567890123456789;ab")));
    // BLAKE2b-256 of "abc"
    assert_str(token_hash(&a, S("abc")),
               "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    arena_done(&a);
}

static void macs(void **state) {
    (void)state;
    struct arena a = {0};
    struct str m = token_mac(&a, &KEY, "csrf", S("session 1"));
    assert_true(token_mac_ok(&KEY, "csrf", S("session 1"), m));
    assert_false(token_mac_ok(&KEY, "csrf", S("session 2"), m));
    assert_false(token_mac_ok(&KEY, "link", S("session 1"), m));
    assert_false(token_mac_ok(&OTHER, "csrf", S("session 1"), m));
    assert_false(token_mac_ok(&KEY, "csrf", S("session 1"), str_sub(m, 0, m.n - 1)));
    assert_false(token_mac_ok(&KEY, "csrf", S("session 1"), (struct str){0}));
    assert_false(str_eq(token_mac(&a, &KEY, "ab", S("c")), token_mac(&a, &KEY, "a", S("bc"))));
    arena_done(&a);
}

static void seals(void **state) {
    (void)state;
    struct arena a = {0};
    unsigned char nonce[24] = {1, 2, 3};
    struct str plain, sealed = secret_seal(&a, &KEY, S("sk_live_123"), nonce);
    assert_true(str_find(sealed, S("sk_live")) == STR_NONE);
    assert_true(secret_open(&a, &KEY, sealed, &plain));
    assert_str(plain, "sk_live_123");
    assert_false(secret_open(&a, &OTHER, sealed, &plain));
    for (size_t i = 0; i < sealed.n; i++) {
        char *bad = arena_copy(&a, sealed.p, sealed.n);
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        assert_false(secret_open(&a, &KEY, (struct str){bad, sealed.n}, &plain));
        assert_false(secret_open(&a, &KEY, str_sub(sealed, 0, i), &plain));
    }
    struct str empty = secret_seal(&a, &KEY, S(""), nonce);
    assert_true(secret_open(&a, &KEY, empty, &plain));
    assert_int_equal(plain.n, 0);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tokens), cmocka_unit_test(macs),
                                       cmocka_unit_test(seals)};
    return TEST_GROUP(tests);
}
