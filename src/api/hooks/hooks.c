// SPDX-License-Identifier: Apache-2.0
#include "api/hooks/hooks.h"

#define EVENT_MAX ((size_t)512 << 10)

static const struct route routes[] = {
    {HTTP_POST, "/hooks/stripe", hook_stripe, PERM_PUBLIC, .csrf = CSRF_NONE, .limit = LIMIT_HOOK,
     .body_max = EVENT_MAX},
    {HTTP_GET, "/orders/:id/:key/pay", hook_pay, PERM_PUBLIC, .limit = LIMIT_GUESS},
    {HTTP_GET, "/orders/:id/:key/return", hook_return, PERM_PUBLIC, .limit = LIMIT_GUESS},
    {0},
};
const struct module hooks_module = {
    .name = "hooks",
    .needs = (const char *const[]){"payment", "flow", NULL},
    .routes = routes,
};
