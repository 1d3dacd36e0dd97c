// SPDX-License-Identifier: Apache-2.0
#include "flow/contact.h"

#include "contact_sql.h"
#include "core/app.h"
#include "core/settings.h"
#include "mod/mail/mail.h"

struct str newsletter_words(struct ctx *c) {
    return TR(c, "mail.newsletter.words", {.name = "shop", .text = setting_text(c, "shop.name")},
              {.name = "email", .text = setting_text(c, "shop.email")});
}

struct str newsletter_url(struct ctx *c, const struct newsletter_who *who) {
    const char *step = who->step == NEWSLETTER_CONFIRM ? "confirm" : "leave";
    return url_absolute(c, arena_fmt(c->arena, "/newsletter/%s/%lld/" STR_FMT, step,
                                     (long long)who->id, STR_ARG(newsletter_token(c, who))));
}

static bool confirmation_mail(struct ctx *c, const struct newsletter_who *who) {
    struct liquid_map *data = liquid_map_new(c->arena);
    liquid_set(data, "confirm_url", liquid_text(newsletter_url(c, who)));
    liquid_set(data, "words", liquid_text(newsletter_words(c)));
    return mail_queue(
        c, &(struct mail_new){.kind = "newsletter_confirm",
                              .to = who->email,
                              .lang = c->lang,
                              .data = data,
                              .key = arena_fmt(c->arena, "newsletter:%lld:%lld", (long long)who->id,
                                               (long long)who->asked_at)});
}

struct request_run {
    struct str email, page;
};
static bool request(struct ctx *c, void *self, bool *keep) {
    const struct request_run *r = self;
    struct newsletter_by_id m;
    bool mail, found;
    int64_t id;
    (void)keep;
    TRY(newsletter_ask(c, r->email, r->page, newsletter_words(c), &mail, &id));
    if (!mail) return true;
    TRY(newsletter_by_id(&c->db, &(struct newsletter_by_id_in){id}, &m, &found));
    return confirmation_mail(c,
                             &(struct newsletter_who){id, m.email, m.asked_at, NEWSLETTER_CONFIRM});
}
bool newsletter_request(struct ctx *c, struct str email, struct str page) {
    return tx_run(c, request, &(struct request_run){email, page});
}

struct step_run {
    const struct newsletter_who *who;
    enum newsletter_verdict *out;
};
static bool step(struct ctx *c, void *self, bool *keep) {
    struct step_run *r = self;
    (void)keep;
    if (r->who->step == NEWSLETTER_LEAVE) return newsletter_leave(c, r->who->id, r->out);
    return newsletter_confirm(c, r->who->id, newsletter_words(c), r->out);
}
bool newsletter_do(struct ctx *c, const struct newsletter_who *who, enum newsletter_verdict *out) {
    return tx_run(c, step, &(struct step_run){who, out});
}

static bool erase(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return newsletter_forget(c, *(const int64_t *)self);
}
bool newsletter_erase(struct ctx *c, int64_t id) { return tx_run(c, erase, &id); }

// ---- the contact form

// A form's own word for a field, or ours where forms usually say "body".
static struct str label_of(struct ctx *c, struct str name) {
    const char *key =
        arena_fmt(c->arena, "mail.contact.field." STR_FMT, STR_ARG(text_slug(c->arena, name))).p;
    return tr_exists(c, key) ? tr(c, key) : name;
}

static struct liquid_map *message_data(struct ctx *c, const struct contact_message *m) {
    struct liquid_map *data = liquid_map_new(c->arena);
    struct liquid_value *fields = ARENA_ARRAY(c->arena, struct liquid_value, m->n + 1);
    for (size_t i = 0; i < m->n; i++) {
        struct liquid_map *f = liquid_map_new(c->arena);
        liquid_set(f, "name", liquid_text(label_of(c, m->fields[i].name)));
        liquid_set(f, "value", liquid_text(m->fields[i].value));
        fields[i] = liquid_of_map(f);
    }
    liquid_set(data, "email", liquid_text(m->email));
    liquid_set(data, "name", liquid_text(m->name));
    liquid_set(data, "sender", liquid_text(m->name.n ? m->name : m->email));
    liquid_set(data, "page_url", liquid_text(m->page));
    liquid_set(data, "fields", liquid_array(fields, m->n));
    return data;
}

// Told by what it says and by ten minutes.
static struct str message_key(struct ctx *c, const struct contact_message *m) {
    struct buf b = buf_new(c->arena, 0);
    buf_put(&b, m->email);
    for (size_t i = 0; i < m->n; i++)
        buf_fmt(&b, "\n" STR_FMT "\t" STR_FMT, STR_ARG(m->fields[i].name),
                STR_ARG(m->fields[i].value));
    buf_fmt(&b, "\n%lld", (long long)(c->now / (10 * MINUTE)));
    return arena_fmt(c->arena, "contact:" STR_FMT, STR_ARG(token_hash(c->arena, buf_str(&b))));
}

static bool send(struct ctx *c, void *self, bool *keep) {
    const struct contact_message *m = self;
    enum lang writer = c->lang;
    (void)keep;
    c->lang = lang_first(c); // the shop's own
    struct liquid_map *data = message_data(c, m);
    c->lang = writer;
    return mail_queue(c, &(struct mail_new){.kind = "contact_message",
                                            .to = setting_text(c, "shop.email"),
                                            .reply_to = m->email,
                                            .lang = lang_first(c),
                                            .data = data,
                                            .key = message_key(c, m)});
}
bool contact_send(struct ctx *c, const struct contact_message *m) {
    struct contact_message copy = *m;
    return tx_run(c, send, &copy);
}

struct comment_run {
    const struct comment_new *n;
    enum comment_verdict *out;
};
static bool keep_comment(struct ctx *c, void *self, bool *keep) {
    struct comment_run *r = self;
    (void)keep;
    return comment_add(c, r->n, r->out);
}
bool comment_send(struct ctx *c, const struct comment_new *n, enum comment_verdict *out) {
    return tx_run(c, keep_comment, &(struct comment_run){n, out});
}
