// SPDX-License-Identifier: Apache-2.0
// Sessions live in the database; the cookie holds a token, the table its hash. One cookie "k" for
// visitors and customers, one "kd" (path /, strict) for the desk. A session row is made only when
// there is something to keep. Sign-in rotates the token.
#pragma once
#include "core/ctx.h"

enum session_realm { SESSION_SHOP, SESSION_DESK };
MUST_USE bool session_load(struct ctx *c, const struct request *rq,
                           enum session_realm realm); // fills actor, csrf when there
// start, sign_in and sign_out write in their own tx, or in the caller's when one is open.
MUST_USE bool session_start(struct ctx *c, struct response *rs,
                            enum session_realm realm); // a visitor's session
struct session_subject {
    enum actor_kind kind;
    int64_t id;
};
MUST_USE bool session_sign_in(struct ctx *c, struct response *rs, enum session_realm realm,
                              struct session_subject who);
MUST_USE bool session_sign_out(struct ctx *c, struct response *rs, enum session_realm realm);
MUST_USE bool session_end_all(struct ctx *c, struct session_subject who,
                              int64_t but_session); // password changed; in tx
bool csrf_ok(struct ctx *c, const struct request *rq);
