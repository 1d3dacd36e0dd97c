// SPDX-License-Identifier: Apache-2.0
// Products as themes see them.
#include <stdlib.h>

#include "core/app.h"
#include "core/settings.h"
#include "shop/object/listing.h"

struct liquid_value goods_product_value(struct goods_product *g) {
    if (g->self.type == LIQUID_NIL)
        g->self = theme_object(g->batch->page->c->arena, &product_kind, g);
    return g->self;
}

// Inside of a filtered list: that of the first variant that the filters let through.
struct str goods_product_url(struct goods_product *g, struct arena *a) {
    const struct goods_filters *f = g->batch->filters;
    struct str url = local_path(g->batch->page->c, "/products/", g->row.handle);
    int64_t variant = f ? goods_filters_variant(f, g->row.id) : 0;
    if (!variant) return url;
    return arena_fmt(a, STR_FMT "?variant=%lld", STR_ARG(url), (long long)variant);
}

static bool variants(struct goods_product *g, struct err *err) {
    return goods_load(g, GOODS_VARIANTS, err);
}
static bool details(struct goods_product *g, struct err *err) {
    return goods_load(g, GOODS_DETAILS, err);
}

static bool product_variants(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    struct goods_product *g = self;
    TRY(variants(g, err));
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, g->variant_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < g->variant_count && n < GOODS_VARIANTS_SHOWN; i++)
        if (g->variants[i].row->active) items[n++] = goods_variant_value(&g->variants[i]);
    *out = liquid_array(items, n);
    return true;
}

static int64_t active_variants(const struct goods_product *g) {
    int64_t n = 0;
    for (size_t i = 0; i < g->variant_count; i++) n += g->variants[i].row->active;
    return n;
}

// What stands beside product.price: the former price of the variant that has that price. Another
// variant's former price beside the lowest price would be a reduction that nobody gets.
static int64_t was_min(const struct goods_product *g) {
    return g->cheapest ? goods_former_price(g->cheapest) : 0;
}

static int64_t was_max(const struct goods_product *g) {
    int64_t most = was_min(g);
    for (size_t i = 0; most && i < g->variant_count; i++) {
        int64_t was = g->variants[i].row->active ? goods_former_price(&g->variants[i]) : 0;
        if (was > most) most = was;
    }
    return most;
}

static int64_t sale_of(const struct goods_product *g) {
    return g->cheapest ? sale_percent(g->price_min, was_min(g)) : 0;
}

static bool product_options(void *self, struct arena *a, struct liquid_value *out,
                            struct err *err) {
    struct liquid_value options, name;
    TRY(goods_options_array(self, &options, err));
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, options.n + 1);
    for (uint32_t i = 0; i < options.n; i++) {
        TRY(liquid_get(a, options.items[i], S("name"), &name, err));
        items[i] = name;
    }
    *out = liquid_array(items, options.n);
    return true;
}

static bool product_options_with_values(void *self, struct arena *a, struct liquid_value *out,
                                        struct err *err) {
    (void)a;
    return goods_options_array(self, out, err);
}

static bool product_options_by_name(void *self, struct arena *a, struct liquid_value *out,
                                    struct err *err) {
    struct liquid_value options, name;
    struct liquid_map *m = liquid_map_new(a);
    TRY(goods_options_array(self, &options, err));
    for (uint32_t i = 0; i < options.n; i++) {
        TRY(liquid_get(a, options.items[i], S("name"), &name, err));
        liquid_set_str(m, liquid_str(name), options.items[i]);
    }
    *out = liquid_of_map(m);
    return true;
}

static bool only_default(struct goods_product *g) {
    return active_variants(g) == 1 && !g->option_count;
}
static bool variants_and_options(struct goods_product *g, struct err *err) {
    return variants(g, err) && goods_load(g, GOODS_OPTIONS_READ, err);
}

static bool product_images(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    (void)a;
    return goods_images_array(self, out, err);
}

static bool product_collections(void *self, struct arena *a, struct liquid_value *out,
                                struct err *err) {
    struct goods_product *g = self;
    TRY(goods_load(g, GOODS_MEMBERSHIPS, err));
    int64_t *ids = ARENA_ARRAY(a, int64_t, g->membership_count + 1);
    for (size_t i = 0; i < g->membership_count; i++) ids[i] = g->memberships[i].collection_id;
    return goods_collections_by_id(g->batch->page, ids, g->membership_count, out) ||
           goods_failed(g->batch->page, err);
}

static int by_text(const void *x, const void *y) {
    return str_cmp(liquid_str(*(const struct liquid_value *)x),
                   liquid_str(*(const struct liquid_value *)y));
}

static bool product_tags(void *self, struct arena *a, struct liquid_value *out, struct err *err) {
    struct goods_product *g = self;
    TRY(goods_load(g, GOODS_FACTS, err));
    struct liquid_value *items = ARENA_ARRAY(a, struct liquid_value, g->fact_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < g->fact_count; i++)
        if (!g->facts[i].name.n) items[n++] = liquid_text(g->facts[i].value);
    if (n > 1) qsort(items, n, sizeof *items, by_text);
    *out = liquid_array(items, n);
    return true;
}

static bool is_gift(const struct goods_product *g) {
    for (size_t i = 0; i < g->fact_count; i++)
        if (str_eq(g->facts[i].name, S("gift_card")) && str_eq(g->facts[i].value, S("true")))
            return true;
    return false;
}

// clang-format off
#define PRODUCT struct goods_product
GOODS_GET_WITH(product_available, PRODUCT, variants(x, err), liquid_bool(x->available))
GOODS_GET_WITH(product_was, PRODUCT, variants(x, err), goods_amount(was_min(x)))
GOODS_GET_WITH(product_was_max, PRODUCT, variants(x, err), goods_amount(was_max(x)))
GOODS_GET_WITH(product_was_varies, PRODUCT, variants(x, err), liquid_bool(was_max(x) > was_min(x)))
GOODS_GET(product_created, PRODUCT, liquid_time(x->row.created_at))
GOODS_GET_WITH(product_description, PRODUCT, details(x, err), liquid_html(x->details->description))
GOODS_GET(product_featured, PRODUCT, goods_featured(x))
GOODS_GET_WITH(product_first, PRODUCT, variants(x, err), goods_variant_value(x->first))
GOODS_GET_WITH(product_gift, PRODUCT, goods_load(x, GOODS_FACTS, err), liquid_bool(is_gift(x)))
GOODS_GET(product_handle, PRODUCT, liquid_text(x->row.handle))
GOODS_GET_WITH(product_only, PRODUCT, variants_and_options(x, err), liquid_bool(only_default(x)))
GOODS_GET(product_id, PRODUCT, liquid_int(x->row.id))
GOODS_GET(product_kind_name, PRODUCT, ((void)x, liquid_text(S("product")))) // of search results
GOODS_GET(product_no, PRODUCT, ((void)x, liquid_bool(false)))
GOODS_GET(product_none, PRODUCT, ((void)x, liquid_array(NULL, 0)))
GOODS_GET_WITH(product_price, PRODUCT, variants(x, err), liquid_int(x->price_min))
GOODS_GET_WITH(product_price_max, PRODUCT, variants(x, err), liquid_int(x->price_max))
GOODS_GET_WITH(product_price_varies, PRODUCT, variants(x, err),
               liquid_bool(x->price_max > x->price_min))
GOODS_GET_WITH(product_sale, PRODUCT, variants(x, err), goods_amount(sale_of(x)))
GOODS_GET_WITH(product_asked, PRODUCT, variants(x, err), goods_variant_value(x->asked))
GOODS_GET_WITH(product_chosen, PRODUCT, variants(x, err), goods_variant_value(x->chosen))
GOODS_GET_WITH(product_cheapest, PRODUCT, variants(x, err), goods_variant_value(x->cheapest))
GOODS_GET_WITH(product_unit_price, PRODUCT, variants(x, err),
               x->cheapest ? goods_amount(goods_unit_price(x->cheapest)) : liquid_nil())
GOODS_GET_WITH(product_measurement, PRODUCT, variants(x, err), goods_measurement(x->cheapest, a))
GOODS_GET_WITH(product_safety, PRODUCT, details(x, err), liquid_text(x->details->safety_text))
GOODS_GET_WITH(product_seo_title, PRODUCT, details(x, err), liquid_text(x->details->seo_title))
GOODS_GET_WITH(product_seo_text, PRODUCT, details(x, err), liquid_text(x->details->seo_description))
GOODS_GET(product_title, PRODUCT, liquid_text(x->row.title))
GOODS_GET(product_type, PRODUCT, liquid_text(x->row.kind))
GOODS_GET(product_url, PRODUCT, liquid_text(goods_product_url(x, a)))
GOODS_GET_WITH(product_variants_count, PRODUCT, variants(x, err), liquid_int(active_variants(x)))
GOODS_GET(product_vendor, PRODUCT, liquid_text(x->row.vendor))
GOODS_GET_WITH(product_maker, PRODUCT, details(x, err), goods_maker(x, a))
// clang-format on

#define NO_PLANS "Kontor sells pieces, not subscriptions"
static bool product_template(void *self, struct arena *a, struct liquid_value *out,
                             struct err *err) {
    struct goods_product *g = self;
    struct page *p = g->batch->page;
    (void)a;
    return page_alternate_value(p, "product", g->row.id, out) || goods_failed(p, err);
}
static const struct theme_prop product_props[] = {
    {"attributes", .get = goods_attributes, .own = true},
    {"available", .get = product_available},
    {"badges", .get = goods_badges, .own = true},
    {"category", .because = "products are not filed in Shopify's taxonomy"},
    {"cheapest_variant", .get = product_cheapest, .own = true},
    {"collections", .get = product_collections},
    {"compare_at_price", .get = product_was},
    {"compare_at_price_max", .get = product_was_max},
    {"compare_at_price_min", .get = product_was},
    {"compare_at_price_varies", .get = product_was_varies},
    {"content", .get = product_description},
    {"created_at", .get = product_created},
    {"description", .get = product_description},
    {"featured_image", .get = product_featured},
    {"featured_media", .get = product_featured},
    {"first_available_variant", .get = product_first},
    {"gift_card?", .get = product_gift},
    {"handle", .get = product_handle},
    {"has_only_default_variant", .get = product_only},
    {"id", .get = product_id},
    {"images", .get = product_images},
    {"lowest_price_30_days", .get = product_was, .own = true},
    {"manufacturer", .get = product_maker, .own = true},
    {"media", .get = product_images},
    {"metafields", .get = goods_metafields},
    {"object_type", .get = product_kind_name, .own = true},
    {"options", .get = product_options},
    {"options_by_name", .get = product_options_by_name},
    {"options_with_values", .get = product_options_with_values},
    {"price", .get = product_price},
    {"price_max", .get = product_price_max},
    {"price_min", .get = product_price},
    {"price_varies", .get = product_price_varies},
    {"published_at", .get = product_created},
    {"quantity_price_breaks_configured?", .get = product_no},
    {"related", .get = goods_related, .own = true},
    {"requires_selling_plan", .get = product_no},
    {"safety_text", .get = product_safety, .own = true},
    {"sale_percent", .get = product_sale, .own = true},
    {"selected_or_first_available_selling_plan_allocation", .because = NO_PLANS},
    {"selected_or_first_available_variant", .get = product_chosen},
    {"selected_selling_plan", .because = NO_PLANS},
    {"selected_selling_plan_allocation", .because = NO_PLANS},
    {"selected_variant", .get = product_asked},
    {"selling_plan_groups", .get = product_none},
    {"seo_description", .get = product_seo_text, .own = true},
    {"seo_title", .get = product_seo_title, .own = true},
    {"tags", .get = product_tags},
    {"template_suffix", .get = product_template},
    {"title", .get = product_title},
    {"type", .get = product_type},
    {"unit_price", .get = product_unit_price, .own = true},
    {"unit_price_measurement", .get = product_measurement, .own = true},
    {"url", .get = product_url},
    {"variants", .get = product_variants},
    {"variants_count", .get = product_variants_count},
    {"vendor", .get = product_vendor},
};
const struct theme_kind product_kind = {
    .name = "product", THEME_PROPS(product_props), .json = goods_product_as_json};
