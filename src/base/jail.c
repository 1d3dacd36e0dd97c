// SPDX-License-Identifier: Apache-2.0
#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/jail_filter.h"

enum { CLOCK_FACTOR = 3, PIPE_FD = 3, NO_JAIL = 77 };

struct header { // before the answer, or before a refusal
    uint64_t size;
    bool refused;
};
struct refusal {
    int32_t code;
    char message[sizeof((struct err *)NULL)->message];
};

static void write_all(const void *bytes, size_t n) {
    for (const char *p = bytes; n;) {
        ssize_t wrote = write(PIPE_FD, p, n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) _exit(1);
        p += wrote;
        n -= (size_t)wrote;
    }
}

static void send(bool refused, const void *bytes, size_t n) {
    struct header h = {.size = n, .refused = refused};
    write_all(&h, sizeof h);
    write_all(bytes, n);
}

static void send_refusal(const struct err *err) {
    struct refusal r = {.code = (int32_t)err->code};
    memcpy(r.message, err->message, sizeof r.message);
    send(true, &r, sizeof r);
}

// What this process has already, of which the limit of address space counts every byte.
static size_t memory_now(void) {
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    struct str rest = {text, n > 0 ? (size_t)n : 0}, pages;
    int64_t count = 0;
    if (!str_split(&rest, ' ', &pages) || !str_to_int(pages, &count)) return 0;
    return (size_t)count * (size_t)sysconf(_SC_PAGESIZE);
}

static bool limit(int what, size_t n) {
    struct rlimit l = {.rlim_cur = n, .rlim_max = n};
    return setrlimit((__rlimit_resource_t)what, &l) == 0;
}

static bool limits(const struct jail *j) {
    const struct itimerval clock = {.it_value = {.tv_sec = (time_t)j->seconds * CLOCK_FACTOR}};
    size_t now = memory_now();
    return now && limit(RLIMIT_AS, now + j->memory) && limit(RLIMIT_CPU, j->seconds) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           setitimer(ITIMER_REAL, &clock, NULL) == 0;
}

static void plain_signals(void) {
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t none;
    sigemptyset(&none);
    for (int s = 1; s < NSIG; s++) sigaction(s, &plain, NULL); // some cannot be set: fine
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// Only the pipe is left, under its number. A sanitizer keeps its way to tell what it found.
static bool drop_files(int pipe_end) {
    unsigned last = JAIL_ASAN ? STDERR_FILENO - 1 : STDERR_FILENO;
    return dup2(pipe_end, PIPE_FD) == PIPE_FD && close_range(0, last, 0) == 0 &&
           close_range(PIPE_FD + 1, ~0U, 0) == 0;
}

NORETURN static void run_child(const struct jail *j, int pipe_end) {
    struct arena a = {0};
    struct err err = {0};
    struct buf out = buf_new(&a, j->answer);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    plain_signals();
    bool jailed = drop_files(pipe_end) && limits(j) && jail_filter();
    if (!jailed) _exit(NO_JAIL);
    bool ok = j->work(j->in, &a, &out, &err);
    if (ok && !buf_ok(&out))
        ok = err_set(&err, ERR_TOO_LARGE, "What is in %s is larger than %zu MiB.", j->what,
                     j->answer >> 20);
    if (ok)
        send(false, out.p, out.n);
    else
        send_refusal(&err);
    _exit(0);
}

static bool read_all(int fd, void *to, size_t n) {
    for (char *p = to; n;) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static bool no_answer(const struct jail *j, int status, struct err *err) {
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    err_detail(err, "jail: %s %d", signal ? "signal" : "exit",
               signal ? signal : WEXITSTATUS(status));
    if (!signal && WEXITSTATUS(status) == NO_JAIL)
        return err_set(err, ERR_UNSUPPORTED,
                       "%s was not opened: this system cannot lock a process in (seccomp).",
                       j->what);
    if (signal == SIGALRM || signal == SIGXCPU || signal == SIGKILL)
        return err_set(err, ERR_INVALID, "Reading %s took longer than %u seconds.", j->what,
                       j->seconds);
    return err_set(err, ERR_INVALID, "Reading %s failed; it may be damaged or made to do harm.",
                   j->what);
}

static bool take_refusal(int fd, struct err *err) {
    struct refusal r;
    if (!read_all(fd, &r, sizeof r)) return false;
    r.message[sizeof r.message - 1] = '\0';
    for (char *p = r.message; *p; p++)
        if ((unsigned char)*p < 32 || *p == 127) *p = ' ';
    bool known = r.code > ERR_NONE && r.code <= ERR_UNSUPPORTED;
    bool text = r.message[0] && str_is_utf8(str_c(r.message));
    err_set(err, known ? (enum err_code)r.code : ERR_INVALID, "%s",
            text ? r.message : "It cannot be read.");
    return true;
}

enum outcome { ANSWERED, REFUSED, OVERSIZED, SILENT };

static enum outcome take(struct arena *a, const struct jail *j, int fd, struct str *out,
                         struct err *err) {
    struct header h;
    if (!read_all(fd, &h, sizeof h)) return SILENT;
    if (h.refused) return take_refusal(fd, err) ? REFUSED : SILENT;
    if (h.size > j->answer) return OVERSIZED;
    char *bytes = arena_alloc(a, h.size + 1);
    if (!read_all(fd, bytes, h.size)) return SILENT;
    *out = (struct str){bytes, h.size};
    return ANSWERED;
}

bool jail_run(struct arena *a, const struct jail *j, struct str *answer_out, struct err *err) {
    int ends[2], status = 0;
    *answer_out = (struct str){0};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_IO, "%s could not be read: no pipe.", j->what);
    pid_t child = fork();
    if (child == 0) run_child(j, ends[1]);
    close(ends[1]);
    enum outcome outcome = child < 0 ? SILENT : take(a, j, ends[0], answer_out, err);
    close(ends[0]);
    if (child < 0) return err_set(err, ERR_IO, "%s could not be read: no process.", j->what);
    if (outcome != SILENT) kill(child, SIGKILL); // it has nothing more to say
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (outcome == SILENT) return no_answer(j, status, err);
    if (outcome == OVERSIZED)
        return err_set(err, ERR_TOO_LARGE, "What is in %s is larger than %zu MiB.", j->what,
                       j->answer >> 20);
    return outcome == ANSWERED;
}
