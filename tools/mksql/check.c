// SPDX-License-Identifier: Apache-2.0
// Runs the migrations on an in-memory SQLite, prepares every variant of every query there, and
// takes from it what the generated C needs to know: whether a query writes, and name, type and
// nullability of its result columns.
#include "mksql.h"

#include <sqlite3.h>
#include <stdlib.h>

struct table {
    struct str name, module;
    bool small; // marked `-- small`: may be scanned
};
struct checker {
    struct mksql *m;
    sqlite3 *db;
    VEC(struct table) tables;
    struct query *q;         // being prepared
    struct str wrote, whose; // table and module, when q writes a table that is not of its module
};

static struct table *find_table(struct checker *c, struct str name) {
    for (size_t i = 0; i < c->tables.n; i++)
        if (str_eq_nocase(c->tables.v[i].name, name)) return &c->tables.v[i];
    return NULL;
}

// Tables that appeared since the last call belong to this migration's module.
static void learn_tables(struct checker *c, const struct file_text *f) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(c->db, "SELECT name FROM sqlite_master WHERE type = 'table'", -1, &s,
                           NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct str name = str_c((const char *)sqlite3_column_text(s, 0));
        if (find_table(c, name)) continue;
        name = arena_str(c->m->arena, name);
        struct table t = {.name = name, .module = f->module};
        size_t at = str_find(f->text, arena_fmt(c->m->arena, "TABLE " STR_FMT " ", STR_ARG(name)));
        if (at != STR_NONE) {
            struct str line = str_from(f->text, at);
            line = str_sub(line, 0, str_find_char(line, '\n'));
            t.small = str_find(line, S("-- small")) != STR_NONE;
        }
        *VEC_PUSH(c->m->arena, &c->tables) = t;
    }
    sqlite3_finalize(s);
}

static int line_of(struct str text, int offset) {
    int line = 1;
    for (int i = 0; i < offset && (size_t)i < text.n; i++) line += text.p[i] == '\n';
    return line;
}

static void check_types(struct checker *c, const struct file_text *f) {
    static const char *const wrong[] = {"int",  "integer", "bigint",  "text", "varchar",
                                        "real", "boolean", "numeric", "blob"};
    struct str rest = f->text;
    struct sql_token k, before = {0};
    struct sql_block block;
    while (sql_next(&rest, &k)) {
        if (k.kind == SQL_SPACE) continue;
        if (k.kind == SQL_BLOCK_NOTE && sql_block(k.text, &block)) continue;
        for (size_t i = 0; k.kind == SQL_WORD && before.kind == SQL_WORD && i < ARRAY_LEN(wrong);
             i++)
            if (str_eq_nocase(k.text, str_c(wrong[i])) && !str_eq_nocase(before.text, S("AS")) &&
                !str_eq_nocase(before.text, S("COLUMN")))
                complain(c->m, f->path, line_of(f->text, (int)(k.text.p - f->text.p)),
                         "column " STR_FMT " is declared " STR_FMT
                         ": use a domain (id_int, money_int, plain_text ...)",
                         STR_ARG(before.text), STR_ARG(k.text));
        before = k;
    }
}

static bool run_migrations(struct checker *c) {
    for (size_t i = 0; i < c->m->migrations.n; i++) {
        const struct file_text *f = &c->m->migrations.v[i];
        if (str_eq(f->module, c->m->module)) check_types(c, f);
        struct str sql = sql_for(c->m->arena, f->text, SQL_SQLITE);
        struct str rest = sql;
        while (str_trim(rest).n > 0) {
            const char *end = NULL;
            sqlite3_stmt *s = NULL;
            int rc = sqlite3_prepare_v2(c->db, rest.p, (int)rest.n, &s, &end);
            int at = (int)(rest.p - sql.p) + (rc != SQLITE_OK && sqlite3_error_offset(c->db) > 0
                                                  ? sqlite3_error_offset(c->db)
                                                  : 0);
            if (rc == SQLITE_OK && s) rc = sqlite3_step(s);
            sqlite3_finalize(s);
            if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
                return complain(c->m, f->path, line_of(sql, at),
                                "migration of module " STR_FMT ": %s", STR_ARG(f->module),
                                sqlite3_errmsg(c->db));
            rest = str_from(rest, (size_t)(end - rest.p));
        }
        learn_tables(c, f);
    }
    return true;
}

static int authorize(void *self, int action, const char *table, const char *b, const char *d,
                     const char *trigger) {
    struct checker *c = self;
    (void)b, (void)d;
    bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (!writes || trigger || !c->q || !table) return SQLITE_OK;
    const struct table *t = find_table(c, str_c(table));
    if (t && !str_eq(t->module, c->m->module)) c->wrote = t->name, c->whose = t->module;
    return SQLITE_OK;
}

// ---- columns

static const char *
target_table(struct arena *a, const struct query *q) { // of INSERT INTO t, UPDATE t, DELETE FROM t
    struct str text = q->pieces.v[0].sqlite;
    struct sql_token k;
    while (sql_next(&text, &k)) {
        if (k.kind != SQL_WORD && k.kind != SQL_QUOTED) continue;
        if (str_eq_nocase(k.text, S("INSERT")) || str_eq_nocase(k.text, S("INTO")) ||
            str_eq_nocase(k.text, S("UPDATE")) || str_eq_nocase(k.text, S("DELETE")) ||
            str_eq_nocase(k.text, S("FROM")))
            continue;
        return arena_cstr(a, k.text);
    }
    return NULL;
}

// "name:type?" says what the schema cannot.
static bool column_by_alias(struct checker *c, struct str alias, struct column *out) {
    struct str name, type = alias;
    if (!str_split(&type, ':', &name)) return false;
    *out = (struct column){.name = arena_str(c->m->arena, name)};
    if (str_ends(type, S("?"))) out->nullable = true, type.n--;
    out->type = sql_domain_find(type);
    if (!out->type)
        return complain(c->m, c->q->file, c->q->line,
                        "query " STR_FMT ": '" STR_FMT "' is not a domain in \"" STR_FMT "\"",
                        STR_ARG(c->q->name), STR_ARG(type), STR_ARG(alias));
    return true;
}

static int count_words(struct str text, struct str before,
                       struct str word) { // how often `before word` stands in text
    struct sql_token k, last = {0};
    int n = 0;
    while (sql_next(&text, &k)) {
        if (k.kind == SQL_SPACE) continue;
        n += str_eq_nocase(k.text, word) && (before.n == 0 || str_eq_nocase(last.text, before));
        last = k;
    }
    return n;
}

static bool outer_joined(struct checker *c, struct str table) {
    struct str text = variant_text(c->m->arena, c->q, UINT64_MAX, SQL_SQLITE);
    struct sql_token k;
    bool left = false;
    int here = count_words(text, S("FROM"), table) + count_words(text, S("JOIN"), table);
    while (here == 1 && sql_next(&text, &k)) {
        if (k.kind != SQL_WORD) continue;
        if (str_eq_nocase(k.text, S("LEFT")) || str_eq_nocase(k.text, S("FULL")))
            left = true;
        else if (left && str_eq_nocase(k.text, table))
            return true;
        else if (!str_eq_nocase(k.text, S("JOIN")) && !str_eq_nocase(k.text, S("OUTER")))
            left = false;
    }
    return false;
}

static bool column_by_schema(struct checker *c, sqlite3_stmt *s, int i, struct column *out) {
    const struct query *q = c->q;
    const char *name = sqlite3_column_name(s, i), *table = sqlite3_column_table_name(s, i);
    const char *origin = sqlite3_column_origin_name(s, i), *type = NULL;
    int not_null = 0, key = 0;
    if (!table && !sqlite3_stmt_readonly(s)) table = target_table(c->m->arena, q), origin = name;
    if (!table || !origin ||
        sqlite3_table_column_metadata(c->db, NULL, table, origin, &type, NULL, &not_null, &key,
                                      NULL))
        return complain(
            c->m, q->file, q->line,
            "query " STR_FMT
            ": result column %d (%s) is an expression; say its name and type: AS \"name:type\" "
            "(with ? when it can be NULL)",
            STR_ARG(q->name), i + 1, name);
    *out =
        (struct column){.name = arena_str(c->m->arena, str_c(name)), .nullable = !not_null && !key};
    out->type =
        sql_domain_find(key && type && strcmp(type, "INTEGER") == 0 ? S("id_int") : str_c(type));
    if (!out->type)
        return complain(c->m, q->file, q->line,
                        "query " STR_FMT ": column %s.%s has type %s, which is not a domain",
                        STR_ARG(q->name), table, origin, type ? type : "(none)");
    if (!out->nullable && outer_joined(c, str_c(table)))
        return complain(
            c->m, q->file, q->line,
            "query " STR_FMT
            ": column %s comes from the outer-joined table %s and may be NULL; write AS \"%s:%s?\"",
            STR_ARG(q->name), name, table, name, out->type->name);
    return true;
}

static bool is_keyword(struct str name) {
    static const char *const words[] = {
        "auto",    "break",  "case",     "char",   "const",    "continue", "default",
        "do",      "double", "else",     "enum",   "extern",   "float",    "for",
        "goto",    "if",     "inline",   "int",    "long",     "register", "restrict",
        "return",  "short",  "signed",   "sizeof", "static",   "struct",   "switch",
        "typedef", "union",  "unsigned", "void",   "volatile", "while",    "asm",
        "typeof",  "bool",   "true",     "false",  "unix",     "linux"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(name, str_c(words[i]))) return true;
    return false;
}

static bool valid_column(struct checker *c, const struct column *col) {
    const struct query *q = c->q;
    bool ok = col->name.n > 0 && !(col->name.p[0] >= '0' && col->name.p[0] <= '9') &&
              !is_keyword(col->name);
    for (size_t i = 0; i < col->name.n; i++)
        ok = ok && (col->name.p[i] == '_' || (col->name.p[i] >= 'a' && col->name.p[i] <= 'z') ||
                    (col->name.p[i] >= '0' && col->name.p[i] <= '9'));
    if (!ok)
        return complain(c->m, q->file, q->line,
                        "query " STR_FMT ": '" STR_FMT
                        "' cannot be a C name; write AS another_name",
                        STR_ARG(q->name), STR_ARG(col->name));
    for (size_t i = 0; i < q->out.n; i++)
        if (str_eq(q->out.v[i].name, col->name))
            return complain(c->m, q->file, q->line,
                            "query " STR_FMT ": two result columns are named " STR_FMT,
                            STR_ARG(q->name), STR_ARG(col->name));
    return true;
}

static bool learn_columns(struct checker *c, sqlite3_stmt *s) {
    int n = sqlite3_column_count(s);
    for (int i = 0; i < n; i++) {
        struct column col;
        struct str name = arena_str(c->m->arena, str_c(sqlite3_column_name(s, i)));
        bool alias = str_find_char(name, ':') != STR_NONE;
        if (alias ? !column_by_alias(c, name, &col) : !column_by_schema(c, s, i, &col))
            return false;
        if (!valid_column(c, &col)) return false;
        *VEC_PUSH(c->m->arena, &c->q->out) = col;
    }
    return true;
}

// ---- queries

static bool fits_kind(struct checker *c, sqlite3_stmt *s) {
    struct query *q = c->q;
    int n = sqlite3_column_count(s);
    if ((q->kinds & KIND_EXEC) && n > 0)
        return complain(c->m, q->file, q->line,
                        "query " STR_FMT " gives rows: its kind cannot be exec", STR_ARG(q->name));
    if (!(q->kinds & KIND_EXEC) && n == 0)
        return complain(c->m, q->file, q->line,
                        "query " STR_FMT " gives no rows: its kind must be exec", STR_ARG(q->name));
    if ((q->kinds & KIND_INSERT) && (n != 1 || sqlite3_stmt_readonly(s)))
        return complain(c->m, q->file, q->line,
                        "query " STR_FMT " of kind insert needs RETURNING with one id",
                        STR_ARG(q->name));
    return true;
}

static const char *later_table_hint(const char *message) {
    return strstr(message, "no such table")
               ? " (a module sees the tables of itself and of modules above it in modules.order)"
               : "";
}

static sqlite3_stmt *prepare(struct checker *c, uint64_t mask) {
    struct str text = variant_text(c->m->arena, c->q, mask, SQL_SQLITE);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(c->db, text.p, -1, &s, NULL) == SQLITE_OK) return s;
    const char *message = sqlite3_errmsg(c->db);
    int at = sqlite3_error_offset(c->db);
    struct buf on = buf_new(c->m->arena, 0);
    for (size_t i = 0; i < c->q->in.n; i++)
        if ((mask >> i) & 1) buf_fmt(&on, " " STR_FMT, STR_ARG(c->q->in.v[i].name));
    complain(c->m, c->q->file, c->q->line, "query " STR_FMT ": %s%s%s%.40s%s" STR_FMT,
             STR_ARG(c->q->name), message, later_table_hint(message), at >= 0 ? ", at: " : "",
             at >= 0 ? text.p + at : "", on.n > 0 ? "; with clauses" : "", STR_ARG(buf_str(&on)));
    return NULL;
}

static bool may_scan(struct checker *c,
                     struct str name) { // name as in the plan: the table or its alias
    struct str text = variant_text(c->m->arena, c->q, UINT64_MAX, SQL_SQLITE);
    struct sql_token k, last = {0}, before = {0};
    if (find_table(c, name)) return find_table(c, name)->small;
    while (sql_next(&text, &k)) {
        if (k.kind == SQL_SPACE) continue;
        if (str_eq(k.text, name)) {
            const struct table *t =
                find_table(c, str_eq_nocase(last.text, S("AS")) ? before.text : last.text);
            if (t) return t->small;
        }
        before = last, last = k;
    }
    return true; // a subquery, a virtual table, a function
}

static void look_at_plan(struct checker *c, uint64_t mask) {
    struct query *q = c->q;
    struct str text = variant_text(c->m->arena, q, mask, SQL_SQLITE);
    sqlite3_stmt *s = NULL;
    const char *sql = arena_fmt(c->m->arena, "EXPLAIN QUERY PLAN " STR_FMT, STR_ARG(text)).p;
    if (sqlite3_prepare_v2(c->db, sql, -1, &s, NULL) != SQLITE_OK) return;
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct str step = str_c((const char *)sqlite3_column_text(s, 3)), name;
        if (!str_starts(step, S("SCAN ")) || str_find(step, S("USING")) != STR_NONE) continue;
        step = str_from(step, 5);
        if (!str_split(&step, ' ', &name) || may_scan(c, name)) continue;
        warn_at(c->m, q->file, q->line,
                "query " STR_FMT " reads all of " STR_FMT
                ": add an index, mark the table `-- small`, or say `-- scan ok: WHY`",
                STR_ARG(q->name), STR_ARG(name));
        q->scan_ok = S("told");
        break;
    }
    sqlite3_finalize(s);
}

static bool check_variant(struct checker *c, uint64_t mask) {
    struct query *q = c->q;
    sqlite3_stmt *s = prepare(c, mask);
    if (!s) return false;
    bool ok = true;
    if (q->out.n == 0) {
        ok = fits_kind(c, s) && ((q->kinds & KIND_INSERT) || learn_columns(c, s));
    } else if (sqlite3_column_count(s) != (int)q->out.n) {
        ok = complain(c->m, q->file, q->line,
                      "query " STR_FMT " gives other columns when its clauses change",
                      STR_ARG(q->name));
    }
    q->writes = !sqlite3_stmt_readonly(s);
    sqlite3_finalize(s);
    if (ok && q->scan_ok.n == 0) look_at_plan(c, mask);
    return ok;
}

static uint64_t clause_mask(const struct query *q) {
    uint64_t mask = 0;
    for (size_t i = 0; i < q->in.n; i++)
        if (q->in.v[i].clause) mask |= UINT64_C(1) << i;
    return mask;
}

static void check_query(struct checker *c, struct query *q) {
    c->q = q;
    c->wrote = (struct str){0};
    if (q->pieces.n == 0) return;
    uint64_t all = clause_mask(q);
    bool ok = true;
    if (__builtin_popcountll(all) <= 6) {
        for (uint64_t mask = all; ok; mask = (mask - 1) & all) {
            ok = check_variant(c, mask);
            if (mask == 0) break;
        }
    } else {
        ok = check_variant(c, 0) && check_variant(c, all);
        for (size_t i = 0; ok && i < q->in.n; i++)
            for (size_t j = i; ok && j < q->in.n; j++) {
                uint64_t pair = (UINT64_C(1) << i) | (UINT64_C(1) << j);
                if ((pair & all) == pair) ok = check_variant(c, pair);
            }
    }
    if (c->wrote.n > 0)
        complain(c->m, q->file, q->line,
                 "query " STR_FMT " writes table " STR_FMT " of module " STR_FMT
                 "; only its own module writes a table (a flow calls both)",
                 STR_ARG(q->name), STR_ARG(c->wrote), STR_ARG(c->whose));
    c->q = NULL;
}

static bool same_row(const struct query *a, const struct query *b) {
    if (a->out.n != b->out.n) return false;
    for (size_t i = 0; i < a->out.n; i++)
        if (!str_eq(a->out.v[i].name, b->out.v[i].name) || a->out.v[i].type != b->out.v[i].type ||
            a->out.v[i].nullable != b->out.v[i].nullable)
            return false;
    return true;
}

static void join_rows(struct mksql *m) { // queries of the same `-- row` share one struct
    for (size_t i = 0; i < m->queries.n; i++) {
        struct query *q = &m->queries.v[i];
        q->first_of_row = q->out.n > 0;
        for (size_t j = 0; j < i; j++) {
            const struct query *o = &m->queries.v[j];
            if (str_eq(o->name, q->name))
                complain(m, q->file, q->line, "query " STR_FMT " exists twice", STR_ARG(q->name));
            if (!q->first_of_row || o->out.n == 0 || !str_eq(o->row, q->row)) continue;
            q->first_of_row = false;
            if (!same_row(o, q))
                complain(m, q->file, q->line,
                         "query " STR_FMT " shares row " STR_FMT " with " STR_FMT
                         ", but names, types or nullability of the columns differ",
                         STR_ARG(q->name), STR_ARG(q->row), STR_ARG(o->name));
        }
    }
}

void check_all(struct mksql *m) {
    struct checker c = {.m = m};
    ensure(sqlite3_open(":memory:", &c.db) == SQLITE_OK);
    sqlite3_db_config(c.db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(c.db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (run_migrations(&c)) {
        sqlite3_set_authorizer(c.db, authorize, &c);
        for (size_t i = 0; i < m->queries.n; i++) check_query(&c, &m->queries.v[i]);
        join_rows(m);
    }
    sqlite3_close(c.db);
}
