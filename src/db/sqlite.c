// SPDX-License-Identifier: Apache-2.0
// The SQLite driver: one file in WAL mode. Every commit is on disk (synchronous=FULL) before it is
// told. A connection is used by one thread at a time (the pool sees to it), so SQLite's own mutexes
// are off.
#include <sqlite3.h>

#include "db/driver.h"

enum {
    BUSY_MS = 2000,              // another process (a backup, a command) holds the write lock
    STATEMENTS_MAX = 1024,       // kept prepared, per connection
    KEPT_SCRIPT_MAX = 24,        // BEGIN IMMEDIATE and the like, too
    WAL_PAGES_CHECKPOINT = 1000, // the log is copied back into the file when it is this long
    WAL_PAGES_LONG = 16000,      // 64 MB: now readers are waited for, so that the log starts again
    WAIT_MS = 100,
};

struct statement {
    sqlite3_stmt *stmt;
    bool busy; // running: a callback of `each` may run the same query again
};

static sqlite3 *handle(const struct db_conn *c) { return c->handle; }

static enum err_code code_of(int rc) {
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return ERR_IO;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    default:
        return ERR_DB;
    }
}

static bool failed(const struct db_conn *c, int rc, const char *where, struct err *err) {
    const char *file = c->pool->target,
               *why = c->handle ? sqlite3_errmsg(handle(c)) : sqlite3_errstr(rc);
    enum err_code code = code_of(rc);
    if (code == ERR_CONFLICT) {
        const char *column = strrchr(why, '.'); // "UNIQUE constraint failed: customer.email"
        err_set(err, code, "The change contradicts what is saved already.");
        if (column) err_field(err, column + 1);
    } else if (code == ERR_BUSY)
        err_set(err, code, "The database is busy. Please try again.");
    else if (code == ERR_FULL)
        err_set(err, code, "The disk with the database file %s is full.", file);
    else if (code == ERR_IO)
        err_set(err, code, "The database file %s can't be used: %s.", file, sqlite3_errstr(rc));
    else if (code == ERR_TOO_LARGE)
        err_set(err, code, "A text or file is too large for the database.");
    else
        err_set(err, code, "The database refused a statement.");
    return err_detail(err, "%s: %s (SQLite %d)", where, why, rc);
}

// Copies the log back into the file. Readers that overlap without a gap would let it grow for ever;
// so a long log waits for them a moment, once every so many pages, and then starts again.
static int after_commit(void *self, sqlite3 *db, const char *name, int pages) {
    struct db_conn *c = self;
    if (pages < WAL_PAGES_LONG) c->log_waited = 0;
    if (pages < WAL_PAGES_CHECKPOINT) return SQLITE_OK;
    if (pages < WAL_PAGES_LONG || pages < c->log_waited + WAL_PAGES_CHECKPOINT) {
        sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        return SQLITE_OK;
    }
    c->log_waited = pages;
    sqlite3_busy_timeout(db, WAIT_MS);
    sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
    sqlite3_busy_timeout(db, BUSY_MS);
    return SQLITE_OK;
}

static bool script(struct db_conn *c, const char *sql, struct err *err) {
    int rc = sqlite3_exec(handle(c), sql, NULL, NULL, NULL);
    return rc == SQLITE_OK || failed(c, rc, "statement", err);
}

// The short statements round every transaction, kept prepared like queries; key is their text.
static bool step_kept(struct db_conn *c, struct str sql, struct err *err) {
    struct statement *s = map_get(&c->statements, sql);
    if (!s) {
        sqlite3_stmt *stmt = NULL;
        int rc = sqlite3_prepare_v3(handle(c), sql.p, (int)sql.n, SQLITE_PREPARE_PERSISTENT, &stmt,
                                    NULL);
        if (rc != SQLITE_OK) return failed(c, rc, sql.p, err);
        s = ARENA_NEW(&c->arena, struct statement);
        s->stmt = stmt;
        map_set(&c->arena, &c->statements, arena_str(&c->arena, sql), s);
    }
    sqlite3_step(s->stmt);
    int rc = sqlite3_reset(s->stmt);
    return rc == SQLITE_OK || failed(c, rc, sql.p, err);
}

static bool any_script(struct db_conn *c, const char *sql, struct err *err) {
    struct str s = str_c(sql);
    bool one = s.n <= KEPT_SCRIPT_MAX && str_find_char(s, ';') == STR_NONE;
    return one ? step_kept(c, s, err) : script(c, sql, err);
}

static bool settings(struct db_conn *c, struct err *err) {
    sqlite3_extended_result_codes(handle(c), 1);
    sqlite3_busy_timeout(handle(c), BUSY_MS);
    sqlite3_db_config(handle(c), SQLITE_DBCONFIG_DQS_DML, 0, NULL); // "x" is a name, never a text
    sqlite3_db_config(handle(c), SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    TRY(script(c, "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456",
               err));
    if (!c->writer) return script(c, "PRAGMA query_only=ON; PRAGMA cache_size=-4096", err);
    TRY(script(
        c, "PRAGMA journal_mode=WAL; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864",
        err));
    TRY(script(c, c->pool->temporary ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL", err));
    sqlite3_wal_hook(handle(c), after_commit, c);
    return true;
}

static void disconnect(struct db_conn *c) {
    for (size_t i = 0; i < c->statements.n; i++) {
        const struct statement *s = c->statements.v[i].value;
        sqlite3_finalize(s->stmt);
    }
    sqlite3_close_v2(handle(c));
    db_conn_forget(c);
}

static bool connect(struct db_conn *c, struct err *err) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (c->writer ? SQLITE_OPEN_CREATE : 0);
    sqlite3 *db = NULL;
    // Counting memory takes one lock for all threads at every allocation. Refused, without harm,
    // once SQLite is in use.
    if (c->writer) (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int rc = sqlite3_open_v2(c->pool->target, &db, flags, NULL);
    c->handle = db;
    bool ok = rc == SQLITE_OK ? settings(c, err) : false;
    if (rc != SQLITE_OK) {
        err_set(err, ERR_IO, "The database file %s can't be opened: %s.", c->pool->target,
                sqlite3_errstr(rc));
        err_hint(err, "Check that the folder exists and that this user may write in it.");
    }
    if (!ok && db) disconnect(c);
    return ok;
}

static bool usable(struct db_conn *c) {
    (void)c;
    return true;
}

static bool in_transaction(struct db_conn *c) { return !sqlite3_get_autocommit(handle(c)); }

static bool commit(struct db_conn *c, struct err *err) { return step_kept(c, S("COMMIT"), err); }

struct key { // of the statement cache
    const struct db_query *q;
    uint64_t mask;
};

static bool compile(struct db_conn *c, const struct key *k, sqlite3_stmt **out, struct err *err) {
    struct arena scratch = {0};
    struct str text = db_text(&scratch, k->q, k->mask, SQL_SQLITE);
    int rc =
        sqlite3_prepare_v3(handle(c), text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT, out, NULL);
    arena_done(&scratch);
    return rc == SQLITE_OK || failed(c, rc, k->q->name, err);
}

// The kept statement, or a fresh one in *spare when the kept one is running or there are too many.
static bool statement_for(struct db_conn *c, const struct key *k, struct statement **out,
                          struct statement *spare, struct err *err) {
    struct str name = {(const char *)k, sizeof *k};
    struct statement *s = map_get(&c->statements, name);
    bool keep = !s && c->statements.n < STATEMENTS_MAX;
    *out = s && !s->busy ? s : spare;
    if (*out == s && s) return true;
    TRY(compile(c, k, &spare->stmt, err));
    if (keep) {
        *out = ARENA_NEW(&c->arena, struct statement);
        **out = *spare;
        spare->stmt = NULL;
        map_set(&c->arena, &c->statements,
                (struct str){arena_copy(&c->arena, k, sizeof *k), sizeof *k}, *out);
    }
    return true;
}

static bool bind(struct db_conn *c, sqlite3_stmt *s, const struct db_run *r, struct err *err) {
    for (size_t i = 0; i < r->q->in.n; i++) {
        struct db_value v;
        int n = (int)i + 1, rc = SQLITE_OK;
        if (n > sqlite3_bind_parameter_count(s)) break; // inputs that only turn clauses, at the end
        TRY(db_input(r->q, r->in, i, &v, err));
        if (v.kind == DB_INT)
            rc = sqlite3_bind_int64(s, n, v.i);
        else if (v.kind == DB_TEXT)
            rc = sqlite3_bind_text64(s, n, v.s.p, v.s.n, SQLITE_STATIC, SQLITE_UTF8);
        else if (v.kind == DB_BLOB)
            rc = sqlite3_bind_blob64(s, n, v.s.p, v.s.n, SQLITE_STATIC);
        if (rc != SQLITE_OK) return failed(c, rc, r->q->name, err);
    }
    return true;
}

static struct db_value column(sqlite3_stmt *s, int i, uint8_t type) {
    int kind = sqlite3_column_type(s, i);
    if (kind == SQLITE_NULL) return (struct db_value){.kind = DB_NULL};
    if (kind == SQLITE_INTEGER && !db_is_text(type))
        return (struct db_value){.kind = DB_INT, .i = sqlite3_column_int64(s, i)};
    const void *p =
        type == FIELD_BLOB ? sqlite3_column_blob(s, i) : (const void *)sqlite3_column_text(s, i);
    struct str text = {p ? p : "", (size_t)sqlite3_column_bytes(s, i)};
    return (struct db_value){.kind = type == FIELD_BLOB ? DB_BLOB : DB_TEXT, .s = text};
}

enum { COLUMNS_MAX = 256 };

static bool steps(struct db_conn *c, sqlite3_stmt *s, struct db_run *r, struct err *err) {
    struct db_value values[COLUMNS_MAX];
    ensure(r->q->out.n <= COLUMNS_MAX);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        if (!r->row) continue;
        for (size_t i = 0; i < r->q->out.n; i++)
            values[i] = column(s, (int)i, r->q->out.fields[i].type);
        TRY(r->row(r->self, values));
    }
    if (rc != SQLITE_DONE) return failed(c, rc, r->q->name, err);
    r->changed = r->q->writes ? sqlite3_changes64(handle(c)) : 0;
    return true;
}

static bool run(struct db_conn *c, struct db_run *r, struct err *err) {
    struct key k;
    memset(&k, 0, sizeof k);
    k.q = r->q, k.mask = r->mask;
    struct statement spare = {0}, *s;
    TRY(statement_for(c, &k, &s, &spare, err));
    s->busy = true;
    bool ok = bind(c, s->stmt, r, err) && steps(c, s->stmt, r, err);
    if (s == &spare) {
        sqlite3_finalize(spare.stmt);
    } else {
        sqlite3_reset(s->stmt);
        sqlite3_clear_bindings(s->stmt);
        s->busy = false;
    }
    return ok;
}

static bool prepare(struct db_conn *c, const struct db_query *q, uint64_t mask, struct err *err) {
    sqlite3_stmt *s = NULL;
    TRY(compile(c, &(struct key){q, mask}, &s, err));
    sqlite3_finalize(s);
    return true;
}

// A consistent copy while others read and write.
static bool copy(struct db_conn *c, sqlite3 *to, struct err *err) {
    sqlite3_backup *b = sqlite3_backup_init(to, "main", handle(c), "main");
    int rc = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to);
    if (b && rc == SQLITE_DONE)
        rc = sqlite3_backup_finish(b);
    else if (b)
        sqlite3_backup_finish(b);
    if (rc == SQLITE_OK) return true;
    err_set(err, code_of(rc), "The copy of the database can't be written: %s.", sqlite3_errstr(rc));
    return err_detail(err, "backup: %s (SQLite %d)", sqlite3_errmsg(to), rc);
}

static bool backup(struct db_conn *c, const char *path, struct err *err) {
    sqlite3 *to = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE;
    int rc = sqlite3_open_v2(path, &to, flags, NULL);
    bool ok = rc == SQLITE_OK ? copy(c, to, err)
                              : err_set(err, ERR_IO, "The file %s can't be made: %s.", path,
                                        sqlite3_errstr(rc));
    sqlite3_close(to);
    return ok;
}

const struct db_driver db_sqlite = {
    .name = "sqlite",
    .dialect = SQL_SQLITE,
    .group_max = 64,
    .begin_write = "BEGIN IMMEDIATE",
    .connect = connect,
    .disconnect = disconnect,
    .usable = usable,
    .in_transaction = in_transaction,
    .script = any_script,
    .commit = commit,
    .run = run,
    .prepare = prepare,
    .backup = backup,
};
