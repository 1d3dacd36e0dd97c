// SPDX-License-Identifier: Apache-2.0
// A small theme of C strings and a shop that is none, for tests of loading and writing.
#pragma once
#include "base/test.h"
#include "base/vec.h"
#include "theme/render.h"

struct stage { // of one test
    struct arena a;
    VEC(struct theme_file) files;
    VEC(struct theme_text) texts;
    struct theme_findings findings;
    struct theme_host host;
    struct theme *theme;
    struct liquid_map *globals;
    struct theme_page page;
    VEC(struct str) problems; // "file:line: message"
    struct str lang;
    bool preview, head_fails;
    struct err err;
};

static inline bool fake_resource(void *page, struct str type, struct liquid_value value,
                                 struct liquid_value *out, struct err *err) {
    struct stage *s = page;
    (void)err;
    struct liquid_map *m = liquid_map_new(&s->a);
    liquid_set(m, "type", liquid_text(type));
    liquid_set(m, "title", value);
    *out = str_eq(type, S("url")) ? value : liquid_of_map(m);
    return true;
}
static inline void fake_money(void *page, int64_t minor, enum theme_money how, struct buf *out) {
    (void)page;
    (void)how;
    buf_fmt(out, "%lld,%02lld", (long long)(minor / 100), (long long)(minor % 100));
}
static inline bool fake_image_url(void *page, struct liquid_value input,
                                  const struct theme_image_size *size, struct buf *out,
                                  struct err *err) {
    (void)page;
    (void)size;
    (void)err;
    buf_put(out, liquid_str(input));
    return true;
}
static inline bool fake_image_of(void *page, struct liquid_value input, struct liquid_value *out,
                                 struct err *err) {
    (void)page;
    (void)err;
    *out = input;
    return true;
}
static inline bool fake_form(void *page, const struct theme_form *f, struct theme_form_out *out,
                             struct err *err) {
    (void)page;
    (void)f;
    (void)err;
    *out = (struct theme_form_out){.action = S("/post")};
    return true;
}
static inline bool fake_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                                 struct liquid_value *out, struct err *err) {
    (void)page;
    (void)list;
    (void)size;
    (void)window;
    (void)err;
    *out = liquid_nil();
    return true;
}
static inline struct str fake_path(void *page, struct str path) {
    (void)page;
    return path;
}
static inline struct str fake_none(void *page, struct str name) {
    (void)page;
    (void)name;
    return (struct str){0};
}
static inline struct str fake_head(void *page) {
    (void)page;
    return S("<meta name=\"shop\">");
}
static inline void fake_problem(void *page, struct str file, int line, struct str message) {
    struct stage *s = page;
    *VEC_PUSH(&s->a, &s->problems) =
        arena_fmt(&s->a, STR_FMT ":%d: " STR_FMT, STR_ARG(file), line, STR_ARG(message));
}
static inline int fake_offset(void *self, instant t) {
    (void)self;
    (void)t;
    return 3600;
}

static inline void stage_begin(struct stage *s) {
    *s = (struct stage){.lang = S("de")};
    s->findings.arena = &s->a;
    s->host = (struct theme_host){fake_resource, fake_money,    fake_image_url, fake_image_of,
                                  fake_form,     fake_paginate, fake_path,      fake_none,
                                  fake_head,     fake_none,     fake_problem,   fake_offset,
                                  NULL};
}
static inline void stage_file(struct stage *s, const char *path, const char *text) {
    *VEC_PUSH(&s->a, &s->files) = (struct theme_file){str_c(path), str_c(text)};
}
static inline bool stage_load(struct stage *s) {
    struct theme_files files;
    struct err err = {0};
    assert_ok(theme_files_of(&s->a, s->files.v, s->files.n, &files, &err), &err);
    struct theme_load_in in = {.files = &files,
                               .host = &s->host,
                               .asset_prefix = S("/cdn/t/1/"),
                               .locale = S("de"),
                               .texts = s->texts.v,
                               .text_count = s->texts.n,
                               .findings = &s->findings};
    s->globals = liquid_map_new(&s->a);
    return theme_load(&s->a, &in, &s->theme, &s->err);
}
static inline void stage_page(struct stage *s) {
    s->page = (struct theme_page){.theme = s->theme,
                                  .arena = &s->a,
                                  .host_page = s,
                                  .globals = s->globals,
                                  .lang = s->lang,
                                  .preview = s->preview};
}
static inline struct str stage_render(struct stage *s, const char *name) {
    struct buf out = buf_new(&s->a, 0);
    stage_page(s);
    err_clear(&s->err);
    if (!theme_render(&s->page, str_c(name), &out, &s->err)) return (struct str){0};
    return buf_str(&out);
}
static inline struct str stage_section(struct stage *s, const char *name, const char *id) {
    struct buf out = buf_new(&s->a, 0);
    bool found;
    stage_page(s);
    err_clear(&s->err);
    if (!theme_render_section(&s->page, str_c(name), str_c(id), &out, &found, &s->err))
        return (struct str){0};
    return found ? buf_str(&out) : S("(none)");
}
static inline void stage_done(struct stage *s) { arena_done(&s->a); }
