// SPDX-License-Identifier: Apache-2.0
// Pictures, tags, attributes and the manufacturer of a product.
#include "mod/catalog/product_private.h"

struct picture {
    struct catalog_media_rows row;
    bool taken;
};

static struct picture *picture_of(struct picture *list, size_t n, int64_t media_id) {
    for (size_t i = 0; i < n; i++)
        if (list[i].row.media_id == media_id) return &list[i];
    return NULL;
}

static bool picture_write(struct save *s, const struct picture *stored,
                          const struct product_media_draft *d, int64_t position, int64_t *id_out) {
    struct str alt = text_or(d->alt.text[s->first], stored ? stored->row.alt : S(""));
    struct db *db = &s->c->db;
    if (!stored) {
        s->pictures.added++;
        s->changes++;
        return catalog_media_insert(
            db, &(struct catalog_media_insert_in){s->id, d->media_id, position, alt}, id_out);
    }
    *id_out = stored->row.id;
    if (stored->row.position == position && str_eq(stored->row.alt, alt)) return true;
    s->pictures.changed++;
    s->changes++;
    return catalog_media_update(db,
                                &(struct catalog_media_update_in){stored->row.id, position, alt});
}

bool save_media(struct save *s) {
    struct catalog_media_rows_rows rows = {0};
    if (!s->fresh)
        TRY(catalog_media_rows_all(&s->c->db, &(struct catalog_media_rows_in){s->id}, &rows));
    struct picture *list = ARENA_ARRAY(s->c->arena, struct picture, rows.n + s->d->media_count + 1);
    for (size_t i = 0; i < rows.n; i++) list[i].row = rows.v[i];
    size_t n = rows.n;
    int64_t position = 0;
    for (size_t i = 0; i < s->d->media_count; i++) {
        const struct product_media_draft *d = &s->d->media[i];
        struct picture *p = picture_of(list, n, d->media_id);
        int64_t id;
        if (p && p->taken) continue; // the same picture twice
        TRY(picture_write(s, p, d, ++position, &id));
        if (!p)
            list[n++] = (struct picture){{.id = id, .media_id = d->media_id}, true};
        else
            p->taken = true;
        TRY(save_texts(s->c, &s->texts, (struct text_place){"product_media", id, "alt"}, &d->alt,
                       &s->changes));
    }
    for (size_t i = 0; i < rows.n; i++) {
        if (list[i].taken) continue;
        TRY(translation_drop(s->c, "product_media", list[i].row.id));
        TRY(catalog_media_delete(&s->c->db, &(struct catalog_media_delete_in){list[i].row.id}));
        s->pictures.removed++;
        s->changes++;
    }
    return true;
}

bool save_tags(struct save *s) {
    struct catalog_tag_rows_rows rows = {0};
    struct map stored = {0}, wanted = {0};
    if (!s->fresh)
        TRY(catalog_tag_rows_all(&s->c->db, &(struct catalog_tag_rows_in){s->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) map_set(s->c->arena, &stored, rows.v[i].tag, s);
    for (size_t i = 0; i < s->d->tag_count; i++) {
        struct str tag = str_trim(s->d->tags[i]);
        if (str_empty(tag) || map_get(&wanted, tag)) continue;
        map_set(s->c->arena, &wanted, tag, s);
        if (map_get(&stored, tag)) continue;
        TRY(catalog_tag_insert(&s->c->db, &(struct catalog_tag_insert_in){s->id, tag}));
        s->tags.added++;
        s->changes++;
    }
    for (size_t i = 0; i < rows.n; i++) {
        if (map_get(&wanted, rows.v[i].tag)) continue;
        TRY(catalog_tag_delete(&s->c->db, &(struct catalog_tag_delete_in){s->id, rows.v[i].tag}));
        s->tags.removed++;
        s->changes++;
    }
    return true;
}

static bool attribute_id(struct save *s, const struct attribute_draft *d, int64_t *id_out) {
    struct catalog_attribute_by_name row;
    bool found;
    TRY(catalog_attribute_by_name(&s->c->db, &(struct catalog_attribute_by_name_in){d->name}, &row,
                                  &found));
    *id_out = found ? row.id : 0;
    if (found) return true;
    struct str kind = d->kind.n ? d->kind : S("text");
    return catalog_attribute_insert(
        &s->c->db, &(struct catalog_attribute_insert_in){d->name, d->name, kind, S("")}, id_out);
}

static struct str attribute_key(struct arena *a, int64_t attribute, int64_t position) {
    return arena_fmt(a, "%lld %lld", (long long)attribute, (long long)position);
}

static bool attribute_write(struct save *s, const struct map *stored, struct map *wanted,
                            const struct attribute_draft *d) {
    int64_t id;
    TRY(attribute_id(s, d, &id));
    for (size_t i = 0; i < d->n; i++) {
        struct str key = attribute_key(s->c->arena, id, (int64_t)i + 1);
        const struct str *old = map_get(stored, key);
        map_set(s->c->arena, wanted, key, s);
        if (old && str_eq(*old, d->values[i])) continue;
        if (old)
            s->attributes.changed++;
        else
            s->attributes.added++;
        s->changes++;
        TRY(catalog_attribute_put(&s->c->db, &(struct catalog_attribute_put_in){
                                                 s->id, id, (int64_t)i + 1, d->values[i]}));
    }
    return true;
}

bool save_attributes(struct save *s) {
    struct catalog_attribute_rows_rows rows = {0};
    struct map stored = {0}, wanted = {0};
    if (!s->fresh)
        TRY(catalog_attribute_rows_all(&s->c->db, &(struct catalog_attribute_rows_in){s->id},
                                       &rows));
    for (size_t i = 0; i < rows.n; i++)
        map_set(s->c->arena, &stored,
                attribute_key(s->c->arena, rows.v[i].attribute_id, rows.v[i].position),
                &rows.v[i].value);
    for (size_t i = 0; i < s->d->attribute_count; i++)
        if (s->d->attributes[i].name.n)
            TRY(attribute_write(s, &stored, &wanted, &s->d->attributes[i]));
    for (size_t i = 0; i < rows.n; i++) {
        const struct catalog_attribute_rows *r = &rows.v[i];
        if (map_get(&wanted, attribute_key(s->c->arena, r->attribute_id, r->position))) continue;
        TRY(catalog_attribute_delete(
            &s->c->db, &(struct catalog_attribute_delete_in){s->id, r->attribute_id, r->position}));
        s->attributes.removed++;
        s->changes++;
    }
    return true;
}

bool save_manufacturer(struct save *s, int64_t *id_out) {
    const struct product_draft *d = s->d;
    struct catalog_manufacturer_by_name row = {0};
    bool found;
    *id_out = 0;
    if (str_empty(d->manufacturer)) return true;
    TRY(catalog_manufacturer_by_name(
        &s->c->db, &(struct catalog_manufacturer_by_name_in){d->manufacturer}, &row, &found));
    struct catalog_manufacturer_put_in want = {
        d->manufacturer, text_or(d->manufacturer_address, row.address),
        text_or(d->manufacturer_contact, row.contact), text_or(d->responsible, row.responsible)};
    *id_out = row.id;
    if (found &&
        row_diff((struct row_view){&catalog_manufacturer_put_query.in, &want},
                 (struct row_view){&catalog_manufacturer_by_name_type, &row}, &s->detail) == 0)
        return true;
    s->changes++;
    return catalog_manufacturer_put(&s->c->db, &want, id_out);
}
