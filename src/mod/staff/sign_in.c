// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"
#include "http/token.h"
#include "mod/staff/password.h"
#include "mod/staff/staff_private.h"

#define KEY_BYTES 20

struct tried { // a password was compared; the outcome is written down
    int64_t id;
    bool right;
    struct sign_in *out;
};

// Reads the count again: tries at the same moment are all counted, and the fifth of them ends the
// others.
static bool note_try(struct ctx *c, void *self, bool *keep) {
    const struct tried *t = self;
    struct staff_get s;
    bool found;
    *t->out = (struct sign_in){.verdict = SIGN_IN_WRONG};
    TRY(staff_get(&c->db, &(struct staff_get_in){t->id}, &s, &found));
    bool rests = found && s.has_locked_until && s.locked_until > c->now;
    if (rests) t->out->verdict = SIGN_IN_RESTS;
    if (found && !rests && t->right)
        *t->out = (struct sign_in){SIGN_IN_OK, s.id, s.totp_secret.p != NULL};
    if (!found || rests || t->right) { // the count ends with the second step, or who knows the
                                       // password could guess codes for ever
        *keep = false;
        return true;
    }
    return staff_count_failure(c, &s);
}

// The comparison costs some 50 ms on purpose; it is done before the transaction, which only notes
// the outcome.
bool staff_check_password(struct ctx *c, struct str email, struct str password,
                          struct sign_in *out) {
    struct staff_by_email s;
    bool found;
    *out = (struct sign_in){.verdict = SIGN_IN_WRONG};
    TRY(staff_by_email(&c->db, &(struct staff_by_email_in){email_key(c->arena, email)}, &s,
                       &found));
    if (!found || !s.password_hash.p || s.disabled) {
        password_waste(password);
        return true;
    }
    if (s.has_locked_until && s.locked_until > c->now) {
        password_waste(password);
        out->verdict = SIGN_IN_RESTS;
        return true;
    }
    struct tried t = {s.id, password_ok(s.password_hash, password), out};
    return tx_run(c, note_try, &t);
}

struct link {
    int64_t id;
    struct str token;
    struct sign_in *out;
};

static bool make_link(struct ctx *c, void *self, bool *keep) {
    const struct link *l = self;
    int64_t id;
    (void)keep;
    TRY(staff_link_add(&c->db,
                       &(struct staff_link_add_in){.staff_id = l->id,
                                                   .token_hash = token_hash(c->arena, l->token),
                                                   .expires_at = c->now + STAFF_LINK_LIFE},
                       &id));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = l->id, .action = "staff.link"});
}

bool staff_link_new(struct ctx *c, int64_t id, struct str *token_out) {
    *token_out = token_new(c->arena, ctx_world(c)->random, ctx_world(c)->self);
    return tx_run(c, make_link, &(struct link){.id = id, .token = *token_out});
}

static bool use_link(struct ctx *c, void *self, bool *keep) {
    const struct link *l = self;
    struct staff_link_use used;
    struct staff_get s;
    bool found;
    (void)keep;
    *l->out = (struct sign_in){.verdict = SIGN_IN_WRONG};
    TRY(staff_link_use(
        &c->db,
        &(struct staff_link_use_in){.token_hash = token_hash(c->arena, l->token), .now = c->now},
        &used, &found));
    if (!found) return true;
    TRY(staff_get(&c->db, &(struct staff_get_in){used.staff_id}, &s, &found));
    if (found && !s.disabled) *l->out = (struct sign_in){SIGN_IN_OK, s.id, s.totp_secret.p != NULL};
    return true;
}

bool staff_check_link(struct ctx *c, struct str token, struct sign_in *out) {
    return tx_run(c, use_link, &(struct link){.token = token, .out = out});
}

static struct str api_key_new(struct ctx *c, const char *prefix) {
    struct str hex = token_hex(c->arena, ctx_world(c)->random, ctx_world(c)->self, KEY_BYTES);
    return arena_fmt(c->arena, "%s" STR_FMT, prefix, STR_ARG(hex));
}

struct key_add {
    int64_t staff_id;
    struct str permissions;
    const struct api_key *key;
};

static bool key_add(struct ctx *c, void *self, bool *keep) {
    const struct key_add *k = self;
    unsigned char nonce[24];
    int64_t id;
    (void)keep;
    ctx_world(c)->random(ctx_world(c)->self, nonce, sizeof nonce);
    TRY(api_key_insert(&c->db,
                       &(struct api_key_insert_in){
                           .staff_id = k->staff_id,
                           .key_hash = token_hash(c->arena, k->key->key),
                           .key_end = str_from(k->key->key, k->key->key.n - 7),
                           .secret = secret_seal(c->arena, &c->shop->key, k->key->secret, nonce),
                           .permissions = k->permissions,
                           .created_at = c->now},
                       &id));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = k->staff_id, .action = "staff.api_key"});
}

bool api_key_add(struct ctx *c, int64_t staff_id, struct str permissions, struct api_key *out) {
    *out = (struct api_key){api_key_new(c, "ck_"), api_key_new(c, "cs_")};
    return tx_run(c, key_add, &(struct key_add){staff_id, permissions, out});
}
