// SPDX-License-Identifier: Apache-2.0
#include "core/session.h"

#include "core/tx.h"
#include "core_sql.h"

static const struct realm {
    const char *name, *cookie;
    int64_t life; // after the last visit
    bool strict;
} realms[] = {
    [SESSION_SHOP] = {"shop", "k", 60 * DAY, false},
    [SESSION_DESK] = {"desk", "kd", 12 * HOUR, true},
};
#define TOUCH_EVERY (5 * MINUTE)
enum { TOKEN_MAX = 128 };

static struct str csrf_of(struct ctx *c, struct str token_hashed) {
    return token_mac(c->arena, &c->shop->key, "csrf", token_hashed);
}

static bool touch(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    return core_session_touch(&c->db, self);
}

static enum actor_kind kind_of(struct str name) {
    if (str_eq(name, S("customer"))) return ACTOR_CUSTOMER;
    return str_eq(name, S("staff")) ? ACTOR_STAFF : ACTOR_VISITOR;
}

bool session_load(struct ctx *c, const struct request *rq, enum session_realm realm) {
    const struct realm *r = &realms[realm];
    struct str token = request_cookie(rq, r->cookie);
    if (str_empty(token) || token.n > TOKEN_MAX) return true;
    struct str hash = token_hash(c->arena, token);
    struct core_session_by_token s;
    bool found;
    TRY(core_session_by_token(&c->db,
                              &(struct core_session_by_token_in){
                                  .realm = str_c(r->name),
                                  .token_hash = hash,
                                  .now = c->now,
                              },
                              &s, &found));
    if (!found) return true;
    c->session_id = s.id;
    c->csrf = csrf_of(c, hash);
    c->actor.kind = kind_of(s.actor_kind);
    c->actor.id = s.has_actor_id ? s.actor_id : 0;
    if (c->actor.kind != ACTOR_VISITOR)
        c->actor.name =
            arena_fmt(c->arena, STR_FMT " %lld", STR_ARG(s.actor_kind), (long long)c->actor.id);
    if (c->now - s.seen_at < TOUCH_EVERY) return true;
    struct core_session_touch_in in = {.id = s.id, .now = c->now, .expires_at = c->now + r->life};
    if (!tx_run(c, touch, &in)) { // reading goes on when nothing can be written
        LOG(&c->shop->world.log, c->now, LOG_WARN, "session.touch_failed",
            {"detail", str_c(c->err.detail)});
        err_clear(&c->err);
    }
    return true;
}

struct change { // a new row instead of the old one
    enum session_realm realm;
    struct session_subject who;
    struct str token;
    int64_t id;
};

static bool rotate(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    struct change *ch = self;
    const struct realm *r = &realms[ch->realm];
    if (c->session_id)
        TRY(core_session_delete(&c->db, &(struct core_session_delete_in){.id = c->session_id}));
    return core_session_insert(&c->db,
                               &(struct core_session_insert_in){
                                   .realm = str_c(r->name),
                                   .token_hash = token_hash(c->arena, ch->token),
                                   .actor_kind = str_c(ch->who.kind == ACTOR_CUSTOMER ? "customer"
                                                       : ch->who.kind == ACTOR_STAFF  ? "staff"
                                                                                      : "visitor"),
                                   .actor_id = ch->who.id,
                                   .has_actor_id = ch->who.kind != ACTOR_VISITOR,
                                   .now = c->now,
                                   .expires_at = c->now + r->life,
                               },
                               &ch->id);
}

static bool in_tx(struct ctx *c, tx_body *body, void *self) {
    if (!c->db.writing) return tx_run(c, body, self);
    bool keep = true;
    return body(c, self, &keep);
}

static void put_cookie(struct ctx *c, struct response *rs, enum session_realm realm,
                       struct str token) {
    const struct realm *r = &realms[realm];
    response_cookie(rs, &(struct cookie){
                            .name = r->cookie,
                            .value = token,
                            .max_age_s = str_empty(token) ? -1 : r->life / SECOND,
                            .http_only = true,
                            .secure = str_starts(c->shop->base_url, S("https:")),
                            .strict = r->strict,
                        });
}

bool session_sign_in(struct ctx *c, struct response *rs, enum session_realm realm,
                     struct session_subject who) {
    ensure(who.kind == ACTOR_VISITOR || who.kind == ACTOR_CUSTOMER || who.kind == ACTOR_STAFF);
    ensure((who.kind == ACTOR_STAFF) == (realm == SESSION_DESK) || who.kind == ACTOR_VISITOR);
    struct world *w = ctx_world(c);
    struct change ch = {
        .realm = realm, .who = who, .token = token_new(c->arena, w->random, w->self)};
    TRY(in_tx(c, rotate, &ch));
    c->session_id = ch.id;
    c->actor = (struct actor){.kind = who.kind, .id = who.id};
    c->csrf = csrf_of(c, token_hash(c->arena, ch.token));
    put_cookie(c, rs, realm, ch.token);
    return true;
}

bool session_start(struct ctx *c, struct response *rs, enum session_realm realm) {
    if (c->session_id) return true;
    return session_sign_in(c, rs, realm, (struct session_subject){ACTOR_VISITOR, 0});
}

static bool forget(struct ctx *c, void *self, bool *keep) {
    (void)self, (void)keep;
    return core_session_delete(&c->db, &(struct core_session_delete_in){.id = c->session_id});
}

bool session_sign_out(struct ctx *c, struct response *rs, enum session_realm realm) {
    if (c->session_id) TRY(in_tx(c, forget, NULL));
    c->session_id = 0;
    c->actor = (struct actor){.kind = ACTOR_VISITOR};
    c->csrf = (struct str){NULL, 0};
    put_cookie(c, rs, realm, S(""));
    return true;
}

bool session_end_all(struct ctx *c, struct session_subject who, int64_t but_session) {
    ensure(c->db.writing);
    return core_session_delete_subject(
        &c->db, &(struct core_session_delete_subject_in){
                    .actor_kind = str_c(who.kind == ACTOR_STAFF ? "staff" : "customer"),
                    .actor_id = who.id,
                    .but_session = but_session,
                });
}

bool csrf_ok(struct ctx *c, const struct request *rq) {
    struct str sent = request_form(rq, "csrf");
    if (str_empty(sent)) sent = request_header(rq, "x-csrf-token");
    return !str_empty(c->csrf) && str_eq_secret(sent, c->csrf);
}
