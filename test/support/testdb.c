// SPDX-License-Identifier: Apache-2.0
#include "testdb.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *asked_for(void) {
    const char *url = getenv("KONTOR_TEST_DB");
    return url && *url && strcmp(url, "sqlite") != 0 ? url : NULL;
}

bool testdb_is_postgres(void) { return asked_for() != NULL; }

NORETURN static void give_up(const char *what, const char *why) {
    fprintf(stderr, "testdb: %s: %s\n", what, why);
    abort();
}

static void postgres_script(const char *sql) {
    PGconn *c = PQconnectdb(asked_for());
    PGresult *r = PQstatus(c) == CONNECTION_OK ? PQexec(c, sql) : NULL;
    if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
        give_up(sql, PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
}

static void fresh_name(char *out, size_t size) {
    uint64_t random;
    if (getentropy(&random, sizeof random) != 0) give_up("random", "none");
    snprintf(out, size, "kontor_test_%d_%08x", (int)getpid(), (unsigned)random);
}

static struct str postgres_url(struct arena *a, const char *schema) {
    const char *url = asked_for();
    return arena_fmt(a, "%s%coptions=-csearch_path%%3D%s&application_name=%s", url,
                     strchr(url, '?') ? '&' : '?', schema, schema);
}

static struct str make_schema(struct arena *a, char *schema, size_t size) {
    fresh_name(schema, size);
    postgres_script(arena_fmt(a, "CREATE SCHEMA %s", schema).p);
    return postgres_url(a, schema);
}

static void drop_schema(const char *schema) {
    char sql[120];
    snprintf(sql, sizeof sql, "SET client_min_messages=warning; DROP SCHEMA %s CASCADE", schema);
    postgres_script(sql);
}

static instant clock_of(void *world) { return ((struct testdb *)world)->now; }

struct testdb *testdb_open(struct arena *a, const struct db_migration *migrations, size_t n) {
    struct testdb *t = ARENA_NEW(a, struct testdb);
    t->arena = a;
    t->now = 1700000000 * SECOND;
    t->url = asked_for() ? make_schema(a, t->schema, sizeof t->schema) : S(":memory:");
    struct db_open how = {.url = t->url, .now = clock_of, .world = t};
    if (!db_pool_open(a, &how, &t->pool, &t->err) || !db_migrate(t->pool, migrations, n, &t->err))
        give_up(t->err.message, t->err.detail);
    db_begin_use(&t->db, t->pool, a, &t->err);
    return t;
}

void testdb_close(struct testdb *t) {
    db_end_use(&t->db);
    db_pool_close(t->pool);
    if (t->schema[0]) drop_schema(t->schema);
}

void testdb_cut_connections(struct testdb *t) {
    if (!t->schema[0]) return;
    struct arena a = {0};
    postgres_script(arena_fmt(&a,
                              "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                              "application_name = '%s'",
                              t->schema)
                        .p);
    arena_done(&a);
}

struct str testdb_url(struct arena *a) {
    char schema[40];
    if (asked_for()) return make_schema(a, schema, sizeof schema);
    char dir[] = "/tmp/kontor-test-XXXXXX";
    if (!mkdtemp(dir)) give_up("temporary folder", dir);
    return arena_fmt(a, "sqlite:%s/shop.db", dir);
}

void testdb_drop(struct str url) {
    struct arena a = {0};
    if (str_starts(url, S("sqlite:"))) {
        static const char *const endings[] = {"", "-wal", "-shm"};
        const char *path = arena_cstr(&a, str_from(url, 7));
        for (size_t i = 0; i < ARRAY_LEN(endings); i++)
            unlink(arena_fmt(&a, "%s%s", path, endings[i]).p);
        rmdir(arena_cstr(&a, str_sub(url, 7, url.n - 7 - strlen("/shop.db"))));
    } else {
        struct str rest = str_from(url, str_find(url, S("kontor_test_"))), schema;
        schema = str_sub(rest, 0, str_find_char(rest, '&'));
        drop_schema(arena_cstr(&a, schema));
    }
    arena_done(&a);
}
