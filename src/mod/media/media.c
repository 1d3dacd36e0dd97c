// SPDX-License-Identifier: Apache-2.0
#include "mod/media/media.h"

#include <sodium.h>

#include "core/check.h"
#include "media_sql.h"

enum { FILENAME_MAX_BYTES = 100, URL_MAX = 2000, FETCH_SECONDS = 30, REDIRECTS = 5 };

struct str media_filename(struct arena *a, struct str name) {
    size_t start = 0;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/' || name.p[i] == '\\') start = i + 1;
    name = str_from(name, start);
    size_t dot = STR_NONE;
    for (size_t i = 1; i < name.n; i++)
        if (name.p[i] == '.') dot = i;
    struct str ending = dot == STR_NONE ? (struct str){0} : str_from(name, dot + 1);
    struct buf b = buf_new(a, 0);
    for (size_t i = 0; i < name.n && i < dot && b.n < FILENAME_MAX_BYTES; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_';
        if (plain)
            buf_char(&b, c);
        else if (b.n && b.p[b.n - 1] != '-')
            buf_char(&b, '-');
    }
    if (b.n == 0) buf_put(&b, S("picture"));
    bool good = ending.n > 0 && ending.n <= 5;
    for (size_t i = 0; good && i < ending.n; i++)
        good = (ending.p[i] >= 'a' && ending.p[i] <= 'z') ||
               (ending.p[i] >= 'A' && ending.p[i] <= 'Z') ||
               (ending.p[i] >= '0' && ending.p[i] <= '9');
    if (good) buf_fmt(&b, "." STR_FMT, STR_ARG(ending));
    return buf_str(&b);
}

static bool keep_bytes(struct ctx *c, struct media_file *f) {
    struct world *w = ctx_world(c);
    if (!f->info.type) TRY(media_inspect(c->arena, f->bytes, &f->info, &c->err));
    return w->file_put(w->self, f->bytes, f->hash, &c->err);
}

bool media_store(struct ctx *c, struct media_file *f) {
    ensure(!c->db.writing);
    return keep_bytes(c, f);
}

bool media_add(struct ctx *c, const struct media_file *f, int64_t *id_out) {
    struct media_stored stored;
    struct str key = arena_str(c->arena, str_c(f->hash));
    bool found;
    ensure(c->db.writing && f->hash[0]);
    TRY(media_stored(&c->db, &(struct media_stored_in){key}, &stored, &found));
    *id_out = stored.id;
    if (found) return true;
    return media_insert(&c->db,
                        &(struct media_insert_in){.hash = key,
                                                  .type = str_c(f->info.type),
                                                  .bytes = (int64_t)f->bytes.n,
                                                  .width = f->info.width,
                                                  .height = f->info.height,
                                                  .filename = media_filename(c->arena, f->filename),
                                                  .now = c->now},
                        id_out);
}

bool media_put(struct ctx *c, struct str bytes, struct str filename, int64_t *id_out) {
    struct media_file f = {.bytes = bytes, .filename = filename};
    TRY(keep_bytes(c, &f));
    return media_add(c, &f, id_out);
}

bool media_find(struct ctx *c, struct str bytes, int64_t *id_out) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    struct media_stored stored;
    struct buf hex = buf_new(c->arena, 0);
    bool found;
    crypto_hash_sha256(digest, (const unsigned char *)(bytes.p ? bytes.p : ""), bytes.n);
    buf_hex(&hex, digest, sizeof digest);
    TRY(media_stored(&c->db, &(struct media_stored_in){buf_str(&hex)}, &stored, &found));
    *id_out = found ? stored.id : 0;
    return true;
}

static bool add_fetch_job(struct ctx *c, int64_t id) {
    return job_add(
        c, &(struct job_new){.kind = "media.fetch",
                             .payload = arena_fmt(c->arena, "{\"media\":%lld}", (long long)id)});
}

bool media_want(struct ctx *c, struct str url, int64_t *id_out) {
    ensure(c->db.writing);
    struct media_by_url row;
    bool found;
    if (url.n > URL_MAX || (!str_starts(url, S("https://")) && !str_starts(url, S("http://"))))
        return err_set(&c->err, ERR_INVALID,
                       "The address of a picture begins with http:// or https:// and has at most "
                       "2,000 characters.");
    TRY(media_by_url(&c->db, &(struct media_by_url_in){url}, &row, &found));
    if (found) {
        *id_out = row.id;
        if (!str_eq(row.state, S("failed"))) return true;
        TRY(media_again(&c->db, &(struct media_again_in){row.id}));
        return add_fetch_job(c, row.id);
    }
    size_t end = 0;
    while (end < url.n && url.p[end] != '?' && url.p[end] != '#') end++;
    TRY(media_want_insert(
        &c->db,
        &(struct media_want_insert_in){url, media_filename(c->arena, str_sub(url, 0, end)), c->now},
        id_out));
    return add_fetch_job(c, *id_out);
}

struct fetched {
    int64_t id;
    struct media_file file;
    bool ok, again; // again: another try may help
    struct str why;
};

// Network and inspection; outside of any transaction.
static void fetch(struct ctx *c, struct str url, struct fetched *f) {
    struct err err = {0};
    struct http_reply reply = {0};
    struct http_call call = {.method = "GET",
                             .url = url,
                             .timeout_s = FETCH_SECONDS,
                             .max_bytes = MEDIA_BYTES_MAX,
                             .max_redirects = REDIRECTS};
    struct world *w = ctx_world(c);
    f->again = true;
    if (!w->http(w->self, c->arena, &call, &reply, NULL, &err)) {
        f->why = arena_str(c->arena, str_c(err.message));
        return;
    }
    if (reply.status != 200) {
        f->why = arena_fmt(c->arena, "The address answered with status %d instead of a picture.",
                           reply.status);
        return;
    }
    f->file.bytes = reply.body;
    f->ok = media_inspect(c->arena, f->file.bytes, &f->file.info, &err);
    f->again = false;
    if (!f->ok) f->why = arena_str(c->arena, str_c(err.message));
}

static bool record(struct ctx *c, void *self, bool *keep) {
    (void)keep;
    const struct fetched *f = self;
    const struct media_info *info = &f->file.info;
    if (!f->ok)
        return media_failed(
            &c->db, &(struct media_failed_in){f->id, f->again ? S("wanted") : S("failed"), f->why});
    tx_bump(c, "media", f->id);
    tx_bump(c, "products", 0);
    c->bump_all = true; // any page may show this picture
    return media_arrived(&c->db,
                         &(struct media_arrived_in){f->id, arena_str(c->arena, str_c(f->file.hash)),
                                                    str_c(info->type), (int64_t)f->file.bytes.n,
                                                    info->width, info->height});
}

static enum job_result fetch_job(struct ctx *c, const struct json *payload) {
    struct media_by_id row;
    bool found;
    if (!media_by_id(&c->db, &(struct media_by_id_in){json_int(payload, "media", 0)}, &row, &found))
        return JOB_RETRY;
    if (!found || !str_eq(row.state, S("wanted"))) return JOB_DONE;
    struct fetched f = {.id = row.id};
    fetch(c, row.source_url, &f);
    if (row.attempts + 1 >= MEDIA_ATTEMPTS_MAX) f.again = false;
    if (f.ok && !media_store(c, &f.file)) return JOB_RETRY;
    if (!tx_run(c, record, &f)) return JOB_RETRY;
    if (f.ok) return JOB_DONE;
    err_set(&c->err, ERR_NET, "The picture " STR_FMT " could not be fetched: " STR_FMT,
            STR_ARG(str_utf8_cut(row.source_url, 100)), STR_ARG(str_utf8_cut(f.why, 100)));
    return f.again ? JOB_RETRY : JOB_DEAD;
}

static const struct job_kind jobs[] = {
    {"media.fetch", fetch_job, .max_attempts = MEDIA_ATTEMPTS_MAX + 1}, {0}};
static const struct permission perms[] = {
    {"media.write", "Bilder hochladen und entfernen", "Upload and remove pictures"},
    {0},
};
static const struct check checks[] = {
    {"media.ready", "A medium's state does not fit what is known of it. Upload the picture again.",
     &media_check_ready_query, NULL},
    {0},
};
const struct module media_module = {
    .name = "media",
    .needs = (const char *const[]){NULL},
    .queries = media_sql_queries,
    .query_count = &media_sql_query_count,
    .perms = perms,
    .jobs = jobs,
    .checks = checks,
};
