// SPDX-License-Identifier: Apache-2.0
// Shopify's product CSV: a product is its rows with one handle, standing together; the first has
// the product's own cells, each row may have a variant, a picture, or both.
#include "base/decimal.h"
#include "flow/import_extras.h"
#include "mod/catalog/rule.h"

#define KONTOR(key) "product.metafields.kontor." key
enum column {
    HANDLE,
    TITLE,
    BODY,
    VENDOR,
    TYPE,
    TAGS,
    PUBLISHED,
    STATUS,
    GIFT_CARD,
    SEO_TITLE,
    SEO_DESCRIPTION,
    OPTION_NAME,
    OPTION_VALUE = OPTION_NAME + CATALOG_OPTIONS_MAX,
    SKU = OPTION_VALUE + CATALOG_OPTIONS_MAX,
    GRAMS,
    TRACKER,
    QUANTITY,
    POLICY,
    PRICE,
    COMPARE_AT,
    SHIPS,
    TAXABLE,
    BARCODE,
    TAX_CODE,
    VARIANT_IMAGE,
    IMAGE_SRC,
    IMAGE_POSITION,
    IMAGE_ALT,
    UNIT_AMOUNT,
    UNIT,
    BASE_AMOUNT,
    BASE_UNIT,
    TITLE_EN,
    BODY_EN,
    SEO_TITLE_EN,
    SEO_DESCRIPTION_EN,
    IMAGE_ALT_EN,
    OPTIONS_EN,
    ATTRIBUTES,
    MANUFACTURER,
    MANUFACTURER_ADDRESS,
    MANUFACTURER_CONTACT,
    RESPONSIBLE,
    SAFETY,
    SAFETY_EN,
    COLUMNS
};
static const struct import_column columns[COLUMNS] = {
    [HANDLE] = {"Handle", NULL},
    [TITLE] = {"Title", NULL},
    [BODY] = {"Body (HTML)", NULL},
    [VENDOR] = {"Vendor", NULL},
    [TYPE] = {"Type", NULL},
    [TAGS] = {"Tags", NULL},
    [PUBLISHED] = {"Published", NULL},
    [STATUS] = {"Status", NULL},
    [GIFT_CARD] = {"Gift Card", NULL},
    [SEO_TITLE] = {"SEO Title", NULL},
    [SEO_DESCRIPTION] = {"SEO Description", NULL},
    [OPTION_NAME] = {"Option1 Name", NULL},
    [OPTION_NAME + 1] = {"Option2 Name", NULL},
    [OPTION_NAME + 2] = {"Option3 Name", NULL},
    [OPTION_NAME + 3] = {"Option4 Name", NULL},
    [OPTION_NAME + 4] = {"Option5 Name", NULL},
    [OPTION_VALUE] = {"Option1 Value", NULL},
    [OPTION_VALUE + 1] = {"Option2 Value", NULL},
    [OPTION_VALUE + 2] = {"Option3 Value", NULL},
    [OPTION_VALUE + 3] = {"Option4 Value", NULL},
    [OPTION_VALUE + 4] = {"Option5 Value", NULL},
    [SKU] = {"Variant SKU", NULL},
    [GRAMS] = {"Variant Grams", NULL},
    [TRACKER] = {"Variant Inventory Tracker", NULL},
    [QUANTITY] = {"Variant Inventory Qty", NULL},
    [POLICY] = {"Variant Inventory Policy", NULL},
    [PRICE] = {"Variant Price", NULL},
    [COMPARE_AT] = {"Variant Compare At Price", NULL},
    [SHIPS] = {"Variant Requires Shipping", NULL},
    [TAXABLE] = {"Variant Taxable", NULL},
    [BARCODE] = {"Variant Barcode", NULL},
    [TAX_CODE] = {"Variant Tax Code", NULL},
    [VARIANT_IMAGE] = {"Variant Image", NULL},
    [IMAGE_SRC] = {"Image Src", NULL},
    [IMAGE_POSITION] = {"Image Position", NULL},
    [IMAGE_ALT] = {"Image Alt Text", NULL},
    [UNIT_AMOUNT] = {"Unit Price Total Measure", NULL},
    [UNIT] = {"Unit Price Total Measure Unit", NULL},
    [BASE_AMOUNT] = {"Unit Price Base Measure", NULL},
    [BASE_UNIT] = {"Unit Price Base Measure Unit", NULL},
    [TITLE_EN] = {"Title en", KONTOR("title_en")},
    [BODY_EN] = {"Body en", KONTOR("body_en")},
    [SEO_TITLE_EN] = {"SEO Title en", KONTOR("seo_title_en")},
    [SEO_DESCRIPTION_EN] = {"SEO Description en", KONTOR("seo_description_en")},
    [IMAGE_ALT_EN] = {"Image Alt Text en", KONTOR("image_alt_en")},
    [OPTIONS_EN] = {"Options en", KONTOR("options_en")},
    [ATTRIBUTES] = {"Attributes", KONTOR("attributes")},
    [MANUFACTURER] = {"Manufacturer", KONTOR("manufacturer")},
    [MANUFACTURER_ADDRESS] = {"Manufacturer Address", KONTOR("manufacturer_address")},
    [MANUFACTURER_CONTACT] = {"Manufacturer Contact", KONTOR("manufacturer_contact")},
    [RESPONSIBLE] = {"Responsible Person", KONTOR("responsible_person")},
    [SAFETY] = {"Safety Information", KONTOR("safety_information")},
    [SAFETY_EN] = {"Safety Information en", KONTOR("safety_information_en")},
};
static const char *const ignored[] = {"Google Shopping",     "Variant Fulfillment Service",
                                      "Variant Weight Unit", "Cost per item",
                                      "Included / ",         "Price / ",
                                      "Compare At Price / ", NULL};

struct shopify {
    struct importer *im;
    struct import_table table;
    bool has_header;
    struct import_product *product; // being read; in im->batch
    struct str handle;
    struct json options_en; // names and values → English
    struct map seen;        // handles of this file
    struct map values;      // option values of the product's rows so far; in im->batch
};

static struct str cell(struct shopify *s, size_t column) {
    struct str v = import_cell(&s->table, column);
    return v.n ? arena_str(s->im->batch, v) : v;
}
static struct str raw(struct shopify *s, size_t column) {
    struct str v = import_raw(&s->table, column);
    return v.n ? arena_str(s->im->batch, v) : v;
}

// The first language from its column, the other from the one of Kontor's own.
static struct i18n_text both(struct shopify *s, struct str first, size_t column_en) {
    struct i18n_text t = {0};
    enum lang l = lang_first(s->im->c);
    t.text[import_other_lang(s->im->c)] = raw(s, column_en);
    t.text[l] = first;
    return t;
}

static struct i18n_text named(struct shopify *s, struct str option, struct str text) {
    struct i18n_text t = {0};
    enum lang l = lang_first(s->im->c);
    struct str *other = &t.text[import_other_lang(s->im->c)];
    *other = import_english(s->im->batch, &s->options_en, option, text);
    if (!other->p && s->table.at[OPTIONS_EN] >= 0) *other = S("");
    t.text[l] = text;
    return t;
}

static void split_tags(struct shopify *s, struct product_draft *d) {
    struct str rest = cell(s, TAGS), part;
    VEC(struct str) tags = {0};
    d->keep_tags = !rest.p;
    while (str_split(&rest, ',', &part))
        if (!str_empty(str_trim(part))) *VEC_PUSH(s->im->batch, &tags) = str_trim(part);
    d->tags = tags.v;
    d->tag_count = tags.n;
}

static void read_attributes(struct shopify *s, struct product_draft *d) {
    struct str text = cell(s, ATTRIBUTES);
    struct json j = {0};
    struct err err = {0};
    bool gift = import_flag(cell(s, GIFT_CARD), false);
    d->keep_attributes = !text.p && !gift;
    if (text.n && (!json_parse(s->im->batch, text, &j, &err) || j.type != JSON_OBJECT)) {
        import_tell(s->im, s->table.row.line, columns[ATTRIBUTES].name, s->handle,
                    "The attributes are not a JSON object such as {\"material\": \"wood\"}; they "
                    "were left out.");
        d->keep_attributes = true;
        j.n = 0;
    }
    struct attribute_draft *list = ARENA_ARRAY(s->im->batch, struct attribute_draft, j.n + 2);
    for (size_t i = 0; i < j.n; i++)
        import_attribute(s->im->batch, &list[i], j.keys[i], &j.items[i]);
    d->attributes = list;
    d->attribute_count = j.n;
    if (!gift) return;
    const struct json yes = {.type = JSON_BOOL, .boolean = true};
    if (!json_get(&j, S("gift_card")))
        import_attribute(s->im->batch, &list[d->attribute_count++], S("gift_card"), &yes);
    import_note(
        s->im, s->table.row.line, s->handle,
        "A gift card comes in as an ordinary product; no codes are issued when it is bought.");
}

static struct str status_of(struct shopify *s) {
    struct str status = cell(s, STATUS), published = cell(s, PUBLISHED);
    static const struct str known[] = {S_INIT("active"), S_INIT("draft"), S_INIT("archived")};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_nocase(status, known[i])) return known[i];
    if (!published.p) return published;
    return import_flag(published, true) ? S("active") : S("draft");
}

static struct str tax_category_of(struct shopify *s) {
    struct str code = cell(s, TAX_CODE), taxable = cell(s, TAXABLE);
    static const struct str known[] = {S_INIT("standard"), S_INIT("reduced"), S_INIT("zero")};
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_nocase(code, known[i])) return known[i];
    if (!code.p && !taxable.p) return (struct str){0};
    return import_flag(taxable, true) ? S("standard") : S("zero");
}

static void read_options(struct shopify *s, struct product_draft *d) {
    struct str json = cell(s, OPTIONS_EN);
    struct err err = {0};
    s->options_en = (struct json){0};
    if (json.n && !json_parse(s->im->batch, json, &s->options_en, &err))
        import_tell(s->im, s->table.row.line, columns[OPTIONS_EN].name, s->handle,
                    "The translations of options are not a JSON object such as {\"Farbe\": "
                    "\"Colour\"}; they were left out.");
    struct product_option_draft *options =
        ARENA_ARRAY(s->im->batch, struct product_option_draft, CATALOG_OPTIONS_MAX);
    size_t n = 0;
    for (size_t i = 0; i < CATALOG_OPTIONS_MAX; i++) {
        struct str name = cell(s, OPTION_NAME + i);
        if (!name.n) break;
        options[n++].name = named(s, (struct str){0}, name);
    }
    bool only_default = n == 1 && str_eq(cell(s, OPTION_NAME), S("Title")) &&
                        str_eq(cell(s, OPTION_VALUE), S("Default Title"));
    d->options = options;
    d->option_count = only_default ? 0 : n;
}

static void read_product(struct shopify *s) {
    struct importer *im = s->im;
    struct import_product *p = s->product = ARENA_NEW(im->batch, struct import_product);
    struct product_draft *d = &p->draft;
    p->line = s->table.row.line;
    s->values = (struct map){0};
    s->handle = p->name = cell(s, HANDLE);
    d->handle = p->name;
    d->title = both(s, raw(s, TITLE), TITLE_EN);
    d->description = both(s, raw(s, BODY), BODY_EN);
    d->seo_title = both(s, raw(s, SEO_TITLE), SEO_TITLE_EN);
    d->seo_description = both(s, raw(s, SEO_DESCRIPTION), SEO_DESCRIPTION_EN);
    d->safety_text = both(s, raw(s, SAFETY), SAFETY_EN);
    d->vendor = cell(s, VENDOR);
    d->kind = cell(s, TYPE);
    d->status = status_of(s);
    d->tax_category = tax_category_of(s);
    d->manufacturer = cell(s, MANUFACTURER);
    d->manufacturer_address = cell(s, MANUFACTURER_ADDRESS);
    d->manufacturer_contact = cell(s, MANUFACTURER_CONTACT);
    d->responsible = cell(s, RESPONSIBLE);
    d->keep_media = s->table.at[IMAGE_SRC] < 0;
    split_tags(s, d);
    read_options(s, d);
    read_attributes(s, d);
}

static bool read_measures(struct shopify *s, struct variant_draft *v, struct import_variant *x) {
    const struct import_table *t = &s->table;
    struct importer *im = s->im;
    int64_t grams;
    bool given;
    TRY(import_decimal(im, t, GRAMS, &grams, &given));
    v->weight_g = (grams + DECIMAL_ONE / 2) / DECIMAL_ONE;
    TRY(import_decimal(im, t, UNIT_AMOUNT, &v->unit_amount, &given));
    TRY(import_decimal(im, t, BASE_AMOUNT, &v->base_amount, &given));
    TRY(import_whole(im, t, QUANTITY, &x->on_hand, &x->has_count));
    struct str tracker = cell(s, TRACKER);
    x->tracked = tracker.n > 0;
    x->backorder = str_eq_nocase(cell(s, POLICY), S("continue"));
    x->has_stock = x->has_count || tracker.p;
    if (x->tracked && !x->backorder && x->on_hand < 0) x->on_hand = 0;
    v->unit = cell(s, UNIT);
    v->base_unit = cell(s, BASE_UNIT);
    return true;
}

static bool read_prices(struct shopify *s, struct import_variant *x) {
    bool given;
    TRY(import_money(s->im, &s->table, PRICE, &x->price, &x->has_price));
    TRY(import_money(s->im, &s->table, COMPARE_AT, &x->compare_at, &given));
    if (x->has_price) return true;
    import_tell(s->im, x->line, columns[PRICE].name, s->handle,
                "The variant has no price; it was left out. Give it one and run the import again.");
    return false;
}

static void read_barcode(struct shopify *s, struct variant_draft *v) {
    struct str code = cell(s, BARCODE);
    while (code.n && (code.p[0] == '\'' || code.p[0] == ' '))
        code = str_from(code, 1); // spreadsheets keep digits so
    v->barcode = code.p && !code.n ? S("") : code;
    if (!code.n || gtin_valid(code)) return;
    import_tell(s->im, s->table.row.line, columns[BARCODE].name, s->handle,
                "\"" STR_FMT "\" is not a GTIN (8, 12, 13 or 14 digits, the last one a check "
                             "digit); the variant came in without it.",
                STR_ARG(str_utf8_cut(code, 60)));
    v->barcode = S("");
}

// The option values of a row: all there, and not those of a row before. Otherwise told.
static bool values_usable(struct shopify *s, const struct variant_draft *v) {
    const struct import_product *p = s->product;
    enum lang l = lang_first(s->im->c);
    size_t n = p->draft.option_count;
    for (size_t i = 0; i < n; i++) {
        if (v->values[i].text[l].n) continue;
        import_tell(s->im, s->table.row.line, columns[OPTION_VALUE + i].name, s->handle,
                    "The variant has no value for the option \"" STR_FMT
                    "\"; the row was left out.",
                    STR_ARG(str_utf8_cut(p->draft.options[i].name.text[l], 60)));
        return false;
    }
    struct buf key = buf_new(s->im->batch, 0);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&key, "%zu:" STR_FMT, v->values[i].text[l].n, STR_ARG(v->values[i].text[l]));
    if (map_get(&s->values, buf_str(&key))) {
        import_tell(s->im, s->table.row.line, columns[OPTION_VALUE].name, s->handle,
                    "A row further up has the same option values; the row was left out. Change one "
                    "of them.");
        return false;
    }
    map_set(s->im->batch, &s->values, buf_str(&key), s);
    return true;
}

static bool read_variant(struct shopify *s) {
    struct import_product *p = s->product;
    struct variant_draft v = {0};
    struct import_variant x = {.line = s->table.row.line};
    for (size_t i = 0; i < p->draft.option_count; i++)
        v.values[i] = named(s, p->draft.options[i].name.text[lang_first(s->im->c)],
                            cell(s, OPTION_VALUE + i));
    v.sku = cell(s, SKU);
    v.no_shipping = !import_flag(cell(s, SHIPS), true);
    x.picture = cell(s, VARIANT_IMAGE);
    read_barcode(s, &v);
    if (!read_prices(s, &x) || !read_measures(s, &v, &x) || !values_usable(s, &v)) {
        p->has_bad_rows = true;
        return false;
    }
    *VEC_PUSH(s->im->batch, &p->variants) = v;
    *VEC_PUSH(s->im->batch, &p->extra) = x;
    return true;
}

static void read_picture(struct shopify *s) {
    int64_t position;
    bool given;
    struct import_picture pic = {.line = s->table.row.line, .src = cell(s, IMAGE_SRC)};
    if (!pic.src.n) return;
    if (!import_whole(s->im, &s->table, IMAGE_POSITION, &position, &given)) given = false;
    pic.position = given && position > 0 ? position : 100000;
    pic.alt = both(s, raw(s, IMAGE_ALT), IMAGE_ALT_EN);
    // Kept in order: by position, then as in the file.
    *VEC_PUSH(s->im->batch, &s->product->pictures) = pic;
    struct import_picture *list = s->product->pictures.v;
    size_t i = s->product->pictures.n - 1;
    for (; i > 0 && list[i - 1].position > pic.position; i--) list[i] = list[i - 1];
    list[i] = pic;
}

static bool finish_product(struct shopify *s) {
    struct import_product *p = s->product;
    s->product = NULL;
    if (!p) return true;
    if (p->variants.n > 0) return import_product_done(s->im, p);
    s->im->out->products.failed++;
    import_tell(s->im, p->line, NULL, p->name,
                "No variant of the product could be used; the product was left out.");
    return true;
}

static bool first_row(struct shopify *s, struct str handle) {
    TRY(finish_product(s));
    if (map_get(&s->seen, handle)) {
        import_tell(s->im, s->table.row.line, "Handle", handle,
                    "Rows of this product stand further up, too; put all rows of a product "
                    "together. The row was left out.");
        return true;
    }
    map_set(s->im->run, &s->seen, arena_str(s->im->run, handle), s);
    read_product(s);
    return true;
}

static bool missing_columns(struct shopify *s, struct err *err) {
    if (s->table.at[HANDLE] >= 0 && s->table.at[PRICE] >= 0) return false;
    err_set(err, ERR_INVALID,
            "The file " STR_FMT
            " is not a product CSV of Shopify: the columns Handle and Variant Price are missing.",
            STR_ARG(s->im->file));
    return true;
}

static bool on_row(void *self, const struct csv_row *row, struct err *err) {
    struct shopify *s = self;
    if (!s->has_header) {
        s->has_header = true;
        TRY(import_header(s->im, &s->table, row));
        return !missing_columns(s, err);
    }
    s->im->out->rows++;
    s->table.row = *row;
    if (!import_row_ok(s->im, row)) {
        if (s->product) s->product->has_bad_rows = true;
        return true;
    }
    struct str handle = import_cell(&s->table, HANDLE);
    if (!handle.n) {
        import_tell(s->im, row->line, "Handle", (struct str){0},
                    "The row has no handle; it was left out.");
        return true;
    }
    if (!s->product || !str_eq(handle, s->product->name)) TRY(first_row(s, handle));
    if (!s->product) return true;
    bool has_variant = import_cell(&s->table, OPTION_VALUE).n || import_cell(&s->table, PRICE).n ||
                       import_cell(&s->table, SKU).n;
    if (has_variant) (void)read_variant(s);
    read_picture(s);
    return true;
}

bool import_shopify_file(struct importer *im, struct str path) {
    struct shopify s = {.im = im, .table = {.columns = columns, .n = COLUMNS, .ignored = ignored}};
    TRY(import_read_csv(im, path, on_row, &s));
    if (!s.has_header)
        return err_set(&im->c->err, ERR_INVALID, "The file " STR_FMT " is empty.", STR_ARG(path));
    return finish_product(&s);
}
