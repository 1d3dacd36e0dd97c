// SPDX-License-Identifier: Apache-2.0
// A kept page with the ready-made responses of the server (made at the first hit, shared by all
// connections). users: the cache and those who hold it from page_cache_get. holds: what the bytes
// are needed for: one for the users together, one for each ready-made response, which may still be
// on its way when the last user has gone.
#pragma once
#include <stdatomic.h>

#include "http/page_cache.h"

#define PAGE_ENCODINGS 4
#define PAGE_FORMS     2 // whole, and 304

struct MHD_Response;
struct page {
    _Atomic int users, holds;
    _Atomic(struct MHD_Response *) ready[PAGE_FORMS][PAGE_ENCODINGS];
    struct arena arena; // everything below, and the page itself is beside it
    struct str key;
    uint64_t hash, epoch;
    uint16_t topics[RESPONSE_TOPICS_MAX];
    size_t topic_count;
    struct str etag, encodings[PAGE_ENCODINGS];
    struct http_pairs headers; // without Content-Encoding, ETag, Vary
    size_t bytes;              // what it counts in the budget
    // owned by the shard, under its lock
    struct page *chain, *newer, *older;
    uint8_t asked;
};
void page_drop_hold(struct page *p);
void page_ready_done(struct page *p); // page_response.c: gives the ready-made responses back
// The response for a page in an encoding, or its 304. Valid as long as the caller holds the page;
// queueing it makes the connection hold it. NULL when memory is out.
struct MHD_Response *page_response(struct page *p, enum page_encoding e, bool not_modified);
