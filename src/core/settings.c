// SPDX-License-Identifier: Apache-2.0
#include "core/settings.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/map.h"
#include "core/i18n.h"
#include "core/tx.h"
#include "core_sql.h"

enum { SETTING_MAX_BYTES = 64 << 10 };

struct snapshot { // immutable once it is reachable, but for what is parsed
    struct arena arena;
    struct map values;    // key → struct str *
    _Atomic int users;    // who is current, and the ctxs that hold its JSON
    pthread_mutex_t lock; // guards arena and parsed
    struct map parsed;    // key → struct json *
};
struct settings_hold { // in the ctx's arena
    struct settings_hold *next;
    struct snapshot *snapshot;
};
struct settings {
    pthread_mutex_t reload; // one reads the table at a time, so that an older look cannot win
    pthread_rwlock_t lock;  // guards which snapshot is current
    struct snapshot *now;
    struct map known; // key → const struct setting *
};

static void snapshot_unref(struct snapshot *s) {
    if (!s || atomic_fetch_sub(&s->users, 1) != 1) return;
    pthread_mutex_destroy(&s->lock);
    struct arena a = s->arena; // the snapshot lives in its own arena
    arena_done(&a);
}

static bool snapshot_read(struct shop *shop, struct snapshot **out, struct err *err) {
    struct arena a = {0};
    struct db db;
    struct core_setting_rows_rows rows;
    db_begin_use(&db, shop->pool, &a, err);
    bool ok = core_setting_rows_all(&db, &rows);
    db_end_use(&db);
    if (!ok) {
        arena_done(&a);
        return false;
    }
    struct snapshot *s = ARENA_NEW(&a, struct snapshot);
    s->users = 1;
    pthread_mutex_init(&s->lock, NULL);
    for (size_t i = 0; i < rows.n; i++) map_set(&a, &s->values, rows.v[i].key, &rows.v[i].value);
    s->arena = a;
    *out = s;
    return true;
}

bool settings_open(struct shop *s, struct err *err) {
    struct settings *st = ARENA_NEW(&s->arena, struct settings);
    pthread_rwlock_init(&st->lock, NULL);
    pthread_mutex_init(&st->reload, NULL);
    for (size_t m = 0; m < s->modules.n; m++)
        for (const struct setting *d = s->modules.v[m]->settings; d && d->key; d++) {
            ensure(!map_get(&st->known, str_c(d->key)));
            map_set(&s->arena, &st->known, str_c(d->key), (void *)(uintptr_t)d);
        }
    s->settings = st;
    return settings_reload(s, err);
}

bool settings_reload(struct shop *s, struct err *err) {
    struct settings *st = s->settings;
    struct snapshot *fresh, *old = NULL;
    pthread_mutex_lock(&st->reload);
    bool ok = snapshot_read(s, &fresh, err);
    if (ok) {
        pthread_rwlock_wrlock(&st->lock);
        old = st->now;
        st->now = fresh;
        pthread_rwlock_unlock(&st->lock);
    }
    pthread_mutex_unlock(&st->reload);
    snapshot_unref(old);
    return ok;
}

void settings_close(struct shop *s) {
    if (!s->settings) return;
    snapshot_unref(s->settings->now);
    pthread_rwlock_destroy(&s->settings->lock);
    pthread_mutex_destroy(&s->settings->reload);
    s->settings = NULL;
}

const struct setting *setting_find(const struct shop *s, struct str key) {
    return map_get(&s->settings->known, key);
}

static struct str stored(const struct shop *s, struct arena *a, struct str key) {
    struct settings *st = s->settings;
    pthread_rwlock_rdlock(&st->lock);
    const struct str *v = map_get(&st->now->values, key);
    struct str copy = v ? arena_str(a, *v) : (struct str){NULL, 0};
    pthread_rwlock_unlock(&st->lock);
    return copy;
}

static struct str value_of(const struct shop *s, struct arena *a, const struct setting *d) {
    struct str v = stored(s, a, str_c(d->key));
    if (v.p && d->type == SETTING_SECRET && v.n && !secret_open(a, &s->key, v, &v)) v.p = NULL;
    if (v.p) return v;
    return d->otherwise ? str_c(d->otherwise) : S("");
}

struct str settings_get(const struct shop *s, struct arena *a, const char *key) {
    const struct setting *d = setting_find(s, str_c(key));
    if (!d) base_bug(key, "setting that no module describes", 0);
    return value_of(s, a, d);
}

struct str setting_text(struct ctx *c, const char *key) {
    return settings_get(c->shop, c->arena, key);
}

static struct snapshot *hold_current(struct ctx *c) {
    struct settings *st = c->shop->settings;
    pthread_rwlock_rdlock(&st->lock);
    struct snapshot *now = st->now;
    bool known = c->held && c->held->snapshot == now;
    if (!known) atomic_fetch_add(&now->users, 1);
    pthread_rwlock_unlock(&st->lock);
    if (known) return now;
    struct settings_hold *h = ARENA_NEW(c->arena, struct settings_hold);
    *h = (struct settings_hold){c->held, now};
    c->held = h;
    return now;
}

void settings_release(struct ctx *c) {
    for (struct settings_hold *h = c->held; h; h = h->next) snapshot_unref(h->snapshot);
    c->held = NULL;
}

static const struct json *parse_kept(struct snapshot *s, const struct setting *d) {
    struct str key = str_c(d->key);
    const struct str *stored = map_get(&s->values, key);
    struct str text = stored ? *stored : str_c(d->otherwise ? d->otherwise : "");
    struct json *j = ARENA_NEW(&s->arena, struct json);
    struct err ignored = {0};
    if (!text.n || !json_parse(&s->arena, text, j, &ignored)) *j = (struct json){0};
    map_set(&s->arena, &s->parsed, key, j);
    return j;
}

const struct json *setting_json(struct ctx *c, const char *key) {
    const struct setting *d = setting_find(c->shop, str_c(key));
    if (!d) base_bug(key, "setting that no module describes", 0);
    ensure(d->type != SETTING_SECRET);
    struct snapshot *s = hold_current(c);
    pthread_mutex_lock(&s->lock);
    const struct json *j = map_get(&s->parsed, str_c(d->key));
    if (!j) j = parse_kept(s, d);
    pthread_mutex_unlock(&s->lock);
    return j;
}

static bool as_int(struct ctx *c, const struct setting *d, struct str text, int64_t *out) {
    if (d->type != SETTING_MONEY) return str_to_int(text, out);
    struct money m;
    if (!money_parse(text, shop_currency(c), &m)) return false;
    *out = m.minor;
    return true;
}

int64_t setting_int(struct ctx *c, const char *key) {
    const struct setting *d = setting_find(c->shop, str_c(key));
    if (!d) base_bug(key, "setting that no module describes", 0);
    int64_t v = 0;
    if (as_int(c, d, value_of(c->shop, c->arena, d), &v)) return v;
    return as_int(c, d, str_c(d->otherwise), &v) ? v : 0;
}

bool setting_bool(struct ctx *c, const char *key) { return str_eq(setting_text(c, key), S("1")); }

struct str setting_i18n(struct ctx *c, const char *key) {
    struct str own = setting_text(c, arena_fmt(c->arena, "%s.%s", key, lang_code(c->lang)).p);
    if (!str_empty(own)) return own;
    for (int l = 0; l < LANG_COUNT; l++) {
        struct str other =
            setting_text(c, arena_fmt(c->arena, "%s.%s", key, lang_code((enum lang)l)).p);
        if (!str_empty(other)) return other;
    }
    return own;
}

static bool one_of(const char *const *choices, struct str value) {
    for (; choices && *choices; choices++)
        if (str_eq(str_c(*choices), value)) return true;
    return false;
}

static bool fits(struct ctx *c, const struct setting *d, struct str value) {
    int64_t n;
    if (value.n > SETTING_MAX_BYTES || !str_is_utf8(value) ||
        (value.n && memchr(value.p, 0, value.n)))
        return false;
    switch (d->type) {
    case SETTING_TEXT:
    case SETTING_SECRET:
        if (str_find_char(value, '\n') != STR_NONE) return false;
        break;
    case SETTING_MULTILINE:
        break;
    case SETTING_INT:
    case SETTING_MONEY:
        if (!as_int(c, d, value, &n)) return false;
        if (d->max > d->min && (n < d->min || n > d->max)) return false;
        break;
    case SETTING_BOOL:
        if (!str_eq(value, S("0")) && !str_eq(value, S("1"))) return false;
        break;
    case SETTING_CHOICE:
        if (!one_of(d->choices, value)) return false;
        break;
    }
    const char *why;
    return !d->valid || d->valid(c->arena, value, &why);
}

// What changed, for the audit trail; a secret's value is never in it.
static struct str change_json(struct ctx *c, const struct setting *d, struct str old,
                              struct str fresh) {
    struct buf b = buf_new(c->arena, 0);
    struct json_writer w = json_writer(&b);
    json_begin_object(&w);
    json_key(&w, "key");
    json_put_str(&w, str_c(d->key));
    if (d->type != SETTING_SECRET) {
        json_key(&w, "old");
        json_put_str(&w, old);
        json_key(&w, "new");
        json_put_str(&w, fresh);
    }
    json_end_object(&w);
    return buf_str(&b);
}

static struct str sealed(struct ctx *c, const struct setting *d, struct str value) {
    if (d->type != SETTING_SECRET || !value.n) return value.p ? value : S("");
    unsigned char nonce[24];
    struct world *w = ctx_world(c);
    w->random(w->self, nonce, sizeof nonce);
    return secret_seal(c->arena, &c->shop->key, value, nonce);
}

bool setting_set(struct ctx *c, const char *key, struct str value,
                 enum setting_verdict *verdict_out) {
    ensure(c->db.writing);
    const struct setting *d = setting_find(c->shop, str_c(key));
    *verdict_out = !d ? SETTING_UNKNOWN : !fits(c, d, value) ? SETTING_INVALID : SETTING_OK;
    if (*verdict_out != SETTING_OK) return true;
    struct core_setting_get old = {.value = {NULL, 0}};
    bool found;
    TRY(core_setting_get(&c->db, &(struct core_setting_get_in){.key = str_c(key)}, &old, &found));
    TRY(core_setting_put(&c->db, &(struct core_setting_put_in){
                                     .key = str_c(key),
                                     .value = sealed(c, d, value),
                                     .now = c->now,
                                 }));
    TRY(audit_write(
        c, &(struct audit){
               .object = "setting",
               .action = "setting.change",
               .detail = change_json(c, d, found ? old.value : (struct str){NULL, 0}, value),
           }));
    tx_bump(c, "setting", 0);
    return true;
}
