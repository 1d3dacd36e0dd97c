// SPDX-License-Identifier: Apache-2.0
// A module is a folder with one public header and one const descriptor: data only. All are listed
// in one table, in layer order (main/modules.c). Faces (shop, desk, api) are modules, too: they own
// routes.
#pragma once
#include "db/db.h"
#include "http/route.h"

struct ctx;
struct shop;
struct json;

struct permission {
    const char *name;    // "order.write"
    const char *de, *en; // what it allows, for the desk
};
enum setting_type {
    SETTING_TEXT,
    SETTING_MULTILINE,
    SETTING_INT,
    SETTING_MONEY,
    SETTING_BOOL,
    SETTING_CHOICE,
    SETTING_SECRET
};
struct setting {
    const char *key; // "shop.name"
    enum setting_type type;
    const char *otherwise; // default as text; NULL: empty. Money is the plain decimal "4.90", bool
                           // is "1" or "0"
    const char *const *choices; // NULL-terminated
    const char *perm;           // who may change it
    const char *de, *en;        // label
    const char *help_de, *help_en;
    bool (*valid)(struct arena *a, struct str value, const char **why_key_out); // NULL: any
    int64_t min, max; // of numbers, money in minor units; both 0: any
};
// A job does one durable piece of work and may run twice (idempotency is its business). payload is
// JSON.
enum job_result {
    JOB_DONE,
    JOB_RETRY /* c->err says why */,
    JOB_DEAD /* retrying cannot help; c->err says why */
};
struct job_kind {
    const char *name; // "mail.send"
    enum job_result (*run)(struct ctx *c, const struct json *payload);
    int max_attempts; // 0: 12 (about two days with back-off)
    int every_s;      // > 0: a periodic job, kept scheduled by the core; payload {}
};
struct subscription { // what may happen after an event: a job with the event's payload, to which
                      // "event": NAME is added
    const char *event, *job;
};
struct event_kind {
    const char *name;    // "order.placed"
    const char *payload; // prose: what the JSON holds
};
struct desk_page { // an entry of the desk's menu
    const char *path, *perm, *de, *en, *icon;
    int order;
};
struct module {
    const char *name;
    const char *const *needs; // names, NULL-terminated
    const struct db_query *queries;
    const size_t *query_count;      // generated constant
    const struct permission *perms; // arrays end with a zero row
    const struct setting *settings;
    const struct event_kind *events;
    const struct subscription *subscriptions;
    const struct job_kind *jobs;
    const struct desk_page *pages;
    const struct route *routes;
    // Invariants as queries that must return no row; see core/check.h.
    const struct check *checks;
    // Makes what the module keeps for the process (compiled templates, in shop_slot); called once,
    // before threads run. Or NULL.
    bool (*start)(struct shop *shop, struct err *err);
    void (*stop)(struct shop *shop); // gives back what start took beyond the shop's arena; or NULL
    bool (*rebuild)(struct ctx *c);  // recomputes what is derived; NULL when there is nothing
};
struct module_table {
    const struct module *const *v;
    size_t n;
};
