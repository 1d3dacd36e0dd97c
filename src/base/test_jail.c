// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "base/jail.h"
#include "base/jail_filter.h"
#include "base/test.h"

struct tried {
    struct arena a;
    struct str answer;
    struct err err;
    bool ok;
};

static struct tried try_it(jail_fn *work, void *in) {
    struct tried t = {0};
    struct jail j = {.what = "the thing",
                     .work = work,
                     .in = in,
                     .answer = 1 << 20,
                     .memory = (size_t)64 << 20,
                     .seconds = 1};
    t.ok = jail_run(&t.a, &j, &t.answer, &t.err);
    return t;
}

static bool shout(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)err;
    buf_fmt(out, "%s!", arena_fmt(a, "%s", (const char *)in).p);
    return true;
}
static bool refuse(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)in, (void)a;
    buf_put(out, S("half of it"));
    return err_set(err, ERR_UNSUPPORTED, "No\nsuch\tthing.");
}
static bool crash(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)a, (void)out, (void)err;
    *(volatile int *)in = 1;
    return true;
}
static bool turn(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)a, (void)out, (void)err;
    while (*(volatile bool *)in) continue;
    return true;
}
static bool eat(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)in, (void)err;
    for (int i = 0; i < 1000; i++) buf_int(out, (int64_t)((char *)arena_alloc(a, 1 << 20))[i]);
    return true;
}
static bool fill(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)a, (void)err;
    size_t n = *(size_t *)in;
    char *p = buf_room(out, n);
    if (p) memset(p, 'x', n);
    return true;
}
static bool open_file(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)a, (void)err;
    int fd = open(in, O_RDONLY);
    buf_put(out, fd < 0 && errno == EACCES ? S("EACCES") : S("opened"));
    return true;
}
static bool use_socket(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)in, (void)a, (void)err;
    buf_int(out, socket(AF_INET, SOCK_STREAM, 0));
    return true;
}
static bool use_fork(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)in, (void)a, (void)err;
    buf_int(out, fork());
    return true;
}
static bool map_code(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)in, (void)a, (void)err;
    void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    buf_put(out, p == MAP_FAILED ? S("failed") : S("mapped"));
    return true;
}
static bool old_descriptor(void *in, struct arena *a, struct buf *out, struct err *err) {
    (void)a, (void)err;
    buf_put(out, write(*(int *)in, "x", 1) < 0 && errno == EBADF ? S("closed") : S("open"));
    return true;
}
static bool lie(void *in, struct arena *a, struct buf *out, struct err *err) { // taken over
    (void)a, (void)out, (void)err;
    const uint64_t header[2] = {*(uint64_t *)in, 0};
    buf_int(out, write(3, header, sizeof header));
    _exit(0);
}

static void answers(void **state) {
    (void)state;
    char text[] = "moin";
    struct tried t = try_it(shout, text);
    assert_ok(t.ok, &t.err);
    assert_str(t.answer, "moin!");
    arena_done(&t.a);
    size_t n = 1 << 20;
    t = try_it(fill, &n);
    assert_ok(t.ok, &t.err);
    assert_int_equal(t.answer.n, n);
    assert_int_equal(t.answer.p[n - 1], 'x');
    arena_done(&t.a);
}

static void refusals(void **state) {
    (void)state;
    struct tried t = try_it(refuse, NULL);
    assert_false(t.ok);
    assert_int_equal(t.err.code, ERR_UNSUPPORTED);
    assert_string_equal(t.err.message, "No such thing.");
    assert_null(t.answer.p);
    arena_done(&t.a);
}

static void fails(jail_fn *work, void *in, enum err_code code, const char *message) {
    struct tried t = try_it(work, in);
    assert_false(t.ok);
    if (t.err.code != code) print_error("%s (%s)\n", t.err.message, t.err.detail);
    assert_int_equal(t.err.code, code);
    assert_string_equal(t.err.message, message);
    assert_null(t.answer.p);
    arena_done(&t.a);
}
#define HARM "Reading the thing failed; it may be damaged or made to do harm."

static void ends_of_children(void **state) {
    (void)state;
    bool yes = true;
    size_t too_much = (1 << 20) + 1;
    uint64_t huge = UINT64_C(1) << 40, short_of = 100;
    fails(crash, (void *)(uintptr_t)8, ERR_INVALID, HARM);
    fails(turn, &yes, ERR_INVALID, "Reading the thing took longer than 1 seconds.");
    fails(fill, &too_much, ERR_TOO_LARGE, "What is in the thing is larger than 1 MiB.");
    fails(lie, &huge, ERR_TOO_LARGE, "What is in the thing is larger than 1 MiB.");
    fails(lie, &short_of, ERR_INVALID, HARM);
    // a sanitizer without memory for its own report turns round until its time is over
    if (!JAIL_ASAN) fails(eat, NULL, ERR_INVALID, HARM);
}

static void nothing_to_reach(void **state) {
    (void)state;
    char path[] = "/etc/hostname";
    struct tried t = try_it(open_file, path);
    assert_ok(t.ok, &t.err);
    assert_str(t.answer, "EACCES");
    arena_done(&t.a);
    int null = open("/dev/null", O_WRONLY), fd = fcntl(null, F_DUPFD, 100);
    t = try_it(old_descriptor, &fd);
    assert_ok(t.ok, &t.err);
    assert_str(t.answer, "closed");
    arena_done(&t.a);
    close(fd);
    close(null);
    fails(use_socket, NULL, ERR_INVALID, HARM);
    fails(use_fork, NULL, ERR_INVALID, HARM);
    fails(map_code, NULL, ERR_INVALID, HARM);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(refusals),
        cmocka_unit_test(ends_of_children),
        cmocka_unit_test(nothing_to_reach),
    };
    return TEST_GROUP(tests);
}
