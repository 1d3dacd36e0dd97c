// SPDX-License-Identifier: Apache-2.0
// The object `blog`, its lists and tags.
#include "shop/object/content_private.h"

// ---- properties

PROP(id) {
    *out = liquid_int(((struct blog_own *)self)->row.id);
    return true;
}
PROP(title) {
    *out = liquid_text(((struct blog_own *)self)->row.title);
    return true;
}
PROP(handle) {
    *out = liquid_text(((struct blog_own *)self)->row.handle);
    return true;
}
PROP(url) {
    const struct blog_own *b = self;
    *out = liquid_text(local_path(b->page->c, "/blogs/", b->row.handle));
    return true;
}
PROP(takes_comments) {
    *out = liquid_bool(str_eq(((struct blog_own *)self)->row.comments, S("moderated")));
    return true;
}

static bool load(void *self, struct arena *a, int64_t first, int64_t count,
                 struct liquid_value *items_out, int64_t *total_out, struct err *err) {
    const struct blog_own *b = self;
    struct article_shown_rows rows = {0};
    struct article_shown_in in = article_asked(b->page);
    in.blog_id = b->row.id, in.has_blog_id = true;
    in.tag1 = b->tags[0], in.tag2 = b->tags[1], in.tag3 = b->tags[2];
    in.first = first, in.count = count;
    if (!article_shown_all(&b->page->c->db, &in, &rows)) return told(b->page, err);
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) items[i] = article_value(b->page, &rows.v[i]);
    *items_out = liquid_array(items, rows.n);
    *total_out = rows.n ? rows.v[0].total : 0;
    return true;
}
PROP(articles) {
    struct blog_own *b = self;
    b->articles = (struct theme_list){.load = load, .self = b, .count = THEME_LIST_WINDOW};
    *out = theme_list_value(a, &b->articles);
    return true;
}
PROP(articles_count) {
    *out = liquid_int(((struct blog_own *)self)->row.articles);
    return true;
}

static bool tags_of(const struct blog_own *b, const struct str *asked, struct arena *a,
                    struct liquid_value *out, struct err *err) {
    static const struct str none[BLOG_TAGS_ASKED];
    const struct str *t = asked ? asked : none;
    struct blog_tags_rows rows = {0};
    struct list l = {0};
    struct blog_tags_in in = {.blog_id = b->row.id,
                              .lang = lang_of(b->page->c),
                              .now = b->page->c->now,
                              .tag1 = t[0],
                              .tag2 = t[1],
                              .tag3 = t[2]};
    if (!blog_tags_all(&b->page->c->db, &in, &rows)) return told(b->page, err);
    for (size_t i = 0; i < rows.n; i++) list_add(a, &l, liquid_text(rows.v[i].tag));
    *out = liquid_array(l.v, l.n);
    return true;
}
PROP(all_tags) { return tags_of(self, NULL, a, out, err); }
PROP(tags) { return tags_of(self, ((struct blog_own *)self)->tags, a, out, err); }

static bool beside(const struct blog_own *b, bool newer, struct liquid_value *out,
                   struct err *err) {
    struct page *p = b->page;
    struct article_beside row;
    bool found;
    if (!b->current) return true;
    struct article_beside_in in = {.blog_id = b->row.id,
                                   .id = b->current->id,
                                   .published_at = b->current->published_at,
                                   .now = p->c->now,
                                   .newer = newer};
    if (!article_beside(&p->c->db, &in, &row, &found)) return told(p, err);
    if (!found) return true;
    struct str path =
        arena_fmt(p->c->arena, STR_FMT "/" STR_FMT, STR_ARG(b->row.handle), STR_ARG(row.handle));
    return content_article(p, path, out) || told(p, err);
}
PROP(next_article) { return beside(self, false, out, err); }
PROP(previous_article) { return beside(self, true, out, err); }

PROP(own_template) {
    const struct blog_own *t = self;
    (void)a;
    return page_alternate_value(t->page, "blog", t->row.id, out) || told(t->page, err);
}
#define NO_META "Kontor has no metafields of blogs"
static const struct theme_prop props[] = {
    {"all_tags", all_tags, NULL, false},
    {"articles", articles, NULL, false},
    {"articles_count", articles_count, NULL, false},
    {"comments_enabled?", takes_comments, NULL, false},
    {"handle", handle, NULL, false},
    {"id", id, NULL, false},
    {"metafields", NULL, NO_META, false},
    {"moderated?", takes_comments, NULL, false},
    {"next_article", next_article, NULL, false},
    {"previous_article", previous_article, NULL, false},
    {"tags", tags, NULL, false},
    {"template_suffix", own_template, NULL, false},
    {"title", title, NULL, false},
    {"url", url, NULL, false},
};
const struct theme_kind blog_kind = {.name = "blog", THEME_PROPS(props)};

// ---- finding

static bool find(struct page *p, struct str handle, struct blog_own **out) {
    struct blog_own *b = ARENA_NEW(p->c->arena, struct blog_own);
    bool found;
    struct blog_by_handle_in in = {handle, lang_of(p->c), p->c->now};
    b->page = p;
    page_topic(p, "blogs", 0);
    TRY(blog_by_handle(&p->c->db, &in, &b->row, &found));
    *out = found ? b : NULL;
    return true;
}

bool content_blog(struct page *p, struct str handle, struct liquid_value *out) {
    struct map *m = &page_texts(p)->blogs;
    struct liquid_value *there = texts_get(m, handle);
    struct blog_own *b;
    if (!there) {
        TRY(find(p, handle, &b));
        there =
            texts_put(p, m, handle, b ? theme_object(p->c->arena, &blog_kind, b) : liquid_nil());
    }
    *out = *there;
    return true;
}

// The filter handleize knows no German spelling: it makes "kuche" of what is "kueche" here.
static struct str own_slug(const struct blog_own *b, struct str asked) {
    struct arena *a = b->page->c->arena;
    struct liquid_value all;
    struct err ignored = {0};
    struct str found = asked;
    if (!tags_of(b, NULL, a, &all, &ignored)) return asked;
    for (size_t i = 0; i < all.n; i++) {
        struct str tag = liquid_str(all.items[i]), slug = text_slug(a, tag);
        if (str_eq(slug, asked)) return asked;
        if (str_eq(text_slug(a, text_fold(a, tag)), asked)) found = slug;
    }
    return found;
}

// "glas+kueche": at most three; more are no page.
static bool read_tags(struct blog_own *b, struct str tags) {
    struct str tag;
    while (tags.n && str_split(&tags, '+', &tag)) {
        if (!tag.n) continue;
        if (b->tag_count == BLOG_TAGS_ASKED) return false;
        b->tags[b->tag_count++] = own_slug(b, text_slug(b->page->c->arena, tag));
    }
    return true;
}

bool content_blog_page(struct page *p, struct str handle, struct str tags,
                       struct liquid_value *out) {
    struct blog_own *b;
    struct article_shown_rows rows = {0};
    *out = liquid_nil();
    TRY(find(p, handle, &b));
    if (!b || !read_tags(b, tags)) return true;
    if (b->tag_count) {
        struct article_shown_in in = article_asked(p);
        in.blog_id = b->row.id, in.has_blog_id = true;
        in.tag1 = b->tags[0], in.tag2 = b->tags[1], in.tag3 = b->tags[2];
        TRY(article_shown_all(&p->c->db, &in, &rows));
        if (!rows.n) return true;
    }
    *out = *texts_put(p, &page_texts(p)->blogs, handle, theme_object(p->c->arena, &blog_kind, b));
    return true;
}

// The spelling that an article has, for those asked by handle.
struct liquid_value content_current_tags(struct liquid_value blog) {
    const struct blog_own *b = theme_self(blog, &blog_kind);
    struct liquid_value all;
    struct err ignored = {0};
    struct list l = {0};
    if (!b || !b->tag_count || !tags_of(b, b->tags, b->page->c->arena, &all, &ignored))
        return liquid_nil();
    for (size_t i = 0; i < all.n; i++)
        for (size_t t = 0; t < b->tag_count; t++)
            if (str_eq(text_slug(b->page->c->arena, liquid_str(all.items[i])), b->tags[t]))
                list_add(b->page->c->arena, &l, all.items[i]);
    return liquid_array(l.v, l.n);
}

bool content_article_page(struct page *p, struct str blog, struct str handle,
                          struct liquid_value *article_out, struct liquid_value *blog_out) {
    struct str path = arena_fmt(p->c->arena, STR_FMT "/" STR_FMT, STR_ARG(blog), STR_ARG(handle));
    *blog_out = liquid_nil();
    TRY(content_article(p, path, article_out));
    const struct article_own *t = theme_self(*article_out, &article_kind);
    if (!t) return true;
    TRY(content_blog(p, blog, blog_out));
    struct blog_own *b = theme_self(*blog_out, &blog_kind);
    if (b) b->current = &t->row;
    return true;
}

static struct str first_of(struct str a, struct str b) { return a.n ? a : b; }

struct content_told content_told(struct liquid_value v) {
    const struct article_own *t = theme_self(v, &article_kind);
    const struct blog_own *b = theme_self(v, &blog_kind);
    if (t) {
        struct str text = first_of(t->row.excerpt_body, t->row.body);
        return (struct content_told){t->row.id, first_of(t->row.seo_title, t->row.title),
                                     first_of(t->row.seo_description, text)};
    }
    if (!b) return (struct content_told){0};
    return (struct content_told){b->row.id, first_of(b->row.seo_title, b->row.title),
                                 b->row.seo_description};
}

static bool blogs_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                        struct err *err) {
    (void)a;
    return content_blog(self, key, out) || told(self, err);
}
const struct theme_kind blogs_kind = {.name = "blogs", .other = blogs_other};
struct liquid_value content_blogs(struct page *p) {
    return theme_object(p->c->arena, &blogs_kind, p);
}
