// SPDX-License-Identifier: Apache-2.0
// Writing a page: the template, then the layout round it; or one section of it.
#include "theme/render.h"

#include "theme/stage.h"

#define PAGE_OUTPUT ((size_t)4 << 20)
enum { PAGE_STEPS = 3000000, PAGE_DEPTH = 100 };

void theme_problem(const struct theme_page *p, struct str file, int line, struct str message) {
    if (p->state && ++p->state->problems > THEME_PROBLEMS_MAX) return;
    p->theme->host->problem(p->host_page, file, line, message);
}

static bool put_template(struct liquid_call *c, struct err *err) {
    const struct theme_template *t = theme_state_of(c)->template;
    return t->sections ? theme_put_sections(c, t->sections, err)
                       : liquid_part(c, t->code, NULL, err);
}

// NULL: none.
static const struct liquid_template *layout_of(const struct theme_state *st) {
    const struct theme *t = st->page->theme;
    struct str name = st->layout_chosen ? st->layout : st->template->layout;
    if (!name.n) return NULL;
    const struct liquid_template *code = map_get(&t->layouts, name);
    if (code) return code;
    theme_problem(st->page, arena_fmt(st->page->arena, "layout/" STR_FMT ".liquid", STR_ARG(name)),
                  0, S("There is no such layout; layout/theme.liquid is used."));
    return map_get(&t->layouts, S("theme"));
}

static struct liquid_value header(struct theme_page *p) {
    struct str head = p->theme->host->head(p->host_page), links = p->theme->links;
    if (!links.n) return liquid_html(head.p ? head : S(""));
    return liquid_html(arena_fmt(p->arena, STR_FMT STR_FMT, STR_ARG(head), STR_ARG(links)));
}

static bool put_page(struct liquid_call *c, struct err *err) {
    struct theme_state *st = theme_state_of(c);
    struct buf content = buf_new(c->arena, PAGE_OUTPUT);
    struct liquid_call inner = *c;
    inner.out = &content;
    TRY(put_template(&inner, err));
    const struct liquid_template *layout = layout_of(st);
    if (!layout) {
        buf_put(c->out, buf_str(&content));
        return true;
    }
    liquid_set(st->page->globals, "content_for_layout", liquid_html(buf_str(&content)));
    liquid_set(st->page->globals, "content_for_header", header(st->page));
    return liquid_part(c, layout, NULL, err);
}

bool theme_tag_stage(struct liquid_call *c, struct err *err) {
    const struct theme_state *st = theme_state_of(c);
    return st->alone ? theme_put_section(c, st->alone, err) : put_page(c, err);
}

const struct liquid_tag theme_stage_tags[] = {
    {"stage", LIQUID_TAG_PLAIN, theme_tag_stage, NULL, NULL},
    {"value", LIQUID_TAG_PLAIN, theme_tag_value, NULL, NULL},
};
const size_t theme_stage_tag_count = ARRAY_LEN(theme_stage_tags);

static bool run(struct theme_page *p, struct theme_state *st, struct buf *out, struct err *err) {
    struct liquid_map *g = p->globals;
    st->page = p;
    st->codes = THEME_CODES_MAX;
    p->state = st;
    liquid_set(g, "settings", theme_settings_view(p, &p->theme->settings));
    liquid_set(g, "template", theme_template_value(p));
    liquid_set(g, "closest", theme_closest_value(p));
    if (p->theme->schemes.n) liquid_set(g, "color_schemes", theme_schemes_value(p));
    struct liquid_render_in in = {
        .arena = p->arena,
        .globals = g,
        .page = p,
        .now = p->now,
        .limits = {.output = PAGE_OUTPUT, .steps = PAGE_STEPS, .depth = PAGE_DEPTH}};
    bool ok = liquid_render(p->theme->stage, &in, out, err);
    p->state = NULL;
    return ok;
}

// An alternate template that is not there (?view=…) is the plain one.
static const struct theme_template *find_template(const struct theme *t, struct str name) {
    const struct theme_template *found = map_get(&t->templates, name);
    size_t dot = str_find_char(name, '.');
    if (!found && dot != STR_NONE) found = map_get(&t->templates, str_sub(name, 0, dot));
    return found;
}

bool theme_render(struct theme_page *p, struct str name, struct buf *out, struct err *err) {
    struct theme_state st = {.template = find_template(p->theme, name)};
    if (!st.template)
        return err_set(err, ERR_NOT_FOUND, "The theme has no template \"" STR_FMT "\".",
                       STR_ARG(name));
    return run(p, &st, out, err);
}

static const struct theme_section *section_of(const struct theme_sections *s, struct str id) {
    const struct theme_section *found = s ? map_get(&s->by_key, id) : NULL;
    for (size_t i = 0; s && i < s->n && !found; i++)
        if (str_eq(s->v[i].id, id)) found = &s->v[i];
    return found;
}

static const struct theme_section *find_section(const struct theme *t,
                                                const struct theme_template *in, struct str id) {
    if (str_starts(id, S("shopify-section-"))) id = str_from(id, strlen("shopify-section-"));
    const struct theme_section *found = section_of(in ? in->sections : NULL, id);
    for (size_t i = 0; i < t->groups.n && !found; i++) found = section_of(t->groups.v[i].value, id);
    const struct theme_section_file *file = found ? NULL : map_get(&t->sections, id);
    return file ? &file->standard : found;
}

bool theme_render_section(struct theme_page *p, struct str name, struct str id, struct buf *out,
                          bool *found_out, struct err *err) {
    static const struct theme_template no_template = {.full = S_INIT("")};
    struct theme_state st = {.template = find_template(p->theme, name)};
    st.alone = find_section(p->theme, st.template, id);
    if (!st.template) st.template = &no_template;
    *found_out = st.alone != NULL;
    return !st.alone || run(p, &st, out, err);
}
