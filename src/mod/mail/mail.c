// SPDX-License-Identifier: Apache-2.0
#include "mod/mail/mail.h"

#include <gmime/gmime.h>

#include "core/check.h"
#include "core/i18n.h"
#include "core/settings.h"
#include "core/view.h"
#include "mail_sql.h"
#include "mail_view.h"
#include "mod/mail/compose.h"

#define SLOT     "mail.views"
#define MAIL_MAX ((size_t)4 << 20)

static bool start(struct shop *shop, struct err *err) {
    struct view_set *views;
    g_mime_init();
    TRY(view_set_new(&shop->arena,
                     &(struct view_set_options){.files = mail_view, .file_count = mail_view_count},
                     &views, err));
    *shop_slot(shop, SLOT) = views;
    return true;
}

static bool render(struct ctx *c, const struct mail_new *m, const char *part, const char *layout,
                   struct str *out) {
    const struct view_set *views = *shop_slot(c->shop, SLOT);
    struct buf b = buf_new(c->arena, MAIL_MAX);
    TRY(view_render(c, views, layout, arena_fmt(c->arena, "%s.%s", m->kind, part).p, m->data, &b));
    *out = buf_str(&b);
    return true;
}

static struct str host_of(struct str url) {
    size_t at = str_find(url, S("://"));
    struct str host = at == STR_NONE ? url : str_from(url, at + 3);
    size_t end = str_find_char(host, '/'), port = str_find_char(host, ':');
    if (port < end) end = port;
    return end == STR_NONE ? host : str_sub(host, 0, end);
}

static bool compose(struct ctx *c, const struct mail_new *m, struct mail_parts *p,
                    struct str *message_out) {
    struct str subject;
    TRY(render(c, m, "subject.text", NULL, &subject));
    TRY(render(c, m, "text", "mail.text", &p->text));
    TRY(render(c, m, "html", "mail", &p->html));
    p->subject = str_trim(subject);
    p->from_name = setting_text(c, "shop.name");
    p->from = setting_text(c, "shop.email");
    p->to = m->to;
    p->reply_to = m->reply_to;
    p->date = c->now;
    p->message_id = arena_fmt(c->arena, STR_FMT "@" STR_FMT,
                              STR_ARG(str_sub(token_hash(c->arena, m->key), 0, 32)),
                              STR_ARG(host_of(c->shop->base_url)));
    p->attachments = m->attachments;
    p->attachment_count = m->attachment_count;
    return mail_compose(c->arena, p, message_out, &c->err);
}

bool mail_write(struct ctx *c, const struct mail_new *m, struct mail_written *out) {
    struct mail_parts parts = {0};
    *out = (struct mail_written){.mail = m};
    if (str_empty(m->to)) return true;
    enum lang before = c->lang;
    c->lang = m->lang;
    bool ok = compose(c, m, &parts, &out->message);
    c->lang = before;
    out->subject = parts.subject;
    return ok;
}

bool mail_put(struct ctx *c, const struct mail_written *w) {
    const struct mail_new *m = w->mail;
    struct mail_by_key there;
    bool found;
    int64_t id;
    if (str_empty(m->to)) return true;
    TRY(mail_by_key(&c->db, &(struct mail_by_key_in){m->key}, &there, &found));
    if (found) return true;
    TRY(mail_add(&c->db,
                 &(struct mail_add_in){.kind = str_c(m->kind),
                                       .order_id = m->order_id,
                                       .has_order_id = m->order_id != 0,
                                       .recipient = m->to,
                                       .lang = str_c(lang_code(m->lang)),
                                       .subject = w->subject,
                                       .message = w->message,
                                       .mail_key = m->key,
                                       .created_at = c->now},
                 &id));
    return job_add(
        c, &(struct job_new){.kind = "mail.send",
                             .payload = arena_fmt(c->arena, "{\"mail\":%lld}", (long long)id),
                             .key = m->key});
}

bool mail_queue(struct ctx *c, const struct mail_new *m) {
    struct mail_by_key there;
    struct mail_written w;
    bool found;
    if (str_empty(m->to)) return true;
    TRY(mail_by_key(&c->db, &(struct mail_by_key_in){m->key}, &there, &found));
    if (found) return true;
    TRY(mail_write(c, m, &w));
    return mail_put(c, &w);
}

struct sent {
    int64_t id;
    const char *state;
};
static bool note_state(struct ctx *c, void *self, bool *keep) {
    const struct sent *s = self;
    (void)keep;
    return mail_set_state(
        &c->db, &(struct mail_set_state_in){.id = s->id,
                                            .state = str_c(s->state),
                                            .sent_at = c->now,
                                            .has_sent_at = strcmp(s->state, "sent") == 0});
}

static enum job_result send(struct ctx *c, const struct json *payload) {
    struct mail_get m;
    bool found;
    if (!mail_get(&c->db, &(struct mail_get_in){json_int(payload, "mail", 0)}, &m, &found))
        return JOB_RETRY;
    if (!found || str_eq(m.state, S("sent"))) return JOB_DONE;
    struct world *w = ctx_world(c);
    struct world_mail out = {.from = setting_text(c, "shop.email"),
                             .to = m.recipient,
                             .bytes = m.message,
                             .key = m.mail_key};
    if (!w->mail(w->self, &out, &c->err)) return JOB_RETRY;
    return tx_run(c, note_state, &(struct sent){m.id, "sent"}) ? JOB_DONE : JOB_RETRY;
}

static const struct job_kind jobs[] = {
    {.name = "mail.send", .run = send},
    {0},
};
const struct module mail_module = {
    .name = "mail",
    .needs = (const char *const[]){"order", NULL},
    .queries = mail_sql_queries,
    .query_count = &mail_sql_query_count,
    .jobs = jobs,
    .start = start,
};
