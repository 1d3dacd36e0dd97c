// SPDX-License-Identifier: Apache-2.0
// Menus as themes see them: linklists, linklist, link.
#include "core/app.h"
#include "mod/content/menu.h"
#include "shop/object/content_private.h"
#include "shop/object/goods.h"

struct link_own { // the object `link`
    struct page *page;
    const struct menu_link *row;
    struct str path;            // without language and query; absent: outside of this shop
    struct liquid_value *links; // children
    struct link_own **children;
    size_t n;
};
struct linklist_own { // the object `linklist`
    struct page *page;
    struct menu_text menu;
    struct liquid_value *links;
    struct link_own **children;
    size_t n;
};

// ---- where a link leads

static struct str folder_path(struct arena *a, const char *folder, struct str handle) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, str_c(folder));
    buf_url(&b, handle);
    return buf_str(&b);
}

static struct str path_of(struct arena *a, const struct menu_link *l) {
    switch (l->kind) {
    case MENU_HOME:
        return S("/");
    case MENU_ALL:
        return S("/collections/all");
    case MENU_COLLECTIONS:
        return S("/collections");
    case MENU_SEARCH:
        return S("/search");
    case MENU_ACCOUNT:
        return S("/account");
    case MENU_COLLECTION:
        return folder_path(a, "/collections/", l->handle);
    case MENU_PRODUCT:
        return folder_path(a, "/products/", l->handle);
    case MENU_PAGE:
        return folder_path(a, "/pages/", l->handle);
    case MENU_BLOG:
        return folder_path(a, "/blogs/", l->handle);
    case MENU_ARTICLE: {
        struct buf b = buf_new(a, 0);
        buf_put(&b, folder_path(a, "/blogs/", l->blog_handle));
        buf_char(&b, '/');
        return folder_path(a, arena_cstr(a, buf_str(&b)), l->handle);
    }
    case MENU_URL:
    case MENU_KIND_COUNT:
        break;
    }
    return str_starts(l->url, S("/")) ? l->url : (struct str){0};
}

static struct str without_query(struct str path) {
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '?' || path.p[i] == '#') return str_sub(path, 0, i);
    return path;
}

// The page's path; a product in a collection is the product itself.
static struct str here(const struct page *p, bool whole) {
    if (!p->rq) return (struct str){0};
    size_t at = str_find(p->rq->path, S("/products/"));
    bool inside = !whole && str_starts(p->rq->path, S("/collections/")) && at != STR_NONE;
    return inside ? str_from(p->rq->path, at) : p->rq->path;
}

static bool is_current(const struct link_own *l) {
    struct str path = without_query(l->path);
    return path.n && (str_eq(path, here(l->page, false)) || str_eq(path, here(l->page, true)));
}
// The page is the link's, or below it.
static bool is_active(const struct link_own *l) {
    struct str path = without_query(l->path), at = here(l->page, true);
    if (is_current(l)) return true;
    return path.n > 1 && str_starts(at, path) && at.n > path.n && at.p[path.n] == '/';
}
static bool child_is(const struct link_own *l, bool (*is)(const struct link_own *)) {
    for (size_t i = 0; i < l->n; i++)
        if (is(l->children[i]) || child_is(l->children[i], is)) return true;
    return false;
}
static int64_t levels_of(struct link_own *const *children, size_t n) {
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t levels = 1 + levels_of(children[i]->children, children[i]->n);
        if (levels > most) most = levels;
    }
    return most;
}

// ---- link

PROP(link_active) {
    *out = liquid_bool(is_active(self));
    return true;
}
PROP(link_child_active) {
    *out = liquid_bool(child_is(self, is_active));
    return true;
}
PROP(link_child_current) {
    *out = liquid_bool(child_is(self, is_current));
    return true;
}
PROP(link_current) {
    *out = liquid_bool(is_current(self));
    return true;
}
PROP(link_handle) {
    *out = liquid_text(text_slug(a, ((struct link_own *)self)->row->shown));
    return true;
}
PROP(link_levels) {
    const struct link_own *l = self;
    *out = liquid_int(levels_of(l->children, l->n));
    return true;
}
PROP(link_links) {
    const struct link_own *l = self;
    *out = liquid_array(l->links, l->n);
    return true;
}
PROP(link_object) {
    const struct link_own *l = self;
    const struct menu_link *r = l->row;
    struct page *p = l->page;
    bool ok = true;
    if (r->kind == MENU_COLLECTION || r->kind == MENU_ALL)
        ok = goods_collection(p, r->kind == MENU_ALL ? S("all") : r->handle, out);
    else if (r->kind == MENU_PRODUCT)
        ok = goods_product(p, r->handle, out);
    else if (r->kind == MENU_PAGE)
        ok = people_page(p, r->handle, out);
    else if (r->kind == MENU_BLOG)
        ok = content_blog(p, r->handle, out);
    else if (r->kind == MENU_ARTICLE)
        ok = content_article(
            p, arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(r->blog_handle), STR_ARG(r->handle)), out);
    return ok || told(p, err);
}
PROP(link_title) {
    *out = liquid_text(((struct link_own *)self)->row->shown);
    return true;
}
PROP(link_type) {
    static const char *const types[MENU_KIND_COUNT] = {
        [MENU_HOME] = "frontpage_link",
        [MENU_ALL] = "catalog_link",
        [MENU_COLLECTIONS] = "collections_link",
        [MENU_SEARCH] = "search_link",
        [MENU_ACCOUNT] = "customer_account_page_link",
        [MENU_COLLECTION] = "collection_link",
        [MENU_PRODUCT] = "product_link",
        [MENU_PAGE] = "page_link",
        [MENU_BLOG] = "blog_link",
        [MENU_ARTICLE] = "article_link",
        [MENU_URL] = "http_link",
    };
    *out = liquid_text(str_c(types[((struct link_own *)self)->row->kind]));
    return true;
}
PROP(link_url) {
    const struct link_own *l = self;
    *out = liquid_text(l->path.n ? url_local(l->page->c, l->path) : l->row->url);
    return true;
}
static const struct theme_prop link_props[] = {
    {"active", link_active, NULL, false},
    {"child_active", link_child_active, NULL, false},
    {"child_current", link_child_current, NULL, false},
    {"current", link_current, NULL, false},
    {"handle", link_handle, NULL, false},
    {"levels", link_levels, NULL, false},
    {"links", link_links, NULL, false},
    {"object", link_object, NULL, false},
    {"title", link_title, NULL, false},
    {"type", link_type, NULL, false},
    {"url", link_url, NULL, false},
};
const struct theme_kind link_kind = {.name = "link", THEME_PROPS(link_props)};

// ---- linklist

PROP(list_handle) {
    *out = liquid_text(((struct linklist_own *)self)->menu.handle);
    return true;
}
PROP(list_levels) {
    const struct linklist_own *l = self;
    *out = liquid_int(levels_of(l->children, l->n));
    return true;
}
PROP(list_links) {
    const struct linklist_own *l = self;
    *out = liquid_array(l->links, l->n);
    return true;
}
PROP(list_title) {
    const struct linklist_own *l = self;
    struct ctx *c = l->page->c;
    const char *key = arena_fmt(a, "shop.menu." STR_FMT, STR_ARG(l->menu.handle)).p;
    *out = liquid_text(l->menu.shown.n     ? l->menu.shown
                       : tr_exists(c, key) ? tr(c, key)
                                           : l->menu.handle);
    return true;
}
static const struct theme_prop list_props[] = {
    {"handle", list_handle, NULL, false},
    {"levels", list_levels, NULL, false},
    {"links", list_links, NULL, false},
    {"title", list_title, NULL, false},
};
const struct theme_kind linklist_kind = {.name = "linklist", THEME_PROPS(list_props)};

// ---- making

struct making {
    struct page *page;
    const struct menu_text *menu;
    size_t at; // the link that comes next
};

// Links of a level from where we are, with theirs; what is gone is left out with all below it.
static void make(struct making *m, int level, struct liquid_value **links_out,
                 struct link_own ***children_out, size_t *n_out) {
    struct arena *a = m->page->c->arena;
    struct list l = {0};
    VEC(struct link_own *) made = {0};
    while (m->at < m->menu->n && m->menu->links[m->at].level >= level) {
        const struct menu_link *row = &m->menu->links[m->at++];
        struct link_own *own = ARENA_NEW(a, struct link_own);
        *own = (struct link_own){.page = m->page, .row = row, .path = path_of(a, row)};
        make(m, level + 1, &own->links, &own->children, &own->n);
        if (row->gone) continue;
        list_add(a, &l, theme_object(a, &link_kind, own));
        *VEC_PUSH(a, &made) = own;
    }
    *links_out = l.v;
    *children_out = made.v;
    *n_out = l.n;
}

static void topics(struct page *p) {
    page_topic(p, "menu", 0);
    page_topic(p, "collections", 0);
    page_topic(p, "pages", 0);
}

bool content_linklist(struct page *p, struct str handle, struct liquid_value *out) {
    struct arena *a = p->c->arena;
    struct map *m = &page_texts(p)->menus;
    struct liquid_value *there = texts_get(m, handle);
    if (!there) {
        struct linklist_own *own = ARENA_NEW(a, struct linklist_own);
        own->page = p;
        topics(p);
        TRY(menu_read(p->c, arena_str(a, handle), false, &own->menu));
        make(&(struct making){p, &own->menu, 0}, 1, &own->links, &own->children, &own->n);
        there = texts_put(p, m, handle,
                          own->menu.found ? theme_object(a, &linklist_kind, own) : liquid_nil());
    }
    *out = *there;
    return true;
}

static bool lists_other(void *self, struct arena *a, struct str key, struct liquid_value *out,
                        struct err *err) {
    (void)a;
    return content_linklist(self, key, out) || told(self, err);
}
const struct theme_kind linklists_kind = {.name = "linklists", .other = lists_other};
struct liquid_value content_linklists(struct page *p) {
    return theme_object(p->c->arena, &linklists_kind, p);
}
