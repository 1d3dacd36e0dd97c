// SPDX-License-Identifier: Apache-2.0
// Rows that were read before and kept while nobody changed what they tell: what many pages read
// again and again (a product's variants, a menu). As with kept pages, what rows told is named by
// topics (page_cache.h): a write bumps them after its commit, and rows read before are forgotten.
// Kept rows belong to the process and are immutable; whoever reads them holds them until ctx_end.
// Never for what is personal, nor for what must be true to the moment (carts, stock at the order).
#pragma once
#include "core/ctx.h"

#define KEPT_BYTES ((size_t)32 << 20) // of all rows kept by a process
enum { KEPT_TOPICS_MAX = 64 };        // rows that tell of more are not kept
struct kept_topics {
    uint64_t v[KEPT_TOPICS_MAX];
    size_t n; // may count more than fit
};
void kept_topic(struct kept_topics *t, const char *kind, int64_t id);
struct kept_rows { // as NAME_rows, without the type
    void *v;
    size_t n, cap;
};
// What the rows tell, asked after they were read.
typedef void kept_told(void *self, const struct kept_rows *rows, struct kept_topics *out);
// As NAME_all: rows_out is a struct NAME_rows; its rows must not be written to. in: the query's
// input; the same input gives the same rows (no clock in it). In a transaction, or where nothing is
// kept (shop->kept is NULL), the database is asked.
MUST_USE bool kept_all(struct ctx *c, const struct db_query *q, const void *in, kept_told *told,
                       void *self, void *rows_out);
// For rows whose topics are known beforehand.
MUST_USE bool kept_all_of(struct ctx *c, const struct db_query *q, const void *in,
                          const struct kept_topics *topics, void *rows_out);

struct kept *kept_new(size_t max_bytes);
void kept_free(struct kept *k);
void kept_release(struct ctx *c); // by ctx_end
struct kept_counts {
    uint64_t hits, misses, bytes, entries;
};
struct kept_counts kept_counts(struct kept *k);
