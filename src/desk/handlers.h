// SPDX-License-Identifier: Apache-2.0
// The handlers behind the rows of routes in desk.c.
#pragma once
#include "http/route.h"

extern const struct route desk_routes[]; // ends with a zero row
route_handler home_page, desk_asset;
// sign_in.c, profile.c, staff.c
route_handler login_page, login_form, code_page, code_form, link_page, link_form, logout_form;
route_handler profile_page, profile_save, password_save;
route_handler staff_page, staff_new_form, staff_edit_page, staff_edit_form, staff_link_form;
// orders.c, order_page.c, order_forms.c
route_handler orders_page, orders_new, view_save, view_drop;
route_handler order_page, order_pay_form, order_ship_form, order_cancel_form, order_refund_form, order_note_form;
// products.c, product_page.c, product_form.c, collections.c
route_handler products_page, product_page, product_new_page, product_form, product_new_form;
route_handler collections_page, collection_page, collection_new_page, collection_form, collection_new_form;
// payments.c
route_handler payments_page, statement_form, entry_form, transfer_form;
// settings.c, shipping.c, pages.c
route_handler settings_page, settings_form;
route_handler shipping_page, shipping_edit_page, shipping_form;
route_handler pages_page, page_edit_page, page_form, page_version_page;
// jobs.c
route_handler jobs_page, job_retry_form, audit_page;
