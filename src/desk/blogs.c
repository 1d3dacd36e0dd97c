// SPDX-License-Identifier: Apache-2.0
// Blogs: what they are called, and the list of their articles.
#include "content_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_content.h"

bool desk_blogs_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct blog_list_rows rows = {0};
    desk_begin(&d, c, rq, rs);
    TRY(blog_list_all(&c->db, &(struct blog_list_in){str_c(lang_code(c->lang)), c->now}, &rows));
    PUT_ROWS(&d, "blogs", blog_list, rows);
    return desk_send(&d, "blogs", tr(c, "desk.blogs.title"));
}

static const char *in_lang(struct ctx *c, const char *name, enum lang l) {
    return arena_fmt(c->arena, "%s_%s", name, lang_code(l)).p;
}

static bool put_blog(struct desk *d, const struct blog_row *b) {
    struct ctx *c = d->c;
    const struct {
        const char *field;
        struct str text;
    } texts[] = {
        {"title", b->title}, {"seo_title", b->seo_title}, {"seo_description", b->seo_description}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct str text = texts[i].text;
            struct translation t = {"blog", b->id, texts[i].field};
            if (l != lang_first(c)) TRY(translation_get(c, &t, l, &text));
            put_str(d->f, in_lang(c, texts[i].field, l), text);
        }
    put_int(d->f, "position", b->position);
    put_str(d->f, "comments", b->comments);
    return true;
}

// id 0: a new one.
static bool show(struct desk *d, int64_t id) {
    struct ctx *c = d->c;
    struct blog_row b = {0};
    struct article_list_rows rows = {0};
    struct str lang = str_c(lang_code(c->lang));
    bool found = true;
    if (id) TRY(blog_row(&c->db, &(struct blog_row_in){id}, &b, &found));
    if (!found) return desk_missing(c);
    if (id && !d->errors) TRY(put_blog(d, &b));
    if (id) TRY(article_list_all(&c->db, &(struct article_list_in){id, lang}, &rows));
    if (id) TRY(desk_trail(d, "blog", id));
    PUT_ROWS(d, "articles", article_list, rows);
    put_int(d->data, "id", id);
    put_str(d->data, "handle", b.handle);
    put_str(d->data, "first", str_c(lang_code(lang_first(c))));
    liquid_set(d->data, "now", liquid_time(c->now));
    return desk_send(d, "blog", id ? b.title : tr(c, "desk.blogs.new"));
}

static bool blog_id(const struct request *rq, int64_t *out) {
    *out = 0;
    return str_eq(request_param(rq, "blog"), S("new")) || desk_id(rq, "blog", out);
}

bool desk_blog_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!blog_id(rq, &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return show(&d, id);
}

static void read_texts(struct desk *d, enum lang l, unsigned flags, struct blog_draft *b) {
    struct ctx *c = d->c;
    b->lang = l;
    b->title = desk_read_text(d, in_lang(c, "title", l), flags, 300);
    b->seo_title = desk_read_text(d, in_lang(c, "seo_title", l), 0, 300);
    b->seo_description = desk_read_text(d, in_lang(c, "seo_description", l), 0, 500);
}

static bool read_handle(struct desk *d, struct blog_draft *b) {
    struct ctx *c = d->c;
    struct blog_by_name there;
    bool taken = false;
    b->handle = desk_read_text(d, "handle", FORM_REQUIRED, 100);
    if (b->handle.n && !str_eq(text_slug(c->arena, b->handle), b->handle))
        desk_fail_key(d, "handle", "desk.pages.handle_wrong");
    TRY(blog_by_name(&c->db, &(struct blog_by_name_in){b->handle}, &there, &taken));
    if (taken) desk_fail_key(d, "handle", "desk.pages.handle_taken");
    return true;
}

// The first language makes the blog; the others are added where there is a title.
bool desk_blog_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct blog_draft texts[LANG_COUNT] = {0};
    struct blog_draft *first = &texts[lang_first(c)];
    int64_t id;
    if (!blog_id(rq, &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    for (enum lang l = 0; l < LANG_COUNT; l++)
        read_texts(&d, l, &texts[l] == first ? FORM_REQUIRED : 0, &texts[l]);
    first->position =
        desk_read_number(&d, &(struct desk_number){"position", FORM_INT, 0, 0, 100000});
    first->comments =
        str_eq(request_form(rq, "comments"), S("moderated")) ? S("moderated") : S("closed");
    if (!id) TRY(read_handle(&d, first));
    if (d.errors) return show(&d, id);
    first->id = id;
    TRY(blog_edit(c, texts, LANG_COUNT, lang_first(c), &id));
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/blogs/%lld", (long long)id), "saved");
}
