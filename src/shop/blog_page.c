// SPDX-License-Identifier: Apache-2.0
// Blogs, their articles, and a blog as a feed (Atom, RFC 4287).
#include "content_sql.h"
#include "core/app.h"
#include "core/settings.h"
#include "flow/contact.h"
#include "mod/content/content.h"
#include "shop/object/content.h"
#include "shop/object/people.h"

enum { FEED_ENTRIES = 20, COMMENT_EMAIL = 254 };

static struct str blog_path(struct ctx *c, struct str blog, struct str article) {
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, S("/blogs/"));
    buf_url(&b, blog);
    if (article.n) {
        buf_char(&b, '/');
        buf_url(&b, article);
    }
    return buf_str(&b);
}

// Readers of feeds find it in the answer's head.
static void link_feed(struct page *p, struct str handle) {
    struct str path = blog_path(p->c, handle, (struct str){0});
    response_header(p->rs, "Link",
                    arena_fmt(p->c->arena,
                              "<" STR_FMT ".atom>; rel=\"alternate\"; "
                              "type=\"application/atom+xml\"",
                              STR_ARG(url_local(p->c, path))));
}

bool blog_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value blog;
    struct str handle = request_param(rq, "blog"), tags = request_param(rq, "tags");
    page_open(&p, c, rq, rs);
    TRY(content_blog_page(&p, handle, tags, &blog));
    if (blog.type == LIQUID_NIL) return page_missing(c);
    struct content_told told = content_told(blog);
    page_global(&p, "blog", blog);
    page_global(&p, "current_tags", content_current_tags(blog));
    page_about(&p, told.title, told.description);
    struct str path = blog_path(c, handle, (struct str){0});
    if (tags.n)
        path = arena_fmt(c->arena, STR_FMT "/tagged/" STR_FMT, STR_ARG(path), STR_ARG(tags));
    page_public(&p, path);
    page_topic(&p, "blog", told.id);
    link_feed(&p, handle);
    TRY(page_alternate(&p, "blog", told.id));
    return page_render(&p, "blog");
}

static bool open_article(struct page *p, struct liquid_value *article, bool *found_out) {
    struct liquid_value blog;
    struct str handle = request_param(p->rq, "blog"), name = request_param(p->rq, "article");
    TRY(content_article_page(p, handle, name, article, &blog));
    *found_out = article->type != LIQUID_NIL;
    if (!*found_out) return true;
    struct content_told told = content_told(*article);
    page_global(p, "article", *article);
    page_global(p, "blog", blog);
    page_about(p, told.title, told.description);
    page_picture(p, content_image_of(*article));
    page_topic(p, "article", told.id);
    TRY(page_alternate(p, "article", told.id));
    page_topic(p, "blog", content_told(blog).id);
    return true;
}

bool article_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value article;
    bool found;
    page_open(&p, c, rq, rs);
    TRY(open_article(&p, &article, &found));
    if (!found) return page_missing(c);
    page_public(&p, blog_path(c, request_param(rq, "blog"), request_param(rq, "article")));
    link_feed(&p, request_param(rq, "blog"));
    return page_render(&p, "article");
}

// ---- comments

static void read_comment(struct ctx *c, const struct request *rq, struct comment_new *n,
                         struct form_errors *errors) {
    const struct {
        const char *field;
        struct str *to;
        size_t max;
    } texts[] = {{"author", &n->author, COMMENT_AUTHOR},
                 {"email", &n->email, COMMENT_EMAIL},
                 {"body", &n->body, COMMENT_CHARACTERS}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct str s = *texts[i].to = str_trim(form_field_of(rq, texts[i].field));
        if (!s.n) form_fail(c->arena, errors, texts[i].field, "form.required");
        if (str_utf8_len(s) > texts[i].max)
            form_fail(c->arena, errors, texts[i].field, "form.too_long");
    }
    if (n->email.n && !email_valid(n->email)) form_fail(c->arena, errors, "email", "form.email");
}

static bool take_comment(struct page *p, struct comment_new *n, struct form_errors *errors) {
    enum comment_verdict verdict;
    read_comment(p->c, p->rq, n, errors);
    if (errors->n || request_form(p->rq, "website").n) return true; // filled in by machines only
    TRY(comment_send(p->c, n, &verdict));
    if (verdict == COMMENT_FULL) form_fail(p->c->arena, errors, "body", "shop.comment.full");
    return true;
}

bool comment_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct page p;
    struct liquid_value article, enabled;
    struct form_errors errors = {0};
    bool found;
    page_open(&p, c, rq, rs);
    TRY(open_article(&p, &article, &found));
    if (!found) return page_missing(c);
    TRY(liquid_get(c->arena, article, S("comments_enabled?"), &enabled, &c->err));
    if (!liquid_truthy(enabled)) return page_missing(c);
    struct comment_new n = {.article_id = content_told(article).id};
    TRY(take_comment(&p, &n, &errors));
    if (errors.n) {
        page_form(&p, &(struct page_form){.type = S("new_comment"), .errors = &errors});
        rs->status = 422;
        return page_render(&p, "article");
    }
    struct str path = blog_path(c, request_param(rq, "blog"), request_param(rq, "article"));
    response_redirect(
        rs, 303,
        arena_fmt(c->arena, STR_FMT "?new_comment_posted=true", STR_ARG(url_local(c, path))));
    return true;
}

// ---- feed

static void element(struct buf *b, const char *name, struct str text) {
    buf_fmt(b, "<%s>", name);
    buf_html(b, text);
    buf_fmt(b, "</%s>\n", name);
}
static void put_link(struct buf *b, const char *rel, struct str url) {
    buf_fmt(b, "<link rel=\"%s\" href=\"", rel);
    buf_html(b, url);
    buf_put(b, S("\"/>\n"));
}

static void put_entry(struct ctx *c, struct buf *b, const struct article_shown *r) {
    struct str url = url_absolute(c, blog_path(c, r->blog_handle, r->handle));
    buf_put(b, S("<entry>\n"));
    element(b, "title", r->title);
    put_link(b, "alternate", url);
    element(b, "id", url);
    element(b, "published", instant_iso(c->arena, r->published_at));
    element(
        b, "updated",
        instant_iso(c->arena, r->updated_at > r->published_at ? r->updated_at : r->published_at));
    buf_put(b, S("<author>"));
    element(b, "name", r->author.n ? r->author : setting_text(c, "shop.name"));
    buf_put(b, S("</author>\n"));
    if (r->excerpt_body.n) {
        buf_put(b, S("<summary type=\"html\">"));
        buf_html(b, page_fill(c, r->excerpt_body));
        buf_put(b, S("</summary>\n"));
    }
    buf_put(b, S("<content type=\"html\">"));
    buf_html(b, page_fill(c, r->body));
    buf_put(b, S("</content>\n</entry>\n"));
}

static void put_feed(struct ctx *c, struct buf *b, const struct blog_by_handle *blog,
                     const struct article_shown_rows *rows) {
    struct str url = url_absolute(c, blog_path(c, blog->handle, (struct str){0}));
    buf_put(b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed "
                 "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
    buf_put(b, lang_of(c));
    buf_put(b, S("\" xml:base=\""));
    buf_html(b, url_absolute(c, S("/")));
    buf_put(b, S("\">\n"));
    element(b, "title",
            arena_fmt(c->arena, STR_FMT " – " STR_FMT, STR_ARG(setting_text(c, "shop.name")),
                      STR_ARG(blog->title)));
    put_link(b, "alternate", url);
    put_link(b, "self", arena_fmt(c->arena, STR_FMT ".atom", STR_ARG(url)));
    element(b, "id", url);
    instant updated = 0;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].updated_at > updated) updated = rows->v[i].updated_at;
    element(b, "updated", instant_iso(c->arena, updated));
    for (size_t i = 0; i < rows->n; i++) put_entry(c, b, &rows->v[i]);
    buf_put(b, S("</feed>\n"));
}

bool blog_feed(struct ctx *c, const struct request *rq, struct response *rs) {
    struct blog_by_handle blog;
    struct article_shown_rows rows = {0};
    bool found;
    struct str handle = request_param(rq, "blog");
    TRY(blog_by_handle(&c->db, &(struct blog_by_handle_in){handle, lang_of(c), c->now}, &blog,
                       &found));
    if (!found) return page_missing(c);
    TRY(article_shown_all(&c->db,
                          &(struct article_shown_in){.lang = lang_of(c),
                                                     .now = c->now,
                                                     .blog_id = blog.id,
                                                     .has_blog_id = true,
                                                     .count = FEED_ENTRIES},
                          &rows));
    put_feed(c, &rs->body, &blog, &rows);
    response_type(rs, "application/atom+xml; charset=utf-8");
    response_topic(rs, topic_of("blog", blog.id));
    response_topic(rs, topic_of("settings", 0));
    rs->cacheable = true;
    return true;
}
