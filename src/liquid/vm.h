// SPDX-License-Identifier: Apache-2.0
// Inside of the engine: the state of a render, and who works on it.
#pragma once
#include "liquid/code.h"

// ---- the machine (vm.c, frame.c, loop.c, partial.c)
enum slot_state { SLOT_UNKNOWN, SLOT_LOCAL, SLOT_GLOBAL, SLOT_MISSING };
struct store { // a shadowed slot
    struct liquid_value v;
    struct store *base;
    uint8_t state;
};
struct slot {
    struct liquid_value v;
    struct store *base; // where assign writes while a loop or include shadows the name
    uint8_t state;
};
struct counter {
    struct str name;
    int64_t value;
    struct counter *next;
};
struct name_map { // of an included template's names to the slots of the frame
    const struct liquid_template *t;
    uint32_t *ids;
    struct name_map *next;
};
struct frame {
    const struct liquid_template *t;
    struct slot *slots;
    VEC(struct name_ref) extra; // names that includes brought, after those of t
    struct counter *counters;
    struct name_map *maps;
    uint32_t slots_n, slots_cap;
    bool isolated;
    struct frame *free_next;
};
struct forloop {
    struct str name;
    int64_t length, index, cols, row, col;
    struct forloop *parent;
    struct liquid_object object;
};
struct loop {
    struct liquid_value items;
    int64_t at, step;
    struct forloop *info;
    const struct loop_use *use;
    struct store var, forloop;
    uint32_t sp;
    struct loop *below;
};
struct capture {
    struct buf buf;
    struct buf *outer;
    struct capture *below;
};
struct keyed { // cycle positions, offsets of loops, partials
    struct liquid_value key;
    int64_t number;
    const struct liquid_template *t;
    struct keyed *next;
};
struct registers { // what a `render` does not share with its surroundings
    struct keyed *cycles, *offsets;
    struct str changed;
    bool has_changed;
    struct forloop *forloops;
};
struct liquid_vm {
    const struct liquid_render_in *in;
    const struct liquid_host *host;
    struct arena *arena;
    struct buf *out; // where output goes: the render's, or that of the innermost capture
    struct liquid_value *stack;
    uint32_t sp, stack_cap;
    const struct liquid_template *t;
    const uint32_t *map; // of an included template's names to the frame's slots; NULL: the same
    struct frame *frame, *free_frames;
    struct registers reg;
    struct loop *loops, *free_loops;
    struct capture *captures;
    uint32_t loops_n, captures_n;
    struct keyed *partials;
    struct str template_name; // of the partial, or absent
    int64_t steps, next_check;
    int depth, max_depth;
    size_t assigned, max_assigned, max_output, output_before, max_memory;
    bool fatal; // a limit, or a raised error: not to be caught by a node
    size_t errors;
    struct err *err;
};
enum leave vm_run(struct liquid_vm *vm, uint32_t pc);
bool vm_fatal(struct liquid_vm *vm, const char *message); // returns false
bool vm_tick(struct liquid_vm *vm);                       // a step; false: a limit
struct frame *frame_new(struct liquid_vm *vm, const struct liquid_template *t);
void frame_free(struct liquid_vm *vm, struct frame *f);
struct slot *frame_slot(struct liquid_vm *vm, uint32_t name);
struct slot *frame_find(struct liquid_vm *vm, struct slot *s,
                        struct str name); // fills an unknown slot
struct str frame_name(const struct liquid_vm *vm, uint32_t name);
struct liquid_value frame_lookup(struct liquid_vm *vm, struct str name, bool *found);
bool frame_assign(struct liquid_vm *vm, uint32_t name, struct liquid_value v);
uint32_t frame_extra(struct liquid_vm *vm, struct str name); // slot number
const uint32_t *frame_map(struct liquid_vm *vm, const struct liquid_template *t);
void slot_shadow(struct slot *s, struct store *keep, struct liquid_value v);
void slot_unshadow(struct slot *s, const struct store *keep);
int64_t frame_count(struct liquid_vm *vm, uint32_t name, int by); // the value before counting
bool loop_begin(struct liquid_vm *vm, const struct loop_use *use, bool *empty_out);
bool loop_next(struct liquid_vm *vm, bool *more_out);
void loop_end(struct liquid_vm *vm);
void loop_break(struct liquid_vm *vm);
struct forloop *forloop_new(struct liquid_vm *vm, struct str name, int64_t length);
struct liquid_value forloop_value(const struct forloop *f);
struct keyed *keyed_get(struct liquid_vm *vm, struct keyed **list, struct liquid_value key);
void capture_begin(struct liquid_vm *vm);
struct str capture_end(struct liquid_vm *vm);
enum leave vm_partial(struct liquid_vm *vm, const struct partial_use *use);
enum leave vm_tag(struct liquid_vm *vm, const struct tag_use *use);
struct str vm_error_text(struct liquid_vm *vm, uint32_t line, const char *message);
