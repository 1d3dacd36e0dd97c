// SPDX-License-Identifier: Apache-2.0
#include "db/driver.h"

static bool piece_on(const struct db_piece *p, uint64_t mask) {
    return p->clause < 0 || ((mask >> p->clause) & 1) != p->absent;
}

// An optional text counts as set when it is there, whatever its has_ says: a text given is never
// dropped in silence.
static bool input_set(const struct field *f, const void *in) {
    const char *base = in;
    if (*(const bool *)(base + f->has_offset)) return true;
    return db_is_text(f->type) && ((const struct str *)(const void *)(base + f->offset))->p != NULL;
}

uint64_t db_mask(const struct db_query *q, const void *in) {
    uint64_t mask = 0;
    for (size_t i = 0; i < q->in.n; i++)
        if ((q->in.fields[i].flags & FIELD_OPTIONAL) && input_set(&q->in.fields[i], in))
            mask |= UINT64_C(1) << i;
    return mask;
}

struct str db_text(struct arena *a, const struct db_query *q, uint64_t mask,
                   enum sql_dialect dialect) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < q->piece_count; i++) {
        const struct db_piece *p = &q->pieces[i];
        if (piece_on(p, mask)) buf_put(&b, str_c(dialect == SQL_SQLITE ? p->sqlite : p->postgres));
    }
    ensure(buf_ok(&b));
    return buf_str(&b);
}

static uint64_t clauses(const struct db_query *q) {
    uint64_t all = 0;
    for (size_t i = 0; i < q->piece_count; i++)
        if (q->pieces[i].clause >= 0) all |= UINT64_C(1) << q->pieces[i].clause;
    return all;
}

static bool pairs(uint64_t all, bool (*each)(void *self, uint64_t mask), void *self) {
    TRY(each(self, 0));
    TRY(each(self, all));
    for (int i = 0; i < 64; i++)
        for (int j = i; j < 64; j++) {
            uint64_t mask = (UINT64_C(1) << i) | (UINT64_C(1) << j);
            if ((mask & all) == mask) TRY(each(self, mask));
        }
    return true;
}

bool db_masks(const struct db_query *q, bool (*each)(void *self, uint64_t mask), void *self) {
    uint64_t all = clauses(q);
    if (__builtin_popcountll(all) > 6) return pairs(all, each, self);
    for (uint64_t mask = all;; mask = (mask - 1) & all) {
        TRY(each(self, mask));
        if (mask == 0) return true;
    }
}
