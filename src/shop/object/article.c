// SPDX-License-Identifier: Apache-2.0
// The object `article` and what hangs on it.
#include "mod/content/content.h"
#include "shop/object/content_private.h"
#include "shop/object/goods.h"

struct page_texts *page_texts(struct page *p) {
    if (!p->texts) p->texts = ARENA_NEW(p->c->arena, struct page_texts);
    return p->texts;
}
struct liquid_value *texts_get(const struct map *m, struct str key) {
    return map_get(m, key);
}
struct liquid_value *texts_put(struct page *p, struct map *m, struct str key,
                               struct liquid_value v) {
    struct liquid_value *kept = ARENA_NEW(p->c->arena, struct liquid_value);
    *kept = v;
    map_set(p->c->arena, m, arena_str(p->c->arena, key), kept);
    return kept;
}

struct liquid_value lines_value(struct arena *a, struct str lines) {
    struct list l = {0};
    struct str line;
    while (lines.n && str_split(&lines, '\n', &line))
        if (line.n) list_add(a, &l, liquid_text(line));
    return liquid_array(l.v, l.n);
}

static struct str path_of(struct page *p, const struct article_shown *r) {
    struct buf b = buf_new(p->c->arena, 0);
    buf_put(&b, S("/blogs/"));
    buf_url(&b, r->blog_handle);
    buf_char(&b, '/');
    return local_path(p->c, arena_cstr(p->c->arena, buf_str(&b)), r->handle);
}

static struct liquid_value filled(struct page *p, struct str html) {
    return liquid_html(page_fill(p->c, html));
}

// ---- comments

struct comment_own {
    struct article_own *article;
    struct comment_shown row;
};
PROP(comment_author) {
    *out = liquid_text(((struct comment_own *)self)->row.author);
    return true;
}
// Plain text: escaped, its lines kept.
PROP(comment_content) {
    struct str text = ((struct comment_own *)self)->row.body, line;
    struct buf b = buf_new(a, 0);
    buf_put(&b, S("<p>"));
    for (bool more = false; text.n && str_split(&text, '\n', &line); more = true) {
        if (more) buf_put(&b, S("<br>\n"));
        buf_html(&b, line);
    }
    buf_put(&b, S("</p>"));
    *out = liquid_html(buf_str(&b));
    return true;
}
PROP(comment_created) {
    *out = liquid_time(((struct comment_own *)self)->row.created_at);
    return true;
}
PROP(comment_id) {
    *out = liquid_int(((struct comment_own *)self)->row.id);
    return true;
}
PROP(comment_status) {
    *out = liquid_text(S("published"));
    return true;
}
PROP(comment_updated) {
    *out = liquid_time(((struct comment_own *)self)->row.changed_at);
    return true;
}
PROP(comment_url) {
    const struct comment_own *k = self;
    *out = liquid_text(arena_fmt(a, STR_FMT "#%lld",
                                 STR_ARG(path_of(k->article->page, &k->article->row)),
                                 (long long)k->row.id));
    return true;
}
static const struct theme_prop comment_props[] = {
    {"author", comment_author, NULL, false},
    {"content", comment_content, NULL, false},
    {"created_at", comment_created, NULL, false},
    {"email", NULL, "an address is not for visitors to see", false},
    {"id", comment_id, NULL, false},
    {"status", comment_status, NULL, false},
    {"updated_at", comment_updated, NULL, false},
    {"url", comment_url, NULL, false},
};
const struct theme_kind comment_kind = {.name = "comment", THEME_PROPS(comment_props)};

static bool load_comments(void *self, struct arena *a, int64_t first, int64_t count,
                          struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    struct article_own *t = self;
    struct comment_shown_rows rows = {0};
    struct comment_shown_in in = {t->row.id, first, count};
    if (!comment_shown_all(&t->page->c->db, &in, &rows)) return told(t->page, err);
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, rows.n + 1);
    struct comment_own *own = ARENA_ARRAY(a, struct comment_own, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        own[i] = (struct comment_own){t, rows.v[i]};
        items[i] = theme_object(a, &comment_kind, &own[i]);
    }
    *items_out = liquid_array(items, rows.n);
    *total_out = rows.n ? rows.v[0].total : 0;
    return true;
}

// ---- properties

PROP(author) {
    *out = liquid_text(((struct article_own *)self)->row.author);
    return true;
}
static bool takes_comments(const struct article_own *t) {
    return str_eq(t->row.comments, S("moderated"));
}
PROP(comment_post_url) {
    const struct article_own *t = self;
    if (!takes_comments(t)) return true;
    *out = liquid_text(arena_fmt(a, STR_FMT "/comments", STR_ARG(path_of(t->page, &t->row))));
    return true;
}
PROP(comments) {
    struct article_own *t = self;
    if (!takes_comments(t)) {
        *out = liquid_array(NULL, 0);
        return true;
    }
    t->comments = (struct theme_list){.load = load_comments, .self = t, .count = THEME_LIST_WINDOW};
    *out = theme_list_value(a, &t->comments);
    return true;
}
PROP(comments_count) {
    const struct article_own *t = self;
    struct comment_count n = {0};
    bool found;
    struct comment_count_in in = {t->row.id};
    if (takes_comments(t) && !comment_count(&t->page->c->db, &in, &n, &found))
        return told(t->page, err);
    *out = liquid_int(n.n);
    return true;
}
PROP(comments_enabled) {
    *out = liquid_bool(takes_comments(self));
    return true;
}
PROP(content) {
    const struct article_own *t = self;
    *out = filled(t->page, t->row.body);
    return true;
}
PROP(created_at) {
    *out = liquid_time(((struct article_own *)self)->row.created_at);
    return true;
}
PROP(excerpt) {
    const struct article_own *t = self;
    *out = filled(t->page, t->row.excerpt_body);
    return true;
}
PROP(excerpt_or_content) {
    const struct article_own *t = self;
    *out = filled(t->page, t->row.excerpt_body.n ? t->row.excerpt_body : t->row.body);
    return true;
}
// As Shopify: "magazin/leinen", the key of `articles`.
PROP(handle) {
    const struct article_own *t = self;
    *out = liquid_text(
        arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(t->row.blog_handle), STR_ARG(t->row.handle)));
    return true;
}
PROP(id) {
    *out = liquid_int(((struct article_own *)self)->row.id);
    return true;
}
PROP(image) {
    const struct article_own *t = self;
    if (t->picture.hash.n) *out = goods_image(t->page, &t->picture);
    return true;
}
PROP(lang) {
    *out = liquid_text(((struct article_own *)self)->row.lang);
    return true;
}
PROP(article_type) { // among results of a search
    *out = liquid_text(S("article"));
    return true;
}
PROP(published_at) {
    *out = liquid_time(((struct article_own *)self)->row.published_at);
    return true;
}
PROP(tags) {
    *out = lines_value(a, ((struct article_own *)self)->row.tags);
    return true;
}
PROP(title) {
    *out = liquid_text(((struct article_own *)self)->row.title);
    return true;
}
PROP(updated_at) {
    *out = liquid_time(((struct article_own *)self)->row.updated_at);
    return true;
}
PROP(url) {
    const struct article_own *t = self;
    *out = liquid_text(path_of(t->page, &t->row));
    return true;
}
PROP(user) {
    const struct article_own *t = self;
    if (t->row.author.n) *out = theme_object(a, &user_kind, self);
    return true;
}
PROP(own_template) {
    const struct article_own *t = self;
    (void)a;
    return page_alternate_value(t->page, "article", t->row.id, out) || told(t->page, err);
}
#define NO_META "Kontor has no metafields of articles"
static const struct theme_prop props[] = {
    {"author", author, NULL, false},
    {"comment_post_url", comment_post_url, NULL, false},
    {"comments", comments, NULL, false},
    {"comments_count", comments_count, NULL, false},
    {"comments_enabled?", comments_enabled, NULL, false},
    {"content", content, NULL, false},
    {"created_at", created_at, NULL, false},
    {"excerpt", excerpt, NULL, false},
    {"excerpt_or_content", excerpt_or_content, NULL, false},
    {"handle", handle, NULL, false},
    {"id", id, NULL, false},
    {"image", image, NULL, false},
    {"lang", lang, NULL, true},
    {"metafields", NULL, NO_META, false},
    {"moderated?", comments_enabled, NULL, false},
    {"object_type", article_type, NULL, true},
    {"published_at", published_at, NULL, false},
    {"tags", tags, NULL, false},
    {"template_suffix", own_template, NULL, false},
    {"title", title, NULL, false},
    {"updated_at", updated_at, NULL, false},
    {"url", url, NULL, false},
    {"user", user, NULL, false},
};
const struct theme_kind article_kind = {.name = "article", THEME_PROPS(props)};

// ---- the author, as far as an article names one

static size_t last_space(struct str s) {
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == ' ') return i - 1;
    return STR_NONE;
}
PROP(first_name) {
    struct str name = ((struct article_own *)self)->row.author;
    size_t at = last_space(name);
    *out = liquid_text(at == STR_NONE ? name : str_sub(name, 0, at));
    return true;
}
PROP(last_name) {
    struct str name = ((struct article_own *)self)->row.author;
    size_t at = last_space(name);
    if (at != STR_NONE) *out = liquid_text(str_from(name, at + 1));
    return true;
}
#define A_NAME                                                                                     \
    "an article names its author by a name only; accounts of staff are not shown to visitors"
static const struct theme_prop user_props[] = {
    {"account_owner", NULL, A_NAME, false}, {"bio", NULL, A_NAME, false},
    {"email", NULL, A_NAME, false},         {"first_name", first_name, NULL, false},
    {"homepage", NULL, A_NAME, false},      {"image", NULL, A_NAME, false},
    {"last_name", last_name, NULL, false},  {"name", author, NULL, false},
};
static void user_print(void *self, struct buf *out, bool *html_out) {
    (void)html_out;
    buf_put(out, ((struct article_own *)self)->row.author);
}
const struct theme_kind user_kind = {.name = "user", THEME_PROPS(user_props), .print = user_print};

// ---- finding

struct article_shown_in article_asked(struct page *p) {
    return (struct article_shown_in){.lang = lang_of(p->c), .now = p->c->now, .count = 1};
}

struct liquid_value article_value(struct page *p, const struct article_shown *row) {
    struct arena *a = p->c->arena;
    struct map *m = &page_texts(p)->articles;
    struct str key =
        arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(row->blog_handle), STR_ARG(row->handle));
    struct liquid_value *there = texts_get(m, key);
    if (there && there->type != LIQUID_NIL) return *there;
    struct article_own *t = ARENA_NEW(a, struct article_own);
    *t = (struct article_own){.page = p, .row = *row};
    if (row->hash.n)
        t->picture = (struct picture){
            row->hash, row->filename, row->picture_alt.n ? row->picture_alt : row->title,
            row->has_width ? row->width : 0, row->has_height ? row->height : 0};
    page_topic(p, "article", row->id);
    if (row->has_media_id) page_topic(p, "media", row->media_id);
    return *texts_put(p, m, key, theme_object(a, &article_kind, t));
}

bool content_article(struct page *p, struct str path, struct liquid_value *out) {
    struct map *m = &page_texts(p)->articles;
    size_t slash = str_find_char(path, '/');
    *out = liquid_nil();
    if (slash == STR_NONE) return true;
    struct liquid_value *there = texts_get(m, path);
    if (there) {
        *out = *there;
        return true;
    }
    struct article_shown_rows rows = {0};
    bool found;
    page_topic(p, "blogs", 0);
    struct blog_by_name_in name = {str_sub(path, 0, slash)};
    struct blog_by_name row;
    TRY(blog_by_name(&p->c->db, &name, &row, &found));
    if (found) {
        struct article_shown_in in = article_asked(p);
        in.blog_id = row.id, in.has_blog_id = true;
        in.handle = str_from(path, slash + 1), in.has_handle = true;
        TRY(article_shown_all(&p->c->db, &in, &rows));
    }
    *out = rows.n ? article_value(p, &rows.v[0]) : *texts_put(p, m, path, liquid_nil());
    return true;
}

static bool articles_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                           struct err *err) {
    (void)a;
    return content_article(self, key, out) || told(self, err);
}
const struct theme_kind articles_kind = {.name = "articles", .other = articles_other};
struct liquid_value content_articles(struct page *p) {
    return theme_object(p->c->arena, &articles_kind, p);
}

const struct picture *content_picture(struct liquid_value v) {
    const struct article_own *t = theme_self(v, &article_kind);
    return t && t->picture.hash.n ? &t->picture : NULL;
}
struct liquid_value content_image_of(struct liquid_value v) {
    struct article_own *t = theme_self(v, &article_kind);
    return t && t->picture.hash.n ? goods_image(t->page, &t->picture) : liquid_nil();
}
