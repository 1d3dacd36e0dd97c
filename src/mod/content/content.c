// SPDX-License-Identifier: Apache-2.0
#include "mod/content/content.h"

#include "content_sql.h"
#include "core/check.h"
#include "core/i18n.h"
#include "core/kept.h"
#include "core/settings.h"
#include "mod/content/blog.h"
#include "mod/content/comment.h"
#include "mod/content/content_private.h"
#include "mod/content/menu.h"

static bool check_draft(struct ctx *c, const struct page_draft *d) {
    TRY(content_check_handle(c, d->handle));
    TRY(content_check_title(c, d->title));
    if (d->template.n > CONTENT_HANDLE_MAX ||
        !str_eq(text_slug(c->arena, d->template), d->template)) {
        err_field(&c->err, "template");
        return err_set(&c->err, ERR_INVALID,
                       "The name of a template has letters, digits and hyphens.");
    }
    if (d->source.n <= CONTENT_SOURCE_MAX && str_is_utf8(d->source)) return true;
    err_field(&c->err, "source");
    return err_set(&c->err, ERR_TOO_LARGE, "A page has at most 256 KiB of text.");
}

static bool page_row(struct ctx *c, const struct page_draft *d, int64_t *id_out) {
    struct content_page_by_handle row;
    bool found;
    TRY(content_page_by_handle(&c->db, &(struct content_page_by_handle_in){d->handle}, &row,
                               &found));
    struct str template = d->template.p ? d->template : found ? row.template : S("");
    if (!found)
        return content_page_insert(
            &c->db, &(struct content_page_insert_in){d->handle, d->position, template}, id_out);
    *id_out = row.id;
    if (row.position == d->position && str_eq(row.template, template)) return true;
    tx_bump(c, "page", row.id);
    tx_bump(c, "pages", 0);
    return content_page_move(&c->db, &(struct content_page_move_in){row.id, d->position, template});
}

bool page_save(struct ctx *c, const struct page_draft *d, int64_t *page_id_out,
               int64_t *version_out) {
    ensure(c->db.writing);
    struct content_version_last last = {0};
    struct str lang = str_c(lang_code(d->lang)), html;
    int64_t id;
    bool found;
    TRY(check_draft(c, d));
    TRY(page_row(c, d, page_id_out));
    TRY(content_version_last(&c->db, &(struct content_version_last_in){*page_id_out, lang}, &last,
                             &found));
    *version_out = last.version;
    if (found && str_eq(last.title, d->title) && str_eq(last.source, d->source)) return true;
    TRY(markdown_html(c->arena, d->source, &html, &c->err));
    *version_out = last.version + 1;
    TRY(content_version_insert(&c->db,
                               &(struct content_version_insert_in){*page_id_out, lang, *version_out,
                                                                   d->title, d->source, html,
                                                                   c->now},
                               &id));
    tx_bump(c, "page", *page_id_out);
    tx_bump(c, "pages", 0);
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "lang");
    json_put_str(&w, lang);
    json_key(&w, "version");
    json_put_int(&w, *version_out);
    json_key(&w, "title");
    json_put_str(&w, d->title);
    json_end_object(&w);
    return audit_write(c, &(struct audit){"page", *page_id_out, "page.save", buf_str(&b)});
}

static void pages_tell(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    (void)self;
    (void)rows;
    kept_topic(out, "pages", 0);
}

static bool newest(struct ctx *c, int64_t page_id, struct content_version_last *out,
                   enum lang *lang_out, bool *found) {
    const enum lang first[] = {c->lang, lang_first(c)};
    struct {
        struct content_version_last *v;
        size_t n, cap;
    } rows = {0};
    for (size_t i = 0; i < ARRAY_LEN(first) + LANG_COUNT; i++) {
        *lang_out = i < ARRAY_LEN(first) ? first[i] : (enum lang)(i - ARRAY_LEN(first));
        struct content_version_last_in in = {page_id, str_c(lang_code(*lang_out))};
        TRY(kept_all(c, &content_version_last_query, &in, pages_tell, NULL, &rows));
        *found = rows.n > 0;
        if (*found) {
            *out = rows.v[0];
            return true;
        }
    }
    return true;
}

bool page_get(struct ctx *c, struct str handle, struct page_text *out) {
    struct {
        struct content_page_by_handle *v;
        size_t n, cap;
    } rows = {0};
    struct content_version_last v;
    struct content_page_by_handle_in in = {handle};
    *out = (struct page_text){0};
    TRY(kept_all(c, &content_page_by_handle_query, &in, pages_tell, NULL, &rows));
    out->found = rows.n > 0;
    if (!out->found) return true;
    const struct content_page_by_handle row = rows.v[0];
    TRY(newest(c, row.id, &v, &out->lang, &out->found));
    if (!out->found) return true;
    out->id = row.id;
    out->version = v.version;
    out->handle = handle;
    out->title = v.title;
    out->template = row.template;
    out->source = v.source;
    out->html = page_fill(c, v.body);
    return true;
}

bool page_versions_json(struct ctx *c, struct str *json_out) {
    struct content_newest_versions_rows rows = {0};
    TRY(content_newest_versions_all(
        &c->db, &(struct content_newest_versions_in){str_c(lang_code(c->lang))}, &rows));
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    for (size_t i = 0; i < rows.n; i++) {
        json_key_str(&w, rows.v[i].handle);
        json_put_int(&w, rows.v[i].version);
    }
    json_end_object(&w);
    *json_out = buf_str(&b);
    return true;
}

static const struct permission perms[] = {
    {"content.write", "Seiten und Rechtstexte ändern", "Change pages and legal texts"},
    {"content.blog", "Artikel im Blog schreiben", "Write articles in the blog"},
    {"content.menu", "Menüs ändern", "Change menus"},
    {0},
};
static const struct check checks[] = {
    {"content.versions", "A page's versions are not complete. Restore the database from a backup.",
     &content_check_versions_query, NULL},
    {"content.articles", "An article's versions or tags are not complete. Save the article again.",
     &content_check_articles_query, NULL},
    {"content.menus", "A menu is not in order. Save it again on the desk.",
     &content_check_menus_query, NULL},
    {0},
};
static const struct job_kind jobs[] = {
    {.name = "content.publish", .run = article_appears},
    {.name = "content.clean", .run = comments_clean, .every_s = 24 * 3600},
    {0},
};
const struct module content_module = {
    .name = "content",
    .needs = (const char *const[]){NULL},
    .queries = content_sql_queries,
    .query_count = &content_sql_query_count,
    .perms = perms,
    .jobs = jobs,
    .checks = checks,
};
