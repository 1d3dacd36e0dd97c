// SPDX-License-Identifier: Apache-2.0
#include "theme/schema_private.h"

#define SHAPE(id, text, table, is_open, is_mild)                                                   \
    const struct theme_shape theme_shape_##id = {text, table, ARRAY_LEN(table), is_open, is_mild}

// clang-format off
const char *const theme_template_words[] = {
    "*", "404", "article", "blog", "captcha", "cart", "collection", "customers/account",
    "customers/activate_account", "customers/addresses", "customers/login", "customers/order",
    "customers/register", "customers/reset_password", "gift_card", "index", "list-collections",
    "metaobject", "page", "password", "policy", "product", "search", NULL};
const char *const theme_icon_words[] = {
    "text_align_left", "text_align_center", "text_align_right", "text_title", "text_in_columns",
    "text_in_rows", "layout_column_1", "layout_columns_2", "layout_columns_3", "layout_rows_2",
    "layout_block", "layout_section", "layout_header", "layout_footer", "layout_sidebar_left",
    "layout_sidebar_right", "arrow_up", "arrow_down", "arrow_left", "arrow_right", "dock_side",
    "dock_floating", "desktop", "tablet", "mobile", "viewport_narrow", "viewport_wide", "maximize",
    "minimize", "image", "images", "slideshow", "crop", "rotate_left", "rotate_right", "product",
    "product_list", "collection", "collection_list", "cart", "cart_discount", "discount", "payment",
    "credit_card", "currency_convert", "money", "cash_dollar", "price_list", "color", "color_none",
    "text_color", "email", "email_newsletter", "email_follow_up", "list_bulleted", "list_numbered",
    "search_list", "sun", "moon", "corner_square", "corner_round", "corner_pill", "view", "hide",
    NULL};
static const char *const section_tags[] = {"article", "aside", "div", "footer", "header", "section",
                                           NULL};

static const struct theme_member section[] = {
    {.name = "name", .kind = THEME_TEXT},
    {.name = "tag", .kind = THEME_TEXT, .words = section_tags},
    {.name = "class", .kind = THEME_TEXT},
    {.name = "limit", .kind = THEME_INTEGER, .min = 1, .max = 2},
    {.name = "settings", .kind = THEME_LIST},
    {.name = "max_blocks", .kind = THEME_INTEGER, .min = 1, .max = 50},
    {.name = "blocks", .kind = THEME_LIST},
    {.name = "presets", .kind = THEME_LIST},
    {.name = "default", .kind = THEME_MAP},
    {.name = "locales", .kind = THEME_MAP},
    {.name = "enabled_on", .kind = THEME_MAP},
    {.name = "disabled_on", .kind = THEME_MAP},
};
SHAPE(section, "section", section, false, false);

static const struct theme_member block[] = {
    {.name = "name", .kind = THEME_TEXT},
    {.name = "settings", .kind = THEME_LIST},
    {.name = "blocks", .kind = THEME_LIST},
    {.name = "presets", .kind = THEME_LIST},
    {.name = "tag", .kind = THEME_TEXT_OR_NULL},
    {.name = "class", .kind = THEME_TEXT},
};
SHAPE(block, "block", block, false, false);

static const struct theme_member local_block[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
    {.name = "name", .kind = THEME_TEXT, .required = true},
    {.name = "limit", .kind = THEME_INTEGER, .min = 1, .max = 1000},
    {.name = "settings", .kind = THEME_LIST},
};
SHAPE(local_block, "block of a section", local_block, false, false);

static const struct theme_member any_block[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
};
SHAPE(any_block, "entry of blocks", any_block, false, false);

static const struct theme_member preset[] = {
    {.name = "name", .kind = THEME_TEXT, .required = true},
    {.name = "category", .kind = THEME_TEXT},
    {.name = "settings", .kind = THEME_MAP},
    {.name = "blocks", .kind = THEME_LIST_OR_OBJECT},
    {.name = "block_order", .kind = THEME_LIST},
};
SHAPE(preset, "preset", preset, false, false);

static const struct theme_member preset_block[] = {
    {.name = "type", .kind = THEME_TEXT, .required = true},
    {.name = "name", .kind = THEME_TEXT},
    {.name = "settings", .kind = THEME_MAP},
    {.name = "static", .kind = THEME_BOOL},
    {.name = "id", .kind = THEME_TEXT},
    {.name = "blocks", .kind = THEME_LIST_OR_OBJECT},
    {.name = "block_order", .kind = THEME_LIST},
};
SHAPE(preset_block, "block of a preset", preset_block, false, false);

static const struct theme_member otherwise[] = {
    {.name = "settings", .kind = THEME_MAP},
    {.name = "blocks", .kind = THEME_LIST},
};
SHAPE(default, "default", otherwise, true, false);

static const struct theme_member toggle[] = {
    {.name = "templates", .kind = THEME_LIST},
    {.name = "groups", .kind = THEME_LIST},
};
SHAPE(toggle, "enabled_on or disabled_on", toggle, false, false);

static const struct theme_member info[] = {
    {.name = "name", .kind = THEME_TEXT, .required = true},
    {.name = "theme_name", .kind = THEME_TEXT, .required = true},
    {.name = "theme_author", .kind = THEME_TEXT, .required = true},
    {.name = "theme_version", .kind = THEME_TEXT, .required = true},
    {.name = "theme_documentation_url", .kind = THEME_TEXT, .required = true},
    {.name = "theme_support_email", .kind = THEME_TEXT},
    {.name = "theme_support_url", .kind = THEME_TEXT},
};
SHAPE(info, "theme_info", info, true, true);

static const struct theme_member group[] = {
    {.name = "name", .kind = THEME_TEXT},
    {.name = "settings", .kind = THEME_LIST},
};
SHAPE(group, "group of settings", group, true, false);

static const struct theme_member option[] = {
    {.name = "value", .kind = THEME_TEXT, .required = true},
    {.name = "label", .kind = THEME_TEXT, .required = true},
    {.name = "group", .kind = THEME_TEXT},
    {.name = "icon", .kind = THEME_TEXT, .words = theme_icon_words},
};
SHAPE(option, "option", option, true, false);

static const struct theme_member number_option[] = {
    {.name = "value", .kind = THEME_NUMBER, .required = true},
    {.name = "label", .kind = THEME_TEXT},
    {.name = "icon", .kind = THEME_TEXT, .words = theme_icon_words},
};
SHAPE(number_option, "option of a number", number_option, false, false);

enum {
    TYPE = 1 << 0, ID = 1 << 1, LABEL = 1 << 2, INFO = 1 << 3, DEFAULT = 1 << 4,
    VISIBLE = 1 << 5, PLACEHOLDER = 1 << 6, ALPHA = 1 << 7, LIMIT = 1 << 8, CONTENT = 1 << 9,
    MIN = 1 << 10, MAX = 1 << 11, STEP = 1 << 12, UNIT = 1 << 13, ICON = 1 << 14,
    OPTIONS = 1 << 15, ACCEPT = 1 << 16, METATYPE = 1 << 17, DEFINITION = 1 << 18, ROLE = 1 << 19,
    NAMED = TYPE | ID | LABEL,
    INPUT = NAMED | INFO | DEFAULT,
    SHOWN = INPUT | VISIBLE,
};
const struct theme_member theme_setting_members[] = { // in the order of the bits
    {.name = "type", .kind = THEME_TEXT},
    {.name = "id", .kind = THEME_TEXT},
    {.name = "label", .kind = THEME_TEXT},
    {.name = "info", .kind = THEME_TEXT},
    {.name = "default", .kind = THEME_ANY}, // as the setting's value
    {.name = "visible_if", .kind = THEME_TEXT},
    {.name = "placeholder", .kind = THEME_TEXT},
    {.name = "alpha", .kind = THEME_BOOL},
    {.name = "limit", .kind = THEME_INTEGER, .min = 1, .max = 50},
    {.name = "content", .kind = THEME_TEXT},
    {.name = "min", .kind = THEME_NUMBER},
    {.name = "max", .kind = THEME_NUMBER},
    {.name = "step", .kind = THEME_NUMBER},
    {.name = "unit", .kind = THEME_TEXT},
    {.name = "icon", .kind = THEME_TEXT, .words = theme_icon_words},
    {.name = "options", .kind = THEME_LIST},
    {.name = "accept", .kind = THEME_LIST},
    {.name = "metaobject_type", .kind = THEME_TEXT},
    {.name = "definition", .kind = THEME_LIST},
    {.name = "role", .kind = THEME_MAP},
};
const size_t theme_setting_member_count = ARRAY_LEN(theme_setting_members);

const struct theme_setting_type theme_setting_types[] = {
    {"article", NAMED, INPUT, THEME_FITS_ONE},
    {"article_list", NAMED, INPUT | LIMIT, THEME_FITS_LIST},
    {"blog", NAMED, INPUT, THEME_FITS_ONE},
    {"checkbox", NAMED, SHOWN, THEME_FITS_BOOL},
    {"collection", NAMED, INPUT, THEME_FITS_ONE},
    {"collection_list", NAMED, INPUT | LIMIT, THEME_FITS_LIST},
    {"color", NAMED, SHOWN | ALPHA | PLACEHOLDER, THEME_FITS_COLOR},
    {"color_background", NAMED, SHOWN, THEME_FITS_TEXT},
    {"color_palette", TYPE | ID | DEFAULT, TYPE | ID | DEFAULT, THEME_FITS_OBJECT},
    {"color_scheme", NAMED, SHOWN, THEME_FITS_TEXT},
    {"color_scheme_group", TYPE | ID | DEFINITION | ROLE, TYPE | ID | INFO | DEFINITION | ROLE,
     THEME_FITS_OBJECT},
    {"font_picker", NAMED | DEFAULT, SHOWN, THEME_FITS_TEXT},
    {"header", TYPE | CONTENT, TYPE | CONTENT | INFO | VISIBLE, THEME_FITS_NONE},
    {"html", NAMED, SHOWN | PLACEHOLDER, THEME_FITS_TEXT},
    {"image_picker", NAMED, SHOWN, THEME_FITS_ONE},
    {"inline_richtext", NAMED, SHOWN, THEME_FITS_TEXT},
    {"link_list", NAMED, SHOWN, THEME_FITS_ONE},
    {"liquid", NAMED, SHOWN, THEME_FITS_TEXT},
    {"metaobject", NAMED | METATYPE, INPUT | METATYPE, THEME_FITS_ONE},
    {"metaobject_list", NAMED | METATYPE, INPUT | METATYPE | LIMIT, THEME_FITS_LIST},
    {"number", NAMED, SHOWN | PLACEHOLDER | MIN | MAX | ICON | OPTIONS, THEME_FITS_NUMBER},
    {"page", NAMED, INPUT, THEME_FITS_ONE},
    {"paragraph", TYPE | CONTENT, TYPE | CONTENT | VISIBLE, THEME_FITS_NONE},
    {"product", NAMED, INPUT, THEME_FITS_ONE},
    {"product_list", NAMED, INPUT | LIMIT, THEME_FITS_LIST},
    {"radio", NAMED | OPTIONS, SHOWN | OPTIONS, THEME_FITS_CHOICE},
    {"range", NAMED | DEFAULT | MIN | MAX, SHOWN | MIN | MAX | STEP | UNIT, THEME_FITS_RANGE},
    {"richtext", NAMED, SHOWN, THEME_FITS_RICH},
    {"select", NAMED | OPTIONS, SHOWN | OPTIONS, THEME_FITS_CHOICE},
    {"text", NAMED, SHOWN | PLACEHOLDER, THEME_FITS_TEXT},
    {"text_alignment", NAMED, SHOWN, THEME_FITS_ALIGN},
    {"textarea", NAMED, SHOWN | PLACEHOLDER, THEME_FITS_TEXT},
    {"url", NAMED, SHOWN, THEME_FITS_TEXT},
    {"video", NAMED, SHOWN, THEME_FITS_ONE},
    {"video_url", NAMED | ACCEPT, SHOWN | PLACEHOLDER | ACCEPT, THEME_FITS_TEXT},
};
const size_t theme_setting_type_count = ARRAY_LEN(theme_setting_types);
// clang-format on

const struct theme_setting_type *theme_setting_type(struct str name) {
    for (size_t i = 0; i < theme_setting_type_count; i++)
        if (str_eq(str_c(theme_setting_types[i].name), name)) return &theme_setting_types[i];
    return NULL;
}

bool theme_word_in(const char *const *words, struct str s) {
    for (; *words; words++)
        if (str_eq(str_c(*words), s)) return true;
    return false;
}
