// SPDX-License-Identifier: Apache-2.0
// The page cache: bytes of whole pages shared by all threads, bounded in bytes, scan-resistant (a
// page is kept on its second ask). A page remembers the topics it showed ("product 12") and their
// versions when it was made; a write bumps versions; a hit compares them. Nothing personal is ever
// put here: a response that sets a cookie is not kept. Encodings (identity, gzip, br, zstd) are
// made once, when kept, on the thread that puts. All functions may be called from any thread.
// Topics are 64-bit hashes: topic_of(kind, id). Collisions cost a needless miss, never a stale
// page.
#pragma once
#include "http/http.h"

struct page_cache;
struct page; // one kept page, reference-counted
struct page_cache *page_cache_new(size_t max_bytes);
void page_cache_free(struct page_cache *c);

uint64_t topic_of(const char *kind, int64_t id); // id 0: the kind as a whole ("menu", "theme")
void page_cache_bump(struct page_cache *c, uint64_t topic);
// Before a page is made: notes the state of all versions, so that a write during its making is
// seen.
uint64_t page_cache_epoch(const struct page_cache *c);
// Nothing bumped the topic since: for what else is kept by topics (compiled themes).
bool page_cache_fresh(const struct page_cache *c, uint64_t topic, uint64_t epoch);
// Keeps rs (status 200, cacheable) on the second put of this key. Pages made before a topic's last
// bump are stale at once.
void page_cache_put(struct page_cache *c, struct str key, const struct response *rs,
                    uint64_t epoch);
struct page *page_cache_get(struct page_cache *c,
                            struct str key); // NULL: not there or stale; else page_unref when sent
void page_unref(struct page *p);
void page_cache_clear(struct page_cache *c);
enum page_encoding { PAGE_IDENTITY, PAGE_GZIP, PAGE_BROTLI, PAGE_ZSTD };
struct page_view {
    struct str bytes, etag;      // etag is weak and the same for all encodings: W/"..."
    enum page_encoding encoding; // what bytes are: e, or identity
    const struct http_pairs *headers;
};
struct page_view page_view(const struct page *p, enum page_encoding e); // falls back to identity
struct page_cache_stats {
    uint64_t hits, misses, stale, bytes, pages;
};
struct page_cache_stats page_cache_stats(struct page_cache *c);
