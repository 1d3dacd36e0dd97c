// SPDX-License-Identifier: Apache-2.0
// The core's own descriptor: settings of the shop, housekeeping jobs, checks, /healthz. shop_open
// puts it first.
#pragma once
#include "core/module.h"

extern const struct module core_module;
