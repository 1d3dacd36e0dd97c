// SPDX-License-Identifier: Apache-2.0
// The program as a user runs it: commands, and a serving parent with its child that can be killed.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct run {  // a command that ended
    int code; // exit code; -1: a signal
    char out[4096], err[4096];
};
// Runs build/kontor with these words (NULL-terminated). file_max: bytes that any file may grow to,
// 0: no bound.
struct run process_run(const char *const *words, long file_max);

struct serving {
    pid_t parent;
    int port;
    char dir[256];
};
bool process_serve(struct serving *s); // starts on s->port and waits until it answers; false: it
                                       // ended or never answered
void process_kill(struct serving *s, bool all); // SIGKILL: the child only, or parent and child
int process_stop(struct serving *s);            // SIGTERM; the exit code
bool process_answers(const struct serving *s);  // somebody listens on the port
int process_free_port(void);
