// SPDX-License-Identifier: Apache-2.0
#include "mod/content/menu.h"

#include "content_sql.h"
#include "core/kept.h"
#include "mod/content/content_private.h"

static const char *const kinds[MENU_KIND_COUNT] = {
    [MENU_HOME] = "home",       [MENU_ALL] = "all",         [MENU_COLLECTIONS] = "collections",
    [MENU_SEARCH] = "search",   [MENU_ACCOUNT] = "account", [MENU_COLLECTION] = "collection",
    [MENU_PRODUCT] = "product", [MENU_PAGE] = "page",       [MENU_BLOG] = "blog",
    [MENU_ARTICLE] = "article", [MENU_URL] = "url",
};

const char *menu_kind_name(enum menu_kind k) {
    ensure(k < MENU_KIND_COUNT);
    return kinds[k];
}

bool menu_kind_parse(struct str name, enum menu_kind *out) {
    for (*out = 0; *out < MENU_KIND_COUNT; (*out)++)
        if (str_eq(name, str_c(kinds[*out]))) return true;
    return false;
}

static bool has_default(struct str handle) {
    return str_eq(handle, S(MENU_MAIN)) || str_eq(handle, S(MENU_FOOTER));
}

// The links of a menu that nobody made, in a language.
static bool default_rows(struct ctx *c, enum lang l, bool pages,
                         struct menu_default_links_rows *out) {
    *out = (struct menu_default_links_rows){0};
    return menu_default_links_all(
        &c->db, &(struct menu_default_links_in){.lang = str_c(lang_code(l)), .pages = pages}, out);
}

static bool read_default(struct ctx *c, bool titles, struct menu_text *out) {
    struct menu_default_links_rows rows, other;
    bool pages = str_eq(out->handle, S(MENU_FOOTER));
    TRY(default_rows(c, c->lang, pages, &rows));
    out->found = true;
    out->links = ARENA_ARRAY(c->arena, struct menu_link, rows.n + 1);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        out->links[i] = (struct menu_link){.level = 1,
                                           .kind = pages ? MENU_PAGE : MENU_COLLECTION,
                                           .target_id = rows.v[i].id,
                                           .shown = rows.v[i].title,
                                           .handle = rows.v[i].handle};
    for (enum lang l = 0; titles && l < LANG_COUNT; l++) {
        TRY(default_rows(c, l, pages, &other));
        for (size_t i = 0; i < rows.n && i < other.n; i++)
            out->links[i].title[l] = other.v[i].title;
    }
    return true;
}

struct reading {
    struct ctx *c;
    const struct menu_links_rows *rows;
    struct menu_text *out;
};

// The links under a parent (0: the menu), children behind each.
static void put_links(const struct reading *r, int64_t parent_id, int level) {
    for (size_t i = 0; level <= MENU_LEVELS && i < r->rows->n; i++) {
        const struct menu_links *row = &r->rows->v[i];
        if (row->parent_id != parent_id) continue;
        struct menu_link *l = &r->out->links[r->out->n++];
        *l = (struct menu_link){.level = level,
                                .target_id = row->target_id,
                                .url = row->url,
                                .shown = row->title,
                                .handle = row->handle,
                                .blog_handle = row->blog_handle,
                                .gone = row->gone || row->published_at > r->c->now};
        l->title[lang_first(r->c)] = row->first_title;
        ensure(menu_kind_parse(row->kind, &l->kind));
        put_links(r, row->id, level + 1);
    }
}

// Everything that a link can lead to; "menu" for the links themselves and their titles.
static void menu_tells(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    (void)self;
    (void)rows;
    kept_topic(out, "menu", 0);
}

static void links_tell(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    const struct menu_links *r = rows->v;
    menu_tells(self, rows, out);
    kept_topic(out, "collections", 0);
    kept_topic(out, "pages", 0);
    kept_topic(out, "blogs", 0);
    for (size_t i = 0; i < rows->n; i++) {
        enum menu_kind kind;
        if (menu_kind_parse(r[i].kind, &kind))
            kept_topic(out, menu_kind_name(kind), r[i].target_id);
    }
}

static bool read_links(struct ctx *c, enum lang lang, int64_t menu_id, struct menu_text *out) {
    struct menu_links_rows rows = {0};
    struct menu_links_in in = {menu_id, str_c(lang_code(lang))};
    TRY(kept_all(c, &menu_links_query, &in, links_tell, NULL, &rows));
    out->links = ARENA_ARRAY(c->arena, struct menu_link, rows.n + 1);
    out->n = 0;
    put_links(&(struct reading){c, &rows, out}, 0, 1);
    return true;
}

// Titles of the other languages; where there is none, the row's own came back.
static bool read_titles(struct ctx *c, struct menu_text *out) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct menu_text other = {0};
        if (l == lang_first(c)) continue;
        TRY(translation_get(c, &(struct translation){"menu", out->id, "title"}, l, &out->title[l]));
        TRY(read_links(c, l, out->id, &other));
        for (size_t i = 0; i < out->n && i < other.n; i++) {
            struct menu_link *to = &out->links[i];
            if (!str_eq(other.links[i].shown, to->title[lang_first(c)]))
                to->title[l] = other.links[i].shown;
        }
    }
    return true;
}

bool menu_read(struct ctx *c, struct str handle, bool titles, struct menu_text *out) {
    struct {
        struct menu_by_handle *v;
        size_t n, cap;
    } rows = {0};
    struct menu_by_handle_in in = {handle, str_c(lang_code(c->lang))};
    *out = (struct menu_text){.handle = handle};
    TRY(kept_all(c, &menu_by_handle_query, &in, menu_tells, NULL, &rows));
    out->found = rows.n > 0;
    if (!out->found) return !has_default(handle) || read_default(c, titles, out);
    out->id = rows.v[0].id;
    out->version = rows.v[0].version;
    out->shown = rows.v[0].title;
    out->title[lang_first(c)] = rows.v[0].first_title;
    TRY(read_links(c, c->lang, rows.v[0].id, out));
    return !titles || read_titles(c, out);
}

// What stands in front of an address decides whether a browser may follow it.
static bool url_ok(struct str url) {
    static const char *const ways[] = {"/", "#", "https://", "http://", "mailto:", "tel:"};
    if (url.n > MENU_URL_MAX || !str_is_utf8(url) || str_starts(url, S("//"))) return false;
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\\') return false;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (str_starts(url, str_c(ways[i]))) return true;
    return false;
}

static bool link_ok(struct ctx *c, const struct menu_draft *d, size_t i) {
    const struct menu_link *l = &d->links[i];
    int before = i ? d->links[i - 1].level : 0;
    if (l->level < 1 || l->level > MENU_LEVELS || l->level > before + 1)
        return err_set(&c->err, ERR_INVALID, "A menu has at most %d levels.", MENU_LEVELS);
    if (str_empty(str_trim(l->title[lang_first(c)])))
        return err_set(&c->err, ERR_INVALID, "Link %zu needs a title.", i + 1);
    for (enum lang x = 0; x < LANG_COUNT; x++)
        if (!str_is_utf8(l->title[x]) || str_utf8_len(l->title[x]) > MENU_TITLE_CHARACTERS)
            return err_set(&c->err, ERR_INVALID, "The title of link %zu has at most %d characters.",
                           i + 1, MENU_TITLE_CHARACTERS);
    if (menu_kind_targets(l->kind) && l->target_id <= 0)
        return err_set(&c->err, ERR_INVALID, "Link %zu needs something that it leads to.", i + 1);
    if (l->kind == MENU_URL && !url_ok(l->url))
        return err_set(&c->err, ERR_INVALID,
                       "The address of link %zu begins with /, https://, mailto: or tel:.", i + 1);
    return true;
}

static bool check_menu(struct ctx *c, const struct menu_draft *d, size_t *wrong_out) {
    TRY(content_check_handle(c, d->handle));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (l == lang_first(c) || d->title[l].n) TRY(content_check_title(c, d->title[l]));
    if (d->n > MENU_LINKS_MAX) {
        err_field(&c->err, "links");
        return err_set(&c->err, ERR_INVALID, "A menu has at most %d links.", MENU_LINKS_MAX);
    }
    for (size_t i = 0; i < d->n; i++) {
        if (link_ok(c, d, i)) continue;
        err_field(&c->err, "links");
        if (wrong_out) *wrong_out = i;
        return false;
    }
    return true;
}

static bool clear_links(struct ctx *c, int64_t menu_id) {
    struct menu_link_ids_rows rows = {0};
    TRY(menu_link_ids_all(&c->db, &(struct menu_link_ids_in){menu_id}, &rows));
    for (size_t i = 0; i < rows.n; i++) TRY(translation_drop(c, "menu_link", rows.v[i].id));
    for (int level = 0; level < MENU_LEVELS; level++)
        TRY(menu_links_clear(&c->db, &(struct menu_links_clear_in){menu_id}));
    return true;
}

static bool insert_link(struct ctx *c, int64_t menu_id, const struct menu_link *l,
                        int64_t parent_id, int64_t position, int64_t *id_out) {
    enum lang first = lang_first(c);
    bool targets = menu_kind_targets(l->kind);
    TRY(menu_link_insert(&c->db,
                         &(struct menu_link_insert_in){.menu_id = menu_id,
                                                       .parent_id = parent_id,
                                                       .has_parent_id = parent_id != 0,
                                                       .position = position,
                                                       .kind = str_c(menu_kind_name(l->kind)),
                                                       .target_id = l->target_id,
                                                       .has_target_id = targets,
                                                       .url = l->kind == MENU_URL ? l->url : S(""),
                                                       .title = str_trim(l->title[first])},
                         id_out));
    for (enum lang x = 0; x < LANG_COUNT; x++)
        if (x != first && !str_empty(str_trim(l->title[x])))
            TRY(translation_set(c, &(struct translation){"menu_link", *id_out, "title"}, x,
                                str_trim(l->title[x])));
    return true;
}

static bool insert_links(struct ctx *c, int64_t menu_id, const struct menu_draft *d) {
    int64_t at[MENU_LEVELS + 1] = {0}, position[MENU_LEVELS + 2] = {0};
    for (size_t i = 0; i < d->n; i++) {
        int level = d->links[i].level;
        TRY(insert_link(c, menu_id, &d->links[i], at[level - 1], ++position[level], &at[level]));
        position[level + 1] = 0;
    }
    return true;
}

static bool menu_row(struct ctx *c, const struct menu_draft *d, int64_t *id_out) {
    struct menu_by_handle row = {0};
    bool found;
    enum lang first = lang_first(c);
    struct menu_by_handle_in in = {d->handle, str_c(lang_code(first))};
    TRY(menu_by_handle(&c->db, &in, &row, &found));
    *id_out = row.id;
    if (d->version >= 0 && d->version != row.version)
        return err_set(&c->err, ERR_CONFLICT,
                       "Somebody else changed this menu meanwhile. Load it again.");
    if (!found)
        TRY(menu_insert(&c->db, &(struct menu_insert_in){d->handle, d->title[first]}, id_out));
    else
        TRY(menu_saved(&c->db, &(struct menu_saved_in){row.id, d->title[first], row.version}));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (l != first)
            TRY(translation_set(c, &(struct translation){"menu", *id_out, "title"}, l,
                                d->title[l].p ? str_trim(d->title[l]) : S("")));
    return true;
}

bool menu_save(struct ctx *c, const struct menu_draft *d, int64_t *id_out, size_t *wrong_out) {
    ensure(c->db.writing);
    TRY(check_menu(c, d, wrong_out));
    TRY(menu_row(c, d, id_out));
    TRY(clear_links(c, *id_out));
    TRY(insert_links(c, *id_out, d));
    tx_bump(c, "menu", 0);
    return audit_write(c, &(struct audit){"menu", *id_out, "menu.save",
                                          arena_fmt(c->arena, "{\"links\":%zu}", d->n)});
}

bool menu_remove(struct ctx *c, struct str handle) {
    struct menu_by_handle row;
    bool found;
    ensure(c->db.writing);
    struct menu_by_handle_in in = {handle, str_c(lang_code(c->lang))};
    TRY(menu_by_handle(&c->db, &in, &row, &found));
    if (!found) return true;
    TRY(clear_links(c, row.id));
    TRY(translation_drop(c, "menu", row.id));
    TRY(menu_drop(&c->db, &(struct menu_drop_in){row.id}));
    tx_bump(c, "menu", 0);
    return audit_write(c, &(struct audit){"menu", row.id, "menu.remove", {0}});
}

static bool target_named(struct ctx *c, struct menu_link *l, struct str handle, struct str blog) {
    struct menu_target_named row;
    bool found;
    TRY(menu_target_named(&c->db,
                          &(struct menu_target_named_in){.kind = str_c(menu_kind_name(l->kind)),
                                                         .handle = handle,
                                                         .blog = blog,
                                                         .has_blog = blog.p != NULL},
                          &row, &found));
    if (found)
        l->target_id = row.id;
    else
        l->kind = MENU_URL;
    return true;
}

bool menu_link_of_url(struct ctx *c, struct str url, struct menu_link *out) {
    static const struct {
        const char *path;
        enum menu_kind kind;
    } whole[] = {{"/", MENU_HOME},
                 {"/collections/all", MENU_ALL},
                 {"/collections", MENU_COLLECTIONS},
                 {"/search", MENU_SEARCH},
                 {"/account", MENU_ACCOUNT}},
      folders[] = {{"/collections/", MENU_COLLECTION},
                   {"/products/", MENU_PRODUCT},
                   {"/pages/", MENU_PAGE},
                   {"/blogs/", MENU_BLOG}};
    *out = (struct menu_link){.level = 1, .kind = MENU_URL, .url = url};
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        if (str_eq(url, str_c(whole[i].path))) {
            out->kind = whole[i].kind;
            return true;
        }
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        if (!str_starts(url, str_c(folders[i].path))) continue;
        struct str rest = str_from(url, strlen(folders[i].path)), blog = {0};
        size_t slash = str_find_char(rest, '/');
        out->kind = folders[i].kind;
        if (out->kind == MENU_BLOG && slash != STR_NONE) {
            out->kind = MENU_ARTICLE;
            blog = str_sub(rest, 0, slash);
            rest = str_from(rest, slash + 1);
        }
        return target_named(c, out, rest, blog);
    }
    return true;
}
