// SPDX-License-Identifier: Apache-2.0
#include "mod/price/price.h"

#include "core/check.h"
#include "mod/price/rule.h"
#include "price_sql.h"

#define REBUILD_PAGE 1000

static struct price_reference reference_of(struct arena *a, const struct price_history_rows *h) {
    struct price_point *points = ARENA_ARRAY(a, struct price_point, h->n + 1);
    for (size_t i = 0; i < h->n; i++)
        points[i] = (struct price_point){
            h->v[i].amount, h->v[i].has_compare_at ? h->v[i].compare_at : 0, h->v[i].at};
    return price_reference(points, h->n);
}

static bool store_newest(struct ctx *c, int64_t variant_id, struct str currency) {
    struct price_history_rows h = {0};
    TRY(price_history_all(
        &c->db, &(struct price_history_in){.variant_id = variant_id, .currency = currency}, &h));
    ensure(h.n > 0);
    struct price_reference ref = reference_of(c->arena, &h);
    const struct price_history *last = &h.v[h.n - 1];
    return price_upsert(&c->db,
                        &(struct price_upsert_in){.variant_id = variant_id,
                                                  .currency = currency,
                                                  .amount = last->amount,
                                                  .compare_at = last->compare_at,
                                                  .has_compare_at = last->has_compare_at,
                                                  .sale_since = ref.sale_since,
                                                  .has_sale_since = ref.on_sale,
                                                  .low30 = ref.low30,
                                                  .has_low30 = ref.on_sale && ref.low30 > 0});
}

bool price_set(struct ctx *c, const struct price_set *p, bool *changed_out) {
    if (changed_out) *changed_out = false;
    struct str currency = arena_str(c->arena, currency_str(&p->cur));
    struct price_get now;
    bool found;
    TRY(price_get(&c->db, &(struct price_get_in){.variant_id = p->variant_id, .currency = currency},
                  &now, &found));
    int64_t was = found && now.has_compare_at ? now.compare_at : 0;
    if (found && now.amount == p->amount && was == p->compare_at) return true;
    TRY(price_change_add(&c->db, &(struct price_change_add_in){.variant_id = p->variant_id,
                                                               .currency = currency,
                                                               .amount = p->amount,
                                                               .compare_at = p->compare_at,
                                                               .has_compare_at = p->compare_at != 0,
                                                               .at = p->at ? p->at : c->now}));
    TRY(store_newest(c, p->variant_id, currency));
    struct price_variant_product v;
    TRY(price_variant_product(&c->db, &(struct price_variant_product_in){p->variant_id}, &v,
                              &found));
    if (found) tx_bump(c, "product", v.product_id);
    tx_bump(c, "prices", 0); // lists that are ordered or chosen by price
    if (changed_out) *changed_out = true;
    return true;
}

static bool rebuild_variant(struct ctx *c, int64_t variant_id) {
    struct price_currencies_rows rows = {0};
    TRY(price_currencies_all(&c->db, &(struct price_currencies_in){variant_id}, &rows));
    for (size_t i = 0; i < rows.n; i++) TRY(store_newest(c, variant_id, rows.v[i].currency));
    return true;
}

static bool rebuild(struct ctx *c) {
    struct price_variants_rows rows;
    int64_t after = 0;
    do {
        rows = (struct price_variants_rows){0};
        TRY(price_variants_all(
            &c->db, &(struct price_variants_in){.after = after, .count = REBUILD_PAGE}, &rows));
        for (size_t i = 0; i < rows.n; i++) TRY(rebuild_variant(c, rows.v[i].variant_id));
        if (rows.n) after = rows.v[rows.n - 1].variant_id;
    } while (rows.n == REBUILD_PAGE);
    return true;
}

static const struct check checks[] = {
    {"price.derived", "A shown price differs from the price history. Run kontor rebuild.",
     &price_check_derived_query, NULL},
    {0},
};
static const struct permission perms[] = {
    {"price.write", "Preise ändern", "Change prices"},
    {0},
};
const struct module price_module = {
    .name = "price",
    .needs = (const char *const[]){"catalog", NULL},
    .queries = price_sql_queries,
    .query_count = &price_sql_query_count,
    .perms = perms,
    .checks = checks,
    .rebuild = rebuild,
};
