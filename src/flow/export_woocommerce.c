// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/decimal.h"
#include "flow/export_private.h"
#include "flow/import_private.h"

enum { ATTRIBUTES = 5, NOT_WOO_PRODUCT = 1000000000 };
#define NOT_WOO_VARIANT INT64_C(2000000000)
enum cell {
    ID,
    TYPE,
    SKU,
    GTIN,
    NAME,
    PUBLISHED,
    FEATURED,
    VISIBILITY,
    SHORT,
    DESCRIPTION,
    TAX_STATUS,
    TAX_CLASS,
    IN_STOCK,
    STOCK,
    BACKORDERS,
    WEIGHT,
    LENGTH,
    WIDTH,
    HEIGHT,
    SALE_PRICE,
    REGULAR_PRICE,
    CATEGORIES,
    TAGS,
    IMAGES,
    PARENT,
    POSITION,
    BRANDS,
    FIRST_ATTRIBUTE,
    EXTRAS = FIRST_ATTRIBUTE + 4 * ATTRIBUTES,
    CELLS
};
#define HEAD_ATTRIBUTE(n)                                                                          \
    [FIRST_ATTRIBUTE + 4 * (n - 1)] = "Attribute " #n " name", "Attribute " #n " value(s)",        \
                                "Attribute " #n " visible", "Attribute " #n " global"
static const char *const heads[CELLS] = {
    [ID] = "ID",
    [TYPE] = "Type",
    [SKU] = "SKU",
    [GTIN] = "GTIN, UPC, EAN, or ISBN",
    [NAME] = "Name",
    [PUBLISHED] = "Published",
    [FEATURED] = "Is featured?",
    [VISIBILITY] = "Visibility in catalog",
    [SHORT] = "Short description",
    [DESCRIPTION] = "Description",
    [TAX_STATUS] = "Tax status",
    [TAX_CLASS] = "Tax class",
    [IN_STOCK] = "In stock?",
    [STOCK] = "Stock",
    [BACKORDERS] = "Backorders allowed?",
    [WEIGHT] = "Weight (kg)",
    [LENGTH] = "Length (cm)",
    [WIDTH] = "Width (cm)",
    [HEIGHT] = "Height (cm)",
    [SALE_PRICE] = "Sale price",
    [REGULAR_PRICE] = "Regular price",
    [CATEGORIES] = "Categories",
    [TAGS] = "Tags",
    [IMAGES] = "Images",
    [PARENT] = "Parent",
    [POSITION] = "Position",
    [BRANDS] = "Brands",
    HEAD_ATTRIBUTE(1),
    HEAD_ATTRIBUTE(2),
    HEAD_ATTRIBUTE(3),
    HEAD_ATTRIBUTE(4),
    HEAD_ATTRIBUTE(5),
    [EXTRAS] = "Meta: kontor",
};

bool export_woocommerce_head(struct exporter *e) {
    struct str cells[CELLS];
    for (size_t i = 0; i < CELLS; i++) cells[i] = str_c(heads[i]);
    return export_row(e, cells, CELLS);
}

// WooCommerce's own number where the product came from there, else one far away from those.
static struct str woo_id(struct exporter *e, struct str ref, int64_t otherwise) {
    int64_t n;
    struct str prefix = S("woocommerce:");
    if (!str_starts(ref, prefix) || !str_to_int(str_from(ref, prefix.n), &n)) n = otherwise;
    return arena_fmt(e->c->arena, "%lld", (long long)n);
}

static void list_put(struct buf *b, struct str s) {
    if (b->n) buf_put(b, S(", "));
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',') buf_char(b, '\\');
        buf_char(b, s.p[i]);
    }
}

static void put_text(struct json_writer *w, const char *key, struct str text) {
    if (!text.n) return;
    json_key(w, key);
    json_put_str(w, text);
}

static void put_other(struct exporter *e, const struct export_product *p, struct json_writer *w,
                      const char *key, const char *field) {
    put_text(w, arena_fmt(e->c->arena, "%s_%s", key, lang_code(import_other_lang(e->c))).p,
             export_other(e, p, "product", p->row.id, field));
}

static void put_alts(struct exporter *e, const struct export_product *p, struct json_writer *w) {
    json_key(w, "pictures");
    json_begin_array(w);
    for (size_t i = 0; i < p->media.n; i++) {
        json_begin_object(w);
        put_text(w, "alt", p->media.v[i].alt);
        put_text(w, arena_fmt(e->c->arena, "alt_%s", lang_code(import_other_lang(e->c))).p,
                 export_other(e, p, "product_media", p->media.v[i].id, "alt"));
        json_end_object(w);
    }
    json_end_array(w);
}

// An importer of WooCommerce reads "\n" as a line break and makes paragraphs of plain text; such a
// text is told exactly.
static bool body_is_told(struct str html) {
    return html.n == 0 || (str_find_char(html, '\\') == STR_NONE &&
                           str_find_char(html, '<') != STR_NONE && str_trim(html).n == html.n);
}

static void put_variant_extras(struct json_writer *w, const struct exporter *e,
                               const struct export_variant *v) {
    struct arena *a = e->c->arena;
    if (v->row.unit_amount > 0) {
        put_text(w, "unit_amount", decimal_plain(a, v->row.unit_amount));
        put_text(w, "unit", v->row.unit);
        put_text(w, "base_amount", decimal_plain(a, v->row.base_amount));
        put_text(w, "base_unit", v->row.base_unit);
    }
    if (!v->stock.tracked && v->stock.on_hand != 0) {
        json_key(w, "on_hand");
        json_put_int(w, v->stock.on_hand);
    }
    bool odd = v->has_price && v->price.has_compare_at && v->price.compare_at <= v->price.amount;
    if (odd) put_text(w, "compare_at", money_plain(a, money(v->price.compare_at, e->cur)));
}

static void put_product_extras(struct exporter *e, const struct export_product *p,
                               struct json_writer *w) {
    const struct catalog_product_row *r = &p->row;
    put_text(w, "handle", r->handle);
    put_text(w, "kind", r->kind);
    put_text(w, "status", r->status);
    if (!body_is_told(r->description)) put_text(w, "body", r->description);
    put_text(w, "seo_title", r->seo_title);
    put_text(w, "seo_description", r->seo_description);
    put_text(w, "safety_information", r->safety_text);
    put_text(w, "manufacturer", p->manufacturer.name);
    put_text(w, "manufacturer_address", p->manufacturer.address);
    put_text(w, "manufacturer_contact", p->manufacturer.contact);
    put_text(w, "responsible_person", p->manufacturer.responsible);
    put_other(e, p, w, "title", "title");
    put_other(e, p, w, "body", "description");
    put_other(e, p, w, "seo_title", "seo_title");
    put_other(e, p, w, "seo_description", "seo_description");
    put_other(e, p, w, "safety_information", "safety_text");
    struct str attributes = export_attributes(e, p), options = export_options_other(e, p);
    json_key(w, "attributes");
    json_put_raw(w, attributes.n ? attributes : S("{}"));
    if (options.n) {
        json_key(w, "options_other");
        json_put_raw(w, options);
    }
    if (p->media.n) put_alts(e, p, w);
}

static struct str extras(struct exporter *e, const struct export_product *p,
                         const struct export_variant *v) {
    struct buf b = buf_new(e->c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    if (p) put_product_extras(e, p, &w);
    if (v) put_variant_extras(&w, e, v);
    json_end_object(&w);
    return b.n > 2 ? buf_str(&b) : S("");
}

static bool put_images(struct exporter *e, const struct export_product *p, struct str *out) {
    struct buf b = buf_new(e->c->arena, 0);
    for (size_t i = 0; i < p->media.n; i++) {
        struct str src;
        TRY(export_picture(e, p->media.v[i].media_id, &src));
        if (src.n) list_put(&b, src);
    }
    *out = buf_str(&b);
    return true;
}

static int by_bytes(const void *a, const void *b) {
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

// Collections by hand; those that came as categories under their path. Sorted: numbers differ from
// shop to shop.
static struct str categories(struct exporter *e, const struct export_product *p) {
    struct buf b = buf_new(e->c->arena, 0);
    struct str prefix = S("category:"),
               *names = ARENA_ARRAY(e->c->arena, struct str, p->collections.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->collections.n; i++) {
        const struct catalog_product_collections *r = &p->collections.v[i];
        if (!str_eq(r->kind, S("manual"))) continue;
        names[n++] =
            str_starts(r->external_ref, prefix) ? str_from(r->external_ref, prefix.n) : r->title;
    }
    if (n) qsort(names, n, sizeof *names, by_bytes);
    for (size_t i = 0; i < n; i++) list_put(&b, names[i]);
    return buf_str(&b);
}

static void put_dimensions(struct exporter *e, const struct export_product *p, struct str *cells) {
    static const struct {
        const char *name;
        enum cell cell;
    } dimensions[] = {{"length_mm", LENGTH}, {"width_mm", WIDTH}, {"height_mm", HEIGHT}};
    for (size_t i = 0; i < p->attributes.n; i++)
        for (size_t k = 0; k < ARRAY_LEN(dimensions); k++) {
            int64_t mm;
            if (str_eq(p->attributes.v[i].name, str_c(dimensions[k].name)) &&
                str_to_int(p->attributes.v[i].value, &mm))
                cells[dimensions[k].cell] = scaled_plain(e->c->arena, mm, 1, 0);
        }
}

static void put_attribute(struct str *cells, size_t i, struct str name, struct str values) {
    struct str *at = cells + FIRST_ATTRIBUTE + 4 * i;
    at[0] = name;
    at[1] = values;
    at[2] = S("1");
    at[3] = S("0");
}

// All values of the options, in their order.
static void put_options(struct exporter *e, const struct export_product *p, struct str *cells) {
    for (size_t i = 0; i < p->options.n && i < ATTRIBUTES; i++) {
        struct buf b = buf_new(e->c->arena, 0);
        for (size_t k = 0; k < p->values.n; k++) {
            const struct catalog_value_rows *v = p->values.v[k].value;
            if (v->option_id == p->options.v[i].id) list_put(&b, v->value);
        }
        put_attribute(cells, i, p->options.v[i].name, buf_str(&b));
    }
}

static bool is_option(const struct export_product *p, struct str name) {
    for (size_t i = 0; i < p->options.n; i++)
        if (str_eq_nocase(p->options.v[i].name, name)) return true;
    return false;
}

// Attributes that are texts or lists stand beside the options, for other readers of the file.
static void put_attributes(struct exporter *e, const struct export_product *p, struct str *cells) {
    size_t at = p->options.n;
    for (size_t i = 0; i < p->attributes.n && at < ATTRIBUTES;) {
        const struct catalog_attribute_rows *r = &p->attributes.v[i];
        bool shown =
            (str_eq(r->kind, S("text")) || str_eq(r->kind, S("list"))) && !is_option(p, r->name);
        struct buf b = buf_new(e->c->arena, 0);
        for (; i < p->attributes.n && p->attributes.v[i].attribute_id == r->attribute_id; i++)
            list_put(&b, p->attributes.v[i].value);
        if (shown) put_attribute(cells, at++, r->name, buf_str(&b));
    }
}

static bool put_product(struct exporter *e, const struct export_product *p, struct str *cells) {
    const struct catalog_product_row *r = &p->row;
    struct buf tags = buf_new(e->c->arena, 0);
    for (size_t i = 0; i < p->tags.n; i++) list_put(&tags, p->tags.v[i].tag);
    cells[ID] = woo_id(e, r->external_ref, NOT_WOO_PRODUCT + r->id);
    cells[NAME] = r->title;
    cells[PUBLISHED] = str_eq(r->status, S("active")) ? S("1") : S("-1");
    cells[FEATURED] = S("0");
    cells[VISIBILITY] = S("visible");
    cells[DESCRIPTION] = r->description;
    cells[CATEGORIES] = categories(e, p);
    cells[TAGS] = buf_str(&tags);
    cells[BRANDS] = r->vendor;
    cells[POSITION] = S("0");
    put_options(e, p, cells);
    put_attributes(e, p, cells);
    put_dimensions(e, p, cells);
    return put_images(e, p, &cells[IMAGES]);
}

static void put_tax(const struct export_product *p, struct str *cells) {
    bool reduced = str_eq(p->row.tax_category, S("reduced")),
         zero = str_eq(p->row.tax_category, S("zero"));
    cells[TAX_STATUS] = S("taxable");
    cells[TAX_CLASS] = reduced ? S("reduced-rate") : zero ? S("zero-rate") : S("");
}

static void put_goods(struct exporter *e, const struct export_variant *v, struct str *cells) {
    struct arena *a = e->c->arena;
    const struct stock_get *s = &v->stock;
    bool reduced = v->has_price && v->price.has_compare_at && v->price.compare_at > v->price.amount;
    cells[SKU] = v->row.sku;
    cells[GTIN] = v->row.barcode;
    cells[WEIGHT] = scaled_plain(a, v->row.weight_g, 3, 0);
    cells[IN_STOCK] = s->tracked && s->on_hand <= 0 && !s->backorder ? S("0") : S("1");
    if (s->tracked) cells[STOCK] = arena_fmt(a, "%lld", (long long)s->on_hand);
    cells[BACKORDERS] = s->backorder ? S("1") : S("0");
    if (v->has_price)
        cells[REGULAR_PRICE] = export_money(e, reduced ? v->price.compare_at : v->price.amount);
    if (reduced) cells[SALE_PRICE] = export_money(e, v->price.amount);
}

static bool simple(struct exporter *e, const struct export_product *p) {
    const struct export_variant *v = &p->variants[0];
    struct str cells[CELLS] = {[TYPE] =
                                   v->row.requires_shipping ? S("simple") : S("simple, virtual")};
    TRY(put_product(e, p, cells));
    put_tax(p, cells);
    put_goods(e, v, cells);
    cells[EXTRAS] = extras(e, p, v);
    return export_row(e, cells, CELLS);
}

static bool variation(struct exporter *e, const struct export_product *p, size_t i,
                      struct str parent) {
    const struct export_variant *v = &p->variants[i];
    struct buf name = buf_new(e->c->arena, 0);
    buf_fmt(&name, STR_FMT " - " STR_FMT, STR_ARG(p->row.title), STR_ARG(v->row.title));
    struct str cells[CELLS] = {[TYPE] = v->row.requires_shipping ? S("variation")
                                                                 : S("variation, virtual"),
                               [NAME] = buf_str(&name),
                               [PUBLISHED] = S("1"),
                               [FEATURED] = S("0"),
                               [VISIBILITY] = S("visible"),
                               [PARENT] = parent,
                               [POSITION] = arena_fmt(e->c->arena, "%zu", i + 1)};
    cells[ID] = woo_id(e, v->row.external_ref, NOT_WOO_VARIANT + v->row.id);
    put_tax(p, cells);
    put_goods(e, v, cells);
    for (size_t o = 0; o < p->options.n && o < ATTRIBUTES; o++) {
        const struct catalog_value_rows *value = export_value(e, p, v->values[o]);
        struct buf b = buf_new(e->c->arena, 0);
        if (value) list_put(&b, value->value);
        put_attribute(cells, o, p->options.v[o].name, buf_str(&b));
    }
    if (v->row.has_media_id) TRY(export_picture(e, v->row.media_id, &cells[IMAGES]));
    cells[EXTRAS] = extras(e, NULL, v);
    return export_row(e, cells, CELLS);
}

bool export_woocommerce_product(struct exporter *e, const struct export_product *p) {
    if (p->options.n == 0) return simple(e, p);
    struct str cells[CELLS] = {[TYPE] = S("variable")};
    TRY(put_product(e, p, cells));
    put_tax(p, cells);
    cells[EXTRAS] = extras(e, p, NULL);
    TRY(export_row(e, cells, CELLS));
    struct str parent = arena_fmt(e->c->arena, "id:" STR_FMT, STR_ARG(cells[ID]));
    for (size_t i = 0; i < p->variant_count; i++) TRY(variation(e, p, i, parent));
    return true;
}
