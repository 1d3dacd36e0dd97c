// SPDX-License-Identifier: Apache-2.0
// The address book.
#include "customer_sql.h"
#include "mod/customer/customer.h"

bool customer_address_book(struct ctx *c, int64_t customer_id, struct customer_address_book *out) {
    struct customer_addresses_rows rows = {0};
    TRY(customer_addresses_all(&c->db, &(struct customer_addresses_in){customer_id}, &rows));
    out->v = ARENA_ARRAY(c->arena, struct customer_address, rows.n);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct customer_addresses *r = &rows.v[i];
        out->v[i] = (struct customer_address){r->id,    r->name,     r->company, r->street,
                                              r->extra, r->postcode, r->city,    r->country};
    }
    return true;
}

struct saving {
    int64_t customer_id, id;
    const struct customer_address *a;
    bool first, done;
};

static struct str filled(struct str s) { return s.p ? s : S(""); }

static bool add(struct ctx *c, struct saving *s) {
    const struct customer_address *a = s->a;
    struct customer_address_book book;
    int64_t id;
    TRY(customer_address_book(c, s->customer_id, &book));
    s->done = book.n < CUSTOMER_ADDRESSES_MAX;
    if (!s->done) return true;
    struct customer_address_add_in in = {.customer_id = s->customer_id,
                                         .name = filled(a->name),
                                         .company = filled(a->company),
                                         .street = filled(a->street),
                                         .extra = filled(a->extra),
                                         .postcode = filled(a->postcode),
                                         .city = filled(a->city),
                                         .country = filled(a->country),
                                         .used_at = s->first || !book.n ? c->now : 0};
    return customer_address_add(&c->db, &in, &id);
}

static bool save(struct ctx *c, void *self, bool *keep) {
    struct saving *s = self;
    const struct customer_address *a = s->a;
    int64_t changed = 0;
    (void)keep;
    if (!a->id) return add(c, s);
    struct customer_address_set_in in = {.id = a->id,
                                         .customer_id = s->customer_id,
                                         .name = filled(a->name),
                                         .company = filled(a->company),
                                         .street = filled(a->street),
                                         .extra = filled(a->extra),
                                         .postcode = filled(a->postcode),
                                         .city = filled(a->city),
                                         .country = filled(a->country)};
    TRY(customer_address_set_n(&c->db, &in, &changed));
    s->done = changed > 0;
    if (!s->first || !s->done) return true;
    struct customer_address_use_in use = {a->id, s->customer_id, c->now};
    return customer_address_use(&c->db, &use);
}

bool customer_address_save(struct ctx *c, int64_t customer_id, const struct customer_address *a,
                           bool first, bool *done_out) {
    struct saving s = {.customer_id = customer_id, .a = a, .first = first};
    TRY(tx_run(c, save, &s));
    *done_out = s.done;
    return true;
}

static bool drop(struct ctx *c, void *self, bool *keep) {
    struct saving *s = self;
    (void)keep;
    return customer_address_drop(&c->db, &(struct customer_address_drop_in){s->id, s->customer_id});
}

bool customer_address_remove(struct ctx *c, int64_t customer_id, int64_t id) {
    struct saving s = {.customer_id = customer_id, .id = id};
    return tx_run(c, drop, &s);
}
