// SPDX-License-Identifier: Apache-2.0
#include "mod/themes/run.h"

static bool add(struct ctx *c, struct themes_work *w) {
    return themes_add(c, &w->files, w->name, &w->theme_id);
}

static bool replace(struct ctx *c, struct themes_work *w) {
    struct theme_files old;
    TRY(themes_files(c, w->theme_id, &old));
    size_t n = w->files.n;
    struct theme_file *v = ARENA_ARRAY(c->arena, struct theme_file, n + old.n);
    if (n) memcpy(v, w->files.v, n * sizeof *v);
    for (size_t i = 0; i < old.n; i++) {
        bool stays = theme_file_find(&w->files, old.v[i].path) ||
                     str_eq(old.v[i].path, S(THEMES_TEXTS_FILE));
        if (!stays) v[n++] = (struct theme_file){old.v[i].path, {0}};
    }
    struct theme_files changes = {v, n, 0};
    return themes_save(c, w->theme_id, w->expected, &changes, "replace", &w->revision_id);
}

static bool save(struct ctx *c, struct themes_work *w) {
    return themes_save(c, w->theme_id, w->expected, &w->files, w->note ? w->note : "save",
                       &w->revision_id);
}

static bool duplicate(struct ctx *c, struct themes_work *w) {
    return themes_duplicate(c, w->theme_id, w->name, &w->theme_id);
}

static bool take_away(struct ctx *c, struct themes_work *w) {
    return themes_remove(c, w->theme_id);
}

static bool publish(struct ctx *c, struct themes_work *w) {
    return themes_publish(c, w->theme_id, w->revision_id);
}

static bool go_back(struct ctx *c, struct themes_work *w) { return themes_rollback(c, &w->entry); }

static bool preview(struct ctx *c, struct themes_work *w) {
    return themes_preview_link(c, w->theme_id, &w->url);
}

static bool restore(struct ctx *c, struct themes_work *w) {
    return themes_restore(c, w->theme_id, w->revision_id, &w->revision_id);
}

struct run {
    bool (*call)(struct ctx *c, struct themes_work *w);
    struct themes_work *work;
    struct themes_work before; // a transaction may run twice
};

static bool body(struct ctx *c, void *self, bool *keep) {
    struct run *r = self;
    (void)keep;
    *r->work = r->before;
    return r->call(c, r->work);
}

bool themes_run(struct ctx *c, enum themes_step step, struct themes_work *w) {
    static bool (*const calls[])(struct ctx *, struct themes_work *) = {
        [THEMES_ADD] = add,          [THEMES_REPLACE] = replace,
        [THEMES_SAVE] = save,        [THEMES_DUPLICATE] = duplicate,
        [THEMES_REMOVE] = take_away, [THEMES_PUBLISH] = publish,
        [THEMES_ROLLBACK] = go_back, [THEMES_PREVIEW] = preview,
        [THEMES_RESTORE] = restore,
    };
    if (w->findings) *w->findings = (struct theme_findings){.arena = c->arena};
    if (step == THEMES_PUBLISH) TRY(themes_fit(c, w->theme_id, &w->revision_id, w->findings));
    return tx_run(c, body, &(struct run){calls[step], w, *w});
}
