// SPDX-License-Identifier: Apache-2.0
#include "core/watch.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/settings.h"
#include "core/tx.h"
#include "core_sql.h"

#define SETTLED (30 * SECOND) // no transaction with an earlier id can still commit
enum { LOOK_MS = 250 };

struct watch {
    struct shop *shop;
    struct watch_state state;
    pthread_t thread;
    int stop; // eventfd
};

bool watch_begin(struct shop *shop, struct watch_state *w, struct err *err) {
    struct arena a = {0};
    struct db db;
    struct core_bump_last last;
    bool found;
    db_begin_use(&db, shop->pool, &a, err);
    bool ok = core_bump_last(&db, &last, &found);
    db_end_use(&db);
    arena_done(&a);
    *w = (struct watch_state){.seen_upto = ok && found ? last.id : 0};
    return ok;
}

static bool seen(const struct watch_state *w, int64_t id) {
    for (size_t i = 0; i < w->recent_count; i++)
        if (w->recent[i] == id) return true;
    return false;
}

static bool names_settings(const struct watch_state *w, const struct core_bump_since_rows *rows) {
    for (size_t i = 0; i < rows->n; i++) {
        int64_t topic = rows->v[i].topic;
        bool named = topic == 0 || (uint64_t)topic == topic_of("setting", 0);
        if (named && !seen(w, rows->v[i].id)) return true;
    }
    return false;
}

// Ids may appear out of order: those younger than SETTLED are read again and told apart by name.
static void apply(struct shop *shop, struct watch_state *w,
                  const struct core_bump_since_rows *rows) {
    instant now = shop->world.now(shop->world.self);
    struct watch_state next = {.seen_upto = w->seen_upto};
    for (size_t i = 0; i < rows->n; i++) {
        const struct core_bump_since *r = &rows->v[i];
        if (!seen(w, r->id)) {
            if (r->topic == 0)
                page_cache_clear(shop->cache);
            else
                page_cache_bump(shop->cache, (uint64_t)r->topic);
        }
        bool full = next.recent_count == ARRAY_LEN(next.recent);
        if (now - r->at > SETTLED || full)
            next.seen_upto = r->id;
        else
            next.recent[next.recent_count++] = r->id;
    }
    *w = next;
}

bool watch_look(struct shop *shop, struct watch_state *w, struct err *err) {
    struct arena a = {0};
    struct db db;
    struct core_bump_since_rows rows;
    db_begin_use(&db, shop->pool, &a, err);
    bool ok = core_bump_since_all(
        &db, &(struct core_bump_since_in){.after = w->seen_upto, .origin = shop->origin}, &rows);
    // Settings first: a page begun after its bump must not see the old ones.
    if (ok && names_settings(w, &rows)) ok = settings_reload(shop, err);
    if (ok) apply(shop, w, &rows);
    db_end_use(&db);
    arena_done(&a);
    return ok;
}

static void *watch_thread(void *self) {
    struct watch *w = self;
    struct pollfd fd = {.fd = w->stop, .events = POLLIN};
    while (poll(&fd, 1, LOOK_MS) <= 0) {
        struct err err = {0};
        if (!watch_look(w->shop, &w->state, &err))
            LOG(&w->shop->world.log, w->shop->world.now(w->shop->world.self), LOG_ERROR,
                "watch.failed", {"message", str_c(err.message)}, {"detail", str_c(err.detail)});
    }
    return NULL;
}

bool watch_start(struct shop *shop, struct err *err) {
    ensure(!shop->watch);
    struct watch *w = ARENA_NEW(&shop->arena, struct watch);
    w->shop = shop;
    TRY(watch_begin(shop, &w->state, err));
    w->stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    ensure(w->stop >= 0);
    ensure(pthread_create(&w->thread, NULL, watch_thread, w) == 0);
    shop->watch = w;
    return true;
}

void watch_stop(struct shop *shop) {
    struct watch *w = shop->watch;
    if (!w) return;
    (void)!eventfd_write(w->stop, 1);
    pthread_join(w->thread, NULL);
    close(w->stop);
    shop->watch = NULL;
}
