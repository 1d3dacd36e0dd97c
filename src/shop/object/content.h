// SPDX-License-Identifier: Apache-2.0
// Blogs, articles and menus as themes see them: the globals blogs, articles and linklists, and one
// of each for settings (type blog, article, link_list) and for the page's own object. Everything
// is in the page's language, else in the shop's first one. Articles whose time has not come are
// nowhere in sight. A property is read when it is asked for; an object is made once for a page.
#pragma once
#include "shop/page.h"
#include "theme/object.h"

// Globals. Topics of what was read go to the page: blog/ID, blogs, menu, collections, pages.
struct liquid_value content_blogs(struct page *p);     // blogs['magazin'], blogs.magazin
struct liquid_value content_articles(struct page *p);  // articles['magazin/leinen']
struct liquid_value content_linklists(struct page *p); // linklists['main-menu']

// One by its handle ("magazin", "magazin/leinen", "main-menu"). out is nil when there is none or it
// is not published; false only for a failure, which c->err tells.
MUST_USE bool content_blog(struct page *p, struct str handle, struct liquid_value *out);
MUST_USE bool content_article(struct page *p, struct str blog_and_handle, struct liquid_value *out);
MUST_USE bool content_linklist(struct page *p, struct str handle, struct liquid_value *out);

// For the table of coverage.
extern const struct theme_kind blog_kind, blogs_kind, article_kind, articles_kind, comment_kind,
    user_kind, linklist_kind, linklists_kind, link_kind;
