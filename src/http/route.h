// SPDX-License-Identifier: Apache-2.0
// Routes as data. What may be asked of a handler before it runs (permission, CSRF, rate limit, body
// size) stands in the row; the dispatcher in core enforces it, a handler cannot forget it. A row
// without .perm does not start (router_new).
#pragma once
#include "http/http.h"

struct ctx; // core/ctx.h
typedef bool route_handler(struct ctx *c, const struct request *rq,
                           struct response *rs); // false: failure in c->err

enum route_csrf {
    CSRF_DEFAULT, // GET, HEAD: none; others: CSRF_ORIGIN on public routes, CSRF_TOKEN on the rest
    CSRF_ORIGIN,  // Sec-Fetch-Site or Origin must say same-origin (cached pages hold no token)
    CSRF_TOKEN,   // hidden field csrf = HMAC of the session; and CSRF_ORIGIN
    CSRF_NONE,    // authenticated otherwise: webhook signature, API key
};
enum route_limit { // named limits per client address (and session); numbers in http/limit.c
    LIMIT_DEFAULT, // reading pages
    LIMIT_WRITE,   // forms
    LIMIT_GUESS,   // anything where guessing pays: login, codes, order links
    LIMIT_ORDER,   // placing orders (carding); refused forms (422) count as LIMIT_WRITE only
    LIMIT_HOOK,    // webhooks
    LIMIT_NONE,
};
enum route_cache {
    CACHE_PRIVATE,
    CACHE_PAGE,
    CACHE_ASSET
}; // no-store; shared page cache; immutable

#define PERM_PUBLIC   "public"   // anybody
#define PERM_CUSTOMER "customer" // a signed-in customer; others are sent to /account/login
#define PERM_STAFF    "staff"    // any signed-in member of staff (desk home, own profile)

struct route {
    enum http_method method; // HEAD follows GET
    const char *path; // "/products/:handle", "/products/:handle.js"; a last "*rest" takes the
                      // (non-empty) remainder
    route_handler *handler;
    const char *perm; // PERM_* or a permission of a module descriptor, "order.write"
    enum route_csrf csrf;
    enum route_limit limit;
    enum route_cache cache;
    size_t body_max; // bytes; 0: 64 KiB
};
struct router;
// Builds the tree; duplicate or malformed rows are a bug named on stderr. A literal segment goes
// before a parameter, that before the remainder; a path that ends in "/" is another path than the
// one without.
struct router *router_new(struct arena *a, const struct route *const *tables, const size_t *counts,
                          size_t n);
// Finds the row and fills params. NULL: no such path (allowed_out 0) or wrong method (allowed_out:
// bit set of methods).
const struct route *router_find(const struct router *r, enum http_method m, struct str path,
                                struct arena *a, struct http_pairs *params_out,
                                unsigned *allowed_out);
struct str route_allow(struct arena *a, unsigned allowed); // "GET, HEAD, POST" for the header Allow
#define ROUTE_BODY_MAX ((size_t)64 << 10)
static inline size_t route_body_max(const struct route *r) {
    return r->body_max ? r->body_max : ROUTE_BODY_MAX;
}
