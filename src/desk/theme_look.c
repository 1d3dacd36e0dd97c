// SPDX-License-Identifier: Apache-2.0
// A theme's page (what can be designed, its last states) and the settings of the whole theme, one
// group of config/settings_schema.json a page.
#include "desk/handlers.h"
#include "desk/theme_edit.h"

#define DATA S("config/settings_data.json")

struct place { // an entry of the theme's page
    struct str name, url;
    int order;
};

static void put_places(struct desk *d, const char *key, struct place *v, size_t n) {
    struct list l = {0};
    for (size_t i = 1; i < n; i++) // by order, then as the files are
        for (size_t k = i; k > 0 && v[k - 1].order > v[k].order; k--) {
            struct place other = v[k];
            v[k] = v[k - 1];
            v[k - 1] = other;
        }
    for (size_t i = 0; i < n; i++) {
        struct liquid_map *m = liquid_map_new(d->c->arena);
        put_str(m, "name", v[i].name);
        put_str(m, "url", v[i].url);
        desk_list_add(d->c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d->data, key, liquid_array(l.v, l.n));
}

static void put_groups(struct theme_edit *e) {
    struct arena *a = e->d.c->arena;
    const struct theme_settings_schema *s = theme_settings_schema(e->theme);
    struct place *v = ARENA_ARRAY(a, struct place, s->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->groups[i].setting_count)
            v[n++] = (struct place){
                theme_edit_say(e, s->groups[i].name),
                arena_fmt(a, "/desk/themes/%lld/look/%zu", (long long)e->entry.id, i), 0};
    put_places(&e->d, "looks", v, n);
}

static struct str group_name(struct theme_edit *e, const struct theme_file *f) {
    struct theme_findings ignored = {.arena = e->d.c->arena};
    struct theme_json j;
    int order;
    if (theme_json_parse(e->d.c->arena, f->path, f->bytes, 1, &j, &ignored)) {
        struct str name = theme_json_text(&j, "name");
        if (name.n) return theme_edit_say(e, name);
    }
    return theme_file_name(e->d.c, str_from(f->path, strlen("sections/")), &order);
}

static void put_files(struct theme_edit *e) {
    struct arena *a = e->d.c->arena;
    const struct theme_files *f = theme_files(e->theme);
    struct place *pages = ARENA_ARRAY(a, struct place, f->n + 1);
    struct place *groups = ARENA_ARRAY(a, struct place, f->n + 1);
    size_t page_count = 0, group_count = 0;
    for (size_t i = 0; i < f->n; i++) {
        struct str path = f->v[i].path;
        struct place p = {.url = arena_fmt(a, "/desk/themes/%lld/file/" STR_FMT,
                                           (long long)e->entry.id, STR_ARG(path))};
        if (!str_ends(path, S(".json"))) continue;
        if (str_starts(path, S("templates/"))) {
            p.name = theme_file_name(e->d.c, path, &p.order);
            pages[page_count++] = p;
        } else if (str_starts(path, S("sections/"))) {
            p.name = group_name(e, &f->v[i]);
            p.order = str_find(path, S("header")) == STR_NONE;
            groups[group_count++] = p;
        }
    }
    put_places(&e->d, "pages", pages, page_count);
    put_places(&e->d, "groups", groups, group_count);
}

static bool put_states(struct theme_edit *e) {
    struct ctx *c = e->d.c;
    struct themes_revisions all;
    struct list l = {0};
    TRY(themes_revisions_of(c, e->entry.id, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct liquid_map *m = liquid_map_new(c->arena);
        put_int(m, "id", all.v[i].id);
        put_int(m, "number", all.v[i].number);
        put_str(m, "note", all.v[i].note);
        put_str(m, "actor", all.v[i].actor);
        if (all.v[i].at) liquid_set(m, "at", liquid_time(all.v[i].at));
        put_bool(m, "live", all.v[i].live);
        put_bool(m, "newest", i == 0);
        desk_list_add(c->arena, &l, liquid_of_map(m));
    }
    liquid_set(e->d.data, "states", liquid_array(l.v, l.n));
    return true;
}

static bool show_theme(struct theme_edit *e) {
    theme_edit_put(e);
    if (e->theme) {
        put_groups(e);
        put_files(e);
    } else {
        put_str(e->d.data, "broken", str_c(e->broken.message));
    }
    TRY(put_states(e));
    return desk_trail(&e->d, "theme", e->entry.id) && desk_send(&e->d, "theme", e->entry.name);
}

bool desk_theme_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct theme_edit e;
    bool found, ok = theme_edit_open(&e, c, rq, rs, &found);
    if (ok) ok = found ? show_theme(&e) : desk_missing(c);
    theme_edit_close(&e);
    return ok;
}

// ---- settings

struct look {
    struct theme_edit e;
    struct theme_form_part part;
    struct str name, url;
};

static bool open(struct look *x, struct ctx *c, const struct request *rq, struct response *rs,
                 bool *found_out) {
    int64_t group;
    TRY(theme_edit_open(&x->e, c, rq, rs, found_out));
    if (*found_out) TRY(theme_edit_file(&x->e, DATA, found_out));
    if (!*found_out) return true;
    const struct theme_settings_schema *s = theme_settings_schema(x->e.theme);
    *found_out = str_to_int(request_param(rq, "group"), &group) && group >= 0 &&
                 (uint64_t)group < s->n && s->groups[group].setting_count;
    if (!*found_out) return true;
    x->name = theme_edit_say(&x->e, s->groups[group].name);
    x->url = arena_fmt(c->arena, "/desk/themes/%lld/look/%lld", (long long)x->e.entry.id,
                       (long long)group);
    x->part = (struct theme_form_part){
        .settings = s->groups[group].settings,
        .n = s->groups[group].setting_count,
        .given = x->e.form.current,
        .name = S("s_"),
        .path = S("current."),
    };
    return true;
}

static bool show(struct look *x) {
    struct desk *d = &x->e.d;
    struct list fields = {0};
    theme_edit_put(&x->e);
    TRY(theme_form_put(&x->e.form, &x->part, &fields));
    liquid_set(d->data, "fields", liquid_array(fields.v, fields.n));
    theme_form_put_lists(&x->e.form);
    put_str(d->data, "url", x->url);
    return desk_send(d, "theme_settings", x->name);
}

bool desk_theme_look_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct look x = {0};
    bool found, ok = open(&x, c, rq, rs, &found);
    if (ok) ok = found ? show(&x) : desk_missing(c);
    theme_edit_close(&x.e);
    return ok;
}

static bool change(struct look *x, struct response *rs) {
    struct desk *d = &x->e.d;
    struct theme_sent out = {0};
    const struct str current = S("current");
    bool saved;
    x->e.form.typed = true;
    TRY(theme_form_read(&x->e.form, &x->part, &out));
    if (d->errors) return show(x);
    struct theme_json root = x->e.root;
    if (!theme_json_same(x->e.form.current, &out.given))
        root = theme_json_set(d->c->arena, &root, &current, 1, &out.given);
    struct theme_change ch = {
        .root = &root, .texts = out.texts.v, .text_count = out.texts.n, .note = "look"};
    TRY(theme_edit_save(&x->e, &ch, &saved));
    if (!saved) return show(x);
    const char *more = x->e.form.other ? "?lang=" : "";
    struct str url = arena_fmt(d->c->arena, STR_FMT "%s%s", STR_ARG(x->url), more,
                               x->e.form.other ? x->e.lang : "");
    return desk_done(d->c, rs, url, "saved");
}

bool desk_theme_look_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct look x = {0};
    bool found, ok = open(&x, c, rq, rs, &found);
    if (ok) ok = found ? change(&x, rs) : desk_missing(c);
    theme_edit_close(&x.e);
    return ok;
}
