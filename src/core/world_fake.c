// SPDX-License-Identifier: Apache-2.0
#include "core/world_fake.h"

#include <sodium.h>
#include <unistd.h>

static instant fake_now(void *self) { return ((struct world_fake *)self)->now; }

// Runner threads draw, too.
static void fake_random(void *self, void *p, size_t n) {
    struct world_fake *f = self;
    pthread_mutex_lock(&f->lock);
    rng_fill(&f->rng, p, n);
    pthread_mutex_unlock(&f->lock);
}

static bool fake_http(void *self, struct arena *a, const struct http_call *call,
                      struct http_reply *out, bool *sent_out, struct err *err) {
    struct world_fake *f = self;
    bool sent = false;
    *out = (struct http_reply){0};
    if (f->answer) return f->answer(f->answer_self, a, call, out, sent_out ? sent_out : &sent, err);
    if (sent_out) *sent_out = false;
    return err_set(err, ERR_NET, "Nobody answers in this test.");
}

static bool fake_mail_send(void *self, const struct world_mail *m, struct err *err) {
    struct world_fake *f = self;
    if (f->mail_down) return err_set(err, ERR_NET, "The mail server is down in this test.");
    pthread_mutex_lock(&f->lock);
    struct fake_mail *slot = NULL;
    for (size_t i = 0; m->key.n && i < f->mails.n; i++)
        if (str_eq(f->mails.v[i].key, m->key)) slot = &f->mails.v[i];
    if (!slot) slot = VEC_PUSH(&f->arena, &f->mails);
    *slot = (struct fake_mail){
        .from = arena_str(&f->arena, m->from),
        .to = arena_str(&f->arena, m->to),
        .bytes = arena_str(&f->arena, m->bytes),
        .key = arena_str(&f->arena, m->key),
    };
    pthread_mutex_unlock(&f->lock);
    return true;
}

static bool fake_file_put(void *self, struct str bytes, char hash_out[65], struct err *err) {
    (void)err;
    struct world_fake *f = self;
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sum, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(hash_out, 65, sum, sizeof sum);
    pthread_mutex_lock(&f->lock);
    struct str *kept = ARENA_NEW(&f->arena, struct str);
    *kept = arena_str(&f->arena, bytes);
    map_set(&f->arena, &f->files, arena_str(&f->arena, str_c(hash_out)), kept);
    pthread_mutex_unlock(&f->lock);
    return true;
}

static bool fake_file_get(void *self, struct arena *a, const char *hash, struct str *bytes_out,
                          struct err *err) {
    struct world_fake *f = self;
    pthread_mutex_lock(&f->lock);
    const struct str *s = map_get(&f->files, str_c(hash));
    pthread_mutex_unlock(&f->lock);
    if (!s) return err_set(err, ERR_NOT_FOUND, "There is no such file.");
    *bytes_out = arena_str(a, *s);
    return true;
}

static struct str fake_file_path(void *self, struct arena *a, const char *hash) {
    (void)self;
    return arena_fmt(a, "/fake/media/%s", hash);
}

static void fake_log(void *self, enum log_level level, struct str line) {
    (void)self, (void)level;
    (void)!write(STDERR_FILENO, line.p, line.n);
    (void)!write(STDERR_FILENO, "\n", 1);
}

struct world world_fake_init(struct world_fake *f, instant now, uint64_t seed) {
    *f = (struct world_fake){.now = now, .rng = rng_new(seed), .log_least = LOG_ERROR};
    pthread_mutex_init(&f->lock, NULL);
    ensure(sodium_init() >= 0);
    return (struct world){
        .self = f,
        .now = fake_now,
        .random = fake_random,
        .http = fake_http,
        .mail = fake_mail_send,
        .file_put = fake_file_put,
        .file_get = fake_file_get,
        .file_path = fake_file_path,
        .log = {.write = fake_log, .self = f, .least = f->log_least},
    };
}

void world_fake_done(struct world_fake *f) {
    pthread_mutex_destroy(&f->lock);
    arena_done(&f->arena);
}

const struct fake_mail *world_fake_last_mail(const struct world_fake *f, struct str to) {
    for (size_t i = f->mails.n; i-- > 0;)
        if (str_eq(f->mails.v[i].to, to)) return &f->mails.v[i];
    return NULL;
}
