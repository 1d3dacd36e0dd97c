// SPDX-License-Identifier: Apache-2.0
// What the files of theme filters share: reading arguments, writing tags.
#pragma once
#include "theme/filters.h"
#include "theme/object.h"

// Every filter beyond standard Liquid, sorted; filter_table.c makes the table of them.
// clang-format off
#define THEME_FILTERS(F) \
    F(article_img_url) F(asset_img_url) F(asset_url) F(avatar) F(blake3) F(brightness_difference) \
    F(camelize) F(collection_img_url) F(color_brightness) F(color_contrast) F(color_darken) \
    F(color_desaturate) F(color_difference) F(color_extract) F(color_lighten) F(color_mix) \
    F(color_modify) F(color_saturate) F(color_to_hex) F(color_to_hsl) F(color_to_oklch) \
    F(color_to_rgb) F(currency_selector) F(customer_login_link) F(customer_logout_link) \
    F(customer_register_link) F(date) F(default_errors) F(default_pagination) \
    F(external_video_tag) F(external_video_url) F(file_img_url) F(file_url) F(font_face) \
    F(font_modify) F(font_url) F(format_address) F(format_code) F(global_asset_url) F(handle) \
    F(handleize) F(hex_to_rgba) F(highlight) F(highlight_active_tag) F(hmac_sha1) \
    F(hmac_sha256) F(image_tag) F(image_url) F(img_tag) F(img_url) F(inline_asset_content) \
    F(item_count_for_variant) F(json) F(line_items_for) F(link_to) F(link_to_add_tag) \
    F(link_to_remove_tag) F(link_to_tag) F(link_to_type) F(link_to_vendor) F(login_button) \
    F(md5) F(media_tag) F(metafield_tag) F(metafield_text) F(model_viewer_tag) F(money) \
    F(money_amount) F(money_with_currency) F(money_without_currency) \
    F(money_without_trailing_zeros) F(payment_button) F(payment_terms) F(payment_type_img_url) \
    F(payment_type_svg_tag) F(placeholder_svg_tag) F(pluralize) F(preload_tag) \
    F(product_img_url) F(script_tag) F(sha1) F(sha256) F(shopify_asset_url) F(sort_by) \
    F(standard_event_data) F(structured_data) F(stylesheet_tag) F(t) F(time_tag) F(translate) \
    F(unit_price_with_measurement) F(url_escape) F(url_for_type) F(url_for_vendor) \
    F(url_param_escape) F(video_tag) F(weight_with_unit) F(within)
// clang-format on
#define FILTER(name)                                                                               \
    bool theme_filter_##name(struct liquid_call *c, struct liquid_value *out, struct err *err)
#define FILTER_DECLARE(name) FILTER(name);
THEME_FILTERS(FILTER_DECLARE)
// A filter that does as another.
#define FILTER_ALIAS(name, of)                                                                     \
    FILTER(name) { return theme_filter_##of(c, out, err); }

static inline const struct theme_host *call_host(const struct liquid_call *c) {
    return theme_host_of(theme_page_of(c)->theme);
}
static inline void *call_shop(const struct liquid_call *c) { return theme_page_of(c)->host_page; }
static inline struct str call_in(const struct liquid_call *c) {
    return liquid_to_str(c->arena, c->input);
}
struct str call_arg(const struct liquid_call *c, size_t i); // absent when not given or nil
struct str call_named(const struct liquid_call *c, const char *name); // the same
static inline bool give_text(struct liquid_value *out, struct str s) {
    *out = liquid_text(s.p ? s : S(""));
    return true;
}
static inline bool give_html(struct liquid_value *out, const struct buf *b) {
    *out = liquid_html(buf_str(b));
    return true;
}
static inline struct buf call_buf(const struct liquid_call *c) { return buf_new(c->arena, 0); }

// A property of an object, map or row; nil when v is none of these.
MUST_USE bool value_get(struct arena *a, struct liquid_value v, const char *key,
                        struct liquid_value *out, struct err *err);
MUST_USE bool value_text(struct arena *a, struct liquid_value v, const char *key, struct str *out,
                         struct err *err); // absent when nil or empty
MUST_USE bool value_at(struct arena *a, struct liquid_value list, int64_t i,
                       struct liquid_value *out, struct err *err);
MUST_USE bool value_count_of(struct arena *a, struct liquid_value list, int64_t *out,
                             struct err *err);
// Numbers and texts that are numbers; finite, within 1e15.
double value_real(struct liquid_value v, double otherwise);
void put_real(struct buf *b, double d); // "0.5", "3", "12.25": no trailing zeros

void put_html(struct buf *b, struct liquid_value v); // markup as it is, text escaped
void put_value_attr(struct buf *b, struct arena *a, struct str name,
                    struct liquid_value v);                       // ` name="value"`
void put_attr(struct buf *b, const char *name, struct str value); // the same; absent: nothing
// ` name="value"` of every named argument in the order given, but those of skip (NULL-ended or
// NULL); true is a bare attribute, false and nil none. A name that cannot be one is passed over.
void put_named_attrs(struct buf *b, const struct liquid_call *c, const char *const *skip);
bool attr_name_ok(struct str name);

bool theme_tag_paginate(struct liquid_call *c, struct err *err);
// Made by one file, used by others.
struct image_mark { // what image_url remembers of its picture, before the bytes of its result
    struct liquid_value image;
    int64_t width, height; // asked; 0: not asked
    struct theme_image_size size;
    const char *text; // the result itself: proof that the mark is one
};
const struct image_mark *image_mark_of(struct liquid_value v); // NULL: not made by image_url
struct liquid_value image_marked(struct arena *a, struct str url, struct liquid_value about);
MUST_USE bool image_address(struct liquid_call *c, struct liquid_value image,
                            const struct theme_image_size *size, struct str *out,
                            struct err *err);                  // absent: none
void size_name(struct str name, struct theme_image_size *out); // "480x", "x480", "large"
// In the page's language; absent: no date.
struct str date_text(struct liquid_call *c, struct liquid_value when, struct str format);
struct str date_named_format(struct liquid_call *c, struct str name); // "abbreviated_date"
struct str handle_of(struct arena *a, struct str s);
bool is_german(const struct liquid_call *c); // the page
// A sentence of ours in the page's language.
static inline struct str words(const struct liquid_call *c, const char *english,
                               const char *german) {
    return str_c(is_german(c) ? german : english);
}
struct str system_text(const struct liquid_call *c, const char *key, struct str otherwise);
