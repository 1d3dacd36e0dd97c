// SPDX-License-Identifier: Apache-2.0
// Menus without JSON and without scripts: the whole menu is one form; its buttons move, add and
// take away links in what was typed, and nothing is saved before "save" is pressed.
#include "content_sql.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/edit_content.h"

enum { TARGET_MAX = 60, NO_ROW = -1 };

bool desk_menus_page(struct ctx *c, const struct request *rq, struct response *rs) {
    static const char *const always[] = {MENU_MAIN, MENU_FOOTER};
    struct desk d;
    struct menu_list_rows rows = {0};
    struct list missing = {0};
    desk_begin(&d, c, rq, rs);
    TRY(menu_list_all(&c->db, &(struct menu_list_in){str_c(lang_code(c->lang))}, &rows));
    for (size_t i = 0; i < ARRAY_LEN(always); i++) {
        bool there = false;
        for (size_t k = 0; k < rows.n; k++) there |= str_eq(rows.v[k].handle, str_c(always[i]));
        if (!there) desk_list_add(c->arena, &missing, liquid_text(str_c(always[i])));
    }
    PUT_ROWS(&d, "menus", menu_list, rows);
    liquid_set(d.data, "automatic", liquid_array(missing.v, missing.n));
    return desk_send(&d, "menus", tr(c, "desk.menus.title"));
}

// ---- the form's fields

static const char *field(struct ctx *c, const char *name, size_t row) {
    return arena_fmt(c->arena, "%s_%zu", name, row).p;
}
static const char *title_field(struct ctx *c, size_t row, enum lang l) {
    return arena_fmt(c->arena, "title_%zu_%s", row, lang_code(l)).p;
}
// "collection/3", "home", "url".
static struct str target_of(struct ctx *c, const struct menu_link *l) {
    const char *kind = menu_kind_name(l->kind);
    if (!menu_kind_targets(l->kind)) return str_c(kind);
    return arena_fmt(c->arena, "%s/%lld", kind, (long long)l->target_id);
}
static bool target_parse(struct str s, struct menu_link *l) {
    size_t slash = str_find_char(s, '/');
    if (s.n > TARGET_MAX) return false;
    if (!menu_kind_parse(slash == STR_NONE ? s : str_sub(s, 0, slash), &l->kind)) return false;
    if (!menu_kind_targets(l->kind)) return slash == STR_NONE;
    return slash != STR_NONE && str_to_int(str_from(s, slash + 1), &l->target_id) &&
           l->target_id > 0;
}

struct menu_form {
    struct desk d;
    struct str handle; // "new" for one that is to be
    struct menu_text menu;
    struct menu_link links[MENU_LINKS_MAX];
    struct str names[MENU_LINKS_MAX]; // of targets that the choice has not: products and articles
    size_t n;
    struct str focus; // the button that was pressed: "up_3"
};

static struct str name_of(struct ctx *c, const struct menu_link *l) {
    if (l->kind == MENU_PRODUCT)
        return arena_fmt(c->arena, "/products/" STR_FMT, STR_ARG(l->handle));
    if (l->kind == MENU_ARTICLE)
        return arena_fmt(c->arena, "/blogs/" STR_FMT "/" STR_FMT, STR_ARG(l->blog_handle),
                         STR_ARG(l->handle));
    return S("");
}

static bool open(struct menu_form **out, struct ctx *c, const struct request *rq,
                 struct response *rs, bool *found_out) {
    struct menu_form *m = *out = ARENA_NEW(c->arena, struct menu_form);
    m->handle = request_param(rq, "handle");
    desk_begin(&m->d, c, rq, rs);
    *found_out = true;
    if (str_eq(m->handle, S("new"))) return true;
    TRY(menu_read(c, m->handle, true, &m->menu));
    *found_out = m->menu.found;
    return true;
}

// ---- showing

static bool put_choice(struct menu_form *m) {
    struct menu_targets_rows rows = {0};
    struct ctx *c = m->d.c;
    TRY(menu_targets_all(&c->db, &(struct menu_targets_in){str_c(lang_code(c->lang))}, &rows));
    PUT_ROWS(&m->d, "targets", menu_targets, rows);
    return true;
}

static struct liquid_value row_value(struct menu_form *m, size_t i) {
    struct ctx *c = m->d.c;
    const struct menu_link *l = &m->links[i];
    struct liquid_map *row = liquid_map_new(c->arena);
    for (enum lang x = 0; x < LANG_COUNT; x++)
        put_str(row, arena_fmt(c->arena, "title_%s", lang_code(x)).p, l->title[x]);
    put_int(row, "level", l->level);
    put_str(row, "target", target_of(c, l));
    put_str(row, "url", l->url);
    put_str(row, "name", m->names[i]);
    put_bool(row, "gone", l->gone);
    return liquid_of_map(row);
}

static bool show(struct menu_form *m) {
    struct desk *d = &m->d;
    struct ctx *c = d->c;
    struct list rows = {0};
    bool fresh = str_eq(m->handle, S("new"));
    TRY(put_choice(m));
    for (size_t i = 0; i < m->n; i++) desk_list_add(c->arena, &rows, row_value(m, i));
    liquid_set(d->data, "links", liquid_array(rows.v, rows.n));
    put_int(d->data, "version", m->menu.version);
    put_str(d->data, "handle", m->handle);
    put_bool(d->data, "fresh", fresh);
    put_bool(d->data, "automatic", !fresh && !m->menu.id);
    put_bool(d->data, "full", m->n == MENU_LINKS_MAX);
    put_str(d->data, "focus", m->focus);
    put_str(d->data, "first", str_c(lang_code(lang_first(c))));
    if (m->menu.id) TRY(desk_trail(d, "menu", m->menu.id));
    struct str title = m->menu.shown;
    if (fresh) title = tr(c, "desk.menus.new");
    return desk_send(d, "menu", title.n ? title : m->handle);
}

bool desk_menu_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct menu_form *m;
    bool found;
    TRY(open(&m, c, rq, rs, &found));
    if (!found) return desk_missing(c);
    for (; m->n < m->menu.n && m->n < MENU_LINKS_MAX; m->n++) {
        m->links[m->n] = m->menu.links[m->n];
        m->names[m->n] = name_of(c, &m->links[m->n]);
    }
    for (enum lang l = 0; l < LANG_COUNT; l++)
        put_str(m->d.f, arena_fmt(c->arena, "title_%s", lang_code(l)).p, m->menu.title[l]);
    return show(m);
}

// ---- what was typed

// A typed address of this shop becomes what stands there, so that it follows a new handle.
static bool read_target(struct menu_form *m, size_t i) {
    struct ctx *c = m->d.c;
    const struct request *rq = m->d.rq;
    struct menu_link *l = &m->links[i], found;
    m->names[i] = str_utf8_cut(request_form(rq, field(c, "name", i)), 300);
    if (!target_parse(request_form(rq, field(c, "target", i)), l)) l->kind = MENU_URL;
    l->url = str_utf8_cut(str_trim(request_form(rq, field(c, "url", i))), MENU_URL_MAX);
    if (l->kind != MENU_URL) return true;
    TRY(menu_link_of_url(c, l->url, &found));
    if (found.kind == MENU_URL) return true;
    m->names[i] = l->url;
    l->kind = found.kind;
    l->target_id = found.target_id;
    return true;
}

static bool read_links(struct menu_form *m) {
    struct ctx *c = m->d.c;
    const struct request *rq = m->d.rq;
    int64_t n = 0, level;
    if (!str_to_int(request_form(rq, "rows"), &n) || n < 0 || n > MENU_LINKS_MAX) n = 0;
    for (m->n = 0; m->n < (size_t)n; m->n++) {
        struct menu_link *l = &m->links[m->n];
        int before = m->n ? l[-1].level : 0;
        if (!str_to_int(request_form(rq, field(c, "level", m->n)), &level) || level < 1) level = 1;
        l->level = level > before + 1 ? before + 1 : (int)level;
        if (l->level > MENU_LEVELS) l->level = MENU_LEVELS;
        for (enum lang x = 0; x < LANG_COUNT; x++)
            l->title[x] = str_utf8_cut(str_trim(request_form(rq, title_field(c, m->n, x))),
                                       2 * MENU_TITLE_CHARACTERS);
        TRY(read_target(m, m->n));
    }
    return true;
}

// Names of targets stay with their links while those are moved about.
// Where the link at `at` is afterwards; the one in its place when it is gone.
static size_t move(struct menu_form *m, size_t at, enum menu_move how) {
    size_t now = at;
    for (size_t i = 0; i < m->n; i++) {
        m->links[i].shown = m->names[i];
        m->links[i].gone = i == at; // a mark; what is gone is asked again when it is loaded
    }
    menu_move(m->links, &m->n, at, how);
    for (size_t i = 0; i < m->n; i++) {
        m->names[i] = m->links[i].shown;
        if (m->links[i].gone) now = i;
        m->links[i].gone = false;
    }
    return now < m->n || !m->n ? now : m->n - 1;
}

// "up_3": what to do, and with which row.
static bool press(struct menu_form *m, struct str button) {
    static const struct {
        const char *name;
        enum menu_move how;
    } moves[] = {{"up", MENU_UP},
                 {"down", MENU_DOWN},
                 {"in", MENU_IN},
                 {"out", MENU_OUT},
                 {"drop", MENU_DROP}};
    int64_t row = NO_ROW;
    size_t bar = str_find_char(button, '_');
    if (str_eq(button, S("add")) && m->n < MENU_LINKS_MAX) {
        m->links[m->n++] = (struct menu_link){.level = 1, .kind = MENU_URL};
        m->focus = S("add");
        return true;
    }
    if (bar == STR_NONE || !str_to_int(str_from(button, bar + 1), &row) || row < 0) return false;
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        if (!str_eq(str_sub(button, 0, bar), str_c(moves[i].name))) continue;
        size_t now = move(m, (size_t)row, moves[i].how);
        m->focus = arena_fmt(m->d.c->arena, "%s_%zu", moves[i].name, now);
        return true;
    }
    return false;
}

static bool save(struct menu_form *m, struct response *rs) {
    struct desk *d = &m->d;
    struct ctx *c = d->c;
    struct menu_draft draft = {.handle = m->handle, .links = m->links, .n = m->n};
    size_t wrong = 0;
    if (str_eq(m->handle, S("new"))) draft.handle = desk_read_text(d, "handle", FORM_REQUIRED, 100);
    for (enum lang l = 0; l < LANG_COUNT; l++)
        draft.title[l] = desk_read_text(d, arena_fmt(c->arena, "title_%s", lang_code(l)).p,
                                        l == lang_first(c) ? FORM_REQUIRED : 0, 100);
    if (!str_to_int(request_form(d->rq, "version"), &draft.version)) draft.version = 0;
    if (str_eq(draft.handle, S("new"))) desk_fail_key(d, "handle", "desk.pages.handle_wrong");
    if (d->errors) return show(m);
    if (menu_edit(c, &draft, &wrong))
        return desk_done(c, rs, arena_fmt(c->arena, "/desk/menus/" STR_FMT, STR_ARG(draft.handle)),
                         "saved");
    bool links = strcmp(c->err.field, "links") == 0, stale = c->err.code == ERR_CONFLICT;
    if (!stale && c->err.code != ERR_INVALID) return false;
    err_clear(&c->err);
    if (links)
        desk_fail(d, title_field(c, wrong, lang_first(c)),
                  TR(c, "desk.menus.link_wrong", {.name = "n", .number = (int64_t)wrong + 1}));
    else
        desk_fail_key(d, stale ? NULL : "handle",
                      stale ? "desk.menus.stale" : "desk.pages.handle_wrong");
    return show(m);
}

bool desk_menu_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct menu_form *m;
    struct str button = request_form(rq, "do");
    bool found;
    TRY(open(&m, c, rq, rs, &found));
    if (!found) return desk_missing(c);
    if (str_eq(button, S("remove"))) {
        TRY(menu_take_away(c, m->handle));
        return desk_done(c, rs, S("/desk/menus"), "menu_removed");
    }
    desk_typed(&m->d);
    TRY(read_links(m));
    if (button.n && !str_eq(button, S("save"))) return press(m, button) ? show(m) : desk_missing(c);
    return save(m, rs);
}
