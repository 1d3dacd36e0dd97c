// SPDX-License-Identifier: Apache-2.0
#include "theme/coverage.h"

#include "base/json.h"
#include "theme/color.h"
#include "theme/filters.h"
#include "theme/font_private.h"
#include "theme/stage.h"
#include "theme/theme_private.h"

enum status { DONE, EMPTY, NOT_YET, STATUSES };
enum what { TAG, FILTER, OBJECT, PROPERTY, WHATS };

const struct theme_kind *const theme_kinds[] = {
    &theme_section_kind, &theme_block_kind,   &theme_scheme_kind,
    &theme_schemes_kind, &theme_closest_kind, &theme_template_kind,
    &theme_color_kind,   &theme_font_kind,    NULL,
};

#define META     "there are no metaobjects"
#define REMOTE   "goods are this shop's own; there is no network of shops to sell others' from"
#define NO_BRAND "a theme's settings hold the shop's logo, colours and slogan"
#define CHECKOUT "the checkout is never the theme's: law and money stand there"
// Objects, or single properties, that no table has, and why they are empty.
static const struct {
    const char *name, *because;
} empties[] = {
    {"additional_checkout_buttons", "payment starts at the checkout; always false"},
    {"brand_color", NO_BRAND},
    {"checkout", CHECKOUT},
    {"content_for_additional_checkout_buttons", "payment starts at the checkout"},
    {"content_for_index", "home pages are JSON templates; sections of before 2021 are not read"},
    {"closest.metaobject", META},
    {"gift_card.variant", "gift cards are not sold"},
    {"metaobjects", META},
    {"money", "sums are minor units of the shop's currency; there are no metafields of money"},
    {"remote_details", REMOTE},
    {"remote_product", REMOTE},
    {"remote_shop", REMOTE},
};

struct coverage {
    struct arena *a;
    const struct coverage_in *in;
    struct buf *out, *wrong;
    size_t counts[WHATS][STATUSES];
    struct json docs[3]; // tags, filters, objects
};

static void wrong(struct coverage *c, const char *what, const char *name) {
    buf_fmt(c->wrong, "%s: %s\n", name, what);
}

// ---- asking the engine
// run false: compiled only.
static bool renders(struct coverage *c, const char *template, bool run, struct str *message_out) {
    struct liquid_host host = *theme_liquid_host(c->a, NULL);
    host.failed = NULL; // there is no page that it could tell
    const struct liquid_options options = {.autoescape = true, .host = &host};
    const struct liquid_template *t;
    struct err err = {0};
    struct buf out = buf_new(c->a, 0);
    struct liquid_map *globals = liquid_map_new(c->a);
    const struct liquid_render_in in = {
        .arena = c->a, .globals = globals, .raise = true, .strict_filters = true};
    bool ok = liquid_compile(c->a, str_c(template), &options, &t, NULL, &err);
    if (ok && run) ok = liquid_render(t, &in, &out, &err);
    *message_out = ok ? buf_str(&out) : arena_str(c->a, str_c(err.message));
    return ok;
}

static enum status tag_status(struct coverage *c, struct str name) {
    struct str message;
    const char *t = arena_fmt(c->a, "{%% " STR_FMT " %%}", STR_ARG(name)).p;
    bool known = renders(c, t, false, &message) || str_find(message, S("Unknown tag")) == STR_NONE;
    return known ? DONE : NOT_YET;
}

static const char *filter_because(struct str name) {
    for (size_t i = 0; i < theme_filter_empty_count; i++)
        if (str_eq(name, str_c(theme_filter_empties[i].name)))
            return theme_filter_empties[i].because;
    return NULL;
}

static bool own_filter(struct str name) {
    for (size_t i = 0; i < theme_filter_count; i++)
        if (str_eq(name, str_c(theme_filter_table[i].name))) return true;
    return false;
}

static enum status filter_status(struct coverage *c, struct str name, const char **because_out) {
    struct str message;
    *because_out = filter_because(name);
    if (*because_out) return EMPTY;
    if (own_filter(name)) return DONE;
    const char *t = arena_fmt(c->a, "{{ '' | " STR_FMT " }}", STR_ARG(name)).p;
    bool known =
        renders(c, t, true, &message) || str_find(message, S("ndefined filter")) == STR_NONE;
    return known ? DONE : NOT_YET;
}

// forloop and tablerowloop are the engine's: asked inside of loops.
static bool engine_has(struct coverage *c, struct str object, struct str property) {
    static const struct {
        const char *object, *before, *after;
    } loops[] = {
        {"forloop", "{% for i in (1..2) %}{% for j in (1..2) %}{% if ",
         " == nil %}none{% endif %}{% endfor %}{% endfor %}"},
        {"tablerowloop", "{% tablerow i in (1..2) %}{% if ",
         " == nil %}none{% endif %}{% endtablerow %}"},
    };
    for (size_t i = 0; i < ARRAY_LEN(loops); i++) {
        struct str message;
        if (!str_eq(object, str_c(loops[i].object))) continue;
        struct str t = arena_fmt(c->a, "%s" STR_FMT "." STR_FMT "%s", loops[i].before,
                                 STR_ARG(object), STR_ARG(property), loops[i].after);
        return renders(c, t.p, true, &message) && str_find(message, S("none")) == STR_NONE;
    }
    return false;
}

static bool engine_has_self(struct coverage *c) {
    struct str text;
    return renders(c, "{% assign x = 'seen' %}{{ self['x'] }}", true, &text) &&
           str_eq(text, S("seen"));
}

// ---- objects
static const struct theme_kind *kind_named(const struct coverage *c, struct str name) {
    for (size_t i = 0; i < c->in->n; i++)
        for (const struct theme_kind *const *k = c->in->kinds[i]; *k; k++)
            if (str_eq(name, str_c((*k)->name))) return *k;
    return NULL;
}

// Answered by key (theme_kind.other), so that no table has them.
static bool by_key(struct str path) {
    static const char *const paths[] = {"closest.article", "closest.blog", "closest.collection",
                                        "closest.page", "closest.product"};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++)
        if (str_eq(path, str_c(paths[i]))) return true;
    return false;
}

static const char *empty_because(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(empties); i++)
        if (str_eq(name, str_c(empties[i].name))) return empties[i].because;
    return NULL;
}

static bool is_global(const struct coverage *c, struct str name) {
    for (const char *const *g = c->in->globals; *g; g++)
        if (str_eq(name, str_c(*g))) return true;
    return false;
}

static const struct theme_prop *prop_named(const struct theme_kind *k, struct str name) {
    for (size_t i = 0; k && i < k->prop_count; i++)
        if (str_eq(name, str_c(k->props[i].name))) return &k->props[i];
    return NULL;
}

static enum status property_status(struct coverage *c, struct str object, struct str name,
                                   const char **because_out) {
    const struct theme_prop *p = prop_named(kind_named(c, object), name);
    struct str path = arena_fmt(c->a, STR_FMT "." STR_FMT, STR_ARG(object), STR_ARG(name));
    *because_out = NULL;
    if (p && p->get) {
        if (p->because) wrong(c, "has a reason, but is answered", path.p);
        return DONE;
    }
    *because_out = p ? p->because : empty_because(path);
    if (!*because_out && !p) *because_out = empty_because(object);
    if (*because_out && **because_out) return EMPTY;
    if (p) wrong(c, "is empty without a reason", path.p);
    return engine_has(c, object, name) || by_key(path) ? DONE : NOT_YET;
}

// An object is what its properties are: done when one is, empty when all are.
static enum status object_status(struct coverage *c, const struct json *doc,
                                 const char **because_out) {
    struct str name = json_text(doc, "name");
    const struct json *props = json_get(doc, S("properties"));
    const struct theme_kind *k = kind_named(c, name);
    size_t seen[STATUSES] = {0};
    *because_out = empty_because(name);
    if (*because_out) return EMPTY;
    if (is_global(c, name) || (k && (k->other || k->size || k->print))) return DONE;
    if (str_eq(name, S("self")) && engine_has_self(c)) return DONE;
    for (size_t i = 0; props && i < props->n; i++)
        seen[property_status(c, name, json_text(&props->items[i], "name"), because_out)]++;
    if (seen[DONE]) return DONE;
    return seen[EMPTY] && !seen[NOT_YET] ? EMPTY : NOT_YET;
}

// ---- what the tables have and the docs have not
static const struct json *doc_named(const struct json *docs, struct str name) {
    for (size_t i = 0; i < docs->n; i++)
        if (str_eq(name, json_text(&docs->items[i], "name"))) return &docs->items[i];
    return NULL;
}

static void check_kind(struct coverage *c, const struct theme_kind *k) {
    const struct json *doc = doc_named(&c->docs[OBJECT], str_c(k->name));
    const struct json *props = doc ? json_get(doc, S("properties")) : NULL;
    for (size_t i = 0; i < k->prop_count; i++) {
        const struct theme_prop *p = &k->props[i];
        bool known = props && doc_named(props, str_c(p->name));
        const char *path = arena_fmt(c->a, "%s.%s", k->name, p->name).p;
        if (!known && !p->own) wrong(c, "is not in the docs and not marked as own", path);
        if (known && p->own) wrong(c, "is marked as own, but is in the docs", path);
        if (!p->get && !p->because) wrong(c, "is empty without a reason", path);
    }
}

static void check_tables(struct coverage *c) {
    // "t" and "handle" are told as other names in the docs of translate and handleize; format_code
    // stands in Shopify's own themes, not in the docs.
    static const char *const aliases[] = {"format_code", "handle", "t"};
    for (size_t i = 0; i < c->in->n; i++)
        for (const struct theme_kind *const *k = c->in->kinds[i]; *k; k++) check_kind(c, *k);
    for (size_t i = 0; i < theme_filter_count; i++) {
        struct str name = str_c(theme_filter_table[i].name);
        bool known = doc_named(&c->docs[FILTER], name);
        for (size_t k = 0; k < ARRAY_LEN(aliases); k++) known |= str_eq(name, str_c(aliases[k]));
        if (!known) wrong(c, "is a filter that the docs do not know", theme_filter_table[i].name);
    }
    for (size_t i = 0; i < ARRAY_LEN(empties); i++) {
        struct str name = str_c(empties[i].name);
        if (kind_named(c, name) || is_global(c, name))
            wrong(c, "has a reason in coverage.c, but is answered", empties[i].name);
    }
}

// ---- the page
static void put_row(struct coverage *c, struct buf *b, enum what what, struct str name,
                    enum status s, const char *because) {
    static const char *const words[] = {"done", "empty on purpose: ", "not yet"};
    c->counts[what][s]++;
    buf_fmt(b, "| `" STR_FMT "` | %s%s |\n", STR_ARG(name), words[s], s == EMPTY ? because : "");
}

static bool seen_before(const struct json *docs, size_t i) { // `else` and `date` stand there twice
    struct str name = json_text(&docs->items[i], "name");
    return doc_named(docs, name) != &docs->items[i];
}

static void put_tags(struct coverage *c, struct buf *b) {
    const struct json *docs = &c->docs[TAG];
    buf_put(b, S("\n## Tags\n\n| tag | |\n|---|---|\n"));
    for (size_t i = 0; i < docs->n; i++) {
        struct str name = json_text(&docs->items[i], "name");
        put_row(c, b, TAG, name, tag_status(c, name), NULL);
    }
}

static void put_filters(struct coverage *c, struct buf *b) {
    const struct json *docs = &c->docs[FILTER];
    buf_put(b, S("\n## Filters\n\n| filter | |\n|---|---|\n"));
    for (size_t i = 0; i < docs->n; i++) {
        const char *because;
        struct str name = json_text(&docs->items[i], "name");
        if (seen_before(docs, i)) continue;
        enum status s = filter_status(c, name, &because);
        put_row(c, b, FILTER, name, s, because);
    }
}

static void put_own(struct buf *b, const struct theme_kind *k) {
    size_t n = 0;
    for (size_t i = 0; k && i < k->prop_count; i++) {
        if (!k->props[i].own) continue;
        buf_fmt(b, "%s`%s`", n++ ? ", " : "\nKontor's own: ", k->props[i].name);
    }
    if (n) buf_put(b, S(".\n"));
}

static void put_objects(struct coverage *c, struct buf *b) {
    const struct json *docs = &c->docs[OBJECT];
    buf_put(b, S("\n## Objects\n"));
    for (size_t i = 0; i < docs->n; i++) {
        const char *because;
        const struct json *doc = &docs->items[i], *props = json_get(doc, S("properties"));
        struct str name = json_text(doc, "name");
        enum status s = object_status(c, doc, &because);
        buf_fmt(b, "\n### " STR_FMT "\n\n| | |\n|---|---|\n", STR_ARG(name));
        put_row(c, b, OBJECT, name, s, because);
        for (size_t k = 0; props && k < props->n; k++) {
            struct str prop = json_text(&props->items[k], "name");
            s = property_status(c, name, prop, &because);
            put_row(c, b, PROPERTY, arena_fmt(c->a, "." STR_FMT, STR_ARG(prop)), s, because);
        }
        put_own(b, kind_named(c, name));
    }
}

static void put_summary(struct coverage *c) {
    static const char *const names[] = {"tags", "filters", "objects", "properties"};
    buf_put(c->out, S("# What of Liquid for themes is answered\n\n"
                      "Made by `src/theme/coverage.c` from the tables that answer; the test "
                      "`shop/coverage` keeps it true\n(`UPDATE=1` writes it anew). The names are "
                      "those of theme-liquid-docs.\n\n"
                      "| | all | done | empty on purpose | not yet |\n|---|--:|--:|--:|--:|\n"));
    for (size_t i = 0; i < WHATS; i++) {
        const size_t *n = c->counts[i];
        buf_fmt(c->out, "| %s | %zu | %zu | %zu | %zu |\n", names[i],
                n[DONE] + n[EMPTY] + n[NOT_YET], n[DONE], n[EMPTY], n[NOT_YET]);
    }
}

bool coverage_write(struct arena *a, const struct coverage_in *in, struct buf *out,
                    struct buf *wrong_out, struct err *err) {
    struct coverage c = {.a = a, .in = in, .out = out, .wrong = wrong_out};
    struct buf rows = buf_new(a, 0);
    TRY(json_parse(a, in->tags, &c.docs[TAG], err));
    TRY(json_parse(a, in->filters, &c.docs[FILTER], err));
    TRY(json_parse(a, in->objects, &c.docs[OBJECT], err));
    check_tables(&c);
    put_tags(&c, &rows);
    put_filters(&c, &rows);
    put_objects(&c, &rows);
    put_summary(&c);
    buf_put(out, buf_str(&rows));
    return true;
}
