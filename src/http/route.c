// SPDX-License-Identifier: Apache-2.0
// A tree of segments. A literal child goes before a suffixed parameter (":handle.js"), that before
// a plain one, that before the remainder; all of them are tried, so that a literal path without the
// method does not hide a parameter's.
#include "http/route.h"

#include "base/vec.h"

#include <stdio.h>

#define SEGMENTS_MAX 32

enum node_kind { NODE_LITERAL, NODE_SUFFIXED, NODE_PARAM, NODE_REST };
struct node {
    enum node_kind kind;
    struct str text; // the literal, or the suffix of a parameter
    struct {
        struct node **v;
        size_t n, cap;
    } children; // in order of kind
    const struct route *routes[HTTP_OTHER];
};
struct router {
    struct arena *arena;
    struct node root;
};
struct segments {
    struct str v[SEGMENTS_MAX];
    size_t n;
};
struct match {
    const struct segments *segments;
    enum http_method method;
    const struct route *found;
    unsigned allowed;
};

NORETURN static void bad_row(const struct route *r, const char *why) {
    fprintf(stderr, "route %s %s: %s\n", http_method_name(r->method), r->path ? r->path : "(null)",
            why);
    base_bug("a row of a route table is malformed", __FILE__, __LINE__);
}

// "/a/b" has the segments a, b; "/a/" has a and an empty one; "/" has one empty one.
static bool split(struct str path, struct segments *out) {
    struct str rest = str_from(path, 1);
    out->n = 0;
    struct str part;
    while (str_split(&rest, '/', &part)) {
        if (out->n == SEGMENTS_MAX) return false;
        out->v[out->n++] = part;
    }
    return true;
}

static struct node segment_node(const struct route *r, struct str s, bool last) {
    if (s.n > 0 && s.p[0] == '*') {
        if (s.n == 1 || !last) bad_row(r, "the remainder needs a name and must be last");
        return (struct node){.kind = NODE_REST};
    }
    if (s.n == 0 || s.p[0] != ':') {
        if (s.n == 0 && !last) bad_row(r, "an empty segment");
        return (struct node){.kind = NODE_LITERAL, .text = s};
    }
    size_t dot = str_find_char(s, '.');
    if (s.n == 1 || dot == 1) bad_row(r, "a parameter without a name");
    if (dot == STR_NONE) return (struct node){.kind = NODE_PARAM};
    return (struct node){.kind = NODE_SUFFIXED, .text = str_from(s, dot)};
}

static struct node *child_for(struct arena *a, struct node *parent, struct node wanted) {
    size_t at = 0;
    for (; at < parent->children.n; at++) {
        struct node *c = parent->children.v[at];
        if (c->kind == wanted.kind && str_eq(c->text, wanted.text)) return c;
        if (c->kind > wanted.kind) break;
        // longer suffixes first: ".oembed.js" before ".js"
        if (c->kind == NODE_SUFFIXED && wanted.kind == NODE_SUFFIXED && c->text.n < wanted.text.n)
            break;
    }
    struct node *made = arena_copy(a, &wanted, sizeof wanted);
    *VEC_PUSH(a, &parent->children) = NULL;
    struct node **v = parent->children.v;
    memmove(v + at + 1, v + at, (parent->children.n - 1 - at) * sizeof *v);
    v[at] = made;
    return made;
}

static void add(struct router *router, const struct route *r) {
    if (!r->path || r->path[0] != '/') bad_row(r, "the path does not begin with /");
    if (!r->handler) bad_row(r, "no handler");
    if (!r->perm || !r->perm[0]) bad_row(r, "no permission; write PERM_PUBLIC if anybody may ask");
    if (r->method == HTTP_HEAD || r->method >= HTTP_OTHER)
        bad_row(r, "a method that cannot be routed");
    struct segments s;
    if (!split(str_c(r->path), &s)) bad_row(r, "too many segments");
    struct node *n = &router->root;
    for (size_t i = 0; i < s.n; i++)
        n = child_for(router->arena, n, segment_node(r, s.v[i], i + 1 == s.n));
    if (n->routes[r->method]) bad_row(r, "the same method and path stand twice");
    n->routes[r->method] = r;
}

struct router *router_new(struct arena *a, const struct route *const *tables, const size_t *counts,
                          size_t n) {
    struct router *r = ARENA_NEW(a, struct router);
    r->arena = a;
    for (size_t t = 0; t < n; t++)
        for (size_t i = 0; i < counts[t]; i++) add(r, &tables[t][i]);
    return r;
}

static void arrive(struct match *m, const struct node *n) {
    for (unsigned i = 0; i < HTTP_OTHER; i++)
        if (n->routes[i]) m->allowed |= 1u << i;
    if (!m->found && m->method < HTTP_OTHER) m->found = n->routes[m->method];
}

static bool fits(const struct node *n, struct str s) {
    switch (n->kind) {
    case NODE_LITERAL:
        return str_eq(n->text, s);
    case NODE_SUFFIXED:
        return s.n > n->text.n && str_ends(s, n->text);
    case NODE_PARAM:
    case NODE_REST:
        return s.n > 0;
    }
    return false;
}

// Depth is bounded by SEGMENTS_MAX; stops at the first row of the method.
static void walk(struct match *m, const struct node *n, size_t at) {
    if (at == m->segments->n) {
        arrive(m, n);
        return;
    }
    for (size_t i = 0; i < n->children.n && !m->found; i++) {
        const struct node *c = n->children.v[i];
        if (!fits(c, m->segments->v[at])) continue;
        if (c->kind == NODE_REST) {
            arrive(m, c);
        } else {
            walk(m, c, at + 1);
        }
    }
}

// Names stand in the row, values in the path: both are cut the same way.
static void capture(const struct route *r, const struct segments *path, struct arena *a,
                    struct http_pairs *out) {
    struct segments pattern;
    bool ok = split(str_c(r->path), &pattern);
    ensure(ok && pattern.n <= path->n);
    for (size_t i = 0; i < pattern.n; i++) {
        struct str p = pattern.v[i], v = path->v[i];
        if (p.n == 0 || (p.p[0] != ':' && p.p[0] != '*')) continue;
        if (p.p[0] == '*') v.n = (size_t)(path->v[path->n - 1].p + path->v[path->n - 1].n - v.p);
        size_t dot = p.p[0] == ':' ? str_find_char(p, '.') : STR_NONE;
        if (dot != STR_NONE) v.n -= p.n - dot;
        pairs_add(a, out, str_sub(p, 1, dot == STR_NONE ? p.n - 1 : dot - 1), v);
    }
}

const struct route *router_find(const struct router *r, enum http_method m, struct str path,
                                struct arena *a, struct http_pairs *params_out,
                                unsigned *allowed_out) {
    struct segments s;
    *allowed_out = 0;
    *params_out = (struct http_pairs){0};
    if (path.n == 0 || path.p[0] != '/' || !split(path, &s)) return NULL;
    struct match match = {.segments = &s, .method = m == HTTP_HEAD ? HTTP_GET : m};
    walk(&match, &r->root, 0);
    if (match.allowed & (1u << HTTP_GET)) match.allowed |= 1u << HTTP_HEAD;
    *allowed_out = match.allowed;
    if (match.found) capture(match.found, &s, a, params_out);
    return match.found;
}

struct str route_allow(struct arena *a, unsigned allowed) {
    struct buf b = buf_new(a, 128);
    for (unsigned i = 0; i < HTTP_OTHER; i++) {
        if (!(allowed & (1u << i))) continue;
        if (b.n) buf_put(&b, S(", "));
        buf_put(&b, str_c(http_method_name((enum http_method)i)));
    }
    return buf_str(&b);
}
