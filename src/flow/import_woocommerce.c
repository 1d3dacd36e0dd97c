// SPDX-License-Identifier: Apache-2.0
// WooCommerce's product CSV. A variable product's variations are rows of their own, anywhere in the
// file; they are joined at its end. Grouped products become collections.
#include <stdio.h>

#include "base/decimal.h"
#include "base/time.h"
#include "flow/import_woocommerce.h"
#include "mod/catalog/rule.h"
#include "mod/media/media.h"

enum column {
    ID,
    TYPE,
    SKU,
    GTIN,
    NAME,
    PUBLISHED,
    VISIBILITY,
    SHORT,
    DESCRIPTION,
    SALE_FROM,
    SALE_TO,
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
    GROUPED,
    EXTERNAL_URL,
    POSITION,
    BRANDS,
    EXTRAS,
    ATTRIBUTE_NAME,
    ATTRIBUTE_VALUES = ATTRIBUTE_NAME + ATTRIBUTES_MAX,
    COLUMNS = ATTRIBUTE_VALUES + ATTRIBUTES_MAX
};
#define ATTRIBUTE(n)                                                                               \
    [ATTRIBUTE_NAME + n - 1] = {"Attribute " #n " name", NULL},                                    \
                          [ATTRIBUTE_VALUES + n - 1] = {"Attribute " #n " value(s)", NULL}
static const struct import_column columns[COLUMNS] = {
    [ID] = {"ID", NULL},
    [TYPE] = {"Type", NULL},
    [SKU] = {"SKU", NULL},
    [GTIN] = {"GTIN, UPC, EAN, or ISBN", NULL},
    [NAME] = {"Name", NULL},
    [PUBLISHED] = {"Published", NULL},
    [VISIBILITY] = {"Visibility in catalog", NULL},
    [SHORT] = {"Short description", NULL},
    [DESCRIPTION] = {"Description", NULL},
    [SALE_FROM] = {"Date sale price starts", NULL},
    [SALE_TO] = {"Date sale price ends", NULL},
    [TAX_STATUS] = {"Tax status", NULL},
    [TAX_CLASS] = {"Tax class", NULL},
    [IN_STOCK] = {"In stock?", NULL},
    [STOCK] = {"Stock", NULL},
    [BACKORDERS] = {"Backorders allowed?", NULL},
    [WEIGHT] = {"Weight (", "*"},
    [LENGTH] = {"Length (", "*"},
    [WIDTH] = {"Width (", "*"},
    [HEIGHT] = {"Height (", "*"},
    [SALE_PRICE] = {"Sale price", NULL},
    [REGULAR_PRICE] = {"Regular price", NULL},
    [CATEGORIES] = {"Categories", NULL},
    [TAGS] = {"Tags", NULL},
    [IMAGES] = {"Images", NULL},
    [PARENT] = {"Parent", NULL},
    [GROUPED] = {"Grouped products", NULL},
    [EXTERNAL_URL] = {"External URL", NULL},
    [POSITION] = {"Position", NULL},
    [BRANDS] = {"Brands", NULL},
    [EXTRAS] = {"Meta: kontor", NULL},
    ATTRIBUTE(1),
    ATTRIBUTE(2),
    ATTRIBUTE(3),
    ATTRIBUTE(4),
    ATTRIBUTE(5),
    ATTRIBUTE(6),
    ATTRIBUTE(7),
    ATTRIBUTE(8),
    ATTRIBUTE(9),
    ATTRIBUTE(10),
    ATTRIBUTE(11),
    ATTRIBUTE(12),
};
static const char *const ignored[] = {"Is featured?",
                                      "Sold individually?",
                                      "Allow customer reviews?",
                                      "Purchase note",
                                      "Shipping class",
                                      "Download ",
                                      "Upsells",
                                      "Cross-sells",
                                      "Button text",
                                      "Low stock amount",
                                      "Attribute ",
                                      "Meta: ",
                                      NULL};

static struct str cell(const struct woo *w, struct arena *a, size_t column) {
    struct str v = import_cell(&w->table, column);
    return v.n ? arena_str(a, v) : v;
}

// "a, b\, c" → "a", "b, c"
struct str *woo_list(struct arena *a, struct str s, size_t *n_out) {
    VEC(struct str) list = {0};
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == ',') {
            buf_char(&b, ',');
            i++;
        } else if (i == s.n || s.p[i] == ',') {
            struct str part = str_trim(buf_str(&b));
            if (part.n) *VEC_PUSH(a, &list) = part;
            b = buf_new(a, 0);
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    *n_out = list.n;
    return list.v;
}

// Line breaks are written as \n; a text without elements gets paragraphs where it has empty lines.
static struct str html_text(struct arena *a, struct str s) {
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool escape = s.p[i] == '\\' && i + 1 < s.n;
        if (escape && s.p[i + 1] == 'n')
            buf_char(&b, '\n'), i++;
        else if (escape && s.p[i + 1] == 'r')
            i++;
        else
            buf_char(&b, s.p[i]);
    }
    struct str text = str_trim(buf_str(&b));
    if (!text.n || str_find_char(text, '<') != STR_NONE) return text;
    struct buf out = buf_new(a, 0);
    for (size_t at; (at = str_find(text, S("\n\n"))) != STR_NONE;
         text = str_trim(str_from(text, at)))
        buf_fmt(&out, "<p>" STR_FMT "</p>", STR_ARG(str_sub(text, 0, at)));
    buf_fmt(&out, "<p>" STR_FMT "</p>", STR_ARG(text));
    return buf_str(&out);
}

static bool has_type(const struct woo *w, struct str type) {
    struct str rest = import_cell(&w->table, TYPE), part;
    while (str_split(&rest, ',', &part))
        if (str_eq_nocase(str_trim(part), type)) return true;
    return false;
}

static struct str row_name(const struct woo *w, struct arena *a) {
    struct str sku = cell(w, a, SKU), name = cell(w, a, NAME), id = cell(w, a, ID);
    return sku.n ? sku : name.n ? name : id;
}

static struct row_attributes read_attributes(const struct woo *w, struct arena *a) {
    struct row_attributes r = {0};
    for (size_t i = 0; i < ATTRIBUTES_MAX; i++) {
        struct str name = cell(w, a, ATTRIBUTE_NAME + i);
        if (!name.n) continue;
        struct attribute_cell *c = &r.v[r.n++];
        c->name = name;
        c->values = woo_list(a, cell(w, a, ATTRIBUTE_VALUES + i), &c->n);
    }
    return r;
}

const struct attribute_cell *woo_attribute(const struct row_attributes *r, struct str name) {
    for (size_t i = 0; i < r->n; i++)
        if (str_eq_nocase(r->v[i].name, name)) return &r->v[i];
    return NULL;
}

// Factors to grams and to millimetres, in millionths.
static int64_t unit_factor(struct str header) {
    static const struct {
        struct str unit;
        int64_t factor;
    } units[] = {
        {S_INIT("(kg)"), 1000000000}, {S_INIT("(g)"), 1000000},    {S_INIT("(lbs)"), 453592370},
        {S_INIT("(oz)"), 28349523},   {S_INIT("(m)"), 1000000000}, {S_INIT("(cm)"), 10000000},
        {S_INIT("(mm)"), 1000000},    {S_INIT("(in)"), 25400000},  {S_INIT("(yd)"), 914400000}};
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (str_ends(header, units[i].unit)) return units[i].factor;
    return 0;
}

// In grams or millimetres, rounded; 0 when the cell is empty.
static bool measure(const struct woo *w, size_t column, int64_t *out) {
    int64_t v, factor = unit_factor(w->table.headers ? w->table.headers[column] : (struct str){0});
    bool given;
    *out = 0;
    TRY(import_decimal(w->im, &w->table, column, &v, &given));
    if (!given || v > INT64_C(1000000) * DECIMAL_ONE) return true;
    *out = muldiv(v, factor, DECIMAL_ONE * DECIMAL_ONE, ROUND_HALF_UP);
    return true;
}

// The sale price counts when its days include now.
static bool sale_holds(const struct woo *w, struct str name) {
    struct str from = import_cell(&w->table, SALE_FROM), to = import_cell(&w->table, SALE_TO);
    instant t, now = w->im->c->now;
    bool later = from.n && instant_parse(from, &t) && t > now;
    bool over = to.n && instant_parse(to, &t) && t < now;
    if (later)
        import_note(w->im, w->table.row.line, name,
                    "The sale price begins on " STR_FMT
                    "; until then the regular price holds. Import again on that day.",
                    STR_ARG(from));
    return !later && !over;
}

static void read_offer_extras(const struct woo *w, const struct json *extras,
                              struct import_variant *x) {
    struct money m;
    if (!x->tracked && json_get(extras, S("on_hand"))) {
        x->on_hand = json_int(extras, "on_hand", 0);
        x->has_count = true;
    }
    if (money_parse(json_text(extras, "compare_at"), shop_currency(w->im->c), &m))
        x->compare_at = m.minor;
}

static bool read_offer(const struct woo *w, struct arena *a, struct str name,
                       struct import_variant *x) {
    struct importer *im = w->im;
    int64_t sale;
    bool has_sale, has_stock;
    *x = (struct import_variant){.line = w->table.row.line};
    TRY(import_money(im, &w->table, REGULAR_PRICE, &x->price, &x->has_price));
    TRY(import_money(im, &w->table, SALE_PRICE, &sale, &has_sale));
    TRY(import_whole(im, &w->table, STOCK, &x->on_hand, &has_stock));
    if (has_sale && sale_holds(w, name)) {
        x->compare_at = x->has_price ? x->price : 0;
        x->price = sale;
        x->has_price = true;
    }
    struct str in_stock = cell(w, a, IN_STOCK), backorders = cell(w, a, BACKORDERS);
    x->backorder = str_eq_nocase(backorders, S("notify")) ||
                   str_eq_nocase(in_stock, S("backorder")) || import_flag(backorders, false);
    x->has_count = has_stock || (in_stock.n && !import_flag(in_stock, true)); // sold out: 0
    x->tracked = x->has_count;
    x->has_stock = has_stock || in_stock.p;
    if (!x->backorder && x->on_hand < 0) x->on_hand = 0;
    if (x->has_price) return true;
    import_tell(im, x->line, "Regular price", name,
                "There is no price; the row was left out. Give it one and run the import again.");
    return false;
}

static bool read_goods(const struct woo *w, struct arena *a, struct variant_draft *v) {
    v->sku = cell(w, a, SKU);
    v->barcode = cell(w, a, GTIN);
    struct str id = cell(w, a, ID);
    if (id.n) v->external_ref = arena_fmt(a, "woocommerce:" STR_FMT, STR_ARG(id));
    v->no_shipping = has_type(w, S("virtual"));
    return measure(w, WEIGHT, &v->weight_g);
}

static struct str tax_category(const struct woo *w, struct str name) {
    struct str status = import_cell(&w->table, TAX_STATUS),
               class = import_cell(&w->table, TAX_CLASS);
    if (!status.p && !class.p) return status;
    if (str_eq_nocase(status, S("none"))) return S("zero");
    if (!class.n || str_eq_nocase(class, S("standard")) || str_eq_nocase(class, S("parent")))
        return S("standard");
    if (str_eq_nocase(class, S("reduced-rate"))) return S("reduced");
    if (str_eq_nocase(class, S("zero-rate"))) return S("zero");
    import_note(w->im, w->table.row.line, name,
                "The tax class \"" STR_FMT "\" is not known; the standard rate is used.",
                STR_ARG(str_utf8_cut(class, 60)));
    return S("standard");
}

static struct str status_of(const struct woo *w, struct str name) {
    struct str published = import_cell(&w->table, PUBLISHED),
               visibility = import_cell(&w->table, VISIBILITY);
    int64_t line = w->table.row.line;
    if (has_type(w, S("external"))) {
        import_note(w->im, line, name,
                    "The product is sold elsewhere (" STR_FMT "); it came in as a draft.",
                    STR_ARG(str_utf8_cut(import_cell(&w->table, EXTERNAL_URL), 100)));
        return S("draft");
    }
    if (str_eq_nocase(visibility, S("hidden"))) {
        import_note(w->im, line, name,
                    "The product is hidden in the catalogue; it came in as a draft.");
        return S("draft");
    }
    if (!published.p) return published;
    return str_eq(published, S("1")) ? S("active") : S("draft");
}

static void read_lists(const struct woo *w, struct arena *a, struct import_product *p,
                       const struct json *extras) {
    struct product_draft *d = &p->draft;
    size_t n;
    struct str tags = cell(w, a, TAGS), images = cell(w, a, IMAGES);
    d->keep_tags = !tags.p;
    d->tags = woo_list(a, tags, &d->tag_count);
    d->keep_media = !images.p;
    struct str *list = woo_list(a, images, &n);
    for (size_t i = 0; i < n; i++) {
        struct import_picture pic = {.line = p->line, .src = list[i], .position = (int64_t)i + 1};
        import_extras_picture(w->im, extras, i, &pic);
        *VEC_PUSH(a, &p->pictures) = pic;
    }
    list = woo_list(a, cell(w, a, CATEGORIES), &n);
    for (size_t i = 0; i < n; i++) *VEC_PUSH(a, &p->categories) = list[i];
}

static void add_dimension(const struct woo *w, struct arena *a, struct product_draft *d,
                          size_t column, const char *name) {
    int64_t mm;
    if (!measure(w, column, &mm) || mm == 0) return;
    struct json number = {.type = JSON_INT, .integer = mm};
    struct attribute_draft *list = ARENA_ARRAY(a, struct attribute_draft, d->attribute_count + 1);
    for (size_t i = 0; i < d->attribute_count; i++) list[i] = d->attributes[i];
    import_attribute(a, &list[d->attribute_count++], str_c(name), &number);
    d->attributes = list;
}

void woo_add_attribute(struct arena *a, struct product_draft *d, const struct attribute_cell *c) {
    struct attribute_draft *list = ARENA_ARRAY(a, struct attribute_draft, d->attribute_count + 1);
    for (size_t i = 0; i < d->attribute_count; i++) list[i] = d->attributes[i];
    list[d->attribute_count++] = (struct attribute_draft){c->name, S("list"), c->values, c->n};
    d->attributes = list;
}

static struct json read_extras(const struct woo *w, struct arena *a, struct str name) {
    struct json j = {0};
    struct err err = {0};
    struct str text = cell(w, a, EXTRAS);
    if (!text.n || (json_parse(a, text, &j, &err) && j.type == JSON_OBJECT)) return j;
    import_tell(w->im, w->table.row.line, columns[EXTRAS].name, name,
                "The cell is not a JSON object; it was passed over.");
    return (struct json){0};
}

static void read_product(const struct woo *w, struct arena *a, struct import_product *p,
                         const struct json *extras) {
    struct product_draft *d = &p->draft;
    enum lang l = lang_first(w->im->c);
    p->line = w->table.row.line;
    p->name = row_name(w, a);
    struct str id = cell(w, a, ID);
    if (id.n) d->external_ref = arena_fmt(a, "woocommerce:" STR_FMT, STR_ARG(id));
    d->title.text[l] = cell(w, a, NAME);
    struct str brief = html_text(a, cell(w, a, SHORT)),
               text = html_text(a, cell(w, a, DESCRIPTION));
    d->description.text[l] =
        brief.n ? arena_fmt(a, STR_FMT STR_FMT, STR_ARG(brief), STR_ARG(text)) : text;
    d->status = status_of(w, p->name);
    d->tax_category = tax_category(w, p->name);
    d->vendor = cell(w, a, BRANDS);
    read_lists(w, a, p, extras);
    add_dimension(w, a, d, LENGTH, "length_mm");
    add_dimension(w, a, d, WIDTH, "width_mm");
    add_dimension(w, a, d, HEIGHT, "height_mm");
    if (has_type(w, S("downloadable")))
        import_note(w->im, p->line, p->name, "The files to be downloaded are not imported.");
}

static bool simple_row(struct woo *w) {
    struct arena *a = w->im->batch;
    struct import_product *p = ARENA_NEW(a, struct import_product);
    struct variant_draft v = {0};
    struct import_variant x;
    struct json extras = read_extras(w, a, row_name(w, a));
    read_product(w, a, p, &extras);
    if (!read_goods(w, a, &v) || !read_offer(w, a, p->name, &x)) {
        w->im->out->products.failed++;
        return true;
    }
    struct row_attributes attributes = read_attributes(w, a);
    for (size_t i = 0; i < attributes.n; i++) woo_add_attribute(a, &p->draft, &attributes.v[i]);
    import_extras_product(w->im, a, &extras, &p->draft);
    import_extras_variant(&extras, &v);
    read_offer_extras(w, &extras, &x);
    *VEC_PUSH(a, &p->variants) = v;
    *VEC_PUSH(a, &p->extra) = x;
    return import_product_done(w->im, p);
}

static bool variable_row(struct woo *w) {
    struct arena *a = w->im->run;
    struct parent *p = ARENA_NEW(a, struct parent);
    struct str id = cell(w, a, ID), sku = cell(w, a, SKU);
    struct json extras = read_extras(w, a, row_name(w, a));
    read_product(w, a, &p->product, &extras);
    p->attributes = read_attributes(w, a);
    import_extras_product(w->im, a, &extras, &p->product.draft);
    const struct json *english = json_get(&extras, S("options_other"));
    if (english) p->options_en = *english;
    p->exact_attributes = json_get(&extras, S("attributes")) != NULL;
    *VEC_PUSH(a, &w->parents) = p;
    if (sku.n) map_set(a, &w->parent_by, sku, p);
    if (id.n) map_set(a, &w->parent_by, arena_fmt(a, "id:" STR_FMT, STR_ARG(id)), p);
    return true;
}

static bool variation_row(struct woo *w) {
    struct arena *a = w->im->run;
    struct variation *v = ARENA_NEW(a, struct variation);
    struct str images = cell(w, a, IMAGES), name = row_name(w, a);
    bool given;
    size_t n;
    v->parent = cell(w, a, PARENT);
    v->bad = !import_whole(w->im, &w->table, POSITION, &v->position, &given) ||
             !read_goods(w, a, &v->draft) || !read_offer(w, a, name, &v->offer);
    v->offer.line = w->table.row.line;
    struct str *list = woo_list(a, images, &n);
    v->offer.picture = n ? list[0] : (struct str){0};
    v->draft.inactive = str_eq(import_cell(&w->table, PUBLISHED), S("0")) ||
                        str_eq(import_cell(&w->table, PUBLISHED), S("-1"));
    v->attributes = read_attributes(w, a);
    struct json extras = read_extras(w, a, name);
    import_extras_variant(&extras, &v->draft);
    read_offer_extras(w, &extras, &v->offer);
    *VEC_PUSH(a, &w->variations) = v;
    return true;
}

static void group_row(struct woo *w) {
    struct arena *a = w->im->run;
    struct str id = cell(w, a, ID);
    *VEC_PUSH(a, &w->groups) = (struct group){
        .line = w->table.row.line,
        .title = cell(w, a, NAME),
        .members = cell(w, a, GROUPED),
        .description = html_text(a, cell(w, a, DESCRIPTION)),
        .ref = arena_fmt(a, "woocommerce:" STR_FMT, STR_ARG(id.n ? id : cell(w, a, NAME)))};
}

static bool on_product_row(struct woo *w, const struct csv_row *row) {
    struct str id = import_cell(&w->table, ID);
    if (id.n && map_get(&w->seen, id)) {
        import_tell(w->im, row->line, "ID", id,
                    "This ID stands further up, too; the row was left out.");
        return true;
    }
    if (id.n) map_set(w->im->run, &w->seen, arena_str(w->im->run, id), w);
    if (has_type(w, S("variation"))) return variation_row(w);
    if (has_type(w, S("variable"))) return variable_row(w);
    if (has_type(w, S("simple")) || has_type(w, S("external"))) return simple_row(w);
    if (has_type(w, S("grouped"))) {
        group_row(w);
        return true;
    }
    import_tell(w->im, row->line, "Type", row_name(w, w->im->batch),
                "The type \"" STR_FMT
                "\" is not simple, variable, variation, grouped or external; the row was left out.",
                STR_ARG(str_utf8_cut(import_cell(&w->table, TYPE), 60)));
    return true;
}

static bool on_header(struct woo *w, const struct csv_row *row, struct err *err) {
    w->has_header = true;
    w->is_tax_file = woo_is_tax_file(row);
    if (w->is_tax_file) return woo_tax_header(w->im, &w->table, row);
    TRY(import_header(w->im, &w->table, row));
    if (w->table.at[TYPE] >= 0 && w->table.at[NAME] >= 0 && w->table.at[REGULAR_PRICE] >= 0)
        return true;
    return err_set(err, ERR_INVALID,
                   "The file " STR_FMT " is not a product CSV of WooCommerce: the columns Type, "
                   "Name and Regular price are missing.",
                   STR_ARG(w->im->file));
}

static bool on_row(void *self, const struct csv_row *row, struct err *err) {
    struct woo *w = self;
    if (!w->has_header) return on_header(w, row, err);
    w->im->out->rows++;
    w->table.row = *row;
    if (!import_row_ok(w->im, row)) return true;
    return w->is_tax_file ? woo_tax_row(w->im, &w->table) : on_product_row(w, row);
}

bool import_woocommerce_file(struct importer *im, struct str path) {
    struct woo w = {.im = im, .table = {.columns = columns, .n = COLUMNS, .ignored = ignored}};
    TRY(import_read_csv(im, path, on_row, &w));
    if (!w.has_header)
        return err_set(&im->c->err, ERR_INVALID, "The file " STR_FMT " is empty.", STR_ARG(path));
    TRY(woo_finish_parents(&w));
    return woo_finish_groups(&w);
}
