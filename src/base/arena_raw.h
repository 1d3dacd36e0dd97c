// SPDX-License-Identifier: Apache-2.0
// Memory of an arena that is not zeroed: for what is written before it is read, and is large or
// asked for often (buffers that grow, copies, stacks). Everything else takes arena_alloc.
#pragma once
#include "base/arena.h"

void *arena_raw(struct arena *a, size_t size); // aligned to 16 bytes, content undefined
