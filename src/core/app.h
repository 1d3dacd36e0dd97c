// SPDX-License-Identifier: Apache-2.0
// The dispatcher: from a parsed request to a response. Finds the route, loads the session, enforces
// permission, CSRF and rate limit, opens ctx, calls the handler, turns failures into pages through
// the face's error page, sets security headers, keeps cacheable pages.
#pragma once
#include "core/ctx.h"
#include "http/server.h"

struct app_hooks { // given by main from the faces
    // Shows a failure or a refusal of the dispatcher (400, 401, 403, 404, 405, 409, 413, 429, 500,
    // 503 ...) in the right face. rs is empty but for status and headers such as Allow. NULL, or
    // nothing written: the plain page of error_page_plain.
    void (*error_page)(struct ctx *c, const struct request *rq, struct response *rs, int status);
    // Fills actor.perms for a staff id (table of module staff).
    // One who may no longer enter: actor.kind = ACTOR_VISITOR. False: failure.
    bool (*load_staff)(struct ctx *c, int64_t staff_id);
    // For rows with CSRF_NONE and a permission: who the key of the request belongs to; a bad key
    // leaves a visitor (401). For the APIs that come: main gives none yet, since no row is one.
    bool (*load_api_key)(struct ctx *c, const struct request *rq);
    bool limits_off; // no rate limits: load tests
};
// A visitor with this cookie gets pages made for him, none out of the page cache: it holds the
// token of a theme that is being tried. What has not a token's shape counts as no cookie.
#define COOKIE_UNSHARED "theme_preview"
struct app;
// hooks (copied) may be NULL: no staff, no keys, plain error pages. Ends the process on a malformed
// route table.
struct app *app_new(struct arena *a, struct shop *shop, const struct app_hooks *hooks);
void app_free(struct app *app);
// Title and sentence of a status in the language of c: messages error.<status>.title and .text.
struct str error_title(struct ctx *c, int status);
struct str error_text(struct ctx *c, int status);
void error_page_plain(struct ctx *c, const struct request *rq, struct response *rs, int status);
struct server_app app_server(struct app *app);
// A path of this shop in the language of c: "/en" + path where the language has a prefix; faces
// print links through it.
struct str url_local(struct ctx *c, struct str path);
struct str url_absolute(struct ctx *c, struct str path); // with base_url: for mails and feeds
// Proves the route tables before start: every row has a handler and a known permission, POST, PUT,
// PATCH, DELETE rows a decision. False names the row. shop_open calls it.
MUST_USE bool route_table_check(const struct acl *acl, struct module_table modules,
                                struct err *err);
// For tests: one request through everything but the socket.
void app_handle(struct app *app, int worker, struct request *rq, struct response *rs);
// Opens the database, registry, settings, i18n of a shop; used by serve, commands and tests. The
// core's own module is put before the others. The key is the file DIR/secrets, made when the shop
// is new; without dir it is drawn (tests).
struct shop_open {
    struct str dir, db_url, base_url; // base_url absent: the setting shop.base_url
    struct world world;
    struct module_table modules;
    const struct db_migration *migrations; // none: the database is as it must be
    size_t migration_count;
    size_t cache_bytes; // 0: 64 MiB
    // Readers (SQLite) or connections at most; 0: the database room's default. Every thread that
    // works needs one, and a second while it reads settings again.
    int connections;
};
MUST_USE bool shop_open(const struct shop_open *o, struct shop *out, struct err *err);
void shop_close(struct shop *s);
