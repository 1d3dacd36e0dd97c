// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <sys/stat.h>

#include "core/acl.h"
#include "core/app.h"
#include "core/core_module.h"
#include "core/file.h"
#include "core/i18n_private.h"
#include "core/jobs.h"
#include "core/kept.h"
#include "core/settings.h"
#include "core/watch.h"
#include "core_sql.h"
#include "db/migrate.h"

#define CACHE_BYTES ((size_t)64 << 20)

static struct module_table with_core(struct arena *a, struct module_table given) {
    if (given.n && given.v[0] == &core_module) return given;
    const struct module **v = ARENA_ARRAY(a, const struct module *, given.n + 1);
    v[0] = &core_module;
    for (size_t i = 0; i < given.n; i++) v[i + 1] = given.v[i];
    return (struct module_table){v, given.n + 1};
}

// Every need stands earlier in the table.
static bool needs_met(struct module_table t, struct err *err) {
    for (size_t m = 0; m < t.n; m++)
        for (const char *const *need = t.v[m]->needs; need && *need; need++) {
            size_t i = 0;
            while (i < m && strcmp(t.v[i]->name, *need) != 0) i++;
            if (i == m && strcmp(*need, "core") != 0)
                return err_set(err, ERR_INVALID,
                               "Module %s needs %s, which does not stand before it.", t.v[m]->name,
                               *need);
        }
    return true;
}

// A folder with a key once had its database; without it SQLite would begin an empty one.
static bool database_there(struct shop *s, struct str url, struct err *err) {
    struct stat st;
    struct str scheme = S("sqlite:");
    if (str_empty(s->dir) || !str_starts(url, scheme)) return true;
    if (!file_exists(arena_fmt(&s->arena, STR_FMT "/secrets", STR_ARG(s->dir)).p)) return true;
    const char *path = arena_cstr(&s->arena, str_from(url, scheme.n));
    if (stat(path, &st) == 0 && st.st_size > 0) return true;
    err_set(err, ERR_NOT_FOUND, "The database file %s is missing or empty.", path);
    return err_hint(err, "Put it back from a backup (kontor restore).");
}

static bool database_open(struct shop *s, const struct shop_open *o, struct err *err) {
    struct db_open how = {
        .url = str_empty(o->db_url)
                   ? arena_fmt(&s->arena, "sqlite:" STR_FMT "/shop.db", STR_ARG(o->dir))
                   : o->db_url,
        .connections = o->connections,
        .log = &s->world.log,
        .now = s->world.now,
        .world = s->world.self,
    };
    TRY(database_there(s, how.url, err));
    TRY(db_pool_open(&s->arena, &how, &s->pool, err));
    return o->migration_count == 0 || db_migrate(s->pool, o->migrations, o->migration_count, err);
}

static bool has_settings(struct shop *s, struct err *err, bool *out) {
    struct arena a = {0};
    struct db db;
    struct core_setting_rows_rows rows = {0};
    db_begin_use(&db, s->pool, &a, err);
    bool ok = core_setting_rows_all(&db, &rows);
    db_end_use(&db);
    *out = rows.n > 0;
    arena_done(&a);
    return ok;
}

static bool key_make(struct shop *s, const char *path, struct err *err) {
    bool used;
    TRY(has_settings(s, err, &used));
    if (used) {
        err_set(err, ERR_NOT_FOUND,
                "The file %s is missing; without it what is sealed in the database cannot be read.",
                path);
        return err_hint(err, "Put it back from a backup (kontor restore).");
    }
    struct buf b = buf_new(&s->arena, 0);
    buf_hex(&b, s->key.b, sizeof s->key.b);
    buf_char(&b, '\n');
    return file_write(path, buf_str(&b), 0600, err);
}

static bool key_open(struct shop *s, struct err *err) {
    s->world.random(s->world.self, s->key.b, sizeof s->key.b);
    if (str_empty(s->dir)) return true;
    const char *path = arena_fmt(&s->arena, STR_FMT "/secrets", STR_ARG(s->dir)).p;
    if (!file_exists(path)) return key_make(s, path, err);
    struct str text, key;
    TRY(file_read(&s->arena, path, 1024, &text, err));
    if (!hex_decode(&s->arena, str_trim(text), &key) || key.n != sizeof s->key.b)
        return err_set(err, ERR_INVALID,
                       "The file %s does not hold a key of 64 hexadecimal digits.", path);
    memcpy(s->key.b, key.p, key.n);
    return true;
}

static bool modules_start(struct shop *s, struct err *err) {
    for (size_t i = 0; i < s->modules.n; i++)
        if (s->modules.v[i]->start) TRY(s->modules.v[i]->start(s, err));
    return true;
}

static bool open_all(struct shop *s, const struct shop_open *o, struct err *err) {
    TRY(needs_met(s->modules, err));
    TRY(database_open(s, o, err));
    TRY(key_open(s, err));
    s->world.random(s->world.self, &s->origin, sizeof s->origin);
    s->acl = acl_new(&s->arena, s->modules);
    TRY(route_table_check(s->acl, s->modules, err));
    s->i18n = i18n_new(&s->arena, core_messages, core_messages_count);
    s->cache = page_cache_new(o->cache_bytes ? o->cache_bytes : CACHE_BYTES);
    s->kept = kept_new(KEPT_BYTES);
    TRY(settings_open(s, err));
    if (str_empty(s->base_url)) s->base_url = settings_get(s, &s->arena, "shop.base_url");
    return modules_start(s, err);
}

bool shop_open(const struct shop_open *o, struct shop *out, struct err *err) {
    *out = (struct shop){.world = o->world};
    out->dir = arena_str(&out->arena, o->dir);
    out->base_url = arena_str(&out->arena, o->base_url);
    out->modules = with_core(&out->arena, o->modules);
    if (open_all(out, o, err)) return true;
    shop_close(out);
    return false;
}

void shop_close(struct shop *s) {
    jobs_stop(s);
    watch_stop(s);
    for (size_t i = s->modules.n; i-- > 0;)
        if (s->modules.v[i]->stop) s->modules.v[i]->stop(s);
    settings_close(s);
    i18n_free(s->i18n);
    page_cache_free(s->cache);
    kept_free(s->kept);
    if (s->pool) db_pool_close(s->pool);
    arena_done(&s->arena);
    *s = (struct shop){0};
}
