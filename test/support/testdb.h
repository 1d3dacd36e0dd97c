// SPDX-License-Identifier: Apache-2.0
// A fresh, migrated database for one test. Environment KONTOR_TEST_DB chooses it: unset or "sqlite"
// for SQLite, a postgres:// URL for a schema of its own in that database. A failure to open ends
// the test program with its reason.
//     struct arena a = {0};
//     struct testdb *t = testdb_open(&a, kontor_migrations, kontor_migration_count);
//     assert_true(order_by_token(&t->db, ...));
//     testdb_close(t);
//     arena_done(&a);
// Tests with threads call db_begin_use for each thread on t->pool.
#pragma once
#include "db/fault.h"
#include "db/migrate.h"

struct testdb {
    struct db_pool *pool;
    struct db db;   // a handle for the test's own thread: arena a, err below
    struct err err; // look here when a call fails; err_clear before the next
    struct arena *arena;
    struct str url;
    char schema[40]; // PostgreSQL only
    instant now;     // what the pool's clock says; a test may move it
};
struct testdb *testdb_open(struct arena *a, const struct db_migration *migrations, size_t n);
void testdb_close(struct testdb *t);
// Ends every connection of the pool from the server's side (PostgreSQL; nothing on SQLite), as a
// restart or a network would.
void testdb_cut_connections(struct testdb *t);
bool testdb_is_postgres(void); // what KONTOR_TEST_DB asks for
// For tests of whole shops: a fresh, empty database's URL, to be given to shop_open. testdb_drop
// removes it.
struct str testdb_url(struct arena *a);
void testdb_drop(struct str url);
