// SPDX-License-Identifier: Apache-2.0
// Inside of the engine: numbers, values, filters and dates, as compiler, machine and filters share
// them.
#pragma once
#include "base/map.h"
#include "base/vec.h"
#include "liquid/liquid.h"

struct const_key {
    struct liquid_value v;
    uint64_t hash; // of a string
};
enum compare { CMP_EQ, CMP_NE, CMP_LT, CMP_GT, CMP_LE, CMP_GE, CMP_CONTAINS };

// ---- numbers (number.c): decimals of any size; an integer is a decimal with scale 0 that is not
// `fraction`
struct liquid_big {
    bool negative;
    uint32_t n;
    uint32_t limb[]; // base 1e9, least first, no leading zeros
};
struct number {
    bool fraction; // a BigDecimal of the reference: results print as float
    bool special;  // NaN, infinite or -0.0: only real counts
    bool small;    // integer in i
    int64_t i;
    double real;
    const struct liquid_big *big; // |value| * 10^scale
    int32_t scale;
};
struct number number_of(struct arena *a, struct liquid_value v); // as Utils.to_number does
struct liquid_value number_value(struct arena *a, struct number n);
struct number number_add(struct arena *a, struct number x, struct number y, bool subtract);
struct number number_mul(struct arena *a, struct number x, struct number y);
bool number_div(struct arena *a, struct number x, struct number y,
                struct number *out); // false: by zero
bool number_mod(struct arena *a, struct number x, struct number y, struct number *out);
int number_cmp(struct arena *a, struct number x, struct number y);
enum round_to { ROUND_TO_FLOOR, ROUND_TO_CEIL, ROUND_TO_NEAREST };
struct number number_round(struct arena *a, struct number x, enum round_to how, int64_t digits);
struct liquid_value number_parse_int(struct arena *a,
                                     struct str digits); // optional sign and digits
double number_parse_float(struct str s);
void number_put_float(struct buf *b, double d);
struct str number_big_str(struct arena *a, const struct liquid_big *b);
double number_big_float(struct arena *a, const struct liquid_big *b);
int number_value_cmp(struct arena *a, struct liquid_value x,
                     struct liquid_value y); // both numeric; 2: NaN
static inline bool value_is_number(struct liquid_value v) {
    return v.type == LIQUID_INT || v.type == LIQUID_FLOAT || v.type == LIQUID_BIG ||
           v.type == LIQUID_MONEY;
}

// ---- values (value.c, text.c)
uint64_t key_hash(struct str s);
const struct liquid_value *map_find(const struct liquid_map *m, struct str key, uint64_t hash);
struct print {
    struct buf *out;
    struct arena *arena;
    struct liquid_vm *vm; // for money; may be NULL
    bool escape;
};
void value_print(struct print *p, struct liquid_value v);     // as output prints it
void value_inspect(struct print *p, struct liquid_value v);   // as inside of arrays and hashes
struct str value_str(struct arena *a, struct liquid_value v); // Utils.to_s
bool value_equal(struct arena *a, struct liquid_value x, struct liquid_value y);
bool value_is_trusted(struct liquid_value v);
const char *value_class(struct liquid_value v); // the reference's class name
size_t value_count(struct arena *a, struct liquid_value v, struct err *err); // items when iterated
bool value_item(struct arena *a, struct liquid_value v, size_t i, struct liquid_value *out,
                struct err *err);
bool value_is_list(struct liquid_value v);
bool value_has_items(struct liquid_value v); // responds to []: hash-like or list
bool value_size(struct arena *a, struct liquid_value v, int64_t *out,
                struct err *err); // false: has none
// What `v[key]` and `v.key` give. command: size, first and last answer when there is no such key.
bool value_prop(struct arena *a, struct liquid_value v, const struct const_key *key, bool command,
                struct liquid_value *out, struct err *err);
bool value_compare(struct arena *a, enum compare op, struct liquid_value x, struct liquid_value y,
                   bool *out, struct err *err);
bool value_to_integer(struct arena *a, struct liquid_value v,
                      int64_t *out); // Integer(v.to_s); false: invalid
int64_t value_to_i(struct arena *a,
                   struct liquid_value v); // Ruby's to_i: leading digits, 0 otherwise
bool liquid_error_set(struct err *err, const char *fmt, ...)
    PRINTF_LIKE(2, 3); // a render error; returns false

// ---- filters (filters*.c)
typedef bool std_filter_fn(struct liquid_call *c, struct liquid_value *out, struct err *err);
struct std_filter {
    const char *name;
    std_filter_fn *fn;
    uint8_t least, most; // arguments after the input
};
const struct std_filter *std_filter_find(struct str name, bool more); // more: raw, json too
extern const struct std_filter string_filters[], array_filters[], math_filters[];
extern const size_t string_filters_n, array_filters_n, math_filters_n;

// ---- dates (date.c)
struct date_in {
    instant now;
    const struct liquid_host *host;
    void *page; // of the render, for the host
};
bool date_of(const struct date_in *in, struct liquid_value v,
             struct liquid_value *out); // a LIQUID_TIME
// False: the format ends inside of a directive.
bool date_format(struct buf *out, struct liquid_value time, struct str format);
