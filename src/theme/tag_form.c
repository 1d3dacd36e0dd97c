// SPDX-License-Identifier: Apache-2.0
// {% form 'product', product, id: 'x', class: 'y', data-z: 1 %}: the form element with what the
// shop needs in it, and the object `form` for the body.
#include "theme/filter_private.h"

// The element as Shopify prints it for each type: its id and class when the theme gives none.
static const struct form_shape {
    const char *type, *id, *class_name;
} shapes[] = {
    {"activate_customer_password", "activate_customer_password", ""},
    {"cart", "cart_form", "shopify-cart-form"},
    {"contact", "contact_form", "contact-form"},
    {"create_customer", "create_customer", ""},
    {"currency", "currency_form", "shopify-currency-form"},
    {"customer", "contact_form", "contact-form"},
    {"customer_address", "address_form", ""},
    {"customer_login", "customer_login", ""},
    {"guest_login", "customer_login_guest", ""},
    {"localization", "localization_form", "shopify-localization-form"},
    {"new_comment", "comment_form", "comment-form"},
    {"product", "product_form", "shopify-product-form"},
    {"recover_customer_password", "", ""},
    {"reset_customer_password", "", ""},
    {"storefront_password", "login_form", "storefront-password-form"},
};

static const struct form_shape *shape_of(struct str type) {
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        if (str_eq(type, str_c(shapes[i].type))) return &shapes[i];
    return NULL;
}

// Forms about one thing carry its number in their id, so that two on a page differ.
static bool own_id(struct liquid_call *c, const struct form_shape *shape, struct liquid_value about,
                   struct str *out, struct err *err) {
    struct liquid_value id;
    *out = str_c(shape->id);
    if (!str_eq(*out, S("product_form")) && !str_eq(*out, S("address_form"))) return true;
    TRY(value_get(c->arena, about, "id", &id, err));
    struct str number = id.type == LIQUID_NIL ? S("new") : liquid_to_str(c->arena, id);
    *out = arena_fmt(c->arena, STR_FMT "_" STR_FMT, STR_ARG(*out), STR_ARG(number));
    return true;
}

static void put_open(struct liquid_call *c, const struct form_shape *shape, struct str id,
                     const struct theme_form_out *form) {
    static const char *const own[] = {"return_to", "id", "class", "method", "action", NULL};
    struct str given = call_named(c, "id"), class_name = call_named(c, "class");
    buf_put(c->out, S("<form"));
    put_attr(c->out, "method", S("post"));
    put_attr(c->out, "action", form->action);
    if (given.p) id = given;
    if (id.n) put_attr(c->out, "id", id);
    put_attr(c->out, "accept-charset", S("UTF-8"));
    if (!class_name.p) class_name = str_c(shape->class_name);
    if (class_name.n) put_attr(c->out, "class", class_name);
    if (form->multipart) put_attr(c->out, "enctype", S("multipart/form-data"));
    put_named_attrs(c->out, c, own);
    buf_put(c->out, S(">"));
}

static bool tag_form(struct liquid_call *c, struct err *err) {
    struct theme_form form = {.type = call_arg(c, 0),
                              .about = liquid_arg(&c->args, 1),
                              .return_to = liquid_named(&c->args, "return_to")};
    struct theme_form_out made = {0};
    struct str id;
    const struct form_shape *shape = shape_of(form.type);
    if (!shape)
        return err_set(err, ERR_INVALID, "Invalid form type \"" STR_FMT "\"", STR_ARG(form.type));
    TRY(call_host(c)->form(call_shop(c), &form, &made, err));
    if (!made.action.p) return true; // the shop has no such form
    TRY(own_id(c, shape, form.about, &id, err));
    put_open(c, shape, id, &made);
    buf_put(c->out, made.hidden);
    struct liquid_map *locals = liquid_map_new(c->arena);
    liquid_set(locals, "form", made.form);
    TRY(liquid_body(c, locals, err));
    buf_put(c->out, S("</form>"));
    return true;
}

const struct liquid_tag theme_form_tags[] = {
    {"form", LIQUID_TAG_BLOCK, tag_form, NULL, NULL},
    {"paginate", LIQUID_TAG_BLOCK, theme_tag_paginate, NULL, "by"},
};
const size_t theme_form_tag_count = ARRAY_LEN(theme_form_tags);
