// SPDX-License-Identifier: Apache-2.0
#include "flow/flow.h"

#include "flow/order_mail.h"

static const struct job_kind jobs[] = {
    {.name = "order.mail", .run = order_mail_run},
    {0},
};
const struct module flow_module = {
    .name = "flow",
    .needs = (const char *const[]){"order", "payment", "shipping", "mail", "content", NULL},
    .jobs = jobs,
};
