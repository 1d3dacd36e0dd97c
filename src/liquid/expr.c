// SPDX-License-Identifier: Apache-2.0
// Expressions: literals, ranges and lookups, in the strict grammar and in the lax reading of text.
#include "liquid/compile.h"

struct lookup { // a variable whose first key may be fused with its load
    struct comp *c;
    uint32_t name;
    bool pending, self;
};

static void lookup_name(struct lookup *l, struct str name) {
    l->name = comp_name(l->c, name);
    l->pending = true;
    l->self = str_eq(name, S("self"));
}

static void lookup_flush(struct lookup *l) {
    if (l->pending) emit(l->c, OP_VAR, l->name, 1);
    l->pending = false;
}

static void lookup_key(struct lookup *l, struct str key) {
    uint32_t k = comp_const(l->c, liquid_text(key));
    if (l->pending) {
        emit(l->c, l->self ? OP_SELF : OP_VAR_PROP, l->name, 1);
        emit_word(l->c, k);
        l->pending = false;
        return;
    }
    emit(l->c, OP_PROP, k, 0);
}

static bool is_command(struct str s) {
    return str_eq(s, S("size")) || str_eq(s, S("first")) || str_eq(s, S("last"));
}

static bool is_quoted(struct str s) {
    return s.n && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
}

static struct str unquote(struct str s) { return str_sub(s, 1, s.n > 2 ? s.n - 2 : 0); }

// After the code of an index expression was emitted.
static void lookup_index(struct lookup *l) {
    if (!l->pending) {
        emit(l->c, OP_INDEX, 0, -1);
        return;
    }
    emit(l->c, OP_SELF, l->name, 0);
    emit_word(l->c, NO_KEY);
    l->pending = false;
}

static void lookup_before_index(struct lookup *l) {
    if (!l->self) lookup_flush(l);
}

static void emit_string(struct comp *c, struct str s) {
    struct liquid_value v = liquid_text(s.p ? s : S(""));
    for (size_t i = 0; c->o->autoescape && i < s.n; i++)
        if (memchr("<>&\"'", s.p[i], 5)) v.literal = 1;
    emit_const(c, v);
}

static bool emit_literal(struct comp *c, struct str s, bool condition) {
    if (!s.n || str_eq(s, S("nil")) || str_eq(s, S("null")))
        emit_const(c, liquid_nil());
    else if (str_eq(s, S("true")))
        emit_const(c, liquid_bool(true));
    else if (str_eq(s, S("false")))
        emit_const(c, liquid_bool(false));
    else if (str_eq(s, S("blank")) || str_eq(s, S("empty"))) {
        struct liquid_value v = {.type = s.p[0] == 'b' ? LIQUID_BLANK : LIQUID_EMPTY};
        emit_const(c, condition ? v : liquid_text(S("")));
    } else
        return false;
    return true;
}

static bool is_digits(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return s.n > 0;
}

static bool emit_number(struct comp *c, struct str s) {
    size_t i = s.n && s.p[0] == '-', dot = STR_NONE, end = s.n;
    struct str rest = str_from(s, i);
    if (is_digits(rest)) {
        emit_const(c, number_parse_int(c->a, s));
        return true;
    }
    if (!rest.n || rest.p[0] < '0' || rest.p[0] > '9') return false;
    for (; i < s.n; i++) {
        if (s.p[i] == '.') {
            if (dot == STR_NONE)
                dot = i;
            else if (end == s.n)
                end = i;
        } else if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
    }
    if (dot + 1 == end) end = dot;
    emit_const(c, liquid_float(number_parse_float(str_sub(s, 0, end))));
    return true;
}

// Two constants just emitted become one range; else the machine makes it.
static void emit_range(struct comp *c, uint32_t start) {
    const uint32_t *w = c->code.v + start;
    if (c->code.n - start != 2 || (w[0] & 0xff) != OP_CONST || (w[1] & 0xff) != OP_CONST) {
        emit(c, OP_RANGE, 0, -1);
        return;
    }
    int64_t first = value_to_i(c->a, c->consts.v[w[0] >> 8].v);
    int64_t last = value_to_i(c->a, c->consts.v[w[1] >> 8].v);
    c->code.n = start;
    c->stack -= 2;
    emit_const(c, liquid_range(c->a, first, last));
}

static bool range_lax(struct comp *c, struct str s, bool *is_range) {
    *is_range = false;
    if (s.n < 2 || s.p[0] != '(' || s.p[s.n - 1] != ')') return true;
    struct str in = strip(str_sub(s, 1, s.n - 2));
    size_t run = 0, dots = STR_NONE;
    while (run < in.n && !is_space(in.p[run])) run++;
    for (size_t i = run; i-- > 1 && dots == STR_NONE;)
        if (i + 1 < run && in.p[i] == '.' && in.p[i + 1] == '.') dots = i;
    size_t first_end = dots == STR_NONE ? run : dots;
    if (dots == STR_NONE) dots = skip_space(in, run);
    if (!first_end || !str_starts(str_from(in, dots), S(".."))) return true;
    struct str last = strip(str_from(in, dots + 2));
    for (size_t i = 0; i < last.n; i++)
        if (is_space(last.p[i])) return true;
    if (!last.n) return true;
    uint32_t start = (uint32_t)c->code.n;
    *is_range = true;
    TRY(expr_lax(c, str_sub(in, 0, first_end), false));
    TRY(expr_lax(c, last, false));
    emit_range(c, start);
    return true;
}

// For each [ the place of the ] that closes it, 0 when none does; one pass, whatever the text.
static uint32_t *bracket_ends(struct comp *c, struct str s) {
    uint32_t *ends = ARENA_ARRAY(c->a, uint32_t, s.n + 1), open = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[') {
            ends[i] = open; // the chain of open ones, until it is known
            open = i + 1;
        } else if (s.p[i] == ']' && open) {
            uint32_t outer = ends[open - 1];
            ends[open - 1] = i;
            open = outer;
        }
    }
    while (open) {
        uint32_t outer = ends[open - 1];
        ends[open - 1] = 0;
        open = outer;
    }
    return ends;
}

static bool lookup_lax_key(struct lookup *l, struct str part, bool first) {
    struct comp *c = l->c;
    if (part.p[0] != '[') {
        if (first)
            lookup_name(l, part);
        else
            lookup_key(l, part);
        return true;
    }
    struct str in = strip(str_sub(part, 1, part.n - 2));
    if (first) {
        TRY(expr_lax(c, in, false));
        emit(c, OP_DYNVAR, 0, 0);
        return true;
    }
    if (is_quoted(in) && !is_command(unquote(in))) {
        lookup_key(l, unquote(in));
        return true;
    }
    lookup_before_index(l);
    TRY(expr_lax(c, in, false));
    lookup_index(l);
    return true;
}

static bool lookup_lax(struct comp *c, struct str s) {
    struct lookup l = {.c = c};
    bool first = true;
    const uint32_t *ends = memchr(s.p, '[', s.n) ? bracket_ends(c, s) : NULL;
    for (size_t i = 0, n; i < s.n; i += n ? n : 1) {
        n = 0;
        if (s.p[i] == '[') {
            n = ends[i] ? ends[i] + 1 - i : 0;
        } else {
            while (i + n < s.n && (is_word(s.p[i + n]) || s.p[i + n] == '-')) n++;
            if (n && i + n < s.n && s.p[i + n] == '?') n++;
        }
        if (!n) continue;
        TRY(lookup_lax_key(&l, str_sub(s, i, n), first));
        first = false;
    }
    if (first) emit_const(c, liquid_nil());
    lookup_flush(&l);
    return true;
}

static bool expr_enter(struct comp *c) {
    if (++c->expr_depth <= COMPILE_DEPTH) return true;
    c->too_deep = true;
    return comp_fail(c, "Nesting too deep");
}

bool expr_lax(struct comp *c, struct str markup, bool condition) {
    struct str s = strip(markup);
    bool is_range;
    TRY(expr_enter(c));
    if (is_quoted(s)) {
        emit_string(c, unquote(s));
    } else if (!emit_literal(c, s, condition)) {
        TRY(range_lax(c, s, &is_range));
        if (!is_range && !emit_number(c, s)) TRY(lookup_lax(c, s));
    }
    c->expr_depth--;
    return true;
}

static bool index_strict(struct parser *p, struct lookup *l) {
    struct tok t = p->v[p->p];
    if (t.type == TOK_STRING && parser_look(p, TOK_CLOSE_SQUARE, 1) && !is_command(unquote(t.s))) {
        p->p += 2;
        lookup_key(l, unquote(t.s));
        return true;
    }
    lookup_before_index(l);
    TRY(expr_strict(p, false));
    TRY(parser_expect(p, TOK_CLOSE_SQUARE, NULL));
    lookup_index(l);
    return true;
}

static bool lookups_strict(struct parser *p, struct lookup *l) {
    struct str key;
    for (;;) {
        if (parser_accept(p, TOK_OPEN_SQUARE, NULL)) {
            TRY(index_strict(p, l));
        } else if (parser_accept(p, TOK_DOT, NULL)) {
            TRY(parser_expect(p, TOK_ID, &key));
            lookup_key(l, key);
        } else {
            lookup_flush(l);
            return true;
        }
    }
}

static bool range_strict(struct parser *p) {
    struct comp *c = p->c;
    uint32_t start = (uint32_t)c->code.n;
    TRY(expr_strict(p, false));
    TRY(parser_expect(p, TOK_DOTDOT, NULL));
    TRY(expr_strict(p, false));
    TRY(parser_expect(p, TOK_CLOSE_ROUND, NULL));
    emit_range(c, start);
    return true;
}

static bool dynamic_strict(struct parser *p, struct lookup *l) {
    if (p->c->o->mode == LIQUID_STRICT2)
        return comp_fail(p->c, "Bare bracket access is not allowed. Use self['...'] instead");
    TRY(expr_strict(p, false));
    TRY(parser_expect(p, TOK_CLOSE_SQUARE, NULL));
    emit(p->c, OP_DYNVAR, 0, 0);
    return lookups_strict(p, l);
}

bool expr_strict(struct parser *p, bool condition) {
    struct comp *c = p->c;
    struct lookup l = {.c = c};
    struct str s;
    TRY(expr_enter(c));
    if (parser_accept(p, TOK_ID, &s)) {
        bool alone = !parser_look(p, TOK_DOT, 0) && !parser_look(p, TOK_OPEN_SQUARE, 0);
        if (!alone || !emit_literal(c, s, condition)) {
            lookup_name(&l, s);
            TRY(lookups_strict(p, &l));
        }
    } else if (parser_accept(p, TOK_OPEN_SQUARE, NULL)) {
        TRY(dynamic_strict(p, &l));
    } else if (parser_accept(p, TOK_STRING, &s)) {
        emit_string(c, unquote(s));
    } else if (parser_accept(p, TOK_NUMBER, &s)) {
        emit_number(c, s);
    } else if (parser_accept(p, TOK_OPEN_ROUND, NULL)) {
        TRY(range_strict(p));
    } else {
        return parser_bad_expression(p);
    }
    c->expr_depth--;
    return true;
}
