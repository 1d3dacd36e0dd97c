// SPDX-License-Identifier: Apache-2.0
#include "mod/order/link.h"

#define LINK_PURPOSE "order-link"

static struct str text_of(struct ctx *c, int64_t order_id) {
    return arena_fmt(c->arena, "%lld", (long long)order_id);
}

struct str order_link_key(struct ctx *c, int64_t order_id) {
    return token_mac(c->arena, &c->shop->key, LINK_PURPOSE, text_of(c, order_id));
}

bool order_link_ok(struct ctx *c, int64_t order_id, struct str key) {
    return token_mac_ok(&c->shop->key, LINK_PURPOSE, text_of(c, order_id), key);
}

struct str order_link_path(struct ctx *c, int64_t order_id) {
    return arena_fmt(c->arena, "/orders/%lld/" STR_FMT, (long long)order_id,
                     STR_ARG(order_link_key(c, order_id)));
}

struct str order_pay_path(struct ctx *c, int64_t order_id) {
    return arena_fmt(c->arena, STR_FMT "/pay", STR_ARG(order_link_path(c, order_id)));
}
