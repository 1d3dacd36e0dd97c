// SPDX-License-Identifier: Apache-2.0
// Runs mksql on small sources: what is refused is refused with its place and a reason.
#include "base/test.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"

static void put_file(const char *dir, const char *name, const char *text) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

// A root with the modules low (table base) and high (table toy), high's queries as given. Returns
// all that mksql said; its exit status in *status_out.
static const char *run(struct arena *a, const char *migration, const char *sql, int *status_out) {
    char root[] = "/tmp/mksql-XXXXXX", dir[60], out[4096];
    assert_non_null(mkdtemp(root));
    put_file(root, "modules.order", "# bottom first\nlow\nhigh\nupper\n");
    for (int i = 0; i < 2; i++) {
        snprintf(dir, sizeof dir, "%s/%s", root, i ? "high" : "low");
        assert_int_equal(mkdir(dir, 0700), 0);
        if (i == 0)
            put_file(dir, "1_a.sql", "CREATE TABLE base (id key_int, n count_int NOT NULL);");
    }
    put_file(
        dir, "1_a.sql",
        "CREATE TABLE toy (id key_int, name plain_text NOT NULL UNIQUE, n count_int, at time_int "
        "NOT NULL);");
    if (migration) put_file(dir, "2_b.sql", migration);
    put_file(dir, "q.sql", sql);
    const char *command =
        arena_fmt(a, "%s/tools/mksql/mksql --root %s --module high --out %s --depfile %s/d 2>&1",
                  getenv("KONTOR_BUILD"), root, root, root)
            .p;
    FILE *p = popen(command, "r");
    assert_non_null(p);
    size_t n = fread(out, 1, sizeof out - 1, p);
    *status_out = pclose(p);
    assert_int_equal(system(arena_fmt(a, "rm -r %s", root).p), 0);
    return arena_str(a, (struct str){out, n}).p;
}

struct refused {
    const char *sql, *line, *reason;
};

static void bad_queries_are_refused_with_place_and_reason(void **state) {
    static const struct refused cases[] = {
        {"\n-- query a one\nSELECT nam FROM toy;", "q.sql:2:", "no such column: nam"},
        {"-- query a one\n-- in x int\nSELECT id FROM toy WHERE id = :y;",
         "q.sql:3:", ":y is not declared"},
        {"-- query a one\n-- in x int\nSELECT id FROM toy;", "q.sql:2:", "never used"},
        {"-- query a one\n-- in x integer\nSELECT id FROM toy;",
         "q.sql:2:", "'integer' is not a type"},
        {"-- query a two\nSELECT id FROM toy;", "q.sql:1:", "'two' is not a kind"},
        {"-- query a one,exec\nSELECT id FROM toy;", "q.sql:1:", "exclude each other"},
        {"-- query a exec\nSELECT id FROM toy;", "q.sql:1:", "cannot be exec"},
        {"-- query a one\nDELETE FROM toy WHERE id = 1;", "q.sql:1:", "must be exec"},
        {"-- query a insert\nINSERT INTO toy (name, at) VALUES ('', 1) RETURNING id, n;",
         "q.sql:1:", "RETURNING with one id"},
        {"-- query a one\nSELECT count(*) FROM toy;", "q.sql:1:", "is an expression"},
        {"-- query a one\nSELECT count(*) AS \"n:number\" FROM toy;", "q.sql:1:", "not a domain"},
        {"-- query a one\nSELECT n AS \"int:count_int\" FROM toy;",
         "q.sql:1:", "cannot be a C name"},
        {"-- query a one\nSELECT id, n AS id FROM toy;", "q.sql:1:", "two result columns"},
        {"-- query a one\nSELECT b.n, t.at FROM base b LEFT JOIN toy t ON t.id = b.n;",
         "q.sql:1:", "outer-joined table toy"},
        {"-- query a exec\nDELETE FROM base WHERE id = 1;",
         "q.sql:1:", "writes table base of module low"},
        {"-- query a one\nSELECT id FROM upper_table;", "q.sql:1:", "modules.order"},
        {"-- query a one\nSELECT id FROM toy WHERE name = \"x\";", "q.sql:1:", "no such column: x"},
        {"-- query a one\n-- in x int\nSELECT id FROM toy WHERE 1 /*?x AND id = :x */;",
         "q.sql:3:", "optional input or a switch"},
        {"-- query a one\n-- in x int?\nSELECT id FROM toy /*?x WHER id = :x */;",
         "q.sql:1:", "with clauses x"},
        {"-- query a one\nSELECT id FROM toy", "q.sql:2:", "does not end with ';'"},
        {"SELECT 1;", "q.sql:1:", "without a name"},
        {"-- query a one\nSELECT id FROM toy;\n-- query a one\nSELECT id FROM toy;",
         "q.sql:3:", "twice"},
        {"-- query a one row r\nSELECT id FROM toy;\n-- query b one row r\nSELECT n FROM toy;",
         "q.sql:3:", "shares row r"},
        {"-- query a one\nSELECT id FROM toy /*@mysql LIMIT 1 */;", "q.sql:2:", "unknown block"},
    };
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int status;
        const char *said = run(&a, NULL, cases[i].sql, &status);
        if (status == 0 || !strstr(said, cases[i].line) || !strstr(said, cases[i].reason))
            print_error("case %zu: %s\nsaid: %s\n", i, cases[i].sql, said);
        assert_int_not_equal(status, 0);
        assert_non_null(strstr(said, cases[i].line));
        assert_non_null(strstr(said, cases[i].reason));
    }
    arena_done(&a);
}

static void bad_migrations_are_refused(void **state) {
    (void)state;
    struct arena a = {0};
    int status;
    const char *said = run(&a, "\nCREATE TABLE x (n integer NOT NULL);", "", &status);
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(said, "2_b.sql:2: error: column n is declared integer"));
    said = run(&a, "CREATE TABLE x (id key_int);\nCREATE TABEL y (id key_int);", "", &status);
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(said, "2_b.sql:2: error: migration of module high"));
    arena_done(&a);
}

static void a_whole_table_read_is_warned_of(void **state) {
    (void)state;
    struct arena a = {0};
    int status;
    const char *small = "CREATE TABLE few ( -- small\n id key_int, n count_int NOT NULL);";
    const char *said = run(&a, small,
                           "-- query a all\nSELECT t.id FROM toy AS t WHERE t.n = 1;\n"
                           "-- query b all\n-- scan ok: a test\nSELECT id FROM toy WHERE n = 1;\n"
                           "-- query c all\nSELECT id FROM few WHERE n = 1;\n",
                           &status);
    assert_int_equal(status, 0);
    assert_non_null(strstr(said, "q.sql:1: warning: query a reads all of t"));
    assert_null(strstr(said, "query b"));
    assert_null(strstr(said, "query c"));
    arena_done(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_queries_are_refused_with_place_and_reason),
        cmocka_unit_test(bad_migrations_are_refused),
        cmocka_unit_test(a_whole_table_read_is_warned_of),
    };
    return TEST_GROUP(tests);
}
