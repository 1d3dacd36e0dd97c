// SPDX-License-Identifier: Apache-2.0
// The one template language of Kontor: shop themes, desk pages, mails, documents. The language of
// Shopify/liquid 5.13 to the letter; error texts too. A template is compiled once to bytecode and
// is then immutable: any number of threads may render it at the same time. Rendering allocates in
// the render's arena only.
#pragma once
#include "liquid/value.h"

enum liquid_mode { // how forgiving the parser is about markup inside tags
    LIQUID_LAX,    // guesses, as old themes need it
    LIQUID_STRICT, // refuses what the grammar does not know
    LIQUID_STRICT2 // one grammar for every tag, nothing ignored
};
struct liquid_args { // evaluated, as a filter or host tag was called
    const struct liquid_value *pos;
    size_t pos_n;
    const struct str *names;
    const struct liquid_value *named;
    size_t named_n;
};
struct liquid_value liquid_arg(const struct liquid_args *args, size_t i); // nil when not given
struct liquid_value liquid_named(const struct liquid_args *args,
                                 const char *name); // nil when not given
bool liquid_has_named(const struct liquid_args *args, const char *name);

struct liquid_vm;
struct liquid_call {           // what a host filter or tag is told
    struct arena *arena;       // the render's
    void *self;                // of the table entry
    void *page;                // liquid_render_in.page: the host's state of this render
    struct buf *out;           // tags write here; NULL for filters
    struct liquid_value input; // filters: the value before the bar
    struct liquid_args args;
    struct str
        raw;     // LIQUID_TAG_RAW: the text of the body, as written; others: the markup of the tag
    int64_t uid; // number of this tag inside its template, stable over renders
    bool autoescape; // the result is printed as text unless it is LIQUID_HTML
    struct liquid_vm *vm;
};
// False with err filled becomes a render error with err->message (inline or raised, as the render
// asks).
typedef bool liquid_filter_fn(struct liquid_call *c, struct liquid_value *out, struct err *err);
typedef bool liquid_tag_fn(struct liquid_call *c, struct err *err);

struct liquid_filter { // tables live as long as the templates compiled with them
    const char *name;
    liquid_filter_fn *fn;
    void *self;
};
enum liquid_tag_kind {
    LIQUID_TAG_PLAIN, // {% section 'header' %}
    LIQUID_TAG_BLOCK, // {% form 'product', product, id: x %}...{% endform %}; the body is rendered
                      // by liquid_body
    LIQUID_TAG_RAW,   // {% schema %}...{% endschema %}: the body is not parsed
};
struct liquid_tag {
    const char *name;
    enum liquid_tag_kind kind;
    liquid_tag_fn *fn; // NULL: prints nothing
    void *self;
    const char
        *keyword; // a bare word allowed between arguments, e.g. "by" in `paginate x by 24`; or NULL
};
// Markup of a host tag: expressions separated by commas or blanks, then or between them `name:
// expression`.

// Renders the body of a block tag, any number of times, to c->out (c as the tag got it); locals (a
// map value, or nil) are visible inside it only.
MUST_USE bool liquid_body(struct liquid_call *c, struct liquid_map *locals, struct err *err);
struct liquid_value liquid_lookup(struct liquid_vm *vm,
                                  struct str name); // a variable as the template sees it here
// What `v | date: format` prints in this render, in the shop's zone; absent: v is no date.
struct str liquid_date(const struct liquid_call *c, struct liquid_value v, struct str format);

struct liquid_template;
// Renders another template of the same host at this place, to c->out: with variables of its own,
// locals (may be NULL) bound, the globals seen. It counts against the limits of this render.
MUST_USE bool liquid_part(struct liquid_call *c, const struct liquid_template *t,
                          struct liquid_map *locals, struct err *err);
struct liquid_host {
    void *self;
    // The partial of that name for `render` and `include`: a compiled template (from the host's
    // cache, compiled with the same options; it must outlive the render) or text, which is then
    // compiled for this render only. False: not found.
    bool (*load)(void *self, void *page, struct str name,
                 const struct liquid_template **template_out, struct str *text_out);
    const struct liquid_filter *filters; // looked up before the standard ones
    size_t filter_count;
    const struct liquid_tag *tags;
    size_t tag_count;
    void (*money)(void *self, void *page, struct money m,
                  struct buf *out); // how a money value prints; NULL: plain
    int (*utc_offset)(void *self, void *page,
                      instant t);            // seconds east of UTC in the shop's zone; NULL: UTC
    bool (*expired)(void *self, void *page); // asked every few thousand steps; true ends the render
    bool no_apps; // {% render block %}, an app's block, prints nothing instead of being refused
    // A tag or output failed, or (line 0) a limit was met. file: the name in the options of the
    // template. True: the text is printed where it happened, as without this callback.
    bool (*failed)(void *self, void *page, struct str file, int line, struct str text);
};
struct liquid_options {
    enum liquid_mode mode;
    bool autoescape; // product templates: true; conformance: false
    bool no_line_numbers;
    const struct liquid_host *host; // filters and tags; may be NULL; must outlive the template
    struct str name;                // of the file, for the host's messages
};
struct liquid_limits { // 0: the default in brackets
    size_t output;     // bytes written [16 MiB]
    size_t assigns;    // bytes and items assigned or captured [64 MiB]
    int64_t steps;     // rounds of loops, calls of filters, partials and tags [10 million]
    int depth;         // partials inside partials [100]
};
struct liquid_error { // a parse error, or the first render error
    bool is_parse;
    int line;           // 1-based; 0 unknown
    struct str message; // "Liquid syntax error (line 1): ..." as the reference says it
};
// The template and all it needs live in the arena; text is copied. False: err->message holds the
// error's text and error_out (may be NULL) the whole of it.
MUST_USE bool liquid_compile(struct arena *a, struct str text, const struct liquid_options *options,
                             const struct liquid_template **template_out,
                             struct liquid_error *error_out, struct err *err);
struct liquid_render_in {
    struct arena *arena;
    struct liquid_map *globals; // seen by the template and by every partial
    struct liquid_map *data; // seen by the template and by `include`, not by `render`; may be NULL
    void *page;              // handed to the host's callbacks
    instant now;             // 'now' and 'today' of the date filter
    bool raise; // the first error ends the render; otherwise its text is printed where it happened
    bool strict_variables, strict_filters; // unknown names are errors
    struct liquid_limits limits;
    struct liquid_error *error; // the first error of the render when not NULL, in both modes
    size_t *error_count;        // how many, when not NULL
};
// Appends to out. False after a raised error or a limit; what was written before it stays in out.
MUST_USE bool liquid_render(const struct liquid_template *t, const struct liquid_render_in *in,
                            struct buf *out, struct err *err);
// Body text of the first host raw tag of that name ("schema"), as written; absent when there is
// none.
struct str liquid_raw_body(const struct liquid_template *t, const char *tag);

// One line of `kontor liquid` (DESIGN: the contract of the outside). False when the line is not
// such a JSON object; the answer says so too.
bool liquid_conformance_line(struct arena *a, struct str line, struct buf *out);
