// SPDX-License-Identifier: Apache-2.0
// Inside of the engine: what the compiler leaves and the machine reads.
//
// Code is a list of 32-bit words: opcode in the low byte, an operand in the upper three; jumps and
// counts take words of their own. Variables are slots: each template numbers the names it mentions,
// a frame holds a slot for each number. Nodes tell, for each tag and output, where a failing one is
// resumed, so that errors cost nothing until they happen.
#pragma once
#include "liquid/values.h"

enum op {
    OP_END, // of the template or of a host block's body
    OP_NOP,
    OP_TEXT,   // a: text
    OP_CONST,  // a: constant
    OP_VAR,    // a: name
    OP_DYNVAR, // [name] -> [value]
    OP_SELF,   // a: name "self", next word: constant that holds the key or NO_KEY when it is on the
               // stack
    OP_PROP,   // a: constant of the key; [object] -> [value]; also the commands size, first, last
    OP_INDEX,  // [object, key] -> [value]
    OP_RANGE,  // [first, last] -> [range]
    OP_FILTER, // a: call
    OP_OUT,    // [value] ->
    OP_VAR_PROP,   // a: name, next word: key constant
    OP_ASSIGN,     // a: name; [value] ->
    OP_CMP,        // a: enum compare; [left, right] -> [bool]
    OP_CMP_BAD,    // a: constant, the operator that is none; [left, right] -> failure
    OP_JUMP,       // next: target
    OP_JUMP_FALSE, // next: target; [value] ->
    OP_JUMP_TRUE,
    OP_CMP_JUMP_FALSE, // a: enum compare, next: target
    OP_CAPTURE,
    OP_CAPTURE_END, // a: name
    OP_CHANGED,
    OP_CHANGED_END,
    OP_COUNT_UP,
    OP_COUNT_DOWN, // a: name
    OP_CYCLE,      // a: cycle
    OP_FOR,        // a: loop, next: target when empty; [collection, (limit), (offset)] ->
    OP_NEXT,       // next: target of the body
    OP_BREAK,      // next: target, after the innermost loop is left
    OP_LEAVE,      // a: enum leave; an interrupt outside of any loop of this body
    OP_CASE,       // [value] -> [value, matched]
    OP_WHEN,       // [value, matched] -> [value, matched, count]
    OP_WHEN_TEST,  // [.., count, value] -> [.., count]
    OP_WHEN_LOOP,  // next: target when count is 0, which leaves [value, matched]
    OP_CASE_ELSE,  // next: target when matched
    OP_CASE_END,   // [value, matched] ->
    OP_PARTIAL,    // a: partial; then three words: where to go on, on break, on continue
    OP_TAG,        // a: host tag; the same three words, then the code of its body
};
enum leave { LEAVE_END, LEAVE_BREAK, LEAVE_CONTINUE, LEAVE_FAIL };
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
    struct str key; // unnamed cycles; absent when the name is on the stack, below the values
    uint32_t n;
    bool named;
    uint32_t number;        // makes a cycle with variables its own
    const uint32_t *starts; // code addresses of the values' expressions
};
struct partial_use {
    bool include, has_with, is_for;
    struct str name; // literal, or absent when it is on the stack
    uint32_t alias;  // name slot in this template of the alias (include) or NO_KEY
    struct str alias_name;
    const struct str *names; // of the arguments, whose values are on the stack
    const uint32_t *slots;   // their names in this template (include)
    uint32_t n;
    uint32_t self_name; // name slot of the partial's own name, or NO_KEY
};
struct tag_use {
    const struct liquid_tag *tag;
    struct str raw;
    const struct str *names;
    uint32_t pos, named;
    uint32_t body; // code address, 0: none
    int64_t uid;
};
struct node {            // sorted by start; an inner node starts later
    uint32_t start, end; // code addresses
    uint32_t line;
    uint16_t stack; // values of the surrounding statements
    uint16_t loops; // open loops of this body
    uint16_t captures;
    bool blank;
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
uint32_t template_name(const struct liquid_template *t, struct str s,
                       uint64_t hash); // NO_KEY when absent
