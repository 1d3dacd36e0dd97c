// SPDX-License-Identifier: Apache-2.0
#include "mksql.h"

#define A(s) STR_ARG(s)

struct emitter {
    struct mksql *m;
    struct buf b;
};

static const char *c_type(const struct sql_domain *d) {
    if (!d) return "bool";
    switch ((enum field_type)d->type) {
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_RATE:
    case FIELD_DECIMAL:
        return "int64_t";
    case FIELD_TIME:
        return "instant";
    case FIELD_BOOL:
        return "bool";
    case FIELD_CURRENCY:
    case FIELD_TEXT:
    case FIELD_HTML:
    case FIELD_JSON:
    case FIELD_BLOB:
        return "struct str";
    }
    return "";
}

static const char *field_name(const struct sql_domain *d) {
    static const char *const names[] = {
        [FIELD_INT] = "FIELD_INT",     [FIELD_BOOL] = "FIELD_BOOL",
        [FIELD_MONEY] = "FIELD_MONEY", [FIELD_CURRENCY] = "FIELD_CURRENCY",
        [FIELD_RATE] = "FIELD_RATE",   [FIELD_DECIMAL] = "FIELD_DECIMAL",
        [FIELD_TIME] = "FIELD_TIME",   [FIELD_TEXT] = "FIELD_TEXT",
        [FIELD_HTML] = "FIELD_HTML",   [FIELD_JSON] = "FIELD_JSON",
        [FIELD_BLOB] = "FIELD_BLOB"};
    return d ? names[d->type] : "FIELD_BOOL";
}

static bool is_text(const struct sql_domain *d) {
    return d && strcmp(c_type(d), "struct str") == 0;
}

static void put_member(struct buf *b, const struct sql_domain *d, struct str name, bool has) {
    buf_fmt(b, "    %s " STR_FMT ";", c_type(d), A(name));
    if (d && (d->type == FIELD_MONEY || d->type == FIELD_RATE || d->type == FIELD_DECIMAL))
        buf_fmt(b, " // %s", d->type == FIELD_MONEY ? "minor units" : "millionths");
    buf_char(b, '\n');
    if (has) buf_fmt(b, "    bool has_" STR_FMT ";\n", A(name));
}

static void put_structs(struct buf *b, const struct query *q) {
    if (q->in.n > 0) {
        buf_fmt(b, "struct " STR_FMT "_in {\n", A(q->name));
        for (size_t i = 0; i < q->in.n; i++)
            put_member(b, q->in.v[i].type, q->in.v[i].name, q->in.v[i].optional);
        buf_put(b, S("};\n"));
    }
    if (!q->first_of_row) return;
    buf_fmt(b, "struct " STR_FMT " {\n", A(q->row));
    for (size_t i = 0; i < q->out.n; i++) {
        const struct column *c = &q->out.v[i];
        put_member(b, c->type, c->name, c->nullable && !is_text(c->type));
    }
    buf_fmt(b,
            "};\nstruct " STR_FMT "_rows {\n    struct " STR_FMT " *v;\n    size_t n, cap;\n};\n",
            A(q->row), A(q->row));
    buf_fmt(b, "extern const struct row_type " STR_FMT "_type;\n", A(q->row));
}

struct function {
    const char *suffix, *extra_params, *call, *more_args;
};

// One generated function: NAME<suffix>(db, [in,] extra) { return db_query_<call>(db, &NAME_query,
// in, args); }
static void put_function(struct buf *b, const struct query *q, const struct function *f) {
    buf_fmt(b, "static inline MUST_USE bool " STR_FMT "%s(struct db *db", A(q->name), f->suffix);
    if (q->in.n > 0) buf_fmt(b, ", const struct " STR_FMT "_in *in", A(q->name));
    buf_fmt(b, "%s) {\n    return %s(db, &" STR_FMT "_query, %s%s);\n}\n", f->extra_params, f->call,
            A(q->name), q->in.n > 0 ? "in" : "NULL", f->more_args);
}

static void put_functions(struct arena *a, struct buf *b, const struct query *q) {
    struct str row = q->row;
    const char *one = arena_fmt(a, ", struct " STR_FMT " *out, bool *found_out", A(row)).p;
    const char *all = arena_fmt(a, ", struct " STR_FMT "_rows *out", A(row)).p;
    const char *each =
        arena_fmt(a, ", bool (*fn)(void *, const struct " STR_FMT " *), void *self", A(row)).p;
    const struct {
        unsigned kind;
        struct function f;
    } functions[] = {
        {KIND_ONE, {"", one, "db_query_one", ", out, found_out"}},
        {KIND_ALL, {"_all", all, "db_query_all", ", out"}},
        {KIND_EACH, {"_each", each, "db_query_each", ", (db_row_fn *)(void *)fn, self"}},
        {KIND_EXEC, {"", "", "db_query_exec", ", NULL"}},
        {KIND_EXEC, {"_n", ", int64_t *changed_out", "db_query_exec", ", changed_out"}},
        {KIND_INSERT, {"", ", int64_t *id_out", "db_query_insert", ", id_out"}},
    };
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (q->kinds & functions[i].kind) put_function(b, q, &functions[i].f);
}

struct str emit_header(struct mksql *m) {
    struct buf b = buf_new(m->arena, 0);
    struct str mod = m->module;
    buf_fmt(&b,
            "// SPDX-License-Identifier: Apache-2.0\n// Written by mksql from the .sql files "
            "of " STR_FMT ". Do not edit.\n#pragma once\n#include \"db/db.h\"\n\n",
            A(mod));
    buf_fmt(&b,
            "extern const struct db_query " STR_FMT "_sql_queries[];\nextern const size_t " STR_FMT
            "_sql_query_count;\n",
            A(mod), A(mod));
    for (size_t i = 0; i < m->queries.n; i++) {
        const struct query *q = &m->queries.v[i];
        buf_char(&b, '\n');
        for (size_t j = 0; j < q->prose.n; j++) buf_fmt(&b, "// " STR_FMT "\n", A(q->prose.v[j]));
        buf_fmt(&b, "#define " STR_FMT "_query (" STR_FMT "_sql_queries[%zu])\n", A(q->name),
                A(mod), i);
        put_structs(&b, q);
        put_functions(m->arena, &b, q);
    }
    ensure(buf_ok(&b));
    return buf_str(&b);
}

// ---- tables

struct field_out {
    struct str structure, name;
    const struct sql_domain *type;
    unsigned flags;
    bool has, is_switch;
};

static void put_field(struct buf *b, const struct field_out *f) {
    static const char *const flag_names[] = {"NULLABLE", "PERSONAL", "TRANSLATABLE", "SECRET",
                                             "OPTIONAL"};
    buf_fmt(b, "    {\"" STR_FMT "\", %s, ", A(f->name), field_name(f->type));
    const char *sep = "";
    for (size_t i = 0; i < ARRAY_LEN(flag_names); i++)
        if ((f->flags >> i) & 1) buf_fmt(b, "%sFIELD_%s", sep, flag_names[i]), sep = " | ";
    if (f->flags == 0) buf_char(b, '0');
    buf_fmt(b, ", offsetof(struct " STR_FMT ", " STR_FMT "), ", A(f->structure), A(f->name));
    if (f->has)
        buf_fmt(b, "offsetof(struct " STR_FMT ", has_" STR_FMT ")},\n", A(f->structure),
                A(f->name));
    else if (f->is_switch)
        buf_fmt(b, "offsetof(struct " STR_FMT ", " STR_FMT ")},\n", A(f->structure), A(f->name));
    else
        buf_put(b, S("0},\n"));
}

static void put_fields(struct arena *a, struct buf *b, const struct query *q) {
    if (q->in.n > 0) {
        buf_fmt(b, "static const struct field " STR_FMT "_in_fields[] = {\n", A(q->name));
        struct str structure = arena_fmt(a, STR_FMT "_in", A(q->name));
        for (size_t i = 0; i < q->in.n; i++) {
            const struct input *in = &q->in.v[i];
            unsigned flags = (in->type ? in->type->flags : 0u) |
                             (in->optional || !in->type ? (unsigned)FIELD_OPTIONAL : 0u);
            put_field(b, &(struct field_out){structure, in->name, in->type, flags, in->optional,
                                             !in->type});
        }
        buf_put(b, S("};\n"));
    }
    if (!q->first_of_row) return;
    buf_fmt(b, "static const struct field " STR_FMT "_fields[] = {\n", A(q->row));
    for (size_t i = 0; i < q->out.n; i++) {
        const struct column *c = &q->out.v[i];
        unsigned flags = c->type->flags | (c->nullable ? (unsigned)FIELD_NULLABLE : 0u);
        put_field(b, &(struct field_out){q->row, c->name, c->type, flags,
                                         c->nullable && !is_text(c->type), false});
    }
    buf_fmt(b,
            "};\nconst struct row_type " STR_FMT "_type = {\"" STR_FMT "\", sizeof(struct " STR_FMT
            "), " STR_FMT "_fields, %zu};\n",
            A(q->row), A(q->row), A(q->row), A(q->row), q->out.n);
}

// A C string literal, a source line a line.
static void put_literal(struct buf *b, struct str s, const char *indent) {
    if (s.n == 0) {
        buf_put(b, S("\"\""));
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\n') {
            buf_put(b, S("\\n\""));
            if (i + 1 == s.n) return;
            buf_fmt(b, "\n%s\"", indent);
        } else if (c == '"' || c == '\\') {
            buf_char(b, '\\'), buf_char(b, c);
        } else if (c == '\t') {
            buf_put(b, S("\\t"));
        } else if (c != '\r') {
            buf_char(b, c);
        }
    }
    buf_char(b, '"');
}

static void put_pieces(struct buf *b, const struct query *q) {
    buf_fmt(b, "static const struct db_piece " STR_FMT "_pieces[] = {\n", A(q->name));
    for (size_t i = 0; i < q->pieces.n; i++) {
        const struct piece *p = &q->pieces.v[i];
        buf_fmt(b, "    {%d, %s,\n     ", p->clause, p->absent ? "true" : "false");
        put_literal(b, p->sqlite, "     ");
        buf_put(b, S(",\n     "));
        put_literal(b, p->postgres, "     ");
        buf_put(b, S("},\n"));
    }
    buf_put(b, S("};\n"));
}

static void put_query(struct buf *b, const struct query *q, struct str module) {
    buf_fmt(b, "    {\n        .name = \"" STR_FMT "\", .module = \"" STR_FMT "\",\n", A(q->name),
            A(module));
    if (q->in.n > 0)
        buf_fmt(b,
                "        .in = {\"" STR_FMT "_in\", sizeof(struct " STR_FMT "_in), " STR_FMT
                "_in_fields, %zu},\n",
                A(q->name), A(q->name), A(q->name), q->in.n);
    if (q->out.n > 0)
        buf_fmt(b,
                "        .out = {\"" STR_FMT "\", sizeof(struct " STR_FMT "), " STR_FMT
                "_fields, %zu},\n",
                A(q->row), A(q->row), A(q->row), q->out.n);
    else if (q->kinds & KIND_INSERT)
        buf_put(b, S("        .out = {\"id\", sizeof(int64_t), inserted_id, 1},\n"));
    buf_fmt(b, "        .pieces = " STR_FMT "_pieces, .piece_count = %zu, .writes = %s,\n    },\n",
            A(q->name), q->pieces.n, q->writes ? "true" : "false");
}

struct str emit_source(struct mksql *m) {
    struct buf b = buf_new(m->arena, 0);
    unsigned kinds = 0;
    buf_fmt(&b,
            "// SPDX-License-Identifier: Apache-2.0\n// Written by mksql from the .sql files "
            "of " STR_FMT ". Do not edit.\n#include \"" STR_FMT "_sql.h\"\n\n",
            A(m->module), A(m->module));
    for (size_t i = 0; i < m->queries.n; i++) kinds |= m->queries.v[i].kinds;
    if (kinds & KIND_INSERT)
        buf_put(&b,
                S("static const struct field inserted_id[] = {{\"id\", FIELD_INT, 0, 0, 0}};\n"));
    for (size_t i = 0; i < m->queries.n; i++) {
        put_fields(m->arena, &b, &m->queries.v[i]);
        put_pieces(&b, &m->queries.v[i]);
        buf_char(&b, '\n');
    }
    buf_fmt(&b, "const struct db_query " STR_FMT "_sql_queries[] = {\n", A(m->module));
    for (size_t i = 0; i < m->queries.n; i++) put_query(&b, &m->queries.v[i], m->module);
    if (m->queries.n == 0) buf_put(&b, S("    {0}\n"));
    buf_fmt(&b, "};\nconst size_t " STR_FMT "_sql_query_count = %zu;\n", A(m->module),
            m->queries.n);
    ensure(buf_ok(&b));
    return buf_str(&b);
}

struct str emit_migrations(struct mksql *m, const char *prefix) {
    struct buf b = buf_new(m->arena, 0);
    buf_fmt(
        &b,
        "// SPDX-License-Identifier: Apache-2.0\n// Written by mksql from the migrations of all "
        "modules. Do not "
        "edit.\n#include \"db/migrate.h\"\n\nextern const struct db_migration %s_migrations[];\n"
        "extern const size_t %s_migration_count;\nconst struct db_migration %s_migrations[] = {\n",
        prefix, prefix, prefix);
    for (size_t i = 0; i < m->migrations.n; i++) {
        const struct file_text *f = &m->migrations.v[i];
        buf_fmt(&b, "    {\"" STR_FMT "\", \"" STR_FMT "\",\n     ", A(f->module), A(f->name));
        put_literal(&b, f->text, "     ");
        buf_put(&b, S("},\n"));
    }
    if (m->migrations.n == 0) buf_put(&b, S("    {0}\n"));
    buf_fmt(&b, "};\nconst size_t %s_migration_count = %zu;\n", prefix, m->migrations.n);
    ensure(buf_ok(&b));
    return buf_str(&b);
}

struct str emit_tables(struct mksql *m) {
    struct buf b = buf_new(m->arena, 0);
    buf_put(&b, S("// SPDX-License-Identifier: Apache-2.0\n// Written by mksql. Do not "
                  "edit.\n#include \"db/db.h\"\n\n"
                  "extern const struct db_query *const kontor_sql_tables[];\nextern const size_t "
                  "*const kontor_sql_counts[];\n"
                  "extern const size_t kontor_sql_table_count;\n"));
    for (size_t i = 0; i < m->modules.n; i++)
        buf_fmt(&b,
                "extern const struct db_query " STR_FMT
                "_sql_queries[];\nextern const size_t " STR_FMT "_sql_query_count;\n",
                A(m->modules.v[i]), A(m->modules.v[i]));
    buf_put(&b, S("const struct db_query *const kontor_sql_tables[] = {\n"));
    for (size_t i = 0; i < m->modules.n; i++)
        buf_fmt(&b, "    " STR_FMT "_sql_queries,\n", A(m->modules.v[i]));
    buf_put(&b, S("};\nconst size_t *const kontor_sql_counts[] = {\n"));
    for (size_t i = 0; i < m->modules.n; i++)
        buf_fmt(&b, "    &" STR_FMT "_sql_query_count,\n", A(m->modules.v[i]));
    buf_fmt(&b, "};\nconst size_t kontor_sql_table_count = %zu;\n", m->modules.n);
    ensure(buf_ok(&b));
    return buf_str(&b);
}
