// SPDX-License-Identifier: Apache-2.0
// ctx: one piece of work (a request, a job, a command) on its way through Kontor. shop: what all of
// them share in one process.
#pragma once
#include "base/json.h"
#include "base/money.h"
#include "core/module.h"
#include "core/world.h"
#include "http/page_cache.h"
#include "http/token.h"

#define PERM_MAX 256
enum actor_kind { ACTOR_VISITOR, ACTOR_CUSTOMER, ACTOR_STAFF, ACTOR_API, ACTOR_SYSTEM };
struct actor {
    enum actor_kind kind;
    int64_t id;      // customer, staff or key id; 0 for visitor and system
    struct str name; // for the audit trail: "anna@…" or "system"
    uint64_t perms[PERM_MAX / 64];
};
enum lang { LANG_DE, LANG_EN, LANG_COUNT };
struct i18n;
struct acl;
struct settings;
struct kept;
struct kept_hold;
struct watch;
#define SHOP_SLOTS 16
struct shop_slot {
    const char *name;
    void *value;
};
struct shop { // one per process, never moved, immutable after start but for what guards itself
    struct arena arena;
    struct world world;
    struct db_pool *pool;
    struct module_table modules;
    struct acl *acl;
    struct settings *settings;
    struct i18n *i18n;
    struct page_cache *cache;
    struct kept *kept; // core/kept.h; NULL: nothing is kept
    struct secret_key key; // of DIR/secrets: CSRF, seals
    struct str dir, base_url;
    int64_t origin;      // random; tells this process's cache bumps from those of others
    struct jobs *jobs;   // the runner, NULL when none runs (tests run jobs by hand)
    struct watch *watch; // core/watch.h, NULL when not started
    struct shop_slot slots[SHOP_SLOTS];
};
struct ctx {
    struct shop *shop;
    struct arena *arena; // of this piece of work
    struct err err;
    struct db db; // db.arena == arena, db.err == &err
    struct actor actor;
    enum lang lang;
    instant now;               // taken once at the start
    const struct request *rq;  // NULL for jobs and commands
    const struct route *route; // the row that matched, NULL for none
    int64_t session_id;        // 0: none yet
    int64_t job_id;            // of the job that runs, else 0
    struct str csrf;           // token for forms of this session
    struct settings_hold *held; // settings as JSON that this work has seen (core/settings.h)
    struct kept_hold *kept;    // kept rows that this work has read (core/kept.h)
    uint64_t bumps[64];        // cache topics to bump after the commit (core/tx.h)
    size_t bump_count;
    bool bump_all;   // more than fit: the whole cache is stale
    bool jobs_added; // wake the runner after the commit
};
void ctx_begin(struct ctx *c, struct shop *shop, struct arena *a);
void ctx_end(struct ctx *c);
static inline struct world *ctx_world(struct ctx *c) { return &c->shop->world; }
// The clock as it is; c->now is when this piece of work began.
static inline instant ctx_clock(struct ctx *c) {
    return c->shop->world.now(c->shop->world.self);
}
struct currency shop_currency(struct ctx *c); // setting shop.currency
// What a face or a port keeps for the process: compiled templates, a client. Set at start, before
// threads run; the slot of a name not seen yet holds NULL.
void **shop_slot(struct shop *s, const char *name);
const struct module *shop_module(const struct shop *s,
                                 const char *name); // NULL when not in the table
