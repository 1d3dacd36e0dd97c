// SPDX-License-Identifier: Apache-2.0
// for, tablerow, cycle.
#include "liquid/compile.h"

struct piece { // code of an expression, cut out to be put where the machine wants it
    uint32_t *v;
    size_t n;
    bool given;
};
struct loop_parse {
    struct loop_use use;
    struct piece collection, limit, offset, cols;
};

static void cut(struct comp *c, size_t from, struct piece *out) {
    out->n = c->code.n - from;
    out->v = arena_copy(c->a, c->code.v + from, out->n * sizeof *out->v);
    out->given = true;
    c->code.n = from;
    c->stack--;
}

static void paste(struct comp *c, const struct piece *p) {
    if (!p->given) return;
    for (size_t i = 0; i < p->n; i++) emit_word(c, p->v[i]);
    if (++c->stack > c->max_stack) c->max_stack = c->stack;
}

static bool piece_strict(struct parser *p, struct piece *out) {
    size_t from = p->c->code.n;
    TRY(expr_strict(p, false));
    cut(p->c, from, out);
    return true;
}

static bool piece_lax(struct comp *c, struct str s, struct piece *out) {
    size_t from = c->code.n;
    TRY(expr_lax(c, s, false));
    cut(c, from, out);
    return true;
}

static bool is_continue(const struct parser *p) {
    struct tok t = p->v[p->p];
    return t.type == TOK_ID && str_eq(t.s, S("continue")) && !parser_look(p, TOK_DOT, 1) &&
           !parser_look(p, TOK_OPEN_SQUARE, 1);
}

static bool attribute_strict(struct parser *p, struct loop_parse *l, struct str key) {
    TRY(parser_expect(p, TOK_COLON, NULL));
    if (str_eq(key, S("offset")) && !l->use.table) {
        l->use.offset_continue = is_continue(p);
        p->p += l->use.offset_continue;
        if (l->use.offset_continue) return true;
    }
    struct piece ignored;
    struct piece *out = str_eq(key, S("offset"))  ? &l->offset
                        : str_eq(key, S("limit")) ? &l->limit
                        : str_eq(key, S("cols"))  ? &l->cols
                                                  : &ignored;
    return piece_strict(p, out);
}

static bool head_strict(struct parser *p, struct loop_parse *l, struct str *var) {
    TRY(parser_expect(p, TOK_ID, var));
    if (!parser_id(p, "in")) return comp_fail(p->c, "For loops require an 'in' clause");
    size_t from = p->p;
    TRY(piece_strict(p, &l->collection));
    l->use.name =
        arena_fmt(p->c->a, STR_FMT "-" STR_FMT, STR_ARG(*var), STR_ARG(parser_span(p, from)));
    return true;
}

static bool for_strict(struct comp *c, struct str markup, struct loop_parse *l, struct str *var) {
    struct parser p;
    TRY(parser_open(c, markup, &p));
    TRY(head_strict(&p, l, var));
    l->use.reversed = parser_id(&p, "reversed");
    while (parser_look(&p, TOK_COMMA, 0) || parser_look(&p, TOK_ID, 0)) {
        parser_accept(&p, TOK_COMMA, NULL);
        struct str key = p.v[p.p].s;
        if (!parser_id(&p, "limit") && !parser_id(&p, "offset"))
            return comp_fail(
                c, "Invalid attribute in for loop. Valid attributes are limit and offset");
        TRY(attribute_strict(&p, l, key));
    }
    return parser_expect(&p, TOK_END, NULL);
}

static bool tablerow_strict(struct comp *c, struct str markup, struct loop_parse *l,
                            struct str *var) {
    struct parser p;
    struct str key;
    TRY(parser_open(c, markup, &p));
    TRY(head_strict(&p, l, var));
    parser_accept(&p, TOK_COMMA, NULL);
    while (parser_accept(&p, TOK_ID, &key)) {
        if (!str_eq(key, S("cols")) && !str_eq(key, S("limit")) && !str_eq(key, S("offset")) &&
            !str_eq(key, S("range")))
            return comp_fail(c,
                             "Invalid attribute '" STR_FMT "' in tablerow loop. Valid "
                             "attributes are cols, limit, offset, and range",
                             STR_ARG(key));
        TRY(attribute_strict(&p, l, key));
        parser_accept(&p, TOK_COMMA, NULL);
    }
    return parser_expect(&p, TOK_END, NULL);
}

// (name)\s+in\s+(fragment+) at i
static bool head_at(struct str s, size_t i, bool dash, struct str *var, struct str *collection) {
    size_t n = i;
    while (n < s.n && (is_word(s.p[n]) || (dash && s.p[n] == '-'))) n++;
    *var = str_sub(s, i, n - i);
    size_t in = skip_space(s, n);
    if (n == i || in == n || !str_starts(str_from(s, in), S("in"))) return false;
    size_t from = skip_space(s, in + 2), end = from, len;
    if (from == in + 2) return false;
    while ((len = lax_fragment(s, end))) end += len;
    *collection = str_sub(s, from, end - from);
    return end > from;
}

static bool attribute_lax(struct comp *c, struct loop_parse *l, struct str key, struct str value) {
    bool offset = str_eq(key, S("offset"));
    if (offset && !l->use.table) {
        l->use.offset_continue = str_eq(value, S("continue"));
        if (l->use.offset_continue) return true;
    }
    if (offset) return piece_lax(c, value, &l->offset);
    if (str_eq(key, S("limit"))) return piece_lax(c, value, &l->limit);
    return !l->use.table || !str_eq(key, S("cols")) || piece_lax(c, value, &l->cols);
}

static bool loop_lax(struct comp *c, struct str s, struct loop_parse *l, struct str *var) {
    struct str collection, key, value;
    size_t i = 0, pos = 0;
    bool found = head_at(s, 0, !l->use.table, var, &collection);
    for (i = 1; l->use.table && !found && i < s.n; i++)
        found = !is_word(s.p[i - 1]) && head_at(s, i, false, var, &collection);
    if (!found)
        return comp_fail(c, l->use.table ? "Syntax Error in 'table_row loop' - Valid syntax: "
                                           "table_row [item] in [collection] cols=3"
                                         : "Syntax Error in 'for loop' - Valid syntax: for "
                                           "[item] in [collection]");
    l->use.name = arena_fmt(c->a, STR_FMT "-" STR_FMT, STR_ARG(*var), STR_ARG(collection));
    TRY(piece_lax(c, collection, &l->collection));
    struct str rest = {collection.p + collection.n,
                       (size_t)(s.p + s.n - collection.p) - collection.n};
    l->use.reversed = !l->use.table && str_starts(strip_left(rest), S("reversed"));
    while (lax_attribute(s, &pos, &key, &value)) TRY(attribute_lax(c, l, key, value));
    return true;
}

static bool loop_body(struct comp *c, struct tag_in *t, struct loop_parse *l, struct block *b) {
    struct compile_loop loop = {.captures = c->open_captures.n, .outer = c->loop};
    struct body_end end;
    bool done;
    paste(c, &l->collection);
    paste(c, &l->limit);
    paste(c, &l->offset);
    paste(c, &l->cols);
    int pop = 1 + l->limit.given + l->offset.given + l->cols.given;
    *VEC_PUSH(c->a, &c->loops) = l->use;
    uint32_t empty = emit_jump(c, OP_FOR, (uint32_t)c->loops.n - 1, -pop);
    uint32_t body = (uint32_t)c->code.n;
    c->loop = &loop;
    c->open_loops++;
    TRY(block_body(c, t->src, b, &end, &done));
    c->open_loops--;
    c->loop = loop.outer;
    for (size_t i = 0; i < loop.continues.n; i++) emit_land(c, loop.continues.v[i]);
    emit_back(c, OP_NEXT, body);
    for (size_t i = 0; i < loop.breaks.n; i++) emit_land(c, loop.breaks.v[i]);
    uint32_t skip = 0;
    if (!done && str_eq(end.tag, S("else")) && !l->use.table) {
        skip = emit_jump(c, OP_JUMP, 0, 0);
        emit_land(c, empty);
        TRY(block_body(c, t->src, b, &end, &done));
        emit_land(c, skip);
    } else {
        emit_land(c, empty);
    }
    return done || block_unknown(c, b, end.tag);
}

static bool loop_tag(struct comp *c, struct tag_in *t, struct loop_parse *l, struct str var) {
    struct block b;
    uint32_t node = node_begin(c);
    l->use.var = comp_name(c, var);
    l->use.forloop = comp_name(c, l->use.table ? S("tablerowloop") : S("forloop"));
    l->use.has_limit = l->limit.given;
    l->use.has_offset = l->offset.given && !l->use.offset_continue;
    if (l->use.offset_continue) l->offset.given = false;
    l->use.has_cols = l->cols.given;
    block_begin(c, &b, l->use.table ? "tablerow" : "for");
    TRY(loop_body(c, t, l, &b));
    t->blank = b.blank;
    b.blank = b.blank && !l->use.table;
    block_end(c, &b);
    node_end_block(c, node, t->blank);
    return true;
}

bool tag_for(struct comp *c, struct tag_in *t) {
    struct loop_parse l = {0};
    struct str var;
    if (c->o->mode == LIQUID_LAX)
        TRY(loop_lax(c, t->markup, &l, &var));
    else
        TRY(with_context(c, t->markup, for_strict(c, t->markup, &l, &var), false));
    return loop_tag(c, t, &l, var);
}

bool tag_tablerow(struct comp *c, struct tag_in *t) {
    struct loop_parse l = {.use.table = true};
    struct str var;
    bool ok = c->o->mode == LIQUID_STRICT2 ? tablerow_strict(c, t->markup, &l, &var)
                                           : loop_lax(c, t->markup, &l, &var);
    return strict_context(c, t->markup, ok) && loop_tag(c, t, &l, var);
}

struct cycle_parse {
    struct piece name;
    VEC(struct piece) values;
};
#define CYCLE_SYNTAX "Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]"

static bool cycle_strict(struct comp *c, struct str markup, struct cycle_parse *cy) {
    struct parser p;
    struct piece first;
    TRY(parser_open(c, markup, &p));
    if (parser_look(&p, TOK_END, 0)) return comp_fail(c, CYCLE_SYNTAX);
    TRY(piece_strict(&p, &first));
    if (parser_accept(&p, TOK_COLON, NULL)) {
        cy->name = first;
        TRY(piece_strict(&p, &first));
    }
    *VEC_PUSH(c->a, &cy->values) = first;
    while (parser_accept(&p, TOK_COMMA, NULL) && !parser_look(&p, TOK_END, 0)) {
        TRY(piece_strict(&p, &first));
        *VEC_PUSH(c->a, &cy->values) = first;
    }
    return parser_expect(&p, TOK_END, NULL);
}

static const struct liquid_value *constant(const struct comp *c, const struct piece *p) {
    return p->n == 1 && (p->v[0] & 0xff) == OP_CONST ? &c->consts.v[p->v[0] >> 8].v : NULL;
}

// The word nil takes no turn here; in strict2 it does.
static bool cycle_lax(struct comp *c, struct str markup, struct cycle_parse *cy) {
    struct str rest = markup, part, value;
    size_t at, n = lax_fragment(markup, 0), colon;
    // the name may end at the colon: a fragment would swallow `name:`
    for (size_t k = n; k > 0 && !cy->name.given; k--) {
        if (k < n && lax_fragment(str_sub(markup, 0, k), 0) != k) continue;
        colon = skip_space(markup, k);
        if (colon >= markup.n || markup.p[colon] != ':') continue;
        TRY(piece_lax(c, str_sub(markup, 0, k), &cy->name));
        rest = str_from(markup, skip_space(markup, colon + 1));
    }
    if (!n) return comp_fail(c, CYCLE_SYNTAX);
    while (rest.p && str_split(&rest, ',', &part)) {
        struct piece p;
        if (!lax_find_fragment(part, 0, &at, &value)) continue;
        if (str_eq(value, S("nil")) || str_eq(value, S("null"))) continue;
        TRY(piece_lax(c, value, &p));
        *VEC_PUSH(c->a, &cy->values) = p;
    }
    return true;
}

static struct str cycle_key(struct comp *c, const struct cycle_parse *cy) {
    struct buf b = buf_new(c->a, 0);
    struct print pr = {&b, c->a, NULL, false};
    for (size_t i = 0; i < cy->values.n; i++) {
        const struct liquid_value *v = constant(c, &cy->values.v[i]);
        if (i) buf_put(&b, S(", "));
        if (v)
            value_inspect(&pr, *v);
        else
            buf_fmt(&b, "#%zu", c->code.n + i); // a lookup makes the cycle its own
    }
    return buf_str(&b);
}

bool tag_cycle(struct comp *c, struct tag_in *t) {
    struct cycle_parse cy = {0};
    struct jumps after = {0};
    uint32_t node = node_begin(c);
    bool ok = c->o->mode == LIQUID_STRICT2 ? cycle_strict(c, t->markup, &cy)
                                           : cycle_lax(c, t->markup, &cy);
    TRY(strict_context(c, t->markup, ok));
    struct cycle_use use = {.n = (uint32_t)cy.values.n, .named = cy.name.given};
    if (!use.named) use.key = cycle_key(c, &cy);
    uint32_t *starts = ARENA_ARRAY(c->a, uint32_t, use.n + 1);
    use.starts = starts;
    paste(c, &cy.name);
    *VEC_PUSH(c->a, &c->cycles) = use;
    emit(c, OP_CYCLE, (uint32_t)c->cycles.n - 1, use.named ? -1 : 0);
    for (uint32_t i = 0; i < use.n; i++) {
        starts[i] = (uint32_t)c->code.n;
        paste(c, &cy.values.v[i]);
        emit(c, OP_OUT, 0, -1);
        jumps_add(c, &after, emit_jump(c, OP_JUMP, 0, 0));
    }
    starts[use.n] = (uint32_t)c->code.n;
    jumps_land(c, &after);
    t->blank = false;
    node_end(c, node, false);
    return true;
}
