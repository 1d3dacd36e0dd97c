// SPDX-License-Identifier: Apache-2.0
// Memory by lifetime. An arena hands out memory that lives until the arena is reset or done;
// nothing in it is freed alone. A function that returns memory takes the arena first, so its
// signature says how long the result lives. Lifetimes in use: process, request or job, scratch
// (arena_mark/arena_rewind inside one function). Memory is zeroed and aligned to 16 bytes. When the
// system is out of memory the process ends (base_bug): the open transaction rolls back and the
// parent restarts it. Sizes that a user controls are limited before they get here.
#pragma once
#include "base/base.h"
#include "base/str.h"

struct arena_block;
struct arena {
    struct arena_block *head; // newest block first
    size_t total;             // bytes taken from the system by all blocks
};
struct arena_mark {
    struct arena_block *head;
    size_t used;
};

// An arena starts as {0}; the first allocation takes the first block.
void *arena_alloc(struct arena *a, size_t size);
void *arena_alloc_array(struct arena *a, size_t count,
                        size_t size); // ends the process when count*size overflows
void *arena_copy(struct arena *a, const void *p, size_t size);
void arena_reset(struct arena *a); // frees all but one block, which is kept for reuse
void arena_done(struct arena *a);  // frees everything; the arena is {0} again

struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m); // frees what was taken since the mark

struct str arena_str(struct arena *a,
                     struct str s); // a copy with a terminating NUL after the last byte
const char *arena_cstr(struct arena *a,
                       struct str s); // the same as a C string; bytes after an inner NUL are lost
PRINTF_LIKE(2, 3) struct str arena_fmt(struct arena *a, const char *fmt, ...); // NUL-terminated

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc_array((a), (n), sizeof(type)))
