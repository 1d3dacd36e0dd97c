// SPDX-License-Identifier: Apache-2.0
// The page of one order, shown by its own route and again by a form that was refused.
#pragma once
#include "desk/page.h"

// open: the action whose form stands open ("ship"), or NULL.
MUST_USE bool desk_order_show(struct desk *d, int64_t id, const char *open);
