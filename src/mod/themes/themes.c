// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "core/check.h"
#include "core/i18n.h"
#include "mod/themes/private.h"

enum { PREVIEW_DAYS = 7 };

static struct themes_entry entry_of(const struct themes_row *r) {
    return (struct themes_entry){
        .id = r->id,
        .revision_id = r->revision_id,
        .revision = r->revision,
        .live_revision_id = r->live_revision_id,
        .name = r->name,
        .built_in = r->built_in,
        .live = r->live,
        .changed_at = r->changed_at,
        .live_since = r->live_since,
    };
}

bool themes_list(struct ctx *c, struct themes_entries *out) {
    struct themes_row_rows rows = {0};
    TRY(themes_all_all(&c->db, &rows));
    *out = (struct themes_entries){ARENA_ARRAY(c->arena, struct themes_entry, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++) out->v[i] = entry_of(&rows.v[i]);
    return true;
}

bool themes_find(struct ctx *c, struct str name, struct themes_entry *out, bool *found_out) {
    struct themes_entries all;
    int64_t id = 0;
    *found_out = false;
    TRY(themes_list(c, &all));
    bool number = str_to_int(name, &id);
    for (int pass = 0; pass < 2 && !*found_out; pass++)
        for (size_t i = 0; i < all.n && !*found_out; i++) {
            bool same = pass == 0 ? str_eq(all.v[i].name, name) : number && all.v[i].id == id;
            if (!same) continue;
            *out = all.v[i];
            *found_out = true;
        }
    return true;
}

static bool first_error(struct ctx *c, const struct theme_findings *f) {
    for (size_t i = 0; i < f->n; i++) {
        const struct theme_finding *e = &f->v[i];
        if (e->severity != THEME_ERROR) continue;
        err_set(&c->err, ERR_INVALID,
                "The theme has errors and was not published: " STR_FMT ", line %d: " STR_FMT,
                STR_ARG(e->file), e->line, STR_ARG(e->message));
        return err_hint(&c->err, "Mend them and add the theme again; what is live stays live.");
    }
    return err_set(&c->err, ERR_INVALID, "The theme has errors and was not published.");
}

// Nothing that cannot be shown becomes what visitors see: checked and loaded, as they will load it.
static bool fit(struct ctx *c, const struct theme_files *files, struct theme_findings *f) {
    const struct theme_host *host = themes_host(c->shop);
    struct theme_load_in in = {.files = files,
                               .host = host,
                               .asset_prefix = S(THEMES_ASSETS),
                               .locale = str_c(lang_code(lang_first(c)))};
    struct arena a = {0};
    struct theme *loaded;
    TRY(theme_check(c->arena, files, host, f, &c->err));
    if (f->errors) return first_error(c, f);
    bool ok = theme_load(&a, &in, &loaded, &c->err);
    arena_done(&a);
    return ok;
}

bool themes_fit(struct ctx *c, int64_t theme_id, int64_t *revision_id_out,
                struct theme_findings *findings) {
    struct themes_revision_last last = {0};
    struct theme_findings own = {.arena = c->arena};
    struct theme_files files;
    bool found;
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such theme.");
    *revision_id_out = last.id;
    TRY(themes_files(c, theme_id, &files));
    return fit(c, &files, findings ? findings : &own);
}

static bool go_live(struct ctx *c, int64_t theme_id, const struct themes_publication_add_in *in,
                    const char *action) {
    int64_t id;
    TRY(themes_publication_add(&c->db, in, &id));
    tx_bump(c, "theme", 0);
    return audit_write(c, &(struct audit){"theme", theme_id, action, {0}});
}

static struct str actor_name(const struct ctx *c) {
    return c->actor.name.p ? c->actor.name : S("system");
}

bool themes_publish(struct ctx *c, int64_t theme_id, int64_t revision_id) {
    ensure(c->db.writing);
    struct themes_revision_last last = {0};
    struct themes_live live = {0};
    bool found;
    TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found));
    if (!found) return err_set(&c->err, ERR_NOT_FOUND, "There is no such theme.");
    if (last.id != revision_id)
        return err_set(&c->err, ERR_CONFLICT,
                       "The theme was changed by somebody else meanwhile; look at it and publish "
                       "again.");
    TRY(themes_live(&c->db, &live, &found));
    if (found && live.revision_id == last.id) return true;
    struct themes_publication_add_in in = {
        .revision_id = last.id, .actor = actor_name(c), .at = c->now};
    return go_live(c, theme_id, &in, "theme.publish");
}

// A publication that went back stands for the one it went back to; what was live before it is what
// was live before that one.
bool themes_rollback(struct ctx *c, struct themes_entry *now_live_out) {
    ensure(c->db.writing);
    struct themes_live live = {0};
    struct themes_publication_before before = {0};
    struct themes_revision_get row = {0};
    bool found;
    TRY(themes_live(&c->db, &live, &found));
    int64_t base = live.has_back_to ? live.back_to : live.id;
    if (found)
        TRY(themes_publication_before(&c->db, &(struct themes_publication_before_in){base}, &before,
                                      &found));
    if (!found)
        return err_set(&c->err, ERR_NOT_FOUND,
                       "There is nothing to go back to: no other theme was live before.");
    struct themes_publication_add_in in = {
        .revision_id = before.revision_id,
        .has_back_to = true,
        .back_to = before.has_back_to ? before.back_to : before.id,
        .actor = actor_name(c),
        .at = c->now,
    };
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){before.revision_id}, &row,
                            &found));
    *now_live_out = (struct themes_entry){.id = row.theme_id,
                                          .revision_id = row.id,
                                          .revision = row.number,
                                          .live_revision_id = row.id,
                                          .name = row.name,
                                          .built_in = row.built_in,
                                          .live = true,
                                          .live_since = c->now};
    return go_live(c, row.theme_id, &in, "theme.rollback");
}

bool themes_preview_link(struct ctx *c, int64_t theme_id, struct str *url_out) {
    ensure(c->db.writing);
    struct world *w = ctx_world(c);
    struct str token = token_new(c->arena, w->random, w->self);
    int64_t id;
    TRY(themes_preview_clean(&c->db, &(struct themes_preview_clean_in){c->now}));
    struct themes_preview_add_in in = {theme_id, token_hash(c->arena, token),
                                       c->now + PREVIEW_DAYS * DAY};
    TRY(themes_preview_add(&c->db, &in, &id));
    *url_out = url_absolute(c, arena_fmt(c->arena, "/?preview_theme=" STR_FMT, STR_ARG(token)));
    return true;
}

static void stop(struct shop *s) { themes_stop(s); }

static const struct check checks[] = {
    {"themes.live", "No theme is live. Publish one: kontor theme publish DIR NAME.",
     &themes_check_live_query, NULL},
    {"themes.revisions", "A theme's saved states are not complete. Restore a backup.",
     &themes_check_revisions_query, NULL},
    {"themes.files", "A file of a theme has lost its content. Restore a backup.",
     &themes_check_files_query, NULL},
    {0},
};
static const struct permission perms[] = {
    {"theme.write",
     "Themes einrichten und gestalten (deren Skripte laufen im Shop: nur Vertrauten geben)",
     "Set up and design themes (their scripts run in the shop: for people you trust)"},
    {"theme.publish", "Themes veröffentlichen", "Publish themes"},
    {0},
};
static const struct job_kind jobs[] = {
    {"themes.clean", themes_clean_job, 0, 24 * 3600},
    {0},
};
const struct module themes_module = {
    .name = "themes",
    .needs = (const char *const[]){NULL},
    .queries = themes_sql_queries,
    .query_count = &themes_sql_query_count,
    .perms = perms,
    .checks = checks,
    .jobs = jobs,
    .stop = stop,
};
