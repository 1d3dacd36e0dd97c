// SPDX-License-Identifier: Apache-2.0
// Expressions with filters, and conditions.
#include "liquid/compile.h"

bool with_context(struct comp *c, struct str markup, bool ok, bool variable) {
    if (ok || c->too_deep) return ok;
    struct str s = variable ? markup : strip(markup);
    c->context = variable ? arena_fmt(c->a, " in \"{{" STR_FMT "}}\"", STR_ARG(s))
                          : arena_fmt(c->a, " in \"" STR_FMT "\"", STR_ARG(s));
    return false;
}

bool strict_context(struct comp *c, struct str markup, bool ok) {
    return c->o->mode == LIQUID_LAX ? ok : with_context(c, markup, ok, false);
}

static void arg_begin(struct comp *c, struct arg_list *args, struct str name) {
    *VEC_PUSH(c->a, &args->starts) = (uint32_t)c->code.n;
    *VEC_PUSH(c->a, &args->names) = name;
    args->pos += !name.p;
}

bool arg_strict(struct parser *p, struct arg_list *args) {
    struct str name = {0};
    if (parser_look(p, TOK_ID, 0) && parser_look(p, TOK_COLON, 1)) {
        name = p->v[p->p].s;
        p->p += 2;
    }
    arg_begin(p->c, args, name);
    return expr_strict(p, false);
}

bool arg_lax(struct comp *c, struct arg_list *args, struct str markup) {
    struct str key = {0}, value = markup;
    if (!lax_only_attribute(markup, &key, &value)) key = (struct str){0};
    arg_begin(c, args, key);
    return expr_lax(c, key.p ? value : markup, false);
}

// Brings the code of positional arguments before that of named ones; expressions hold no jumps.
void args_order(struct comp *c, struct arg_list *args, struct str **names_out,
                uint32_t *named_out) {
    size_t n = args->names.n, named = n - args->pos, k = 0;
    *named_out = (uint32_t)named;
    *names_out = NULL;
    if (!named) return;
    *names_out = ARENA_ARRAY(c->a, struct str, named);
    uint32_t from = args->starts.v[0], size = (uint32_t)c->code.n - from, at = 0;
    uint32_t *moved = ARENA_ARRAY(c->a, uint32_t, size);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            if ((args->names.v[i].p != NULL) != (pass == 1)) continue;
            uint32_t start = args->starts.v[i];
            uint32_t end = i + 1 < n ? args->starts.v[i + 1] : (uint32_t)c->code.n;
            memcpy(moved + at, c->code.v + start, (end - start) * sizeof *moved);
            at += end - start;
            if (pass) (*names_out)[k++] = args->names.v[i];
        }
    memcpy(c->code.v + from, moved, size * sizeof *moved);
}

static void emit_filter(struct comp *c, struct str name, struct arg_list *args) {
    struct filter_use use = {.name = name, .pos = args->pos};
    struct str *names;
    args_order(c, args, &names, &use.named);
    use.names = names;
    const struct liquid_host *host = c->o->host;
    for (size_t i = 0; host && i < host->filter_count; i++)
        if (str_eq(name, str_c(host->filters[i].name))) use.host = &host->filters[i];
    if (!use.host) use.std = std_filter_find(name, c->o->autoescape);
    *VEC_PUSH(c->a, &c->filters) = use;
    emit(c, OP_FILTER, (uint32_t)c->filters.n - 1, -(int)(use.pos + use.named));
}

static bool end_of_args(const struct parser *p) {
    return parser_look(p, TOK_PIPE, 0) || parser_look(p, TOK_END, 0);
}

static bool filter_strict(struct parser *p) {
    struct str name;
    struct arg_list args = {0};
    bool loose = p->c->o->mode == LIQUID_STRICT2; // a comma may end the list, the list may be empty
    TRY(parser_expect(p, TOK_ID, &name));
    if (parser_accept(p, TOK_COLON, NULL)) {
        if (!loose || !end_of_args(p)) TRY(arg_strict(p, &args));
        while (parser_accept(p, TOK_COMMA, NULL) && !(loose && end_of_args(p)))
            TRY(arg_strict(p, &args));
    }
    emit_filter(p->c, name, &args);
    return true;
}

static bool variable_strict(struct comp *c, struct str markup) {
    struct parser p;
    TRY(parser_open(c, markup, &p));
    if (parser_look(&p, TOK_END, 0)) {
        emit_const(c, liquid_nil());
        return true;
    }
    TRY(expr_strict(&p, false));
    while (parser_accept(&p, TOK_PIPE, NULL)) TRY(filter_strict(&p));
    return parser_expect(&p, TOK_END, NULL);
}

static bool filter_lax(struct comp *c, struct str part) {
    size_t i = 0, n = 0, pos = 0;
    struct arg_list args = {0};
    struct str arg;
    while (i < part.n && !is_word(part.p[i])) i++;
    while (i + n < part.n && is_word(part.p[i + n])) n++;
    if (!n) return true;
    while (lax_filter_arg(part, &pos, &arg)) TRY(arg_lax(c, &args, arg));
    emit_filter(c, str_sub(part, i, n), &args);
    return true;
}

static bool variable_lax(struct comp *c, struct str markup) {
    size_t at, pos = 0;
    struct str name, part;
    if (!lax_find_fragment(markup, 0, &at, &name)) {
        emit_const(c, liquid_nil());
        return true;
    }
    TRY(expr_lax(c, name, false));
    struct str rest = str_from(markup, at + name.n);
    size_t bar = str_find_char(rest, '|');
    if (bar == STR_NONE) return true;
    rest = strip_left(str_from(rest, bar + 1));
    while (lax_filter(rest, &pos, &part)) TRY(filter_lax(c, part));
    return true;
}

bool expr_variable(struct comp *c, struct str markup) {
    size_t code = c->code.n;
    uint32_t stack = c->stack;
    int depth = c->expr_depth;
    if (variable_strict(c, markup)) return true;
    if (c->o->mode != LIQUID_LAX || c->too_deep) return with_context(c, markup, false, true);
    c->code.n = code;
    c->stack = stack;
    c->expr_depth = depth;
    return variable_lax(c, markup);
}

void jumps_add(struct comp *c, struct jumps *j, uint32_t word) {
    *VEC_PUSH(c->a, &j->words) = word;
}

void jumps_land(struct comp *c, struct jumps *j) {
    for (size_t i = 0; i < j->words.n; i++) emit_land(c, j->words.v[i]);
    j->words.n = 0;
}

static void emit_compare(struct comp *c, struct str op) {
    static const struct {
        const char *text;
        enum compare op;
    } ops[] = {{"==", CMP_EQ}, {"!=", CMP_NE}, {"<>", CMP_NE}, {"<", CMP_LT},
               {">", CMP_GT},  {"<=", CMP_LE}, {">=", CMP_GE}, {"contains", CMP_CONTAINS}};
    for (size_t i = 0; i < ARRAY_LEN(ops); i++)
        if (str_eq(op, str_c(ops[i].text))) {
            emit(c, OP_CMP, ops[i].op, -1);
            return;
        }
    emit(c, OP_CMP_BAD, comp_const(c, liquid_text(op)), -1);
}

struct chain { // of comparisons joined by and, or
    bool negate;
    struct jumps body, *other;
};

// relation: 'a' and, 'o' or, 0 the last. The value of the comparison is on the stack.
static void chain_add(struct comp *c, struct chain *ch, char relation, bool compared) {
    bool to_body = relation == 'o' ? !ch->negate : relation == 'a' ? ch->negate : false;
    bool when = relation == 'o' || (relation == 0 && ch->negate);
    size_t last = c->code.n - 1;
    uint32_t word;
    if (compared && !when && (c->code.v[last] & 0xff) == OP_CMP) {
        uint32_t a = c->code.v[last] >> 8;
        c->code.n--;
        word = emit_jump(c, OP_CMP_JUMP_FALSE, a, -1);
    } else {
        word = emit_jump(c, when ? OP_JUMP_TRUE : OP_JUMP_FALSE, 0, -1);
    }
    jumps_add(c, to_body ? &ch->body : ch->other, word);
}

static bool comparison_strict(struct parser *p, bool *compared) {
    struct str op;
    *compared = false;
    TRY(expr_strict(p, true));
    if (!parser_accept(p, TOK_COMPARISON, &op)) return true;
    TRY(expr_strict(p, true));
    emit_compare(p->c, op);
    *compared = true;
    return true;
}

static bool condition_strict(struct comp *c, struct str markup, struct chain *ch) {
    struct parser p;
    bool compared = false;
    TRY(parser_open(c, markup, &p));
    for (;;) {
        TRY(comparison_strict(&p, &compared));
        char relation = parser_id(&p, "and") ? 'a' : parser_id(&p, "or") ? 'o' : 0;
        chain_add(c, ch, relation, compared);
        if (!relation) return parser_expect(&p, TOK_END, NULL);
    }
}

#define IF_SYNTAX "Syntax Error in tag 'if' - Valid syntax: if [expression]"

static bool comparison_lax(struct comp *c, struct str part, bool *compared) {
    struct str left, op, right;
    if (!lax_comparison(part, &left, &op, &right)) return comp_fail(c, IF_SYNTAX);
    TRY(expr_lax(c, left, true));
    *compared = op.n > 0;
    if (!op.n) return true;
    TRY(expr_lax(c, right, true));
    emit_compare(c, op);
    return true;
}

static bool condition_lax(struct comp *c, struct str markup, struct chain *ch) {
    VEC(struct str) parts = {0};
    struct str part;
    size_t pos = 0;
    bool compared = false;
    while (lax_condition_part(markup, &pos, &part)) *VEC_PUSH(c->a, &parts) = part;
    if (parts.n % 2 == 0) return comp_fail(c, IF_SYNTAX);
    for (size_t i = 0; i < parts.n; i += 2) {
        TRY(comparison_lax(c, parts.v[i], &compared));
        char relation = 0;
        if (i + 1 < parts.n) {
            struct str word = strip(parts.v[i + 1]);
            if (!str_eq(word, S("and")) && !str_eq(word, S("or"))) return comp_fail(c, IF_SYNTAX);
            relation = word.p[0];
        }
        chain_add(c, ch, relation, compared);
    }
    return true;
}

bool expr_condition(struct comp *c, struct str markup, bool negate, struct jumps *jumps) {
    struct chain ch = {.negate = negate, .other = jumps};
    if (c->o->mode == LIQUID_LAX)
        TRY(condition_lax(c, markup, &ch));
    else
        TRY(with_context(c, markup, condition_strict(c, markup, &ch), false));
    jumps_land(c, &ch.body);
    return true;
}
