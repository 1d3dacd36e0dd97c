// SPDX-License-Identifier: Apache-2.0
#include <liboath/oath.h>
#include <stdlib.h>

#include "core/session.h"
#include "core/settings.h"
#include "mod/staff/staff_private.h"

#define SECRET_BYTES 20
#define STEP_S       30
#define DIGITS       6

void staff_totp_new(struct ctx *c, struct str email, struct totp_setup *out) {
    char raw[SECRET_BYTES], *text = NULL;
    size_t n = 0;
    struct buf uri = buf_new(c->arena, 1024);
    ctx_world(c)->random(ctx_world(c)->self, raw, sizeof raw);
    ensure(oath_base32_encode(raw, sizeof raw, &text, &n) == OATH_OK);
    out->secret_base32 = arena_str(c->arena, (struct str){text, n});
    free(text);
    buf_put(&uri, S("otpauth://totp/"));
    buf_url(&uri, setting_text(c, "shop.name"));
    buf_put(&uri, S(":"));
    buf_url(&uri, email);
    buf_put(&uri, S("?secret="));
    buf_put(&uri, out->secret_base32);
    buf_put(&uri, S("&issuer="));
    buf_url(&uri, setting_text(c, "shop.name"));
    out->uri = buf_str(&uri);
}

static bool decode(struct arena *a, struct str base32, struct str *out) {
    char *raw = NULL;
    size_t n = 0;
    if (oath_base32_decode(base32.p, base32.n, &raw, &n) != OATH_OK) return false;
    *out = arena_str(a, (struct str){raw, n});
    free(raw);
    return true;
}

bool totp_code(struct arena *a, struct str secret_base32, instant at, struct str *code_out) {
    struct str raw;
    char code[DIGITS + 1];
    if (!decode(a, secret_base32, &raw)) return false;
    if (oath_totp_generate(raw.p, raw.n, (time_t)(at / SECOND), STEP_S, 0, DIGITS, code) != OATH_OK)
        return false;
    *code_out = arena_str(a, str_c(code));
    return true;
}

// The step whose code this is, out of the one before, the present and the next; -1: none.
static int64_t step_of(struct arena *a, struct str secret, instant now, struct str code) {
    int64_t match = -1, step = now / SECOND / STEP_S;
    for (int64_t s = step - 1; s <= step + 1; s++) {
        struct str right;
        if (totp_code(a, secret, s * STEP_S * SECOND, &right) && str_eq_secret(right, code))
            match = s;
    }
    return match;
}

struct totp_try {
    int64_t id;
    struct str secret, code; // secret: being set up
    enum sign_in_verdict *out;
};

bool staff_count_failure(struct ctx *c, const struct staff_get *s) {
    bool rest = s->failed + 1 >= STAFF_FAILED_MAX;
    return staff_set_failed(&c->db,
                            &(struct staff_set_failed_in){.id = s->id,
                                                          .failed = rest ? 0 : s->failed + 1,
                                                          .locked_until = c->now + STAFF_REST,
                                                          .has_locked_until = rest});
}

static bool check(struct ctx *c, void *self, bool *keep) {
    const struct totp_try *t = self;
    struct staff_get s;
    struct str secret;
    bool found;
    int64_t changed = 0;
    (void)keep;
    *t->out = SIGN_IN_WRONG;
    TRY(staff_get(&c->db, &(struct staff_get_in){t->id}, &s, &found));
    if (!found || s.disabled || !s.totp_secret.p) return true;
    if (s.has_locked_until && s.locked_until > c->now) {
        *t->out = SIGN_IN_RESTS;
        return true;
    }
    if (!secret_open(c->arena, &c->shop->key, s.totp_secret, &secret))
        return err_set(&c->err, ERR_INVALID,
                       "The second factor of this account cannot be read with the shop's key.");
    int64_t step = step_of(c->arena, secret, c->now, t->code);
    if (step >= 0)
        TRY(staff_use_totp_step_n(
            &c->db, &(struct staff_use_totp_step_in){.id = t->id, .totp_step = step}, &changed));
    if (changed == 0) return staff_count_failure(c, &s);
    *t->out = SIGN_IN_OK;
    return true;
}

bool staff_check_totp(struct ctx *c, int64_t id, struct str code, enum sign_in_verdict *out) {
    return tx_run(c, check, &(struct totp_try){.id = id, .code = code, .out = out});
}

static bool enable(struct ctx *c, void *self, bool *keep) {
    const struct totp_try *t = self;
    unsigned char nonce[24];
    *t->out = SIGN_IN_WRONG;
    int64_t step = step_of(c->arena, t->secret, c->now, t->code);
    if (step < 0) {
        *keep = false;
        return true;
    }
    ctx_world(c)->random(ctx_world(c)->self, nonce, sizeof nonce);
    struct str sealed = secret_seal(c->arena, &c->shop->key, t->secret, nonce);
    int64_t changed;
    TRY(staff_set_totp_n(
        &c->db, &(struct staff_set_totp_in){.id = t->id, .totp_secret = sealed, .totp_step = step},
        &changed));
    if (changed == 0) return true; // somebody set one up meanwhile: theirs holds
    *t->out = SIGN_IN_OK;
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = t->id, .action = "staff.totp"});
}

bool staff_totp_enable(struct ctx *c, int64_t id, struct str secret_base32, struct str code,
                       enum sign_in_verdict *out) {
    return tx_run(c, enable,
                  &(struct totp_try){.id = id, .secret = secret_base32, .code = code, .out = out});
}

static bool reset(struct ctx *c, void *self, bool *keep) {
    int64_t id = *(const int64_t *)self;
    (void)keep;
    TRY(staff_clear_totp(&c->db, &(struct staff_clear_totp_in){id}));
    TRY(session_end_all(c, (struct session_subject){ACTOR_STAFF, id}, 0));
    return audit_write(
        c, &(struct audit){.object = "staff", .object_id = id, .action = "staff.totp_reset"});
}

bool staff_totp_reset(struct ctx *c, int64_t id) { return tx_run(c, reset, &id); }
