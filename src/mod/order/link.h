// SPDX-License-Identifier: Apache-2.0
// The unguessable part of an order's public address, /orders/<id>/<key>: a keyed hash, nothing is
// stored.
#pragma once
#include "core/ctx.h"

struct str order_link_key(struct ctx *c, int64_t order_id);
bool order_link_ok(struct ctx *c, int64_t order_id, struct str key); // constant time
struct str order_link_path(struct ctx *c, int64_t order_id); // "/orders/12/KEY", without language
struct str order_pay_path(struct ctx *c, int64_t order_id);  // its way to the provider: .../pay
