// SPDX-License-Identifier: Apache-2.0
// Whole numbers of any size: magnitudes in base 1e9, schoolbook arithmetic. At most BIG_LIMBS
// limbs; what would be longer is cut off at its lowest limbs' expense by the callers' limits
// (number.c).
#include <stdio.h>

#include "liquid/big.h"

#define BASE UINT32_C(1000000000)

static struct liquid_big *big_room(struct arena *a, size_t n) {
    struct liquid_big *b = arena_alloc(a, sizeof *b + n * sizeof b->limb[0]);
    b->n = (uint32_t)n;
    return b;
}

static struct liquid_big *big_trim(struct liquid_big *b) {
    while (b->n && b->limb[b->n - 1] == 0) b->n--;
    return b;
}

struct liquid_big *big_of_u64(struct arena *a, uint64_t v) {
    struct liquid_big *b = big_room(a, 3);
    for (int i = 0; i < 3; i++, v /= BASE) b->limb[i] = (uint32_t)(v % BASE);
    return big_trim(b);
}

struct liquid_big *big_of_digits(struct arena *a, struct str d) {
    struct liquid_big *b = big_room(a, d.n / 9 + 1);
    size_t end = d.n;
    for (uint32_t i = 0; i < b->n; i++) {
        size_t from = end > 9 ? end - 9 : 0;
        uint32_t limb = 0;
        for (size_t k = from; k < end; k++) limb = limb * 10 + (uint32_t)(d.p[k] - '0');
        b->limb[i] = limb;
        end = from;
    }
    return big_trim(b);
}

int big_cmp(const struct liquid_big *x, const struct liquid_big *y) {
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    for (uint32_t i = x->n; i-- > 0;)
        if (x->limb[i] != y->limb[i]) return x->limb[i] < y->limb[i] ? -1 : 1;
    return 0;
}

struct liquid_big *big_add(struct arena *a, const struct liquid_big *x,
                           const struct liquid_big *y) {
    if (x->n < y->n) return big_add(a, y, x);
    struct liquid_big *r = big_room(a, x->n + 1);
    uint32_t carry = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t s = x->limb[i] + (i < y->n ? y->limb[i] : 0) + carry;
        carry = s >= BASE;
        r->limb[i] = carry ? s - BASE : s;
    }
    r->limb[x->n] = carry;
    return big_trim(r);
}

struct liquid_big *big_sub(struct arena *a, const struct liquid_big *x,
                           const struct liquid_big *y) {
    struct liquid_big *r = big_room(a, x->n);
    uint32_t borrow = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t sub = (i < y->n ? y->limb[i] : 0) + borrow;
        borrow = x->limb[i] < sub;
        r->limb[i] = x->limb[i] + (borrow ? BASE : 0) - sub;
    }
    ensure(!borrow);
    return big_trim(r);
}

struct liquid_big *big_mul(struct arena *a, const struct liquid_big *x,
                           const struct liquid_big *y) {
    struct liquid_big *r = big_room(a, x->n + y->n);
    for (uint32_t i = 0; i < x->n; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < y->n; j++) {
            uint64_t t = (uint64_t)x->limb[i] * y->limb[j] + r->limb[i + j] + carry;
            r->limb[i + j] = (uint32_t)(t % BASE);
            carry = t / BASE;
        }
        for (uint32_t k = i + y->n; carry; k++) {
            uint64_t t = r->limb[k] + carry;
            r->limb[k] = (uint32_t)(t % BASE);
            carry = t / BASE;
        }
    }
    return big_trim(r);
}

struct liquid_big *big_shift(struct arena *a, const struct liquid_big *x, uint32_t digits) {
    static const uint32_t pow10[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    struct liquid_big *r = big_room(a, x->n + digits / 9);
    memcpy(r->limb + digits / 9, x->limb, x->n * sizeof x->limb[0]);
    if (digits % 9 == 0) return big_trim(r);
    struct liquid_big *m = big_of_u64(a, pow10[digits % 9]);
    return big_mul(a, r, m);
}

// The quotient limb by bisection: divisors are short and divisions rare.
static uint32_t quotient_limb(struct arena *a, const struct liquid_big *rest,
                              const struct liquid_big *y, struct liquid_big **rest_out) {
    uint32_t low = 0, high = BASE - 1;
    struct arena_mark m = arena_mark(a);
    while (low < high) {
        uint32_t mid = low + (high - low + 1) / 2;
        if (big_cmp(big_mul(a, y, big_of_u64(a, mid)), rest) <= 0)
            low = mid;
        else
            high = mid - 1;
        arena_rewind(a, m);
    }
    *rest_out = big_sub(a, rest, big_mul(a, y, big_of_u64(a, low)));
    return low;
}

struct liquid_big *big_divmod(struct arena *a, const struct liquid_big *x,
                              const struct liquid_big *y, struct liquid_big **rest_out) {
    struct liquid_big *q = big_room(a, x->n), *rest = big_room(a, 0);
    for (uint32_t i = x->n; i-- > 0;) {
        struct liquid_big *next = big_room(a, rest->n + 1);
        memcpy(next->limb + 1, rest->limb, rest->n * sizeof rest->limb[0]);
        next->limb[0] = x->limb[i];
        big_trim(next);
        if (big_cmp(next, y) < 0)
            rest = next;
        else
            q->limb[i] = quotient_limb(a, next, y, &rest);
    }
    *rest_out = rest;
    return big_trim(q);
}

uint32_t big_digits(const struct liquid_big *x) {
    if (!x->n) return 0;
    uint32_t n = (x->n - 1) * 9;
    for (uint32_t top = x->limb[x->n - 1]; top; top /= 10) n++;
    return n;
}

struct str big_str(struct arena *a, const struct liquid_big *x, bool negative) {
    if (!x->n) return S("0");
    char *p = arena_alloc(a, (size_t)x->n * 9 + 13);
    size_t n = 0;
    if (negative) p[n++] = '-';
    n += (size_t)snprintf(p + n, 11, "%u", x->limb[x->n - 1]);
    for (uint32_t i = x->n - 1; i-- > 0;) n += (size_t)snprintf(p + n, 10, "%09u", x->limb[i]);
    return (struct str){p, n};
}

struct str number_big_str(struct arena *a, const struct liquid_big *b) {
    return big_str(a, b, b->negative);
}
