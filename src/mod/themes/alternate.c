// SPDX-License-Identifier: Apache-2.0
#include "mod/themes/alternate.h"

#include "core/kept.h"
#include "mod/themes/themes.h"
#include "themes_sql.h"

enum { SUFFIX_MAX = 64 };

static bool is_suffix(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
        if (!ok) return false;
    }
    return s.n <= SUFFIX_MAX;
}

bool themes_alternate_of(struct ctx *c, const char *object, int64_t id, struct str *suffix_out) {
    struct theme_alternates_rows rows = {0};
    struct kept_topics topics = {0};
    *suffix_out = S("");
    kept_topic(&topics, "alternate", 0);
    TRY(kept_all_of(c, &theme_alternates_query, NULL, &topics, &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].object_id == id && str_eq(rows.v[i].object, str_c(object)))
            *suffix_out = rows.v[i].suffix;
    return true;
}

bool themes_alternate_set(struct ctx *c, const char *object, int64_t id, struct str suffix) {
    struct str now;
    TRY(themes_alternate_of(c, object, id, &now));
    if (str_eq(now, suffix)) return true;
    if (!is_suffix(suffix)) {
        err_field(&c->err, "template");
        return err_set(&c->err, ERR_INVALID,
                       "The name of a template has letters, digits and hyphens.");
    }
    struct str kind = str_c(object);
    if (suffix.n)
        TRY(theme_alternate_put(&c->db, &(struct theme_alternate_put_in){kind, id, suffix}));
    else
        TRY(theme_alternate_drop(&c->db, &(struct theme_alternate_drop_in){kind, id}));
    tx_bump(c, "alternate", 0);
    tx_bump(c, object, id);
    return true;
}

// "templates/product.wide.json" → "wide"; absent: another file.
static struct str suffix_of(struct str path, struct str start) {
    static const struct str ends[] = {S_INIT(".json"), S_INIT(".liquid")};
    if (!str_starts(path, start)) return (struct str){0};
    struct str rest = str_from(path, start.n);
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (rest.n > ends[i].n && str_ends(rest, ends[i]))
            return str_sub(rest, 0, rest.n - ends[i].n);
    return (struct str){0};
}

struct str themes_alternates(struct ctx *c, const char *name, struct str current) {
    struct themes_hold h;
    struct buf b = buf_new(c->arena, 0);
    struct str start = arena_fmt(c->arena, "templates/%s.", name);
    bool there = !current.n;
    themes_take(c, THEMES_LIVE, &h);
    const struct theme_files *files = h.theme ? theme_files(h.theme) : NULL;
    for (size_t i = 0; files && i < files->n; i++) {
        struct str suffix = suffix_of(files->v[i].path, start);
        if (!suffix.n || !is_suffix(suffix)) continue;
        if (b.n) buf_char(&b, '|');
        buf_put(&b, suffix);
        there = there || str_eq(suffix, current);
    }
    if (!there) buf_fmt(&b, "%s" STR_FMT, b.n ? "|" : "", STR_ARG(current));
    if (h.theme) themes_release(&h);
    return buf_str(&b);
}
