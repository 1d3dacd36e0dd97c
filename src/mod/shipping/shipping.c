// SPDX-License-Identifier: Apache-2.0
#include "mod/shipping/shipping.h"

#include "base/vec.h"
#include "core/i18n.h"
#include "shipping_sql.h"

bool shipping_offers(struct ctx *c, int64_t goods, struct shipping_offers *out) {
    struct shipping_methods_rows rows = {0};
    TRY(shipping_methods_all(&c->db, &(struct shipping_methods_in){str_c(lang_code(c->lang))},
                             &rows));
    struct currency cur = shop_currency(c);
    *out = (struct shipping_offers){ARENA_ARRAY(c->arena, struct shipping_offer, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct shipping_methods *m = &rows.v[i];
        bool free = m->has_free_from && goods >= m->free_from;
        if (!str_eq(m->currency, currency_str(&cur)))
            continue; // its price means nothing in this shop now
        out->v[out->n++] = (struct shipping_offer){.id = m->id,
                                                   .name = m->name,
                                                   .delivery = m->delivery,
                                                   .price = free ? 0 : m->price,
                                                   .list_price = m->price,
                                                   .free_from = m->has_free_from ? m->free_from : 0,
                                                   .countries = m->countries};
    }
    return true;
}

static bool countries_of(struct ctx *c, struct str text, struct json *out) {
    struct err ignored = {0};
    return json_parse(c->arena, text, out, &ignored) && out->type == JSON_ARRAY;
}

bool shipping_goes_to(struct ctx *c, const struct shipping_offer *o, struct str country) {
    struct json list;
    if (!countries_of(c, o->countries, &list)) return false;
    for (size_t i = 0; i < list.n; i++)
        if (str_eq(list.items[i].text, country)) return true;
    return false;
}

static bool listed(const struct str_list *l, struct str s) {
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i], s)) return true;
    return false;
}

bool shipping_countries(struct ctx *c, struct str_list *out) {
    struct shipping_offers offers;
    *out = (struct str_list){0};
    TRY(shipping_offers(c, 0, &offers));
    for (size_t i = 0; i < offers.n; i++) {
        struct json list;
        if (!countries_of(c, offers.v[i].countries, &list)) continue;
        for (size_t k = 0; k < list.n; k++)
            if (!listed(out, list.items[k].text)) *VEC_PUSH(c->arena, out) = list.items[k].text;
    }
    return true;
}

static bool add_method(struct ctx *c, const struct shipping_draft *d, int64_t *id_out) {
    struct currency cur = shop_currency(c);
    enum lang l = lang_first(c);
    return shipping_method_add(
        &c->db,
        &(struct shipping_method_add_in){.name = d->name[l],
                                         .delivery = d->delivery[l],
                                         .countries = d->countries,
                                         .price = d->price,
                                         .free_from = d->free_from,
                                         .has_free_from = d->free_from > 0,
                                         .currency = arena_str(c->arena, currency_str(&cur)),
                                         .days_min = d->days_min,
                                         .days_max = d->days_max,
                                         .position = d->position},
        id_out);
}

static bool save_translations(struct ctx *c, const struct shipping_draft *d, int64_t id) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (l == lang_first(c)) continue;
        TRY(translation_set(c, &(struct translation){"shipping_method", id, "name"}, l,
                            d->name[l]));
        TRY(translation_set(c, &(struct translation){"shipping_method", id, "delivery"}, l,
                            d->delivery[l]));
    }
    return true;
}

bool shipping_save(struct ctx *c, const struct shipping_draft *d, int64_t *id_out) {
    enum lang l = lang_first(c);
    int64_t changed = 1;
    *id_out = d->id;
    if (!d->id) TRY(add_method(c, d, id_out));
    TRY(shipping_method_set_n(&c->db,
                              &(struct shipping_method_set_in){.id = *id_out,
                                                               .name = d->name[l],
                                                               .delivery = d->delivery[l],
                                                               .countries = d->countries,
                                                               .price = d->price,
                                                               .free_from = d->free_from,
                                                               .has_free_from = d->free_from > 0,
                                                               .days_min = d->days_min,
                                                               .days_max = d->days_max,
                                                               .active = d->active,
                                                               .position = d->position},
                              &changed));
    if (!changed) return err_set(&c->err, ERR_NOT_FOUND, "This shipping method no longer exists.");
    TRY(save_translations(c, d, *id_out));
    tx_bump(c, "shipping", 0);
    return audit_write(c, &(struct audit){.object = "shipping_method",
                                          .object_id = *id_out,
                                          .action = d->id ? "shipping.change" : "shipping.add"});
}

static const struct permission perms[] = {
    {"shipping.write", "Versandarten ändern", "Change shipping methods"},
    {0},
};
const struct module shipping_module = {
    .name = "shipping",
    .queries = shipping_sql_queries,
    .query_count = &shipping_sql_query_count,
    .perms = perms,
};
