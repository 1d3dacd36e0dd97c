// SPDX-License-Identifier: Apache-2.0
// The entry point of a libFuzzer target; each fuzz_<thing>.c defines it, with its kept cases in
// test/corpus/<thing>/. Built with clang and -Dfuzz=true.
#pragma once
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
