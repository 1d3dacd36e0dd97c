// SPDX-License-Identifier: Apache-2.0
#include "mksql.h"

struct parser {
    struct mksql *m;
    const struct file_text *file;
    struct str rest;
    int line;        // of the next token
    struct query *q; // being read; NULL between queries
    bool in_list;    // the last header line was an unfinished `-- in` list
};

static bool is_name(struct str s) {
    if (s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9')) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

static int count_lines(struct str s) {
    int n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.p[i] == '\n';
    return n;
}

static struct str next_word(struct str *s) {
    *s = str_trim(*s);
    size_t i = 0;
    while (i < s->n && s->p[i] != ' ' && s->p[i] != '\t') i++;
    struct str word = str_sub(*s, 0, i);
    *s = str_trim(str_from(*s, i));
    return word;
}

static unsigned kind_of(struct str s) {
    static const struct {
        const char *name;
        unsigned kind;
    } kinds[] = {{"one", KIND_ONE},
                 {"all", KIND_ALL},
                 {"each", KIND_EACH},
                 {"exec", KIND_EXEC},
                 {"insert", KIND_INSERT}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(s, str_c(kinds[i].name))) return kinds[i].kind;
    return 0;
}

// Inputs may be declared by a domain (money_int) or its short word (money).
static const struct sql_domain *input_type(struct arena *a, struct str word) {
    static const struct {
        const char *word, *domain;
    } words[] = {{"int", "count_int"}, {"text", "plain_text"}, {"blob", "bytes_blob"}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(word, str_c(words[i].word))) return sql_domain_find(str_c(words[i].domain));
    const struct sql_domain *d = sql_domain_find(word);
    if (!d) d = sql_domain_find(arena_fmt(a, STR_FMT "_int", STR_ARG(word)));
    if (!d) d = sql_domain_find(arena_fmt(a, STR_FMT "_text", STR_ARG(word)));
    return d;
}

static void begin_query(struct parser *p, struct str head) {
    struct mksql *m = p->m;
    p->q = VEC_PUSH(m->arena, &m->queries);
    *p->q = (struct query){.file = p->file->path, .line = p->line, .name = next_word(&head)};
    p->q->row = p->q->name;
    p->in_list = false;
    if (!is_name(p->q->name))
        complain(m, p->file->path, p->line,
                 "a query needs a name of lower case letters, digits and _: -- query NAME KIND");
    struct str kinds = next_word(&head), kind;
    if (kinds.n == 0)
        complain(m, p->file->path, p->line,
                 "say what the query gives: one, all, each, exec or insert");
    while (kinds.n > 0 && str_split(&kinds, ',', &kind)) {
        unsigned k = kind_of(kind);
        if (!k)
            complain(m, p->file->path, p->line,
                     "'" STR_FMT "' is not a kind (one, all, each, exec, insert)", STR_ARG(kind));
        p->q->kinds |= k;
    }
    unsigned plain = p->q->kinds & (KIND_ONE | KIND_EXEC | KIND_INSERT);
    if (plain & (plain - 1))
        complain(m, p->file->path, p->line, "one, exec and insert exclude each other");
    if (head.n > 0 && str_eq(next_word(&head), S("row")) && is_name(head))
        p->q->row = head;
    else if (head.n > 0)
        complain(m, p->file->path, p->line, "after the kind only `row NAME` may stand");
}

static struct input *find_input(struct query *q, struct str name) {
    for (size_t i = 0; i < q->in.n; i++)
        if (str_eq(q->in.v[i].name, name)) return &q->in.v[i];
    return NULL;
}

static void add_input(struct parser *p, struct str decl) {
    struct mksql *m = p->m;
    struct str name = next_word(&decl), type = decl;
    struct input in = {.name = name, .line = p->line};
    if (!is_name(name)) {
        complain(m, p->file->path, p->line, "'" STR_FMT "' is not a name for an input",
                 STR_ARG(name));
        return;
    }
    if (str_ends(type, S("?"))) in.optional = true, type.n--;
    if (!str_eq(type, S("switch"))) {
        in.type = input_type(m->arena, type);
        if (!in.type) {
            complain(m, p->file->path, p->line,
                     "'" STR_FMT "' is not a type of input %s (int text time money rate decimal "
                                 "flag currency html json "
                     "blob pii secret, or a domain; a line of prose must not begin with 'in ')",
                     STR_ARG(type), arena_cstr(m->arena, name));
            return;
        }
    }
    if (find_input(p->q, name))
        complain(m, p->file->path, p->line, "input " STR_FMT " is declared twice", STR_ARG(name));
    if (p->q->in.n == INPUTS_MAX)
        complain(m, p->file->path, p->line, "a query has at most %d inputs", INPUTS_MAX);
    else
        *VEC_PUSH(m->arena, &p->q->in) = in;
}

static void input_list(struct parser *p, struct str list) {
    p->in_list = str_ends(list, S(","));
    if (p->in_list) list.n--;
    struct str decl;
    while (str_split(&list, ',', &decl)) add_input(p, str_trim(decl));
}

static bool take_word(struct str *s, struct str word) {
    struct str t = *s;
    if (!str_eq(next_word(&t), word)) return false;
    *s = t;
    return true;
}

// A comment line between `-- query` and the statement.
static void header_line(struct parser *p, struct str text) {
    struct query *q = p->q;
    text = str_trim(text);
    if (p->in_list) {
        input_list(p, text);
    } else if (take_word(&text, S("in"))) {
        input_list(p, text);
    } else if (str_starts(text, S("scan ok:"))) {
        q->scan_ok = str_trim(str_from(text, 8));
        if (q->scan_ok.n == 0)
            complain(p->m, q->file, p->line, "say why the scan is right: -- scan ok: REASON");
    } else if (str_starts(text, S("row ")) && is_name(str_from(text, 4))) {
        q->row = str_from(text, 4);
    } else {
        *VEC_PUSH(p->m->arena, &q->prose) = text;
    }
}

struct texts {
    struct buf sqlite, postgres;
};

static void put_both(struct texts *t, const struct sql_block *where, struct str s) {
    if (where->for_sqlite) buf_put(&t->sqlite, s);
    if (where->for_postgres) buf_put(&t->postgres, s);
}

static void put_param(struct parser *p, struct texts *t, const struct sql_block *where,
                      struct str name) {
    struct input *in = find_input(p->q, name);
    if (!in) {
        complain(p->m, p->file->path, p->line,
                 ":" STR_FMT " is not declared in the `-- in` line of query " STR_FMT,
                 STR_ARG(name), STR_ARG(p->q->name));
        return;
    }
    if (!in->type)
        complain(p->m, p->file->path, p->line,
                 "switch " STR_FMT " only turns clauses on and has no value", STR_ARG(name));
    in->bound = true;
    int number = (int)(in - p->q->in.v) + 1;
    if (where->for_sqlite) buf_fmt(&t->sqlite, "?%d", number);
    if (where->for_postgres) buf_fmt(&t->postgres, "$%d", number);
}

static void put_piece(struct parser *p, struct texts *t, int clause, bool absent) {
    struct piece piece = {clause, absent, buf_str(&t->sqlite), buf_str(&t->postgres)};
    if (str_trim(piece.sqlite).n > 0 || str_trim(piece.postgres).n > 0)
        *VEC_PUSH(p->m->arena, &p->q->pieces) = piece;
    *t = (struct texts){buf_new(p->m->arena, 0), buf_new(p->m->arena, 0)};
}

static int clause_input(struct parser *p, struct str name) {
    struct input *in = find_input(p->q, name);
    if (!in || (in->type && !in->optional)) {
        complain(p->m, p->file->path, p->line,
                 "a clause is turned by an optional input or a switch, and " STR_FMT " is neither",
                 STR_ARG(name));
        return -1;
    }
    in->clause = true;
    return (int)(in - p->q->in.v);
}

// One token of a statement; inside blocks it calls itself, one level deep.
static void statement_token(struct parser *p, struct texts *t, struct sql_token k,
                            const struct sql_block *where) {
    struct sql_block block;
    if (k.kind == SQL_PARAM) {
        put_param(p, t, where, str_from(k.text, 1));
    } else if (k.kind == SQL_SPACE) {
        put_both(t, where, str_find_char(k.text, '\n') == STR_NONE ? S(" ") : S("\n"));
    } else if (k.kind == SQL_BLOCK_NOTE && sql_block(k.text, &block)) {
        int clause = block.clause.n > 0 ? clause_input(p, block.clause) : -1;
        if (clause >= 0) put_piece(p, t, -1, false);
        struct sql_token inner;
        while (sql_next(&block.text, &inner)) statement_token(p, t, inner, &block);
        if (clause >= 0) put_piece(p, t, clause, block.absent);
    } else if (k.kind == SQL_BLOCK_NOTE && k.text.n > 2 && strchr("?!@", k.text.p[2])) {
        complain(p->m, p->file->path, p->line,
                 "unknown block %.20s: write /*?input, /*!input, /*@sqlite or /*@postgres",
                 arena_cstr(p->m->arena, k.text));
    } else if (k.kind != SQL_LINE_NOTE && k.kind != SQL_BLOCK_NOTE) {
        put_both(t, where, k.text);
    }
}

static void end_query(struct parser *p) {
    struct query *q = p->q;
    for (size_t i = 0; i < q->in.n; i++) {
        const struct input *in = &q->in.v[i];
        if (!in->bound && !in->clause)
            complain(p->m, q->file, in->line,
                     "input " STR_FMT " of query " STR_FMT " is never used", STR_ARG(in->name),
                     STR_ARG(q->name));
    }
    p->q = NULL;
}

static void read_statement(struct parser *p, struct sql_token k) {
    const struct sql_block both = {.for_sqlite = true, .for_postgres = true};
    struct texts t = {buf_new(p->m->arena, 0), buf_new(p->m->arena, 0)};
    do {
        if (k.kind == SQL_SIGN && k.text.p[0] == ';') {
            put_piece(p, &t, -1, false);
            end_query(p);
            return;
        }
        if (k.kind == SQL_LINE_NOTE && str_starts(k.text, S("-- query ")))
            complain(p->m, p->file->path, p->line,
                     "the statement of query " STR_FMT " does not end with ';'",
                     STR_ARG(p->q->name));
        statement_token(p, &t, k, &both);
        p->line += count_lines(k.text);
    } while (sql_next(&p->rest, &k));
    complain(p->m, p->file->path, p->line,
             "the statement of query " STR_FMT " does not end with ';'", STR_ARG(p->q->name));
    p->q = NULL;
}

void parse_file(struct mksql *m, const struct file_text *f) {
    struct parser p = {.m = m, .file = f, .rest = f->text, .line = 1};
    struct sql_token k;
    while (sql_next(&p.rest, &k)) {
        struct str text = str_from(k.text, 2);
        if (k.kind == SQL_LINE_NOTE && str_starts(text, S(" query "))) {
            if (p.q)
                complain(m, f->path, p.line, "query " STR_FMT " has no statement",
                         STR_ARG(p.q->name));
            begin_query(&p, str_from(text, 7));
        } else if (k.kind == SQL_LINE_NOTE) {
            if (p.q) header_line(&p, text);
        } else if (k.kind != SQL_SPACE && p.q) {
            read_statement(&p, k); // counts its own lines
        } else if (k.kind != SQL_SPACE && k.kind != SQL_BLOCK_NOTE &&
                   !(k.kind == SQL_SIGN && k.text.p[0] == ';')) {
            complain(m, f->path, p.line,
                     "a statement without a name: begin with -- query NAME KIND");
            return;
        }
        p.line += p.q || k.kind == SQL_SPACE ? count_lines(k.text) : 0;
    }
    if (p.q) complain(m, f->path, p.line, "query " STR_FMT " has no statement", STR_ARG(p.q->name));
}

bool piece_on(const struct piece *p, uint64_t mask) {
    return p->clause < 0 || ((mask >> p->clause) & 1) != p->absent;
}

struct str variant_text(struct arena *a, const struct query *q, uint64_t mask,
                        enum sql_dialect dialect) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < q->pieces.n; i++) {
        const struct piece *p = &q->pieces.v[i];
        if (piece_on(p, mask)) buf_put(&b, dialect == SQL_SQLITE ? p->sqlite : p->postgres);
    }
    return arena_str(a, buf_str(&b));
}
