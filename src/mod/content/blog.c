// SPDX-License-Identifier: Apache-2.0
#include "mod/content/blog.h"

#include "content_sql.h"
#include "mod/content/content.h"
#include "mod/content/content_private.h"

enum { AUTHOR_CHARACTERS = 100, ALT_CHARACTERS = 500, EXCERPT_MAX = 4000 };

// A text that must be UTF-8 of at most so many characters.
static bool check_text(struct ctx *c, const char *field, struct str s, size_t characters) {
    if (s.n <= characters * 4 && str_is_utf8(s) && str_utf8_len(s) <= characters) return true;
    err_field(&c->err, field);
    return err_set(&c->err, ERR_INVALID, "This text has at most %zu characters.", characters);
}

bool content_check_handle(struct ctx *c, struct str handle) {
    if (!str_empty(handle) && handle.n <= CONTENT_HANDLE_MAX &&
        str_eq(text_slug(c->arena, handle), handle))
        return true;
    err_field(&c->err, "handle");
    return err_set(&c->err, ERR_INVALID,
                   "An address has small letters, digits and hyphens only, 100 at most.");
}

bool content_check_title(struct ctx *c, struct str title) {
    if (!str_empty(str_trim(title))) return check_text(c, "title", title, CONTENT_TITLE_CHARACTERS);
    err_field(&c->err, "title");
    return err_set(&c->err, ERR_INVALID, "A title is missing.");
}

static bool check_seo(struct ctx *c, struct str title, struct str description) {
    return check_text(c, "seo_title", title, CONTENT_TITLE_CHARACTERS) &&
           check_text(c, "seo_description", description, CONTENT_SEO_CHARACTERS);
}

static struct str or_empty(struct str s) { return s.p ? s : S(""); }

static bool blog_texts(struct ctx *c, const struct blog_draft *d, int64_t id) {
    const struct {
        const char *field;
        struct str text;
    } texts[] = {
        {"title", d->title}, {"seo_title", d->seo_title}, {"seo_description", d->seo_description}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        TRY(translation_set(c, &(struct translation){"blog", id, texts[i].field}, d->lang,
                            or_empty(texts[i].text)));
    return true;
}

static bool blog_find(struct ctx *c, const struct blog_draft *d, struct blog_row *out,
                      bool *found_out) {
    int64_t id = d->id;
    *found_out = id != 0;
    if (!id) {
        struct blog_by_name row;
        TRY(blog_by_name(&c->db, &(struct blog_by_name_in){d->handle}, &row, found_out));
        id = row.id;
    }
    if (!*found_out) return true;
    TRY(blog_row(&c->db, &(struct blog_row_in){id}, out, found_out));
    return *found_out || err_set(&c->err, ERR_NOT_FOUND, "This blog no longer exists.");
}

static bool blog_note(struct ctx *c, int64_t id, const struct blog_draft *d) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "lang");
    json_put_str(&w, str_c(lang_code(d->lang)));
    json_key(&w, "title");
    json_put_str(&w, d->title);
    json_end_object(&w);
    tx_bump(c, "blog", id);
    tx_bump(c, "blogs", 0);
    return audit_write(c, &(struct audit){"blog", id, "blog.save", buf_str(&b)});
}

bool blog_save(struct ctx *c, const struct blog_draft *d, int64_t *id_out) {
    ensure(c->db.writing);
    struct blog_row old = {0};
    bool found;
    TRY(content_check_title(c, d->title));
    TRY(check_seo(c, d->seo_title, d->seo_description));
    if (!d->id) TRY(content_check_handle(c, d->handle));
    ensure(!d->comments.p || str_eq(d->comments, S("closed")) ||
           str_eq(d->comments, S("moderated")));
    TRY(blog_find(c, d, &old, &found));
    bool first = d->lang == lang_first(c);
    struct str comments = d->comments.p ? d->comments : found ? old.comments : S("closed");
    *id_out = old.id;
    if (!found)
        TRY(blog_insert(&c->db,
                        &(struct blog_insert_in){d->handle, d->title, or_empty(d->seo_title),
                                                 or_empty(d->seo_description), d->position,
                                                 comments, c->now},
                        id_out));
    else
        TRY(blog_update(&c->db, &(struct blog_update_in){
                                    old.id, first ? d->title : old.title,
                                    first ? or_empty(d->seo_title) : old.seo_title,
                                    first ? or_empty(d->seo_description) : old.seo_description,
                                    d->position, comments}));
    if (!first) TRY(blog_texts(c, d, *id_out));
    return blog_note(c, *id_out, d);
}

// Tags one a line, trimmed, each once (by handle).
static bool clean_tags(struct ctx *c, struct str typed, struct str *out) {
    struct buf b = buf_new(c->arena, 0), seen = buf_new(c->arena, 0);
    size_t n = 0;
    buf_char(&seen, '\n');
    while (typed.n) {
        size_t end = 0;
        while (end < typed.n && !memchr(",\n\r", typed.p[end], 3)) end++;
        struct str tag = str_trim(str_sub(typed, 0, end));
        typed = str_from(typed, end < typed.n ? end + 1 : end);
        struct str handle = text_slug(c->arena, tag);
        struct str line = arena_fmt(c->arena, "\n" STR_FMT "\n", STR_ARG(handle));
        if (!handle.n || str_find(buf_str(&seen), line) != STR_NONE) continue;
        if (str_utf8_len(tag) > ARTICLE_TAG_CHARACTERS || ++n > ARTICLE_TAGS_MAX) {
            err_field(&c->err, "tags");
            return err_set(&c->err, ERR_INVALID,
                           "An article has at most %d tags of at most %d characters.",
                           ARTICLE_TAGS_MAX, ARTICLE_TAG_CHARACTERS);
        }
        buf_put(&seen, str_from(line, 1));
        if (b.n) buf_char(&b, '\n');
        buf_put(&b, tag);
    }
    *out = b.n ? buf_str(&b) : S("");
    return true;
}

static bool check_article(struct ctx *c, const struct article_draft *d) {
    TRY(content_check_title(c, d->title));
    TRY(check_text(c, "author", d->author, AUTHOR_CHARACTERS));
    TRY(check_text(c, "picture_alt", d->picture_alt, ALT_CHARACTERS));
    TRY(check_text(c, "excerpt", d->excerpt, EXCERPT_MAX));
    TRY(check_text(c, "tags", d->tags, EXCERPT_MAX));
    TRY(check_seo(c, d->seo_title, d->seo_description));
    if (d->source.n <= CONTENT_SOURCE_MAX && str_is_utf8(d->source)) return true;
    err_field(&c->err, "source");
    return err_set(&c->err, ERR_TOO_LARGE, "An article has at most 256 KiB of text.");
}

static bool article_find(struct ctx *c, const struct article_draft *d, struct article_row *out,
                         bool *found_out) {
    struct article_by_name row = {.id = d->id};
    *found_out = d->id != 0;
    if (!d->id)
        TRY(article_by_name(&c->db, &(struct article_by_name_in){d->blog_id, d->handle}, &row,
                            found_out));
    if (!*found_out) return true;
    TRY(article_row(&c->db, &(struct article_row_in){row.id}, out, found_out));
    return *found_out || err_set(&c->err, ERR_NOT_FOUND, "This article no longer exists.");
}

// At the moment of its publication pages become stale.
static bool schedule(struct ctx *c, int64_t id, instant at) {
    if (at <= c->now) return true;
    return job_add(
        c, &(struct job_new){.kind = "content.publish",
                             .payload = arena_fmt(c->arena, "{\"article\":%lld}", (long long)id),
                             .key = arena_fmt(c->arena, "%lld:%lld", (long long)id, (long long)at),
                             .run_at = at});
}

static bool write_row(struct ctx *c, const struct article_draft *d, const struct article_row *old,
                      int64_t *id_out) {
    bool has_media = d->media_id != 0, shown = d->published_at != 0;
    *id_out = old->id;
    if (!old->id)
        TRY(article_insert(&c->db,
                           &(struct article_insert_in){d->blog_id, d->handle, or_empty(d->author),
                                                       d->media_id, has_media, d->published_at,
                                                       shown, c->now},
                           id_out));
    else
        TRY(article_update(&c->db,
                           &(struct article_update_in){old->id, or_empty(d->author), d->media_id,
                                                       has_media, d->published_at, shown, c->now}));
    return schedule(c, *id_out, d->published_at);
}

static bool same_text(const struct article_version_last *v, const struct article_draft *d,
                      struct str tags) {
    return v->version && str_eq(v->title, d->title) && str_eq(v->source, or_empty(d->source)) &&
           str_eq(v->excerpt, or_empty(d->excerpt)) && str_eq(v->tags, tags) &&
           str_eq(v->picture_alt, or_empty(d->picture_alt)) &&
           str_eq(v->seo_title, or_empty(d->seo_title)) &&
           str_eq(v->seo_description, or_empty(d->seo_description));
}

static bool write_tags(struct ctx *c, int64_t id, struct str lang, struct str tags) {
    struct str tag;
    int64_t position = 0;
    TRY(article_tags_clear(&c->db, &(struct article_tags_clear_in){id, lang}));
    while (tags.n && str_split(&tags, '\n', &tag))
        TRY(article_tag_put(&c->db, &(struct article_tag_put_in){id, lang, text_slug(c->arena, tag),
                                                                 tag, ++position}));
    return true;
}

static bool write_version(struct ctx *c, const struct article_draft *d, int64_t id, struct str tags,
                          int64_t version) {
    struct str lang = str_c(lang_code(d->lang)), body, excerpt_body;
    int64_t version_id;
    TRY(markdown_html(c->arena, or_empty(d->source), &body, &c->err));
    TRY(markdown_html(c->arena, or_empty(d->excerpt), &excerpt_body, &c->err));
    TRY(article_version_insert(
        &c->db,
        &(struct article_version_insert_in){.article_id = id,
                                            .lang = lang,
                                            .version = version,
                                            .title = d->title,
                                            .excerpt = or_empty(d->excerpt),
                                            .source = or_empty(d->source),
                                            .excerpt_body = excerpt_body,
                                            .body = body,
                                            .picture_alt = or_empty(d->picture_alt),
                                            .tags = tags,
                                            .seo_title = or_empty(d->seo_title),
                                            .seo_description = or_empty(d->seo_description),
                                            .now = c->now},
        &version_id));
    return write_tags(c, id, lang, tags);
}

static bool article_note(struct ctx *c, const struct article_draft *d, int64_t id,
                         int64_t version) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "lang");
    json_put_str(&w, str_c(lang_code(d->lang)));
    json_key(&w, "version");
    json_put_int(&w, version);
    json_key(&w, "title");
    json_put_str(&w, d->title);
    json_key(&w, "published");
    json_put_str(&w, d->published_at ? instant_date(c->arena, d->published_at) : S(""));
    json_end_object(&w);
    tx_bump(c, "article", id);
    tx_bump(c, "blog", d->blog_id);
    tx_bump(c, "blogs", 0);
    return audit_write(c, &(struct audit){"article", id, "article.save", buf_str(&b)});
}

bool article_save(struct ctx *c, const struct article_draft *given, int64_t *id_out,
                  int64_t *version_out) {
    ensure(c->db.writing);
    struct article_draft d = *given;
    struct article_row old = {0};
    struct article_version_last last = {0};
    struct str tags = {0};
    bool found, had = false;
    TRY(check_article(c, &d));
    TRY(clean_tags(c, d.tags, &tags));
    if (!d.id && !d.handle.p) d.handle = text_slug(c->arena, d.title);
    if (!d.id) TRY(content_check_handle(c, d.handle));
    TRY(article_find(c, &d, &old, &found));
    if (found) d.blog_id = old.blog_id;
    bool same = found && str_eq(old.author, or_empty(d.author)) && old.media_id == d.media_id &&
                old.published_at == d.published_at;
    if (found)
        TRY(article_version_last(
            &c->db, &(struct article_version_last_in){old.id, str_c(lang_code(d.lang))}, &last,
            &had));
    bool text = !had || !same_text(&last, &d, tags);
    *id_out = old.id;
    *version_out = last.version;
    if (same && !text) return true;
    TRY(write_row(c, &d, &old, id_out));
    if (text) TRY(write_version(c, &d, *id_out, tags, ++*version_out));
    return article_note(c, &d, *id_out, *version_out);
}

static bool appear(struct ctx *c, void *self, bool *keep) {
    const struct article_row *a = self;
    (void)keep;
    tx_bump(c, "article", a->id);
    tx_bump(c, "blog", a->blog_id);
    tx_bump(c, "blogs", 0);
    return true;
}

enum job_result article_appears(struct ctx *c, const struct json *payload) {
    struct article_row a;
    bool found;
    if (!article_row(&c->db, &(struct article_row_in){json_int(payload, "article", 0)}, &a, &found))
        return JOB_RETRY;
    return !found || tx_run(c, appear, &a) ? JOB_DONE : JOB_RETRY;
}
