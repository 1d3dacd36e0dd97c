// SPDX-License-Identifier: Apache-2.0
// A visitor who buys over HTTP, as a browser would, until the shop no longer answers or has nothing
// left.
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { ACKNOWLEDGED_MAX = 200000, PATH_MAX_HERE = 128 };
struct acknowledged { // orders whose 303 reached the buyer
    pthread_mutex_t lock;
    int n;
    char (*paths)[PATH_MAX_HERE];
};
struct buyer {
    int port;
    unsigned seed;
    struct acknowledged *orders;
    atomic_bool *stop;
    int surprises;      // answers that are neither an order nor a polite refusal
    char surprise[300]; // the last of them
};
void *buyer_run(void *self); // of a thread
// GET; the status, 0: no answer.
long buyer_get(int port, const char *path);
