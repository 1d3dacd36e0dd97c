// SPDX-License-Identifier: Apache-2.0
// Stylesheets and scripts that are Liquid themselves: theme.css.liquid is served as theme.css,
// written once when the theme is loaded. They see `settings` and no shop.
#include "theme/load.h"
#include "theme/stage.h"

#define ASSET_OUTPUT ((size_t)2 << 20)
enum { ASSET_STEPS = 1000000 };

static bool no_resource(void *page, struct str type, struct liquid_value value,
                        struct liquid_value *out, struct err *err) {
    (void)page;
    (void)type;
    (void)value;
    (void)err;
    *out = liquid_nil();
    return true;
}

static void no_money(void *page, int64_t minor, enum theme_money how, struct buf *out) {
    (void)page;
    (void)how;
    buf_int(out, minor);
}

static bool no_image_url(void *page, struct liquid_value input, const struct theme_image_size *s,
                         struct buf *out, struct err *err) {
    (void)page;
    (void)input;
    (void)s;
    (void)out;
    (void)err;
    return true;
}

static bool no_image(void *page, struct liquid_value input, struct liquid_value *out,
                     struct err *err) {
    (void)page;
    (void)input;
    (void)err;
    *out = liquid_nil();
    return true;
}

static bool no_form(void *page, const struct theme_form *f, struct theme_form_out *out,
                    struct err *err) {
    (void)page;
    (void)f;
    (void)err;
    *out = (struct theme_form_out){.form = liquid_nil()};
    return true;
}

static bool no_paginate(void *page, struct liquid_value list, int64_t size, int64_t window,
                        struct liquid_value *out, struct err *err) {
    (void)page;
    (void)list;
    (void)size;
    (void)window;
    (void)err;
    *out = liquid_nil();
    return true;
}

static struct str same_path(void *page, struct str path) {
    (void)page;
    return path;
}

static struct str no_text(void *page, struct str key) {
    (void)page;
    (void)key;
    return (struct str){0};
}

static struct str no_head(void *page) {
    (void)page;
    return S("");
}

static void tell(void *page, struct str file, int line, struct str message) {
    struct theme_findings *f = page;
    theme_find(f, THEME_WARNING, file, line, STR_FMT, STR_ARG(message));
}

static int in_utc(void *page, instant t) {
    (void)page;
    (void)t;
    return 0;
}

const struct theme_host theme_no_shop = {.resource = no_resource,
                                         .money = no_money,
                                         .image_url = no_image_url,
                                         .image_of = no_image,
                                         .form = no_form,
                                         .paginate = no_paginate,
                                         .local_path = same_path,
                                         .file_url = no_text,
                                         .head = no_head,
                                         .system_text = no_text,
                                         .problem = tell,
                                         .utc_offset = in_utc};

struct str theme_liquid_asset(const struct theme_file *f) {
    static const struct str ends[] = {S_INIT(".css.liquid"), S_INIT(".js.liquid"),
                                      S_INIT(".svg.liquid")};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_starts(f->path, S("assets/")) && str_ends(f->path, ends[i]))
            return str_sub(f->path, strlen("assets/"),
                           f->path.n - strlen("assets/") - strlen(".liquid"));
    return (struct str){0};
}

// The theme with no shop round it.
static struct theme *alone(struct theme_load *l) {
    struct theme *t = ARENA_NEW(l->a, struct theme);
    *t = *l->t;
    t->host = &theme_no_shop;
    t->liquid = theme_liquid_host(l->a, t);
    return t;
}

static struct str write_asset(struct theme_load *l, const struct theme *t,
                              const struct liquid_template *code) {
    struct arena scratch = {0};
    struct theme_page p = {.theme = t,
                           .arena = &scratch,
                           .host_page = l->f,
                           .globals = liquid_map_new(&scratch),
                           .lang = t->lang};
    struct theme_state st = {.page = &p, .codes = THEME_CODES_MAX};
    struct buf out = buf_new(&scratch, ASSET_OUTPUT);
    struct err err = {0};
    p.state = &st;
    liquid_set(p.globals, "settings", theme_settings_view(&p, &t->settings));
    struct liquid_render_in in = {.arena = &scratch,
                                  .globals = p.globals,
                                  .page = &p,
                                  .limits = {.output = ASSET_OUTPUT, .steps = ASSET_STEPS}};
    bool ok = liquid_render(code, &in, &out, &err); // a limit was told; what was written counts
    (void)ok;
    struct str made = arena_str(l->a, buf_str(&out));
    arena_done(&scratch);
    return made;
}

void theme_load_liquid_assets(struct theme_load *l) {
    struct theme *t = NULL;
    for (size_t i = 0; i < l->t->files.n; i++) {
        const struct theme_file *f = &l->t->files.v[i];
        struct str name = theme_liquid_asset(f);
        const struct liquid_template *code;
        size_t n = l->f->n;
        if (!name.p) continue;
        if (!t) t = alone(l);
        if (!theme_compile(l->a, t->liquid, f->path, f->bytes, &code, l->f)) {
            theme_load_failed(l, n);
            continue;
        }
        struct theme_asset_file *asset = map_get(&l->t->assets, name);
        asset->bytes = write_asset(l, t, code);
    }
}
