// SPDX-License-Identifier: Apache-2.0
// One interface to the database, with the drivers sqlite, postgres and fault (tests). SQL lives in
// .sql files beside its module; mksql turns each named query into a struct db_query, typed input
// and row structs and a function. Nothing else runs SQL.
//
// Objects:
//   struct db_pool  the database of a shop, shared by all threads of the process: writer queue,
//                   connections, statements.
//   struct db       one worker's handle while it serves one request or job: where results go
//                   (arena), where a failure is told (err), and the open transaction, if any.
//                   Made on the stack by db_begin_use.
//
// Reads outside a transaction see the last committed state. Writes happen only inside db_write, one
// at a time per process through a fair queue. On SQLite waiting transactions share one fsync (group
// commit): each runs in its savepoint of one outer transaction, the last of the queue commits for
// all, and nobody is told "done" before the commit is on disk. On PostgreSQL a write is a
// SERIALIZABLE transaction of its own; a serialisation failure (ERR_BUSY) runs the body again, so
// that many processes on one database stay correct.
//
// The two databases are held to the same rules: a failed query fails its transaction even when the
// body hides it, texts are UTF-8 without NUL (else ERR_INVALID with the field), a fraction in an
// integer column is a failure.
#pragma once
#include "base/err.h"
#include "base/log.h"
#include "base/row.h"
#include "base/vec.h"

struct db_pool;
struct db_conn;
struct db {
    struct db_pool *pool;
    struct arena *arena;  // results live here
    struct err *err;      // failures are told here
    struct db_conn *conn; // reader, or the writer while in a transaction; managed by this room
    bool writing;         // inside db_write
};

struct db_open {
    // "sqlite:/path/shop.db", ":memory:" (tests: a file in shared memory, removed at the end), or
    // "postgres://user@host:port/db?..."
    struct str url;
    int connections;             // for reading, beside the one writer; one a worker; 0: 8
    const struct log_sink *log;  // slow queries, retries
    instant (*now)(void *world); // for lock waits and slow-query times
    void *world;
};
MUST_USE bool db_pool_open(struct arena *a, const struct db_open *how, struct db_pool **out,
                           struct err *err);
void db_pool_close(struct db_pool *p);
bool db_pool_is_postgres(const struct db_pool *p);
struct db_counts {
    int64_t transactions, commits; // since open; the difference is what group commit saved
};
struct db_counts db_pool_counts(struct db_pool *p);

// Writes a consistent copy into a new file while others go on (SQLite; else ERR_UNSUPPORTED).
MUST_USE bool db_backup(struct db *db, const char *path);

// Binds a handle to a request's arena and err; db_end_use gives the connection back. A handle is
// used by one thread.
void db_begin_use(struct db *db, struct db_pool *pool, struct arena *a, struct err *err);
void db_end_use(struct db *db);

// Runs body inside one write transaction and commits. body returns false for a failure (rolled
// back, err says why) and sets *keep to false for a clean refusal (rolled back, true is returned).
// body may run again after ERR_BUSY (at most 20 times and for 10 seconds): it must reset what it
// fills and touch nothing but the database. After ERR_UNCERTAIN the caller must look what happened
// (idempotency key) before it acts. No nesting: calling it inside body is a bug.
typedef bool db_body(struct db *db, void *self, bool *keep);
MUST_USE bool db_write(struct db *db, db_body *body, void *self);

// What mksql generates. A query's text is made of pieces; a piece with clause >= 0 belongs to the
// text only when that optional input is set. Texts are put together by the driver once per
// combination and kept prepared per connection.
struct db_piece {
    int8_t clause;        // -1: always there; else index into in.fields of what turns it on
    bool absent;          // on when the input is NOT set (the else of a clause)
    const char *sqlite;   // SQL with ?N for input N (1-based index into in.fields)
    const char *postgres; // the same with $N
};
struct db_query {
    const char *name, *module;
    struct row_type in;  // inputs; size 0 when there are none
    struct row_type out; // columns of a result row; n 0 for statements without one
    const struct db_piece *pieces;
    size_t piece_count;
    bool writes; // may run only inside db_write
};

// Used by generated functions. in may be NULL when the query has no inputs.
MUST_USE bool db_query_one(struct db *db, const struct db_query *q, const void *in, void *row_out,
                           bool *found_out);
MUST_USE bool db_query_all(struct db *db, const struct db_query *q, const void *in,
                           void *rows_out /* VEC */);
// Gets each row; its texts live until it returns. False stops the query, with the failure in err.
typedef bool db_row_fn(void *self, const void *row);
MUST_USE bool db_query_each(struct db *db, const struct db_query *q, const void *in, db_row_fn *fn,
                            void *self);
MUST_USE bool db_query_insert(struct db *db, const struct db_query *q, const void *in,
                              int64_t *id_out);
MUST_USE bool db_query_exec(struct db *db, const struct db_query *q, const void *in,
                            int64_t *changed_out);
// For tests and build: prepares every combination of optional clauses (pairwise when there are more
// than 6).
MUST_USE bool db_query_check(struct db *db, const struct db_query *q);

#define DB_ROWS_MAX 100000 // db_query_all refuses more (ERR_FULL): page, or use each
