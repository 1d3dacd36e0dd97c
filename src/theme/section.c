// SPDX-License-Identifier: Apache-2.0
// Sections and blocks: the objects that their files see, and writing them.
#include "theme/object.h"
#include "theme/stage.h"

// ---- block
struct block_run {
    const struct theme_block *block;
    struct str id;
    struct theme_page *page;
};

static bool block_id(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct block_run *)self)->id);
    return true;
}

static bool block_type(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct block_run *)self)->block->type);
    return true;
}

static bool block_settings(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct block_run *b = self;
    (void)a;
    (void)err;
    *out = theme_settings_view(b->page, b->block->values);
    return true;
}

// For scripts of an editor; visitors get none.
static bool block_attributes(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    struct block_run *b = self;
    struct buf attribute = buf_new(a, 0);
    (void)err;
    if (b->page->preview) {
        buf_put(&attribute, S("data-shopify-editor-block=\""));
        struct str json = arena_fmt(a, "{\"id\":\"" STR_FMT "\",\"type\":\"" STR_FMT "\"}",
                                    STR_ARG(b->id), STR_ARG(b->block->type));
        buf_html(&attribute, json);
        buf_char(&attribute, '"');
    }
    *out = liquid_html(buf_str(&attribute));
    return true;
}

static const struct theme_prop block_props[] = {
    {.name = "id", .get = block_id},
    {.name = "settings", .get = block_settings},
    {.name = "shopify_attributes", .get = block_attributes},
    {.name = "type", .get = block_type},
};
const struct theme_kind theme_block_kind = {.name = "block", THEME_PROPS(block_props)};

static struct liquid_value block_value(struct theme_page *p, const struct theme_block *b,
                                       struct str id) {
    struct block_run *run = ARENA_NEW(p->arena, struct block_run);
    *run = (struct block_run){b, id, p};
    return theme_object(p->arena, &theme_block_kind, run);
}

// ---- section
struct section_run {
    const struct theme_section *section;
    struct theme_page *page;
    int64_t index; // 0: none
};

static bool section_id(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct section_run *)self)->section->id);
    return true;
}

static bool section_location(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((struct section_run *)self)->section->location);
    return true;
}

static bool section_index(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct section_run *s = self;
    (void)a;
    (void)err;
    *out = s->index ? liquid_int(s->index) : liquid_nil();
    return true;
}

static bool section_index0(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct section_run *s = self;
    (void)a;
    (void)err;
    *out = s->index ? liquid_int(s->index - 1) : liquid_nil();
    return true;
}

static bool section_settings(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    struct section_run *s = self;
    (void)a;
    (void)err;
    *out = theme_settings_view(s->page, s->section->self.values);
    return true;
}

static bool section_blocks(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct section_run *s = self;
    const struct theme_block *of = &s->section->self;
    struct liquid_value *v = ARENA_ARRAY(a, struct liquid_value, of->n + 1);
    (void)err;
    for (size_t i = 0; i < of->n; i++)
        v[i] = block_value(s->page, &of->blocks[i], of->blocks[i].id);
    *out = liquid_array(v, of->n);
    return true;
}

static const struct theme_prop section_props[] = {
    {.name = "blocks", .get = section_blocks},     {.name = "id", .get = section_id},
    {.name = "index", .get = section_index},       {.name = "index0", .get = section_index0},
    {.name = "location", .get = section_location}, {.name = "settings", .get = section_settings},
};
const struct theme_kind theme_section_kind = {.name = "section", THEME_PROPS(section_props)};

// ---- writing
static struct liquid_value global(const struct theme_page *p, struct str name) {
    const struct liquid_value *v = liquid_map_get(p->globals, name);
    return v ? *v : liquid_nil();
}

bool theme_put_section(struct liquid_call *c, const struct theme_section *s, struct err *err) {
    struct theme_page *p = theme_page_of(c);
    struct theme_state *st = p->state;
    if (st->section) return err_set(err, ERR_INVALID, "Cannot render sections inside sections");
    if (s->off) return true;
    struct liquid_value section = global(p, S("section")), block = global(p, S("block"));
    struct section_run *run = ARENA_NEW(p->arena, struct section_run);
    *run = (struct section_run){s, p, st->alone ? 0 : s->index};
    liquid_set(p->globals, "section", theme_object(p->arena, &theme_section_kind, run));
    liquid_set(p->globals, "block", liquid_nil());
    st->section = s;
    st->place = &s->self;
    buf_put(c->out, s->before);
    bool ok = liquid_part(c, s->file->code, NULL, err);
    buf_put(c->out, s->after);
    st->section = NULL;
    st->place = NULL;
    liquid_set(p->globals, "section", section);
    liquid_set(p->globals, "block", block);
    return ok;
}

bool theme_put_sections(struct liquid_call *c, const struct theme_sections *s, struct err *err) {
    buf_put(c->out, s->before);
    for (size_t i = 0; i < s->n; i++) TRY(theme_put_section(c, &s->v[i], err));
    buf_put(c->out, s->after);
    return true;
}

static void block_open(struct buf *out, const struct theme_block_file *f, struct str id) {
    buf_char(out, '<');
    buf_put(out, theme_element(f->schema.tag));
    buf_put(out, S(" id=\"shopify-block-"));
    buf_html(out, id);
    buf_put(out, S("\" class=\"shopify-block"));
    if (f->schema.class_name.n) buf_char(out, ' ');
    buf_html(out, f->schema.class_name);
    buf_put(out, S("\">"));
}

static void block_close(struct buf *out, const struct theme_block_file *f) {
    buf_put(out, S("</"));
    buf_put(out, theme_element(f->schema.tag));
    buf_char(out, '>');
}

bool theme_put_block(struct liquid_call *c, const struct theme_block *b, struct str id,
                     struct liquid_map *locals, struct err *err) {
    struct theme_page *p = theme_page_of(c);
    struct theme_state *st = p->state;
    if (!b->file) return true; // a block of the section's own: only the section writes it
    struct liquid_value block = global(p, S("block"));
    const struct theme_block *place = st->place;
    liquid_set(p->globals, "block", block_value(p, b, id));
    struct theme_block here = *b;
    here.id = id;
    st->place = &here;
    if (!b->file->bare) block_open(c->out, b->file, id);
    bool ok = liquid_part(c, b->file->code, locals, err);
    if (!b->file->bare) block_close(c->out, b->file);
    st->place = place;
    liquid_set(p->globals, "block", block);
    return ok;
}

// ---- closest
static bool closest_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                          struct err *err) {
    const struct theme_page *p = self;
    (void)a;
    (void)err;
    *out = global(p, key);
    for (const struct theme_closest *c = p->state->closest; c; c = c->outer)
        if (str_eq(c->name, key)) {
            *out = c->value;
            return true;
        }
    return true;
}

const struct theme_kind theme_closest_kind = {.name = "closest", .other = closest_other};

struct liquid_value theme_closest_value(struct theme_page *p) {
    return theme_object(p->arena, &theme_closest_kind, p);
}

// ---- template
static bool template_name(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((const struct theme_template *)self)->name);
    return true;
}

static bool template_suffix(void *self, struct arena *a, struct liquid_value *out,
                            struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((const struct theme_template *)self)->suffix);
    return true;
}

static bool template_directory(void *self, struct arena *a, struct liquid_value *out,
                               struct err *err) {
    (void)a;
    (void)err;
    *out = liquid_text(((const struct theme_template *)self)->directory);
    return true;
}

static void template_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, ((const struct theme_template *)self)->full);
}

static const struct theme_prop template_props[] = {
    {.name = "directory", .get = template_directory},
    {.name = "name", .get = template_name},
    {.name = "suffix", .get = template_suffix},
};
const struct theme_kind theme_template_kind = {
    .name = "template", THEME_PROPS(template_props), .print = template_print};

struct liquid_value theme_template_value(struct theme_page *p) {
    return theme_object(p->arena, &theme_template_kind, (void *)(uintptr_t)p->state->template);
}
