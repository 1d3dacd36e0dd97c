// SPDX-License-Identifier: Apache-2.0
// Migrations: numbered .sql files beside each module, embedded in the binary, run in module order,
// each once, all that are missing in one transaction; the table schema_migration remembers name and
// SHA-256. A file that changed after it ran is refused. One SQL text serves both databases: domain
// names (money_int, time_int, html_text ...) carry a column's meaning; on PostgreSQL they are
// created as domains first, on SQLite they are declared types with the right affinity.
#pragma once
#include "db/db.h"

struct db_migration {
    const char *module, *name; // "catalog", "001_init"
    const char *sql;           // one SQL text for both databases; see docs/database.md
};
MUST_USE bool db_migrate(struct db_pool *pool, const struct db_migration *list, size_t n,
                         struct err *err);

// All migrations of the program in module order (written by mksql).
extern const struct db_migration kontor_migrations[];
extern const size_t kontor_migration_count;
// How many of the list belong to modules up to and with this one: what a module's tests need.
size_t db_migrations_through(const struct db_migration *list, size_t n, const char *module);
