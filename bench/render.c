// SPDX-License-Identifier: Apache-2.0
// bench_render DIR PATH ROUNDS: one uncached page of a shop again and again through everything but
// the socket, by the clock of this thread's CPU. Prints one JSON line of medians in microseconds:
// whole, reading (inside the database's driver), writing (the rest: routes, session, objects,
// theme).
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/driver.h" // to put a clock round the driver
#include "main/command.h"
#include "main/modules.h"

enum { ROUNDS_MAX = 1000000, WARM = 50 };

static _Thread_local int64_t reading, queries;
static const struct db_driver *driver;

static int64_t cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool timed_run(struct db_conn *c, struct db_run *run, struct err *err) {
    int64_t from = cpu();
    bool ok = driver->run(c, run, err);
    reading += cpu() - from;
    queries++;
    return ok;
}

static int ask(struct app *app, struct shop *s, struct arena *a, const char *path, size_t *bytes) {
    struct request rq = {.arena = a,
                         .method = HTTP_GET,
                         .method_text = S("GET"),
                         .target = str_c(path),
                         .path = str_c(path),
                         .client = S("192.0.2.1"),
                         .host = S("shop.example"),
                         .scheme = S("http"),
                         .id = 1,
                         .started = s->world.now(s->world.self)};
    struct response rs = response_new(a);
    app_handle(app, 0, &rq, &rs);
    *bytes = rs.body.n;
    return rs.status;
}

static int by_size(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static double median_us(int64_t *v, size_t n) {
    qsort(v, n, sizeof *v, by_size);
    return (double)v[n / 2] / 1000;
}

static int measure(struct app *app, struct shop *s, const char *path, size_t rounds) {
    struct arena a = {0};
    int64_t *whole = calloc(rounds, sizeof *whole), *read = calloc(rounds, sizeof *read),
            *rest = calloc(rounds, sizeof *rest);
    size_t bytes = 0;
    for (size_t i = 0; whole && read && rest && i < rounds + WARM; i++) {
        reading = queries = 0;
        int64_t from = cpu();
        int status = ask(app, s, &a, path, &bytes);
        arena_reset(&a);
        int64_t took = cpu() - from;
        if (status != 200) return fprintf(stderr, "%s: %d\n", path, status), 1;
        if (i < WARM) continue;
        whole[i - WARM] = took;
        read[i - WARM] = reading;
        rest[i - WARM] = took - reading;
    }
    double w = median_us(whole, rounds), fastest = (double)whole[0] / 1000;
    printf("{\"path\":\"%s\",\"bytes\":%zu,\"queries\":%lld,\"whole_us\":%.1f,\"fastest_us\":%.1f,"
           "\"reading_us\":%.1f,\"writing_us\":%.1f}\n",
           path, bytes, (long long)queries, w, fastest, median_us(read, rounds),
           median_us(rest, rounds));
    free(whole);
    free(read);
    free(rest);
    arena_done(&a);
    return 0;
}

int main(int argc, char **argv) {
    struct cli c;
    size_t rounds = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (!rounds || rounds > ROUNDS_MAX) return fputs("bench_render DIR PATH ROUNDS\n", stderr), 2;
    if (!cli_open(&c, argv[1])) return 1;
    struct app_hooks hooks = modules_hooks;
    struct db_driver timed = *c.shop.pool->driver;
    hooks.limits_off = true;
    struct app *app = app_new(&c.shop.arena, &c.shop, &hooks);
    driver = c.shop.pool->driver;
    timed.run = timed_run;
    c.shop.pool->driver = &timed;
    int failed = measure(app, &c.shop, argv[2], rounds);
    c.shop.pool->driver = driver;
    app_free(app);
    return cli_close(&c, true) || failed;
}
