// SPDX-License-Identifier: Apache-2.0
// Starting and stopping; the sweeper that cuts off those who send too slowly.
#include "http/server.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/http_private.h"
#include "http/server_private.h"

#define STOP_MAX_S     10
#define ARRIVING_MAX_S 2
#define SWEEP_S        5

int64_t server_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return t.tv_sec + 1; // never 0, which means "not reading"
}

static bool listen_on(int fd, const struct addrinfo *at) {
    int one = 1, zero = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (at->ai_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
    return bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, 1024) == 0;
}

static bool listen_failed(const struct server_options *o, int error, struct err *err) {
    int port = o->port;
    if (error == EADDRINUSE) {
        err_set(err, ERR_IO, "Port %d on " STR_FMT " is taken by another program.", port,
                STR_ARG(o->host));
        return err_hint(err, "Stop that program or choose another port.");
    }
    if (error == EACCES) {
        err_set(err, ERR_IO, "Port %d may not be opened by this user.", port);
        return err_hint(err,
                        "Choose a port from 1024 on, and a proxy in front for port 80 and 443.");
    }
    err_set(err, ERR_IO, "The address " STR_FMT ":%d cannot be listened on.", STR_ARG(o->host),
            port);
    err_hint(err, "Use an address of this machine, 127.0.0.1 or 0.0.0.0 for all.");
    return err_detail(err, "%s", strerror(error));
}

static bool open_listener(struct arena *a, const struct server_options *o, int *fd_out,
                          struct err *err) {
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *list = NULL;
    struct str port = arena_fmt(a, "%d", o->port);
    const char *host = o->host.n ? arena_cstr(a, o->host) : NULL;
    if (getaddrinfo(host, port.p, &hints, &list) != 0) return listen_failed(o, EADDRNOTAVAIL, err);
    int error = EADDRNOTAVAIL;
    *fd_out = -1;
    for (struct addrinfo *at = list; at && *fd_out < 0; at = at->ai_next) {
        int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd >= 0 && listen_on(fd, at)) {
            *fd_out = fd;
        } else {
            error = errno;
            if (fd >= 0) close(fd);
        }
    }
    freeaddrinfo(list);
    return *fd_out >= 0 || listen_failed(o, error, err);
}

static uint16_t port_of(int fd) {
    struct sockaddr_storage at = {0};
    socklen_t n = sizeof at;
    if (getsockname(fd, (struct sockaddr *)&at, &n) != 0) return 0;
    const struct sockaddr_in *four = (const void *)&at;
    const struct sockaddr_in6 *six = (const void *)&at;
    return ntohs(at.ss_family == AF_INET6 ? six->sin6_port : four->sin_port);
}

// Cuts connections whose request has not arrived in twice the time of silence allowed.
static void sweep(struct server *s) {
    int64_t now = server_seconds(), most = 2 * (int64_t)s->options.timeout_s;
    for (struct conn *c = s->conns; c; c = c->next) {
        int64_t since = atomic_load(&c->reading_since);
        if (since && now - since > most) shutdown(c->fd, SHUT_RDWR);
    }
}

static void *sweeper_run(void *self) {
    struct server *s = self;
    struct timespec next;
    int every = s->options.timeout_s < SWEEP_S ? s->options.timeout_s : SWEEP_S;
    pthread_mutex_lock(&s->lock);
    while (!s->sweep_stop) {
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_sec += every;
        if (pthread_cond_timedwait(&s->sweep, &s->lock, &next) == ETIMEDOUT) sweep(s);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void sweeper_stop(struct server *s) {
    pthread_mutex_lock(&s->lock);
    s->sweep_stop = true;
    pthread_cond_signal(&s->sweep);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->sweeper, NULL);
}

static struct MHD_Response *busy_response(void) {
    static const char TEXT[] =
        "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><title>503</title>"
        "<p>Gerade sind sehr viele Besucher hier. Bitte in einigen Sekunden noch einmal "
        "versuchen.</p>"
        "<p lang=\"en\">Very many visitors are here right now. Please try again in a few "
        "seconds.</p></html>\n";
    struct MHD_Response *r = MHD_create_response_from_buffer(
        sizeof TEXT - 1, (void *)(uintptr_t)TEXT, MHD_RESPMEM_PERSISTENT);
    ensure(r != NULL);
    bool ok = server_add_header(r, S("Content-Type"), S("text/html; charset=utf-8"));
    ok &= server_add_header(r, S("Retry-After"), S("5"));
    ok &= server_add_header(r, S("Cache-Control"), S("no-store"));
    ok &= server_add_header(r, S("X-Content-Type-Options"), S("nosniff"));
    ensure(ok);
    return r;
}

static void fill_defaults(struct server_options *o) {
    if (o->io_threads <= 0) o->io_threads = 2;
    if (o->workers <= 0) o->workers = SERVER_WORKERS;
    if (o->max_connections <= 0) o->max_connections = 4096;
    if (o->queue_max <= 0) o->queue_max = 512;
    if (o->timeout_s <= 0) o->timeout_s = 30;
}

static void server_free(struct server *s) {
    if (s->busy) MHD_destroy_response(s->busy);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->sweep);
    free(s);
}

static struct server *server_make(const struct server_options *o, struct server_app app) {
    struct server *s = calloc(1, sizeof *s);
    ensure(s != NULL);
    s->options = *o;
    s->app = app;
    fill_defaults(&s->options);
    ensure(o->trusted_proxy.n < sizeof s->trusted_proxy);
    if (o->trusted_proxy.n) memcpy(s->trusted_proxy, o->trusted_proxy.p, o->trusted_proxy.n);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->sweep, NULL);
    s->busy = busy_response();
    return s;
}

bool server_start(struct arena *a, const struct server_options *o, struct server_app app,
                  struct server **out, struct err *err) {
    int fd = -1;
    TRY(open_listener(a, o, &fd, err));
    struct server *s = server_make(o, app);
    s->port = port_of(fd);
    if (!server_work_start(s, err)) {
        close(fd);
        queue_done(&s->queue);
        server_free(s);
        return false;
    }
    s->daemon = server_daemon(s, fd);
    if (s->daemon && pthread_create(&s->sweeper, NULL, sweeper_run, s) == 0) {
        *out = s;
        return true;
    }
    if (s->daemon) {
        MHD_stop_daemon(s->daemon);
    } else {
        close(fd);
    }
    if (server_work_stop(s, server_seconds() + STOP_MAX_S)) {
        queue_done(&s->queue);
        server_free(s);
    }
    return err_set(err, ERR_IO, "The system does not allow the server's threads or files.");
}

uint16_t server_port(const struct server *s) { return s->port; }

// What has arrived is finished; what is still arriving gets a moment.
static void wait_for_requests(struct server *s, int64_t until) {
    const struct timespec pause = {.tv_nsec = 2000000};
    int64_t arriving_until = server_seconds() + ARRIVING_MAX_S, now = 0;
    do {
        bool working = atomic_load(&s->working) > 0, arriving = atomic_load(&s->open_requests) > 0;
        if (!working && (!arriving || now >= arriving_until)) return;
        nanosleep(&pause, NULL);
        now = server_seconds();
    } while (now < until);
}

bool server_stop(struct server *s) {
    int64_t until = server_seconds() + STOP_MAX_S;
    atomic_store(&s->stopping, true);
    int fd = MHD_quiesce_daemon(s->daemon);
    if (fd >= 0) close(fd);
    wait_for_requests(s, until);
    sweeper_stop(s);
    if (!server_work_stop(s, until)) return false;
    MHD_stop_daemon(s->daemon);
    exchange_free_spare(s);
    queue_done(&s->queue);
    server_free(s);
    return true;
}

struct server_stats server_stats(const struct server *s) {
    struct queue *q = (struct queue *)(uintptr_t)&s->queue;
    pthread_mutex_lock(&q->lock);
    int waiting = q->waiting;
    pthread_mutex_unlock(&q->lock);
    return (struct server_stats){atomic_load(&s->requests), atomic_load(&s->cached),
                                 atomic_load(&s->refused_busy), atomic_load(&s->connections),
                                 waiting};
}
