// SPDX-License-Identifier: Apache-2.0
// The server's parts. A request is read by the I/O thread that owns its connection. Either that
// thread answers from the page cache, or the connection is suspended and the exchange handed to a
// worker; until the worker resumes it the worker alone touches connection, request and exchange.
// Times here are seconds of the monotonic clock: they are about sockets, not about the shop.
#pragma once
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/server.h"

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;

enum phase { PHASE_HEAD, PHASE_BODY, PHASE_WORK, PHASE_DONE, PHASE_SENT };
struct exchange { // what a worker works on, with the memory that lives until the response is sent
    struct exchange *next; // in the queue or among the spare ones
    struct arena arena;
    struct conn *conn;
    struct MHD_Connection *mhd;
    struct request *rq;
    struct response rs;
    struct buf body;
    struct str cache_key; // absent: not to be kept
    struct MHD_Response *answer;
    unsigned status;
    int64_t queued_at;
};
struct conn {
    struct server *server;
    struct conn *next, *before; // all connections, under server.lock
    int fd;
    struct arena head; // of the request being read and of cache hits; reset when it is answered
    char address[INET6_ADDRSTRLEN];
    _Atomic int64_t reading_since; // 0 while a request is worked on or answered
    enum phase phase;
    struct str target, cache_key;
    struct request *rq;
    struct exchange *exchange;
    size_t body_limit, body_size;
    bool drop;             // the body is read and forgotten
    bool counted, working; // among server.open_requests, server.working
};
struct queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct exchange *first, *last;
    int waiting, max;
    bool closed;
};
struct worker {
    struct server *server;
    int index;
    pthread_t thread;
};
struct server {
    struct server_options options; // numbers filled in
    struct server_app app;
    char trusted_proxy[INET6_ADDRSTRLEN];
    uint16_t port;
    struct MHD_Daemon *daemon;
    struct MHD_Response *busy;
    struct queue queue;
    struct worker *workers;
    int worker_count;
    pthread_t sweeper;
    pthread_mutex_t lock; // of conns, spare, sweep_stop
    pthread_cond_t sweep;
    bool sweep_stop;
    struct conn *conns;
    struct exchange *spare;
    int spare_count;
    _Atomic bool stopping;
    _Atomic int open_requests; // of which the request line was read, not yet answered
    _Atomic int working;       // of them, those that arrived as a whole
    _Atomic int connections;
    _Atomic uint64_t requests, cached, refused_busy;
};
int64_t server_seconds(void);

// server_io.c: the callbacks of libmicrohttpd
struct MHD_Daemon *server_daemon(struct server *s, int listen_fd);
// server_head.c: fills rq from the connection; false: rq->refused says why not
bool server_read_head(struct conn *c, struct MHD_Connection *mhd, const char *version,
                      struct request *rq);
bool server_has_body(const struct request *rq, size_t *length_out); // length SIZE_MAX when chunked

// server_work.c: the queue, the workers
MUST_USE bool server_work_start(struct server *s, struct err *err);
bool server_work_stop(struct server *s, int64_t until); // false: a worker was still busy
bool queue_push(struct queue *q,
                struct exchange *ex); // false: full or closed; suspends the connection when not
struct exchange *exchange_take(struct server *s);
void exchange_give(struct server *s, struct exchange *ex);
void exchange_free_spare(struct server *s);
void queue_done(struct queue *q);

// server_answer.c: from struct response to what libmicrohttpd sends; never NULL in ex->answer
// afterwards
void server_answer(struct server *s, struct exchange *ex);
void server_plain(struct exchange *ex, unsigned status, struct str text);
bool server_add_header(struct MHD_Response *r, struct str name,
                       struct str value); // both NUL-terminated
struct str server_encoding_name(enum page_encoding e);
// server_file.c: fills ex->answer for rs.body_file, ranges and validators included
void server_answer_file(struct exchange *ex);
