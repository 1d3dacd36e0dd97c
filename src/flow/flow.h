// SPDX-License-Identifier: Apache-2.0
// The flows as a module: the jobs that carry out what flows promised.
#pragma once
#include "core/module.h"

extern const struct module flow_module;
