// SPDX-License-Identifier: Apache-2.0
// What runs on the I/O threads. Nothing here blocks; cache hits are answered here.
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

#include "http/http_private.h"
#include "http/page_private.h"
#include "http/server_private.h"

#define SWALLOW_MAX ((size_t)1 << 20) // of a body that is refused while it is on its way
#define MHD_MEMORY  ((size_t)32 << 10)

static struct conn *conn_of(struct MHD_Connection *mhd) {
    const union MHD_ConnectionInfo *i =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return i ? i->socket_context : NULL;
}

static void address_text(const struct sockaddr *sa, char out[INET6_ADDRSTRLEN]) {
    const struct sockaddr_in6 *six = (const void *)sa;
    const struct sockaddr_in *four = (const void *)sa;
    out[0] = '\0';
    if (sa && sa->sa_family == AF_INET) inet_ntop(AF_INET, &four->sin_addr, out, INET6_ADDRSTRLEN);
    if (!sa || sa->sa_family != AF_INET6) return;
    if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr)) {
        inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], out, INET6_ADDRSTRLEN);
    } else {
        inet_ntop(AF_INET6, &six->sin6_addr, out, INET6_ADDRSTRLEN);
    }
}

static void conn_open(struct server *s, struct MHD_Connection *mhd, void **context) {
    struct conn *c = calloc(1, sizeof *c);
    *context = c;
    if (!c) return;
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *peer =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    c->server = s;
    c->fd = fd ? fd->connect_fd : -1;
    address_text(peer ? peer->client_addr : NULL, c->address);
    c->reading_since = server_seconds();
    atomic_fetch_add(&s->connections, 1);
    pthread_mutex_lock(&s->lock);
    c->next = s->conns;
    if (c->next) c->next->before = c;
    s->conns = c;
    pthread_mutex_unlock(&s->lock);
}

static void conn_close(struct server *s, struct conn *c) {
    pthread_mutex_lock(&s->lock);
    *(c->before ? &c->before->next : &s->conns) = c->next;
    if (c->next) c->next->before = c->before;
    pthread_mutex_unlock(&s->lock);
    arena_done(&c->head);
    free(c);
    atomic_fetch_sub(&s->connections, 1);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode code) {
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        conn_open(cls, mhd, context);
    } else if (*context) {
        conn_close(cls, *context);
        *context = NULL;
    }
}

// The request line has been read; uri is raw.
static void *on_target(void *cls, const char *uri, struct MHD_Connection *mhd) {
    struct server *s = cls;
    struct conn *c = conn_of(mhd);
    if (!c) return NULL;
    c->target = arena_str(&c->head, str_c(uri));
    c->phase = PHASE_HEAD;
    c->counted = true;
    atomic_fetch_add(&s->open_requests, 1);
    return NULL;
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **req_cls,
                         enum MHD_RequestTerminationCode toe) {
    struct server *s = cls;
    struct conn *c = conn_of(mhd);
    (void)req_cls, (void)toe;
    if (!c) return;
    if (c->exchange) exchange_give(s, c->exchange);
    c->exchange = NULL;
    c->rq = NULL;
    c->body_limit = 0;
    c->phase = PHASE_HEAD;
    arena_reset(&c->head);
    atomic_store(&c->reading_since, server_seconds());
    if (c->counted) atomic_fetch_sub(&s->open_requests, 1);
    if (c->working) atomic_fetch_sub(&s->working, 1);
    c->counted = c->working = false;
}

static enum page_encoding best_encoding(const struct page *p, struct str accept) {
    static const enum page_encoding ORDER[] = {PAGE_BROTLI, PAGE_ZSTD, PAGE_GZIP};
    unsigned accepted = accept.n ? accept_encodings(accept) : 0;
    for (size_t i = 0; i < ARRAY_LEN(ORDER); i++)
        if ((accepted & (1u << ORDER[i])) && p->encodings[ORDER[i]].p) return ORDER[i];
    return PAGE_IDENTITY;
}

// True when the page was there; result_out is what the callback returns.
static bool serve_cached(struct conn *c, struct MHD_Connection *mhd, struct str key,
                         enum MHD_Result *result_out) {
    struct server *s = c->server;
    struct page *p = page_cache_get(s->options.cache, key);
    if (!p) return false;
    struct str wanted = request_header(c->rq, "If-None-Match");
    bool same = wanted.n && etag_matches(wanted, p->etag);
    enum page_encoding e = best_encoding(p, request_header(c->rq, "Accept-Encoding"));
    struct MHD_Response *r = page_response(p, e, same);
    if (r) {
        c->phase = PHASE_SENT;
        *result_out = MHD_queue_response(mhd, same ? 304 : 200, r);
        atomic_fetch_add_explicit(&s->cached, 1, memory_order_relaxed);
    }
    page_unref(p);
    return r != NULL;
}

static void exchange_begin(struct conn *c, struct MHD_Connection *mhd) {
    struct exchange *ex = exchange_take(c->server);
    c->exchange = ex;
    ex->conn = c;
    ex->mhd = mhd;
    ex->rq = c->rq;
    ex->cache_key = c->cache_key;
    ex->body = buf_new(&ex->arena, c->body_limit);
    c->rq->started = c->server->options.now(c->server->options.world);
}

static enum MHD_Result dispatch(struct conn *c, struct MHD_Connection *mhd) {
    struct server *s = c->server;
    struct exchange *ex = c->exchange;
    ex->rq->body = buf_str(&ex->body);
    c->phase = PHASE_WORK;
    if (queue_push(&s->queue, ex)) return MHD_YES;
    c->phase = PHASE_SENT;
    atomic_fetch_add(&s->refused_busy, 1);
    return MHD_queue_response(mhd, 503, s->busy);
}

// The request is there as a whole. Answers are queued here and not when the head has been read,
// because libmicrohttpd takes an answer before the end of a request as a refusal and closes the
// connection after it.
static enum MHD_Result on_whole(struct conn *c, struct MHD_Connection *mhd) {
    enum MHD_Result result;
    atomic_store_explicit(&c->reading_since, 0, memory_order_relaxed);
    atomic_fetch_add(&c->server->working, 1);
    c->working = true;
    if (c->cache_key.p && !c->exchange && serve_cached(c, mhd, c->cache_key, &result))
        return result;
    if (!c->exchange) exchange_begin(c, mhd);
    return dispatch(c, mhd);
}

static struct str method_text(struct arena *a, const char *method) {
    return arena_str(a, str_sub(str_c(method), 0, 32));
}

// A short body nobody wants is read all the same: answering early would cost the connection, and a
// browser its answer.
static enum MHD_Result on_body_begin(struct conn *c, struct MHD_Connection *mhd, size_t length) {
    struct server *s = c->server;
    struct request *rq = c->rq;
    c->body_size = 0;
    c->body_limit = s->app.body_limit(s->app.self, rq->method, rq->path);
    if (c->body_limit > 0 && length != SIZE_MAX && length > c->body_limit) rq->refused = 413;
    c->drop = rq->refused || c->body_limit == 0;
    exchange_begin(c, mhd);
    atomic_store(&c->reading_since, server_seconds());
    if (c->drop && length > SWALLOW_MAX) return on_whole(c, mhd);
    return MHD_YES;
}

static enum MHD_Result on_head(struct conn *c, struct MHD_Connection *mhd, const char *method,
                               const char *version) {
    struct server *s = c->server;
    struct request *rq = ARENA_NEW(&c->head, struct request);
    c->rq = rq;
    c->cache_key = (struct str){0};
    c->phase = PHASE_BODY;
    rq->arena = &c->head;
    rq->method = http_method_parse(str_c(method));
    rq->method_text = rq->method == HTTP_OTHER ? method_text(&c->head, method)
                                               : str_c(http_method_name(rq->method));
    rq->target = c->target;
    rq->id = atomic_fetch_add_explicit(&s->requests, 1, memory_order_relaxed) + 1;
    bool ok = server_read_head(c, mhd, version, rq);
    bool reads = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
    if (!ok) { // where such a request ends is not known: answered early, the connection ends with
               // it
        exchange_begin(c, mhd);
        return on_whole(c, mhd);
    }
    if (reads && s->options.cache) c->cache_key = s->app.cache_key(s->app.self, &c->head, rq);
    size_t length;
    return server_has_body(rq, &length) ? on_body_begin(c, mhd, length) : MHD_YES;
}

static enum MHD_Result on_body(struct conn *c, const char *data, size_t *n) {
    struct exchange *ex = c->exchange;
    if (!ex) return MHD_NO; // a body that the head did not announce
    c->body_size += *n;
    if (c->drop) {
        *n = 0;
        return MHD_YES;
    }
    if (c->body_size > c->body_limit) {
        buf_clear(&ex->body);
        ex->rq->refused = 413;
        if (c->body_size > c->body_limit + SWALLOW_MAX) return MHD_NO;
    } else {
        buf_put(&ex->body, (struct str){data, *n});
    }
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result on_done(struct conn *c, struct MHD_Connection *mhd) {
    struct exchange *ex = c->exchange;
    c->phase = PHASE_SENT;
    enum MHD_Result result = MHD_queue_response(mhd, ex->status, ex->answer);
    MHD_destroy_response(ex->answer);
    ex->answer = NULL;
    return result;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *n, void **req_cls) {
    struct conn *c = conn_of(mhd);
    (void)cls, (void)url, (void)req_cls;
    if (!c) return MHD_NO;
    switch (c->phase) {
    case PHASE_HEAD:
        return on_head(c, mhd, method, version);
    case PHASE_BODY:
        return *n ? on_body(c, data, n) : on_whole(c, mhd);
    case PHASE_DONE:
        return on_done(c, mhd);
    case PHASE_WORK:
    case PHASE_SENT:
        return MHD_YES;
    }
    return MHD_NO;
}

// Paths are decoded by request_normalise_path; libmicrohttpd shall leave them alone.
static size_t on_unescape(void *cls, struct MHD_Connection *mhd, char *text) {
    (void)cls, (void)mhd;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *fmt, va_list args) {
    const struct server *s = cls;
    char text[256];
    int n = vsnprintf(text, sizeof text, fmt, args);
    if (n <= 0 || !s->options.log) return;
    struct str line =
        str_trim((struct str){text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1});
    LOG(s->options.log, s->options.now(s->options.world), LOG_DEBUG, "http.library",
        {"text", line});
}

struct MHD_Daemon *server_daemon(struct server *s, int listen_fd) {
    const struct server_options *o = &s->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    int per_address = s->trusted_proxy[0] ? 0 : o->max_connections / 4 + 1;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, listen_fd, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)MHD_MEMORY, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, o->max_connections, NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, o->timeout_s, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, s},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, s},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, s},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)on_unescape, s},
        {o->io_threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, o->io_threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_log,
                            s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}
