// SPDX-License-Identifier: Apache-2.0
// Inside the db room: what a driver implements and what its connections, queue and statements look
// like. Nobody outside src/db includes it.
#pragma once
#include <pthread.h>

#include "base/map.h"
#include "db/db.h"
#include "db/fault.h"
#include "db/sqltext.h"

enum db_value_kind { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };
struct db_value {
    enum db_value_kind kind;
    int64_t i;
    struct str s; // not ours: lives until the driver goes on
};

// One execution of a query. row gets out.n values; false stops, with the failure in err.
struct db_run {
    const struct db_query *q;
    const void *in;
    uint64_t mask; // which optional inputs are set
    bool (*row)(void *self, const struct db_value *values);
    void *self;
    int64_t changed; // out: rows changed
};

struct db_driver {
    const char *name;
    enum sql_dialect dialect;
    int group_max;           // transactions that may share one commit; 1: none, and no savepoints
    const char *begin_write; // statement
    bool (*connect)(struct db_conn *c, struct err *err);
    void (*disconnect)(struct db_conn *c);
    bool (*usable)(struct db_conn *c); // false: disconnect and connect again before use
    bool (*in_transaction)(struct db_conn *c);
    bool (*script)(struct db_conn *c, const char *sql,
                   struct err *err);                    // any statements, without results
    bool (*commit)(struct db_conn *c, struct err *err); // ERR_UNCERTAIN when nobody knows
    bool (*run)(struct db_conn *c, struct db_run *run, struct err *err);
    bool (*prepare)(struct db_conn *c, const struct db_query *q, uint64_t mask, struct err *err);
    bool (*backup)(struct db_conn *c, const char *path, struct err *err);
};
extern const struct db_driver db_sqlite, db_postgres;

struct db_conn {
    struct db_pool *pool;
    void *handle;          // sqlite3 * or PGconn *; NULL: not connected
    struct arena arena;    // of this connection: statement texts and entries; emptied on disconnect
    struct map statements; // by query and mask: the driver's prepared statement
    bool writer, failed;   // failed: a query of the running transaction failed
    bool stale;            // connect again before the next use (PostgreSQL)
    int log_waited;        // length of the log when it last waited for readers (SQLite)
    struct db_conn *next;  // in the list of idle readers
};

// A thread's turn in db_write: on its stack, first in the queue, then in the group that waits for
// one commit.
struct turn {
    pthread_cond_t woken;
    struct turn *next;
    bool running, done;
    struct err *err; // of its handle; filled when the group's commit fails
    bool ok, uncertain;
};
struct db_queue {
    struct turn *first, *last; // waiting for their turn
    struct turn *group;        // ran, waiting for the commit
    int group_size;            // turns since the outer transaction began
    int group_kept;            // of these, changes to be committed
    instant group_since;
    bool busy;
    pthread_t owner;
    int64_t transactions, commits;
};

struct db_pool {
    const struct db_driver *driver;
    struct arena *arena;
    const char *target; // file or URL
    bool temporary;     // remove the file at the end
    struct db_open how;
    pthread_mutex_t lock; // guards all below
    pthread_cond_t reader_free;
    struct db_conn *writer, *idle;
    int readers, readers_max;
    struct db_queue queue;
    struct {
        enum db_fault kind;
        int64_t at, calls;
        bool fired;
    } fault;
};

instant db_now(const struct db_pool *p);
MUST_USE bool db_connected(struct db_conn *c, struct err *err); // connects, again when it was lost
MUST_USE bool db_take_reader(struct db *db);
void db_conn_forget(struct db_conn *c); // empties the statement cache and arena; after the driver
                                        // freed its statements

// The fault layer. False: err is filled and the call must not happen. uncertain_out is set on
// commits only: do it, then tell ERR_UNCERTAIN.
bool db_fault_call(struct db_pool *p, struct err *err);
bool db_fault_commit(struct db_pool *p, bool *uncertain_out, struct err *err);

uint64_t db_mask(const struct db_query *q, const void *in);
struct str db_text(struct arena *a, const struct db_query *q, uint64_t mask,
                   enum sql_dialect dialect);
// Calls each with every mask worth preparing.
bool db_masks(const struct db_query *q, bool (*each)(void *self, uint64_t mask), void *self);
bool db_input(const struct db_query *q, const void *in, size_t i, struct db_value *out,
              struct err *err);
bool db_store(struct arena *a, const struct db_query *q, const struct db_value *values, void *row,
              struct err *err);
bool db_is_text(uint8_t field_type);
