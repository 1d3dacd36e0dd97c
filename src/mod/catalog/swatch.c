// SPDX-License-Identifier: Apache-2.0
#include "catalog_sql.h"
#include "mod/catalog/catalog.h"

bool swatch_color_ok(struct str color) {
    if (!color.n) return true;
    if (color.n != 7 || color.p[0] != '#') return false;
    for (size_t i = 1; i < color.n; i++) {
        char c = color.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            return false;
    }
    return true;
}

static bool write_swatch(struct ctx *c, const struct swatch_draft *d, int64_t media, int64_t old_id,
                         int64_t *id_out) {
    struct catalog_swatch_put_in put = {d->option_name, d->value, d->color, media, media != 0};
    *id_out = old_id;
    if (!d->color.n && !media)
        return catalog_swatch_delete(&c->db, &(struct catalog_swatch_delete_in){old_id});
    return catalog_swatch_put(&c->db, &put, id_out);
}

bool swatch_save(struct ctx *c, const struct swatch_draft *d, enum swatch_verdict *out) {
    ensure(c->db.writing);
    struct catalog_swatch_row old = {0};
    bool found;
    int64_t id;
    *out = SWATCH_UNCHANGED;
    if (!swatch_color_ok(d->color)) return *out = SWATCH_BAD_COLOR, true;
    if (!d->option_name.n || !d->value.n) return true;
    struct catalog_swatch_row_in in = {d->option_name, d->value};
    TRY(catalog_swatch_row(&c->db, &in, &old, &found));
    int64_t had = old.has_media_id ? old.media_id : 0, media = d->keep_media ? had : d->media_id;
    if (str_eq(old.color, d->color) && media == had) return true;
    TRY(write_swatch(c, d, media, old.id, &id));
    *out = SWATCH_SAVED;
    c->bump_all = true; // any page may show this value
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "option");
    json_put_str(&w, d->option_name);
    json_key(&w, "value");
    json_put_str(&w, d->value);
    json_key(&w, "color");
    json_put_str(&w, d->color);
    json_key(&w, "media_id");
    json_put_int(&w, media);
    json_end_object(&w);
    return audit_write(c, &(struct audit){"swatch", id, "swatch.change", buf_str(&b)});
}
