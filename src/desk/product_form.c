// SPDX-License-Identifier: Apache-2.0
// From the editor's form to a draft. The form holds a page of the variants; the others come out of
// the database unchanged, so that a draft is always the whole product.
#include "base/map.h"
#include "catalog_sql.h"
#include "core/acl.h"
#include "desk/handlers.h"
#include "desk/product_page.h"
#include "flow/edit_product.h"
#include "mod/media/media.h"

enum { TEXT = 500, LONG_TEXT = 100000, TAGS_TEXT = 5000, FILES_MAX = 30 };

struct reading {
    struct desk *d;
    struct product_edit in;
    struct product_option_draft options[CATALOG_OPTIONS_MAX];
    size_t slot[CATALOG_OPTIONS_MAX]; // which field of the form an option of the draft is
    int64_t rows;                     // of variants in the form
    int64_t *row_of;                  // per variant of the draft: its row, -1: not in the form
    struct variant_draft *variants;
    struct variant_sale *sale;
    size_t n;
    struct map values; // option_value id → text
    struct swatch_draft swatches[SWATCH_ROWS_MAX];
};

static struct str typed(struct reading *r, const char *field) {
    return request_form(r->d->rq, field);
}

static void read_i18n(struct reading *r, const char *name, int64_t max, struct i18n_text *out) {
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        const char *field = arena_fmt(r->d->c->arena, "%s_%s", name, lang_code(l)).p;
        if (typed(r, field).p) out->text[l] = desk_read_text(r->d, field, 0, max);
    }
}

static void read_texts(struct reading *r) {
    struct product_draft *p = &r->in.draft;
    read_i18n(r, "title", TEXT, &p->title);
    read_i18n(r, "description", LONG_TEXT, &p->description);
    read_i18n(r, "safety_text", LONG_TEXT, &p->safety_text);
    read_i18n(r, "seo_title", TEXT, &p->seo_title);
    read_i18n(r, "seo_description", TEXT, &p->seo_description);
    const struct {
        const char *name;
        struct str *out;
    } fields[] = {{"vendor", &p->vendor},
                  {"kind", &p->kind},
                  {"status", &p->status},
                  {"handle", &p->handle},
                  {"tax_category", &p->tax_category},
                  {"manufacturer", &p->manufacturer},
                  {"manufacturer_address", &p->manufacturer_address},
                  {"manufacturer_contact", &p->manufacturer_contact},
                  {"responsible", &p->responsible}};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        *fields[i].out = desk_read_text(r->d, fields[i].name, 0, TEXT);
    if (!p->handle.n) p->handle = (struct str){0};
}

static void read_tags(struct reading *r) {
    struct str rest = desk_read_text(r->d, "tags", 0, TAGS_TEXT), part;
    struct str *tags = ARENA_ARRAY(r->d->c->arena, struct str, CATALOG_TAGS_MAX + 1);
    size_t n = 0;
    while (n <= CATALOG_TAGS_MAX && str_split(&rest, ',', &part)) {
        bool again = false;
        part = str_trim(part);
        for (size_t i = 0; i < n; i++) again = again || str_eq(tags[i], part);
        if (part.n && !again) tags[n++] = part;
    }
    r->in.draft.tags = tags;
    r->in.draft.tag_count = n;
}

static void read_options(struct reading *r) {
    struct ctx *c = r->d->c;
    size_t n = 0;
    for (size_t k = 0; k < CATALOG_OPTIONS_MAX; k++) {
        struct i18n_text name = {0};
        for (enum lang l = 0; l < LANG_COUNT; l++)
            name.text[l] =
                desk_read_text(r->d, desk_field(c, 'o', (int64_t)k, lang_code(l)), 0, 100);
        if (!str_trim(name.text[lang_first(c)]).n) continue;
        r->options[n].name = name;
        r->slot[n++] = k;
    }
    r->in.draft.options = r->options;
    r->in.draft.option_count = n;
}

static int64_t number(struct reading *r, int64_t row, const char *name, enum form_type type) {
    const char *field = desk_field(r->d->c, 'v', row, name);
    int64_t max = type == FORM_INT ? 100000000 : MONEY_MAX;
    return desk_read_number(r->d, &(struct desk_number){field, type, 0, 0, max});
}

static struct str text(struct reading *r, int64_t row, const char *name) {
    return desk_read_text(r->d, desk_field(r->d->c, 'v', row, name), 0, TEXT);
}

static bool ticked(struct reading *r, int64_t row, const char *name) {
    return typed(r, desk_field(r->d->c, 'v', row, name)).n > 0;
}

// What is offered has a price, and one that was there is not taken away by an empty field.
static void need_price(struct reading *r, const char *field, const struct desk_variants *old) {
    struct str price = typed(r, field);
    bool had = old && old->has_amount, offered = str_eq(r->in.draft.status, S("active"));
    if (price.p && !str_trim(price).n && (had || offered) && acl_may(r->d->c, "price.write"))
        desk_fail_key(r->d, field, "desk.product.price_required");
}

static struct variant_sale read_sale(struct reading *r, int64_t row,
                                     const struct desk_variants *old) {
    struct variant_sale s = {.tracked = ticked(r, row, "tracked"),
                             .backorder = ticked(r, row, "backorder")};
    const char *price = desk_field(r->d->c, 'v', row, "price"),
               *stock = desk_field(r->d->c, 'v', row, "stock");
    s.amount = number(r, row, "price", FORM_MONEY);
    need_price(r, price, old);
    s.compare_at = number(r, row, "compare", FORM_MONEY);
    s.has_price = str_trim(typed(r, price)).n > 0 && acl_may(r->d->c, "price.write");
    if (s.compare_at && s.compare_at <= s.amount)
        desk_fail_key(r->d, desk_field(r->d->c, 'v', row, "compare"), "desk.product.compare");
    s.on_hand =
        desk_read_number(r->d, &(struct desk_number){stock, FORM_INT, 0, -1000000, 1000000});
    s.has_stock = str_trim(typed(r, stock)).n > 0 && acl_may(r->d->c, "stock.write");
    if (s.has_stock && s.on_hand < 0 && s.tracked && !s.backorder)
        desk_fail_key(r->d, stock, "desk.product.below_zero");
    if (!str_to_int(typed(r, desk_field(r->d->c, 'v', row, "was")), &s.seen)) s.seen = 0;
    return s;
}

// old: NULL for a new variant.
static void read_row(struct reading *r, int64_t row, const struct desk_variants *old) {
    struct variant_draft v = {.id = old ? old->id : 0, .no_shipping = !ticked(r, row, "ships")};
    for (size_t k = 0; k < r->in.draft.option_count; k++)
        v.values[k].text[lang_first(r->d->c)] =
            text(r, row, arena_fmt(r->d->c->arena, "o%zu", r->slot[k]).p);
    v.sku = text(r, row, "sku");
    v.barcode = text(r, row, "barcode");
    v.weight_g = number(r, row, "weight", FORM_INT);
    v.unit_amount = number(r, row, "content", FORM_DECIMAL);
    v.base_amount = number(r, row, "base", FORM_DECIMAL);
    v.unit = v.unit_amount ? text(r, row, "unit") : S("");
    v.base_unit = v.unit_amount ? text(r, row, "base_unit") : S("");
    if (!str_to_int(typed(r, desk_field(r->d->c, 'v', row, "media")), &v.media_id)) v.media_id = 0;
    r->sale[r->n] = read_sale(r, row, old);
    r->row_of[r->n] = row;
    r->variants[r->n++] = v;
}

static void take_stored(struct reading *r, const struct desk_variants *o) {
    const int64_t ids[] = {o->value1, o->value2, o->value3, o->value4, o->value5};
    struct variant_draft v = {.id = o->id,
                              .sku = o->sku,
                              .barcode = o->barcode,
                              .weight_g = o->weight_g,
                              .no_shipping = !o->requires_shipping,
                              .unit_amount = o->unit_amount,
                              .unit = o->unit,
                              .base_amount = o->base_amount,
                              .base_unit = o->base_unit,
                              .media_id = o->has_media_id ? o->media_id : 0};
    for (size_t k = 0; k < r->in.draft.option_count; k++) {
        const struct str *value = map_get(&r->values, desk_int_str(r->d->c, ids[r->slot[k]]));
        v.values[k].text[lang_first(r->d->c)] = value ? *value : S("");
    }
    r->row_of[r->n] = -1;
    r->variants[r->n++] = v;
}

static int64_t row_with(struct reading *r, int64_t id) {
    for (int64_t i = 0; i < r->rows; i++) {
        int64_t there;
        if (str_to_int(typed(r, desk_field(r->d->c, 'v', i, "id")), &there) && there == id)
            return i;
    }
    return -1;
}

// A row for a new variant in which nothing was typed is none.
static bool row_blank(struct reading *r, int64_t row) {
    if (str_trim(typed(r, desk_field(r->d->c, 'v', row, "id"))).n) return true;
    static const char *const names[] = {"o0", "o1", "o2", "o3", "o4", "sku", "barcode", "price"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_trim(typed(r, desk_field(r->d->c, 'v', row, names[i]))).n) return false;
    return true;
}

static bool read_variants(struct reading *r, int64_t product_id) {
    struct ctx *c = r->d->c;
    struct currency cur = shop_currency(c);
    struct desk_variants_rows stored = {0};
    struct catalog_value_rows_rows values = {0};
    if (!str_to_int(typed(r, "rows"), &r->rows) || r->rows < 0) r->rows = 0;
    if (r->rows > VARIANT_ROWS_MAX) r->rows = VARIANT_ROWS_MAX;
    if (product_id) {
        TRY(desk_variants_all(&c->db,
                              &(struct desk_variants_in){product_id,
                                                         arena_str(c->arena, currency_str(&cur)),
                                                         CATALOG_VARIANTS_MAX, 0},
                              &stored));
        TRY(catalog_value_rows_all(&c->db, &(struct catalog_value_rows_in){product_id}, &values));
    }
    for (size_t i = 0; i < values.n; i++)
        map_set(c->arena, &r->values, desk_int_str(c, values.v[i].id), &values.v[i].value);
    size_t room = stored.n + (size_t)r->rows + 1;
    r->variants = ARENA_ARRAY(c->arena, struct variant_draft, room);
    r->sale = ARENA_ARRAY(c->arena, struct variant_sale, room);
    r->row_of = ARENA_ARRAY(c->arena, int64_t, room);
    for (size_t i = 0; i < stored.n; i++) {
        int64_t row = row_with(r, stored.v[i].id);
        if (row < 0 && stored.v[i].active)
            take_stored(r, &stored.v[i]);
        else if (row >= 0 && ticked(r, row, "active"))
            read_row(r, row, &stored.v[i]);
    }
    bool only = stored.n == 0 &&
                r->rows == 1; // a new product has its one variant even when nothing is typed
    for (int64_t i = 0; i < r->rows; i++)
        if (only || !row_blank(r, i)) read_row(r, i, NULL);
    r->in.draft.variants = r->variants;
    r->in.draft.variant_count = r->n;
    r->in.sale = r->sale;
    return true;
}

struct placed {
    int64_t pos;
    size_t i;
    struct product_media_draft m;
};

static bool read_pictures(struct reading *r, int64_t product_id) {
    struct ctx *c = r->d->c;
    struct desk_product_media_rows rows = {0};
    size_t n = 0;
    if (product_id)
        TRY(desk_product_media_all(&c->db, &(struct desk_product_media_in){product_id}, &rows));
    struct placed *p = ARENA_ARRAY(c->arena, struct placed, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        int64_t row = (int64_t)i;
        if (typed(r, desk_field(c, 'm', row, "drop")).n) continue;
        struct placed at = {.i = i, .m.media_id = rows.v[i].media_id};
        if (!str_to_int(str_trim(typed(r, desk_field(c, 'm', row, "pos"))), &at.pos))
            at.pos = row + 1;
        read_i18n(r, arena_fmt(c->arena, "m%zu_alt", i).p, TEXT, &at.m.alt);
        size_t k = n++;
        for (; k > 0 && p[k - 1].pos > at.pos; k--) p[k] = p[k - 1]; // stays sorted by position
        p[k] = at;
    }
    struct product_media_draft *media = ARENA_ARRAY(c->arena, struct product_media_draft, n + 1);
    for (size_t i = 0; i < n; i++) media[i] = p[i].m;
    r->in.draft.media = media;
    r->in.draft.media_count = n;
    return true;
}

// Files are looked at before anything is written; what is not a picture is refused by its name.
static void read_files(struct reading *r) {
    struct ctx *c = r->d->c;
    const struct http_files *files = &r->d->rq->files;
    struct upload *v = ARENA_ARRAY(c->arena, struct upload, files->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < files->n; i++) {
        struct media_info info;
        struct err why = {0};
        if (!files->v[i].bytes.n && !files->v[i].filename.n) continue;
        struct msg_arg name = {.name = "name", .text = str_utf8_cut(files->v[i].filename, 100)};
        const char *key = NULL;
        if (!acl_may(c, "media.write"))
            key = "desk.product.no_media";
        else if (n >= FILES_MAX)
            key = "desk.product.too_many_files";
        else if (!media_inspect(c->arena, files->v[i].bytes, &info, &why))
            key = why.code == ERR_TOO_LARGE ? "desk.product.picture_large"
                                            : "desk.product.not_picture";
        if (key)
            desk_fail(r->d, "files", tr_args(c, key, &name, 1));
        else
            v[n++] = (struct upload){files->v[i].bytes, files->v[i].filename};
    }
    r->in.files = v;
    r->in.file_count = n;
}

static void read_collections(struct reading *r) {
    const struct http_pairs *form = &r->d->rq->form;
    int64_t *v = ARENA_ARRAY(r->d->c->arena, int64_t, form->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < form->n; i++)
        if (str_eq(form->v[i].name, S("collection")) && str_to_int(form->v[i].value, &v[n])) n++;
    r->in.set_collections = true;
    r->in.collections = v;
    r->in.collection_count = n;
}

static bool only_manual(struct reading *r) { // a rule decides for itself
    struct desk_collections_rows all = {0};
    size_t n = 0;
    int64_t *v = ARENA_ARRAY(r->d->c->arena, int64_t, r->in.collection_count + 1);
    TRY(desk_collections_all(&r->d->c->db, &all));
    for (size_t i = 0; i < r->in.collection_count; i++)
        for (size_t k = 0; k < all.n; k++)
            if (all.v[k].id == r->in.collections[i] && str_eq(all.v[k].kind, S("manual")))
                v[n++] = all.v[k].id;
    r->in.collections = v;
    r->in.collection_count = n;
    return true;
}

static const char *field_of_row(struct reading *r, size_t variant, const char *name) {
    if (variant >= r->n || r->row_of[variant] < 0) return NULL;
    return desk_field(r->d->c, 'v', r->row_of[variant], name);
}

static const char *i18n_field(struct reading *r, const char *name) {
    static const char *const both[] = {"title", "seo_title"};
    for (size_t i = 0; i < ARRAY_LEN(both); i++)
        if (strcmp(both[i], name) == 0)
            return arena_fmt(r->d->c->arena, "%s_%s", name, lang_code(lang_first(r->d->c))).p;
    return name;
}

// A field that a draft names is one of a variant, of the options, or of the product.
static void tell_field(struct reading *r, const struct product_saved *s) {
    struct ctx *c = r->d->c;
    static const struct {
        const char *field, *input, *key;
    } known[] = {{"barcode", "barcode", "desk.product.barcode"},
                 {"sku", "sku", "form.too_long"},
                 {"weight_g", "weight", "form.range"},
                 {"unit", "content", "desk.product.unit"}};
    const char *name = s->field ? s->field : "";
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i].field, name) == 0) {
            desk_fail_key(r->d, field_of_row(r, s->variant, known[i].input), known[i].key);
            return;
        }
    desk_fail(r->d, *name ? i18n_field(r, name) : NULL,
              TR(c, "desk.product.field", {.name = "why", .text = s->why}));
}

static void tell(struct reading *r, const struct product_saved *s) {
    struct ctx *c = r->d->c;
    const char *title = arena_fmt(c->arena, "title_%s", lang_code(lang_first(c))).p;
    switch (s->verdict) {
    case PRODUCT_SAVED:
    case PRODUCT_UNCHANGED:
        return;
    case PRODUCT_NO_TITLE:
        desk_fail_key(r->d, title, "form.required");
        return;
    case PRODUCT_NO_VARIANT:
        desk_fail_key(r->d, NULL, "desk.product.no_variant");
        return;
    case PRODUCT_HANDLE_TAKEN:
        desk_fail_key(r->d, "handle", "desk.product.handle_taken");
        return;
    case PRODUCT_TOO_MANY:
        desk_fail(r->d, NULL, TR(c, "desk.product.field", {.name = "why", .text = s->why}));
        return;
    case PRODUCT_SAME_VALUES:
        desk_fail_key(r->d, field_of_row(r, s->variant, "o0"), "desk.product.same_values");
        return;
    case PRODUCT_VALUES_MISSING:
        desk_fail_key(r->d, field_of_row(r, s->variant, "o0"), "desk.product.values_missing");
        return;
    case PRODUCT_STALE:
        r->d->rs->status = 409;
        desk_fail_key(r->d, NULL, "desk.product.stale");
        return;
    case PRODUCT_BAD_FIELD:
        tell_field(r, s);
        return;
    }
}

// What somebody else saved, beside what was typed here.
static bool put_theirs(struct reading *r, int64_t id) {
    struct ctx *c = r->d->c;
    struct catalog_product_row row;
    struct list l = {0};
    bool found;
    TRY(catalog_product_row(&c->db, &(struct catalog_product_row_in){id}, &row, &found));
    if (!found) return true;
    const char *first = lang_code(lang_first(c));
    const struct {
        const char *label, *field;
        struct str theirs;
    } fields[] = {
        {"desk.product.title", arena_fmt(c->arena, "title_%s", first).p, row.title},
        {"desk.product.description", arena_fmt(c->arena, "description_%s", first).p,
         row.description},
        {"word.state", "status", row.status},
        {"desk.product.vendor", "vendor", row.vendor},
        {"desk.product.kind", "kind", row.kind},
        {"desk.product.tax", "tax_category", row.tax_category},
        {"desk.product.handle", "handle", row.handle},
    };
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (str_eq(fields[i].theirs, typed(r, fields[i].field))) continue;
        struct liquid_map *m = liquid_map_new(c->arena);
        put_str(m, "label", tr(c, fields[i].label));
        put_str(m, "theirs", fields[i].theirs);
        put_str(m, "mine", typed(r, fields[i].field));
        desk_list_add(c->arena, &l, liquid_of_map(m));
    }
    liquid_set(r->d->data, "theirs", liquid_array(l.v, l.n));
    put_bool(r->d->data, "stale", true);
    put_int(r->d->f, "version", row.version); // saving again is a decision then
    return true;
}

static bool read_all(struct reading *r, int64_t id) {
    read_texts(r);
    read_tags(r);
    read_options(r);
    r->in.swatches = r->swatches;
    r->in.swatch_count = desk_read_swatches(r->d, r->swatches);
    TRY(read_variants(r, id));
    TRY(read_pictures(r, id));
    read_files(r);
    read_collections(r);
    TRY(only_manual(r));
    r->in.draft.id = id;
    r->in.draft.keep_attributes = true;
    if (!str_to_int(typed(r, "version"), &r->in.draft.version)) r->in.draft.version = id ? -1 : 0;
    return true;
}

static bool save(struct ctx *c, const struct request *rq, struct response *rs, int64_t id) {
    struct desk d;
    struct product_edited out = {0};
    desk_begin(&d, c, rq, rs);
    desk_typed(&d);
    struct reading *r = ARENA_NEW(c->arena, struct reading);
    r->d = &d;
    TRY(read_all(r, id));
    if (!d.errors) TRY(product_edit(c, &r->in, &out));
    if (!d.errors && out.stock_moved) {
        struct msg_arg now = {.name = "count", .number = out.on_hand};
        const char *was = field_of_row(r, out.variant, "was");
        desk_fail(&d, field_of_row(r, out.variant, "stock"),
                  tr_args(c, "desk.product.stock_moved", &now, 1));
        if (was) put_int(d.f, was, out.on_hand);
    } else if (!d.errors) {
        tell(r, &out.saved);
    }
    if (out.saved.verdict == PRODUCT_STALE) TRY(put_theirs(r, id));
    if (d.errors) return desk_product_show(&d, id);
    TRY(desk_alternate_save(&d, "product", out.saved.id));
    return desk_done(c, rs, arena_fmt(c->arena, "/desk/products/%lld", (long long)out.saved.id),
                     "saved");
}

bool desk_product_form(struct ctx *c, const struct request *rq, struct response *rs) {
    int64_t id;
    if (!desk_id(rq, "id", &id)) return desk_missing(c);
    return save(c, rq, rs, id);
}

bool desk_product_new_form(struct ctx *c, const struct request *rq, struct response *rs) {
    return save(c, rq, rs, 0);
}
