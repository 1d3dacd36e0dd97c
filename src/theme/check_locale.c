// SPDX-License-Identifier: Apache-2.0
// locales/: one <language>.default.json and at most one <language>.default.schema.json, whose keys
// the other languages have, too (translations.json of theme-liquid-docs).
#include "theme/check_private.h"

enum { KEY_MAX = 200 };

struct locale {
    struct arena *arena; // its words live there
    const struct theme_file *file;
    struct theme_json v;
    struct map words;
};
struct counting {
    struct theme_checking *c;
    struct locale *l;
    const struct map *known; // NULL: of the default locale itself
    size_t unknown;
};

static bool is_plural(const struct theme_json *v) {
    static const char *const forms[] = {"zero", "one", "two", "few", "many", "other", NULL};
    for (size_t i = 0; i < v->n; i++)
        if (!theme_word_in(forms, v->keys[i])) return false;
    return v->n > 0;
}

static void check_plural(struct counting *n, const struct theme_json *v, struct str key) {
    bool other = theme_json_get(v, "other") != NULL;
    for (size_t i = 0; i < v->n; i++)
        if (v->items[i].type != THEME_JSON_STRING)
            WARN(n->c, n->l->file->path, v->items[i].line, "A form of a plural must be a text.");
    if (!other)
        WARN(n->c, n->l->file->path, v->line, "The plural \"" STR_FMT "\" has no form \"other\".",
             STR_ARG(theme_shown(key)));
}

static void take_word(struct counting *n, const struct theme_json *v, struct str key) {
    map_set(n->l->arena, &n->l->words, key, n->l);
    if (!n->known || map_get(n->known, key)) return;
    if (n->unknown++ == 0)
        WARN(n->c, n->l->file->path, v->line, "The default locale has no text \"" STR_FMT "\".",
             STR_ARG(theme_shown(key)));
}

static void walk(struct counting *n, const struct theme_json *v, struct str prefix) {
    for (size_t i = 0; i < v->n; i++) {
        const struct theme_json *item = &v->items[i];
        struct str key = arena_fmt(n->l->arena, STR_FMT "%s" STR_FMT, STR_ARG(prefix),
                                   prefix.n ? "." : "", STR_ARG(v->keys[i]));
        if (key.n > KEY_MAX) {
            WARN(n->c, n->l->file->path, item->line, "A key of a text is longer than %d bytes.",
                 KEY_MAX);
        } else if (item->type == THEME_JSON_OBJECT && is_plural(item)) {
            check_plural(n, item, key);
            take_word(n, item, key);
        } else if (item->type == THEME_JSON_OBJECT) {
            walk(n, item, key);
        } else if (item->type == THEME_JSON_STRING) {
            take_word(n, item, key);
        } else {
            WARN(n->c, n->l->file->path, item->line, "\"" STR_FMT "\" must be a text.",
                 STR_ARG(theme_shown(key)));
        }
    }
}

static bool read_locale(struct theme_checking *c, struct locale *l, const struct map *known) {
    if (!theme_json_parse(l->arena, l->file->path, l->file->bytes, 1, &l->v, c->out)) return false;
    if (l->v.type != THEME_JSON_OBJECT) {
        WRONG(c, l->file->path, l->v.line, "A locale must be an object.");
        return false;
    }
    struct counting n = {c, l, known, 0};
    walk(&n, &l->v, S(""));
    if (n.unknown > 1)
        WARN(c, l->file->path, 0, "%zu texts of this file are not in the default locale.",
             n.unknown);
    return true;
}

static bool is_locale(const struct theme_file *f, const char *ending) {
    return str_starts(f->path, S("locales/")) && str_ends(f->path, str_c(ending));
}

static const struct theme_file *default_of(struct theme_checking *c, const char *ending) {
    const struct theme_file *first = NULL;
    for (size_t i = 0; i < c->files->n; i++) {
        const struct theme_file *f = &c->files->v[i];
        if (!is_locale(f, ending)) continue;
        if (first)
            WRONG(c, f->path, 0, STR_FMT " is a default locale, too; there can be one.",
                  STR_ARG(first->path));
        else
            first = f;
    }
    return first;
}

static void tell_missing(struct theme_checking *c, const struct locale *l,
                         const struct map *words) {
    size_t missing = 0, example = 0;
    for (size_t i = 0; i < words->n; i++) {
        if (map_get(&l->words, words->v[i].key)) continue;
        if (missing++ == 0) example = i;
    }
    if (missing)
        NOTE(c, l->file->path, 0, "%zu texts are not translated, the first is \"" STR_FMT "\".",
             missing, STR_ARG(theme_shown(words->v[example].key)));
}

static bool check_kind(struct theme_checking *c, bool schema, struct map *words_out) {
    const char *ending = schema ? ".default.schema.json" : ".default.json";
    struct locale main = {.arena = c->arena, .file = default_of(c, ending)};
    bool ok = main.file && read_locale(c, &main, NULL);
    if (ok) *words_out = main.words;
    for (size_t i = 0; i < c->files->n; i++) {
        const struct theme_file *f = &c->files->v[i];
        struct locale l = {.arena = &c->scratch, .file = f};
        if (!is_locale(f, ".json") || is_locale(f, ending)) continue;
        if (is_locale(f, ".schema.json") != schema) continue;
        if (read_locale(c, &l, ok ? &main.words : NULL) && ok) tell_missing(c, &l, &main.words);
        arena_reset(&c->scratch);
    }
    return ok;
}

void theme_check_locales(struct theme_checking *c) {
    c->has_words = check_kind(c, false, &c->words);
    c->has_schema_words = check_kind(c, true, &c->schema_words);
    if (!c->has_words)
        WARN(c, S("locales"), 0, "There is no default locale, such as locales/en.default.json.");
}
