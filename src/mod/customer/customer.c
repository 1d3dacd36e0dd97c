// SPDX-License-Identifier: Apache-2.0
#include "mod/customer/customer.h"

#include "core/check.h"
#include "customer_sql.h"

bool customer_find_or_add(struct ctx *c, const struct customer_new *n, int64_t *id_out) {
    bool found = false;
    if (n->email.p) {
        struct customer_by_email row;
        TRY(customer_by_email(&c->db, &(struct customer_by_email_in){n->email}, &row, &found));
        if (found) *id_out = row.id;
    } else {
        struct customer_by_ref row;
        TRY(customer_by_ref(&c->db, &(struct customer_by_ref_in){n->external_ref}, &row, &found));
        if (found) *id_out = row.id;
    }
    if (found) return true;
    return customer_add(&c->db,
                        &(struct customer_add_in){.email = n->email,
                                                  .has_email = n->email.p != NULL,
                                                  .name = n->name,
                                                  .lang = n->lang,
                                                  .country = n->country,
                                                  .created_at = n->created_at,
                                                  .external_ref = n->external_ref,
                                                  .has_external_ref = n->external_ref.p != NULL},
                        id_out);
}

const struct module customer_module = {
    .name = "customer",
    .queries = customer_sql_queries,
    .query_count = &customer_sql_query_count,
};
