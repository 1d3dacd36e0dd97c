// SPDX-License-Identifier: Apache-2.0
// One table under one lock, held only to find, count and link; rows are copied outside of it.
// Eviction: the oldest go first, those asked for again get another round.
#include "core/kept.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, ROUNDS_MAX = 3 };
#define ENTRY_BYTES_MAX ((size_t)8 << 20)
#define ENTRY_COST      ((size_t)8 << 10) // the smallest block of an arena

struct entry {
    struct arena arena; // the entry itself lives in it
    struct str key;
    uint64_t hash, epoch;
    struct kept_topics topics;
    struct kept_rows rows;
    size_t bytes;
    _Atomic int users; // the table, and the ctxs that read
    int rounds;        // left before it goes; under the lock
    struct entry *chain, *newer, *older;
};
struct kept {
    pthread_mutex_t lock;
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    size_t bytes, max_bytes, entries;
    uint64_t hits, misses;
};
struct kept_hold { // in the ctx's arena
    struct kept_hold *next;
    struct entry *entry;
};

struct kept *kept_new(size_t max_bytes) {
    struct kept *k = calloc(1, sizeof *k);
    ensure(k != NULL);
    k->max_bytes = max_bytes;
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void unref(struct entry *e) {
    if (!e || atomic_fetch_sub(&e->users, 1) != 1) return;
    struct arena a = e->arena;
    arena_done(&a);
}

// Under the lock; what is returned is unreferenced after it.
static struct entry *detach(struct kept *k, struct entry *e) {
    struct entry **at = &k->buckets[e->hash % BUCKETS];
    while (*at != e) at = &(*at)->chain;
    *at = e->chain;
    *(e->newer ? &e->newer->older : &k->newest) = e->older;
    *(e->older ? &e->older->newer : &k->oldest) = e->newer;
    k->bytes -= e->bytes;
    k->entries--;
    return e;
}

static void attach(struct kept *k, struct entry *e) {
    struct entry **at = &k->buckets[e->hash % BUCKETS];
    e->chain = *at;
    *at = e;
    e->newer = NULL;
    e->older = k->newest;
    *(k->newest ? &k->newest->newer : &k->oldest) = e;
    k->newest = e;
    k->bytes += e->bytes;
    k->entries++;
}

void kept_free(struct kept *k) {
    if (!k) return;
    while (k->oldest) unref(detach(k, k->oldest));
    pthread_mutex_destroy(&k->lock);
    free(k);
}

void kept_release(struct ctx *c) {
    for (struct kept_hold *h = c->kept; h; h = h->next) unref(h->entry);
    c->kept = NULL;
}

void kept_topic(struct kept_topics *t, const char *kind, int64_t id) {
    if (t->n < KEPT_TOPICS_MAX) t->v[t->n] = topic_of(kind, id);
    t->n++;
}

// ---- what was asked, as bytes

static void put_bytes(struct buf *b, const void *p, size_t n) { buf_put(b, (struct str){p, n}); }

static bool is_text(const struct field *f) {
    return f->type == FIELD_TEXT || f->type == FIELD_HTML || f->type == FIELD_JSON ||
           f->type == FIELD_BLOB || f->type == FIELD_CURRENCY;
}

static void put_input(struct buf *b, const struct field *f, const char *in) {
    bool has = !f->has_offset || *(const bool *)(in + f->has_offset);
    buf_char(b, has ? '+' : '-');
    if (is_text(f)) {
        const struct str *s = (const void *)(in + f->offset);
        buf_char(b, s->p ? 't' : '0');
        put_bytes(b, &s->n, sizeof s->n);
        buf_put(b, *s);
    } else if (f->type == FIELD_BOOL) {
        buf_char(b, *(const bool *)(in + f->offset) ? '1' : '0');
    } else {
        put_bytes(b, in + f->offset, sizeof(int64_t));
    }
}

static struct str key_of(struct arena *a, const struct db_query *q, const void *in) {
    struct buf b = buf_new(a, 0);
    buf_put(&b, str_c(q->name));
    for (size_t i = 0; in && i < q->in.n; i++) put_input(&b, &q->in.fields[i], in);
    return buf_ok(&b) ? buf_str(&b) : (struct str){0};
}

// ---- finding

static bool is_fresh(const struct ctx *c, const struct entry *e) {
    for (size_t i = 0; i < e->topics.n; i++)
        if (!page_cache_fresh(c->shop->cache, e->topics.v[i], e->epoch)) return false;
    return true;
}

static struct entry *find(struct kept *k, uint64_t hash, struct str key) {
    struct entry *e = k->buckets[hash % BUCKETS];
    while (e && (e->hash != hash || !str_eq(e->key, key))) e = e->chain;
    return e;
}

static void hold(struct ctx *c, struct entry *e) {
    struct kept_hold *h = ARENA_NEW(c->arena, struct kept_hold);
    *h = (struct kept_hold){c->kept, e};
    c->kept = h;
}

static struct entry *take(struct ctx *c, uint64_t hash, struct str key) {
    struct kept *k = c->shop->kept;
    struct entry *stale = NULL;
    pthread_mutex_lock(&k->lock);
    struct entry *e = find(k, hash, key);
    if (e && !is_fresh(c, e)) {
        stale = detach(k, e);
        e = NULL;
    }
    if (e) {
        atomic_fetch_add(&e->users, 1);
        if (e->rounds < ROUNDS_MAX) e->rounds++;
        k->hits++;
    } else {
        k->misses++;
    }
    pthread_mutex_unlock(&k->lock);
    unref(stale);
    return e;
}

// ---- keeping

static size_t texts_of(const struct row_type *t, const char *row) {
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (is_text(&t->fields[i]))
            n += ((const struct str *)(const void *)(row + t->fields[i].offset))->n;
    return n;
}

static size_t weight(const struct row_type *t, const struct kept_rows *rows) {
    size_t n = sizeof(struct entry) + rows->n * t->size;
    for (size_t i = 0; i < rows->n; i++) n += texts_of(t, (const char *)rows->v + i * t->size);
    return n;
}

static void copy_texts(const struct row_type *t, char *row, char **room) {
    for (size_t i = 0; i < t->n; i++) {
        if (!is_text(&t->fields[i])) continue;
        struct str *s = (void *)(row + t->fields[i].offset);
        if (!s->p || !s->n) continue;
        memcpy(*room, s->p, s->n);
        s->p = *room;
        *room += s->n;
    }
}

static struct entry *copy_of(const struct row_type *t, const struct kept_rows *rows, size_t bytes,
                             struct str key) {
    struct arena a = {0};
    struct entry *e = ARENA_NEW(&a, struct entry);
    char *v = arena_alloc(&a, rows->n * t->size + 1), *room = arena_alloc(&a, bytes);
    if (rows->n) memcpy(v, rows->v, rows->n * t->size);
    for (size_t i = 0; i < rows->n; i++) copy_texts(t, v + i * t->size, &room);
    e->key = arena_str(&a, key);
    e->rows = (struct kept_rows){v, rows->n, rows->n};
    e->bytes = bytes + key.n + ENTRY_COST;
    e->users = 1;
    e->arena = a;
    return e;
}

// Frees what is too much; those that were asked for again move to the front instead.
static struct entry *make_room(struct kept *k) {
    struct entry *gone = NULL;
    while (k->bytes > k->max_bytes && k->oldest) {
        struct entry *e = detach(k, k->oldest);
        if (e->rounds > 0) {
            e->rounds--;
            attach(k, e);
        } else {
            e->chain = gone;
            gone = e;
        }
    }
    return gone;
}

static void keep(struct ctx *c, struct entry *e) {
    struct kept *k = c->shop->kept;
    struct entry *old, *gone;
    pthread_mutex_lock(&k->lock);
    old = find(k, e->hash, e->key);
    if (old) detach(k, old);
    attach(k, e);
    gone = make_room(k);
    pthread_mutex_unlock(&k->lock);
    unref(old);
    while (gone) {
        struct entry *next = gone->chain;
        unref(gone);
        gone = next;
    }
}

bool kept_all(struct ctx *c, const struct db_query *q, const void *in, kept_told *told, void *self,
              void *rows_out) {
    if (!c->shop->kept || c->db.writing) return db_query_all(&c->db, q, in, rows_out);
    struct str key = key_of(c->arena, q, in);
    uint64_t hash = str_hash(key), epoch = page_cache_epoch(c->shop->cache);
    struct entry *e = key.p ? take(c, hash, key) : NULL;
    struct kept_rows rows = {0};
    if (e) {
        hold(c, e);
        memcpy(rows_out, &e->rows, sizeof rows);
        return true;
    }
    TRY(db_query_all(&c->db, q, in, rows_out));
    memcpy(&rows, rows_out, sizeof rows);
    struct kept_topics topics = {0};
    told(self, &rows, &topics);
    size_t bytes = weight(&q->out, &rows);
    if (!key.p || topics.n > KEPT_TOPICS_MAX || bytes > ENTRY_BYTES_MAX) return true;
    e = copy_of(&q->out, &rows, bytes, key);
    e->hash = hash;
    e->epoch = epoch;
    e->topics = topics;
    keep(c, e);
    return true;
}

static void told_before(void *self, const struct kept_rows *rows, struct kept_topics *out) {
    (void)rows;
    *out = *(const struct kept_topics *)self;
}

bool kept_all_of(struct ctx *c, const struct db_query *q, const void *in,
                 const struct kept_topics *topics, void *rows_out) {
    struct kept_topics t = *topics;
    return kept_all(c, q, in, told_before, &t, rows_out);
}

struct kept_counts kept_counts(struct kept *k) {
    pthread_mutex_lock(&k->lock);
    struct kept_counts out = {k->hits, k->misses, k->bytes, k->entries};
    pthread_mutex_unlock(&k->lock);
    return out;
}
