// SPDX-License-Identifier: Apache-2.0
#include "core/view.h"

#include "base/map.h"
#include "core/app.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "core/view_filters.h"
#include "http/token.h"

#define ASSET_TYPES_OTHER "application/octet-stream"
struct view_set {
    struct arena *arena;
    struct map templates; // "templates/product" → const struct liquid_template *
    struct map assets;    // "theme.css" → const struct embed *
    struct str prefix;    // "/assets/shop/<fingerprint>/"
    struct str fingerprint;
    struct liquid_host host, plain_host;
    const struct liquid_template *date;
};

static struct str without_suffix(struct str name, struct str suffix) {
    return str_ends(name, suffix) ? str_sub(name, 0, name.n - suffix.n) : name;
}

typedef const struct liquid_template template;

static template *find_template(const struct view_set *v, struct arena *a, const char *folder,
                               struct str name) {
    return map_get(&v->templates, arena_fmt(a, "%s" STR_FMT, folder, STR_ARG(name)));
}

static bool load_partial(void *self, void *page, struct str name,
                         const struct liquid_template **template_out, struct str *text_out) {
    (void)text_out;
    const struct view_page *p = page;
    *template_out = find_template(self, p->ctx->arena, "snippets/", name);
    return *template_out != NULL;
}

static void print_money(void *self, void *page, struct money m, struct buf *out) {
    (void)self;
    const struct view_page *p = page;
    buf_put(out, show_money(p->ctx, m));
}

static bool render_one(struct view_page *p, template *t, struct liquid_map *data, struct buf *out) {
    struct liquid_error error = {0};
    struct liquid_render_in in = {
        .arena = p->ctx->arena,
        .globals = p->globals,
        .data = data,
        .page = p,
        .now = p->ctx->now,
        .raise = true,
        .strict_filters = true,
        .error = &error,
    };
    struct err err = {0};
    if (liquid_render(t, &in, out, &err)) return true;
    err_set(&p->ctx->err, ERR_INVALID, "A page could not be written.");
    return err_detail(&p->ctx->err, "template line %d: " STR_FMT " %s", error.line,
                      STR_ARG(error.message), err.message);
}

// {% section 'header' %}: sections/header.liquid with the page's values and `section.id`.
static bool tag_section(struct liquid_call *call, struct err *err) {
    struct view_page *p = call->page;
    struct str name = liquid_str(liquid_arg(&call->args, 0));
    template *t = find_template(p->set, call->arena, "sections/", name);
    if (!t)
        return err_set(err, ERR_NOT_FOUND, "Liquid error: no section '" STR_FMT "'", STR_ARG(name));
    if (p->depth >= 8) return err_set(err, ERR_FULL, "Liquid error: sections nest too deep");
    struct liquid_map *section = liquid_map_new(call->arena), *data = liquid_map_new(call->arena);
    liquid_set(section, "id", liquid_text(name));
    liquid_set(section, "settings", liquid_of_map(liquid_map_new(call->arena)));
    liquid_set(data, "section", liquid_of_map(section));
    p->depth++;
    bool ok = render_one(p, t, data, call->out);
    p->depth--;
    return ok || err_set(err, ERR_INVALID, "%s", p->ctx->err.detail);
}

static const struct liquid_tag common_tags[] = {
    {"section", LIQUID_TAG_PLAIN, tag_section, NULL, NULL},
    {"schema", LIQUID_TAG_RAW, NULL, NULL, NULL},
};

static void set_host(struct arena *a, const struct view_set_options *o, struct view_set *v) {
    size_t n = o->filter_count + view_filter_count;
    struct liquid_filter *filters = ARENA_ARRAY(a, struct liquid_filter, n);
    if (o->filter_count) memcpy(filters, o->filters, o->filter_count * sizeof *filters);
    memcpy(filters + o->filter_count, view_filters, view_filter_count * sizeof *filters);
    size_t tag_count = o->tag_count + ARRAY_LEN(common_tags);
    struct liquid_tag *tags = ARENA_ARRAY(a, struct liquid_tag, tag_count);
    if (o->tag_count) memcpy(tags, o->tags, o->tag_count * sizeof *tags);
    memcpy(tags + o->tag_count, common_tags, sizeof common_tags);
    v->host = (struct liquid_host){
        .self = v,
        .load = load_partial,
        .filters = filters,
        .filter_count = n,
        .tags = tags,
        .tag_count = tag_count,
        .money = print_money,
    };
}

static bool compile(struct view_set *v, struct str name, struct str text,
                    const struct liquid_host *host, const struct liquid_template **out,
                    struct err *err) {
    bool plain = str_ends(name, S(".text.liquid")); // a text part of a mail, not HTML
    struct liquid_options options = {
        .mode = LIQUID_STRICT, .autoescape = !plain, .host = host, .name = name};
    struct liquid_error error = {0};
    struct err why = {0};
    if (liquid_compile(v->arena, text, &options, out, &error, &why)) return true;
    err_set(err, ERR_INVALID, "The template " STR_FMT " does not compile: " STR_FMT, STR_ARG(name),
            STR_ARG(error.message));
    return err_detail(err, "line %d", error.line);
}

// One for all assets, so that a stylesheet may name a font beside it.
static struct str fingerprint_of(struct arena *a, const struct view_set_options *o) {
    struct buf all = buf_new(a, (size_t)1 << 20);
    for (size_t i = 0; i < o->file_count; i++) {
        if (!str_starts(str_c(o->files[i].path), S("assets/"))) continue;
        buf_put(&all, str_c(o->files[i].path));
        buf_put(&all, str_c(o->files[i].sha256));
    }
    return str_sub(token_hash(a, buf_str(&all)), 0, 16);
}

bool view_set_new(struct arena *a, const struct view_set_options *o, struct view_set **out,
                  struct err *err) {
    struct view_set *v = ARENA_NEW(a, struct view_set);
    v->arena = a;
    set_host(a, o, v);
    v->fingerprint = fingerprint_of(a, o);
    v->prefix = arena_fmt(a, "%s" STR_FMT "/", o->asset_prefix ? o->asset_prefix : "/assets/",
                          STR_ARG(v->fingerprint));
    TRY(compile(v, S("date"), S("{{ t | date: f }}"), &v->plain_host, &v->date, err));
    for (size_t i = 0; i < o->file_count; i++) {
        const struct embed *f = &o->files[i];
        struct str path = str_c(f->path);
        if (str_starts(path, S("assets/"))) {
            map_set(a, &v->assets, str_from(path, 7), (void *)(uintptr_t)f);
        } else if (str_ends(path, S(".liquid"))) {
            const struct liquid_template *t = NULL;
            TRY(compile(v, path, embed_str(f), &v->host, &t, err));
            map_set(a, &v->templates, without_suffix(path, S(".liquid")), (void *)(uintptr_t)t);
        }
    }
    *out = v;
    return true;
}

static struct liquid_value shop_object(struct ctx *c) {
    struct liquid_map *m = liquid_map_new(c->arena);
    struct currency cur = shop_currency(c);
    liquid_set(m, "name", liquid_text(setting_text(c, "shop.name")));
    liquid_set(m, "email", liquid_text(setting_text(c, "shop.email")));
    liquid_set(m, "url", liquid_text(c->shop->base_url));
    liquid_set(m, "currency", liquid_text(arena_str(c->arena, currency_str(&cur))));
    return liquid_of_map(m);
}

static struct liquid_value request_object(struct ctx *c) {
    struct liquid_map *m = liquid_map_new(c->arena), *locale = liquid_map_new(c->arena);
    liquid_set(locale, "iso_code", liquid_text(str_c(lang_code(c->lang))));
    liquid_set(locale, "primary", liquid_bool(c->lang == lang_first(c)));
    liquid_set(m, "locale", liquid_of_map(locale));
    liquid_set(m, "origin", liquid_text(c->shop->base_url));
    if (c->rq) {
        liquid_set(m, "path", liquid_text(c->rq->path));
        liquid_set(m, "host", liquid_text(c->rq->host));
    }
    return liquid_of_map(m);
}

// What every template sees; the page's own values go before.
static struct liquid_map *globals_of(struct ctx *c, const struct liquid_map *data) {
    struct liquid_map *g = liquid_map_new(c->arena);
    liquid_set(g, "shop", shop_object(c));
    liquid_set(g, "request", request_object(c));
    liquid_set(g, "csrf", liquid_text(c->csrf));
    liquid_set(g, "lang", liquid_text(str_c(lang_code(c->lang))));
    liquid_set(g, "now", liquid_time(c->now));
    size_t n = data ? liquid_map_size(data) : 0;
    for (size_t i = 0; i < n; i++) {
        struct str key;
        struct liquid_value value;
        liquid_map_entry(data, i, &key, &value);
        liquid_set_str(g, key, value);
    }
    return g;
}

static template *need(struct ctx *c, const struct view_set *v, const char *folder,
                      const char *name) {
    template *t = find_template(v, c->arena, folder, str_c(name));
    if (!t) {
        err_set(&c->err, ERR_NOT_FOUND, "A page could not be written.");
        err_detail(&c->err, "no template %s%s", folder, name);
    }
    return t;
}

bool view_render(struct ctx *c, const struct view_set *v, const char *layout, const char *name,
                 struct liquid_map *data, struct buf *out) {
    struct view_page page = {.ctx = c, .set = v, .date = v->date, .prefix = v->prefix};
    page.globals = globals_of(c, data);
    template *t = need(c, v, "templates/", name);
    if (!t) return false;
    liquid_set(page.globals, "template", liquid_text(str_c(name)));
    if (!layout) return render_one(&page, t, NULL, out);
    template *frame = need(c, v, "layout/", layout);
    if (!frame) return false;
    struct buf body = buf_new(c->arena, 0);
    TRY(render_one(&page, t, NULL, &body));
    liquid_set(page.globals, "content_for_layout", liquid_html(buf_str(&body)));
    return render_one(&page, frame, NULL, out);
}

static const char *type_of(struct str name) {
    static const struct {
        struct str suffix;
        const char *type;
    } types[] = {
        {S_INIT(".css"), "text/css; charset=utf-8"},
        {S_INIT(".js"), "text/javascript; charset=utf-8"},
        {S_INIT(".svg"), "image/svg+xml"},
        {S_INIT(".woff2"), "font/woff2"},
        {S_INIT(".png"), "image/png"},
        {S_INIT(".jpg"), "image/jpeg"},
        {S_INIT(".webp"), "image/webp"},
        {S_INIT(".ico"), "image/x-icon"},
        {S_INIT(".json"), "application/json"},
        {S_INIT(".txt"), "text/plain; charset=utf-8"},
    };
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        if (str_ends(name, types[i].suffix)) return types[i].type;
    }
    return ASSET_TYPES_OTHER;
}

struct str view_asset(const struct view_set *v, struct str path, const char **type_out) {
    struct str rest = path, print;
    if (!str_split(&rest, '/', &print) || !str_eq(print, v->fingerprint)) return (struct str){0};
    const struct embed *f = map_get(&v->assets, rest);
    if (!f) return (struct str){0};
    *type_out = type_of(rest);
    return embed_str(f);
}

struct str view_asset_path(struct arena *a, const struct view_set *v, struct str name) {
    return arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(v->fingerprint), STR_ARG(name));
}
