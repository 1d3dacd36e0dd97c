// SPDX-License-Identifier: Apache-2.0
// The storefront: pages for shoppers out of the theme, complete without scripts. Reads all modules
// through the queries of shop.sql; writes only through carts, flows and customer codes. Pages that
// are the same for everybody go to the page cache.
#pragma once
#include "core/app.h"

extern const struct module
    shop_face; // routes and the theme's settings; its start compiles the theme
// app_hooks.error_page for every path that is not the desk's.
void shop_error_page(struct ctx *c, const struct request *rq, struct response *rs, int status);
