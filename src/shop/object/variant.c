// SPDX-License-Identifier: Apache-2.0
// Variants as themes see them: what has a price and a stock.
#include "core/app.h"
#include "mod/price/rule.h"
#include "shop/object/listing.h"

int64_t goods_value_id(const struct goods_variants *v, int64_t position) {
    const int64_t ids[GOODS_OPTIONS] = {v->value1, v->value2, v->value3, v->value4, v->value5};
    return position >= 1 && position <= GOODS_OPTIONS ? ids[position - 1] : 0;
}

const struct goods_options *goods_value_row(const struct goods_product *g, int64_t value_id) {
    for (size_t i = 0; value_id && i < g->option_count; i++)
        if (g->options[i].value_id == value_id) return &g->options[i];
    return NULL;
}

// Only a reduction against the lowest price of the 30 days before may be told (PAngV § 11).
int64_t goods_former_price(const struct goods_variant *v) {
    return v->row->has_low30 && v->row->low30 > v->row->price ? v->row->low30 : 0;
}

int64_t goods_unit_price(const struct goods_variant *v) {
    const struct goods_variants *r = v->row;
    return price_per_unit(r->price, r->unit_amount, r->unit, r->base_amount, r->base_unit);
}

// The row has it in the shop's first language.
bool goods_variant_title(struct goods_variant *v, struct arena *a, struct str *out,
                         struct err *err) {
    struct ctx *c = v->product->batch->page->c;
    *out = v->row->title.n ? v->row->title : S("Default Title");
    if (c->lang == lang_first(c) || !v->row->title.n) return true;
    TRY(goods_load(v->product, GOODS_OPTIONS_READ, err));
    struct buf b = buf_new(a, 0);
    for (int64_t k = 1; k <= GOODS_OPTIONS; k++) {
        const struct goods_options *o = goods_value_row(v->product, goods_value_id(v->row, k));
        if (!o) continue;
        if (b.n) buf_put(&b, S(" / "));
        buf_put(&b, o->value);
    }
    if (b.n) *out = buf_str(&b);
    return true;
}

struct str goods_variant_url(struct goods_variant *v, struct arena *a) {
    struct ctx *c = v->product->batch->page->c;
    return arena_fmt(a, STR_FMT "?variant=%lld",
                     STR_ARG(local_path(c, "/products/", v->product->row.handle)),
                     (long long)v->row->id);
}

static bool variant_title(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct str title;
    TRY(goods_variant_title(self, a, &title, err));
    *out = liquid_text(title);
    return true;
}

static bool variant_image(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    return goods_variant_image(self, out, err);
}

static bool value_text(struct goods_variant *v, int64_t position, struct liquid_value *out,
                       struct err *err) {
    *out = liquid_nil();
    int64_t id = goods_value_id(v->row, position);
    if (!id) { // the only variant of a product without options
        if (position == 1) *out = liquid_text(S("Default Title"));
        return true;
    }
    TRY(goods_load(v->product, GOODS_OPTIONS_READ, err));
    const struct goods_options *o = goods_value_row(v->product, id);
    if (o) *out = liquid_text(o->value);
    return true;
}

#define OPTION_TEXT(fn, position)                                                                  \
    static bool fn(void *self, struct arena *a, struct liquid_value *out, struct err *err) {       \
        (void)a;                                                                                   \
        return value_text(self, position, out, err);                                               \
    }
OPTION_TEXT(variant_option1, 1)
OPTION_TEXT(variant_option2, 2)
OPTION_TEXT(variant_option3, 3)

static bool variant_options(void *self, struct arena *a, struct liquid_value *out,
                            struct err *err) {
    struct goods_variant *v = self;
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, GOODS_OPTIONS);
    size_t n = 0;
    TRY(goods_load(v->product, GOODS_OPTIONS_READ, err));
    for (int64_t k = 1; k <= GOODS_OPTIONS; k++) {
        const struct goods_options *o = goods_value_row(v->product, goods_value_id(v->row, k));
        if (!o) continue;
        struct goods_value *w = ARENA_NEW(a, struct goods_value);
        *w = (struct goods_value){v->product, o};
        items[n++] = theme_object(a, &product_option_value_kind, w);
    }
    if (!n) items[n++] = liquid_text(S("Default Title"));
    *out = liquid_array(items, n);
    return true;
}

struct liquid_value goods_measurement(struct goods_variant *v, struct arena *a) {
    return v && v->row->unit_amount > 0 && v->row->unit.n
               ? theme_object(a, &unit_price_measurement_kind, v)
               : liquid_nil();
}

static int64_t sale_of(const struct goods_variant *v) {
    return sale_percent(v->row->price, goods_former_price(v));
}

static bool counted(const struct goods_variants *r) {
    return r->has_on_hand && r->tracked && !r->backorder;
}

static bool is_low(const struct goods_variants *r) {
    return counted(r) && r->on_hand > 0 && r->on_hand <= GOODS_LOW_STOCK;
}

static struct liquid_value in_unit(int64_t grams) {
    if (grams < 1000) return liquid_int(grams);
    return grams % 1000 ? liquid_float((double)grams / 1000) : liquid_int(grams / 1000);
}

static bool is_matched(const struct goods_variant *v) {
    const struct goods_filters *f = v->product->batch->filters;
    return !f || goods_filters_pass(f, v->product->row.id, v->row->id);
}

struct liquid_value goods_variant_value(struct goods_variant *v) {
    if (!v) return liquid_nil();
    if (v->self.type == LIQUID_NIL)
        v->self = theme_object(v->product->batch->page->c->arena, &variant_kind, v);
    return v->self;
}

// clang-format off
#define VARIANT struct goods_variant
GOODS_GET(variant_available, VARIANT, liquid_bool(goods_sold(x->row)))
GOODS_GET(variant_barcode, VARIANT, liquid_text(x->row->barcode))
GOODS_GET(variant_compare_at, VARIANT, goods_amount(goods_former_price(x)))
GOODS_GET(variant_empty_array, VARIANT, ((void)x, liquid_array(NULL, 0)))
GOODS_GET(variant_no, VARIANT, ((void)x, liquid_bool(false)))
GOODS_GET(variant_yes, VARIANT, ((void)x, liquid_bool(true)))
GOODS_GET(variant_id, VARIANT, liquid_int(x->row->id))
GOODS_GET(variant_management, VARIANT,
          x->row->has_on_hand && x->row->tracked ? liquid_text(S("shopify")) : liquid_nil())
GOODS_GET(variant_policy, VARIANT,
          liquid_text(counted(x->row) ? S("deny") : S("continue")))
GOODS_GET(variant_quantity, VARIANT, liquid_int(x->row->has_on_hand ? x->row->on_hand : 0))
GOODS_GET(variant_low, VARIANT, liquid_bool(is_low(x->row)))
GOODS_GET(variant_matched, VARIANT, liquid_bool(is_matched(x)))
GOODS_GET(variant_price, VARIANT, liquid_int(x->row->price))
GOODS_GET(variant_product, VARIANT, goods_product_value(x->product))
GOODS_GET(variant_quantity_rule, VARIANT, theme_object(a, &quantity_rule_kind, x))
GOODS_GET(variant_shipped, VARIANT, liquid_bool(x->row->requires_shipping))
GOODS_GET(variant_sale, VARIANT, goods_amount(sale_of(x)))
GOODS_GET(variant_selected, VARIANT, liquid_bool(x->product->asked == x))
GOODS_GET(variant_sku, VARIANT, liquid_text(x->row->sku))
GOODS_GET(variant_unit_price, VARIANT, goods_amount(goods_unit_price(x)))
GOODS_GET(variant_measurement, VARIANT, goods_measurement(x, a))
GOODS_GET(variant_url, VARIANT, liquid_text(goods_variant_url(x, a)))
GOODS_GET(variant_weight, VARIANT, liquid_int(x->row->weight_g))
GOODS_GET(variant_weight_in_unit, VARIANT, in_unit(x->row->weight_g))
GOODS_GET(variant_weight_unit, VARIANT, liquid_text(x->row->weight_g < 1000 ? S("g") : S("kg")))
// clang-format on

#define NO_PLANS "Kontor sells pieces, not subscriptions"
static const struct theme_prop variant_props[] = {
    {"available", .get = variant_available},
    {"barcode", .get = variant_barcode},
    {"compare_at_price", .get = variant_compare_at},
    {"featured_image", .get = variant_image},
    {"featured_media", .get = variant_image},
    {"id", .get = variant_id},
    {"image", .get = variant_image},
    {"incoming", .get = variant_no},
    {"inventory_low", .get = variant_low, .own = true},
    {"inventory_management", .get = variant_management},
    {"inventory_policy", .get = variant_policy},
    {"inventory_quantity", .get = variant_quantity},
    {"lowest_price_30_days", .get = variant_compare_at, .own = true},
    {"matched", .get = variant_matched},
    {"metafields", .because = "attributes belong to the product; see product.metafields"},
    {"next_incoming_date", .because = "goods on their way are not known yet"},
    {"option1", .get = variant_option1},
    {"option2", .get = variant_option2},
    {"option3", .get = variant_option3},
    {"options", .get = variant_options},
    {"price", .get = variant_price},
    {"product", .get = variant_product},
    {"quantity_price_breaks", .get = variant_empty_array},
    {"quantity_price_breaks_configured?", .get = variant_no},
    {"quantity_rule", .get = variant_quantity_rule},
    {"requires_selling_plan", .get = variant_no},
    {"requires_shipping", .get = variant_shipped},
    {"sale_percent", .get = variant_sale, .own = true},
    {"selected", .get = variant_selected},
    {"selected_selling_plan_allocation", .because = NO_PLANS},
    {"selling_plan_allocations", .get = variant_empty_array},
    {"sku", .get = variant_sku},
    {"store_availabilities", .get = variant_empty_array},
    {"taxable", .get = variant_yes},
    {"title", .get = variant_title},
    {"unit_price", .get = variant_unit_price},
    {"unit_price_measurement", .get = variant_measurement},
    {"url", .get = variant_url},
    {"weight", .get = variant_weight},
    {"weight_in_unit", .get = variant_weight_in_unit},
    {"weight_unit", .get = variant_weight_unit},
};
const struct theme_kind variant_kind = {
    .name = "variant", THEME_PROPS(variant_props), .json = goods_variant_as_json};

// ---- what goods weigh and measure

static struct liquid_value decimal(int64_t millionths) {
    if (millionths % 1000000 == 0) return liquid_int(millionths / 1000000);
    return liquid_float((double)millionths / 1000000);
}

static struct str measured(struct str unit) {
    static const struct {
        struct str unit, type;
    } types[] = {
        {S_INIT("mg"), S_INIT("weight")}, {S_INIT("g"), S_INIT("weight")},
        {S_INIT("kg"), S_INIT("weight")}, {S_INIT("ml"), S_INIT("volume")},
        {S_INIT("cl"), S_INIT("volume")}, {S_INIT("l"), S_INIT("volume")},
        {S_INIT("m3"), S_INIT("volume")}, {S_INIT("mm"), S_INIT("length")},
        {S_INIT("cm"), S_INIT("length")}, {S_INIT("m"), S_INIT("length")},
        {S_INIT("m2"), S_INIT("area")},
    };
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(types[i].unit, unit)) return types[i].type;
    return S("count");
}

GOODS_GET(measure_type, VARIANT, liquid_text(measured(x->row->unit)))
GOODS_GET(measure_quantity, VARIANT, decimal(x->row->unit_amount))
GOODS_GET(measure_quantity_unit, VARIANT, liquid_text(x->row->unit))
GOODS_GET(measure_reference, VARIANT, decimal(x->row->base_amount))
GOODS_GET(measure_reference_unit, VARIANT, liquid_text(x->row->base_unit))
static const struct theme_prop measurement_props[] = {
    {"measured_type", .get = measure_type},
    {"quantity_unit", .get = measure_quantity_unit},
    {"quantity_value", .get = measure_quantity},
    {"reference_unit", .get = measure_reference_unit},
    {"reference_value", .get = measure_reference},
};
const struct theme_kind unit_price_measurement_kind = {.name = "unit_price_measurement",
                                                       THEME_PROPS(measurement_props)};

GOODS_GET(rule_one, VARIANT, ((void)x, liquid_int(1)))
static const struct theme_prop rule_props[] = {
    {"increment", .get = rule_one},
    {"max", .because = "no largest quantity is set for any variant"},
    {"min", .get = rule_one},
};
const struct theme_kind quantity_rule_kind = {.name = "quantity_rule", THEME_PROPS(rule_props)};
