// SPDX-License-Identifier: Apache-2.0
// Every module of Kontor in layer order, and the ways to pay.
#pragma once
#include "core/app.h"
#include "mod/payment/payment.h"

struct module_table modules_all(void);
extern const struct payment_method *const modules_payment_methods[];
extern const struct app_hooks modules_hooks;
