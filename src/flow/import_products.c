// SPDX-License-Identifier: Apache-2.0
// Products into the catalogue, a batch in one transaction, with prices, stock, pictures and manual
// collections.
#include "catalog_sql.h"
#include "flow/import_private.h"
#include "mod/media/media.h"
#include "mod/price/price.h"
#include "mod/stock/stock.h"
#include "price_sql.h"
#include "stock_sql.h"

enum { BATCH_PRODUCTS = 50, BATCH_ROWS = 2000 };
#define BATCH_BYTES ((size_t)64 << 20)

enum fate { FATE_CREATED, FATE_CHANGED, FATE_UNCHANGED, FATE_REFUSED };
struct queued {
    struct import_product p;
    enum fate fate;
    int64_t line; // of what was refused
    const char *column;
    struct str why;
};
struct product_batch {
    VEC(struct queued) list;
    size_t rows, bytes;
    int64_t stored, wanted, collections; // of the transaction
    size_t from, to;                     // part of the list that the transaction writes
};

// Looks at a picture and stores it before the transaction; what cannot be used is told and left
// out.
static bool prepare_picture(struct importer *im, struct import_product *p,
                            struct import_picture *pic) {
    struct str src = str_trim(pic->src);
    struct media_file *f = &pic->file;
    struct err err = {0};
    f->filename = pic->src = src;
    pic->is_url = str_starts(src, S("https://")) || str_starts(src, S("http://"));
    if (pic->is_url) {
        pic->usable = src.n <= 2000;
        if (!pic->usable)
            import_tell(im, pic->line, "Image Src", p->name,
                        "The address of the picture is longer than 2,000 characters.");
        return true;
    }
    if (!import_path_inside(src)) {
        import_tell(im, pic->line, "Image Src", p->name,
                    "\"" STR_FMT "\" is neither an address (https://...) nor a file beside the CSV "
                    "file; the picture was left out.",
                    STR_ARG(str_utf8_cut(src, 100)));
        return true;
    }
    pic->usable = import_beside(im, src, &f->bytes, &err) &&
                  media_inspect(im->batch, f->bytes, &f->info, &err);
    if (!pic->usable)
        import_tell(im, pic->line, "Image Src", p->name,
                    "The picture \"" STR_FMT "\" was left out. %s", STR_ARG(str_utf8_cut(src, 100)),
                    err.message);
    return !pic->usable || im->o->dry_run || media_store(im->c, f);
}

static struct import_picture *picture_named(struct import_product *p, struct str src) {
    for (size_t i = 0; i < p->pictures.n; i++)
        if (str_eq(p->pictures.v[i].src, src)) return &p->pictures.v[i];
    return NULL;
}

// A variant's picture is one of the product's; one that is only named at the variant is looked at
// as well.
static bool prepare_pictures(struct importer *im, struct import_product *p) {
    size_t n = p->pictures.n;
    for (size_t i = 0; i < n; i++) {
        TRY(prepare_picture(im, p, &p->pictures.v[i]));
        im->products->bytes += p->pictures.v[i].file.bytes.n;
    }
    for (size_t i = 0; i < p->extra.n; i++) {
        struct str src = str_trim(p->extra.v[i].picture);
        if (!src.n || picture_named(p, src)) continue;
        struct import_picture only = {.line = p->extra.v[i].line, .src = src, .position = -1};
        TRY(prepare_picture(im, p, &only));
        *VEC_PUSH(im->batch, &p->pictures) = only;
    }
    return true;
}

static bool store_picture(struct importer *im, const struct import_picture *pic, int64_t *id_out) {
    struct product_batch *b = im->products;
    if (pic->is_url) {
        b->wanted++;
        return media_want(im->c, pic->src, id_out);
    }
    b->stored++;
    // A rehearsal stores no bytes: the row that a new picture needs is rolled back.
    if (im->o->dry_run) TRY(media_find(im->c, pic->file.bytes, id_out));
    if (im->o->dry_run && *id_out) return true;
    if (im->o->dry_run)
        return media_want(
            im->c, arena_fmt(im->c->arena, "https://rehearsal.invalid/" STR_FMT, STR_ARG(pic->src)),
            id_out);
    return media_add(im->c, &pic->file, id_out);
}

static bool store_pictures(struct importer *im, struct queued *q, struct product_draft *d,
                           struct variant_draft *variants) {
    struct import_product *p = &q->p;
    struct product_media_draft *media =
        ARENA_ARRAY(im->c->arena, struct product_media_draft, p->pictures.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->pictures.n; i++) {
        const struct import_picture *pic = &p->pictures.v[i];
        int64_t id;
        if (!pic->usable) continue;
        TRY(store_picture(im, pic, &id));
        if (pic->position >= 0) media[n++] = (struct product_media_draft){id, pic->alt};
        for (size_t v = 0; v < p->extra.n; v++)
            if (str_eq(str_trim(p->extra.v[v].picture), pic->src)) variants[v].media_id = id;
    }
    d->media = media;
    d->media_count = n;
    return true;
}

static void refuse(struct queued *q, const struct product_saved *saved) {
    static const struct {
        const char *field, *column;
    } columns[] = {{"barcode", "Variant Barcode"}, {"sku", "Variant SKU"},
                   {"values", "Option Value"},     {"tags", "Tags"},
                   {"status", "Status"},           {"vendor", "Vendor"},
                   {"unit", "Unit Price"},         {"title", "Title"},
                   {"handle", "Handle"},           {"weight_g", "Variant Grams"},
                   {"options", "Option Name"}};
    q->fate = FATE_REFUSED;
    q->why = saved->why;
    q->column = NULL;
    bool of_variant = saved->variant < q->p.extra.n && (saved->verdict == PRODUCT_SAME_VALUES ||
                                                        saved->verdict == PRODUCT_VALUES_MISSING ||
                                                        saved->verdict == PRODUCT_BAD_FIELD);
    q->line = of_variant ? q->p.extra.v[saved->variant].line : q->p.line;
    for (size_t i = 0; saved->field && i < ARRAY_LEN(columns); i++)
        if (strcmp(saved->field, columns[i].field) == 0) q->column = columns[i].column;
}

// A number counts when the last import had another one: what was sold since stays sold. Without a
// new number only the policy changes; where that forbids what is owed, the level becomes 0.
static bool write_stock(struct ctx *c, int64_t variant, const struct import_variant *v,
                        bool *changed) {
    struct stock_get level = {0};
    struct stock_last_import last;
    bool found, any;
    TRY(stock_get(&c->db, &(struct stock_get_in){variant}, &level, &found));
    TRY(stock_last_import(&c->db, &(struct stock_last_import_in){variant}, &last, &any));
    bool told = any && last.has_counted && last.counted == v->on_hand;
    bool count = v->has_count && !told;
    int64_t on_hand = count ? v->on_hand : level.on_hand;
    if (v->tracked && !v->backorder && on_hand < 0) on_hand = 0;
    bool same = found && level.on_hand == on_hand && level.tracked == v->tracked &&
                level.backorder == v->backorder;
    *changed = *changed || !same;
    if (same && !count) return true;
    return stock_count(c, &(struct stock_count){variant, on_hand, v->tracked, v->backorder,
                                                count ? "import" : "correction", "import", 0});
}

static int days_reduced(const struct importer *im, struct str sku) {
    for (size_t i = 0; i < im->o->sale_count; i++)
        if (str_eq(im->o->sales[i].sku, sku)) return im->o->sales[i].days_ago;
    return 0;
}

// The first price of a variant, with the past that the options give it.
static bool write_past(struct importer *im, const struct price_set *p, struct str sku) {
    struct ctx *c = im->c;
    struct price_get row;
    bool found;
    if (im->o->prices_days_ago == 0) return true;
    struct str currency = arena_str(c->arena, currency_str(&p->cur));
    TRY(price_get(&c->db, &(struct price_get_in){p->variant_id, currency}, &row, &found));
    if (found) return true;
    struct price_set past = *p;
    past.at = c->now - im->o->prices_days_ago * DAY;
    if (p->compare_at == 0) return price_set(c, &past, NULL);
    past.amount = p->compare_at;
    past.compare_at = 0;
    TRY(price_set(c, &past, NULL));
    past = *p;
    past.at = c->now - days_reduced(im, sku) * DAY;
    return price_set(c, &past, NULL);
}

static bool write_price(struct importer *im, const struct import_variant *v, int64_t variant_id,
                        struct str sku, bool *changed) {
    bool moved;
    struct price_set p = {variant_id, v->cur.code[0] ? v->cur : shop_currency(im->c), v->price,
                          v->compare_at, 0};
    TRY(write_past(im, &p, sku));
    TRY(price_set(im->c, &p, &moved));
    *changed = *changed || moved;
    return true;
}

static bool write_offers(struct importer *im, const struct import_product *p, const int64_t *ids,
                         bool *changed) {
    struct ctx *c = im->c;
    for (size_t i = 0; i < p->extra.n; i++) {
        const struct import_variant *v = &p->extra.v[i];
        if (v->has_price) TRY(write_price(im, v, ids[i], p->variants.v[i].sku, changed));
        if (v->has_stock) TRY(write_stock(c, ids[i], v, changed));
    }
    return true;
}

// "Clothing > Hoodies" is a collection of its own with the last part as its title.
static bool join_category(struct importer *im, struct str path, int64_t product_id) {
    struct ctx *c = im->c;
    struct str rest = path, part, last = path;
    struct buf ref = buf_new(c->arena, 0);
    buf_put(&ref, S("category:"));
    while (str_split(&rest, '>', &part)) {
        last = str_trim(part);
        buf_fmt(&ref, "%s" STR_FMT, ref.n > 9 ? " > " : "", STR_ARG(last));
    }
    if (str_empty(last)) return true;
    struct collection_draft d = {
        .external_ref = buf_str(&ref), .kind = S("manual"), .keep_products = true};
    d.title.text[lang_first(c)] = last;
    enum collection_verdict verdict;
    int64_t id;
    TRY(collection_save(c, &d, &verdict, &id));
    if (verdict == COLLECTION_SAVED) im->products->collections++;
    return id == 0 || collection_add_product(c, id, product_id);
}

static bool write_product(struct importer *im, struct queued *q) {
    struct ctx *c = im->c;
    struct import_product *p = &q->p;
    struct product_draft d = p->draft;
    struct product_saved saved;
    struct variant_draft *variants =
        arena_copy(c->arena, p->variants.v ? p->variants.v : (struct variant_draft *)&d,
                   p->variants.n * sizeof *variants);
    TRY(store_pictures(im, q, &d, variants));
    d.variants = variants;
    d.variant_count = p->variants.n;
    d.keep_variants = d.keep_variants || p->has_bad_rows;
    TRY(product_save(c, &d, &saved));
    if (saved.verdict != PRODUCT_SAVED && saved.verdict != PRODUCT_UNCHANGED) {
        refuse(q, &saved);
        return true;
    }
    bool changed = saved.verdict == PRODUCT_SAVED;
    if (saved.variant_ids) TRY(write_offers(im, p, saved.variant_ids, &changed));
    if (changed) TRY(collection_refresh(c, saved.id)); // prices count in rules
    for (size_t i = 0; i < p->categories.n; i++)
        TRY(join_category(im, p->categories.v[i], saved.id));
    q->fate = saved.created ? FATE_CREATED : changed ? FATE_CHANGED : FATE_UNCHANGED;
    return true;
}

static bool write_batch(struct ctx *c, void *self, bool *keep) {
    struct importer *im = self;
    struct product_batch *b = im->products;
    (void)c;
    b->stored = b->wanted = b->collections = 0;
    for (size_t i = b->from; i < b->to; i++) TRY(write_product(im, &b->list.v[i]));
    *keep = !im->o->dry_run;
    return true;
}

static void account(struct importer *im, struct queued *q) {
    struct import_counts *n = &im->out->products;
    switch (q->fate) {
    case FATE_CREATED:
        n->created++;
        break;
    case FATE_CHANGED:
        n->changed++;
        break;
    case FATE_UNCHANGED:
        n->unchanged++;
        break;
    case FATE_REFUSED:
        n->failed++;
        import_tell(im, q->line, q->column, q->p.name, STR_FMT " The product was left out.",
                    STR_ARG(q->why));
        break;
    }
}

static bool of_the_data(enum err_code code) {
    return code == ERR_INVALID || code == ERR_UNSUPPORTED || code == ERR_TOO_LARGE ||
           code == ERR_CONFLICT || code == ERR_NOT_FOUND;
}

// Writes list[from, to); when the data of one product makes the transaction fail, each on its own.
static bool write_part(struct importer *im, size_t from, size_t to) {
    struct product_batch *b = im->products;
    struct err *err = &im->c->err;
    b->from = from;
    b->to = to;
    if (tx_run(im->c, write_batch, im)) {
        for (size_t i = from; i < to; i++) {
            account(im, &b->list.v[i]);
        }
        im->out->pictures_stored += b->stored;
        im->out->pictures_wanted += b->wanted;
        im->out->collections.created += b->collections;
        return true;
    }
    if (!of_the_data(err->code)) return false;
    if (to - from == 1) {
        struct queued *q = &b->list.v[from];
        q->fate = FATE_REFUSED;
        q->line = q->p.line;
        q->why = arena_str(im->batch, str_c(err->message));
        err_clear(err);
        account(im, q);
        return true;
    }
    err_clear(err);
    for (size_t i = from; i < to; i++) TRY(write_part(im, i, i + 1));
    return true;
}

bool import_products_flush(struct importer *im) {
    struct product_batch *b = im->products;
    if (!b || b->list.n == 0) return true;
    struct arena_mark mark = arena_mark(im->c->arena);
    bool ok = write_part(im, 0, b->list.n);
    arena_rewind(im->c->arena, mark);
    arena_reset(im->batch);
    *b = (struct product_batch){0};
    import_show_progress(im);
    return ok;
}

bool import_product_done(struct importer *im, struct import_product *p) {
    if (!im->products) im->products = ARENA_NEW(im->run, struct product_batch);
    struct product_batch *b = im->products;
    TRY(prepare_pictures(im, p));
    *VEC_PUSH(im->batch, &b->list) = (struct queued){.p = *p};
    b->rows += p->extra.n + p->pictures.n;
    if (b->list.n < BATCH_PRODUCTS && b->rows < BATCH_ROWS && b->bytes < BATCH_BYTES) return true;
    return import_products_flush(im);
}

bool import_product_by_sku(struct ctx *c, struct str sku, int64_t *id_out) {
    struct catalog_variant_by_sku_rows rows = {0};
    struct catalog_product_by_ref row = {0};
    bool found = false;
    *id_out = 0;
    if (str_starts(sku, S("id:"))) {
        struct str ref = arena_fmt(c->arena, "woocommerce:" STR_FMT, STR_ARG(str_from(sku, 3)));
        TRY(catalog_product_by_ref(&c->db, &(struct catalog_product_by_ref_in){ref}, &row, &found));
        *id_out = found ? row.id : 0;
        return true;
    }
    TRY(catalog_variant_by_sku_all(&c->db, &(struct catalog_variant_by_sku_in){sku}, &rows));
    if (rows.n > 0) *id_out = rows.v[0].product_id;
    return true;
}
