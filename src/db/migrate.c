// SPDX-License-Identifier: Apache-2.0
// All that is missing runs in one transaction on the writer connection, outside the queue: the
// program serves nobody yet.
#include "db/migrate.h"

#include <sodium.h>

#include "db/driver.h"

enum { BOOK_MAX = 100000 };

static const struct field book_fields[] = {{"name", FIELD_TEXT, 0, 0, 0},
                                           {"sha256", FIELD_TEXT, 0, sizeof(struct str), 0}};
struct book_row {
    struct str name, sha256;
};
static const struct db_piece book_pieces[] = {{-1, false,
                                               "SELECT name, sha256 FROM schema_migration",
                                               "SELECT name, sha256 FROM schema_migration"}};
static const struct db_query book_query = {
    .name = "migrations",
    .module = "db",
    .out = {"migration", sizeof(struct book_row), book_fields, 2},
    .pieces = book_pieces,
    .piece_count = 1};

struct book { // what ran before
    struct arena arena;
    struct map done; // name to hash
    bool has_domains;
    struct err *err;
};

static bool read_book(void *self, const struct db_value *values) {
    struct book *b = self;
    if (b->done.n == BOOK_MAX)
        return err_set(b->err, ERR_FULL, "The database has too many migrations.");
    struct str *hash = ARENA_NEW(&b->arena, struct str);
    *hash = arena_str(&b->arena, values[1].s);
    map_set(&b->arena, &b->done, arena_str(&b->arena, values[0].s), hash);
    return true;
}

static struct str sha256_hex(struct arena *a, const char *text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
    struct buf b = buf_new(a, 0);
    buf_hex(&b, hash, sizeof hash);
    return buf_str(&b);
}

// Made when they are not there yet; a later version may bring more.
static struct str domains(struct arena *a) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < sql_domain_count; i++)
        buf_fmt(&b,
                "DO $$ BEGIN CREATE DOMAIN %s AS %s; "
                "EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n",
                sql_domains[i].name, sql_domains[i].postgres);
    return buf_str(&b);
}

static bool script(struct db_conn *c, const char *sql, struct err *err) {
    return c->pool->driver->script(c, sql, err);
}

// Takes the lock that lets one process migrate at a time, then reads what ran before.
static bool begin(struct db_conn *c, struct book *b) {
    struct db_run r = {.q = &book_query, .row = read_book, .self = b};
    bool postgres = c->pool->driver->dialect == SQL_POSTGRES;
    TRY(script(c, postgres ? "BEGIN; SELECT pg_advisory_xact_lock(7264101)" : "BEGIN IMMEDIATE",
               b->err));
    TRY(script(c,
               "CREATE TABLE IF NOT EXISTS schema_migration "
               "(name text PRIMARY KEY, sha256 text NOT NULL)",
               b->err));
    return c->pool->driver->run(c, &r, b->err);
}

static bool run_one(struct db_conn *c, struct book *b, const struct db_migration *m) {
    struct str name = arena_fmt(&b->arena, "%s/%s", m->module, m->name),
               hash = sha256_hex(&b->arena, m->sql);
    const struct str *before = map_get(&b->done, name);
    if (before && str_eq(*before, hash)) return true;
    if (before) {
        err_set(b->err, ERR_CONFLICT,
                "The migration " STR_FMT " was changed after it ran on this database.",
                STR_ARG(name));
        return err_hint(b->err, "Put the old text back and add the change as a new migration.");
    }
    if (c->pool->driver->dialect == SQL_POSTGRES && !b->has_domains) {
        TRY(script(c, domains(&b->arena).p, b->err));
        b->has_domains = true;
    }
    struct str sql = sql_for(&b->arena, str_c(m->sql), c->pool->driver->dialect);
    struct str all =
        arena_fmt(&b->arena,
                  STR_FMT "\n;INSERT INTO schema_migration (name, sha256) VALUES ('" STR_FMT
                          "', '" STR_FMT "');",
                  STR_ARG(sql), STR_ARG(name), STR_ARG(hash));
    if (script(c, all.p, b->err)) return true;
    struct str why = arena_str(&b->arena, str_c(b->err->detail));
    b->err->detail[0] = '\0';
    return err_detail(b->err, "migration " STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(why));
}

bool db_migrate(struct db_pool *pool, const struct db_migration *list, size_t n, struct err *err) {
    struct book b = {.err = err};
    struct err ignored = {0};
    struct db_conn *c = pool->writer;
    TRY(db_connected(c, err));
    bool ok = begin(c, &b);
    for (size_t i = 0; ok && i < n; i++) ok = run_one(c, &b, &list[i]);
    ok = ok && pool->driver->commit(c, err);
    if (!ok && pool->driver->in_transaction(c)) (void)script(c, "ROLLBACK", &ignored);
    arena_done(&b.arena);
    return ok;
}

size_t db_migrations_through(const struct db_migration *list, size_t n, const char *module) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].module, module) == 0) count = i + 1;
    ensure(count > 0); // no such module in the list
    return count;
}
