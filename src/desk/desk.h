// SPDX-License-Identifier: Apache-2.0
// The back office at /desk: pages for the people who work in the shop, complete without scripts.
// Reads all modules through the queries of desk.sql and their own; writes only through flows and
// the functions of modules. What a page may show and do is the permission in its route's row.
#pragma once
#include "core/app.h"

extern const struct module
    desk_module; // routes, menu, setting desk.low_stock; start compiles the templates
// app_hooks.error_page for paths under /desk.
void desk_error_page(struct ctx *c, const struct request *rq, struct response *rs, int status);
