// SPDX-License-Identifier: Apache-2.0
#include <stdarg.h>
#include <stdio.h>

#include "liquid/compile.h"

bool comp_fail(struct comp *c, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->message, MESSAGE_MAX, fmt, ap);
    va_end(ap);
    c->context = (struct str){0};
    return false;
}

void emit_word(struct comp *c, uint32_t w) { *VEC_PUSH(c->a, &c->code) = w; }

void emit(struct comp *c, enum op op, uint32_t a, int stack_change) {
    ensure(a < 1u << 24);
    emit_word(c, (uint32_t)op | a << 8);
    c->stack = (uint32_t)((int)c->stack + stack_change);
    if (c->stack > c->max_stack) c->max_stack = c->stack;
}

uint32_t emit_jump(struct comp *c, enum op op, uint32_t a, int stack_change) {
    emit(c, op, a, stack_change);
    emit_word(c, 0);
    return (uint32_t)c->code.n - 1;
}

void emit_back(struct comp *c, enum op op, uint32_t target) {
    emit(c, op, 0, 0);
    emit_word(c, target);
}

void emit_land(struct comp *c, uint32_t word) { c->code.v[word] = (uint32_t)c->code.n; }

uint32_t comp_const(struct comp *c, struct liquid_value v) {
    uint64_t hash = liquid_is_text(v) ? key_hash(liquid_str(v)) : 0;
    size_t from = c->consts.n > 64 ? c->consts.n - 64 : 0; // near repeats are worth finding
    for (size_t i = from; i < c->consts.n; i++) {
        const struct const_key *k = &c->consts.v[i];
        if (k->v.type != v.type || k->v.literal != v.literal || k->hash != hash) continue;
        if (liquid_is_text(v) ? str_eq(liquid_str(k->v), liquid_str(v))
                              : v.type == LIQUID_INT && k->v.integer == v.integer)
            return (uint32_t)i;
    }
    *VEC_PUSH(c->a, &c->consts) = (struct const_key){v, hash};
    return (uint32_t)c->consts.n - 1;
}

uint32_t comp_name(struct comp *c, struct str s) {
    uintptr_t id = (uintptr_t)map_get(&c->name_ids, s);
    if (id) return (uint32_t)id - 1;
    *VEC_PUSH(c->a, &c->names) = (struct name_ref){s, key_hash(s)};
    map_set(c->a, &c->name_ids, s, (void *)(uintptr_t)c->names.n);
    return (uint32_t)c->names.n - 1;
}

void emit_const(struct comp *c, struct liquid_value v) { emit(c, OP_CONST, comp_const(c, v), 1); }

void emit_text(struct comp *c, struct str s) {
    c->last_text = (uint32_t)c->code.n;
    *VEC_PUSH(c->a, &c->body_texts) = c->last_text;
    *VEC_PUSH(c->a, &c->texts) = s;
    emit(c, OP_TEXT, (uint32_t)c->texts.n - 1, 0);
}

uint32_t node_begin(struct comp *c) {
    *VEC_PUSH(c->a, &c->nodes) = (struct node){.start = (uint32_t)c->code.n,
                                               .line = (uint32_t)c->line,
                                               .stack = (uint16_t)c->stack,
                                               .loops = (uint16_t)c->open_loops,
                                               .captures = (uint16_t)c->captures};
    return (uint32_t)c->nodes.n - 1;
}

void node_end(struct comp *c, uint32_t node, bool blank) {
    c->nodes.v[node].end = (uint32_t)c->code.n;
    c->nodes.v[node].blank = blank;
}

void node_end_block(struct comp *c, uint32_t node, bool blank) {
    node_end(c, node, blank && c->o->mode != LIQUID_STRICT2);
}
