// SPDX-License-Identifier: Apache-2.0
// Tags about variables and text.
#include "liquid/compile.h"

static bool is_signature(char ch) {
    return is_word(ch) || ch == '-' || ch == '.' || ch == '[' || ch == ']' || ch == '(' ||
           ch == ')';
}

// The first run of characters a target may have, from *i on.
static bool target_run(struct str s, size_t *i, struct str *out) {
    while (*i < s.n && !is_signature(s.p[*i])) ++*i;
    size_t n = 0;
    while (*i + n < s.n && is_signature(s.p[*i + n])) n++;
    *out = str_sub(s, *i, n);
    return n > 0;
}

// In strict2 a target begins like a name.
static bool target_ok(const struct comp *c, struct str to) {
    bool digit = to.p[0] >= '0' && to.p[0] <= '9';
    return c->o->mode != LIQUID_STRICT2 || (is_word(to.p[0]) && !digit);
}

bool tag_assign(struct comp *c, struct tag_in *t) {
    struct str s = t->markup, to;
    size_t i = 0;
    for (; target_run(s, &i, &to); i += to.n) {
        size_t eq = skip_space(s, i + to.n);
        if (eq >= s.n || s.p[eq] != '=') continue;
        if (!target_ok(c, to)) break;
        uint32_t node = node_begin(c);
        TRY(expr_variable(c, str_from(s, skip_space(s, eq + 1))));
        emit(c, OP_ASSIGN, comp_name(c, to), -1);
        node_end(c, node, true);
        t->blank = true;
        return true;
    }
    return comp_fail(c, "Syntax Error in 'assign' - Valid syntax: assign [var] = [source]");
}

bool tag_capture(struct comp *c, struct tag_in *t) {
    struct str to;
    struct block b;
    size_t i = 0;
    if (!target_run(t->markup, &i, &to) || !target_ok(c, to))
        return comp_fail(c, "Syntax Error in 'capture' - Valid syntax: capture [var]");
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
    node_end(c, node, t->blank);
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
    c->line = t->src->line;
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
    uint32_t node = node_begin(c);
    emit(c, op, comp_name(c, strip(t->markup)), 0);
    node_end(c, node, false);
    t->blank = false;
    return true;
}

bool tag_increment(struct comp *c, struct tag_in *t) { return count_tag(c, t, OP_COUNT_UP); }

bool tag_decrement(struct comp *c, struct tag_in *t) { return count_tag(c, t, OP_COUNT_DOWN); }
