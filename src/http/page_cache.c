// SPDX-License-Identifier: Apache-2.0
// Versions: a bump takes the next number of one counter and leaves it at its topic's slot; a page
// made at epoch e is fresh while none of its slots has a greater number. Eviction: a queue in which
// asked-for pages get another round (SIEVE's cousin, FIFO-reinsertion); a first put only leaves a
// fingerprint, so that a crawler displaces nothing.
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#include "http/http_private.h"
#include "http/page_private.h"

enum { SLOTS = 65536, SHARDS_MAX = 16, GHOSTS = 8192, ASKED_MAX = 3 };
#define COMPRESS_FROM 256

struct shard {
    pthread_mutex_t lock;
    struct page **buckets;
    size_t bucket_count; // a power of two
    struct page *newest, *oldest;
    size_t bytes, pages;
    uint32_t ghosts[GHOSTS];
    uint64_t hits, misses, stale;
};
struct page_cache {
    _Atomic uint64_t epoch;
    _Atomic uint64_t floor; // pages made before it are stale, whatever they show
    _Atomic uint64_t slots[SLOTS];
    size_t shard_count, shard_bytes;
    struct shard shards[SHARDS_MAX];
};

struct page_cache *page_cache_new(size_t max_bytes) {
    struct page_cache *c = calloc(1, sizeof *c);
    ensure(c != NULL);
    ensure(sodium_init() >= 0);
    c->shard_count = SHARDS_MAX;
    while (c->shard_count > 1 && max_bytes / c->shard_count < ((size_t)4 << 20))
        c->shard_count /= 2;
    c->shard_bytes = max_bytes / c->shard_count;
    size_t buckets = 64;
    while (buckets < c->shard_bytes / 16384 && buckets < 65536) buckets *= 2;
    for (size_t i = 0; i < c->shard_count; i++) {
        struct shard *s = &c->shards[i];
        pthread_mutex_init(&s->lock, NULL);
        s->bucket_count = buckets;
        s->buckets = calloc(buckets, sizeof *s->buckets);
        ensure(s->buckets != NULL);
    }
    return c;
}

void page_cache_free(struct page_cache *c) {
    if (!c) return;
    page_cache_clear(c);
    for (size_t i = 0; i < c->shard_count; i++) {
        pthread_mutex_destroy(&c->shards[i].lock);
        free(c->shards[i].buckets);
    }
    free(c);
}

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
    return h ^ (h >> 31);
}

uint64_t topic_of(const char *kind, int64_t id) {
    return mix(str_hash(str_c(kind)) + (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15));
}

void page_cache_bump(struct page_cache *c, uint64_t topic) {
    uint64_t now = atomic_fetch_add(&c->epoch, 1) + 1;
    _Atomic uint64_t *slot = &c->slots[topic % SLOTS];
    uint64_t seen = atomic_load(slot);
    while (seen < now && !atomic_compare_exchange_weak(slot, &seen, now)) {
    }
}

uint64_t page_cache_epoch(const struct page_cache *c) { return atomic_load(&c->epoch); }

bool page_cache_fresh(const struct page_cache *c, uint64_t topic, uint64_t epoch) {
    return epoch >= atomic_load_explicit(&c->floor, memory_order_acquire) &&
           atomic_load_explicit(&c->slots[topic % SLOTS], memory_order_acquire) <= epoch;
}

void page_drop_hold(struct page *p) {
    if (atomic_fetch_sub(&p->holds, 1) != 1) return;
    arena_done(&p->arena);
    free(p);
}

void page_unref(struct page *p) {
    if (!p || atomic_fetch_sub(&p->users, 1) != 1) return;
    page_ready_done(p);
    page_drop_hold(p);
}

static bool fresh(const struct page_cache *c, const struct page *p) {
    if (p->epoch < atomic_load_explicit(&c->floor, memory_order_acquire)) return false;
    for (size_t i = 0; i < p->topic_count; i++)
        if (atomic_load_explicit(&c->slots[p->topics[i]], memory_order_acquire) > p->epoch)
            return false;
    return true;
}

static struct shard *shard_of(struct page_cache *c, uint64_t hash) {
    return &c->shards[(hash >> 56) % c->shard_count];
}

static struct page **bucket_of(struct shard *s, uint64_t hash) {
    return &s->buckets[hash & (s->bucket_count - 1)];
}

static struct page *find(struct shard *s, uint64_t hash, struct str key) {
    struct page *p = *bucket_of(s, hash);
    while (p && (p->hash != hash || !str_eq(p->key, key))) p = p->chain;
    return p;
}

static void queue_in(struct shard *s, struct page *p) {
    p->newer = NULL;
    p->older = s->newest;
    if (s->newest) s->newest->newer = p;
    s->newest = p;
    if (!s->oldest) s->oldest = p;
}

static void queue_out(struct shard *s, struct page *p) {
    *(p->newer ? &p->newer->older : &s->newest) = p->older;
    *(p->older ? &p->older->newer : &s->oldest) = p->newer;
}

// Takes p out of the shard; what is returned is to be unreferenced after the lock is released.
static struct page *detach(struct shard *s, struct page *p) {
    struct page **at = bucket_of(s, p->hash);
    while (*at != p) at = &(*at)->chain;
    *at = p->chain;
    queue_out(s, p);
    s->bytes -= p->bytes;
    s->pages--;
    return p;
}

// Makes room for need bytes; returns the pages that left, linked by chain.
static struct page *evict(struct shard *s, size_t max, size_t need) {
    struct page *gone = NULL;
    while (s->oldest && s->bytes + need > max) {
        struct page *p = s->oldest;
        if (p->asked > 0) {
            p->asked--;
            queue_out(s, p);
            queue_in(s, p);
            continue;
        }
        detach(s, p)->chain = gone;
        gone = p;
    }
    return gone;
}

static void unref_all(struct page *gone) {
    while (gone) {
        struct page *next = gone->chain;
        page_unref(gone);
        gone = next;
    }
}

struct page *page_cache_get(struct page_cache *c, struct str key) {
    uint64_t hash = mix(str_hash(key));
    struct shard *s = shard_of(c, hash);
    struct page *gone = NULL;
    pthread_mutex_lock(&s->lock);
    struct page *p = find(s, hash, key);
    if (!p) {
        s->misses++;
    } else if (!fresh(c, p)) {
        s->stale++;
        gone = detach(s, p);
        p = NULL;
    } else {
        s->hits++;
        if (p->asked < ASKED_MAX) p->asked++;
        atomic_fetch_add(&p->users, 1);
    }
    pthread_mutex_unlock(&s->lock);
    page_unref(gone);
    return p;
}

static const char *const OWN_HEADERS[] = {"ETag", "Vary", "Content-Encoding", "Content-Length"};

static bool own_header(struct str name) {
    for (size_t i = 0; i < ARRAY_LEN(OWN_HEADERS); i++)
        if (str_eq_nocase(name, str_c(OWN_HEADERS[i]))) return true;
    return false;
}

struct str page_etag(struct arena *a, struct str bytes) {
    unsigned char h[crypto_generichash_BYTES_MIN];
    crypto_generichash(h, sizeof h, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
    struct buf b = buf_new(a, 64);
    buf_put(&b, S("W/\""));
    buf_hex(&b, h, sizeof h);
    buf_char(&b, '"');
    return buf_str(&b);
}

// Everything of a page lies in one block, made once its size is known.
struct filling {
    char *at;
};

static struct str keep(struct filling *f, struct str s) {
    char *p = f->at;
    if (!s.p) return s;
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    f->at += s.n + 1;
    return (struct str){p, s.n};
}

static void encode(struct arena *a, struct str bytes, struct str type,
                   struct str out[PAGE_ENCODINGS]) {
    out[PAGE_IDENTITY] = bytes;
    if (bytes.n < COMPRESS_FROM || !type_compresses(type)) return;
    if (!compress_gzip(a, bytes, 6, &out[PAGE_GZIP])) out[PAGE_GZIP] = (struct str){0};
    if (!compress_brotli(a, bytes, &out[PAGE_BROTLI])) out[PAGE_BROTLI] = (struct str){0};
    if (!compress_zstd(a, bytes, &out[PAGE_ZSTD])) out[PAGE_ZSTD] = (struct str){0};
}

static void fill(struct page *p, struct str key, const struct http_pairs *headers,
                 const struct str encodings[PAGE_ENCODINGS]) {
    size_t need = headers->n * sizeof(struct http_pair) + key.n + 1;
    for (size_t i = 0; i < headers->n; i++)
        need += headers->v[i].name.n + headers->v[i].value.n + 2;
    for (size_t e = 0; e < PAGE_ENCODINGS; e++) need += encodings[e].n + 1;
    p->headers.v = arena_alloc(&p->arena, need);
    struct filling f = {(char *)(p->headers.v + headers->n)};
    for (size_t i = 0; i < headers->n; i++) {
        struct http_pair h = headers->v[i];
        if (!own_header(h.name))
            p->headers.v[p->headers.n++] = (struct http_pair){keep(&f, h.name), keep(&f, h.value)};
    }
    p->key = keep(&f, key);
    for (size_t e = 0; e < PAGE_ENCODINGS; e++) p->encodings[e] = keep(&f, encodings[e]);
}

static struct page *page_make(struct str key, uint64_t hash, const struct response *rs,
                              uint64_t epoch) {
    struct page *p = calloc(1, sizeof *p);
    ensure(p != NULL);
    struct arena scratch = {0};
    struct str bytes = rs->body_static.p ? rs->body_static : buf_str(&rs->body);
    struct str encodings[PAGE_ENCODINGS] = {0};
    p->users = 1;
    p->holds = 1;
    p->hash = hash;
    p->epoch = epoch;
    p->topic_count = rs->topic_count;
    for (size_t i = 0; i < rs->topic_count; i++) p->topics[i] = (uint16_t)(rs->topics[i] % SLOTS);
    encode(&scratch, bytes, pairs_get_nocase(&rs->headers, "Content-Type"), encodings);
    fill(p, key, &rs->headers, encodings);
    p->etag = page_etag(&p->arena, bytes);
    p->bytes = sizeof *p + p->arena.total;
    arena_done(&scratch);
    return p;
}

static bool may_keep(const struct response *rs) {
    if (!rs->cacheable || rs->status != 200 || rs->body_file.p ||
        rs->topic_count > RESPONSE_TOPICS_MAX)
        return false;
    return !pairs_get_nocase(&rs->headers, "Set-Cookie").p && buf_ok(&rs->body);
}

// True when the key was put before; leaves its fingerprint. Under the lock.
static bool seen_before(struct shard *s, uint64_t hash) {
    uint32_t *ghost = &s->ghosts[(hash >> 16) % GHOSTS], print = (uint32_t)(hash >> 24) | 1;
    bool seen = *ghost == print;
    *ghost = print;
    return seen;
}

static void shard_put(struct shard *s, size_t max, struct page *p) {
    pthread_mutex_lock(&s->lock);
    struct page *old = find(s, p->hash, p->key), *gone;
    if (old) detach(s, old);
    gone = evict(s, max, p->bytes);
    struct page **bucket = bucket_of(s, p->hash);
    p->chain = *bucket;
    *bucket = p;
    queue_in(s, p);
    s->bytes += p->bytes;
    s->pages++;
    pthread_mutex_unlock(&s->lock);
    page_unref(old);
    unref_all(gone);
}

void page_cache_put(struct page_cache *c, struct str key, const struct response *rs,
                    uint64_t epoch) {
    if (!may_keep(rs)) return;
    uint64_t hash = mix(str_hash(key));
    struct shard *s = shard_of(c, hash);
    pthread_mutex_lock(&s->lock);
    const struct page *there = find(s, hash, key);
    bool wanted = seen_before(s, hash) && !(there && fresh(c, there)); // another thread was quicker
    pthread_mutex_unlock(&s->lock);
    if (!wanted) return;
    struct page *p = page_make(key, hash, rs, epoch);
    if (p->bytes > c->shard_bytes / 2 || !fresh(c, p)) {
        page_unref(p);
        return;
    }
    shard_put(s, c->shard_bytes, p);
}

void page_cache_clear(struct page_cache *c) {
    atomic_store(&c->floor, atomic_fetch_add(&c->epoch, 1) + 1);
    for (size_t i = 0; i < c->shard_count; i++) {
        struct shard *s = &c->shards[i];
        struct page *gone = NULL;
        pthread_mutex_lock(&s->lock);
        while (s->oldest) {
            struct page *p = detach(s, s->oldest);
            p->chain = gone;
            gone = p;
        }
        pthread_mutex_unlock(&s->lock);
        unref_all(gone);
    }
}

struct page_view page_view(const struct page *p, enum page_encoding e) {
    if (!p->encodings[e].p) e = PAGE_IDENTITY;
    return (struct page_view){p->encodings[e], p->etag, e, &p->headers};
}

struct page_cache_stats page_cache_stats(struct page_cache *c) {
    struct page_cache_stats sum = {0};
    for (size_t i = 0; i < c->shard_count; i++) {
        struct shard *s = &c->shards[i];
        pthread_mutex_lock(&s->lock);
        sum.hits += s->hits;
        sum.misses += s->misses;
        sum.stale += s->stale;
        sum.bytes += s->bytes;
        sum.pages += s->pages;
        pthread_mutex_unlock(&s->lock);
    }
    return sum;
}
