// SPDX-License-Identifier: Apache-2.0
// The pool: one writer connection, readers on demand, handles.
#include "db/driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READERS_DEFAULT = 8 };

instant db_now(const struct db_pool *p) { return p->how.now ? p->how.now(p->how.world) : 0; }

static struct db_conn *conn_new(struct db_pool *p, bool writer) {
    struct db_conn *c = ARENA_NEW(p->arena, struct db_conn);
    *c = (struct db_conn){.pool = p, .writer = writer};
    return c;
}

void db_conn_forget(struct db_conn *c) {
    arena_done(&c->arena);
    c->statements = (struct map){0};
    c->handle = NULL;
}

bool db_connected(struct db_conn *c, struct err *err) {
    const struct db_driver *d = c->pool->driver;
    if (c->handle && !d->usable(c)) d->disconnect(c);
    return c->handle || d->connect(c, err);
}

// ":memory:" is a file in shared memory without fsync, removed at the end: so tests see the same
// locks, readers and write-ahead log as a shop does.
static bool temporary_file(struct db_pool *p, struct err *err) {
    char path[] = "/dev/shm/kontor-XXXXXX";
    int fd = mkstemp(path);
    char other[] = "/tmp/kontor-XXXXXX";
    const char *made = path;
    if (fd < 0) fd = mkstemp(other), made = other;
    if (fd < 0)
        return err_set(err, ERR_IO, "No temporary file for a database in memory can be made.");
    close(fd);
    p->target = arena_str(p->arena, str_c(made)).p;
    p->temporary = true;
    return true;
}

static bool choose_driver(struct db_pool *p, struct err *err) {
    struct str url = p->how.url;
    if (str_starts(url, S("sqlite:"))) {
        p->driver = &db_sqlite;
        p->target = arena_cstr(p->arena, str_from(url, 7));
    } else if (str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://"))) {
        p->driver = &db_postgres;
        p->target = arena_cstr(p->arena, url);
    } else if (str_eq(url, S(":memory:"))) {
        p->driver = &db_sqlite;
        p->target = ":memory:";
    } else {
        err_set(err, ERR_INVALID, "The database address \"" STR_FMT "\" is not understood.",
                STR_ARG(url));
        return err_hint(err, "Write sqlite:/path/shop.db or postgres://user@host:port/name.");
    }
    return strcmp(p->target, ":memory:") != 0 || temporary_file(p, err);
}

bool db_pool_open(struct arena *a, const struct db_open *how, struct db_pool **out,
                  struct err *err) {
    struct db_pool *p = ARENA_NEW(a, struct db_pool);
    *p = (struct db_pool){.arena = a, .how = *how};
    TRY(choose_driver(p, err));
    p->readers_max = how->connections > 0 ? how->connections : READERS_DEFAULT;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->reader_free, NULL);
    p->writer = conn_new(p, true);
    for (int i = 0; i < p->readers_max;
         i++) { // made now, since the arena has no lock; connected on first use
        struct db_conn *c = conn_new(p, false);
        c->next = p->idle;
        p->idle = c;
    }
    if (!p->driver->connect(p->writer, err)) {
        db_pool_close(p);
        return false;
    }
    *out = p;
    return true;
}

static void remove_temporary(const struct db_pool *p) {
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", p->target, endings[i]);
        unlink(path);
    }
}

void db_pool_close(struct db_pool *p) {
    ensure(p->readers == 0 && !p->queue.busy); // a handle is still in use
    for (struct db_conn *c = p->idle; c; c = c->next)
        if (c->handle) p->driver->disconnect(c);
    if (p->writer->handle) p->driver->disconnect(p->writer);
    if (p->temporary) remove_temporary(p);
    pthread_cond_destroy(&p->reader_free);
    pthread_mutex_destroy(&p->lock);
}

bool db_pool_is_postgres(const struct db_pool *p) { return p->driver == &db_postgres; }

struct db_counts db_pool_counts(struct db_pool *p) {
    pthread_mutex_lock(&p->lock);
    struct db_counts n = {p->queue.transactions, p->queue.commits};
    pthread_mutex_unlock(&p->lock);
    return n;
}

void db_begin_use(struct db *db, struct db_pool *pool, struct arena *a, struct err *err) {
    *db = (struct db){.pool = pool, .arena = a, .err = err};
}

bool db_take_reader(struct db *db) {
    struct db_pool *p = db->pool;
    if (!db->conn) {
        pthread_mutex_lock(&p->lock);
        while (!p->idle) pthread_cond_wait(&p->reader_free, &p->lock);
        db->conn = p->idle;
        p->idle = db->conn->next;
        p->readers++;
        pthread_mutex_unlock(&p->lock);
    }
    return db->writing ||
           db_connected(db->conn, db->err); // a writer that is lost fails its transaction
}

bool db_backup(struct db *db, const char *path) {
    ensure(!db->writing);
    TRY(db_take_reader(db));
    return db->pool->driver->backup(db->conn, path, db->err);
}

void db_end_use(struct db *db) {
    struct db_pool *p = db->pool;
    ensure(!db->writing);
    if (!db->conn) return;
    pthread_mutex_lock(&p->lock);
    db->conn->next = p->idle;
    p->idle = db->conn;
    p->readers--;
    pthread_cond_signal(&p->reader_free);
    pthread_mutex_unlock(&p->lock);
    db->conn = NULL;
}
