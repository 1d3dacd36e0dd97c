// SPDX-License-Identifier: Apache-2.0
#include "mod/contact/newsletter.h"

#include "contact_sql.h"
#include "core/check.h"
#include "http/form.h"

enum { WORDS_MAX = 2000, PAGE_MAX = 500 };

static bool note(struct ctx *c, int64_t id, const char *kind, struct str page, struct str words) {
    int64_t event;
    return newsletter_event_add(
        &c->db,
        &(struct newsletter_event_add_in){.member_id = id,
                                          .kind = str_c(kind),
                                          .page = str_utf8_cut(page.p ? page : S(""), PAGE_MAX),
                                          .words = str_utf8_cut(words.p ? words : S(""), WORDS_MAX),
                                          .now = c->now},
        &event);
}

static bool may_write(struct ctx *c, const struct newsletter_by_email *m) {
    if (str_eq(m->state, S("active"))) return false;
    if (m->asked_at > c->now - NEWSLETTER_PAUSE) return false;
    return m->mails < NEWSLETTER_MAILS_MAX || m->asked_at < c->now - NEWSLETTER_WAIT;
}

bool newsletter_ask(struct ctx *c, struct str email, struct str page, struct str words,
                    bool *mail_out, int64_t *id_out) {
    ensure(c->db.writing);
    struct newsletter_by_email m = {0};
    struct str lang = str_c(lang_code(c->lang));
    bool found;
    *mail_out = false;
    TRY(newsletter_by_email(&c->db, &(struct newsletter_by_email_in){email_key(c->arena, email)},
                            &m, &found));
    *id_out = m.id;
    if (found && !may_write(c, &m)) return true;
    *mail_out = true;
    bool fresh = m.asked_at < c->now - NEWSLETTER_WAIT;
    if (found)
        TRY(newsletter_asked(
            &c->db, &(struct newsletter_asked_in){m.id, lang, fresh ? 1 : m.mails + 1, c->now}));
    else
        TRY(newsletter_insert(
            &c->db, &(struct newsletter_insert_in){email_key(c->arena, email), lang, c->now},
            id_out));
    return note(c, *id_out, "asked", page, words);
}

static bool settle(struct ctx *c, const struct newsletter_by_id *m, const char *state,
                   const char *kind, struct str words) {
    struct str lang = str_c(lang_code(c->lang));
    TRY(newsletter_settle(&c->db,
                          &(struct newsletter_settle_in){m->id, str_c(state), lang, c->now}));
    return note(c, m->id, kind, S(""), words);
}

static bool step(struct ctx *c, int64_t id, const char *state, const char *kind, struct str words,
                 enum newsletter_verdict *out) {
    struct newsletter_by_id m;
    bool found;
    ensure(c->db.writing);
    *out = NEWSLETTER_OVER;
    TRY(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){id}, &m, &found));
    if (!found) return true;
    *out = str_eq(m.state, str_c(state)) ? NEWSLETTER_ALREADY : NEWSLETTER_OK;
    return *out == NEWSLETTER_ALREADY || settle(c, &m, state, kind, words);
}

bool newsletter_confirm(struct ctx *c, int64_t id, struct str words, enum newsletter_verdict *out) {
    return step(c, id, "active", "confirmed", words, out);
}
bool newsletter_leave(struct ctx *c, int64_t id, enum newsletter_verdict *out) {
    return step(c, id, "left", "left", (struct str){0}, out);
}

bool newsletter_forget(struct ctx *c, int64_t id) {
    ensure(c->db.writing);
    TRY(newsletter_events_drop(&c->db, &(struct newsletter_events_drop_in){id}));
    TRY(newsletter_drop(&c->db, &(struct newsletter_drop_in){id}));
    return audit_write(c, &(struct audit){"newsletter", id, "newsletter.forget", {0}});
}

// ---- links

static struct str said(struct arena *a, const struct newsletter_who *w) {
    return arena_fmt(a, "%lld\n%lld\n" STR_FMT, (long long)w->id,
                     w->step == NEWSLETTER_CONFIRM ? (long long)w->asked_at : 0LL,
                     STR_ARG(w->email));
}
static const char *purpose(enum newsletter_step s) {
    return s == NEWSLETTER_CONFIRM ? "newsletter-confirm" : "newsletter-leave";
}

struct str newsletter_token(struct ctx *c, const struct newsletter_who *w) {
    return token_mac(c->arena, &c->shop->key, purpose(w->step), said(c->arena, w));
}

bool newsletter_of_token(struct ctx *c, int64_t id, enum newsletter_step s, struct str token,
                         struct newsletter_who *out, bool *found_out) {
    struct newsletter_by_id m;
    TRY(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){id}, &m, found_out));
    if (!*found_out) return true;
    *out = (struct newsletter_who){m.id, m.email, m.asked_at, s};
    bool late = s == NEWSLETTER_CONFIRM && m.asked_at < c->now - NEWSLETTER_WAIT;
    *found_out = !late && token_mac_ok(&c->shop->key, purpose(s), said(c->arena, out), token);
    return true;
}

// ---- forgetting

static bool forget_all(struct ctx *c, void *self, bool *keep) {
    const struct newsletter_over_rows *rows = self;
    (void)keep;
    for (size_t i = 0; i < rows->n; i++) TRY(newsletter_forget(c, rows->v[i].id));
    return true;
}
static enum job_result clean(struct ctx *c, const struct json *payload) {
    struct newsletter_over_rows rows = {0};
    (void)payload;
    struct newsletter_over_in in = {c->now - NEWSLETTER_WAIT, c->now - NEWSLETTER_PROOF};
    if (!newsletter_over_all(&c->db, &in, &rows)) return JOB_RETRY;
    return !rows.n || tx_run(c, forget_all, &rows) ? JOB_DONE : JOB_RETRY;
}

static const struct job_kind jobs[] = {
    {.name = "newsletter.clean", .run = clean, .every_s = 24 * 3600},
    {0},
};
static const struct permission perms[] = {
    {"contact.newsletter", "Newsletter-Empfänger sehen, ausgeben und löschen",
     "See, export and erase newsletter recipients"},
    {0},
};
static const struct check checks[] = {
    {"contact.newsletter",
     "A newsletter recipient has no proof of consent. Do not write to it; erase it on the desk.",
     &contact_check_newsletter_query, NULL},
    {0},
};
const struct module contact_module = {
    .name = "contact",
    .needs = (const char *const[]){NULL},
    .queries = contact_sql_queries,
    .query_count = &contact_sql_query_count,
    .perms = perms,
    .jobs = jobs,
    .checks = checks,
};
