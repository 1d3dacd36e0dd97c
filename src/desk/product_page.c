// SPDX-License-Identifier: Apache-2.0
#include "desk/product_page.h"

#include "base/map.h"
#include "catalog_sql.h"
#include "desk/handlers.h"
#include "mod/catalog/catalog.h"

enum { PAGES_MAX = 1000 };

const char *desk_field(struct ctx *c, char letter, int64_t row, const char *name) {
    return arena_fmt(c->arena, "%c%lld_%s", letter, (long long)row, name).p;
}

static const char *in_lang(struct ctx *c, const char *name, enum lang l) {
    return arena_fmt(c->arena, "%s_%s", name, lang_code(l)).p;
}

struct stored { // a product as it stands in the database
    struct catalog_product_row row;
    struct catalog_option_rows_rows options;
    struct map values; // option_value id → text
    struct map texts;  // "object id field lang" → text
};

static struct str text_key(struct ctx *c, const char *object, int64_t id, const char *field) {
    return arena_fmt(c->arena, "%s %lld %s", object, (long long)id, field);
}

static bool load(struct ctx *c, int64_t id, struct stored *s, bool *found_out) {
    struct catalog_value_rows_rows values = {0};
    struct catalog_product_texts_rows texts = {0};
    *s = (struct stored){0};
    TRY(catalog_product_row(&c->db, &(struct catalog_product_row_in){id}, &s->row, found_out));
    if (!*found_out) return true;
    TRY(catalog_option_rows_all(&c->db, &(struct catalog_option_rows_in){id}, &s->options));
    TRY(catalog_value_rows_all(&c->db, &(struct catalog_value_rows_in){id}, &values));
    TRY(catalog_product_texts_all(&c->db, &(struct catalog_product_texts_in){id}, &texts));
    for (size_t i = 0; i < values.n; i++)
        map_set(c->arena, &s->values, desk_int_str(c, values.v[i].id), &values.v[i].value);
    for (size_t i = 0; i < texts.n; i++) {
        struct catalog_product_texts *t = &texts.v[i];
        struct str key = arena_fmt(c->arena, STR_FMT " %lld " STR_FMT, STR_ARG(t->object),
                                   (long long)t->object_id, STR_ARG(t->field));
        map_set(c->arena, &s->texts, key,
                &t->value); // two languages: the one that is not the first
    }
    return true;
}

// Both languages of a text: the row holds the first, the translations the other.
static void put_text(struct desk *d, const struct stored *s, const char *name, struct str first) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const struct str *other = map_get(&s->texts, text_key(d->c, "product", s->row.id, name));
        bool is_first = l == lang_first(d->c);
        put_str(d->f, in_lang(d->c, name, l), is_first ? first : other ? *other : S(""));
    }
}

static bool put_maker(struct desk *d, const struct stored *s) {
    struct catalog_manufacturer_by_id m;
    bool found = false;
    if (s->row.has_manufacturer_id)
        TRY(catalog_manufacturer_by_id(
            &d->c->db, &(struct catalog_manufacturer_by_id_in){s->row.manufacturer_id}, &m,
            &found));
    if (!found) return true;
    put_str(d->f, "manufacturer", m.name);
    put_str(d->f, "manufacturer_address", m.address);
    put_str(d->f, "manufacturer_contact", m.contact);
    put_str(d->f, "responsible", m.responsible);
    return true;
}

static bool put_tags(struct desk *d, int64_t id) {
    struct catalog_tag_rows_rows tags = {0};
    struct buf b = buf_new(d->c->arena, 0);
    TRY(catalog_tag_rows_all(&d->c->db, &(struct catalog_tag_rows_in){id}, &tags));
    for (size_t i = 0; i < tags.n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(tags.v[i].tag));
    put_str(d->f, "tags", buf_str(&b));
    return true;
}

static void put_row(struct desk *d, const struct stored *s) {
    const struct catalog_product_row *r = &s->row;
    put_text(d, s, "title", r->title);
    put_text(d, s, "description", r->description);
    put_text(d, s, "safety_text", r->safety_text);
    put_text(d, s, "seo_title", r->seo_title);
    put_text(d, s, "seo_description", r->seo_description);
    put_str(d->f, "vendor", r->vendor);
    put_str(d->f, "kind", r->kind);
    put_str(d->f, "status", r->status);
    put_str(d->f, "tax_category", r->tax_category);
    put_str(d->f, "handle", r->handle);
    put_int(d->f, "version", r->version);
    for (size_t i = 0; i < s->options.n; i++) {
        const struct str *other =
            map_get(&s->texts, text_key(d->c, "product_option", s->options.v[i].id, "name"));
        for (enum lang l = 0; l < LANG_COUNT; l++)
            put_str(d->f, desk_field(d->c, 'o', (int64_t)i, lang_code(l)),
                    l == lang_first(d->c) ? s->options.v[i].name
                    : other               ? *other
                                          : S(""));
    }
}

static void put_variant(struct desk *d, const struct stored *s, int64_t row,
                        const struct desk_variants *v) {
    struct ctx *c = d->c;
    const int64_t values[] = {v->value1, v->value2, v->value3, v->value4, v->value5};
    const bool has[] = {v->has_value1, v->has_value2, v->has_value3, v->has_value4, v->has_value5};
    for (size_t k = 0; k < CATALOG_OPTIONS_MAX; k++) {
        const struct str *text = has[k] ? map_get(&s->values, desk_int_str(c, values[k])) : NULL;
        put_str(d->f, desk_field(c, 'v', row, arena_fmt(c->arena, "o%zu", k).p),
                text ? *text : S(""));
    }
    const struct {
        const char *name;
        struct str value;
    } texts[] = {
        {"id", desk_int_str(c, v->id)},
        {"sku", v->sku},
        {"barcode", v->barcode},
        {"price", v->has_amount ? desk_money_input(c, v->amount, S("")) : S("")},
        {"compare", v->has_compare_at ? desk_money_input(c, v->compare_at, S("")) : S("")},
        {"stock", desk_int_str(c, v->has_on_hand ? v->on_hand : 0)},
        {"was", desk_int_str(c, v->has_on_hand ? v->on_hand : 0)},
        {"weight", desk_int_str(c, v->weight_g)},
        {"content", v->unit_amount ? desk_decimal_input(c, v->unit_amount) : S("")},
        {"unit", v->unit},
        {"base", v->base_amount ? desk_decimal_input(c, v->base_amount) : S("")},
        {"base_unit", v->base_unit},
        {"media", v->has_media_id ? desk_int_str(c, v->media_id) : S("")},
        {"active", v->active ? S("1") : S("")},
        {"ships", v->requires_shipping ? S("1") : S("")},
        {"tracked", !v->has_tracked || v->tracked ? S("1") : S("")},
        {"backorder", v->has_backorder && v->backorder ? S("1") : S("")},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (texts[i].value.n) put_str(d->f, desk_field(c, 'v', row, texts[i].name), texts[i].value);
}

static void put_blank(struct desk *d, int64_t row) {
    put_str(d->f, desk_field(d->c, 'v', row, "active"), S("1"));
    put_str(d->f, desk_field(d->c, 'v', row, "ships"), S("1"));
    put_str(d->f, desk_field(d->c, 'v', row, "tracked"), S("1"));
}

static bool put_variants(struct desk *d, const struct stored *s, int64_t page) {
    struct currency cur = shop_currency(d->c);
    struct desk_variants_rows rows = {0};
    TRY(desk_variants_all(
        &d->c->db,
        &(struct desk_variants_in){.product_id = s->row.id,
                                   .currency = arena_str(d->c->arena, currency_str(&cur)),
                                   .count = VARIANT_ROWS,
                                   .skip = (page - 1) * VARIANT_ROWS},
        &rows));
    int64_t n = (int64_t)rows.n;
    for (int64_t i = 0; i < n; i++) put_variant(d, s, i, &rows.v[i]);
    bool single = s->options.n == 0 && n == 1;
    put_blank(d, n);
    put_int(d->f, "rows", single ? 1 : n + 1);
    return true;
}

static bool put_pages(struct desk *d, int64_t id, int64_t page) {
    struct desk_variant_count all;
    bool found;
    TRY(desk_variant_count(&d->c->db, &(struct desk_variant_count_in){id}, &all, &found));
    put_int(d->data, "variant_total", all.n);
    put_int(d->data, "variant_pages", (all.n + VARIANT_ROWS - 1) / VARIANT_ROWS);
    put_int(d->data, "variant_page", page);
    return true;
}

static bool put_pictures(struct desk *d, const struct stored *s, bool typed) {
    struct desk_product_media_rows rows = {0};
    TRY(desk_product_media_all(&d->c->db, &(struct desk_product_media_in){s->row.id}, &rows));
    for (size_t i = 0; !typed && i < rows.n; i++) {
        const struct str *other =
            map_get(&s->texts, text_key(d->c, "product_media", rows.v[i].id, "alt"));
        put_str(d->f, desk_field(d->c, 'm', (int64_t)i, "pos"), desk_int_str(d->c, (int64_t)i + 1));
        for (enum lang l = 0; l < LANG_COUNT; l++)
            put_str(
                d->f,
                desk_field(d->c, 'm', (int64_t)i, arena_fmt(d->c->arena, "alt_%s", lang_code(l)).p),
                l == lang_first(d->c) ? rows.v[i].alt
                : other               ? *other
                                      : S(""));
    }
    PUT_ROWS(d, "pictures", desk_product_media, rows);
    return true;
}

static bool is_typed(const struct request *rq, int64_t collection_id) {
    for (size_t i = 0; i < rq->form.n; i++) {
        int64_t id;
        if (str_eq(rq->form.v[i].name, S("collection")) && str_to_int(rq->form.v[i].value, &id) &&
            id == collection_id)
            return true;
    }
    return false;
}

static bool put_collections(struct desk *d, int64_t id, bool typed) {
    struct desk_collections_rows all = {0};
    struct catalog_product_collections_rows in = {0};
    struct list l = {0};
    TRY(desk_collections_all(&d->c->db, &all));
    if (id)
        TRY(catalog_product_collections_all(&d->c->db, &(struct catalog_product_collections_in){id},
                                            &in));
    for (size_t i = 0; i < all.n; i++) {
        struct liquid_map *m = liquid_map_new(d->c->arena);
        bool on = false;
        for (size_t k = 0; k < in.n; k++) on = on || in.v[k].id == all.v[i].id;
        bool manual = str_eq(all.v[i].kind, S("manual"));
        put_int(m, "id", all.v[i].id);
        put_str(m, "title", all.v[i].title);
        put_bool(m, "manual", manual);
        put_bool(m, "on", typed && manual ? is_typed(d->rq, all.v[i].id) : on);
        desk_list_add(d->c->arena, &l, liquid_of_map(m));
    }
    liquid_set(d->data, "collections", liquid_array(l.v, l.n));
    return true;
}

static void put_new(struct desk *d) {
    put_str(d->f, "status", S("draft"));
    put_str(d->f, "tax_category", S("standard"));
    put_blank(d, 0);
    put_str(d->f, desk_field(d->c, 'v', 0, "stock"), S("0"));
    put_int(d->f, "rows", 1);
}

// How many rows of variants stand in the form, as a bound for the template's loop.
static int64_t rows_typed(struct desk *d) {
    int64_t n;
    if (!str_to_int(request_form(d->rq, "rows"), &n) || n < 1) return 1;
    return n > VARIANT_ROWS_MAX ? VARIANT_ROWS_MAX : n;
}

static bool put_same_sku(struct desk *d, int64_t id) {
    struct desk_same_sku same;
    bool found;
    TRY(desk_same_sku(&d->c->db, &(struct desk_same_sku_in){id}, &same, &found));
    if (found) put_str(d->data, "same_sku", same.sku);
    return true;
}

bool desk_product_show(struct desk *d, int64_t id) {
    struct ctx *c = d->c;
    struct stored s = {0};
    bool found = true, typed = d->errors > 0;
    int64_t page = 1;
    if (id) TRY(load(c, id, &s, &found));
    if (!found) return desk_missing(c);
    if (!str_to_int(request_query(d->rq, "vpage"), &page) || page < 1 || page > PAGES_MAX) page = 1;
    if (!typed && id) {
        put_row(d, &s);
        TRY(put_maker(d, &s));
        TRY(put_tags(d, id));
        TRY(put_variants(d, &s, page));
    } else if (!typed) {
        put_new(d);
    } else {
        put_int(d->f, "rows", rows_typed(d));
    }
    if (id) {
        TRY(put_pages(d, id, page));
        TRY(put_same_sku(d, id));
        TRY(put_pictures(d, &s, typed));
        TRY(desk_put_swatches(d, id));
        TRY(desk_trail(d, "product", id));
        put_str(d->data, "shop_url",
                arena_fmt(c->arena, "/products/" STR_FMT, STR_ARG(s.row.handle)));
        put_bool(d->data, "is_active", str_eq(s.row.status, S("active")));
    }
    TRY(put_collections(d, id, typed));
    TRY(desk_alternate_show(d, "product", id));
    put_int(d->data, "id", id);
    put_str(d->data, "first", str_c(lang_code(lang_first(c))));
    return desk_send(d, "product", id ? s.row.title : tr(c, "desk.product.new"));
}

bool desk_product_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    desk_begin(&d, c, rq, rs);
    return desk_product_show(&d, id);
}

bool desk_product_new_page(struct ctx *c, const struct request *rq, struct response *rs) {
    struct desk d;
    desk_begin(&d, c, rq, rs);
    return desk_product_show(&d, 0);
}
