// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/product_private.h"

struct value_state {
    int64_t id, position; // as stored
    bool used;            // by a variant of the draft
};
struct option_state {
    int64_t id;
    struct map values; // text of the first language → struct value_state
    int64_t next;      // position of the next value that is used
};
struct stored_variant {
    struct catalog_variant_rows row;
    bool taken;
};
struct variants {
    struct save *s;
    struct option_state options[CATALOG_OPTIONS_MAX];
    size_t stored_options;
    int64_t (*values)[CATALOG_OPTIONS_MAX]; // ids, per variant of the draft
    struct stored_variant *stored;
    size_t stored_n;
    struct stored_variant **match; // per variant of the draft; NULL: new
    struct map by_ref, by_values, by_sku, by_id;
};

static struct str id_key(struct arena *a, const int64_t *ids, size_t n) {
    return arena_str(a, (struct str){(const char *)ids, n * sizeof *ids});
}

static bool save_option(struct variants *v, size_t i, const struct catalog_option_rows *stored) {
    struct save *s = v->s;
    const struct i18n_text *name = &s->d->options[i].name;
    struct option_state *o = &v->options[i];
    struct str text = name->text[s->first];
    if (!stored) {
        TRY(catalog_option_insert(
            &s->c->db, &(struct catalog_option_insert_in){s->id, (int64_t)i + 1, text}, &o->id));
        s->options.added++;
        s->changes++;
    } else {
        o->id = stored->id;
        if (!str_eq(stored->name, text)) {
            TRY(catalog_option_rename(&s->c->db, &(struct catalog_option_rename_in){o->id, text}));
            s->options.changed++;
            s->changes++;
        }
    }
    return save_texts(s->c, &s->texts, (struct text_place){"product_option", o->id, "name"}, name,
                      &s->changes);
}

static bool load_values(struct variants *v) {
    struct save *s = v->s;
    struct catalog_value_rows_rows rows = {0};
    TRY(catalog_value_rows_all(&s->c->db, &(struct catalog_value_rows_in){s->id}, &rows));
    for (size_t i = 0; i < rows.n; i++)
        for (size_t o = 0; o < s->d->option_count; o++) {
            if (v->options[o].id != rows.v[i].option_id) continue;
            struct value_state *state = ARENA_NEW(s->c->arena, struct value_state);
            *state = (struct value_state){rows.v[i].id, rows.v[i].position, false};
            map_set(s->c->arena, &v->options[o].values, rows.v[i].value, state);
        }
    return true;
}

static bool save_options(struct variants *v, struct catalog_option_rows_rows *stored) {
    struct save *s = v->s;
    if (!s->fresh)
        TRY(catalog_option_rows_all(&s->c->db, &(struct catalog_option_rows_in){s->id}, stored));
    v->stored_options = stored->n;
    for (size_t i = 0; i < s->d->option_count; i++)
        TRY(save_option(v, i, i < stored->n ? &stored->v[i] : NULL));
    return s->fresh || load_values(v);
}

static bool value_use(struct variants *v, size_t option, const struct i18n_text *t,
                      int64_t *id_out) {
    struct save *s = v->s;
    struct option_state *o = &v->options[option];
    struct str text = t->text[s->first];
    struct value_state *state = map_get(&o->values, text);
    if (!state) {
        state = ARENA_NEW(s->c->arena, struct value_state);
        state->position = o->next + 1;
        map_set(s->c->arena, &o->values, text, state);
        TRY(catalog_value_insert(&s->c->db,
                                 &(struct catalog_value_insert_in){o->id, state->position, text},
                                 &state->id));
        s->changes++;
    }
    if (!state->used) {
        state->used = true;
        o->next++;
        if (state->position != o->next) {
            TRY(catalog_value_move(&s->c->db, &(struct catalog_value_move_in){state->id, o->next}));
            s->changes++;
        }
        TRY(save_texts(s->c, &s->texts, (struct text_place){"option_value", state->id, "value"}, t,
                       &s->changes));
    }
    *id_out = state->id;
    return true;
}

static bool save_values(struct variants *v) {
    struct save *s = v->s;
    size_t n = s->d->variant_count;
    v->values = arena_alloc_array(s->c->arena, n + 1, sizeof *v->values);
    for (size_t i = 0; i < n; i++)
        for (size_t o = 0; o < s->d->option_count; o++)
            TRY(value_use(v, o, &s->d->variants[i].values[o], &v->values[i][o]));
    return true;
}

static void index_variant(struct variants *v, struct stored_variant *sv) {
    struct arena *a = v->s->c->arena;
    const struct catalog_variant_rows *r = &sv->row;
    const int64_t ids[] = {r->has_value1 ? r->value1 : 0, r->has_value2 ? r->value2 : 0,
                           r->has_value3 ? r->value3 : 0, r->has_value4 ? r->value4 : 0,
                           r->has_value5 ? r->value5 : 0};
    struct str key = id_key(a, ids, ARRAY_LEN(ids));
    const struct stored_variant *same = map_get(&v->by_values, key);
    if (!same || !same->row.active) map_set(a, &v->by_values, key, sv);
    map_set(a, &v->by_id, id_key(a, &r->id, 1), sv);
    if (r->external_ref.n) map_set(a, &v->by_ref, r->external_ref, sv);
    if (r->sku.n && !map_get(&v->by_sku, r->sku)) map_set(a, &v->by_sku, r->sku, sv);
}

static bool load_variants(struct variants *v) {
    struct save *s = v->s;
    struct catalog_variant_rows_rows rows = {0};
    if (!s->fresh)
        TRY(catalog_variant_rows_all(&s->c->db, &(struct catalog_variant_rows_in){s->id}, &rows));
    v->stored = ARENA_ARRAY(s->c->arena, struct stored_variant, rows.n + 1);
    v->stored_n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        v->stored[i].row = rows.v[i];
        index_variant(v, &v->stored[i]);
    }
    return true;
}

static struct stored_variant *sure_match(struct variants *v, size_t i) {
    struct arena *a = v->s->c->arena;
    const struct variant_draft *d = &v->s->d->variants[i];
    struct stored_variant *m = NULL;
    if (d->id) return map_get(&v->by_id, id_key(a, &d->id, 1));
    if (d->external_ref.n) m = map_get(&v->by_ref, d->external_ref);
    return m ? m : map_get(&v->by_values, id_key(a, v->values[i], CATALOG_OPTIONS_MAX));
}

// First by what is sure, then, among what is left, by SKU: a value was renamed.
static bool match_variants(struct variants *v) {
    struct save *s = v->s;
    size_t n = s->d->variant_count;
    v->match = ARENA_ARRAY(s->c->arena, struct stored_variant *, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct stored_variant *m = sure_match(v, i);
        if (s->d->variants[i].id && !m)
            return err_set(&s->c->err, ERR_NOT_FOUND,
                           "A variant of this product no longer exists.");
        if (!m || m->taken) continue;
        m->taken = true;
        v->match[i] = m;
    }
    for (size_t i = 0; i < n; i++) {
        struct str sku = s->d->variants[i].sku;
        struct stored_variant *m = v->match[i] || !sku.n ? NULL : map_get(&v->by_sku, sku);
        if (!m || m->taken) continue;
        m->taken = true;
        v->match[i] = m;
    }
    return true;
}

static struct str variant_title(struct save *s, const struct variant_draft *d) {
    if (s->d->option_count == 1) return d->values[0].text[s->first];
    struct buf b = buf_new(s->c->arena, 0);
    for (size_t o = 0; o < s->d->option_count; o++) {
        if (o) buf_put(&b, S(" / "));
        buf_put(&b, d->values[o].text[s->first]);
    }
    return buf_str(&b);
}

static struct catalog_variant_update_in variant_wanted(struct variants *v, size_t i) {
    static const struct catalog_variant_rows none = {0};
    struct save *s = v->s;
    const struct variant_draft *d = &s->d->variants[i];
    const struct catalog_variant_rows *o = v->match[i] ? &v->match[i]->row : &none;
    const int64_t *value = v->values[i];
    bool unit = d->unit.p != NULL;
    return (struct catalog_variant_update_in){.id = o->id,
                                              .position = (int64_t)i + 1,
                                              .value1 = value[0],
                                              .has_value1 = value[0] != 0,
                                              .value2 = value[1],
                                              .has_value2 = value[1] != 0,
                                              .value3 = value[2],
                                              .has_value3 = value[2] != 0,
                                              .value4 = value[3],
                                              .has_value4 = value[3] != 0,
                                              .value5 = value[4],
                                              .has_value5 = value[4] != 0,
                                              .title = variant_title(s, d),
                                              .sku = text_or(d->sku, o->sku),
                                              .barcode = text_or(d->barcode, o->barcode),
                                              .weight_g = d->weight_g,
                                              .requires_shipping = !d->no_shipping,
                                              .unit_amount = unit ? d->unit_amount : o->unit_amount,
                                              .unit = text_or(d->unit, o->unit),
                                              .base_amount = unit ? d->base_amount : o->base_amount,
                                              .base_unit = text_or(d->base_unit, o->base_unit),
                                              .media_id = d->media_id,
                                              .has_media_id = d->media_id != 0,
                                              .active = !d->inactive,
                                              .external_ref = d->external_ref.n ? d->external_ref
                                                                                : o->external_ref};
}

static bool variant_add(struct save *s, const struct catalog_variant_update_in *w,
                        int64_t *id_out) {
    s->variants.added++;
    s->changes++;
    return catalog_variant_insert(&s->c->db,
                                  &(struct catalog_variant_insert_in){s->id,
                                                                      w->position,
                                                                      w->value1,
                                                                      w->has_value1,
                                                                      w->value2,
                                                                      w->has_value2,
                                                                      w->value3,
                                                                      w->has_value3,
                                                                      w->value4,
                                                                      w->has_value4,
                                                                      w->value5,
                                                                      w->has_value5,
                                                                      w->title,
                                                                      w->sku,
                                                                      w->barcode,
                                                                      w->weight_g,
                                                                      w->requires_shipping,
                                                                      w->unit_amount,
                                                                      w->unit,
                                                                      w->base_amount,
                                                                      w->base_unit,
                                                                      w->media_id,
                                                                      w->has_media_id,
                                                                      w->active,
                                                                      w->external_ref},
                                  id_out);
}

static bool variant_change(struct save *s, const struct catalog_variant_update_in *w,
                           const struct catalog_variant_rows *o) {
    if (row_diff((struct row_view){&catalog_variant_update_query.in, w},
                 (struct row_view){&catalog_variant_rows_type, o}, NULL) == 0)
        return true;
    s->variants.changed++;
    s->changes++;
    return catalog_variant_update(&s->c->db, w);
}

static bool write_variants(struct variants *v) {
    struct save *s = v->s;
    size_t n = s->d->variant_count;
    s->out->variant_ids = ARENA_ARRAY(s->c->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct catalog_variant_update_in want = variant_wanted(v, i);
        s->out->variant_ids[i] = want.id;
        if (v->match[i])
            TRY(variant_change(s, &want, &v->match[i]->row));
        else
            TRY(variant_add(s, &want, &s->out->variant_ids[i]));
    }
    return true;
}

// A stored variant that the draft does not have: stays behind the others, or becomes inactive.
static bool variant_leave(struct variants *v, const struct catalog_variant_rows *o,
                          int64_t *position) {
    struct save *s = v->s;
    bool stays = s->d->keep_variants && v->stored_options == s->d->option_count;
    int64_t at = stays ? ++*position : o->position;
    if (!o->active || (stays && o->position == at)) return true;
    if (stays)
        s->variants.changed++;
    else
        s->variants.removed++;
    s->changes++;
    return catalog_variant_update(&s->c->db,
                                  &(struct catalog_variant_update_in){o->id,
                                                                      at,
                                                                      o->value1,
                                                                      o->has_value1,
                                                                      o->value2,
                                                                      o->has_value2,
                                                                      o->value3,
                                                                      o->has_value3,
                                                                      o->value4,
                                                                      o->has_value4,
                                                                      o->value5,
                                                                      o->has_value5,
                                                                      o->title,
                                                                      o->sku,
                                                                      o->barcode,
                                                                      o->weight_g,
                                                                      o->requires_shipping,
                                                                      o->unit_amount,
                                                                      o->unit,
                                                                      o->base_amount,
                                                                      o->base_unit,
                                                                      o->media_id,
                                                                      o->has_media_id,
                                                                      stays,
                                                                      o->external_ref});
}

static bool drop_unused(struct variants *v, const struct catalog_option_rows_rows *options) {
    struct save *s = v->s;
    struct db *db = &s->c->db;
    struct catalog_value_unused_rows rows = {0};
    TRY(catalog_variant_clear_values(
        db, &(struct catalog_variant_clear_values_in){s->id, (int64_t)s->d->option_count}));
    TRY(catalog_value_unused_all(db, &(struct catalog_value_unused_in){s->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(translation_drop(s->c, "option_value", rows.v[i].id));
        TRY(catalog_value_delete(db, &(struct catalog_value_delete_in){rows.v[i].id}));
    }
    for (size_t i = s->d->option_count; i < options->n; i++) {
        TRY(translation_drop(s->c, "product_option", options->v[i].id));
        TRY(catalog_option_delete(db, &(struct catalog_option_delete_in){options->v[i].id}));
        s->options.removed++;
        s->changes++;
    }
    return true;
}

bool save_variants(struct save *s) {
    struct variants v = {.s = s};
    struct catalog_option_rows_rows options = {0};
    if (s->d->variant_count == 0) return true; // kept as they are
    size_t before = s->changes;
    TRY(save_options(&v, &options));
    TRY(save_values(&v));
    TRY(load_variants(&v));
    TRY(match_variants(&v));
    TRY(write_variants(&v));
    int64_t position = (int64_t)s->d->variant_count;
    for (size_t i = 0; i < v.stored_n; i++)
        if (!v.stored[i].taken) TRY(variant_leave(&v, &v.stored[i].row, &position));
    bool shrunk = options.n > s->d->option_count;
    return s->fresh || (s->changes == before && !shrunk) || drop_unused(&v, &options);
}
