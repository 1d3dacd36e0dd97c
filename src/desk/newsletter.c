// SPDX-License-Identifier: Apache-2.0
// Who gets the newsletter: the list, a file of it for the program that sends, and erasure.
#include "base/csv.h"
#include "contact_sql.h"
#include "core/app.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "flow/contact.h"

enum { ROWS = 100, PAGES_MAX = 100000 };

bool desk_newsletter_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct newsletter_list_rows rows = {0};
    struct newsletter_count_rows counts = {0};
    int64_t page = 1;
    struct str email = desk_lower(c->arena, str_trim(request_query(rq, "email")));
    struct str state = request_query(rq, "state");
    if (!str_to_int(request_query(rq, "page"), &page) || page < 1 || page > PAGES_MAX) page = 1;
    desk_begin(&d, c, rq, rs);
    struct newsletter_list_in in = {.count = ROWS, .first = (page - 1) * ROWS};
    if (state.n) in.state = state, in.has_state = true;
    if (email.n) in.email = email, in.has_email = true;
    TRY(newsletter_list_all(&c->db, &in, &rows));
    TRY(newsletter_count_all(&c->db, &counts));
    PUT_ROWS(&d, "members", newsletter_list, rows);
    PUT_ROWS(&d, "counts", newsletter_count, counts);
    put_str(d.f, "email", email);
    put_str(d.data, "state", state);
    put_int(d.data, "page", page);
    put_bool(d.data, "more", rows.n && rows.v[0].total > page * ROWS);
    static const char *const drop[] = {"page", "done", NULL};
    put_str(d.data, "query", desk_query_with(c, rq, drop));
    return desk_send(&d, "newsletter", tr(c, "desk.newsletter.title"));
}

struct writing {
    struct ctx *c;
    struct buf *out;
};
static bool put_line(void *self, const struct newsletter_export *r) {
    const struct writing *w = self;
    struct arena *a = w->c->arena;
    struct newsletter_who leave = {r->id, r->email, 0, NEWSLETTER_LEAVE};
    csv_put(w->out, r->email, false);
    csv_put(w->out, r->lang, false);
    csv_put(w->out, instant_iso(a, r->asked_at), false);
    csv_put(w->out, instant_iso(a, r->confirmed_at), false);
    csv_put(w->out, r->words, false);
    csv_put(w->out, newsletter_url(w->c, &leave), true);
    return true;
}

bool desk_newsletter_export(struct ctx *c, const struct request *rq, struct response *rs) {
    static const char *const head[] = {"email",        "language", "asked_at",
                                       "confirmed_at", "consent",  "unsubscribe_url"};
    (void)rq;
    struct writing w = {c, &rs->body};
    for (size_t i = 0; i < ARRAY_LEN(head); i++)
        csv_put(&rs->body, str_c(head[i]), i + 1 == ARRAY_LEN(head));
    TRY(newsletter_export_each(&c->db, put_line, &w));
    response_type(rs, "text/csv; charset=utf-8");
    response_header_set(rs, "Content-Disposition", S("attachment; filename=\"newsletter.csv\""));
    return true;
}

bool desk_newsletter_erase(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    TRY(newsletter_erase(c, id));
    return desk_done(c, rs, S("/desk/newsletter"), "newsletter_erased");
}
