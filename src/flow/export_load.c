// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/decimal.h"
#include "flow/export_private.h"
#include "flow/import_private.h"

static struct str id_text(struct arena *a, int64_t id) {
    return arena_fmt(a, "%lld", (long long)id);
}

static struct str text_key(struct arena *a, struct str object, int64_t id, struct str field) {
    return arena_fmt(a, STR_FMT " %lld " STR_FMT, STR_ARG(object), (long long)id, STR_ARG(field));
}

static bool load_texts(struct exporter *e, struct export_product *p) {
    struct arena *a = e->c->arena;
    struct catalog_product_texts_rows rows = {0};
    struct str other = str_c(lang_code(import_other_lang(e->c)));
    TRY(catalog_product_texts_all(&e->c->db, &(struct catalog_product_texts_in){p->row.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct catalog_product_texts *r = &rows.v[i];
        if (str_eq(r->lang, other))
            map_set(a, &p->texts, text_key(a, r->object, r->object_id, r->field), &rows.v[i].value);
    }
    return true;
}

struct str export_other(struct exporter *e, const struct export_product *p, const char *object,
                        int64_t id, const char *field) {
    const struct str *s =
        map_get(&p->texts, text_key(e->c->arena, str_c(object), id, str_c(field)));
    return s ? *s : S("");
}

static bool load_options(struct exporter *e, struct export_product *p) {
    struct catalog_value_rows_rows rows = {0};
    TRY(catalog_option_rows_all(&e->c->db, &(struct catalog_option_rows_in){p->row.id},
                                &p->options));
    TRY(catalog_value_rows_all(&e->c->db, &(struct catalog_value_rows_in){p->row.id}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        map_set(e->c->arena, &p->values, id_text(e->c->arena, rows.v[i].id), &rows.v[i]);
    return true;
}

const struct catalog_value_rows *export_value(struct exporter *e, const struct export_product *p,
                                              int64_t id) {
    return map_get(&p->values, id_text(e->c->arena, id));
}

static bool load_variant(struct exporter *e, const struct catalog_variant_rows *r,
                         struct export_variant *v) {
    bool found;
    *v = (struct export_variant){.row = *r};
    const int64_t values[] = {r->has_value1 ? r->value1 : 0, r->has_value2 ? r->value2 : 0,
                              r->has_value3 ? r->value3 : 0, r->has_value4 ? r->value4 : 0,
                              r->has_value5 ? r->value5 : 0};
    memcpy(v->values, values, sizeof values);
    TRY(price_get(&e->c->db, &(struct price_get_in){r->id, e->currency}, &v->price, &v->has_price));
    TRY(stock_get(&e->c->db, &(struct stock_get_in){r->id}, &v->stock, &found));
    if (!found) v->stock = (struct stock_get){0};
    return true;
}

static bool load_variants(struct exporter *e, struct export_product *p) {
    struct catalog_variant_rows_rows rows = {0};
    TRY(catalog_variant_rows_all(&e->c->db, &(struct catalog_variant_rows_in){p->row.id}, &rows));
    p->variants = ARENA_ARRAY(e->c->arena, struct export_variant, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].active) TRY(load_variant(e, &rows.v[i], &p->variants[p->variant_count++]));
    return true;
}

static int by_name(const void *a, const void *b) {
    const struct catalog_attribute_rows *x = a, *y = b;
    int names = str_cmp(x->name, y->name);
    return names ? names : (x->position > y->position) - (x->position < y->position);
}

bool export_load(struct exporter *e, int64_t id, struct export_product *p) {
    struct db *db = &e->c->db;
    bool found;
    *p = (struct export_product){0};
    TRY(catalog_product_row(db, &(struct catalog_product_row_in){id}, &p->row, &found));
    if (!found) return true;
    TRY(load_texts(e, p));
    TRY(load_options(e, p));
    TRY(load_variants(e, p));
    TRY(catalog_media_rows_all(db, &(struct catalog_media_rows_in){id}, &p->media));
    TRY(catalog_tag_rows_all(db, &(struct catalog_tag_rows_in){id}, &p->tags));
    TRY(catalog_attribute_rows_all(db, &(struct catalog_attribute_rows_in){id}, &p->attributes));
    if (p->attributes.n) qsort(p->attributes.v, p->attributes.n, sizeof *p->attributes.v, by_name);
    TRY(catalog_product_collections_all(db, &(struct catalog_product_collections_in){id},
                                        &p->collections));
    if (!p->row.has_manufacturer_id) return true;
    return catalog_manufacturer_by_id(
        db, &(struct catalog_manufacturer_by_id_in){p->row.manufacturer_id}, &p->manufacturer,
        &found);
}

static void put_attribute(struct json_writer *w, const struct catalog_attribute_rows *r) {
    int64_t n;
    if (str_eq(r->kind, S("number")) && decimal_parse(r->value, &n))
        json_put_raw(w, r->value);
    else if (str_eq(r->kind, S("bool")))
        json_put_bool(w, str_eq(r->value, S("true")));
    else
        json_put_str(w, r->value);
}

struct str export_attributes(struct exporter *e, const struct export_product *p) {
    struct buf b = buf_new(e->c->arena, 0);
    struct json_writer w = json_writer(&b);
    const struct catalog_attribute_rows_rows *rows = &p->attributes;
    if (rows->n == 0) return S("");
    json_begin_object(&w);
    for (size_t i = 0; i < rows->n;) {
        size_t end = i + 1;
        while (end < rows->n && rows->v[end].attribute_id == rows->v[i].attribute_id) end++;
        bool list = str_eq(rows->v[i].kind, S("list")) || end - i > 1;
        json_key_str(&w, rows->v[i].name);
        if (list) json_begin_array(&w);
        for (; i < end; i++) put_attribute(&w, &rows->v[i]);
        if (list) json_end_array(&w);
    }
    json_end_object(&w);
    return buf_str(&b);
}

// The plain word when it is free or says the same; else with its option before it.
static void put_word(struct exporter *e, struct json_writer *w, struct map *said, struct str option,
                     struct str word, struct str other) {
    if (!other.n) return;
    const struct str *before = map_get(said, word);
    if (before && str_eq(*before, other)) return;
    struct str key =
        before ? arena_fmt(e->c->arena, STR_FMT ": " STR_FMT, STR_ARG(option), STR_ARG(word))
               : word;
    if (before && map_get(said, key)) return;
    struct str *value = ARENA_NEW(e->c->arena, struct str);
    *value = other;
    map_set(e->c->arena, said, key, value);
    json_key_str(w, key);
    json_put_str(w, other);
}

struct str export_options_other(struct exporter *e, const struct export_product *p) {
    struct buf b = buf_new(e->c->arena, 0);
    struct json_writer w = json_writer(&b);
    struct map said = {0};
    json_begin_object(&w);
    for (size_t i = 0; i < p->options.n; i++) {
        const struct catalog_option_rows *o = &p->options.v[i];
        put_word(e, &w, &said, (struct str){0}, o->name,
                 export_other(e, p, "product_option", o->id, "name"));
    }
    for (size_t i = 0; i < p->values.n; i++) {
        const struct catalog_value_rows *v = p->values.v[i].value;
        struct str option = S("");
        for (size_t k = 0; k < p->options.n; k++)
            if (p->options.v[k].id == v->option_id) option = p->options.v[k].name;
        put_word(e, &w, &said, option, v->value,
                 export_other(e, p, "option_value", v->id, "value"));
    }
    json_end_object(&w);
    return said.n ? buf_str(&b) : S("");
}
