// SPDX-License-Identifier: Apache-2.0
// if, unless, case, and what leaves a loop.
#include "liquid/compile.h"

// An error in the condition of an elsif is said of the line of its if; lax markup is none of it.
static bool branch_condition(struct comp *c, struct str markup, bool negate, int line,
                             struct jumps *other) {
    if (expr_condition(c, markup, negate, other)) return true;
    if (c->o->mode != LIQUID_LAX) c->line = line;
    return false;
}

static bool if_branch(struct comp *c, struct tag_in *t, struct block *b, struct jumps *after) {
    struct body_end end = {.tag = t->name, .markup = t->markup};
    bool negate = str_eq(str_c(b->name), S("unless")), done = false, ignored = false;
    int line = c->line;
    while (!done) {
        struct jumps other = {0};
        bool is_else = str_eq(end.tag, S("else"));
        uint32_t skip = 0;
        if (ignored) skip = emit_jump(c, OP_JUMP, 0, 0);
        if (!is_else) TRY(branch_condition(c, end.markup, negate, line, &other));
        negate = false;
        TRY(block_body(c, t->src, b, &end, &done));
        if (skip) emit_land(c, skip);
        if (is_else) ignored = true; // what follows an else is parsed but never runs
        if (!done && !str_eq(end.tag, S("elsif")) && !str_eq(end.tag, S("else")))
            return block_unknown(c, b, end.tag);
        if (other.words.n && !done) jumps_add(c, after, emit_jump(c, OP_JUMP, 0, 0));
        jumps_land(c, &other);
    }
    return true;
}

static bool if_or_unless(struct comp *c, struct tag_in *t, const char *name) {
    struct block b;
    struct jumps after = {0};
    uint32_t node = node_begin(c);
    block_begin(c, &b, name);
    TRY(if_branch(c, t, &b, &after));
    jumps_land(c, &after);
    block_end(c, &b);
    t->blank = b.blank;
    node_end_block(c, node, b.blank);
    return true;
}

bool tag_if(struct comp *c, struct tag_in *t) { return if_or_unless(c, t, "if"); }

bool tag_unless(struct comp *c, struct tag_in *t) { return if_or_unless(c, t, "unless"); }

static bool when_lax(struct comp *c, struct str markup) {
    size_t at;
    struct str part;
    for (;;) {
        if (!lax_find_fragment(markup, 0, &at, &part))
            return comp_fail(c, "Syntax Error in tag 'case' - Valid when condition: {%% when "
                                "[condition] [or condition2...] %%}");
        TRY(expr_lax(c, part, true));
        emit(c, OP_WHEN_TEST, 0, -1);
        size_t end = at + part.n, i = skip_space(markup, end);
        if (i < markup.n && markup.p[i] == ',')
            i++;
        else if (i > end && str_starts(str_from(markup, i), S("or")) && i + 2 < markup.n &&
                 is_space(markup.p[i + 2]))
            i += 2;
        else
            return true;
        i = skip_space(markup, i);
        if (!lax_fragment(markup, i)) return true;
        markup = str_from(markup, i);
    }
}

static bool when_strict2(struct comp *c, struct str markup) {
    struct parser p;
    TRY(parser_open(c, markup, &p));
    do {
        TRY(expr_strict(&p, true));
        emit(c, OP_WHEN_TEST, 0, -1);
    } while (parser_id(&p, "or") || parser_accept(&p, TOK_COMMA, NULL));
    return parser_expect(&p, TOK_END, NULL);
}

static bool case_value_plain(struct comp *c, struct str markup) {
    struct parser p;
    size_t at;
    struct str part;
    if (c->o->mode == LIQUID_STRICT2)
        return parser_open(c, markup, &p) && expr_strict(&p, false) &&
               parser_expect(&p, TOK_END, NULL);
    if (!lax_find_fragment(markup, 0, &at, &part))
        return comp_fail(c, "Syntax Error in 'case' - Valid syntax: case [condition]");
    return expr_lax(c, part, false);
}

static bool case_value(struct comp *c, struct str markup) {
    return strict_context(c, markup, case_value_plain(c, markup));
}

static bool when_branch(struct comp *c, struct tag_in *t, struct block *b, struct body_end *end,
                        bool *done) {
    emit(c, OP_WHEN, 0, 1);
    TRY(c->o->mode == LIQUID_STRICT2 ? when_strict2(c, end->markup) : when_lax(c, end->markup));
    uint32_t again = (uint32_t)c->code.n, leave = emit_jump(c, OP_WHEN_LOOP, 0, 0);
    TRY(block_body(c, t->src, b, end, done));
    emit_back(c, OP_JUMP, again);
    emit_land(c, leave);
    c->stack--;
    return true;
}

static bool else_branch(struct comp *c, struct tag_in *t, struct block *b, struct body_end *end,
                        bool *done) {
    if (strip(end->markup).n)
        return comp_fail(
            c, "Syntax Error in tag 'case' - Valid else condition: {%% else %%} (no parameters) ");
    uint32_t skip = emit_jump(c, OP_CASE_ELSE, 0, 0);
    TRY(block_body(c, t->src, b, end, done));
    emit_land(c, skip);
    return true;
}

bool tag_case(struct comp *c, struct tag_in *t) {
    struct block b;
    struct body_end end;
    bool done;
    uint32_t node = node_begin(c);
    TRY(case_value(c, t->markup));
    emit(c, OP_CASE, 0, 1);
    block_begin(c, &b, "case");
    uint32_t skip = emit_jump(c, OP_JUMP, 0, 0); // what comes before the first when never runs
    TRY(block_body(c, t->src, &b, &end, &done));
    emit_land(c, skip);
    while (!done) {
        if (str_eq(end.tag, S("when")))
            TRY(when_branch(c, t, &b, &end, &done));
        else if (str_eq(end.tag, S("else")))
            TRY(else_branch(c, t, &b, &end, &done));
        else
            return block_unknown(c, &b, end.tag);
    }
    emit(c, OP_CASE_END, 0, -2);
    block_end(c, &b);
    t->blank = b.blank;
    node_end_block(c, node, b.blank);
    return true;
}

void capture_open(struct comp *c, enum op begin, enum op end, uint32_t a) {
    emit(c, begin, a, 0);
    *VEC_PUSH(c->a, &c->open_captures) = (uint32_t)end | a << 8;
    c->captures++;
}

void capture_close(struct comp *c) {
    emit_word(c, c->open_captures.v[--c->open_captures.n]);
    c->captures--;
}

static void end_captures(struct comp *c, size_t down_to) {
    for (size_t i = c->open_captures.n; i-- > down_to;) emit_word(c, c->open_captures.v[i]);
}

void emit_break(struct comp *c) {
    end_captures(c, c->loop ? c->loop->captures : c->body_captures);
    if (!c->loop) {
        emit(c, OP_LEAVE, LEAVE_BREAK, 0);
        return;
    }
    uint32_t word = emit_jump(c, OP_BREAK, 0, 0);
    *VEC_PUSH(c->a, &c->loop->breaks) = word;
}

void emit_continue(struct comp *c) {
    end_captures(c, c->loop ? c->loop->captures : c->body_captures);
    if (!c->loop) {
        emit(c, OP_LEAVE, LEAVE_CONTINUE, 0);
        return;
    }
    uint32_t word = emit_jump(c, OP_JUMP, 0, 0);
    *VEC_PUSH(c->a, &c->loop->continues) = word;
}

bool tag_break(struct comp *c, struct tag_in *t) {
    t->blank = false;
    emit_break(c);
    return true;
}

bool tag_continue(struct comp *c, struct tag_in *t) {
    t->blank = false;
    emit_continue(c);
    return true;
}
