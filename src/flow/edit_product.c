// SPDX-License-Identifier: Apache-2.0
#include "flow/edit_product.h"

#include "catalog_sql.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "mod/stock/stock.h"
#include "stock_sql.h"

struct edit {
    const struct product_edit *in;
    struct product_edited *out;
    struct media_file *files; // in->file_count of them, stored
};

// The stored pictures and the new ones as one list. A file that is in the list already stays where
// it is.
static bool with_uploads(struct ctx *c, const struct edit *e, struct product_draft *d) {
    const struct product_edit *in = e->in;
    size_t n = d->media_count;
    struct product_media_draft *media =
        ARENA_ARRAY(c->arena, struct product_media_draft, n + in->file_count + 1);
    if (n) memcpy(media, d->media, n * sizeof *media);
    for (size_t i = 0; i < in->file_count; i++) {
        bool there = false;
        int64_t id;
        TRY(media_add(c, &e->files[i], &id));
        for (size_t k = 0; k < n; k++) there = there || media[k].media_id == id;
        if (!there) media[n++].media_id = id;
    }
    d->media = media;
    d->media_count = n;
    return true;
}

static bool stock_now(struct ctx *c, int64_t variant_id, int64_t *now_out) {
    struct stock_get level = {0};
    bool found;
    TRY(stock_get(&c->db, &(struct stock_get_in){variant_id}, &level, &found));
    *now_out = found ? level.on_hand : 0;
    return true;
}

static bool note(struct ctx *c, int64_t product_id, const char *action, struct str detail) {
    return audit_write(
        c, &(struct audit){
               .object = "product", .object_id = product_id, .action = action, .detail = detail});
}

static bool save_price(struct ctx *c, const struct variant_sale *s, int64_t product_id,
                       int64_t variant_id) {
    bool changed;
    TRY(price_set(c,
                  &(struct price_set){.variant_id = variant_id,
                                      .cur = shop_currency(c),
                                      .amount = s->amount,
                                      .compare_at = s->compare_at},
                  &changed));
    if (!changed) return true;
    return note(c, product_id, "product.price",
                arena_fmt(c->arena, "{\"variant\":%lld,\"amount\":%lld,\"compare_at\":%lld}",
                          (long long)variant_id, (long long)s->amount, (long long)s->compare_at));
}

static bool save_stock(struct ctx *c, const struct variant_sale *s, int64_t product_id,
                       int64_t variant_id) {
    struct stock_get level = {0};
    bool found;
    TRY(stock_get(&c->db, &(struct stock_get_in){variant_id}, &level, &found));
    // Not counted anew: what was sold meanwhile stays sold.
    int64_t on_hand = s->on_hand == s->seen ? level.on_hand : s->on_hand;
    bool same = found && level.on_hand == on_hand && level.tracked == s->tracked &&
                level.backorder == s->backorder;
    if (same || (!found && !s->tracked)) return true;
    TRY(stock_count(c, &(struct stock_count){.variant_id = variant_id,
                                             .on_hand = on_hand,
                                             .tracked = s->tracked,
                                             .backorder = s->backorder,
                                             .reason = "count",
                                             .object = "staff",
                                             .object_id = c->actor.id}));
    return note(c, product_id, "product.stock",
                arena_fmt(c->arena, "{\"variant\":%lld,\"from\":%lld,\"to\":%lld}",
                          (long long)variant_id, (long long)level.on_hand, (long long)on_hand));
}

static bool save_sales(struct ctx *c, struct edit *e, bool *keep) {
    const struct product_edit *in = e->in;
    int64_t product_id = e->out->saved.id;
    for (size_t i = 0; in->sale && i < in->draft.variant_count; i++) {
        const struct variant_sale *s = &in->sale[i];
        int64_t id = e->out->saved.variant_ids[i], now = 0;
        if (s->has_stock) TRY(stock_now(c, id, &now));
        if (s->has_stock && now != s->seen && s->on_hand != s->seen) {
            *e->out = (struct product_edited){.stock_moved = true, .variant = i, .on_hand = now};
            *keep = false;
            return true;
        }
        if (s->has_price) TRY(save_price(c, s, product_id, id));
        if (s->has_stock) TRY(save_stock(c, s, product_id, id));
    }
    return !in->sale || collection_refresh(c, product_id); // prices count in rules
}

static bool wanted(const struct product_edit *in, int64_t collection_id) {
    for (size_t i = 0; i < in->collection_count; i++)
        if (in->collections[i] == collection_id) return true;
    return false;
}

static bool save_places(struct ctx *c, const struct product_edit *in, int64_t product_id) {
    struct catalog_product_collections_rows rows = {0};
    TRY(catalog_product_collections_all(
        &c->db, &(struct catalog_product_collections_in){product_id}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].kind, S("manual")) && !wanted(in, rows.v[i].id))
            TRY(collection_remove_product(c, rows.v[i].id, product_id));
    for (size_t i = 0; i < in->collection_count; i++)
        TRY(collection_add_product(c, in->collections[i], product_id));
    return true;
}

static bool save_swatches(struct ctx *c, const struct product_edit *in) {
    enum swatch_verdict verdict;
    for (size_t i = 0; i < in->swatch_count; i++) TRY(swatch_save(c, &in->swatches[i], &verdict));
    return true;
}

static bool edit(struct ctx *c, void *self, bool *keep) {
    struct edit *e = self;
    struct product_draft d = e->in->draft;
    *e->out = (struct product_edited){0};
    if (e->in->file_count) TRY(with_uploads(c, e, &d));
    TRY(product_save(c, &d, &e->out->saved));
    enum product_verdict v = e->out->saved.verdict;
    if (v != PRODUCT_SAVED && v != PRODUCT_UNCHANGED) {
        *keep = false;
        return true;
    }
    TRY(save_sales(c, e, keep));
    if (*keep) TRY(save_swatches(c, e->in));
    if (!*keep || !e->in->set_collections) return true;
    return save_places(c, e->in, e->out->saved.id);
}

bool product_edit(struct ctx *c, const struct product_edit *in, struct product_edited *out) {
    struct edit e = {in, out, ARENA_ARRAY(c->arena, struct media_file, in->file_count + 1)};
    for (size_t i = 0; i < in->file_count; i++) {
        e.files[i] =
            (struct media_file){.bytes = in->files[i].bytes, .filename = in->files[i].filename};
        TRY(media_store(c, &e.files[i]));
    }
    return tx_run(c, edit, &e);
}

struct collection {
    const struct collection_draft *in;
    enum collection_verdict *out;
    int64_t *id_out;
};

static bool edit_collection(struct ctx *c, void *self, bool *keep) {
    struct collection *k = self;
    TRY(collection_save(c, k->in, k->out, k->id_out));
    *keep = *k->out == COLLECTION_SAVED;
    return true;
}

bool collection_edit(struct ctx *c, const struct collection_draft *d, enum collection_verdict *out,
                     int64_t *id_out) {
    return tx_run(c, edit_collection, &(struct collection){d, out, id_out});
}
