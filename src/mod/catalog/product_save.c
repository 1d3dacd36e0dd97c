// SPDX-License-Identifier: Apache-2.0
#include "mod/catalog/html_clean.h"
#include "mod/catalog/product_private.h"

enum { HANDLE_CHARACTERS = 200, SEARCH_TEXT_MAX = 60000 };

struct str text_key(struct arena *a, struct text_place at, struct str lang) {
    return arena_fmt(a, "%s %lld %s " STR_FMT, at.object, (long long)at.object_id, at.field,
                     STR_ARG(lang));
}

bool save_texts(struct ctx *c, const struct map *texts, struct text_place at,
                const struct i18n_text *t, size_t *changes) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        if (l == lang_first(c) || !t->text[l].p) continue;
        const struct str *stored = map_get(texts, text_key(c->arena, at, str_c(lang_code(l))));
        if (str_eq(stored ? *stored : S(""), t->text[l])) continue;
        TRY(translation_set(c, &(struct translation){at.object, at.object_id, at.field}, l,
                            t->text[l]));
        (*changes)++;
    }
    return true;
}

static bool load_texts(struct save *s) {
    struct catalog_product_texts_rows rows = {0};
    TRY(catalog_product_texts_all(&s->c->db, &(struct catalog_product_texts_in){s->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct catalog_product_texts *r = &rows.v[i];
        struct text_place at = {arena_cstr(s->c->arena, r->object), r->object_id,
                                arena_cstr(s->c->arena, r->field)};
        map_set(s->c->arena, &s->texts, text_key(s->c->arena, at, r->lang), &r->value);
    }
    return true;
}

static bool product_handle_taken(struct ctx *c, struct str handle, bool *out) {
    struct catalog_product_by_handle row;
    return catalog_product_by_handle(&c->db, &(struct catalog_product_by_handle_in){handle}, &row,
                                     out);
}

bool handle_free(struct ctx *c, struct str wish,
                 bool (*taken)(struct ctx *c, struct str handle, bool *out), struct str *out) {
    struct str base = str_utf8_cut(text_slug(c->arena, wish), HANDLE_CHARACTERS);
    if (str_empty(base)) base = S("item");
    *out = base;
    for (int i = 2; i < 1000; i++) {
        bool is_taken;
        TRY(taken(c, *out, &is_taken));
        if (!is_taken) return true;
        *out = arena_fmt(c->arena, STR_FMT "-%d", STR_ARG(base), i);
    }
    *out = arena_fmt(c->arena, STR_FMT "-%lld", STR_ARG(base), (long long)(c->now / 1000));
    return true;
}

// Finds the stored product of the draft; s->id stays 0 for a new one.
static bool find_product(struct save *s) {
    const struct product_draft *d = s->d;
    struct db *db = &s->c->db;
    bool found = false;
    s->id = d->id;
    if (!s->id && d->external_ref.n) {
        struct catalog_product_by_ref row;
        TRY(catalog_product_by_ref(db, &(struct catalog_product_by_ref_in){d->external_ref}, &row,
                                   &found));
        if (found) s->id = row.id;
    }
    if (!s->id && d->handle.n) {
        struct catalog_product_by_handle row;
        TRY(catalog_product_by_handle(db, &(struct catalog_product_by_handle_in){d->handle}, &row,
                                      &found));
        bool other = found && row.external_ref.p && d->external_ref.n &&
                     !str_eq(row.external_ref, d->external_ref);
        if (found && !other) s->id = row.id;
    }
    s->fresh = s->id == 0;
    if (s->fresh) return true;
    TRY(catalog_product_row(db, &(struct catalog_product_row_in){s->id}, &s->old, &found));
    return found || err_set(&s->c->err, ERR_NOT_FOUND, "This product no longer exists.");
}

// The handle the product will have; PRODUCT_HANDLE_TAKEN when another product has it.
static bool choose_handle(struct save *s, struct str title, struct str *out) {
    struct str wish = s->d->handle;
    *out = s->old.handle;
    if (!s->fresh && (!wish.n || str_eq(wish, s->old.handle))) return true;
    if (!wish.n) return handle_free(s->c, title, product_handle_taken, out);
    *out = text_slug(s->c->arena, wish);
    if (str_empty(*out) || !str_eq(*out, wish))
        *out = str_utf8_cut(str_empty(*out) ? S("item") : *out, HANDLE_CHARACTERS);
    struct catalog_product_by_handle row;
    bool found;
    TRY(catalog_product_by_handle(&s->c->db, &(struct catalog_product_by_handle_in){*out}, &row,
                                  &found));
    if (found && row.id != s->id) s->out->verdict = PRODUCT_HANDLE_TAKEN;
    return true;
}

static bool clean_texts(struct save *s, struct i18n_text *out) {
    *out = (struct i18n_text){0};
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (s->d->description.text[l].p)
            TRY(html_clean(s->c->arena, s->d->description.text[l], &out->text[l], &s->c->err));
    return true;
}

static bool save_row(struct save *s, const struct i18n_text *description) {
    const struct product_draft *d = s->d;
    const struct catalog_product_row *o = &s->old;
    enum lang l = s->first;
    struct catalog_product_update_in want = {
        .id = s->id,
        .title = text_or(d->title.text[l], o->title),
        .description = text_or(description->text[l], o->description),
        .vendor = text_or(d->vendor, o->vendor),
        .kind = text_or(d->kind, o->kind),
        .status = text_or(d->status, s->fresh ? S("draft") : o->status),
        .tax_category = text_or(d->tax_category, s->fresh ? S("standard") : o->tax_category),
        .safety_text = text_or(d->safety_text.text[l], o->safety_text),
        .seo_title = text_or(d->seo_title.text[l], o->seo_title),
        .seo_description = text_or(d->seo_description.text[l], o->seo_description),
        .external_ref = d->external_ref.n ? d->external_ref : o->external_ref,
        .manufacturer_id = o->manufacturer_id,
        .has_manufacturer_id = o->has_manufacturer_id};
    if (str_empty(str_trim(want.title)))
        s->out->verdict = PRODUCT_NO_TITLE;
    else
        TRY(choose_handle(s, want.title, &want.handle));
    if (s->out->verdict != PRODUCT_SAVED) return true;
    if (d->manufacturer.p) {
        TRY(save_manufacturer(s, &want.manufacturer_id));
        want.has_manufacturer_id = want.manufacturer_id != 0;
    }
    if (s->fresh) {
        s->changes++;
        return catalog_product_insert(
            &s->c->db,
            &(struct catalog_product_insert_in){
                want.handle, want.title, want.description, want.vendor, want.kind, want.status,
                want.tax_category, want.manufacturer_id, want.has_manufacturer_id, want.safety_text,
                want.seo_title, want.seo_description, want.external_ref, s->c->now},
            &s->id);
    }
    size_t n = row_diff((struct row_view){&catalog_product_update_query.in, &want},
                        (struct row_view){&catalog_product_row_type, o}, &s->detail);
    s->changes += n;
    if (!str_eq(want.handle, o->handle))
        TRY(catalog_old_handle_put(
            &s->c->db, &(struct catalog_old_handle_put_in){S("product"), o->handle, s->id}));
    return n == 0 || catalog_product_update(&s->c->db, &want);
}

static bool save_product_texts(struct save *s, const struct i18n_text *description) {
    const struct product_draft *d = s->d;
    const struct {
        const char *field;
        const struct i18n_text *text;
    } texts[] = {{"title", &d->title},
                 {"description", description},
                 {"safety_text", &d->safety_text},
                 {"seo_title", &d->seo_title},
                 {"seo_description", &d->seo_description}};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        TRY(save_texts(s->c, &s->texts, (struct text_place){"product", s->id, texts[i].field},
                       texts[i].text, &n));
    s->translations.changed += (int64_t)n;
    s->changes += n;
    return true;
}

bool product_search_refresh(struct ctx *c, int64_t product_id) {
    struct catalog_product_row p;
    struct catalog_product_search_words_rows words = {0};
    bool found;
    TRY(catalog_product_row(&c->db, &(struct catalog_product_row_in){product_id}, &p, &found));
    if (!found) return true;
    TRY(catalog_product_search_words_all(
        &c->db, &(struct catalog_product_search_words_in){product_id}, &words));
    struct buf b = buf_new(c->arena, 0);
    buf_fmt(&b, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(p.title), STR_ARG(p.vendor),
            STR_ARG(p.kind));
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct str title;
        if (l == lang_first(c)) continue;
        TRY(translation_get(c, &(struct translation){"product", product_id, "title"}, l, &title));
        if (title.n) buf_fmt(&b, " " STR_FMT, STR_ARG(title));
    }
    for (size_t i = 0; i < words.n && b.n < SEARCH_TEXT_MAX; i++)
        buf_fmt(&b, " " STR_FMT, STR_ARG(words.v[i].word));
    struct str folded = text_fold(c->arena, str_trim(buf_str(&b)));
    if (str_eq(folded, p.search_text)) return true;
    return catalog_product_search_put(&c->db,
                                      &(struct catalog_product_search_put_in){product_id, folded});
}

static void put_counts(struct save *s, const char *name, const struct save_counts *n) {
    if (n->added + n->changed + n->removed == 0) return;
    json_key(&s->detail, name);
    json_begin_object(&s->detail);
    json_key(&s->detail, "added");
    json_put_int(&s->detail, n->added);
    json_key(&s->detail, "changed");
    json_put_int(&s->detail, n->changed);
    json_key(&s->detail, "removed");
    json_put_int(&s->detail, n->removed);
    json_end_object(&s->detail);
}

static bool bump_collections(struct ctx *c, int64_t product_id) {
    struct catalog_product_collections_rows rows = {0};
    TRY(catalog_product_collections_all(
        &c->db, &(struct catalog_product_collections_in){product_id}, &rows));
    for (size_t i = 0; i < rows.n; i++) tx_bump(c, "collection", rows.v[i].id);
    return true;
}

static bool conclude(struct save *s) {
    struct ctx *c = s->c;
    put_counts(s, "options", &s->options);
    put_counts(s, "variants", &s->variants);
    put_counts(s, "pictures", &s->pictures);
    put_counts(s, "tags", &s->tags);
    put_counts(s, "attributes", &s->attributes);
    put_counts(s, "translations", &s->translations);
    json_end_object(&s->detail);
    TRY(product_search_refresh(c, s->id));
    if (!s->fresh)
        TRY(catalog_product_touch(&c->db, &(struct catalog_product_touch_in){s->id, c->now}));
    TRY(audit_write(c, &(struct audit){"product", s->id,
                                       s->fresh ? "product.create" : "product.change",
                                       buf_str(s->detail.out)}));
    tx_bump(c, "product", s->id);
    tx_bump(c, "products", 0);
    TRY(collection_refresh(c, s->id));
    return bump_collections(c, s->id);
}

static bool save_parts(struct save *s, const struct i18n_text *description) {
    if (!s->fresh) TRY(load_texts(s));
    TRY(save_row(s, description));
    if (s->out->verdict != PRODUCT_SAVED) return true;
    s->out->id = s->id;
    TRY(save_product_texts(s, description));
    TRY(save_variants(s));
    if (s->out->verdict != PRODUCT_SAVED) return true;
    if (!s->d->keep_media) TRY(save_media(s));
    if (!s->d->keep_tags) TRY(save_tags(s));
    if (!s->d->keep_attributes) TRY(save_attributes(s));
    if (s->changes > 0) return conclude(s);
    s->out->verdict = PRODUCT_UNCHANGED;
    return true;
}

static const char *verdict_sentence(enum product_verdict v) {
    switch (v) {
    case PRODUCT_NO_TITLE:
        return "The product has no title; give it one.";
    case PRODUCT_NO_VARIANT:
        return "A product needs at least one variant with a price.";
    case PRODUCT_HANDLE_TAKEN:
        return "Another product has this handle; choose another.";
    case PRODUCT_STALE:
        return "Somebody else saved this product since; load it again.";
    case PRODUCT_SAVED:
    case PRODUCT_UNCHANGED:
    case PRODUCT_TOO_MANY:
    case PRODUCT_SAME_VALUES:
    case PRODUCT_VALUES_MISSING:
    case PRODUCT_BAD_FIELD:
        return "";
    }
    bug("product_verdict");
}

bool product_save(struct ctx *c, const struct product_draft *d, struct product_saved *out) {
    ensure(c->db.writing);
    *out = (struct product_saved){0};
    struct buf detail = buf_new(c->arena, 0);
    struct save s = {
        .c = c, .d = d, .out = out, .first = lang_first(c), .detail = json_writer(&detail)};
    json_begin_object(&s.detail);
    out->verdict = product_check(c->arena, d, s.first, out);
    if (out->verdict != PRODUCT_SAVED) return true;
    struct i18n_text description;
    TRY(clean_texts(&s, &description));
    TRY(find_product(&s));
    if (!s.fresh && d->version && d->version != s.old.version)
        out->verdict = PRODUCT_STALE;
    else if (s.fresh && d->variant_count == 0)
        out->verdict = PRODUCT_NO_VARIANT;
    else
        TRY(save_parts(&s, &description));
    out->created = s.fresh;
    if (!out->why.p) out->why = str_c(verdict_sentence(out->verdict));
    return true;
}
