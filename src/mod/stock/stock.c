// SPDX-License-Identifier: Apache-2.0
#include "mod/stock/stock.h"

#include "core/check.h"
#include "stock_sql.h"

static bool record(struct ctx *c, const struct stock_move *m) {
    if (m->quantity != 0 || strcmp(m->reason, "import") == 0)
        TRY(stock_move_add(&c->db, &(struct stock_move_add_in){.variant_id = m->variant_id,
                                                               .quantity = m->quantity,
                                                               .reason = str_c(m->reason),
                                                               .object = str_c(m->object),
                                                               .object_id = m->object_id,
                                                               .at = c->now}));
    struct stock_variant_product v;
    bool found;
    TRY(stock_variant_product(&c->db, &(struct stock_variant_product_in){m->variant_id}, &v,
                              &found));
    if (found) tx_bump(c, "product", v.product_id);
    tx_bump(c, "stock", 0); // what counts goods that are there
    return true;
}

bool stock_move(struct ctx *c, const struct stock_move *m, enum stock_verdict *out,
                int64_t *left_out) {
    struct stock_take taken;
    bool found;
    *out = STOCK_OK;
    TRY(stock_take(&c->db,
                   &(struct stock_take_in){.variant_id = m->variant_id, .quantity = m->quantity},
                   &taken, &found));
    if (found) {
        *left_out = taken.on_hand;
        return record(c, m);
    }
    struct stock_get level;
    TRY(stock_get(&c->db, &(struct stock_get_in){m->variant_id}, &level, &found));
    *left_out = found ? level.on_hand : 0;
    *out = found ? STOCK_SHORT : STOCK_UNCOUNTED;
    return true;
}

bool stock_count(struct ctx *c, const struct stock_count *s) {
    struct stock_get level = {0};
    bool found;
    TRY(stock_get(&c->db, &(struct stock_get_in){s->variant_id}, &level, &found));
    bool same = found && level.on_hand == s->on_hand && level.tracked == s->tracked &&
                level.backorder == s->backorder;
    if (same && strcmp(s->reason, "import") != 0) return true;
    TRY(stock_level_set(&c->db, &(struct stock_level_set_in){.variant_id = s->variant_id,
                                                             .on_hand = s->on_hand,
                                                             .tracked = s->tracked,
                                                             .backorder = s->backorder}));
    struct stock_move difference = {s->variant_id, s->on_hand - level.on_hand, s->reason, s->object,
                                    s->object_id};
    return record(c, &difference);
}

static bool rebuild(struct ctx *c) { return stock_rebuild(&c->db); }

static const struct check checks[] = {
    {"stock.sum", "A stock level is not the sum of its moves. Run kontor rebuild.",
     &stock_check_sum_query, NULL},
    {"stock.negative", "More was sold than there was. Count the stock of this variant.",
     &stock_check_negative_query, NULL},
    {0},
};
static const struct permission perms[] = {
    {"stock.write", "Bestand ändern", "Change stock"},
    {0},
};
const struct module stock_module = {
    .name = "stock",
    .needs = (const char *const[]){"catalog", NULL},
    .queries = stock_sql_queries,
    .query_count = &stock_sql_query_count,
    .perms = perms,
    .checks = checks,
    .rebuild = rebuild,
};
