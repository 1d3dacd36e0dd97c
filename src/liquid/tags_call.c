// SPDX-License-Identifier: Apache-2.0
// render, include and the tags of the host.
#include "liquid/compile.h"

struct call_tail {
    uint32_t words; // the first of: go on, on break, on continue
};

static struct call_tail tail_begin(struct comp *c) {
    struct call_tail t = {(uint32_t)c->code.n};
    for (int i = 0; i < 3; i++) emit_word(c, 0);
    return t;
}

static void tail_end(struct comp *c, struct call_tail t) {
    emit_land(c, t.words + 1);
    emit_break(c);
    emit_land(c, t.words + 2);
    emit_continue(c);
    emit_land(c, t.words);
}

static void partial_args(struct comp *c, struct partial_use *u, struct arg_list *args) {
    struct str *names;
    args_order(c, args, &names, &u->n);
    uint32_t *slots = ARENA_ARRAY(c->a, uint32_t, u->n + 1);
    for (uint32_t i = 0; i < u->n; i++) slots[i] = comp_name(c, names[i]);
    u->names = names;
    u->slots = slots;
}

static bool partial_attributes_lax(struct comp *c, struct str s, struct arg_list *args) {
    struct str key, value;
    size_t pos = 0;
    while (lax_attribute(s, &pos, &key, &value)) {
        *VEC_PUSH(c->a, &args->starts) = (uint32_t)c->code.n;
        *VEC_PUSH(c->a, &args->names) = key;
        TRY(expr_lax(c, value, false));
    }
    return true;
}

static bool partial_attributes_strict(struct parser *p, struct arg_list *args) {
    parser_accept(p, TOK_COMMA, NULL);
    while (parser_look(p, TOK_ID, 0)) {
        struct str key;
        parser_accept(p, TOK_ID, &key);
        TRY(parser_expect(p, TOK_COLON, NULL));
        *VEC_PUSH(p->c->a, &args->starts) = (uint32_t)p->c->code.n;
        *VEC_PUSH(p->c->a, &args->names) = key;
        TRY(expr_strict(p, false));
        parser_accept(p, TOK_COMMA, NULL);
    }
    return parser_expect(p, TOK_END, NULL);
}

// \s+WORD\s+ at *i, after which *i is past it
static bool lax_word(struct str s, size_t *i, const char *word) {
    size_t at = skip_space(s, *i), end = at + strlen(word);
    if (at == *i || !str_starts(str_from(s, at), str_c(word)) || end >= s.n || !is_space(s.p[end]))
        return false;
    *i = skip_space(s, end);
    return *i < s.n;
}

static size_t fragments(struct str s, size_t i) {
    size_t n = 0, len;
    while ((len = lax_fragment(s, i + n))) n += len;
    return n;
}

// [with|for fragment] [as name]
static bool partial_binding_lax(struct comp *c, struct str s, size_t i, struct partial_use *u) {
    size_t at = i, n;
    bool is_for = lax_word(s, &at, "for");
    if ((is_for || lax_word(s, &at, "with")) && (n = fragments(s, at))) {
        u->has_with = true;
        u->is_for = is_for;
        TRY(expr_lax(c, str_sub(s, at, n), false));
        i = at + n;
    }
    at = i;
    if (!lax_word(s, &at, "as")) return true;
    for (n = 0; at + n < s.n && (is_word(s.p[at + n]) || s.p[at + n] == '-'); n++) {
    }
    u->alias_name = n ? str_sub(s, at, n) : (struct str){0};
    return true;
}

static bool partial_binding_strict(struct parser *p, struct partial_use *u) {
    u->is_for = parser_id(p, "for");
    u->has_with = u->is_for || parser_id(p, "with");
    if (u->has_with) TRY(expr_strict(p, false));
    return !parser_id(p, "as") || parser_expect(p, TOK_ID, &u->alias_name);
}

#define RENDER_SYNTAX "Syntax error in tag 'render' - Template name must be a quoted string"
#define INCLUDE_SYNTAX                                                                             \
    "Error in tag 'include' - Valid syntax: include '[template]' (with|for) [object|collection]"

static bool render_lax(struct comp *c, struct str s, struct partial_use *u, struct arg_list *args) {
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '"' && s.p[i] != '\'') continue;
        const char *end = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
        if (!end) continue;
        u->name = str_sub(s, i + 1, (size_t)(end - s.p) - i - 1);
        TRY(partial_binding_lax(c, s, (size_t)(end - s.p) + 1, u));
        return partial_attributes_lax(c, s, args);
    }
    return comp_fail(c, RENDER_SYNTAX);
}

static bool render_strict(struct comp *c, struct str s, struct partial_use *u,
                          struct arg_list *args) {
    struct parser p;
    TRY(parser_open(c, s, &p));
    TRY(parser_expect(&p, TOK_STRING, &u->name));
    u->name = str_sub(u->name, 1, u->name.n - 2);
    TRY(partial_binding_strict(&p, u));
    return partial_attributes_strict(&p, args);
}

static bool include_lax(struct comp *c, struct str s, struct partial_use *u,
                        struct arg_list *args) {
    size_t at, n;
    struct str first;
    if (!lax_find_fragment(s, 0, &at, &first)) return comp_fail(c, INCLUDE_SYNTAX);
    n = fragments(s, at);
    TRY(expr_lax(c, str_sub(s, at, n), false));
    TRY(partial_binding_lax(c, s, at + n, u));
    return partial_attributes_lax(c, s, args);
}

static bool include_strict(struct comp *c, struct str s, struct partial_use *u,
                           struct arg_list *args) {
    struct parser p;
    TRY(parser_open(c, s, &p));
    TRY(expr_strict(&p, false));
    TRY(partial_binding_strict(&p, u));
    return partial_attributes_strict(&p, args);
}

static bool partial_parse(struct comp *c, struct str s, struct partial_use *u,
                          struct arg_list *args) {
    bool strict2 = c->o->mode == LIQUID_STRICT2;
    if (u->include) return strict2 ? include_strict(c, s, u, args) : include_lax(c, s, u, args);
    return strict2 ? render_strict(c, s, u, args) : render_lax(c, s, u, args);
}

static bool partial_tag(struct comp *c, struct tag_in *t, struct partial_use *u) {
    struct arg_list args = {0};
    uint32_t node = node_begin(c), stack = c->stack;
    TRY(strict_context(c, t->markup, partial_parse(c, t->markup, u, &args)));
    partial_args(c, u, &args);
    *VEC_PUSH(c->a, &c->partials) = *u;
    emit(c, OP_PARTIAL, (uint32_t)c->partials.n - 1, (int)stack - (int)c->stack);
    tail_end(c, tail_begin(c));
    node_end(c, node, false);
    t->blank = false;
    return true;
}

static bool is_name(struct str s) {
    s = str_trim(s);
    size_t n = 0;
    while (n < s.n && (is_word(s.p[n]) || s.p[n] == '.' || s.p[n] == '-')) n++;
    return n && n == s.n;
}

bool tag_render(struct comp *c, struct tag_in *t) {
    struct partial_use u = {0};
    if (c->o->host && c->o->host->no_apps && is_name(t->markup)) return true;
    return partial_tag(c, t, &u);
}

bool tag_include(struct comp *c, struct tag_in *t) {
    struct partial_use u = {.include = true};
    return partial_tag(c, t, &u);
}

// `closest.product: x`: a name with dots, as host tags may have. False: there is none here.
static bool dotted_arg(struct parser *p, struct arg_list *args) {
    size_t k = 0, from = p->p;
    while (parser_look(p, TOK_ID, k) && parser_look(p, TOK_DOT, k + 1)) k += 2;
    if (!k || !parser_look(p, TOK_ID, k) || !parser_look(p, TOK_COLON, k + 1)) return false;
    p->p += k + 1;
    *VEC_PUSH(p->c->a, &args->names) = parser_span(p, from);
    *VEC_PUSH(p->c->a, &args->starts) = (uint32_t)p->c->code.n;
    p->p++;
    return true;
}

static bool host_args(struct comp *c, struct tag_in *t, const struct liquid_tag *tag,
                      struct tag_use *u) {
    struct parser p;
    struct arg_list args = {0};
    struct str *names;
    TRY(parser_open(c, t->markup, &p));
    while (!parser_look(&p, TOK_END, 0)) {
        if (parser_accept(&p, TOK_COMMA, NULL)) continue;
        if (tag->keyword && !parser_look(&p, TOK_COLON, 1) && parser_id(&p, tag->keyword)) continue;
        TRY(dotted_arg(&p, &args) ? expr_strict(&p, false) : arg_strict(&p, &args));
    }
    args_order(c, &args, &names, &u->named);
    u->names = names;
    u->pos = args.pos;
    return true;
}

static bool host_body(struct comp *c, struct tag_in *t, const char *name) {
    struct compile_loop *loop = c->loop;
    uint32_t stack = c->stack, loops = c->open_loops, captures = c->captures;
    size_t outer = c->body_captures;
    struct block b;
    block_begin(c, &b, name);
    b.blank = false;
    c->loop = NULL;
    c->stack = c->open_loops = c->captures = 0;
    c->body_captures = c->open_captures.n;
    TRY(block_simple(c, t->src, &b));
    emit(c, OP_END, 0, 0);
    c->body_captures = outer;
    c->loop = loop;
    c->stack = stack;
    c->open_loops = loops;
    c->captures = captures;
    return true;
}

bool tag_host(struct comp *c, struct tag_in *t, const struct liquid_tag *tag) {
    struct tag_use u = {.tag = tag, .raw = t->markup, .uid = (int64_t)c->tags.n};
    uint32_t node = node_begin(c), stack = c->stack;
    t->blank = !tag->fn;
    if (tag->kind == LIQUID_TAG_RAW)
        TRY(raw_body(c, t->src, tag->name, &u.raw));
    else
        TRY(with_context(c, t->markup, host_args(c, t, tag, &u), false));
    size_t at = c->tags.n;
    *VEC_PUSH(c->a, &c->tags) = u;
    emit(c, OP_TAG, (uint32_t)at, (int)stack - (int)c->stack);
    struct call_tail tail = tail_begin(c);
    if (tag->kind == LIQUID_TAG_BLOCK) {
        c->tags.v[at].body = (uint32_t)c->code.n;
        TRY(host_body(c, t, tag->name));
    }
    tail_end(c, tail);
    node_end(c, node, t->blank);
    return true;
}
