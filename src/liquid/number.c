// SPDX-License-Identifier: Apache-2.0
// Numbers of filters: integers that grow, and decimals that are exact until they print, as
// BigDecimal is in the reference.
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "liquid/big.h"

#define DIGITS_MAX 4096

#define SMALL_SCALE 18
static const int64_t powers[SMALL_SCALE + 1] = {1,
                                                10,
                                                100,
                                                1000,
                                                10000,
                                                100000,
                                                1000000,
                                                10000000,
                                                100000000,
                                                1000000000,
                                                10000000000,
                                                100000000000,
                                                1000000000000,
                                                10000000000000,
                                                100000000000000,
                                                1000000000000000,
                                                10000000000000000,
                                                100000000000000000,
                                                1000000000000000000};

static double read_double(const char *text) { return strtod(text, NULL); }

static struct number small(int64_t i) { return (struct number){.small = true, .i = i}; }

static struct number small_decimal(int64_t i, int32_t scale) {
    return (struct number){.small = true, .fraction = true, .i = i, .scale = scale};
}

// Brings two small numbers to one scale; false when one would not stay small.
static bool small_align(struct number *x, struct number *y) {
    struct number *low = x->scale < y->scale ? x : y;
    int32_t by = x->scale < y->scale ? y->scale - x->scale : x->scale - y->scale;
    if (__builtin_mul_overflow(low->i, powers[by], &low->i)) return false;
    low->scale += by;
    return true;
}

// The fewest decimals that give d exactly, when they are few.
static bool few_decimals(double d, int64_t *m, int32_t *scale) {
    for (int32_t k = 0; k <= 6; k++) {
        double x = d * (double)powers[k];
        if (!(fabs(x) < 1e15)) return false;
        int64_t r = llround(x);
        if ((double)r / (double)powers[k] != d) continue;
        *m = r;
        *scale = k;
        return true;
    }
    return false;
}

static uint64_t magnitude(int64_t i) { return i < 0 ? 0 - (uint64_t)i : (uint64_t)i; }

struct dec { // a number taken apart
    const struct liquid_big *m;
    bool negative;
    int32_t scale;
};

static struct dec dec_of(struct arena *a, struct number n) {
    if (n.small) return (struct dec){big_of_u64(a, magnitude(n.i)), n.i < 0, n.scale};
    return (struct dec){n.big, n.big->negative, n.scale};
}

static struct number of_dec(struct arena *a, struct dec d, bool fraction) {
    if (!fraction && d.scale == 0 && d.m->n <= 3) {
        unsigned __int128 v = 0;
        for (uint32_t i = d.m->n; i-- > 0;) v = v * 1000000000u + d.m->limb[i];
        if (v <= (unsigned __int128)INT64_MAX + d.negative)
            return small(d.negative ? (int64_t)(0 - (uint64_t)v) : (int64_t)v);
    }
    if (d.m->n > DIGITS_MAX / 9)
        return (struct number){
            .special = true, .fraction = true, .real = d.negative ? -INFINITY : INFINITY};
    struct liquid_big *b = arena_copy(a, d.m, sizeof *d.m + d.m->n * sizeof d.m->limb[0]);
    b->negative = d.negative && d.m->n;
    return (struct number){.fraction = fraction, .big = b, .scale = d.scale};
}

static struct number special(double d) {
    return (struct number){.special = true, .fraction = true, .real = d};
}

static double real_of(struct arena *a, struct number n) {
    if (n.special) return n.real;
    if (n.small && (!n.scale || magnitude(n.i) < UINT64_C(1) << 53))
        return (double)n.i / (double)powers[n.scale];
    struct dec d = dec_of(a, n);
    struct str s = big_str(a, d.m, d.negative);
    return read_double(arena_cstr(a, arena_fmt(a, STR_FMT "e%d", STR_ARG(s), -n.scale)));
}

double number_big_float(struct arena *a, const struct liquid_big *b) {
    return real_of(a, (struct number){.big = b});
}

static size_t digit_run(struct str s, size_t i) {
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9') n++;
    return n;
}

double number_parse_float(struct str s) {
    char text[512];
    size_t n = s.n < sizeof text - 1 ? s.n : sizeof text - 1;
    memcpy(text, s.p, n);
    text[n] = 0;
    return read_double(text);
}

// "12.50" or "1e-07" as digits and scale
static struct number decimal_text(struct arena *a, struct str s) {
    char *digits = arena_alloc(a, s.n + 1);
    size_t n = 0, i = 0;
    int64_t scale = 0;
    bool negative = s.n && s.p[0] == '-', point = false, value;
    if (negative || (s.n && s.p[0] == '+')) i++;
    for (; i < s.n && s.p[i] != 'e'; i++) {
        if (s.p[i] == '.') {
            point = true;
            continue;
        }
        digits[n++] = s.p[i];
        scale += point;
    }
    int64_t e = 0;
    value = i < s.n && str_to_int(str_from(s, i + 1), &e);
    if (value) scale -= e;
    struct liquid_big *m = big_of_digits(a, (struct str){digits, n});
    if (scale < 0) {
        m = big_shift(a, m, (uint32_t)-scale);
        scale = 0;
    }
    return of_dec(a, (struct dec){m, negative, (int32_t)scale}, true);
}

static struct number of_real(struct arena *a, double d) {
    int64_t m;
    int32_t scale;
    if (!isfinite(d) || (d == 0 && signbit(d))) return special(d);
    if (few_decimals(d, &m, &scale)) return small_decimal(m, scale);
    struct buf b = buf_new(a, 64);
    number_put_float(&b, d);
    return decimal_text(a, buf_str(&b));
}

struct liquid_value number_parse_int(struct arena *a, struct str s) {
    size_t i = 0;
    while (i < s.n && memchr(" \t\n\r\f\v", s.p[i], 6)) i++;
    bool negative = i < s.n && s.p[i] == '-';
    if (negative || (i < s.n && s.p[i] == '+')) i++;
    int64_t v = 0;
    size_t n = digit_run(s, i);
    if (n < s.n - i && s.p[i + n] == '_' && n) { // 1_000
        char *clean = arena_alloc(a, s.n + 2);
        size_t k = 0;
        if (negative) clean[k++] = '-';
        for (size_t j = i; j < s.n; j++) {
            bool digit = s.p[j] >= '0' && s.p[j] <= '9';
            if (digit)
                clean[k++] = s.p[j];
            else if (s.p[j] != '_' || j + 1 >= s.n || s.p[j + 1] == '_')
                break;
        }
        return number_parse_int(a, (struct str){clean, k});
    }
    if (n > DIGITS_MAX) n = DIGITS_MAX;
    for (size_t k = 0; k < n; k++) {
        if (!__builtin_mul_overflow(v, 10, &v) && !__builtin_sub_overflow(v, s.p[i + k] - '0', &v))
            continue;
        struct liquid_big *m = big_of_digits(a, (struct str){s.p + i, n});
        return number_value(a, of_dec(a, (struct dec){m, negative, 0}, false));
    }
    if (!negative && v == INT64_MIN) {
        struct liquid_big *m = big_of_u64(a, magnitude(v));
        return number_value(a, of_dec(a, (struct dec){m, false, 0}, false));
    }
    return liquid_int(negative ? v : -v);
}

static bool is_decimal(struct str s) {
    size_t i = s.n && s.p[0] == '-', whole = digit_run(s, i);
    if (!whole || i + whole >= s.n || s.p[i + whole] != '.') return false;
    size_t part = digit_run(s, i + whole + 1);
    return part && i + whole + 1 + part == s.n;
}

struct number number_of(struct arena *a, struct liquid_value v) {
    if (v.type == LIQUID_INT || v.type == LIQUID_MONEY) return small(v.integer);
    if (v.type == LIQUID_FLOAT) return of_real(a, v.real);
    if (v.type == LIQUID_BIG) return (struct number){.big = v.big};
    if (!liquid_is_text(v)) return small(0);
    struct str s = str_trim(liquid_str(v));
    if (s.n < DIGITS_MAX && is_decimal(s)) return decimal_text(a, s);
    struct liquid_value i = number_parse_int(a, s);
    return i.type == LIQUID_INT ? small(i.integer) : (struct number){.big = i.big};
}

struct liquid_value number_value(struct arena *a, struct number n) {
    if (n.small && !n.fraction) return liquid_int(n.i);
    if (n.fraction || n.special) return liquid_float(real_of(a, n));
    return (struct liquid_value){.type = LIQUID_BIG, .big = n.big};
}

static void align(struct arena *a, struct dec *x, struct dec *y) {
    if (x->scale < y->scale) {
        x->m = big_shift(a, x->m, (uint32_t)(y->scale - x->scale));
        x->scale = y->scale;
    } else if (y->scale < x->scale) {
        y->m = big_shift(a, y->m, (uint32_t)(x->scale - y->scale));
        y->scale = x->scale;
    }
}

static struct dec dec_add(struct arena *a, struct dec x, struct dec y) {
    align(a, &x, &y);
    if (x.negative == y.negative) return (struct dec){big_add(a, x.m, y.m), x.negative, x.scale};
    if (big_cmp(x.m, y.m) >= 0) return (struct dec){big_sub(a, x.m, y.m), x.negative, x.scale};
    return (struct dec){big_sub(a, y.m, x.m), y.negative, x.scale};
}

struct number number_add(struct arena *a, struct number x, struct number y, bool subtract) {
    bool fraction = x.fraction || y.fraction;
    struct number sx = x, sy = y;
    int64_t i;
    if (x.small && y.small && small_align(&sx, &sy) &&
        !(subtract ? __builtin_sub_overflow(sx.i, sy.i, &i)
                   : __builtin_add_overflow(sx.i, sy.i, &i)))
        return fraction ? small_decimal(i, sx.scale) : small(i);
    if (x.special || y.special)
        return special(subtract ? real_of(a, x) - real_of(a, y) : real_of(a, x) + real_of(a, y));
    struct dec dx = dec_of(a, x), dy = dec_of(a, y);
    dy.negative ^= subtract;
    return of_dec(a, dec_add(a, dx, dy), fraction);
}

static bool is_zero(struct number n) {
    return n.small ? n.i == 0 : n.special ? n.real == 0 : n.big->n == 0;
}

static bool is_negative(struct number n) {
    return n.small ? n.i < 0 : n.special ? n.real < 0 : n.big->negative;
}

struct number number_mul(struct arena *a, struct number x, struct number y) {
    bool fraction = x.fraction || y.fraction;
    int64_t i;
    if (fraction && (is_zero(x) || is_zero(y)) && is_negative(x) != is_negative(y))
        return special(-0.0);
    if (x.small && y.small && x.scale + y.scale <= SMALL_SCALE &&
        !__builtin_mul_overflow(x.i, y.i, &i))
        return fraction ? small_decimal(i, x.scale + y.scale) : small(i);
    if (x.special || y.special) return special(real_of(a, x) * real_of(a, y));
    struct dec dx = dec_of(a, x), dy = dec_of(a, y);
    struct dec r = {big_mul(a, dx.m, dy.m), dx.negative != dy.negative, dx.scale + dy.scale};
    return of_dec(a, r, fraction);
}

// Floored quotient and rest of two aligned decimals.
static struct dec floor_div(struct arena *a, struct dec x, struct dec y, struct dec *rest_out) {
    align(a, &x, &y);
    struct liquid_big *rest, *q = big_divmod(a, x.m, y.m, &rest);
    bool negative = x.negative != y.negative;
    if (negative && rest->n) {
        q = big_add(a, q, big_of_u64(a, 1));
        rest = big_sub(a, y.m, rest);
    }
    *rest_out = (struct dec){rest, y.negative, x.scale};
    return (struct dec){q, negative, 0};
}

bool number_div(struct arena *a, struct number x, struct number y, struct number *out) {
    bool zero = is_zero(y);
    if (zero && !x.fraction && !y.fraction) return false;
    if (zero || x.special || y.special) {
        *out = special(real_of(a, x) / real_of(a, y));
        return true;
    }
    if (x.small && y.small && (x.fraction || y.fraction)) {
        struct number sx = x, sy = y;
        const int64_t exact = INT64_C(1) << 53;
        if (small_align(&sx, &sy) && llabs(sx.i) < exact && llabs(sy.i) < exact) {
            *out = special((double)sx.i / (double)sy.i);
            return true;
        }
    } else if (x.small && y.small && y.i != -1) {
        *out = small(x.i / y.i - (x.i % y.i != 0 && (x.i < 0) != (y.i < 0)));
        return true;
    }
    struct dec dx = dec_of(a, x), dy = dec_of(a, y), rest;
    if (!x.fraction && !y.fraction) {
        *out = of_dec(a, floor_div(a, dx, dy, &rest), false);
        return true;
    }
    uint32_t have = big_digits(dx.m), need = 40 + big_digits(dy.m);
    uint32_t shift = have < need ? need - have : 0;
    struct liquid_big *r, *q = big_divmod(a, big_shift(a, dx.m, shift), dy.m, &r);
    struct dec d = {q, dx.negative != dy.negative, dx.scale + (int32_t)shift - dy.scale};
    if (d.scale < 0) d = (struct dec){big_shift(a, q, (uint32_t)-d.scale), d.negative, 0};
    *out = !q->n && d.negative ? special(-0.0) : of_dec(a, d, true);
    return true;
}

bool number_mod(struct arena *a, struct number x, struct number y, struct number *out) {
    if (is_zero(y)) return false;
    if (x.special || y.special) {
        *out = special(fmod(real_of(a, x), real_of(a, y)) + 0.0);
        return true;
    }
    if (x.small && y.small && !x.fraction && !y.fraction) {
        int64_t m = y.i == -1 ? 0 : x.i % y.i;
        *out = small(m != 0 && (m < 0) != (y.i < 0) ? m + y.i : m);
        return true;
    }
    struct dec rest;
    floor_div(a, dec_of(a, x), dec_of(a, y), &rest);
    *out = of_dec(a, rest, x.fraction || y.fraction);
    return true;
}

int number_cmp(struct arena *a, struct number x, struct number y) {
    struct number sx = x, sy = y;
    if (x.small && y.small && small_align(&sx, &sy)) return sx.i < sy.i ? -1 : sx.i > sy.i;
    if (x.special || y.special) {
        double dx = real_of(a, x), dy = real_of(a, y);
        return isnan(dx) || isnan(dy) ? 2 : dx < dy ? -1 : dx > dy;
    }
    struct dec dx = dec_of(a, x), dy = dec_of(a, y);
    align(a, &dx, &dy);
    bool nx = dx.negative && dx.m->n, ny = dy.negative && dy.m->n;
    if (nx != ny) return nx ? -1 : 1;
    int c = big_cmp(dx.m, dy.m);
    return nx ? -c : c;
}

int number_value_cmp(struct arena *a, struct liquid_value x, struct liquid_value y) {
    if (x.type != LIQUID_FLOAT && y.type != LIQUID_FLOAT)
        return number_cmp(a, number_of(a, x), number_of(a, y));
    double dx = x.type == LIQUID_FLOAT ? x.real : real_of(a, number_of(a, x));
    double dy = y.type == LIQUID_FLOAT ? y.real : real_of(a, number_of(a, y));
    return isnan(dx) || isnan(dy) ? 2 : dx < dy ? -1 : dx > dy;
}

struct number number_round(struct arena *a, struct number x, enum round_to how, int64_t digits) {
    if (x.special) return isfinite(x.real) && digits <= 0 ? small(0) : x;
    if (x.small && digits >= 0 && digits < x.scale) {
        int64_t unit = powers[x.scale - digits], q = x.i / unit, rest = x.i % unit;
        if (how == ROUND_TO_NEAREST && llabs(rest) >= unit - llabs(rest)) q += x.i < 0 ? -1 : 1;
        if (how == ROUND_TO_CEIL && rest > 0) q++;
        if (how == ROUND_TO_FLOOR && rest < 0) q--;
        if (digits && !q && x.i < 0) return special(-0.0);
        return digits ? small_decimal(q, (int32_t)digits) : small(q);
    }
    struct dec d = dec_of(a, x);
    if (digits >= d.scale) return x.fraction && digits < 1 ? of_dec(a, d, false) : x;
    int64_t cut = d.scale - digits;
    if (cut > DIGITS_MAX) cut = DIGITS_MAX;
    struct liquid_big *one = big_shift(a, big_of_u64(a, 1), (uint32_t)cut);
    struct liquid_big *rest, *q = big_divmod(a, d.m, one, &rest);
    bool up = false;
    if (how == ROUND_TO_NEAREST)
        up = big_cmp(big_add(a, rest, rest), one) >= 0;
    else
        up = rest->n && d.negative == (how == ROUND_TO_FLOOR);
    if (up) q = big_add(a, q, big_of_u64(a, 1));
    if (digits > 0 && !q->n && d.negative) return special(-0.0);
    if (digits > 0) return of_dec(a, (struct dec){q, d.negative, (int32_t)digits}, true);
    return of_dec(a, (struct dec){big_shift(a, q, (uint32_t)(cut - d.scale)), d.negative, 0},
                  false);
}

// Ruby's Float#to_s: the shortest digits that read back the same, plain between 1e-4 and 1e16.
void number_put_float(struct buf *b, double d) {
    char e[40], digits[24];
    int64_t m;
    int32_t scale;
    if (d != 0 && few_decimals(d, &m, &scale) && (scale <= 4 || fabs(d) >= 1e-4)) {
        if (m < 0) buf_char(b, '-');
        buf_int(b, (int64_t)magnitude(m) / powers[scale]);
        buf_char(b, '.');
        int64_t rest = (int64_t)magnitude(m) % powers[scale];
        for (int32_t k = scale - 1; k >= 0; k--) buf_char(b, (char)('0' + rest / powers[k] % 10));
        if (!scale) buf_char(b, '0');
        return;
    }
    if (isnan(d) || isinf(d)) {
        buf_put(b, isnan(d) ? S("NaN") : d < 0 ? S("-Infinity") : S("Infinity"));
        return;
    }
    for (int precision = 14; precision <= 16; precision++) {
        snprintf(e, sizeof e, "%.*e", precision, d);
        if (read_double(e) == d) break;
    }
    int exponent = (int)strtol(strchr(e, 'e') + 1, NULL, 10), n = 0;
    for (const char *p = e; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9') digits[n++] = *p;
    while (n > 1 && digits[n - 1] == '0') n--;
    if (e[0] == '-') buf_char(b, '-');
    if (d != 0 && (exponent < -4 || exponent >= 16)) {
        buf_fmt(b, "%c.%.*se%c%02d", digits[0], n > 1 ? n - 1 : 1, n > 1 ? digits + 1 : "0",
                exponent < 0 ? '-' : '+', abs(exponent));
        return;
    }
    if (exponent < 0) buf_put(b, S("0."));
    for (int i = exponent + 1; i < 0; i++) buf_char(b, '0');
    for (int i = 0; i < n || i <= exponent; i++) {
        if (i == exponent + 1 && exponent >= 0) buf_char(b, '.');
        buf_char(b, i < n ? digits[i] : '0');
    }
    if (exponent >= 0 && n <= exponent + 1) buf_put(b, S(".0"));
}
