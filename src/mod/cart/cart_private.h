// SPDX-License-Identifier: Apache-2.0
// What the files of the cart share.
#pragma once
#include "mod/cart/cart.h"

// The cart of the session, made when there is none, and touched. In a transaction.
MUST_USE bool cart_of(struct ctx *c, int64_t *id_out);
