// SPDX-License-Identifier: Apache-2.0
#include "flow/flow.h"

#include "flow/order_mail.h"
#include "flow/provider_refund.h"
#include "flow/stripe_complete.h"
#include "flow/stripe_hook.h"

static const struct job_kind jobs[] = {
    {.name = "order.mail", .run = order_mail_run},
    {.name = "payment.refund", .run = provider_refund_run},
    {.name = "payment.stripe_event", .run = stripe_hook_run},
    {.name = "payment.stripe_sweep", .run = stripe_sweep, .every_s = STRIPE_SWEEP_S},
    {0},
};
const struct module flow_module = {
    .name = "flow",
    .needs =
        (const char *const[]){"order", "payment", "shipping", "mail", "content", "contact", NULL},
    .jobs = jobs,
};
