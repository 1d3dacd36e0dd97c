// SPDX-License-Identifier: Apache-2.0
// The themes of a shop: their files, every saved state of them (a revision), and which of them
// visitors see. A revision never changes; saving makes the next one. Publishing appends a row that
// names a revision, so going back is publishing an earlier one, and the switch is one row. The
// built-in theme Hanse has no files of its own here but those that the merchant changed (settings,
// templates): with a new program comes its new Hanse, the merchant's settings stay.
// A theme with errors (theme/check.h) can be kept and previewed, not published.
#pragma once
#include "core/tx.h"
#include "theme/render.h"

struct themes_entry {
    int64_t id, revision_id, revision; // the newest; revision counts from 1
    int64_t live_revision_id;          // what visitors see; 0: not live
    struct str name;
    bool built_in, live; // built_in: lies over the program's own Hanse
    instant changed_at, live_since;
};
struct themes_entries {
    struct themes_entry *v;
    size_t n;
};
MUST_USE bool themes_list(struct ctx *c, struct themes_entries *out);
// By id ("3") or name; found_out false when there is none.
MUST_USE bool themes_find(struct ctx *c, struct str name, struct themes_entry *out,
                          bool *found_out);

// All in a transaction. A name is unique; when absent it is that of settings_schema.json.
MUST_USE bool themes_add(struct ctx *c, const struct theme_files *files, struct str name,
                         int64_t *theme_id_out);
// The theme's newest files with those of `changes` in their place (absent bytes: taken away).
// expected: the revision the changes were made on (0: any); another since then: ERR_CONFLICT.
MUST_USE bool themes_save(struct ctx *c, int64_t theme_id, int64_t expected,
                          const struct theme_files *changes, const char *note,
                          int64_t *revision_id_out);
MUST_USE bool themes_duplicate(struct ctx *c, int64_t theme_id, struct str name,
                               int64_t *theme_id_out);
MUST_USE bool themes_remove(struct ctx *c, int64_t theme_id); // ERR_CONFLICT while it is live
// Outside a transaction, because it may take a second: the newest revision has no errors and loads.
// Errors: ERR_INVALID with the first, and findings when asked.
MUST_USE bool themes_fit(struct ctx *c, int64_t theme_id, int64_t *revision_id_out,
                         struct theme_findings *findings);
// The revision that was found fit goes live; ERR_CONFLICT when it is not the newest any more.
MUST_USE bool themes_publish(struct ctx *c, int64_t theme_id, int64_t revision_id);
// What was live before goes live again. ERR_NOT_FOUND when nothing was.
MUST_USE bool themes_rollback(struct ctx *c, struct themes_entry *now_live_out);
// The file of the merchant's texts in other languages with some of them changed (an empty value
// takes one away): what a save hands over together with the settings.
#define THEMES_TEXTS_FILE "config/texts.json"
MUST_USE bool themes_texts_change(struct ctx *c, int64_t theme_id, const struct theme_text *changes,
                                  size_t n, struct theme_file *file_out);

// Files of the newest revision, with the built-in ones under them.
MUST_USE bool themes_files(struct ctx *c, int64_t theme_id, struct theme_files *out);
MUST_USE bool themes_texts(struct ctx *c, int64_t theme_id, struct theme_text **out, size_t *n_out);

// Its last states, newest first, at most THEMES_REVISIONS; note says what was done: "added",
// "save", "look", "sections", "restore".
enum { THEMES_REVISIONS = 50 };
struct themes_revisions {
    struct themes_revision_entry {
        int64_t id, number;
        struct str note, actor;
        instant at;
        bool live;
    } * v;
    size_t n;
};
MUST_USE bool themes_revisions_of(struct ctx *c, int64_t theme_id, struct themes_revisions *out);
// In a transaction: the files of one of its revisions once more, as the newest. ERR_NOT_FOUND.
MUST_USE bool themes_restore(struct ctx *c, int64_t theme_id, int64_t revision_id,
                             int64_t *revision_id_out);

// A secret address that shows a theme to who has it, for seven days: "/?preview_theme=TOKEN".
MUST_USE bool themes_preview_link(struct ctx *c, int64_t theme_id, struct str *url_out);

// Loaded themes, shared by the process. The live one is looked at again when the topic "theme" was
// bumped (publish, save, another process). One that cannot be loaded is told to the desk and the
// last good one stays.
enum themes_which {
    THEMES_LIVE,
    THEMES_LAST_GOOD, // what was live before: for a page that the live one could not write
    THEMES_BUILT_IN,  // Hanse as it came with the program; always there
};
struct themes_hold { // one render's hold on a loaded theme; ends with themes_release
    const struct theme *theme;
    int64_t theme_id, revision_id; // 0: built in, never saved
    struct themes_loaded *loaded;
};
// Without a storefront (themes_start was not called) the hold is empty.
void themes_take(struct ctx *c, enum themes_which which, struct themes_hold *out);
// The theme of a preview token. False in found_out: the token is unknown or over.
MUST_USE bool themes_take_preview(struct ctx *c, struct str token, struct themes_hold *out,
                                  bool *found_out);
// The newest revision of a theme, for the desk. False: it cannot be shown, and why (file, line) is
// in err; nothing is held.
MUST_USE bool themes_take_newest(struct ctx *c, int64_t theme_id, struct themes_hold *out,
                                 struct err *err);
void themes_release(struct themes_hold *h);
// An asset by its path under THEMES_ASSETS ("<fingerprint>/theme.css"), copied into the ctx's
// arena. exact_out false: no theme in memory has that fingerprint any more (a page from before a
// publish); the live theme's file of that name is given, which must not be kept by caches. Absent
// bytes: unknown.
#define THEMES_ASSETS "/cdn/t/"
MUST_USE bool themes_asset(struct ctx *c, struct str path, struct str *bytes_out,
                           const char **type_out, bool *exact_out);
// Something went wrong while a page was written: counted on the desk, by place and sentence.
// Outside a transaction; never fails.
void themes_problem(struct ctx *c, const struct themes_hold *h, struct str file, int line,
                    struct str message);
// The newest of them, of one theme or (0) of all.
struct themes_told_list {
    struct themes_told_row {
        struct str theme, file, message;
        int64_t revision, line, times;
        instant first_at, last_at;
    } * v;
    size_t n;
};
MUST_USE bool themes_problems_of(struct ctx *c, int64_t theme_id, struct themes_told_list *out);

struct themes_start_in {
    const struct theme_host *host;
    const struct embed *built_in; // the files of Hanse
    size_t built_in_count;
};
const struct theme_host *themes_host(struct shop *s); // NULL before themes_start
MUST_USE bool themes_start(struct shop *s, const struct themes_start_in *in, struct err *err);
extern const struct module themes_module;
