// SPDX-License-Identifier: Apache-2.0
// Two steps to a session: password or one-time link, then the code. In between the browser keeps a
// sealed cookie of ten minutes that says who is half signed in; nobody can make or read it without
// the shop's key.
#include "core/app.h"
#include "core/session.h"
#include "core/settings.h"
#include "desk/handlers.h"
#include "desk/page.h"
#include "http/token.h"
#include "mod/payment/epc.h"
#include "mod/staff/staff.h"
#include "staff_sql.h"

#define HALF_COOKIE "kdh"
#define HALF_LIFE   (10 * MINUTE)

struct half { // between the two steps
    int64_t staff_id;
    struct str secret; // of a second factor being set up, or empty
    struct str next;   // where to go afterwards
};

static bool desk_path(struct str s) {
    if (!str_eq(s, S("/desk")) && !str_starts(s, S("/desk/")) && !str_starts(s, S("/desk?")))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\') return false;
    return s.n <= 500 && !str_starts(s, S("/desk/login"));
}

static void cookie_put(struct ctx *c, struct response *rs, struct str value) {
    bool secure = str_starts(c->shop->base_url, S("https:"));
    response_cookie(rs, &(struct cookie){.name = HALF_COOKIE,
                                         .value = value,
                                         .max_age_s = value.n ? HALF_LIFE / SECOND : -1,
                                         .http_only = true,
                                         .secure = secure,
                                         .strict = true});
}

static void half_put(struct ctx *c, struct response *rs, const struct half *h) {
    unsigned char nonce[24];
    ctx_world(c)->random(ctx_world(c)->self, nonce, sizeof nonce);
    struct str plain =
        arena_fmt(c->arena, "desk.half\n%lld\n%lld\n" STR_FMT "\n" STR_FMT, (long long)h->staff_id,
                  (long long)(c->now + HALF_LIFE), STR_ARG(h->secret), STR_ARG(h->next));
    cookie_put(c, rs, secret_seal(c->arena, &c->shop->key, plain, nonce));
}

static bool half_get(struct ctx *c, const struct request *rq, struct half *out) {
    struct str plain, part[5];
    int64_t until;
    struct str sealed = request_cookie(rq, HALF_COOKIE);
    if (!sealed.n || !secret_open(c->arena, &c->shop->key, sealed, &plain)) return false;
    for (size_t i = 0; i < ARRAY_LEN(part); i++)
        if (!str_split(&plain, '\n', &part[i])) return false;
    if (!str_eq(part[0], S("desk.half")) || !str_to_int(part[1], &out->staff_id)) return false;
    if (!str_to_int(part[2], &until) || until <= c->now) return false;
    out->secret = part[3];
    out->next = part[4];
    return true;
}

static bool show_login(struct desk *d) {
    d->bare = true;
    struct str next = request_query(d->rq, "next");
    if (!next.p) next = request_form(d->rq, "next");
    if (desk_path(next)) put_str(d->f, "next", next);
    if (request_query(d->rq, "expired").p)
        put_str(d->data, "notice", tr(d->c, "desk.login.expired"));
    if (request_query(d->rq, "out").p) put_str(d->data, "notice", tr(d->c, "desk.login.out"));
    return desk_send(d, "login", tr(d->c, "desk.login.title"));
}

bool desk_login_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    if (c->actor.kind != ACTOR_STAFF) return show_login(&d);
    response_redirect(rs, 303, S("/desk"));
    return true;
}

struct login {
    struct str email, password, next;
};
static const struct form_field login_fields[] = {
    {"email", FORM_TEXT, FORM_REQUIRED, offsetof(struct login, email), 0, 254, NULL},
    {"password", FORM_PASSWORD, FORM_REQUIRED, offsetof(struct login, password), 0, 200, NULL},
    {"next", FORM_TEXT, 0, offsetof(struct login, next), 0, 500, NULL},
};
static const struct form login_def = {"login", login_fields, ARRAY_LEN(login_fields),
                                      sizeof(struct login)};

// What was wrong is never told, nor whether an address is known: a resting account looks the same.
static bool refuse(struct desk *d, const char *key) {
    desk_fail_key(d, NULL, key);
    return show_login(d);
}

bool desk_login_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct login in;
    struct form_errors errors;
    struct sign_in who;
    desk_begin(&d, c, rq, rs);
    form_read(&login_def, rq, shop_currency(c), &in, &errors);
    put_str(d.f, "email", request_form(rq, "email"));
    desk_fail_all(&d, &errors);
    if (d.errors) return show_login(&d);
    TRY(staff_check_password(c, desk_lower(c->arena, in.email), in.password, &who));
    if (who.verdict != SIGN_IN_OK) return refuse(&d, "desk.login.wrong");
    half_put(c, rs,
             &(struct half){.staff_id = who.id, .next = desk_path(in.next) ? in.next : S("")});
    response_redirect(rs, 303, S("/desk/login/code"));
    return true;
}

bool desk_link_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    d.bare = true;
    put_str(d.data, "token", request_param(rq, "token"));
    response_header_set(rs, "Referrer-Policy", S("no-referrer"));
    return desk_send(&d, "login_link", tr(c, "desk.link.title"));
}

// The button uses the link up; a program that only looks at mails does not.
bool desk_link_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct sign_in who;
    TRY(staff_check_link(c, request_param(rq, "token"), &who));
    if (who.verdict != SIGN_IN_OK) {
        desk_begin(&d, c, rq, rs);
        return refuse(&d, "desk.link.used");
    }
    half_put(c, rs, &(struct half){.staff_id = who.id});
    response_redirect(rs, 303, S("/desk/login/code"));
    return true;
}

static struct str in_groups(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.n; i++) {
        if (i && i % 4 == 0) buf_char(&b, ' ');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

// The account behind the cookie, when it may still enter.
static bool half_staff(struct ctx *c, const struct half *h, struct staff_get *out, bool *ok_out) {
    bool found;
    TRY(staff_get(&c->db, &(struct staff_get_in){h->staff_id}, out, &found));
    *ok_out = found && !out->disabled;
    return true;
}

static bool put_setup(struct desk *d, struct half *h, struct str email) {
    struct ctx *c = d->c;
    struct totp_setup setup;
    struct str svg;
    staff_totp_new(c, email, &setup);
    if (h->secret.n) { // the same again, or the app would show another code
        size_t at = str_find(setup.uri, setup.secret_base32);
        setup.uri =
            arena_fmt(c->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(setup.uri, 0, at)),
                      STR_ARG(h->secret), STR_ARG(str_from(setup.uri, at + setup.secret_base32.n)));
        setup.secret_base32 = h->secret;
    } else {
        h->secret = setup.secret_base32;
        half_put(c, d->rs, h);
    }
    TRY(epc_qr_svg(c->arena, setup.uri, &svg, &c->err));
    liquid_set(d->data, "qr", liquid_html(svg));
    put_str(d->data, "secret", in_groups(c->arena, setup.secret_base32));
    put_str(d->data, "uri", setup.uri);
    return true;
}

static bool show_code(struct desk *d, struct half *h, const struct staff_get *who) {
    d->bare = true;
    put_str(d->data, "email", who->email);
    if (!who->totp_secret.p) {
        TRY(put_setup(d, h, who->email));
        return desk_send(d, "login_setup", tr(d->c, "desk.setup.title"));
    }
    return desk_send(d, "login_code", tr(d->c, "desk.code.title"));
}

static bool start_again(struct ctx *c, struct response *rs) {
    cookie_put(c, rs, S(""));
    response_redirect(rs, 303, S("/desk/login?expired=1"));
    return true;
}

bool desk_code_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct half h;
    struct staff_get who;
    bool ok = false;
    if (half_get(c, rq, &h)) TRY(half_staff(c, &h, &who, &ok));
    if (!ok) return start_again(c, rs);
    desk_begin(&d, c, rq, rs);
    return show_code(&d, &h, &who);
}

static bool note_sign_in(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = c->actor.id, .action = "staff.sign_in"});
}

static bool enter(struct desk *d, const struct half *h, const struct staff_get *who) {
    struct ctx *c = d->c;
    TRY(session_sign_in(c, d->rs, SESSION_DESK,
                        (struct session_subject){ACTOR_STAFF, h->staff_id}));
    TRY(staff_load(c, h->staff_id));
    TRY(tx_run(c, note_sign_in, NULL));
    cookie_put(c, d->rs, S(""));
    response_cookie(d->rs, &(struct cookie){.name = "lang",
                                            .value = who->lang,
                                            .max_age_s = 365 * DAY / SECOND,
                                            .http_only = true,
                                            .secure = str_starts(c->shop->base_url, S("https:"))});
    response_redirect(d->rs, 303, h->next.n ? h->next : S("/desk"));
    return true;
}

static struct str digits_of(struct arena *a, struct str s) { // "123 456" is a code, too
    struct buf b = buf_new(a, 64);
    for (size_t i = 0; i < s.n && i < 32; i++)
        if (s.p[i] != ' ') buf_char(&b, s.p[i]);
    return buf_str(&b);
}

bool desk_code_form(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    struct half h;
    struct staff_get who;
    bool ok = false;
    enum sign_in_verdict v = SIGN_IN_WRONG;
    if (half_get(c, rq, &h)) TRY(half_staff(c, &h, &who, &ok));
    if (!ok || (!who.totp_secret.p && !h.secret.n)) return start_again(c, rs);
    desk_begin(&d, c, rq, rs);
    struct str code = digits_of(c->arena, request_form(rq, "code"));
    if (!code.n) {
        desk_fail_key(&d, "code", "form.required");
        return show_code(&d, &h, &who);
    }
    if (who.totp_secret.p)
        TRY(staff_check_totp(c, h.staff_id, code, &v));
    else
        TRY(staff_totp_enable(c, h.staff_id, h.secret, code, &v));
    if (v == SIGN_IN_OK) return enter(&d, &h, &who);
    desk_fail_key(&d, "code", v == SIGN_IN_RESTS ? "desk.login.rests" : "desk.code.wrong");
    if (v == SIGN_IN_RESTS) rs->status = 429;
    return show_code(&d, &h, &who);
}

bool desk_logout_form(struct ctx *c, const struct request *rq, struct response *rs) {
    (void)rq;
    TRY(session_sign_out(c, rs, SESSION_DESK));
    response_redirect(rs, 303, S("/desk/login?out=1"));
    return true;
}
