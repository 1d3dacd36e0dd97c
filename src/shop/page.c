// SPDX-License-Identifier: Apache-2.0
#include "shop/page.h"

#include "core/app.h"
#include "core/settings.h"
#include "mod/themes/alternate.h"
#include "shop/brand.h"

enum { DESCRIPTION_MAX = 160 };

struct str lang_of(struct ctx *c) {
    return str_c(lang_code(c->lang));
}
struct str money_of(struct ctx *c, int64_t minor) {
    return show_money(c, money(minor, shop_currency(c)));
}

struct str rate_of(struct ctx *c, int64_t rate) {
    return arena_fmt(c->arena, STR_FMT "%s%%", STR_ARG(show_decimal(c, rate * 100)),
                     c->lang == LANG_DE ? "\u00a0" : "");
}

struct str local_path(struct ctx *c, const char *folder, struct str handle) {
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, str_c(folder));
    buf_url(&b, handle);
    return url_local(c, buf_str(&b));
}

struct str country_name(struct ctx *c, struct str code) {
    const char *key = arena_fmt(c->arena, "shop.country." STR_FMT, STR_ARG(code)).p;
    return tr_exists(c, key) ? tr(c, key) : code;
}

bool country_is(struct ctx *c, struct str code, struct str said) {
    return str_eq_nocase(code, said) || str_eq(country_name(c, code), said);
}

// Cuts after the last whole word.
static struct str cut_words(struct str s, size_t max) {
    struct str cut = str_utf8_cut(s, max);
    if (cut.n == s.n) return s;
    while (cut.n && cut.p[cut.n - 1] != ' ') cut.n--;
    return str_trim(cut);
}

struct str plain_of_html(struct arena *a, struct str html, size_t max) {
    struct buf b = buf_new(a, 0);
    bool tag = false;
    for (size_t i = 0; i < html.n; i++) {
        char ch = html.p[i];
        if (ch == '<') tag = true;
        bool space = tag || ch == '\n' || ch == ' ' || ch == '\t' || ch == '\r';
        if (space && b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
        if (!space) buf_char(&b, ch);
        if (ch == '>') tag = false;
    }
    return cut_words(str_trim(buf_str(&b)), max);
}

void set_str(struct liquid_map *m, const char *key, struct str value) {
    liquid_set(m, key, liquid_text(value));
}

struct liquid_value image_value(struct ctx *c, const struct picture *p) {
    if (!p->hash.n) return liquid_nil();
    struct liquid_map *m = liquid_map_new(c->arena);
    set_str(m, "hash", p->hash);
    set_str(m, "filename", p->filename);
    set_str(m, "alt", p->alt.p ? p->alt : S(""));
    liquid_set(m, "width", liquid_int(p->width > 0 ? p->width : 1200));
    liquid_set(m, "height", liquid_int(p->height > 0 ? p->height : 1200));
    return liquid_of_map(m);
}

void set_image(struct ctx *c, struct liquid_map *m, const char *key, const struct picture *p) {
    liquid_set(m, key, image_value(c, p));
}

void list_add(struct arena *a, struct list *l, struct liquid_value v) { *VEC_PUSH(a, l) = v; }
void set_list(struct liquid_map *m, const char *key, const struct list *l) {
    liquid_set(m, key, liquid_array(l->v, l->n));
}

void message(struct page *p, struct list *l, const char *kind, struct str text) {
    struct liquid_map *m = liquid_map_new(p->c->arena);
    set_str(m, "kind", str_c(kind));
    set_str(m, "text", text);
    list_add(p->c->arena, l, liquid_of_map(m));
}

void page_topic(struct page *p, const char *kind, int64_t id) {
    response_topic(p->rs, topic_of(kind, id));
}

bool page_missing(struct ctx *c) {
    return err_set(&c->err, ERR_NOT_FOUND, "There is no such page.");
}

bool page_moved(struct ctx *c, struct response *rs, const char *folder, struct str handle) {
    struct str to = local_path(c, folder, handle), target = c->rq->target;
    size_t query = str_find_char(target, '?');
    if (query != STR_NONE)
        to = arena_fmt(c->arena, STR_FMT STR_FMT, STR_ARG(to), STR_ARG(str_from(target, query)));
    response_redirect(rs, 301, to);
    return true;
}

static struct str in_lang(struct ctx *c, enum lang l, struct str path) {
    struct ctx other = *c;
    other.lang = l;
    return url_absolute(&other, path);
}

static void set_alternates(struct page *p, struct str path) {
    struct list alternates = {0};
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (!lang_offered(p->c, l)) continue;
        struct liquid_map *m = liquid_map_new(p->c->arena);
        set_str(m, "lang", str_c(lang_code(l)));
        set_str(m, "url", in_lang(p->c, l, path));
        list_add(p->c->arena, &alternates, liquid_of_map(m));
    }
    if (alternates.n > 1) set_list(p->data, "alternates", &alternates);
}

void page_public(struct page *p, struct str path) {
    set_alternates(p, path);
    set_str(p->data, "canonical_url", url_absolute(p->c, path));
    p->path = path;
    p->rs->cacheable = true;
}

void page_open(struct page *p, struct ctx *c, const struct request *rq, struct response *rs) {
    *p = (struct page){.c = c, .rq = rq, .rs = rs, .data = liquid_map_new(c->arena)};
    p->badges = content_setting(c, "theme.badges");
}

void page_global(struct page *p, const char *name, struct liquid_value v) {
    liquid_set(p->data, name, v);
}

void page_about(struct page *p, struct str title, struct str description) {
    struct arena *a = p->c->arena;
    set_str(p->data, "page_title", title);
    if (description.n)
        set_str(p->data, "page_description", plain_of_html(a, description, DESCRIPTION_MAX));
}

bool page_alternate(struct page *p, const char *object, int64_t id) {
    return themes_alternate_of(p->c, object, id, &p->suffix);
}

bool page_alternate_value(struct page *p, const char *object, int64_t id,
                          struct liquid_value *out) {
    struct str suffix;
    TRY(themes_alternate_of(p->c, object, id, &suffix));
    *out = suffix.n ? liquid_text(suffix) : liquid_nil();
    return true;
}

void page_picture(struct page *p, struct liquid_value image) {
    liquid_set(p->data, "page_image", image);
}

bool page_send(struct page *p, const char *name, struct str title) {
    set_str(p->data, "page_title", title);
    const struct liquid_value *d = liquid_map_get(p->data, S("page_description"));
    if (d)
        set_str(p->data, "page_description",
                plain_of_html(p->c->arena, liquid_str(*d), DESCRIPTION_MAX));
    response_type(p->rs, "text/html; charset=utf-8");
    page_brand(p);
    return view_render(p->c, shop_view(p->c), "theme", name, p->data, &p->rs->body);
}
