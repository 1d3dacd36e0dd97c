// SPDX-License-Identifier: Apache-2.0
// How many transactions of one insert a second: bench_write URL SECONDS. With 1, 4, 16 and 64
// threads.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/migrate.h"
#include "toy_sql.h"

extern const struct db_migration toy_migrations[];
extern const size_t toy_migration_count;

enum { THREADS_MAX = 64 };

struct worker {
    pthread_t thread;
    struct db_pool *pool;
    int number, done;
    instant until;
};

static instant now(void *world) {
    struct timespec t;
    (void)world;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND + t.tv_nsec / 1000;
}

static bool add(struct db *db, void *self, bool *keep) {
    struct worker *w = self;
    struct str name = arena_fmt(db->arena, "%lld-%d-%d", (long long)w->until, w->number, w->done);
    int64_t id;
    (void)keep;
    return toy_add(db, &(struct toy_add_in){.name = name, .price = 1}, &id);
}

static void *work(void *self) {
    struct worker *w = self;
    struct arena a = {0};
    while (now(NULL) < w->until) {
        struct db db;
        struct err err = {0};
        db_begin_use(&db, w->pool, &a, &err);
        if (!db_write(&db, add, w)) {
            fprintf(stderr, "%s %s\n", err.message, err.detail);
            exit(1);
        }
        db_end_use(&db);
        w->done++;
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

static void measure(struct db_pool *pool, int threads, int seconds) {
    struct worker w[THREADS_MAX];
    struct db_counts before = db_pool_counts(pool);
    int done = 0;
    for (int i = 0; i < threads; i++) {
        w[i] = (struct worker){.pool = pool, .number = i, .until = now(NULL) + seconds * SECOND};
        if (pthread_create(&w[i].thread, NULL, work, &w[i]) != 0) exit(1);
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(w[i].thread, NULL);
        done += w[i].done;
    }
    struct db_counts after = db_pool_counts(pool);
    printf("%2d threads: %6d transactions/s, %6d commits/s\n", threads, done / seconds,
           (int)(after.commits - before.commits) / seconds);
}

int main(int argc, char **argv) {
    struct arena a = {0};
    struct err err = {0};
    struct db_pool *pool;
    int64_t seconds;
    if (argc != 3 || !str_to_int(str_c(argv[2]), &seconds)) return 2;
    struct db_open how = {.url = str_c(argv[1]), .now = now};
    if (!db_pool_open(&a, &how, &pool, &err) ||
        !db_migrate(pool, toy_migrations, toy_migration_count, &err)) {
        fprintf(stderr, "%s %s\n", err.message, err.detail);
        return 1;
    }
    const int threads[] = {1, 4, 16, 64};
    for (size_t i = 0; i < ARRAY_LEN(threads); i++) measure(pool, threads[i], (int)seconds);
    db_pool_close(pool);
    arena_done(&a);
    return 0;
}
