// SPDX-License-Identifier: Apache-2.0
// Every kind of object this folder answers besides goods and content; those that the shop has not
// are here with the reason, for docs/liquid-coverage.md.
#include "shop/object/people.h"

#define EMPTY(kind, word, props)                                                                   \
    static const struct theme_kind kind = {.name = word, THEME_PROPS(props)};

#define NONE(name)                                                                                 \
    { name, NULL, WHY, false }
#define WHY                                                                                        \
    "what a card is called stays with the provider; what is due stands on the order's status page"
static const struct theme_prop payment_details_props[] = {
    NONE("credit_card_company"),
    NONE("credit_card_last_four_digits"),
    NONE("credit_card_number"),
    NONE("gift_card"),
};
EMPTY(payment_details_kind, "transaction_payment_details", payment_details_props)
static const struct theme_prop pending_props[] = {NONE("header"), NONE("value")};
EMPTY(pending_kind, "pending_payment_instruction_input", pending_props)
#undef WHY

#define WHY "there are no discount codes; a lower price is the product's own"
static const struct theme_prop discount_props[] = {
    NONE("amount"),       NONE("code"),          NONE("savings"), NONE("title"),
    NONE("total_amount"), NONE("total_savings"), NONE("type"),
};
EMPTY(discount_kind, "discount", discount_props)
static const struct theme_prop allocation_props[] = {NONE("amount"), NONE("discount_application")};
EMPTY(allocation_kind, "discount_allocation", allocation_props)
static const struct theme_prop application_props[] = {
    NONE("target_selection"),
    NONE("target_type"),
    NONE("title"),
    NONE("total_allocated_amount"),
    NONE("type"),
    NONE("value"),
    NONE("value_type"),
};
EMPTY(application_kind, "discount_application", application_props)
#undef WHY

#define WHY "gift cards are not sold"
static const struct theme_prop gift_card_props[] = {
    NONE("balance"),
    NONE("code"),
    NONE("currency"),
    NONE("customer"),
    NONE("enabled"),
    NONE("expired"),
    NONE("expires_on"),
    NONE("initial_value"),
    NONE("last_four_characters"),
    NONE("message"),
    NONE("pass_url"),
    NONE("product"),
    NONE("properties"),
    NONE("qr_identifier"),
    NONE("recipient"),
    NONE("send_on"),
    NONE("template_suffix"),
    NONE("url"),
};
EMPTY(gift_card_kind, "gift_card", gift_card_props)
static const struct theme_prop recipient_props[] = {NONE("email"), NONE("name"), NONE("nickname")};
EMPTY(recipient_kind, "recipient", recipient_props)
#undef WHY

#define WHY "there are no company accounts"
static const struct theme_prop company_props[] = {
    NONE("available_locations"), NONE("available_locations_count"),
    NONE("external_id"),         NONE("id"),
    NONE("metafields"),          NONE("name"),
};
EMPTY(company_kind, "company", company_props)
static const struct theme_prop company_location_props[] = {
    NONE("company"),
    NONE("current?"),
    NONE("external_id"),
    NONE("id"),
    NONE("metafields"),
    NONE("name"),
    NONE("shipping_address"),
    NONE("store_credit_account"),
    NONE("tax_registration_id"),
    NONE("url_to_set_as_current"),
};
EMPTY(company_location_kind, "company_location", company_location_props)
static const struct theme_prop company_address_props[] = {
    NONE("address1"),  NONE("address2"),     NONE("attention"),     NONE("city"),
    NONE("country"),   NONE("country_code"), NONE("first_name"),    NONE("id"),
    NONE("last_name"), NONE("province"),     NONE("province_code"), NONE("street"),
    NONE("zip"),
};
EMPTY(company_address_kind, "company_address", company_address_props)
#undef WHY

#define WHY "goods are sent; there is no shop to fetch them from"
static const struct theme_prop location_props[] = {
    NONE("address"),   NONE("id"),         NONE("latitude"),
    NONE("longitude"), NONE("metafields"), NONE("name"),
};
EMPTY(location_kind, "location", location_props)
#undef WHY

#define WHY "there are no metaobjects"
static const struct theme_prop metaobject_props[] = {NONE("system")};
EMPTY(metaobject_kind, "metaobject", metaobject_props)
static const struct theme_prop definition_props[] = {NONE("values"), NONE("values_count")};
EMPTY(definition_kind, "metaobject_definition", definition_props)
static const struct theme_prop system_props[] = {NONE("handle"), NONE("id"), NONE("type"),
                                                 NONE("url")};
EMPTY(system_kind, "metaobject_system", system_props)
#undef WHY

#define WHY "a theme's settings hold the shop's logo, colours and slogan"
static const struct theme_prop brand_props[] = {
    NONE("colors"),     NONE("cover_image"),       NONE("favicon_url"), NONE("logo"),
    NONE("metafields"), NONE("short_description"), NONE("slogan"),      NONE("square_logo"),
};
EMPTY(brand_kind, "brand", brand_props)
#undef WHY

#define WHY "no way to pay is kept"
static const struct theme_prop payment_method_props[] = {NONE("payment_instrument_type"),
                                                         NONE("token")};
EMPTY(payment_method_kind, "customer_payment_method", payment_method_props)
#undef WHY
#define WHY "there is no store credit"
static const struct theme_prop credit_props[] = {NONE("balance")};
EMPTY(credit_kind, "store_credit_account", credit_props)
#undef WHY
#define WHY "every line may be changed and removed"
static const struct theme_prop instruction_props[] = {NONE("can_remove"),
                                                      NONE("can_update_quantity")};
EMPTY(instructions_kind, "instructions", instruction_props)
#undef WHY
#define WHY "there are no nested lines"
static const struct theme_prop parent_props[] = {NONE("parent")};
EMPTY(parent_kind, "parent_relationship", parent_props)
#undef WHY
#define WHY "no code of other firms runs inside the shop"
static const struct theme_prop app_props[] = {NONE("metafields")};
EMPTY(app_kind, "app", app_props)
static const struct theme_prop script_props[] = {NONE("id"), NONE("name")};
EMPTY(script_kind, "script", script_props)
static const struct theme_prop scripts_props[] = {NONE("cart_calculate_line_items")};
EMPTY(scripts_kind, "scripts", scripts_props)
#undef WHY

#define WHY "robots.txt is the shop's own, so that no theme can hide a shop by mistake"
static const struct theme_prop robots_props[] = {NONE("default_groups")};
EMPTY(robots_kind, "robots", robots_props)
static const struct theme_prop group_props[] = {NONE("rules"), NONE("sitemap"), NONE("user_agent")};
EMPTY(group_kind, "group", group_props)
static const struct theme_prop rule_props[] = {NONE("directive"), NONE("value")};
EMPTY(rule_kind, "rule", rule_props)
EMPTY(sitemap_kind, "sitemap", rule_props)
EMPTY(user_agent_kind, "user_agent", rule_props)
#undef WHY

const struct theme_kind *const people_kinds[] = {
    &shop_kind,
    &policy_kind,
    &cart_kind,
    &line_item_kind,
    &customer_kind,
    &address_kind,
    &order_kind,
    &fulfillment_kind,
    &transaction_kind,
    &tax_line_kind,
    &shipping_method_kind,
    &page_kind,
    &pages_kind,
    &routes_kind,
    &localization_kind,
    &shop_locale_kind,
    &country_kind,
    &currency_kind,
    &market_kind,
    &request_kind,
    &form_kind,
    &form_errors_kind,
    &theme_kind_,
    &paginate_kind,
    &part_kind,
    &payment_details_kind,
    &pending_kind,
    &discount_kind,
    &allocation_kind,
    &application_kind,
    &gift_card_kind,
    &recipient_kind,
    &company_kind,
    &company_location_kind,
    &company_address_kind,
    &location_kind,
    &metaobject_kind,
    &definition_kind,
    &system_kind,
    &brand_kind,
    &payment_method_kind,
    &credit_kind,
    &instructions_kind,
    &parent_kind,
    &app_kind,
    &script_kind,
    &scripts_kind,
    &robots_kind,
    &group_kind,
    &rule_kind,
    &sitemap_kind,
    &user_agent_kind,
    NULL,
};
