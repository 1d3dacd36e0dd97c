// SPDX-License-Identifier: Apache-2.0
#include "mod/staff/staff.h"

#include "core/acl.h"
#include "core/check.h"
#include "core/i18n.h"
#include "core/session.h"
#include "http/form.h"
#include "mod/staff/password.h"
#include "mod/staff/staff_private.h"

static const struct str roles[] = {S_INIT("owner"), S_INIT("admin"), S_INIT("staff")};

static bool role_known(struct str role) {
    for (size_t i = 0; i < ARRAY_LEN(roles); i++)
        if (str_eq(roles[i], role)) return true;
    return false;
}

struct add {
    const struct staff_new *in;
    struct str email, hash;
    enum staff_verdict *out;
    int64_t *id_out;
};

static bool add(struct ctx *c, void *self, bool *keep) {
    const struct add *ad = self;
    struct staff_by_email there;
    bool found;
    TRY(staff_by_email(&c->db, &(struct staff_by_email_in){ad->email}, &there, &found));
    if (found) {
        *ad->out = STAFF_EMAIL_TAKEN;
        *keep = false;
        return true;
    }
    *ad->out = STAFF_OK;
    TRY(staff_insert(&c->db,
                     &(struct staff_insert_in){.email = ad->email,
                                               .name = ad->in->name.p ? ad->in->name : S(""),
                                               .role = ad->in->role,
                                               .lang = str_c(lang_code(ad->in->lang)),
                                               .password_hash = ad->hash,
                                               .has_password_hash = ad->hash.p != NULL,
                                               .created_at = c->now},
                     ad->id_out));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = *ad->id_out, .action = "staff.add"});
}

static bool hash_new(struct ctx *c, struct str password, struct str *hash_out) {
    if (password_hash(c->arena, password, hash_out)) return true;
    return err_set(&c->err, ERR_FULL, "There is not enough memory to protect the password.");
}

bool staff_add(struct ctx *c, const struct staff_new *n, enum staff_verdict *out, int64_t *id_out) {
    struct add ad = {.in = n, .email = email_key(c->arena, n->email), .out = out, .id_out = id_out};
    *out = STAFF_OK;
    if (!email_valid(ad.email))
        *out = STAFF_BAD_EMAIL;
    else if (!role_known(n->role))
        *out = STAFF_BAD_ROLE;
    else if (n->password.p && str_utf8_len(n->password) < STAFF_PASSWORD_MIN)
        *out = STAFF_WEAK_PASSWORD;
    if (*out != STAFF_OK) return true;
    if (n->password.p) TRY(hash_new(c, n->password, &ad.hash));
    return tx_run(c, add, &ad);
}

struct set_hash {
    int64_t id;
    struct str hash;
    enum staff_verdict *out;
};
static bool set_hash(struct ctx *c, void *self, bool *keep) {
    const struct set_hash *s = self;
    struct staff_get who;
    bool found;
    TRY(staff_get(&c->db, &(struct staff_get_in){s->id}, &who, &found));
    *s->out = found ? STAFF_OK : STAFF_NOT_FOUND;
    if (!found) {
        *keep = false;
        return true;
    }
    TRY(staff_set_hash(&c->db, &(struct staff_set_hash_in){.id = s->id, .password_hash = s->hash}));
    TRY(session_end_all(c, (struct session_subject){ACTOR_STAFF, s->id}, c->session_id));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = s->id, .action = "staff.password"});
}

bool staff_set_password(struct ctx *c, int64_t id, struct str password, enum staff_verdict *out) {
    struct set_hash s = {.id = id, .out = out};
    *out = STAFF_WEAK_PASSWORD;
    if (str_utf8_len(password) < STAFF_PASSWORD_MIN) return true;
    TRY(hash_new(c, password, &s.hash));
    return tx_run(c, set_hash, &s);
}

struct set_access {
    int64_t id;
    const struct staff_access *in;
    enum staff_verdict *out;
};

static bool set_access(struct ctx *c, void *self, bool *keep) {
    const struct set_access *s = self;
    struct staff_get who;
    struct staff_owner_count owners;
    bool found;
    *s->out = STAFF_OK;
    TRY(staff_get(&c->db, &(struct staff_get_in){s->id}, &who, &found));
    bool counted;
    TRY(staff_owner_count(&c->db, &owners, &counted));
    bool leaves = found && str_eq(who.role, S("owner")) && !who.disabled &&
                  (s->in->disabled || !str_eq(s->in->role, S("owner")));
    if (!found)
        *s->out = STAFF_NOT_FOUND;
    else if (!role_known(s->in->role))
        *s->out = STAFF_BAD_ROLE;
    else if (leaves && owners.n <= 1)
        *s->out = STAFF_LAST_OWNER;
    if (*s->out != STAFF_OK) {
        *keep = false;
        return true;
    }
    TRY(staff_set_role(&c->db, &(struct staff_set_role_in){
                                   .id = s->id, .role = s->in->role, .disabled = s->in->disabled}));
    TRY(staff_permission_clear(&c->db, &(struct staff_permission_clear_in){s->id}));
    for (size_t i = 0; i < s->in->n; i++)
        TRY(staff_permission_add(&c->db, &(struct staff_permission_add_in){
                                             .staff_id = s->id, .permission = s->in->perms[i]}));
    if (s->in->disabled) TRY(session_end_all(c, (struct session_subject){ACTOR_STAFF, s->id}, 0));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = s->id, .action = "staff.access"});
}

bool staff_set_access(struct ctx *c, int64_t id, const struct staff_access *a,
                      enum staff_verdict *out) {
    return tx_run(c, set_access, &(struct set_access){id, a, out});
}

bool staff_load(struct ctx *c, int64_t id) {
    struct staff_get s;
    struct staff_permissions_rows perms = {0};
    bool found;
    TRY(staff_get(&c->db, &(struct staff_get_in){id}, &s, &found));
    if (!found || s.disabled) {
        c->actor = (struct actor){.kind = ACTOR_VISITOR};
        return true;
    }
    c->actor.kind = ACTOR_STAFF;
    c->actor.id = id;
    c->actor.name = s.email;
    acl_grant_role(c->shop->acl, &c->actor, s.role);
    TRY(staff_permissions_all(&c->db, &(struct staff_permissions_in){id}, &perms));
    for (size_t i = 0; i < perms.n; i++)
        acl_grant(c->shop->acl, &c->actor, arena_cstr(c->arena, perms.v[i].permission));
    return true;
}

static const struct permission perms[] = {
    {"staff.write", "Mitarbeitende verwalten", "Manage staff"},
    {0},
};
const struct module staff_module = {
    .name = "staff",
    .queries = staff_sql_queries,
    .query_count = &staff_sql_query_count,
    .perms = perms,
};
