// SPDX-License-Identifier: Apache-2.0
// Files of themes in the database: each content once, a revision as a list of paths.
#include "mod/themes/private.h"

bool themes_revision_files_of(struct ctx *c, int64_t revision_id, bool built_in,
                              struct theme_files *out) {
    struct themes_revision_files_rows rows = {0};
    TRY(themes_revision_files_all(&c->db, &(struct themes_revision_files_in){revision_id}, &rows));
    struct theme_files own = {ARENA_ARRAY(c->arena, struct theme_file, rows.n), rows.n, 0};
    for (size_t i = 0; i < rows.n; i++)
        own.v[i] = (struct theme_file){rows.v[i].path, rows.v[i].bytes};
    *out = own;
    const struct themes_state *s = themes_state(c->shop);
    if (built_in && s) *out = theme_files_overlay(c->arena, &s->built_in_files, &own);
    return true;
}

bool themes_files(struct ctx *c, int64_t theme_id, struct theme_files *out) {
    struct themes_revision_last last = {0};
    struct themes_revision_get row = {0};
    bool found;
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such theme.");
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){last.id}, &row, &found));
    return themes_revision_files_of(c, last.id, found && row.built_in, out);
}

static bool blob_id(struct ctx *c, struct str bytes, int64_t *id_out) {
    struct themes_blob_find row = {0};
    struct str hash = token_hash(c->arena, bytes);
    bool found;
    TRY(themes_blob_find(&c->db, &(struct themes_blob_find_in){hash}, &row, &found));
    *id_out = row.id;
    return found || themes_blob_add(&c->db, &(struct themes_blob_add_in){hash, bytes}, id_out);
}

static bool put_file(struct ctx *c, int64_t revision_id, bool built_in,
                     const struct theme_file *f) {
    struct themes_file_put_in in = {.revision_id = revision_id, .path = f->path};
    if (!f->bytes.p && !built_in)
        return themes_file_drop(&c->db, &(struct themes_file_drop_in){revision_id, f->path});
    in.has_blob_id = f->bytes.p != NULL;
    if (in.has_blob_id) TRY(blob_id(c, f->bytes, &in.blob_id));
    return themes_file_put(&c->db, &in);
}

static bool revision_new(struct ctx *c, int64_t theme_id, int64_t number, const char *note,
                         int64_t *id_out) {
    struct themes_revision_add_in in = {theme_id, number, str_c(note), c->actor.name, c->now};
    if (!in.actor.p) in.actor = S("system");
    return themes_revision_add(&c->db, &in, id_out);
}

static bool put_files(struct ctx *c, int64_t revision_id, bool built_in,
                      const struct theme_files *f) {
    for (size_t i = 0; i < f->n; i++) TRY(put_file(c, revision_id, built_in, &f->v[i]));
    return true;
}

static bool name_free(struct ctx *c, struct str name, bool built_in, int64_t *id_out) {
    struct str clean = str_trim(name);
    if (str_empty(clean) || clean.n > 100 || !str_is_utf8(clean)) {
        err_field(&c->err, "name");
        return err_set(&c->err, ERR_INVALID, "A theme needs a name of at most 100 characters.");
    }
    struct themes_add_row_in in = {clean, built_in, c->now};
    if (themes_add_row(&c->db, &in, id_out)) return true;
    if (c->err.code != ERR_CONFLICT) return false;
    err_field(&c->err, "name");
    return err_set(&c->err, ERR_CONFLICT,
                   "There is a theme named " STR_FMT " already; give this one another name.",
                   STR_ARG(clean));
}

static struct str own_name(struct ctx *c, const struct theme_files *files) {
    struct theme_findings ignored = {.arena = c->arena};
    struct theme_settings_schema schema = {0};
    const struct theme_file *f = theme_file_find(files, S("config/settings_schema.json"));
    if (f) theme_settings_schema_read(c->arena, f, &schema, &ignored);
    return str_empty(schema.theme_name) ? S("Theme") : schema.theme_name;
}

static bool audit(struct ctx *c, int64_t theme_id, const char *action) {
    return audit_write(c, &(struct audit){"theme", theme_id, action, {0}});
}

bool themes_add(struct ctx *c, const struct theme_files *files, struct str name,
                int64_t *theme_id_out) {
    ensure(c->db.writing);
    int64_t revision;
    if (!theme_file_find(files, S("layout/theme.liquid")))
        return err_set(&c->err, ERR_INVALID,
                       "This is no theme: it has no file layout/theme.liquid.");
    if (str_empty(name)) name = own_name(c, files);
    TRY(name_free(c, name, false, theme_id_out));
    TRY(revision_new(c, *theme_id_out, 1, "added", &revision));
    TRY(put_files(c, revision, false, files));
    return audit(c, *theme_id_out, "theme.add");
}

bool themes_save(struct ctx *c, int64_t theme_id, int64_t expected,
                 const struct theme_files *changes, const char *note, int64_t *revision_id_out) {
    ensure(c->db.writing);
    struct themes_revision_last last = {0};
    struct themes_revision_get row = {0};
    bool found;
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such theme.");
    if (expected && expected != last.id)
        return err_set(&c->err, ERR_CONFLICT,
                       "The theme was changed by somebody else meanwhile; load the page again and "
                       "repeat your change.");
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){last.id}, &row, &found));
    for (size_t i = 0; i < changes->n; i++) TRY(theme_path_ok(changes->v[i].path, &c->err));
    TRY(revision_new(c, theme_id, last.number + 1, note, revision_id_out));
    TRY(themes_file_copy(&c->db, &(struct themes_file_copy_in){last.id, *revision_id_out}));
    TRY(put_files(c, *revision_id_out, row.built_in, changes));
    return audit(c, theme_id, "theme.save");
}

bool themes_restore(struct ctx *c, int64_t theme_id, int64_t revision_id,
                    int64_t *revision_id_out) {
    ensure(c->db.writing);
    struct themes_revision_last last = {0};
    struct themes_revision_get row = {0};
    bool found;
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){revision_id}, &row, &found));
    if (!found || row.theme_id != theme_id)
        return err_set(&c->err, ERR_NOT_FOUND, "There is no such state of the theme.");
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    *revision_id_out = last.id;
    if (last.id == revision_id) return true; // it is the newest
    TRY(revision_new(c, theme_id, last.number + 1, "restore", revision_id_out));
    TRY(themes_file_copy(&c->db, &(struct themes_file_copy_in){revision_id, *revision_id_out}));
    return audit(c, theme_id, "theme.restore");
}

bool themes_revisions_of(struct ctx *c, int64_t theme_id, struct themes_revisions *out) {
    struct themes_revision_list_rows rows = {0};
    TRY(themes_revision_list_all(
        &c->db, &(struct themes_revision_list_in){theme_id, THEMES_REVISIONS}, &rows));
    out->v = ARENA_ARRAY(c->arena, struct themes_revision_entry, rows.n + 1);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] =
            (struct themes_revision_entry){rows.v[i].id,    rows.v[i].number,     rows.v[i].note,
                                           rows.v[i].actor, rows.v[i].created_at, rows.v[i].live};
    return true;
}

bool themes_duplicate(struct ctx *c, int64_t theme_id, struct str name, int64_t *theme_id_out) {
    ensure(c->db.writing);
    struct themes_revision_last last = {0};
    struct themes_revision_get row = {0};
    int64_t revision;
    bool found;
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such theme.");
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){last.id}, &row, &found));
    if (str_empty(name)) name = arena_fmt(c->arena, STR_FMT " (2)", STR_ARG(row.name));
    TRY(name_free(c, name, row.built_in, theme_id_out));
    TRY(revision_new(c, *theme_id_out, 1, "duplicate", &revision));
    TRY(themes_file_copy(&c->db, &(struct themes_file_copy_in){last.id, revision}));
    return audit(c, *theme_id_out, "theme.duplicate");
}

bool themes_remove(struct ctx *c, int64_t theme_id) {
    ensure(c->db.writing);
    struct themes_live live = {0};
    struct themes_ever_live ever = {0};
    bool found;
    TRY(themes_live(&c->db, &live, &found));
    if (found && live.theme_id == theme_id)
        return err_set(&c->err, ERR_CONFLICT,
                       "This theme is live; publish another one before it is removed.");
    TRY(themes_ever_live(&c->db, &(struct themes_ever_live_in){theme_id}, &ever, &found));
    TRY(themes_delete_previews(&c->db, &(struct themes_delete_previews_in){theme_id}));
    TRY(audit(c, theme_id, "theme.remove"));
    if (found) return themes_hide(&c->db, &(struct themes_hide_in){theme_id, c->now});
    TRY(themes_delete_problems(&c->db, &(struct themes_delete_problems_in){theme_id}));
    TRY(themes_delete_files(&c->db, &(struct themes_delete_files_in){theme_id}));
    TRY(themes_delete_revisions(&c->db, &(struct themes_delete_revisions_in){theme_id}));
    TRY(themes_delete_row(&c->db, &(struct themes_delete_row_in){theme_id}));
    return themes_delete_blobs(&c->db);
}
