// SPDX-License-Identifier: Apache-2.0
// A small module for the core's own tests: routes of every kind, jobs that count, fail and die,
// settings of every type.
#pragma once
#include "core/testing.h"

struct toy { // in the slot "toy"
    int64_t ran, failed;
    int64_t hits[64]; // runs by number in the payload
};
extern const struct module toy_module;
extern const struct app_hooks toy_hooks;
void toy_open(struct test_shop *t, struct toy *toy);
