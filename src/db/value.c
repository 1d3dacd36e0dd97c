// SPDX-License-Identifier: Apache-2.0
// Between C structs and database values, by field descriptors.
#include "db/driver.h"

bool db_is_text(uint8_t field_type) {
    return field_type == FIELD_TEXT || field_type == FIELD_HTML || field_type == FIELD_JSON ||
           field_type == FIELD_BLOB || field_type == FIELD_CURRENCY;
}

// PostgreSQL refuses NUL and ill-formed UTF-8 in texts; the rule holds for both.
static bool text_value(const struct field *f, struct str s, struct db_value *out, struct err *err) {
    *out = (struct db_value){.kind = f->type == FIELD_BLOB ? DB_BLOB : DB_TEXT, .s = s};
    if (s.p == NULL) {
        out->kind = DB_NULL;
    } else if (f->type != FIELD_BLOB && (!str_is_utf8(s) || str_find_char(s, '\0') != STR_NONE)) {
        err_set(err, ERR_INVALID, "The text contains bytes that are not UTF-8.");
        return err_field(err, f->name);
    }
    return true;
}

bool db_input(const struct db_query *q, const void *in, size_t i, struct db_value *out,
              struct err *err) {
    const struct field *f = &q->in.fields[i];
    const char *base = in, *at = base + f->offset;
    if (db_is_text(f->type)) return text_value(f, *(const struct str *)(const void *)at, out, err);
    *out = (struct db_value){.kind = DB_INT};
    if ((f->flags & FIELD_OPTIONAL) && !*(const bool *)(base + f->has_offset))
        out->kind = DB_NULL;
    else if (f->type == FIELD_BOOL)
        out->i = *(const bool *)at;
    else
        out->i = *(const int64_t *)(const void *)at;
    return true;
}

static bool unfit(const struct db_query *q, const struct field *f, struct err *err,
                  const char *what) {
    err_set(err, ERR_DB, "The database gave an answer that does not fit.");
    return err_detail(err, "query %s.%s: column %s is %s", q->module, q->name, f->name, what);
}

bool db_store(struct arena *a, const struct db_query *q, const struct db_value *values, void *row,
              struct err *err) {
    char *base = row;
    memset(row, 0, q->out.size);
    for (size_t i = 0; i < q->out.n; i++) {
        const struct field *f = &q->out.fields[i];
        const struct db_value *v = &values[i];
        bool text = db_is_text(f->type);
        if (v->kind == DB_NULL) {
            if (!(f->flags & FIELD_NULLABLE)) return unfit(q, f, err, "NULL, but not declared so");
            continue;
        }
        if (text != (v->kind != DB_INT))
            return unfit(q, f, err, text ? "no text" : "no integer; CAST it");
        if (text)
            *(struct str *)(void *)(base + f->offset) = arena_str(a, v->s);
        else if (f->type == FIELD_BOOL)
            *(bool *)(base + f->offset) = v->i != 0;
        else
            *(int64_t *)(void *)(base + f->offset) = v->i;
        if (!text && (f->flags & FIELD_NULLABLE)) *(bool *)(base + f->has_offset) = true;
    }
    return true;
}
