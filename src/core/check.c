// SPDX-License-Identifier: Apache-2.0
#include "core/check.h"

#include "core/ctx.h"

struct look {
    const struct check *check;
    void (*found)(void *self, const struct check_finding *f);
    void *self;
};

static void tell(void *self, struct str object, struct str detail) {
    const struct look *l = self;
    l->found(l->self, &(struct check_finding){l->check->name, l->check->says, object, detail});
}

static struct str column(const struct row_type *t, const char *name, const void *row) {
    const struct field *f = row_field(t, str_c(name));
    ensure(f && f->type == FIELD_TEXT); // the contract of core/check.h
    struct str s;
    memcpy(&s, (const char *)row + f->offset, sizeof s);
    return s;
}

static bool broken_row(void *self, const void *row) {
    const struct look *l = self;
    const struct row_type *t = &l->check->query->out;
    tell(self, column(t, "object", row), column(t, "detail", row));
    return true;
}

bool check_all(struct ctx *c, void (*found)(void *self, const struct check_finding *f),
               void *self) {
    for (size_t m = 0; m < c->shop->modules.n; m++)
        for (const struct check *k = c->shop->modules.v[m]->checks; k && k->name; k++) {
            struct look l = {k, found, self};
            if (k->query)
                TRY(db_query_each(&c->db, k->query, NULL, broken_row, &l));
            else
                TRY(k->run(c, tell, &l));
        }
    return true;
}
