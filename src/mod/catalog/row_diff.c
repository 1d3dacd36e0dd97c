// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/row_diff.h"

enum { SHOWN_CHARACTERS = 300 };

struct value {
    struct str text; // NULL: no text
    int64_t number;
    bool is_text, absent;
};

static struct value value_of(const struct field *f, const void *row) {
    const char *at = (const char *)row + f->offset;
    const bool *has = (const bool *)((const char *)row + f->has_offset);
    struct value v = {.absent = f->has_offset && !*has};
    switch ((enum field_type)f->type) {
    case FIELD_BOOL:
        v.number = *(const bool *)at;
        break;
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_RATE:
    case FIELD_DECIMAL:
    case FIELD_TIME:
        v.number = *(const int64_t *)at;
        break;
    case FIELD_CURRENCY:
    case FIELD_TEXT:
    case FIELD_HTML:
    case FIELD_JSON:
    case FIELD_BLOB:
        v.is_text = true;
        v.text = *(const struct str *)at;
        v.absent = v.text.p == NULL;
        break;
    }
    return v;
}

static bool same(const struct value *a, const struct value *b) {
    if (a->absent || b->absent) return a->absent == b->absent;
    return a->is_text ? str_eq(a->text, b->text) : a->number == b->number;
}

static void put(struct json_writer *w, const struct value *v) {
    if (v->absent)
        json_put_null(w);
    else if (v->is_text)
        json_put_str(w, str_utf8_cut(v->text, SHOWN_CHARACTERS));
    else
        json_put_int(w, v->number);
}

size_t row_diff(struct row_view want, struct row_view stored, struct json_writer *detail) {
    size_t n = 0;
    for (size_t i = 0; i < want.type->n; i++) {
        const struct field *f = &want.type->fields[i];
        // Queries name a row's columns mostly in the same order: look there first.
        const struct field *s =
            i < stored.type->n && strcmp(stored.type->fields[i].name, f->name) == 0
                ? &stored.type->fields[i]
                : row_field(stored.type, str_c(f->name));
        if (!s) continue;
        struct value new = value_of(f, want.row), old = value_of(s, stored.row);
        if (same(&new, &old)) continue;
        n++;
        if (!detail) continue;
        json_key(detail, f->name);
        json_begin_array(detail);
        put(detail, &old);
        put(detail, &new);
        json_end_array(detail);
    }
    return n;
}
