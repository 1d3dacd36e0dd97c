// SPDX-License-Identifier: Apache-2.0
#include <curl/curl.h>
#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "core/file.h"
#include "core/world.h"

enum { FILE_MAX = 256 << 20, MAIL_TIMEOUT_S = 60, KEY_MAX = 100 };

struct real {
    const char *dir;
    const char *smtp_url, *smtp_user, *smtp_password; // url "" without SMTP
};

static instant real_now(void *self) {
    (void)self;
    struct timespec t;
    ensure(clock_gettime(CLOCK_REALTIME, &t) == 0);
    return (instant)t.tv_sec * SECOND + t.tv_nsec / 1000;
}

static void real_random(void *self, void *p, size_t n) {
    (void)self;
    for (size_t at = 0; at < n;) {
        ssize_t got = getrandom((char *)p + at, n - at, 0);
        if (got > 0) at += (size_t)got;
    }
}

static bool real_http(void *self, struct arena *a, const struct http_call *call,
                      struct http_reply *out, bool *sent_out, struct err *err) {
    (void)self;
    return http_fetch(a, call, out, sent_out, err);
}

// <time>-<key>.eml; the name of an earlier copy of the same message when there is one.
static void mail_name(const char *dir, const char *key, instant now, char out[256]) {
    struct civil c = civil_of_instant(now);
    snprintf(out, 256, "%04d%02d%02dT%02d%02d%02dZ-%s.eml", c.year, c.month, c.day, c.hour,
             c.minute, c.second, key);
    size_t stamp = strcspn(out, "-");
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));)
        if (strcspn(e->d_name, "-") == stamp && strcmp(e->d_name + stamp, out + stamp) == 0) {
            memcpy(out, e->d_name, strlen(e->d_name) + 1);
            break;
        }
    if (d) closedir(d);
}

static void mail_key(struct str key, char out[KEY_MAX + 1]) {
    size_t n = key.n < KEY_MAX ? key.n : KEY_MAX;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)key.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     c == '.' || c == '_';
        out[i] = plain ? (char)c : '-';
    }
    out[n] = '\0';
}

static bool mail_to_file(const struct real *r, const struct world_mail *m, struct err *err) {
    char dir[PATH_MAX], path[PATH_MAX + 300], key[KEY_MAX + 1], name[256];
    if (snprintf(dir, sizeof dir, "%s/mail", r->dir) >= (int)sizeof dir)
        return err_set(err, ERR_IO, "A path is too long.");
    TRY(dir_make(dir, err));
    mail_key(m->key, key);
    mail_name(dir, key, real_now(NULL), name);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return file_write(path, m->bytes, 0640, err);
}

struct upload {
    struct str rest;
};

static size_t upload_read(char *to, size_t size, size_t n, void *self) {
    struct upload *u = self;
    size_t room = size * n, take = u->rest.n < room ? u->rest.n : room;
    memcpy(to, u->rest.p, take);
    u->rest = str_from(u->rest, take);
    return take;
}

// TLS is demanded but for a relay on this machine.
static long tls_policy(const char *url) {
    static const char *const local[] = {"smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]"};
    for (size_t i = 0; i < ARRAY_LEN(local); i++)
        if (strncmp(url, local[i], strlen(local[i])) == 0) return CURLUSESSL_TRY;
    return CURLUSESSL_ALL;
}

static void smtp_options(CURL *h, const struct real *r, struct upload *u) {
    curl_easy_setopt(h, CURLOPT_URL, r->smtp_url);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(h, CURLOPT_USE_SSL, tls_policy(r->smtp_url));
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)MAIL_TIMEOUT_S);
    if (r->smtp_user[0]) {
        curl_easy_setopt(h, CURLOPT_USERNAME, r->smtp_user);
        curl_easy_setopt(h, CURLOPT_PASSWORD, r->smtp_password);
    }
    curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(h, CURLOPT_READFUNCTION, upload_read);
    curl_easy_setopt(h, CURLOPT_READDATA, u);
}

static bool mail_by_smtp(const struct real *r, const struct world_mail *m, struct err *err) {
    struct arena a = {0};
    struct upload u = {m->bytes};
    char why[CURL_ERROR_SIZE] = "";
    CURL *h = curl_easy_init();
    struct curl_slist *to = curl_slist_append(NULL, arena_cstr(&a, m->to));
    ensure(h && to);
    smtp_options(h, r, &u);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(h, CURLOPT_MAIL_FROM, arena_cstr(&a, m->from));
    curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to);
    CURLcode code = curl_easy_perform(h);
    curl_easy_cleanup(h);
    curl_slist_free_all(to);
    arena_done(&a);
    if (code == CURLE_OK) return true;
    err_set(err, ERR_NET, "The mail server did not take a message.");
    err_hint(err, "Check the SMTP settings in kontor.conf and whether the server can be reached.");
    return err_detail(err, "smtp: %s", why[0] ? why : curl_easy_strerror(code));
}

static bool real_mail(void *self, const struct world_mail *m, struct err *err) {
    const struct real *r = self;
    return r->smtp_url[0] ? mail_by_smtp(r, m, err) : mail_to_file(r, m, err);
}

static bool media_path(const struct real *r, const char *hash, char out[PATH_MAX],
                       struct err *err) {
    bool hex = strlen(hash) == 64 && strspn(hash, "0123456789abcdef") == 64;
    if (!hex) return err_set(err, ERR_INVALID, "This is not the name of a file.");
    int n = snprintf(out, PATH_MAX, "%s/media/%.2s/%s", r->dir, hash, hash);
    return n < PATH_MAX || err_set(err, ERR_IO, "A path is too long.");
}

static bool real_file_put(void *self, struct str bytes, char hash_out[65], struct err *err) {
    unsigned char sum[crypto_hash_sha256_BYTES];
    char path[PATH_MAX], dir[PATH_MAX];
    crypto_hash_sha256(sum, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(hash_out, 65, sum, sizeof sum);
    TRY(media_path(self, hash_out, path, err));
    if (file_exists(path)) return true;
    size_t n = (size_t)(strrchr(path, '/') - path);
    memcpy(dir, path, n);
    dir[n] = '\0';
    return dir_make(dir, err) && file_write(path, bytes, 0640, err);
}

static bool real_file_get(void *self, struct arena *a, const char *hash, struct str *bytes_out,
                          struct err *err) {
    char path[PATH_MAX];
    return media_path(self, hash, path, err) && file_read(a, path, FILE_MAX, bytes_out, err);
}

static struct str real_file_path(void *self, struct arena *a, const char *hash) {
    char path[PATH_MAX];
    struct err err = {0};
    if (!media_path(self, hash, path, &err)) return (struct str){NULL, 0};
    return arena_str(a, str_c(path));
}

static void real_log(void *self, enum log_level level, struct str line) {
    (void)self, (void)level;
    struct iovec v[] = {{(void *)(uintptr_t)line.p, line.n}, {(void *)(uintptr_t) "\n", 1}};
    (void)!writev(STDERR_FILENO, v, ARRAY_LEN(v));
}

bool world_real(struct arena *a, const struct world_options *o, struct world *out,
                struct err *err) {
    if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
        return err_set(err, ERR_UNSUPPORTED, "libsodium or libcurl could not be started.");
    struct real *r = ARENA_NEW(a, struct real);
    *r = (struct real){
        .dir = arena_cstr(a, o->dir),
        .smtp_url = arena_cstr(a, o->smtp_url),
        .smtp_user = arena_cstr(a, o->smtp_user),
        .smtp_password = arena_cstr(a, o->smtp_password),
    };
    *out = (struct world){
        .self = r,
        .now = real_now,
        .random = real_random,
        .http = real_http,
        .mail = real_mail,
        .file_put = real_file_put,
        .file_get = real_file_get,
        .file_path = real_file_path,
        .log = {.write = real_log, .least = LOG_INFO},
    };
    return true;
}
