// SPDX-License-Identifier: Apache-2.0
// The fault driver: wraps a pool so that database call number N (counted over begin, query, commit,
// from db_fault_arm on) fails in a chosen way. Tests rerun a flow with N = 1, 2, 3 ... until the
// fault no longer fires, and accept only the same result or a clean refusal.
#pragma once
#include "db/db.h"

enum db_fault {
    // These hit call N:
    DB_FAULT_ERROR, // the call fails with ERR_DB, nothing done
    DB_FAULT_BUSY,  // ERR_BUSY once: the body must be rerun by db_write
    DB_FAULT_FULL,  // ERR_FULL (disk full)
    DB_FAULT_KILL,  // the process ends at once (_exit 99)
    // These wait for the first commit at or after call N:
    DB_FAULT_COMMIT_UNCERTAIN, // the commit happens, ERR_UNCERTAIN is reported
    DB_FAULT_COMMIT_LOST,      // the commit does not happen, ERR_UNCERTAIN is reported
};
void db_fault_arm(struct db_pool *pool, enum db_fault kind, int64_t call_number); // 0 disarms
bool db_fault_fired(const struct db_pool *pool);
int64_t db_fault_calls(const struct db_pool *pool); // calls since armed
