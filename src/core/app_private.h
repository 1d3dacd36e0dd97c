// SPDX-License-Identifier: Apache-2.0
// Inside of the dispatcher.
#pragma once
#include "core/app.h"
#include "core/session.h"
#include "http/limit.h"

enum { BODY_MAX_DEFAULT = 64 << 10 }; // bytes of a body for rows that name no limit

struct app {
    struct shop *shop;
    struct app_hooks hooks;
    struct router *router;
    struct limiter *limiter;
};
enum guard {
    GUARD_PASS,
    GUARD_ANSWERED /* rs is a redirect */,
    GUARD_REFUSED /* show *status_out */,
    GUARD_FAILED
};
// Everything that stands between a matched row and its handler: rate, size, session, permission,
// CSRF.
enum guard guard_route(struct app *app, struct ctx *c, struct request *rq, struct response *rs,
                       int *status_out);
// After the handler: a form refused for what was typed (422) does not count as an order.
void guard_answered(struct app *app, struct ctx *c, const struct response *rs);

// Splits "/en/x" into language and "/x"; a path without prefix is of the first language. False for
// the first's own prefix.
struct lang_path {
    enum lang lang;
    struct str path;
    bool prefixed;
};
struct lang_path lang_path_of(const struct shop *s, struct arena *a, struct str path);
void security_headers(const struct shop *s, const struct route *route, struct response *rs);
