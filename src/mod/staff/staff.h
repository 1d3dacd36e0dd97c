// SPDX-License-Identifier: Apache-2.0
// People who work in the shop: password (Argon2id) and a second factor (TOTP, RFC 6238), roles,
// permissions, API keys. Sign-in is two steps: password or one-time link, then the code of the
// authenticator app; without one set up yet, the person sets it up first. After 5 wrong tries in a
// row the account rests for 15 minutes. What was wrong is never told.
#pragma once
#include "core/tx.h"

#define STAFF_LINK_LIFE    (24 * HOUR)
#define STAFF_PASSWORD_MIN 12
#define STAFF_FAILED_MAX   5
#define STAFF_REST         (15 * MINUTE)

struct staff_new {
    struct str email, name, role, password; // password absent: sign-in link only
    enum lang lang;
};
enum staff_verdict {
    STAFF_OK,
    STAFF_EMAIL_TAKEN,
    STAFF_BAD_EMAIL,
    STAFF_BAD_ROLE,
    STAFF_WEAK_PASSWORD,
    STAFF_NOT_FOUND,
    STAFF_LAST_OWNER
};
MUST_USE bool staff_add(struct ctx *c, const struct staff_new *n, enum staff_verdict *out,
                        int64_t *id_out);
MUST_USE bool staff_set_password(struct ctx *c, int64_t id, struct str password,
                                 enum staff_verdict *out);
// role, permissions (names; for role staff) and whether the account may be used. The last enabled
// owner stays one.
struct staff_access {
    struct str role;
    const struct str *perms;
    size_t n;
    bool disabled;
};
MUST_USE bool staff_set_access(struct ctx *c, int64_t id, const struct staff_access *a,
                               enum staff_verdict *out);
// A one-time sign-in link's token for /desk/login/link/<token>; own transaction.
MUST_USE bool staff_link_new(struct ctx *c, int64_t id, struct str *token_out);

enum sign_in_verdict { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_RESTS };
struct sign_in { // the first step done: who it is, and whether a second factor is set up
    enum sign_in_verdict verdict;
    int64_t id;
    bool has_totp;
};
MUST_USE bool staff_check_password(struct ctx *c, struct str email, struct str password,
                                   struct sign_in *out);
MUST_USE bool staff_check_link(struct ctx *c, struct str token,
                               struct sign_in *out); // the link is used up
// The second factor: a code works once and one step (30 s) to either side of now.
MUST_USE bool staff_check_totp(struct ctx *c, int64_t id, struct str code,
                               enum sign_in_verdict *out);
// Setting it up: a new secret is only kept when a code made from it is right.
struct totp_setup {
    struct str secret_base32; // to be typed
    struct str uri;           // otpauth://totp/... for the QR code
};
void staff_totp_new(struct ctx *c, struct str email, struct totp_setup *out);
MUST_USE bool staff_totp_enable(struct ctx *c, int64_t id, struct str secret_base32,
                                struct str code, enum sign_in_verdict *out);
// The authenticator was lost: the next sign-in sets up a new one. Ends all sessions; own
// transaction.
MUST_USE bool staff_totp_reset(struct ctx *c, int64_t id);
bool totp_code(struct arena *a, struct str secret_base32, instant at,
               struct str *code_out); // for tests and the CLI
// Fills c->actor.name and perms for a signed-in member of staff; false failure; an unknown or
// disabled one gets none.
bool staff_load(struct ctx *c, int64_t id);

// The person's own choices: the desk's language, and lists that they look at again ("orders",
// "state=open&..."). A view of the same name is replaced. Own transactions.
struct staff_view {
    const char *page;
    struct str name, query;
};
MUST_USE bool staff_set_lang(struct ctx *c, int64_t id, enum lang lang);
MUST_USE bool staff_view_save(struct ctx *c, int64_t id, const struct staff_view *v);
MUST_USE bool staff_view_drop(struct ctx *c, int64_t id, int64_t view_id);

struct api_key {
    struct str key, secret; // ck_..., cs_...; shown once. For the APIs that come: none reads it yet
};
MUST_USE bool api_key_add(struct ctx *c, int64_t staff_id, struct str permissions,
                          struct api_key *out);
extern const struct module staff_module;
