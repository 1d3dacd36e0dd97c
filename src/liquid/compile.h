// SPDX-License-Identifier: Apache-2.0
// Inside of the compiler: one pass from text to code, no tree. A function that parses returns false
// after c->message was filled (comp_fail); the strict parser's attempts are undone by truncating
// what it emitted.
#pragma once
#include "liquid/code.h"
#include "liquid/syntax.h"

struct source { // where tokens come from: the document, or the markup of a {% liquid %}
    struct str text;
    size_t pos;
    int line;
    bool liquid;
};
struct compile_loop {     // around the tag that is being compiled
    VEC(uint32_t) breaks; // code words to fill with the address after the loop
    VEC(uint32_t) continues;
    size_t captures;
    struct compile_loop *outer;
};
struct comp {
    struct arena *a;
    const struct liquid_options *o;
    VEC(uint32_t) code;
    VEC(struct str) texts;
    VEC(struct const_key) consts;
    VEC(struct name_ref) names;
    VEC(struct node) nodes;
    VEC(struct filter_use) filters;
    VEC(struct loop_use) loops;
    VEC(struct cycle_use) cycles;
    VEC(struct partial_use) partials;
    VEC(struct tag_use) tags;
    VEC(uint32_t) body_texts; // OP_TEXT words of the open blocks' bodies
    struct map name_ids;
    int line;
    bool trim;          // white space before the next text goes
    uint32_t last_text; // code word of the text just emitted, or NO_KEY
    bool blank;         // so far, of the body
    uint32_t stack, max_stack, open_loops, captures, changed_n;
    struct compile_loop *loop;
    VEC(uint32_t) open_captures; // words that end them, innermost last
    size_t body_captures;        // of these, outside of the host block being compiled
    int depth, expr_depth;
    bool too_deep; // the failure is a StackLevelError, not a syntax error
    char *message;
    struct str context; // of a strict error: the markup, for "in ..."
};
#define MESSAGE_MAX   1024
#define COMPILE_DEPTH 100

PRINTF_LIKE(2, 3) bool comp_fail(struct comp *c, const char *fmt, ...); // returns false

// ---- emit.c
void emit(struct comp *c, enum op op, uint32_t a, int stack_change);
void emit_word(struct comp *c, uint32_t w);
uint32_t emit_jump(struct comp *c, enum op op, uint32_t a, int stack_change); // word to fill
void emit_back(struct comp *c, enum op op, uint32_t target); // a jump to what is there already
void emit_land(struct comp *c, uint32_t word);               // fills with here
uint32_t comp_const(struct comp *c, struct liquid_value v);
uint32_t comp_name(struct comp *c, struct str s);
void emit_const(struct comp *c, struct liquid_value v);
void emit_text(struct comp *c, struct str s);
uint32_t node_begin(struct comp *c);
void node_end(struct comp *c, uint32_t node,
              bool blank); // blank: the text of errors is not printed
void node_end_block(struct comp *c, uint32_t node, bool blank); // in strict2 it is all the same

// ---- expr.c
bool expr_lax(struct comp *c, struct str markup, bool condition);
bool expr_strict(struct parser *p, bool condition);
bool expr_variable(struct comp *c, struct str markup); // expression and filters, as between {{ }}
struct jumps {
    VEC(uint32_t) words;
};
// The condition of if and unless. Falls through when it holds (negate: when it does not); else
// jumps.
bool expr_condition(struct comp *c, struct str markup, bool negate, struct jumps *jumps);
void jumps_add(struct comp *c, struct jumps *j, uint32_t word);
void jumps_land(struct comp *c, struct jumps *j);
struct arg_list { // being emitted
    VEC(struct str) names;
    VEC(uint32_t) starts; // code addresses
    VEC(bool) named;
    uint32_t pos;
};
bool arg_strict(struct parser *p, struct arg_list *args);
void args_order(struct comp *c, struct arg_list *args, struct str **names_out, uint32_t *named_out);
bool arg_lax(struct comp *c, struct arg_list *args, struct str markup);
bool strict_context(struct comp *c, struct str markup, bool ok); // adds it unless lax
bool with_context(struct comp *c, struct str markup, bool ok, bool variable);

// ---- compile.c
struct body_end {
    struct str tag, markup; // of the tag that ended the body; absent at the end of the source
    bool blank;
};
struct block {
    const char *name;
    bool blank;
    size_t texts;
};
bool comp_body(struct comp *c, struct source *src, struct body_end *end);
void block_begin(struct comp *c, struct block *b, const char *name);
// Compiles up to the next tag the body does not know. *done_out at endNAME.
bool block_body(struct comp *c, struct source *src, struct block *b, struct body_end *end,
                bool *done_out);
bool block_unknown(struct comp *c, const struct block *b, struct str tag);
void block_end(struct comp *c, struct block *b);
bool block_simple(struct comp *c, struct source *src, struct block *b); // one body up to endNAME
bool source_next(struct source *src, struct str *token_out);
bool token_tag(struct str token, bool anywhere, struct str *before, struct str *name,
               struct str *markup);
bool raw_body(struct comp *c, struct source *src, const char *name, struct str *out);
bool comp_liquid(struct comp *c, struct str markup, int line);

// ---- tags*.c: a tag compiles itself; *blank_out: prints nothing by itself
struct tag_in {
    struct str name, markup;
    struct source *src;
    bool blank;
};
typedef bool tag_fn(struct comp *c, struct tag_in *t);
tag_fn tag_if, tag_unless, tag_case, tag_for, tag_tablerow, tag_assign, tag_capture, tag_cycle,
    tag_comment, tag_inline_comment, tag_doc, tag_raw, tag_echo, tag_increment, tag_decrement,
    tag_break, tag_continue, tag_ifchanged, tag_render, tag_include;
void emit_break(struct comp *c);
void emit_continue(struct comp *c);
void capture_open(struct comp *c, enum op begin, enum op end, uint32_t a);
void capture_close(struct comp *c);
bool tag_host(struct comp *c, struct tag_in *t, const struct liquid_tag *tag);
