// SPDX-License-Identifier: Apache-2.0
#include "base/test.h"
#include "testdb.h"

extern const struct db_query *const kontor_sql_tables[];
extern const size_t *const kontor_sql_counts[];
extern const size_t kontor_sql_table_count;

// The build prepares every query on SQLite; here the other database has its say.
static void every_query_of_every_module_prepares(void **state) {
    (void)state;
    struct arena a = {0};
    struct testdb *t = testdb_open(&a, kontor_migrations, kontor_migration_count);
    size_t queries = 0, bad = 0;
    for (size_t i = 0; i < kontor_sql_table_count; i++) {
        for (size_t j = 0; j < *kontor_sql_counts[i]; j++, queries++) {
            err_clear(&t->err);
            if (db_query_check(&t->db, &kontor_sql_tables[i][j])) continue;
            bad++;
            print_error("module %s: %s\n", kontor_sql_tables[i][j].module, t->err.detail);
        }
    }
    print_message("%zu queries\n", queries);
    assert_true(queries > 0);
    assert_int_equal(bad, 0);
    testdb_close(t);
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_query_of_every_module_prepares)};
    return TEST_GROUP(tests);
}
