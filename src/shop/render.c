// SPDX-License-Identifier: Apache-2.0
// Pages written by a theme.
#include "core/app.h"
#include "core/session.h"
#include "http/token.h"
#include "mod/themes/themes.h"
#include "shop/object/people.h"
#include "shop/theme_host.h"

enum { SECTIONS_MAX = 5, ID_MAX = 100, VIEW_MAX = 64 };
#define PREVIEW_LIFE (7 * DAY / SECOND)

static bool asks_sections(const struct page *p) {
    return request_query(p->rq, "section_id").n || request_query(p->rq, "sections").n;
}

// The setting `shared_pages` of a theme says that its pages are the same for every visitor: its
// script fills in what is not (docs/theme.md). Without it pages are made for each.
static bool theme_shares(struct page *p, const struct themes_hold *h) {
    return liquid_truthy(theme_setting_value(h->theme, p->c->arena, S("shared_pages")));
}

// Whoever is asked for by name is let in late: routes of shared pages know no session.
static bool know_visitor(struct page *p, const struct themes_hold *h) {
    const struct route *r = p->c->route;
    bool unknown = !r || r->cache != CACHE_PRIVATE;
    p->shared = unknown && !p->preview && !asks_sections(p) && theme_shares(p, h);
    if (!unknown || p->shared) return true;
    return session_load(p->c, p->rq, SESSION_SHOP);
}

static bool plain_name(struct str s, size_t max) {
    if (!s.n || s.n > max) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
        if (!ok) return false;
    }
    return true;
}

// ?view=wide: product.wide, when the theme has it.
static struct str template_of(struct page *p, const struct themes_hold *h, const char *name) {
    struct str view = request_query(p->rq, "view");
    if (!plain_name(view, VIEW_MAX)) view = p->suffix;
    if (!plain_name(view, VIEW_MAX)) return str_c(name);
    struct str wide = arena_fmt(p->c->arena, "%s." STR_FMT, name, STR_ARG(view));
    return theme_has(h->theme, wide) ? wide : str_c(name);
}

static struct theme_page theme_page_for(struct page *p, const struct themes_hold *h) {
    return (struct theme_page){
        .theme = h->theme,
        .arena = p->c->arena,
        .host_page = p,
        .globals = p->data,
        .lang = lang_of(p->c),
        .now = p->c->now,
        .preview = p->preview,
    };
}

static bool failed(struct page *p, const struct themes_hold *h, struct str name, struct err *why) {
    if (why->code != ERR_NONE) themes_problem(p->c, h, name, 0, str_c(why->message));
    buf_clear(&p->rs->body);
    return false;
}

static bool write_whole(struct page *p, const struct themes_hold *h, const char *name) {
    struct theme_page t = theme_page_for(p, h);
    struct str file = template_of(p, h, name);
    struct err why = {0};
    if (!theme_has(h->theme, file)) return false;
    if (!theme_render(&t, file, &p->rs->body, &why) || !buf_ok(&p->rs->body))
        return failed(p, h, file, &why);
    if (p->c->err.code != ERR_NONE) return failed(p, h, file, &why);
    response_type(p->rs, "text/html; charset=utf-8");
    response_header_set(p->rs, "Content-Security-Policy", theme_policy(p, &t));
    if (p->preview) preview_bar(p);
    return true;
}

static bool section(struct page *p, const struct themes_hold *h, const char *name, struct str id,
                    struct buf *out, bool *found_out) {
    struct theme_page t = theme_page_for(p, h);
    struct err why = {0};
    *found_out = false;
    if (!id.n || id.n > ID_MAX) return true;
    if (!theme_render_section(&t, template_of(p, h, name), id, out, found_out, &why)) {
        themes_problem(p->c, h, str_c(name), 0, str_c(why.message));
        *found_out = false;
    }
    return p->c->err.code == ERR_NONE;
}

static bool write_list(struct page *p, const struct themes_hold *h, const char *name,
                       struct str ids) {
    struct json_writer w = json_writer(&p->rs->body);
    struct str id;
    json_begin_object(&w);
    for (size_t n = 0; n < SECTIONS_MAX && str_split(&ids, ',', &id); n++) {
        struct buf html = buf_new(p->c->arena, 0);
        bool found;
        TRY(section(p, h, name, str_trim(id), &html, &found));
        json_key_str(&w, str_trim(id));
        json_put_str(&w, found ? buf_str(&html) : (struct str){0});
    }
    json_end_object(&w);
    response_type(p->rs, "application/json; charset=utf-8");
    return true;
}

// The Section Rendering API. Its answers are for the visitor who asks.
static bool write_sections(struct page *p, const struct themes_hold *h, const char *name) {
    struct str ids = request_query(p->rq, "sections"), one = request_query(p->rq, "section_id");
    bool found;
    p->rs->cacheable = false;
    response_header_set(p->rs, "X-Robots-Tag", S("noindex"));
    if (ids.n) return write_list(p, h, name, ids);
    TRY(section(p, h, name, one, &p->rs->body, &found));
    if (!found) return page_missing(p->c);
    response_type(p->rs, "text/html; charset=utf-8");
    return true;
}

static bool write_by(struct page *p, const struct themes_hold *h, const char *name) {
    p->hold = h;
    bool ok = know_visitor(p, h);
    if (ok) people_globals(p);
    if (ok) ok = asks_sections(p) ? write_sections(p, h, name) : write_whole(p, h, name);
    p->hold = NULL;
    return ok;
}

static bool is_among(const int64_t *v, size_t n, int64_t id) {
    for (size_t i = 0; i < n; i++)
        if (v[i] == id) return true;
    return false;
}

// In turn: the live theme, the last good one, the one that came with the program. A failure of the
// database is nobody's fault among them.
static bool write_public(struct page *p, const char *name) {
    static const enum themes_which turns[] = {THEMES_LIVE, THEMES_LAST_GOOD, THEMES_BUILT_IN};
    int64_t tried[ARRAY_LEN(turns)] = {0}; // without a last good one it is the built-in: once
    for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
        struct themes_hold h = {0};
        themes_take(p->c, turns[i], &h);
        tried[i] = h.revision_id;
        bool again = is_among(tried, i, h.revision_id);
        bool ok = h.theme && !again && write_by(p, &h, name);
        if (h.theme) themes_release(&h);
        if (i || !p->shared) p->rs->cacheable = false;
        if (ok || p->c->err.code != ERR_NONE) return ok;
    }
    err_set(&p->c->err, ERR_UNSUPPORTED, "A page could not be written.");
    return err_detail(&p->c->err, "no theme has the template %s", name);
}

static void forget_preview(struct page *p) {
    response_cookie(p->rs,
                    &(struct cookie){.name = PREVIEW_COOKIE, .value = S(""), .max_age_s = -1});
}

static bool take_preview(struct page *p, struct themes_hold *h, bool *found_out) {
    struct str token = request_cookie(p->rq, PREVIEW_COOKIE);
    *found_out = false;
    if (!token_shaped(token)) return true;
    TRY(themes_take_preview(p->c, token, h, found_out));
    if (!*found_out) forget_preview(p);
    return true;
}

// A draft that cannot be shown says why to who tries it.
static bool write_preview(struct page *p, struct themes_hold *h, const char *name) {
    p->preview = true;
    p->rs->cacheable = false;
    bool ok = write_by(p, h, name);
    if (!ok && p->c->err.code == ERR_NONE) {
        ok = preview_failed(p, str_c(name));
        p->rs->status = 500;
    }
    response_header_set(p->rs, "X-Robots-Tag", S("noindex"));
    themes_release(h);
    return ok;
}

// ?preview_theme=TOKEN: kept in a cookie, taken out of the address. "off" ends it.
static bool enter_preview(struct page *p, struct str token) {
    struct cookie k = {.name = PREVIEW_COOKIE,
                       .value = token,
                       .max_age_s = PREVIEW_LIFE,
                       .http_only = true,
                       .secure = str_starts(p->c->shop->base_url, S("https:"))};
    struct buf to = buf_new(p->c->arena, 0);
    char sep = '?';
    if (token_shaped(token))
        response_cookie(p->rs, &k);
    else
        forget_preview(p);
    buf_put(&to, url_local(p->c, p->rq->path));
    for (size_t i = 0; i < p->rq->query.n; i++) {
        const struct http_pair *q = &p->rq->query.v[i];
        if (str_eq(q->name, S("preview_theme"))) continue;
        buf_char(&to, sep);
        sep = '&';
        buf_url(&to, q->name);
        buf_char(&to, '=');
        buf_url(&to, q->value);
    }
    p->rs->cacheable = false;
    response_redirect(p->rs, 303, buf_str(&to));
    return true;
}

bool page_render(struct page *p, const char *name) {
    struct themes_hold h = {0};
    bool preview;
    struct str token = request_query(p->rq, "preview_theme");
    if (token.p && p->rq->method != HTTP_POST) return enter_preview(p, token);
    page_topic(p, "theme", 0);
    page_own(p)->template = name;
    TRY(take_preview(p, &h, &preview));
    return preview ? write_preview(p, &h, name) : write_public(p, name);
}
