// SPDX-License-Identifier: Apache-2.0
// Migrations run on the writer connection, outside the queue: the program serves nobody yet.
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

static struct str domains(struct arena *a) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < sql_domain_count; i++)
        buf_fmt(&b, "CREATE DOMAIN %s AS %s;\n", sql_domains[i].name, sql_domains[i].postgres);
    return buf_str(&b);
}

// One transaction for each step; a failure leaves what was.
static bool step(struct db_conn *c, const char *sql, struct err *err) {
    struct err ignored = {0};
    TRY(c->pool->driver->script(c, c->pool->driver->begin_write, err));
    bool ok = c->pool->driver->script(c, sql, err) && c->pool->driver->commit(c, err);
    if (!ok) (void)c->pool->driver->script(c, "ROLLBACK", &ignored);
    return ok;
}

static bool begin_book(struct db_conn *c, struct book *b) {
    struct err none = {0};
    struct db_run r = {.q = &book_query, .row = read_book, .self = b};
    if (c->pool->driver->run(c, &r, &none)) return true;
    bool postgres = c->pool->driver->dialect == SQL_POSTGRES;
    struct str sql = arena_fmt(
        &b->arena,
        "CREATE TABLE schema_migration (name text PRIMARY KEY, sha256 text NOT NULL);\n%s",
        postgres ? domains(&b->arena).p : "");
    return step(c, sql.p, b->err);
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
    struct str sql = sql_for(&b->arena, str_c(m->sql), c->pool->driver->dialect);
    struct str all =
        arena_fmt(&b->arena,
                  STR_FMT "\n;INSERT INTO schema_migration (name, sha256) VALUES ('" STR_FMT
                          "', '" STR_FMT "');",
                  STR_ARG(sql), STR_ARG(name), STR_ARG(hash));
    if (step(c, all.p, b->err)) return true;
    struct str why = arena_str(&b->arena, str_c(b->err->detail));
    b->err->detail[0] = '\0';
    return err_detail(b->err, "migration " STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(why));
}

bool db_migrate(struct db_pool *pool, const struct db_migration *list, size_t n, struct err *err) {
    struct book b = {.err = err};
    TRY(db_connected(pool->writer, err));
    bool ok = begin_book(pool->writer, &b);
    for (size_t i = 0; ok && i < n; i++) ok = run_one(pool->writer, &b, &list[i]);
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
