// SPDX-License-Identifier: Apache-2.0
// Blogs, articles and menus as themes see them: the globals blogs, articles and linklists, and one
// of each for settings (type blog, article, link_list) and for the page's own object. Everything
// is in the page's language, else in the shop's first one. Articles whose time has not come are
// nowhere in sight. A property is read when it is asked for; an object is made once for a page.
#pragma once
#include "shop/page.h"
#include "theme/object.h"

// Globals. Topics of what was read go to the page: blog, blogs, article, menu, collections, pages.
struct liquid_value content_blogs(struct page *p);     // blogs['magazin'], blogs.magazin
struct liquid_value content_articles(struct page *p);  // articles['magazin/leinen']
struct liquid_value content_linklists(struct page *p); // linklists['main-menu']

// One by its handle ("magazin", "magazin/leinen", "main-menu"). out is nil when there is none or it
// is not published; false only for a failure, which c->err tells.
MUST_USE bool content_blog(struct page *p, struct str handle, struct liquid_value *out);
MUST_USE bool content_article(struct page *p, struct str blog_and_handle, struct liquid_value *out);
MUST_USE bool content_linklist(struct page *p, struct str handle, struct liquid_value *out);

// The blog of a blog page: tags as in /blogs/magazin/tagged/glas+kueche, or absent. nil when there
// is no such blog, or no article of it has these tags.
MUST_USE bool content_blog_page(struct page *p, struct str handle, struct str tags,
                                struct liquid_value *out);
struct liquid_value content_current_tags(struct liquid_value blog); // array, or nil
// The article of an article page and its blog, which knows the articles beside it.
MUST_USE bool content_article_page(struct page *p, struct str blog, struct str handle,
                                   struct liquid_value *article_out, struct liquid_value *blog_out);
// What a page says of itself: title and description for robots, and the id for its topic.
struct content_told {
    int64_t id;
    struct str title, description;
};
struct content_told content_told(struct liquid_value blog_or_article);
// The picture of an article as an image object; nil: it has none, or v is no article.
struct liquid_value content_image_of(struct liquid_value v);
// As goods_picture, for articles; NULL: none.
const struct picture *content_picture(struct liquid_value v);

// For the table of coverage.
extern const struct theme_kind blog_kind, blogs_kind, article_kind, articles_kind, comment_kind,
    user_kind, linklist_kind, linklists_kind, link_kind;
