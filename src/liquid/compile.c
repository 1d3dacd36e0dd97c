// SPDX-License-Identifier: Apache-2.0
// From text to a template: the body of documents and blocks.
#include "liquid/compile.h"

#define TEMPLATE_MAX ((size_t)4 << 20)

static const struct {
    const char *name;
    tag_fn *fn;
} tags[] = {
    {"if", tag_if},
    {"assign", tag_assign},
    {"for", tag_for},
    {"render", tag_render},
    {"unless", tag_unless},
    {"case", tag_case},
    {"capture", tag_capture},
    {"echo", tag_echo},
    {"comment", tag_comment},
    {"#", tag_inline_comment},
    {"include", tag_include},
    {"cycle", tag_cycle},
    {"increment", tag_increment},
    {"decrement", tag_decrement},
    {"break", tag_break},
    {"continue", tag_continue},
    {"raw", tag_raw},
    {"doc", tag_doc},
    {"tablerow", tag_tablerow},
    {"ifchanged", tag_ifchanged},
};

static bool tag_compile(struct comp *c, struct tag_in *t, bool *known) {
    const struct liquid_host *host = c->o->host;
    *known = true;
    for (size_t i = 0; host && i < host->tag_count; i++)
        if (str_eq(t->name, str_c(host->tags[i].name))) return tag_host(c, t, &host->tags[i]);
    for (size_t i = 0; i < ARRAY_LEN(tags); i++)
        if (tags[i].name[0] == t->name.p[0] && str_eq(t->name, str_c(tags[i].name)))
            return tags[i].fn(c, t);
    *known = false;
    return true;
}

static bool comp_tag(struct comp *c, struct tag_in *t, struct body_end *end) {
    bool known;
    if (str_eq(t->name, S("liquid"))) return comp_liquid(c, t->markup, c->line);
    TRY(tag_compile(c, t, &known));
    if (!known) {
        end->tag = t->name;
        end->markup = t->markup;
        return true;
    }
    c->blank = c->blank && t->blank;
    c->last_text = NO_KEY;
    return true;
}

static void before_markup(struct comp *c, struct str token) {
    if (token.n > 2 && token.p[2] == '-' && c->last_text != NO_KEY) {
        struct str *text = &c->texts.v[c->code.v[c->last_text] >> 8];
        *text = strip_right(*text);
    }
    c->trim = token.n > 4 && token.p[token.n - 3] == '-';
}

static bool comp_output(struct comp *c, struct str token) {
    before_markup(c, token);
    if (token.n < 4 || token.p[token.n - 2] != '}' || token.p[token.n - 1] != '}')
        return comp_fail(c,
                         "Variable '" STR_FMT "' was not properly terminated with regexp: /\\}\\}/",
                         STR_ARG(token));
    size_t from = token.p[2] == '-' ? 3 : 2, end = token.n - 2;
    if (end > from && token.p[end - 1] == '-') end--;
    uint32_t node = node_begin(c);
    TRY(expr_variable(c, str_sub(token, from, end > from ? end - from : 0)));
    emit(c, OP_OUT, 0, -1);
    node_end(c, node, false);
    c->blank = false;
    c->last_text = NO_KEY;
    return true;
}

static bool comp_document_tag(struct comp *c, struct str token, struct source *src,
                              struct body_end *end) {
    struct tag_in t = {.src = src};
    before_markup(c, token);
    if (!token_tag(token, false, NULL, &t.name, &t.markup)) {
        if (str_ends(token, S("%}"))) {
            end->tag = end->markup = token;
            return true;
        }
        return comp_fail(c, "Tag '" STR_FMT "' was not properly terminated with regexp: /\\%%\\}/",
                         STR_ARG(token));
    }
    for (const char *p = token.p; p < t.markup.p; p++) c->line += *p == '\n';
    return comp_tag(c, &t, end);
}

static void comp_text(struct comp *c, struct str token) {
    bool blank = skip_space(token, 0) == token.n;
    if (c->trim) token = strip_left(token);
    c->trim = false;
    c->last_text = NO_KEY;
    if (token.n) emit_text(c, token);
    c->blank = c->blank && blank;
}

static bool comp_line(struct comp *c, struct str token, struct source *src, struct body_end *end) {
    struct tag_in t = {.src = src};
    size_t i = skip_space(token, 0), n = 0;
    if (i == token.n) return true;
    if (token.p[i] == '#') n = 1;
    while (!(n == 1 && token.p[i] == '#') && i + n < token.n && is_word(token.p[i + n])) n++;
    if (!n) {
        end->tag = end->markup = token;
        return true;
    }
    t.name = str_sub(token, i, n);
    t.markup = str_from(token, skip_space(token, i + n));
    return comp_tag(c, &t, end);
}

static bool comp_tokens(struct comp *c, struct source *src, struct body_end *end) {
    struct str token;
    c->line = src->line;
    while (source_next(src, &token)) {
        if (src->liquid)
            TRY(comp_line(c, token, src, end));
        else if (str_starts(token, S("{%")))
            TRY(comp_document_tag(c, token, src, end));
        else if (str_starts(token, S("{{")))
            TRY(comp_output(c, token));
        else
            comp_text(c, token);
        if (end->tag.p) return true;
        c->line = src->line;
    }
    return true;
}

bool comp_liquid(struct comp *c, struct str markup, int line) {
    struct source src = {.text = markup, .line = line, .liquid = true};
    struct body_end end = {0};
    if (++c->depth > COMPILE_DEPTH) {
        c->too_deep = true;
        return comp_fail(c, "Nesting too deep");
    }
    TRY(comp_tokens(c, &src, &end));
    c->depth--;
    if (end.tag.p && str_starts(end.tag, S("end")))
        return comp_fail(c, "'" STR_FMT "' is not a valid delimiter for liquid tags. use %%}",
                         STR_ARG(end.tag));
    if (end.tag.p && str_eq(end.tag, S("else")))
        return comp_fail(c, "liquid tag does not expect 'else' tag");
    return !end.tag.p || comp_fail(c, "Unknown tag '" STR_FMT "'", STR_ARG(end.tag));
}

bool comp_body(struct comp *c, struct source *src, struct body_end *end) {
    bool blank = c->blank;
    if (++c->depth > COMPILE_DEPTH) {
        c->too_deep = true;
        return comp_fail(c, "Nesting too deep");
    }
    c->blank = true;
    c->last_text = NO_KEY;
    *end = (struct body_end){0};
    TRY(comp_tokens(c, src, end));
    end->blank = c->blank;
    c->blank = blank;
    c->last_text = NO_KEY;
    c->depth--;
    return true;
}

void block_begin(struct comp *c, struct block *b, const char *name) {
    *b = (struct block){name, true, c->body_texts.n};
}

bool block_body(struct comp *c, struct source *src, struct block *b, struct body_end *end,
                bool *done_out) {
    TRY(comp_body(c, src, end));
    b->blank = b->blank && end->blank;
    if (!end->tag.p) return comp_fail(c, "'%s' tag was never closed", b->name);
    size_t n = strlen(b->name);
    *done_out = end->tag.n == n + 3 && str_starts(end->tag, S("end")) &&
                memcmp(end->tag.p + 3, b->name, n) == 0;
    return true;
}

bool block_unknown(struct comp *c, const struct block *b, struct str tag) {
    if (str_eq(tag, S("else"))) return comp_fail(c, "%s tag does not expect 'else' tag", b->name);
    if (str_starts(tag, S("end")))
        return comp_fail(c, "'" STR_FMT "' is not a valid delimiter for %s tags. use end%s",
                         STR_ARG(tag), b->name, b->name);
    return comp_fail(c, "Unknown tag '" STR_FMT "'", STR_ARG(tag));
}

void block_end(struct comp *c, struct block *b) {
    for (size_t i = b->texts; b->blank && i < c->body_texts.n; i++)
        c->code.v[c->body_texts.v[i]] = OP_NOP;
    c->body_texts.n = b->texts;
}

bool block_simple(struct comp *c, struct source *src, struct block *b) {
    struct body_end end;
    bool done;
    TRY(block_body(c, src, b, &end, &done));
    if (!done) return block_unknown(c, b, end.tag);
    block_end(c, b);
    return true;
}

uint32_t template_name(const struct liquid_template *t, struct str s, uint64_t hash) {
    for (size_t at = (size_t)hash & t->name_mask; t->name_slots[at]; at = (at + 1) & t->name_mask) {
        const struct name_ref *n = &t->names[t->name_slots[at] - 1];
        if (n->hash == hash && str_eq(n->s, s)) return t->name_slots[at] - 1;
    }
    return NO_KEY;
}

static void finish(struct comp *c, struct liquid_template *t) {
    size_t size = 8;
    while (size < c->names.n * 2) size *= 2;
    uint32_t *slots = ARENA_ARRAY(c->a, uint32_t, size);
    for (size_t i = 0; i < c->names.n; i++) {
        size_t at = (size_t)c->names.v[i].hash & (size - 1);
        while (slots[at]) at = (at + 1) & (size - 1);
        slots[at] = (uint32_t)i + 1;
    }
    *t = (struct liquid_template){
        .code = c->code.v,
        .texts = c->texts.v,
        .consts = c->consts.v,
        .names = c->names.v,
        .names_n = (uint32_t)c->names.n,
        .code_n = (uint32_t)c->code.n,
        .nodes_n = (uint32_t)c->nodes.n,
        .tags_n = (uint32_t)c->tags.n,
        .name_slots = slots,
        .name_mask = (uint32_t)size - 1,
        .nodes = c->nodes.v,
        .filters = c->filters.v,
        .loops = c->loops.v,
        .cycles = c->cycles.v,
        .partials = c->partials.v,
        .tags = c->tags.v,
        .max_stack = c->max_stack,
        .changed_n = c->changed_n,
        .options = *c->o,
    };
}

static bool is_text(struct str s) { // UTF-8; mostly it is plain ASCII, eight bytes at a time
    size_t i = 0;
    for (uint64_t w; i + 8 <= s.n; i += 8) {
        memcpy(&w, s.p + i, 8);
        if (w & UINT64_C(0x8080808080808080)) break;
    }
    return str_is_utf8(str_from(s, i));
}

static bool compile_text(struct comp *c, struct str text) {
    struct source src = {.text = text, .line = 1};
    struct body_end end;
    if (!is_text(text)) {
        c->too_deep = true;
        return comp_fail(c, "Invalid template encoding");
    }
    TRY(comp_body(c, &src, &end));
    if (end.tag.p && (str_eq(end.tag, S("else")) || str_eq(end.tag, S("end"))))
        return comp_fail(c, "Unexpected outer '" STR_FMT "' tag", STR_ARG(end.tag));
    if (end.tag.p) return comp_fail(c, "Unknown tag '" STR_FMT "'", STR_ARG(end.tag));
    emit(c, OP_END, 0, 0);
    return true;
}

static bool compile_error(struct comp *c, struct liquid_error *out, struct err *err) {
    struct str line = S("");
    struct str name = c->o->name;
    if (!c->too_deep && !c->o->no_line_numbers)
        line =
            arena_fmt(c->a, " (" STR_FMT "%sline %d)", STR_ARG(name), name.n ? " " : "", c->line);
    struct str text = arena_fmt(c->a, "%s" STR_FMT ": %s" STR_FMT,
                                c->too_deep ? "Liquid error" : "Liquid syntax error", STR_ARG(line),
                                c->message, STR_ARG(c->context));
    if (out) *out = (struct liquid_error){true, c->line, text};
    return err_set(err, ERR_INVALID, STR_FMT, STR_ARG(text));
}

bool liquid_compile(struct arena *a, struct str text, const struct liquid_options *options,
                    const struct liquid_template **template_out, struct liquid_error *error_out,
                    struct err *err) {
    struct comp c = {
        .a = a, .o = options, .last_text = NO_KEY, .blank = true, .line = 1, .depth = -1};
    if (text.n > TEMPLATE_MAX) {
        if (error_out) *error_out = (struct liquid_error){true, 0, S("template too large")};
        return err_set(err, ERR_TOO_LARGE, "The template is larger than 4 MiB.");
    }
    struct liquid_template *t = ARENA_NEW(a, struct liquid_template);
    t->options = *options;
    c.o = &t->options;
    c.message = arena_alloc(a, MESSAGE_MAX);
    if (!compile_text(&c, arena_str(a, text))) return compile_error(&c, error_out, err);
    struct liquid_options kept = t->options;
    c.o = &kept;
    finish(&c, t);
    *template_out = t;
    return true;
}

struct str liquid_raw_body(const struct liquid_template *t, const char *tag) {
    for (uint32_t i = 0; i < t->tags_n; i++)
        if (t->tags[i].tag->kind == LIQUID_TAG_RAW && strcmp(t->tags[i].tag->name, tag) == 0)
            return t->tags[i].raw;
    return (struct str){0};
}
