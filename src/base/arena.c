// SPDX-License-Identifier: Apache-2.0
#include "base/arena_raw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

// Under ASan, what is not handed out is poisoned and every allocation is followed by a red zone.
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
enum { RED_ZONE = 16 };
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { FMT_NEAR = 256 };
enum { ALIGN = 16, FIRST_BLOCK = 8 << 10, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t size, used; // of data, in bytes
    size_t pad;        // keeps data aligned
    char data[];
};
_Static_assert(sizeof(struct arena_block) % ALIGN == 0, "data of a block must be aligned");

static struct arena_block *block_new(struct arena *a, size_t need) {
    size_t size = a->head ? a->head->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need) size = need;
    struct arena_block *b = malloc(sizeof *b + size);
    ensure(b != NULL);
    *b = (struct arena_block){.older = a->head, .size = size};
    POISON(b->data, size);
    a->head = b;
    a->total += sizeof *b + size;
    return b;
}

static void block_free(struct arena *a, struct arena_block *b) {
    a->total -= sizeof *b + b->size;
    UNPOISON(b->data, b->size);
    free(b);
}

void *arena_raw(struct arena *a, size_t size) {
    ensure(size <= SIZE_MAX / 2);
    size_t need = (size + RED_ZONE + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (need == 0) need = ALIGN;
    struct arena_block *b = a->head;
    if (!b || b->size - b->used < need) b = block_new(a, need);
    char *p = b->data + b->used;
    b->used += need;
    UNPOISON(p, size);
    return p;
}

void *arena_alloc(struct arena *a, size_t size) { return memset(arena_raw(a, size), 0, size); }

void *arena_alloc_array(struct arena *a, size_t count, size_t size) {
    size_t total;
    ensure(!__builtin_mul_overflow(count, size, &total));
    return arena_alloc(a, total);
}

void *arena_copy(struct arena *a, const void *p, size_t size) {
    void *to = arena_raw(a, size);
    if (size) memcpy(to, p, size);
    return to;
}

// The largest block of ordinary size stays, so that a warm request arena does not call malloc.
void arena_reset(struct arena *a) {
    struct arena_block *keep = NULL, *older;
    for (struct arena_block *b = a->head; b; b = b->older)
        if (b->size <= LARGEST_BLOCK && (!keep || b->size > keep->size)) keep = b;
    for (struct arena_block *b = a->head; b; b = older) {
        older = b->older;
        if (b != keep) block_free(a, b);
    }
    a->head = keep;
    if (!keep) return;
    keep->older = NULL;
    keep->used = 0;
    POISON(keep->data, keep->size);
}

void arena_done(struct arena *a) {
    while (a->head) {
        struct arena_block *b = a->head;
        a->head = b->older;
        block_free(a, b);
    }
}

struct arena_mark arena_mark(const struct arena *a) {
    return (struct arena_mark){a->head, a->head ? a->head->used : 0};
}

void arena_rewind(struct arena *a, struct arena_mark m) {
    while (a->head != m.head) {
        ensure(a->head != NULL);
        struct arena_block *b = a->head;
        a->head = b->older;
        block_free(a, b);
    }
    if (!m.head) return;
    ensure(m.used <= m.head->used);
    m.head->used = m.used;
    POISON(m.head->data + m.used, m.head->size - m.used);
}

struct str arena_str(struct arena *a, struct str s) {
    if (!s.p) return s;
    return (struct str){arena_cstr(a, s), s.n};
}

const char *arena_cstr(struct arena *a, struct str s) {
    ensure(s.n < SIZE_MAX);
    char *to = arena_raw(a, s.n + 1);
    if (s.n) memcpy(to, s.p, s.n);
    to[s.n] = '\0';
    return to;
}

// Most texts are short: written once, on the stack, and copied.
struct str arena_fmt(struct arena *a, const char *fmt, ...) {
    va_list args, again;
    char near[FMT_NEAR];
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(near, sizeof near, fmt, args);
    va_end(args);
    ensure(n >= 0);
    char *p = arena_raw(a, (size_t)n + 1);
    if ((size_t)n < sizeof near)
        memcpy(p, near, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}
