// SPDX-License-Identifier: Apache-2.0
// What a theme's own markup asks of the content security policy. Liquid and comments are blanked
// before; what filters and tags of the room print is known to need nothing.
#include "theme/load.h"

#include "theme/scan.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "<script" with a body that runs
static bool has_script(struct str s) {
    for (size_t at; (at = str_find(s, S("<script"))) != STR_NONE;) {
        s = str_from(s, at + 7);
        size_t end = str_find_char(s, '>');
        struct str tag = str_sub(s, 0, end == STR_NONE ? s.n : end);
        bool data = str_find(tag, S("json")) != STR_NONE;
        if (str_find(tag, S("src=")) == STR_NONE && !data) return true;
    }
    return false;
}

// " onclick="
static bool has_handler(struct str s) {
    for (size_t at; (at = str_find(s, S(" on"))) != STR_NONE;) {
        size_t i = at + 3;
        while (i < s.n && is_letter(s.p[i])) i++;
        if (i > at + 3 && i + 1 < s.n && s.p[i] == '=' && (s.p[i + 1] == '"' || s.p[i + 1] == '\''))
            return true;
        s = str_from(s, i);
    }
    return false;
}

static bool has_style(struct str s) {
    return str_find(s, S(" style=")) != STR_NONE || str_find(s, S("<style")) != STR_NONE;
}

void theme_load_needs(struct theme_load *l) {
    struct theme_needs *n = &l->t->needs;
    struct arena scratch = {0};
    for (size_t i = 0; i < l->t->files.n; i++) {
        const struct theme_file *f = &l->t->files.v[i];
        bool liquid = str_ends(f->path, S(".liquid"));
        if (!liquid && !str_ends(f->path, S(".js"))) continue;
        n->shopify_script = n->shopify_script || str_find(f->bytes, S("Shopify.")) != STR_NONE;
        if (!liquid || str_starts(f->path, S("assets/"))) continue;
        struct str markup = theme_scan_markup(&scratch, f->bytes);
        n->inline_script = n->inline_script || has_script(markup) || has_handler(markup);
        n->inline_style = n->inline_style || has_style(markup);
        arena_reset(&scratch);
    }
    arena_done(&scratch);
}
