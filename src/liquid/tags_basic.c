// SPDX-License-Identifier: Apache-2.0
// Tags about variables and text.
#include "liquid/compile.h"

static bool is_signature(char ch) {
    return is_word(ch) || ch == '-' || ch == '.' || ch == '[' || ch == ']';
}

// \(?[\w\-\.\[\]]\)? at i; the length, or 0
static size_t signature_at(struct str s, size_t i) {
    size_t n = i < s.n && s.p[i] == '(';
    if (i + n >= s.n || !is_signature(s.p[i + n])) return 0;
    n++;
    return n + (i + n < s.n && s.p[i + n] == ')');
}

// The first run of characters a target may have, from *i on.
static bool target_run(struct str s, size_t *i, struct str *out) {
    while (*i < s.n && !signature_at(s, *i)) ++*i;
    size_t n = 0, step;
    while ((step = signature_at(s, *i + n))) n += step;
    *out = str_sub(s, *i, n);
    return n > 0;
}

// The strict2 grammar of a target: a name and nothing else.
static bool name_strict(struct comp *c, struct str markup, struct str *out) {
    struct parser p;
    return parser_open(c, markup, &p) && parser_expect(&p, TOK_ID, out) &&
           parser_expect(&p, TOK_END, NULL);
}

static bool assign(struct comp *c, struct str s) {
    struct str to;
    for (size_t i = 0; target_run(s, &i, &to); i += to.n) {
        size_t eq = skip_space(s, i + to.n);
        if (eq >= s.n || s.p[eq] != '=') continue;
        if (c->o->mode == LIQUID_STRICT2) TRY(name_strict(c, to, &to));
        TRY(expr_variable(c, str_from(s, skip_space(s, eq + 1))));
        emit(c, OP_ASSIGN, comp_name(c, to), -1);
        return true;
    }
    return comp_fail(c, "Syntax Error in 'assign' - Valid syntax: assign [var] = [source]");
}

bool tag_assign(struct comp *c, struct tag_in *t) {
    uint32_t node = node_begin(c);
    TRY(strict_context(c, t->markup, assign(c, t->markup)));
    node_end(c, node, true);
    t->blank = true;
    return true;
}

static bool capture_name(struct comp *c, struct str markup, struct str *to) {
    size_t i = 0;
    if (c->o->mode == LIQUID_STRICT2) return name_strict(c, markup, to);
    return target_run(markup, &i, to) ||
           comp_fail(c, "Syntax Error in 'capture' - Valid syntax: capture [var]");
}

bool tag_capture(struct comp *c, struct tag_in *t) {
    struct str to;
    struct block b;
    TRY(strict_context(c, t->markup, capture_name(c, t->markup, &to)));
    uint32_t node = node_begin(c);
    block_begin(c, &b, "capture");
    capture_open(c, OP_CAPTURE, OP_CAPTURE_END, comp_name(c, to));
    struct body_end end;
    bool done;
    TRY(block_body(c, t->src, &b, &end, &done));
    if (!done) return block_unknown(c, &b, end.tag);
    capture_close(c);
    b.blank = false; // white space is what the author wants to keep
    block_end(c, &b);
    node_end(c, node, true);
    t->blank = true;
    return true;
}

bool tag_ifchanged(struct comp *c, struct tag_in *t) {
    struct block b;
    uint32_t node = node_begin(c);
    block_begin(c, &b, "ifchanged");
    capture_open(c, OP_CHANGED, OP_CHANGED_END, 0);
    struct body_end end;
    bool done;
    TRY(block_body(c, t->src, &b, &end, &done));
    if (!done) return block_unknown(c, &b, end.tag);
    capture_close(c);
    t->blank = b.blank;
    b.blank = false; // its white space counts as text
    block_end(c, &b);
    node_end_block(c, node, t->blank);
    return true;
}

static bool comment_step(struct comp *c, struct source *src, struct str token, int *depth) {
    struct str tag = {0}, markup, ignored;
    if (src->liquid) {
        struct str s = strip_left(token);
        size_t n = 0;
        while (n < s.n && is_word(s.p[n])) n++;
        tag = str_sub(s, 0, n);
    } else if (!token_tag(token, false, NULL, &tag, &markup)) {
        return true;
    }
    if (str_eq(tag, S("raw"))) return raw_body(c, src, "raw", &ignored);
    if (str_eq(tag, S("comment"))) ++*depth;
    if (str_eq(tag, S("endcomment"))) --*depth;
    if (*depth == 0 && !src->liquid) c->trim = token.p[token.n - 3] == '-';
    return true;
}

bool tag_comment(struct comp *c, struct tag_in *t) {
    struct str token;
    int depth = 1;
    t->blank = true;
    while (source_next(t->src, &token)) {
        TRY(comment_step(c, t->src, token, &depth));
        if (depth == 0) return true;
    }
    return comp_fail(c, "'comment' tag was never closed");
}

bool tag_inline_comment(struct comp *c, struct tag_in *t) {
    struct str s = t->markup;
    t->blank = true;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\n') continue;
        size_t next = skip_space(s, i);
        if (next < s.n && s.p[next] != '#')
            return comp_fail(c, "Syntax error in tag '#' - Each line of comments must be prefixed "
                                "by the '#' character");
    }
    return true;
}

bool tag_doc(struct comp *c, struct tag_in *t) {
    struct str body;
    if (strip(t->markup).n)
        return comp_fail(c, "Syntax Error in 'doc' - Valid syntax: {%% doc %%}{%% enddoc %%}");
    TRY(raw_body(c, t->src, "doc", &body));
    t->blank = body.n == 0;
    return true;
}

bool tag_raw(struct comp *c, struct tag_in *t) {
    struct str body;
    if (strip(t->markup).n) return comp_fail(c, "Syntax Error in 'raw' - Valid syntax: raw");
    TRY(raw_body(c, t->src, "raw", &body));
    t->blank = body.n == 0;
    if (body.n) {
        emit_text(c, body);
        c->body_texts.n--; // never taken for blank text
    }
    return true;
}

bool tag_echo(struct comp *c, struct tag_in *t) {
    uint32_t node = node_begin(c);
    TRY(expr_variable(c, t->markup));
    emit(c, OP_OUT, 0, -1);
    node_end(c, node, false);
    t->blank = false;
    return true;
}

static bool count_tag(struct comp *c, struct tag_in *t, enum op op) {
    struct str name = strip(t->markup);
    uint32_t node = node_begin(c);
    if (c->o->mode == LIQUID_STRICT2)
        TRY(strict_context(c, t->markup, name_strict(c, t->markup, &name)));
    emit(c, op, comp_name(c, name), 0);
    node_end(c, node, false);
    t->blank = false;
    return true;
}

bool tag_increment(struct comp *c, struct tag_in *t) { return count_tag(c, t, OP_COUNT_UP); }

bool tag_decrement(struct comp *c, struct tag_in *t) { return count_tag(c, t, OP_COUNT_DOWN); }
