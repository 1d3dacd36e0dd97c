// SPDX-License-Identifier: Apache-2.0
// The HTTP server over libmicrohttpd: a few I/O threads (epoll) answer cached pages themselves;
// every other request is handed to a pool of workers where handlers are plain blocking C. Limits:
// header 16 KiB, body per route, 30 s a request, connections and queue bounded (503 with
// Retry-After when full). Slow senders are cut off.
#pragma once
#include "base/log.h"
#include "http/page_cache.h"
#include "http/route.h"

struct server_app { // what the server serves
    void *self;
    // On an I/O thread, before the body is read: the route's body_max in bytes. 0: no body is read
    // (no such path or method), handle answers with an empty body and the connection is closed if
    // one was sent. Must not block.
    size_t (*body_limit)(void *self, enum http_method m, struct str path);
    // On a worker thread; fills rs (made by response_new in rq->arena). Never fails: failures are
    // pages, too. worker: 0 .. workers-1. When rq->refused is set it must answer with that status.
    // The server adds Date, Content-Length, X-Content-Type-Options: nosniff, and for texts
    // Content-Encoding and Vary; it answers HEAD, If-None-Match (against a header ETag, or its own
    // for cacheable pages) and Range (body_file) by itself.
    void (*handle)(void *self, int worker, struct request *rq, struct response *rs);
    // On an I/O thread for GET/HEAD: the cache key of this request, or absent when it may not be
    // served from the cache.
    struct str (*cache_key)(void *self, struct arena *a, const struct request *rq);
};
#define SERVER_WORKERS 4
struct server_options {
    struct str host;
    uint16_t port;       // 0: any free port
    int io_threads;      // 0: 2
    int workers;         // 0: SERVER_WORKERS
    int max_connections; // 0: 4096
    int queue_max;       // 0: 512 requests waiting for a worker; more are answered 503
    int timeout_s;       // 0: 30; seconds of silence, and twice that for a whole request to arrive
    struct page_cache *cache;   // or NULL
    const struct log_sink *log; // or NULL
    instant (*now)(void *world);
    void *world;
    struct str trusted_proxy; // address whose X-Forwarded-* is believed, or absent
};
struct server;
// Options and app are copied; what they point to must live until server_stop.
MUST_USE bool server_start(struct arena *a, const struct server_options *o, struct server_app app,
                           struct server **out,
                           struct err *err); // ERR_IO names a taken port in one sentence
uint16_t server_port(const struct server *s);
// Stops accepting, finishes what is under way (at most 10 s). False when a handler was still
// running then: the server's memory is left alone and the process should end.
bool server_stop(struct server *s);
struct server_stats {
    uint64_t requests, cached,
        refused_busy;         // all; answered from the cache by an I/O thread; 503 for a full queue
    int connections, waiting; // now
};
struct server_stats server_stats(const struct server *s);
