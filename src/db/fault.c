// SPDX-License-Identifier: Apache-2.0
#include "db/driver.h"

#include <unistd.h>

void db_fault_arm(struct db_pool *pool, enum db_fault kind, int64_t call_number) {
    pthread_mutex_lock(&pool->lock);
    pool->fault.kind = kind;
    pool->fault.at = call_number;
    pool->fault.calls = 0;
    pool->fault.fired = false;
    pthread_mutex_unlock(&pool->lock);
}

bool db_fault_fired(const struct db_pool *pool) { return pool->fault.fired; }

int64_t db_fault_calls(const struct db_pool *pool) { return pool->fault.calls; }

// Counts the call; true when the fault is due. Those of the commit wait for the first commit at or
// after their number.
static bool due(struct db_pool *p, bool commit, enum db_fault *kind_out) {
    pthread_mutex_lock(&p->lock);
    int64_t call = ++p->fault.calls;
    *kind_out = p->fault.kind;
    bool of_commit = *kind_out == DB_FAULT_COMMIT_LOST || *kind_out == DB_FAULT_COMMIT_UNCERTAIN;
    bool fire = p->fault.at > 0 && !p->fault.fired &&
                (of_commit ? commit && call >= p->fault.at : call == p->fault.at);
    if (fire) p->fault.fired = true;
    pthread_mutex_unlock(&p->lock);
    return fire;
}

bool db_fault_commit(struct db_pool *p, bool *uncertain_out, struct err *err) {
    enum db_fault kind;
    *uncertain_out = false;
    if (!due(p, true, &kind)) return true;
    switch (kind) {
    case DB_FAULT_COMMIT_UNCERTAIN:
        *uncertain_out = true;
        return true;
    case DB_FAULT_COMMIT_LOST:
        return err_set(err, ERR_UNCERTAIN, "It is not known whether the change was saved.");
    case DB_FAULT_ERROR:
        return err_set(err, ERR_DB, "The database refused a statement.");
    case DB_FAULT_BUSY:
        return err_set(err, ERR_BUSY, "The database is busy. Please try again.");
    case DB_FAULT_FULL:
        return err_set(err, ERR_FULL, "The disk with the database is full.");
    case DB_FAULT_KILL:
        _exit(99);
    }
    return true;
}

bool db_fault_call(struct db_pool *p, struct err *err) {
    enum db_fault kind;
    if (!due(p, false, &kind)) return true;
    switch (kind) {
    case DB_FAULT_ERROR:
        return err_set(err, ERR_DB, "The database refused a statement.");
    case DB_FAULT_BUSY:
        return err_set(err, ERR_BUSY, "The database is busy. Please try again.");
    case DB_FAULT_FULL:
        return err_set(err, ERR_FULL, "The disk with the database is full.");
    case DB_FAULT_KILL:
        _exit(99);
    case DB_FAULT_COMMIT_UNCERTAIN:
    case DB_FAULT_COMMIT_LOST:
        break;
    }
    return true;
}
