// SPDX-License-Identifier: Apache-2.0
// What went wrong while pages were written, for the desk: counted by place and sentence.
#include "core/app.h"
#include "mod/themes/private.h"

enum { PROBLEM_ROWS = 100, PROBLEM_BYTES = 300, KEPT_DAYS = 30 };

// One theme that fails everywhere must not silence the others, nor what is told already.
static bool add(struct ctx *c, void *self, bool *keep) {
    const struct themes_problem_add_in *in = self;
    struct themes_problem_count count = {0};
    bool found;
    (void)keep;
    TRY(themes_problem_count(&c->db, &(struct themes_problem_count_in){in->revision_id}, &count,
                             &found));
    if (count.n < PROBLEM_ROWS) return themes_problem_add(&c->db, in);
    return themes_problem_again(&c->db,
                                &(struct themes_problem_again_in){in->revision_id, in->file,
                                                                  in->line, in->message, in->now});
}

// A page that is asked for often must not write often.
static bool told_lately(struct ctx *c, const struct themes_problem_add_in *in) {
    struct themes_state *s = themes_state(c->shop);
    if (!s) return false;
    uint64_t hash = (str_hash(in->message) * 31 + str_hash(in->file)) * 31 +
                    (uint64_t)in->revision_id * 1000003 + (uint64_t)in->line;
    struct themes_told *t = &s->told[hash % ARRAY_LEN(s->told)];
    pthread_mutex_lock(&s->lock);
    bool lately = t->hash == hash && c->now - t->at < MINUTE;
    if (!lately) *t = (struct themes_told){hash, c->now};
    pthread_mutex_unlock(&s->lock);
    return lately;
}

void themes_problem(struct ctx *c, const struct themes_hold *h, struct str file, int line,
                    struct str message) {
    struct themes_problem_add_in in = {
        .revision_id = h->revision_id,
        .file = str_utf8_cut(file, PROBLEM_BYTES),
        .line = line,
        .message = str_utf8_cut(message, PROBLEM_BYTES),
        .now = c->now,
    };
    if (told_lately(c, &in)) return;
    struct str where = arena_fmt(c->arena, "%d", line);
    LOG(&ctx_world(c)->log, c->now, LOG_WARN, "theme.problem", {"file", in.file}, {"line", where},
        {"message", in.message});
    if (!h->revision_id || c->db.writing) return; // the program's own theme is watched by tests
    struct err before = c->err;
    if (!tx_run(c, add, &in)) c->err = before;
}

bool themes_problems_of(struct ctx *c, int64_t theme_id, struct themes_told_list *out) {
    struct themes_problems_rows rows = {0};
    struct themes_problems_in in = {.has_theme_id = theme_id != 0, .theme_id = theme_id};
    TRY(themes_problems_all(&c->db, &in, &rows));
    out->v = ARENA_ARRAY(c->arena, struct themes_told_row, rows.n);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct themes_problems *r = &rows.v[i];
        out->v[i] = (struct themes_told_row){
            .theme = r->theme,
            .file = r->file,
            .message = r->message,
            .revision = r->revision,
            .line = r->line,
            .times = r->times,
            .first_at = r->first_at,
            .last_at = r->last_at,
        };
    }
    return true;
}

static bool clean(struct ctx *c, void *self, bool *keep) {
    (void)self;
    (void)keep;
    TRY(themes_preview_clean(&c->db, &(struct themes_preview_clean_in){c->now}));
    return themes_problem_clean(&c->db,
                                &(struct themes_problem_clean_in){c->now - KEPT_DAYS * DAY});
}

enum job_result themes_clean_job(struct ctx *c, const struct json *payload) {
    (void)payload;
    return tx_run(c, clean, NULL) ? JOB_DONE : JOB_RETRY;
}
