// SPDX-License-Identifier: Apache-2.0
// Themes: which there are, which is live; adding, previewing, publishing, going back; what went
// wrong while pages were written.
#include "core/acl.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "desk/theme_edit.h"

#define PATH "/desk/themes"

struct liquid_value theme_entry_value(struct ctx *c, const struct themes_entry *t) {
    struct liquid_map *m = liquid_map_new(c->arena);
    put_int(m, "id", t->id);
    put_str(m, "name", t->name);
    put_int(m, "revision", t->revision);
    put_bool(m, "live", t->live);
    put_bool(m, "built_in", t->built_in);
    put_bool(m, "unpublished", t->live && t->live_revision_id != t->revision_id);
    if (t->changed_at) liquid_set(m, "changed_at", liquid_time(t->changed_at));
    if (t->live_since) liquid_set(m, "live_since", liquid_time(t->live_since));
    return liquid_of_map(m);
}

static bool put_problems(struct desk *d) {
    struct themes_told_list told;
    struct list l = {0};
    TRY(themes_problems_of(d->c, 0, &told));
    for (size_t i = 0; i < told.n; i++) {
        const struct themes_told_row *r = &told.v[i];
        struct liquid_map *m = liquid_map_new(d->c->arena);
        put_str(m, "theme", r->theme);
        put_str(m, "file", r->file);
        put_int(m, "line", r->line);
        put_str(m, "message", r->message);
        put_int(m, "times", r->times);
        liquid_set(m, "last_at", liquid_time(r->last_at));
        desk_list_add(d->c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d->data, "problems", liquid_array(l.v, l.n));
    return true;
}

static void put_findings(struct desk *d, const struct theme_findings *f) {
    static const char *const words[] = {"note", "warning", "error"};
    struct list l = {0};
    for (size_t i = 0; i < f->n; i++) {
        struct liquid_map *m = liquid_map_new(d->c->arena);
        put_str(m, "severity", str_c(words[f->v[i].severity]));
        put_str(m, "file", f->v[i].file);
        put_int(m, "line", f->v[i].line);
        put_str(m, "message", f->v[i].message);
        desk_list_add(d->c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d->data, "findings", liquid_array(l.v, l.n));
}

static bool show(struct desk *d) {
    struct themes_entries all;
    struct list l = {0};
    TRY(themes_list(d->c, &all));
    for (size_t i = 0; i < all.n; i++)
        desk_list_add(d->c->arena, &l, theme_entry_value(d->c, &all.v[i]));
    liquid_set(d->data, "themes", liquid_array(l.v, l.n));
    TRY(put_problems(d));
    return desk_send(d, "themes", tr(d->c, "desk.themes.title"));
}

bool desk_themes_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d);
}

// What the merchant may mend is shown on the page; anything else is a failure.
static bool refused(struct desk *d, const char *field) {
    struct ctx *c = d->c;
    enum err_code code = c->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_TOO_LARGE &&
        code != ERR_NOT_FOUND)
        return false;
    d->rs->status = code == ERR_CONFLICT ? 409 : 422;
    desk_fail(d, field, arena_str(c->arena, str_c(c->err.message)));
    err_clear(&c->err);
    return true;
}

bool desk_theme_add_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct themes_work w = {0};
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    w.name = desk_read_text(&d, "name", 0, 100);
    if (!rq->files.n || !rq->files.v[0].bytes.n) desk_fail_key(&d, "files", "desk.themes.no_file");
    if (d.errors) return show(&d);
    if (!theme_files_of_zip(c->arena, rq->files.v[0].bytes, &w.files, &c->err) ||
        !themes_run(c, THEMES_ADD, &w))
        return refused(&d, "files") && show(&d);
    return desk_done(c, rs, S(PATH), "theme_added");
}

static const struct verb {
    const char *name;
    enum themes_step step;
    const char *done, *perm;
} verbs[] = {
    {"publish", THEMES_PUBLISH, "theme_published", "theme.publish"},
    {"rollback", THEMES_ROLLBACK, "theme_back", "theme.publish"},
    {"duplicate", THEMES_DUPLICATE, "theme_copied", "theme.write"},
    {"remove", THEMES_REMOVE, "theme_removed", "theme.write"},
    {"preview", THEMES_PREVIEW, NULL, "theme.write"},
    {"restore", THEMES_RESTORE, "theme_restored", "theme.write"},
};

// From a theme's own page back to it.
static struct str back_to(struct ctx *c, const struct request *rq) {
    if (!request_form(rq, "own").n) return S(PATH);
    return arena_fmt(c->arena, PATH "/" STR_FMT, STR_ARG(request_param(rq, "id")));
}

// One form with several buttons: do=publish.
bool desk_theme_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct themes_work w = {0};
    struct theme_findings findings = {0};
    const struct verb *v = NULL;
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (str_eq(request_form(rq, "do"), str_c(verbs[i].name))) v = &verbs[i];
    if (!desk_id(rq, "id", &w.theme_id) || !v) return desk_missing(c);
    if (!acl_may(c, v->perm)) return err_set(&c->err, ERR_FORBIDDEN, "You may not do this.");
    if (!str_to_int(request_form(rq, "revision"), &w.revision_id)) w.revision_id = 0;
    desk_begin(&d, c, rq, rs);
    w.findings = &findings;
    if (!themes_run(c, v->step, &w)) {
        put_findings(&d, &findings);
        return refused(&d, NULL) && show(&d);
    }
    if (v->step != THEMES_PREVIEW) return desk_done(c, rs, back_to(c, rq), v->done);
    if (request_form(rq, "open").n) {
        response_redirect(rs, 303, w.url);
        return true;
    }
    put_str(d.data, "preview_url", w.url);
    return show(&d);
}
