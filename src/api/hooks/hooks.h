// SPDX-License-Identifier: Apache-2.0
// What the outside calls: webhooks of payment providers, and the addresses between the shop and a
// provider's page.
//   POST /hooks/stripe                  400: not signed by Stripe; 200: kept (or known already);
//   5xx: send it again GET  /orders/:id/:key/pay           303 to the page on which the order can
//   be paid, or to the order when nothing is due GET  /orders/:id/:key/return?session_id=cs_...
//   comes from there: looks what happened, then 303 to the order
#pragma once
#include "core/module.h"

extern const struct module hooks_module;
bool hook_stripe(struct ctx *c, const struct request *rq, struct response *rs);
bool hook_pay(struct ctx *c, const struct request *rq, struct response *rs);
bool hook_return(struct ctx *c, const struct request *rq, struct response *rs);
