// SPDX-License-Identifier: Apache-2.0
// Inside of the module: revisions and the process's state.
#pragma once
#include <pthread.h>
#include <stdatomic.h>

#include "mod/themes/themes.h"
#include "themes_sql.h"

enum { LOADED_MOST = 6 }; // themes kept in memory: live, last good, previews
struct themes_loaded {
    atomic_int holds; // the table's and one for each render
    int64_t theme_id, revision_id;
    uint64_t used; // when last taken, by the state's counter
    struct arena arena;
    struct theme *theme;
};
struct themes_state { // in the shop's slot
    const struct theme_host *host;
    struct theme_files built_in_files;
    struct themes_loaded *built_in;
    pthread_mutex_t lock, loading; // the table; one thread at a time loads
    struct themes_loaded *v[LOADED_MOST];
    struct themes_loaded *live, *last_good; // each with a hold of its own; NULL: not loaded yet
    uint64_t live_epoch;                    // of the page cache when live was looked up
    uint64_t clock;
    struct themes_told { // problems told lately: each at most once a minute
        uint64_t hash;
        instant at;
    } told[256];
};
struct themes_state *themes_state(struct shop *s); // NULL before themes_start
// Files of one revision, the built-in ones under those of a built-in theme.
MUST_USE bool themes_revision_files_of(struct ctx *c, int64_t revision_id, bool built_in,
                                       struct theme_files *out);
struct themes_texts {
    struct theme_text *v;
    size_t n;
};
void themes_texts_of(struct arena *a, const struct theme_files *f, struct themes_texts *out);
void themes_stop(struct shop *s);
enum job_result themes_clean_job(struct ctx *c, const struct json *payload);
