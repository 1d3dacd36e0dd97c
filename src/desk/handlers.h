// SPDX-License-Identifier: Apache-2.0
// The handlers behind the rows of routes in desk.c.
#pragma once
#include "http/route.h"

extern const struct route desk_routes[]; // ends with a zero row
route_handler desk_home_page, desk_asset;
// sign_in.c, profile.c, staff.c
route_handler desk_login_page, desk_login_form, desk_code_page, desk_code_form, desk_link_page,
    desk_link_form, desk_logout_form;
route_handler desk_profile_page, desk_profile_save, desk_password_save;
route_handler desk_staff_page, desk_staff_new_form, desk_staff_edit_page, desk_staff_edit_form,
    desk_staff_link_form;
// orders.c, order_page.c, order_forms.c
route_handler desk_orders_page, desk_orders_new, desk_view_save, desk_view_drop;
route_handler desk_order_page, desk_order_pay_form, desk_order_ship_form, desk_order_cancel_form,
    desk_order_refund_form, desk_order_note_form;
// products.c, product_page.c, product_form.c, collections.c
route_handler desk_products_page, desk_product_page, desk_product_new_page, desk_product_form,
    desk_product_new_form;
route_handler desk_collections_page, desk_collection_page, desk_collection_new_page,
    desk_collection_form, desk_collection_new_form;
// payments.c
route_handler desk_payments_page, desk_statement_form, desk_entry_form, desk_transfer_form;
// settings.c, shipping.c, pages.c
route_handler desk_settings_page, desk_settings_form;
route_handler desk_shipping_page, desk_shipping_edit_page, desk_shipping_form;
route_handler desk_pages_page, desk_page_edit_page, desk_page_form, desk_page_version_page;
// themes.c
route_handler desk_themes_page, desk_theme_add_form, desk_theme_form;
// badges.c
route_handler desk_badges_page, desk_badges_form;
// theme_look.c, theme_file.c
route_handler desk_theme_page, desk_theme_look_page, desk_theme_look_form, desk_theme_file_page,
    desk_theme_file_form;
// blogs.c, article.c, comments.c, menus.c, newsletter.c
route_handler desk_blogs_page, desk_blog_page, desk_blog_form, desk_article_page, desk_article_form,
    desk_article_version_page, desk_menus_page, desk_menu_page, desk_menu_form, desk_comments_page,
    desk_comment_form, desk_newsletter_page, desk_newsletter_export, desk_newsletter_erase;
// jobs.c
route_handler desk_jobs_page, desk_job_retry_form, desk_audit_page;
