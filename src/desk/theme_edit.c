// SPDX-License-Identifier: Apache-2.0
#include "desk/theme_edit.h"

static bool find(struct ctx *c, int64_t id, struct themes_entry *out, bool *found_out) {
    struct themes_entries all;
    *found_out = false;
    TRY(themes_list(c, &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].id == id) {
            *out = all.v[i];
            *found_out = true;
        }
    return true;
}

static bool read_lang(struct theme_edit *e) {
    struct ctx *c = e->d.c;
    enum lang l = lang_first(c);
    struct str s = request_query(e->d.rq, "lang");
    if (!s.p) s = request_form(e->d.rq, "lang");
    if (s.p && (!lang_parse(s, &l) || !lang_offered(c, l))) return false;
    e->lang = lang_code(l);
    e->form.lang = str_c(e->lang);
    e->form.first = str_c(lang_code(lang_first(c)));
    e->form.other = l != lang_first(c);
    return true;
}

bool theme_edit_open(struct theme_edit *e, struct ctx *c, const struct request *rq,
                     struct response *rs, bool *found_out) {
    int64_t id, revision;
    *e = (struct theme_edit){0};
    *found_out = false;
    desk_begin(&e->d, c, rq, rs);
    e->form.d = &e->d;
    if (!desk_id(rq, "id", &id) || !read_lang(e)) return true;
    TRY(find(c, id, &e->entry, found_out));
    if (!*found_out) return true;
    e->stale = str_to_int(request_form(rq, "revision"), &revision)
                   ? revision != e->entry.revision_id
                   : rq->method == HTTP_POST;
    if (!themes_take_newest(c, id, &e->hold, &e->broken)) return true;
    e->theme = e->form.theme = e->hold.theme;
    return true;
}

void theme_edit_close(struct theme_edit *e) {
    if (e->hold.loaded) themes_release(&e->hold);
}

struct str theme_edit_say(const struct theme_edit *e, struct str text) {
    return e->theme ? theme_say(e->theme, str_c(lang_code(e->d.c->lang)), text) : text;
}

void theme_edit_put(struct theme_edit *e) {
    struct ctx *c = e->d.c;
    struct list langs = {0};
    liquid_set(e->d.data, "theme", theme_entry_value(c, &e->entry));
    put_int(e->d.data, "theme_id", e->entry.id);
    put_int(e->d.data, "revision_id", e->entry.revision_id);
    put_str(e->d.data, "lang", str_c(e->lang));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (lang_offered(c, l)) desk_list_add(c->arena, &langs, liquid_text(str_c(lang_code(l))));
    if (langs.n > 1) liquid_set(e->d.data, "langs", liquid_array(langs.v, langs.n));
    put_bool(e->d.data, "other", e->form.other);
}

struct theme_json theme_edit_current(const struct theme_edit *e, const struct theme_json *data) {
    (void)e;
    const struct theme_json *v = theme_json_get(data, "current");
    if (v && v->type == THEME_JSON_STRING)
        v = theme_json_member(theme_json_get(data, "presets"), v->text);
    return v && v->type == THEME_JSON_OBJECT ? *v : theme_json_object();
}

#define DATA S("config/settings_data.json")

static bool read_json(struct theme_edit *e, struct str path, struct theme_json *out) {
    struct theme_findings ignored = {.arena = e->d.c->arena};
    const struct theme_file *f = theme_file_find(theme_files(e->theme), path);
    *out = theme_json_object();
    if (!f) return str_eq(path, DATA); // a theme may come without
    return theme_json_parse(e->d.c->arena, path, f->bytes, 1, out, &ignored) &&
           out->type == THEME_JSON_OBJECT;
}

bool theme_edit_file(struct theme_edit *e, struct str path, bool *found_out) {
    struct ctx *c = e->d.c;
    struct theme_text *texts;
    struct theme_json data, *current = ARENA_NEW(c->arena, struct theme_json);
    *found_out = e->theme && read_json(e, path, &e->root);
    if (!*found_out) return true;
    e->file = e->form.file = arena_str(c->arena, path);
    TRY(themes_texts(c, e->entry.id, &texts, &e->form.text_count));
    e->form.texts = texts;
    bool whole = read_json(e, DATA, &data);
    *current = whole ? theme_edit_current(e, &data) : theme_json_object();
    e->form.current = current;
    return theme_form_open(&e->form);
}

static bool texts_same(const struct theme_edit *e, const struct theme_change *ch) {
    for (size_t i = 0; i < ch->text_count; i++) {
        const struct theme_text *n = &ch->texts[i];
        struct str now = S("");
        for (size_t k = 0; k < e->form.text_count; k++) {
            const struct theme_text *t = &e->form.texts[k];
            if (str_eq(t->lang, n->lang) && str_eq(t->file, n->file) && str_eq(t->path, n->path))
                now = t->value;
        }
        if (!str_eq(now, n->value)) return false;
    }
    return true;
}

static bool stale(struct theme_edit *e, bool *saved_out) {
    bool found;
    *saved_out = false;
    desk_fail_key(&e->d, NULL, "desk.theme.stale");
    e->d.rs->status = 409;
    return find(e->d.c, e->entry.id, &e->entry, &found);
}

bool theme_edit_save(struct theme_edit *e, const struct theme_change *ch, bool *saved_out) {
    struct ctx *c = e->d.c;
    struct theme_file v[2];
    struct buf b = buf_new(c->arena, THEME_FILE_MAX);
    bool root = ch->root && !theme_json_same(ch->root, &e->root), texts = !texts_same(e, ch);
    size_t n = 0;
    *saved_out = true;
    if (!root && !texts) return true;
    if (e->stale) return stale(e, saved_out);
    if (root) {
        theme_json_write(&b, ch->root);
        v[n++] = (struct theme_file){e->file, buf_str(&b)};
    }
    if (root && !buf_ok(&b)) {
        *saved_out = false;
        desk_fail_key(&e->d, NULL, "desk.theme.too_large");
        return true;
    }
    if (texts) TRY(themes_texts_change(c, e->entry.id, ch->texts, ch->text_count, &v[n++]));
    struct themes_work w = {.theme_id = e->entry.id,
                            .expected = e->entry.revision_id,
                            .files = {v, n, 0},
                            .note = ch->note};
    if (themes_run(c, THEMES_SAVE, &w)) return true;
    if (c->err.code != ERR_CONFLICT) return false;
    err_clear(&c->err);
    return stale(e, saved_out);
}
