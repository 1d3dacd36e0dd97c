// SPDX-License-Identifier: Apache-2.0
// Themes in memory, shared by the threads of the process. A theme lives until nobody holds it: the
// table lets go of the one not used for longest, renders let go when they end.
#include <stdlib.h>

#include "core/settings.h"
#include "mod/themes/private.h"

#define SLOT "themes.state"

struct themes_state *themes_state(struct shop *s) {
    return *shop_slot(s, SLOT);
}

const struct theme_host *themes_host(struct shop *s) {
    const struct themes_state *state = themes_state(s);
    return state ? state->host : NULL;
}

static void let_go(struct themes_loaded *l) {
    if (!l || atomic_fetch_sub(&l->holds, 1) != 1) return;
    arena_done(&l->arena);
    free(l);
}

void themes_release(struct themes_hold *h) {
    let_go(h->loaded);
    *h = (struct themes_hold){0};
}

// The caller's own hold becomes that of out.
static void hand_over(struct themes_loaded *l, struct themes_hold *out) {
    *out = (struct themes_hold){l->theme, l->theme_id, l->revision_id, l};
}

static void hold(struct themes_state *s, struct themes_loaded *l, struct themes_hold *out) {
    atomic_fetch_add(&l->holds, 1);
    l->used = ++s->clock;
    hand_over(l, out);
}

static struct themes_loaded *load(struct shop *shop, const struct theme_files *files,
                                  struct err *err) {
    const struct themes_state *s = themes_state(shop);
    struct themes_loaded *l = calloc(1, sizeof *l);
    ensure(l != NULL);
    atomic_init(&l->holds, 1);
    struct themes_texts texts;
    themes_texts_of(&l->arena, files, &texts);
    struct theme_load_in in = {
        .files = files,
        .host = s->host,
        .asset_prefix = S(THEMES_ASSETS),
        .locale = settings_get(shop, &l->arena, "shop.languages"),
        .texts = texts.v,
        .text_count = texts.n,
    };
    size_t end = str_find_char(in.locale, ',');
    if (end != STR_NONE) in.locale = str_sub(in.locale, 0, end);
    if (theme_load(&l->arena, &in, &l->theme, err)) return l;
    let_go(l);
    return NULL;
}

static struct themes_loaded *in_table(const struct themes_state *s, int64_t revision_id) {
    for (size_t i = 0; i < LOADED_MOST; i++)
        if (s->v[i] && s->v[i]->revision_id == revision_id) return s->v[i];
    return NULL;
}

// Takes the caller's hold; the one not used for longest loses the table's.
static void into_table(struct themes_state *s, struct themes_loaded *l) {
    size_t place = 0;
    for (size_t i = 0; i < LOADED_MOST && s->v[place]; i++)
        if (!s->v[i] || s->v[i]->used < s->v[place]->used) place = i;
    let_go(s->v[place]);
    l->used = ++s->clock;
    s->v[place] = l;
}

static struct themes_loaded *known_revision(struct themes_state *s, int64_t revision_id) {
    pthread_mutex_lock(&s->lock);
    struct themes_loaded *l = in_table(s, revision_id);
    if (l) {
        atomic_fetch_add(&l->holds, 1);
        l->used = ++s->clock;
    }
    pthread_mutex_unlock(&s->lock);
    return l;
}

// The loaded theme of a revision, held for the caller; NULL in *out: there is none, or it cannot be
// loaded and why says it. False: the database failed.
static bool load_revision(struct ctx *c, int64_t revision_id, struct themes_loaded **out,
                          struct err *why) {
    struct themes_state *s = themes_state(c->shop);
    struct themes_revision_get row = {0};
    struct theme_files files;
    bool found = false;
    *out = known_revision(s, revision_id);
    if (*out) return true;
    TRY(themes_revision_get(&c->db, &(struct themes_revision_get_in){revision_id}, &row, &found));
    if (!found) return true;
    TRY(themes_revision_files_of(c, revision_id, row.built_in, &files));
    struct themes_loaded *l = load(c->shop, &files, why);
    if (!l) return true;
    l->theme_id = row.theme_id;
    l->revision_id = revision_id;
    pthread_mutex_lock(&s->lock);
    struct themes_loaded *other = in_table(s, revision_id);
    if (other) { // two threads loaded the same preview
        let_go(l);
        l = other;
    } else {
        into_table(s, l);
    }
    atomic_fetch_add(&l->holds, 1);
    pthread_mutex_unlock(&s->lock);
    *out = l;
    return true;
}

// As load_revision; what cannot be loaded is told to the desk.
static bool revision(struct ctx *c, int64_t revision_id, struct themes_loaded **out) {
    struct err why = {0};
    struct themes_hold h = {.revision_id = revision_id};
    TRY(load_revision(c, revision_id, out, &why));
    if (!*out && why.message[0]) themes_problem(c, &h, S("theme"), 0, str_c(why.message));
    return true;
}

static bool before_live(struct ctx *c, const struct themes_live *live, struct themes_loaded **out) {
    struct themes_publication_before before = {0};
    int64_t base = live->has_back_to ? live->back_to : live->id;
    bool found = false;
    *out = NULL;
    TRY(themes_publication_before(&c->db, &(struct themes_publication_before_in){base}, &before,
                                  &found));
    return !found || revision(c, before.revision_id, out);
}

static void put_in_place(struct themes_loaded **place, struct themes_loaded *l) {
    let_go(*place);
    *place = l;
}

// Looks what is live now. One that cannot be loaded leaves what was there, or at the start what was
// live before, or the built-in one; it is tried again when something is published.
static bool look(struct ctx *c, struct themes_state *s, uint64_t epoch) {
    struct themes_live live = {0};
    struct themes_loaded *now = NULL, *last = NULL;
    bool found = false;
    TRY(themes_live(&c->db, &live, &found));
    if (found) TRY(revision(c, live.revision_id, &now));
    if (found && !before_live(c, &live, &last)) {
        let_go(now);
        return false;
    }
    pthread_mutex_lock(&s->lock);
    if (!now && !s->live) {
        now = last ? last : s->built_in;
        atomic_fetch_add(&now->holds, 1);
    }
    if (now) put_in_place(&s->live, now);
    if (last) put_in_place(&s->last_good, last);
    s->live_epoch = epoch;
    pthread_mutex_unlock(&s->lock);
    return true;
}

// A database that does not answer is no reason to show nothing: the look is repeated.
static void look_or_go_on(struct ctx *c, struct themes_state *s, uint64_t epoch) {
    struct err before = c->err;
    if (!look(c, s, epoch)) c->err = before;
}

void themes_take(struct ctx *c, enum themes_which which, struct themes_hold *out) {
    struct themes_state *s = themes_state(c->shop);
    *out = (struct themes_hold){0};
    if (!s) return; // not started: a back office without a storefront
    uint64_t epoch = page_cache_epoch(c->shop->cache);
    pthread_mutex_lock(&s->lock);
    bool known = s->live != NULL;
    bool fresh = known && page_cache_fresh(c->shop->cache, topic_of("theme", 0), s->live_epoch);
    pthread_mutex_unlock(&s->lock);
    if (!fresh && which != THEMES_BUILT_IN) {
        // The first look is waited for; later ones are one thread's work while others go on.
        bool mine = known ? !pthread_mutex_trylock(&s->loading) : !pthread_mutex_lock(&s->loading);
        if (mine) {
            look_or_go_on(c, s, epoch);
            pthread_mutex_unlock(&s->loading);
        }
    }
    pthread_mutex_lock(&s->lock);
    struct themes_loaded *l = which == THEMES_LIVE        ? s->live
                              : which == THEMES_LAST_GOOD ? s->last_good
                                                          : NULL;
    hold(s, l ? l : s->built_in, out);
    pthread_mutex_unlock(&s->lock);
}

bool themes_take_preview(struct ctx *c, struct str token, struct themes_hold *out,
                         bool *found_out) {
    struct themes_preview_find row = {0};
    struct themes_revision_last last = {0};
    *out = (struct themes_hold){0};
    struct str hash = token_hash(c->arena, token);
    TRY(themes_preview_find(&c->db, &(struct themes_preview_find_in){hash, c->now}, &row,
                            found_out));
    if (*found_out)
        TRY(themes_revision_last(&c->db, &(struct themes_revision_last_in){row.theme_id}, &last,
                                 found_out));
    struct themes_loaded *l = NULL;
    if (*found_out) TRY(revision(c, last.id, &l));
    *found_out = l != NULL;
    if (!l) return true;
    hand_over(l, out);
    return true;
}

bool themes_take_newest(struct ctx *c, int64_t theme_id, struct themes_hold *out, struct err *err) {
    struct themes_revision_last last = {0};
    bool found = false;
    *out = (struct themes_hold){0};
    if (!themes_state(c->shop))
        return err_set(err, ERR_INVALID, "No theme is loaded: there is no storefront here.");
    if (!themes_revision_last(&c->db, &(struct themes_revision_last_in){theme_id}, &last, &found) ||
        !found)
        return err_set(err, ERR_NOT_FOUND, "There is no such theme.");
    struct themes_loaded *l = NULL;
    if (!load_revision(c, last.id, &l, err)) return err_set(err, c->err.code, "%s", c->err.message);
    if (!l) return err_set(err, ERR_INVALID, "The theme cannot be loaded.");
    hand_over(l, out);
    return true;
}

static struct str asset_of(struct ctx *c, struct themes_loaded *l, struct str path,
                           const char **type_out) {
    struct str bytes = l ? theme_asset(l->theme, path, type_out) : (struct str){0};
    return bytes.p ? arena_str(c->arena, bytes) : bytes;
}

static struct str named_now(struct ctx *c, struct str name, const char **type_out) {
    struct themes_hold h;
    themes_take(c, THEMES_LIVE, &h);
    struct str url = theme_asset_url(h.theme, c->arena, name);
    struct str bytes = {0};
    if (str_starts(url, S(THEMES_ASSETS)))
        bytes = asset_of(c, h.loaded, str_from(url, S(THEMES_ASSETS).n), type_out);
    themes_release(&h);
    return bytes;
}

// All loaded themes, held, so that bytes are copied while others render.
static size_t hold_all(struct themes_state *s, struct themes_loaded *v[LOADED_MOST + 3]) {
    size_t n = 0;
    pthread_mutex_lock(&s->lock);
    struct themes_loaded *const more[] = {s->built_in, s->live, s->last_good};
    for (size_t i = 0; i < LOADED_MOST + ARRAY_LEN(more); i++) {
        struct themes_loaded *l = i < LOADED_MOST ? s->v[i] : more[i - LOADED_MOST];
        if (!l) continue;
        atomic_fetch_add(&l->holds, 1);
        v[n++] = l;
    }
    pthread_mutex_unlock(&s->lock);
    return n;
}

bool themes_asset(struct ctx *c, struct str path, struct str *bytes_out, const char **type_out,
                  bool *exact_out) {
    struct themes_state *s = themes_state(c->shop);
    struct themes_loaded *all[LOADED_MOST + 3];
    struct themes_hold live;
    themes_take(c, THEMES_LIVE, &live); // loads what is not loaded yet
    themes_release(&live);
    *bytes_out = (struct str){0};
    size_t n = hold_all(s, all);
    for (size_t i = 0; i < n; i++) {
        if (!bytes_out->p) *bytes_out = asset_of(c, all[i], path, type_out);
        let_go(all[i]);
    }
    *exact_out = bytes_out->p != NULL;
    struct str rest = path, print;
    if (!*exact_out && str_split(&rest, '/', &print)) *bytes_out = named_now(c, rest, type_out);
    return true;
}

bool themes_start(struct shop *shop, const struct themes_start_in *in, struct err *err) {
    struct themes_state *s = ARENA_NEW(&shop->arena, struct themes_state);
    s->host = in->host;
    TRY(theme_files_of_embed(&shop->arena, in->built_in, in->built_in_count, &s->built_in_files,
                             err));
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->loading, NULL);
    *shop_slot(shop, SLOT) = s;
    s->built_in = load(shop, &s->built_in_files, err);
    return s->built_in != NULL;
}

void themes_stop(struct shop *shop) {
    struct themes_state *s = themes_state(shop);
    if (!s) return;
    for (size_t i = 0; i < LOADED_MOST; i++) let_go(s->v[i]);
    let_go(s->live);
    let_go(s->last_good);
    let_go(s->built_in);
    pthread_mutex_destroy(&s->lock);
    pthread_mutex_destroy(&s->loading);
}
