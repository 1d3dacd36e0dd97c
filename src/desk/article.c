// SPDX-License-Identifier: Apache-2.0
// An article of a blog: text in a language (every save is a version), picture, and when it appears.
#include "content_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_content.h"
#include "mod/content/content.h"

enum { SOURCE_MAX = 200000, HOURS = 24, MINUTES = 60 };

struct editing {
    struct desk d;
    enum lang lang;
    int64_t blog_id, id; // id 0: a new one
    struct article_row row;
    struct str preview; // HTML of what was typed
};

static bool open(struct editing *e, struct ctx *c, const struct request *rq, struct response *rs,
                 bool *found_out) {
    struct str lang = request_query(rq, "lang");
    *e = (struct editing){.lang = lang_first(c)};
    *found_out = false;
    if (!lang.p) lang = request_form(rq, "lang");
    if (lang.p && !lang_parse(lang, &e->lang)) return true;
    if (!desk_id(rq, "blog", &e->blog_id)) return true;
    bool fresh = str_eq(request_param(rq, "article"), S("new"));
    if (!fresh && !desk_id(rq, "article", &e->id)) return true;
    desk_begin(&e->d, c, rq, rs);
    if (!fresh) {
        TRY(article_row(&c->db, &(struct article_row_in){e->id}, &e->row, found_out));
        *found_out = *found_out && e->row.blog_id == e->blog_id;
        return true;
    }
    struct blog_row blog;
    TRY(blog_row(&c->db, &(struct blog_row_in){e->blog_id}, &blog, found_out));
    e->row.blog_handle = blog.handle;
    return true;
}

// ---- showing

static void put_moment(struct editing *e) {
    struct ctx *c = e->d.c;
    put_str(e->d.f, "show", e->row.has_published_at ? S("at") : S("draft"));
    if (!e->row.has_published_at) return;
    struct civil t = zone_civil(c, e->row.published_at);
    put_str(e->d.f, "day", arena_fmt(c->arena, "%04d-%02d-%02d", t.year, t.month, t.day));
    put_str(e->d.f, "time", arena_fmt(c->arena, "%02d:%02d", t.hour, t.minute));
}

static bool put_text(struct editing *e, struct str *title_out) {
    struct article_version_last v;
    bool has;
    struct article_version_last_in in = {e->id, str_c(lang_code(e->lang))};
    TRY(article_version_last(&e->d.c->db, &in, &v, &has));
    if (has) *title_out = v.title;
    if (!has || e->d.errors || e->preview.p) return true;
    put_str(e->d.f, "title", v.title);
    put_str(e->d.f, "excerpt", v.excerpt);
    put_str(e->d.f, "source", v.source);
    put_str(e->d.f, "picture_alt", v.picture_alt);
    put_str(e->d.f, "tags", v.tags);
    put_str(e->d.f, "seo_title", v.seo_title);
    put_str(e->d.f, "seo_description", v.seo_description);
    return true;
}

static bool put_history(struct editing *e) {
    struct article_history_rows rows = {0};
    struct article_history_in in = {e->id, str_c(lang_code(e->lang))};
    TRY(article_history_all(&e->d.c->db, &in, &rows));
    PUT_ROWS(&e->d, "history", article_history, rows);
    return desk_trail(&e->d, "article", e->id);
}

static bool show(struct editing *e) {
    struct desk *d = &e->d;
    struct str title = tr(d->c, "desk.article.new");
    if (e->id) TRY(put_text(e, &title));
    if (e->id && !d->errors && !e->preview.p) {
        put_str(d->f, "author", e->row.author);
        put_moment(e);
    }
    if (e->id) TRY(put_history(e));
    TRY(desk_alternate_show(d, "article", e->id));
    put_int(d->data, "id", e->id);
    put_int(d->data, "blog", e->blog_id);
    put_str(d->data, "blog_handle", e->row.blog_handle);
    put_str(d->data, "handle", e->row.handle);
    put_str(d->data, "plang", str_c(lang_code(e->lang)));
    put_str(d->data, "hash", e->row.hash);
    put_str(d->data, "filename", e->row.filename);
    put_bool(d->data, "shown", e->row.has_published_at && e->row.published_at <= d->c->now);
    if (e->preview.p) liquid_set(d->data, "preview", liquid_html(e->preview));
    return desk_send(d, "article", title);
}

bool desk_article_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct editing e;
    bool found;
    TRY(open(&e, c, rq, rs, &found));
    return found ? show(&e) : desk_missing(c);
}

// ---- saving

// "09:30"; empty is midnight.
static bool read_time(struct str s, instant *out) {
    int64_t hour, minute;
    *out = 0;
    if (!s.n) return true;
    if (s.n != 5 || s.p[2] != ':' || !str_to_int(str_sub(s, 0, 2), &hour) ||
        !str_to_int(str_from(s, 3), &minute))
        return false;
    *out = hour * HOUR + minute * MINUTE;
    return hour >= 0 && hour < HOURS && minute >= 0 && minute < MINUTES;
}

// Without a day it appears at once, or stays as it was. The clock is that of the shop's zone; on
// the two days a year when clocks change, it may be an hour off.
static void read_moment(struct editing *e, struct article_draft *a) {
    struct desk *d = &e->d;
    instant time, day = desk_read_day(d, "day");
    if (!str_eq(request_form(d->rq, "show"), S("at"))) return;
    if (!read_time(str_trim(request_form(d->rq, "time")), &time))
        desk_fail_key(d, "time", "desk.article.time_wrong");
    a->published_at = day ? day + time : e->row.has_published_at ? e->row.published_at : d->c->now;
}

static bool read_picture(struct editing *e, struct article_draft *a, struct media_file *file,
                         bool *has_out) {
    struct desk *d = &e->d;
    const struct http_files *files = &d->rq->files;
    struct err why = {0};
    *has_out = false;
    a->media_id =
        e->row.has_media_id && !request_form(d->rq, "drop_picture").n ? e->row.media_id : 0;
    for (size_t i = 0; i < files->n; i++) {
        if (!str_eq(files->v[i].field, S("picture")) || !files->v[i].bytes.n) continue;
        *file = (struct media_file){.bytes = files->v[i].bytes, .filename = files->v[i].filename};
        *has_out = media_inspect(d->c->arena, file->bytes, &file->info, &why);
        if (!*has_out) desk_fail(d, "picture", tr(d->c, "desk.article.picture_wrong"));
    }
    return true;
}

static bool read_handle(struct editing *e, struct article_draft *a) {
    struct ctx *c = e->d.c;
    struct article_by_name there;
    bool taken;
    a->handle = text_slug(c->arena, desk_read_text(&e->d, "handle", 0, 100));
    if (!a->handle.n) a->handle = text_slug(c->arena, a->title);
    if (!a->handle.n) return true; // the title is missing, too
    struct article_by_name_in in = {e->blog_id, a->handle};
    TRY(article_by_name(&c->db, &in, &there, &taken));
    if (taken) desk_fail_key(&e->d, "handle", "desk.pages.handle_taken");
    return true;
}

static void read_texts(struct editing *e, struct article_draft *a) {
    struct desk *d = &e->d;
    a->title = desk_read_text(d, "title", FORM_REQUIRED, 300);
    a->excerpt = desk_read_text(d, "excerpt", 0, 4000);
    a->source = desk_read_text(d, "source", FORM_REQUIRED, SOURCE_MAX);
    a->picture_alt = desk_read_text(d, "picture_alt", 0, 500);
    a->tags = desk_read_text(d, "tags", 0, 2000);
    a->seo_title = desk_read_text(d, "seo_title", 0, 300);
    a->seo_description = desk_read_text(d, "seo_description", 0, 500);
    a->author = desk_read_text(d, "author", 0, 100);
}

// What the module refuses stands at its field; anything else is a failure.
static bool refused(struct editing *e) {
    struct ctx *c = e->d.c;
    if (c->err.code != ERR_INVALID && c->err.code != ERR_TOO_LARGE) return false;
    if (!c->err.field[0]) return false;
    desk_fail_key(&e->d, arena_cstr(c->arena, str_c(c->err.field)), "desk.article.refused");
    err_clear(&c->err);
    return true;
}

static bool preview(struct editing *e, const struct article_draft *a) {
    struct str html;
    TRY(markdown_html(e->d.c->arena, a->source, &html, &e->d.c->err));
    e->preview = page_fill(e->d.c, html);
    return show(e);
}

bool desk_article_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct editing e;
    struct media_file file;
    int64_t version;
    bool found, picture;
    TRY(open(&e, c, rq, rs, &found));
    if (!found) return desk_missing(c);
    struct article_draft a = {.id = e.id, .blog_id = e.blog_id, .lang = e.lang};
    desk_typed(&e.d);
    read_texts(&e, &a);
    read_moment(&e, &a);
    TRY(read_picture(&e, &a, &file, &picture));
    if (!e.id) TRY(read_handle(&e, &a));
    if (e.d.errors) return show(&e);
    if (str_eq(request_form(rq, "do"), S("preview"))) return preview(&e, &a);
    if (!article_edit(c, &a, picture ? &file : NULL, &e.id, &version))
        return refused(&e) && show(&e);
    TRY(desk_alternate_save(&e.d, "article", e.id));
    return desk_done(c, rs,
                     arena_fmt(c->arena, "/desk/blogs/%lld/articles/%lld?lang=%s",
                               (long long)e.blog_id, (long long)e.id, lang_code(e.lang)),
                     "saved");
}

bool desk_article_version_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct editing e;
    struct article_version_get v;
    int64_t version;
    bool found;
    TRY(open(&e, c, rq, rs, &found));
    if (!found || !e.id || !lang_parse(request_param(rq, "lang"), &e.lang) ||
        !desk_id(rq, "version", &version))
        return desk_missing(c);
    struct article_version_get_in in = {e.id, str_c(lang_code(e.lang)), version};
    TRY(article_version_get(&c->db, &in, &v, &found));
    if (!found) return desk_missing(c);
    put_int(e.d.data, "id", e.id);
    put_int(e.d.data, "blog", e.blog_id);
    put_str(e.d.data, "plang", str_c(lang_code(e.lang)));
    put_int(e.d.data, "version", version);
    liquid_set(e.d.data, "saved_at", liquid_time(v.created_at));
    liquid_set(e.d.data, "body", liquid_html(v.body));
    put_str(e.d.data, "source", v.source);
    return desk_send(&e.d, "article_version", v.title);
}
