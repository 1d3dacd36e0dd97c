// SPDX-License-Identifier: Apache-2.0
// Objects of theme-liquid-docs that a shop of Kontor never has, and why; and the list of all kinds
// of goods.
#include "shop/object/goods_private.h"

#define PICTURES "media of a Kontor shop are pictures"
#define PLANS    "Kontor sells pieces, not subscriptions"
#define STORES   "there are no stores to pick up from"
#define BREAKS   "prices do not depend on the quantity"
#define TAXONOMY "products are not filed in Shopify's taxonomy"
#define RATINGS  "products are not rated yet"
#define MEASURES "attributes are texts with their unit"
#define FILES    "attributes name no files"
#define NONE(n, w)                                                                                 \
    { .name = n, .because = w }

static const struct theme_prop video_props[] = {
    NONE("alt", PICTURES),           NONE("aspect_ratio", PICTURES),
    NONE("duration", PICTURES),      NONE("id", PICTURES),
    NONE("media_type", PICTURES),    NONE("position", PICTURES),
    NONE("preview_image", PICTURES), NONE("sources", PICTURES),
};
static const struct theme_kind video_kind = {.name = "video", THEME_PROPS(video_props)};
static const struct theme_prop video_source_props[] = {
    NONE("format", PICTURES), NONE("height", PICTURES), NONE("mime_type", PICTURES),
    NONE("url", PICTURES),    NONE("width", PICTURES),
};
static const struct theme_kind video_source_kind = {.name = "video_source",
                                                    THEME_PROPS(video_source_props)};
static const struct theme_prop external_video_props[] = {
    NONE("alt", PICTURES),         NONE("aspect_ratio", PICTURES),
    NONE("external_id", PICTURES), NONE("host", PICTURES),
    NONE("id", PICTURES),          NONE("media_type", PICTURES),
    NONE("position", PICTURES),    NONE("preview_image", PICTURES),
};
static const struct theme_kind external_video_kind = {.name = "external_video",
                                                      THEME_PROPS(external_video_props)};
static const struct theme_prop model_props[] = {
    NONE("alt", PICTURES),           NONE("id", PICTURES),
    NONE("media_type", PICTURES),    NONE("position", PICTURES),
    NONE("preview_image", PICTURES), NONE("sources", PICTURES),
};
static const struct theme_kind model_kind = {.name = "model", THEME_PROPS(model_props)};
static const struct theme_prop model_source_props[] = {
    NONE("format", PICTURES),
    NONE("mime_type", PICTURES),
    NONE("url", PICTURES),
};
static const struct theme_kind model_source_kind = {.name = "model_source",
                                                    THEME_PROPS(model_source_props)};
static const struct theme_prop generic_file_props[] = {
    NONE("alt", FILES),           NONE("id", FILES),
    NONE("media_type", FILES),    NONE("position", FILES),
    NONE("preview_image", FILES), NONE("url", FILES),
};
static const struct theme_kind generic_file_kind = {.name = "generic_file",
                                                    THEME_PROPS(generic_file_props)};
static const struct theme_prop price_break_props[] = {
    NONE("minimum_quantity", BREAKS),
    NONE("price", BREAKS),
};
static const struct theme_kind price_break_kind = {.name = "quantity_price_break",
                                                   THEME_PROPS(price_break_props)};
static const struct theme_prop store_props[] = {
    NONE("available", STORES),
    NONE("location", STORES),
    NONE("pick_up_enabled", STORES),
    NONE("pick_up_time", STORES),
};
static const struct theme_kind store_kind = {.name = "store_availability",
                                             THEME_PROPS(store_props)};
static const struct theme_prop taxonomy_props[] = {
    NONE("ancestors", TAXONOMY),
    NONE("gid", TAXONOMY),
    NONE("id", TAXONOMY),
    NONE("name", TAXONOMY),
};
static const struct theme_kind taxonomy_kind = {.name = "taxonomy_category",
                                                THEME_PROPS(taxonomy_props)};
static const struct theme_prop rating_props[] = {
    NONE("rating", RATINGS),
    NONE("scale_max", RATINGS),
    NONE("scale_min", RATINGS),
};
static const struct theme_kind rating_kind = {.name = "rating", THEME_PROPS(rating_props)};
static const struct theme_prop measurement_props[] = {
    NONE("type", MEASURES),
    NONE("unit", MEASURES),
    NONE("value", MEASURES),
};
static const struct theme_kind measurement_kind = {.name = "measurement",
                                                   THEME_PROPS(measurement_props)};

// ---- subscriptions

static const struct theme_prop plan_props[] = {
    NONE("checkout_charge", PLANS),
    NONE("description", PLANS),
    NONE("group_id", PLANS),
    NONE("id", PLANS),
    NONE("name", PLANS),
    NONE("options", PLANS),
    NONE("price_adjustments", PLANS),
    NONE("recurring_deliveries", PLANS),
    NONE("selected", PLANS),
};
static const struct theme_kind plan_kind = {.name = "selling_plan", THEME_PROPS(plan_props)};
static const struct theme_prop allocation_props[] = {
    NONE("checkout_charge_amount", PLANS),
    NONE("compare_at_price", PLANS),
    NONE("per_delivery_price", PLANS),
    NONE("price", PLANS),
    NONE("price_adjustments", PLANS),
    NONE("remaining_balance_charge_amount", PLANS),
    NONE("selling_plan", PLANS),
    NONE("selling_plan_group_id", PLANS),
    NONE("unit_price", PLANS),
};
static const struct theme_kind allocation_kind = {.name = "selling_plan_allocation",
                                                  THEME_PROPS(allocation_props)};
static const struct theme_prop allocation_adjustment_props[] = {
    NONE("position", PLANS),
    NONE("price", PLANS),
};
static const struct theme_kind allocation_adjustment_kind = {
    .name = "selling_plan_allocation_price_adjustment", THEME_PROPS(allocation_adjustment_props)};
static const struct theme_prop charge_props[] = {
    NONE("value", PLANS),
    NONE("value_type", PLANS),
};
static const struct theme_kind charge_kind = {.name = "selling_plan_checkout_charge",
                                              THEME_PROPS(charge_props)};
static const struct theme_prop plan_group_props[] = {
    NONE("app_id", PLANS),
    NONE("id", PLANS),
    NONE("name", PLANS),
    NONE("options", PLANS),
    NONE("selling_plan_selected", PLANS),
    NONE("selling_plans", PLANS),
};
static const struct theme_kind plan_group_kind = {.name = "selling_plan_group",
                                                  THEME_PROPS(plan_group_props)};
static const struct theme_prop group_option_props[] = {
    NONE("name", PLANS),
    NONE("position", PLANS),
    NONE("selected_value", PLANS),
    NONE("values", PLANS),
};
static const struct theme_kind group_option_kind = {.name = "selling_plan_group_option",
                                                    THEME_PROPS(group_option_props)};
static const struct theme_prop plan_option_props[] = {
    NONE("name", PLANS),
    NONE("position", PLANS),
    NONE("value", PLANS),
};
static const struct theme_kind plan_option_kind = {.name = "selling_plan_option",
                                                   THEME_PROPS(plan_option_props)};
static const struct theme_prop adjustment_props[] = {
    NONE("order_count", PLANS),
    NONE("position", PLANS),
    NONE("value", PLANS),
    NONE("value_type", PLANS),
};
static const struct theme_kind adjustment_kind = {.name = "selling_plan_price_adjustment",
                                                  THEME_PROPS(adjustment_props)};

const struct theme_kind *const goods_kinds[] = {
    &product_kind,
    &variant_kind,
    &product_option_kind,
    &product_option_value_kind,
    &swatch_kind,
    &image_kind,
    &image_presentation_kind,
    &focal_point_kind,
    &media_kind,
    &images_kind,
    &collection_kind,
    &collections_kind,
    &all_products_kind,
    &filter_kind,
    &filter_value_kind,
    &filter_value_display_kind,
    &sort_option_kind,
    &search_kind,
    &predictive_search_kind,
    &predictive_search_resources_kind,
    &recommendations_kind,
    &unit_price_measurement_kind,
    &quantity_rule_kind,
    &metafield_kind,
    &video_kind,
    &video_source_kind,
    &external_video_kind,
    &model_kind,
    &model_source_kind,
    &generic_file_kind,
    &price_break_kind,
    &store_kind,
    &taxonomy_kind,
    &rating_kind,
    &measurement_kind,
    &plan_kind,
    &allocation_kind,
    &allocation_adjustment_kind,
    &charge_kind,
    &plan_group_kind,
    &group_option_kind,
    &plan_option_kind,
    &adjustment_kind,
    NULL,
};
