// SPDX-License-Identifier: Apache-2.0
// kontor serve: a small parent that starts the shop again when it dies, and the child that is the
// shop.
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/jobs.h"
#include "core/watch.h"
#include "main/command.h"
#include "main/modules.h"

#define RESTARTS_MAX 10 // in a row, each within RESTART_SOON of its start
#define RESTART_SOON 5
#define BLOCK_KEPT   (2 << 20)

static bool parse_listen(struct str listen, struct str *host_out, uint16_t *port_out) {
    size_t colon = STR_NONE;
    int64_t port;
    for (size_t i = 0; i < listen.n; i++)
        if (listen.p[i] == ':') colon = i;
    if (colon == STR_NONE || !str_to_int(str_from(listen, colon + 1), &port) || port < 0 ||
        port > 65535)
        return false;
    *host_out = str_sub(listen, 0, colon);
    *port_out = (uint16_t)port;
    return true;
}

static void wait_for_end(void) {
    sigset_t set;
    int got;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigwait(&set, &got);
}

static void block_signals(void) { // before threads start, so that only wait_for_end sees them
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static bool start(struct cli *c, const struct args *a, struct app **app_out, struct server **out) {
    struct server_options o = {.workers = (int)c->conf.workers,
                               .io_threads = (int)c->conf.io_threads,
                               .cache = args_option(a, "no-cache") ? NULL : c->shop.cache,
                               .log = &c->shop.world.log,
                               .now = c->shop.world.now,
                               .world = c->shop.world.self,
                               .trusted_proxy = c->conf.trusted_proxy};
    struct app_hooks hooks = modules_hooks;
    const char *listen = args_option(a, "listen");
    c->shop.world.log.least = LOG_INFO;
    if (listen) c->conf.listen = str_c(listen);
    if (!parse_listen(c->conf.listen, &o.host, &o.port))
        return err_set(&c->err, ERR_INVALID, "\"" STR_FMT "\" is not HOST:PORT.",
                       STR_ARG(c->conf.listen));
    hooks.limits_off = args_option(a, "no-limits") != NULL;
    *app_out = app_new(&c->shop.arena, &c->shop, &hooks);
    TRY(server_start(&c->shop.arena, &o, app_server(*app_out), out, &c->err));
    if (listen && str_empty(c->conf.base_url))
        c->shop.base_url =
            arena_fmt(&c->shop.arena, "http://" STR_FMT ":%u", STR_ARG(o.host), server_port(*out));
    TRY(watch_start(&c->shop, &c->err));
    return args_option(a, "no-jobs") ? true : jobs_start(&c->shop, JOB_THREADS, &c->err);
}

// Connections are files; the server's own bound (4,096) is the one that counts.
static void allow_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

// Requests take and give back blocks of up to a megabyte; kept, they are not zeroed by the kernel
// again for each request.
static void keep_blocks(void) {
    mallopt(M_MMAP_THRESHOLD, BLOCK_KEPT);
    mallopt(M_TRIM_THRESHOLD, BLOCK_KEPT);
}

static int run_shop(const struct args *a) {
    struct cli c;
    struct server *server = NULL;
    struct app *app = NULL;
    block_signals();
    allow_files();
    keep_blocks();
    if (!cli_open(&c, a->words[0])) return 1;
    if (!start(&c, a, &app, &server)) return cli_close(&c, false);
    printf(STR_FMT "\n", STR_ARG(c.shop.base_url));
    fflush(stdout);
    wait_for_end();
    if (!server_stop(server)) _exit(0);
    jobs_stop(&c.shop);
    app_free(app);
    return cli_close(&c, true);
}

static pid_t spawn(const struct args *a) {
    pid_t pid = fork();
    if (pid != 0) return pid;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    _exit(run_shop(a));
}

static int watch_child(const struct args *a) {
    sigset_t set;
    int failures = 0, got, status;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (;;) {
        struct timespec began, ended;
        clock_gettime(CLOCK_MONOTONIC, &began);
        pid_t child = spawn(a);
        if (child < 0) return perror("kontor: the shop cannot be started"), 1;
        for (got = 0; got != SIGCHLD || waitpid(child, &status, WNOHANG) != child;) {
            sigwait(&set, &got);
            if (got != SIGCHLD) {
                kill(child, SIGTERM);
                waitpid(child, &status, 0);
                return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
            }
        }
        if (WIFEXITED(status)) return WEXITSTATUS(status);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        failures = ended.tv_sec - began.tv_sec < RESTART_SOON ? failures + 1 : 1;
        fprintf(stderr, "kontor: the shop ended by signal %d and is started again\n",
                WTERMSIG(status));
        if (failures >= RESTARTS_MAX)
            return fputs("kontor: it keeps ending; giving up\n", stderr), 1;
        sleep((unsigned)failures - 1);
    }
}

int cmd_serve(const struct args *a) { return watch_child(a); }
