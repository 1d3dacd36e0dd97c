// SPDX-License-Identifier: Apache-2.0
// What is known of a product, for the rules of collections.
#include "base/decimal.h"
#include "mod/catalog/product_private.h"

struct offer_in { // of query price_of_product
    int64_t product_id;
    struct str currency;
};
struct offer {
    int64_t price;
    bool on_sale;
};

static bool laid_out(const struct row_type *t, const char *name, size_t offset) {
    const struct field *f = row_field(t, str_c(name));
    return f && f->offset == offset;
}

// Prices belong to a module above this one: its query is found by name. Without it a product has no
// price.
static const struct db_query *offer_query(const struct ctx *c) {
    const struct module *m = shop_module(c->shop, "price");
    for (size_t i = 0; m && i < *m->query_count; i++) {
        const struct db_query *q = &m->queries[i];
        if (strcmp(q->name, "price_of_product") != 0) continue;
        ensure(q->in.size == sizeof(struct offer_in) &&
               laid_out(&q->in, "product_id", offsetof(struct offer_in, product_id)) &&
               laid_out(&q->in, "currency", offsetof(struct offer_in, currency)));
        ensure(q->out.size == sizeof(struct offer) &&
               laid_out(&q->out, "price", offsetof(struct offer, price)) &&
               laid_out(&q->out, "on_sale", offsetof(struct offer, on_sale)));
        return q;
    }
    return NULL;
}

static bool load_offer(struct ctx *c, int64_t product_id, struct product_facts *f) {
    const struct db_query *q = offer_query(c);
    struct currency cur = shop_currency(c);
    struct offer offer = {0};
    if (!q) return true;
    TRY(db_query_one(&c->db, q,
                     &(struct offer_in){product_id, arena_str(c->arena, currency_str(&cur))},
                     &offer, &f->has_price));
    int64_t scale = DECIMAL_ONE;
    for (int i = currency_digits(cur); i > 0; i--) scale /= 10;
    f->price = offer.price * scale;
    f->on_sale = offer.on_sale;
    return true;
}

bool product_facts_load(struct ctx *c, int64_t product_id, struct product_facts *f, bool *found) {
    struct arena *a = c->arena;
    struct catalog_product_facts p;
    struct catalog_product_weight w = {0};
    struct catalog_tag_rows_rows tags = {0};
    struct catalog_attribute_rows_rows attributes = {0};
    bool has_weight;
    TRY(catalog_product_facts(&c->db, &(struct catalog_product_facts_in){product_id}, &p, found));
    if (!*found) return true;
    TRY(catalog_product_weight(&c->db, &(struct catalog_product_weight_in){product_id}, &w,
                               &has_weight));
    TRY(catalog_tag_rows_all(&c->db, &(struct catalog_tag_rows_in){product_id}, &tags));
    TRY(catalog_attribute_rows_all(&c->db, &(struct catalog_attribute_rows_in){product_id},
                                   &attributes));
    struct str *tag = ARENA_ARRAY(a, struct str, tags.n + 1);
    struct attribute_fact *fact = ARENA_ARRAY(a, struct attribute_fact, attributes.n + 1);
    for (size_t i = 0; i < tags.n; i++) tag[i] = text_fold(a, tags.v[i].tag);
    for (size_t i = 0; i < attributes.n; i++)
        fact[i] =
            (struct attribute_fact){attributes.v[i].name, text_fold(a, attributes.v[i].value)};
    *f = (struct product_facts){.title = text_fold(a, p.title),
                                .vendor = text_fold(a, p.vendor),
                                .kind = text_fold(a, p.kind),
                                .handle = text_fold(a, p.handle),
                                .status = p.status,
                                .tags = tag,
                                .tag_count = tags.n,
                                .attributes = fact,
                                .attribute_count = attributes.n,
                                .weight_g = w.weight_g,
                                .age_days = (c->now - p.created_at) / DAY};
    return load_offer(c, product_id, f);
}
