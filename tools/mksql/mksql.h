// SPDX-License-Identifier: Apache-2.0
// mksql: named queries in .sql files become typed C. docs/database.md tells what a query file may
// say. The steps, a file each: parse (text to struct query), check (against a migrated in-memory
// SQLite: types, nullability, plan), emit (C).
#pragma once
#include "base/vec.h"
#include "db/sqltext.h"

enum kind { KIND_ONE = 1, KIND_ALL = 2, KIND_EACH = 4, KIND_EXEC = 8, KIND_INSERT = 16 };

struct input {
    struct str name;
    const struct sql_domain *type; // NULL for a switch
    bool optional;                 // declared with '?'
    bool bound, clause;            // is used as :name; turns a clause
    int line;
};
struct column {
    struct str name;
    const struct sql_domain *type;
    bool nullable;
};
struct piece {
    int clause; // index of an input, or -1
    bool absent;
    struct str sqlite, postgres;
};
struct query {
    struct str file, name,
        row; // row: the struct of a result row, the query's name unless `-- row` says otherwise
    int line;
    unsigned kinds;
    struct str scan_ok; // reason
    VEC(struct str) prose;
    VEC(struct input) in;
    VEC(struct column) out;
    VEC(struct piece) pieces;
    bool writes, first_of_row; // first_of_row: this query's struct is the one that is generated
};
struct queries {
    struct query *v;
    size_t n, cap;
};

struct file_text {
    struct str path, module, name, text; // name: without folder and ending
};
struct files {
    struct file_text *v;
    size_t n, cap;
};

struct mksql {
    struct arena *arena;
    struct str module;
    VEC(struct str) modules; // whose folders exist, in order
    struct files migrations, sources;
    struct queries queries;
    int errors;
};

// Tells an error with its place; the run goes on, so that one build shows all of them. Returns
// false.
PRINTF_LIKE(4, 5) bool complain(struct mksql *m, struct str file, int line, const char *fmt, ...);
PRINTF_LIKE(4, 5) void warn_at(struct mksql *m, struct str file, int line, const char *fmt, ...);

#define INPUTS_MAX 60
void parse_file(struct mksql *m, const struct file_text *f);
void check_all(struct mksql *m);
struct str emit_header(struct mksql *m);
struct str emit_source(struct mksql *m);
struct str emit_tables(struct mksql *m);
struct str emit_migrations(struct mksql *m, const char *prefix);

// Text of one variant: which clauses are on is a bit mask over inputs.
struct str variant_text(struct arena *a, const struct query *q, uint64_t mask,
                        enum sql_dialect dialect);
bool piece_on(const struct piece *p, uint64_t mask);
