// SPDX-License-Identifier: Apache-2.0
// Names that stand as literals in Liquid: files of the theme and keys of its locales. What is
// computed cannot be known here.
#include "theme/check_private.h"
#include "theme/scan.h"

struct naming_tag {
    const char *tag, *folder, *ending;
};
static const struct naming_tag tags[] = {
    {"render", "snippets", ".liquid"},  {"include", "snippets", ".liquid"},
    {"section", "sections", ".liquid"}, {"sections", "sections", ".json"},
    {"layout", "layout", ".liquid"},
};

static void check_file(struct theme_checking *c, const struct theme_file *f, int line,
                       const struct naming_tag *t, struct str name) {
    if (!name.p || theme_has_file(c, t->folder, name, t->ending)) return;
    struct str shown = theme_shown(name);
    WRONG(c, f->path, line, "{%% %s %%} names %s/" STR_FMT "%s, which is not there.", t->tag,
          t->folder, STR_ARG(shown), t->ending);
}

static void check_tag(struct theme_checking *c, const struct theme_file *f,
                      const struct theme_found *found) {
    static const struct naming_tag block = {"content_for", "blocks", ".liquid"};
    struct str first = theme_scan_literal(found->markup, NULL);
    for (size_t i = 0; i < ARRAY_LEN(tags); i++)
        if (str_eq(str_c(tags[i].tag), found->name)) check_file(c, f, found->line, &tags[i], first);
    if (str_eq(found->name, S("content_for")) && str_eq(first, S("block")))
        check_file(c, f, found->line, &block, theme_scan_named(found->markup, "type"));
}

static void check_asset(struct theme_checking *c, const struct theme_file *f, int line,
                        struct str name) {
    if (theme_has_file(c, "assets", name, "") || theme_has_file(c, "assets", name, ".liquid"))
        return;
    WARN(c, f->path, line, "The asset " STR_FMT " is not there.", STR_ARG(theme_shown(name)));
}

static void check_word(struct theme_checking *c, const struct theme_file *f, int line,
                       struct str key) {
    if (!c->has_words || str_starts(key, S("shopify."))) return;
    if (!map_get(&c->words, key))
        WARN(c, f->path, line, "The default locale has no text \"" STR_FMT "\".",
             STR_ARG(theme_shown(key)));
}

static void check_pipes(struct theme_checking *c, const struct theme_file *f,
                        const struct theme_found *found) {
    struct str rest = found->markup, literal, filter;
    while (theme_scan_piped(&rest, &literal, &filter)) {
        if (str_eq(filter, S("asset_url")) || str_eq(filter, S("inline_asset_content")) ||
            str_eq(filter, S("asset_img_url")))
            check_asset(c, f, found->line, literal);
        if (str_eq(filter, S("t")) || str_eq(filter, S("translate")))
            check_word(c, f, found->line, literal);
    }
}

void theme_check_names(struct theme_checking *c, const struct theme_file *f) {
    struct theme_scan s = theme_scan(f->bytes);
    struct theme_found found;
    while (theme_scan_next(&s, &found)) {
        check_tag(c, f, &found);
        check_pipes(c, f, &found);
    }
}

void theme_check_schema_words(struct theme_checking *c, struct str file,
                              const struct theme_json *v) {
    if (v->type == THEME_JSON_STRING && str_starts(v->text, S("t:"))) {
        struct str key = str_from(v->text, 2);
        if (!map_get(&c->schema_words, key) && !map_get(&c->words, key))
            WARN(c, file, v->line, "The schema's default locale has no text \"" STR_FMT "\".",
                 STR_ARG(theme_shown(key)));
    }
    for (size_t i = 0; i < v->n; i++) theme_check_schema_words(c, file, &v->items[i]);
}
