// SPDX-License-Identifier: Apache-2.0
// The world of tests: a clock that stands still until it is set, seeded randomness, mail and files
// in memory, scripted HTTP.
#pragma once
#include <pthread.h>

#include "base/map.h"
#include "base/vec.h"
#include "core/world.h"

struct fake_mail {
    struct str from, to, bytes, key;
};
struct world_fake {
    pthread_mutex_t lock; // runner threads use it, too
    struct arena arena;   // everything below
    instant now;
    struct rng rng;
    VEC(struct fake_mail) mails;
    struct map files;
    bool mail_down;
    // Answers outbound calls; NULL: every call fails with ERR_NET. A test's own function plays the
    // provider.
    bool (*answer)(void *self, struct arena *a, const struct http_call *call,
                   struct http_reply *out, bool *sent_out, struct err *err);
    void *answer_self;
    enum log_level log_least; // what world_fake_init puts into the sink: errors only
};
struct world world_fake_init(struct world_fake *f, instant now, uint64_t seed);
void world_fake_done(struct world_fake *f);
const struct fake_mail *world_fake_last_mail(const struct world_fake *f,
                                             struct str to); // newest to that address, or NULL
