// SPDX-License-Identifier: Apache-2.0
// Buckets stand in small sets; when a set is full, the bucket touched longest ago goes. A bucket is
// remembered as the instant at which it will be full again (GCRA), so that it needs no counting
// down.
#include "http/limit.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>

static const struct {
    int64_t burst; // requests at once
    int64_t every; // one more after so long, µs
} LIMITS[] = {
    [LIMIT_DEFAULT] = {300, SECOND / 60}, [LIMIT_WRITE] = {60, SECOND / 2},
    [LIMIT_GUESS] = {10, 30 * SECOND},    [LIMIT_ORDER] = {10, 15 * SECOND},
    [LIMIT_HOOK] = {120, SECOND / 20},    [LIMIT_NONE] = {0, 0},
};

enum { SHARDS = 16, SETS = 1024, WAYS = 8 }; // 131,072 buckets, 2 MiB
struct bucket {
    uint64_t key; // 0: free
    instant full_at;
};
struct shard {
    pthread_mutex_t lock;
    struct bucket sets[SETS][WAYS];
};
struct limiter {
    bool off;
    struct shard *shards; // NULL when off
};

struct limiter *limiter_new(bool off) {
    struct limiter *l = calloc(1, sizeof *l);
    ensure(l != NULL);
    l->off = off;
    if (off) return l;
    l->shards = calloc(SHARDS, sizeof *l->shards);
    ensure(l->shards != NULL);
    for (size_t i = 0; i < SHARDS; i++) pthread_mutex_init(&l->shards[i].lock, NULL);
    return l;
}

void limiter_free(struct limiter *l) {
    if (!l) return;
    for (size_t i = 0; l->shards && i < SHARDS; i++) pthread_mutex_destroy(&l->shards[i].lock);
    free(l->shards);
    free(l);
}

static uint64_t client_hash(struct str client) {
    char text[INET6_ADDRSTRLEN];
    unsigned char address[16];
    if (client.n > 0 && client.n < sizeof text && memchr(client.p, ':', client.n)) {
        memcpy(text, client.p, client.n);
        text[client.n] = '\0';
        if (inet_pton(AF_INET6, text, address) == 1)
            return str_hash((struct str){(char *)address, 8});
    }
    return str_hash(client);
}

static uint64_t mix(uint64_t h) { // splitmix64's finish
    h = (h ^ (h >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
    return h ^ (h >> 31);
}

static struct bucket *bucket_for(struct bucket *set, uint64_t key) {
    struct bucket *oldest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key) return &set[i];
        if (set[i].key == 0) {
            oldest = &set[i];
            break;
        }
        if (set[i].full_at < oldest->full_at) oldest = &set[i];
    }
    *oldest = (struct bucket){.key = key};
    return oldest;
}

struct place { // of a client's bucket
    struct shard *shard;
    struct bucket *set;
    uint64_t key;
};
static struct place place_of(struct limiter *l, enum route_limit limit, struct str client) {
    uint64_t key = mix(client_hash(client) + (uint64_t)limit * UINT64_C(0x9e3779b97f4a7c15)) | 1;
    struct shard *s = &l->shards[(key >> 1) % SHARDS];
    return (struct place){s, s->sets[(key >> 8) % SETS], key};
}

bool limiter_pass(struct limiter *l, enum route_limit limit, struct str client, instant now,
                  int *retry_after_s_out) {
    ensure((size_t)limit < ARRAY_LEN(LIMITS));
    *retry_after_s_out = 0;
    int64_t every = LIMITS[limit].every, room = LIMITS[limit].burst * every;
    if (l->off || every == 0) return true;
    struct place at = place_of(l, limit, client);
    pthread_mutex_lock(&at.shard->lock);
    struct bucket *b = bucket_for(at.set, at.key);
    instant full_at = b->full_at > now ? b->full_at : now;
    if (full_at > now + room) full_at = now + room; // the clock was set back
    bool pass = full_at + every <= now + room;
    if (pass) {
        b->full_at = full_at + every;
    } else {
        *retry_after_s_out = (int)((full_at + every - room - now + SECOND - 1) / SECOND);
    }
    pthread_mutex_unlock(&at.shard->lock);
    return pass;
}

void limiter_give_back(struct limiter *l, enum route_limit limit, struct str client) {
    ensure((size_t)limit < ARRAY_LEN(LIMITS));
    if (l->off || LIMITS[limit].every == 0) return;
    struct place at = place_of(l, limit, client);
    pthread_mutex_lock(&at.shard->lock);
    bucket_for(at.set, at.key)->full_at -= LIMITS[limit].every;
    pthread_mutex_unlock(&at.shard->lock);
}
