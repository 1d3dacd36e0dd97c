// SPDX-License-Identifier: Apache-2.0
#include "core/tx.h"

#include "core/jobs.h"
#include "core/settings.h"
#include "core_sql.h"

struct run {
    struct ctx *c;
    tx_body *body;
    void *self;
};

// Tells the other processes; the topics of this one are bumped after the commit.
static bool write_bumps(struct ctx *c) {
    struct core_bump_insert_in in = {.origin = c->shop->origin, .now = ctx_clock(c)};
    if (c->bump_all) return core_bump_insert(&c->db, &in);
    for (size_t i = 0; i < c->bump_count; i++) {
        in.topic = (int64_t)c->bumps[i];
        TRY(core_bump_insert(&c->db, &in));
    }
    return true;
}

static void forget(struct ctx *c) {
    c->bump_count = 0;
    c->bump_all = false;
    c->jobs_added = false;
}

static bool run_body(struct db *db, void *self, bool *keep) {
    struct run *r = self;
    struct ctx *c = r->c;
    ensure(db == &c->db);
    forget(c);
    TRY(r->body(c, r->self, keep));
    if (*keep) return write_bumps(c);
    forget(c); // a refusal promises nothing
    return true;
}

static void take_effect(struct ctx *c) {
    struct shop *shop = c->shop;
    uint64_t setting = topic_of("setting", 0);
    bool settings = c->bump_all;
    for (size_t i = 0; i < c->bump_count; i++) settings = settings || c->bumps[i] == setting;
    struct err err = {0};
    // Settings first: a page begun after its bump must not see the old ones.
    if (settings && !settings_reload(shop, &err))
        LOG(&shop->world.log, c->now, LOG_ERROR, "settings.reload_failed",
            {"detail", str_c(err.detail[0] ? err.detail : err.message)});
    if (c->bump_all && shop->cache) page_cache_clear(shop->cache);
    for (size_t i = 0; shop->cache && i < c->bump_count; i++)
        page_cache_bump(shop->cache, c->bumps[i]);
    if (c->jobs_added) jobs_wake(shop);
}

bool tx_run(struct ctx *c, tx_body *body, void *self) {
    struct run r = {c, body, self};
    bool ok = db_write(&c->db, run_body, &r);
    // After an unknown outcome the write may be there: what is made stale needlessly costs little.
    if (ok || c->err.code == ERR_UNCERTAIN) take_effect(c);
    forget(c);
    return ok;
}

void tx_bump(struct ctx *c, const char *kind, int64_t id) {
    ensure(c->db.writing);
    uint64_t topic = topic_of(kind, id);
    for (size_t i = 0; i < c->bump_count; i++)
        if (c->bumps[i] == topic) return;
    if (c->bump_count == ARRAY_LEN(c->bumps))
        c->bump_all = true;
    else
        c->bumps[c->bump_count++] = topic;
}

bool job_add(struct ctx *c, const struct job_new *j) {
    ensure(c->db.writing);
    ensure(job_kind_find(c->shop, str_c(j->kind)));
    TRY(core_job_insert(&c->db, &(struct core_job_insert_in){
                                    .kind = str_c(j->kind),
                                    .payload = str_empty(j->payload) ? S("{}") : j->payload,
                                    .unique_key = j->key,
                                    .run_at = j->run_at ? j->run_at : c->now,
                                    .now = c->now,
                                }));
    c->jobs_added = true;
    return true;
}

static bool event_known(const struct shop *s, const char *event) {
    for (size_t m = 0; m < s->modules.n; m++)
        for (const struct event_kind *e = s->modules.v[m]->events; e && e->name; e++)
            if (strcmp(e->name, event) == 0) return true;
    return false;
}

// {"event":"order.placed", ...payload}
static struct str event_payload(struct arena *a, const char *event, struct str payload) {
    struct str inner = str_trim(payload);
    if (str_empty(inner)) inner = S("{}");
    ensure(inner.n >= 2 && inner.p[0] == '{' && inner.p[inner.n - 1] == '}');
    inner = str_trim(str_sub(inner, 1, inner.n - 2));
    return arena_fmt(a, "{\"event\":\"%s\"%s" STR_FMT "}", event, inner.n ? "," : "",
                     STR_ARG(inner));
}

bool event_emit(struct ctx *c, const char *event, struct str payload, struct str key) {
    ensure(event_known(c->shop, event));
    struct job_new j = {
        .payload = event_payload(c->arena, event, payload),
        .key = key.p ? arena_fmt(c->arena, "%s:" STR_FMT, event, STR_ARG(key)) : key,
    };
    for (size_t m = 0; m < c->shop->modules.n; m++)
        for (const struct subscription *s = c->shop->modules.v[m]->subscriptions; s && s->event;
             s++) {
            if (strcmp(s->event, event) != 0) continue;
            j.kind = s->job;
            TRY(job_add(c, &j));
        }
    return true;
}
