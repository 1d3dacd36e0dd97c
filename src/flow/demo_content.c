// SPDX-License-Identifier: Apache-2.0
#include "flow/demo_content.h"

#include "content_sql.h"
#include "demo_files.h"
#include "flow/drafts.h"
#include "mod/content/blog.h"
#include "mod/content/menu.h"
#include "mod/media/media.h"

static bool file_json(struct ctx *c, const char *path, struct json *out) {
    const struct embed *e = embed_find(demo_files, demo_files_count, str_c(path));
    ensure(e);
    return json_parse(c->arena, embed_str(e), out, &c->err);
}

static struct str text_in(struct ctx *c, const struct json *j, const char *key, enum lang l) {
    return json_text(j, arena_fmt(c->arena, "%s.%s", key, lang_code(l)).p);
}

// ---- blog

static struct str tags_in(struct ctx *c, const struct json *article, enum lang l) {
    struct buf b = buf_new(c->arena, 0);
    const struct json *list = json_path(article, arena_fmt(c->arena, "tags.%s", lang_code(l)).p);
    for (size_t i = 0; list && i < list->n; i++) {
        buf_put(&b, list->items[i].text);
        buf_char(&b, '\n');
    }
    return b.n ? buf_str(&b) : S("");
}

static bool read_text(struct ctx *c, const struct json *j, enum lang l, struct article_draft *d) {
    const char *path =
        arena_fmt(c->arena, "blog/" STR_FMT ".%s.md", STR_ARG(d->handle), lang_code(l)).p;
    const struct embed *e = embed_find(demo_files, demo_files_count, str_c(path));
    struct page_draft text = {0};
    ensure(e && page_of_file(c->arena, e, &text));
    d->lang = l;
    d->title = text.title;
    d->source = text.source;
    d->excerpt = text_in(c, j, "excerpt", l);
    d->picture_alt = text_in(c, j, "alt", l);
    d->tags = tags_in(c, j, l);
    return true;
}

static bool write_article(struct ctx *c, const struct json *j, int64_t blog_id) {
    struct article_draft d = {.blog_id = blog_id,
                              .handle = json_text(j, "handle"),
                              .author = json_text(j, "author"),
                              .published_at = c->now - json_int(j, "days_ago", 0) * DAY};
    const struct embed *e = embed_find(demo_files, demo_files_count, json_text(j, "picture"));
    struct article_by_name there;
    struct article_by_name_in name = {blog_id, d.handle};
    int64_t version;
    bool found;
    TRY(article_by_name(&c->db, &name, &there, &found));
    if (found) return true; // loaded before
    ensure(e);
    TRY(media_put(c, embed_str(e), str_c(e->path), &d.media_id));
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        int64_t id;
        TRY(read_text(c, j, l, &d));
        TRY(article_save(c, &d, &id, &version));
    }
    return true;
}

static bool write_blog(struct ctx *c, const struct json *j) {
    const struct json *articles = json_get(j, S("articles"));
    int64_t id = 0;
    for (enum lang l = 0; l < LANG_COUNT; l++)
        TRY(blog_save(c,
                      &(struct blog_draft){.handle = json_text(j, "handle"),
                                           .title = text_in(c, j, "title", l),
                                           .seo_description = text_in(c, j, "seo_description", l),
                                           .lang = l,
                                           .position = 1},
                      &id));
    for (size_t i = 0; articles && i < articles->n; i++)
        TRY(write_article(c, &articles->items[i], id));
    return true;
}

// ---- menus

static bool read_links(struct ctx *c, const struct json *list, int level, struct menu_link *links,
                       size_t *n) {
    for (size_t i = 0; list && i < list->n; i++) {
        const struct json *j = &list->items[i];
        ensure(*n < MENU_LINKS_MAX && level <= MENU_LEVELS);
        struct menu_link *l = &links[(*n)++];
        TRY(menu_link_of_url(c, json_text(j, "link"), l));
        l->level = level;
        for (enum lang x = 0; x < LANG_COUNT; x++) l->title[x] = text_in(c, j, "title", x);
        TRY(read_links(c, json_get(j, S("links")), level + 1, links, n));
    }
    return true;
}

static bool write_menu(struct ctx *c, struct str handle, const struct json *j) {
    struct menu_link *links = ARENA_ARRAY(c->arena, struct menu_link, MENU_LINKS_MAX);
    struct menu_draft d = {.handle = handle, .links = links};
    struct menu_text there;
    int64_t id;
    TRY(menu_read(c, handle, false, &there));
    if (there.id) return true; // loaded before
    for (enum lang l = 0; l < LANG_COUNT; l++) d.title[l] = text_in(c, j, "title", l);
    TRY(read_links(c, json_get(j, S("links")), 1, links, &d.n));
    return menu_save(c, &d, &id, NULL);
}

struct content {
    struct json blog, menus;
};
static bool write_all(struct ctx *c, void *self, bool *keep) {
    const struct content *w = self;
    (void)keep;
    TRY(write_blog(c, &w->blog));
    for (size_t i = 0; i < w->menus.n; i++)
        TRY(write_menu(c, w->menus.keys[i], &w->menus.items[i]));
    return true;
}

bool demo_content_load(struct ctx *c) {
    struct content w;
    TRY(file_json(c, "blog/blog.json", &w.blog));
    TRY(file_json(c, "menus.json", &w.menus));
    return tx_run(c, write_all, &w);
}
