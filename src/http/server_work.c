// SPDX-License-Identifier: Apache-2.0
// The queue between I/O threads and workers, and the workers.
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <time.h>

#include "http/http_private.h"
#include "http/server_private.h"

#define SPARE_MAX   256
#define SPARE_BYTES ((size_t)256 << 10) // an exchange that grew beyond is not kept
#define WAIT_MAX_S  10                  // longer in the queue: the visitor has gone, answer 503

struct exchange *exchange_take(struct server *s) {
    pthread_mutex_lock(&s->lock);
    struct exchange *ex = s->spare;
    if (ex) {
        s->spare = ex->next;
        s->spare_count--;
    }
    pthread_mutex_unlock(&s->lock);
    if (ex) {
        ex->next = NULL;
        return ex;
    }
    ex = calloc(1, sizeof *ex);
    ensure(ex != NULL);
    return ex;
}

static void exchange_free(struct exchange *ex) {
    arena_done(&ex->arena);
    free(ex);
}

void exchange_give(struct server *s, struct exchange *ex) {
    if (ex->answer) MHD_destroy_response(ex->answer);
    struct arena arena = ex->arena;
    if (arena.total > SPARE_BYTES) {
        arena_done(&arena);
    } else {
        arena_reset(&arena);
    }
    *ex = (struct exchange){.arena = arena};
    pthread_mutex_lock(&s->lock);
    bool kept = s->spare_count < SPARE_MAX;
    if (kept) {
        ex->next = s->spare;
        s->spare = ex;
        s->spare_count++;
    }
    pthread_mutex_unlock(&s->lock);
    if (!kept) exchange_free(ex);
}

bool queue_push(struct queue *q, struct exchange *ex) {
    ex->queued_at = server_seconds();
    pthread_mutex_lock(&q->lock);
    bool room = !q->closed && q->waiting < q->max;
    if (room) {
        // before a worker can see it: what is resumed must have been suspended
        MHD_suspend_connection(ex->mhd);
        ex->next = NULL;
        *(q->last ? &q->last->next : &q->first) = ex;
        q->last = ex;
        q->waiting++;
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->lock);
    return room;
}

static struct exchange *queue_pop(struct queue *q) {
    pthread_mutex_lock(&q->lock);
    while (!q->first && !q->closed) pthread_cond_wait(&q->filled, &q->lock);
    struct exchange *ex = q->first;
    if (ex) {
        q->first = ex->next;
        if (!q->first) q->last = NULL;
        q->waiting--;
    }
    pthread_mutex_unlock(&q->lock);
    return ex;
}

static void queue_close(struct queue *q) {
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->lock);
}

static void read_body(struct request *rq) {
    struct err err = {0};
    if (rq->refused || rq->body.n == 0) return;
    if (request_parse_body(rq, request_header(rq, "Content-Type"), &err)) return;
    rq->refused = err.code == ERR_TOO_LARGE ? 413 : 400;
    rq->form = (struct http_pairs){0};
    rq->files = (struct http_files){0};
}

static void work(struct worker *w, struct exchange *ex) {
    struct server *s = w->server;
    struct request *rq = ex->rq;
    struct page_cache *cache = s->options.cache;
    rq->arena = &ex->arena;
    ex->rs = response_new(&ex->arena);
    if (server_seconds() - ex->queued_at > WAIT_MAX_S) {
        atomic_fetch_add(&s->refused_busy, 1);
        server_plain(ex, 503, S("Busy. Please try again in a moment.\n"));
        return;
    }
    read_body(rq);
    uint64_t epoch = cache ? page_cache_epoch(cache) : 0;
    s->app.handle(s->app.self, w->index, rq, &ex->rs);
    if (cache && ex->cache_key.p && rq->method == HTTP_GET)
        page_cache_put(cache, ex->cache_key, &ex->rs, epoch);
    server_answer(s, ex);
}

static void *worker_run(void *self) {
    struct worker *w = self;
    struct exchange *ex;
    while ((ex = queue_pop(&w->server->queue))) {
        work(w, ex);
        struct MHD_Connection *mhd = ex->mhd;
        ex->conn->phase = PHASE_DONE;
        MHD_resume_connection(mhd); // from here on ex belongs to the I/O thread
    }
    return NULL;
}

static void queue_init(struct queue *q, int max) {
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->filled, NULL);
    q->max = max;
}

bool server_work_start(struct server *s, struct err *err) {
    queue_init(&s->queue, s->options.queue_max);
    s->workers = calloc((size_t)s->options.workers, sizeof *s->workers);
    ensure(s->workers != NULL);
    for (int i = 0; i < s->options.workers; i++) {
        struct worker *w = &s->workers[i];
        *w = (struct worker){.server = s, .index = i};
        int rc = pthread_create(&w->thread, NULL, worker_run, w);
        if (rc == 0) {
            s->worker_count++;
            continue;
        }
        ensure(server_work_stop(s, server_seconds() + 1)); // none has begun to work
        err_set(err, ERR_IO, "The system does not allow %d worker threads.", s->options.workers);
        return err_detail(err, "pthread_create: %s", strerror(rc));
    }
    return true;
}

// The queue is finished first; nothing new gets in.
bool server_work_stop(struct server *s, int64_t until) {
    queue_close(&s->queue);
    struct timespec now, limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    clock_gettime(CLOCK_MONOTONIC, &now);
    limit.tv_sec += until > now.tv_sec ? until - now.tv_sec : 0;
    for (int i = 0; i < s->worker_count; i++)
        if (pthread_timedjoin_np(s->workers[i].thread, NULL, &limit) != 0) return false;
    free(s->workers);
    s->workers = NULL;
    s->worker_count = 0;
    return true;
}

void queue_done(struct queue *q) {
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->filled);
}

void exchange_free_spare(struct server *s) {
    while (s->spare) {
        struct exchange *next = s->spare->next;
        exchange_free(s->spare);
        s->spare = next;
    }
}
