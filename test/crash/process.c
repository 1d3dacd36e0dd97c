// SPDX-License-Identifier: Apache-2.0
#include "process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 16, ANSWER_TENTHS = 300 };

static void become(const char *const *words) {
    const char *build = getenv("KONTOR_BUILD");
    char program[512];
    const char *argv[WORDS_MAX + 2] = {"kontor"};
    snprintf(program, sizeof program, "%s/kontor", build ? build : "build");
    for (size_t i = 0; words[i] && i < WORDS_MAX; i++) argv[i + 1] = words[i];
    execv(program, (char *const *)(size_t)argv);
    perror(program);
    _exit(127);
}

static void keep(const char *path, char *out, size_t max) {
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(out, 1, max - 1, f) : 0;
    out[n] = 0;
    if (f) fclose(f);
    unlink(path);
}

static void redirect(const char *path, int fd) {
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to >= 0) dup2(to, fd);
}

struct run process_run(const char *const *words, long file_max) {
    struct run r = {.code = -1};
    char out[64], err[64];
    int status;
    snprintf(out, sizeof out, "/tmp/kontor-crash-%d.out", (int)getpid());
    snprintf(err, sizeof err, "/tmp/kontor-crash-%d.err", (int)getpid());
    pid_t pid = fork();
    if (pid == 0) {
        redirect(out, STDOUT_FILENO);
        redirect(err, STDERR_FILENO);
        struct rlimit limit = {(rlim_t)file_max, (rlim_t)file_max};
        if (file_max) {
            signal(SIGXFSZ,
                   SIG_IGN); // a write beyond it fails with EFBIG, as on a full disk with ENOSPC
            setrlimit(RLIMIT_FSIZE, &limit);
        }
        become(words);
    }
    if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status))
        r.code = WEXITSTATUS(status);
    keep(out, r.out, sizeof r.out);
    keep(err, r.err, sizeof r.err);
    return r;
}

static int connected(int port) {
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

bool process_answers(const struct serving *s) {
    int fd = connected(s->port);
    if (fd < 0) return false;
    close(fd);
    return true;
}

bool process_serve(struct serving *s) {
    char listen[32];
    snprintf(listen, sizeof listen, "127.0.0.1:%d", s->port);
    s->parent = fork();
    if (s->parent == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        redirect("/dev/null", STDOUT_FILENO);
        become((const char *const[]){"serve", s->dir, "--listen", listen, "--no-limits", NULL});
    }
    setpgid(s->parent, s->parent);
    for (int i = 0; i < ANSWER_TENTHS; i++) {
        if (process_answers(s)) return true;
        if (waitpid(s->parent, NULL, WNOHANG) == s->parent) return false;
        poll(NULL, 0, 100);
    }
    return false;
}

static pid_t child_of(pid_t parent) {
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent, (int)parent);
    FILE *f = fopen(path, "re");
    if (f && !fgets(text, sizeof text, f)) text[0] = 0;
    if (f) fclose(f);
    return (pid_t)strtol(text, NULL, 10);
}

void process_kill(struct serving *s, bool all) {
    pid_t child = child_of(s->parent);
    if (!all) {
        if (child > 0) kill(child, SIGKILL);
        return;
    }
    kill(-s->parent, SIGKILL); // the group: both at once
    waitpid(s->parent, NULL, 0);
    for (int i = 0; i < 100 && process_answers(s); i++) poll(NULL, 0, 20);
}

int process_stop(struct serving *s) {
    int status = 0;
    kill(s->parent, SIGTERM);
    waitpid(s->parent, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int process_free_port(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int port = -1;
    if (fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 &&
        getsockname(fd, (struct sockaddr *)&at, &n) == 0)
        port = ntohs(at.sin_port);
    if (fd >= 0) close(fd);
    return port;
}
