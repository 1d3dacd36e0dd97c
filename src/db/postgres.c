// SPDX-License-Identifier: Apache-2.0
// The PostgreSQL driver: prepared statements with explicit parameter types (an input may stand only
// in a clause that is off), texts both ways. A lost connection is made again on its next use; lost
// in a transaction before COMMIT it is ERR_BUSY (the body runs again), lost in COMMIT it is
// ERR_UNCERTAIN.
#include <libpq-fe.h>
#include <stdio.h>

#include "db/driver.h"

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_TEXT = 25,
    STATEMENTS_MAX = 1024,
    INPUTS_MAX = 64
};

struct statement {
    char name[16]; // "": the unnamed one, used once
};

static PGconn *handle(const struct db_conn *c) { return c->handle; }

// Longest matching beginning of the SQLSTATE wins by standing first.
static enum err_code code_of(const char *state) {
    static const struct {
        const char *state;
        enum err_code code;
    } codes[] = {{"40001", ERR_BUSY},      {"40P01", ERR_BUSY},  {"55P03", ERR_BUSY},
                 {"40003", ERR_UNCERTAIN}, {"23", ERR_CONFLICT}, {"53", ERR_FULL},
                 {"58", ERR_IO},           {"XX", ERR_IO},       {"22021", ERR_INVALID},
                 {"54", ERR_TOO_LARGE}};
    for (size_t i = 0; state && i < ARRAY_LEN(codes); i++)
        if (strncmp(state, codes[i].state, strlen(codes[i].state)) == 0) return codes[i].code;
    return ERR_DB;
}

static const char *sentence(enum err_code code) {
    if (code == ERR_CONFLICT) return "The change contradicts what is saved already.";
    if (code == ERR_BUSY) return "The database is busy. Please try again.";
    if (code == ERR_UNCERTAIN) return "It is not known whether the change was saved.";
    if (code == ERR_FULL) return "The database server has no room left.";
    if (code == ERR_IO) return "The database server can't read or write its files.";
    if (code == ERR_TOO_LARGE) return "A text or file is too large for the database.";
    return "The database refused a statement.";
}

// The column a form could show the refusal at: the last of "Key (shop, email)=(...) exists".
static void tell_column(const PGresult *r, struct err *err) {
    struct str key = str_c(PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL));
    const char *column = PQresultErrorField(r, PG_DIAG_COLUMN_NAME);
    size_t from = str_find_char(key, '('), to = str_find_char(key, ')');
    char name[64];
    if (!column && from != STR_NONE && to != STR_NONE && to > from) {
        struct str columns = str_sub(key, from + 1, to - from - 1), last;
        while (str_split(&columns, ',', &last)) {
        }
        snprintf(name, sizeof name, STR_FMT, STR_ARG(str_trim(last)));
        column = name;
    }
    if (column) err_field(err, column);
}

// The server's primary message only: its detail may quote a customer's data.
static bool failed(struct db_conn *c, const PGresult *r, const char *where, struct err *err) {
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *why = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    bool lost = PQstatus(handle(c)) == CONNECTION_BAD;
    enum err_code code = code_of(state);
    c->stale = state && strcmp(state, "0A000") == 0; // a plan from before a migration
    if (lost || c->stale) {
        code = c->writer ? ERR_BUSY : ERR_NET;
        err_set(err, code, "The connection to the database was lost.");
    } else {
        err_set(err, code, "%s", sentence(code));
    }
    if (r && code == ERR_CONFLICT) tell_column(r, err);
    struct str message = str_trim(str_c(why ? why : PQerrorMessage(handle(c))));
    return err_detail(err, "%s: " STR_FMT " (PostgreSQL %s)", where, STR_ARG(message),
                      state ? state : "-");
}

static bool script(struct db_conn *c, const char *sql, struct err *err) {
    PGresult *r = PQexec(handle(c), sql);
    ExecStatusType s = PQresultStatus(r);
    bool ok = s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK || s == PGRES_EMPTY_QUERY;
    if (!ok) failed(c, r, "statement", err);
    PQclear(r);
    return ok;
}

static void disconnect(struct db_conn *c) {
    PQfinish(handle(c));
    db_conn_forget(c);
}

static void no_notice(void *self, const PGresult *r) { (void)self, (void)r; }

static bool connect(struct db_conn *c, struct err *err) {
    PGconn *pg = PQconnectdb(c->pool->target);
    c->handle = pg;
    c->stale = false;
    PQsetNoticeReceiver(pg, no_notice, NULL);
    if (PQstatus(pg) != CONNECTION_OK) {
        err_set(err, ERR_NET, "The database server can't be reached.");
        err_hint(err, "Check the database address and that the server runs.");
        err_detail(err, STR_FMT, STR_ARG(str_trim(str_c(PQerrorMessage(pg)))));
        disconnect(c);
        return false;
    }
    if (script(c,
               "SET client_encoding='UTF8'; SET bytea_output='hex'; SET "
               "default_transaction_isolation='read committed'",
               err))
        return true;
    disconnect(c);
    return false;
}

static bool usable(struct db_conn *c) { return PQstatus(handle(c)) == CONNECTION_OK && !c->stale; }

static bool in_transaction(struct db_conn *c) {
    return PQtransactionStatus(handle(c)) != PQTRANS_IDLE;
}

static bool commit(struct db_conn *c, struct err *err) {
    PGresult *r = PQexec(handle(c), "COMMIT");
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (ok && strcmp(PQcmdStatus(r), "COMMIT") != 0) {
        ok = err_set(err, ERR_DB, "The change could not be saved.");
        err_detail(err, "COMMIT answered %s", PQcmdStatus(r));
    } else if (!ok && PQstatus(handle(c)) == CONNECTION_BAD) {
        err_set(err, ERR_UNCERTAIN, "It is not known whether the change was saved.");
        err_detail(err, "connection lost in COMMIT: " STR_FMT,
                   STR_ARG(str_trim(str_c(PQerrorMessage(handle(c))))));
    } else if (!ok) {
        failed(c, r, "commit", err);
    }
    PQclear(r);
    return ok;
}

static Oid oid_of(const struct field *f) {
    if (f->type == FIELD_BLOB) return OID_BYTEA;
    return db_is_text(f->type) ? OID_TEXT : OID_INT8;
}

static bool compile(struct db_conn *c, const struct db_query *q, uint64_t mask, const char *name,
                    struct err *err) {
    Oid types[INPUTS_MAX];
    ensure(q->in.n <= INPUTS_MAX);
    for (size_t i = 0; i < q->in.n; i++) types[i] = oid_of(&q->in.fields[i]);
    struct arena scratch = {0};
    const char *text = arena_cstr(&scratch, db_text(&scratch, q, mask, SQL_POSTGRES));
    PGresult *r = PQprepare(handle(c), name, text, (int)q->in.n, types);
    bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!ok) failed(c, r, q->name, err);
    PQclear(r);
    arena_done(&scratch);
    return ok;
}

struct key { // of the statement cache
    const struct db_query *q;
    uint64_t mask;
};

static bool statement_for(struct db_conn *c, const struct db_run *run, const char **name_out,
                          struct err *err) {
    struct key k;
    memset(&k, 0, sizeof k);
    k.q = run->q, k.mask = run->mask;
    struct statement *s = map_get(&c->statements, (struct str){(const char *)&k, sizeof k});
    *name_out = s ? s->name : "";
    if (s) return true;
    if (c->statements.n == STATEMENTS_MAX) return compile(c, run->q, run->mask, "", err);
    s = ARENA_NEW(&c->arena, struct statement);
    snprintf(s->name, sizeof s->name, "q%zu", c->statements.n + 1);
    if (!compile(c, run->q, run->mask, s->name, err)) return false;
    map_set(&c->arena, &c->statements, (struct str){arena_copy(&c->arena, &k, sizeof k), sizeof k},
            s);
    *name_out = s->name;
    return true;
}

static PGresult *execute(struct db_conn *c, const char *name, const struct db_run *r,
                         struct err *err) {
    const char *values[INPUTS_MAX];
    int lengths[INPUTS_MAX], formats[INPUTS_MAX];
    struct arena scratch = {0};
    PGresult *result = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < r->q->in.n; i++) {
        struct db_value v;
        ok = db_input(r->q, r->in, i, &v, err);
        if (!ok) break;
        values[i] = NULL, lengths[i] = (int)v.s.n, formats[i] = v.kind == DB_BLOB;
        if (v.kind == DB_INT)
            values[i] = arena_fmt(&scratch, "%lld", (long long)v.i).p;
        else if (v.kind == DB_TEXT)
            values[i] = arena_cstr(&scratch, v.s);
        else if (v.kind == DB_BLOB)
            values[i] = v.s.p;
    }
    if (ok) result = PQexecPrepared(handle(c), name, (int)r->q->in.n, values, lengths, formats, 0);
    arena_done(&scratch);
    return result;
}

static struct db_value column(struct arena *a, const PGresult *r, int row, int i, uint8_t type) {
    struct db_value v = {.kind = DB_NULL};
    if (PQgetisnull(r, row, i)) return v;
    struct str text = {PQgetvalue(r, row, i), (size_t)PQgetlength(r, row, i)};
    v.kind = type == FIELD_BLOB ? DB_BLOB : DB_TEXT;
    v.s = text;
    if (type == FIELD_BLOB) {
        ensure(PQftype(r, i) == OID_BYTEA && hex_decode(a, str_from(text, 2), &v.s));
    } else if (!db_is_text(type)) {
        v.kind = DB_INT;
        if (PQftype(r, i) == OID_BOOL)
            v.i = text.p[0] == 't';
        else if (!str_to_int(text, &v.i))
            v.kind = DB_TEXT; // a fraction: db_store refuses it
    }
    return v;
}

enum { COLUMNS_MAX = 256 };

static bool pass_rows(struct db_run *run, const PGresult *r) {
    struct db_value values[COLUMNS_MAX];
    ensure(run->q->out.n <= COLUMNS_MAX && (size_t)PQnfields(r) >= run->q->out.n);
    struct arena blobs = {0};
    bool ok = true;
    for (int row = 0; ok && row < PQntuples(r); row++) {
        arena_reset(&blobs);
        for (size_t i = 0; i < run->q->out.n; i++)
            values[i] = column(&blobs, r, row, (int)i, run->q->out.fields[i].type);
        ok = run->row(run->self, values);
    }
    arena_done(&blobs);
    return ok;
}

static bool run_once(struct db_conn *c, struct db_run *run, struct err *err) {
    const char *name;
    TRY(statement_for(c, run, &name, err));
    PGresult *r = execute(c, name, run, err);
    ExecStatusType s = PQresultStatus(r);
    bool ok = s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
    int64_t changed = 0;
    if (!ok)
        failed(c, r, run->q->name, err);
    else if (str_to_int(str_c(PQcmdTuples(r)), &changed))
        run->changed = run->q->writes ? changed : 0;
    if (ok && run->row) ok = pass_rows(run, r);
    PQclear(r);
    return ok;
}

// A read on a connection that was lost meanwhile is done again on a new one.
static bool run(struct db_conn *c, struct db_run *r, struct err *err) {
    struct err first = {0};
    struct err *to = c->writer || err->code != ERR_NONE ? err : &first;
    if (run_once(c, r, to)) return true;
    if (to == err) return false;
    if (first.code == ERR_NET && !usable(c)) {
        disconnect(c);
        return connect(c, err) && run_once(c, r, err);
    }
    if (err->code == ERR_NONE) *err = first; // else the row function told its own
    return false;
}

static bool prepare(struct db_conn *c, const struct db_query *q, uint64_t mask, struct err *err) {
    return compile(c, q, mask, "", err);
}

static bool backup(struct db_conn *c, const char *path, struct err *err) {
    (void)c, (void)path;
    err_set(err, ERR_UNSUPPORTED, "A PostgreSQL database is not copied by this program.");
    return err_hint(err, "Use pg_dump, or the backup of your database service.");
}

const struct db_driver db_postgres = {
    .name = "postgres",
    .dialect = SQL_POSTGRES,
    .group_max = 1,
    .begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE",
    .connect = connect,
    .disconnect = disconnect,
    .usable = usable,
    .in_transaction = in_transaction,
    .script = script,
    .commit = commit,
    .run = run,
    .prepare = prepare,
    .backup = backup,
};
