// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"
#include "flow/export_private.h"
#include "flow/import_private.h"

enum cell {
    HANDLE,
    TITLE,
    BODY,
    VENDOR,
    TYPE,
    TAGS,
    PUBLISHED,
    OPTIONS,
    SKU = OPTIONS + 10,
    GRAMS,
    TRACKER,
    QUANTITY,
    POLICY,
    FULFILMENT,
    PRICE,
    COMPARE_AT,
    SHIPS,
    TAXABLE,
    BARCODE,
    IMAGE_SRC,
    IMAGE_POSITION,
    IMAGE_ALT,
    GIFT_CARD,
    SEO_TITLE,
    SEO_DESCRIPTION,
    VARIANT_IMAGE,
    WEIGHT_UNIT,
    TAX_CODE,
    UNIT_AMOUNT,
    UNIT,
    BASE_AMOUNT,
    BASE_UNIT,
    STATUS,
    TITLE_O,
    BODY_O,
    SEO_TITLE_O,
    SEO_DESCRIPTION_O,
    IMAGE_ALT_O,
    OPTIONS_O,
    ATTRIBUTES,
    MANUFACTURER,
    MANUFACTURER_ADDRESS,
    MANUFACTURER_CONTACT,
    RESPONSIBLE,
    SAFETY,
    SAFETY_O,
    CELLS
};
static const struct {
    const char *name, *key; // key: metafield of Kontor's own; with "_" at its end the other
                            // language's code follows
} heads[CELLS] = {
    [HANDLE] = {"Handle", NULL},
    [TITLE] = {"Title", NULL},
    [BODY] = {"Body (HTML)", NULL},
    [VENDOR] = {"Vendor", NULL},
    [TYPE] = {"Type", NULL},
    [TAGS] = {"Tags", NULL},
    [PUBLISHED] = {"Published", NULL},
    [OPTIONS] = {"Option1 Name", NULL},
    [OPTIONS + 1] = {"Option1 Value", NULL},
    [OPTIONS + 2] = {"Option2 Name", NULL},
    [OPTIONS + 3] = {"Option2 Value", NULL},
    [OPTIONS + 4] = {"Option3 Name", NULL},
    [OPTIONS + 5] = {"Option3 Value", NULL},
    [OPTIONS + 6] = {"Option4 Name", NULL},
    [OPTIONS + 7] = {"Option4 Value", NULL},
    [OPTIONS + 8] = {"Option5 Name", NULL},
    [OPTIONS + 9] = {"Option5 Value", NULL},
    [SKU] = {"Variant SKU", NULL},
    [GRAMS] = {"Variant Grams", NULL},
    [TRACKER] = {"Variant Inventory Tracker", NULL},
    [QUANTITY] = {"Variant Inventory Qty", NULL},
    [POLICY] = {"Variant Inventory Policy", NULL},
    [FULFILMENT] = {"Variant Fulfillment Service", NULL},
    [PRICE] = {"Variant Price", NULL},
    [COMPARE_AT] = {"Variant Compare At Price", NULL},
    [SHIPS] = {"Variant Requires Shipping", NULL},
    [TAXABLE] = {"Variant Taxable", NULL},
    [BARCODE] = {"Variant Barcode", NULL},
    [IMAGE_SRC] = {"Image Src", NULL},
    [IMAGE_POSITION] = {"Image Position", NULL},
    [IMAGE_ALT] = {"Image Alt Text", NULL},
    [GIFT_CARD] = {"Gift Card", NULL},
    [SEO_TITLE] = {"SEO Title", NULL},
    [SEO_DESCRIPTION] = {"SEO Description", NULL},
    [VARIANT_IMAGE] = {"Variant Image", NULL},
    [WEIGHT_UNIT] = {"Variant Weight Unit", NULL},
    [TAX_CODE] = {"Variant Tax Code", NULL},
    [UNIT_AMOUNT] = {"Unit Price Total Measure", NULL},
    [UNIT] = {"Unit Price Total Measure Unit", NULL},
    [BASE_AMOUNT] = {"Unit Price Base Measure", NULL},
    [BASE_UNIT] = {"Unit Price Base Measure Unit", NULL},
    [STATUS] = {"Status", NULL},
    [TITLE_O] = {"Title", "title_"},
    [BODY_O] = {"Body", "body_"},
    [SEO_TITLE_O] = {"SEO Title", "seo_title_"},
    [SEO_DESCRIPTION_O] = {"SEO Description", "seo_description_"},
    [IMAGE_ALT_O] = {"Image Alt Text", "image_alt_"},
    [OPTIONS_O] = {"Options", "options_"},
    [ATTRIBUTES] = {"Attributes", "attributes"},
    [MANUFACTURER] = {"Manufacturer", "manufacturer"},
    [MANUFACTURER_ADDRESS] = {"Manufacturer Address", "manufacturer_address"},
    [MANUFACTURER_CONTACT] = {"Manufacturer Contact", "manufacturer_contact"},
    [RESPONSIBLE] = {"Responsible Person", "responsible_person"},
    [SAFETY] = {"Safety Information", "safety_information"},
    [SAFETY_O] = {"Safety Information", "safety_information_"},
};

// Options 4 and 5 are columns only when a product has them.
static bool send(struct exporter *e, const struct str cells[CELLS]) {
    struct str row[CELLS];
    size_t n = 0, from = OPTIONS + 2 * (size_t)(e->options > 3 ? e->options : 3);
    for (size_t i = 0; i < CELLS; i++)
        if (i < from || i >= SKU) row[n++] = cells[i];
    return export_row(e, row, n);
}

bool export_shopify_head(struct exporter *e) {
    struct str cells[CELLS];
    const char *other = lang_code(import_other_lang(e->c));
    for (size_t i = 0; i < CELLS; i++) {
        struct str key = str_c(heads[i].key);
        bool translated = str_ends(key, S("_"));
        cells[i] = !key.p       ? str_c(heads[i].name)
                   : translated ? arena_fmt(e->c->arena, "%s %s (product.metafields.kontor.%s%s)",
                                            heads[i].name, other, heads[i].key, other)
                                : arena_fmt(e->c->arena, "%s (product.metafields.kontor.%s)",
                                            heads[i].name, heads[i].key);
    }
    return send(e, cells);
}

static bool is_gift_card(const struct export_product *p) {
    for (size_t i = 0; i < p->attributes.n; i++)
        if (str_eq(p->attributes.v[i].name, S("gift_card")))
            return str_eq(p->attributes.v[i].value, S("true"));
    return false;
}

static void put_product(struct exporter *e, const struct export_product *p,
                        struct str cells[CELLS]) {
    const struct catalog_product_row *r = &p->row;
    struct buf tags = buf_new(e->c->arena, 0);
    for (size_t i = 0; i < p->tags.n; i++)
        buf_fmt(&tags, "%s" STR_FMT, i ? ", " : "", STR_ARG(p->tags.v[i].tag));
    const struct {
        enum cell cell;
        struct str text;
    } texts[] = {
        {TITLE, r->title},
        {BODY, r->description},
        {VENDOR, r->vendor},
        {TYPE, r->kind},
        {TAGS, buf_str(&tags)},
        {PUBLISHED, str_eq(r->status, S("active")) ? S("true") : S("false")},
        {STATUS, r->status},
        {GIFT_CARD, is_gift_card(p) ? S("true") : S("false")},
        {SEO_TITLE, r->seo_title},
        {SEO_DESCRIPTION, r->seo_description},
        {SAFETY, r->safety_text},
        {ATTRIBUTES, export_attributes(e, p)},
        {OPTIONS_O, export_options_other(e, p)},
        {MANUFACTURER, p->manufacturer.name},
        {MANUFACTURER_ADDRESS, p->manufacturer.address},
        {MANUFACTURER_CONTACT, p->manufacturer.contact},
        {RESPONSIBLE, p->manufacturer.responsible},
        {TITLE_O, export_other(e, p, "product", r->id, "title")},
        {BODY_O, export_other(e, p, "product", r->id, "description")},
        {SEO_TITLE_O, export_other(e, p, "product", r->id, "seo_title")},
        {SEO_DESCRIPTION_O, export_other(e, p, "product", r->id, "seo_description")},
        {SAFETY_O, export_other(e, p, "product", r->id, "safety_text")},
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) cells[texts[i].cell] = texts[i].text;
    for (size_t i = 0; i < p->options.n && i < 5; i++)
        cells[OPTIONS + 2 * i] = p->options.v[i].name;
    if (p->options.n == 0) cells[OPTIONS] = S("Title");
}

static bool put_variant(struct exporter *e, const struct export_product *p,
                        const struct export_variant *v, struct str cells[CELLS]) {
    struct arena *a = e->c->arena;
    const struct catalog_variant_rows *r = &v->row;
    bool zero = str_eq(p->row.tax_category, S("zero"));
    for (size_t i = 0; i < p->options.n && i < 5; i++) {
        const struct catalog_value_rows *value = export_value(e, p, v->values[i]);
        if (value) cells[OPTIONS + 2 * i + 1] = value->value;
    }
    if (p->options.n == 0) cells[OPTIONS + 1] = S("Default Title");
    cells[SKU] = r->sku;
    cells[GRAMS] = arena_fmt(a, "%lld", (long long)r->weight_g);
    cells[TRACKER] = v->stock.tracked ? S("shopify") : S("");
    cells[QUANTITY] = arena_fmt(a, "%lld", (long long)v->stock.on_hand);
    cells[POLICY] = v->stock.backorder ? S("continue") : S("deny");
    cells[FULFILMENT] = is_gift_card(p) ? S("gift_card") : S("manual");
    if (v->has_price) cells[PRICE] = export_money(e, v->price.amount);
    if (v->has_price && v->price.has_compare_at)
        cells[COMPARE_AT] = export_money(e, v->price.compare_at);
    cells[SHIPS] = r->requires_shipping ? S("true") : S("false");
    cells[TAXABLE] = zero ? S("false") : S("true");
    cells[TAX_CODE] = p->row.tax_category;
    cells[BARCODE] = r->barcode;
    cells[WEIGHT_UNIT] = S("g");
    if (r->unit_amount > 0) {
        cells[UNIT_AMOUNT] = decimal_plain(a, r->unit_amount);
        cells[UNIT] = r->unit;
        cells[BASE_AMOUNT] = decimal_plain(a, r->base_amount);
        cells[BASE_UNIT] = r->base_unit;
    }
    return !r->has_media_id || export_picture(e, r->media_id, &cells[VARIANT_IMAGE]);
}

static bool put_picture(struct exporter *e, const struct export_product *p, size_t i,
                        struct str cells[CELLS]) {
    const struct catalog_media_rows *m = &p->media.v[i];
    TRY(export_picture(e, m->media_id, &cells[IMAGE_SRC]));
    cells[IMAGE_POSITION] = arena_fmt(e->c->arena, "%zu", i + 1);
    cells[IMAGE_ALT] = m->alt;
    cells[IMAGE_ALT_O] = export_other(e, p, "product_media", m->id, "alt");
    return true;
}

bool export_shopify_product(struct exporter *e, const struct export_product *p) {
    size_t rows = p->variant_count > p->media.n ? p->variant_count : p->media.n;
    for (size_t i = 0; i < rows; i++) {
        struct str cells[CELLS] = {[HANDLE] = p->row.handle};
        if (i == 0) put_product(e, p, cells);
        if (i < p->variant_count) TRY(put_variant(e, p, &p->variants[i], cells));
        if (i < p->media.n) TRY(put_picture(e, p, i, cells));
        TRY(send(e, cells));
    }
    return true;
}
