// SPDX-License-Identifier: Apache-2.0
// What the files of filters share.
#pragma once
#include "liquid/syntax.h"
#include "liquid/vm.h"

#define FILTER(name)                                                                               \
    static bool filter_##name(struct liquid_call *c, struct liquid_value *out, struct err *err)
#define UNUSED_ERR (void)err

static inline struct str in_str(struct liquid_call *c) { return value_str(c->arena, c->input); }
static inline struct str arg_str(struct liquid_call *c, size_t i) {
    return value_str(c->arena, liquid_arg(&c->args, i));
}
bool arg_integer(struct liquid_call *c, size_t i, int64_t otherwise, int64_t *out, struct err *err);
struct liquid_value text_of(struct str s);                             // text
struct liquid_value text_like(struct str s, struct liquid_value from); // trusted as from was
// The two texts one after the other; where one is trusted markup and the other is not, that is
// escaped.
struct liquid_value text_join_all(struct liquid_call *c, const struct liquid_value *v, size_t n,
                                  struct liquid_value glue);
struct liquid_value text_join(struct liquid_call *c, struct liquid_value x, struct liquid_value y);

struct list { // what array filters see of their input: flat, or the one thing
    VEC(struct liquid_value) items;
};
bool list_of(struct liquid_call *c, struct liquid_value v, struct list *out, struct err *err);
struct liquid_value list_value(const struct list *l);
extern const struct std_filter more_filters[]; // string_filters beyond the reference: raw, json
extern const size_t more_filters_n;
