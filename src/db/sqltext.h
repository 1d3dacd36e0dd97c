// SPDX-License-Identifier: Apache-2.0
// SQL as text, for the migration runner and for mksql: words and notes are told apart (nothing is
// parsed further),
// /*@sqlite ... */ and /*@postgres ... */ blocks are chosen, and the domains that columns are
// declared with are listed.
#pragma once
#include "base/buf.h"
#include "base/row.h"

enum sql_dialect { SQL_SQLITE, SQL_POSTGRES };

enum sql_kind {
    SQL_SPACE,
    SQL_WORD,       // identifiers, keywords, numbers
    SQL_STRING,     // 'text'
    SQL_QUOTED,     // "name"
    SQL_PARAM,      // :name
    SQL_LINE_NOTE,  // -- to the end of the line, without the newline
    SQL_BLOCK_NOTE, // /* ... */
    SQL_SIGN,       // any other byte, and "::" as one
};
struct sql_token {
    enum sql_kind kind;
    struct str text;
};
bool sql_next(struct str *rest, struct sql_token *out); // false at the end

// What a block note asks for: /*?name text */, /*!name text */, /*@sqlite text */, /*@postgres text
// */ and both together,
// /*?name@postgres text */. clause is empty when no input is asked for; an ordinary note is not a
// block: false.
struct sql_block {
    struct str clause;
    bool absent; // '!' instead of '?'
    bool for_sqlite, for_postgres;
    struct str text; // what is inside
};
bool sql_block(struct str note, struct sql_block *out);

// A migration's text for one database: its blocks are chosen and the column type key_int is written
// out.
struct str sql_for(struct arena *a, struct str sql, enum sql_dialect dialect);

// A column's declared type tells what it means. On PostgreSQL these are domains, on SQLite names
// with the right affinity.
struct sql_domain {
    const char *name;
    uint8_t type;  // enum field_type
    uint8_t flags; // FIELD_PERSONAL, FIELD_TRANSLATABLE, FIELD_SECRET
    const char *postgres;
};
extern const struct sql_domain sql_domains[];
extern const size_t sql_domain_count;
const struct sql_domain *sql_domain_find(struct str name); // NULL when there is none
