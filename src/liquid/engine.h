// SPDX-License-Identifier: Apache-2.0
// Inside of the engine: what the compiler leaves and the machine reads. Not for other rooms.
//
// Code is a list of 32-bit words: opcode in the low byte, an operand in the upper three; jumps and counts take words of
// their own. Variables are slots: each template numbers the names it mentions, a frame holds a slot for each number.
// Nodes tell, for each tag and output, where a failing one is resumed, so that errors cost nothing until they happen.
#pragma once
#include "base/map.h"
#include "base/vec.h"
#include "liquid/liquid.h"

enum op {
    OP_END,      // of the template or of a host block's body
    OP_NOP,
    OP_TEXT,     // a: text
    OP_CONST,    // a: constant
    OP_VAR,      // a: name
    OP_DYNVAR,   // [name] -> [value]
    OP_SELF,     // a: name "self", next word: constant that holds the key or NO_KEY when it is on the stack
    OP_PROP,     // a: constant of the key; [object] -> [value]; also the commands size, first, last
    OP_INDEX,    // [object, key] -> [value]
    OP_RANGE,    // [first, last] -> [range]
    OP_FILTER,   // a: call
    OP_OUT,      // [value] ->
    OP_VAR_PROP,  // a: name, next word: key constant
    OP_ASSIGN,   // a: name; [value] ->
    OP_CMP,      // a: enum compare; [left, right] -> [bool]
    OP_CMP_BAD,  // a: constant, the operator that is none; [left, right] -> failure
    OP_JUMP,     // next: target
    OP_JUMP_FALSE, // next: target; [value] ->
    OP_JUMP_TRUE,
    OP_CMP_JUMP_FALSE, // a: enum compare, next: target
    OP_CAPTURE, OP_CAPTURE_END, // a: name
    OP_CHANGED, OP_CHANGED_END,
    OP_COUNT_UP, OP_COUNT_DOWN, // a: name
    OP_CYCLE,    // a: cycle
    OP_FOR,      // a: loop, next: target when empty; [collection, (limit), (offset)] ->
    OP_NEXT,     // next: target of the body
    OP_BREAK,    // next: target, after the innermost loop is left
    OP_LEAVE,    // a: enum leave; an interrupt outside of any loop of this body
    OP_CASE,      // [value] -> [value, matched]
    OP_WHEN,      // [value, matched] -> [value, matched, count]
    OP_WHEN_TEST, // [.., count, value] -> [.., count]
    OP_WHEN_LOOP, // next: target when count is 0, which leaves [value, matched]
    OP_CASE_ELSE, // next: target when matched
    OP_CASE_END,  // [value, matched] ->
    OP_PARTIAL,  // a: partial; then three words: where to go on, on break, on continue
    OP_TAG,      // a: host tag; the same three words, then the code of its body
};
enum leave { LEAVE_END, LEAVE_BREAK, LEAVE_CONTINUE, LEAVE_FAIL };
enum compare { CMP_EQ, CMP_NE, CMP_LT, CMP_GT, CMP_LE, CMP_GE, CMP_CONTAINS };
#define NO_KEY UINT32_MAX

struct std_filter; // filters.c
struct filter_use {
    struct str name;
    const struct std_filter *std;
    const struct liquid_filter *host;
    const struct str *names; // of named arguments, after the positional ones on the stack
    uint32_t pos, named;
};
struct loop_use {
    uint32_t var, forloop; // names
    struct str name;       // "item-collection"
    bool reversed, table, has_limit, has_offset, has_cols, offset_continue;
};
struct cycle_use {
    struct str key;   // unnamed cycles; absent when the name is on the stack, below the values
    uint32_t n;
    bool named;
    uint32_t number;  // makes a cycle with variables its own
    const uint32_t *starts; // code addresses of the values' expressions
};
struct partial_use {
    bool include, has_with, is_for;
    struct str name;  // literal, or absent when it is on the stack
    uint32_t alias;   // name slot in this template of the alias (include) or NO_KEY
    struct str alias_name;
    const struct str *names; // of the arguments, whose values are on the stack
    const uint32_t *slots;   // their names in this template (include)
    uint32_t n;
    uint32_t self_name;      // name slot of the partial's own name, or NO_KEY
};
struct tag_use {
    const struct liquid_tag *tag;
    struct str raw;
    const struct str *names;
    uint32_t pos, named;
    uint32_t body; // code address, 0: none
    int64_t uid;
};
struct node { // sorted by start; an inner node starts later
    uint32_t start, end; // code addresses
    uint32_t line;
    uint16_t stack;      // values of the surrounding statements
    uint16_t loops;      // open loops of this body
    uint16_t captures;
    bool blank;
};
struct const_key {
    struct liquid_value v;
    uint64_t hash; // of a string
};
struct name_ref {
    struct str s;
    uint64_t hash;
};
struct liquid_template {
    const uint32_t *code;
    const struct str *texts;
    const struct const_key *consts;
    const struct name_ref *names;
    uint32_t names_n, code_n, nodes_n, tags_n;
    const uint32_t *name_slots; // open addressing: number + 1
    uint32_t name_mask;
    const struct node *nodes;
    const struct filter_use *filters;
    const struct loop_use *loops;
    const struct cycle_use *cycles;
    const struct partial_use *partials;
    const struct tag_use *tags;
    uint32_t max_stack, changed_n;
    struct liquid_options options;
};
uint32_t template_name(const struct liquid_template *t, struct str s, uint64_t hash); // NO_KEY when absent

// ---- numbers (number.c): decimals of any size; an integer is a decimal with scale 0 that is not `fraction`
struct liquid_big {
    bool negative;
    uint32_t n;
    uint32_t limb[]; // base 1e9, least first, no leading zeros
};
struct number {
    bool fraction;         // a BigDecimal of the reference: results print as float
    bool special;          // NaN or infinite: only real counts
    bool small;            // integer in i
    int64_t i;
    double real;
    const struct liquid_big *big; // |value| * 10^scale
    int32_t scale;
};
struct number number_of(struct arena *a, struct liquid_value v); // as Utils.to_number does
struct liquid_value number_value(struct arena *a, struct number n);
struct number number_add(struct arena *a, struct number x, struct number y, bool subtract);
struct number number_mul(struct arena *a, struct number x, struct number y);
bool number_div(struct arena *a, struct number x, struct number y, struct number *out); // false: by zero
bool number_mod(struct arena *a, struct number x, struct number y, struct number *out);
int number_cmp(struct arena *a, struct number x, struct number y);
enum round_to { ROUND_TO_FLOOR, ROUND_TO_CEIL, ROUND_TO_NEAREST };
struct number number_round(struct arena *a, struct number x, enum round_to how, int64_t digits);
struct liquid_value number_parse_int(struct arena *a, struct str digits); // optional sign and digits
double number_parse_float(struct str s);
void number_put_float(struct buf *b, double d);
struct str number_big_str(struct arena *a, const struct liquid_big *b);
double number_big_float(struct arena *a, const struct liquid_big *b);
int number_value_cmp(struct arena *a, struct liquid_value x, struct liquid_value y); // both numeric; 2: NaN
static inline bool value_is_number(struct liquid_value v) {
    return v.type == LIQUID_INT || v.type == LIQUID_FLOAT || v.type == LIQUID_BIG || v.type == LIQUID_MONEY;
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
void value_print(struct print *p, struct liquid_value v);   // as output prints it
void value_inspect(struct print *p, struct liquid_value v); // as inside of arrays and hashes
struct str value_str(struct arena *a, struct liquid_value v); // Utils.to_s
bool value_equal(struct arena *a, struct liquid_value x, struct liquid_value y);
bool value_is_trusted(struct liquid_value v);
const char *value_class(struct liquid_value v); // the reference's class name
size_t value_count(struct arena *a, struct liquid_value v, struct err *err); // items when iterated
bool value_item(struct arena *a, struct liquid_value v, size_t i, struct liquid_value *out, struct err *err);
bool value_is_list(struct liquid_value v);
bool value_has_items(struct liquid_value v); // responds to []: hash-like or list
bool value_size(struct arena *a, struct liquid_value v, int64_t *out, struct err *err); // false: has none
// What `v[key]` and `v.key` give. command: size, first and last answer when there is no such key.
bool value_prop(struct arena *a, struct liquid_value v, const struct const_key *key, bool command,
                struct liquid_value *out, struct err *err);
bool value_compare(struct arena *a, enum compare op, struct liquid_value x, struct liquid_value y, bool *out,
                   struct err *err);
bool value_to_integer(struct arena *a, struct liquid_value v, int64_t *out); // Integer(v.to_s); false: invalid
int64_t value_to_i(struct arena *a, struct liquid_value v); // Ruby's to_i: leading digits, 0 otherwise
bool liquid_error_set(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3); // a render error; returns false

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
};
bool date_of(const struct date_in *in, struct liquid_value v, struct liquid_value *out); // a LIQUID_TIME
void date_format(struct buf *out, struct liquid_value time, struct str format);

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
struct slot *frame_find(struct liquid_vm *vm, struct slot *s, struct str name); // fills an unknown slot
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
