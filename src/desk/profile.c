// SPDX-License-Identifier: Apache-2.0
#include "core/app.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "mod/staff/staff.h"
#include "staff_sql.h"

static bool show(struct desk *d) {
    struct staff_get who;
    bool found;
    TRY(staff_get(&d->c->db, &(struct staff_get_in){d->c->actor.id}, &who, &found));
    if (!found) return desk_missing(d->c);
    put_str(d->data, "name", who.name);
    put_str(d->data, "email", who.email);
    put_str(d->data, "role", who.role);
    put_str(d->f, "lang", who.lang);
    put_int(d->data, "password_min", STAFF_PASSWORD_MIN);
    return desk_send(d, "profile", tr(d->c, "desk.profile.title"));
}

bool desk_profile_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return show(&d);
}

bool desk_profile_save(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    enum lang l;
    desk_begin(&d, c, rq, rs);
    if (!lang_parse(request_form(rq, "lang"), &l)) {
        desk_fail_key(&d, "lang", "form.choice");
        return show(&d);
    }
    TRY(staff_set_lang(c, c->actor.id, l));
    response_cookie(rs, &(struct cookie){.name = "lang",
                                         .value = str_c(lang_code(l)),
                                         .max_age_s = 365 * DAY / SECOND,
                                         .http_only = true,
                                         .secure = str_starts(c->shop->base_url, S("https:"))});
    return desk_done(c, rs, S("/desk/profile"), "saved");
}

bool desk_password_save(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct sign_in now = {.verdict = SIGN_IN_OK};
    enum staff_verdict v = STAFF_OK;
    struct str old = request_form(rq, "old"), fresh = request_form(rq, "fresh");
    desk_begin(&d, c, rq, rs);
    if (!fresh.n)
        desk_fail_key(&d, "fresh", "form.required");
    else if (fresh.n > 200)
        desk_fail_key(&d, "fresh", "form.too_long");
    else if (!str_eq(fresh, request_form(rq, "again")))
        desk_fail_key(&d, "again", "desk.profile.differs");
    struct staff_get who;
    struct staff_by_email full;
    bool found;
    TRY(staff_get(&c->db, &(struct staff_get_in){c->actor.id}, &who, &found));
    if (!found) return desk_missing(c);
    TRY(staff_by_email(&c->db, &(struct staff_by_email_in){who.email}, &full, &found));
    bool first = found && !full.password_hash.p; // came by a link and never had one
    if (!d.errors && !first)
        TRY(staff_check_password(c, who.email, old.n && old.n <= 200 ? old : S(" "), &now));
    if (now.verdict == SIGN_IN_WRONG) desk_fail_key(&d, "old", "desk.profile.old_wrong");
    if (now.verdict == SIGN_IN_RESTS) desk_fail_key(&d, "old", "desk.login.rests");
    if (!d.errors) TRY(staff_set_password(c, c->actor.id, fresh, &v));
    if (v == STAFF_WEAK_PASSWORD) desk_fail_key(&d, "fresh", "desk.staff.weak");
    if (d.errors) return show(&d);
    return desk_done(c, rs, S("/desk/profile"), "password");
}
