// SPDX-License-Identifier: Apache-2.0
// The merchant's texts in other languages: a list of {lang, file, path, value} in one file of the
// theme, so that they are saved, duplicated and taken back with it.
#include "mod/themes/private.h"

enum { TEXT_MAX = 20000 }; // bytes of one text

void themes_texts_of(struct arena *a, const struct theme_files *f, struct themes_texts *out) {
    const struct theme_file *file = theme_file_find(f, S(THEMES_TEXTS_FILE));
    struct json list;
    struct err ignored = {0};
    *out = (struct themes_texts){0};
    if (!file || !json_parse(a, file->bytes, &list, &ignored) || list.type != JSON_ARRAY) return;
    out->v = ARENA_ARRAY(a, struct theme_text, list.n);
    for (size_t i = 0; i < list.n; i++) {
        const struct json *j = &list.items[i];
        struct theme_text t = {json_text(j, "lang"), json_text(j, "file"), json_text(j, "path"),
                               json_text(j, "value")};
        if (t.lang.p && t.file.p && t.path.p && t.value.p) out->v[out->n++] = t;
    }
}

bool themes_texts(struct ctx *c, int64_t theme_id, struct theme_text **out, size_t *n_out) {
    struct theme_files files;
    struct themes_texts texts;
    TRY(themes_files(c, theme_id, &files));
    themes_texts_of(c->arena, &files, &texts);
    *out = texts.v;
    *n_out = texts.n;
    return true;
}

static void put(struct json_writer *w, const struct theme_text *t) {
    json_begin_object(w);
    json_key(w, "lang");
    json_put_str(w, t->lang);
    json_key(w, "file");
    json_put_str(w, t->file);
    json_key(w, "path");
    json_put_str(w, t->path);
    json_key(w, "value");
    json_put_str(w, t->value);
    json_end_object(w);
}

static bool same_place(const struct theme_text *a, const struct theme_text *b) {
    return str_eq(a->lang, b->lang) && str_eq(a->file, b->file) && str_eq(a->path, b->path);
}

static bool text_ok(struct ctx *c, const struct theme_text *t) {
    if (t->value.n <= TEXT_MAX && str_is_utf8(t->value)) return true;
    err_field(&c->err, arena_str(c->arena, t->path).p);
    return err_set(&c->err, ERR_INVALID, "A text of the theme has at most %d bytes.", TEXT_MAX);
}

bool themes_texts_change(struct ctx *c, int64_t theme_id, const struct theme_text *changes,
                         size_t n, struct theme_file *file_out) {
    struct themes_texts old = {0};
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    TRY(themes_texts(c, theme_id, &old.v, &old.n));
    json_begin_array(&w);
    for (size_t i = 0; i < old.n; i++) {
        bool replaced = false;
        for (size_t k = 0; k < n && !replaced; k++) replaced = same_place(&old.v[i], &changes[k]);
        if (!replaced) put(&w, &old.v[i]);
    }
    for (size_t k = 0; k < n; k++) {
        TRY(text_ok(c, &changes[k]));
        if (changes[k].value.n) put(&w, &changes[k]);
    }
    json_end_array(&w);
    *file_out = (struct theme_file){S(THEMES_TEXTS_FILE), buf_str(&b)};
    return true;
}
