// SPDX-License-Identifier: Apache-2.0
// The toy schema of src/db/test, for this room's tests.
#pragma once
#include "base/buf.h"
#include "base/test.h"
#include "testdb.h"
#include "toy_sql.h"

extern const struct db_migration toy_migrations[];
extern const size_t toy_migration_count;

static inline struct testdb *toy_open(struct arena *a) {
    return testdb_open(a, toy_migrations, toy_migration_count);
}

static inline int64_t counter(struct testdb *t) {
    struct counter_get c;
    bool found;
    assert_ok(counter_get(&t->db, &(struct counter_get_in){S("a")}, &c, &found), &t->err);
    assert_true(found);
    return c.value;
}
