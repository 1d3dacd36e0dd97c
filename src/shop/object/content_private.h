// SPDX-License-Identifier: Apache-2.0
// Inside of content: what a page has read of blogs and menus, and the things made of it.
#pragma once
#include "base/map.h"
#include "content_sql.h"
#include "mod/content/blog.h"
#include "shop/object/content.h"
#include "shop/object/people.h" // PROP, told

struct page_texts { // each once: handle → struct liquid_value *
    struct map blogs, articles, menus;
};
struct page_texts *page_texts(struct page *p);
// What the map holds for a key, or NULL; put keeps a copy and gives it back.
struct liquid_value *texts_get(const struct map *m, struct str key);
struct liquid_value *texts_put(struct page *p, struct map *m, struct str key,
                               struct liquid_value v);

struct blog_own { // the object `blog`
    struct page *page;
    struct blog_by_handle row;
    struct str tags[BLOG_TAGS_ASKED]; // handles asked for
    size_t tag_count;
    const struct article_shown *current; // on an article page: of the articles beside it
    struct theme_list articles;
};
struct article_own { // the object `article`
    struct page *page;
    struct article_shown row;
    struct picture picture; // without hash: none
    struct theme_list comments;
};
// An article's row as an object, once for a page.
struct liquid_value article_value(struct page *p, const struct article_shown *row);
// A query for what is shown now, in the page's language.
struct article_shown_in article_asked(struct page *p);
// "küche\nglas" → an array of texts.
struct liquid_value lines_value(struct arena *a, struct str lines);
