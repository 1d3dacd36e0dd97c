// SPDX-License-Identifier: Apache-2.0
// The dispatcher: from a parsed request to a response. Finds the route, loads the session, enforces permission, CSRF and rate
// limit, opens ctx, calls the handler, turns failures into pages through the face's error page, sets security headers, keeps
// cacheable pages.
#pragma once
#include "core/ctx.h"
#include "http/server.h"

struct app_hooks { // given by main from the faces
    // Shows a failure or a refusal of the dispatcher (404, 405, 403, 413, 422, 429, 500, 503) in the right face.
    void (*error_page)(struct ctx *c, const struct request *rq, struct response *rs, int status);
    // Fills actor.perms for a staff id (table of module staff).
    bool (*load_staff)(struct ctx *c, int64_t staff_id);
    bool (*load_api_key)(struct ctx *c, const struct request *rq);
};
struct app;
struct app *app_new(struct arena *a, struct shop *shop, const struct app_hooks *hooks);
struct server_app app_server(struct app *app);
// For tests: one request through everything but the socket.
void app_handle(struct app *app, int worker, struct request *rq, struct response *rs);
// Opens the database, registry, settings, i18n of a shop; used by serve, commands and tests.
struct shop_open {
    struct str dir, db_url, base_url;
    struct world world;
    struct module_table modules;
    const struct db_migration *migrations;
    size_t migration_count;
};
MUST_USE bool shop_open(const struct shop_open *o, struct shop *out, struct err *err);
void shop_close(struct shop *s);
