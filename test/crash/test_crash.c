// SPDX-License-Identifier: Apache-2.0
// The program is killed (SIGKILL; the child alone, or all of it) at random moments while buyers
// order over HTTP. Every order whose redirect reached a buyer must be there afterwards, and kontor
// check must have nothing to say. KONTOR_ROUNDS: 3 unless given; KONTOR_SEED repeats the moments.
#include <curl/curl.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "base/test.h"
#include "buyer.h"
#include "process.h"

enum { BUYERS = 4, ROUNDS_PER_SHOP = 10 };

static const char *temporary(char *path, size_t max) {
    snprintf(path, max, "/tmp/kontor-crash-XXXXXX");
    assert_non_null(mkdtemp(path));
    return path;
}

static void forget(const char *dir) {
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    assert_int_equal(system(command), 0);
}

static void succeeds(const char *const *words) {
    struct run r = process_run(words, 0);
    if (r.code != 0 || r.err[0]) print_error("kontor %s: %d\n%s%s", words[0], r.code, r.out, r.err);
    assert_int_equal(r.code, 0);
}

// Nothing is found; a slow query of a busy machine may stand in the log on stderr.
static void check_silent(const char *dir) {
    struct run r = process_run((const char *const[]){"check", dir, NULL}, 0);
    if (r.code || r.out[0]) print_error("kontor check: %d\n%s%s", r.code, r.out, r.err);
    assert_int_equal(r.code, 0);
    assert_int_equal(r.out[0], 0);
}

struct crash {
    struct serving shop;
    struct acknowledged orders;
    unsigned seed;
    int from;    // acknowledged orders of the present shop begin here
    int missing; // acknowledged and not there
};

static void all_there(struct crash *cr) {
    for (int i = cr->from; i < cr->orders.n; i++) {
        long status = buyer_get(cr->shop.port, cr->orders.paths[i]);
        if (status == 200) continue;
        print_error("lost: %s (%ld)\n", cr->orders.paths[i], status);
        cr->missing++;
    }
}

// Buyers buy; the program dies under them, and in every other round once more right after its child
// was restarted.
static void crash_once(struct crash *cr, int round) {
    struct buyer buyers[BUYERS];
    pthread_t threads[BUYERS];
    atomic_bool stop = false;
    for (int i = 0; i < BUYERS; i++) {
        buyers[i] = (struct buyer){.port = cr->shop.port,
                                   .seed = cr->seed + (unsigned)(round * BUYERS + i),
                                   .orders = &cr->orders,
                                   .stop = &stop};
        assert_int_equal(pthread_create(&threads[i], NULL, buyer_run, &buyers[i]), 0);
    }
    poll(NULL, 0, 50 + rand_r(&cr->seed) % 700);
    if (round % 2) {
        process_kill(&cr->shop, false);
        poll(NULL, 0, 200 + rand_r(&cr->seed) % 700);
    }
    process_kill(&cr->shop, true);
    atomic_store(&stop, true);
    for (int i = 0; i < BUYERS; i++) {
        pthread_join(threads[i], NULL);
        if (buyers[i].surprises)
            print_error("%d surprises: %s\n", buyers[i].surprises, buyers[i].surprise);
        assert_int_equal(buyers[i].surprises, 0);
    }
}

static void fresh_shop(struct crash *cr) {
    temporary(cr->shop.dir, sizeof cr->shop.dir);
    succeeds((const char *const[]){"init", cr->shop.dir, "--demo", NULL});
    cr->from = cr->orders.n;
}

static long env_number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static void test_killed(void **state) {
    (void)state;
    int rounds = (int)env_number("KONTOR_ROUNDS", 3);
    struct crash cr = {.seed = (unsigned)env_number("KONTOR_SEED", time(NULL))};
    cr.orders.paths = calloc(ACKNOWLEDGED_MAX, sizeof *cr.orders.paths);
    pthread_mutex_init(&cr.orders.lock, NULL);
    cr.shop.port = process_free_port();
    print_message("# KONTOR_SEED=%u KONTOR_ROUNDS=%d\n", cr.seed, rounds);
    for (int round = 0; round < rounds; round++) {
        if (round % ROUNDS_PER_SHOP == 0) fresh_shop(&cr);
        assert_true(process_serve(&cr.shop));
        crash_once(&cr, round);
        check_silent(cr.shop.dir);
        assert_true(process_serve(&cr.shop));
        all_there(&cr);
        assert_int_equal(process_stop(&cr.shop), 0);
        if (round % ROUNDS_PER_SHOP == ROUNDS_PER_SHOP - 1 || round == rounds - 1)
            forget(cr.shop.dir);
    }
    print_message("# %d rounds, %d acknowledged orders, %d lost\n", rounds, cr.orders.n,
                  cr.missing);
    assert_true(cr.orders.n > 0);
    assert_int_equal(cr.missing, 0);
    free(cr.orders.paths);
}

// One sentence that says what is wrong, and a failure.
static void complains(const char *const *words, long file_max, const char *about) {
    struct run r = process_run(words, file_max);
    if (r.code <= 0 || !strstr(r.err, about))
        print_error("kontor %s: %d\n%s%s", words[0], r.code, r.out, r.err);
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.err, about));
    const char *said = strstr(r.err, "kontor: "); // behind log lines of a busy machine, perhaps
    assert_true(said && (said == r.err || said[-1] == '\n'));
}

static void write_file(const char *dir, const char *name, const char *text) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void move_file(const char *dir, const char *from, const char *to) {
    char old[300], new[300];
    snprintf(old, sizeof old, "%s/%s", dir, from);
    snprintf(new, sizeof new, "%s/%s", dir, to);
    assert_int_equal(rename(old, new), 0);
}

static void test_beginnings(void **state) {
    (void)state;
    char dir[64], listen[32];
    temporary(dir, sizeof dir);
    complains((const char *const[]){"serve", "/nonexistent/shop", NULL}, 0, "/nonexistent/shop");
    complains((const char *const[]){"check", dir, NULL}, 0, "holds no shop");
    succeeds((const char *const[]){"init", dir, NULL});
    complains((const char *const[]){"init", dir, NULL}, 0, "already holds a shop");
    struct serving s = {.port = process_free_port()};
    snprintf(s.dir, sizeof s.dir, "%s", dir);
    assert_true(process_serve(&s));
    snprintf(listen, sizeof listen, "127.0.0.1:%d", s.port);
    complains((const char *const[]){"serve", dir, "--listen", listen, NULL}, 0, "is taken");
    assert_int_equal(process_stop(&s), 0);
    move_file(dir, "shop.db", "elsewhere.db");
    complains((const char *const[]){"serve", dir, NULL}, 0, "is missing"); // not made anew
    move_file(dir, "elsewhere.db", "shop.db");
    check_silent(dir);
    write_file(
        dir, "shop.db",
        "This is no database, whatever its name says; it is long enough to look like one.\n");
    complains((const char *const[]){"serve", dir, NULL}, 0, "database");
    write_file(dir, "kontor.conf", "listen = \001\002 nonsense\n???\n");
    complains((const char *const[]){"serve", dir, NULL}, 0, "kontor.conf");
    forget(dir);
}

static void test_no_database(void **state) {
    (void)state;
    char dir[64];
    temporary(dir, sizeof dir);
    complains(
        (const char *const[]){"init", dir, "--db", "postgres://nobody@127.0.0.1:1/none", NULL}, 0,
        "database");
    forget(dir);
}

// Files may not grow beyond this: as when the disk is full, the demo shop is not half made.
static void test_full_disk(void **state) {
    (void)state;
    char dir[64];
    temporary(dir, sizeof dir);
    complains((const char *const[]){"init", dir, "--demo", NULL}, 1 << 20, "disk");
    forget(dir);
    temporary(dir, sizeof dir);
    succeeds((const char *const[]){"init", dir, NULL});
    struct run r = process_run((const char *const[]){"user", "add", dir, "--email", "a@example.org",
                                                     "--role", "owner", NULL},
                               4096);
    assert_int_equal(r.code, 1);
    assert_non_null(strstr(r.err, "disk"));
    check_silent(dir);
    succeeds((const char *const[]){"user", "add", dir, "--email", "a@example.org", "--role",
                                   "owner", NULL});
    forget(dir);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_beginnings), cmocka_unit_test(test_no_database),
    cmocka_unit_test(test_full_disk), cmocka_unit_test(test_killed)};
int main(void) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    return TEST_GROUP(tests);
}
